#include "services/secretsmanager/rotation.h"

#include "api/audit.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"

enum {
    DETAIL_MAX = 8192,
    BUSY_MS = 1000,
    FIRST_RETRY_MS = 1000,
    RETRY_FACTOR = 4,
    SESSION_SPARE_S = 60,
};

#define COPY "copy"          /* of the current value, for a test */
#define ONLY_TEST "testOnly" /* testSecret, without the others */
#define FUNCTION_SERVICE STR("lambda.amazonaws.com")

static const char *const steps[] = {"createSecret", "setSecret", "testSecret", "finishSecret"};

static bool is_test(str step)
{
    return str_eq(step, STR(COPY)) || str_eq(step, STR(ONLY_TEST));
}

/* Absent: it was the last one. */
static str step_after(str step)
{
    size_t len = sizeof(steps) / sizeof(*steps);

    if (str_eq(step, STR(COPY)))
        return STR(ONLY_TEST);
    for (size_t i = 0; i + 1 < len; i++)
        if (str_eq(step, str_of(steps[i])))
            return str_of(steps[i + 1]);
    return (str){0};
}

/* ---- The schedule -------------------------------------------------------------------------- */

int rotation_schedule(const struct secretsmanager_RotationRulesType *rules, struct schedule *ret,
        struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str text = rules->ScheduleExpression, duration = rules->Duration;
    int64_t hours = 0;

    if (text.ptr && rules->AutomaticallyAfterDays.is_set)
        return error_set(err, EINVAL,
                "AutomaticallyAfterDays and ScheduleExpression can't be used together");
    if (rules->AutomaticallyAfterDays.is_set)
        text = str_printf(
                &scratch, "rate(%lld days)", (long long)rules->AutomaticallyAfterDays.value);
    if (!text.ptr)
        return error_set(
                err, EINVAL, "the rules need AutomaticallyAfterDays or a ScheduleExpression");
    if (duration.ptr) {
        duration.len--; /* "3h", says the description */
        if (str_to_i64(duration, &hours) < 0 || hours < 1)
            return error_set(err, EINVAL, "the duration must be a number of hours");
    }
    return schedule_parse(text, hours, ret, err);
}

static int load_schedule(
        struct call *call, const struct secret *secret, struct schedule *ret, bool *ret_is_strict)
{
    struct secretsmanager_RotationRulesType rules = {0};
    int r = shape_from_json(call->arena, secretsmanager_type_RotationRulesType,
            secret->rotation.rules, &rules, &call->tx->error);

    *ret_is_strict = rules.Duration.ptr;
    return r < 0 ? r : rotation_schedule(&rules, ret, &call->tx->error);
}

static int plan_at(struct call *call, const struct secret *secret, int64_t start, int64_t next)
{
    struct queue *queue = call->server->queue;
    int r = db_exec(call->tx, "update secretsmanager_secret set rotation_next = $2 where id = $1",
            secret->id, next);

    if (r < 0 || (r = queue_cancel(queue, call->tx, ROTATION_WINDOW_JOB, secret->id)) < 0 || !start)
        return r < 0 ? r : 0;
    return queue_add(queue, call->tx, ROTATION_WINDOW_JOB, secret->id, secret->id, start);
}

int rotation_plan(struct call *call, const struct secret *secret)
{
    struct schedule_window window = {0};
    struct schedule schedule;
    bool is_strict;
    int r = 0;

    if (secret->rotation.is_enabled && secret->rotation.rules.ptr)
        r = load_schedule(call, secret, &schedule, &is_strict);
    else
        return plan_at(call, secret, 0, 0);
    if (r < 0)
        return r;
    if (schedule_window_after(&schedule, call->now, &window) < 0)
        window = (struct schedule_window){0};
    return plan_at(call, secret, window.start, window.end);
}

/* ---- The trail -------------------------------------------------------------------------------- */

/* As the service, also where a user's call is the cause. */
static int tell(
        struct call *call, const struct secret *secret, const char *name, str version, str why)
{
    struct call *own = call_for_job(call->server, call->arena, call->tx, secret->account,
            secret->region, &secretsmanager_service);
    struct buf details = buf_make(call->arena, DETAIL_MAX);

    buf_char(&details, '{');
    json_write_member(&details, STR("SecretId"), secret->arn);
    json_write_member(&details, STR("ClientRequestToken"), version);
    buf_char(&details, '}');
    return audit_record_service_event(own, &(struct audit_service_event){.name = str_of(name),
                                                   .resource = secret->arn,
                                                   .details = buf_str(&details),
                                                   .error_message = why});
}

/* ---- Beginning and end -------------------------------------------------------------------------- */

static int set_state(
        struct call *call, const struct secret *secret, str version, str step, int64_t tries)
{
    int r = db_exec(call->tx,
            "update secretsmanager_secret set rotation_version = $2, rotation_step = $3,"
            " rotation_tries = $4 where id = $1",
            secret->id, version, step, tries);

    return r < 0 ? r : 0;
}

static int add_step(struct call *call, const struct secret *secret, int64_t when)
{
    return queue_add(
            call->server->queue, call->tx, ROTATION_STEP_JOB, secret->id, secret->id, when);
}

int rotation_begin(struct call *call, const struct secret *secret, str version, bool for_test)
{
    struct version old;
    int r = version_by_id(call, secret, version, &old);

    if (r == 0)
        r = version_expect(call, secret, version);
    if (r < 0 ||
            (r = set_state(call, secret, version, for_test ? STR(COPY) : str_of(steps[0]), 0)) <
                    0 ||
            (r = tell(call, secret, for_test ? "TestRotationStarted" : "RotationStarted", version,
                     (str){0})) < 0)
        return r;
    return add_step(call, secret, 0);
}

static int drop_test_version(struct call *call, const struct secret *secret)
{
    return db_exec(call->tx, "delete from secretsmanager_version where secret_id = $1 and id = $2",
            secret->id, secret->rotation.version);
}

int rotation_stop(struct call *call, const struct secret *secret)
{
    int r = set_state(call, secret, (str){0}, (str){0}, 0);

    if (r == 0 && secret->rotation.version.ptr && is_test(secret->rotation.step))
        r = drop_test_version(call, secret);
    if (r >= 0)
        r = queue_cancel(call->server->queue, call->tx, ROTATION_STEP_JOB, secret->id);
    return r < 0 ? r : plan_at(call, secret, 0, 0);
}

/* Of a test nothing stays; of a rotation that failed AWSPENDING does. */
static int end(struct call *call, const struct secret *secret, str why)
{
    const struct rotation *rotation = &secret->rotation;
    bool for_test = is_test(rotation->step);
    const char *name = why.ptr    ? for_test ? "TestRotationFailed" : "RotationFailed"
                       : for_test ? "TestRotationSucceeded"
                                  : "RotationSucceeded";
    int r = set_state(call, secret, (str){0}, (str){0}, 0);

    if (r == 0 && for_test)
        r = drop_test_version(call, secret);
    if (r >= 0 && !for_test && !why.ptr)
        r = db_exec(call->tx, "update secretsmanager_secret set rotated = $2 where id = $1",
                secret->id, call->now);
    if (r < 0 || (r = tell(call, secret, name, rotation->version, why)) < 0)
        return r;
    return for_test ? 0 : rotation_plan(call, secret);
}

/* ---- The window ------------------------------------------------------------------------------------ */

static int load(struct tx *tx, struct job *job, struct call **ret_call, struct secret *ret)
{
    struct call *call =
            call_for_job(job->context, job->arena, tx, STR(""), STR(""), &secretsmanager_service);
    const struct db_row *row;
    int r = db_one(tx, &row, "select " SECRET_COLUMNS " from secretsmanager_secret where id = $1",
            job->payload);

    if (r <= 0)
        return r;
    secret_from_row(call, row, ret);
    *ret_call = call_for_job(
            job->context, job->arena, tx, ret->account, ret->region, &secretsmanager_service);
    return 1;
}

/* A version that a rotation left is gone on with. */
int rotation_open_window(struct job *job, struct tx *tx)
{
    struct secret secret;
    struct schedule schedule;
    struct version pending;
    struct call *call;
    bool is_strict;
    int r = load(tx, job, &call, &secret);

    if (r <= 0 || !secret.rotation.is_enabled || secret.deletion)
        return r < 0 ? r : 0;
    if ((r = load_schedule(call, &secret, &schedule, &is_strict)) < 0)
        return r;
    if (secret.rotation.version.ptr || (is_strict && call->now >= secret.rotation.next))
        return rotation_plan(call, &secret);
    if ((r = version_pending(call, &secret, &pending)) < 0)
        return r;
    return rotation_begin(call, &secret, r ? pending.id : random_uuid(call->arena), false);
}

/* ---- A step ------------------------------------------------------------------------------------------ */

/* What prepare hands to commit. */
struct attempt {
    str version, step;
    bool is_busy;
    const struct hook *hook;
    struct hook_event event;
    bool is_ready; /* for the hook */
    str failure;   /* absent: it went well */
};

static int assume_role(
        struct call *call, const struct hook *hook, struct principal *ret, str *ret_failure)
{
    str arn = str_printf(call->arena, "arn:aws:iam::%.*s:role/%.*s", STR_ARG(call->account),
            STR_ARG(hook->role));
    int r = sts_assume_service_role(call, arn, FUNCTION_SERVICE, hook->name, ret);

    if (r != -EACCES)
        return r;
    *ret_failure = str_printf(call->arena,
            "the role %.*s of the rotation hook does not exist or does not trust %.*s",
            STR_ARG(arn), STR_ARG(FUNCTION_SERVICE));
    return 0;
}

static void fill_event(struct call *call, const struct secret *secret, struct principal *session,
        struct attempt *a)
{
    const struct server *server = call->server;

    a->event = (struct hook_event){
            .step = str_eq(a->step, STR(ONLY_TEST)) ? STR("testSecret") : a->step,
            .secret = secret->arn,
            .token = a->version,
            .endpoint = server->endpoint,
            .region = secret->region,
            .ca_path = server->ca_path,
    };
    sts_session_credentials(
            call, session, a->hook->timeout_ms / 1000 + SESSION_SPARE_S, &a->event.credentials);
    a->is_ready = true;
}

static int read_attempt(struct tx *tx, void *arg)
{
    struct job *job = arg;
    struct attempt *a = job->prepared;
    struct principal session;
    struct secret secret;
    struct call *call;
    int r = load(tx, job, &call, &secret);

    if (r <= 0 || !secret.rotation.version.ptr || secret.deletion)
        return r < 0 ? r : 0;
    a->version = secret.rotation.version;
    a->step = secret.rotation.step;
    a->hook = hooks_find(call->server, secret.account, secret.region, secret.rotation.function);
    if (!a->hook) {
        a->failure = str_printf(job->arena, "there is no rotation hook for %.*s any more",
                STR_ARG(secret.rotation.function));
        return 0;
    }
    r = assume_role(call, a->hook, &session, &a->failure);
    if (r == 0 && !a->failure.ptr && !str_eq(a->step, STR(COPY)))
        fill_event(call, &secret, &session, a);
    return r;
}

int rotation_step_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct attempt *a = arena_new(job->arena, struct attempt);
    struct error why = {{0}};
    int r;

    job->prepared = a;
    r = db_read(server->db, job->arena, read_attempt, job, err);
    if (r < 0 || !a->is_ready)
        return r;
    if (!hooks_enter(server->rotation_hooks)) {
        a->is_busy = true;
        return 0;
    }
    r = hook_run(a->hook, job->arena, &a->event, &why);
    hooks_leave(server->rotation_hooks);
    if (r < 0)
        a->failure = str_printf(job->arena, "%.*s: %s", STR_ARG(a->event.step), why.text);
    return 0;
}

/* The current value, as the hook's role, for the version that is tested with. */
static int copy_value(
        struct call *call, const struct secret *secret, const struct attempt *a, str *ret_failure)
{
    str plain, stage = STR("AWSPENDING");
    struct principal session;
    struct version current;
    struct call *own;
    int r = assume_role(call, a->hook, &session, ret_failure);

    if (r < 0 || ret_failure->ptr ||
            (r = version_by_stage(call, secret, STR("AWSCURRENT"), &current)) <= 0)
        return r < 0 ? r : 0;
    own = call_as(call, &session, &secretsmanager_service, "PutSecretValue");
    r = version_open(own, secret, &current, &plain);
    if (r == 0)
        r = version_add(own, secret, a->version, plain, current.is_binary,
                &(struct str_list){&stage, 1, true});
    if (r == CALL_FAILED) {
        *ret_failure = own->failure.message;
        return 0;
    }
    return r;
}

static int check_finished(
        struct call *call, const struct secret *secret, const struct attempt *a, str *ret_failure)
{
    struct version current;
    int r = version_by_stage(call, secret, STR("AWSCURRENT"), &current);

    if (r >= 0 && (r == 0 || !str_eq(current.id, a->version)))
        *ret_failure = STR("finishSecret: it did not move AWSCURRENT to the new version");
    return r < 0 ? r : 0;
}

/* Again later, or the end. */
static int fail_attempt(struct call *call, const struct secret *secret, str why)
{
    int64_t wait = FIRST_RETRY_MS, tries = secret->rotation.tries + 1;
    int r;

    log_warn("rotation-step-failed", F("secret", secret->arn), F("try", tries), F("error", why));
    if (tries >= ROTATION_TRIES)
        return end(call, secret, why);
    for (int64_t i = 1; i < tries; i++)
        wait *= RETRY_FACTOR;
    r = set_state(call, secret, secret->rotation.version, secret->rotation.step, tries);
    return r < 0 ? r : add_step(call, secret, call->now + wait);
}

static int succeed(struct call *call, const struct secret *secret, const struct attempt *a)
{
    str next = step_after(a->step), failure = {0};
    int r = 0;

    if (str_eq(a->step, STR(COPY)))
        r = copy_value(call, secret, a, &failure);
    else if (str_eq(a->step, STR("finishSecret")))
        r = check_finished(call, secret, a, &failure);
    if (r < 0)
        return r;
    if (failure.ptr)
        return fail_attempt(call, secret, failure);
    if (!next.ptr)
        return end(call, secret, (str){0});
    r = set_state(call, secret, a->version, next, 0);
    return r < 0 ? r : add_step(call, secret, 0);
}

/* Cancelled or deleted in the meantime: nothing. */
int rotation_step_commit(struct job *job, struct tx *tx)
{
    const struct attempt *a = job->prepared;
    struct secret secret;
    struct call *call;
    int r = load(tx, job, &call, &secret);

    if (r <= 0 || !a->version.ptr || !secret.rotation.version.ptr || secret.deletion ||
            !str_eq(secret.rotation.version, a->version) || !str_eq(secret.rotation.step, a->step))
        return r < 0 ? r : 0;
    if (a->is_busy)
        return add_step(call, &secret, call->now + BUSY_MS);
    return a->failure.ptr ? fail_attempt(call, &secret, a->failure) : succeed(call, &secret, a);
}

int rotation_step_give_up(struct job *job, struct tx *tx, const struct error *why)
{
    struct secret secret;
    struct call *call;
    int r = load(tx, job, &call, &secret);

    (void)why; /* an error of ours: the queue logs it */
    if (r <= 0 || !secret.rotation.version.ptr)
        return r < 0 ? r : 0;
    return end(call, &secret, STR("an internal error"));
}
