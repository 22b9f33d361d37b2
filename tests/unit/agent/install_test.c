#include "agent/install.h"

#include "dir.h"

static struct appspec_file files[2];
static struct appspec appspec;

static int install_as(enum appspec_exists exists, struct error *err)
{
    const struct install_options options = {.archive = str_of(in_dir("archive")),
            .cleanup = str_of(in_dir("cleanup")),
            .appspec = &appspec,
            .file_exists = exists};

    return install_run(&dir_arena, &options, err);
}

/* Copies `source` of the archive to `destination` of the host. */
static void want(const char *source, const char *destination)
{
    files[0] = (struct appspec_file){str_of(source), str_of(in_dir(destination))};
    appspec = (struct appspec){.files = {files, 1}};
}

static void must_install(void)
{
    struct error err = {0};

    if (install_as(APPSPEC_DISALLOW, &err) < 0)
        fail_msg("%s", err.text);
}

static void install_copies_a_tree_and_keeps_modes(void **state)
{
    struct stat st;

    (void)state;
    put_file("archive/app/a", "A", 0640);
    put_file("archive/app/sub/b", "B", 0755);
    assert_int_equal(symlink("a", in_dir("archive/app/l")), 0);
    want("app", "host/deep/srv");
    must_install();
    assert_str(get_file("host/deep/srv/a"), "A");
    assert_str(get_file("host/deep/srv/sub/b"), "B");
    assert_int_equal(stat(in_dir("host/deep/srv/sub/b"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0755);
    assert_int_equal(lstat(in_dir("host/deep/srv/l"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void the_next_install_takes_away_what_the_last_one_made(void **state)
{
    (void)state;
    put_file("archive/app/old", "1", 0644);
    put_file("archive/app/dir/x", "1", 0644);
    want("app", "host/srv");
    must_install();
    put_file("host/srv/dir/mine", "m", 0644); /* made by a script */
    assert_int_equal(fs_remove_tree(in_dir("archive"), NULL), 0);
    put_file("archive/app/new", "2", 0644);
    must_install();
    assert_false(fs_exists(in_dir("host/srv/old")));
    assert_false(fs_exists(in_dir("host/srv/dir/x")));
    assert_true(fs_exists(in_dir("host/srv/dir/mine")));
    assert_str(get_file("host/srv/new"), "2");
}

static void a_file_in_the_way_fails_before_anything_is_touched(void **state)
{
    struct error err = {0};

    (void)state;
    put_file("archive/app/a", "1", 0644);
    want("app", "host/srv");
    must_install();
    put_file("archive/app/b", "2", 0644);
    put_file("host/srv/b", "mine", 0644);
    assert_int_equal(install_as(APPSPEC_DISALLOW, &err), -EEXIST);
    assert_non_null(strstr(err.text, "host/srv/b"));
    assert_str(get_file("host/srv/a"), "1"); /* of the deployment before: still there */
    assert_str(get_file("host/srv/b"), "mine");
    assert_int_equal(install_as(APPSPEC_RETAIN, &err), 0);
    assert_str(get_file("host/srv/b"), "mine");
    assert_int_equal(install_as(APPSPEC_OVERWRITE, &err), 0);
    assert_str(get_file("host/srv/b"), "2");
}

/* An install beside a list that says that host/gone was made, and host/keep perhaps. */
static void install_after(str list)
{
    struct error err;

    put_file("host/keep", "k", 0644);
    put_file("host/gone", "g", 0644);
    put_file("archive/app/a", "1", 0644);
    if (fs_write_atomic(in_dir("cleanup"), list, 0644, &err) < 0)
        fail_msg("%s", err.text);
    want("app", "host/srv");
    must_install();
    assert_false(fs_exists(in_dir("host/gone")));
    assert_true(fs_exists(in_dir("host/keep")));
}

static void an_unfinished_path_of_the_list_is_passed_over(void **state)
{
    (void)state;
    install_after(
            str_printf(&dir_arena, "%c%s%c%s", 0, in_dir("host/gone"), 0, in_dir("host/keep")));
}

static void the_list_of_an_agent_that_wrote_lines_is_read(void **state)
{
    (void)state;
    install_after(str_printf(&dir_arena, "%s\n%s", in_dir("host/gone"), in_dir("host/keep")));
}

/* Taken for lines, the second would be the path of another file. */
static void a_name_may_hold_a_line_feed(void **state)
{
    const char *keep = in_dir("host/keep");
    const char *evil = str_cstr(&dir_arena, str_printf(&dir_arena, "archive/app/evil\n%s", keep));

    (void)state;
    put_file("host/keep", "k", 0644);
    put_file(evil, "1", 0644);
    want("app", "host/srv");
    must_install();
    assert_str(get_file(str_printf(&dir_arena, "host/srv/evil\n%s", keep).ptr), "1");
    assert_int_equal(fs_remove_tree(in_dir("archive"), NULL), 0);
    put_file("archive/app/a", "2", 0644);
    must_install();
    assert_str(get_file("host/keep"), "k");
    assert_false(fs_exists(in_dir("host/srv/evil\n")));
    assert_str(get_file("host/srv/a"), "2");
}

static void one_place_has_one_source(void **state)
{
    struct error err = {0};

    (void)state;
    put_file("archive/a/x", "1", 0644);
    put_file("archive/b/x", "2", 0644);
    want("a", "host/srv");
    files[1] = (struct appspec_file){STR("b"), files[0].destination};
    appspec.files.len = 2;
    assert_int_equal(install_as(APPSPEC_DISALLOW, &err), -EINVAL);
    assert_false(fs_exists(in_dir("host")));
    want("none", "host/srv");
    assert_int_equal(install_as(APPSPEC_DISALLOW, &err), -ENOENT);
}

static void permissions_are_for_what_was_made_now(void **state)
{
    struct appspec_permission permission = {.pattern = STR("*.sh"),
            .on_files = true,
            .has_mode = true,
            .mode = 0700,
            .except = {(str[]){STR("x.sh")}, 1, true}};
    struct stat st;

    (void)state;
    put_file("archive/app/a.sh", "1", 0644);
    put_file("archive/app/x.sh", "1", 0644);
    put_file("archive/app/sub/b.sh", "1", 0644);
    put_file("host/srv/other.sh", "1", 0644);
    want("app", "host/srv");
    permission.object = files[0].destination;
    appspec.permissions.items = &permission;
    appspec.permissions.len = 1;
    must_install();
    static const struct {
        const char *name;
        mode_t mode;
    } cases[] = {{"host/srv/a.sh", 0700}, {"host/srv/x.sh", 0644}, {"host/srv/sub/b.sh", 0644},
            {"host/srv/other.sh", 0644}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stat(in_dir(cases[i].name), &st), 0);
        assert_int_equal(st.st_mode & 07777, cases[i].mode);
    }
    permission.owner = STR("nobody-of-this-name");
    struct error err = {0};
    assert_int_equal(install_as(APPSPEC_DISALLOW, &err), -ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DIR_TEST(install_copies_a_tree_and_keeps_modes),
            DIR_TEST(the_next_install_takes_away_what_the_last_one_made),
            DIR_TEST(a_file_in_the_way_fails_before_anything_is_touched),
            DIR_TEST(an_unfinished_path_of_the_list_is_passed_over),
            DIR_TEST(the_list_of_an_agent_that_wrote_lines_is_read),
            DIR_TEST(a_name_may_hold_a_line_feed),
            DIR_TEST(one_place_has_one_source),
            DIR_TEST(permissions_are_for_what_was_made_now),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
