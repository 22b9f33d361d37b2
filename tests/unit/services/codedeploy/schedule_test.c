#include "services/codedeploy/schedule.h"

#include "unit.h"

static void the_minimum_is_rounded_up_once(void **state)
{
    static const struct {
        const char *type;
        int64_t value, total;
        bool is_predefined;
        int64_t minimum;
    } cases[] = {
            {"HOST_COUNT", 6, 9, false, 6},
            {"HOST_COUNT", 0, 9, false, 0},
            {"HOST_COUNT", 12, 9, false, 12},
            {"FLEET_PERCENT", 40, 9, false, 4},
            {"FLEET_PERCENT", 95, 10, false, 10},
            {"FLEET_PERCENT", 90, 10, false, 9},
            {"FLEET_PERCENT", 0, 10, false, 0},
            {"FLEET_PERCENT", 50, 9, true, 5},
            {"FLEET_PERCENT", 50, 2, true, 1},
            {"FLEET_PERCENT", 50, 1, true, 0},
            {"MOST_CONCURRENCY", 1, 9, true, 8},
            {"MOST_CONCURRENCY", 1, 1, true, 0},
            {"HOST_COUNT", 0, 5, true, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(schedule_minimum(str_of(cases[i].type), cases[i].value, cases[i].total,
                                 cases[i].is_predefined),
                cases[i].minimum);
}

static void assert_step(struct schedule s, enum schedule_verdict verdict, int64_t start)
{
    struct schedule_step step = schedule_next(&s);

    assert_int_equal(step.verdict, verdict);
    assert_int_equal(step.start, start);
}

static void as_many_start_as_health_can_spare(void **state)
{
    (void)state;
    assert_step(
            (struct schedule){.total = 9, .minimum = 6, .waiting_healthy = 9}, SCHEDULE_GO_ON, 3);
    assert_step(
            (struct schedule){.total = 9, .minimum = 4, .waiting_healthy = 9}, SCHEDULE_GO_ON, 5);
    assert_step(
            (struct schedule){
                    .total = 9, .minimum = 6, .succeeded = 1, .running = 2, .waiting_healthy = 6},
            SCHEDULE_GO_ON, 1);
    assert_step((struct schedule){.total = 9, .minimum = 6, .running = 3, .waiting_healthy = 6},
            SCHEDULE_GO_ON, 0);
    assert_step(
            (struct schedule){.total = 5, .minimum = 0, .waiting_healthy = 5}, SCHEDULE_GO_ON, 5);
}

static void a_failure_takes_away_from_what_is_spared(void **state)
{
    (void)state;
    assert_step(
            (struct schedule){
                    .total = 10, .minimum = 8, .failed = 1, .running = 1, .waiting_healthy = 8},
            SCHEDULE_GO_ON, 0);
    assert_step(
            (struct schedule){
                    .total = 10, .minimum = 8, .failed = 1, .succeeded = 1, .waiting_healthy = 8},
            SCHEDULE_GO_ON, 1);
    assert_step(
            (struct schedule){
                    .total = 10, .minimum = 8, .failed = 2, .succeeded = 1, .waiting_healthy = 7},
            SCHEDULE_UNHEALTHY, 0);
    assert_step((struct schedule){.total = 2, .minimum = 1, .failed = 1, .waiting_healthy = 1},
            SCHEDULE_UNHEALTHY, 0);
}

static void the_last_instance_may_fail(void **state)
{
    (void)state;
    assert_step((struct schedule){.total = 3, .minimum = 2, .succeeded = 2, .failed = 1},
            SCHEDULE_SUCCEEDED, 0);
    assert_step((struct schedule){.total = 10, .minimum = 8, .succeeded = 8, .failed = 2},
            SCHEDULE_SUCCEEDED, 0);
    assert_step((struct schedule){.total = 10, .minimum = 8, .succeeded = 7, .failed = 3},
            SCHEDULE_UNHEALTHY, 0);
}

static void one_success_is_needed_whatever_the_minimum(void **state)
{
    (void)state;
    assert_step((struct schedule){.total = 5, .failed = 5}, SCHEDULE_UNHEALTHY, 0);
    assert_step((struct schedule){.total = 5, .failed = 4, .succeeded = 1}, SCHEDULE_SUCCEEDED, 0);
    assert_step((struct schedule){.total = 1, .failed = 1}, SCHEDULE_UNHEALTHY, 0);
}

static void unhealthy_hosts_come_first_and_lower_nothing(void **state)
{
    (void)state;
    assert_step(
            (struct schedule){
                    .total = 2, .minimum = 1, .waiting_healthy = 1, .waiting_unhealthy = 1},
            SCHEDULE_GO_ON, 1);
    assert_step(
            (struct schedule){.total = 2, .minimum = 1, .waiting_unhealthy = 2}, SCHEDULE_GO_ON, 1);
    assert_step(
            (struct schedule){
                    .total = 4, .minimum = 1, .waiting_healthy = 2, .waiting_unhealthy = 2},
            SCHEDULE_GO_ON, 3);
}

static void a_minimum_of_all_never_starts(void **state)
{
    (void)state;
    assert_step((struct schedule){.total = 10, .minimum = 10, .waiting_healthy = 10},
            SCHEDULE_UNHEALTHY, 0);
}

/* From any start to any end: the healthy never fall under the minimum through us. */
static void healthy_hosts_stay_above_the_minimum(void **state)
{
    (void)state;
    for (int64_t total = 1; total < 9; total++) {
        for (int64_t minimum = 0; minimum < total; minimum++) {
            struct schedule s = {.total = total, .minimum = minimum, .waiting_healthy = total};
            struct schedule_step step;
            while ((step = schedule_next(&s)).verdict == SCHEDULE_GO_ON) {
                s.waiting_healthy -= step.start;
                s.running += step.start;
                assert_true(s.succeeded + s.waiting_healthy >= minimum);
                assert_true(s.running > 0);
                s.running--;
                s.succeeded++;
            }
            assert_int_equal(step.verdict, SCHEDULE_SUCCEEDED);
            assert_int_equal(s.succeeded, total);
        }
    }
}

static void turns_go_by_rank_then_name(void **state)
{
    struct schedule_host hosts[] = {{STR("d"), SCHEDULE_RANK_CURRENT, 0},
            {STR("c"), SCHEDULE_RANK_OLD, 1}, {STR("b"), SCHEDULE_RANK_UNKNOWN, 2},
            {STR("a"), SCHEDULE_RANK_UNKNOWN, 3}, {STR("e"), SCHEDULE_RANK_UNHEALTHY, 4}};
    static const size_t expected[] = {4, 3, 2, 1, 0};

    (void)state;
    schedule_order(hosts, 5);
    schedule_order(hosts, 0);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(hosts[i].index, expected[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(the_minimum_is_rounded_up_once),
            cmocka_unit_test(as_many_start_as_health_can_spare),
            cmocka_unit_test(a_failure_takes_away_from_what_is_spared),
            cmocka_unit_test(the_last_instance_may_fail),
            cmocka_unit_test(one_success_is_needed_whatever_the_minimum),
            cmocka_unit_test(unhealthy_hosts_come_first_and_lower_nothing),
            cmocka_unit_test(a_minimum_of_all_never_starts),
            cmocka_unit_test(healthy_hosts_stay_above_the_minimum),
            cmocka_unit_test(turns_go_by_rank_then_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
