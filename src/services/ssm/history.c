#include "services/ssm/policies.h"

enum {
    HISTORY_PRESET = 50,
    HISTORY_MAX = 50,
};

static int show(struct call *call, const struct parameter *p, struct opt_bool decrypt,
        struct ssm_ParameterHistory *ret)
{
    int r;

    *ret = (struct ssm_ParameterHistory){
            .Name = p->name,
            .Type = p->type,
            .KeyId = p->key_id,
            .LastModifiedDate = SOME_TIME(p->changed),
            .LastModifiedUser = p->changed_by,
            .Description = p->description,
            .AllowedPattern = p->pattern,
            .Version = SOME_INT(p->version),
            .Tier = p->tier,
            .DataType = p->data_type,
    };
    r = labels_of(call, p->id, p->version, &ret->Labels);
    if (r == 0)
        r = policies_show(call, p->policies, &ret->Policies);
    return r < 0 ? r : value_show(call, p, decrypt, &ret->Value);
}

int ssm_GetParameterHistory(struct call *call, const struct ssm_GetParameterHistoryRequest *in,
        struct ssm_GetParameterHistoryResult *out)
{
    size_t limit = (size_t)page_limit(in->MaxResults, HISTORY_PRESET, HISTORY_MAX);
    struct parameter_name name;
    struct parameter p;
    struct db_rows rows;
    int64_t after = 0;
    str token;
    int r = parameter_find(call, in->Name, "ssm:GetParameterHistory", &name, &p);

    if (r == 0 || (r > 0 && name.selector.ptr))
        return parameter_not_found(call, in->Name);
    if (r < 0 || (r = page_open(call, in->NextToken, &ssm_InvalidNextToken, &token)) < 0)
        return r;
    if (token.ptr && str_to_i64(token, &after) < 0)
        return call_fail(call, &ssm_InvalidNextToken, "The specified token isn't valid.");
    r = db_query(call->tx, &rows,
            "select " PARAMETER_COLUMNS PARAMETER_FROM
            " where p.id = $1 and v.version > $2 order by v.version limit $3",
            p.id, after, limit + 1);
    if (r < 0)
        return r;
    out->Parameters.is_set = true;
    out->Parameters.len = rows.len < limit ? rows.len : limit;
    out->Parameters.items =
            arena_array(call->arena, out->Parameters.len, struct ssm_ParameterHistory);
    for (size_t i = 0; i < out->Parameters.len; i++) {
        parameter_from_row(&rows.items[i], &p);
        r = show(call, &p, in->WithDecryption, &out->Parameters.items[i]);
        if (r < 0)
            return r;
    }
    if (rows.len > limit)
        out->NextToken = page_seal(call, str_printf(call->arena, "%lld", (long long)p.version));
    return 0;
}
