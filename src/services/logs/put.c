#include "services/logs/chunk.h"
#include "services/logs/group.h"

enum {
    BATCH_MAX_BYTES = 1048576,
    EVENT_OVERHEAD = 26,
    EVENT_MAX_BYTES = 1048576 - EVENT_OVERHEAD,
};
static const int64_t DAY_MS = 86400000, FUTURE_MS = 2 * 3600000;

str logs_topic(struct arena *arena, str account, str region, str group, str stream)
{
    return str_printf(arena, "logs/%.*s/%.*s/%.*s/%.*s", STR_ARG(account), STR_ARG(region),
            STR_ARG(group), STR_ARG(stream));
}

static int check_batch(struct call *call, const struct logs_InputLogEvents *events)
{
    size_t total = 0;

    for (size_t i = 0; i < events->len; i++) {
        if (!events->items[i].message.len)
            return call_fail(
                    call, &logs_InvalidParameterException, "Log event message must not be empty.");
        if (events->items[i].message.len > EVENT_MAX_BYTES)
            return call_fail(call, &logs_InvalidParameterException,
                    "Log event too large: %zu bytes exceeds limit of %d",
                    events->items[i].message.len, EVENT_MAX_BYTES);
        if (i && events->items[i].timestamp.value < events->items[i - 1].timestamp.value)
            return call_fail(call, &logs_InvalidParameterException,
                    "Log events in a single PutLogEvents request must be in chronological order.");
        total += events->items[i].message.len + EVENT_OVERHEAD;
    }
    if (total > BATCH_MAX_BYTES)
        return call_fail(call, &logs_InvalidParameterException,
                "Upload too large: %zu bytes exceeds limit of %d", total, BATCH_MAX_BYTES);
    if (events->len &&
            events->items[events->len - 1].timestamp.value - events->items[0].timestamp.value >
                    DAY_MS)
        return call_fail(call, &logs_InvalidParameterException,
                "The batch of log events in a single PutLogEvents request cannot span more than 24 "
                "hours.");
    return 0;
}

/* Events are in order of time: refused ones are a head and a tail. */
static void accept(struct call *call, const struct group *group,
        const struct logs_InputLogEvents *events, size_t *ret_from, size_t *ret_to,
        struct logs_PutLogEventsResponse *out)
{
    int64_t too_old = call->now - 14 * DAY_MS;
    int64_t expired =
            group->retention_days ? call->now - group->retention_days * DAY_MS : INT64_MIN;
    struct logs_RejectedLogEventsInfo info = {0};
    size_t from = 0, to = events->len;

    while (from < to && events->items[from].timestamp.value < expired)
        from++;
    if (from)
        info.expiredLogEventEndIndex = SOME_INT((int64_t)from);
    size_t expired_end = from;
    while (from < to && events->items[from].timestamp.value < too_old)
        from++;
    if (from > expired_end)
        info.tooOldLogEventEndIndex = SOME_INT((int64_t)from);
    while (to > from && events->items[to - 1].timestamp.value > call->now + FUTURE_MS)
        to--;
    if (to < events->len)
        info.tooNewLogEventStartIndex = SOME_INT((int64_t)to);
    if (from || to < events->len) {
        out->rejectedLogEventsInfo = arena_new(call->arena, struct logs_RejectedLogEventsInfo);
        *out->rejectedLogEventsInfo = info;
    }
    *ret_from = from;
    *ret_to = to;
}

static int store(struct call *call, const struct group *group, const struct stream *stream,
        const struct logs_InputLogEvent *events, size_t len)
{
    struct chunk_event *packed = arena_array(call->arena, len, struct chunk_event);
    int64_t first = events[0].timestamp.value, last = events[len - 1].timestamp.value;
    str bytes;
    int r;

    for (size_t i = 0; i < len; i++)
        packed[i] = (struct chunk_event){events[i].timestamp.value, events[i].message};
    bytes = chunk_pack(call->arena, packed, len);
    r = db_exec(call->tx,
            "insert into logs_chunk (stream_id, seq, group_id, first_ms, last_ms, ingested, events)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            stream->id, stream->next_seq, group->id, first, last, call->now, db_blob(bytes));
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update logs_stream set next_seq = next_seq + 1, last_ingestion = $2, bytes = bytes + "
            "$5,"
            " first_event = case when first_event is null or first_event > $3 then $3 else "
            "first_event end,"
            " last_event = case when last_event is null or last_event < $4 then $4 else last_event "
            "end where id = $1",
            stream->id, call->now, first, last, bytes.len);
    return r < 0 ? r : 0;
}

/* Groups here have no entities: the events are taken, and the entity is refused, as AWS does it. */
static void reject_entity(struct call *call, struct logs_PutLogEventsResponse *out)
{
    out->rejectedEntityInfo = arena_new(call->arena, struct logs_RejectedEntityInfo);
    out->rejectedEntityInfo->errorType = STR("UnsupportedLogGroupType");
}

int logs_PutLogEvents(struct call *call, const struct logs_PutLogEventsRequest *in,
        struct logs_PutLogEventsResponse *out)
{
    struct group group;
    struct stream stream;
    size_t from, to;
    int r = group_find(call, in->logGroupName, &group);

    if (r < 0 || (r = stream_find(call, &group, in->logStreamName, &stream)) < 0 ||
            (r = check_batch(call, &in->logEvents)) < 0)
        return r;
    accept(call, &group, &in->logEvents, &from, &to, out);
    if (in->entity)
        reject_entity(call, out);
    if (to > from && (r = store(call, &group, &stream, in->logEvents.items + from, to - from)) < 0)
        return r;
    notify_add(call->server->notify, call->tx,
            logs_topic(call->arena, call->account, call->region, group.name, stream.name));
    out->nextSequenceToken = str_printf(
            call->arena, "%056lld", (long long)stream.next_seq); /* obsolete: never checked */
    return 0;
}
