#include "api/usage.h"

#include "unit.h"

static const struct {
    const char *arn, *pattern, *wider;
} cases[] = {
        {"arn:aws:s3:::b/in/a", "arn:aws:s3:::b/in/*", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b/in/out/a", "arn:aws:s3:::b/in/out/*", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b/in/", "arn:aws:s3:::b/in/*", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b/a", "arn:aws:s3:::b/a", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b/*", "arn:aws:s3:::b/*", "arn:aws:s3:::*"},
        {"arn:aws:s3:::b/a*b?$c", "arn:aws:s3:::b/a${*}b${?}${$}c", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b/x*/a", "arn:aws:s3:::b/x${*}/*", "arn:aws:s3:::b/*"},
        {"arn:aws:s3:::b", "arn:aws:s3:::b", "arn:aws:s3:::*"},
        {"arn:aws:logs:r:1:log-group:/a:log-stream:s", "arn:aws:logs:r:1:log-group:/a:log-stream:*",
                "arn:aws:logs:r:1:*"},
        {"arn:aws:logs:r:1:log-group:/a", "arn:aws:logs:r:1:log-group:/a", "arn:aws:logs:r:1:*"},
        {"arn:aws:iam::1:role/p/r", "arn:aws:iam::1:role/p/r", "arn:aws:iam::1:*"},
        {"arn:aws:iam::1:*", "arn:aws:iam::1:*", "*"},
        {"*", "*", "*"},
        {"", "", "*"},
};

static void usage_resource_and_widen_make_patterns(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        str pattern = usage_resource(&arena, str_of(cases[i].arn));

        assert_str(pattern, cases[i].pattern);
        assert_str(usage_widen(&arena, pattern), cases[i].wider);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(usage_resource_and_widen_make_patterns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
