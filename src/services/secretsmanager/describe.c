#include "services/secretsmanager/secret.h"

enum {
    VERSIONS_PRESET = 100,
    VERSIONS_MAX = 100,
};

static int show(struct call *call, const struct secret *secret, const struct db_row *row,
        struct secretsmanager_SecretVersionsListEntry *ret)
{
    str *key = arena_new(call->arena, str);

    *key = row_is_null(row, 2) ? STR("DefaultEncryptionKey") : row_text(row, 2);
    *ret = (struct secretsmanager_SecretVersionsListEntry){
            .VersionId = row_text(row, 0),
            .CreatedDate = SOME_TIME(row_int(row, 1)),
            .KmsKeyIds = {key, 1, true},
    };
    return version_stages(call, secret, ret->VersionId, &ret->VersionStages);
}

int secretsmanager_ListSecretVersionIds(struct call *call,
        const struct secretsmanager_ListSecretVersionIdsRequest *in,
        struct secretsmanager_ListSecretVersionIdsResponse *out)
{
    size_t limit = (size_t)page_limit(in->MaxResults, VERSIONS_PRESET, VERSIONS_MAX);
    bool with_all = in->IncludeDeprecated.is_set && in->IncludeDeprecated.value;
    struct secret secret;
    struct db_rows rows;
    str after;
    int r = secret_find(call, in->SecretId, "secretsmanager:ListSecretVersionIds", &secret);

    if (r < 0 || (r = page_open(call, in->NextToken, &secretsmanager_InvalidNextTokenException,
                          &after)) < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select v.id, v.created, v.key_id from secretsmanager_version v where v.secret_id = $1"
            " and v.id > $2 and ($3 = 1 or exists (select 1 from secretsmanager_stage s where"
            " s.secret_id = $1 and s.version_id = v.id)) order by v.id limit $4",
            secret.id, after.ptr ? after : STR(""), (int64_t)with_all, limit + 1);
    if (r < 0)
        return r;
    size_t len = rows.len < limit ? rows.len : limit;
    out->ARN = secret.arn;
    out->Name = secret.name;
    out->Versions.items =
            arena_array(call->arena, len, struct secretsmanager_SecretVersionsListEntry);
    out->Versions.is_set = true;
    for (; out->Versions.len < len; out->Versions.len++) {
        r = show(call, &secret, &rows.items[out->Versions.len],
                &out->Versions.items[out->Versions.len]);
        if (r < 0)
            return r;
    }
    if (rows.len > limit)
        out->NextToken = page_seal(call, out->Versions.items[len - 1].VersionId);
    return 0;
}
