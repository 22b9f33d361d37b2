/* Why a call was denied: what the client gets sealed, and what the audit keeps. */
#include "world.h"

#include "api/audit_chunk.h"
#include "api/private.h"
#include "api/trace.h"
#include "base/json.h"
#include "base/zstd.h"

static str put(const char *key, const char *body)
{
    return world_ask(&(struct ask){
            .target = "Test_20200101.Put", .type = JSON_TYPE, .key = key, .body = str_of(body)});
}

static str header(str answer, const char *name)
{
    str rest = answer, line, key;

    while (str_cut(&rest, '\n', &line) && line.len > 1)
        if (str_cut(&line, ':', &key) && str_eq_nocase(key, str_of(name)))
            return str_trim(line);
    return (str){0};
}

struct decoding {
    str encoded, account, json;
    int result;
};

static int decode(struct tx *tx, void *arg)
{
    struct decoding *d = arg;
    struct call *call = call_for_job(
            &world.server, &world.arena, tx, d->account, STR("eu-west-1"), &testjson_service);

    d->result = trace_decode(call, d->encoded, &d->json);
    return 0;
}

static int try_decode(str encoded, const char *account, str *ret)
{
    struct decoding d = {.encoded = encoded, .account = str_of(account)};
    struct error err;

    world_must(db_read(world.server.db, &world.arena, decode, &d, &err), &err);
    *ret = d.json;
    return d.result;
}

static json_t *decoded(str answer)
{
    str encoded = header(answer, TRACE_HEADER), text;
    json_t *json = NULL;

    assert_true(encoded.len > 0);
    assert_int_equal(try_decode(encoded, "111111111111", &text), 0);
    assert_int_equal(json_parse(text, &json, NULL), 0);
    return json;
}

static void a_denied_client_gets_the_reason_sealed(void **state)
{
    (void)state;
    AUTO_JSON json_t *json = decoded(put("AKIDUSER", "{\"name\":\"a\"}"));
    const json_t *decision = json_member(json, "decision"), *context = json_member(json, "context");

    assert_true(json_is_false(json_member(json, "allowed")));
    assert_true(json_is_false(json_member(json, "explicitDeny")));
    assert_str(json_member_str(decision, "kind"), "identity-based policy");
    assert_str(json_member_str(decision, "identity"), "none");
    assert_str(json_member_str(decision, "boundary"), "absent");
    assert_null(json_member(decision, "statement"));
    assert_str(json_member_str(context, "action"), "testjson:Put");
    assert_str(json_member_str(context, "resource"), "arn:aws:testjson:eu-west-1:111111111111:a");
    assert_str(json_member_str(json_member(context, "principal"), "name"), "u");
    assert_true(json_array_size(json_member(json_member(context, "conditions"), "items")) > 5);
}

static void the_statement_that_denied_is_named(void **state)
{
    (void)state;
    world.policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                   "\"*\",\"Resource\":\"*\"},{\"Sid\":\"NoPut\",\"Effect\":\"Deny\",\"Action\":"
                   "\"testjson:Put\",\"Resource\":\"*\"}]}";
    AUTO_JSON json_t *json = decoded(put("AKIDUSER", "{\"name\":\"a\"}"));
    const json_t *decision = json_member(json, "decision");
    const json_t *items = json_member(json_member(json, "matchedStatements"), "items");

    assert_true(json_is_true(json_member(json, "explicitDeny")));
    assert_int_equal(json_array_size(items), 1);
    assert_str(json_member_str(json_array_get(items, 0), "statementId"), "NoPut");
    assert_str(json_member_str(json_array_get(items, 0), "effect"), "DENY");
    assert_str(json_member_str(decision, "policy"), "user/u/inline");
    assert_str(json_member_str(decision, "policyVersion"), "v1");
    assert_int_equal(json_integer_value(json_member(decision, "statement")), 1);
}

static void only_what_is_whole_and_of_the_account_is_decoded(void **state)
{
    str encoded = header(put("AKIDUSER", "{\"name\":\"a\"}"), TRACE_HEADER), json;
    char *changed = str_cstr(&world.arena, encoded);

    (void)state;
    assert_int_equal(try_decode(encoded, "111111111111", &json), 0);
    assert_int_equal(try_decode(encoded, "222222222222", &json), -EINVAL);
    assert_int_equal(
            try_decode(str_head(encoded, encoded.len - 1), "111111111111", &json), -EINVAL);
    changed[encoded.len / 2] = changed[encoded.len / 2] == 'A' ? 'B' : 'A';
    assert_int_equal(try_decode(str_of(changed), "111111111111", &json), -EINVAL);
    assert_int_equal(try_decode(STR("!"), "111111111111", &json), -EINVAL);
    assert_null(header(put("AKIDUSER", "{\"name\":\"fine\"}"), TRACE_HEADER).ptr);
}

/* Of the last item of the only chunk. */
static int last_trace(struct tx *tx, void *arg)
{
    const struct db_row *row;
    struct audit_item item;
    str rest, *ret = arg;
    int r = db_one(tx, &row, "select size, items from audit_chunk");

    assert_int_equal(r, 1);
    r = zstd_unpack(tx->arena, row_text(row, 1), (size_t)row_int(row, 0), &rest);
    while (r >= 0 && (r = audit_item_next(tx->arena, &rest, &item)) > 0)
        *ret = item.trace;
    return r;
}

static void the_audit_keeps_why_beside_the_record(void **state)
{
    struct error err;
    str trace = {0};

    (void)state;
    (void)put("AKIDUSER", "{\"name\":\"a\"}");
    world_must(audit_flush(&world.server, &err), &err);
    world_must(db_read(world.server.db, &world.arena, last_trace, &trace, &err), &err);
    assert_has(trace, "\"kind\":\"identity-based policy\"");
    assert_has(trace, "\"action\":\"testjson:Put\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(a_denied_client_gets_the_reason_sealed),
            WORLD_TEST(the_statement_that_denied_is_named),
            WORLD_TEST(only_what_is_whole_and_of_the_account_is_decoded),
            WORLD_TEST(the_audit_keeps_why_beside_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
