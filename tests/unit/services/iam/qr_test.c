#include "unit.h"
#include "services/iam/qr.h"

/* That a phone can read it is seen in tests/api/test_iam_mfa.py. */
static void qr_png_begins_and_ends_as_a_png(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct error err;
    str png;

    (void)state;
    assert_int_equal(qr_png(&arena, STR("hello"), &png, &err), 0);
    assert_true(str_starts(png, STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")));
    assert_true(str_ends(png, STR("\0\0\0\0IEND\xae\x42\x60\x82")));
    /* version 1: 21 squares and 4 of margin on both sides, of 6 dots */
    assert_int_equal((unsigned char)png.ptr[19], (21 + 8) * 6);
}

static void qr_png_refuses_more_than_a_code_holds(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *text = arena_alloc(&arena, 4000, 1);
    str png = STR("before");
    struct error err;

    (void)state;
    memset(text, 'a', 4000);
    assert_int_equal(qr_png(&arena, (str){text, 4000}, &png, &err), -E2BIG);
    assert_str(png, "before");
    assert_int_equal(qr_png(&arena, (str){text, 2048}, &png, &err), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(qr_png_begins_and_ends_as_a_png),
            cmocka_unit_test(qr_png_refuses_more_than_a_code_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
