#include "agent/bundle.h"

#include "dir.h"

#include <archive.h>
#include <archive_entry.h>

struct member {
    const char *name, *text, *link; /* text NULL: a directory, or a link where that is set */
};

static const char *pack(const char *type, const struct member *members, size_t len)
{
    const char *path = in_dir("bundle");
    struct archive *out = archive_write_new();

    if (strcmp(type, "zip") == 0)
        archive_write_set_format_zip(out);
    else
        archive_write_set_format_ustar(out);
    if (strcmp(type, "tgz") == 0)
        archive_write_add_filter_gzip(out);
    assert_int_equal(archive_write_open_filename(out, path), ARCHIVE_OK);
    for (size_t i = 0; i < len; i++) {
        struct archive_entry *entry = archive_entry_new();
        const struct member *m = &members[i];

        archive_entry_set_pathname(entry, m->name);
        archive_entry_set_filetype(entry, m->link ? AE_IFLNK : m->text ? AE_IFREG : AE_IFDIR);
        archive_entry_set_perm(entry, 0755);
        if (m->link)
            archive_entry_set_symlink(entry, m->link);
        archive_entry_set_size(entry, m->text ? (la_int64_t)strlen(m->text) : 0);
        assert_int_equal(archive_write_header(out, entry), ARCHIVE_OK);
        if (m->text)
            assert_true(archive_write_data(out, m->text, strlen(m->text)) >= 0);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(out), ARCHIVE_OK);
    archive_write_free(out);
    return path;
}

static int unpack(const char *type, const struct member *members, size_t len, struct error *err)
{
    assert_int_equal(fs_remove_tree(in_dir("out"), NULL), 0);
    assert_int_equal(fs_make_dirs(in_dir("out"), 0755, err), 0);
    return bundle_unpack(pack(type, members, len), str_of(type), in_dir("out"), err);
}

static void bundles_of_every_type_are_unpacked(void **state)
{
    static const char *const types[] = {"tar", "tgz", "zip"};
    static const struct member members[] = {{"appspec.yml", "a"}, {"app"}, {"app/x", "body"}};
    struct error err = {0};
    struct stat st;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        if (unpack(types[i], members, 3, &err) < 0)
            fail_msg("%s: %s", types[i], err.text);
        assert_str(get_file("out/app/x"), "body");
        assert_int_equal(stat(in_dir("out/app/x"), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0755);
    }
    assert_int_equal(bundle_unpack(in_dir("bundle"), STR("rar"), in_dir("out"), &err), -EINVAL);
}

static void the_only_directory_is_stripped_if_it_holds_the_appspec(void **state)
{
    static const struct member with[] = {{"top/appspec.yml", "a"}, {"top/x", "x"}},
                               without[] = {{"top/x", "x"}};
    struct error err = {0};

    (void)state;
    assert_int_equal(unpack("zip", with, 2, &err), 0);
    assert_str(get_file("out/x"), "x");
    assert_int_equal(unpack("zip", without, 1, &err), 0);
    assert_str(get_file("out/top/x"), "x");
}

static void paths_that_climb_out_are_refused(void **state)
{
    static const struct member up[] = {{"../evil", "x"}}, inner[] = {{"a/../../evil", "x"}},
                               absolute[] = {{"/tmp/slipway-evil", "x"}},
                               link[] = {{"l", NULL, "/tmp"}, {"l/slipway-evil", "x"}};
    struct error err = {0};

    (void)state;
    assert_int_equal(unpack("tar", up, 1, &err), -EINVAL);
    assert_int_equal(unpack("tar", inner, 1, &err), -EINVAL);
    assert_int_equal(unpack("tar", absolute, 1, &err), -EINVAL);
    assert_true(unpack("tar", link, 2, &err) < 0);
    assert_false(fs_exists("/tmp/slipway-evil"));
    assert_false(fs_exists(in_dir("evil")));
}

static void a_damaged_bundle_is_refused(void **state)
{
    static const struct member members[] = {{"appspec.yml", "some text that is compressed"}};
    struct error err = {0};

    (void)state;
    assert_int_equal(unpack("tgz", members, 1, &err), 0);
    assert_int_equal(truncate(in_dir("bundle"), 40), 0);
    assert_int_equal(bundle_unpack(in_dir("bundle"), STR("tgz"), in_dir("out"), &err), -EINVAL);
    put_file("bundle", "no archive at all", 0644);
    assert_int_equal(bundle_unpack(in_dir("bundle"), STR("zip"), in_dir("out"), &err), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DIR_TEST(bundles_of_every_type_are_unpacked),
            DIR_TEST(the_only_directory_is_stripped_if_it_holds_the_appspec),
            DIR_TEST(paths_that_climb_out_are_refused),
            DIR_TEST(a_damaged_bundle_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
