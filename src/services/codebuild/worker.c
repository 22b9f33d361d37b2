#include "gen/worker.h"

#include "base/digest.h"
#include "base/random.h"
#include "services/codebuild/build.h"
#include "services/sts/sts.h"

/*
 * The workers' protocol: leases, reports, ends. A worker of the first account, the
 * operator's, serves every account; one of another account serves its own.
 */

enum {
    CREDENTIALS_S = 3600,
    MINUTE_S = 60,
    POLL_CANDIDATES = 16,
    POLL_MAX_LOST = 256, /* what a worker may have held; more wait for the ends of their leases */
};

/* ---- The job ------------------------------------------------------------------------------ */

/* bucket/key of "bucket/key" or an ARN of an object. */
static void split_location(str location, str *ret_bucket, str *ret_key)
{
    str rest = location;

    (void)str_take_prefix(&rest, STR("arn:aws:s3:::"));
    if (!str_cut(&rest, '/', ret_bucket)) {
        *ret_bucket = rest;
        rest = STR("");
    }
    *ret_key = rest;
}

static str version_of(const struct codebuild_Build *b, str identifier)
{
    for (size_t i = 0; i < b->secondarySourceVersions.len; i++)
        if (str_eq(b->secondarySourceVersions.items[i].sourceIdentifier, identifier))
            return b->secondarySourceVersions.items[i].sourceVersion;
    return (str){0};
}

/* "https://git-codecommit.../v1/repos/NAME", or any URL that ends so, at this server's address. */
static str clone_url(struct call *call, str location)
{
    ptrdiff_t at = str_find(location, STR("/v1/repos/"));
    str name = at >= 0 ? str_skip(location, (size_t)at + strlen("/v1/repos/")) : location;

    return str_printf(
            call->arena, "%.*s/v1/repos/%.*s", STR_ARG(call->server->endpoint), STR_ARG(name));
}

static void job_source(struct call *call, const struct codebuild_ProjectSource *source, str version,
        struct worker_BuildSource *ret)
{
    *ret = (struct worker_BuildSource){
            .sourceIdentifier = source->sourceIdentifier,
            .type = source->type,
            .location = source->location,
            .sourceVersion = version,
            .gitCloneDepth = source->gitCloneDepth,
    };
    if (source->gitSubmodulesConfig)
        ret->gitSubmodules = source->gitSubmodulesConfig->fetchSubmodules;
    if (str_eq(source->type, STR("CODECOMMIT")))
        ret->cloneUrl = clone_url(call, source->location);
    if (str_eq(source->type, STR("S3"))) {
        split_location(source->location, &ret->bucket, &ret->key);
        ret->objectVersion = version;
    }
    if (str_eq(source->type, STR("CODEPIPELINE"))) {
        if (str_cut(&version, '#', &ret->sourceVersion))
            ret->revision = version;
        split_location(ret->sourceVersion, &ret->bucket, &ret->key);
    }
}

static void job_sources(
        struct call *call, const struct codebuild_Build *b, struct worker_BuildSources *ret)
{
    ret->is_set = true;
    ret->len = 1 + b->secondarySources.len;
    ret->items = arena_array(call->arena, ret->len, struct worker_BuildSource);
    job_source(call, b->source, b->sourceVersion, &ret->items[0]);
    if (str_eq(b->source->type, STR("CODEPIPELINE")))
        ret->items[0].revision = b->resolvedSourceVersion;
    for (size_t i = 0; i < b->secondarySources.len; i++)
        job_source(call, &b->secondarySources.items[i],
                version_of(b, b->secondarySources.items[i].sourceIdentifier), &ret->items[1 + i]);
}

/* The key that an object of the build is encrypted under. All objects are sealed: S3's own key,
 * which is what projects have by default, and none at all, leave it to the bucket. */
static str object_key(struct call *call, const struct codebuild_Build *b, struct opt_bool disabled)
{
    bool is_own = str_eq(b->encryptionKey, STR("alias/aws/s3")) ||
                  str_eq(b->encryptionKey, arn_make(call, "kms", STR("alias/aws/s3")));

    return is_own || (disabled.is_set && disabled.value) ? (str){0} : b->encryptionKey;
}

static void job_artifact(
        const struct codebuild_ProjectArtifacts *a, str kms_key, struct worker_BuildArtifact *ret)
{
    bool is_exact = str_eq(a->type, STR("CODEPIPELINE"));

    *ret = (struct worker_BuildArtifact){
            .artifactIdentifier = a->artifactIdentifier,
            .type = a->type,
            .bucket = a->location,
            .key = is_exact ? a->name : (str){0},
            .path = a->path,
            .namespaceType = a->namespaceType,
            .name = a->name,
            .packaging = a->packaging,
            .overrideArtifactName = a->overrideArtifactName,
            .kmsKey = kms_key,
    };
}

static int job_artifacts(
        struct call *call, const struct build *build, struct worker_BuildArtifacts *ret)
{
    const struct codebuild_Build *b = build->declaration;
    struct codebuild_ProjectArtifacts first = {0};
    struct codebuild_ProjectArtifactsList others = {0};
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select artifacts, secondary_artifacts from codebuild_build where id = $1", build->id);

    if (r < 0 ||
            (r = shape_from_json(call->arena, codebuild_type_ProjectArtifacts, row_text(row, 0),
                     &first, &call->tx->error)) < 0 ||
            (r = shape_from_json(call->arena, codebuild_type_ProjectArtifactsList, row_text(row, 1),
                     &others, &call->tx->error)) < 0)
        return r;
    ret->is_set = true;
    ret->len = 1 + others.len;
    ret->items = arena_array(call->arena, ret->len, struct worker_BuildArtifact);
    job_artifact(&first, object_key(call, b, first.encryptionDisabled), &ret->items[0]);
    for (size_t i = 0; i < others.len; i++)
        job_artifact(&others.items[i], object_key(call, b, others.items[i].encryptionDisabled),
                &ret->items[1 + i]);
    return 0;
}

static struct worker_BuildLogs *job_logs(struct call *call, const struct codebuild_Build *b)
{
    struct worker_BuildLogs *logs = arena_new(call->arena, struct worker_BuildLogs);

    logs->cloudWatchGroupName = b->logs->groupName;
    logs->cloudWatchStreamName = b->logs->streamName;
    if (b->logs->s3LogsArn.ptr)
        split_location(b->logs->s3LogsArn, &logs->s3Bucket, &logs->s3Key);
    if (logs->s3Bucket.ptr)
        logs->s3KmsKey = object_key(call, b, b->logs->s3Logs->encryptionDisabled);
    logs->path = b->logs->streamName;
    return logs;
}

static void job_phases(
        struct arena *arena, const struct codebuild_Build *b, struct worker_BuildPhases *ret)
{
    ret->is_set = true;
    ret->len = b->phases.len;
    ret->items = arena_array(arena, b->phases.len, struct worker_BuildPhase);
    for (size_t i = 0; i < b->phases.len; i++) {
        const struct codebuild_BuildPhase *phase = &b->phases.items[i];
        ret->items[i] = (struct worker_BuildPhase){.phaseType = phase->phaseType,
                .phaseStatus = phase->phaseStatus,
                .startTime = phase->startTime,
                .endTime = phase->endTime,
                .durationInSeconds = phase->durationInSeconds};
    }
}

/* Credentials of the build's service role: 0, or -EACCES (the role is gone or trusts CodeBuild no
 * more). */
static int job_credentials(
        struct call *call, const struct build *build, struct worker_Credentials **ret)
{
    struct worker_Credentials *c = arena_new(call->arena, struct worker_Credentials);
    struct sts_credentials minted;
    struct principal session;
    int r = sts_assume_service_role(call, build->declaration->serviceRole,
            STR("codebuild.amazonaws.com"),
            str_printf(call->arena, "AWSCodeBuild-%.*s", STR_ARG(build_uuid(build->id))), &session);

    if (r < 0)
        return r;
    sts_session_credentials(call, &session, CREDENTIALS_S, &minted);
    *c = (struct worker_Credentials){
            minted.access_key, minted.secret, minted.token, SOME_TIME(minted.expires)};
    *ret = c;
    return 0;
}

static int make_job(struct call *call, const struct build *build, struct worker_BuildJob **ret)
{
    const struct codebuild_Build *b = build->declaration;
    struct worker_BuildJob *job = arena_new(call->arena, struct worker_BuildJob);
    int64_t used_s = (call->now - build->started) / 1000;
    int64_t left_s = b->timeoutInMinutes.value * MINUTE_S - used_s;
    int r;

    *job = (struct worker_BuildJob){
            .buildArn = b->arn,
            .buildId = b->id,
            .leaseToken = build->lease,
            .leaseSeconds = SOME_INT(BUILD_LEASE_S),
            .projectName = b->projectName,
            .accountId = build->account,
            .region = build->region,
            .buildNumber = b->buildNumber,
            .startTime = b->startTime,
            .initiator = b->initiator,
            .environmentType = b->environment->type,
            .image = b->environment->image,
            .computeType = b->environment->computeType,
            .privilegedMode = b->environment->privilegedMode,
            .encryptionKey = b->encryptionKey,
            .buildspec = b->source->buildspec,
            .timeoutSeconds = SOME_INT(left_s > 1 ? left_s : 1),
            .logs = job_logs(call, b),
    };
    job->environmentVariables.is_set = true;
    job->environmentVariables.len = b->environment->environmentVariables.len;
    job->environmentVariables.items = arena_array(
            call->arena, job->environmentVariables.len, struct worker_EnvironmentVariable);
    for (size_t i = 0; i < job->environmentVariables.len; i++) {
        const struct codebuild_EnvironmentVariable *v =
                &b->environment->environmentVariables.items[i];
        job->environmentVariables.items[i] = (struct worker_EnvironmentVariable){
                .name = v->name, .value = v->value, .type = v->type};
    }
    job_sources(call, b, &job->sources);
    job_phases(call->arena, b, &job->phases);
    if ((r = job_artifacts(call, build, &job->artifacts)) < 0 ||
            (r = job_credentials(call, build, &job->credentials)) < 0)
        return r;
    *ret = job;
    return 0;
}

/* ---- Poll --------------------------------------------------------------------------------- */

static bool serves_all(const struct call *call)
{
    return str_eq(call->account, call->server->account);
}

static bool may_serve(const struct call *call, const struct build *build)
{
    return serves_all(call) || str_eq(build->account, call->account);
}

/* "|LINUX_CONTAINER|ARM_CONTAINER|", or "": any. */
static str wanted_types(struct call *call, const struct worker_PollBuildInput *in)
{
    if (!in->environmentTypes.len)
        return STR("");
    return str_printf(
            call->arena, "|%.*s|", STR_ARG(str_join(call->arena, in->environmentTypes, STR("|"))));
}

/* The call that acts in the build's own account. */
static struct call *in_account(struct call *call, const struct build *build)
{
    return call_for_job(
            call->server, call->arena, call->tx, build->account, build->region, &codebuild_service);
}

/* As it stands in rows: who reads them cannot take builds away. */
static str hidden_secret(struct call *call, const struct worker_PollBuildInput *in)
{
    return in->workerSecret.ptr ? sha256_hex(call->arena, in->workerSecret) : (str){0};
}

static int lease(struct call *call, const struct worker_PollBuildInput *in, struct build *build)
{
    int r;

    build->state = STR("RUNNING");
    build->lease = random_uuid(call->arena);
    build->lease_until = call->now + BUILD_LEASE_S * 1000;
    build->worker = in->workerId;
    build->attempts++;
    build->started = build->started ? build->started : call->now;
    build_enter_phase(
            call->arena, build->declaration, STR("PROVISIONING"), STR("SUCCEEDED"), call->now);
    build->declaration->phases.len--; /* the worker reports PROVISIONING itself */
    if ((r = build_save(call->tx, build)) < 0)
        return r;
    r = db_exec(call->tx,
            "update codebuild_build set poll_token = $2, worker_secret = $3 where id = $1",
            build->id, in->pollToken, hidden_secret(call, in));
    if (r < 0 ||
            (r = queue_cancel(call->server->queue, call->tx, BUILD_QUEUED_TIMEOUT, build->id)) < 0)
        return r;
    return queue_add(
            call->server->queue, call->tx, BUILD_LEASE, build->id, build->id, build->lease_until);
}

/* Leases a build: 1 and the job, 0 it could not be started and has ended. */
static int take(struct call *call, const struct worker_PollBuildInput *in, struct build *build,
        struct worker_BuildJob **ret)
{
    struct call *own = in_account(call, build);
    int r = lease(call, in, build);

    if (r < 0)
        return r;
    r = make_job(own, build, ret);
    if (r == -EACCES)
        r = build_end(own, build, STR("FAULT"), STR("INTERNAL_SERVICE_ERROR"),
                STR("CodeBuild is not authorized to perform: sts:AssumeRole on service role"));
    else if (r == 0)
        return 1;
    return r < 0 ? r : 0;
}

/* The job that this poll was given already, if its answer was lost: 1, or 0. */
static int again(
        struct call *call, const struct worker_PollBuildInput *in, struct worker_BuildJob **ret)
{
    const struct db_row *row;
    struct build build;
    int r = db_one(call->tx, &row,
            "select id from codebuild_build where poll_token = $1 and state = 'RUNNING' limit 1",
            in->pollToken);

    if (r <= 0 || (r = build_load(call->tx, row_text(row, 0), &build)) <= 0)
        return r;
    if (!may_serve(call, &build) || !str_eq(build.worker, in->workerId) ||
            build.lease_until <= call->now)
        return 0;
    r = make_job(in_account(call, &build), &build, ret);
    return r < 0 ? r : 1;
}

/* The builds of an earlier worker with this secret. */
static int give_up_former(struct call *call, const struct worker_PollBuildInput *in)
{
    struct db_rows rows;
    int r;

    if (!in->workerSecret.ptr)
        return call_fail(call, &worker_InvalidInputException, "isStarting needs a workerSecret");
    r = db_query(call->tx, &rows,
            "select id from codebuild_build where worker_secret = $1 and state = 'RUNNING' limit "
            "$2",
            hidden_secret(call, in), POLL_MAX_LOST);
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        struct build build;
        r = build_load(call->tx, row_text(&rows.items[i], 0), &build);
        if (r > 0 && may_serve(call, &build))
            r = build_lost(in_account(call, &build), &build);
    }
    return r < 0 ? r : 0;
}

/* Builds of other types, however many, keep nobody waiting. */
static int candidates(
        struct call *call, const struct worker_PollBuildInput *in, struct db_rows *ret)
{
    return db_query(call->tx, ret,
            "select id from codebuild_build where state = 'QUEUED' and ($1 = '' or account = $1)"
            " and ($2 = '' or $2 like '%|' || env_type || '|%') order by position limit $3",
            serves_all(call) ? STR("") : call->account, wanted_types(call, in), POLL_CANDIDATES);
}

int worker_PollBuild(struct call *call, const struct worker_PollBuildInput *in,
        struct worker_PollBuildOutput *out)
{
    int64_t until = call->arrived + (in->waitSeconds.is_set ? in->waitSeconds.value : 0) * 1000;
    bool is_starting = in->isStarting.is_set && in->isStarting.value;
    struct db_rows rows;
    int r = again(call, in, &out->job);

    if (r == 0 && is_starting)
        r = give_up_former(call, in);
    if (r != 0 || (r = candidates(call, in, &rows)) < 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < rows.len; i++) {
        struct build build;
        if ((r = build_load(call->tx, row_text(&rows.items[i], 0), &build)) > 0)
            r = take(call, in, &build, &out->job);
        if (r != 0)
            return r < 0 ? r : 0;
    }
    return is_starting ? 0 : call_wait(call, BUILD_QUEUE_TOPIC, until); /* waiting undoes writes */
}

/* ---- Reports ------------------------------------------------------------------------------- */

/* The build of a report, if the report carries its newest lease. */
static int leased(struct call *call, str arn_text, str token, struct build *ret)
{
    struct arn arn;
    int r = 0;

    if (arn_parse(arn_text, &arn) == 0 && str_take_prefix(&arn.resource, STR("build/")))
        r = build_load(call->tx, arn.resource, ret);
    if (r < 0)
        return r;
    if (r == 0 || !may_serve(call, ret) || !str_eq(ret->state, STR("RUNNING")) ||
            !str_eq_secret(ret->lease, token))
        return call_fail(call, &worker_LeaseLostException,
                "The build has another lease, has ended or is gone");
    return 0;
}

/* The server's own phases, then the worker's. */
static void set_phases(
        struct arena *arena, struct codebuild_Build *b, const struct worker_BuildPhases *phases)
{
    size_t own = 0;
    struct codebuild_BuildPhase *items;

    while (own < b->phases.len && own < 2) /* SUBMITTED, QUEUED */
        own++;
    items = arena_array(arena, own + phases->len, struct codebuild_BuildPhase);
    if (own)
        memcpy(items, b->phases.items, own * sizeof(*items));
    for (size_t i = 0; i < phases->len; i++) {
        const struct worker_BuildPhase *from = &phases->items[i];
        struct codebuild_BuildPhase *to = &items[own + i];
        *to = (struct codebuild_BuildPhase){.phaseType = from->phaseType,
                .phaseStatus = from->phaseStatus,
                .startTime = from->startTime,
                .endTime = from->endTime,
                .durationInSeconds = from->durationInSeconds};
        to->contexts.is_set = from->contexts.is_set;
        to->contexts.len = from->contexts.len;
        to->contexts.items = arena_array(arena, from->contexts.len, struct codebuild_PhaseContext);
        for (size_t j = 0; j < from->contexts.len; j++)
            to->contexts.items[j] = (struct codebuild_PhaseContext){
                    from->contexts.items[j].statusCode, from->contexts.items[j].message};
    }
    b->phases.items = items;
    b->phases.len = own + phases->len;
    b->phases.is_set = true;
}

static void renew(struct call *call, struct build *build)
{
    build->lease_until = call->now + BUILD_LEASE_S * 1000;
}

int worker_UpdateBuild(struct call *call, const struct worker_UpdateBuildInput *in,
        struct worker_UpdateBuildOutput *out)
{
    struct build build;
    int r = leased(call, in->buildArn, in->leaseToken, &build);

    if (r < 0)
        return r;
    set_phases(call->arena, build.declaration, &in->phases);
    build.declaration->currentPhase = in->currentPhase;
    if (in->resolvedSourceVersion.ptr)
        build.declaration->resolvedSourceVersion = in->resolvedSourceVersion;
    renew(call, &build);
    out->stopRequested = SOME_BOOL(build.stop_requested);
    out->leaseSeconds = SOME_INT(BUILD_LEASE_S);
    return build_save(call->tx, &build);
}

/* Its answer, which is due well within the lease, renews it. */
int worker_HeartbeatBuild(struct call *call, const struct worker_HeartbeatBuildInput *in,
        struct worker_HeartbeatBuildOutput *out)
{
    int64_t until = call->arrived + (in->waitSeconds.is_set ? in->waitSeconds.value : 0) * 1000;
    struct build build;
    int r = leased(call, in->buildArn, in->leaseToken, &build);

    if (r < 0)
        return r;
    if (!build.stop_requested) {
        r = call_wait(call, build_topic(call->arena, build.id), until);
        if (r == CALL_WAIT)
            return r;
    }
    renew(call, &build);
    out->stopRequested = SOME_BOOL(build.stop_requested);
    out->leaseSeconds = SOME_INT(BUILD_LEASE_S);
    r = job_credentials(in_account(call, &build), &build, &out->credentials);
    if (r < 0 && r != -EACCES)
        return r;
    return build_save(call->tx, &build);
}

static void set_results(
        struct arena *arena, struct codebuild_Build *b, const struct worker_FinishBuildInput *in)
{
    size_t secondary = 0;

    b->exportedEnvironmentVariables.is_set = true;
    b->exportedEnvironmentVariables.len = in->exportedEnvironmentVariables.len;
    b->exportedEnvironmentVariables.items = arena_array(arena, in->exportedEnvironmentVariables.len,
            struct codebuild_ExportedEnvironmentVariable);
    for (size_t i = 0; i < in->exportedEnvironmentVariables.len; i++)
        b->exportedEnvironmentVariables.items[i] = (struct codebuild_ExportedEnvironmentVariable){
                in->exportedEnvironmentVariables.items[i].name,
                in->exportedEnvironmentVariables.items[i].value};
    for (size_t i = 0; i < in->artifacts.len; i++) {
        const struct worker_UploadedArtifact *from = &in->artifacts.items[i];
        struct codebuild_BuildArtifacts *to = NULL;
        if (!from->artifactIdentifier.len)
            to = b->artifacts;
        for (secondary = 0; !to && secondary < b->secondaryArtifacts.len; secondary++)
            if (str_eq(b->secondaryArtifacts.items[secondary].artifactIdentifier,
                        from->artifactIdentifier))
                to = &b->secondaryArtifacts.items[secondary];
        if (!to)
            continue;
        to->location = from->location;
        to->sha256sum = from->sha256sum;
        to->md5sum = from->md5sum;
    }
    if (in->resolvedSourceVersion.ptr)
        b->resolvedSourceVersion = in->resolvedSourceVersion;
}

/* The same report again, after its first answer was lost. */
static int ended_so(struct call *call, const struct worker_FinishBuildInput *in)
{
    const struct db_row *row;
    struct arn arn;

    if (arn_parse(in->buildArn, &arn) < 0 || !str_take_prefix(&arn.resource, STR("build/")))
        return 0;
    return db_one(call->tx, &row,
            "select 1 from codebuild_build where id = $1 and state = 'ENDED' and lease = $2",
            arn.resource, in->leaseToken);
}

int worker_FinishBuild(struct call *call, const struct worker_FinishBuildInput *in,
        struct worker_FinishBuildOutput *out)
{
    struct build build;
    struct codebuild_Build *b;
    int r = ended_so(call, in);

    (void)out;
    if (r != 0)
        return r < 0 ? r : 0;
    if ((r = leased(call, in->buildArn, in->leaseToken, &build)) < 0)
        return r;
    b = build.declaration;
    set_phases(call->arena, b, &in->phases);
    set_results(call->arena, b, in);
    b->currentPhase = STR("COMPLETED");
    b->buildStatus = in->buildStatus;
    b->buildComplete = SOME_BOOL(true);
    b->endTime = SOME_TIME(call->now);
    build.state = STR("ENDED"); /* the lease stays: it tells a repeated report */
    if ((r = build_save(call->tx, &build)) < 0 ||
            (r = queue_cancel(call->server->queue, call->tx, BUILD_LEASE, build.id)) < 0)
        return r;
    notify_add(call->server->notify, call->tx, build_topic(call->arena, build.id));
    return build_tell(in_account(call, &build), &build);
}
