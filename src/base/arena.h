/*
 * arena - memory with one lifetime
 *
 * A call, a job, a connection has an arena; all that it makes lives there and goes
 * with it. Scratch memory: `AUTO_ARENA struct arena scratch = {0};`.
 *
 * Memory    zeroed, never NULL: out of memory ends the process (durable jobs make
 *           that safe); never freed singly
 * Limits    none here: a size from outside is checked against a named NOUN_MAX_…
 *           before it is allocated
 * Threads   one arena belongs to one thread at a time
 *
 * Sanitizer builds allocate each object by itself, so that an overrun is seen.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define AUTO_ARENA __attribute__((cleanup(arena_free)))

struct arena_block;

/* All zero is an empty arena. */
struct arena {
    struct arena_block *blocks;
    char *next; /* free bytes of the newest block */
    char *end;
    bool has_secrets;
};

/* `count` zeroed objects of `size` bytes, aligned for any type. `count` may be 0. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
#define arena_new(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define arena_array(arena, count, type) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* Makes the newest object larger where it lies. False: it cannot, nothing has changed. */
bool arena_extend(struct arena *arena, void *ptr, size_t old_size, size_t new_size);

/* What the arena holds is wiped when it is freed: a secret is, or will be, in it. */
static inline void arena_hold_secrets(struct arena *arena)
{
    arena->has_secrets = true;
}

/* Frees everything; the arena is empty and usable again. */
void arena_free(struct arena *arena);
/* As arena_free(), but keeps one small block for the next round: for loops. */
void arena_reset(struct arena *arena);

/*
 * Heap memory for what outlives every arena. Never NULL; pair with free(). Zeroed by
 * mem_alloc(); mem_resize() keeps what was there and does not zero what it adds.
 */
void *mem_alloc(size_t count, size_t size);
void *mem_resize(void *ptr, size_t count, size_t size);
#define mem_new(type) ((type *)mem_alloc(1, sizeof(type)))
