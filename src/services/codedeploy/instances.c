/* On-premises instances: registered hosts, their tags, and which of them a group means. */
#include "services/codedeploy/application.h"

#include "base/random.h"
#include "services/codedeploy/selection.h"

enum {
    INSTANCE_TAGS_MAX = 10,
    ARN_SUFFIX = 10,
    BATCH_TAG_MAX = 100,
};

/* ---- Rows
 * ---------------------------------------------------------------------------------------- */

#define INSTANCE_COLUMNS                                                                           \
    "name, arn, iam_user_arn, iam_session_arn, registered, deregistered from codedeploy_instance"

static int load_tags(struct call *call, str name, struct codedeploy_TagList *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select name, value from codedeploy_instance_tag where account = $1 and region = $2 "
            "and instance = $3 order by name limit $4",
            call->account, call->region, name, INSTANCE_TAGS_MAX);

    if (r < 0)
        return r;
    *ret = (struct codedeploy_TagList){
            arena_array(call->arena, rows.len, struct codedeploy_Tag), rows.len, true};
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] =
                (struct codedeploy_Tag){row_text(&rows.items[i], 0), row_text(&rows.items[i], 1)};
    return 0;
}

/* 1 and the instance, also a deregistered one; 0 there is none. */
static int load(struct call *call, str name, struct codedeploy_InstanceInfo *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " INSTANCE_COLUMNS " where account = $1 and region = $2 and name = $3",
            call->account, call->region, name);

    if (r <= 0)
        return r;
    *ret = (struct codedeploy_InstanceInfo){
            .instanceName = row_text(row, 0),
            .instanceArn = row_text(row, 1),
            .iamUserArn = row_text(row, 2),
            .iamSessionArn = row_text(row, 3),
            .registerTime = SOME_TIME(row_int(row, 4)),
            .deregisterTime = {!row_is_null(row, 5), row_is_null(row, 5) ? 0 : row_int(row, 5)},
    };
    r = load_tags(call, name, &ret->tags);
    return r < 0 ? r : 1;
}

static str instance_resource(struct call *call, str name)
{
    return arn_make(call, "codedeploy", str_printf(call->arena, "instance:%.*s", STR_ARG(name)));
}

struct instance instance_of(const struct db_row *row)
{
    return (struct instance){row_text(row, 0), row_text(row, 1),
            row_text(row, 2).ptr ? row_text(row, 2) : row_text(row, 3)};
}

int instance_of_principal(struct call *call, struct instance *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " INSTANCE_COLUMNS " where account = $1 and region = $2 and deregistered is "
            "null and (iam_user_arn = $3 or iam_session_arn = $3)",
            call->account, call->region, call->principal->arn);

    if (r > 0)
        *ret = instance_of(row);
    return r;
}

int instances_of_group(struct call *call, const struct codedeploy_DeploymentGroupInfo *group,
        size_t max, struct instances *ret)
{
    const struct codedeploy_OnPremisesTagSetList *list =
            group->onPremisesTagSet ? &group->onPremisesTagSet->onPremisesTagSetList : NULL;
    bool has_list = list && list->len;
    struct selection selection;
    int r;

    selection_init(&selection, call, has_list ? list->items : &group->onPremisesInstanceTagFilters,
            has_list ? list->len : 1, STR(""));
    *ret = (struct instances){arena_array(call->arena, max, struct instance), 0};
    do {
        r = ret->len < max ? selection_next(&selection, &ret->items[ret->len]) : 0;
        ret->len += r > 0;
    } while (r > 0);
    return r;
}

/* ---- Registration
 * ---------------------------------------------------------------------------------- */

static int check_host(
        struct call *call, const struct codedeploy_RegisterOnPremisesInstanceInput *in)
{
    struct arn arn;

    if (!in->iamUserArn.ptr && !in->iamSessionArn.ptr)
        return call_fail(call, &codedeploy_IamArnRequiredException,
                "No IAM ARN was included in the request. You must use an IAM session ARN or user "
                "ARN in the request.");
    if (in->iamUserArn.ptr && in->iamSessionArn.ptr)
        return call_fail(call, &codedeploy_MultipleIamArnsProvidedException,
                "Both an IAM user ARN and an IAM session ARN were included in the request. Use "
                "only one ARN type.");
    if (in->iamUserArn.ptr &&
            (arn_parse(in->iamUserArn, &arn) < 0 || !str_eq(arn.service, STR("iam")) ||
                    !str_eq(arn.account, call->account) || !str_starts(arn.resource, STR("user/"))))
        return call_fail(call, &codedeploy_InvalidIamUserArnException,
                "The IAM user ARN is not valid: %.*s", STR_ARG(in->iamUserArn));
    if (in->iamSessionArn.ptr &&
            (arn_parse(in->iamSessionArn, &arn) < 0 || !str_eq(arn.service, STR("sts")) ||
                    !str_eq(arn.account, call->account) ||
                    !str_starts(arn.resource, STR("assumed-role/"))))
        return call_fail(call, &codedeploy_InvalidIamSessionArnException,
                "The IAM session ARN is not valid: %.*s", STR_ARG(in->iamSessionArn));
    return 0;
}

static int refuse_taken(
        struct call *call, const struct codedeploy_RegisterOnPremisesInstanceInput *in)
{
    str host = in->iamUserArn.ptr ? in->iamUserArn : in->iamSessionArn;
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select count(*) from codedeploy_instance where region = $1 and deregistered is null "
            "and (iam_user_arn = $2 or iam_session_arn = $2)",
            call->region, host);

    if (r < 0 || row_int(row, 0) == 0)
        return r < 0 ? r : 0;
    if (in->iamUserArn.ptr)
        return call_fail(call, &codedeploy_IamUserArnAlreadyRegisteredException,
                "The on-premises instance could not be registered because the request included an "
                "IAM user ARN that has already been used to register an instance: %.*s",
                STR_ARG(host));
    return call_fail(call, &codedeploy_IamSessionArnAlreadyRegisteredException,
            "The on-premises instance could not be registered because the request included an IAM "
            "session ARN that has already been used to register an instance: %.*s",
            STR_ARG(host));
}

int codedeploy_RegisterOnPremisesInstance(
        struct call *call, const struct codedeploy_RegisterOnPremisesInstanceInput *in, void *out)
{
    struct codedeploy_InstanceInfo old;
    str name = in->instanceName,
        suffix = random_id(call->arena, STR(""), RANDOM_BASE62, ARN_SUFFIX);
    int r = 0;

    (void)out;
    if (!is_deploy_name(name))
        return call_fail(call, &codedeploy_InvalidInstanceNameException,
                "The on-premises instance name is not valid: %.*s", STR_ARG(name));
    if ((r = check_host(call, in)) < 0 || (r = load(call, name, &old)) < 0)
        return r;
    if (r > 0 && !old.deregisterTime.is_set)
        return call_fail(call, &codedeploy_InstanceNameAlreadyRegisteredException,
                "The on-premises instance name is already registered: %.*s", STR_ARG(name));
    if ((r = refuse_taken(call, in)) < 0)
        return r;
    r = db_exec(call->tx,
            "insert into codedeploy_instance (account, region, name, arn, iam_user_arn, "
            "iam_session_arn, registered)"
            " values ($1, $2, $3, $4, $5, $6, $7) on conflict (account, region, name) do update "
            "set arn = excluded.arn,"
            " iam_user_arn = excluded.iam_user_arn, iam_session_arn = excluded.iam_session_arn, "
            "registered = excluded.registered,"
            " deregistered = null",
            call->account, call->region, name,
            arn_make(call, "codedeploy",
                    str_printf(call->arena, "instance/%.*s_%.*s", STR_ARG(name), STR_ARG(suffix))),
            in->iamUserArn, in->iamSessionArn, call->now);
    return r < 0 ? r : 0;
}

static int find_registered(struct call *call, str name)
{
    struct codedeploy_InstanceInfo info;
    int r = load(call, name, &info);

    if (r == 0 || (r > 0 && info.deregisterTime.is_set))
        return call_fail(call, &codedeploy_InstanceNotRegisteredException,
                "The on-premises instance is not registered: %.*s", STR_ARG(name));
    return r < 0 ? r : 0;
}

int codedeploy_DeregisterOnPremisesInstance(
        struct call *call, const struct codedeploy_DeregisterOnPremisesInstanceInput *in, void *out)
{
    int r;

    (void)out;
    if (!is_deploy_name(in->instanceName))
        return call_fail(call, &codedeploy_InvalidInstanceNameException,
                "The on-premises instance name is not valid: %.*s", STR_ARG(in->instanceName));
    r = db_exec(call->tx,
            "update codedeploy_instance set deregistered = $4 where account = $1 and region = $2 "
            "and name = $3 and deregistered is null",
            call->account, call->region, in->instanceName, call->now);
    if (r >= 0)
        r = db_exec(call->tx,
                "delete from codedeploy_instance_tag where account = $1 and region = $2 and "
                "instance = $3",
                call->account, call->region, in->instanceName);
    return r < 0 ? r : 0;
}

/* ---- Reading
 * ------------------------------------------------------------------------------------------ */

int codedeploy_GetOnPremisesInstance(struct call *call,
        const struct codedeploy_GetOnPremisesInstanceInput *in,
        struct codedeploy_GetOnPremisesInstanceOutput *out)
{
    int r;

    if (!is_deploy_name(in->instanceName))
        return call_fail(call, &codedeploy_InvalidInstanceNameException,
                "The on-premises instance name is not valid: %.*s", STR_ARG(in->instanceName));
    out->instanceInfo = arena_new(call->arena, struct codedeploy_InstanceInfo);
    r = load(call, in->instanceName, out->instanceInfo);
    if (r == 0)
        return call_fail(call, &codedeploy_InstanceNotRegisteredException,
                "The on-premises instance is not registered: %.*s", STR_ARG(in->instanceName));
    return r < 0 ? r : 0;
}

int codedeploy_BatchGetOnPremisesInstances(struct call *call,
        const struct codedeploy_BatchGetOnPremisesInstancesInput *in,
        struct codedeploy_BatchGetOnPremisesInstancesOutput *out)
{
    if (in->instanceNames.len > CODEDEPLOY_MAX_BATCH)
        return call_fail(call, &codedeploy_BatchLimitExceededException,
                "The maximum number of names or IDs allowed for this request is %d.",
                CODEDEPLOY_MAX_BATCH);
    out->instanceInfos.is_set = true;
    out->instanceInfos.items =
            arena_array(call->arena, in->instanceNames.len, struct codedeploy_InstanceInfo);
    for (size_t i = 0; i < in->instanceNames.len; i++) {
        str name = in->instanceNames.items[i];
        int r = authorize(
                call, STR("codedeploy:BatchGetOnPremisesInstances"), instance_resource(call, name));
        if (r < 0 || (r = load(call, name, &out->instanceInfos.items[out->instanceInfos.len])) < 0)
            return r;
        out->instanceInfos.len += r > 0;
    }
    return 0;
}

static int list_all(struct call *call, bool wants_gone, str after,
        struct codedeploy_ListOnPremisesInstancesOutput *out)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            wants_gone ? "select name from codedeploy_instance where account = $1 and region = $2 "
                         "and name > $3 and deregistered is not null"
                         " order by name limit $4"
                       : "select name from codedeploy_instance where account = $1 and region = $2 "
                         "and name > $3 and deregistered is null"
                         " order by name limit $4",
            call->account, call->region, after, CODEDEPLOY_PAGE + 1);

    if (r < 0)
        return r;
    deploy_names_page(call, &rows, &out->instanceNames, &out->nextToken);
    return 0;
}

static int check_list_filters(struct call *call, const struct codedeploy_TagFilterList *filters)
{
    if (filters->len > CODEDEPLOY_MAX_FILTERS)
        return call_fail(call, &codedeploy_InvalidTagFilterException,
                "A request cannot have more than %d tag filters.", CODEDEPLOY_MAX_FILTERS);
    for (size_t i = 0; i < filters->len; i++)
        if (!filters->items[i].Type.ptr)
            return call_fail(call, &codedeploy_InvalidTagFilterException,
                    "The tag filter needs a Type of KEY_ONLY, VALUE_ONLY or KEY_AND_VALUE.");
    return 0;
}

static int list_tagged(struct call *call, const struct codedeploy_TagFilterList *filters, str after,
        struct codedeploy_ListOnPremisesInstancesOutput *out)
{
    struct str_list *names = &out->instanceNames;
    struct selection selection;
    struct instance instance;
    int r;

    *names = (struct str_list){arena_array(call->arena, CODEDEPLOY_PAGE, str), 0, true};
    selection_init(&selection, call, filters, 1, after);
    while ((r = selection_next(&selection, &instance)) > 0) {
        if (names->len == CODEDEPLOY_PAGE) {
            out->nextToken = page_seal(call, names->items[names->len - 1]);
            return 0;
        }
        names->items[names->len++] = instance.name;
    }
    return r;
}

int codedeploy_ListOnPremisesInstances(struct call *call,
        const struct codedeploy_ListOnPremisesInstancesInput *in,
        struct codedeploy_ListOnPremisesInstancesOutput *out)
{
    bool wants_gone = str_eq(in->registrationStatus, STR("Deregistered"));
    str after;
    int r = deploy_names_after(call, in->nextToken, &after);

    if (r < 0 || (r = check_list_filters(call, &in->tagFilters)) < 0)
        return r;
    if (!in->tagFilters.len)
        return list_all(call, wants_gone, after, out);
    out->instanceNames.is_set = true;
    return wants_gone
                   ? 0
                   : list_tagged(call, &in->tagFilters, after, out); /* those gone have no tags */
}

/* ---- Tags
 * -----------------------------------------------------------------------------------------------
 */

static int check_names(struct call *call, const char *action, const struct str_list *names)
{
    int r = 0;

    if (!names->len)
        return call_fail(call, &codedeploy_InstanceNameRequiredException,
                "An on-premises instance name was not specified.");
    if (names->len > BATCH_TAG_MAX)
        return call_fail(call, &codedeploy_InstanceLimitExceededException,
                "The maximum number of on-premises instances in a single call is %d.",
                BATCH_TAG_MAX);
    for (size_t i = 0; r >= 0 && i < names->len; i++) {
        r = authorize(call, str_of(action), instance_resource(call, names->items[i]));
        if (r >= 0)
            r = find_registered(call, names->items[i]);
    }
    return r;
}

static int check_tags(struct call *call, const struct codedeploy_TagList *tags)
{
    if (!tags->len)
        return call_fail(call, &codedeploy_TagRequiredException, "A tag was not specified.");
    for (size_t i = 0; i < tags->len; i++)
        if (!tags->items[i].Key.len || tags->items[i].Key.len > 128 ||
                tags->items[i].Value.len > 256)
            return call_fail(call, &codedeploy_InvalidTagException,
                    "The tag is not valid: a key has 1 to 128 characters, a value up to 256.");
    return 0;
}

static int add_tags(struct call *call, str name, const struct codedeploy_TagList *tags)
{
    const struct db_row *row;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < tags->len; i++)
        r = db_exec(call->tx,
                "insert into codedeploy_instance_tag (account, region, instance, name, value) "
                "values ($1, $2, $3, $4, $5)"
                " on conflict (account, region, instance, name) do update set value = "
                "excluded.value",
                call->account, call->region, name, tags->items[i].Key,
                tags->items[i].Value.ptr ? tags->items[i].Value : STR(""));
    if (r >= 0)
        r = db_one(call->tx, &row,
                "select count(*) from codedeploy_instance_tag where account = $1 and region = $2 "
                "and instance = $3",
                call->account, call->region, name);
    if (r < 0)
        return r;
    if (row_int(row, 0) > INSTANCE_TAGS_MAX)
        return call_fail(call, &codedeploy_TagLimitExceededException,
                "The maximum allowed number of tags was exceeded: %d on %.*s.", INSTANCE_TAGS_MAX,
                STR_ARG(name));
    return 0;
}

int codedeploy_AddTagsToOnPremisesInstances(
        struct call *call, const struct codedeploy_AddTagsToOnPremisesInstancesInput *in, void *out)
{
    int r = check_names(call, "codedeploy:AddTagsToOnPremisesInstances", &in->instanceNames);

    (void)out;
    if (r >= 0)
        r = check_tags(call, &in->tags);
    for (size_t i = 0; r >= 0 && i < in->instanceNames.len; i++)
        r = add_tags(call, in->instanceNames.items[i], &in->tags);
    return r;
}

/* A tag goes when its value is the one named, or none was named. */
int codedeploy_RemoveTagsFromOnPremisesInstances(struct call *call,
        const struct codedeploy_RemoveTagsFromOnPremisesInstancesInput *in, void *out)
{
    int r = check_names(call, "codedeploy:RemoveTagsFromOnPremisesInstances", &in->instanceNames);

    (void)out;
    if (r >= 0)
        r = check_tags(call, &in->tags);
    for (size_t i = 0; r >= 0 && i < in->instanceNames.len; i++)
        for (size_t j = 0; r >= 0 && j < in->tags.len; j++) {
            str value = in->tags.items[j].Value;
            r = db_exec(call->tx,
                    "delete from codedeploy_instance_tag where account = $1 and region = $2 and "
                    "instance = $3 and name = $4"
                    " and ($5 = 0 or value = $6)",
                    call->account, call->region, in->instanceNames.items[i], in->tags.items[j].Key,
                    value.ptr ? 1 : 0, value.ptr ? value : STR(""));
        }
    return r < 0 ? r : 0;
}
