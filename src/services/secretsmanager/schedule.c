#include "services/secretsmanager/schedule.h"

#include "base/clock.h"

enum {
    HOURS_OF_DAY = 24,
    DAYS_OF_WEEK = 7,
    YEARS_AHEAD = 8, /* there is a 29 February in any eight years */
    CRON_FIELDS = 6,
};
static const int64_t HOUR_MS = 3600000;
static const int64_t DAY_MS = 86400000;

static const char *const month_names[] = {
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", NULL};
static const char *const day_names[] = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL};

/* ---- Dates ---------------------------------------------------------------------------- */

static int weekday_of(const struct time_date *date, int day)
{
    int shift = (date->weekday + day - date->day) % DAYS_OF_WEEK;

    return (shift + DAYS_OF_WEEK) % DAYS_OF_WEEK + 1;
}

/* ---- Fields ------------------------------------------------------------------------------ */

struct range {
    int min, max;
    const char *const *names; /* of min and what follows; NULL: none */
};

static const struct range hour_range = {0, 23, NULL};
static const struct range day_range = {1, 31, NULL};
static const struct range month_range = {1, 12, month_names};
static const struct range week_range = {1, 7, day_names};

static bool read_number(str text, const struct range *range, int *ret)
{
    uint64_t n;

    for (int i = 0; range->names && range->names[i]; i++)
        if (str_eq_nocase(text, str_of(range->names[i]))) {
            *ret = range->min + i;
            return true;
        }
    if (str_to_u64(text, &n) < 0 || n < (uint64_t)range->min || n > (uint64_t)range->max)
        return false;
    *ret = (int)n;
    return true;
}

/* "*", "5", "1-5", each with "/2" behind it. */
static bool read_item(str text, const struct range *range, uint64_t *bits)
{
    str step = text, first = {0}, last;
    int from, to, by = 1;
    bool has_step = str_cut(&step, '/', &first);

    last = text = has_step ? first : text;
    if (has_step && !read_number(step, &(struct range){1, range->max, NULL}, &by))
        return false;
    if (str_eq(text, STR("*"))) {
        from = range->min;
        to = range->max;
    } else if (str_cut(&last, '-', &first)) {
        if (!read_number(first, range, &from) || !read_number(last, range, &to) || from > to)
            return false;
    } else {
        if (!read_number(text, range, &from))
            return false;
        to = has_step ? range->max : from;
    }
    for (; from <= to; from += by)
        *bits |= UINT64_C(1) << from;
    return true;
}

static bool read_list(str text, const struct range *range, uint64_t *ret)
{
    uint64_t bits = 0;
    str item;

    while (str_next(&text, ',', &item))
        if (!read_item(item, range, &bits))
            return false;
    *ret = bits;
    return bits != 0;
}

static bool read_days_of_month(str text, struct schedule_days *ret)
{
    str number = text;

    if (str_eq(text, STR("?")))
        return ret->is_any = true;
    if (str_eq(text, STR("L")))
        return ret->is_last = true;
    if (str_eq(text, STR("LW")))
        return ret->is_last = ret->is_weekday = true;
    if (!str_ends(text, STR("W")))
        return read_list(text, &day_range, &ret->bits);
    number.len--;
    ret->is_weekday = true;
    return read_number(number, &day_range, &ret->special);
}

static bool read_days_of_week(str text, struct schedule_days *ret)
{
    str rest = text, day;

    if (str_eq(text, STR("?")))
        return ret->is_any = true;
    if (str_eq(text, STR("L")))
        text = STR("7");
    if (str_cut(&rest, '#', &day))
        return read_number(day, &week_range, &ret->special) &&
               read_number(rest, &(struct range){1, 5, NULL}, &ret->nth);
    if (text.len < 2 || !str_ends(text, STR("L")))
        return read_list(text, &week_range, &ret->bits);
    text.len--;
    ret->is_last = true;
    return read_number(text, &week_range, &ret->special);
}

/* ---- Expressions ---------------------------------------------------------------------------- */

static bool read_cron(str text, struct schedule *ret)
{
    str fields[CRON_FIELDS], field;
    size_t len = 0;

    while (str_next(&text, ' ', &field))
        if (field.len) {
            if (len == CRON_FIELDS)
                return false;
            fields[len++] = field;
        }
    return len == CRON_FIELDS && str_eq(fields[0], STR("0")) && str_eq(fields[5], STR("*")) &&
           read_list(fields[1], &hour_range, &ret->hours) &&
           read_days_of_month(fields[2], &ret->of_month) &&
           read_list(fields[3], &month_range, &ret->months) &&
           read_days_of_week(fields[4], &ret->of_week) &&
           (ret->of_month.is_any || ret->of_week.is_any) &&
           !(ret->of_month.is_any && ret->of_week.is_any);
}

static bool read_rate(str text, struct schedule *ret)
{
    uint64_t n, most;
    str number;

    text = str_trim(text);
    if (!str_cut(&text, ' ', &number) || str_to_u64(number, &n) < 0)
        return false;
    text = str_trim(text);
    ret->in_days = str_eq(text, STR("day")) || str_eq(text, STR("days"));
    if (!ret->in_days && !str_eq(text, STR("hour")) && !str_eq(text, STR("hours")))
        return false;
    most = SCHEDULE_RATE_MAX_DAYS * (ret->in_days ? 1 : HOURS_OF_DAY);
    if (n < 1 || n > most)
        return false;
    ret->rate_hours = (int64_t)n * (ret->in_days ? HOURS_OF_DAY : 1);
    return true;
}

/* The least hours between two times, and the hour of the last one of a day. */
static void measure(const struct schedule *s, int64_t *ret_apart, int *ret_last)
{
    int first = -1, last = -1;

    *ret_apart = s->rate_hours ? s->rate_hours : HOURS_OF_DAY;
    *ret_last = 0;
    for (int hour = 0; !s->rate_hours && hour < HOURS_OF_DAY; hour++) {
        if (!(s->hours & (UINT64_C(1) << hour)))
            continue;
        if (last >= 0 && hour - last < *ret_apart)
            *ret_apart = hour - last;
        first = first < 0 ? hour : first;
        *ret_last = last = hour;
    }
    if (first >= 0 && HOURS_OF_DAY - last + first < *ret_apart)
        *ret_apart = HOURS_OF_DAY - last + first;
}

static int set_window(struct schedule *s, int64_t hours, struct error *err)
{
    int64_t apart;
    int last;

    measure(s, &apart, &last);
    if (apart < SCHEDULE_LEAST_HOURS)
        return error_set(err, EINVAL, "a secret can be rotated every %d hours at most",
                SCHEDULE_LEAST_HOURS);
    s->window_hours = hours                          ? hours
                      : apart < HOURS_OF_DAY         ? 1
                      : s->rate_hours && !s->in_days ? 1
                                                     : HOURS_OF_DAY - last;
    if (s->window_hours > apart || last + s->window_hours > HOURS_OF_DAY)
        return error_set(
                err, EINVAL, "the rotation window must not extend into the next day or window");
    return 0;
}

int schedule_parse(str expression, int64_t hours, struct schedule *ret, struct error *err)
{
    struct schedule schedule = {0};
    str text = expression;
    bool is_good = false;
    int r;

    if (str_ends(text, STR(")"))) {
        text.len--;
        if (str_take_prefix(&text, STR("rate(")))
            is_good = read_rate(text, &schedule);
        else if (str_take_prefix(&text, STR("cron(")))
            is_good = read_cron(text, &schedule);
    }
    if (!is_good)
        return error_set(err, EINVAL, "the schedule expression %.*s isn't valid",
                STR_ARG(str_head(expression, 256)));
    if ((r = set_window(&schedule, hours, err)) < 0)
        return r;
    *ret = schedule;
    return 0;
}

/* ---- When ------------------------------------------------------------------------------------- */

/* The working day next to `day` in its month. */
static int nearest_weekday(const struct time_date *date, int day)
{
    int length = time_month_days(date->year, date->month), weekday;

    day = day > length ? length : day;
    weekday = weekday_of(date, day);
    if (weekday == 7)
        return day > 1 ? day - 1 : day + 2;
    if (weekday == 1)
        return day < length ? day + 1 : day - 2;
    return day;
}

static bool is_day_of_month(const struct schedule_days *days, const struct time_date *date)
{
    int length = time_month_days(date->year, date->month);

    if (days->is_weekday)
        return date->day == nearest_weekday(date, days->is_last ? length : days->special);
    if (days->is_last)
        return date->day == length;
    return (days->bits >> date->day) & 1;
}

static bool is_day_of_week(const struct schedule_days *days, const struct time_date *date)
{
    if (days->nth)
        return date->weekday + 1 == days->special &&
               (date->day - 1) / DAYS_OF_WEEK + 1 == days->nth;
    if (days->is_last)
        return date->weekday + 1 == days->special &&
               date->day + DAYS_OF_WEEK > time_month_days(date->year, date->month);
    return (days->bits >> (date->weekday + 1)) & 1;
}

static bool is_day(const struct schedule *s, int64_t day)
{
    struct time_date date = time_split(day * DAY_MS);

    return ((s->months >> date.month) & 1) &&
           (s->of_month.is_any ? is_day_of_week(&s->of_week, &date)
                               : is_day_of_month(&s->of_month, &date));
}

static int next_cron(const struct schedule *s, int64_t after, int64_t *ret)
{
    int64_t today = after / DAY_MS;

    for (int64_t day = today; day <= today + YEARS_AHEAD * 366; day++)
        for (int hour = 0; hour < HOURS_OF_DAY && is_day(s, day); hour++) {
            int64_t at = day * DAY_MS + hour * HOUR_MS;
            if (at > after && (s->hours & (UINT64_C(1) << hour))) {
                *ret = at;
                return 0;
            }
        }
    return -ENOENT;
}

int schedule_window_after(const struct schedule *s, int64_t after, struct schedule_window *ret)
{
    int64_t unit = s->in_days ? DAY_MS : HOUR_MS;
    int64_t start = after / unit * unit + s->rate_hours * HOUR_MS;
    int r = s->rate_hours ? 0 : next_cron(s, after, &start);

    if (r < 0)
        return r;
    *ret = (struct schedule_window){start, start + s->window_hours * HOUR_MS};
    return 0;
}
