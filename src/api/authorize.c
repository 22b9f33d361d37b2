/*
 * authorize - may this principal do this action on this resource?
 *
 *     principal          what speaks for it
 *     root               everything in its account, unless the resource's policy denies
 *     user, role         identity policies, boundary, session policy, resource policy
 *     federated          what its user may as far as its session policy does too, and what a policy
 *                        of the resource gives to it by its name
 *     service            its own service's actions, what internal_rights says, resource policy
 *     anonymous          resource policy
 *
 * A resource is of another account when its ARN says so; where ARNs have no account
 * (S3), the service's resource_policy() sets call->account to the owner's.
 */
#include "api/private.h"

#include "api/template.h"
#include "api/trace.h"
#include "api/last_use.h"
#include "api/usage.h"
#include "base/digest.h"

/* ---- Compiled policies
 * --------------------------------------------------------------------------- */

struct compiled {
    struct cache_item item;
    struct policy *policy;
};

struct bundle {
    struct cache_item item;
    int64_t generation;
    struct arena arena;
    struct compiled **compiled;
    const struct policy **identity;
    str *names;
    struct policy_source *sources; /* without their texts */
    size_t len;
    struct compiled *boundary; /* NULL: none */
    struct policy_source boundary_source;
};

static void free_compiled(struct cache_item *item)
{
    struct compiled *compiled = (struct compiled *)item;

    policy_free(compiled->policy);
    free(compiled);
}

static void free_bundle(struct cache_item *item)
{
    struct bundle *bundle = (struct bundle *)item;

    for (size_t i = 0; i < bundle->len; i++)
        cache_unref(&bundle->compiled[i]->item);
    if (bundle->boundary)
        cache_unref(&bundle->boundary->item);
    arena_free(&bundle->arena);
    free(bundle);
}

/* Counted. The key is unique for the text. */
static int get_compiled(
        struct call *call, str key, str text, enum policy_kind kind, struct compiled **ret)
{
    struct cache *cache = call->server->api->policies;
    struct compiled *compiled = (struct compiled *)cache_get(cache, key);
    struct policy *policy;
    struct error err;
    int r;

    if (!compiled) {
        r = policy_compile(text, kind, &policy, &err);
        if (r < 0)
            return r;
        compiled = mem_new(struct compiled);
        cache_init_item(&compiled->item, free_compiled);
        compiled->policy = policy;
        cache_put(cache, key, &compiled->item);
    }
    *ret = compiled;
    return 0;
}

static int get_by_text(struct call *call, const char *prefix, str text, enum policy_kind kind,
        struct compiled **ret)
{
    str key = str_printf(call->arena, "%s/%.*s", prefix, STR_ARG(sha256_hex(call->arena, text)));

    return get_compiled(call, key, text, kind, ret);
}

static struct policy_source keep_source(struct arena *arena, const struct policy_source *source)
{
    return (struct policy_source){
            .name = str_dup(arena, source->name),
            .version = str_dup(arena, source->version),
            .arn = source->arn.ptr ? str_dup(arena, source->arn) : (str){0},
    };
}

static int add_source(struct call *call, struct bundle *bundle, const struct policy_source *source)
{
    str key = str_printf(call->arena, "v/%.*s", STR_ARG(source->version));
    struct compiled *compiled;
    int r = get_compiled(call, key, source->text, POLICY_IDENTITY, &compiled);

    if (r < 0)
        return r;
    bundle->compiled[bundle->len] = compiled;
    bundle->identity[bundle->len] = compiled->policy;
    bundle->sources[bundle->len] = keep_source(&bundle->arena, source);
    bundle->names[bundle->len] = bundle->sources[bundle->len].name;
    bundle->len++;
    return 0;
}

static int fill_bundle(struct call *call, struct bundle *bundle)
{
    struct principal_policies policies = {0};
    int r = call->server->identity->policies(call->server, call->tx, call->principal, &policies);

    if (r < 0)
        return r;
    bundle->compiled = arena_array(&bundle->arena, policies.identity.len, struct compiled *);
    bundle->identity = arena_array(&bundle->arena, policies.identity.len, const struct policy *);
    bundle->names = arena_array(&bundle->arena, policies.identity.len, str);
    bundle->sources = arena_array(&bundle->arena, policies.identity.len, struct policy_source);
    for (size_t i = 0; i < policies.identity.len; i++) {
        r = add_source(call, bundle, &policies.identity.items[i]);
        if (r < 0)
            return r;
    }
    if (!policies.boundary.text.ptr)
        return 0;
    bundle->boundary_source = keep_source(&bundle->arena, &policies.boundary);
    return get_compiled(call, str_printf(call->arena, "v/%.*s", STR_ARG(policies.boundary.version)),
            policies.boundary.text, POLICY_IDENTITY, &bundle->boundary);
}

/* The policies of call->principal, counted. */
static int get_bundle(struct call *call, struct bundle **ret)
{
    const struct principal *principal = call->principal;
    struct cache *cache = call->server->api->principals;
    str who = principal->issuer_arn.ptr ? principal->issuer_arn : principal->arn;
    str key = str_printf(call->arena, "%d/%.*s/%.*s", principal->kind, STR_ARG(principal->account),
            STR_ARG(who));
    struct bundle *bundle;
    int64_t generation;
    int r = principal_generation(call, &generation);

    if (r < 0)
        return r;
    bundle = (struct bundle *)cache_get(cache, key);
    if (bundle && bundle->generation == generation) {
        *ret = bundle;
        return 0;
    }
    if (bundle)
        cache_unref(&bundle->item);
    bundle = mem_new(struct bundle);
    cache_init_item(&bundle->item, free_bundle);
    bundle->generation = generation;
    r = fill_bundle(call, bundle);
    if (r < 0) {
        cache_unref(&bundle->item);
        return r;
    }
    /* Its own uncommitted changes are seen by this transaction only. */
    if (!call->tx->is_write)
        cache_put(cache, key, &bundle->item);
    *ret = bundle;
    return 0;
}

/* ---- The resource
 * ----------------------------------------------------------------------------------- */

static const struct service *service_of_arn(const struct server *server, str arn)
{
    struct arn parts;

    if (arn_parse(arn, &parts) < 0)
        return NULL;
    for (size_t i = 0; i < server->services_len; i++) {
        const struct service_model *model = server->services[i]->model;

        if (model && (str_eq(parts.service, str_of(model->iam_prefix)) ||
                             str_eq(parts.service, str_of(model->signing_name))))
            return server->services[i];
    }
    return NULL;
}

/* Why not, in the call's memory. */
struct denial {
    bool explicit_deny;
    bool is_untold;
    const char *kind; /* of policy that denied or did not allow */
    str policy_arn;   /* of the managed policy that denied */
    str trace;        /* JSON (trace.h) */
};

struct question {
    struct call *call;
    str action;
    str arn;
    const struct policy_key *keys;
    size_t keys_len;
    const struct service *service; /* of the resource; NULL: none of ours */
    struct compiled *resource;     /* its policy; NULL: none */
    struct compiled *session;
    struct bundle *bundle;
    bool is_cross_account;
    const struct trust_question *trust; /* NULL: an ordinary question */
    struct denial *denial;              /* NULL: nobody asks why */
};

static int find_resource_policy(struct question *q)
{
    str text = {0};
    struct arn parts;
    str owner;
    int r;

    q->service = service_of_arn(q->call->server, q->arn);
    if (q->trust) {
        r = get_by_text(q->call, "t", q->trust->policy, POLICY_TRUST, &q->resource);
        if (r < 0)
            return r;
    } else if (q->service && q->service->resource_policy) {
        r = q->service->resource_policy(q->call, q->arn, &text);
        if (r > 0)
            r = get_by_text(q->call, "r", text, POLICY_RESOURCE, &q->resource);
        if (r < 0)
            return r;
    }
    owner = q->call->account;
    if (arn_parse(q->arn, &parts) == 0 && parts.account.len == 12 && parts.account.ptr[0] != '*')
        owner = parts.account;
    q->is_cross_account =
            q->call->principal->account.ptr && !str_eq(owner, q->call->principal->account);
    return 0;
}

static void question_done(struct question *q)
{
    if (q->resource)
        cache_unref(&q->resource->item);
    if (q->session)
        cache_unref(&q->session->item);
    if (q->bundle)
        cache_unref(&q->bundle->item);
}

/* ---- The decision
 * -------------------------------------------------------------------------------------- */

/* What a service that acts as itself may do beside its own actions. */
static const char *const internal_rights[] = {
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:DescribeKey",
        "events:PutEvents",
        "sts:AssumeRole",
};

static bool has_internal_right(const struct question *q)
{
    str service = q->call->principal->name, prefix, rest = q->action;

    if (q->is_cross_account || q->call->principal->is_guest)
        return false;
    for (size_t i = 0; i < sizeof(internal_rights) / sizeof(*internal_rights); i++)
        if (str_eq(q->action, str_of(internal_rights[i])))
            return true;
    return str_cut(&rest, ':', &prefix) && str_starts(service, prefix) &&
           service.len > prefix.len && service.ptr[prefix.len] == '.';
}

static bool is_vouched_by_root(const struct principal *principal)
{
    return principal->kind == PRINCIPAL_FEDERATED && str_ends(principal->issuer_arn, STR(":root"));
}

/* Of its own, or of its user. */
static bool has_policies(const struct principal *principal)
{
    return principal->kind == PRINCIPAL_USER || principal->kind == PRINCIPAL_ROLE ||
           principal->kind == PRINCIPAL_FEDERATED;
}

static int fill_identity(struct question *q, struct policy_set *set, const struct policy **all)
{
    static const str root_name = STR_INIT("root");
    const struct principal *principal = q->call->principal;
    int r;

    if (principal->kind == PRINCIPAL_ROOT || is_vouched_by_root(principal) ||
            (principal->kind == PRINCIPAL_SERVICE && has_internal_right(q))) {
        *all = q->call->server->api->allow_all;
        set->identity = all;
        set->identity_names = &root_name;
        set->identity_len = 1;
        return 0;
    }
    if (!has_policies(principal))
        return 0;
    r = get_bundle(q->call, &q->bundle);
    if (r < 0)
        return r;
    set->identity = q->bundle->identity;
    set->identity_names = q->bundle->names;
    set->identity_len = q->bundle->len;
    set->boundary = q->bundle->boundary ? q->bundle->boundary->policy : NULL;
    return 0;
}

static bool has_no_keys(const struct principal *principal)
{
    return principal->kind == PRINCIPAL_ANONYMOUS || principal->kind == PRINCIPAL_WEB_IDENTITY;
}

static struct policy_request make_request(const struct question *q)
{
    const struct principal *principal = q->call->principal;
    struct policy_request request = {
            .action = q->action,
            .resource = q->arn,
            .keys = q->keys,
            .keys_len = q->keys_len,
            .is_anonymous = has_no_keys(principal),
            .principal_account = principal->account,
            .principal_federated = q->trust ? q->trust->federated : (str){0},
    };

    if (principal->kind == PRINCIPAL_SERVICE) {
        request.principal_service = principal->name;
    } else if (!has_no_keys(principal)) {
        request.principal_arn = principal->arn;
        if (principal->kind == PRINCIPAL_ROLE) /* who is vouched for is not who vouches */
            request.principal_issuer = principal->issuer_arn;
    }
    return request;
}

static bool is_required_by_service(const struct question *q)
{
    return q->service && q->service->resource_policy_required &&
           q->call->principal->kind != PRINCIPAL_SERVICE && !str_ends(q->arn, STR("*"));
}

/* ---- Tags of the resource
 * ------------------------------------------------------------------------------ */

static bool asks_for_tags(const struct policy_set *set)
{
    const struct policy *const others[] = {set->boundary, set->session, set->resource};

    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (others[i] && policy_asks_for_tags(others[i]))
            return true;
    for (size_t i = 0; i < set->identity_len; i++)
        if (policy_asks_for_tags(set->identity[i]))
            return true;
    return false;
}

/* aws:ResourceTag/<key>, and under the name of the service: iam:ResourceTag/<key>. */
static void add_tag(struct question *q, const struct resource_tag *tag, struct policy_key *keys)
{
    struct arena *arena = q->call->arena;
    str *value = arena_new(arena, str);

    *value = tag->value.ptr ? tag->value : STR("");
    keys[0].name = str_concat(arena, STR("aws:ResourceTag/"), tag->key);
    keys[1].name = str_printf(
            arena, "%s:ResourceTag/%.*s", q->service->model->iam_prefix, STR_ARG(tag->key));
    keys[0].values = keys[1].values = (struct str_list){value, 1, true};
}

/* After the keys of the request. How many were added, or negative. */
static int add_resource_tags(struct question *q, struct policy_request *request)
{
    struct resource_tags tags = {0};
    struct policy_key *keys;
    int r;

    if (!q->service || !q->service->resource_tags)
        return 0;
    r = q->service->resource_tags(q->call, q->arn, &tags);
    if (r < 0 || tags.len == 0)
        return r < 0 ? r : 0;
    keys = arena_array(q->call->arena, request->keys_len + 2 * tags.len, struct policy_key);
    memcpy(keys, request->keys, request->keys_len * sizeof(*keys));
    for (size_t i = 0; i < tags.len; i++)
        add_tag(q, &tags.items[i], &keys[request->keys_len + 2 * i]);
    request->keys = keys;
    request->keys_len += 2 * tags.len;
    return (int)(2 * tags.len);
}

/* Where it is not told what another account has, its tags are no way to find out: a refusal reads
 * as if the resource had none. */
static void hide_tags(const struct question *q, const struct policy_set *set,
        struct policy_request request, size_t tags, struct policy_decision *decision)
{
    struct policy_decision plain;

    if (decision->allowed || !set->is_cross_account || !set->is_resource_policy_required)
        return;
    request.keys_len -= tags;
    plain = policy_decide(set, &request, q->call->arena);
    decision->is_untold = plain.allowed || plain.is_untold;
    if (!plain.allowed)
        *decision = plain;
}

/* What a policy of the resource gives to a federated session itself, nothing that limits the
 * session takes away but a deny. */
static void give_by_name(const struct policy_set *set, struct policy_decision *decision)
{
    const struct policy_match *resource = &decision->parts[POLICY_PART_RESOURCE];

    if (decision->allowed || decision->explicit_deny || set->is_cross_account ||
            resource->effect != POLICY_ALLOW || resource->by_account)
        return;
    decision->allowed = true;
    decision->part = POLICY_PART_RESOURCE;
    decision->sid = resource->sid;
    decision->statement = resource->statement;
}

/* ---- Why not
 * --------------------------------------------------------------------------------------------- */

/* The policy of the principal that decided; NULL: it was none. */
static const struct policy_source *deciding_source(
        const struct question *q, const struct policy_decision *decision)
{
    if (!q->bundle || decision->statement < 0)
        return NULL;
    if (decision->part == POLICY_PART_BOUNDARY)
        return &q->bundle->boundary_source;
    return decision->policy >= 0 ? &q->bundle->sources[decision->policy] : NULL;
}

static void explain(struct question *q, const struct policy_set *set,
        const struct policy_request *request, const struct policy_decision *decision)
{
    const struct policy_source *source = deciding_source(q, decision);
    struct trace trace = {
            .action = q->action,
            .resource = q->arn,
            .keys = set->is_cross_account ? q->keys : request->keys,
            .keys_len = set->is_cross_account ? q->keys_len : request->keys_len,
            .set = set,
            .decision = decision,
            .is_trust = q->trust,
    };

    trace_condition(q->call->arena, request, &trace);
    if (source) {
        trace.policy_arn = source->arn;
        trace.policy_version = source->version;
    }
    *q->denial = (struct denial){
            .explicit_deny = decision->explicit_deny,
            .is_untold = decision->is_untold,
            .kind = decision->kind,
            .policy_arn =
                    trace.policy_arn.ptr ? str_dup(q->call->arena, trace.policy_arn) : (str){0},
            .trace = trace_json(q->call, &trace),
    };
}

/* Could the principal do it without policies of its own? */
static bool is_free(const struct question *q, const struct policy_set *set,
        const struct policy_request *request, const struct policy_decision *decision)
{
    struct policy_set others = *set;

    if (decision->part == POLICY_PART_RESOURCE)
        return true;
    if (decision->parts[POLICY_PART_RESOURCE].effect != POLICY_ALLOW)
        return false;
    others.identity_len = 0;
    return policy_decide(&others, request, q->call->arena).allowed;
}

/* A refusal that fails nothing is no lack. */
static void note_usage(const struct question *q, const struct policy_set *set,
        const struct policy_request *request, const struct policy_decision *decision)
{
    if (!has_policies(q->call->principal))
        return;
    if (q->call->principal->kind == PRINCIPAL_ROLE) /* in process it has not been authenticated */
        last_use_note(q->call);
    if (decision->allowed ? !is_free(q, set, request, decision) : q->denial != NULL)
        usage_note(q->call, q->action, q->arn, decision->allowed);
}

/* Decides; and where no policy does, asks what else speaks for the principal. `grant` is its room. */
static int decide_by_all(struct question *q, struct policy_set *set,
        const struct policy_request *request, struct policy_match *grant,
        struct policy_decision *ret)
{
    int r;

    *ret = policy_decide(set, request, q->call->arena);
    if (ret->allowed || ret->explicit_deny || !q->service || !q->service->resource_grant)
        return 0;
    r = q->service->resource_grant(q->call, request, grant);
    if (r < 0 || grant->effect != POLICY_ALLOW)
        return r < 0 ? r : 0;
    set->grant = grant;
    *ret = policy_decide(set, request, q->call->arena);
    return 0;
}

static int decide(struct question *q, bool *ret)
{
    const struct principal *principal = q->call->principal;
    const struct policy *all;
    struct policy_decision decision;
    struct policy_match grant = {.effect = POLICY_NONE, .statement = -1};
    struct policy_set set = {0};
    struct policy_request request;
    int r = find_resource_policy(q), tags;

    if (r >= 0)
        r = fill_identity(q, &set, &all);
    if (r >= 0 && principal->session_policy.ptr)
        r = get_by_text(q->call, "s", principal->session_policy, POLICY_IDENTITY, &q->session);
    if (r < 0)
        return r;
    set.session = q->session ? q->session->policy : NULL;
    if (principal->kind == PRINCIPAL_FEDERATED && !q->session)
        set.session = q->call->server->api->allow_nothing;
    set.resource = q->resource ? q->resource->policy : NULL;
    set.is_cross_account = q->is_cross_account && principal->kind != PRINCIPAL_SERVICE;
    set.is_resource_policy_required = q->trust || is_required_by_service(q);
    request = make_request(q);
    r = tags = asks_for_tags(&set) ? add_resource_tags(q, &request) : 0;
    if (r >= 0)
        r = decide_by_all(q, &set, &request, &grant, &decision);
    if (r < 0)
        return r;
    if (principal->kind == PRINCIPAL_FEDERATED)
        give_by_name(&set, &decision);
    if (tags > 0)
        hide_tags(q, &set, request, (size_t)tags, &decision);
    if (!decision.allowed && q->denial)
        explain(q, &set, &request, &decision);
    note_usage(q, &set, &request, &decision);
    *ret = decision.allowed;
    return 0;
}

/* ---- The questions of handlers
 * ---------------------------------------------------------------------------- */

static void remember(struct call *call, str arn)
{
    struct str_list *list = &call->private_->resources;

    if (!list->items)
        list->items = arena_array(call->arena, API_MAX_RESOURCES, str);
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->items[i], arn))
            return;
    if (list->len < API_MAX_RESOURCES && !str_eq(arn, STR("*")))
        list->items[list->len++] = str_dup(call->arena, arn);
}

/* For the audit, and for who may have it decoded. */
static void keep_trace(struct call *call, str trace)
{
    str encoded = trace_encode(call, trace);

    call->private_->trace = trace;
    if (encoded.ptr)
        call_set_header(call, STR(TRACE_HEADER), encoded);
}

static int deny(struct call *call, str action, str arn, const struct denial *denial)
{
    const struct principal *principal = call->principal;
    str who = principal->arn.ptr ? principal->arn : principal->name;

    keep_trace(call, denial->trace);
    if (denial->is_untold)
        return call_fail(call, &error_AccessDenied,
                "User: %.*s is not authorized to perform: %.*s on resource: %.*s because the "
                "resource does not exist in this Region, no resource-based policies allow access, "
                "or a resource-based policy explicitly denies access",
                STR_ARG(who), STR_ARG(action), STR_ARG(arn));
    if (denial->explicit_deny)
        return call_fail(call, &error_AccessDenied,
                "User: %.*s is not authorized to perform: %.*s on resource: %.*s with an explicit "
                "deny in %s %s%s%.*s",
                STR_ARG(who), STR_ARG(action), STR_ARG(arn), *denial->kind == 'i' ? "an" : "a",
                denial->kind, denial->policy_arn.len ? ": " : "", STR_ARG(denial->policy_arn));
    return call_fail(call, &error_AccessDenied,
            "User: %.*s is not authorized to perform: %.*s on resource: %.*s because no %s allows "
            "the %.*s action",
            STR_ARG(who), STR_ARG(action), STR_ARG(arn), denial->kind, STR_ARG(action));
}

struct asking {
    struct call *call;
    str action, arn;
    const struct policy_key *keys;
    size_t len;
    const struct trust_question *trust;
    bool is_allowed;
    struct denial *denial; /* NULL: why not is not asked */
};

static int ask(struct asking *asking)
{
    struct call *call = asking->call;
    struct question q = {
            .call = call,
            .action = asking->action,
            .arn = asking->arn,
            .keys = asking->keys,
            .keys_len = asking->len,
            .trust = asking->trust,
            .denial = asking->denial,
    };
    int r;

    if (!call->principal)
        return -EPERM;
    remember(call, asking->arn);
    r = decide(&q, &asking->is_allowed);
    question_done(&q);
    return r;
}

static int ask_in_tx(struct tx *tx, void *arg)
{
    struct asking *a = arg;
    int r;

    a->call->tx = tx;
    r = ask(a);
    a->call->tx = NULL;
    return r;
}

/* In the call's transaction, or a snapshot of its own. `more` are keys beside those of the call. */
static int ask_any(struct asking *asking, const struct policy_key *more, size_t len)
{
    struct call *call = asking->call;
    struct call_private *p = call->private_;
    struct policy_key *keys;
    struct error err;
    int r;

    if (!p->keys.items && (r = condition_keys(call, NULL)) < 0)
        return r;
    keys = p->keys.items;
    if (len) {
        keys = arena_array(call->arena, p->keys.len + len, struct policy_key);
        memcpy(keys, more, len * sizeof(*keys)); /* first: they say it better */
        memcpy(keys + len, p->keys.items, p->keys.len * sizeof(*keys));
    }
    asking->keys = keys;
    asking->len = p->keys.len + len;
    if (call->tx)
        return ask(asking);
    p->has_generation = false;
    r = db_read(call->server->db, call->arena, ask_in_tx, asking, &err);
    p->has_generation = false;
    return r;
}

int authorize_with(
        struct call *call, str action, str arn, const struct policy_key *keys, size_t len)
{
    struct denial denial = {0};
    struct asking asking = {.call = call, .action = action, .arn = arn, .denial = &denial};
    int r = ask_any(&asking, keys, len);

    if (r < 0)
        return r;
    return asking.is_allowed ? 0 : deny(call, action, arn, &denial);
}

int authorize(struct call *call, str action, str arn)
{
    int r = authorize_with(call, action, arn, NULL, 0);

    return r < 0 ? r : authorize_tagging(call, action, arn);
}

int authorize_check(struct call *call, str action, str arn, bool *ret)
{
    struct asking asking = {.call = call, .action = action, .arn = arn};
    int r = ask_any(&asking, NULL, 0);

    if (r < 0)
        return r;
    *ret = asking.is_allowed;
    return 0;
}

int authorize_trust(struct call *call, const struct trust_question *question, bool *ret)
{
    struct denial denial = {0};
    struct asking asking = {
            .call = call,
            .action = question->action,
            .arn = question->role_arn,
            .trust = question,
            .denial = &denial,
    };
    int r = ask_any(&asking, question->keys, question->keys_len);

    if (r < 0)
        return r;
    if (!asking.is_allowed)
        keep_trace(call, denial.trace);
    *ret = asking.is_allowed;
    return 0;
}

static str action_of(struct call *call, uint32_t action)
{
    const struct service_model *model = call->service->model;

    if (action)
        return str_of(model_str(model, action));
    return str_printf(
            call->arena, "%s:%s", model->iam_prefix, model_str(model, call->operation->name));
}

int authorize_operation(struct call *call, const void *in)
{
    const struct operation *operation = call->operation;
    const struct service_model *model = call->service->model;
    int r;

    if (operation->flags & (OP_AUTHORIZE_SELF | OP_NO_AUTH | OP_ANONYMOUS))
        return 0;
    if (operation->resources_len == 0)
        return authorize(call, action_of(call, 0), STR("*"));
    for (size_t i = 0; i < operation->resources_len; i++) {
        const struct operation_resource *resource =
                &model->resources[operation->first_resource + i];

        r = authorize(call, action_of(call, resource->action),
                template_expand(call, model_str(model, resource->arn), in));
        if (r < 0)
            return r;
    }
    return 0;
}
