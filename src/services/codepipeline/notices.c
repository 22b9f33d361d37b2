#include "services/codepipeline/engine.h"

#include "base/json.h"
#include "services/events/events.h"

/* Source: CodePipeline User Guide, "Monitoring CodePipeline events": details of the three kinds. */

enum {
    DETAIL_MAX = 65536
};

static int emit(struct call *call, const struct pipeline *p, const char *type, struct buf *detail)
{
    str arn = arn_make(call, "codepipeline", p->name);

    buf_char(detail, '}');
    return events_emit(call, STR("aws.codepipeline"), str_of(type),
            (struct str_list){&arn, 1, true}, buf_str(detail));
}

static struct buf begin(struct call *call, const struct pipeline *p, str execution,
        const char *state, int64_t version)
{
    struct buf out = buf_make(call->arena, DETAIL_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("pipeline"), p->name);
    json_write_member(&out, STR("execution-id"), execution);
    json_write_member(&out, STR("state"), str_of(state));
    json_write_member_int(&out, STR("version"), version);
    return out;
}

int notice_pipeline(
        struct call *call, const struct pipeline *p, const struct execution *x, const char *state)
{
    struct buf out = begin(call, p, x->id, state, x->version);

    json_write_key(&out, STR("execution-trigger"));
    buf_char(&out, '{');
    json_write_member(&out, STR("trigger-type"), x->trigger_type);
    json_write_member(&out, STR("trigger-detail"), x->trigger_detail);
    buf_char(&out, '}');
    if (x->stop_reason.ptr) {
        json_write_key(&out, STR("stop-execution-comments"));
        json_write_str(&out, x->stop_reason);
    }
    return emit(call, p, "CodePipeline Pipeline Execution State Change", &out);
}

int notice_stage(struct call *call, const struct pipeline *p, const struct execution *x, str stage,
        const char *state)
{
    struct buf out = begin(call, p, x->id, state, x->version);

    json_write_member(&out, STR("stage"), stage);
    return emit(call, p, "CodePipeline Stage Execution State Change", &out);
}

static void write_result(struct buf *out, const struct codepipeline_ActionExecutionResult *result)
{
    json_write_key(out, STR("execution-result"));
    buf_char(out, '{');
    json_write_member(out, STR("external-execution-id"), result->externalExecutionId);
    json_write_member(out, STR("external-execution-url"), result->externalExecutionUrl);
    json_write_member(out, STR("external-execution-summary"), result->externalExecutionSummary);
    if (result->errorDetails) {
        json_write_member(out, STR("error-code"), result->errorDetails->code);
        json_write_member(out, STR("error-message"), result->errorDetails->message);
    }
    buf_char(out, '}');
}

int notice_action(
        struct call *call, const struct pipeline *p, const struct action *a, const char *state)
{
    const struct codepipeline_ActionTypeId *type = a->detail->input->actionTypeId;
    struct buf out = begin(call, p, a->execution, state, a->detail->pipelineVersion.value);

    json_write_member(&out, STR("stage"), a->stage);
    json_write_member(&out, STR("action"), a->name);
    json_write_member(&out, STR("action-execution-id"), a->id);
    json_write_member(&out, STR("region"), call->region);
    json_write_key(&out, STR("type"));
    buf_char(&out, '{');
    json_write_member(&out, STR("owner"), type->owner);
    json_write_member(&out, STR("category"), type->category);
    json_write_member(&out, STR("provider"), type->provider);
    json_write_member(&out, STR("version"), type->version);
    buf_char(&out, '}');
    if (!str_eq(a->status, STR("InProgress")))
        write_result(&out, a->detail->output->executionResult);
    return emit(call, p, "CodePipeline Action Execution State Change", &out);
}
