#include "services/ssm/parameter.h"

#include "base/random.h"
#include "services/ssm/policies.h"

/* ---- What a request may say ----------------------------------------------------------- */

static int check_request(struct call *call, const struct ssm_PutParameterRequest *in)
{
    bool overwrites = in->Overwrite.is_set && in->Overwrite.value;

    if (in->Tags.len && overwrites)
        return call_fail(call, &error_Validation,
                "Invalid request: tags and overwrite can't be used together. To create a parameter "
                "with tags, please remove overwrite flag. To update tags for an existing "
                "parameter, please use AddTagsToResource or RemoveTagsFromResource.");
    if (in->DataType.ptr && !str_eq(in->DataType, STR("text")))
        return call_fail(call, &error_Validation,
                "The following data type is not supported: %.*s (Data type names are all "
                "lowercase.)",
                STR_ARG(in->DataType));
    if (!in->Value.len)
        return call_fail(call, &error_Validation,
                "1 validation error detected: Value '' at 'value' failed to satisfy constraint: "
                "Member must have length greater than or equal to 1.");
    if (str_find(in->Value, STR("{{")) >= 0 && str_find(in->Value, STR("}}")) >= 0)
        return call_fail(call, &error_Validation,
                "Parameter value can't nest another parameter. Do not use \"{{}}\" in the value.");
    return 0;
}

static int check_type(struct call *call, const struct ssm_PutParameterRequest *in,
        const struct parameter *old, struct parameter *p)
{
    p->type = in->Type.ptr ? in->Type : old->type;
    if (!p->type.ptr)
        return call_fail(call, &error_Validation,
                "A parameter type is required when you create a parameter.");
    if (old->type.ptr && !str_eq(old->type, p->type))
        return call_fail(call, &ssm_HierarchyTypeMismatchException,
                "The parameter %.*s is of the type %.*s. A parameter's type can't be changed: "
                "create a new parameter.",
                STR_ARG(old->name), STR_ARG(old->type));
    if (in->KeyId.ptr && !str_eq(p->type, STR("SecureString")))
        return call_fail(
                call, &error_Validation, "KeyId is required for SecureString type parameter only.");
    if (str_eq(p->type, STR("SecureString")))
        p->key_id = in->KeyId.ptr ? in->KeyId : STR("alias/aws/ssm");
    return 0;
}

static int count_of(struct call *call, str tier, int64_t *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select parameters from ssm_count where account = $1 and region = $2 and tier = $3",
            call->account, call->region, tier);

    *ret = r > 0 ? row_int(row, 0) : 0;
    return r < 0 ? r : 0;
}

static int choose_tier(struct call *call, const struct ssm_PutParameterRequest *in,
        const struct parameter *old, struct parameter *p)
{
    bool is_big = in->Value.len > PARAMETER_MAX_STANDARD_VALUE;
    int64_t count;
    int r;

    p->tier = in->Tier.ptr ? in->Tier : old->tier.ptr ? old->tier : STR("Standard");
    if (str_eq(p->tier, STR("Intelligent-Tiering"))) {
        if ((r = count_of(call, STR("Standard"), &count)) < 0)
            return r;
        bool is_full = !old->id.ptr && count >= PARAMETER_MAX_STANDARD;
        bool was_advanced = old->tier.ptr && str_eq(old->tier, STR("Advanced"));
        p->tier = is_big || is_full || was_advanced || p->policies.ptr ? STR("Advanced")
                                                                       : STR("Standard");
    }
    if (str_eq(p->tier, STR("Standard")) && p->policies.ptr)
        return call_fail(call, &error_Validation,
                "Parameter policies are for parameters of the advanced-parameter tier: upgrade the "
                "parameter to use it.");
    if (str_eq(p->tier, STR("Standard")) && old->tier.ptr && !str_eq(old->tier, p->tier))
        return call_fail(call, &error_Validation,
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter "
                "from the advanced-parameter tier to the standard-parameter tier. If necessary, "
                "you can delete the advanced parameter and recreate it as a standard parameter.");
    if (str_eq(p->tier, STR("Standard")) && is_big)
        return call_fail(call, &error_Validation,
                "Standard tier parameters support a maximum parameter value of %d characters. To "
                "create a larger parameter value, upgrade the parameter to use the "
                "advanced-parameter tier.",
                PARAMETER_MAX_STANDARD_VALUE);
    if (in->Value.len > PARAMETER_MAX_ADVANCED_VALUE)
        return call_fail(call, &error_Validation,
                "Advanced tier parameters support a maximum parameter value of %d characters.",
                PARAMETER_MAX_ADVANCED_VALUE);
    return 0;
}

/* ---- Rows ------------------------------------------------------------------------------- */

/* Counts a parameter of the tier, within what an account may have. */
static int count_one(struct call *call, str tier)
{
    int64_t max = str_eq(tier, STR("Advanced")) ? PARAMETER_MAX_ADVANCED : PARAMETER_MAX_STANDARD;
    int r = db_exec(call->tx,
            "insert into ssm_count (account, region, tier, parameters) values ($1, $2, $3, 1)"
            " on conflict (account, region, tier) do update set parameters = ssm_count.parameters"
            " + 1 where ssm_count.parameters < $4",
            call->account, call->region, tier, max);

    if (r == 0)
        return call_fail(call, &ssm_ParameterLimitExceeded,
                "You have exceeded the number of %.*s parameters for this AWS account: %lld. "
                "Delete "
                "one or more parameters and try again.",
                STR_ARG(tier), (long long)max);
    return r < 0 ? r : 0;
}

static int uncount_one(struct call *call, str tier)
{
    int r = db_exec(call->tx,
            "update ssm_count set parameters = parameters - 1"
            " where account = $1 and region = $2 and tier = $3",
            call->account, call->region, tier);

    return r < 0 ? r : 0;
}

static int insert(struct call *call, struct parameter *p)
{
    int r = count_one(call, p->tier);

    p->id = random_uuid(call->arena);
    if (r == 0)
        r = db_exec(call->tx,
                "insert into ssm_parameter (id, account, region, name, version, tier)"
                " values ($1, $2, $3, $4, 1, $5)",
                p->id, call->account, call->region, p->name, p->tier);
    return r < 0 ? r : 0;
}

/* There are at most so many versions; one that has a label is not forgotten. */
static int drop_oldest(struct call *call, const struct parameter *p)
{
    const struct db_row *row;
    int r;

    if (p->version <= PARAMETER_MAX_VERSIONS)
        return 0;
    r = db_one(call->tx, &row,
            "select v.version, (select count(*) from ssm_label l where l.parameter_id = $1 and"
            " l.version = v.version), (select count(*) from ssm_version c where c.parameter_id ="
            " $1) from ssm_version v where v.parameter_id = $1 order by v.version limit 1",
            p->id);
    if (r < 0 || row_int(row, 2) < PARAMETER_MAX_VERSIONS)
        return r < 0 ? r : 0;
    if (row_int(row, 1))
        return call_fail(call, &ssm_ParameterMaxVersionLimitExceeded,
                "You attempted to create a new version of %.*s by calling the PutParameter API "
                "with the overwrite flag. Version %lld, the oldest version, can't be deleted "
                "because it has a label associated with it. Move the label to another version of "
                "the parameter, and try again.",
                STR_ARG(p->name), (long long)row_int(row, 0));
    r = db_exec(call->tx, "delete from ssm_version where parameter_id = $1 and version = $2", p->id,
            row_int(row, 0));
    return r < 0 ? r : 0;
}

static int update(struct call *call, const struct parameter *old, const struct parameter *p)
{
    int r = drop_oldest(call, p);

    if (r == 0 && !str_eq(old->tier, p->tier)) {
        r = count_one(call, p->tier);
        if (r == 0)
            r = uncount_one(call, old->tier);
    }
    if (r == 0)
        r = db_exec(call->tx, "update ssm_parameter set version = $2, tier = $3 where id = $1",
                p->id, p->version, p->tier);
    return r < 0 ? r : 0;
}

static int add_version(struct call *call, const struct parameter *p)
{
    int r = db_exec(call->tx,
            "insert into ssm_version (parameter_id, version, type, tier, description, key_id,"
            " pattern, policies, data_type, changed, changed_by, value)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            p->id, p->version, p->type, p->tier, p->description, p->key_id, p->pattern, p->policies,
            p->data_type, p->changed, p->changed_by, db_blob(p->value));

    return r < 0 ? r : 0;
}

/* ---- PutParameter ------------------------------------------------------------------------ */

/* What the new version says. What an overwrite leaves out stays as it was, but for the key. */
static int describe(struct call *call, const struct ssm_PutParameterRequest *in,
        const struct parameter *old, struct parameter *ret)
{
    str who = call->principal->arn.ptr ? call->principal->arn : call->principal->name;
    int r;

    *ret = (struct parameter){
            .id = old->id,
            .name = old->id.ptr ? old->name : in->Name,
            .version = old->latest + 1,
            .description = in->Description.ptr ? in->Description : old->description,
            .pattern = in->AllowedPattern.ptr ? in->AllowedPattern : old->pattern,
            .data_type = STR("text"),
            .changed = call->now,
            .changed_by = who,
    };
    r = in->Policies.ptr ? policies_parse(call, in->Policies, &ret->policies)
                         : policies_keep(call, old->policies, &ret->policies);
    if (r < 0 || (r = check_type(call, in, old, ret)) < 0 ||
            (r = choose_tier(call, in, old, ret)) < 0)
        return r;
    return ret->pattern.len ? value_match(call, ret->pattern, in->Value) : 0;
}

/* The rows that are there, once the caller is known to be permitted. */
static int find_old(
        struct call *call, const struct ssm_PutParameterRequest *in, struct parameter *ret)
{
    struct parameter_name name;
    int r = parameter_find(call, in->Name, "ssm:PutParameter", &name, ret);

    if (r >= 0 && name.selector.ptr)
        return call_fail(call, &error_Validation,
                "Parameter name: a version or label can't be written: %.*s", STR_ARG(in->Name));
    if (r >= 0 && in->Tags.len) {
        int allowed = parameter_authorize(call, "ssm:AddTagsToResource", name.name, (str){0});
        if (allowed < 0)
            return allowed;
    }
    if (r == 0)
        return name_check(call, in->Name);
    return r;
}

int ssm_PutParameter(struct call *call, const struct ssm_PutParameterRequest *in,
        struct ssm_PutParameterResult *out)
{
    struct parameter old = {0}, p;
    int r = find_old(call, in, &old);

    if (r < 0)
        return r;
    bool exists = r > 0;
    if ((r = check_request(call, in)) < 0)
        return r;
    if (exists && !(in->Overwrite.is_set && in->Overwrite.value))
        return call_fail(call, &ssm_ParameterAlreadyExists,
                "The parameter already exists. To overwrite this value, set the overwrite option "
                "in the request to true.");
    if ((r = describe(call, in, &old, &p)) < 0 ||
            (r = exists ? update(call, &old, &p) : insert(call, &p)) < 0 ||
            (r = value_seal(call, &p, in->Value, &p.value)) < 0 ||
            (r = add_version(call, &p)) < 0 || (r = parameter_tag(call, p.id, &in->Tags)) < 0 ||
            (r = policies_plan(call, &p)) < 0)
        return r;
    out->Version = SOME_INT(p.version);
    out->Tier = p.tier;
    return 0;
}
