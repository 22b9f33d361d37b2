#include "services/logs/chunk.h"
#include "services/logs/group.h"

/*
 * A page of one stream. A token is a place between two events:
 *
 *     f/<seq>/<index>    forward from here      b/<seq>/<index>   backward from here
 *
 * AWS's tokens are opaque, start with the same letter, and come back unchanged when
 * there is nothing more: clients end on that.
 */
enum {
    GET_MAX_EVENTS = 10000,
    GET_MAX_BYTES = 1048576,
    CHUNKS_AT_ONCE = 8,
    CHUNKS_PER_CALL = 4096,    /* looked into, whether or not there is a match in them */
    BYTES_PER_CALL = 16 << 20, /* of those chunks */
};

struct place {
    int64_t seq, index; /* the event right after the place */
};

struct page {
    struct call *call;
    const struct stream *stream;
    int64_t start, end; /* ms; end is exclusive */
    size_t limit, bytes;
    size_t seen;                       /* bytes of the chunks that were looked into */
    struct logs_OutputLogEvent *items; /* in the order they are found */
    struct place *places;
    size_t len;
    bool is_full;
    struct place stop; /* where the search ended early */
    bool is_stopped;
};

static str print_token(struct arena *arena, char direction, struct place place)
{
    return str_printf(
            arena, "%c/%028lld%028lld", direction, (long long)place.seq, (long long)place.index);
}

static int parse_token(struct call *call, str token, bool *ret_backward, struct place *ret)
{
    bool is_backward = str_starts(token, STR("b/"));

    if (token.len != 2 + 56 || (!is_backward && !str_starts(token, STR("f/"))) ||
            str_to_i64((str){token.ptr + 2, 28}, &ret->seq) < 0 ||
            str_to_i64((str){token.ptr + 30, 28}, &ret->index) < 0)
        return call_fail(
                call, &logs_InvalidParameterException, "The specified nextToken is invalid.");
    *ret_backward = is_backward;
    return 0;
}

static void take(
        struct page *page, const struct chunk_event *event, int64_t ingested, struct place place)
{
    if (event->ms < page->start || event->ms >= page->end)
        return;
    if (page->len == page->limit ||
            (page->len && page->bytes + event->message.len > GET_MAX_BYTES)) {
        page->is_full = true;
        return;
    }
    page->bytes += event->message.len;
    page->items[page->len] = (struct logs_OutputLogEvent){.timestamp = SOME_INT(event->ms),
            .message = event->message,
            .ingestionTime = SOME_INT(ingested)};
    page->places[page->len++] = place;
}

static int take_chunk(struct page *page, const struct db_row *row, bool backward, struct place from)
{
    int64_t seq = row_int(row, 0);
    struct chunk_events events;
    int r = chunk_unpack(page->call->arena, row_text(row, 2), &events);

    page->seen += row_text(row, 2).len;
    if (r < 0)
        return r;
    for (size_t n = 0; n < events.len && !page->is_full; n++) {
        size_t i = backward ? events.len - 1 - n : n;
        bool is_passed =
                seq == from.seq && (backward ? (int64_t)i >= from.index : (int64_t)i < from.index);
        if (!is_passed)
            take(page, &events.items[i], row_int(row, 1), (struct place){seq, (int64_t)i});
    }
    return 0;
}

static int query_chunks(struct page *page, bool backward, int64_t seq, struct db_rows *ret)
{
    if (backward)
        return db_query(page->call->tx, ret,
                "select seq, ingested, events from logs_chunk where stream_id = $1 and seq <= $2 "
                "and last_ms >= $3 and first_ms < $4"
                " order by seq desc limit $5",
                page->stream->id, seq, page->start, page->end, CHUNKS_AT_ONCE);
    return db_query(page->call->tx, ret,
            "select seq, ingested, events from logs_chunk where stream_id = $1 and seq >= $2 and "
            "last_ms >= $3 and first_ms < $4"
            " order by seq limit $5",
            page->stream->id, seq, page->start, page->end, CHUNKS_AT_ONCE);
}

/* A page ends early after so much was read: then it may be short or empty, and its token goes on. */
static int collect(struct page *page, bool backward, struct place from)
{
    int64_t seq = from.seq;

    for (int chunks = 0; chunks < CHUNKS_PER_CALL && page->seen < BYTES_PER_CALL;
            chunks += CHUNKS_AT_ONCE) {
        struct db_rows rows;
        int r = query_chunks(page, backward, seq, &rows);

        if (r < 0)
            return r;
        for (size_t i = 0; i < rows.len && !page->is_full; i++)
            if ((r = take_chunk(page, &rows.items[i], backward, from)) < 0)
                return r;
        if (page->is_full || rows.len < CHUNKS_AT_ONCE)
            return 0;
        seq = row_int(&rows.items[rows.len - 1], 0) + (backward ? -1 : 1);
    }
    /* before the first event of the last chunk seen, or after all of them */
    page->stop = (struct place){backward ? seq + 1 : seq, 0};
    page->is_stopped = true;
    return 0;
}

static void reverse(struct page *page)
{
    for (size_t i = 0, j = page->len; i + 1 < j; i++) {
        struct logs_OutputLogEvent event = page->items[i];
        struct place place = page->places[i];
        j--;
        page->items[i] = page->items[j];
        page->items[j] = event;
        page->places[i] = page->places[j];
        page->places[j] = place;
    }
}

int logs_GetLogEvents(struct call *call, const struct logs_GetLogEventsRequest *in,
        struct logs_GetLogEventsResponse *out)
{
    struct group group;
    struct stream stream;
    struct page page = {.call = call,
            .stream = &stream,
            .limit = (size_t)page_limit(in->limit, GET_MAX_EVENTS, GET_MAX_EVENTS),
            .start = in->startTime.is_set ? in->startTime.value : INT64_MIN,
            .end = in->endTime.is_set ? in->endTime.value : INT64_MAX};
    bool backward = !(in->startFromHead.is_set && in->startFromHead.value);
    struct place from;
    str name;
    int r = group_name(call, in->logGroupName, in->logGroupIdentifier, &name);

    if (r < 0 ||
            (r = authorize(call, STR("logs:GetLogEvents"),
                     str_printf(call->arena, "%.*s:log-stream:%.*s", STR_ARG(group_arn(call, name)),
                             STR_ARG(in->logStreamName)))) < 0 ||
            (r = group_may_unmask(call, name, in->unmask)) < 0 ||
            (r = group_find(call, name, &group)) < 0 ||
            (r = stream_find(call, &group, in->logStreamName, &stream)) < 0)
        return r;
    from = backward ? (struct place){stream.next_seq, 0} : (struct place){0, 0};
    if (in->nextToken.ptr && (r = parse_token(call, in->nextToken, &backward, &from)) < 0)
        return r;
    page.items = arena_array(call->arena, page.limit, struct logs_OutputLogEvent);
    page.places = arena_array(call->arena, page.limit, struct place);
    if ((r = collect(&page, backward, from)) < 0)
        return r;
    if (backward)
        reverse(&page);
    out->events.is_set = true;
    out->events.items = page.items;
    out->events.len = page.len;
    struct place first = page.len ? page.places[0] : from;
    struct place next = page.len ? (struct place){page.places[page.len - 1].seq,
                                           page.places[page.len - 1].index + 1}
                                 : from;
    if (page.is_stopped && backward)
        first = page.stop;
    else if (page.is_stopped)
        next = page.stop;
    out->nextForwardToken = print_token(call->arena, 'f', next);
    out->nextBackwardToken = print_token(call->arena, 'b', first);
    return 0;
}
