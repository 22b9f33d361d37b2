#include "cmd/explain.h"

#include "base/buf.h"
#include "base/json.h"

enum {
    EXPLAIN_MAX = 64 << 10
};

struct explanation {
    struct buf out;
    const json_t *record, *decision, *context;
    str who; /* ARN of the caller, or its name */
};

/* The kinds of policies each of which has to allow, where it is there. */
static const struct {
    const char *part, *kind, *where;
    bool has_principal, has_no_resource;
} kinds[] = {
        {"identity", "identity-based policy", "a policy of the caller (or of one of its groups)",
                false, false},
        {"boundary", "permissions boundary", "the caller's permissions boundary", false, false},
        {"session", "session policy", "the policy that the session was begun with", false, false},
        {"resource", "resource-based policy", "the policy of the resource", true, false},
        {"resource", "role trust policy", "the trust policy of the role", true, true},
};

static void write_call(struct explanation *e)
{
    buf_printf(&e->out, "%.*s of %.*s, %.*s\n", STR_ARG(json_member_str(e->record, "eventName")),
            STR_ARG(json_member_str(e->record, "eventSource")),
            STR_ARG(json_member_str(e->record, "eventTime")));
    if (e->who.len)
        buf_printf(&e->out, "  caller    %.*s\n", STR_ARG(e->who));
}

static void write_undenied(struct explanation *e)
{
    str code = json_member_str(e->record, "errorCode");

    if (!code.len) {
        buf_add(&e->out, STR("\nIt was not denied: the call succeeded.\n"));
        return;
    }
    if (!e->who.len && json_member_str(e->record, "sharedEventID").len) {
        buf_add(&e->out, STR("\nThe caller is of another account: the record there says why.\n"));
        return;
    }
    buf_printf(&e->out, "\nNo policy denied it. It failed with %.*s: %.*s\n", STR_ARG(code),
            STR_ARG(json_member_str(e->record, "errorMessage")));
}

/* What the call had for a condition key. */
static const json_t *values_of(const struct explanation *e, str key)
{
    const json_t *items = json_member(json_member(e->context, "conditions"), "items");

    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        if (str_eq_nocase(json_member_str(item, "key"), key))
            return json_member(json_member(item, "values"), "items");
    }
    return NULL;
}

static void write_values(struct explanation *e, str key)
{
    const json_t *values = values_of(e, key);

    if (json_array_size(values) == 0)
        buf_add(&e->out, STR("which the call did not have"));
    for (size_t i = 0; i < json_array_size(values); i++)
        buf_printf(&e->out, "%s\"%.*s\"", i == 0 ? "and the call had " : ", ",
                STR_ARG(json_member_str(json_array_get(values, i), "value")));
    buf_add(&e->out, STR(".\n"));
    if (str_starts(str_lower(e->out.arena, key), STR("aws:multifactorauth")))
        buf_add(&e->out,
                STR("A session that shows a one-time code has it: aws sts get-session-token "
                    "--serial-number ARN --token-code CODE\n"));
}

/* A statement that is there, but for a condition. */
static void write_unmet(struct explanation *e)
{
    str key = json_member_str(e->decision, "conditionKey");
    str policy = json_member_str(e->decision, "unmetPolicy");
    const json_t *number = json_member(e->decision, "unmetStatement");

    if (!number)
        return;
    buf_printf(&e->out,
            "\nStatement %lld of the %.*s%s%.*s would allow it, but has a condition on "
            "%.*s, ",
            (long long)json_integer_value(number) + 1,
            STR_ARG(json_member_str(e->decision, "kind")), policy.len ? " " : "", STR_ARG(policy),
            STR_ARG(key));
    write_values(e, key);
}

static void write_deny(struct explanation *e)
{
    str key = json_member_str(e->decision, "conditionKey");
    str policy = json_member_str(e->decision, "policyArn");
    str sid = json_member_str(e->decision, "statementId");
    const json_t *number = json_member(e->decision, "statement");

    if (!policy.len)
        policy = json_member_str(e->decision, "policy");
    buf_printf(&e->out, "\nA statement of a%s %.*s denies it",
            str_starts(json_member_str(e->decision, "kind"), STR("identity")) ? "n" : "",
            STR_ARG(json_member_str(e->decision, "kind")));
    if (policy.len)
        buf_printf(&e->out, ": %.*s", STR_ARG(policy));
    if (number)
        buf_printf(&e->out, ", statement %lld", (long long)json_integer_value(number) + 1);
    if (sid.len)
        buf_printf(&e->out, " (\"%.*s\")", STR_ARG(sid));
    buf_add(&e->out, STR(".\n"));
    if (key.len) {
        buf_printf(&e->out, "It has a condition on %.*s, ", STR_ARG(key));
        write_values(e, key);
    }
    buf_add(&e->out, STR("No policy allows what another denies: that statement would have to "
                         "leave this call out.\n"));
}

/* The statement that a policy of that kind lacks. */
static void write_statement(struct explanation *e, size_t kind)
{
    struct buf *out = &e->out;

    buf_printf(out, "\nNo %s allows it. In %s this would:\n\n    {", kinds[kind].kind,
            kinds[kind].where);
    json_write_member(out, STR("Effect"), STR("Allow"));
    if (kinds[kind].has_principal) {
        json_write_key(out, STR("Principal"));
        buf_char(out, '{');
        json_write_member(out, STR("AWS"), e->who);
        buf_char(out, '}');
    }
    json_write_member(out, STR("Action"), json_member_str(e->context, "action"));
    if (!kinds[kind].has_no_resource)
        json_write_member(out, STR("Resource"), json_member_str(e->context, "resource"));
    buf_add(out, STR("}\n"));
}

static void write_missing(struct explanation *e)
{
    str decided = json_member_str(e->decision, "kind");

    write_unmet(e);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        str said = json_member_str(e->decision, kinds[i].part);
        bool decides = str_eq(decided, str_of(kinds[i].kind));

        /* a boundary and a session must allow as well; of the others the one that decided */
        if (decides || ((i == 1 || i == 2) && str_eq(said, STR("none"))))
            write_statement(e, i);
    }
    if (str_eq(json_member_str(e->decision, "resource"), STR("untold")))
        buf_add(&e->out, STR("\nThe resource is of another account: its policy must allow the call "
                             "too, and what it says is not told here.\n"));
}

int explain_event(struct arena *arena, str record, str trace, str *ret)
{
    AUTO_JSON json_t *record_json = NULL;
    AUTO_JSON json_t *trace_json = NULL;
    struct explanation e = {.out = buf_make(arena, EXPLAIN_MAX)};

    if (json_parse(record, &record_json, NULL) < 0 ||
            (trace.len && json_parse(trace, &trace_json, NULL) < 0))
        return -EINVAL;
    e.record = record_json;
    e.decision = json_member(trace_json, "decision");
    e.context = json_member(trace_json, "context");
    e.who = json_member_str(json_member(record_json, "userIdentity"), "arn");
    if (!e.who.len)
        e.who = json_member_str(json_member(e.context, "principal"), "name");
    write_call(&e);
    if (!e.decision) {
        write_undenied(&e);
    } else {
        buf_printf(&e.out, "  action    %.*s\n  resource  %.*s\n",
                STR_ARG(json_member_str(e.context, "action")),
                STR_ARG(json_member_str(e.context, "resource")));
        if (json_is_true(json_member(trace_json, "explicitDeny")))
            write_deny(&e);
        else
            write_missing(&e);
    }
    if (buf_is_full(&e.out))
        return -EINVAL;
    *ret = buf_str(&e.out);
    return 0;
}
