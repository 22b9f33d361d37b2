#include "api/audit_chunk.h"

#include "unit.h"

static struct audit_item make(int64_t time, str *arns, size_t len)
{
    return (struct audit_item){
            .time = time,
            .event_id = STR("id"),
            .event_source = STR("s3.amazonaws.com"),
            .event_name = STR("ListBuckets"),
            .access_key = STR("AKID:1"),
            .is_read = true,
            .resources = {arns, len, true},
            .record = STR("{\"a\":\"1:2\"}"),
    };
}

static void items_come_back_one_by_one(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str arns[] = {STR("arn:aws:s3:::b"), STR("*")};
    struct audit_item first = make(7, arns, 2), second = make(-8, NULL, 0), item;

    (void)state;
    second.is_read = false;
    second.trace = STR("{\"allowed\":false}");
    str rest =
            str_concat(&arena, audit_item_pack(&arena, &first), audit_item_pack(&arena, &second));
    assert_int_equal(audit_item_next(&arena, &rest, &item), 1);
    assert_int_equal(item.time, 7);
    assert_true(item.is_read);
    assert_str(item.event_name, "ListBuckets");
    assert_str(item.access_key, "AKID:1");
    assert_null(item.user_name.ptr);
    assert_str(item.record, "{\"a\":\"1:2\"}");
    assert_int_equal(item.resources.len, 2);
    assert_str(item.resources.items[1], "*");
    assert_null(item.trace.ptr);
    assert_int_equal(audit_item_next(&arena, &rest, &item), 1);
    assert_int_equal(item.time, -8);
    assert_false(item.is_read);
    assert_int_equal(item.resources.len, 0);
    assert_str(item.trace, "{\"allowed\":false}");
    assert_int_equal(audit_item_next(&arena, &rest, &item), 0);
}

static void every_cut_is_noticed(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str arns[] = {STR("arn:aws:s3:::b")};
    struct audit_item item = make(7, arns, 1);
    item.trace = STR("{}");
    str whole = audit_item_pack(&arena, &item);

    (void)state;
    for (size_t i = 1; i < whole.len; i++) {
        str rest = str_head(whole, i);

        assert_int_equal(audit_item_next(&arena, &rest, &item), -EINVAL);
    }
}

static void a_chunk_keeps_to_its_time_and_size(void **state)
{
    struct audit_chunk *chunk = audit_chunk_new(STR("1"), STR("r"));
    char big[1 << 16] = {0};
    size_t taken = 0;

    (void)state;
    assert_true(audit_chunk_add(chunk, 100000, STR("a")));
    assert_true(audit_chunk_add(chunk, 100000 + AUDIT_CHUNK_SPAN_MS, STR("b")));
    assert_false(audit_chunk_add(chunk, 100000 - 1, STR("c")));
    assert_false(audit_chunk_add(chunk, 100001 + AUDIT_CHUNK_SPAN_MS, STR("d")));
    assert_int_equal(chunk->first, 100000);
    assert_int_equal(chunk->last, 100000 + AUDIT_CHUNK_SPAN_MS);
    assert_int_equal(chunk->len, 2);
    while (audit_chunk_add(chunk, 100000, (str){big, sizeof(big)}))
        taken++;
    assert_int_equal(taken, AUDIT_CHUNK_FULL / sizeof(big));
    audit_chunk_free(chunk);
}

static void count(str attribute, str value, void *arg)
{
    if (value.ptr && !str_eq(attribute, STR("Username")))
        ++*(int *)arg;
}

static void an_item_is_found_by_what_cloudtrail_has(void **state)
{
    str arns[] = {STR("arn:aws:s3:::b")};
    struct audit_item item = make(7, arns, 1);
    int n = 0;

    (void)state;
    audit_item_values(&item, count, &n);
    assert_int_equal(n, 7); /* name, source, key, read only, and ARN, name and type of the bucket */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(items_come_back_one_by_one),
            cmocka_unit_test(every_cut_is_noticed),
            cmocka_unit_test(a_chunk_keeps_to_its_time_and_size),
            cmocka_unit_test(an_item_is_found_by_what_cloudtrail_has),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
