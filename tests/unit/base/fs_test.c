#include "unit.h"
#include "base/fs.h"

#include <fcntl.h>
#include <sys/stat.h>

/* A new directory; remove it with fs_remove_tree(). */
static char *new_dir(struct arena *arena)
{
    const char *base = getenv("TMPDIR");
    char *path = str_cstr(arena, str_printf(arena, "%s/slipway-fs-XXXXXX", base ? base : "/tmp"));

    assert_int_equal(fs_temp_dir(path, NULL), 0);
    return path;
}

static char *below(struct arena *arena, const char *dir, const char *name)
{
    return str_cstr(arena, str_printf(arena, "%s/%s", dir, name));
}

static void fs_write_atomic_replaces_whole_files(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena), *path = below(&arena, dir, "file");
    struct stat st;
    str text;

    (void)state;
    assert_int_equal(fs_write_atomic(path, STR("a longer text"), 0644, NULL), 0);
    assert_int_equal(fs_write_atomic(path, STR("short"), 0600, NULL), 0);
    assert_int_equal(fs_read(&arena, path, 100, &text, NULL), 0);
    assert_str(text, "short");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0); /* nothing else was left */
}

static void fs_write_atomic_leaves_nothing_when_it_fails(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena), *path = below(&arena, dir, "taken");
    struct error err;

    (void)state;
    assert_int_equal(fs_make_dirs(below(&arena, dir, "taken/inside"), 0700, NULL), 0);
    assert_int_equal(fs_write_atomic(path, STR("x"), 0600, &err), -EISDIR);
    assert_non_null(strstr(err.text, "could not rename"));
    assert_int_equal(fs_write_atomic(below(&arena, dir, "no/x"), STR("x"), 0600, &err), -ENOENT);
    assert_int_equal(rmdir(below(&arena, dir, "taken/inside")), 0);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void fs_read_says_absent_and_too_large(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena), *path = below(&arena, dir, "file");
    str text = STR("before");

    (void)state;
    assert_int_equal(fs_read(&arena, path, 10, &text, NULL), -ENOENT);
    assert_int_equal(fs_write_atomic(path, STR("12345"), 0600, NULL), 0);
    assert_int_equal(fs_read(&arena, path, 4, &text, NULL), -E2BIG);
    assert_int_equal(fs_read(&arena, path, 0, &text, NULL), -E2BIG);
    assert_str(text, "before");
    assert_int_equal(fs_read(&arena, path, 5, &text, NULL), 0);
    assert_str(text, "12345");
    assert_int_equal(fs_read(&arena, path, SIZE_MAX, &text, NULL), 0);
    assert_int_equal(fs_write_atomic(path, STR(""), 0600, NULL), 0);
    assert_int_equal(fs_read(&arena, path, 0, &text, NULL), 0);
    assert_str(text, "");
    assert_non_null(text.ptr);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
}

static void fd_read_all_reads_files_of_unknown_size(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str text;

    (void)state;
    assert_int_equal(fs_read(&arena, "/proc/self/status", 1 << 20, &text, NULL), 0);
    assert_true(str_starts(text, STR("Name:")));
    assert_int_equal(fs_read(&arena, "/dev/zero", 200000, &text, NULL), -E2BIG);
}

static void fd_read_full_stops_at_the_end(void **state)
{
    int ends[2];
    char bytes[10];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fd_write_all(ends[1], STR("abcdef"), NULL), 0);
    assert_int_equal(fd_read_full(ends[0], bytes, 4, NULL), 4);
    fd_close(&ends[1]);
    assert_int_equal(ends[1], -1);
    assert_int_equal(fd_read_full(ends[0], bytes, 4, NULL), 2);
    assert_int_equal(fd_read_full(ends[0], bytes, 4, NULL), 0);
    AUTO_CLOSE int taken = fd_take(&ends[0]);
    assert_int_equal(ends[0], -1);
    assert_true(taken >= 0);
    assert_int_equal(fd_read_full(-1, bytes, 4, NULL), -EBADF);
    assert_int_equal(fd_write_all(-1, STR("x"), NULL), -EBADF);
}

static void fs_make_dirs_makes_all_and_accepts_what_exists(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena);
    struct error err;

    (void)state;
    assert_int_equal(fs_make_dirs(below(&arena, dir, "a//b/c/"), 0700, NULL), 0);
    assert_int_equal(fs_make_dirs(below(&arena, dir, "a/b/c"), 0700, NULL), 0);
    assert_true(fs_exists(below(&arena, dir, "a/b/c")));
    assert_int_equal(fs_make_dirs("/", 0700, NULL), 0);
    assert_int_equal(fs_write_atomic(below(&arena, dir, "file"), STR(""), 0600, NULL), 0);
    assert_int_equal(fs_make_dirs(below(&arena, dir, "file"), 0700, &err), -EEXIST);
    assert_int_equal(fs_make_dirs(below(&arena, dir, "file/x"), 0700, &err), -EEXIST);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_false(fs_exists(dir));
}

static void fs_remove_tree_takes_links_not_what_they_name(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena), *kept = new_dir(&arena);
    char *inside = below(&arena, kept, "inside");

    (void)state;
    assert_int_equal(fs_write_atomic(inside, STR("x"), 0600, NULL), 0);
    assert_int_equal(symlink(kept, below(&arena, dir, "link")), 0);
    assert_int_equal(symlink("nowhere", below(&arena, dir, "dangling")), 0);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_false(fs_exists(dir));
    assert_int_equal(symlink(kept, dir), 0);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_false(fs_exists(dir));
    assert_true(fs_exists(inside));
    assert_int_equal(fs_remove_tree(kept, NULL), 0);
    assert_int_equal(fs_remove_tree(kept, NULL), 0); /* absent is fine */
}

static void fs_remove_tree_takes_what_is_write_protected(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena);

    (void)state;
    assert_int_equal(fs_make_dirs(below(&arena, dir, "a/b"), 0700, NULL), 0);
    assert_int_equal(fs_write_atomic(below(&arena, dir, "a/b/file"), STR(""), 0400, NULL), 0);
    assert_int_equal(chmod(below(&arena, dir, "a/b"), 0500), 0);
    assert_int_equal(chmod(below(&arena, dir, "a"), 0000), 0);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_false(fs_exists(dir));
}

static void fs_remove_tree_takes_trees_deeper_than_any_path(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *dir = new_dir(&arena);
    AUTO_CLOSE int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    (void)state;
    for (int depth = 0; depth < 3000; depth++) {
        assert_int_equal(mkdirat(at, "deeper", 0700), 0);
        int next = openat(at, "deeper", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(next >= 0);
        fd_close(&at);
        at = next;
    }
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_false(fs_exists(dir));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(fs_write_atomic_replaces_whole_files),
            cmocka_unit_test(fs_write_atomic_leaves_nothing_when_it_fails),
            cmocka_unit_test(fs_read_says_absent_and_too_large),
            cmocka_unit_test(fd_read_all_reads_files_of_unknown_size),
            cmocka_unit_test(fd_read_full_stops_at_the_end),
            cmocka_unit_test(fs_make_dirs_makes_all_and_accepts_what_exists),
            cmocka_unit_test(fs_remove_tree_takes_links_not_what_they_name),
            cmocka_unit_test(fs_remove_tree_takes_what_is_write_protected),
            cmocka_unit_test(fs_remove_tree_takes_trees_deeper_than_any_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
