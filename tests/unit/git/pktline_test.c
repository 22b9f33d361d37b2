#include "git/pktline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static void pkt_cut_takes_one_packet(void **state)
{
    str wire = STR("0009hello0000rest"), payload = {0};
    enum pkt_kind kind;

    (void)state;
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_DATA);
    assert_true(str_eq(payload, STR("hello")));
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_FLUSH);
    assert_true(str_eq(wire, STR("rest")));
}

static void pkt_cut_knows_the_special_packets(void **state)
{
    str wire = STR("0001000200000004"), payload = STR("before");
    enum pkt_kind kind;

    (void)state;
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_DELIMITER);
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_END);
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_FLUSH);
    assert_true(str_eq(payload, STR("before")));
    assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
    assert_int_equal(kind, PKT_DATA);
    assert_int_equal(payload.len, 0);
}

static void pkt_cut_wants_more_at_every_byte(void **state)
{
    str whole = STR("0009hello");

    (void)state;
    for (size_t n = 0; n < whole.len; n++) {
        str wire = str_head(whole, n), payload = STR("untouched");
        enum pkt_kind kind = PKT_END;
        assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), -EAGAIN);
        assert_int_equal(wire.len, n);
        assert_int_equal(kind, PKT_END);
        assert_true(str_eq(payload, STR("untouched")));
    }
}

static void pkt_cut_refuses_what_is_no_packet(void **state)
{
    static const struct {
        str wire;
        const char *text;
    } cases[] = {
            {STR_INIT("zzzz"), "packet length is not hexadecimal"},
            {STR_INIT("00 9hello"), "packet length is not hexadecimal"},
            {STR_INIT("0003"), "packet length 3 is out of range"},
            {STR_INIT("fff1"), "packet length 65521 is out of range"},
            {STR_INIT("ffff"), "packet length 65535 is out of range"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        str wire = cases[i].wire, payload;
        enum pkt_kind kind;
        struct error err = {0};
        assert_int_equal(pkt_cut(&wire, &kind, &payload, &err), -EPROTO);
        assert_string_equal(err.text, cases[i].text);
    }
}

static void pkt_add_band_splits_what_is_too_long(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1 << 20);
    str bytes = {arena_alloc(&arena, 70000, 1), 70000}, wire, payload;
    size_t total = 0;
    enum pkt_kind kind;

    (void)state;
    pkt_add_band(&out, PKT_BAND_PROGRESS, bytes);
    wire = buf_str(&out);
    while (wire.len) {
        assert_int_equal(pkt_cut(&wire, &kind, &payload, NULL), 0);
        assert_int_equal(payload.ptr[0], PKT_BAND_PROGRESS);
        total += payload.len - 1;
    }
    assert_int_equal(total, 70000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(pkt_cut_takes_one_packet),
            cmocka_unit_test(pkt_cut_knows_the_special_packets),
            cmocka_unit_test(pkt_cut_wants_more_at_every_byte),
            cmocka_unit_test(pkt_cut_refuses_what_is_no_packet),
            cmocka_unit_test(pkt_add_band_splits_what_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
