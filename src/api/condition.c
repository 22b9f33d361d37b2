/*
 * condition - the condition keys of a call: global ones, and those of the input
 */
#include "api/private.h"

#include "api/shape.h"
#include "api/template.h"
#include "base/clock.h"

enum {
    CONDITION_MAX_KEYS = 256,
    CONDITION_FIRST_KEYS = 32, /* room for those of most calls */
    CONDITION_MAX_TAGS = 200,  /* of one request; AWS takes no more than 50 anywhere */
};

static void grow(struct call *call)
{
    struct call_private *p = call->private_;
    struct policy_key *items = p->keys.items;

    p->keys.size = p->keys.size ? CONDITION_MAX_KEYS : CONDITION_FIRST_KEYS;
    p->keys.items = arena_array(call->arena, p->keys.size, struct policy_key);
    if (p->keys.len)
        memcpy(p->keys.items, items, p->keys.len * sizeof(*items));
}

static void add_list(struct call *call, str name, struct str_list values)
{
    struct call_private *p = call->private_;

    if (p->keys.len == CONDITION_MAX_KEYS || values.len == 0)
        return;
    if (p->keys.len == p->keys.size)
        grow(call);
    p->keys.items[p->keys.len++] = (struct policy_key){name, values};
}

static void add(struct call *call, str name, str value)
{
    str *item;

    if (!value.ptr)
        return;
    item = arena_new(call->arena, str);
    *item = value;
    add_list(call, name, (struct str_list){item, 1, true});
}

static str principal_type(const struct principal *principal)
{
    switch (principal->kind) {
    case PRINCIPAL_ROOT:
        return STR("Account");
    case PRINCIPAL_USER:
        return STR("User");
    case PRINCIPAL_ROLE:
        return STR("AssumedRole");
    case PRINCIPAL_FEDERATED:
        return STR("FederatedUser");
    case PRINCIPAL_SERVICE:
        return (str){0};
    default:
        return STR("Anonymous");
    }
}

/* What the identity provider said, as "<issuer>:sub", all the session long. */
static void add_federated(struct call *call)
{
    const struct principal_federated *federated = &call->principal->federated;
    str issuer = federated->provider;
    ptrdiff_t slash = issuer.ptr ? str_find_char(issuer, '/') : -1;

    if (slash < 0)
        return;
    issuer = str_skip(issuer, (size_t)slash + 1);
    add(call, STR("aws:FederatedProvider"), federated->provider);
    add(call, str_concat(call->arena, issuer, STR(":aud")), federated->audience);
    add(call, str_concat(call->arena, issuer, STR(":sub")), federated->subject);
}

static void add_principal(struct call *call)
{
    const struct principal *principal = call->principal;
    bool is_role = principal->kind == PRINCIPAL_ROLE;

    add(call, STR("aws:PrincipalType"), principal_type(principal));
    add(call, STR("aws:PrincipalAccount"), principal->account);
    add(call, STR("aws:PrincipalArn"),
            is_role && principal->issuer_arn.ptr ? principal->issuer_arn : principal->arn);
    add(call, STR("aws:userid"), principal->user_id);
    if (principal->kind == PRINCIPAL_USER)
        add(call, STR("aws:username"), principal->name);
    if (principal->kind == PRINCIPAL_SERVICE) {
        add(call, STR("aws:PrincipalServiceName"), principal->name);
        add(call, STR("aws:SourceAccount"), principal->account);
    }
    add(call, STR("aws:PrincipalIsAWSService"),
            principal->kind == PRINCIPAL_SERVICE ? STR("true") : STR("false"));
    if (is_role || principal->session_start) {
        add(call, STR("aws:MultiFactorAuthPresent"),
                principal->mfa_time ? STR("true") : STR("false"));
        if (principal->mfa_time)
            add(call, STR("aws:MultiFactorAuthAge"),
                    str_printf(call->arena, "%lld",
                            (long long)((call->now - principal->mfa_time) / 1000)));
        add(call, STR("aws:SourceIdentity"), principal->source_identity);
        if (principal->session_start)
            add(call, STR("aws:TokenIssueTime"),
                    time_iso8601(call->arena, principal->session_start));
    }
    add_federated(call);
    for (size_t i = 0; i < principal->tags.len; i++)
        add(call, str_concat(call->arena, STR("aws:PrincipalTag/"), principal->tags.items[i].key),
                principal->tags.items[i].value);
    add(call, STR("aws:ViaAWSService"), principal->invoked_by.ptr ? STR("true") : STR("false"));
    if (principal->invoked_by.ptr) {
        add(call, STR("aws:CalledVia"), principal->invoked_by);
        add(call, STR("aws:CalledViaFirst"), principal->invoked_by);
        add(call, STR("aws:CalledViaLast"), principal->invoked_by);
    }
}

static void add_request(struct call *call)
{
    add(call, STR("aws:CurrentTime"), time_iso8601(call->arena, call->now));
    add(call, STR("aws:EpochTime"), str_printf(call->arena, "%lld", (long long)(call->now / 1000)));
    add(call, STR("aws:RequestedRegion"), call->region);
    add(call, STR("aws:SourceIp"), call->source_ip);
    add(call, STR("aws:UserAgent"), call->user_agent);
    add(call, STR("aws:Referer"), call_header(call, STR("Referer")));
    add(call, STR("aws:SecureTransport"),
            call->is_tls || !call->private_->req ? STR("true") : STR("false"));
}

/* ---- Tags -------------------------------------------------------------------------------------
 */

/* The member "key" of a tag, which is called "Key" or "TagKey" in places; the same of "value". */
static str text_member(struct call *call, uint16_t shape, const void *base, const char *name)
{
    static const char *const names[][3] = {
            {"key", "Key", "TagKey"}, {"value", "Value", "TagValue"}};
    const struct service_model *model = call->service->model;
    const struct member *member = NULL;

    for (size_t i = 0; i < 3 && !member; i++)
        member = model_member(model, shape, str_of(names[*name == 'v'][i]));
    return member ? shape_text(call->arena, model, member->shape, shape_member(model, member, base))
                  : (str){0};
}

static void add_tag(struct call *call, struct str_list *keys, str key, str value)
{
    if (key.ptr)
        keys->items[keys->len++] = key;
    if (key.ptr && !call->private_->takes_tags)
        add(call, str_concat(call->arena, STR("aws:RequestTag/"), key),
                value.ptr ? value : STR(""));
}

/* [{key, value}], or a map of them, or only keys. */
static void add_tags(struct call *call, uint16_t shape, const void *value)
{
    const struct service_model *model = call->service->model;
    const struct shape *s = shape_of(model, shape);
    const struct any_list *list = value;
    struct str_list keys = {0};

    if (s->kind != SHAPE_LIST && s->kind != SHAPE_MAP)
        return;
    if (list->len > CONDITION_MAX_TAGS) {
        call->private_->has_too_many_tags = true; /* a condition would not see all of them */
        return;
    }
    keys.items = arena_array(call->arena, list->len, str);
    for (size_t i = 0; i < list->len; i++) {
        const char *item = shape_item(model, s, list, i);

        if (s->kind == SHAPE_MAP)
            add_tag(call, &keys, *(const str *)item,
                    shape_text(call->arena, model, s->element, item + SHAPE_ENTRY_VALUE));
        else if (shape_is_structure(shape_of(model, s->element)))
            add_tag(call, &keys, text_member(call, s->element, item, "key"),
                    text_member(call, s->element, item, "value"));
        else
            keys.items[keys.len++] = *(const str *)item;
    }
    add_list(call, STR("aws:TagKeys"), keys);
}

/* ---- Of the input -------------------------------------------------------------------------------
 */

static void add_texts(
        struct call *call, str name, const struct shape *list, const struct any_list *values)
{
    const struct service_model *model = call->service->model;
    struct str_list texts = {arena_array(call->arena, values->len, str), 0, true};

    for (size_t i = 0; i < values->len; i++) {
        str text =
                shape_text(call->arena, model, list->element, shape_item(model, list, values, i));
        if (text.ptr)
            texts.items[texts.len++] = text;
    }
    add_list(call, name, texts);
}

static void add_condition(
        struct call *call, const struct operation_condition *condition, const void *in)
{
    const struct service_model *model = call->service->model;
    str name = str_of(model_str(model, condition->key)),
        path = str_of(model_str(model, condition->path));
    const void *value;
    uint16_t shape;

    if (str_find_char(path, '{') >= 0) {
        add(call, name, template_expand(call, path.ptr, in));
        return;
    }
    value = shape_path(model, call->operation->input, in, path, &shape);
    if (!value)
        return;
    if (str_starts(name, STR("aws:RequestTag")) || str_eq(name, STR("aws:TagKeys"))) {
        if (!str_starts(name, STR("aws:RequestTag")) ||
                shape_of(model, shape)->kind == SHAPE_LIST ||
                shape_of(model, shape)->kind == SHAPE_MAP)
            add_tags(call, shape, value);
    } else if (shape_of(model, shape)->kind == SHAPE_LIST) {
        add_texts(call, name, shape_of(model, shape), value);
    } else {
        add(call, name, shape_text(call->arena, model, shape, value));
    }
}

/* What takes tags away names them by their keys, though its input may have room for values. */
static bool only_takes_tags(const struct call *call)
{
    const struct service_model *model = call->service->model;
    const struct operation *operation = call->operation;
    bool has_keys = false;

    for (size_t i = 0; i < operation->conditions_len; i++) {
        str name = str_of(model_str(model, model->conditions[operation->first_condition + i].key));

        if (str_starts(name, STR("aws:RequestTag")))
            return false;
        has_keys = has_keys || str_eq(name, STR("aws:TagKeys"));
    }
    return has_keys;
}

/* Tags are condition keys wherever an input has them, table or not. */
static void add_input(struct call *call, const void *in)
{
    const struct service_model *model = call->service->model;
    const struct operation *operation = call->operation;
    static const char *const tag_members[] = {"tags", "Tags"};
    bool has_tags = false;

    call->private_->takes_tags = only_takes_tags(call);
    for (size_t i = 0; i < operation->conditions_len; i++) {
        const struct operation_condition *condition =
                &model->conditions[operation->first_condition + i];
        str name = str_of(model_str(model, condition->key));
        bool is_tag = str_starts(name, STR("aws:RequestTag")) || str_eq(name, STR("aws:TagKeys"));

        if (!is_tag || !has_tags)
            add_condition(call, condition, in);
        has_tags = has_tags || is_tag;
    }
    for (size_t i = 0; !has_tags && i < 2; i++) {
        const struct member *member = model_member(model, operation->input, str_of(tag_members[i]));
        const void *value = member ? shape_member(model, member, in) : NULL;

        if (value)
            add_tags(call, member->shape, value);
    }
}

int condition_keys(struct call *call, const void *in)
{
    struct call_private *p = call->private_;

    p->keys.len = 0;
    p->has_too_many_tags = false;
    add_principal(call);
    add_request(call);
    if (in && call->operation && call->operation->input != SHAPE_NONE)
        add_input(call, in);
    if (p->has_too_many_tags)
        return call_fail(
                call, &error_Validation, "The request has more than %d tags.", CONDITION_MAX_TAGS);
    return 0;
}

void call_add_key(struct call *call, str name, str value)
{
    int r = call->private_->keys.items ? 0 : condition_keys(call, NULL);

    (void)r; /* without an input it cannot fail */
    add(call, name, value);
}
