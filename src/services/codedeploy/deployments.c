/* Looking at deployments. */
#include "services/codedeploy/deployment.h"

/* How many targets are in which status. */
static int load_overview(struct call *call, struct deployment *d)
{
    struct codedeploy_DeploymentOverview *o =
            arena_new(call->arena, struct codedeploy_DeploymentOverview);
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select status, count(*) from codedeploy_target where deployment_id = $1 group by "
            "status",
            d->id);

    if (r < 0 || rows.len == 0)
        return r < 0 ? r : 0;
    *o = (struct codedeploy_DeploymentOverview){
            SOME_INT(0), SOME_INT(0), SOME_INT(0), SOME_INT(0), SOME_INT(0), SOME_INT(0)};
    for (size_t i = 0; i < rows.len; i++) {
        str status = row_text(&rows.items[i], 0);
        struct opt_int n = SOME_INT(row_int(&rows.items[i], 1));
        if (str_eq(status, STR("Pending")))
            o->Pending = n;
        else if (str_eq(status, STR("InProgress")))
            o->InProgress = n;
        else if (str_eq(status, STR("Succeeded")))
            o->Succeeded = n;
        else if (str_eq(status, STR("Failed")))
            o->Failed = n;
        else
            o->Skipped = n;
    }
    d->info->deploymentOverview = o;
    return 0;
}

static int may_see(struct call *call, const char *action, const struct deployment *d)
{
    return authorize(call, str_of(action),
            deploy_group_arn(call, d->info->applicationName, d->info->deploymentGroupName));
}

int codedeploy_GetDeployment(struct call *call, const struct codedeploy_GetDeploymentInput *in,
        struct codedeploy_GetDeploymentOutput *out)
{
    struct deployment d;
    int r = deployment_find(call, in->deploymentId, &d);

    if (r < 0 || (r = may_see(call, "codedeploy:GetDeployment", &d)) < 0 ||
            (r = load_overview(call, &d)) < 0)
        return r;
    out->deploymentInfo = d.info;
    return 0;
}

int codedeploy_BatchGetDeployments(struct call *call,
        const struct codedeploy_BatchGetDeploymentsInput *in,
        struct codedeploy_BatchGetDeploymentsOutput *out)
{
    if (in->deploymentIds.len > CODEDEPLOY_MAX_BATCH)
        return call_fail(call, &codedeploy_BatchLimitExceededException,
                "The maximum number of names or IDs allowed for this request is %d.",
                CODEDEPLOY_MAX_BATCH);
    out->deploymentsInfo.is_set = true;
    out->deploymentsInfo.items =
            arena_array(call->arena, in->deploymentIds.len, struct codedeploy_DeploymentInfo);
    for (size_t i = 0; i < in->deploymentIds.len; i++) {
        struct deployment d;
        int r = deployment_load(call, in->deploymentIds.items[i], &d);
        if (r == 0)
            continue;
        if (r < 0 || (r = may_see(call, "codedeploy:BatchGetDeployments", &d)) < 0 ||
                (r = load_overview(call, &d)) < 0)
            return r;
        out->deploymentsInfo.items[out->deploymentsInfo.len++] = *d.info;
    }
    return 0;
}

/* ---- The list, newest first
 * --------------------------------------------------------------------------- */

struct list_filter {
    str group;    /* absent: the account's */
    str statuses; /* "" for all, or "|Failed|Stopped|" */
    int64_t start, end;
    int64_t before; /* the position: created and id of the last one told */
    str before_id;
};

static int read_position(struct call *call, str token, struct list_filter *filter)
{
    str position, created;
    int r = deploy_names_after(call, token, &position);

    filter->before = INT64_MAX;
    filter->before_id = STR("");
    if (r < 0 || !position.len)
        return r;
    if (!str_cut(&position, '/', &created) || str_to_i64(created, &filter->before) < 0)
        return call_fail(
                call, &codedeploy_InvalidNextTokenException, "The next token is not valid.");
    filter->before_id = position;
    return 0;
}

static int read_filter(struct call *call, const struct codedeploy_ListDeploymentsInput *in,
        struct list_filter *filter)
{
    struct buf statuses = buf_make(call->arena, 4096);
    struct group group = {0};
    int r = 0;

    if (in->deploymentGroupName.ptr && !in->applicationName.ptr)
        return call_fail(call, &codedeploy_ApplicationNameRequiredException,
                "Application name must be specified.");
    if (in->applicationName.ptr && !in->deploymentGroupName.ptr)
        return call_fail(call, &codedeploy_DeploymentGroupNameRequiredException,
                "Deployment group name must be specified.");
    if (in->deploymentGroupName.ptr &&
            (r = deploy_group_find(call, in->applicationName, in->deploymentGroupName, &group)) < 0)
        return r;
    buf_char(&statuses, '|');
    for (size_t i = 0; i < in->includeOnlyStatuses.len; i++)
        buf_printf(&statuses, "%.*s|", STR_ARG(in->includeOnlyStatuses.items[i]));
    filter->group = group.id;
    filter->statuses = in->includeOnlyStatuses.len ? buf_str(&statuses) : STR("");
    filter->end = INT64_MAX;
    if (in->createTimeRange) {
        filter->start = in->createTimeRange->start.is_set ? in->createTimeRange->start.ms : 0;
        filter->end = in->createTimeRange->end.is_set ? in->createTimeRange->end.ms : INT64_MAX;
    }
    if (filter->start > filter->end)
        return call_fail(call, &codedeploy_InvalidTimeRangeException,
                "The specified time range was specified in an invalid format: it ends before it "
                "starts.");
    return read_position(call, in->nextToken, filter);
}

#define PAGE                                                                                       \
    " and created >= $3 and created <= $4 and (created < $5 or id < $6)"                           \
    " and ($7 = '' or $7 like '%|' || status || '|%') order by created desc, id desc limit $8"

/* One range of an index of the group's, or of the account's. */
static int query_page(struct call *call, const struct list_filter *f, struct db_rows *ret)
{
    int64_t end = f->end < f->before ? f->end : f->before;

    if (f->group.ptr)
        return db_query(call->tx, ret,
                "select id, created from codedeploy_deployment where group_id = $1 and region = "
                "$2" PAGE,
                f->group, call->region, f->start, end, f->before, f->before_id, f->statuses,
                CODEDEPLOY_PAGE + 1);
    return db_query(call->tx, ret,
            "select id, created from codedeploy_deployment where account = $1 and region = $2" PAGE,
            call->account, call->region, f->start, end, f->before, f->before_id, f->statuses,
            CODEDEPLOY_PAGE + 1);
}

int codedeploy_ListDeployments(struct call *call, const struct codedeploy_ListDeploymentsInput *in,
        struct codedeploy_ListDeploymentsOutput *out)
{
    struct list_filter f = {0};
    struct db_rows rows;
    int r = read_filter(call, in, &f);

    if (r < 0)
        return r;
    if (in->externalId.ptr)
        return call_fail(call, &codedeploy_InvalidExternalIdException,
                "Deployments by external ids are not supported by this version of Slipway.");
    r = query_page(call, &f, &rows);
    if (r < 0)
        return r;
    deploy_names_page(call, &rows, &out->deployments, &out->nextToken);
    if (out->nextToken.ptr) {
        const struct db_row *last = &rows.items[CODEDEPLOY_PAGE - 1];
        out->nextToken =
                page_seal(call, str_printf(call->arena, "%lld/%.*s", (long long)row_int(last, 1),
                                        STR_ARG(row_text(last, 0))));
    }
    return 0;
}
