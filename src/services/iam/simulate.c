/*
 * The simulators: each action on each resource, decided as a real call would be (policy_decide), and
 * which statements made it so. A page is a range of these cases; only they are judged.
 */
#include "services/iam/simulation.h"

enum {
    /* Bytes of policies times bytes that they are held against, of a page: a page ends early where
     * more would keep the server busy for seconds. */
    SIMULATE_MAX_WORK = 1 << 30,
    SIMULATE_MAX_MATCHED = 20000, /* statements in a page, likewise */
};

static const struct call_error *const BAD = &iam_InvalidInputException;

/* ---- One case ------------------------------------------------------------------------ */

struct outcome {
    str decision;
    struct iam_StatementListType matched;
    struct str_list missing;
    struct iam_EvalDecisionDetailsType details;
    struct iam_PermissionsBoundaryDecisionDetail *boundary; /* NULL: there is none */
};

static str decision_text(bool allowed, bool explicit_deny)
{
    return allowed ? STR("allowed") : explicit_deny ? STR("explicitDeny") : STR("implicitDeny");
}

static struct iam_Position *position(struct arena *arena, struct policy_position at)
{
    struct iam_Position *ret = arena_new(arena, struct iam_Position);

    ret->Line = SOME_INT(at.line);
    ret->Column = SOME_INT(at.column);
    return ret;
}

static struct iam_Statement statement_of(
        struct arena *arena, struct simulated_policy *item, int number)
{
    struct iam_Statement statement = {.SourcePolicyId = item->id, .SourcePolicyType = item->type};
    const struct policy_span *span;

    if (!item->spans.items && policy_find_spans(item->text, arena, &item->spans) < 0)
        return statement;
    if ((size_t)number >= item->spans.len)
        return statement;
    span = &item->spans.items[number];
    statement.StartPosition = position(arena, span->start);
    statement.EndPosition = position(arena, span->end);
    return statement;
}

/* The statements that made it so: those that deny, or of what is allowed those that allow. */
static void find_matched(struct simulation *simulation, const struct policy_request *request,
        const struct policy_decision *decision, struct iam_StatementListType *ret)
{
    struct arena *arena = simulation->call->arena;
    AUTO_ARENA struct arena scratch = {0};
    struct policy_matches *all = arena_array(&scratch, simulation->len, struct policy_matches);
    enum policy_effect effect = decision->explicit_deny ? POLICY_DENY : POLICY_ALLOW;
    size_t len = 0;

    *ret = (struct iam_StatementListType){.is_set = true};
    if (!decision->allowed && !decision->explicit_deny)
        return;
    for (size_t i = 0; i < simulation->len; i++) {
        policy_match_all(simulation->items[i].policy, request, &scratch, &all[i]);
        len += all[i].len;
    }
    ret->items = arena_array(arena, len, struct iam_Statement);
    for (size_t i = 0; i < simulation->len; i++)
        for (size_t j = 0; j < all[i].len; j++)
            if (all[i].items[j].effect == effect)
                ret->items[ret->len++] =
                        statement_of(arena, &simulation->items[i], all[i].items[j].statement);
}

static struct str_list find_missing(
        const struct simulation *simulation, const struct policy_request *request)
{
    AUTO_ARENA struct arena scratch = {0};
    AUTO_KEY_NAMES struct key_names names = {.arena = simulation->call->arena};

    for (size_t i = 0; i < simulation->len; i++)
        policy_each_missing(simulation->items[i].policy, request, &scratch, key_names_add, &names);
    names.list.is_set = true;
    return names.list;
}

/* What each side says, where caller and resource are of two accounts. */
static struct iam_EvalDecisionDetailsType details_of(
        struct arena *arena, const struct policy_set *set, const struct policy_decision *decision)
{
    static const struct {
        str name;
        enum policy_part part;
    } sides[] = {{STR_INIT("IAM Policy"), POLICY_PART_IDENTITY},
            {STR_INIT("Resource Policy"), POLICY_PART_RESOURCE}};
    struct iam_EvalDecisionDetailsType details = {.is_set = true};

    if (!set->is_cross_account)
        return details;
    details.items = arena_array(arena, 2, struct iam_EvalDecisionDetailsType_entry);
    for (size_t i = 0; i < 2; i++) {
        enum policy_effect effect = decision->parts[sides[i].part].effect;

        details.items[details.len++] = (struct iam_EvalDecisionDetailsType_entry){
                sides[i].name, decision_text(effect == POLICY_ALLOW, effect == POLICY_DENY)};
    }
    return details;
}

static str owner_of(const struct simulation *simulation, str resource)
{
    struct arn parts;

    return arn_parse(resource, &parts) == 0 && parts.account.len == 12 ? parts.account
                                                                       : simulation->owner;
}

static struct outcome judge(struct simulation *simulation, str action, str resource)
{
    struct arena *arena = simulation->call->arena;
    struct policy_set set = simulation->set;
    struct policy_request request = {
            .action = action,
            .resource = resource,
            .principal_arn = simulation->caller,
            .principal_account = simulation->caller_account,
            .keys = simulation->keys,
            .keys_len = simulation->keys_len,
    };
    struct policy_decision decision;
    struct outcome outcome = {0};

    /* Without a word on the resource's side only the caller's side is judged. */
    set.is_cross_account = (set.resource || simulation->is_owner_known) &&
                           !str_eq(owner_of(simulation, resource), simulation->caller_account);
    set.is_resource_policy_required = set.resource && str_starts(action, STR("kms:"));
    decision = policy_decide(&set, &request, arena);
    outcome.decision = decision_text(decision.allowed, decision.explicit_deny);
    find_matched(simulation, &request, &decision, &outcome.matched);
    outcome.missing = find_missing(simulation, &request);
    outcome.details = details_of(arena, &set, &decision);
    if (set.boundary) {
        outcome.boundary = arena_new(arena, struct iam_PermissionsBoundaryDecisionDetail);
        outcome.boundary->AllowedByPermissionsBoundary =
                SOME_BOOL(decision.parts[POLICY_PART_BOUNDARY].effect == POLICY_ALLOW);
    }
    return outcome;
}

/* Of a resource that was named there is a result of its own; what is missing stands there only. */
static struct iam_EvaluationResult result_of(
        struct simulation *simulation, str action, str resource, bool is_named)
{
    struct outcome outcome = judge(simulation, action, resource);
    struct iam_EvaluationResult result = {
            .EvalActionName = action,
            .EvalResourceName = resource,
            .EvalDecision = outcome.decision,
            .MatchedStatements = outcome.matched,
            .MissingContextValues = {.is_set = true},
            .PermissionsBoundaryDecisionDetail = outcome.boundary,
    };
    struct iam_ResourceSpecificResult *specific;

    if (!is_named || str_eq(resource, STR("*"))) {
        result.MissingContextValues = outcome.missing;
        return result;
    }
    specific = arena_new(simulation->call->arena, struct iam_ResourceSpecificResult);
    *specific = (struct iam_ResourceSpecificResult){
            .EvalResourceName = resource,
            .EvalResourceDecision = outcome.decision,
            .MatchedStatements = outcome.matched,
            .MissingContextValues = outcome.missing,
            .EvalDecisionDetails = outcome.details,
            .PermissionsBoundaryDecisionDetail = outcome.boundary,
    };
    result.EvalDecisionDetails = outcome.details;
    result.ResourceSpecificResults.items = specific;
    result.ResourceSpecificResults.len = 1;
    result.ResourceSpecificResults.is_set = true;
    return result;
}

/* ---- All cases ------------------------------------------------------------------------ */

static bool is_action(str action)
{
    str name = action, vendor;

    if (!str_cut(&name, ':', &vendor) || !vendor.len || !name.len)
        return false;
    for (size_t i = 0; i < action.len; i++)
        if (strchr("*? :", action.ptr[i]) && i != vendor.len)
            return false;
    return true;
}

static int check_names(
        struct call *call, const struct iam_SimulateCustomPolicyRequest *in, size_t resources)
{
    struct arn arn;

    if (in->ActionNames.len * resources > SIMULATION_MAX_CASES)
        return call_fail(call, BAD, "A simulation can have at most %d actions times resources.",
                SIMULATION_MAX_CASES);
    for (size_t i = 0; i < in->ActionNames.len; i++)
        if (!is_action(in->ActionNames.items[i]))
            return call_fail(call, BAD, "%.*s is not the name of an action.",
                    STR_ARG(in->ActionNames.items[i]));
    for (size_t i = 0; i < in->ResourceArns.len; i++)
        if (!str_eq(in->ResourceArns.items[i], STR("*")) &&
                arn_parse(in->ResourceArns.items[i], &arn) < 0)
            return call_fail(call, BAD, "%.*s must be in ARN format or \"*\".",
                    STR_ARG(in->ResourceArns.items[i]));
    return 0;
}

static int read_marker(struct call *call, const struct page *page, size_t cases, size_t *ret)
{
    uint64_t first = 0;

    if (page->after.ptr && (str_to_u64(page->after, &first) < 0 || first >= cases))
        return call_fail(call, BAD, "The marker is of another simulation.");
    *ret = (size_t)first;
    return 0;
}

static int fill_page(struct simulation *simulation,
        const struct iam_SimulateCustomPolicyRequest *in, struct iam_SimulatePolicyResponse *out)
{
    static str any[] = {STR_INIT("*")};
    struct call *call = simulation->call;
    bool is_named = in->ResourceArns.len > 0;
    struct str_list resources = is_named ? in->ResourceArns : (struct str_list){any, 1, true};
    size_t cases = in->ActionNames.len * resources.len, at = 0, work = 0, matched = 0;
    struct iam_EvaluationResultsListType results = {.is_set = true};
    struct page page;
    int r = check_names(call, in, resources.len);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r == 0)
        r = read_marker(call, &page, cases, &at);
    if (r < 0)
        return r;
    results.items = arena_array(call->arena, (size_t)page.limit, struct iam_EvaluationResult);
    for (; at < cases && results.len < (size_t)page.limit && work < SIMULATE_MAX_WORK &&
            matched < SIMULATE_MAX_MATCHED;
            at++) {
        str action = in->ActionNames.items[at / resources.len],
            resource = resources.items[at % resources.len];
        const struct iam_EvaluationResult result =
                result_of(simulation, action, resource, is_named);

        work += simulation->bytes * (resource.len + simulation->key_bytes + 64);
        matched += result.MatchedStatements.len;
        results.items[results.len++] = result;
    }
    out->EvaluationResults = results;
    out->IsTruncated = SOME_BOOL(at < cases);
    if (at < cases)
        out->Marker = page_seal(call, str_printf(call->arena, "%zu", at));
    return 0;
}

static int simulate(struct call *call, const struct entity *source,
        const struct iam_SimulateCustomPolicyRequest *in, struct iam_SimulatePolicyResponse *out)
{
    AUTO_SIMULATION struct simulation simulation = {0};
    const struct str_list boundaries = in->PermissionsBoundaryPolicyInputList;
    int r;

    if (in->ResourceHandlingOption.ptr)
        return call_fail(call, BAD, "ResourceHandlingOption is not supported by Slipway.");
    if (in->OrderedOrganizationPolicyInputList.len)
        return call_fail(
                call, BAD, "OrderedOrganizationPolicyInputList is not supported by Slipway.");
    if (boundaries.len > 1)
        return call_fail(call, BAD, "You can input only one permissions boundary.");
    r = simulation_begin(
            &simulation, call, source, in->PolicyInputList.len + 2, boundaries.len > 0);
    if (r == 0)
        r = simulation_add_list(
                &simulation, POLICY_PART_IDENTITY, "PolicyInputList", in->PolicyInputList);
    if (r == 0)
        r = simulation_add_list(&simulation, POLICY_PART_BOUNDARY,
                "PermissionsBoundaryPolicyInputList", boundaries);
    if (r == 0 && in->ResourcePolicy.ptr)
        r = simulation_add(&simulation, POLICY_PART_RESOURCE, in->ResourcePolicy,
                STR("ResourcePolicy"), STR("resource"));
    if (r == 0)
        r = simulation_set_request(&simulation, source, in);
    return r < 0 ? r : fill_page(&simulation, in, out);
}

int iam_SimulateCustomPolicy(struct call *call, const struct iam_SimulateCustomPolicyRequest *in,
        struct iam_SimulatePolicyResponse *out)
{
    return simulate(call, NULL, in, out);
}

int iam_SimulatePrincipalPolicy(struct call *call,
        const struct iam_SimulatePrincipalPolicyRequest *in, struct iam_SimulatePolicyResponse *out)
{
    const struct iam_SimulateCustomPolicyRequest rest = {
            .PolicyInputList = in->PolicyInputList,
            .PermissionsBoundaryPolicyInputList = in->PermissionsBoundaryPolicyInputList,
            .ActionNames = in->ActionNames,
            .ResourceArns = in->ResourceArns,
            .ResourcePolicy = in->ResourcePolicy,
            .ResourceOwner = in->ResourceOwner,
            .CallerArn = in->CallerArn,
            .ContextEntries = in->ContextEntries,
            .ResourceHandlingOption = in->ResourceHandlingOption,
            .MaxItems = in->MaxItems,
            .Marker = in->Marker,
    };
    struct entity source;
    int r;

    if (in->PolicyExclusionList.len)
        return call_fail(call, BAD, "PolicyExclusionList is not supported by Slipway.");
    r = simulation_source(call, in->PolicySourceArn, &source);
    return r < 0 ? r : simulate(call, &source, &rest, out);
}
