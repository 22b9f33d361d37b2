#include "services/secretsmanager/list.h"

#include "base/buf.h"

enum {
    BATCH = 100,
    SCAN_MAX = 1000, /* rows that one call looks at */
    LIST_PRESET = 100,
    LIST_MAX = 100,
};

/* ---- Filters ------------------------------------------------------------------------------- */

static bool starts_nocase(str s, str prefix)
{
    return s.len >= prefix.len && str_eq_nocase(str_head(s, prefix.len), prefix);
}

/* Names and tags by how they begin; descriptions also by how a word in them begins. */
static bool text_passes(str key, str text, str prefix)
{
    str word;

    if (!text.ptr)
        return false;
    if (!str_eq(key, STR("description")) && !str_eq(key, STR("all")))
        return str_starts(text, prefix);
    if (starts_nocase(text, prefix))
        return true;
    while (str_next(&text, ' ', &word))
        if (starts_nocase(word, prefix))
            return true;
    return false;
}

static bool value_passes(const struct secret *secret, const struct secretsmanager_TagListType *tags,
        str key, str prefix)
{
    bool is_all = str_eq(key, STR("all"));

    if ((is_all || str_eq(key, STR("name"))) && text_passes(key, secret->name, prefix))
        return true;
    if ((is_all || str_eq(key, STR("description"))) &&
            text_passes(key, secret->description, prefix))
        return true;
    if (str_eq(key, STR("primary-region")) && text_passes(key, secret->region, prefix))
        return true;
    for (size_t i = 0; i < tags->len; i++)
        if (((is_all || str_eq(key, STR("tag-key"))) &&
                    text_passes(key, tags->items[i].Key, prefix)) ||
                ((is_all || str_eq(key, STR("tag-value"))) &&
                        text_passes(key, tags->items[i].Value, prefix)))
            return true;
    return false;
}

/* One of the values passes, or, with "!" before it, does not. */
static bool filter_passes(const struct secret *secret,
        const struct secretsmanager_TagListType *tags, const struct secretsmanager_Filter *filter)
{
    for (size_t i = 0; i < filter->Values.len; i++) {
        str prefix = filter->Values.items[i];
        bool is_negated = str_take_prefix(&prefix, STR("!"));

        if (value_passes(secret, tags, filter->Key, prefix) != is_negated)
            return true;
    }
    return false;
}

static int passes(struct call *call, const struct list *list, const struct secret *secret)
{
    struct secretsmanager_TagListType tags;
    int r;

    if (secret->deletion && !list->with_deleted)
        return 0;
    if (!list->filters->len)
        return 1;
    if ((r = secret_tags(call, secret, &tags)) < 0)
        return r;
    for (size_t i = 0; i < list->filters->len; i++)
        if (!filter_passes(secret, &tags, &list->filters->items[i]))
            return 0;
    return 1;
}

static int check_filters(struct call *call, const struct secretsmanager_FiltersListType *filters)
{
    for (size_t i = 0; i < filters->len; i++)
        if (!filters->items[i].Key.ptr || !filters->items[i].Values.len)
            return call_fail(call, &secretsmanager_InvalidParameterException,
                    "Invalid filter values for key: %.*s", STR_ARG(filters->items[i].Key));
    return 0;
}

/* ---- The scan ------------------------------------------------------------------------------- */

struct position {
    bool is_set;
    int64_t created;
    str id; /* by name: the name */
};

#define SELECT                                                                                     \
    "select " SECRET_COLUMNS " from secretsmanager_secret where account = $1 and region = $2 and "

static int fetch(
        struct call *call, const struct list *list, const struct position *at, struct db_rows *ret)
{
    bool down = list->is_descending;
    str none = down ? STR("\x7f") : STR("");
    str after = at->is_set ? at->id : none;
    int64_t created = at->is_set ? at->created : down ? INT64_MAX : 0;

    if (list->by_name)
        return down ? db_query(call->tx, ret, SELECT "name < $3 order by name desc limit $4",
                              call->account, call->region, after, BATCH)
                    : db_query(call->tx, ret, SELECT "name > $3 order by name limit $4",
                              call->account, call->region, after, BATCH);
    return down ? db_query(call->tx, ret,
                          SELECT "(created, id) < ($3, $4) order by created desc, id desc limit $5",
                          call->account, call->region, created, after, BATCH)
                : db_query(call->tx, ret,
                          SELECT "(created, id) > ($3, $4) order by created, id limit $5",
                          call->account, call->region, created, after, BATCH);
}

static int open_position(struct call *call, str token, struct position *ret)
{
    str text, created;
    int r = page_open(call, token, &secretsmanager_InvalidNextTokenException, &text);

    if (r < 0 || !text.ptr)
        return r;
    ret->is_set = true;
    if (!str_cut(&text, ' ', &created) || str_to_i64(created, &ret->created) < 0)
        return call_fail(call, &secretsmanager_InvalidNextTokenException, "Invalid NextToken.");
    ret->id = text;
    return 0;
}

static str seal_position(struct call *call, const struct position *at)
{
    return page_seal(
            call, str_printf(call->arena, "%lld %.*s", (long long)at->created, STR_ARG(at->id)));
}

/* 1: the page is full and there is more. */
static int take_rows(
        struct call *call, struct list *list, const struct db_rows *rows, struct position *at)
{
    for (size_t i = 0; i < rows->len; i++) {
        struct secret secret;
        int r;

        if (list->found_len == list->limit)
            return 1;
        secret_from_row(call, &rows->items[i], &secret);
        *at = (struct position){true, secret.created, list->by_name ? secret.name : secret.id};
        if ((r = passes(call, list, &secret)) < 0)
            return r;
        if (r)
            list->found[list->found_len++] = secret;
    }
    return 0;
}

int list_run(struct call *call, str token, struct list *list)
{
    struct position at = {0};
    struct db_rows rows;
    int r = check_filters(call, list->filters);

    if (r < 0 || (r = open_position(call, token, &at)) < 0)
        return r;
    list->found = arena_array(call->arena, list->limit, struct secret);
    for (size_t seen = 0; seen < SCAN_MAX; seen += BATCH) {
        if ((r = fetch(call, list, &at, &rows)) < 0 || (r = take_rows(call, list, &rows, &at)) < 0)
            return r;
        if (r == 0 && rows.len < BATCH)
            return 0;
        if (r > 0)
            break;
    }
    list->next = seal_position(call, &at);
    return 0;
}

/* ---- ListSecrets ------------------------------------------------------------------------------ */

/* All versions of a secret that have a stage. */
static int stages_of(struct call *call, const struct secret *secret,
        struct secretsmanager_SecretVersionsToStagesMapType *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select distinct version_id from secretsmanager_stage where secret_id = $1"
            " order by version_id",
            secret->id);

    if (r < 0)
        return r;
    ret->items = arena_array(
            call->arena, rows.len, struct secretsmanager_SecretVersionsToStagesMapType_entry);
    ret->is_set = true;
    for (; r >= 0 && ret->len < rows.len; ret->len++) {
        ret->items[ret->len].key = row_text(&rows.items[ret->len], 0);
        r = version_stages(call, secret, ret->items[ret->len].key, &ret->items[ret->len].value);
    }
    return r < 0 ? r : 0;
}

/* NextRotationDate is the last second of the window. */
static int show_rotation(
        struct call *call, const struct secret *secret, struct secretsmanager_SecretListEntry *ret)
{
    const struct rotation *rotation = &secret->rotation;

    if (!rotation->is_known)
        return 0;
    ret->RotationEnabled = SOME_BOOL(rotation->is_enabled);
    ret->RotationLambdaARN = rotation->function;
    ret->RotationRules = arena_new(call->arena, struct secretsmanager_RotationRulesType);
    if (rotation->rotated)
        ret->LastRotatedDate = SOME_TIME(rotation->rotated);
    if (rotation->next)
        ret->NextRotationDate = SOME_TIME(rotation->next - 1000);
    return shape_from_json(call->arena, secretsmanager_type_RotationRulesType, rotation->rules,
            ret->RotationRules, &call->tx->error);
}

static int show(
        struct call *call, const struct secret *secret, struct secretsmanager_SecretListEntry *ret)
{
    int r;

    *ret = (struct secretsmanager_SecretListEntry){
            .ARN = secret->arn,
            .Name = secret->name,
            .Description = secret->description,
            .KmsKeyId = secret->key_id,
            .CreatedDate = SOME_TIME(secret->created),
            .LastChangedDate = SOME_TIME(secret->changed),
    };
    if (secret->deletion)
        ret->DeletedDate = SOME_TIME(secret->deletion);
    if ((r = show_rotation(call, secret, ret)) < 0)
        return r;
    r = secret_tags(call, secret, &ret->Tags);
    return r < 0 ? r : stages_of(call, secret, &ret->SecretVersionsToStages);
}

int secretsmanager_ListSecrets(struct call *call,
        const struct secretsmanager_ListSecretsRequest *in,
        struct secretsmanager_ListSecretsResponse *out)
{
    struct list list = {
            .filters = &in->Filters,
            .limit = (size_t)page_limit(in->MaxResults, LIST_PRESET, LIST_MAX),
            .by_name = in->SortBy.ptr && str_eq(in->SortBy, STR("name")),
            .is_descending = in->SortOrder.ptr && str_eq(in->SortOrder, STR("desc")),
            .with_deleted = in->IncludePlannedDeletion.is_set && in->IncludePlannedDeletion.value,
    };
    int r;

    if (in->SortBy.ptr && !list.by_name && !str_eq(in->SortBy, STR("created-date")))
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Sorting by %.*s is not supported by Slipway: use created-date or name.",
                STR_ARG(in->SortBy));
    if ((r = list_run(call, in->NextToken, &list)) < 0)
        return r;
    out->NextToken = list.next;
    out->SecretList.is_set = true;
    out->SecretList.items =
            arena_array(call->arena, list.found_len, struct secretsmanager_SecretListEntry);
    for (; r == 0 && out->SecretList.len < list.found_len; out->SecretList.len++)
        r = show(call, &list.found[out->SecretList.len],
                &out->SecretList.items[out->SecretList.len]);
    return r;
}

int secretsmanager_DescribeSecret(struct call *call,
        const struct secretsmanager_DescribeSecretRequest *in,
        struct secretsmanager_DescribeSecretResponse *out)
{
    struct secretsmanager_SecretListEntry entry;
    struct secret secret;
    int r = secret_find(call, in->SecretId, "secretsmanager:DescribeSecret", &secret);

    if (r < 0 || (r = show(call, &secret, &entry)) < 0)
        return r;
    *out = (struct secretsmanager_DescribeSecretResponse){
            .ARN = entry.ARN,
            .Name = entry.Name,
            .Description = entry.Description,
            .KmsKeyId = entry.KmsKeyId,
            .LastChangedDate = entry.LastChangedDate,
            .DeletedDate = entry.DeletedDate,
            .Tags = entry.Tags,
            .VersionIdsToStages = entry.SecretVersionsToStages,
            .CreatedDate = entry.CreatedDate,
            .RotationEnabled = entry.RotationEnabled,
            .RotationLambdaARN = entry.RotationLambdaARN,
            .RotationRules = entry.RotationRules,
            .LastRotatedDate = entry.LastRotatedDate,
            .NextRotationDate = entry.NextRotationDate,
    };
    return 0;
}
