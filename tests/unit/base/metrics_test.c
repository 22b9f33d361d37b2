#include "unit.h"
#include "base/metrics.h"
#include "base/thread.h"

static str printed(struct arena *arena)
{
    struct buf out = buf_make(arena, 1 << 20);

    metrics_print(&out);
    assert_false(buf_is_full(&out));
    return buf_str(&out);
}

static void series_are_printed_in_order_under_one_type(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    metrics_count("b_total", "s=\"2\"", 1);
    metrics_count("b_total", "s=\"1\"", 2);
    metrics_count("b_total", "s=\"2\"", 1.5);
    metrics_gauge("a", NULL, 7);
    metrics_gauge("a", "", -3);
    assert_str(printed(&arena),
            "# TYPE a gauge\na -3\n"
            "# TYPE b_total counter\nb_total{s=\"1\"} 2\nb_total{s=\"2\"} 2.5\n");
}

static void a_histogram_counts_up_to_each_bound(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    metrics_observe("h_seconds", "x=\"y\"", 0.001);
    metrics_observe("h_seconds", "x=\"y\"", 0.3);
    metrics_observe("h_seconds", "x=\"y\"", 1e9);
    str text = printed(&arena);
    assert_true(str_find(text, STR("# TYPE h_seconds histogram\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_bucket{x=\"y\",le=\"0.001\"} 1\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_bucket{x=\"y\",le=\"0.25\"} 1\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_bucket{x=\"y\",le=\"0.5\"} 2\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_bucket{x=\"y\",le=\"1800\"} 2\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_bucket{x=\"y\",le=\"+Inf\"} 3\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_count{x=\"y\"} 3\n")) >= 0);
    assert_true(str_find(text, STR("h_seconds_sum{x=\"y\"} 1000000000.301\n")) >= 0);
}

static void *count_many(void *arg)
{
    for (int i = 0; i < 10000; i++)
        metrics_count("threads_total", NULL, 1);
    return arg;
}

static void no_count_is_lost_between_threads(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    pthread_t threads[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        threads[i] = thread_start("count", count_many, NULL);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_true(str_find(printed(&arena), STR("\nthreads_total 40000\n")) >= 0);
}

static void series_beyond_the_limit_are_dropped(void **state) /* the last: it fills the table */
{
    AUTO_ARENA struct arena arena = {0};
    char labels[32];

    (void)state;
    for (int i = 0; i < METRICS_MAX_SERIES + 10; i++) {
        (void)snprintf(labels, sizeof(labels), "i=\"%d\"", i);
        metrics_gauge("many", labels, i);
    }
    metrics_gauge("late", NULL, 1);
    metrics_gauge("a", NULL, 99);
    struct buf out = buf_make(&arena, 8 << 20);
    metrics_print(&out);
    assert_int_equal(str_find(buf_str(&out), STR("late")), -1);
    assert_true(str_find(buf_str(&out), STR("\na 99\n")) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(series_are_printed_in_order_under_one_type),
            cmocka_unit_test(a_histogram_counts_up_to_each_bound),
            cmocka_unit_test(no_count_is_lost_between_threads),
            cmocka_unit_test(series_beyond_the_limit_are_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
