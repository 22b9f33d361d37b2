/* time - the forms in which dates are written, over the proleptic Gregorian calendar in UTC */
#include "base/buf.h"
#include "base/clock.h"

enum {
    MS_PER_DAY = 86400000,
    DAYS_PER_ERA = 146097,  /* 400 years */
    DAYS_TO_EPOCH = 719468, /* from 0000-03-01 to 1970-01-01 */
    TIME_MAX_FRACTION = 9,  /* digits after the point */
};

static const char WEEKDAYS[] = "SunMonTueWedThuFriSat";
static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* Years are counted from March, so that the leap day is the last of its year. */
struct time_date time_split(int64_t ms)
{
    int64_t in_day = ms % MS_PER_DAY, days = ms / MS_PER_DAY;
    struct time_date d;

    if (in_day < 0) {
        in_day += MS_PER_DAY;
        days--;
    }
    int64_t shifted = days + DAYS_TO_EPOCH;
    int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t doe = shifted - era * DAYS_PER_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
    d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
    d.year = yoe + era * 400 + (d.month <= 2);
    d.weekday = (int)(((days + 4) % 7 + 7) % 7);
    d.hour = (int)(in_day / 3600000);
    d.minute = (int)(in_day / 60000 % 60);
    d.second = (int)(in_day / 1000 % 60);
    d.ms = (int)(in_day % 1000);
    return d;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int time_month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_date(const struct time_date *d)
{
    if (d->month < 1 || d->month > 12 || d->day < 1 || d->hour > 23 || d->minute > 59 ||
            d->second > 59)
        return false;
    return d->day <= time_month_days(d->year, d->month);
}

/* Only for what is_date(); years are 0 to 9999. */
static int64_t join(const struct time_date *d)
{
    int64_t year = d->year - (d->month <= 2) + 400; /* never negative below */
    int64_t era = year / 400, yoe = year % 400;
    int64_t doy = (153 * (d->month + (d->month > 2 ? -3 : 9)) + 2) / 5 + d->day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    int64_t days = (era - 1) * DAYS_PER_ERA + doe - DAYS_TO_EPOCH;

    return days * MS_PER_DAY + d->hour * 3600000 + d->minute * 60000 + d->second * 1000 + d->ms;
}

/* At least `width` digits. */
static void add_digits(struct buf *out, int64_t n, int width)
{
    int64_t least = 1;

    while (--width > 0)
        least *= 10;
    for (; n < least && least > 1; least /= 10)
        buf_char(out, '0');
    buf_int(out, n);
}

/* Y, M, D, h, m, s and f stand for year, month, … and milliseconds, all else for itself. */
static str format(struct arena *arena, int64_t ms, const char *form)
{
    struct time_date d = time_split(ms);
    struct buf out = buf_make(arena, 64);

    for (; *form; form++)
        switch (*form) {
        case 'Y':
            add_digits(&out, d.year, 4);
            break;
        case 'M':
            add_digits(&out, d.month, 2);
            break;
        case 'D':
            add_digits(&out, d.day, 2);
            break;
        case 'h':
            add_digits(&out, d.hour, 2);
            break;
        case 'm':
            add_digits(&out, d.minute, 2);
            break;
        case 's':
            add_digits(&out, d.second, 2);
            break;
        case 'f':
            add_digits(&out, d.ms, 3);
            break;
        default:
            buf_char(&out, *form);
        }
    return buf_str(&out);
}

str time_iso8601(struct arena *arena, int64_t ms)
{
    return format(arena, ms, "Y-M-DTh:m:sZ");
}

str time_iso8601_ms(struct arena *arena, int64_t ms)
{
    return format(arena, ms, "Y-M-DTh:m:s.fZ");
}

str time_basic(struct arena *arena, int64_t ms)
{
    return format(arena, ms, "YMDThmsZ");
}

str time_http(struct arena *arena, int64_t ms)
{
    struct time_date d = time_split(ms);

    return str_printf(arena, "%.3s, %02d %.3s %04lld %02d:%02d:%02d GMT", WEEKDAYS + d.weekday * 3,
            d.day, MONTHS + (d.month - 1) * 3, (long long)d.year, d.hour, d.minute, d.second);
}

/* Exactly `count` digits. */
static bool take_number(str *s, size_t count, int *ret)
{
    int n = 0;

    if (s->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9')
            return false;
        n = n * 10 + (s->ptr[i] - '0');
    }
    *s = str_skip(*s, count);
    *ret = n;
    return true;
}

/* One of the three-letter names; *ret counts from 0. */
static bool take_name(str *s, const char *names, int *ret)
{
    for (int i = 0; names[i * 3]; i++) {
        if (!str_take_prefix(s, (str){names + i * 3, 3}))
            continue;
        *ret = i;
        return true;
    }
    return false;
}

static bool take_date(str *s, const char *separator, struct time_date *d)
{
    int year;

    if (!take_number(s, 4, &year) || !str_take_prefix(s, str_of(separator)))
        return false;
    d->year = year;
    return take_number(s, 2, &d->month) && str_take_prefix(s, str_of(separator)) &&
           take_number(s, 2, &d->day);
}

static bool take_time(str *s, const char *separator, struct time_date *d)
{
    return take_number(s, 2, &d->hour) && str_take_prefix(s, str_of(separator)) &&
           take_number(s, 2, &d->minute) && str_take_prefix(s, str_of(separator)) &&
           take_number(s, 2, &d->second);
}

/* Nothing, or a point and digits; those beyond milliseconds are cut off. */
static bool take_fraction(str *s, int *ret_ms)
{
    int ms = 0, digit;
    size_t count = 0;

    *ret_ms = 0;
    if (!str_take_prefix(s, STR(".")))
        return true;
    for (int scale = 100; take_number(s, 1, &digit); scale /= 10, count++)
        ms += digit * scale;
    *ret_ms = ms;
    return count >= 1 && count <= TIME_MAX_FRACTION;
}

/* "Z" or an offset, in minutes east of Greenwich. */
static bool take_zone(str *s, int *ret_minutes)
{
    int hours, minutes, sign = 1;

    *ret_minutes = 0;
    if (str_take_prefix(s, STR("Z")))
        return true;
    if (str_take_prefix(s, STR("-")))
        sign = -1;
    else if (!str_take_prefix(s, STR("+")))
        return false;
    if (!take_number(s, 2, &hours) || !str_take_prefix(s, STR(":")) ||
            !take_number(s, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    return true;
}

int time_parse_iso8601(str s, int64_t *ret_ms)
{
    struct time_date d = {0};
    int offset;

    if (!take_date(&s, "-", &d) || !str_take_prefix(&s, STR("T")) || !take_time(&s, ":", &d) ||
            !take_fraction(&s, &d.ms) || !take_zone(&s, &offset) || s.len || !is_date(&d))
        return -EINVAL;
    *ret_ms = join(&d) - (int64_t)offset * 60000;
    return 0;
}

int time_parse_basic(str s, int64_t *ret_ms)
{
    struct time_date d = {0};

    if (!take_date(&s, "", &d) || !str_take_prefix(&s, STR("T")) || !take_time(&s, "", &d) ||
            !str_eq(s, STR("Z")) || !is_date(&d))
        return -EINVAL;
    *ret_ms = join(&d);
    return 0;
}

int time_parse_http(str s, int64_t *ret_ms)
{
    struct time_date d = {0};
    int year;

    if (!take_name(&s, WEEKDAYS, &d.weekday) || !str_take_prefix(&s, STR(", ")) ||
            !take_number(&s, 2, &d.day) || !str_take_prefix(&s, STR(" ")) ||
            !take_name(&s, MONTHS, &d.month) || !str_take_prefix(&s, STR(" ")) ||
            !take_number(&s, 4, &year) || !str_take_prefix(&s, STR(" ")) ||
            !take_time(&s, ":", &d) || !str_eq(s, STR(" GMT")))
        return -EINVAL;
    d.year = year;
    d.month++;
    if (!is_date(&d))
        return -EINVAL;
    *ret_ms = join(&d);
    return 0;
}
