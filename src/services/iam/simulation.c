#include "services/iam/managed.h"
#include "services/iam/simulation.h"

#include <assert.h>

static const struct call_error *const BAD = &iam_InvalidInputException;

void simulation_done(struct simulation *simulation)
{
    for (size_t i = 0; i < simulation->len; i++)
        policy_free(simulation->items[i].policy);
}

/* ---- Names of keys ------------------------------------------------------------------- */

void key_names_done(struct key_names *names)
{
    map_done(&names->seen);
}

void key_names_add(void *arg, str key)
{
    struct key_names *names = arg;

    if (map_put(&names->seen, str_lower(names->arena, key), names))
        return;
    if (names->list.len == names->size) {
        size_t size = names->size ? 2 * names->size : 16;
        str *items = arena_array(names->arena, size, str);

        if (names->list.len)
            memcpy(items, names->list.items, names->list.len * sizeof(*items));
        names->list.items = items;
        names->size = size;
    }
    names->list.items[names->list.len++] = str_dup(names->arena, key);
}

/* ---- Policies ------------------------------------------------------------------------ */

/* arn:aws:iam::<account>:user/a/b/name: "user" and "name". */
static bool split_entity(str arn, struct arn *ret, str *ret_kind, str *ret_name)
{
    str rest;
    ptrdiff_t slash;

    if (arn_parse(arn, ret) < 0 || !str_eq(ret->service, STR("iam")) || ret->region.len)
        return false;
    rest = ret->resource;
    if (!str_cut(&rest, '/', ret_kind))
        return false;
    slash = str_rfind_char(rest, '/');
    *ret_name = slash < 0 ? rest : str_skip(rest, (size_t)slash + 1);
    return ret_name->len > 0;
}

int simulation_source(struct call *call, str arn, struct entity *ret)
{
    static const char *const kinds[] = {"user", "group", "role"};
    const char *kind = NULL;
    str named, name;
    struct arn parts;
    int r;

    if (split_entity(arn, &parts, &named, &name))
        for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
            kind = str_eq(named, str_of(kinds[i])) ? kinds[i] : kind;
    if (!kind)
        return call_fail(call, BAD,
                "Invalid Entity Arn: %.*s does not clearly define entity type and name.",
                STR_ARG(arn));
    r = str_eq(parts.account, call->account) ? entity_find(call->tx, call->account, kind, name, ret)
                                             : 0;
    if (r < 0)
        return r;
    if (r == 0 || !str_eq(ret->arn, arn))
        return call_fail(call, &iam_NoSuchEntityException, "The %s with name %.*s cannot be found.",
                kind, STR_ARG(name));
    return 0;
}

int simulation_add(struct simulation *simulation, enum policy_part part, str text, str id, str type)
{
    struct simulated_policy item = {.part = part, .text = text, .id = id, .type = type};
    struct error err;

    simulation->bytes += text.len;
    if (simulation->bytes > SIMULATION_MAX_BYTES)
        return call_fail(simulation->call, BAD,
                "The policies of a simulation can have at most %d bytes together.",
                SIMULATION_MAX_BYTES);
    if (policy_compile(text, part == POLICY_PART_RESOURCE ? POLICY_RESOURCE : POLICY_IDENTITY,
                &item.policy, &err) < 0)
        return call_fail(simulation->call, BAD, "%.*s: %s", STR_ARG(id), err.text);
    assert(simulation->len < simulation->size);
    simulation->items[simulation->len++] = item;
    return 0;
}

int simulation_add_list(struct simulation *simulation, enum policy_part part, const char *name,
        struct str_list texts)
{
    int r = 0;

    if (texts.len > SIMULATION_MAX_POLICIES)
        return call_fail(simulation->call, BAD, "%s can have at most %d policies.", name,
                SIMULATION_MAX_POLICIES);
    for (size_t i = 0; r == 0 && i < texts.len; i++)
        r = simulation_add(simulation, part, texts.items[i],
                str_printf(simulation->call->arena, "%s.%zu", name, i + 1), STR("none"));
    return r;
}

static bool is_managed(str arn)
{
    struct managed_policy managed;

    return managed_find(arn, &managed);
}

/* "policy/Name" of a managed policy is Name; "user/alice/inline" is user_alice_inline. */
static int add_source(
        struct simulation *simulation, enum policy_part part, const struct policy_source *source)
{
    struct arena *arena = simulation->call->arena;
    str rest = source->arn.ptr ? source->arn : source->name, kind = rest;

    if (source->arn.ptr) {
        ptrdiff_t slash = str_rfind_char(rest, '/');

        return simulation_add(simulation, part, source->text, str_skip(rest, (size_t)slash + 1),
                is_managed(source->arn) ? STR("aws-managed") : STR("user-managed"));
    }
    (void)str_cut(&rest, '/', &kind);
    return simulation_add(simulation, part, source->text,
            str_replace(arena, source->name, STR("/"), STR("_")), kind);
}

int simulation_begin(struct simulation *simulation, struct call *call, const struct entity *source,
        size_t more, bool has_boundary)
{
    struct principal_policies found = {0};
    int r = source ? entity_policies(call->tx, source, &found) : 0;

    if (r < 0)
        return r;
    simulation->call = call;
    simulation->size = found.identity.len + 1 + more;
    simulation->items = arena_array(call->arena, simulation->size, struct simulated_policy);
    for (size_t i = 0; r == 0 && i < found.identity.len; i++)
        r = add_source(simulation, POLICY_PART_IDENTITY, &found.identity.items[i]);
    if (r == 0 && found.boundary.text.ptr && !has_boundary)
        r = add_source(simulation, POLICY_PART_BOUNDARY, &found.boundary);
    return r;
}

/* ---- Keys ---------------------------------------------------------------------------- */

static int add_key(struct simulation *simulation, str name, struct str_list values)
{
    if (simulation->keys_len == SIMULATION_MAX_KEYS)
        return call_fail(simulation->call, BAD, "A simulation can have at most %d context keys.",
                SIMULATION_MAX_KEYS);
    for (size_t i = 0; i < values.len; i++)
        simulation->key_bytes += values.items[i].len;
    if (simulation->key_bytes > SIMULATION_MAX_KEY_BYTES)
        return call_fail(simulation->call, BAD,
                "The values of context keys can have at most %d bytes together.",
                SIMULATION_MAX_KEY_BYTES);
    simulation->keys[simulation->keys_len++] = (struct policy_key){name, values};
    return 0;
}

static int add_value(struct simulation *simulation, str name, str value)
{
    str *item = arena_new(simulation->call->arena, str);

    *item = value;
    return value.ptr ? add_key(simulation, name, (struct str_list){item, 1, true}) : 0;
}

static bool find_type(str name, enum policy_type *ret, bool *ret_is_list)
{
    static const str names[] = {
            [POLICY_TYPE_STRING] = STR_INIT("string"),
            [POLICY_TYPE_NUMBER] = STR_INIT("numeric"),
            [POLICY_TYPE_BOOL] = STR_INIT("boolean"),
            [POLICY_TYPE_DATE] = STR_INIT("date"),
            [POLICY_TYPE_IP] = STR_INIT("ip"),
            [POLICY_TYPE_BINARY] = STR_INIT("binary"),
    };

    *ret_is_list = str_ends(name, STR("List"));
    if (*ret_is_list)
        name.len -= strlen("List");
    for (enum policy_type type = 0; type < sizeof(names) / sizeof(*names); type++) {
        *ret = type;
        if (str_eq(name, names[type]))
            return true;
    }
    return false;
}

static int add_entry(struct simulation *simulation, const struct iam_ContextEntry *entry)
{
    struct policy_request so_far = {.keys = simulation->keys, .keys_len = simulation->keys_len};
    str name = entry->ContextKeyName;
    enum policy_type type;
    bool is_list;

    if (!name.ptr || !find_type(entry->ContextKeyType, &type, &is_list))
        return call_fail(simulation->call, BAD, "A context entry must have a name and a type.");
    if (policy_request_has(&so_far, name))
        return call_fail(simulation->call, BAD, "Context key %.*s is given twice.", STR_ARG(name));
    if (!is_list && entry->ContextKeyValues.len != 1)
        return call_fail(simulation->call, BAD,
                "Context key %.*s of type %.*s must have exactly one value.", STR_ARG(name),
                STR_ARG(entry->ContextKeyType));
    for (size_t i = 0; i < entry->ContextKeyValues.len; i++) {
        str value = entry->ContextKeyValues.items[i];

        if (!policy_reads_as(type, value))
            return call_fail(simulation->call, BAD, "Context key %.*s: %.*s is not of type %.*s.",
                    STR_ARG(name), STR_ARG(str_head(value, 100)), STR_ARG(entry->ContextKeyType));
    }
    return add_key(simulation, name, entry->ContextKeyValues);
}

/* What the caller is known by. What the input says comes before it. */
static int add_caller_keys(struct simulation *simulation, const struct entity *known)
{
    struct arena *arena = simulation->call->arena;
    struct principal principal = {0};
    str name = simulation->caller;
    int r;

    if (!name.ptr)
        return 0;
    name = str_skip(name, (size_t)str_rfind_char(name, '/') + 1);
    r = add_value(simulation, STR("aws:PrincipalArn"), simulation->caller);
    if (r == 0)
        r = add_value(simulation, STR("aws:PrincipalAccount"), simulation->caller_account);
    if (r == 0)
        r = add_value(simulation, STR("aws:PrincipalIsAWSService"), STR("false"));
    if (r == 0)
        r = add_value(simulation, STR("aws:PrincipalType"),
                simulation->is_user ? STR("User") : STR("AssumedRole"));
    if (r == 0 && simulation->is_user)
        r = add_value(simulation, STR("aws:username"), name);
    if (r == 0 && known && simulation->is_user)
        r = add_value(simulation, STR("aws:userid"), known->id);
    if (r == 0 && known)
        r = iam_principal_tags(arena, known->tags, &principal);
    for (size_t i = 0; r == 0 && i < principal.tags.len; i++)
        r = add_value(simulation,
                str_concat(arena, STR("aws:PrincipalTag/"), principal.tags.items[i].key),
                principal.tags.items[i].value);
    return r;
}

/* ---- Who calls, and whose the resources are ------------------------------------------- */

static int set_caller(struct simulation *simulation, const struct entity *source, str arn)
{
    struct arn parts;
    str kind, name;

    if (arn.ptr) {
        if (!split_entity(arn, &parts, &kind, &name) || !str_eq(kind, STR("user")) ||
                parts.account.len != 12)
            return call_fail(simulation->call, BAD,
                    "CallerArn must be the ARN of an IAM user: %.*s", STR_ARG(arn));
        simulation->caller = arn;
        simulation->caller_account = parts.account;
        simulation->is_user = true;
    } else if (source && !str_eq(source->kind, STR("group"))) {
        simulation->caller = source->arn;
        simulation->caller_account = source->account;
        simulation->is_user = str_eq(source->kind, STR("user"));
    } else {
        simulation->caller_account = simulation->call->account;
    }
    return 0;
}

/* "123456789012", or the ARN of something in that account. */
static int set_owner(struct simulation *simulation, str owner)
{
    struct arn parts;

    simulation->owner = simulation->caller_account;
    if (!owner.ptr)
        return 0;
    if (arn_parse(owner, &parts) == 0)
        owner = parts.account;
    if (owner.len != 12)
        return call_fail(simulation->call, BAD,
                "ResourceOwner must be the ARN of an account, such as "
                "arn:aws:iam::123456789012:root");
    simulation->owner = owner;
    simulation->is_owner_known = true;
    return 0;
}

static int make_set(struct simulation *simulation)
{
    struct policy_set *set = &simulation->set;
    const struct policy **identity =
            arena_array(simulation->call->arena, simulation->len, const struct policy *);

    set->identity = identity;
    for (size_t i = 0; i < simulation->len; i++) {
        const struct policy *policy = simulation->items[i].policy;

        if (simulation->items[i].part == POLICY_PART_IDENTITY)
            identity[set->identity_len++] = policy;
        else if (simulation->items[i].part == POLICY_PART_BOUNDARY)
            set->boundary = policy;
        else
            set->resource = policy;
    }
    if (set->resource && !simulation->is_user)
        return call_fail(simulation->call, BAD,
                "CallerArn is required with a ResourcePolicy, unless PolicySourceArn is the ARN of "
                "a user.");
    return 0;
}

int simulation_set_request(struct simulation *simulation, const struct entity *source,
        const struct iam_SimulateCustomPolicyRequest *in)
{
    bool is_source;
    int r = set_caller(simulation, source, in->CallerArn);

    if (r == 0)
        r = set_owner(simulation, in->ResourceOwner);
    if (r == 0)
        r = make_set(simulation);
    simulation->keys = arena_array(simulation->call->arena, SIMULATION_MAX_KEYS, struct policy_key);
    for (size_t i = 0; r == 0 && i < in->ContextEntries.len; i++)
        r = add_entry(simulation, &in->ContextEntries.items[i]);
    is_source = source && str_eq(source->arn, simulation->caller);
    return r < 0 ? r : add_caller_keys(simulation, is_source ? source : NULL);
}
