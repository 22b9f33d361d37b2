#include "services/logs/chunk.h"

#include "unit.h"

static const struct chunk_event events[] = {
        {0, STR_INIT("first")},
        {1700000000123, STR_INIT("")},
        {-1, STR_INIT("\0binary\xff")},
};
enum {
    EVENTS_LEN = sizeof(events) / sizeof(*events)
};

static void chunk_unpack_gives_what_was_packed(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t len = 0; len <= EVENTS_LEN; len++) {
        struct chunk_events back = {NULL, 99};

        assert_int_equal(chunk_unpack(&arena, chunk_pack(&arena, events, len), &back), 0);
        assert_int_equal(back.len, len);
        for (size_t i = 0; i < len; i++) {
            assert_int_equal(back.items[i].ms, events[i].ms);
            assert_true(str_eq(back.items[i].message, events[i].message));
        }
    }
}

/* Where an event ends a shorter chunk is one too; anywhere else it is none. */
static void chunk_unpack_refuses_a_chunk_cut_inside_an_event(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str whole = chunk_pack(&arena, events, EVENTS_LEN);
    size_t ends[EVENTS_LEN + 1] = {0};

    (void)state;
    for (size_t i = 0; i < EVENTS_LEN; i++)
        ends[i + 1] = ends[i] + 12 + events[i].message.len;
    assert_int_equal(ends[EVENTS_LEN], whole.len);
    for (size_t cut = 0, at = 0; cut <= whole.len; cut++) {
        struct chunk_events back = {NULL, 99};
        bool is_end = cut == ends[at];
        int r = chunk_unpack(&arena, str_head(whole, cut), &back);

        assert_int_equal(r, is_end ? 0 : -EBADMSG);
        assert_int_equal(back.len, is_end ? at : 99);
        at += is_end;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(chunk_unpack_gives_what_was_packed),
            cmocka_unit_test(chunk_unpack_refuses_a_chunk_cut_inside_an_event),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
