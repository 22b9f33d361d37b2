/*
 * clock - the one door to time
 *
 * Time is int64_t milliseconds since the Unix epoch everywhere; a field says "ms".
 * Tests and the simulator put a virtual clock behind clock_now(): it then stands
 * still until it is moved. Tests of a whole server let its real clock run and move it
 * forward (src/cmd/fault_door.c). clock_monotonic_us() is for measuring only, and for
 * waits that are about the machine: a client that is slow, a process that hangs.
 *
 * Threads   all functions may be called from any thread
 */
#pragma once

#include "base/str.h"

int64_t clock_now(void); /* ms since the epoch */
/* What the machine says, however tests moved clock_now(): for the ages of files, which it dates. */
int64_t clock_machine(void);
int64_t clock_monotonic_us(void);   /* never goes back; meaning only as a difference */
void clock_set_virtual(int64_t ms); /* from now on clock_now() is `ms` */
void clock_set_real(void);
/* Moves clock_now() by `ms`, real or virtual, then calls who waits for a time. Only tests do. */
void clock_advance(int64_t ms);
/* `fn` (NULL: nobody) is called after each clock_advance(): one for a process, the last that came. */
void clock_on_advance(void (*fn)(void *arg), void *arg);
bool clock_is_virtual(void);
/* Sleeps; with a virtual clock returns at once. For back-off, not for waiting on events. */
void clock_sleep(int64_t ms);

/* A moment in the calendar, UTC. */
struct time_date {
    int64_t year;
    int month, day; /* from 1 */
    int hour, minute, second, ms;
    int weekday; /* 0 is Sunday */
};
struct time_date time_split(int64_t ms);
int time_month_days(int64_t year, int month);

/* Formats, all UTC. */
str time_iso8601(struct arena *arena, int64_t ms);    /* 2026-11-23T17:42:00Z */
str time_iso8601_ms(struct arena *arena, int64_t ms); /* 2026-11-23T17:42:00.123Z */
str time_basic(struct arena *arena, int64_t ms);      /* 20261123T174200Z */
str time_http(struct arena *arena, int64_t ms);       /* Mon, 23 Nov 2026 17:42:00 GMT */
/* -EINVAL: not of the form, or not a date. ISO 8601 may have a fraction and +hh:mm. */
MUST_CHECK int time_parse_iso8601(str s, int64_t *ret_ms);
MUST_CHECK int time_parse_basic(str s, int64_t *ret_ms);
MUST_CHECK int time_parse_http(str s, int64_t *ret_ms);
