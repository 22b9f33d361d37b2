#include "unit.h"

#include "services/codepipeline/rules.h"

#define WAITS(stage)                                                                               \
    {                                                                                              \
        STR_INIT(stage), true, false                                                               \
    }
#define IS_IN(stage)                                                                               \
    {                                                                                              \
        STR_INIT(stage), false, false                                                              \
    }
#define STOPS(stage)                                                                               \
    {                                                                                              \
        STR_INIT(stage), true, true                                                                \
    }

static void an_execution_enters_a_free_stage(void **state)
{
    const struct rule_execution all[] = {WAITS("a"), IS_IN("b")};

    (void)state;
    assert_int_equal(rule_entry(all, 2, 0, false), ENTRY_ENTER);
}

static void one_execution_at_a_time_is_in_a_stage(void **state)
{
    const struct rule_execution all[] = {WAITS("a"), IS_IN("a")};

    (void)state;
    assert_int_equal(rule_entry(all, 2, 0, false), ENTRY_WAIT);
}

static void a_disabled_transition_holds(void **state)
{
    const struct rule_execution all[] = {WAITS("a")};

    (void)state;
    assert_int_equal(rule_entry(all, 1, 0, true), ENTRY_WAIT);
}

static void only_the_newest_waits(void **state)
{
    const struct rule_execution all[] = {WAITS("a"), WAITS("b"), WAITS("a"), IS_IN("a")};

    (void)state;
    assert_int_equal(rule_entry(all, 4, 0, true), ENTRY_WAIT);
    assert_int_equal(rule_entry(all, 4, 1, true), ENTRY_WAIT);
    assert_int_equal(rule_entry(all, 4, 2, true), ENTRY_SUPERSEDED);
}

static void one_that_stops_supersedes_nothing(void **state)
{
    const struct rule_execution all[] = {STOPS("a"), WAITS("a")};

    (void)state;
    assert_int_equal(rule_entry(all, 2, 0, false), ENTRY_STOPPED);
    assert_int_equal(rule_entry(all, 2, 1, false), ENTRY_ENTER);
}

static enum step step(const struct rule_action *actions, size_t len, bool stops, int64_t *order)
{
    *order = 0;
    return rule_step(actions, len, stops, order);
}

static void actions_start_by_run_order(void **state)
{
    const struct rule_action fresh[] = {{2, TRY_NONE}, {1, TRY_NONE}, {1, TRY_NONE}};
    const struct rule_action first[] = {{2, TRY_NONE}, {1, TRY_SUCCEEDED}, {1, TRY_IN_PROGRESS}};
    const struct rule_action second[] = {{2, TRY_NONE}, {1, TRY_SUCCEEDED}, {1, TRY_SUCCEEDED}};
    const struct rule_action all[] = {{2, TRY_SUCCEEDED}, {1, TRY_SUCCEEDED}};
    int64_t order;

    (void)state;
    assert_int_equal(step(fresh, 3, false, &order), STEP_START);
    assert_int_equal(order, 1);
    assert_int_equal(step(first, 3, false, &order), STEP_WAIT);
    assert_int_equal(step(second, 3, false, &order), STEP_START);
    assert_int_equal(order, 2);
    assert_int_equal(step(all, 2, false, &order), STEP_SUCCEED);
}

static void a_failure_lets_its_group_end_and_nothing_start(void **state)
{
    const struct rule_action group[] = {{1, TRY_FAILED}, {1, TRY_IN_PROGRESS}, {2, TRY_NONE}};
    const struct rule_action ended[] = {{1, TRY_FAILED}, {1, TRY_SUCCEEDED}, {2, TRY_NONE}};
    int64_t order;

    (void)state;
    assert_int_equal(step(group, 3, false, &order), STEP_WAIT);
    assert_int_equal(step(ended, 3, false, &order), STEP_FAIL);
}

static void a_stop_starts_nothing_more(void **state)
{
    const struct rule_action group[] = {{1, TRY_SUCCEEDED}, {2, TRY_NONE}};
    const struct rule_action all[] = {{1, TRY_SUCCEEDED}};
    int64_t order;

    (void)state;
    assert_int_equal(step(group, 2, true, &order), STEP_STOP);
    assert_int_equal(step(all, 1, true, &order), STEP_SUCCEED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(an_execution_enters_a_free_stage),
            cmocka_unit_test(one_execution_at_a_time_is_in_a_stage),
            cmocka_unit_test(a_disabled_transition_holds),
            cmocka_unit_test(only_the_newest_waits),
            cmocka_unit_test(one_that_stops_supersedes_nothing),
            cmocka_unit_test(actions_start_by_run_order),
            cmocka_unit_test(a_failure_lets_its_group_end_and_nothing_start),
            cmocka_unit_test(a_stop_starts_nothing_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
