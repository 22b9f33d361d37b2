/* Revisions of applications: bundles in S3 that are deployed, or were registered to be. */
#include "services/codedeploy/application.h"

#include "base/buf.h"

static int refuse_kind(struct call *call, const struct codedeploy_RevisionLocation *revision)
{
    if (revision->gitHubLocation || str_eq(revision->revisionType, STR("GitHub")))
        return call_fail(call, &codedeploy_InvalidRevisionException,
                "Revisions from GitHub are not supported by this version of Slipway: put the "
                "bundle into S3.");
    if (revision->string || revision->appSpecContent ||
            str_eq(revision->revisionType, STR("String")) ||
            str_eq(revision->revisionType, STR("AppSpecContent")))
        return call_fail(call, &codedeploy_InvalidRevisionException,
                "Revisions of the type %.*s are for Lambda and ECS, which are not supported by "
                "this version of Slipway.",
                STR_ARG(revision->revisionType));
    return 0;
}

int deploy_revision_check(struct call *call, const struct codedeploy_RevisionLocation *revision)
{
    const struct codedeploy_S3Location *s3;
    int r;

    if (!revision)
        return call_fail(call, &codedeploy_RevisionRequiredException,
                "Revision location must be specified.");
    if ((r = refuse_kind(call, revision)) < 0)
        return r;
    s3 = revision->s3Location;
    if (!s3 || !s3->bucket.len || !s3->key.len)
        return call_fail(call, &codedeploy_InvalidRevisionException,
                "The S3 location needs a bucket and a key.");
    if (!str_eq(s3->bundleType, STR("tar")) && !str_eq(s3->bundleType, STR("tgz")) &&
            !str_eq(s3->bundleType, STR("zip")))
        return call_fail(call, &codedeploy_InvalidRevisionException,
                "The bundle type must be tar, tgz or zip for the compute platform Server.");
    return 0;
}

static str s3_text(struct arena *arena, const struct codedeploy_S3Location *s3)
{
    const struct codedeploy_RevisionLocation bare = {
            .revisionType = STR("S3"), .s3Location = (struct codedeploy_S3Location *)s3};

    return shape_to_json(arena, codedeploy_type_RevisionLocation, &bare);
}

str deploy_revision_key(struct arena *arena, const struct codedeploy_RevisionLocation *revision)
{
    return s3_text(arena, revision->s3Location);
}

/* ---- Rows ---------------------------------------------------------------------------------------
 */

static int put(struct call *call, str application_id,
        const struct codedeploy_RevisionLocation *revision, str description)
{
    int r = db_exec(call->tx,
            "insert into codedeploy_revision (application_id, location, bucket, key, description, "
            "registered) values ($1, $2, $3, $4, $5, $6)"
            " on conflict (application_id, location) do update set description = "
            "coalesce(excluded.description, codedeploy_revision.description)",
            application_id, deploy_revision_key(call->arena, revision),
            revision->s3Location->bucket, revision->s3Location->key, description, call->now);

    return r < 0 ? r : 0;
}

int deploy_revision_use(
        struct call *call, str application_id, const struct codedeploy_RevisionLocation *revision)
{
    int r = put(call, application_id, revision, (str){0});

    if (r >= 0)
        r = db_exec(call->tx,
                "update codedeploy_revision set last_used = $3, first_used = coalesce(first_used, "
                "$3) where application_id = $1 and location = $2",
                application_id, deploy_revision_key(call->arena, revision), call->now);
    return r < 0 ? r : 0;
}

/* ---- Operations
 * ----------------------------------------------------------------------------------- */

int codedeploy_RegisterApplicationRevision(
        struct call *call, const struct codedeploy_RegisterApplicationRevisionInput *in, void *out)
{
    struct application application;
    int r = deploy_revision_check(call, in->revision);

    (void)out;
    if (r < 0 || (r = application_find(call, in->applicationName, &application)) < 0)
        return r;
    if (in->description.len > 256)
        return call_fail(call, &codedeploy_DescriptionTooLongException,
                "The description is longer than 256 characters.");
    return put(call, application.id, in->revision, in->description);
}

static struct opt_time time_of(const struct db_row *row, size_t column)
{
    return (struct opt_time){
            !row_is_null(row, column), row_is_null(row, column) ? 0 : row_int(row, column)};
}

/* The groups whose last success it is. */
static int groups_of(struct call *call, const struct application *application, str location,
        struct str_list *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select g.name, d.declaration from codedeploy_group g join codedeploy_deployment d on "
            "d.id = g.last_successful"
            " where g.application_id = $1 order by g.name limit $2",
            application->id, DB_MAX_ROWS);

    if (r < 0)
        return r;
    *ret = (struct str_list){arena_array(call->arena, rows.len, str), 0, true};
    for (size_t i = 0; i < rows.len; i++) {
        struct codedeploy_DeploymentInfo info = {0};
        r = shape_from_json(call->arena, codedeploy_type_DeploymentInfo,
                row_text(&rows.items[i], 1), &info, &call->tx->error);
        if (r < 0)
            return r;
        if (info.revision && str_eq(deploy_revision_key(call->arena, info.revision), location))
            ret->items[ret->len++] = row_text(&rows.items[i], 0);
    }
    return 0;
}

int codedeploy_GetApplicationRevision(struct call *call,
        const struct codedeploy_GetApplicationRevisionInput *in,
        struct codedeploy_GetApplicationRevisionOutput *out)
{
    struct application application;
    const struct db_row *row;
    int r = deploy_revision_check(call, in->revision);

    if (r < 0 || (r = application_find(call, in->applicationName, &application)) < 0)
        return r;
    str location = deploy_revision_key(call->arena, in->revision);
    r = db_one(call->tx, &row,
            "select description, registered, first_used, last_used from codedeploy_revision where "
            "application_id = $1 and location = $2",
            application.id, location);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_RevisionDoesNotExistException,
                "No revision found for the application %.*s at s3://%.*s/%.*s",
                STR_ARG(application.name), STR_ARG(in->revision->s3Location->bucket),
                STR_ARG(in->revision->s3Location->key));
    out->applicationName = application.name;
    out->revision = in->revision;
    out->revisionInfo = arena_new(call->arena, struct codedeploy_GenericRevisionInfo);
    *out->revisionInfo = (struct codedeploy_GenericRevisionInfo){.description = row_text(row, 0),
            .registerTime = time_of(row, 1),
            .firstUsedTime = time_of(row, 2),
            .lastUsedTime = time_of(row, 3)};
    return groups_of(call, &application, location, &out->revisionInfo->deploymentGroups);
}

/* ---- The list
 * --------------------------------------------------------------------------------------- */

struct listed {
    struct codedeploy_RevisionLocation location;
    int64_t times[3]; /* registered, first used, last used; 0: never */
    size_t sort;
    bool is_descending;
};

static int by_time(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int64_t p = x->times[x->sort], q = y->times[y->sort];
    int order = p < q ? -1 : p > q;

    if (order == 0) /* a total order, so that pages do not overlap */
        order = str_cmp(x->location.s3Location->key, y->location.s3Location->key);
    return x->is_descending ? -order : order;
}

static int check_list(struct call *call, const struct codedeploy_ListApplicationRevisionsInput *in)
{
    if (in->s3KeyPrefix.ptr && !in->s3Bucket.ptr)
        return call_fail(call, &codedeploy_BucketNameFilterRequiredException,
                "A bucket name is required, but was not provided.");
    return 0;
}

static int target_keys(struct call *call, const struct application *application, str deployed,
        str location, bool *ret)
{
    struct str_list groups;
    int r;

    *ret = true;
    if (!deployed.ptr || str_eq(deployed, STR("ignore")))
        return 0;
    if ((r = groups_of(call, application, location, &groups)) < 0)
        return r;
    *ret = str_eq(deployed, STR("include")) == (groups.len > 0);
    return 0;
}

static int load_all(struct call *call, const struct application *application,
        const struct codedeploy_ListApplicationRevisionsInput *in, struct listed **ret,
        size_t *ret_len)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select location, registered, first_used, last_used from codedeploy_revision where "
            "application_id = $1"
            " and ($2 = '' or bucket = $2) and substr(key, 1, length($3)) = $3 order by location "
            "limit $4",
            application->id, in->s3Bucket.ptr ? in->s3Bucket : STR(""),
            in->s3KeyPrefix.ptr ? in->s3KeyPrefix : STR(""), DB_MAX_ROWS);
    struct listed *items;
    size_t n = 0;

    if (r < 0)
        return r;
    items = arena_array(call->arena, rows.len, struct listed);
    for (size_t i = 0; i < rows.len; i++) {
        const struct db_row *row = &rows.items[i];
        struct listed *item = &items[n];
        bool is_wanted;
        memset(item, 0, sizeof(*item));
        if ((r = shape_from_json(call->arena, codedeploy_type_RevisionLocation, row_text(row, 0),
                     &item->location, &call->tx->error)) < 0 ||
                (r = target_keys(call, application, in->deployed, row_text(row, 0), &is_wanted)) <
                        0)
            return r;
        for (size_t t = 0; t < 3; t++)
            item->times[t] = time_of(row, t + 1).ms;
        item->sort = str_eq(in->sortBy, STR("firstUsedTime"))  ? 1
                     : str_eq(in->sortBy, STR("lastUsedTime")) ? 2
                                                               : 0;
        item->is_descending = str_eq(in->sortOrder, STR("descending"));
        n += is_wanted;
    }
    qsort(items, n, sizeof(*items), by_time);
    *ret = items;
    *ret_len = n;
    return 0;
}

int codedeploy_ListApplicationRevisions(struct call *call,
        const struct codedeploy_ListApplicationRevisionsInput *in,
        struct codedeploy_ListApplicationRevisionsOutput *out)
{
    struct application application;
    struct listed *items;
    size_t len;
    int64_t from = 0;
    str after;
    int r = check_list(call, in);

    if (r < 0 || (r = application_find(call, in->applicationName, &application)) < 0 ||
            (r = deploy_names_after(call, in->nextToken, &after)) < 0)
        return r;
    if (after.len && (str_to_i64(after, &from) < 0 || from < 0))
        return call_fail(
                call, &codedeploy_InvalidNextTokenException, "The next token is not valid.");
    if ((r = load_all(call, &application, in, &items, &len)) < 0)
        return r;
    out->revisions.is_set = true;
    out->revisions.items =
            arena_array(call->arena, CODEDEPLOY_PAGE, struct codedeploy_RevisionLocation);
    for (size_t i = (size_t)from; i < len && out->revisions.len < CODEDEPLOY_PAGE; i++)
        out->revisions.items[out->revisions.len++] = items[i].location;
    if ((size_t)from + CODEDEPLOY_PAGE < len)
        out->nextToken = page_seal(
                call, str_printf(call->arena, "%lld", (long long)(from + CODEDEPLOY_PAGE)));
    return 0;
}
