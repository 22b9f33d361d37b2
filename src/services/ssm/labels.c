#include "services/ssm/parameter.h"

int labels_of(struct call *call, str id, int64_t version, struct str_list *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select label from ssm_label where parameter_id = $1 and version = $2 order by label",
            id, version);

    if (r < 0)
        return r;
    *ret = (struct str_list){arena_array(call->arena, rows.len, str), rows.len, true};
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = row_text(&rows.items[i], 0);
    return 0;
}

/* Letters, digits, ".-_"; neither a digit first nor "aws" or "ssm". */
static bool is_label(str label)
{
    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
                    c == '_' || (i && c >= '0' && c <= '9')))
            return false;
    }
    return !str_eq_nocase(str_head(label, 3), STR("aws")) &&
           !str_eq_nocase(str_head(label, 3), STR("ssm"));
}

/* A label is on one version at a time: it moves. */
static int move_label(struct call *call, const struct parameter *p, str label)
{
    int r = db_exec(call->tx,
            "insert into ssm_label (parameter_id, label, version) values ($1, $2, $3)"
            " on conflict (parameter_id, label) do update set version = excluded.version",
            p->id, label, p->version);

    return r < 0 ? r : 0;
}

/* The version that a request names by its number, or the latest. */
static int find_version(struct call *call, str ref, const char *action, struct opt_int version,
        struct parameter *ret)
{
    struct parameter_name name;
    int r = parameter_find(call, ref, action, &name, ret);

    if (r < 0)
        return r;
    if (r == 0 || name.selector.ptr)
        return parameter_not_found(call, ref);
    if (!version.is_set)
        return 0;
    return parameter_select_or_fail(
            call, str_printf(call->arena, ":%lld", (long long)version.value), ret);
}

int ssm_LabelParameterVersion(struct call *call, const struct ssm_LabelParameterVersionRequest *in,
        struct ssm_LabelParameterVersionResult *out)
{
    struct parameter p;
    struct str_list labels;
    int r = find_version(call, in->Name, "ssm:LabelParameterVersion", in->ParameterVersion, &p);

    if (r < 0)
        return r;
    out->InvalidLabels.items = arena_array(call->arena, in->Labels.len, str);
    out->InvalidLabels.is_set = true;
    for (size_t i = 0; i < in->Labels.len; i++) {
        if (!is_label(in->Labels.items[i]))
            out->InvalidLabels.items[out->InvalidLabels.len++] = in->Labels.items[i];
        else if ((r = move_label(call, &p, in->Labels.items[i])) < 0)
            return r;
    }
    if ((r = labels_of(call, p.id, p.version, &labels)) < 0)
        return r;
    if (labels.len > PARAMETER_MAX_LABELS)
        return call_fail(call, &ssm_ParameterVersionLabelLimitExceeded,
                "A parameter version can have maximum %d labels. Move one or more labels to "
                "another version and try again.",
                PARAMETER_MAX_LABELS);
    out->ParameterVersion = SOME_INT(p.version);
    return 0;
}

int ssm_UnlabelParameterVersion(struct call *call,
        const struct ssm_UnlabelParameterVersionRequest *in,
        struct ssm_UnlabelParameterVersionResult *out)
{
    struct str_list *removed = &out->RemovedLabels, *invalid = &out->InvalidLabels;
    struct parameter p;
    int r = find_version(call, in->Name, "ssm:UnlabelParameterVersion", in->ParameterVersion, &p);

    removed->items = arena_array(call->arena, in->Labels.len, str);
    invalid->items = arena_array(call->arena, in->Labels.len, str);
    removed->is_set = invalid->is_set = true;
    for (size_t i = 0; r >= 0 && i < in->Labels.len; i++) {
        str label = in->Labels.items[i];

        r = db_exec(call->tx,
                "delete from ssm_label where parameter_id = $1 and label = $2 and version = $3",
                p.id, label, p.version);
        if (r > 0)
            removed->items[removed->len++] = label;
        else
            invalid->items[invalid->len++] = label;
    }
    return r < 0 ? r : 0;
}
