/* Repacking, against the real git program, over HTTP. */
#include "world.h"

#include "git/maintain.h"
#include "git/objects.h"

enum {
    PUSHES = 12
};

static void push_many(struct world *world, int n)
{
    git(world, ".", "init", "-q", "-b", "main", "work");
    git(world, "work", "remote", "add", "origin", world->url);
    for (int i = 0; i < n; i++) {
        const char *name = str_cstr(&world->arena, str_printf(&world->arena, "%d.txt", i));
        world_write(
                world, str_cstr(&world->arena, str_printf(&world->arena, "work/%s", name)), name);
        git(world, "work", "add", name);
        git(world, "work", "commit", "-q", "-m", name);
        git(world, "work", "push", "-q", "origin", "main");
    }
}

static struct git_maintenance prepare(struct world *world)
{
    struct git_maintenance made = {0};
    struct error err = {0};

    if (git_maintain_prepare(world->git, &world->arena,
                (struct git_target){.repository = REPOSITORY}, &made, &err) < 0)
        fail_msg("%s", err.text);
    return made;
}

struct commitment {
    const struct git_maintenance *maintenance;
    int changed;
};

static int commit_fn(struct tx *tx, void *arg)
{
    struct commitment *commitment = arg;

    commitment->changed = git_maintain_commit(tx, commitment->maintenance, 1);
    return commitment->changed;
}

static int commit(struct world *world, const struct git_maintenance *maintenance)
{
    struct commitment commitment = {.maintenance = maintenance};
    struct error err = {0};

    if (db_write(world->db, &world->arena, commit_fn, &commitment, &err) < 0)
        fail_msg("%s", err.text);
    return commitment.changed;
}

static int64_t count_packs(struct world *world)
{
    return world_count(world, "select count(*) from git_pack");
}

static void clone_and_compare(struct world *world, const char *name)
{
    git(world, ".", "clone", "-q", world->url, name);
    git(world, name, "fsck", "--strict", "--full");
    assert_true(
            str_eq(git(world, name, "rev-parse", "HEAD"), git(world, "work", "rev-parse", "HEAD")));
}

static void many_packs_become_one_and_their_blobs_are_collected(void **state)
{
    struct world *world = *state;
    struct error err = {0};

    push_many(world, PUSHES);
    assert_int_equal(count_packs(world), PUSHES);
    struct git_maintenance made = prepare(world);
    assert_int_equal(made.old.len, PUSHES);
    assert_int_equal(made.pack.objects, 3 * PUSHES);
    assert_int_equal(commit(world, &made), 1);
    assert_int_equal(count_packs(world), 1);
    /* files of this very moment too */
    assert_int_equal(blob_collect(world->blobs, world->db, -1000, &err), 2 * PUSHES);
    clone_and_compare(world, "copy");
    world_lose_cache(world);
    clone_and_compare(world, "again");
    made = prepare(world);
    assert_int_equal(made.old.len, 0);
    assert_int_equal(commit(world, &made), 0);
}

static void a_reader_keeps_what_it_reads(void **state)
{
    struct world *world = *state;
    struct git_view view = {0};
    struct git_objects *objects;
    struct git_commit_info info;
    struct error err = {0};

    push_many(world, 3);
    assert_int_equal(git_view_read(world->git, &world->arena,
                             (struct git_target){.repository = REPOSITORY}, 0, &view, &err),
            0);
    assert_int_equal(git_objects_open(&view, &objects, &err), 0);
    struct git_maintenance made = prepare(world);
    assert_int_equal(commit(world, &made), 1);
    clone_and_compare(world, "copy"); /* brings the cache up to date, beside the reader */
    assert_int_equal(git_commit_read(objects, &world->arena, world_ref(world, "refs/heads/main"),
                             &info, &err),
            0);
    git_objects_close(objects);
    git_view_close(&view);
}

static void a_push_during_the_repacking_is_kept(void **state)
{
    struct world *world = *state;

    push_many(world, 3);
    struct git_maintenance made = prepare(world);
    git(world, "work", "commit", "-q", "--allow-empty", "-m", "meanwhile");
    git(world, "work", "push", "-q", "origin", "main");
    assert_int_equal(commit(world, &made), 1);
    assert_int_equal(count_packs(world), 2);
    clone_and_compare(world, "copy");
}

static void a_plan_whose_packs_are_gone_changes_nothing(void **state)
{
    struct world *world = *state;

    push_many(world, 3);
    struct git_maintenance slow = prepare(world), quick = prepare(world);
    assert_int_equal(commit(world, &quick), 1);
    int64_t generation = world_count(world, "select generation from git_repository");
    assert_int_equal(commit(world, &slow), 0);
    assert_int_equal(world_count(world, "select generation from git_repository"), generation);
    assert_int_equal(count_packs(world), 1);
    clone_and_compare(world, "copy");
}

static void the_fewest_packs_that_make_a_geometric_row_are_chosen(void **state)
{
    static const struct {
        int64_t objects[6];
        size_t len, chosen;
    } rows[] = {
            {{5}, 1, 0},
            {{5, 5}, 2, 2},
            {{1000, 1, 2, 4, 8}, 5, 0},
            {{1000, 1, 1, 4, 8}, 5, 2},
            {{1000, 3, 3, 3, 3}, 5, 4},
            {{20, 3, 3, 3, 3}, 5, 5},
            {{1000, 3, 3, 10, 24, 90}, 6, 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct git_pack items[6] = {0};
        for (size_t j = 0; j < rows[i].len; j++)
            items[j].objects = rows[i].objects[j];
        assert_int_equal(
                git_maintain_choose(&(struct git_packs){items, rows[i].len}), rows[i].chosen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
            WITH_WORLD(many_packs_become_one_and_their_blobs_are_collected),
            WITH_WORLD(a_reader_keeps_what_it_reads),
            WITH_WORLD(a_push_during_the_repacking_is_kept),
            WITH_WORLD(a_plan_whose_packs_are_gone_changes_nothing),
            cmocka_unit_test(the_fewest_packs_that_make_a_geometric_row_are_chosen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
