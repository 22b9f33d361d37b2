/* Rows of deployments, targets and commands. */
#include "services/codedeploy/deployment.h"

#include "base/random.h"

/* ---- Deployments --------------------------------------------------------------------------- */

bool deployment_is_over(str status)
{
    return str_eq(status, STR("Succeeded")) || str_eq(status, STR("Failed")) ||
           str_eq(status, STR("Stopped"));
}

int deployment_load(struct call *call, str id, struct deployment *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id, application_id, group_id, status, stop, minimum, declaration from "
            "codedeploy_deployment"
            " where id = $1 and account = $2 and region = $3",
            id, call->account, call->region);

    if (r <= 0)
        return r;
    *ret = (struct deployment){
            .id = row_text(row, 0),
            .application_id = row_text(row, 1),
            .group_id = row_text(row, 2),
            .status = row_text(row, 3),
            .stop = row_text(row, 4),
            .minimum = row_int(row, 5),
            .info = arena_new(call->arena, struct codedeploy_DeploymentInfo),
    };
    r = shape_from_json(call->arena, codedeploy_type_DeploymentInfo, row_text(row, 6), ret->info,
            &call->tx->error);
    return r < 0 ? r : 1;
}

static bool is_id(str id)
{
    if (!str_take_prefix(&id, STR("d-")) || !id.len || id.len > 20)
        return false;
    for (size_t i = 0; i < id.len; i++)
        if (!((id.ptr[i] >= 'A' && id.ptr[i] <= 'Z') || (id.ptr[i] >= '0' && id.ptr[i] <= '9')))
            return false;
    return true;
}

int deployment_find(struct call *call, str id, struct deployment *ret)
{
    int r;

    if (!is_id(id))
        return call_fail(call, &codedeploy_InvalidDeploymentIdException,
                "The specified deployment ID has an invalid format: %.*s",
                STR_ARG(str_head(id, 64)));
    r = deployment_load(call, id, ret);
    if (r == 0)
        return call_fail(call, &codedeploy_DeploymentDoesNotExistException,
                "The deployment %.*s could not be found", STR_ARG(id));
    return r < 0 ? r : 0;
}

int deployment_save(struct call *call, struct deployment *d)
{
    int r;

    d->info->status = d->status;
    r = db_exec(call->tx,
            "update codedeploy_deployment set status = $2, stop = $3, minimum = $4, declaration = "
            "$5 where id = $1",
            d->id, d->status, d->stop, d->minimum,
            shape_to_json(call->arena, codedeploy_type_DeploymentInfo, d->info));
    notify_add(call->server->notify, call->tx,
            str_printf(call->arena, "codedeploy.deployment/%.*s", STR_ARG(d->id)));
    return r < 0 ? r : 0;
}

int deployment_wake(struct call *call, str id, int64_t run_at)
{
    return queue_add(call->server->queue, call->tx, deployment_jobs[0].name, id, id, run_at);
}

/* ---- Targets -------------------------------------------------------------------------------- */

#define TARGET_COLUMNS                                                                             \
    "name, host, position, was_healthy, begun, declaration from codedeploy_target"

static int read_target(struct call *call, const struct db_row *row, struct target *ret)
{
    *ret = (struct target){
            .name = row_text(row, 0),
            .host = row_text(row, 1),
            .position = row_int(row, 2),
            .was_healthy = row_int(row, 3) != 0,
            .begun = row_int(row, 4) != 0,
            .info = arena_new(call->arena, struct codedeploy_InstanceTarget),
    };
    return shape_from_json(call->arena, codedeploy_type_InstanceTarget, row_text(row, 5), ret->info,
            &call->tx->error);
}

int deploy_targets_load(struct call *call, str deployment_id, struct targets *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select " TARGET_COLUMNS " where deployment_id = $1 order by position limit $2",
            deployment_id, DEPLOYMENT_MAX_INSTANCES);

    if (r < 0)
        return r;
    *ret = (struct targets){arena_array(call->arena, rows.len, struct target), rows.len};
    for (size_t i = 0; i < rows.len; i++)
        if ((r = read_target(call, &rows.items[i], &ret->items[i])) < 0)
            return r;
    return 0;
}

int deploy_target_load(struct call *call, str deployment_id, str name, struct target *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " TARGET_COLUMNS " where deployment_id = $1 and name = $2", deployment_id,
            name);

    if (r <= 0)
        return r;
    r = read_target(call, row, ret);
    return r < 0 ? r : 1;
}

int deploy_target_insert(struct call *call, str deployment_id, const struct target *t)
{
    int r = db_exec(call->tx,
            "insert into codedeploy_target (deployment_id, name, position, host, was_healthy, "
            "begun, status, declaration)"
            " values ($1, $2, $3, $4, $5, 0, $6, $7)",
            deployment_id, t->name, t->position, t->host, t->was_healthy ? 1 : 0, t->info->status,
            shape_to_json(call->arena, codedeploy_type_InstanceTarget, t->info));

    return r < 0 ? r : 0;
}

int deploy_target_save(struct call *call, str deployment_id, struct target *t)
{
    int r;

    t->info->lastUpdatedAt = SOME_TIME(call->now);
    r = db_exec(call->tx,
            "update codedeploy_target set begun = $3, status = $4, declaration = $5 where "
            "deployment_id = $1 and name = $2",
            deployment_id, t->name, t->begun ? 1 : 0, t->info->status,
            shape_to_json(call->arena, codedeploy_type_InstanceTarget, t->info));
    return r < 0 ? r : 0;
}

struct codedeploy_LifecycleEvent *deploy_target_event(struct target *target, str name)
{
    for (size_t i = 0; i < target->info->lifecycleEvents.len; i++)
        if (str_eq(target->info->lifecycleEvents.items[i].lifecycleEventName, name))
            return &target->info->lifecycleEvents.items[i];
    return NULL;
}

/* ---- Commands ------------------------------------------------------------------------------- */

#define COMMAND_COLUMNS                                                                            \
    "id, host, deployment_id, target, event, state, delivered, deadline from codedeploy_command"
enum {
    COMMAND_ID_LEN = 40
};

static struct command read_command(const struct db_row *row)
{
    return (struct command){row_text(row, 0), row_text(row, 1), row_text(row, 2), row_text(row, 3),
            row_text(row, 4), row_text(row, 5), row_int(row, 6), row_int(row, 7)};
}

str deploy_host_topic(struct call *call, str host)
{
    return str_printf(
            call->arena, "codedeploy.host/%.*s/%.*s", STR_ARG(call->region), STR_ARG(host));
}

int deploy_command_issue(
        struct call *call, str deployment_id, const struct target *target, str event)
{
    int r = db_exec(call->tx,
            "insert into codedeploy_command (id, account, region, host, deployment_id, target, "
            "event, state, created, delivered, deadline)"
            " values ($1, $2, $3, $4, $5, $6, $7, 'Pending', $8, 0, $9)",
            random_id(call->arena, STR(""), RANDOM_BASE62, COMMAND_ID_LEN), call->account,
            call->region, target->host, deployment_id, target->name, event, call->now,
            call->now + EVENT_START_MS);

    notify_add(call->server->notify, call->tx, deploy_host_topic(call, target->host));
    return r < 0 ? r : 0;
}

int deploy_command_load(struct call *call, str id, struct command *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " COMMAND_COLUMNS " where id = $1 and account = $2 and region = $3", id,
            call->account, call->region);

    if (r > 0)
        *ret = read_command(row);
    return r;
}

int deploy_command_save(struct call *call, const struct command *command)
{
    int r = db_exec(call->tx,
            "update codedeploy_command set state = $2, delivered = $3, deadline = $4 where id = $1",
            command->id, command->state, command->delivered, command->deadline);

    return r < 0 ? r : 0;
}

int deploy_commands_open(struct call *call, str deployment_id, struct commands *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select " COMMAND_COLUMNS
            " where deployment_id = $1 and state in ('Pending', 'InProgress') limit $2",
            deployment_id, DEPLOYMENT_MAX_INSTANCES);

    if (r < 0)
        return r;
    *ret = (struct commands){arena_array(call->arena, rows.len, struct command), rows.len};
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = read_command(&rows.items[i]);
    return 0;
}
