/* Deployment configurations: the predefined ones, and those of the account. */
#include "services/codedeploy/application.h"

#include "base/random.h"

enum {
    CONFIGS_MAX = 200
};

const str deploy_config_default = STR_INIT("CodeDeployDefault.OneAtATime");

/* As GetDeploymentConfig tells them. MOST_CONCURRENCY is a type that nobody may set. */
static const struct predefined {
    const char *name;
    const char *type;
    int64_t value;
    const char *id;
} predefined[] = {
        {"CodeDeployDefault.AllAtOnce", "HOST_COUNT", 0, "00000000-0000-0000-0000-000000000003"},
        {"CodeDeployDefault.HalfAtATime", "FLEET_PERCENT", 50,
                "00000000-0000-0000-0000-000000000002"},
        {"CodeDeployDefault.OneAtATime", "MOST_CONCURRENCY", 1,
                "00000000-0000-0000-0000-000000000001"},
};

enum {
    PREDEFINED = sizeof(predefined) / sizeof(*predefined)
};

static bool load_predefined(
        struct call *call, str name, struct codedeploy_DeploymentConfigInfo *ret)
{
    for (size_t i = 0; i < PREDEFINED; i++) {
        if (!str_eq(name, str_of(predefined[i].name)))
            continue;
        *ret = (struct codedeploy_DeploymentConfigInfo){
                .deploymentConfigId = str_of(predefined[i].id),
                .deploymentConfigName = str_of(predefined[i].name),
                .computePlatform = STR("Server"),
                .minimumHealthyHosts =
                        arena_new(call->arena, struct codedeploy_MinimumHealthyHosts),
        };
        *ret->minimumHealthyHosts = (struct codedeploy_MinimumHealthyHosts){
                str_of(predefined[i].type), SOME_INT(predefined[i].value)};
        return true;
    }
    return false;
}

int deploy_config_load(struct call *call, str name, struct codedeploy_DeploymentConfigInfo *ret)
{
    const struct db_row *row;
    int r;

    if (load_predefined(call, name, ret))
        return 1;
    r = db_one(call->tx, &row,
            "select declaration from codedeploy_config where account = $1 and region = $2 and name "
            "= $3",
            call->account, call->region, name);
    if (r <= 0)
        return r;
    memset(ret, 0, sizeof(*ret));
    r = shape_from_json(call->arena, codedeploy_type_DeploymentConfigInfo, row_text(row, 0), ret,
            &call->tx->error);
    return r < 0 ? r : 1;
}

int deploy_config_check(struct call *call, str name)
{
    struct codedeploy_DeploymentConfigInfo info;
    int r = deploy_config_load(call, name, &info);

    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentConfigDoesNotExistException,
                "No deployment configuration found for name: %.*s", STR_ARG(name));
    return r < 0 ? r : 0;
}

/* ---- Operations ---------------------------------------------------------------------------- */

static int check_healthy_hosts(
        struct call *call, const struct codedeploy_MinimumHealthyHosts *hosts)
{
    bool is_percent = hosts && str_eq(hosts->type, STR("FLEET_PERCENT"));

    if (!hosts || !hosts->type.ptr || !hosts->value.is_set)
        return call_fail(call, &codedeploy_InvalidMinimumHealthyHostValueException,
                "The minimum healthy hosts configuration needs a type and a value.");
    if (hosts->value.value < 0 || (is_percent && hosts->value.value > 99))
        return call_fail(call, &codedeploy_InvalidMinimumHealthyHostValueException,
                "The minimum healthy host value %lld is not valid: %s",
                (long long)hosts->value.value,
                is_percent ? "a percentage is from 0 to 99." : "it cannot be negative.");
    if (!is_percent && !str_eq(hosts->type, STR("HOST_COUNT")))
        return call_fail(call, &codedeploy_InvalidMinimumHealthyHostValueException,
                "The minimum healthy host type %.*s is not valid: use HOST_COUNT or FLEET_PERCENT.",
                STR_ARG(hosts->type));
    return 0;
}

static int check_config(struct call *call, const struct codedeploy_CreateDeploymentConfigInput *in)
{
    if (!is_deploy_name(in->deploymentConfigName) ||
            str_starts(in->deploymentConfigName, STR("CodeDeployDefault.")))
        return call_fail(call, &codedeploy_InvalidDeploymentConfigNameException,
                "The deployment configuration name is not valid or is reserved: %.*s",
                STR_ARG(in->deploymentConfigName));
    if (in->computePlatform.ptr && !str_eq(in->computePlatform, STR("Server")))
        return call_fail(call, &codedeploy_InvalidComputePlatformException,
                "The compute platform %.*s is not supported by this version of Slipway: only "
                "Server is.",
                STR_ARG(in->computePlatform));
    if (in->trafficRoutingConfig)
        return call_fail(call, &codedeploy_InvalidTrafficRoutingConfigurationException,
                "A traffic routing configuration cannot be used with the compute platform Server.");
    if (in->zonalConfig)
        return call_fail(call, &codedeploy_InvalidZonalDeploymentConfigurationException,
                "Zonal configurations are not supported by this version of Slipway: on-premises "
                "instances have no zone.");
    return check_healthy_hosts(call, in->minimumHealthyHosts);
}

static int check_count(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select count(*) from codedeploy_config where account = $1 and region = $2",
            call->account, call->region);

    if (r < 0)
        return r;
    if (row_int(row, 0) >= CONFIGS_MAX)
        return call_fail(call, &codedeploy_DeploymentConfigLimitExceededException,
                "The deployment configurations limit of %d was exceeded.", CONFIGS_MAX);
    return 0;
}

int codedeploy_CreateDeploymentConfig(struct call *call,
        const struct codedeploy_CreateDeploymentConfigInput *in,
        struct codedeploy_CreateDeploymentConfigOutput *out)
{
    struct codedeploy_DeploymentConfigInfo info = {
            .deploymentConfigId = random_uuid(call->arena),
            .deploymentConfigName = in->deploymentConfigName,
            .minimumHealthyHosts = in->minimumHealthyHosts,
            .createTime = SOME_TIME(call->now),
            .computePlatform = STR("Server"),
    };
    int r = check_config(call, in);

    if (r < 0 || (r = check_count(call)) < 0)
        return r;
    r = db_exec(call->tx,
            "insert into codedeploy_config (id, account, region, name, declaration, created) "
            "values ($1, $2, $3, $4, $5, $6)"
            " on conflict do nothing",
            info.deploymentConfigId, call->account, call->region, in->deploymentConfigName,
            shape_to_json(call->arena, codedeploy_type_DeploymentConfigInfo, &info), call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentConfigAlreadyExistsException,
                "Deployment configuration already exists: %.*s", STR_ARG(in->deploymentConfigName));
    out->deploymentConfigId = info.deploymentConfigId;
    return 0;
}

int codedeploy_GetDeploymentConfig(struct call *call,
        const struct codedeploy_GetDeploymentConfigInput *in,
        struct codedeploy_GetDeploymentConfigOutput *out)
{
    int r = deploy_config_check(call, in->deploymentConfigName);

    if (r < 0)
        return r;
    out->deploymentConfigInfo = arena_new(call->arena, struct codedeploy_DeploymentConfigInfo);
    r = deploy_config_load(call, in->deploymentConfigName, out->deploymentConfigInfo);
    return r < 0 ? r : 0;
}

/* The predefined ones stand on the first page. */
int codedeploy_ListDeploymentConfigs(struct call *call,
        const struct codedeploy_ListDeploymentConfigsInput *in,
        struct codedeploy_ListDeploymentConfigsOutput *out)
{
    struct str_list *list = &out->deploymentConfigsList;
    struct str_list own;
    struct db_rows rows;
    str after;
    size_t n = 0;
    int r = deploy_names_after(call, in->nextToken, &after);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select name from codedeploy_config where account = $1 and region = $2 and name > $3 "
            "order by name limit $4",
            call->account, call->region, after, CODEDEPLOY_PAGE + 1);
    if (r < 0)
        return r;
    deploy_names_page(call, &rows, &own, &out->nextToken);
    list->is_set = true;
    list->items = arena_array(call->arena, own.len + PREDEFINED, str);
    for (size_t i = 0; i < PREDEFINED && !after.len; i++)
        list->items[n++] = str_of(predefined[i].name);
    for (size_t i = 0; i < own.len; i++)
        list->items[n++] = own.items[i];
    list->len = n;
    return 0;
}

int codedeploy_DeleteDeploymentConfig(
        struct call *call, const struct codedeploy_DeleteDeploymentConfigInput *in, void *out)
{
    const struct db_row *row;
    int r;

    (void)out;
    if (str_starts(in->deploymentConfigName, STR("CodeDeployDefault.")))
        return call_fail(call, &codedeploy_InvalidDeploymentConfigNameException,
                "Predefined deployment configurations cannot be deleted: %.*s",
                STR_ARG(in->deploymentConfigName));
    r = db_one(call->tx, &row,
            "select count(*) from codedeploy_group where account = $1 and region = $2 and config = "
            "$3",
            call->account, call->region, in->deploymentConfigName);
    if (r < 0)
        return r;
    if (row_int(row, 0) > 0)
        return call_fail(call, &codedeploy_DeploymentConfigInUseException,
                "The deployment configuration %.*s is still in use.",
                STR_ARG(in->deploymentConfigName));
    r = db_exec(call->tx,
            "delete from codedeploy_config where account = $1 and region = $2 and name = $3",
            call->account, call->region, in->deploymentConfigName);
    return r < 0 ? r : 0;
}
