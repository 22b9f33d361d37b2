/* The whole way of a call: from the bytes of a request to the bytes of an answer. */
#include "api/audit_chunk.h"
#include "base/zstd.h"
#include "world.h"

static str put(const char *key, const char *json)
{
    return world_ask(&(struct ask){
            .target = "Test_20200101.Put", .type = JSON_TYPE, .key = key, .body = str_of(json)});
}

struct counting {
    const char *sql;
    int64_t n;
};

static int count(struct tx *tx, void *arg)
{
    struct counting *counting = arg;
    const struct db_row *row;
    int r = db_one(tx, &row, counting->sql);

    counting->n = r > 0 ? row_int(row, 0) : -1;
    return r;
}

static int64_t count_events(const char *where)
{
    struct arena *arena = &world.arena;
    str sql = str_printf(arena, "select count(*) from audit_event where %s", where);
    struct counting counting = {str_cstr(arena, sql), 0};
    struct error err = {0};

    world_must(audit_flush(&world.server, &err), &err);
    world_must(db_read(world.server.db, arena, count, &counting, &err), &err);
    return counting.n;
}

struct finding {
    const char *name, *error;
    int64_t n;
};

static int find_in_chunks(struct tx *tx, void *arg)
{
    struct finding *finding = arg;
    struct db_rows rows;
    int r = db_query(tx, &rows, "select size, items from audit_chunk order by id limit 1000");
    str error = str_printf(tx->arena, "\"errorCode\":\"%s\"", finding->error);

    finding->n = 0;
    for (size_t i = 0; i < rows.len && r >= 0; i++) {
        struct audit_item item;
        str rest;

        r = zstd_unpack(
                tx->arena, row_text(&rows.items[i], 1), (size_t)row_int(&rows.items[i], 0), &rest);
        while (r >= 0 && (r = audit_item_next(tx->arena, &rest, &item)) > 0)
            finding->n += str_eq(item.event_name, str_of(finding->name)) &&
                          str_find(item.record, error) >= 0;
    }
    return r;
}

static int64_t count_refused(const char *name, const char *error)
{
    struct finding finding = {name, error, 0};
    struct error err = {0};

    world_must(audit_flush(&world.server, &err), &err);
    world_must(db_read(world.server.db, &world.arena, find_in_chunks, &finding, &err), &err);
    return finding.n;
}

static void a_signed_change_runs_and_is_recorded(void **state)
{
    str answer = put("AKIDROOT", "{\"name\":\"a\"}");

    (void)state;
    assert_has(answer, "HTTP/1.1 200");
    assert_has(answer, "x-amzn-RequestId: ");
    assert_has(answer, "Content-Type: application/x-amz-json-1.1");
    assert_str(body_of(answer), "{\"text\":\"a in eu-west-1\"}");
    assert_int_equal(
            count_events("event_name = 'Put' and read_only = 0 and access_key = 'AKIDROOT'"), 1);
}

static void failures_have_their_code_message_and_members(void **state)
{
    str answer = put("AKIDROOT", "{\"name\":\"other\"}");

    (void)state;
    assert_has(answer, "HTTP/1.1 400");
    assert_has(answer, "x-amzn-ErrorType: TakenException");
    assert_str(body_of(answer),
            "{\"__type\":\"TakenException\",\"message\":\"other is taken\",\"by\":\"somebody\"}");
    assert_int_equal(count_refused("Put", "TakenException"), 1);
    answer = put("AKIDROOT", "{\"name\":\"broken\"}");
    assert_has(answer, "HTTP/1.1 500");
    assert_has(answer, "\"__type\":\"InternalFailure\"");
}

static void policies_decide_and_their_change_counts_at_once(void **state)
{
    (void)state;
    assert_has(put("AKIDUSER", "{\"name\":\"fine\"}"), "HTTP/1.1 200");
    str answer = put("AKIDUSER", "{\"name\":\"a\"}");
    assert_has(answer, "\"__type\":\"AccessDeniedException\"");
    assert_has(answer,
            "User: arn:aws:iam::111111111111:user/u is not authorized to perform: testjson:Put on "
            "resource: "
            "arn:aws:testjson:eu-west-1:111111111111:a because no identity-based policy allows the "
            "testjson:Put action");
    assert_int_equal(world.finds, 1);
    world.policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*"
                   "\",\"Resource\":\"*\"}}";
    assert_has(put("AKIDUSER", "{\"name\":\"fine\"}"), "HTTP/1.1 200");
    world.generation++;
    assert_has(put("AKIDUSER", "{\"name\":\"fine\"}"),
            "with an explicit deny in an identity-based policy");
    assert_int_equal(world.finds, 2);
    world.is_deleted = true;
    world.generation++;
    assert_has(put("AKIDUSER", "{\"name\":\"fine\"}"), "UnrecognizedClientException");
    assert_int_equal(test_puts, 2);
}

static void tags_of_a_resource_are_asked_for_where_a_policy_looks_at_them(void **state)
{
    static const struct {
        const char *rest; /* of a statement that allows all actions */
        bool is_allowed, asks;
    } cases[] = {
            {"\"Resource\":\"*\"", true, false},
            {"\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalType\":\"User\"}}",
                    true, false},
            {"\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:ResourceTag/"
             "team\":\"red\"}}",
                    true, true},
            {"\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"AWS:resourcetag/"
             "team\":\"blue\"}}",
                    false, true},
            {"\"Resource\":\"*\",\"Condition\":{\"Null\":{\"testjson:ResourceTag/"
             "team\":\"false\"}}",
                    true, true},
            {"\"Resource\":\"arn:aws:testjson:*:*:${aws:ResourceTag/team}\"", true, true},
            {"\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalType\":"
             "\"${aws:ResourceTag/team}\"}}",
                    false, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        int before = world.asked_for_tags;

        world.policy = str_cstr(&world.arena,
                str_printf(&world.arena,
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                        "\"Action\":\"*\",%s}}",
                        cases[i].rest));
        world.generation++;
        str answer = put("AKIDUSER", "{\"name\":\"red\"}");
        assert_has(answer, cases[i].is_allowed ? "HTTP/1.1 200" : "AccessDenied");
        assert_int_equal(world.asked_for_tags - before, cases[i].asks ? 1 : 0);
    }
}

static void keys_and_signatures_are_checked(void **state)
{
    struct ask ask = {.target = "Test_20200101.Who", .type = JSON_TYPE, .body = STR("{}")};

    (void)state;
    assert_has(world_ask(&ask), "\"__type\":\"MissingAuthenticationTokenException\"");
    ask.key = "AKIDNONE";
    assert_has(world_ask(&ask), "\"__type\":\"UnrecognizedClientException\"");
    ask.key = "AKIDOLD";
    assert_has(world_ask(&ask), "\"__type\":\"ExpiredTokenException\"");
    ask.key = "AKIDROOT";
    ask.secret = "wrong";
    assert_has(world_ask(&ask), "\"__type\":\"InvalidSignatureException\"");
    ask.secret = NULL;
    ask.service = "iam";
    assert_has(world_ask(&ask), "Credential should be scoped to correct service: 'testjson'.");
    ask.service = NULL;
    assert_str(body_of(world_ask(&ask)), "{\"text\":\"arn:aws:iam::111111111111:root\"}");
}

static void clocks_may_differ_by_five_minutes(void **state)
{
    struct ask ask = {
            .target = "Test_20200101.Who", .type = JSON_TYPE, .key = "AKIDROOT", .body = STR("{}")};

    (void)state;
    clock_set_virtual(1700000000000);
    world.signed_date = time_basic(&world.arena, 1700000000000 - 299 * 1000);
    assert_has(world_ask(&ask), "HTTP/1.1 200");
    world.signed_date = time_basic(&world.arena, 1700000000000 - 301 * 1000);
    assert_has(world_ask(&ask),
            "Signature expired: 20231114T220819Z is now earlier than 20231114T220820Z "
            "(20231114T221320Z - 5 min.)");
    world.signed_date = time_basic(&world.arena, 1700000000000 + 301 * 1000);
    assert_has(world_ask(&ask),
            "Signature not yet current: 20231114T221821Z is still later than 20231114T221820Z "
            "(20231114T221320Z + 5 min.)");
    clock_set_real();
}

static void unknown_and_planned_operations_say_so(void **state)
{
    str answer;

    (void)state;
    answer = world_ask(
            &(struct ask){.target = "Test_20200101.Nothing", .type = JSON_TYPE, .key = "AKIDROOT"});
    assert_has(answer, "\"__type\":\"UnknownOperationException\"");
    answer = world_ask(
            &(struct ask){.target = "Nobody.Nothing", .type = JSON_TYPE, .key = "AKIDROOT"});
    assert_has(answer, "\"__type\":\"UnknownOperationException\"");
    answer = world_ask(
            &(struct ask){.target = "Test_20200101.Later", .type = JSON_TYPE, .key = "AKIDROOT"});
    assert_has(answer, "HTTP/1.1 501");
    assert_has(answer, "The operation Later of service testjson is known but not supported by this "
                       "version of Slipway.");
    answer = world_ask(
            &(struct ask){.method = "PATCH", .path = "/b/k", .key = "AKIDROOT", .service = "s3"});
    assert_has(answer, "HTTP/1.1 405");
    assert_has(answer, "<Code>MethodNotAllowed</Code>");
    answer = world_ask(&(struct ask){.type = "application/x-www-form-urlencoded",
            .service = "testquery",
            .body = STR("Action=Nothing&Version=2020-01-01")});
    assert_has(answer, "<Code>InvalidAction</Code>");
}

static void malformed_json_is_refused(void **state)
{
    static const char *const texts[] = {"{", "[]", "5", "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"name\":5}", "{\"name\":\"\xff\"}", "\xef\xbb\xbf{}x"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        assert_has(put("AKIDROOT", texts[i]), "\"__type\":\"SerializationException\"");
    struct buf deep = buf_make(&world.arena, 1 << 20);
    for (int i = 0; i < 2000; i++)
        buf_add(&deep, STR("{\"inner\":"));
    assert_has(world_ask(&(struct ask){.target = "Test_20200101.Echo",
                       .type = JSON_TYPE,
                       .key = "AKIDROOT",
                       .body = buf_str(&deep)}),
            "\"__type\":\"SerializationException\"");
    assert_int_equal(test_puts, 0);
}

/* ---- Query -------------------------------------------------------------------------------------
 */

static str form(const char *text)
{
    return world_ask(&(struct ask){.type = "application/x-www-form-urlencoded; charset=utf-8",
            .service = "testquery",
            .key = "AKIDROOT",
            .body = str_of(text)});
}

static void query_forms_become_structures_and_xml(void **state)
{
    str answer = form(
            "Action=Echo&Version=2020-01-01&Text=a+b%26&Number=7&When=2020-01-02T03%3A04%3A05Z"
            "&Words.member.2=y&Words.member.1=x&Flat.1=f&Tags.member.1.Key=k&Tags.member.1.Value=v"
            "&Attributes.entry.1.key=ak&Attributes.entry.1.value=av");

    (void)state;
    assert_has(answer, "HTTP/1.1 200");
    assert_has(answer,
            "<EchoResponse xmlns=\"https://test.invalid/doc/\"><EchoResult><Text>a b&amp;</Text>"
            "<Number>7</Number><When>2020-01-02T03:04:05Z</When>"
            "<Words><member>x</member><member>y</member></Words><Flat>f</Flat>"
            "<Tags><member><Key>k</Key><Value>v</Value></member></Tags>"
            "<Attributes><entry><key>ak</key><value>av</value></entry></Attributes>"
            "</EchoResult><ResponseMetadata><RequestId>");
}

static void malformed_forms_are_refused(void **state)
{
    static const char *const texts[] = {"Number=x", "Number=3000000000", "Words.member.0=a",
            "Words.member.x=a", "Words.other.1=a", "Words=a", "Text=a&Text=b", "Text.a=b",
            "Words.member.1=a&Words.member.01=b", "Tags.member.1=x", "Attributes.entry.1.key=a"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        str answer = form(str_cstr(&world.arena,
                str_printf(&world.arena, "Action=Echo&Version=2020-01-01&%s", texts[i])));
        if (str_find(answer, STR("<Code>MalformedInput</Code>")) < 0 &&
                str_find(answer, STR("<Code>ValidationError</Code>")) < 0)
            fail_msg("%s: %.*s", texts[i], STR_ARG(answer));
        assert_has(answer, "<Type>Sender</Type>");
    }
    assert_has(form("Action=Echo&Version=2020-01-01&Text=%ff"), "HTTP/1.1 400");
    assert_has(form("Action=Echo&Version=2020-01-01&Words="), "<Words></Words>");
}

/* ---- REST and XML ------------------------------------------------------------------------------
 */

static str rest(const char *method, const char *path, const char *query, const char *body)
{
    return world_ask(&(struct ask){.method = method,
            .path = path,
            .query = query,
            .key = "AKIDROOT",
            .service = "s3",
            .body = str_of(body),
            .sha256 = "UNSIGNED-PAYLOAD"});
}

static void paths_queries_and_headers_find_their_operation(void **state)
{
    struct ask copy = {.method = "PUT",
            .path = "/b/k",
            .key = "AKIDROOT",
            .service = "s3",
            .sha256 = "UNSIGNED-PAYLOAD",
            .more = {{STR("x-amz-copy-source"), STR("/src")}}};

    (void)state;
    assert_has(rest("GET", "/b", "list-type=2&prefix=p%2F", ""),
            "<Name>b</Name><Contents><Key>a&amp;b</Key><Size>3</Size>"
            "<When>1970-01-01T00:00:01.500Z</When></Contents><Contents><Key>p/</Key></Contents></"
            "ListResult>");
    assert_has(rest("GET", "/b/a/b%20c", NULL, ""), "ETag: GetThing b/a/b c");
    assert_has(rest("GET", "/b/k", "uploadId=u", ""), "<Name>ListParts u/k</Name>");
    assert_has(rest("PUT", "/b/k", NULL, "12345"), "ETag: 5 bytes");
    assert_has(world_ask(&copy), "ETag: CopyThing /src/k");
    assert_has(rest("POST", "/b/k", "uploads", ""), "ETag: StartUpload b/k");
    copy = (struct ask){.method = "GET",
            .path = "/a/k",
            .host = "bucket.localhost:1",
            .key = "AKIDROOT",
            .service = "s3",
            .sha256 = "UNSIGNED-PAYLOAD"};
    assert_has(world_ask(&copy), "ETag: GetThing bucket/a/k");
    copy.host = "bucket.s3.eu-west-1.example";
    assert_has(world_ask(&copy), "ETag: GetThing bucket/a/k");
}

static void xml_bodies_become_structures(void **state)
{
    (void)state;
    assert_has(rest("POST", "/b", "delete",
                       "<?xml version=\"1.0\"?><Delete "
                       "xmlns=\"x\"><Object><Key>a&lt;</Key></Object><Quiet>true</Quiet>"
                       "<Object><Key>b</Key><Size>2</Size></Object></Delete>"),
            "<Name>quiet</Name><Contents><Key>a&lt;</Key></Contents><Contents><Key>b</Key><Size>2</"
            "Size></Contents>");
    assert_has(rest("POST", "/b", "delete", "<Delete>"), "<Code>MalformedXML</Code>");
    assert_has(rest("POST", "/b", "delete",
                       "<Delete><Object><Key>k</Key><Size>x</Size></Object></Delete>"),
            "<Code>MalformedXML</Code>");
    assert_has(rest("POST", "/b", "delete",
                       "<!DOCTYPE a [<!ENTITY e "
                       "\"x\">]><Delete><Object><Key>&e;</Key></Object></Delete>"),
            "<Code>MalformedXML</Code>");
}

static void head_answers_without_a_body(void **state)
{
    str answer = rest("HEAD", "/b/k", NULL, "");

    (void)state;
    assert_has(answer, "Content-Length: 12345678901");
    assert_has(answer, "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT");
    assert_str(body_of(answer), "");
    answer = rest("HEAD", "/b/none", NULL, "");
    assert_has(answer, "HTTP/1.1 404");
    assert_str(body_of(answer), "");
}

static void streamed_bodies_are_checked(void **state)
{
    struct ask ask = {.method = "PUT",
            .path = "/b/k",
            .key = "AKIDROOT",
            .service = "s3",
            .body = STR("hello")};

    (void)state;
    ask.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_has(world_ask(&ask), "ETag: 5 bytes");
    ask.body = STR("hellO");
    assert_has(world_ask(&ask), "<Code>XAmzContentSHA256Mismatch</Code>");
    ask.sha256 = "UNSIGNED-PAYLOAD";
    ask.more[0] = (struct sigv4_header){STR("x-amz-checksum-crc32"), STR("NhCmhg==")};
    assert_has(world_ask(&ask), "<Code>BadDigest</Code>");
    ask.body = STR("hello");
    assert_has(world_ask(&ask), "ETag: 5 bytes");
    ask.sha256 = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    ask.more[0] = (struct sigv4_header){STR("x-amz-trailer"), STR("x-amz-checksum-crc32")};
    ask.more[1] = (struct sigv4_header){STR("x-amz-decoded-content-length"), STR("5")};
    ask.body = STR("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
    assert_has(world_ask(&ask), "ETag: 5 bytes");
    ask.body = STR("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhh==\r\n\r\n");
    assert_has(world_ask(&ask), "HTTP/1.1 400");
    ask.body = STR("5\r\nhello\r\n0\r\n\r\n");
    assert_has(world_ask(&ask), "HTTP/1.1 400");
}

static void metadata_headers_go_both_ways(void **state)
{
    struct ask ask = {.method = "PUT",
            .path = "/b/k",
            .key = "AKIDROOT",
            .service = "s3",
            .sha256 = "UNSIGNED-PAYLOAD",
            .more = {{STR("X-Amz-Meta-Colour"), STR("red")}}};

    (void)state;
    assert_has(world_ask(&ask), "x-amz-meta-colour: red");
}

/* ---- Waiting
 * ------------------------------------------------------------------------------------- */

static void a_waiting_call_is_woken_by_its_topic(void **state)
{
    struct ask ask = {.target = "Test_20200101.Wait",
            .type = JSON_TYPE,
            .key = "AKIDROOT",
            .body = STR("{\"topic\":\"t\"}")};
    int fd = world_dial(world_request(&ask));
    str answer;

    (void)state;
    /* Whatever comes first, the call or the signal: the second look sees the change. */
    __atomic_store_n(&test_wait_answers, 1, __ATOMIC_RELEASE);
    notify_signal(world.server.notify, STR("t"));
    for (int i = 0; i < 100; i++)
        notify_signal(world.server.notify, STR("t"));
    answer = world_hear(fd);
    assert_str(body_of(answer), "{\"text\":\"woken\"}");
}

static void waiting_calls_hold_no_thread(void **state)
{
    struct ask ask = {.target = "Test_20200101.Wait",
            .type = JSON_TYPE,
            .key = "AKIDROOT",
            .body = STR("{\"topic\":\"t\"}")};
    int fds[100];

    (void)state;
    for (size_t i = 0; i < 100; i++) /* more than there are handler threads */
        fds[i] = world_dial(world_request(&ask));
    assert_has(put("AKIDROOT", "{\"name\":\"a\"}"), "HTTP/1.1 200");
    __atomic_store_n(&test_wait_answers, 1, __ATOMIC_RELEASE);
    notify_signal(world.server.notify, STR("t"));
    for (size_t i = 0; i < 100; i++) {
        notify_signal(world.server.notify, STR("t"));
        assert_has(world_hear(fds[i]), "woken");
    }
}

/* A call of this key that is parked, or about to be: its handler has looked twice. */
static int dial_waiting(const char *key)
{
    struct ask ask = {.target = "Test_20200101.Wait",
            .type = JSON_TYPE,
            .key = key,
            .body = STR("{\"topic\":\"fine\"}")};
    int fd = world_dial(world_request(&ask));

    while (__atomic_load_n(&test_wait_runs, __ATOMIC_ACQUIRE) < 2)
        clock_sleep(1);
    return fd;
}

static str hear_woken(int fd)
{
    __atomic_store_n(&test_wait_answers, 1, __ATOMIC_RELEASE);
    notify_signal(world.server.notify, STR("fine"));
    return world_hear(fd);
}

static void a_key_that_is_gone_gets_no_answer_by_the_call_that_waited(void **state)
{
    int fd = dial_waiting("AKIDUSER");

    (void)state;
    world.is_deleted = true;
    world.generation++;
    assert_has(hear_woken(fd), "\"__type\":\"UnrecognizedClientException\"");
    assert_int_equal(test_wait_runs, 2);
}

static void a_permission_that_is_gone_gives_no_answer_to_the_call_that_waited(void **state)
{
    int fd = dial_waiting("AKIDUSER");

    (void)state;
    world.policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*"
                   "\",\"Resource\":\"*\"}}";
    world.generation++;
    assert_has(hear_woken(fd), "with an explicit deny in an identity-based policy");
    assert_int_equal(test_wait_runs, 2);
}

static void a_session_that_is_over_gets_no_answer_by_the_call_that_waited(void **state)
{
    int fd;

    (void)state;
    clock_set_virtual(1700000000000);
    world.session_end = 1700000060000;
    fd = dial_waiting("AKIDROLE");
    clock_advance(60000);
    assert_has(hear_woken(fd), "\"__type\":\"ExpiredTokenException\"");
    clock_set_real();
    assert_int_equal(test_wait_runs, 2);
}

static void a_key_that_is_still_good_gets_its_answer(void **state)
{
    int fd = dial_waiting("AKIDUSER");

    (void)state;
    world.generation++; /* something has changed, but not for this key */
    assert_has(hear_woken(fd), "{\"text\":\"woken\"}");
}

static void the_root_and_the_probes_answer_anybody(void **state)
{
    (void)state;
    assert_has(world_ask(&(struct ask){.method = "GET"}), "Slipway");
    assert_str(body_of(world_ask(&(struct ask){.method = "GET", .path = "/healthz"})), "ok\n");
    assert_str(body_of(world_ask(&(struct ask){.method = "GET", .path = "/readyz"})), "ready\n");
    assert_has(world_ask(&(struct ask){.method = "GET", .path = "/metrics"}), "slipway_request");
    assert_has(world_ask(&(struct ask){.method = "POST", .path = "/healthz"}), "HTTP/1.1 405");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(a_signed_change_runs_and_is_recorded),
            WORLD_TEST(failures_have_their_code_message_and_members),
            WORLD_TEST(policies_decide_and_their_change_counts_at_once),
            WORLD_TEST(tags_of_a_resource_are_asked_for_where_a_policy_looks_at_them),
            WORLD_TEST(keys_and_signatures_are_checked),
            WORLD_TEST(clocks_may_differ_by_five_minutes),
            WORLD_TEST(unknown_and_planned_operations_say_so),
            WORLD_TEST(malformed_json_is_refused),
            WORLD_TEST(query_forms_become_structures_and_xml),
            WORLD_TEST(malformed_forms_are_refused),
            WORLD_TEST(paths_queries_and_headers_find_their_operation),
            WORLD_TEST(xml_bodies_become_structures),
            WORLD_TEST(head_answers_without_a_body),
            WORLD_TEST(streamed_bodies_are_checked),
            WORLD_TEST(metadata_headers_go_both_ways),
            WORLD_TEST(a_waiting_call_is_woken_by_its_topic),
            WORLD_TEST(waiting_calls_hold_no_thread),
            WORLD_TEST(a_key_that_is_gone_gets_no_answer_by_the_call_that_waited),
            WORLD_TEST(a_permission_that_is_gone_gives_no_answer_to_the_call_that_waited),
            WORLD_TEST(a_session_that_is_over_gets_no_answer_by_the_call_that_waited),
            WORLD_TEST(a_key_that_is_still_good_gets_its_answer),
            WORLD_TEST(the_root_and_the_probes_answer_anybody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
