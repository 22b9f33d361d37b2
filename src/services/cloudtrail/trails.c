/*
 * trails - CreateTrail, UpdateTrail, DeleteTrail, and looking at them
 */
#include "services/cloudtrail/chain.h"
#include "services/cloudtrail/forward.h"
#include "services/cloudtrail/selectors.h"

static bool is_true(struct opt_bool flag)
{
    return flag.is_set && flag.value;
}

/* What would be taken and then forgotten. */
struct unsupported {
    str topic;
    struct opt_bool is_organization_trail;
};
#define UNSUPPORTED(in)                                                                            \
    {                                                                                              \
        (in)->SnsTopicName, (in)->IsOrganizationTrail                                              \
    }

static int refuse_unsupported(struct call *call, const struct unsupported *asked)
{
    if (asked->topic.len)
        return call_fail(call, &cloudtrail_UnsupportedOperationException,
                "Notifications by Amazon SNS are not supported by this version of Slipway: leave "
                "out SnsTopicName.");
    if (is_true(asked->is_organization_trail))
        return call_fail(call, &cloudtrail_OrganizationsNotInUseException,
                "Your account is not a member of an organization: leave out IsOrganizationTrail.");
    return 0;
}

/* A member that is empty takes the value away. */
static void set_text(str *value, str wanted)
{
    if (wanted.ptr)
        *value = wanted.len ? wanted : (str){0};
}

static void set_bool(bool *value, struct opt_bool wanted)
{
    if (wanted.is_set)
        *value = wanted.value;
}

/* ---- Creating ------------------------------------------------------------------------------ */

static int check_room(struct call *call, const struct cloudtrail_CreateTrailRequest *in)
{
    const struct trail_name name = {
            call->region, in->Name, trail_arn(call, call->region, in->Name)};
    const struct db_row *row;
    struct trail other;
    int r = trail_find(call, &name, &other);

    if (r > 0)
        return call_fail(call, &cloudtrail_TrailAlreadyExistsException,
                "Trail %.*s already exists for customer: %.*s", STR_ARG(in->Name),
                STR_ARG(call->account));
    if (r == 0)
        r = db_one(call->tx, &row,
                "select count(*) from cloudtrail_trail where account = $1 and (region = $2 or "
                "is_multi_region = 1)",
                call->account, call->region);
    if (r < 0)
        return r;
    if (row_int(row, 0) >= TRAIL_MAX)
        return call_fail(call, &cloudtrail_MaximumNumberOfTrailsExceededException,
                "User: %.*s already has %d trails in %.*s.", STR_ARG(call->account), TRAIL_MAX,
                STR_ARG(call->region));
    return 0;
}

int cloudtrail_CreateTrail(struct call *call, const struct cloudtrail_CreateTrailRequest *in,
        struct cloudtrail_CreateTrailResponse *out)
{
    struct trail trail = {
            .account = call->account,
            .region = call->region,
            .name = in->Name,
            .arn = trail_arn(call, call->region, in->Name),
            .bucket = in->S3BucketName,
            .has_global = true,
    };
    const struct unsupported unsupported = UNSUPPORTED(in);
    int r = trail_name_check(call, in->Name);

    set_text(&trail.prefix, in->S3KeyPrefix);
    set_text(&trail.kms_key, in->KmsKeyId);
    set_bool(&trail.has_global, in->IncludeGlobalServiceEvents);
    set_bool(&trail.is_multi_region, in->IsMultiRegionTrail);
    set_bool(&trail.has_validation, in->EnableLogFileValidation);
    if (r < 0 || (r = refuse_unsupported(call, &unsupported)) < 0 ||
            (r = check_room(call, in)) < 0 || (r = trail_check(call, &trail)) < 0 ||
            (r = forward_set(
                     call, &trail, in->CloudWatchLogsLogGroupArn, in->CloudWatchLogsRoleArn)) < 0 ||
            (r = trail_insert(call, &trail)) < 0 ||
            (r = trail_put_tags(call, &trail, &in->TagsList)) < 0)
        return r;
    *out = (struct cloudtrail_CreateTrailResponse){
            .Name = trail.name,
            .S3BucketName = trail.bucket,
            .S3KeyPrefix = trail.prefix,
            .IncludeGlobalServiceEvents = SOME_BOOL(trail.has_global),
            .IsMultiRegionTrail = SOME_BOOL(trail.is_multi_region),
            .TrailARN = trail.arn,
            .LogFileValidationEnabled = SOME_BOOL(trail.has_validation),
            .CloudWatchLogsLogGroupArn = trail.log_group,
            .CloudWatchLogsRoleArn = trail.log_role,
            .KmsKeyId = trail.kms_key,
            .IsOrganizationTrail = SOME_BOOL(false),
    };
    return 0;
}

/* ---- Changing ------------------------------------------------------------------------------ */

int cloudtrail_UpdateTrail(struct call *call, const struct cloudtrail_UpdateTrailRequest *in,
        struct cloudtrail_UpdateTrailResponse *out)
{
    const struct unsupported unsupported = UNSUPPORTED(in);
    struct trail trail;
    int r = trail_open_home(call, in->Name, &trail);

    if (r < 0 || (r = refuse_unsupported(call, &unsupported)) < 0)
        return r;
    set_text(&trail.bucket, in->S3BucketName.len ? in->S3BucketName : (str){0});
    set_text(&trail.prefix, in->S3KeyPrefix);
    set_text(&trail.kms_key, in->KmsKeyId);
    set_bool(&trail.has_global, in->IncludeGlobalServiceEvents);
    set_bool(&trail.is_multi_region, in->IsMultiRegionTrail);
    set_bool(&trail.has_validation, in->EnableLogFileValidation);
    if ((r = trail_check(call, &trail)) < 0 ||
            (r = forward_set(
                     call, &trail, in->CloudWatchLogsLogGroupArn, in->CloudWatchLogsRoleArn)) < 0 ||
            (r = trail_update(call, &trail)) < 0 || (r = forward_plan(call, &trail)) < 0 ||
            (r = chain_begin(call->server->queue, call->tx, &trail, trail.region, call->now)) < 0)
        return r;
    *out = (struct cloudtrail_UpdateTrailResponse){
            .Name = trail.name,
            .S3BucketName = trail.bucket,
            .S3KeyPrefix = trail.prefix,
            .IncludeGlobalServiceEvents = SOME_BOOL(trail.has_global),
            .IsMultiRegionTrail = SOME_BOOL(trail.is_multi_region),
            .TrailARN = trail.arn,
            .LogFileValidationEnabled = SOME_BOOL(trail.has_validation),
            .CloudWatchLogsLogGroupArn = trail.log_group,
            .CloudWatchLogsRoleArn = trail.log_role,
            .KmsKeyId = trail.kms_key,
            .IsOrganizationTrail = SOME_BOOL(false),
    };
    return 0;
}

int cloudtrail_DeleteTrail(struct call *call, const struct cloudtrail_DeleteTrailRequest *in,
        struct cloudtrail_DeleteTrailResponse *out)
{
    struct trail trail;
    int r = trail_open_home(call, in->Name, &trail);

    (void)out;
    return r < 0 ? r : trail_delete(call, &trail);
}

/* ---- Looking ------------------------------------------------------------------------------- */

static struct cloudtrail_Trail describe(const struct trail *trail)
{
    return (struct cloudtrail_Trail){
            .Name = trail->name,
            .S3BucketName = trail->bucket,
            .S3KeyPrefix = trail->prefix,
            .IncludeGlobalServiceEvents = SOME_BOOL(trail->has_global),
            .IsMultiRegionTrail = SOME_BOOL(trail->is_multi_region),
            .HomeRegion = trail->region,
            .TrailARN = trail->arn,
            .LogFileValidationEnabled = SOME_BOOL(trail->has_validation),
            .CloudWatchLogsLogGroupArn = trail->log_group,
            .CloudWatchLogsRoleArn = trail->log_role,
            .KmsKeyId = trail->kms_key,
            .HasCustomEventSelectors = SOME_BOOL(selectors_are_custom(trail->selectors)),
            .HasInsightSelectors = SOME_BOOL(false),
            .IsOrganizationTrail = SOME_BOOL(false),
    };
}

int cloudtrail_GetTrail(struct call *call, const struct cloudtrail_GetTrailRequest *in,
        struct cloudtrail_GetTrailResponse *out)
{
    struct trail trail;
    int r = trail_open(call, in->Name, &trail);

    if (r < 0)
        return r;
    out->Trail = arena_new(call->arena, struct cloudtrail_Trail);
    *out->Trail = describe(&trail);
    return 0;
}

static bool is_shadow(const struct call *call, const struct trail *trail)
{
    return !str_eq(trail->region, call->region);
}

static int describe_all(struct call *call, bool has_shadows, struct cloudtrail_TrailList *ret)
{
    struct trails trails;
    int r = trail_list(call, call->region, &trails);

    if (r < 0)
        return r;
    ret->items = arena_array(call->arena, trails.len, struct cloudtrail_Trail);
    for (size_t i = 0; i < trails.len; i++)
        if (has_shadows || !is_shadow(call, &trails.items[i]))
            ret->items[ret->len++] = describe(&trails.items[i]);
    return 0;
}

/* Who asks for names gets those that are there. */
int cloudtrail_DescribeTrails(struct call *call, const struct cloudtrail_DescribeTrailsRequest *in,
        struct cloudtrail_DescribeTrailsResponse *out)
{
    bool has_shadows = !in->includeShadowTrails.is_set || in->includeShadowTrails.value;
    const struct str_list *names = (const struct str_list *)&in->trailNameList;
    int r = 0;

    out->trailList.is_set = true;
    if (names->len == 0)
        return describe_all(call, has_shadows, &out->trailList);
    out->trailList.items = arena_array(call->arena, names->len, struct cloudtrail_Trail);
    for (size_t i = 0; i < names->len && r >= 0; i++) {
        struct trail_name name;
        struct trail trail;

        r = trail_name_parse(call, names->items[i], &name);
        if (r >= 0)
            r = trail_find(call, &name, &trail);
        if (r > 0 && (has_shadows || !is_shadow(call, &trail)))
            out->trailList.items[out->trailList.len++] = describe(&trail);
    }
    return r < 0 ? r : 0;
}

/* Those of all regions: a handful, in one answer. */
int cloudtrail_ListTrails(struct call *call, const struct cloudtrail_ListTrailsRequest *in,
        struct cloudtrail_ListTrailsResponse *out)
{
    struct trails trails;
    int r = page_refuse(call, in->NextToken, &error_Validation);

    if (r < 0 || (r = trail_list(call, (str){0}, &trails)) < 0)
        return r;
    out->Trails.is_set = true;
    out->Trails.items = arena_array(call->arena, trails.len, struct cloudtrail_TrailInfo);
    for (; out->Trails.len < trails.len; out->Trails.len++)
        out->Trails.items[out->Trails.len] = (struct cloudtrail_TrailInfo){
                .TrailARN = trails.items[out->Trails.len].arn,
                .Name = trails.items[out->Trails.len].name,
                .HomeRegion = trails.items[out->Trails.len].region,
        };
    return 0;
}
