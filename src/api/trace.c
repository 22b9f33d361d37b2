#include "api/trace.h"

#include "base/buf.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/zstd.h"

enum {
    TRACE_ROOM = 256, /* kept for what follows the condition keys */
};

static const char *const effects[] = {
        [POLICY_NONE] = "none", [POLICY_ALLOW] = "allow", [POLICY_DENY] = "deny"};
static const char *const part_names[POLICY_PARTS] = {
        [POLICY_PART_IDENTITY] = "identity",
        [POLICY_PART_RESOURCE] = "resource",
        [POLICY_PART_BOUNDARY] = "boundary",
        [POLICY_PART_SESSION] = "session",
};

static bool is_there(const struct trace *trace, enum policy_part part)
{
    const struct policy_set *set = trace->set;
    const bool there[POLICY_PARTS] = {
            [POLICY_PART_IDENTITY] = set->identity_len > 0,
            [POLICY_PART_RESOURCE] = set->resource != NULL || set->grant,
            [POLICY_PART_BOUNDARY] = set->boundary != NULL,
            [POLICY_PART_SESSION] = set->session != NULL,
    };

    return there[part];
}

/* What another account's policy says is not for the caller. */
static bool is_told(const struct trace *trace, enum policy_part part)
{
    return part != POLICY_PART_RESOURCE || !trace->set->is_cross_account;
}

static void write_statement(struct buf *out, const struct trace *trace)
{
    const struct policy_decision *decision = trace->decision;

    json_write_key(out, STR("matchedStatements"));
    buf_add(out, STR("{\"items\":["));
    if (decision->statement >= 0 && is_told(trace, decision->part)) {
        buf_char(out, '{');
        json_write_member(out, STR("statementId"), decision->sid.ptr ? decision->sid : STR(""));
        json_write_member(out, STR("effect"), decision->explicit_deny ? STR("DENY") : STR("ALLOW"));
        buf_char(out, '}');
    }
    buf_add(out, STR("]},\"failures\":{\"items\":[]}"));
}

static void write_decision(struct buf *out, const struct trace *trace)
{
    const struct policy_decision *decision = trace->decision;
    bool is_trust = trace->is_trust && decision->part == POLICY_PART_RESOURCE;

    json_write_key(out, STR("decision"));
    buf_char(out, '{');
    json_write_member(
            out, STR("kind"), is_trust ? STR("role trust policy") : str_of(decision->kind));
    json_write_member(out, STR("policy"), decision->policy_name);
    json_write_member(out, STR("policyArn"), trace->policy_arn);
    json_write_member(out, STR("policyVersion"), trace->policy_version);
    if (decision->statement >= 0 && is_told(trace, decision->part)) {
        json_write_member_int(out, STR("statement"), decision->statement);
        json_write_member(out, STR("statementId"), decision->sid);
    }
    if (trace->unmet.key.ptr && is_told(trace, decision->part)) {
        json_write_member(out, STR("conditionKey"), trace->unmet.key);
        json_write_member(out, STR("unmetPolicy"), trace->unmet.policy);
        if (trace->unmet.statement >= 0)
            json_write_member_int(out, STR("unmetStatement"), trace->unmet.statement);
    }
    for (enum policy_part part = 0; part < POLICY_PARTS; part++)
        json_write_member(out, str_of(part_names[part]),
                !is_told(trace, part)   ? STR("untold")
                : is_there(trace, part) ? str_of(effects[decision->parts[part].effect])
                                        : STR("absent"));
    buf_char(out, '}');
}

static str key_json(struct arena *arena, const struct policy_key *key)
{
    struct buf out = buf_make(arena, TRACE_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("key"), key->name);
    buf_add(&out, STR(",\"values\":{\"items\":["));
    for (size_t i = 0; i < key->values.len; i++) {
        buf_add(&out, i > 0 ? STR(",{") : STR("{"));
        json_write_member(&out, STR("value"), key->values.items[i]);
        buf_char(&out, '}');
    }
    buf_add(&out, STR("]}}"));
    return buf_is_full(&out) ? (str){0} : buf_str(&out);
}

static void write_principal(struct buf *out, const struct principal *principal)
{
    json_write_key(out, STR("principal"));
    buf_char(out, '{');
    json_write_member(out, STR("id"), principal->user_id);
    json_write_member(out, STR("name"), principal->name);
    json_write_member(out, STR("arn"), principal->arn);
    buf_char(out, '}');
}

/* The keys come last, as many as fit. */
static void write_context(struct call *call, struct buf *out, const struct trace *trace)
{
    bool is_first = true;

    json_write_key(out, STR("context"));
    buf_char(out, '{');
    write_principal(out, call->principal);
    json_write_member(out, STR("action"), trace->action);
    json_write_member(out, STR("resource"), str_head(trace->resource, 2048));
    json_write_key(out, STR("conditions"));
    buf_add(out, STR("{\"items\":["));
    for (size_t i = 0; i < trace->keys_len; i++) {
        str key = key_json(call->arena, &trace->keys[i]);

        if (!key.ptr || buf_str(out).len + key.len + TRACE_ROOM > TRACE_MAX)
            continue;
        if (!is_first)
            buf_char(out, ',');
        buf_add(out, key);
        is_first = false;
    }
    buf_add(out, STR("]}}"));
}

str trace_json(struct call *call, const struct trace *trace)
{
    struct buf out = buf_make(call->arena, TRACE_MAX);

    buf_add(&out, trace->decision->allowed ? STR("{\"allowed\":true") : STR("{\"allowed\":false"));
    json_write_key(&out, STR("explicitDeny"));
    buf_add(&out, trace->decision->explicit_deny && is_told(trace, trace->decision->part)
                          ? STR("true")
                          : STR("false"));
    write_statement(&out, trace);
    write_decision(&out, trace);
    write_context(call, &out, trace);
    buf_char(&out, '}');
    return buf_is_full(&out) ? (str){0} : buf_str(&out);
}

/* ---- Conditions --------------------------------------------------------------------- */

/* An identity policy that would allow, were it not for a condition. */
static int find_unmet_identity(
        struct arena *arena, const struct policy_request *request, struct trace *trace)
{
    const struct policy_set *set = trace->set;

    for (size_t i = 0; i < set->identity_len; i++) {
        int statement = policy_find_unmet(set->identity[i], request, arena, &trace->unmet.key);
        if (statement < 0)
            continue;
        trace->unmet.policy = set->identity_names[i];
        return statement;
    }
    return -1;
}

void trace_condition(struct arena *arena, const struct policy_request *request, struct trace *trace)
{
    const struct policy_decision *decision = trace->decision;
    const struct policy_set *set = trace->set;
    const struct policy *const parts[POLICY_PARTS] = {
            [POLICY_PART_IDENTITY] = decision->policy >= 0 ? set->identity[decision->policy] : NULL,
            [POLICY_PART_RESOURCE] = set->resource,
            [POLICY_PART_BOUNDARY] = set->boundary,
            [POLICY_PART_SESSION] = set->session,
    };
    const struct policy *policy = parts[decision->part];

    trace->unmet.statement = -1;
    if (decision->explicit_deny)
        trace->unmet.key = policy ? policy_condition_key(policy, decision->statement) : (str){0};
    else if (decision->part == POLICY_PART_IDENTITY)
        trace->unmet.statement = find_unmet_identity(arena, request, trace);
    else if (policy)
        trace->unmet.statement = policy_find_unmet(policy, request, arena, &trace->unmet.key);
}

/* ---- The encoded form --------------------------------------------------------------- */

static str context_of(struct call *call)
{
    return str_concat(call->arena, STR("authorization-message/"), call->principal->account);
}

/* "SIZE:" and the packed JSON, sealed: a header should be short. */
str trace_encode(struct call *call, str json)
{
    struct arena *arena = call->arena;
    str plain;

    if (!json.ptr || !call->principal->account.len)
        return (str){0};
    plain = str_concat(arena, str_printf(arena, "%zu:", json.len), zstd_pack(arena, json));
    return base64url_encode(arena, seal_bytes(call->server->seal, arena, context_of(call), plain));
}

int trace_decode(struct call *call, str encoded, str *ret_json)
{
    str sealed, packed, number;
    uint64_t size;

    if (encoded.len > TRACE_MAX_ENCODED || base64url_decode(call->arena, encoded, &sealed) < 0 ||
            seal_unseal(call->server->seal, call->arena, context_of(call), sealed, &packed, NULL) <
                    0)
        return -EINVAL;
    if (!str_cut(&packed, ':', &number) || str_to_u64(number, &size) < 0 || size > TRACE_MAX)
        return -EINVAL;
    return zstd_unpack(call->arena, packed, size, ret_json);
}
