/*
 * schedule - when a secret is rotated: rate(...) and cron(...), in UTC
 *
 *     rate(30 days)                from midnight, 30 days after the last time
 *     rate(12 hours)               on the hour; at least 4 hours
 *     cron(0 16 1,15 * ? *)        minutes, which are 0; hours; day of month; month; day of week; year, which is *
 *
 * A cron field is a list of numbers, ranges and steps, or * ; months and days of the week have names;
 * a day of the month may be L, LW or 15W, one of the week 6L (the last) or 6#3 (the third). One of
 * the two kinds of days is ? . Times are at least 4 hours apart.
 *
 * Each time opens a window: of the length that is asked for, else an hour where it opens several times
 * a day, else to the end of the day. It does not reach into the next day or window.
 *
 * Source    Secrets Manager User Guide, "Schedule expressions"
 */
#pragma once

#include "base/str.h"

enum {
    SCHEDULE_RATE_MAX_DAYS = 1000,
    SCHEDULE_LEAST_HOURS = 4, /* between two times */
};

struct schedule_days {
    bool is_any;     /* ? */
    uint64_t bits;   /* days of the month 1..31, or of the week 1 (Sunday)..7 */
    bool is_last;    /* of the month L; of the week the last `special` */
    bool is_weekday; /* of the month: LW, or nearest to `special` */
    int special;
    int nth; /* of the week: the nth `special` */
};

struct schedule {
    int64_t rate_hours; /* 0: cron */
    bool in_days;       /* of rate: counted from midnight */
    uint64_t hours, months;
    struct schedule_days of_month, of_week;
    int64_t window_hours; /* always set */
};

struct schedule_window {
    int64_t start, end; /* ms; end is just outside */
};

/* `hours`: of the window; 0: none is asked for. -EINVAL */
MUST_CHECK int schedule_parse(
        str expression, int64_t hours, struct schedule *ret, struct error *err);
/* The first window that opens after `after`. -ENOENT: there is none in the next eight years. */
MUST_CHECK int schedule_window_after(
        const struct schedule *schedule, int64_t after, struct schedule_window *ret);
