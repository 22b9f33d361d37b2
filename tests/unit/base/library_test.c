#include "base/library.h"

#include "unit.h"

static double (*cosine)(double x);
static void *other;
static int inits;

static int count(struct error *err)
{
    (void)err;
    inits++;
    return 0;
}

static void functions_are_found_once(void **state)
{
    const struct library_symbol symbols[] = {{"cos", &cosine}};
    struct library library = {"libm.so.6", "libc6", symbols, 1, count, LIBRARY_LOCK, false};
    struct error err;

    (void)state;
    assert_int_equal(library_load(&library, &err), 0);
    assert_int_equal(library_load(&library, &err), 0);
    assert_int_equal(inits, 1);
    assert_true(cosine(0) == 1);
}

static void what_is_missing_is_named(void **state)
{
    const struct library_symbol symbols[] = {{"no_such_function", &other}};
    struct library none = {"libnone.so.1", "libnone1", symbols, 1, NULL, LIBRARY_LOCK, false};
    struct library old = {"libm.so.6", "libc6", symbols, 1, count, LIBRARY_LOCK, false};
    struct error err;

    (void)state;
    assert_int_equal(library_load(&none, &err), -ENOENT);
    assert_non_null(strstr(err.text, "libnone.so.1 could not be loaded (package libnone1)"));
    assert_int_equal(library_load(&old, &err), -ENOENT);
    assert_non_null(strstr(err.text, "libm.so.6 of this version has no no_such_function"));
    assert_null(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(functions_are_found_once),
            cmocka_unit_test(what_is_missing_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
