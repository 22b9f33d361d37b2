/*
 * What agents ask and report (api/codedeploycommands.smithy).
 *
 *     [Pending] --poll: delivered--> [Pending] --acknowledged--> [InProgress] --completed--> [Succeeded]
 *         ^                              |                                              '--> [Failed]
 *         '-- not acknowledged in 10 s --'  (delivered again)
 *
 * A caller is a host when a registered on-premises instance has its ARN; it sees and
 * reports commands of that host only. The first completion of a command counts.
 */
#include "gen/codedeploycommands.h"
#include "services/codedeploy/deployment.h"

enum {
    POLL_CANDIDATES = 16,
    TEXT_MAX = 8192
};

static int find_host(struct call *call, struct instance *ret)
{
    int r = instance_of_principal(call, ret);

    if (r == 0)
        return call_fail(call, &codedeploycommands_ClientException,
                "No on-premises instance is registered for %.*s", STR_ARG(call->principal->arn));
    return r < 0 ? r : 0;
}

/* The caller is the host that it names. */
static int find_named_host(struct call *call, str name, struct instance *ret)
{
    int r = find_host(call, ret);

    if (r >= 0 && !str_eq(ret->host, name))
        return call_fail(call, &codedeploycommands_ClientException, "%.*s is not the host %.*s",
                STR_ARG(call->principal->arn), STR_ARG(str_head(name, 256)));
    return r;
}

static int find_command(struct call *call, str id, struct command *ret)
{
    struct instance instance;
    int r = find_host(call, &instance);

    if (r < 0 || (r = deploy_command_load(call, id, ret)) < 0)
        return r;
    if (r == 0 || !str_eq(ret->host, instance.host))
        return call_fail(call, &codedeploycommands_ClientException,
                "The host command identifier is not valid");
    return 0;
}

static bool is_open(const struct command *command)
{
    return str_eq(command->state, STR("Pending")) || str_eq(command->state, STR("InProgress"));
}

static str execution_id(struct call *call, str deployment_id)
{
    return str_printf(call->arena, "CodeDeploy/%.*s/prod/%.*s", STR_ARG(call->region),
            STR_ARG(deployment_id));
}

/* ---- Poll
 * ------------------------------------------------------------------------------------------- */

static int deliver(struct call *call, struct command *command,
        struct codedeploycommands_PollHostCommandOutput *out)
{
    struct target target;
    int r = deploy_target_load(call, command->deployment_id, command->target, &target);

    command->delivered = call->now;
    if (r < 0 || (r = deploy_command_save(call, command)) < 0)
        return r;
    if (str_eq(target.info->status, STR("Pending"))) {
        target.info->status = STR("InProgress");
        if ((r = deploy_target_save(call, command->deployment_id, &target)) < 0)
            return r;
    }
    out->HostCommand = arena_new(call->arena, struct codedeploycommands_HostCommand);
    *out->HostCommand = (struct codedeploycommands_HostCommand){
            .HostCommandIdentifier = command->id,
            .HostIdentifier = command->host,
            .DeploymentExecutionId = execution_id(call, command->deployment_id),
            .CommandName = command->event,
    };
    return 0;
}

int codedeploycommands_PollHostCommand(struct call *call,
        const struct codedeploycommands_PollHostCommandInput *in,
        struct codedeploycommands_PollHostCommandOutput *out)
{
    int64_t until = call->arrived + COMMAND_POLL_MS;
    struct instance instance;
    struct db_rows rows;
    int r = find_named_host(call, in->HostIdentifier, &instance);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select id from codedeploy_command where account = $1 and region = $2 and host = $3 "
            "and state = 'Pending' and deadline > $4"
            " order by created limit $5",
            call->account, call->region, instance.host, call->now, POLL_CANDIDATES);
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        struct command command;
        if ((r = deploy_command_load(call, row_text(&rows.items[i], 0), &command)) <= 0)
            continue;
        int64_t due = command.delivered ? command.delivered + COMMAND_AGAIN_MS : 0;
        if (due <= call->now)
            return deliver(call, &command, out);
        until = due < until ? due : until;
    }
    return r < 0 ? r : call_wait(call, deploy_host_topic(call, instance.host), until);
}

/* ---- Specification
 * ------------------------------------------------------------------------------------ */

int codedeploycommands_GetDeploymentSpecification(struct call *call,
        const struct codedeploycommands_GetDeploymentSpecificationInput *in,
        struct codedeploycommands_GetDeploymentSpecificationOutput *out)
{
    struct codedeploycommands_SpecificationEnvelope *envelope =
            arena_new(call->arena, struct codedeploycommands_SpecificationEnvelope);
    ptrdiff_t slash = str_rfind_char(in->DeploymentExecutionId, '/');
    str id = slash < 0 ? STR("") : str_skip(in->DeploymentExecutionId, (size_t)slash + 1);
    struct deployment deployment;
    struct instance instance;
    struct target target;
    int r = find_named_host(call, in->HostIdentifier, &instance);

    if (r < 0 || (r = deployment_load(call, id, &deployment)) < 0 ||
            (r > 0 && (r = deploy_target_load(call, id, instance.name, &target)) < 0))
        return r;
    if (r == 0 || !str_eq(target.host, instance.host))
        return call_fail(call, &codedeploycommands_ClientException,
                "The host takes no part in the deployment %.*s",
                STR_ARG(in->DeploymentExecutionId));
    envelope->Format = STR("PKCS7/JSON");
    if ((r = specification_make(call, &deployment, &envelope->Payload)) < 0)
        return r;
    out->DeploymentSystem = STR("CodeDeploy");
    out->DeploymentSpecification =
            arena_new(call->arena, struct codedeploycommands_DeploymentSpecification);
    out->DeploymentSpecification->GenericEnvelope = envelope;
    return 0;
}

/* ---- Reports
 * -------------------------------------------------------------------------------------------- */

int codedeploycommands_PutHostCommandAcknowledgement(struct call *call,
        const struct codedeploycommands_PutHostCommandAcknowledgementInput *in,
        struct codedeploycommands_PutHostCommandAcknowledgementOutput *out)
{
    struct codedeploy_LifecycleEvent *event;
    struct command command;
    struct target target;
    int r = find_command(call, in->HostCommandIdentifier, &command);

    if (r < 0)
        return r;
    out->CommandStatus = command.state;
    if (!str_eq(command.state, STR("Pending")))
        return 0;
    if ((r = deploy_target_load(call, command.deployment_id, command.target, &target)) <= 0)
        return r;
    event = deploy_target_event(&target, command.event);
    event->status = STR("InProgress");
    event->startTime = SOME_TIME(call->now);
    command.state = STR("InProgress");
    command.deadline = call->now + EVENT_RUN_MS;
    out->CommandStatus = command.state;
    r = deploy_target_save(call, command.deployment_id, &target);
    return r < 0 ? r : deploy_command_save(call, &command);
}

int codedeploycommands_PostHostCommandUpdate(struct call *call,
        const struct codedeploycommands_PostHostCommandUpdateInput *in,
        struct codedeploycommands_PostHostCommandUpdateOutput *out)
{
    struct command command;
    int r = find_command(call, in->HostCommandIdentifier, &command);

    if (r < 0)
        return r;
    out->CommandStatus = command.state;
    return 0;
}

static const char *error_name(const json_t *code)
{
    static const char *const names[] = {
            "Success", "ScriptMissing", "ScriptNotExecutable", "ScriptTimedOut", "ScriptFailed"};
    json_int_t n = json_is_integer(code) ? json_integer_value(code) : -1;

    return n >= 0 && n < (json_int_t)(sizeof(names) / sizeof(*names)) ? names[n] : "UnknownError";
}

static str text_of(struct call *call, const json_t *json, const char *name)
{
    str text = json_member_str(json, name);

    return text.ptr ? str_dup(call->arena, str_head(text, TEXT_MAX)) : STR("");
}

/* Old agents send none; what cannot be read is told as it came. */
static struct codedeploy_Diagnostics *read_diagnostics(
        struct call *call, bool is_success, const struct codedeploycommands_Envelope *envelope)
{
    struct codedeploy_Diagnostics *ret = arena_new(call->arena, struct codedeploy_Diagnostics);
    AUTO_JSON json_t *json = NULL;
    struct error err;

    *ret = (struct codedeploy_Diagnostics){
            is_success ? STR("Success") : STR("UnknownError"), STR(""), STR(""), STR("")};
    if (!envelope || !envelope->Payload.len)
        return ret;
    if (json_parse(envelope->Payload, &json, &err) < 0 || !json_is_object(json)) {
        ret->message = str_head(envelope->Payload, TEXT_MAX);
        return ret;
    }
    ret->errorCode =
            is_success ? STR("Success") : str_of(error_name(json_member(json, "error_code")));
    if (!is_success && str_eq(ret->errorCode, STR("Success")))
        ret->errorCode = STR("UnknownError");
    ret->scriptName = text_of(call, json, "script_name");
    ret->message = text_of(call, json, "message");
    ret->logTail = text_of(call, json, "log");
    return ret;
}

int codedeploycommands_PutHostCommandComplete(struct call *call,
        const struct codedeploycommands_PutHostCommandCompleteInput *in,
        struct codedeploycommands_PutHostCommandCompleteOutput *out)
{
    bool is_success = str_eq(in->CommandStatus, STR("Succeeded"));
    struct codedeploy_LifecycleEvent *event;
    struct command command;
    struct target target;
    int r = find_command(call, in->HostCommandIdentifier, &command);

    (void)out;
    if (r < 0)
        return r;
    if (!is_success && !str_eq(in->CommandStatus, STR("Failed")))
        return call_fail(call, &codedeploycommands_ClientException,
                "A command is completed as Succeeded or Failed, not as %.*s",
                STR_ARG(in->CommandStatus));
    if (!is_open(&command) ||
            (r = deploy_target_load(call, command.deployment_id, command.target, &target)) == 0)
        return 0; /* later completions change nothing */
    if (r < 0)
        return r;
    event = deploy_target_event(&target, command.event);
    event->status = in->CommandStatus;
    if (!event->startTime.is_set)
        event->startTime = SOME_TIME(call->now);
    event->endTime = SOME_TIME(call->now);
    event->diagnostics = read_diagnostics(call, is_success, in->Diagnostics);
    command.state = in->CommandStatus;
    if ((r = deploy_target_save(call, command.deployment_id, &target)) < 0 ||
            (r = deploy_command_save(call, &command)) < 0)
        return r;
    return deployment_wake(call, command.deployment_id, 0);
}
