/* Calls in process, page tokens, and calls of services as themselves. */
#include "world.h"

#include "api/private.h"

struct inside {
    int (*body)(struct call *call);
    struct call *call;
};

static int run_inside(struct tx *tx, void *arg)
{
    struct inside *inside = arg;

    inside->call = call_for_job(&world.server, &world.arena, tx, STR("111111111111"),
            STR("eu-west-1"), &testjson_service);
    return inside->body(inside->call);
}

static void in_a_job(int (*body)(struct call *call))
{
    struct inside inside = {.body = body};
    struct error err = {0};

    world_must(db_write(world.server.db, &world.arena, run_inside, &inside, &err), &err);
}

static const struct principal role = {
        .kind = PRINCIPAL_ROLE,
        .account = STR_INIT("111111111111"),
        .arn = STR_INIT("arn:aws:sts::111111111111:assumed-role/r/s"),
        .user_id = STR_INIT("AROA:s"),
        .name = STR_INIT("r"),
        .session_name = STR_INIT("s"),
        .issuer_arn = STR_INIT("arn:aws:iam::111111111111:role/r"),
        .invoked_by = STR_INIT("testjson.amazonaws.com"),
};

static int put(struct call *call, const struct principal *principal, str name, str *ret_text,
        struct call_failure *failure)
{
    struct testjson_PutInput in = {.name = name};
    struct testjson_PutOutput out = {0};
    int r = call_invoke(call, principal, &testjson_service, "Put", &in, &out, failure);

    *ret_text = out.text;
    return r;
}

static int roles_are_authorized(struct call *call)
{
    struct call_failure failure = {0};
    str text;

    assert_int_equal(put(call, &role, STR("fine"), &text, &failure), 0);
    assert_str(text, "fine in eu-west-1");
    assert_int_equal(put(call, &role, STR("a"), &text, &failure), CALL_FAILED);
    assert_str(failure.code, "AccessDeniedException");
    assert_has(failure.message, "assumed-role/r/s is not authorized to perform: testjson:Put");
    assert_int_equal(put(call, &role, STR(""), &text, &failure), CALL_FAILED);
    assert_str(failure.code, "ValidationException");
    return 0;
}

static void call_invoke_authorizes_roles_and_validates(void **state)
{
    (void)state;
    in_a_job(roles_are_authorized);
    assert_int_equal(test_puts, 1);
}

static int services_have_their_own_rights(struct call *call)
{
    struct call_failure failure = {0};
    bool is_allowed = true;
    str text;

    assert_int_equal(put(call, call->principal, STR("a"), &text, &failure), 0);
    assert_int_equal(authorize_check(call, STR("kms:Decrypt"),
                             STR("arn:aws:kms:eu-west-1:111111111111:key/k"), &is_allowed),
            0);
    assert_true(is_allowed);
    assert_int_equal(authorize_check(call, STR("iam:CreateUser"),
                             STR("arn:aws:iam::111111111111:user/u"), &is_allowed),
            0);
    assert_false(is_allowed);
    assert_int_equal(authorize_check(call, STR("testjson:Put"),
                             STR("arn:aws:testjson::222222222222:a"), &is_allowed),
            0);
    assert_false(is_allowed);
    return 0;
}

static void a_service_as_itself_may_do_only_its_own(void **state)
{
    (void)state;
    in_a_job(services_have_their_own_rights);
}

static int a_failure_leaves_nothing(struct call *call)
{
    struct call_failure failure = {0};
    str text;

    assert_int_equal(put(call, call->principal, STR("other"), &text, &failure), CALL_FAILED);
    assert_str(failure.code, "TakenException");
    assert_false(call->failure.code.ptr); /* the caller goes on */
    assert_int_equal(
            call_invoke(call, call->principal, &testjson_service, "Nothing", NULL, NULL, &failure),
            CALL_FAILED);
    assert_str(failure.code, "UnknownOperationException");
    assert_int_equal(
            call_invoke(call, call->principal, &testjson_service, "Later", NULL, NULL, &failure),
            CALL_FAILED);
    assert_int_equal(failure.status, 501);
    assert_int_equal(put(call, call->principal, STR("broken"), &text, &failure), -EIO);
    return 0;
}

static void call_invoke_says_why_it_failed(void **state)
{
    (void)state;
    in_a_job(a_failure_leaves_nothing);
}

static int tokens_open_where_they_were_made(struct call *call)
{
    str token, position;

    call->private_->target.operation_name = STR("ListThings");
    token = page_seal(call, STR("name/7"));
    assert_int_equal(page_open(call, token, NULL, &position), 0);
    assert_str(position, "name/7");
    assert_int_equal(page_open(call, (str){0}, NULL, &position), 0);
    assert_null(position.ptr);
    call->private_->target.operation_name = STR("ListOthers");
    assert_int_equal(page_open(call, token, NULL, &position), CALL_FAILED);
    assert_str(call->failure.code, "ValidationException");
    call->private_->target.operation_name = STR("ListThings");
    call->account = STR("222222222222");
    assert_int_equal(page_open(call, token, &testjson_TakenException, &position), CALL_FAILED);
    assert_str(call->failure.code, "TakenException");
    return 0;
}

static void page_tokens_are_bound_to_operation_and_account(void **state)
{
    (void)state;
    in_a_job(tokens_open_where_they_were_made);
}

static int a_route_is_recorded(struct call *call)
{
    struct httpd_request req = {.arena = &world.arena, .peer = STR("192.0.2.1")};
    struct call *push =
            api_route_call(&world.server, &req, &testjson_service, &role, STR("GitPush"));

    assert_int_equal(
            authorize(push, STR("testjson:GitPush"), STR("arn:aws:testjson:::fine")), CALL_FAILED);
    assert_has(push->failure.message, "is not authorized to perform: testjson:GitPush");
    push->failure = (struct call_failure){0};
    push->tx = call->tx;
    assert_int_equal(audit_record(push, NULL, NULL), 0);
    return 0;
}

static void calls_of_routes_are_authorized_and_recorded(void **state)
{
    (void)state;
    in_a_job(a_route_is_recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(call_invoke_authorizes_roles_and_validates),
            WORLD_TEST(a_service_as_itself_may_do_only_its_own),
            WORLD_TEST(call_invoke_says_why_it_failed),
            WORLD_TEST(calls_of_routes_are_authorized_and_recorded),
            WORLD_TEST(page_tokens_are_bound_to_operation_and_account),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
