#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static void arena_gives_zeroed_memory(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 100000; size = size * 3 + 1) {
            unsigned char *bytes = arena_alloc(&arena, size, 1);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xA5, size);
        }
        arena_reset(&arena);
    }
}

static void arena_objects_are_aligned_and_apart(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *before = NULL;

    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        char *ptr = arena_alloc(&arena, i % 37, 1);
        assert_int_equal((uintptr_t)ptr % _Alignof(max_align_t), 0);
        assert_ptr_not_equal(ptr, before);
        memset(ptr, (int)i, i % 37);
        before = ptr;
    }
}

static void arena_gives_a_pointer_even_for_nothing(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_non_null(arena_alloc(&arena, 0, 1));
    assert_non_null(arena_alloc(&arena, 1, 0));
}

static void arena_extend_keeps_what_was_there(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *text = arena_alloc(&arena, 10, 1);

    (void)state;
    memset(text, 'x', 10);
    if (!arena_extend(&arena, text, 10, 100))
        return; /* sanitizer builds never extend */
    assert_int_equal(text[9], 'x');
    for (int i = 10; i < 100; i++)
        assert_int_equal(text[i], 0);
    assert_true((char *)arena_alloc(&arena, 1, 1) >= text + 100);
}

static void arena_extend_refuses_an_older_object_and_a_full_block(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char *old = arena_alloc(&arena, 10, 1);
    char *newest = arena_alloc(&arena, 10, 1);

    (void)state;
    assert_false(arena_extend(&arena, old, 10, 20));
    assert_false(arena_extend(&arena, newest, 10, 1 << 20));
}

static void arena_is_usable_after_free(void **state)
{
    struct arena arena = {0};

    (void)state;
    arena_free(&arena);
    memset(arena_alloc(&arena, 100000, 1), 1, 100000);
    memset(arena_alloc(&arena, 10, 1), 1, 10);
    arena_free(&arena);
    memset(arena_alloc(&arena, 10, 1), 1, 10);
    arena_free(&arena);
}

static void mem_resize_keeps_what_was_there(void **state)
{
    char *ptr = mem_resize(NULL, 4, 1);

    (void)state;
    memcpy(ptr, "abc", 4);
    ptr = mem_resize(ptr, 4000, 4);
    assert_string_equal(ptr, "abc");
    free(ptr);
    ptr = mem_alloc(0, 0);
    assert_non_null(ptr);
    free(ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(arena_gives_zeroed_memory),
            cmocka_unit_test(arena_objects_are_aligned_and_apart),
            cmocka_unit_test(arena_gives_a_pointer_even_for_nothing),
            cmocka_unit_test(arena_extend_keeps_what_was_there),
            cmocka_unit_test(arena_extend_refuses_an_older_object_and_a_full_block),
            cmocka_unit_test(arena_is_usable_after_free),
            cmocka_unit_test(mem_resize_keeps_what_was_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
