#include "base/arena.h"

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#ifndef ARENA_DEBUG /* set by address sanitizer builds */
#define ARENA_DEBUG 0
#endif

enum {
    ARENA_ALIGN = _Alignof(max_align_t),
    ARENA_BLOCK_FIRST = 8 << 10,
    ARENA_BLOCK_LAST = 64 << 10, /* blocks double up to here */
};

struct arena_block {
    struct arena_block *next;
    size_t size; /* of bytes */
    _Alignas(ARENA_ALIGN) char bytes[];
};

static _Noreturn void out_of_memory(void)
{
    static const char text[] = "slipway: out of memory\n";

    if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
        abort();
    abort();
}

void *mem_alloc(size_t count, size_t size)
{
    void *ptr = calloc(count ? count : 1, size ? size : 1);

    if (!ptr)
        out_of_memory();
    return ptr;
}

void *mem_resize(void *ptr, size_t count, size_t size)
{
    void *resized = reallocarray(ptr, count ? count : 1, size ? size : 1);

    if (!resized)
        out_of_memory();
    return resized;
}

static size_t total_size(size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX / 4)
        out_of_memory();
    return total;
}

static struct arena_block *new_block(size_t size)
{
    struct arena_block *block = malloc(sizeof(*block) + size);

    if (!block)
        out_of_memory();
    block->size = size;
    return block;
}

/* A block for one object alone. It goes behind the newest, whose free bytes stay in use. */
static void *alloc_alone(struct arena *arena, size_t size)
{
    struct arena_block *block = mem_alloc(1, sizeof(*block) + size);

    block->size = size;
    if (ARENA_DEBUG || !arena->blocks) {
        block->next = arena->blocks;
        arena->blocks = block;
        return block->bytes;
    }
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return block->bytes;
}

static void add_block(struct arena *arena, size_t least)
{
    size_t size = ARENA_BLOCK_FIRST - sizeof(struct arena_block);

    if (arena->blocks && arena->blocks->size >= size)
        size = ARENA_BLOCK_LAST - sizeof(struct arena_block);
    if (size < least)
        size = ARENA_BLOCK_LAST - sizeof(struct arena_block);

    struct arena_block *block = new_block(size);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->next = block->bytes;
    arena->end = block->bytes + size;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t total = total_size(count, size);
    size_t rounded = (total + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);

    if (ARENA_DEBUG)
        return alloc_alone(arena, total);
    if (rounded == 0)
        rounded = ARENA_ALIGN;
    if (rounded > (size_t)(arena->end - arena->next)) {
        if (rounded > ARENA_BLOCK_LAST / 4)
            return alloc_alone(arena, rounded);
        add_block(arena, rounded);
    }

    char *ptr = arena->next;
    arena->next += rounded;
    return memset(ptr, 0, rounded);
}

bool arena_extend(struct arena *arena, void *ptr, size_t old_size, size_t new_size)
{
    size_t old_rounded = (old_size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    size_t grow;

    if (ARENA_DEBUG || old_rounded == 0 || new_size > SIZE_MAX / 4 || new_size < old_size)
        return false;
    if ((char *)ptr + old_rounded != arena->next)
        return false;
    grow = ((new_size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1)) - old_rounded;
    if (grow > (size_t)(arena->end - arena->next))
        return false;
    memset(arena->next, 0, grow);
    arena->next += grow;
    return true;
}

/* `end`: of what is used of the newest block, where the others are taken to be full; NULL: of that too. */
static void wipe_blocks(struct arena_block *block, const char *end)
{
    for (; block; block = block->next, end = NULL)
        mem_wipe(block->bytes, end ? (size_t)(end - block->bytes) : block->size);
}

/* A block that stands alone as the first has no free bytes: nothing says where it ends. */
static const char *end_of_newest(const struct arena *arena)
{
    const struct arena_block *block = arena->blocks;

    return arena->next && arena->end == block->bytes + block->size ? arena->next : NULL;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_free(struct arena *arena)
{
    if (arena->has_secrets && arena->blocks)
        wipe_blocks(arena->blocks, end_of_newest(arena));
    free_blocks(arena->blocks);
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;

    if (ARENA_DEBUG || !kept || !arena->next || kept->size > ARENA_BLOCK_LAST) {
        arena_free(arena);
        return;
    }
    if (arena->has_secrets)
        wipe_blocks(kept, end_of_newest(arena));
    free_blocks(kept->next);
    kept->next = NULL;
    *arena = (struct arena){kept, kept->bytes, kept->bytes + kept->size, false};
}
