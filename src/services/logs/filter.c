#include "services/logs/chunk.h"
#include "services/logs/group.h"
#include "services/logs/pattern.h"

/*
 * FilterLogEvents walks the chunks of a group by (first time, stream, seq). A page ends
 * at its limit, or after so many chunks that an answer is due: then it may be short
 * or empty and still have a token, as in AWS. The position is
 * "<first_ms> <stream id> <seq> <events of that chunk that were passed>".
 */
enum {
    FILTER_MAX_EVENTS = 10000,
    FILTER_MAX_BYTES = 1048576,
    CHUNKS_AT_ONCE = 16,
    CHUNKS_PER_CALL = 128,
    BYTES_PER_CALL = 8 << 20, /* of the chunks that are looked into */
    MAX_STREAM_NAMES = 100,
};
static const int64_t DAY_MS = 86400000;

struct position {
    int64_t first_ms, seq, passed;
    str stream_id;
};

struct filter {
    struct call *call;
    const struct logs_FilterLogEventsRequest *in;
    struct group group;
    struct pattern pattern;
    int64_t start, end; /* ms, both inclusive */
    size_t limit, bytes, len;
    struct logs_FilteredLogEvent *items;
    struct position next;
    bool is_full;
};

static str print_position(struct arena *arena, const struct position *p)
{
    return str_printf(arena, "%lld %.*s %lld %lld", (long long)p->first_ms, STR_ARG(p->stream_id),
            (long long)p->seq, (long long)p->passed);
}

/* A chunk spans a day at the most: earlier ones have nothing from `start` on. */
static int parse_position(struct call *call, str text, int64_t start, struct position *ret)
{
    str first, seq;

    *ret = (struct position){
            .first_ms = start > DAY_MS ? start - DAY_MS : INT64_MIN, .stream_id = STR("")};
    if (!text.ptr)
        return 0;
    if (!str_cut(&text, ' ', &first) || !str_cut(&text, ' ', &ret->stream_id) ||
            !str_cut(&text, ' ', &seq) || str_to_i64(first, &ret->first_ms) < 0 ||
            str_to_i64(seq, &ret->seq) < 0 || str_to_i64(text, &ret->passed) < 0)
        return call_fail(
                call, &logs_InvalidParameterException, "The specified nextToken is invalid.");
    return 0;
}

static bool wants_stream(const struct filter *filter, str name)
{
    const struct logs_FilterLogEventsRequest *in = filter->in;

    if (in->logStreamNamePrefix.ptr)
        return str_starts(name, in->logStreamNamePrefix);
    for (size_t i = 0; i < in->logStreamNames.len; i++)
        if (str_eq(in->logStreamNames.items[i], name))
            return true;
    return in->logStreamNames.len == 0;
}

/* Unique, and sorts as the events do. */
static str event_id(struct arena *arena, int64_t ms, str stream_id, int64_t seq, size_t index)
{
    uint64_t hash = 1469598103934665603u; /* FNV-1a of the stream's id */

    for (size_t i = 0; i < stream_id.len; i++)
        hash = (hash ^ (unsigned char)stream_id.ptr[i]) * 1099511628211u;
    return str_printf(arena, "%014lld%020llu%014lld%08zu", (long long)ms, (unsigned long long)hash,
            (long long)seq, index);
}

static int take_chunk(struct filter *filter, const struct db_row *row)
{
    struct arena *arena = filter->call->arena;
    int64_t first_ms = row_int(row, 0), seq = row_int(row, 2);
    str stream_id = row_text(row, 1), name = row_text(row, 4);
    bool is_started = str_eq(stream_id, filter->next.stream_id) && seq == filter->next.seq;
    size_t i = is_started ? (size_t)filter->next.passed : 0;
    struct chunk_events events = {0};
    int r = wants_stream(filter, name) ? chunk_unpack(arena, row_text(row, 5), &events) : 0;

    if (r < 0)
        return r;
    for (; i < events.len; i++) {
        const struct chunk_event *event = &events.items[i];

        if (event->ms < filter->start || event->ms > filter->end ||
                !pattern_matches(&filter->pattern, event->message))
            continue;
        filter->is_full = filter->len == filter->limit ||
                          (filter->len && filter->bytes + event->message.len > FILTER_MAX_BYTES);
        if (filter->is_full)
            break;
        filter->bytes += event->message.len;
        filter->items[filter->len++] = (struct logs_FilteredLogEvent){
                .logStreamName = name,
                .timestamp = SOME_INT(event->ms),
                .message = event->message,
                .ingestionTime = SOME_INT(row_int(row, 3)),
                .eventId = event_id(arena, event->ms, stream_id, seq, i),
        };
    }
    filter->next = (struct position){
            first_ms, seq, filter->is_full ? (int64_t)i : INT64_C(1) << 40, stream_id};
    return 0;
}

/* 1 there may be more, 0 the end. */
static int collect(struct filter *filter)
{
    size_t seen = 0;

    for (int chunks = 0; chunks < CHUNKS_PER_CALL && seen < BYTES_PER_CALL;
            chunks += CHUNKS_AT_ONCE) {
        struct db_rows rows;
        int r = db_query(filter->call->tx, &rows,
                "select c.first_ms, c.stream_id, c.seq, c.ingested, s.name, c.events from "
                "logs_chunk c"
                " join logs_stream s on s.id = c.stream_id where c.group_id = $1 and c.first_ms <= "
                "$2 and c.last_ms >= $3"
                " and (c.first_ms, c.stream_id, c.seq) >= ($4, $5, $6)"
                " order by c.first_ms, c.stream_id, c.seq limit $7",
                filter->group.id, filter->end, filter->start, filter->next.first_ms,
                filter->next.stream_id, filter->next.seq, CHUNKS_AT_ONCE);

        if (r < 0)
            return r;
        for (size_t i = 0; i < rows.len; i++) {
            seen += row_text(&rows.items[i], 5).len;
            if ((r = take_chunk(filter, &rows.items[i])) < 0)
                return r;
            if (filter->is_full)
                return 1;
        }
        if (rows.len < CHUNKS_AT_ONCE)
            return 0;
    }
    return 1;
}

static int by_time(const void *a, const void *b)
{
    const struct logs_FilteredLogEvent *x = a, *y = b;
    int64_t d = x->timestamp.value - y->timestamp.value;

    return d ? (d < 0 ? -1 : 1) : str_cmp(x->eventId, y->eventId);
}

/* Streams that are named must exist. */
static int check_streams(const struct filter *filter)
{
    const struct str_list *names = &filter->in->logStreamNames;
    struct stream stream;
    int r = 0;

    for (size_t i = 0; i < names->len && r >= 0; i++)
        r = stream_find(filter->call, &filter->group, names->items[i], &stream);
    return r;
}

static int open_filter(struct filter *filter)
{
    struct call *call = filter->call;
    const struct logs_FilterLogEventsRequest *in = filter->in;
    struct error err;
    str name, position;
    int r = group_name(call, in->logGroupName, in->logGroupIdentifier, &name);

    if (r < 0 ||
            (r = authorize(call, STR("logs:FilterLogEvents"),
                     str_concat(call->arena, group_arn(call, name), STR(":log-stream:")))) < 0 ||
            (r = group_may_unmask(call, name, in->unmask)) < 0)
        return r;
    if (in->startFromHead.is_set && !in->startFromHead.value)
        return call_fail(call, &logs_InvalidParameterException,
                "Events are found oldest first only by this version of Slipway: startFromHead.");
    if (in->logStreamNamePrefix.ptr && in->logStreamNames.len)
        return call_fail(call, &logs_InvalidParameterException,
                "logStreamNamePrefix and logStreamNames are mutually exclusive.");
    if (in->logStreamNames.len > MAX_STREAM_NAMES)
        return call_fail(call, &logs_InvalidParameterException,
                "At most %d logStreamNames are allowed.", MAX_STREAM_NAMES);
    r = pattern_parse(call->arena, in->filterPattern.ptr ? in->filterPattern : STR(""),
            &filter->pattern, &err);
    if (r < 0)
        return call_fail(call, &logs_InvalidParameterException, "%s", err.text);
    if ((r = group_find(call, name, &filter->group)) < 0 || (r = check_streams(filter)) < 0 ||
            (r = page_open(call, in->nextToken, &logs_InvalidParameterException, &position)) < 0)
        return r;
    return parse_position(call, position, filter->start, &filter->next);
}

int logs_FilterLogEvents(struct call *call, const struct logs_FilterLogEventsRequest *in,
        struct logs_FilterLogEventsResponse *out)
{
    struct filter filter = {
            .call = call,
            .in = in,
            .start = in->startTime.is_set ? in->startTime.value : INT64_MIN,
            .end = in->endTime.is_set ? in->endTime.value : INT64_MAX,
            .limit = (size_t)page_limit(in->limit, FILTER_MAX_EVENTS, FILTER_MAX_EVENTS),
    };
    int r = open_filter(&filter);

    if (r < 0)
        return r;
    filter.items = arena_array(call->arena, filter.limit, struct logs_FilteredLogEvent);
    if ((r = collect(&filter)) < 0)
        return r;
    qsort(filter.items, filter.len, sizeof(*filter.items), by_time);
    out->events.is_set = true;
    out->events.items = filter.items;
    out->events.len = filter.len;
    out->searchedLogStreams.is_set = true; /* always empty nowadays, as AWS */
    if (r > 0)
        out->nextToken = page_seal(call, print_position(call->arena, &filter.next));
    return 0;
}
