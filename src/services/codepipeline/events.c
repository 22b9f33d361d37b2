#include "services/codepipeline/provider.h"

#include "base/json.h"
#include "gen/codebuild.h"
#include "services/codebuild/codebuild.h"
#include "services/events/events.h"

/* What other services tell: pushes and new objects start executions, ended builds end actions. */

enum {
    WATCHERS_MAX = 1000 /* pipelines that follow one branch or object */
};

/* ---- Starts -------------------------------------------------------------------------------- */

struct change {
    const char *provider;
    str resource; /* "repository/branch", "bucket/key" */
    const char *revision_type;
    str revision;
    str detail;   /* of the trigger */
    int64_t time; /* of pipelines made after it, it is not news */
};

static int start_one(struct call *call, str pipeline, str action, const struct change *change)
{
    struct codepipeline_SourceRevisionOverride wanted = {
            action, str_of(change->revision_type), change->revision};
    struct start start = {
            .trigger_type = STR("CloudWatchEvent"),
            .trigger_detail = change->detail,
            .wanted = {&wanted, change->revision.ptr ? 1 : 0, true},
    };
    struct engine e;
    str id;
    int r = engine_open(call, pipeline, &e);

    return r != 0 ? r : engine_start(&e, &start, &id);
}

static int start_all(struct call *call, const struct change *change)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select s.pipeline, s.action from codepipeline_source s"
            " join codepipeline_pipeline p on p.id = s.pipeline where s.account = $1"
            " and s.region = $2 and s.provider = $3 and s.resource = $4 and p.created <= $5"
            " order by s.pipeline limit $6",
            call->account, call->region, change->provider, change->resource, change->time,
            WATCHERS_MAX);

    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        str pipeline = row_text(&rows.items[i], 0);
        if (i > 0 && str_eq(pipeline, row_text(&rows.items[i - 1], 0)))
            continue; /* two actions of one pipeline: one execution */
        r = start_one(call, pipeline, row_text(&rows.items[i], 1), change);
    }
    return r < 0 ? r : 0;
}

static int pushed(struct call *call, const struct event *event)
{
    struct arena *arena = call->arena;
    str commit = event_detail_str(arena, event, "commitId");
    str repository = event_detail_str(arena, event, "repositoryName");
    str branch = event_detail_str(arena, event, "referenceName");

    if (!str_eq(event_detail_str(arena, event, "referenceType"), STR("branch")) || !commit.len)
        return 0;
    return start_all(
            call, &(struct change){"CodeCommit",
                          str_printf(arena, "%.*s/%.*s", STR_ARG(repository), STR_ARG(branch)),
                          "COMMIT_ID", commit,
                          event->resources.len ? event->resources.items[0] : STR(""), event->time});
}

/* Source: S3 User Guide, "EventBridge event message structure". */
static int object_created(struct call *call, const struct event *event)
{
    struct arena *arena = call->arena;
    AUTO_JSON json_t *json = NULL;
    struct error err;

    if (json_parse(event->detail, &json, &err) < 0)
        return 0;
    const json_t *object = json_member(json, "object");
    str bucket = json_member_str(json_member(json, "bucket"), "name");
    str key = json_member_str(object, "key"), version = json_member_str(object, "version-id");
    return start_all(call,
            &(struct change){"S3", str_printf(arena, "%.*s/%.*s", STR_ARG(bucket), STR_ARG(key)),
                    "S3_OBJECT_VERSION_ID", str_dup(arena, version),
                    str_printf(arena, "arn:aws:s3:::%.*s", STR_ARG(bucket)), event->time});
}

/* ---- Ends ---------------------------------------------------------------------------------- */

static str failure_of(struct arena *arena, const struct codebuild_Build *b)
{
    str text = str_printf(arena, "Build terminated with state: %.*s", STR_ARG(b->buildStatus));

    for (size_t i = b->phases.len; i > 0; i--) {
        const struct codebuild_BuildPhase *phase = &b->phases.items[i - 1];
        if (phase->contexts.len && phase->contexts.items[0].message.len)
            return str_printf(arena, "%.*s. Phase: %.*s, Code: %.*s, Message: %.*s", STR_ARG(text),
                    STR_ARG(phase->phaseType), STR_ARG(phase->contexts.items[0].statusCode),
                    STR_ARG(phase->contexts.items[0].message));
    }
    return text;
}

static struct outcome outcome_of_build(struct arena *arena, const struct codebuild_Build *b)
{
    struct outcome outcome = {.status = STR("Succeeded")};

    if (!str_eq(b->buildStatus, STR("SUCCEEDED")))
        return outcome_failed("JobFailed", failure_of(arena, b));
    for (size_t i = 0; i < b->exportedEnvironmentVariables.len; i++)
        variables_set(arena, &outcome.variables,
                str_cstr(arena, b->exportedEnvironmentVariables.items[i].name),
                b->exportedEnvironmentVariables.items[i].value);
    return outcome;
}

static int read_build(struct run *run, str id, struct outcome *ret)
{
    struct codebuild_BatchGetBuildsInput in = {.ids = {&id, 1, true}};
    struct codebuild_BatchGetBuildsOutput out = {0};
    struct call_failure why;
    int r = call_invoke(
            run->call, &run->role, &codebuild_service, "BatchGetBuilds", &in, &out, &why);

    if (r < 0 && r != CALL_FAILED)
        return r;
    if (r == CALL_FAILED)
        *ret = outcome_refused(run->call->arena, "batchGetBuilds", "AWSCodeBuild", &why);
    else if (out.builds.len == 0)
        *ret = outcome_failed("JobFailed", STR("The build is gone"));
    else if (out.builds.items[0].buildComplete.value)
        *ret = outcome_of_build(run->call->arena, &out.builds.items[0]);
    return 0;
}

typedef int read_fn(struct run *run, str id, struct outcome *ret);

static int external_ended(struct call *call, const char *kind, str id, read_fn *read)
{
    struct outcome outcome = {0};
    const struct db_row *row;
    struct run run;
    int r = db_one(call->tx, &row,
            "select id from codepipeline_action where account = $1 and region = $2"
            " and external = $3 and status = 'InProgress'",
            call->account, call->region, str_printf(call->arena, "%s/%.*s", kind, STR_ARG(id)));

    if (r > 0)
        r = run_load(call, row_text(row, 0), &run);
    if (r <= 0)
        return r;
    r = run_assume(&run, &outcome);
    if (r == 0)
        r = read(&run, id, &outcome);
    if (r < 0 || !outcome.status.ptr)
        return r < 0 ? r : 0;
    return run_end_and_advance(&run, &outcome);
}

static int build_changed(struct call *call, const struct event *event)
{
    str status = event_detail_str(call->arena, event, "build-status");
    str arn = event_detail_str(call->arena, event, "build-id");
    ptrdiff_t at = str_find(arn, STR(":build/"));

    if (at < 0 || str_eq(status, STR("IN_PROGRESS")))
        return 0;
    return external_ended(
            call, "codebuild", str_skip(arn, (size_t)at + strlen(":build/")), read_build);
}

static int deployment_changed(struct call *call, const struct event *event)
{
    str state = event_detail_str(call->arena, event, "state");

    if (!str_eq(state, STR("SUCCESS")) && !str_eq(state, STR("FAILURE")) &&
            !str_eq(state, STR("STOP")))
        return 0;
    return external_ended(call, "codedeploy", event_detail_str(call->arena, event, "deploymentId"),
            deployment_read);
}

/* Does any pipeline of the account have a source of this kind? */
static int has_source(struct call *call, const char *provider)
{
    const struct db_row *row;

    return db_one(call->tx, &row,
            "select 1 from codepipeline_source where account = $1 and region = $2 and provider = $3"
            " limit 1",
            call->account, call->region, provider);
}

int pipeline_wants_event(struct call *call, const struct event *event)
{
    if (str_eq(event->source, STR("aws.codecommit")))
        return has_source(call, "CodeCommit");
    if (str_eq(event->source, STR("aws.s3")))
        return has_source(call, "S3");
    return str_eq(event->source, STR("aws.codebuild")) ||
           str_eq(event->source, STR("aws.codedeploy"));
}

int pipeline_on_event(struct call *call, const struct event *event)
{
    if (str_eq(event->source, STR("aws.codecommit")) &&
            str_eq(event->detail_type, STR("CodeCommit Repository State Change")))
        return pushed(call, event);
    if (str_eq(event->source, STR("aws.s3")) && str_eq(event->detail_type, STR("Object Created")))
        return object_created(call, event);
    if (str_eq(event->source, STR("aws.codebuild")) &&
            str_eq(event->detail_type, STR(CODEBUILD_STATE_CHANGE)))
        return build_changed(call, event);
    if (str_eq(event->source, STR("aws.codedeploy")) &&
            str_eq(event->detail_type, STR("CodeDeploy Deployment State-change Notification")))
        return deployment_changed(call, event);
    return 0;
}
