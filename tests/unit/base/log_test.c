#include "unit.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"

#include <fcntl.h>

/* What `level` and `fields` put on standard error. */
static str logged(struct arena *arena, enum log_level level, const char *event,
        const struct log_field *fields)
{
    int saved = dup(STDERR_FILENO), ends[2];
    str out;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    clock_set_virtual(1795455720123);
    dup2(ends[1], STDERR_FILENO);
    fd_close(&ends[1]);
    log_write(level, event, fields);
    dup2(saved, STDERR_FILENO);
    clock_set_real();
    fd_close(&saved);
    assert_int_equal(fd_read_all(arena, ends[0], 1 << 20, &out, NULL), 0);
    fd_close(&ends[0]);
    return out;
}

#define FIELDS(...) ((const struct log_field[]){__VA_ARGS__, {0}})

static void a_line_has_time_level_event_and_fields(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    const char *method = "GET";

    (void)state;
    assert_str(
            logged(&arena, LOG_LEVEL_INFO, "request",
                    FIELDS(F("method", method), F("status", 200), F("ms", 1.5), F("s", STR("x")))),
            "ts=2026-11-23T17:42:00.123Z level=info event=request method=GET status=200 ms=1.5 "
            "s=x\n");
    assert_str(logged(&arena, LOG_LEVEL_ERROR, "stop", NULL),
            "ts=2026-11-23T17:42:00.123Z level=error event=stop\n");
}

static void values_that_could_be_misread_are_quoted(void **state)
{
    static const struct {
        str value;
        const char *written;
    } cases[] = {{STR_INIT("a b"), "\"a b\""}, {STR_INIT("a=b"), "\"a=b\""},
            {STR_INIT("a\nlevel=error"), "\"a\\nlevel=error\""}, {STR_INIT(""), "\"\""},
            {STR_INIT("a\"b"), "\"a\\\"b\""}, {STR_INIT("\xFF"), "\"\xEF\xBF\xBD\""},
            {STR_INIT("caf\xC3\xA9"), "caf\xC3\xA9"}, {{NULL, 0}, "\"\""}};
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        str line = logged(&arena, LOG_LEVEL_WARN, "e", FIELDS(F("v", cases[i].value)));
        str expected = str_printf(&arena, " v=%s\n", cases[i].written);
        assert_true(str_ends(line, expected));
    }
}

static void a_long_line_is_cut_and_still_ends(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *many = memset(arena_alloc(&arena, 100000, 1), 'x', 100000);
    str line = logged(&arena, LOG_LEVEL_INFO, "e", FIELDS(F("v", ((str){many, 100000}))));

    (void)state;
    assert_int_equal(line.len, 16 << 10);
    assert_int_equal(line.ptr[line.len - 1], '\n');
    assert_int_equal(str_find_char(line, '\n'), line.len - 1);
}

static void lines_below_the_level_are_not_written(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_str(logged(&arena, LOG_LEVEL_DEBUG, "e", NULL), "");
    log_set_level(LOG_LEVEL_DEBUG);
    assert_true(log_is_on(LOG_LEVEL_DEBUG));
    assert_true(logged(&arena, LOG_LEVEL_DEBUG, "e", NULL).len > 0);
    log_set_level(LOG_LEVEL_ERROR);
    assert_false(log_is_on(LOG_LEVEL_WARN));
    log_set_level(LOG_LEVEL_INFO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_line_has_time_level_event_and_fields),
            cmocka_unit_test(values_that_could_be_misread_are_quoted),
            cmocka_unit_test(a_long_line_is_cut_and_still_ends),
            cmocka_unit_test(lines_below_the_level_are_not_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
