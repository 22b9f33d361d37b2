#include "api/policy_impl.h"

/* ---- The block --------------------------------------------------------------------- */

uint32_t policy_add(struct policy_builder *builder, const void *bytes, size_t len, size_t align)
{
    size_t at = (builder->len + align - 1) / align * align;
    size_t end = at + len;

    /* A document has POLICY_MAX_BYTES at most, so the block stays far below 4 GiB. */
    if (end > builder->size) {
        size_t size = builder->size ? builder->size : 512;
        while (size < end)
            size *= 2;
        builder->base = mem_resize(builder->base, size, 1);
        memset(builder->base + builder->size, 0, size - builder->size);
        builder->size = size;
    }
    if (bytes && len > 0)
        memcpy(builder->base + at, bytes, len);
    builder->len = end;
    return (uint32_t)at;
}

struct policy_text policy_add_text(struct policy_builder *builder, str text)
{
    return (struct policy_text){policy_add(builder, text.ptr, text.len, 1), (uint32_t)text.len};
}

int policy_bad(const struct policy_builder *builder, struct error *err, const char *identity,
        const char *other)
{
    return error_set(err, EINVAL, "%s", builder->kind == POLICY_IDENTITY ? identity : other);
}

static int syntax(const struct policy_builder *builder, struct error *err, const char *other)
{
    return policy_bad(builder, err, "Syntax errors in policy.", other);
}

/* ---- Lists of strings -------------------------------------------------------------- */

static size_t list_len(const json_t *json)
{
    return json_is_array(json) ? json_array_size(json) : 1;
}

/* Item i of a string or a list of strings; absent if it is neither. */
static str list_item(const json_t *json, size_t i)
{
    return json_str(json_is_array(json) ? json_array_get(json, i) : json);
}

static struct policy_range add_array(struct policy_builder *builder, size_t len, size_t size)
{
    return (struct policy_range){policy_add(builder, NULL, len * size, 8), (uint32_t)len};
}

static void put_item(struct policy_builder *builder, struct policy_range range, size_t i,
        const void *item, size_t size)
{
    memcpy(builder->base + range.first + i * size, item, size);
}

static int add_patterns(struct policy_builder *builder, const json_t *json,
        enum policy_pattern_kind kind, struct policy_range *ret, struct error *err)
{
    struct policy_range range;

    range = add_array(builder, list_len(json), sizeof(struct policy_pattern));
    for (size_t i = 0; i < range.len; i++) {
        struct policy_pattern pattern;
        str text = list_item(json, i);
        int r;

        if (!text.ptr)
            return syntax(builder, err,
                    kind == PATTERN_ACTION ? "Policy has invalid action"
                                           : "Policy has invalid resource");
        r = kind == PATTERN_ACTION ? policy_check_action(builder, text, err)
                                   : policy_check_resource(builder, text, err);
        if (r == 0)
            r = policy_add_pattern(builder, text, kind, &pattern, err);
        if (r < 0)
            return r;
        put_item(builder, range, i, &pattern, sizeof(pattern));
    }
    *ret = range;
    return 0;
}

/* ---- Principals -------------------------------------------------------------------- */

static int add_principal(struct policy_builder *builder, str type, str value,
        struct policy_range range, size_t *at, struct error *err)
{
    struct policy_principal principal;
    str text;
    int r = policy_check_principal(type, value, &principal, &text, err);

    if (r < 0)
        return r;
    principal.text = policy_add_text(builder, text);
    put_item(builder, range, (*at)++, &principal, sizeof(principal));
    return 0;
}

/* "*", or {"AWS": …, "Service": …, "Federated": …, "CanonicalUser": …}. */
static int add_principals(
        struct policy_builder *builder, json_t *json, struct policy_range *ret, struct error *err)
{
    struct policy_range range;
    const char *type;
    json_t *values;
    size_t len = 0, at = 0;
    int r;

    if (str_eq(json_str(json), STR("*"))) {
        *ret = add_array(builder, 1, sizeof(struct policy_principal));
        return add_principal(builder, STR("AWS"), STR("*"), *ret, &at, err);
    }
    if (!json_is_object(json) || json_object_size(json) == 0)
        return error_set(err, EINVAL, "Invalid principal in policy");
    json_object_foreach(json, type, values) len += list_len(values);
    if (len == 0)
        return error_set(err, EINVAL, "Invalid principal in policy");

    range = add_array(builder, len, sizeof(struct policy_principal));
    json_object_foreach(json, type, values)
    {
        for (size_t i = 0; i < list_len(values); i++) {
            r = add_principal(builder, str_of(type), list_item(values, i), range, &at, err);
            if (r < 0)
                return r;
        }
    }
    *ret = range;
    return 0;
}

/* ---- Conditions -------------------------------------------------------------------- */

static int add_conditions(
        struct policy_builder *builder, json_t *json, struct policy_range *ret, struct error *err)
{
    struct policy_range range;
    const char *operator_, *key;
    json_t *keys, *values;
    size_t len = 0, at = 0;
    int r;

    if (!json_is_object(json))
        return syntax(builder, err, "Condition must be an object");
    json_object_foreach(json, operator_, keys)
    {
        if (!json_is_object(keys))
            return syntax(builder, err, "Condition operators must hold objects");
        len += json_object_size(keys);
    }

    range = add_array(builder, len, sizeof(struct policy_condition));
    json_object_foreach(json, operator_, keys){
            json_object_foreach(keys, key, values){struct policy_condition condition;
    r = policy_add_condition(builder, str_of(operator_), str_of(key), values, &condition, err);
    if (r < 0)
        return r;
    put_item(builder, range, at++, &condition, sizeof(condition));
}
}
*ret = range;
return 0;
}

/* "aws:ResourceTag/team", and what services call the same: "iam:ResourceTag/team". */
void policy_note_key(struct policy_builder *builder, str key)
{
    str prefix;

    if (str_cut(&key, ':', &prefix) &&
            str_eq_nocase(str_head(key, strlen("ResourceTag/")), STR("ResourceTag/")))
        builder->asks_for_tags = true;
}

/* ---- Statements -------------------------------------------------------------------- */

struct members {
    json_t *sid, *effect, *action, *not_action, *resource, *not_resource, *principal,
            *not_principal, *condition;
};

static int read_members(
        const struct policy_builder *builder, json_t *json, struct members *ret, struct error *err)
{
    struct members m = {0};
    const struct {
        const char *name;
        json_t **at;
    } known[] = {
            {"Sid", &m.sid},
            {"Effect", &m.effect},
            {"Action", &m.action},
            {"NotAction", &m.not_action},
            {"Resource", &m.resource},
            {"NotResource", &m.not_resource},
            {"Principal", &m.principal},
            {"NotPrincipal", &m.not_principal},
            {"Condition", &m.condition},
    };
    const char *name;
    json_t *value;

    if (!json_is_object(json))
        return syntax(builder, err, "Statement must be an object");
    json_object_foreach(json, name, value)
    {
        size_t i = 0;
        while (i < sizeof(known) / sizeof(known[0]) && strcmp(name, known[i].name) != 0)
            i++;
        if (i == sizeof(known) / sizeof(known[0]))
            return builder->kind == POLICY_IDENTITY
                           ? error_set(err, EINVAL, "Syntax errors in policy.")
                           : error_set(err, EINVAL, "Unknown field %.100s", name);
        *known[i].at = value;
    }
    *ret = m;
    return 0;
}

static bool is_empty(const json_t *json)
{
    return !json || (json_is_array(json) && json_array_size(json) == 0);
}

static int check_members(
        const struct policy_builder *builder, const struct members *m, struct error *err)
{
    bool names_principals = builder->kind != POLICY_IDENTITY;

    if ((m->action && m->not_action) || (m->resource && m->not_resource) ||
            (m->principal && m->not_principal) || (m->sid && !json_is_string(m->sid)))
        return syntax(builder, err, "Statement has conflicting or malformed fields");
    if (!m->effect)
        return syntax(builder, err, "Missing required field Effect");
    if (is_empty(m->action) && is_empty(m->not_action))
        return policy_bad(builder, err, "Policy statement must contain actions.",
                "Missing required field Action");
    if (!names_principals && (m->principal || m->not_principal))
        return error_set(err, EINVAL, "Policy document should not specify a principal.");
    if (names_principals && !m->principal && !m->not_principal)
        return error_set(err, EINVAL,
                builder->kind == POLICY_TRUST ? "Missing required field Principal cannot be empty!"
                                              : "Missing required field Principal");
    if (builder->kind == POLICY_TRUST && (m->resource || m->not_resource))
        return error_set(err, EINVAL, "Has prohibited field Resource");
    if (builder->kind != POLICY_TRUST && is_empty(m->resource) && is_empty(m->not_resource))
        return policy_bad(builder, err, "Policy statement must contain resources.",
                "Missing required field Resource");
    return 0;
}

static int add_statement(struct policy_builder *builder, json_t *json, struct policy_statement *ret,
        struct error *err)
{
    struct policy_statement statement = {0};
    struct members m = {0};
    str effect;
    int r = read_members(builder, json, &m, err);

    if (r == 0)
        r = check_members(builder, &m, err);
    if (r < 0)
        return r;
    effect = json_str(m.effect);
    statement.is_deny = str_eq(effect, STR("Deny"));
    if (!statement.is_deny && !str_eq(effect, STR("Allow")))
        return builder->kind == POLICY_IDENTITY ? error_set(err, EINVAL, "Syntax errors in policy.")
                                                : error_set(err, EINVAL, "Invalid effect: %.*s",
                                                          STR_ARG(str_head(effect, 100)));
    if (m.not_principal && !statement.is_deny)
        return error_set(err, EINVAL, "Allow with NotPrincipal is not allowed.");

    statement.not_action = m.not_action != NULL;
    statement.not_resource = m.not_resource != NULL;
    statement.not_principal = m.not_principal != NULL;
    r = add_patterns(
            builder, m.action ? m.action : m.not_action, PATTERN_ACTION, &statement.actions, err);
    if (r == 0 && (m.resource || m.not_resource))
        r = add_patterns(builder, m.resource ? m.resource : m.not_resource, PATTERN_RESOURCE,
                &statement.resources, err);
    if (r == 0 && (m.principal || m.not_principal))
        r = add_principals(
                builder, m.principal ? m.principal : m.not_principal, &statement.principals, err);
    if (r == 0 && m.condition)
        r = add_conditions(builder, m.condition, &statement.conditions, err);
    if (r < 0)
        return r;
    if (m.sid)
        statement.sid = policy_add_text(builder, json_str(m.sid));
    *ret = statement;
    return 0;
}

/* ---- The document ------------------------------------------------------------------ */

static bool is_sid(str sid)
{
    for (size_t i = 0; i < sid.len; i++) {
        char c = sid.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
    }
    return true;
}

static int check_sids(
        const struct policy_builder *builder, struct policy_range statements, struct error *err)
{
    const struct policy *policy = (const struct policy *)(const void *)builder->base;
    const struct policy_statement *items = policy_at(policy, statements.first);

    for (size_t i = 0; i < statements.len; i++) {
        str sid = policy_str(policy, items[i].sid);
        if (builder->kind == POLICY_IDENTITY && !is_sid(sid))
            return error_set(err, EINVAL,
                    "Statement IDs (SID) should not include spaces and must be alphanumeric.");
        for (size_t j = 0; j < i && sid.len > 0; j++)
            if (str_eq(sid, policy_str(policy, items[j].sid)))
                return error_set(
                        err, EINVAL, "Statement IDs (SID) in a single policy must be unique.");
    }
    return 0;
}

static int read_document(
        struct policy_builder *builder, json_t *json, json_t **ret_statement, struct error *err)
{
    const char *name;
    json_t *value, *statement = NULL;

    json_object_foreach(json, name, value)
    {
        if (strcmp(name, "Statement") == 0) {
            statement = value;
        } else if (strcmp(name, "Version") == 0) {
            str version = json_str(value);
            builder->has_variables = str_eq(version, STR("2012-10-17"));
            if (!builder->has_variables && !str_eq(version, STR("2008-10-17")))
                return syntax(builder, err, "The policy must contain a valid version string");
        } else if (strcmp(name, "Id") != 0 || !json_is_string(value)) {
            return builder->kind == POLICY_IDENTITY
                           ? error_set(err, EINVAL, "Syntax errors in policy.")
                           : error_set(err, EINVAL, "Unknown field %.100s", name);
        }
    }
    if (!statement || is_empty(statement))
        return syntax(builder, err, "Missing required field Statement");
    *ret_statement = statement;
    return 0;
}

static int add_document(struct policy_builder *builder, json_t *json, struct error *err)
{
    struct policy policy = {.kind = builder->kind};
    json_t *statement = NULL;
    int r;

    policy_add(builder, &policy, sizeof(policy), 8);
    if (!json_is_object(json))
        return syntax(builder, err, "This policy contains invalid Json");
    r = read_document(builder, json, &statement, err);
    if (r < 0)
        return r;
    if (list_len(statement) > POLICY_MAX_STATEMENTS)
        return error_set(err, EINVAL, "Policy has more than %d statements", POLICY_MAX_STATEMENTS);

    policy.statements = add_array(builder, list_len(statement), sizeof(struct policy_statement));
    for (size_t i = 0; i < policy.statements.len; i++) {
        struct policy_statement item;
        r = add_statement(builder,
                json_is_array(statement) ? json_array_get(statement, i) : statement, &item, err);
        if (r < 0)
            return r;
        put_item(builder, policy.statements, i, &item, sizeof(item));
    }
    policy.size = (uint32_t)builder->len;
    policy.asks_for_tags = builder->asks_for_tags;
    memcpy(builder->base, &policy, sizeof(policy));
    return check_sids(builder, policy.statements, err);
}

int policy_compile(str text, enum policy_kind kind, struct policy **ret, struct error *err)
{
    struct policy_builder builder = {.kind = kind};
    AUTO_JSON json_t *json = NULL;
    int r;

    if (text.len > POLICY_MAX_BYTES)
        return error_set(err, EINVAL, "Policy document is longer than %d bytes", POLICY_MAX_BYTES);
    if (json_parse(text, &json, NULL) < 0)
        return syntax(&builder, err, "This policy contains invalid Json");
    r = add_document(&builder, json, err);
    if (r < 0) {
        free(builder.base);
        return r;
    }
    *ret = mem_resize(builder.base, builder.len, 1);
    return 0;
}

bool policy_asks_for_tags(const struct policy *policy)
{
    return policy->asks_for_tags;
}

void policy_free(struct policy *policy)
{
    free(policy);
}
