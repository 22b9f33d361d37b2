/*
 * The engine: the job codedeploy.advance, keyed by deployment, which looks at the rows and
 * does what comes next. It runs when a command ended, a deadline passed, or somebody asked
 * to stop; running it once more changes nothing.
 *
 *   deployment   [Created] --begin()--> [InProgress] --all had their turn, enough healthy--> [Succeeded]
 *                    |                      |  |  '---- too few healthy, time over ---------> [Failed]
 *                    |                      |  '------- stop, hosts are idle ---------------> [Stopped]
 *                    '-- no hosts, group or configuration that fit -------------------------> [Failed]
 *                (AWS's Queued is passed at once: a group has one deployment at a time)
 *
 *   target       [Pending] --its turn, first command polled--> [InProgress] --last event ok--> [Succeeded]
 *                    |                                              '-- an event fails ------> [Failed]
 *                    '-- deployment ended before its turn -----------------------------------> [Skipped]
 *
 *   event        [Pending] --acknowledged--> [InProgress] --completed--> [Succeeded] | [Failed]
 *                    |  '-- not fetched in 5 minutes ------------------------------> [Failed]
 *                    '-- an earlier one failed, or the deployment is stopped ------> [Skipped]
 *
 * In each state of a target at most one of its commands is open. What agents report is
 * recorded by commands.c, which then wakes the engine.
 */
#include "services/codedeploy/deployment.h"
#include "services/codedeploy/schedule.h"

/* In place, without a load balancer. */
static const char *const lifecycle[] = {"ApplicationStop", "DownloadBundle", "BeforeInstall",
        "Install", "AfterInstall", "ApplicationStart", "ValidateService"};
enum {
    LIFECYCLE = sizeof(lifecycle) / sizeof(*lifecycle)
};

static const char UNHEALTHY_TEXT[] = "The overall deployment failed because too many individual "
                                     "instances failed deployment, too few healthy instances are "
                                     "available for deployment, or some instances in your "
                                     "deployment group are experiencing problems.";
static const char NO_HOSTS_TEXT[] =
        "The deployment failed because no instances were found for your deployment group. Check "
        "your deployment group settings to "
        "make sure the tags for your instances correctly identify the instances you want to deploy "
        "to, and then try again.";
static const char SILENT_TEXT[] = "CodeDeploy agent was not able to receive the lifecycle event. "
                                  "Check the CodeDeploy agent logs on your host and make sure "
                                  "the agent is running and can connect to the CodeDeploy server.";

/* All of one run. */
struct run {
    struct call *call;
    struct deployment *deployment;
    const struct group *group; /* NULL: deleted meanwhile */
    struct targets targets;
    struct commands open;
    bool is_ending; /* no further events: stopped, or out of time */
    int64_t wake;   /* the earliest deadline; 0: none */
};

static bool is(str s, const char *text)
{
    return str_eq(s, str_of(text));
}

static void wake_by(struct run *run, int64_t at)
{
    if (!run->wake || at < run->wake)
        run->wake = at;
}

/* ---- Begin
 * ---------------------------------------------------------------------------------------- */

struct health {
    bool is_known, is_healthy, is_current;
};

static int load_health(
        struct call *call, const struct group *group, str current, str name, struct health *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select is_healthy, revision from codedeploy_health where group_id = $1 and instance = "
            "$2",
            group->id, name);

    *ret = (struct health){.is_known = r > 0, .is_healthy = r > 0 ? row_int(row, 0) != 0 : true};
    ret->is_current = r > 0 && current.ptr && str_eq(row_text(row, 1), current);
    return r < 0 ? r : 0;
}

static enum schedule_rank rank_of(const struct health *health)
{
    if (!health->is_healthy)
        return SCHEDULE_RANK_UNHEALTHY;
    if (!health->is_known)
        return SCHEDULE_RANK_UNKNOWN;
    return health->is_current ? SCHEDULE_RANK_CURRENT : SCHEDULE_RANK_OLD;
}

static int add_target(
        struct run *run, const struct instance *instance, bool was_healthy, int64_t position)
{
    struct call *call = run->call;
    struct codedeploy_InstanceTarget info = {
            .deploymentId = run->deployment->id,
            .targetId = instance->name,
            .targetArn = instance->arn,
            .status = STR("Pending"),
            .lastUpdatedAt = SOME_TIME(call->now),
            .lifecycleEvents = {arena_array(
                                        call->arena, LIFECYCLE, struct codedeploy_LifecycleEvent),
                    LIFECYCLE, true},
    };
    struct target target = {.name = instance->name,
            .host = instance->host,
            .position = position,
            .was_healthy = was_healthy,
            .info = &info};

    for (size_t i = 0; i < LIFECYCLE; i++)
        info.lifecycleEvents.items[i] =
                (struct codedeploy_LifecycleEvent){.lifecycleEventName = str_of(lifecycle[i]),
                        .status = STR("Pending"),
                        .diagnostics = NULL};
    return deploy_target_insert(call, run->deployment->id, &target);
}

static int add_targets(struct run *run, const struct instances *instances)
{
    struct call *call = run->call;
    struct schedule_host *hosts = arena_array(call->arena, instances->len, struct schedule_host);
    const struct codedeploy_RevisionLocation *current = run->deployment->info->previousRevision;
    str current_key = current ? deploy_revision_key(call->arena, current) : (str){0};
    int r = 0;

    for (size_t i = 0; i < instances->len; i++) {
        struct health health;
        if ((r = load_health(call, run->group, current_key, instances->items[i].name, &health)) < 0)
            return r;
        hosts[i] = (struct schedule_host){instances->items[i].name, rank_of(&health), i};
    }
    schedule_order(hosts, instances->len);
    for (size_t i = 0; r >= 0 && i < instances->len; i++)
        r = add_target(run, &instances->items[hosts[i].index],
                hosts[i].rank != SCHEDULE_RANK_UNHEALTHY, (int64_t)i);
    return r;
}

static int fail(struct run *run, const char *code, const char *message)
{
    int r = deployment_end(run->call, run->deployment, run->group, "Failed", code, message);

    return r < 0 ? r : 0;
}

/* 1: it goes on, 0: it has ended. */
static int begin(struct run *run)
{
    struct call *call = run->call;
    struct deployment *d = run->deployment;
    struct codedeploy_DeploymentConfigInfo config;
    struct instances instances;
    int r;

    if (d->stop.len)
        return deployment_end(call, d, run->group, "Stopped", "MANUAL_STOP",
                "The deployment was stopped before it started.");
    if (!run->group)
        return fail(run, "DEPLOYMENT_GROUP_MISSING",
                "The deployment group was deleted before the deployment started.");
    if ((r = deploy_config_load(call, d->info->deploymentConfigName, &config)) < 0)
        return r;
    if (r == 0)
        return fail(run, "HEALTH_CONSTRAINTS_INVALID",
                "The deployment configuration was deleted before the deployment started.");
    if ((r = instances_of_group(call, run->group->info, DEPLOYMENT_MAX_INSTANCES + 1, &instances)) <
            0)
        return r;
    if (instances.len == 0)
        return fail(run, "NO_INSTANCES", NO_HOSTS_TEXT);
    if (instances.len > DEPLOYMENT_MAX_INSTANCES)
        return fail(run, "OVER_MAX_INSTANCES",
                "The deployment group has more instances than a deployment may have: 1000.");
    d->minimum = schedule_minimum(config.minimumHealthyHosts->type,
            config.minimumHealthyHosts->value.value, (int64_t)instances.len,
            str_starts(d->info->deploymentConfigName, STR("CodeDeployDefault.")));
    if (d->minimum >= (int64_t)instances.len)
        return fail(run, "HEALTH_CONSTRAINTS_INVALID",
                "The deployment cannot start: the minimum number of healthy hosts is not less than "
                "the number of instances.");
    d->status = STR("InProgress");
    d->info->startTime = SOME_TIME(call->now);
    if ((r = add_targets(run, &instances)) < 0 || (r = deployment_save(call, d)) < 0 ||
            (r = deployment_tell(call, d, "START")) < 0)
        return r;
    return 1;
}

/* ---- One target
 * -------------------------------------------------------------------------------------- */

static struct command *open_command(struct run *run, const struct target *target)
{
    for (size_t i = 0; i < run->open.len; i++)
        if (str_eq(run->open.items[i].target, target->name))
            return &run->open.items[i];
    return NULL;
}

/* What a host could not or may not do is told like what its scripts do wrong. */
static int fail_command(struct run *run, struct target *target, struct command *command,
        const char *status, const char *message)
{
    struct codedeploy_LifecycleEvent *event = deploy_target_event(target, command->event);

    command->state = STR("Failed");
    if (event) {
        event->status = str_of(status);
        event->endTime = SOME_TIME(run->call->now);
        event->diagnostics = arena_new(run->call->arena, struct codedeploy_Diagnostics);
        *event->diagnostics = (struct codedeploy_Diagnostics){
                STR("UnknownError"), STR(""), str_of(message), STR("")};
    }
    return deploy_command_save(run->call, command);
}

/* A command that is under way: 1 it goes on, 0 it was closed here. */
static int watch(struct run *run, struct target *target, struct command *command)
{
    bool is_late = command->deadline <= run->call->now, is_waiting = is(command->state, "Pending");

    if (run->is_ending && is_waiting)
        return fail_command(run, target, command, "Skipped",
                "The deployment ended before the host fetched the event.");
    if (is_late)
        return fail_command(run, target, command, "Failed",
                is_waiting ? SILENT_TEXT
                           : "The lifecycle event did not complete within the time that an event "
                             "may take.");
    wake_by(run, command->deadline);
    return 1;
}

/* A failure that the deployment asked to look away from. */
static bool is_ignored(const struct run *run, const struct codedeploy_LifecycleEvent *event)
{
    return run->deployment->info->ignoreApplicationStopFailures.value &&
           is(event->lifecycleEventName, "ApplicationStop");
}

static int end_target(struct run *run, struct target *target, const char *status)
{
    struct codedeploy_LifecycleEventList *events = &target->info->lifecycleEvents;
    const struct codedeploy_RevisionLocation *revision = run->deployment->info->revision;
    int r = 0;

    for (size_t i = 0; i < events->len; i++)
        if (is(events->items[i].status, "Pending"))
            events->items[i].status = STR("Skipped");
    target->info->status = str_of(status);
    if (run->group && !is(target->info->status, "Skipped"))
        r = db_exec(run->call->tx,
                "insert into codedeploy_health (group_id, instance, is_healthy, revision) values "
                "($1, $2, $3, $4)"
                " on conflict (group_id, instance) do update set is_healthy = excluded.is_healthy, "
                "revision = excluded.revision",
                run->group->id, target->name, is(target->info->status, "Succeeded") ? 1 : 0,
                deploy_revision_key(run->call->arena, revision));
    return r < 0 ? r : deploy_target_save(run->call, run->deployment->id, target);
}

static bool is_done(const struct target *target)
{
    return !is(target->info->status, "Pending") && !is(target->info->status, "InProgress");
}

/* Has a target whose turn it is do its next event, or ends it. */
static int step(struct run *run, struct target *target)
{
    struct codedeploy_LifecycleEventList *events = &target->info->lifecycleEvents;
    struct command *command = open_command(run, target);
    int r = command ? watch(run, target, command) : 0;

    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < events->len; i++) {
        struct codedeploy_LifecycleEvent *event = &events->items[i];
        if (is(event->status, "Succeeded") ||
                (is(event->status, "Failed") && is_ignored(run, event)))
            continue;
        if (!is(event->status, "Pending") || run->is_ending)
            return end_target(run, target, "Failed");
        wake_by(run, run->call->now + EVENT_START_MS);
        r = deploy_command_issue(run->call, run->deployment->id, target, event->lifecycleEventName);
        return r < 0 ? r : deploy_target_save(run->call, run->deployment->id, target);
    }
    return end_target(run, target, "Succeeded");
}

/* ---- All targets
 * --------------------------------------------------------------------------------------- */

static struct schedule count(const struct run *run)
{
    struct schedule s = {.total = (int64_t)run->targets.len, .minimum = run->deployment->minimum};

    for (size_t i = 0; i < run->targets.len; i++) {
        const struct target *target = &run->targets.items[i];
        s.succeeded += is(target->info->status, "Succeeded");
        s.failed += is(target->info->status, "Failed");
        s.running += target->begun && !is_done(target);
        s.waiting_healthy += !target->begun && !is_done(target) && target->was_healthy;
        s.waiting_unhealthy += !target->begun && !is_done(target) && !target->was_healthy;
    }
    return s;
}

static int start_some(struct run *run, int64_t n)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && n > 0 && i < run->targets.len; i++) {
        struct target *target = &run->targets.items[i];
        if (target->begun || is_done(target))
            continue;
        target->begun = true;
        n--;
        r = step(run, target);
    }
    return r;
}

static int skip_rest(struct run *run)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < run->targets.len; i++)
        if (!run->targets.items[i].begun && !is_done(&run->targets.items[i]))
            r = end_target(run, &run->targets.items[i], "Skipped");
    return r;
}

/* Out of time: what still runs on a host is not waited for. */
static void abandon(struct run *run)
{
    for (size_t i = 0; i < run->open.len; i++)
        run->open.items[i].deadline = run->call->now;
}

static int finish(struct run *run, const char *status, const char *code, const char *message)
{
    int r = skip_rest(run);

    return r < 0 ? r
                 : deployment_end(run->call, run->deployment, run->group, status, code, message);
}

/* Nothing may start any more: ends as soon as no host is busy. */
static int wind_down(struct run *run, bool is_overdue)
{
    if (count(run).running > 0)
        return 0;
    if (is_overdue)
        return finish(run, "Failed", "TIMEOUT",
                "The deployment took longer than the 8 hours that it may take.");
    return finish(run, "Stopped", "MANUAL_STOP", "The deployment was stopped by a request.");
}

static int schedule(struct run *run)
{
    struct schedule counts = count(run);
    struct schedule_step next = schedule_next(&counts);

    if (next.verdict == SCHEDULE_SUCCEEDED)
        return finish(run, "Succeeded", NULL, NULL);
    if (next.verdict == SCHEDULE_UNHEALTHY)
        return finish(run, "Failed", "HEALTH_CONSTRAINTS", UNHEALTHY_TEXT);
    return start_some(run, next.start);
}

static int go_on(struct run *run)
{
    struct deployment *d = run->deployment;
    int64_t limit = d->info->startTime.ms + DEPLOYMENT_RUN_MS;
    bool is_overdue = run->call->now >= limit, is_stopped = d->stop.len > 0;
    int r = deploy_targets_load(run->call, d->id, &run->targets);

    if (r < 0 || (r = deploy_commands_open(run->call, d->id, &run->open)) < 0)
        return r;
    run->is_ending = is_stopped || is_overdue || !run->group;
    if (is_overdue || !run->group)
        abandon(run);
    for (size_t i = 0; r >= 0 && i < run->targets.len; i++)
        if (run->targets.items[i].begun && !is_done(&run->targets.items[i]))
            r = step(run, &run->targets.items[i]);
    if (r < 0)
        return r;
    if (!run->group)
        return finish(run, "Failed", "DEPLOYMENT_GROUP_MISSING",
                "The deployment group was deleted during the deployment.");
    r = run->is_ending ? wind_down(run, is_overdue) : schedule(run);
    if (r < 0 || deployment_is_over(d->status))
        return r;
    wake_by(run, limit);
    return deployment_wake(run->call, d->id, run->wake);
}

static int advance(struct job *job, struct tx *tx)
{
    const struct db_row *row;
    struct deployment deployment;
    struct group group;
    struct run run = {.deployment = &deployment};
    int r = db_one(tx, &row, "select account, region from codedeploy_deployment where id = $1",
            job->payload);

    if (r <= 0)
        return r;
    run.call = call_for_job(
            job->context, job->arena, tx, row_text(row, 0), row_text(row, 1), &codedeploy_service);
    if ((r = deployment_load(run.call, job->payload, &deployment)) <= 0 ||
            deployment_is_over(deployment.status) ||
            (r = deploy_group_load(run.call, deployment.group_id, &group)) < 0)
        return r < 0 ? r : 0;
    run.group = r > 0 ? &group : NULL;
    if (is(deployment.status, "Created") && (r = begin(&run)) <= 0)
        return r;
    return go_on(&run);
}

const struct job_kind deployment_jobs[] = {
        {.name = "codedeploy.advance", .commit = advance},
};
