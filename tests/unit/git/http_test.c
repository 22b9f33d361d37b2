#include "world.h"

#include "git/objects.h"

static void commit_file(struct world *world, const char *work, const char *name, const char *text)
{
    world_write(
            world, str_cstr(&world->arena, str_printf(&world->arena, "%s/%s", work, name)), text);
    git(world, work, "add", name);
    git(world, work, "commit", "-q", "-m", name);
}

static void start_work(struct world *world, const char *work)
{
    git(world, ".", "init", "-q", "-b", "main", work);
    git(world, work, "remote", "add", "origin", world->url);
    commit_file(world, work, "a.txt", "hello\n");
}

static str head_of(struct world *world, const char *work)
{
    return str_trim(git(world, work, "rev-parse", "HEAD"));
}

static void a_push_is_what_a_clone_gives(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    git(world, "work", "push", "-q", "origin", "main");
    assert_true(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "work")));
    assert_int_equal(world->changes, 1);
    git(world, ".", "clone", "-q", world->url, "copy");
    assert_true(str_eq(head_of(world, "copy"), head_of(world, "work")));
    git(world, "copy", "fsck", "--strict");
}

static void an_empty_repository_can_be_cloned(void **state)
{
    struct world *world = *state;

    git(world, ".", "clone", "-q", world->url, "copy");
    git(world, ".", "-c", "protocol.version=0", "clone", "-q", world->url, "copy0");
}

static void every_protocol_version_is_spoken(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    git(world, "work", "tag", "-a", "v1", "-m", "one");
    git(world, "work", "push", "-q", "origin", "main", "v1");
    git(world, ".", "-c", "protocol.version=0", "clone", "-q", world->url, "copy0");
    git(world, ".", "-c", "protocol.version=1", "clone", "-q", world->url, "copy1");
    git(world, ".", "-c", "protocol.version=2", "clone", "-q", world->url, "copy2");
    str v0 = git(world, "work", "-c", "protocol.version=0", "ls-remote", "--symref", "origin");
    str v2 = git(world, "work", "-c", "protocol.version=2", "ls-remote", "--symref", "origin");
    assert_true(str_eq(v0, v2));
    assert_true(str_find(v0, STR("ref: refs/heads/main\tHEAD")) >= 0);
    assert_true(str_find(v0, STR("refs/tags/v1^{}")) >= 0);
}

static void another_host_takes_packs_from_blobs(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    git(world, "work", "push", "-q", "origin", "main");
    commit_file(world, "work", "b.txt", "more\n");
    git(world, "work", "push", "-q", "origin", "main");
    assert_int_equal(world_count(world, "select count(*) from git_pack"), 2);
    world_lose_cache(world);
    git(world, ".", "clone", "-q", world->url, "copy");
    assert_true(str_eq(head_of(world, "copy"), head_of(world, "work")));
    world_lose_cache(world);
    commit_file(world, "work", "c.txt", "and more\n");
    git(world, "work", "push", "-q", "origin", "main");
    git(world, "copy", "pull", "-q");
    assert_true(str_eq(head_of(world, "copy"), head_of(world, "work")));
}

static void shallow_and_partial_clones_work(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    commit_file(world, "work", "b.txt", "more\n");
    git(world, "work", "push", "-q", "origin", "main");
    git(world, ".", "clone", "-q", "--depth=1", world->url, "shallow");
    assert_true(str_eq(str_trim(git(world, "shallow", "rev-list", "--count", "HEAD")), STR("1")));
    git(world, ".", "clone", "-q", "--filter=blob:none", "--no-checkout", world->url, "partial");
    git(world, "partial", "checkout", "-q", "main");
    commit_file(world, "shallow", "c.txt", "from a shallow clone\n");
    git(world, "shallow", "push", "-q", "origin", "main");
    assert_true(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "shallow")));
    git(world, "shallow", "fetch", "-q", "--unshallow");
}

static void refs_are_created_forced_and_deleted(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    git(world, "work", "push", "-q", "origin", "main", "main:refs/heads/a/b", "main:other");
    git(world, "work", "commit", "-q", "--amend", "-m", "other");
    git_fails(world, "work", "push", "-q", "origin", "main");
    git(world, "work", "push", "-q", "--force", "origin", "main");
    assert_true(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "work")));
    git(world, "work", "push", "-q", "origin", ":other");
    assert_null(world_ref(world, "refs/heads/other").ptr);
    str said = git_fails(world, "work", "push", "origin", ":main");
    assert_true(str_find(said, STR("deletion of the current branch prohibited")) >= 0);
    said = git_fails(world, "work", "push", "origin", "main:refs/heads/a");
    assert_true(str_find(said, STR("conflicts with that of another ref")) >= 0);
}

static void an_atomic_push_is_all_or_nothing(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    git(world, "work", "push", "-q", "origin", "main");
    commit_file(world, "work", "b.txt", "more\n");
    world->refused_ref = STR("refs/heads/locked");
    str said = git_fails(
            world, "work", "push", "--atomic", "origin", "main", "main:refs/heads/locked");
    assert_true(str_find(said, STR("not for you")) >= 0);
    assert_false(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "work")));
    said = git_fails(world, "work", "push", "origin", "main", "main:refs/heads/locked");
    assert_true(str_find(said, STR("not for you")) >= 0);
    assert_true(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "work")));
}

static void a_broken_commit_is_refused(void **state)
{
    struct world *world = *state;

    start_work(world, "work");
    str tree = str_trim(git(world, "work", "rev-parse", "HEAD^{tree}"));
    world_write(world, "bad",
            str_cstr(&world->arena,
                    str_printf(&world->arena, "tree %.*s\nauthor nobody\ncommitter nobody\n\nx\n",
                            STR_ARG(tree))));
    str id = str_trim(
            git(world, "work", "hash-object", "-t", "commit", "--literally", "-w", "../bad"));
    str said = git_fails(world, "work", "push", "origin",
            str_cstr(&world->arena, str_concat(&world->arena, id, STR(":refs/heads/bad"))));
    assert_true(str_find(said, STR("missingEmail")) >= 0);
    assert_null(world_ref(world, "refs/heads/bad").ptr);
    assert_int_equal(world_count(world, "select count(*) from git_pack"), 0);
}

static void changes_of_one_ref_from_two_clients_do_not_both_win(void **state)
{
    struct world *world = *state;

    start_work(world, "one");
    git(world, "one", "push", "-q", "origin", "main");
    git(world, ".", "clone", "-q", world->url, "two");
    commit_file(world, "one", "b.txt", "one\n");
    commit_file(world, "two", "b.txt", "two\n");
    git(world, "one", "push", "-q", "origin", "main");
    git_fails(world, "two", "push", "-q", "origin", "main");
    assert_true(str_eq(world_ref(world, "refs/heads/main"), head_of(world, "one")));
}

static void objects_are_read_and_commits_made(void **state)
{
    struct world *world = *state;
    struct git_view view = {0};
    struct git_objects *objects;
    struct git_commit_info info;
    struct git_item item;
    struct git_edited edited;
    struct error err = {0};
    str content, commit;

    start_work(world, "work");
    git(world, "work", "push", "-q", "origin", "main");
    assert_int_equal(git_view_read(world->git, &world->arena,
                             (struct git_target){.repository = REPOSITORY}, 0, &view, &err),
            0);
    assert_int_equal(git_objects_open(&view, &objects, &err), 0);
    assert_int_equal(git_commit_resolve(objects, &world->arena, world_ref(world, "refs/heads/main"),
                             &commit, &err),
            0);
    assert_int_equal(git_commit_read(objects, &world->arena, commit, &info, &err), 0);
    assert_true(str_eq(info.author.email, STR("a@example.com")));
    assert_true(str_eq(info.message, STR("a.txt\n")));
    assert_int_equal(
            git_tree_find(objects, &world->arena, info.tree, STR("a.txt"), &item, &err), 0);
    assert_int_equal(git_blob_read(objects, &world->arena, item.id, 100, &content, &err), 0);
    assert_true(str_eq(content, STR("hello\n")));
    assert_int_equal(git_blob_read(objects, &world->arena, item.id, 3, &content, &err), -EFBIG);
    assert_int_equal(
            git_tree_find(objects, &world->arena, info.tree, STR("no"), &item, &err), -ENOENT);

    struct git_edit edit = {.parent = commit,
            .path = STR("dir/new.txt"),
            .content = STR("new\n"),
            .mode = GIT_MODE_NORMAL,
            .author = {STR("N"), STR("n@example.com"), 1700000000, 0},
            .committer = {STR("N"), STR("n@example.com"), 1700000000, 0},
            .message = STR("add\n")};
    if (git_edit_make(objects, &world->arena, &edit, &edited, &err) < 0)
        fail_msg("%s", err.text);
    assert_true(str_starts(edited.pack, STR("PACK")));
    struct git_commit_info made;
    assert_int_equal(git_commit_read(objects, &world->arena, edited.commit, &made, &err), 0);
    struct git_comparison comparison = {.before = {STR(""), info.tree, GIT_MODE_FOLDER},
            .after = {STR(""), made.tree, GIT_MODE_FOLDER},
            .limit = 10};
    struct git_differences differences;
    assert_int_equal(git_compare(objects, &world->arena, &comparison, &differences, &err), 0);
    assert_int_equal(differences.len, 1);
    assert_true(str_eq(differences.items[0].after.name, STR("dir/new.txt")));
    assert_null(differences.items[0].before.id.ptr);
    git_objects_close(objects);
    git_view_close(&view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
            WITH_WORLD(a_push_is_what_a_clone_gives),
            WITH_WORLD(an_empty_repository_can_be_cloned),
            WITH_WORLD(every_protocol_version_is_spoken),
            WITH_WORLD(another_host_takes_packs_from_blobs),
            WITH_WORLD(shallow_and_partial_clones_work),
            WITH_WORLD(refs_are_created_forced_and_deleted),
            WITH_WORLD(an_atomic_push_is_all_or_nothing),
            WITH_WORLD(a_broken_commit_is_refused),
            WITH_WORLD(changes_of_one_ref_from_two_clients_do_not_both_win),
            WITH_WORLD(objects_are_read_and_commits_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
