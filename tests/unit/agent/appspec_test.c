#include "agent/appspec.h"

#include "unit.h"

#define HEAD "version: 0.0\nos: linux\n"

static void appspec_reads_every_part(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const char *text = HEAD "file_exists_behavior: RETAIN\n"
                            "files:\n  - source: //app/x\n    destination: /srv\n"
                            "permissions:\n  - object: /srv\n    mode: 0640\n    owner: root\n    "
                            "type: [file]\n    except: [a, b]\n"
                            "hooks:\n  ApplicationStart:\n    - location: /scripts/s.sh\n      "
                            "timeout: 7\n      runas: web\n"
                            "    - location: t.sh\n  Empty:\n";
    struct appspec appspec;
    struct error err;

    (void)state;
    if (appspec_parse(&arena, str_of(text), &appspec, &err) < 0)
        fail_msg("%s", err.text);
    assert_int_equal(appspec.file_exists, APPSPEC_RETAIN);
    assert_int_equal(appspec.files.len, 1);
    assert_str(appspec.files.items[0].source, "app/x");
    assert_str(appspec.files.items[0].destination, "/srv");
    const struct appspec_permission *permission = &appspec.permissions.items[0];
    assert_int_equal(permission->mode, 0640);
    assert_str(permission->pattern, "**");
    assert_int_equal(permission->except.len, 2);
    assert_true(permission->on_files && !permission->on_directories);
    const struct appspec_hook *hook = appspec_hook(&appspec, STR("ApplicationStart"));
    assert_int_equal(hook->len, 2);
    assert_str(hook->items[0].location, "scripts/s.sh");
    assert_int_equal(hook->items[0].timeout_s, 7);
    assert_str(hook->items[0].runas, "web");
    assert_int_equal(hook->items[1].timeout_s, APPSPEC_DEFAULT_TIMEOUT_S);
    assert_null(appspec_hook(&appspec, STR("Install")));
}

static void appspec_refuses_what_is_wrong(void **state)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
            {"os: linux\n", "\"version\" is missing"},
            {"version: 0.0\n", "\"os\" is missing"},
            {"version: \"0.0\"\nos: linux\n", "must be 0.0"},
            {"version: 1.0\nos: linux\n", "must be 0.0"},
            {"version: 0.0\nos: windows\n", "\"windows\""},
            {HEAD "files:\n  - source: a\n", "\"destination\" is missing"},
            {HEAD "files:\n  - destination: /a\n", "\"source\" is missing"},
            {HEAD "files:\n  - source: a\n    destination: b\n", "not an absolute path"},
            {HEAD "files: x\n", "\"files\" is not a list"},
            {HEAD "file_exists_behavior: retain\n", "none of DISALLOW, OVERWRITE, RETAIN"},
            {HEAD "permissions:\n  - object: /a\n    mode: 888\n", "not 1 to 4 octal digits"},
            {HEAD "permissions:\n  - object: /a\n    mode: 07777\n", "not 1 to 4 octal digits"},
            {HEAD "permissions:\n  - object: /a\n    type: [link]\n", "neither file nor directory"},
            {HEAD "permissions:\n  - object: /a\n    context: {type: t}\n", "SELinux"},
            {HEAD "hooks:\n  A:\n    - timeout: 3\n", "\"location\" is missing"},
            {HEAD "hooks:\n  A:\n    - location: a\n      timeout: 0\n", "number of seconds"},
            {HEAD "hooks:\n  A:\n    - location: a\n      timeout: 9223372036854775807\n",
                    "number of seconds"},
            {HEAD "hooks:\n  A:\n    - location: a\n      sudo: true\n", "sudo is not supported"},
            {HEAD "os: linux\n", "\"os\" stands twice"},
            {"- a\n", ""},
            {"", ""},
            {"a: [\n", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct appspec appspec = {.file_exists = APPSPEC_OVERWRITE};
        struct error err = {0};

        if (appspec_parse(&arena, str_of(cases[i].text), &appspec, &err) != -EINVAL)
            fail_msg("taken: %s", cases[i].text);
        if (str_find(str_of(err.text), STR("")) < 0 || !strstr(err.text, cases[i].error))
            fail_msg("%s: %s", cases[i].text, err.text);
        assert_int_equal(appspec.file_exists, APPSPEC_OVERWRITE); /* untouched */
    }
}

static void appspec_survives_a_cut_at_every_byte(void **state)
{
    str text = STR(HEAD "files:\n  - source: /app\n    destination: /srv/a\nhooks:\n  A:\n    - "
                        "location: a\n      timeout: 30\n");

    (void)state;
    for (size_t len = 0; len <= text.len; len++) {
        AUTO_ARENA struct arena arena = {0};
        struct appspec appspec;
        struct error err = {0};

        if (appspec_parse(&arena, str_head(text, len), &appspec, &err) < 0)
            assert_true(err.text[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(appspec_reads_every_part),
            cmocka_unit_test(appspec_refuses_what_is_wrong),
            cmocka_unit_test(appspec_survives_a_cut_at_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
