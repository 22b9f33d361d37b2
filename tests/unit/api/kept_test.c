/* Answers that are kept: Show of the test service says how often it was made. */
#include "world.h"

#include "api/kept.h"
#include "api/private.h"

static str show(const char *key, const char *name)
{
    str body = str_printf(&world.arena, "{\"name\":\"%s\"}", name);

    return world_ask(&(struct ask){
            .target = "Test_20200101.Show", .type = JSON_TYPE, .key = key, .body = body});
}

static void assert_shown(const char *name, const char *text)
{
    str answer = show("AKIDROOT", name);

    assert_has(answer, "HTTP/1.1 200");
    assert_has(answer, "Content-Type: application/x-amz-json-1.1");
    assert_str(body_of(answer), text);
}

static void an_answer_is_kept_until_the_mark_changes(void **state)
{
    (void)state;
    test_mark = kept_mark();
    assert_shown("fine", "{\"text\":\"fine 1\"}");
    assert_shown("fine", "{\"text\":\"fine 1\"}");
    assert_shown("other", "{\"text\":\"other 2\"}");
    test_mark = kept_mark();
    assert_shown("fine", "{\"text\":\"fine 3\"}");
    assert_shown("fine", "{\"text\":\"fine 3\"}");
    assert_shown("other", "{\"text\":\"other 4\"}");
}

static void a_kept_answer_is_only_for_those_who_may(void **state)
{
    (void)state;
    assert_shown("a", "{\"text\":\"a 1\"}");
    assert_has(show("AKIDUSER", "a"), "AccessDeniedException");
    assert_shown("fine", "{\"text\":\"fine 2\"}");
    assert_str(body_of(show("AKIDUSER", "fine")), "{\"text\":\"fine 2\"}");
}

static int show_inside(struct tx *tx, void *arg)
{
    struct call *call = call_for_job(&world.server, &world.arena, tx, STR("111111111111"),
            STR("eu-west-1"), &testjson_service);
    struct testjson_PutInput in = {.name = STR("fine")};
    struct testjson_PutOutput out = {0};
    struct call_failure failure;
    int r = call_invoke(call, call->principal, &testjson_service, "Show", &in, &out, &failure);

    (void)arg;
    assert_int_equal(r, 0);
    assert_str(out.text, "fine 2");
    return 0;
}

static void a_call_in_process_neither_takes_nor_leaves_an_answer(void **state)
{
    struct error err = {0};

    (void)state;
    assert_shown("fine", "{\"text\":\"fine 1\"}");
    world_must(db_write(world.server.db, &world.arena, show_inside, NULL, &err), &err);
    assert_shown("fine", "{\"text\":\"fine 1\"}");
}

static void kept_answers_have_a_ceiling(void **state)
{
    (void)state;
    test_show_len = API_KEPT_BYTES / 2;
    (void)show("AKIDROOT", "large");
    (void)show("AKIDROOT", "large");
    assert_int_equal(test_shows, 2);
    test_show_len = API_KEPT_BYTES / 8;
    for (char name[] = "a"; *name < 'k'; ++*name)
        (void)show("AKIDROOT", name);
    assert_int_equal(test_shows, 12);
    (void)show("AKIDROOT", "j");
    assert_int_equal(test_shows, 12);
    (void)show("AKIDROOT", "a");
    assert_int_equal(test_shows, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(an_answer_is_kept_until_the_mark_changes),
            WORLD_TEST(a_kept_answer_is_only_for_those_who_may),
            WORLD_TEST(a_call_in_process_neither_takes_nor_leaves_an_answer),
            WORLD_TEST(kept_answers_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
