/*
 * audit_record - one call as a CloudTrail record (event version 1.09)
 */
#include "api/audit_record.h"

#include "api/audit.h"
#include "api/audit_resource.h"
#include "api/private.h"
#include "api/shape.h"
#include "base/clock.h"

enum {
    AUDIT_MAX_PARAMETERS = 100 * 1024,
    AUDIT_MAX_RECORD = 256 * 1024
};

static const char *identity_type(const struct principal *principal)
{
    switch (principal->kind) {
    case PRINCIPAL_ROOT:
        return "Root";
    case PRINCIPAL_USER:
        return "IAMUser";
    case PRINCIPAL_ROLE:
        return "AssumedRole";
    case PRINCIPAL_FEDERATED:
        return "FederatedUser";
    case PRINCIPAL_SERVICE:
        return "AWSService";
    case PRINCIPAL_WEB_IDENTITY:
        return "WebIdentityUser";
    default:
        return "AWSAccount";
    }
}

/* Of a session that an identity provider's token began. */
static void write_federated(struct buf *out, const struct principal_federated *federated)
{
    if (!federated->provider.ptr)
        return;
    json_write_key(out, STR("webIdFederationData"));
    buf_char(out, '{');
    json_write_member(out, STR("federatedProvider"), federated->provider);
    buf_add(out, STR(",\"attributes\":{}},"));
}

/* The user who vouches. */
static void write_voucher(struct buf *out, const struct principal *principal)
{
    ptrdiff_t slash = str_rfind_char(principal->issuer_arn, '/'); /* -1: root */

    json_write_key(out, STR("sessionIssuer"));
    buf_char(out, '{');
    json_write_member(out, STR("type"), slash < 0 ? STR("Root") : STR("IAMUser"));
    json_write_member(out, STR("principalId"), principal->issuer_id);
    json_write_member(out, STR("arn"), principal->issuer_arn);
    json_write_member(out, STR("accountId"), principal->account);
    if (slash >= 0)
        json_write_member(out, STR("userName"), str_skip(principal->issuer_arn, (size_t)slash + 1));
    buf_add(out, STR("},"));
}

static void write_issuer(struct buf *out, const struct principal *principal)
{
    ptrdiff_t colon = str_find_char(principal->user_id, ':');

    buf_add(out, STR("\"sessionIssuer\":{\"type\":\"Role\""));
    json_write_member(out, STR("principalId"),
            colon < 0 ? principal->user_id : str_head(principal->user_id, (size_t)colon));
    json_write_member(out, STR("arn"), principal->issuer_arn);
    json_write_member(out, STR("accountId"), principal->account);
    json_write_member(out, STR("userName"), principal->name);
    buf_add(out, STR("},"));
    write_federated(out, &principal->federated);
}

static void write_session(struct buf *out, struct arena *arena, const struct principal *principal)
{
    json_write_key(out, STR("sessionContext"));
    buf_char(out, '{');
    if (principal->kind == PRINCIPAL_ROLE)
        write_issuer(out, principal);
    if (principal->kind == PRINCIPAL_FEDERATED)
        write_voucher(out, principal);
    buf_add(out, STR("\"attributes\":{"));
    json_write_member(
            out, STR("mfaAuthenticated"), principal->mfa_time ? STR("true") : STR("false"));
    if (principal->session_start)
        json_write_member(out, STR("creationDate"), time_iso8601(arena, principal->session_start));
    buf_char(out, '}');
    json_write_member(out, STR("sourceIdentity"), principal->source_identity);
    buf_char(out, '}');
}

static void write_identity(struct buf *out, struct arena *arena, const struct principal *principal)
{
    json_write_key(out, STR("userIdentity"));
    buf_char(out, '{');
    json_write_member(out, STR("type"), str_of(identity_type(principal)));
    if (principal->kind == PRINCIPAL_SERVICE) {
        json_write_member(out, STR("invokedBy"), principal->name);
        buf_char(out, '}');
        return;
    }
    json_write_member(out, STR("principalId"), principal->user_id);
    json_write_member(out, STR("arn"), principal->arn);
    json_write_member(out, STR("accountId"), principal->account);
    json_write_member(out, STR("accessKeyId"), principal->access_key);
    if (principal->kind == PRINCIPAL_USER || principal->kind == PRINCIPAL_WEB_IDENTITY)
        json_write_member(out, STR("userName"), principal->name);
    if (principal->kind == PRINCIPAL_WEB_IDENTITY)
        json_write_member(out, STR("identityProvider"), principal->federated.provider);
    if (principal->kind == PRINCIPAL_ROLE || principal->session_start)
        write_session(out, arena, principal);
    json_write_member(out, STR("invokedBy"), principal->invoked_by);
    buf_char(out, '}');
}

static void write_shape(struct buf *out, const struct call *call, const char *name, uint16_t shape,
        const void *value)
{
    struct buf text = buf_make(out->arena, AUDIT_MAX_PARAMETERS);

    json_write_key(out, str_of(name));
    if (!value || shape == SHAPE_NONE) {
        buf_add(out, STR("null"));
        return;
    }
    shape_json_write(&text, call->service->model, shape, value, SHAPE_JSON_AUDIT);
    buf_add(out, buf_is_full(&text) ? STR("{\"omitted\":true,\"reason\":\"too large\"}")
                                    : buf_str(&text));
}

static void write_resources(struct buf *out, const struct call *call)
{
    const struct str_list *resources = &call->private_->resources;

    if (resources->len == 0)
        return;
    json_write_key(out, STR("resources"));
    buf_char(out, '[');
    for (size_t i = 0; i < resources->len; i++) {
        if (i > 0)
            buf_char(out, ',');
        buf_char(out, '{');
        json_write_member(out, STR("ARN"), resources->items[i]);
        json_write_member(out, STR("accountId"), call->account);
        json_write_member(out, STR("type"), audit_resource_type(resources->items[i]));
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void write_what(struct buf *out, struct call *call)
{
    const struct service_model *model = call->service->model;

    json_write_member(out, STR("eventTime"), time_iso8601(call->arena, call->now));
    json_write_member(out, STR("eventSource"), str_of(model->event_source));
    json_write_member(out, STR("eventName"), call->private_->target.operation_name);
    json_write_member(out, STR("awsRegion"), call->region);
    json_write_member(out, STR("sourceIPAddress"), call->source_ip);
    json_write_member(out, STR("userAgent"), call->user_agent);
    if (!call->failure.code.ptr)
        return;
    json_write_member(out, STR("errorCode"), call->failure.code);
    json_write_member(out, STR("errorMessage"), str_head(call->failure.message, 1024));
}

str audit_record_json(struct call *call, const void *in, const void *out)
{
    const struct operation *operation = call->operation;
    struct buf text = buf_make(call->arena, AUDIT_MAX_RECORD);
    bool is_data = audit_is_data_event(call);
    bool has_answer = out && !call_is_read(call) && !call->failure.code.ptr;

    buf_add(&text, STR("{\"eventVersion\":\"1.09\""));
    write_identity(&text, call->arena, call->principal);
    write_what(&text, call);
    write_shape(&text, call, "requestParameters", operation ? operation->input : SHAPE_NONE, in);
    write_shape(&text, call, "responseElements", operation ? operation->output : SHAPE_NONE,
            has_answer ? out : NULL);
    json_write_member(&text, STR("requestID"), call->request_id);
    json_write_member(&text, STR("eventID"), call->event_id);
    json_write_key(&text, STR("readOnly"));
    buf_add(&text, call_is_read(call) ? STR("true") : STR("false"));
    write_resources(&text, call);
    json_write_member(&text, STR("eventType"), STR("AwsApiCall"));
    buf_add(&text, is_data ? STR(",\"managementEvent\":false") : STR(",\"managementEvent\":true"));
    json_write_member(&text, STR("recipientAccountId"), call->account);
    json_write_member(&text, STR("eventCategory"), is_data ? STR("Data") : STR("Management"));
    buf_char(&text, '}');
    return buf_str(&text);
}

str audit_record_service_json(struct call *call, const struct audit_service_event *event)
{
    struct buf text = buf_make(call->arena, AUDIT_MAX_RECORD);

    buf_add(&text, STR("{\"eventVersion\":\"1.09\""));
    json_write_key(&text, STR("userIdentity"));
    buf_char(&text, '{');
    json_write_member(&text, STR("accountId"), call->account);
    json_write_member(&text, STR("invokedBy"), call->principal->name);
    buf_char(&text, '}');
    json_write_member(&text, STR("eventTime"), time_iso8601(call->arena, call->now));
    json_write_member(&text, STR("eventSource"), str_of(call->service->model->event_source));
    json_write_member(&text, STR("eventName"), event->name);
    json_write_member(&text, STR("awsRegion"), call->region);
    json_write_member(&text, STR("sourceIPAddress"), call->principal->name);
    json_write_member(&text, STR("userAgent"), call->principal->name);
    json_write_member(&text, STR("errorMessage"), str_head(event->error_message, 1024));
    buf_add(&text, STR(",\"requestParameters\":null,\"responseElements\":null"));
    json_write_key(&text, STR("additionalEventData"));
    buf_add(&text, event->details);
    json_write_member(&text, STR("eventID"), call->event_id);
    buf_add(&text, STR(",\"readOnly\":false"));
    write_resources(&text, call);
    json_write_member(&text, STR("eventType"), STR("AwsServiceEvent"));
    buf_add(&text, STR(",\"managementEvent\":true"));
    json_write_member(&text, STR("recipientAccountId"), call->account);
    json_write_member(&text, STR("eventCategory"), STR("Management"));
    buf_char(&text, '}');
    return buf_str(&text);
}
