#include "agent/agent.h"

#include "agent/host.h"
#include "agent/identity.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"

#include <signal.h>

enum {
    POLL_INTERVAL_MS = 1000, /* when the server answers at once */
    BACKOFF_MAX_MS = 30000,
};

static const char TARGET[] = "CodeDeployCommandService_v20141006";

struct agent {
    struct agent_identity identity;
    struct host host;
};

/* A host command as polled. */
struct command {
    str id, execution, name;
};

static volatile sig_atomic_t is_stopping;

static void stop(int signal)
{
    (void)signal;
    is_stopping = 1;
}

static int request(struct agent *agent, struct arena *arena, const char *operation, str body,
        json_t **ret, struct error *err)
{
    return aws_call(agent->host.aws, arena, STR("codedeploy-commands"),
            str_printf(arena, "%s.%s", TARGET, operation), body, ret, err);
}

/* 1 a command, 0 none. */
static int poll_command(
        struct agent *agent, struct arena *arena, struct command *ret, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;
    struct buf body = buf_make(arena, 4096);
    const json_t *found;
    int r;

    buf_char(&body, '{');
    json_write_member(&body, STR("HostIdentifier"), agent->identity.host);
    buf_char(&body, '}');
    if ((r = request(agent, arena, "PollHostCommand", buf_str(&body), &answer, err)) < 0)
        return r;
    found = json_member(answer, "HostCommand");
    if (!json_is_object(found))
        return 0;
    ret->id = str_dup(arena, json_member_str(found, "HostCommandIdentifier"));
    ret->execution = str_dup(arena, json_member_str(found, "DeploymentExecutionId"));
    ret->name = str_dup(arena, json_member_str(found, "CommandName"));
    return ret->id.len && ret->execution.len && ret->name.len
                   ? 1
                   : error_set(err, EPROTO, "the server sent half a command");
}

static int fetch_spec(struct agent *agent, struct arena *arena, const struct command *command,
        struct spec *ret, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;
    struct buf body = buf_make(arena, 4096);
    const json_t *envelope;
    int r;

    buf_char(&body, '{');
    json_write_member(&body, STR("DeploymentExecutionId"), command->execution);
    json_write_member(&body, STR("HostIdentifier"), agent->identity.host);
    buf_char(&body, '}');
    if ((r = request(agent, arena, "GetDeploymentSpecification", buf_str(&body), &answer, err)) < 0)
        return r;
    envelope = json_member(json_member(answer, "DeploymentSpecification"), "GenericEnvelope");
    return spec_open(arena, json_member_str(envelope, "Format"),
            json_member_str(envelope, "Payload"), str_cstr(arena, agent->identity.ca_file), ret,
            err);
}

static str command_body(
        struct arena *arena, const struct command *command, const char *status, str payload)
{
    struct buf body = buf_make(arena, 65536);

    buf_char(&body, '{');
    json_write_member(&body, STR("HostCommandIdentifier"), command->id);
    if (status)
        json_write_member(&body, STR("CommandStatus"), str_of(status));
    json_write_key(&body, STR("Diagnostics"));
    buf_add(&body, STR("{\"Format\":\"JSON\""));
    json_write_member(&body, STR("Payload"), payload);
    buf_add(&body, STR("}}"));
    return buf_str(&body);
}

/* 1: go on, 0: the server does not want it any more. */
static int acknowledge(struct agent *agent, struct arena *arena, const struct command *command,
        bool is_noop, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;
    str body = command_body(arena, command, NULL,
            is_noop ? STR("{\"IsCommandNoop\":true}") : STR("{\"IsCommandNoop\":false}"));
    int r = request(agent, arena, "PutHostCommandAcknowledgement", body, &answer, err);
    str status;

    if (r < 0)
        return r;
    status = json_member_str(answer, "CommandStatus");
    return !str_eq(status, STR("Succeeded")) && !str_eq(status, STR("Failed"));
}

/* Says how it ended until the server has taken it: the outcome must not be lost. */
static void complete(struct agent *agent, struct arena *arena, const struct command *command,
        const struct diagnostics *d)
{
    str body = command_body(arena, command, d->code == DIAGNOSTICS_SUCCESS ? "Succeeded" : "Failed",
            diagnostics_print(arena, d));
    struct error err;
    int r;

    do {
        AUTO_JSON json_t *answer = NULL;
        r = request(agent, arena, "PutHostCommandComplete", body, &answer, &err);
        if (r == -EREMOTEIO && agent->host.aws->status < 500) {
            log_warn("complete.refused", F("command", command->name), F("error", err.text));
            return; /* it will not be taken at another time either */
        }
        if (r < 0) {
            log_warn("complete.retry", F("command", command->name), F("error", err.text));
            clock_sleep(POLL_INTERVAL_MS);
        }
    } while (r < 0);
}

static void carry_out(struct agent *agent, struct arena *arena, const struct command *command)
{
    struct diagnostics d = {0};
    struct error err = {0};
    struct spec spec;
    int64_t start = clock_monotonic_us();
    int r = fetch_spec(agent, arena, command, &spec, &err);

    if (r >= 0) {
        r = acknowledge(agent, arena, command,
                host_is_noop(arena, &agent->host, command->name, &spec), &err);
        if (r == 0 || r == -EREMOTEIO)
            return;
        if (r > 0)
            r = host_track(arena, &agent->host, spec.deployment_id, command->id, &err);
    }
    if (r >= 0)
        host_run(arena, &agent->host, command->name, &spec, &d);
    else
        d = (struct diagnostics){.code = DIAGNOSTICS_UNKNOWN, .message = str_of(err.text)};
    complete(agent, arena, command, &d);
    if (r >= 0)
        host_untrack(arena, &agent->host, spec.deployment_id);
    log_info("command", F("name", command->name), F("execution", command->execution),
            F("code", (int)d.code), F("ms", (clock_monotonic_us() - start) / 1000),
            F("message", d.message));
}

/* What was under way when the agent ended the last time has failed. */
static void report_crash(struct agent *agent)
{
    AUTO_ARENA struct arena arena = {0};
    str deployment = {0};
    struct command command = {
            .id = host_tracked(&arena, &agent->host, &deployment), .name = STR("crashed")};
    const struct diagnostics d = {.code = DIAGNOSTICS_RESTARTED,
            .message = STR("The agent was restarted while it carried out the lifecycle event")};

    if (!command.id.ptr)
        return;
    complete(agent, &arena, &command, &d);
    host_untrack(&arena, &agent->host, deployment);
}

static void run(struct agent *agent)
{
    int64_t wait_ms = 0;

    report_crash(agent);
    while (!is_stopping) {
        AUTO_ARENA struct arena arena = {0};
        int64_t start = clock_monotonic_us();
        struct command command;
        struct error err;
        int r = poll_command(agent, &arena, &command, &err);

        if (r > 0) {
            wait_ms = 0;
            carry_out(agent, &arena, &command);
        } else if (r == 0) {
            /* a long poll took its time already */
            bool was_quick = clock_monotonic_us() - start < POLL_INTERVAL_MS * INT64_C(1000);
            wait_ms = was_quick ? POLL_INTERVAL_MS : 0;
        } else {
            wait_ms = wait_ms ? wait_ms * 2 : POLL_INTERVAL_MS;
            wait_ms = wait_ms < BACKOFF_MAX_MS ? wait_ms : BACKOFF_MAX_MS;
            wait_ms += (int64_t)random_below((uint64_t)wait_ms / 4 + 1);
            log_warn("poll", F("error", err.text), F("again_ms", wait_ms));
        }
        for (int64_t slept = 0; slept < wait_ms && !is_stopping; slept += 100)
            clock_sleep(100);
    }
}

int agent_main(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct agent agent = {0};
    struct error err;

    if (agent_identity_read(&arena, argc, argv, &agent.identity, &err) < 0) {
        fprintf(stderr, "slipway: agent: %s (see \"slipway help\")\n", err.text);
        return 2;
    }
    const struct aws_options options = {.endpoint = agent.identity.endpoint,
            .ca_file = agent.identity.ca_file,
            .region = agent.identity.region,
            .credentials = agent.identity.credentials};
    if (aws_open(&options, &agent.host.aws, &err) < 0) {
        fprintf(stderr, "slipway: agent: %s\n", err.text);
        return 2;
    }
    agent.host.root = agent.identity.root;
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    signal(SIGPIPE, SIG_IGN);
    log_info("agent", F("host", agent.identity.host), F("endpoint", agent.identity.endpoint));
    run(&agent);
    aws_close(agent.host.aws);
    return 0;
}
