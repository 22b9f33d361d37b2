/* codecommit_archive: what a pipeline's source action hands on. */
#include "services/world.h"

#include "base/fs.h"
#include "services/codecommit/codecommit.h"
#include "worker/unpack.h"

#include <fcntl.h>
#include <sys/stat.h>

static void create_repository(struct world *world)
{
    (void)world_ask(world, "codecommit", "CodeCommit_20150413.CreateRepository", "",
            "{\"repositoryName\":\"demo\"}");
}

/* A commit in which `path` has `content` (base64); its id. */
static str put_file(struct world *world, const char *path, const char *content, str parent)
{
    return world_ask(world, "codecommit", "CodeCommit_20150413.PutFile", "commitId",
            "{\"repositoryName\":\"demo\",\"branchName\":\"main\",\"filePath\":\"%s\","
            "\"fileContent\":\"%s\"%s%.*s%s}",
            path, content, parent.len ? ",\"parentCommitId\":\"" : "", STR_ARG(parent),
            parent.len ? "\"" : "");
}

static int open_file(struct world *world)
{
    int fd = open(world->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    return fd;
}

/* The archive of a commit, unpacked below the world's folder. */
static const char *unpacked(struct world *world, str commit, const char *name)
{
    const char *dir = str_cstr(&world->arena, str_printf(&world->arena, "%s/%s", world->dir, name));
    struct call *call = world_call(world, &codecommit_service);
    AUTO_CLOSE int fd = open_file(world);
    struct error err = {0};

    call->principal = &world->root;
    assert_int_equal(codecommit_archive(call, STR("demo"), commit, fd), 0);
    assert_null(call->tx);
    assert_int_equal(fs_make_dirs(dir, 0700, NULL), 0);
    assert_true(lseek(fd, 0, SEEK_SET) == 0);
    if (unpack_zip(fd, dir, &err) < 0)
        fail_msg("%s", err.text);
    return dir;
}

static str text_of(struct world *world, const char *dir, const char *name)
{
    str text;

    assert_int_equal(fs_read(&world->arena,
                             str_cstr(&world->arena, str_printf(&world->arena, "%s/%s", dir, name)),
                             1000, &text, NULL),
            0);
    return text;
}

static void an_archive_has_the_files_of_its_commit_and_no_others(void **state)
{
    struct world *world = *state;

    create_repository(world);
    str first = put_file(world, "a.txt", "Zmlyc3Q=", (str){0});
    str second = put_file(world, "sub/b.txt", "c2Vjb25k", first);
    str third = put_file(world, "a.txt", "dGhpcmQ=", second);
    const char *old = unpacked(world, second, "old"), *new = unpacked(world, third, "new");

    assert_str(text_of(world, old, "a.txt"), "first");
    assert_str(text_of(world, old, "sub/b.txt"), "second");
    assert_str(text_of(world, new, "a.txt"), "third");
    assert_str(text_of(world, new, "sub/b.txt"), "second");
    assert_false(fs_exists(str_cstr(
            &world->arena, str_printf(&world->arena, "%s/sub", unpacked(world, first, "oldest")))));
}

static void refused(struct world *world, const struct principal *principal, str name, str commit,
        const char *code, const char *message)
{
    struct call *call = world_call(world, &codecommit_service);
    AUTO_CLOSE int fd = open_file(world);
    struct stat st;

    call->principal = principal;
    assert_int_equal(codecommit_archive(call, name, commit, fd), CALL_FAILED);
    assert_str(call->failure.code, code);
    if (str_find(call->failure.message, str_of(message)) < 0)
        fail_msg("no \"%s\" in \"%.*s\"", message, STR_ARG(call->failure.message));
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_size, 0);
}

static void an_archive_is_refused_where_there_is_nothing_or_no_permission(void **state)
{
    struct world *world = *state;
    str nowhere = STR("1234567890123456789012345678901234567890");

    create_repository(world);
    str commit = put_file(world, "a.txt", "Zmlyc3Q=", (str){0});
    refused(world, &world->root, STR("demo"), STR("main"), "InvalidCommitIdException",
            "The specified commit ID is not valid");
    refused(world, &world->root, STR("demo"), nowhere, "CommitIdDoesNotExistException",
            "The commit 1234567890123456789012345678901234567890 does not exist");
    refused(world, &world->root, STR("other"), commit, "RepositoryDoesNotExistException",
            "other does not exist");
    refused(world, &world->nobody, STR("demo"), commit, "AccessDeniedException",
            "user/nobody is not authorized to perform: codecommit:UploadArchive on resource: "
            "arn:aws:codecommit:eu-west-1:111111111111:demo");
    refused(world, &world->nobody, STR("other"), commit, "AccessDeniedException", "other");
}

static void a_tree_is_no_commit(void **state)
{
    struct world *world = *state;

    create_repository(world);
    (void)put_file(world, "a.txt", "Zmlyc3Q=", (str){0});
    str tree = world_ask(world, "codecommit", "CodeCommit_20150413.GetFolder", "treeId",
            "{\"repositoryName\":\"demo\",\"folderPath\":\"\"}");
    refused(world, &world->root, STR("demo"), tree, "CommitIdDoesNotExistException",
            "does not exist");
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
            WITH_WORLD(an_archive_has_the_files_of_its_commit_and_no_others),
            WITH_WORLD(an_archive_is_refused_where_there_is_nothing_or_no_permission),
            WITH_WORLD(a_tree_is_no_commit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
