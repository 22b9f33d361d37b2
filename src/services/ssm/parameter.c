#include "services/ssm/parameter.h"

#include "base/codec.h"
#include "services/kms/kms.h"

void parameter_from_row(const struct db_row *row, struct parameter *ret)
{
    *ret = (struct parameter){
            .id = row_text(row, 0),
            .name = row_text(row, 1),
            .latest = row_int(row, 2),
            .version = row_int(row, 3),
            .type = row_text(row, 4),
            .tier = row_text(row, 5),
            .description = row_text(row, 6),
            .key_id = row_text(row, 7),
            .pattern = row_text(row, 8),
            .policies = row_text(row, 9),
            .data_type = row_text(row, 10),
            .changed = row_int(row, 11),
            .changed_by = row_text(row, 12),
            .value = row_text(row, 13),
    };
}

int parameter_load(struct call *call, str name, struct parameter *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " PARAMETER_COLUMNS PARAMETER_FROM
            " and v.version = p.version where p.account = $1 and p.region = $2 and p.name = $3",
            call->account, call->region, name);

    if (r > 0)
        parameter_from_row(row, ret);
    return r;
}

int parameter_select(struct call *call, str selector, struct parameter *ret)
{
    const struct db_row *row;
    int64_t version;
    int r;

    if (!selector.ptr)
        return 1;
    selector = str_skip(selector, 1);
    if (str_to_i64(selector, &version) == 0)
        r = db_one(call->tx, &row,
                "select " PARAMETER_COLUMNS PARAMETER_FROM " where p.id = $1 and v.version = $2",
                ret->id, version);
    else
        r = db_one(call->tx, &row,
                "select " PARAMETER_COLUMNS PARAMETER_FROM
                " join ssm_label l on l.parameter_id = p.id and l.version = v.version"
                " where p.id = $1 and l.label = $2",
                ret->id, selector);
    if (r > 0)
        parameter_from_row(row, ret);
    return r;
}

int parameter_select_or_fail(struct call *call, str selector, struct parameter *ret)
{
    int64_t version;
    int r = parameter_select(call, selector, ret);

    if (r != 0)
        return r < 0 ? r : 0;
    selector = str_skip(selector, 1);
    const char *what = str_to_i64(selector, &version) == 0 ? "version" : "label";
    return call_fail(call, &ssm_ParameterVersionNotFound,
            "Systems Manager could not find %s %.*s of %.*s. Verify the %s and try again.", what,
            STR_ARG(selector), STR_ARG(ret->name), what);
}

int parameter_authorize(struct call *call, const char *action, str name, str id)
{
    struct db_rows rows = {0};
    struct policy_key *keys;
    int r = 0;

    if (id.ptr)
        r = db_query(
                call->tx, &rows, "select name, value from ssm_tag where parameter_id = $1", id);
    if (r < 0)
        return r;
    keys = arena_array(call->arena, rows.len * 2, struct policy_key);
    for (size_t i = 0; i < rows.len; i++) {
        str tag = row_text(&rows.items[i], 0), *value = arena_new(call->arena, str);

        *value = row_text(&rows.items[i], 1);
        keys[2 * i] = (struct policy_key){
                str_concat(call->arena, STR("aws:ResourceTag/"), tag), {value, 1, true}};
        keys[2 * i + 1] = (struct policy_key){
                str_concat(call->arena, STR("ssm:resourceTag/"), tag), {value, 1, true}};
    }
    return authorize_with(call, str_of(action), name_arn(call, name), keys, rows.len * 2);
}

int parameter_find(struct call *call, str ref, const char *action, struct parameter_name *ret_name,
        struct parameter *ret)
{
    int found = 0, r = name_parse(call, ref, ret_name);

    if (r == 0)
        found = r = parameter_load(call, ret_name->name, ret);
    if (r >= 0)
        r = parameter_authorize(call, action, ret_name->name, found ? ret->id : (str){0});
    return r < 0 ? r : found;
}

int parameter_not_found(struct call *call, str name)
{
    return call_fail(call, &ssm_ParameterNotFound, "Parameter %.*s not found.", STR_ARG(name));
}

int parameter_delete(struct tx *tx, str id)
{
    int r = db_exec(tx,
            "update ssm_count set parameters = parameters - 1 where exists (select 1 from"
            " ssm_parameter p where p.id = $1 and p.account = ssm_count.account and p.region ="
            " ssm_count.region and p.tier = ssm_count.tier)",
            id);

    if (r >= 0)
        r = db_exec(tx, "delete from ssm_parameter where id = $1", id);
    return r < 0 ? r : 0;
}

/* ---- Values ------------------------------------------------------------------------ */

static str seal_context(struct call *call, const struct parameter *p)
{
    return str_printf(call->arena, "ssm.value/%.*s/%lld", STR_ARG(p->id), (long long)p->version);
}

static struct kms_use use_of(struct call *call, const struct parameter *p)
{
    /* Advanced values go through a data key in AWS, so they need the other permission. */
    return (struct kms_use){
            .service = "ssm",
            .action = str_eq(p->tier, STR("Advanced")) ? "kms:GenerateDataKey" : "kms:Encrypt",
            .key = p->key_id,
            .context = {{STR("PARAMETER_ARN"), name_arn(call, p->name)}},
    };
}

static int key_error(struct call *call, int r, const struct parameter *p)
{
    if (r == CALL_FAILED && kms_failed_for_key(call))
        return call_fail(call, &ssm_InvalidKeyId, "Invalid keyId %.*s: %.*s", STR_ARG(p->key_id),
                STR_ARG(call->failure.message));
    return r;
}

int value_seal(struct call *call, const struct parameter *p, str plain, str *ret)
{
    struct kms_use use = use_of(call, p);

    if (str_eq(p->type, STR("SecureString")))
        return key_error(call, kms_seal_value(call, &use, plain, ret), p);
    *ret = seal_bytes(call->server->seal, call->arena, seal_context(call, p), plain);
    return 0;
}

int value_show(struct call *call, const struct parameter *p, struct opt_bool decrypt, str *ret)
{
    struct kms_use use = use_of(call, p);

    if (!str_eq(p->type, STR("SecureString")))
        return seal_unseal(call->server->seal, call->arena, seal_context(call, p), p->value, ret,
                &call->tx->error);
    if (decrypt.is_set && decrypt.value)
        return key_error(call, kms_open_value(call, &use, p->value, ret), p);
    *ret = base64_encode(call->arena, p->value);
    return 0;
}
