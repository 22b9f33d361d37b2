#include "git/push.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define ID_A "1111111111111111111111111111111111111111"
#define ID_B "2222222222222222222222222222222222222222"
#define ID_0 "0000000000000000000000000000000000000000"

static str wire_of(struct arena *arena, const str *lines, size_t len)
{
    struct buf out = buf_make(arena, 1 << 20);

    for (size_t i = 0; i < len; i++)
        pkt_add(&out, lines[i]);
    pkt_add_flush(&out);
    return buf_str(&out);
}

static str two_commands(struct arena *arena)
{
    const str lines[] = {
            STR(ID_A " " ID_B " refs/heads/main\0 report-status side-band-64k atomic "
                     "object-format=sha1 agent=git/2.39"),
            STR(ID_0 " " ID_B " refs/tags/v1\n"),
    };

    return wire_of(arena, lines, 2);
}

static void push_parse_reads_commands_and_capabilities(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct push push;
    str wire = two_commands(&arena);

    (void)state;
    assert_int_equal(push_parse(&arena, str_concat(&arena, wire, STR("PACK")), &push, NULL), 0);
    assert_int_equal(push.wire_len, wire.len);
    assert_int_equal(push.commands.len, 2);
    assert_true(str_eq(push.commands.items[0].old_id, STR(ID_A)));
    assert_true(str_eq(push.commands.items[0].ref, STR("refs/heads/main")));
    assert_true(str_eq(push.commands.items[1].new_id, STR(ID_B)));
    assert_true(str_eq(push.commands.items[1].ref, STR("refs/tags/v1")));
    assert_true(push.report_status && push.side_band && push.atomic);
    assert_false(push.quiet);
    assert_true(push_has_pack(&push));
}

static void push_parse_wants_more_at_every_byte(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct push push = {.wire_len = 77};
    str wire = two_commands(&arena);

    (void)state;
    for (size_t n = 0; n < wire.len; n++)
        assert_int_equal(push_parse(&arena, str_head(wire, n), &push, NULL), -EAGAIN);
    assert_int_equal(push.wire_len, 77);
}

static void push_parse_accepts_an_empty_list(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct push push;

    (void)state;
    assert_int_equal(push_parse(&arena, STR("0000"), &push, NULL), 0);
    assert_int_equal(push.commands.len, 0);
    assert_false(push_has_pack(&push));
}

static void push_parse_keeps_shallow_lines_apart(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const str lines[] = {
            STR("shallow " ID_A "\n"),
            STR(ID_A " " ID_B " refs/heads/main\0report-status"),
    };
    struct push push;

    (void)state;
    assert_int_equal(push_parse(&arena, wire_of(&arena, lines, 2), &push, NULL), 0);
    assert_int_equal(push.shallow_len, 1);
    assert_int_equal(push.commands.len, 1);
    assert_true(push.report_status);
}

static void push_has_no_pack_when_it_only_deletes(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const str lines[] = {STR(ID_A " " ID_0 " refs/heads/old\0report-status delete-refs")};
    struct push push;

    (void)state;
    assert_int_equal(push_parse(&arena, wire_of(&arena, lines, 1), &push, NULL), 0);
    assert_false(push_has_pack(&push));
}

static void push_parse_refuses_what_is_no_command(void **state)
{
    static const struct {
        str line;
        const char *text;
    } cases[] = {
            {STR_INIT(""), "command 1 is not \"<old> <new> <ref>\""},
            {STR_INIT("hello"), "command 1 is not \"<old> <new> <ref>\""},
            {STR_INIT(ID_A " " ID_B), "command 1 is not \"<old> <new> <ref>\""},
            {STR_INIT("111 " ID_B " refs/heads/a"), "command 1 has an invalid object id"},
            {STR_INIT(ID_A " " ID_B " "), "command 1 does not name a ref"},
            {STR_INIT("shallow 12"), "a shallow line has an invalid object id"},
            {STR_INIT("push-cert\0report-status"), "signed pushes are not supported"},
            {STR_INIT(ID_A " " ID_B " refs/heads/a\0push-options"),
                    "push options are not supported"},
            {STR_INIT(ID_A " " ID_B " refs/heads/a\0object-format=sha256"),
                    "only object format sha1 is supported"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        AUTO_ARENA struct arena arena = {0};
        struct error err = {0};
        struct push push;
        assert_int_equal(
                push_parse(&arena, wire_of(&arena, &cases[i].line, 1), &push, &err), -EPROTO);
        assert_string_equal(err.text, cases[i].text);
    }
}

static void push_parse_refuses_a_delimiter(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct push push;

    (void)state;
    assert_int_equal(push_parse(&arena, STR("00010000"), &push, NULL), -EPROTO);
}

static void push_parse_refuses_too_many_commands(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct buf out = buf_make(&arena, 1 << 20);
    struct error err = {0};
    struct push push;

    (void)state;
    for (int i = 0; i <= PUSH_MAX_COMMANDS; i++)
        pkt_printf(&out, ID_0 " " ID_A " refs/heads/b%d", i);
    pkt_add_flush(&out);
    assert_int_equal(push_parse(&arena, buf_str(&out), &push, &err), -E2BIG);
    assert_string_equal(err.text, "push changes more than 4000 refs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(push_parse_reads_commands_and_capabilities),
            cmocka_unit_test(push_parse_wants_more_at_every_byte),
            cmocka_unit_test(push_parse_accepts_an_empty_list),
            cmocka_unit_test(push_parse_keeps_shallow_lines_apart),
            cmocka_unit_test(push_has_no_pack_when_it_only_deletes),
            cmocka_unit_test(push_parse_refuses_what_is_no_command),
            cmocka_unit_test(push_parse_refuses_a_delimiter),
            cmocka_unit_test(push_parse_refuses_too_many_commands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
