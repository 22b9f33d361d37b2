#include "services/cloudtrail/forward.h"

#include "base/clock.h"
#include "gen/logs.h"
#include "services/cloudtrail/wanted.h"
#include "services/logs/logs.h"
#include "services/sts/sts.h"

static const str SERVICE = STR_INIT("cloudtrail.amazonaws.com");
static const int64_t DAY_MS = 86400000;

/* What prepare hands to commit. */
struct forward {
    struct wanted wanted;
    struct logs_InputLogEvents events;
    size_t room;
};

str forward_stream_name(struct arena *arena, const struct trail *trail, str region)
{
    return str_printf(arena, "%.*s_CloudTrail_%.*s", STR_ARG(trail->account), STR_ARG(region));
}

/* ---- Events -------------------------------------------------------------------------------- */

static void grow(struct arena *arena, struct forward *f)
{
    size_t room = f->room ? f->room * 2 : 64;
    struct logs_InputLogEvent *items = arena_array(arena, room, struct logs_InputLogEvent);

    if (f->events.len)
        memcpy(items, f->events.items, f->events.len * sizeof(*items));
    f->events.items = items;
    f->room = room;
}

static int add_event(
        struct arena *arena, void *arg, str text, const json_t *record, struct error *err)
{
    struct forward *f = arg;
    int64_t time;
    int r = time_parse_iso8601(json_member_str(record, "eventTime"), &time);

    if (r < 0)
        return error_set(err, -r, "a record of the audit has no time");
    if (text.len > FORWARD_MAX_EVENT)
        return 0;
    if (f->events.len == f->room)
        grow(arena, f);
    f->events.items[f->events.len++] =
            (struct logs_InputLogEvent){.timestamp = SOME_INT(time), .message = text};
    return 0;
}

static int by_time(const void *a, const void *b)
{
    const struct logs_InputLogEvent *x = a, *y = b;

    if (x->timestamp.value != y->timestamp.value)
        return x->timestamp.value < y->timestamp.value ? -1 : 1;
    return str_cmp(x->message, y->message);
}

static int read_forward(struct tx *tx, void *arg)
{
    struct job *job = arg;
    struct forward *f = job->prepared;
    int r = trail_by_id(tx, job->key, &f->wanted.trail);

    if (r <= 0)
        return r;
    f->wanted.subscriber = wanted_logs_subscriber(tx->arena, f->wanted.trail.id);
    return wanted_read(tx, job->payload, &f->wanted);
}

int forward_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct forward *f = arena_new(job->arena, struct forward);
    int r;

    job->prepared = f;
    r = db_read(server->db, job->arena, read_forward, job, err);
    if (r >= 0)
        r = wanted_each(job->arena, &f->wanted, add_event, f, err);
    if (r >= 0 && f->events.len)
        qsort(f->events.items, f->events.len, sizeof(*f->events.items), by_time);
    return r;
}

/* ---- Putting them -------------------------------------------------------------------------- */

/* What is refused leaves nothing behind: its own savepoint. */
struct putting {
    struct call *call;
    const struct forward *forward;
    struct principal role;
    struct logs_PutLogEventsRequest batch;
    struct call_failure *failure;
};

static int put_batch(struct putting *p)
{
    const struct logs_CreateLogStreamRequest stream = {
            .logGroupName = p->batch.logGroupName, .logStreamName = p->batch.logStreamName};
    struct logs_PutLogEventsResponse out;
    int r = call_invoke(
            p->call, &p->role, &logs_service, "PutLogEvents", &p->batch, &out, p->failure);

    if (r != CALL_FAILED || !str_eq(p->failure->code, STR("ResourceNotFoundException")))
        return r;
    r = call_invoke(p->call, &p->role, &logs_service, "CreateLogStream", &stream, NULL, p->failure);
    if (r == 0)
        r = call_invoke(
                p->call, &p->role, &logs_service, "PutLogEvents", &p->batch, &out, p->failure);
    return r;
}

/* As many of the events from `from` on as one PutLogEvents may have. */
static size_t batch_len(const struct logs_InputLogEvents *events, size_t from)
{
    size_t bytes = 0, i = from;

    for (; i < events->len && i - from < FORWARD_MAX_EVENTS; i++) {
        const struct logs_InputLogEvent *event = &events->items[i];

        bytes += event->message.len + FORWARD_EVENT_OVERHEAD;
        if (bytes > FORWARD_MAX_BATCH ||
                event->timestamp.value - events->items[from].timestamp.value > DAY_MS)
            break;
    }
    return i - from;
}

static int put(struct tx *tx, void *arg)
{
    struct putting *p = arg;
    const struct logs_InputLogEvents *events = &p->forward->events;
    int r = 0;

    p->call->tx = tx;
    for (size_t i = 0, len; r >= 0 && i < events->len; i += len) {
        len = batch_len(events, i);
        p->batch.logEvents =
                (struct logs_InputLogEvents){events->items + i, .len = len, .is_set = true};
        r = put_batch(p);
    }
    return r;
}

/* 0, or CALL_FAILED: *ret_failure says why. */
static int put_events(struct call *call, const struct trail *trail, const struct forward *f,
        struct call_failure *ret_failure)
{
    struct putting p = {
            .call = call,
            .forward = f,
            .batch = {.logGroupName = forward_group_name(trail->log_group),
                    .logStreamName = forward_stream_name(call->arena, trail, f->wanted.region)},
            .failure = ret_failure,
    };
    int r = sts_assume_service_role(call, trail->log_role, SERVICE, STR("CloudTrail"), &p.role);

    if (r == -EACCES) {
        *ret_failure = (struct call_failure){.code = STR("AccessDenied")};
        return CALL_FAILED;
    }
    return r < 0 ? r : tx_nested(call->tx, put, &p);
}

/* ---- The job ------------------------------------------------------------------------------- */

static int plan(struct queue *queue, struct tx *tx, str trail, str after, int64_t when)
{
    return queue_add(queue, tx, "cloudtrail.forward", trail, after, when);
}

/* All regions have been looked at. A trail that is off, and has nothing left, has no job. */
static int end_round(struct job *job, struct tx *tx, const struct trail *trail)
{
    struct server *server = job->context;
    str subscriber = wanted_logs_subscriber(tx->arena, trail->id);
    struct str_list regions;
    int r = audit_copies_regions(tx, subscriber, 1, &regions);

    if (r < 0 || (!regions.len && !trail->is_logging))
        return r;
    return plan(server->queue, tx, trail->id, STR(""), clock_now() + DELIVER_EVERY_MS);
}

/* A region that is not empty yet is looked at again, one that refused is left. */
static int deliver_region(
        struct job *job, struct tx *tx, const struct forward *f, const struct trail *trail)
{
    struct server *server = job->context;
    struct call *call = call_for_job(
            server, job->arena, tx, trail->account, trail->region, &cloudtrail_service);
    struct call_failure failure;
    int r = f->events.len ? put_events(call, trail, f, &failure) : 0;

    if (r == CALL_FAILED) {
        r = trail_note(tx, trail, "logs", call->now, failure.code);
        if (r >= 0)
            r = wanted_give_up_old(tx, &f->wanted, call->now);
        return r < 0 ? r : plan(server->queue, tx, trail->id, f->wanted.region, call->now);
    }
    if (r >= 0 && f->events.len)
        r = trail_note(tx, trail, "logs", call->now, (str){0});
    if (r >= 0)
        r = wanted_delete(tx, &f->wanted);
    return r < 0 ? r : plan(server->queue, tx, trail->id, job->payload, call->now);
}

int forward_commit(struct job *job, struct tx *tx)
{
    const struct forward *f = job->prepared;
    struct trail trail;
    int r = trail_by_id(tx, job->key, &trail);

    if (r <= 0 || !trail.log_group.ptr)
        return r < 0 ? r : 0; /* nobody wants them any more */
    return f->wanted.copies.len ? deliver_region(job, tx, f, &trail) : end_round(job, tx, &trail);
}

/* It was no refusal but an error of ours: the trail goes on all the same. */
int forward_give_up(struct job *job, struct tx *tx, const struct error *why)
{
    struct trail trail;
    int r = trail_by_id(tx, job->key, &trail);

    (void)why; /* the queue logs it */
    if (r <= 0 || !trail.log_group.ptr)
        return r < 0 ? r : 0;
    r = trail_note(tx, &trail, "logs", clock_now(), STR("InternalError"));
    return r < 0 ? r : end_round(job, tx, &trail);
}

int forward_plan(struct call *call, const struct trail *trail)
{
    if (!trail->log_group.ptr || !trail->is_logging)
        return 0;
    return plan(call->server->queue, call->tx, trail->id, STR(""), call->now + DELIVER_EVERY_MS);
}
