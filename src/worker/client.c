#include "worker/client.h"

#include "base/buf.h"

enum {
    BODY_MAX = 16 << 20
};

#define SERVICE STR("slipway-worker")

static void write_seconds(struct buf *body, str name, int64_t ms)
{
    json_write_key(body, name);
    buf_printf(body, "%lld.%03d", (long long)(ms / 1000), (int)(ms % 1000));
}

static struct buf begin(struct arena *arena, const struct job *job)
{
    struct buf body = buf_make(arena, BODY_MAX);

    buf_char(&body, '{');
    if (job) {
        json_write_member(&body, STR("buildArn"), job->arn);
        json_write_member(&body, STR("leaseToken"), job->lease);
    }
    return body;
}

static int call(struct aws *aws, struct arena *arena, const char *operation, struct buf *body,
        json_t **ret, struct error *err)
{
    buf_char(body, '}');
    if (buf_is_full(body))
        return error_set(err, E2BIG, "request is larger than %d bytes", BODY_MAX);
    return aws_call(aws, arena, SERVICE, str_printf(arena, "SlipwayWorker_20261101.%s", operation),
            buf_str(body), ret, err);
}

static void write_phase(struct buf *body, const struct build_phase *phase)
{
    buf_add(body, str_ends(buf_str(body), STR("[")) ? STR("{") : STR(",{"));
    json_write_member(body, STR("phaseType"), str_of(build_phase_name(phase->type)));
    write_seconds(body, STR("startTime"), phase->start);
    if (phase->end) {
        if (phase->type != PHASE_COMPLETED)
            json_write_member(body, STR("phaseStatus"), str_of(build_status_name(phase->status)));
        write_seconds(body, STR("endTime"), phase->end);
        json_write_member_int(body, STR("durationInSeconds"), (phase->end - phase->start) / 1000);
        json_write_key(body, STR("contexts"));
        buf_add(body, STR("[{"));
        json_write_member(body, STR("statusCode"), phase->code.ptr ? phase->code : STR(""));
        json_write_member(body, STR("message"), phase->message.ptr ? phase->message : STR(""));
        buf_add(body, STR("}]"));
    }
    buf_char(body, '}');
}

static void write_phases(struct buf *body, const struct build_result *result)
{
    json_write_key(body, STR("phases"));
    buf_char(body, '[');
    for (size_t i = 0; i < result->phases_len; i++)
        write_phase(body, &result->phases[i]);
    buf_char(body, ']');
    json_write_member(body, STR("resolvedSourceVersion"), result->source_version);
}

bool client_lease_is_lost(const struct aws *aws, int r)
{
    return r == -EREMOTEIO && strcmp(aws->code, "LeaseLostException") == 0;
}

int client_poll(struct aws *aws, struct arena *arena, const struct client_poll *poll,
        json_t **ret_answer, const json_t **ret_job, struct error *err)
{
    struct buf body = begin(arena, NULL);
    json_t *answer = NULL;
    int r;

    json_write_member(&body, STR("workerId"), poll->worker_id);
    json_write_member(&body, STR("workerSecret"), poll->secret);
    if (poll->is_starting) {
        json_write_key(&body, STR("isStarting"));
        buf_add(&body, STR("true"));
    }
    json_write_member(&body, STR("pollToken"), poll->token);
    json_write_member_int(&body, STR("waitSeconds"), poll->wait_s);
    r = call(aws, arena, "PollBuild", &body, &answer, err);
    if (r < 0)
        return r;
    const json_t *job = json_member(answer, "job");
    *ret_answer = answer;
    *ret_job = json_is_object(job) ? job : NULL;
    return 0;
}

int client_update(struct aws *aws, struct arena *arena, const struct job *job,
        const struct build_result *so_far, bool *ret_stop, struct error *err)
{
    const struct build_phase *last = &so_far->phases[so_far->phases_len - 1];
    struct buf body = begin(arena, job);
    AUTO_JSON json_t *answer = NULL;

    json_write_member(&body, STR("currentPhase"), str_of(build_phase_name(last->type)));
    write_phases(&body, so_far);
    int r = call(aws, arena, "UpdateBuild", &body, &answer, err);
    if (r == 0)
        *ret_stop = json_is_true(json_member(answer, "stopRequested"));
    return r;
}

int client_heartbeat(struct aws *aws, struct arena *arena, const struct job *job, int wait_s,
        struct client_heartbeat *ret, struct error *err)
{
    struct buf body = begin(arena, job);
    struct client_heartbeat heartbeat = {0};
    AUTO_JSON json_t *answer = NULL;
    int r;

    json_write_member_int(&body, STR("waitSeconds"), wait_s);
    r = call(aws, arena, "HeartbeatBuild", &body, &answer, err);
    if (r < 0)
        return r;
    heartbeat.stop = json_is_true(json_member(answer, "stopRequested"));
    heartbeat.lease_ms = job_ms(json_member(answer, "leaseSeconds"));
    const json_t *credentials = json_member(answer, "credentials");
    if (json_is_object(credentials)) {
        r = job_parse_credentials(arena, credentials, &heartbeat.credentials, err);
        heartbeat.has_credentials = r == 0;
    }
    if (r == 0)
        *ret = heartbeat;
    return r;
}

int client_finish(struct aws *aws, struct arena *arena, const struct job *job,
        const struct build_result *result, const struct uploaded *artifacts, size_t artifacts_len,
        struct error *err)
{
    struct buf body = begin(arena, job);
    AUTO_JSON json_t *answer = NULL;

    json_write_member(&body, STR("buildStatus"), str_of(build_status_name(result->status)));
    write_phases(&body, result);
    json_write_key(&body, STR("exportedEnvironmentVariables"));
    buf_char(&body, '[');
    for (size_t i = 0; i < result->exported.len; i++) {
        buf_add(&body, i ? STR(",{") : STR("{"));
        json_write_member(&body, STR("name"), result->exported.items[i].name);
        json_write_member(&body, STR("value"), result->exported.items[i].value);
        buf_char(&body, '}');
    }
    buf_char(&body, ']');
    json_write_key(&body, STR("artifacts"));
    buf_char(&body, '[');
    for (size_t i = 0; i < artifacts_len; i++) {
        buf_add(&body, i ? STR(",{") : STR("{"));
        json_write_member(&body, STR("artifactIdentifier"), artifacts[i].identifier);
        json_write_member(&body, STR("location"), artifacts[i].location);
        json_write_member(&body, STR("sha256sum"), artifacts[i].sha256);
        json_write_member(&body, STR("md5sum"), artifacts[i].md5);
        buf_char(&body, '}');
    }
    buf_char(&body, ']');
    return call(aws, arena, "FinishBuild", &body, &answer, err);
}
