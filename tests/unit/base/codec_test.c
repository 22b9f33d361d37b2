#include "unit.h"
#include "base/codec.h"

#include <limits.h>

static void base64_has_the_vectors_of_rfc_4648(void **state)
{
    static const char *const cases[][2] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"},
            {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    AUTO_ARENA struct arena arena = {0};
    str back;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_str(base64_encode(&arena, str_of(cases[i][0])), cases[i][1]);
        assert_int_equal(base64_decode(&arena, str_of(cases[i][1]), &back), 0);
        assert_str(back, cases[i][0]);
    }
}

static void base32_has_the_vectors_of_rfc_4648(void **state)
{
    static const char *const cases[][2] = {{"", ""}, {"f", "MY======"}, {"fo", "MZXQ===="},
            {"foo", "MZXW6==="}, {"foob", "MZXW6YQ="}, {"fooba", "MZXW6YTB"},
            {"foobar", "MZXW6YTBOI======"}};
    static const char *const bad[] = {"M", "MY", "MY=====", "MY=======", "MZ======", "M=======",
            "========", "my======", "MY====\n=", "MZXW6YT1", "MZXW6Y=="};
    AUTO_ARENA struct arena arena = {0};
    str back;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_str(base32_encode(&arena, str_of(cases[i][0])), cases[i][1]);
        assert_int_equal(base32_decode(&arena, str_of(cases[i][1]), &back), 0);
        assert_str(back, cases[i][0]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(base32_decode(&arena, str_of(bad[i]), &back), -EINVAL);
    assert_str(back, "foobar");
}

static void every_codec_gives_back_every_byte(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char all[256];
    str back;

    (void)state;
    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = (char)i;
    for (size_t len = 0; len <= sizeof(all); len++) {
        str s = {all, len};
        assert_int_equal(hex_decode(&arena, hex_encode(&arena, s), &back), 0);
        assert_true(str_eq(s, back));
        assert_int_equal(base32_decode(&arena, base32_encode(&arena, s), &back), 0);
        assert_true(str_eq(s, back));
        assert_int_equal(base64_decode(&arena, base64_encode(&arena, s), &back), 0);
        assert_true(str_eq(s, back));
        assert_int_equal(base64url_decode(&arena, base64url_encode(&arena, s), &back), 0);
        assert_true(str_eq(s, back));
        assert_int_equal(percent_decode(&arena, percent_encode(&arena, s, 0), 0, &back), 0);
        assert_true(str_eq(s, back));
    }
}

static void base64_refuses_what_no_encoder_makes(void **state)
{
    static const char *const bad[] = {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v=", "Zm 9v",
            "Zm9v\n", "Zg==Zg==", "Zm-_", "=", "====", "Zm=v"};
    AUTO_ARENA struct arena arena = {0};
    str out = STR("before");

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_int_equal(base64_decode(&arena, str_of(bad[i]), &out), -EINVAL);
    assert_int_equal(base64url_decode(&arena, STR("Zg=="), &out), -EINVAL);
    assert_int_equal(base64url_decode(&arena, STR("Zm+/"), &out), -EINVAL);
    assert_int_equal(base64url_decode(&arena, STR("Z"), &out), -EINVAL);
    assert_str(out, "before");
}

static void hex_is_strict(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str out = STR("before");

    (void)state;
    assert_str(hex_encode(&arena, STR("\x01\xAB")), "01ab");
    assert_int_equal(hex_decode(&arena, STR("0"), &out), -EINVAL);
    assert_int_equal(hex_decode(&arena, STR("0g"), &out), -EINVAL);
    assert_int_equal(hex_decode(&arena, STR("AB"), &out), -EINVAL);
    assert_str(out, "before");
}

static void a_hex_digit_has_a_value_in_either_case(void **state)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    int found = 0;

    (void)state;
    for (int i = 0; i < 32; i++)
        assert_int_equal(hex_digit(digits[i]), i % 16);
    for (int c = CHAR_MIN; c <= CHAR_MAX; c++)
        found += hex_digit((char)c) >= 0;
    assert_int_equal(found, 22);
}

static void lower_hex_is_what_hex_encode_makes(void **state)
{
    (void)state;
    assert_true(is_lower_hex(STR("")));
    assert_true(is_lower_hex(STR("0123456789abcdef")));
    assert_false(is_lower_hex(STR("0A")));
    assert_false(is_lower_hex(STR("0g")));
    assert_false(is_lower_hex(STR("0\0a")));
}

static void hex_numbers_have_their_range(void **state)
{
    static const struct {
        str text;
        int result;
        uint64_t number;
    } cases[] = {
            {STR_INIT("0"), 0, 0},
            {STR_INIT("fFf0"), 0, 0xFFF0},
            {STR_INIT("ffffffffffffffff"), 0, UINT64_MAX},
            {STR_INIT("00000000000000000000001"), 0, 1},
            {STR_INIT("10000000000000000"), -ERANGE, 7},
            {STR_INIT("10000000000000000x"), -EINVAL, 7},
            {STR_INIT(""), -EINVAL, 7},
            {STR_INIT("0x1"), -EINVAL, 7},
            {STR_INIT("-1"), -EINVAL, 7},
            {STR_INIT(" 1"), -EINVAL, 7},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        uint64_t n = 7;
        assert_int_equal(hex_to_u64(cases[i].text, &n), cases[i].result);
        assert_int_equal(n, cases[i].number);
    }
}

static void percent_encoding_is_that_of_sigv4(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_str(percent_encode(&arena, STR("a b/c~d+\xC3\xA9"), 0), "a%20b%2Fc~d%2B%C3%A9");
    assert_str(percent_encode(&arena, STR("a/b*"), PERCENT_KEEP_SLASH), "a/b%2A");
}

static void percent_decoding_takes_both_cases_and_forms(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str out;

    (void)state;
    assert_int_equal(percent_decode(&arena, STR("a+b%2f%2F:"), 0, &out), 0);
    assert_str(out, "a+b//:");
    assert_int_equal(percent_decode(&arena, STR("a+b%2B"), PERCENT_PLUS, &out), 0);
    assert_str(out, "a b+");
    assert_int_equal(percent_decode(&arena, STR("%"), 0, &out), -EINVAL);
    assert_int_equal(percent_decode(&arena, STR("%2"), 0, &out), -EINVAL);
    assert_int_equal(percent_decode(&arena, STR("%2x"), 0, &out), -EINVAL);
    assert_str(out, "a b+");
}

static void lenient_percent_decoding_keeps_what_is_no_escape(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_str(percent_decode_leniently(&arena, STR("%41%4%g1%2"), 0), "A%4%g1%2");
    assert_str(percent_decode_leniently(&arena, STR("%%41+%c3%A9"), 0), "%A+\xc3\xa9");
    assert_str(percent_decode_leniently(&arena, STR("a+%2B"), PERCENT_PLUS), "a +");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(base32_has_the_vectors_of_rfc_4648),
            cmocka_unit_test(base64_has_the_vectors_of_rfc_4648),
            cmocka_unit_test(every_codec_gives_back_every_byte),
            cmocka_unit_test(base64_refuses_what_no_encoder_makes),
            cmocka_unit_test(hex_is_strict),
            cmocka_unit_test(a_hex_digit_has_a_value_in_either_case),
            cmocka_unit_test(lower_hex_is_what_hex_encode_makes),
            cmocka_unit_test(hex_numbers_have_their_range),
            cmocka_unit_test(percent_encoding_is_that_of_sigv4),
            cmocka_unit_test(percent_decoding_takes_both_cases_and_forms),
            cmocka_unit_test(lenient_percent_decoding_keeps_what_is_no_escape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
