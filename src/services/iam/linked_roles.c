/*
 * Service-linked roles: one for a service, made by it or for it, with AWS's policy and a trust
 * policy that names that service alone. Nobody else changes them. Nothing here is left without its
 * role, so deleting one succeeds at once; the task that says so is kept for a while.
 */
#include "base/random.h"
#include "services/iam/entity.h"
#include "services/iam/managed.h"

#define LINKED_PATH "/aws-service-role/"
#define LINKED_POLICY "arn:aws:iam::aws:policy/aws-service-role/"

enum {
    TASKS_MAX = 100, /* kept of an account */
};

static const struct linked_service {
    const char *service, *role, *policy;
    bool has_suffix; /* there may be several */
} services[] = {
        {"apidestinations.events.amazonaws.com",
                "AWSServiceRoleForAmazonEventBridgeApiDestinations",
                "AmazonEventBridgeApiDestinationsServiceRolePolicy", false},
        {"autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling",
                "AutoScalingServiceRolePolicy", true},
        {"cloudtrail.amazonaws.com", "AWSServiceRoleForCloudTrail", "CloudTrailServiceRolePolicy",
                false},
        {"codestar-notifications.amazonaws.com", "AWSServiceRoleForCodeStarNotifications",
                "AWSCodeStarNotificationsServiceRolePolicy", false},
        {"ecs.amazonaws.com", "AWSServiceRoleForECS", "AmazonECSServiceRolePolicy", false},
        {"elasticbeanstalk.amazonaws.com", "AWSServiceRoleForElasticBeanstalk",
                "AWSElasticBeanstalkServiceRolePolicy", false},
        {"elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing",
                "AWSElasticLoadBalancingServiceRolePolicy", false},
        {"events.amazonaws.com", "AWSServiceRoleForCloudWatchEvents",
                "CloudWatchEventsServiceRolePolicy", false},
        {"replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication",
                "ECRReplicationServiceRolePolicy", false},
        {"ssm.amazonaws.com", "AWSServiceRoleForAmazonSSM", "AmazonSSMServiceRolePolicy", false},
};

/* ---- What others ask ------------------------------------------------------------------ */

bool entity_is_linked(const struct entity *entity)
{
    return str_eq(entity->kind, STR("role")) && str_starts(entity->path, STR(LINKED_PATH));
}

int entity_check_modifiable(struct call *call, const struct entity *entity)
{
    if (!entity_is_linked(entity))
        return 0;
    return call_fail(call, &iam_UnmodifiableEntityException,
            "Cannot perform the operation on the protected role '%.*s' - this role is only "
            "modifiable by AWS",
            STR_ARG(entity->name));
}

int entity_check_path(struct call *call, str path)
{
    if (!path.ptr || !str_starts(path, STR(LINKED_PATH)))
        return 0;
    return call_fail(call, &iam_InvalidInputException,
            "The path " LINKED_PATH " is reserved for service-linked roles.");
}

bool policy_is_linked(str arn)
{
    return str_starts(arn, STR(LINKED_POLICY));
}

/* ---- Making --------------------------------------------------------------------------- */

/* NULL: AWS knows no such role, or there is nothing here that would use it. */
static const struct linked_service *find_service(str name)
{
    for (size_t i = 0; i < sizeof(services) / sizeof(*services); i++)
        if (str_eq(name, str_of(services[i].service)))
            return &services[i];
    return NULL;
}

/* Authorizes the call on the role that it would make, and then says what is wrong with it. */
static int check(struct call *call, const struct iam_CreateServiceLinkedRoleRequest *in,
        const struct linked_service *service, str *ret_name)
{
    str name = str_printf(call->arena, "%s%s%.*s", service ? service->role : "*",
            in->CustomSuffix.ptr ? "_" : "", STR_ARG(in->CustomSuffix));
    struct entity old;
    int r = authorize(call, entity_action(call),
            str_printf(call->arena, "arn:aws:iam::%.*s:role" LINKED_PATH "%.*s/%.*s",
                    STR_ARG(call->account), STR_ARG(in->AWSServiceName), STR_ARG(name)));

    if (r < 0)
        return r;
    if (!service)
        return call_fail(call, &iam_InvalidInputException,
                "%.*s is not a valid service name for a service-linked role.",
                STR_ARG(in->AWSServiceName));
    if (in->CustomSuffix.ptr && !service->has_suffix)
        return call_fail(call, &iam_InvalidInputException, "Custom suffix is not allowed for %s",
                service->service);
    r = entity_find(call->tx, call->account, "role", name, &old);
    if (r > 0)
        return call_fail(call, &iam_InvalidInputException,
                "Service role name %.*s has been taken in this account, please try a different "
                "suffix.",
                STR_ARG(name));
    *ret_name = name;
    return r;
}

static int insert(struct call *call, const struct linked_service *service, struct entity *role)
{
    const char *policy = service->policy;
    int r = entity_insert(call, role);

    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_attachment (account, entity, policy, policy_name)"
            " values ($1, $2, $3, $4)",
            call->account, role->id, str_printf(call->arena, LINKED_POLICY "%s", policy), policy);
    if (r >= 0)
        r = iam_generation_bump(call->tx, call->account);
    return r < 0 ? r : entity_find_id(call->tx, role->id, role);
}

int iam_CreateServiceLinkedRole(struct call *call,
        const struct iam_CreateServiceLinkedRoleRequest *in,
        struct iam_CreateServiceLinkedRoleResponse *out)
{
    const struct linked_service *service = find_service(in->AWSServiceName);
    struct entity role;
    str name;
    int r = check(call, in, service, &name);

    if (r < 0)
        return r;
    role = (struct entity){
            .id = random_id(call->arena, STR("AROA"), RANDOM_BASE32, 17),
            .account = call->account,
            .kind = STR("role"),
            .name = name,
            .path = str_printf(call->arena, LINKED_PATH "%s/", service->service),
            .created = call->now,
            .description = in->Description,
            .trust = str_printf(call->arena,
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                    "\"Principal\":{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\"}]}",
                    service->service),
            .max_session = IAM_SESSION_DEFAULT,
    };
    r = insert(call, service, &role);
    if (r < 0)
        return r;
    out->Role = arena_new(call->arena, struct iam_Role);
    return role_shown(call, &role, false, out->Role);
}

/* ---- Deleting ------------------------------------------------------------------------- */

static int insert_task(struct call *call, str id)
{
    int r = db_exec(call->tx,
            "insert into iam_deletion_task (id, account, created) values ($1, $2, $3)", id,
            call->account, call->now);

    if (r > 0)
        r = db_exec(call->tx,
                "delete from iam_deletion_task where account = $1 and id not in (select id from"
                " iam_deletion_task where account = $1 order by created desc, id limit $2)",
                call->account, (int64_t)TASKS_MAX);
    return r < 0 ? r : 0;
}

int iam_DeleteServiceLinkedRole(struct call *call,
        const struct iam_DeleteServiceLinkedRoleRequest *in,
        struct iam_DeleteServiceLinkedRoleResponse *out)
{
    struct entity role;
    int r = entity_open(call, "role", in->RoleName, &role);

    if (r < 0)
        return r;
    if (!entity_is_linked(&role))
        return call_fail(call, &iam_NoSuchEntityException, "%.*s is not a service-linked role.",
                STR_ARG(role.name));
    out->DeletionTaskId = str_printf(call->arena, "task%.*s%.*s/%.*s", STR_ARG(role.path),
            STR_ARG(role.name), STR_ARG(random_uuid(call->arena)));
    r = insert_task(call, out->DeletionTaskId);
    if (r == 0)
        r = db_exec(call->tx, "delete from iam_entity where id = $1", role.id);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_GetServiceLinkedRoleDeletionStatus(struct call *call,
        const struct iam_GetServiceLinkedRoleDeletionStatusRequest *in,
        struct iam_GetServiceLinkedRoleDeletionStatusResponse *out)
{
    str role = in->DeletionTaskId;
    const struct db_row *row;
    ptrdiff_t slash = str_rfind_char(role, '/');
    int r;

    (void)str_take_prefix(&role, STR("task"));
    role = slash < 4 ? STR("/") : str_head(role, (size_t)slash - 4);
    r = authorize(call, entity_action(call),
            str_printf(call->arena, "arn:aws:iam::%.*s:role%.*s", STR_ARG(call->account),
                    STR_ARG(role)));
    if (r < 0)
        return r;
    r = db_one(call->tx, &row, "select 1 from iam_deletion_task where id = $1 and account = $2",
            in->DeletionTaskId, call->account);
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException, "Deletion task %.*s cannot be found.",
                STR_ARG(in->DeletionTaskId));
    out->Status = STR("SUCCEEDED");
    return r < 0 ? r : 0;
}
