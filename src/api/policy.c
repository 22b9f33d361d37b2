#include "api/policy_impl.h"

enum {
    ACTION_ON_STACK = 128
};

static bool any_pattern(const struct policy *policy, struct policy_range range, str text,
        const struct policy_request *request, struct arena *scratch)
{
    const struct policy_pattern *patterns = policy_at(policy, range.first);

    for (size_t i = 0; i < range.len; i++)
        if (policy_match_pattern(policy, &patterns[i], text, request, scratch))
            return true;
    return false;
}

/* ---- Principals -------------------------------------------------------------------- */

enum principal_match {
    NOT_NAMED,
    NAMED_BY_ACCOUNT,
    NAMED
};

static enum principal_match match_principal(const struct policy *policy,
        const struct policy_principal *principal, const struct policy_request *request)
{
    str text = policy_str(policy, principal->text);
    bool is_named = false;

    switch ((enum policy_principal_kind)principal->kind) {
    case PRINCIPAL_IS_ANYONE:
        return NAMED;
    case PRINCIPAL_IS_ACCOUNT:
        if (request->is_anonymous || request->principal_service.len > 0)
            return NOT_NAMED;
        return str_eq(text, request->principal_account) ? NAMED_BY_ACCOUNT : NOT_NAMED;
    case PRINCIPAL_IS_ARN:
        is_named = (request->principal_arn.len > 0 && str_eq(text, request->principal_arn)) ||
                   (request->principal_issuer.len > 0 && str_eq(text, request->principal_issuer));
        break;
    case PRINCIPAL_IS_SERVICE:
        is_named = request->principal_service.len > 0 &&
                   (str_eq(text, STR("*")) || str_eq(text, request->principal_service));
        break;
    case PRINCIPAL_IS_FEDERATED:
        is_named = request->principal_federated.len > 0 &&
                   (str_eq(text, STR("*")) || str_eq(text, request->principal_federated));
        break;
    case PRINCIPAL_IS_CANONICAL:
        break;
    }
    return is_named ? NAMED : NOT_NAMED;
}

static enum principal_match match_principals(const struct policy *policy,
        const struct policy_statement *statement, const struct policy_request *request)
{
    const struct policy_principal *principals = policy_at(policy, statement->principals.first);
    enum principal_match best = NOT_NAMED;

    for (size_t i = 0; i < statement->principals.len && best != NAMED; i++) {
        enum principal_match match = match_principal(policy, &principals[i], request);
        if (match > best)
            best = match;
    }
    if (statement->not_principal)
        return best == NOT_NAMED ? NAMED : NOT_NAMED;
    return best;
}

/* ---- One policy -------------------------------------------------------------------- */

static bool match_conditions(const struct policy *policy, const struct policy_statement *statement,
        const struct policy_request *request, struct arena *scratch)
{
    const struct policy_condition *conditions = policy_at(policy, statement->conditions.first);

    for (size_t i = 0; i < statement->conditions.len; i++)
        if (!policy_match_condition(policy, &conditions[i], request, scratch))
            return false;
    return true;
}

/* Is it about this action and resource? */
static bool match_target(const struct policy *policy, const struct policy_statement *statement,
        str action, const struct policy_request *request, struct arena *scratch)
{
    if (any_pattern(policy, statement->actions, action, request, scratch) == statement->not_action)
        return false;
    return policy->kind == POLICY_TRUST ||
           any_pattern(policy, statement->resources, request->resource, request, scratch) !=
                   statement->not_resource;
}

static bool match_statement(const struct policy *policy, const struct policy_statement *statement,
        str action, const struct policy_request *request, struct arena *scratch)
{
    return match_target(policy, statement, action, request, scratch) &&
           match_conditions(policy, statement, request, scratch);
}

static str lower_action(str action, char buffer[ACTION_ON_STACK], struct arena *scratch)
{
    if (action.len > ACTION_ON_STACK)
        return str_lower(scratch, action);
    for (size_t i = 0; i < action.len; i++) {
        char c = action.ptr[i];
        buffer[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (str){buffer, action.len};
}

static struct policy_match matched(
        const struct policy *policy, size_t i, enum principal_match named)
{
    const struct policy_statement *s =
            (const struct policy_statement *)policy_at(policy, policy->statements.first) + i;

    return (struct policy_match){
            .effect = s->is_deny ? POLICY_DENY : POLICY_ALLOW,
            .sid = s->sid.len ? policy_str(policy, s->sid) : (str){0},
            .statement = (int)i,
            .by_account = !s->is_deny && named == NAMED_BY_ACCOUNT,
    };
}

struct policy_match policy_evaluate(
        const struct policy *policy, const struct policy_request *request, struct arena *scratch)
{
    const struct policy_statement *statements = policy_at(policy, policy->statements.first);
    struct policy_match match = {.effect = POLICY_NONE, .statement = -1};
    char buffer[ACTION_ON_STACK];
    str action = lower_action(request->action, buffer, scratch);

    for (size_t i = 0; i < policy->statements.len; i++) {
        const struct policy_statement *s = &statements[i];
        enum principal_match named = NAMED;

        /* What is allowed already only a deny, or a more direct allow, can change. */
        if (match.effect == POLICY_ALLOW && !match.by_account && !s->is_deny)
            continue;
        if (policy->kind != POLICY_IDENTITY)
            named = match_principals(policy, s, request);
        if (named == NOT_NAMED || (match.effect == POLICY_ALLOW && !s->is_deny && named != NAMED))
            continue;
        if (!match_statement(policy, s, action, request, scratch))
            continue;
        match = matched(policy, i, named);
        if (s->is_deny)
            break;
    }
    return match;
}

int policy_find_unmet(const struct policy *policy, const struct policy_request *request,
        struct arena *scratch, str *ret_key)
{
    const struct policy_statement *statements = policy_at(policy, policy->statements.first);
    str action = str_lower(scratch, request->action);

    for (size_t i = 0; i < policy->statements.len; i++) {
        const struct policy_statement *s = &statements[i];
        const struct policy_condition *conditions = policy_at(policy, s->conditions.first);

        if (s->is_deny || !match_target(policy, s, action, request, scratch) ||
                (policy->kind != POLICY_IDENTITY && !match_principals(policy, s, request)))
            continue;
        for (size_t j = 0; j < s->conditions.len; j++)
            if (!policy_match_condition(policy, &conditions[j], request, scratch)) {
                *ret_key = policy_str(policy, conditions[j].key);
                return (int)i;
            }
    }
    return -1;
}

str policy_condition_key(const struct policy *policy, int statement)
{
    const struct policy_statement *s = policy_at(policy, policy->statements.first);
    const struct policy_condition *conditions;

    if (statement < 0 || (size_t)statement >= policy->statements.len)
        return (str){0};
    conditions = policy_at(policy, s[statement].conditions.first);
    return s[statement].conditions.len ? policy_str(policy, conditions[0].key) : (str){0};
}

void policy_match_all(const struct policy *policy, const struct policy_request *request,
        struct arena *arena, struct policy_matches *ret)
{
    const struct policy_statement *statements = policy_at(policy, policy->statements.first);
    struct policy_matches matches = {
            arena_array(arena, policy->statements.len, struct policy_match), 0};
    char buffer[ACTION_ON_STACK];
    str action = lower_action(request->action, buffer, arena);

    for (size_t i = 0; i < policy->statements.len; i++) {
        enum principal_match named = policy->kind == POLICY_IDENTITY
                                             ? NAMED
                                             : match_principals(policy, &statements[i], request);

        if (named != NOT_NAMED && match_statement(policy, &statements[i], action, request, arena))
            matches.items[matches.len++] = matched(policy, i, named);
    }
    *ret = matches;
}

bool policy_concerns(const struct policy *policy, const struct policy_statement *s,
        const struct policy_request *request, struct arena *scratch)
{
    const struct policy_pattern *resources = policy_at(policy, s->resources.first);
    char buffer[ACTION_ON_STACK];
    str action = lower_action(request->action, buffer, scratch);

    if (policy->kind != POLICY_IDENTITY && match_principals(policy, s, request) == NOT_NAMED)
        return false;
    if (any_pattern(policy, s->actions, action, request, scratch) == s->not_action)
        return false;
    for (size_t i = 0; i < s->resources.len; i++)
        if (resources[i].flags & PATTERN_HAS_VARIABLE)
            return true;
    return policy->kind == POLICY_TRUST || any_pattern(policy, s->resources, request->resource,
                                                   request, scratch) != s->not_resource;
}

/* ---- All policies of a request ----------------------------------------------------- */

static const char *const part_names[POLICY_PARTS] = {
        [POLICY_PART_IDENTITY] = "identity-based policy",
        [POLICY_PART_RESOURCE] = "resource-based policy",
        [POLICY_PART_BOUNDARY] = "permissions boundary",
        [POLICY_PART_SESSION] = "session policy",
};

static struct policy_match evaluate(
        const struct policy *policy, const struct policy_request *request, struct arena *scratch)
{
    if (!policy)
        return (struct policy_match){.effect = POLICY_NONE, .statement = -1};
    return policy_evaluate(policy, request, scratch);
}

/* The first deny of the identity policies, else the first allow, else none. */
static struct policy_match evaluate_identity(const struct policy_set *set,
        const struct policy_request *request, struct arena *scratch, int *ret_policy)
{
    struct policy_match best = evaluate(NULL, request, scratch);

    for (size_t i = 0; i < set->identity_len && best.effect != POLICY_DENY; i++) {
        struct policy_match match = policy_evaluate(set->identity[i], request, scratch);
        if (match.effect <= best.effect)
            continue;
        best = match;
        *ret_policy = (int)i;
    }
    return best;
}

/* A grant allows what the policy neither denies nor allows as directly. */
static struct policy_match evaluate_resource(
        const struct policy_set *set, const struct policy_request *request, struct arena *scratch)
{
    struct policy_match match = evaluate(set->resource, request, scratch);
    bool is_direct = match.effect == POLICY_ALLOW && !match.by_account;

    if (!set->grant || match.effect == POLICY_DENY || is_direct)
        return match;
    return match.effect == POLICY_NONE || !set->grant->by_account ? *set->grant : match;
}

/* `part` decided with the statement that matched; with none, it was what did not allow. */
static void conclude(struct policy_decision *decision, bool allowed, enum policy_part part,
        const struct policy_match *match)
{
    decision->allowed = allowed;
    decision->explicit_deny = match && match->effect == POLICY_DENY;
    decision->part = part;
    decision->sid = match ? match->sid : (str){0};
    decision->statement = match ? match->statement : -1;
}

/* What no policy grants that must, in the order in which it is said. POLICY_PARTS: all do. */
static enum policy_part find_missing(
        const struct policy_set *set, const struct policy_match *parts, bool has_identity)
{
    /* The caller's own account is asked first: its answer is the same whatever is over there. */
    bool is_foreign = set->is_cross_account && has_identity;
    const struct policy_match *resource = &parts[POLICY_PART_RESOURCE];
    bool is_granted = resource->effect == POLICY_ALLOW && (!resource->by_account || !has_identity);

    if (resource->effect != POLICY_ALLOW && set->is_resource_policy_required && !is_foreign)
        return POLICY_PART_RESOURCE;
    if (parts[POLICY_PART_IDENTITY].effect != POLICY_ALLOW && (!is_granted || is_foreign))
        return has_identity ? POLICY_PART_IDENTITY : POLICY_PART_RESOURCE;
    if (set->boundary && parts[POLICY_PART_BOUNDARY].effect != POLICY_ALLOW)
        return POLICY_PART_BOUNDARY;
    if (set->session && parts[POLICY_PART_SESSION].effect != POLICY_ALLOW)
        return POLICY_PART_SESSION;
    if (is_foreign && resource->effect != POLICY_ALLOW)
        return POLICY_PART_RESOURCE;
    return POLICY_PARTS;
}

/* The first part that denies explicitly. POLICY_PARTS: none does. */
static enum policy_part find_deny(const struct policy_match *parts, bool is_foreign)
{
    for (enum policy_part part = 0; part < POLICY_PARTS; part++)
        if (parts[part].effect == POLICY_DENY && !(part == POLICY_PART_RESOURCE && is_foreign))
            return part;
    return POLICY_PARTS;
}

static void decide(struct policy_decision *decision, const struct policy_set *set,
        const struct policy_request *request)
{
    bool has_identity = !request->is_anonymous && request->principal_service.len == 0;
    bool is_foreign = set->is_cross_account && has_identity;
    const struct policy_match *parts = decision->parts;
    enum policy_part part = find_deny(parts, is_foreign);

    if (part < POLICY_PARTS) {
        conclude(decision, false, part, &parts[part]);
        return;
    }
    part = find_missing(set, parts, has_identity);
    if (part == POLICY_PART_RESOURCE && is_foreign) {
        conclude(decision, false, part, &parts[part]);
        decision->is_untold = set->is_resource_policy_required;
        return;
    }
    if (part < POLICY_PARTS) {
        conclude(decision, false, part, NULL);
        return;
    }
    part = parts[POLICY_PART_IDENTITY].effect == POLICY_ALLOW ? POLICY_PART_IDENTITY
                                                              : POLICY_PART_RESOURCE;
    conclude(decision, true, part, &parts[part]);
}

struct policy_decision policy_decide(
        const struct policy_set *set, const struct policy_request *request, struct arena *scratch)
{
    struct policy_decision decision = {.policy = -1};
    int policy = -1;

    decision.parts[POLICY_PART_IDENTITY] = evaluate_identity(set, request, scratch, &policy);
    decision.parts[POLICY_PART_RESOURCE] = evaluate_resource(set, request, scratch);
    decision.parts[POLICY_PART_BOUNDARY] = evaluate(set->boundary, request, scratch);
    decision.parts[POLICY_PART_SESSION] = evaluate(set->session, request, scratch);
    decide(&decision, set, request);
    decision.kind = part_names[decision.part];
    if (decision.part == POLICY_PART_IDENTITY && decision.statement >= 0) {
        decision.policy = policy;
        decision.policy_name = set->identity_names ? set->identity_names[policy] : (str){0};
    }
    return decision;
}
