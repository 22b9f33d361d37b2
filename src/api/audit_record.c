/*
 * audit_record - one call as a CloudTrail record (event version 1.09)
 */
#include "api/audit_record.h"

#include "api/audit.h"
#include "api/audit_resource.h"
#include "api/private.h"
#include "api/shape.h"
#include "base/clock.h"
#include "base/random.h"

enum {
    AUDIT_MAX_PARAMETERS = 100 * 1024,
    AUDIT_MAX_RECORD = 256 * 1024
};

/* ---- Whose ---------------------------------------------------------------------------------- */

/* The owner of something that the call was permitted to touch; absent: it is the caller's own. */
static str foreign_owner(const struct call *call)
{
    const struct str_list *resources = &call->private_->resources;
    struct arn arn;

    for (size_t i = 0; i < resources->len; i++)
        if (arn_parse(resources->items[i], &arn) == 0 && arn.account.len == 12 &&
                !str_eq(arn.account, call->account) && !str_eq(arn.account, STR("000000000000")))
            return arn.account;
    return (str){0};
}

size_t audit_sides(struct call *call, struct audit_side ret[AUDIT_SIDES])
{
    const struct principal *principal = call->principal;
    str caller = principal->account, owner = call->account;

    ret[0] = (struct audit_side){.account = call->account, .event_id = call->event_id};
    if (!caller.ptr || principal->kind == PRINCIPAL_SERVICE ||
            principal->kind == PRINCIPAL_WEB_IDENTITY)
        return 1;
    if (str_eq(caller, owner))
        owner = call->failure.code.ptr ? (str){0} : foreign_owner(call);
    if (!owner.ptr)
        return 1;
    ret[0].account = caller;
    ret[0].shared_id = random_uuid(call->arena);
    ret[1] = (struct audit_side){
            .account = owner,
            .event_id = random_uuid_sortable(call->arena),
            .shared_id = ret[0].shared_id,
            .is_owner = true,
    };
    return 2;
}

/* ---- Who ------------------------------------------------------------------------------------ */

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

/* To the owner of what a stranger touched; to all about who has no name at all. */
static void write_stranger(struct buf *out, const struct principal *principal)
{
    bool is_anonymous = principal->kind == PRINCIPAL_ANONYMOUS;

    json_write_key(out, STR("userIdentity"));
    buf_add(out, STR("{\"type\":\"AWSAccount\""));
    json_write_member(out, STR("principalId"), is_anonymous ? STR("") : principal->user_id);
    json_write_member(out, STR("accountId"), is_anonymous ? STR("anonymous") : principal->account);
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
    if (value && shape != SHAPE_NONE)
        shape_json_write(&text, call->service->model, shape, value, SHAPE_JSON_AUDIT);
    if (buf_is_full(&text))
        buf_add(out, STR("{\"omitted\":true,\"reason\":\"too large\"}"));
    else if (text.len <= STR("{}").len) /* nothing was given, or nothing that is recorded */
        buf_add(out, STR("null"));
    else
        buf_add(out, buf_str(&text));
}

/* ---- What ----------------------------------------------------------------------------------- */

static str owner_of(const struct call *call, str resource)
{
    struct arn arn;

    return arn_parse(resource, &arn) == 0 && arn.account.len ? arn.account : call->account;
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
        json_write_member(out, STR("accountId"), owner_of(call, resources->items[i]));
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

/* AWS has the answers of these reads all the same: they say which session began. */
static bool begins_session(const struct call *call)
{
    str name = call->private_->target.operation_name;

    return str_eq(str_of(call->service->model->event_source), STR("sts.amazonaws.com")) &&
           (str_starts(name, STR("AssumeRole")) || str_eq(name, STR("GetSessionToken")) ||
                   str_eq(name, STR("GetFederationToken")));
}

static void write_elements(
        struct buf *text, const struct call *call, const void *in, const void *out)
{
    const struct operation *operation = call->operation;
    bool has_answer = !call->failure.code.ptr && (!call_is_read(call) || begins_session(call));

    if (call->private_->detail.request.ptr) {
        json_write_key(text, STR("requestParameters"));
        buf_add(text, call->private_->detail.request);
    } else {
        write_shape(text, call, "requestParameters", operation ? operation->input : SHAPE_NONE, in);
    }
    write_shape(text, call, "responseElements", operation ? operation->output : SHAPE_NONE,
            has_answer ? out : NULL);
}

static void write_additional(struct buf *out, const struct call *call)
{
    const struct call_private *p = call->private_;

    if (p->detail.additional.ptr) {
        json_write_key(out, STR("additionalEventData"));
        buf_add(out, p->detail.additional);
    }
    if (!p->req || !p->is_signed || p->wire->family != FAMILY_S3)
        return;
    json_write_key(out, STR("additionalEventData"));
    buf_add(out, STR("{\"SignatureVersion\":\"SigV4\""));
    json_write_member(out, STR("CipherSuite"), p->req->tls_cipher);
    if (call->body_length >= 0)
        json_write_member_int(out, STR("bytesTransferredIn"), call->body_length);
    json_write_member(out, STR("AuthenticationMethod"),
            p->claim.expires ? STR("QueryString") : STR("AuthHeader"));
    buf_char(out, '}');
}

static void write_tls(struct buf *out, const struct call *call)
{
    const struct httpd_request *req = call->private_->req;

    if (!req)
        return;
    json_write_key(out, STR("tlsDetails"));
    buf_char(out, '{');
    json_write_member(out, STR("tlsVersion"), req->tls_version);
    json_write_member(out, STR("cipherSuite"), req->tls_cipher);
    json_write_member(
            out, STR("clientProvidedHostHeader"), str_head(httpd_header(req, STR("Host")), 256));
    buf_char(out, '}');
}

bool audit_is_read(const struct call *call)
{
    return call_is_read(call) || call->private_->detail.is_read;
}

void audit_describe(struct call *call, const struct audit_detail *detail)
{
    call->private_->detail = *detail;
}

static void write_bool(struct buf *out, const char *name, bool value)
{
    json_write_key(out, str_of(name));
    buf_add(out, value ? STR("true") : STR("false"));
}

str audit_record_json(
        struct call *call, const struct audit_side *side, const void *in, const void *out)
{
    struct buf text = buf_make(call->arena, AUDIT_MAX_RECORD);
    bool is_data = audit_is_data_event(call);

    buf_add(&text, STR("{\"eventVersion\":\"1.09\""));
    if (side->is_owner || call->principal->kind == PRINCIPAL_ANONYMOUS)
        write_stranger(&text, call->principal);
    else
        write_identity(&text, call->arena, call->principal);
    write_what(&text, call);
    write_elements(&text, call, in, out);
    write_additional(&text, call);
    json_write_member(&text, STR("requestID"), call->request_id);
    json_write_member(&text, STR("eventID"), side->event_id);
    write_bool(&text, "readOnly", audit_is_read(call));
    write_resources(&text, call);
    json_write_member(&text, STR("eventType"), STR("AwsApiCall"));
    json_write_member(&text, STR("apiVersion"), str_of(call->service->model->version));
    write_bool(&text, "managementEvent", !is_data);
    json_write_member(&text, STR("recipientAccountId"), side->account);
    json_write_member(&text, STR("sharedEventID"), side->shared_id);
    json_write_member(&text, STR("eventCategory"), is_data ? STR("Data") : STR("Management"));
    write_tls(&text, call);
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
