#include "services/logs/group.h"

#include "base/random.h"

enum {
    DESCRIBE_PRESET = 50,
    DESCRIBE_MAX = 50
};

int stream_find(struct call *call, const struct group *group, str name, struct stream *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id, name, next_seq from logs_stream where group_id = $1 and name = $2",
            group->id, name);

    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(
                call, &logs_ResourceNotFoundException, "The specified log stream does not exist.");
    *ret = (struct stream){row_text(row, 0), row_text(row, 1), row_int(row, 2)};
    return 0;
}

int logs_CreateLogStream(struct call *call, const struct logs_CreateLogStreamRequest *in, void *out)
{
    struct group group;
    int r = group_find(call, in->logGroupName, &group);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into logs_stream (id, group_id, name, created, next_seq) values ($1, $2, $3, "
            "$4, 1) on conflict do nothing",
            random_uuid(call->arena), group.id, in->logStreamName, call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &logs_ResourceAlreadyExistsException,
                "The specified log stream already exists");
    return 0;
}

int logs_DeleteLogStream(struct call *call, const struct logs_DeleteLogStreamRequest *in, void *out)
{
    struct group group;
    struct stream stream;
    int r = group_find(call, in->logGroupName, &group);

    (void)out;
    if (r < 0 || (r = stream_find(call, &group, in->logStreamName, &stream)) < 0)
        return r;
    r = db_exec(call->tx, "delete from logs_stream where id = $1", stream.id);
    return r < 0 ? r : 0;
}

static void fill(struct call *call, str group, const struct db_row *row, struct logs_LogStream *ret)
{
    ret->logStreamName = row_text(row, 0);
    ret->creationTime = SOME_INT(row_int(row, 1));
    if (!row_is_null(row, 2)) {
        ret->firstEventTimestamp = SOME_INT(row_int(row, 2));
        ret->lastEventTimestamp = SOME_INT(row_int(row, 3));
        ret->lastIngestionTime = SOME_INT(row_int(row, 4));
    }
    ret->storedBytes = SOME_INT(0); /* deprecated by AWS: always zero */
    ret->arn = arn_make(call, "logs",
            str_printf(call->arena, "log-group:%.*s:log-stream:%.*s", STR_ARG(group),
                    STR_ARG(ret->logStreamName)));
}

#define STREAM_COLUMNS                                                                             \
    "select name, created, first_event, last_event, last_ingestion from logs_stream "

static int by_name(struct call *call, const struct group *group, str prefix, bool descending,
        str after, size_t limit, struct db_rows *ret)
{
    str end = str_concat(call->arena, prefix, STR("\xf4\x8f\xbf\xbf"));

    if (descending)
        return db_query(call->tx, ret,
                STREAM_COLUMNS
                "where group_id = $1 and name >= $2 and name < $3 order by name desc limit $4",
                group->id, prefix, after.ptr ? after : end, limit);
    return db_query(call->tx, ret,
            STREAM_COLUMNS
            "where group_id = $1 and name >= $2 and name < $3 and name > $4 order by name limit $5",
            group->id, prefix, end, after.ptr ? after : STR(""), limit);
}

/* `after` is "<last_event> <name>". */
static int by_time(struct call *call, const struct group *group, bool descending, str after,
        size_t limit, struct db_rows *ret)
{
    int64_t ms = descending ? INT64_MAX : -2;
    str head, name = STR("");

    if (after.ptr && str_cut(&after, ' ', &head) && str_to_i64(head, &ms) == 0)
        name = after;
    if (descending)
        return db_query(call->tx, ret,
                STREAM_COLUMNS "where group_id = $1 and (coalesce(last_event, -1), name) < ($2, $3)"
                               " order by coalesce(last_event, -1) desc, name desc limit $4",
                group->id, ms, name, limit);
    return db_query(call->tx, ret,
            STREAM_COLUMNS "where group_id = $1 and (coalesce(last_event, -1), name) > ($2, $3)"
                           " order by coalesce(last_event, -1), name limit $4",
            group->id, ms, name, limit);
}

int logs_DescribeLogStreams(struct call *call, const struct logs_DescribeLogStreamsRequest *in,
        struct logs_DescribeLogStreamsResponse *out)
{
    size_t limit = (size_t)page_limit(in->limit, DESCRIBE_PRESET, DESCRIBE_MAX);
    bool descending = in->descending.is_set && in->descending.value,
         is_by_time = str_eq(in->orderBy, STR("LastEventTime"));
    struct group group;
    struct db_rows rows;
    str after, name;
    int r = group_name(call, in->logGroupName, in->logGroupIdentifier, &name);

    if (r < 0 || (r = authorize(call, STR("logs:DescribeLogStreams"),
                          str_concat(call->arena, group_arn(call, name), STR(":log-stream:")))) < 0)
        return r;
    if (is_by_time && in->logStreamNamePrefix.ptr)
        return call_fail(call, &logs_InvalidParameterException,
                "Cannot order by LastEventTime with a logStreamNamePrefix.");
    if ((r = group_find(call, name, &group)) < 0 ||
            (r = page_open(call, in->nextToken, &logs_InvalidParameterException, &after)) < 0)
        return r;
    r = is_by_time ? by_time(call, &group, descending, after, limit + 1, &rows)
                   : by_name(call, &group,
                             in->logStreamNamePrefix.ptr ? in->logStreamNamePrefix : STR(""),
                             descending, after, limit + 1, &rows);
    if (r < 0)
        return r;
    out->logStreams.is_set = true;
    out->logStreams.len = rows.len < limit ? rows.len : limit;
    out->logStreams.items = arena_array(call->arena, out->logStreams.len, struct logs_LogStream);
    for (size_t i = 0; i < out->logStreams.len; i++)
        fill(call, group.name, &rows.items[i], &out->logStreams.items[i]);
    if (rows.len > limit) {
        const struct db_row *last = &rows.items[limit - 1];
        str position = row_text(last, 0);
        if (is_by_time)
            position = str_printf(call->arena, "%lld %.*s",
                    row_is_null(last, 3) ? -1LL : (long long)row_int(last, 3), STR_ARG(position));
        out->nextToken = page_seal(call, position);
    }
    return 0;
}
