#include "worker/buildspec.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define HEAD "version: 0.2\n"
#define BUILD HEAD "phases:\n  build:\n    commands:\n      - make\n"

static struct buildspec parse_good(struct arena *arena, const char *text)
{
    struct buildspec spec;
    struct error err = {{0}};

    if (buildspec_parse(arena, str_of(text), &spec, &err) != 0)
        fail_msg("%s", err.text);
    return spec;
}

static void assert_str(str got, const char *expected)
{
    assert_true(got.ptr || !expected);
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.ptr, expected, got.len);
}

static void buildspec_parse_reads_every_part(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buildspec spec = parse_good(&arena,
            HEAD "run-as: codebuild-user\n"
                 "env:\n  shell: bash\n  variables: {A: 1, B: yes please, C: ~}\n"
                 "  exported-variables: [A, OUT]\n"
                 "phases:\n"
                 "  install:\n    runtime-versions: {python: 3.11, nodejs: '18'}\n"
                 "    on-failure: CONTINUE\n    commands: [a]\n    finally: [b, c]\n"
                 "  build:\n    on-failure: ABORT\n    commands:\n      - make\n      - 12\n      "
                 "- true\n"
                 "      - |\n        one\n        two\n"
                 "artifacts:\n  files: ['**/*', x]\n  name: n-$(date)\n  discard-paths: yes\n"
                 "  base-directory: out*\n  exclude-paths: [y/**]\n  enable-symlinks: no\n"
                 "  secondary-artifacts:\n    two:\n      files: [z]\n");

    (void)state;
    assert_int_equal(spec.shell, BUILDSPEC_BASH);
    assert_str(spec.run_as, "codebuild-user");
    assert_int_equal(spec.variables.len, 3);
    assert_str(spec.variables.items[1].value, "yes please");
    assert_str(spec.variables.items[2].value, "");
    assert_int_equal(spec.exported.len, 2);
    assert_int_equal(spec.phases[BUILDSPEC_INSTALL].on_failure, BUILDSPEC_CONTINUE);
    assert_str(spec.phases[BUILDSPEC_INSTALL].runtimes.items[0].value, "3.11");
    assert_int_equal(spec.phases[BUILDSPEC_INSTALL].finally.len, 2);
    assert_int_equal(spec.phases[BUILDSPEC_BUILD].on_failure, BUILDSPEC_ABORT);
    assert_int_equal(spec.phases[BUILDSPEC_BUILD].commands.len, 4);
    assert_str(spec.phases[BUILDSPEC_BUILD].commands.items[1], "12");
    assert_str(spec.phases[BUILDSPEC_BUILD].commands.items[2], "true");
    assert_str(spec.phases[BUILDSPEC_BUILD].commands.items[3], "one\ntwo\n");
    assert_false(spec.phases[BUILDSPEC_PRE_BUILD].is_set);
    assert_true(spec.artifacts.is_set);
    assert_true(spec.artifacts.discard_paths);
    assert_false(spec.artifacts.enable_symlinks);
    assert_str(spec.artifacts.base_directory, "out*");
    assert_str(spec.artifacts.name, "n-$(date)");
    assert_str(spec.artifacts.exclude.items[0], "y/**");
    assert_int_equal(spec.secondary.len, 1);
    assert_str(spec.secondary.items[0].identifier, "two");
    assert_int_equal(spec.warnings.len, 0);
}

static void buildspec_parse_reads_json(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buildspec spec = parse_good(
            &arena, "{\"version\": \"0.2\", \"phases\": {\"build\": {\"commands\": [\"make\"]}}}");

    (void)state;
    assert_str(spec.phases[BUILDSPEC_BUILD].commands.items[0], "make");
}

static void buildspec_parse_follows_aliases_and_merge_keys(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buildspec spec = parse_good(&arena,
            "version: 0.2\n"
            "env:\n  variables:\n    <<: &more {A: other, B: merged}\n    A: own\n"
            "phases:\n  pre_build: &p\n    commands: &c [one, two]\n  build:\n    <<: *p\n"
            "    finally: *c\n");

    (void)state;
    assert_int_equal(spec.variables.len, 2);
    assert_str(spec.variables.items[0].value, "own");
    assert_str(spec.variables.items[1].value, "merged");
    assert_int_equal(spec.phases[BUILDSPEC_BUILD].commands.len, 2);
    assert_int_equal(spec.phases[BUILDSPEC_BUILD].finally.len, 2);
}

static void buildspec_parse_warns_of_what_has_no_effect(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buildspec spec = parse_good(&arena, BUILD "cache:\n  paths: [x]\nreports: {a: {}}\n");

    (void)state;
    assert_int_equal(spec.warnings.len, 2);
    assert_str(spec.warnings.items[0],
            "buildspec line 6, column 1: \"cache\" is not supported and has no effect");
}

static const struct {
    const char *text;
    const char *message;
} refused[] = {
        {"", "buildspec is empty at line 1, column 1"},
        {"just text", "buildspec is not a mapping at line 1, column 1"},
        {"phases: {}", "buildspec has no version: expected version: 0.2 at line 1, column 1"},
        {"version: 0.1\nphases: {}",
                "buildspec version \"0.1\" is not supported: use 0.2 at line 1, column 10"},
        {HEAD, "buildspec has no phases at line 1, column 1"},
        {HEAD "phases:\n  build: {}\n", "buildspec has no commands at line 3, column 3"},
        {HEAD "phases: [a]\n", "Expected phases to be a mapping at line 2, column 9"},
        {HEAD "phases:\n  build:\n    commands:\n      - echo a: b\n",
                "Expected Commands[0] to be of string type: found subkeys instead at line 5, "
                "column "
                "9, value of the key tag on line 4 might be empty"},
        {HEAD "phases:\n  build:\n    commands:\n      - [x]\n",
                "Expected Commands[0] to be of string type: found a list instead at line 5, column "
                "9, value of the key tag on line 4 might be empty"},
        {HEAD "phases:\n  build:\n    commands:\n      - a\n      -\n",
                "Expected Commands[1] to be of string type: found nothing at line 6, column 8"},
        {HEAD "phases:\n  build:\n    commands: [a, b\n",
                "did not find expected ',' or ']' at line 5, column 1"},
        {HEAD "phases:\n\tbuild:\n",
                "found character that cannot start any token at line 3, column 1"},
        {BUILD "    on-failure: RETRY\n",
                "on-failure: RETRY is not supported: use ABORT or CONTINUE at line 6, column 17"},
        {BUILD "    on-failure: never\n",
                "on-failure must be ABORT or CONTINUE at line 6, column 17"},
        {BUILD "    runtime-versions: {python: 3}\n",
                "runtime-versions is only allowed in the install phase at line 6, column 23"},
        {BUILD "env:\n  parameter-store: {A: ''}\n",
                "parameter-store.A is empty at line 7, column 20"},
        {BUILD "env:\n  parameter-store: [A]\n",
                "Expected parameter-store to be a mapping at line 7, column 20"},
        {BUILD "env:\n  secrets-manager: {a-b: c}\n",
                "\"a-b\" is not the name of an environment variable at line 7, column 20"},
        {BUILD "env:\n  shell: powershell.exe\n",
                "shell \"powershell.exe\" is not supported: use bash or sh at line 7, column 10"},
        {BUILD "env:\n  variables: {'a b': c}\n",
                "\"a b\" is not the name of an environment variable at line 7, column 14"},
        {BUILD "env:\n  variables: {a: [c]}\n",
                "Expected variables.a to be of string type at line 7, column 18"},
        {BUILD "artifacts: {name: x}\n", "artifacts has no files at line 6, column 12"},
        {BUILD "artifacts: {files: a, discard-paths: maybe}\n",
                "Expected discard-paths to be yes or no at line 6, column 38"},
        {BUILD "artifacts: {secondary-artifacts: {a-b: {files: a}}}\n",
                "an artifact identifier has letters, digits and \"_\" only at line 6, column 35"},
        {BUILD "version: 0.2\n", "key \"version\" already set in map at line 6, column 1"},
};

static void buildspec_parse_says_what_is_wrong_and_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct buildspec spec = {.shell = BUILDSPEC_BASH}, before = spec;
        struct error err = {{0}};
        assert_int_equal(buildspec_parse(&arena, str_of(refused[i].text), &spec, &err), -EINVAL);
        assert_string_equal(err.text, refused[i].message);
        assert_memory_equal(&spec, &before, sizeof(spec));
    }
}

static void buildspec_parse_survives_documents_that_contain_themselves(void **state)
{
    static const char *const texts[] = {
            "&a {version: 0.2, phases: *a}",
            "version: 0.2\nphases: &p\n  <<: *p\n  build: {commands: [x]}\n",
            "version: 0.2\nphases: &p\n  build: {commands: [x], <<: *p}\n",
            "version: 0.2\nphases:\n  build: {commands: &c [*c]}\n",
            "version: 0.2\nenv: {variables: &v {<<: *v}}\nphases: {build: {commands: [x]}}\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct buildspec spec;
        int r = buildspec_parse(&arena, str_of(texts[i]), &spec, NULL);
        assert_true(r == 0 || r == -EINVAL);
    }
}

static void buildspec_parse_cut_anywhere_never_crashes(void **state)
{
    str text = STR(BUILD "env:\n  variables: {A: \"b\"}\nartifacts:\n  files: ['**/*']\n");

    (void)state;
    for (size_t n = 0; n <= text.len; n++) {
        AUTO_ARENA struct arena arena = {0};
        struct buildspec spec;
        int r = buildspec_parse(&arena, str_head(text, n), &spec, NULL);
        assert_true(r == 0 || r == -EINVAL);
    }
}

static void buildspec_parse_refuses_more_than_its_limits(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf text = buf_make(&arena, 4 << 20);
    struct buildspec spec;
    struct error err;

    (void)state;
    buf_add(&text, STR(HEAD "phases:\n  build:\n    commands:\n"));
    for (int i = 0; i <= BUILDSPEC_MAX_COMMANDS; i++)
        buf_add(&text, STR("      - a\n"));
    assert_int_equal(buildspec_parse(&arena, buf_str(&text), &spec, &err), -EINVAL);
    assert_string_equal(err.text, "commands has more than 1000 items at line 5, column 7");
    buf_clear(&text);
    while (text.len <= BUILDSPEC_MAX_BYTES)
        buf_add(&text, STR("#23456789012345\n"));
    assert_int_equal(buildspec_parse(&arena, buf_str(&text), &spec, &err), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(buildspec_parse_reads_every_part),
            cmocka_unit_test(buildspec_parse_reads_json),
            cmocka_unit_test(buildspec_parse_follows_aliases_and_merge_keys),
            cmocka_unit_test(buildspec_parse_warns_of_what_has_no_effect),
            cmocka_unit_test(buildspec_parse_says_what_is_wrong_and_where),
            cmocka_unit_test(buildspec_parse_survives_documents_that_contain_themselves),
            cmocka_unit_test(buildspec_parse_cut_anywhere_never_crashes),
            cmocka_unit_test(buildspec_parse_refuses_more_than_its_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
