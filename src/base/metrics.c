#include "base/metrics.h"

#include "base/map.h"
#include "base/thread.h"

enum kind {
    KIND_COUNTER,
    KIND_GAUGE,
    KIND_HISTOGRAM
};

static const double BOUNDS[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
        10, 30, 60, 300, 1800}; /* seconds: from a request to a build */
enum {
    BOUNDS_LEN = sizeof(BOUNDS) / sizeof(*BOUNDS)
};

struct series {
    const char *name;   /* both are copies */
    const char *labels; /* may be empty */
    enum kind kind;
    double value;     /* of a histogram: the sum */
    uint64_t count;   /* of a histogram */
    uint64_t *within; /* of a histogram: for each bound, observations not above it */
};

/* One process, one set of metrics. Series are never removed. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct map all; /* "name{labels" -> struct series */

static struct series *new_series(enum kind kind, const char *name, const char *labels)
{
    struct series *series = mem_new(struct series);

    series->name = strdup(name);
    series->labels = strdup(labels);
    series->kind = kind;
    if (kind == KIND_HISTOGRAM)
        series->within = mem_alloc(BOUNDS_LEN, sizeof(*series->within));
    if (!series->name || !series->labels)
        abort();
    return series;
}

/* The series, made at its first use; NULL when there are too many. Under the lock. */
static struct series *find(enum kind kind, const char *name, const char *labels)
{
    char small[256];
    AUTO_ARENA struct arena scratch = {0};
    int n = snprintf(small, sizeof(small), "%s{%s", name, labels ? labels : "");
    str key = (str){small, (size_t)n};

    if (n < 0)
        return NULL;
    if ((size_t)n >= sizeof(small))
        key = str_printf(&scratch, "%s{%s", name, labels ? labels : "");
    struct series *series = map_get(&all, key);
    if (!series && all.len < METRICS_MAX_SERIES) {
        series = new_series(kind, name, labels ? labels : "");
        (void)map_put(&all, key, series); /* it replaces nothing */
    }
    return series && series->kind == kind ? series : NULL;
}

void metrics_count(const char *name, const char *labels, double n)
{
    AUTO_UNLOCK pthread_mutex_t *held = mutex_lock(&lock);
    struct series *series = find(KIND_COUNTER, name, labels);

    if (series)
        series->value += n;
}

void metrics_gauge(const char *name, const char *labels, double value)
{
    AUTO_UNLOCK pthread_mutex_t *held = mutex_lock(&lock);
    struct series *series = find(KIND_GAUGE, name, labels);

    if (series)
        series->value = value;
}

void metrics_observe(const char *name, const char *labels, double seconds)
{
    AUTO_UNLOCK pthread_mutex_t *held = mutex_lock(&lock);
    struct series *series = find(KIND_HISTOGRAM, name, labels);

    if (!series)
        return;
    series->value += seconds;
    series->count++;
    for (size_t i = 0; i < BOUNDS_LEN; i++)
        series->within[i] += seconds <= BOUNDS[i];
}

static int by_name(const void *a, const void *b)
{
    const struct series *x = *(struct series *const *)a, *y = *(struct series *const *)b;
    int r = strcmp(x->name, y->name);

    return r ? r : strcmp(x->labels, y->labels);
}

static void print_line(struct buf *out, const struct series *series, const char *suffix,
        const char *bound, double value)
{
    bool braces = *series->labels || bound;

    buf_printf(out, "%s%s%s%s", series->name, suffix, braces ? "{" : "", series->labels);
    if (bound)
        buf_printf(out, "%sle=\"%s\"", *series->labels ? "," : "", bound);
    buf_printf(out, "%s %.17g\n", braces ? "}" : "", value);
}

static void print_histogram(struct buf *out, const struct series *series)
{
    char bound[32];

    for (size_t i = 0; i < BOUNDS_LEN; i++) {
        (void)snprintf(bound, sizeof(bound), "%g", BOUNDS[i]); /* always fits */
        print_line(out, series, "_bucket", bound, (double)series->within[i]);
    }
    print_line(out, series, "_bucket", "+Inf", (double)series->count);
    print_line(out, series, "_sum", NULL, series->value);
    print_line(out, series, "_count", NULL, (double)series->count);
}

void metrics_print(struct buf *out)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};
    AUTO_ARENA struct arena scratch = {0};
    AUTO_UNLOCK pthread_mutex_t *held = mutex_lock(&lock);
    struct series **sorted = arena_array(&scratch, all.len, struct series *);
    size_t pos = 0, count = 0;
    void *value;
    str key;

    while (map_next(&all, &pos, &key, &value))
        sorted[count++] = value;
    qsort(sorted, count, sizeof(*sorted), by_name);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(sorted[i - 1]->name, sorted[i]->name) != 0)
            buf_printf(out, "# TYPE %s %s\n", sorted[i]->name, types[sorted[i]->kind]);
        if (sorted[i]->kind == KIND_HISTOGRAM)
            print_histogram(out, sorted[i]);
        else
            print_line(out, sorted[i], "", NULL, sorted[i]->value);
    }
}
