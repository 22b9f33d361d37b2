/*
 * DescribeParameters and GetParametersByPath: parameters in the order of their names that
 * pass filters. A call looks at a bounded number of rows, so a page may be short, or empty,
 * and still have a token.
 */
#include "services/ssm/policies.h"

enum {
    BATCH = 100,
    SCAN_MAX = 1000, /* rows that one call looks at */
    PATH_PRESET = 10,
    DESCRIBE_PRESET = 50,
};

struct filter {
    str key;
    str option;
    struct str_list values;
};

struct scan {
    str path; /* absent: all names */
    bool is_recursive;
    struct filter *filters;
    size_t filters_len;
    size_t limit;
    str after;               /* the last name of the page before; absent: from the start */
    struct parameter *found; /* `limit` of them */
    size_t found_len;
    str next; /* absent: the end was reached */
};

/* ---- Filters --------------------------------------------------------------------------- */

static bool value_passes(str option, str pattern, str value)
{
    if (str_eq(option, STR("BeginsWith")))
        return str_starts(value, pattern);
    if (str_eq(option, STR("Contains")))
        return str_find(value, pattern) >= 0;
    return str_eq(value, pattern);
}

static bool any_passes(const struct filter *filter, str value)
{
    for (size_t i = 0; value.ptr && i < filter->values.len; i++)
        if (value_passes(filter->option, filter->values.items[i], value))
            return true;
    return false;
}

/* Below the path: the rest of the name, after a slash, has one level, or any number. */
static bool is_below(str path, str name, bool is_recursive)
{
    if (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    if (str_eq(path, STR("/"))) {
        (void)str_take_prefix(&name, STR("/"));
        return is_recursive || str_find_char(name, '/') < 0;
    }
    return str_take_prefix(&name, path) && str_take_prefix(&name, STR("/")) && name.len &&
           (is_recursive || str_find_char(name, '/') < 0);
}

static bool path_passes(const struct filter *filter, str name)
{
    for (size_t i = 0; i < filter->values.len; i++)
        if (is_below(filter->values.items[i], name, str_eq(filter->option, STR("Recursive"))))
            return true;
    return false;
}

/* A label moves *p to the version that has it. */
static int label_passes(struct call *call, const struct filter *filter, struct parameter *p)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select label from ssm_label where parameter_id = $1 order by version desc", p->id);

    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        str label = row_text(&rows.items[i], 0);

        if (any_passes(filter, label))
            return parameter_select(call, str_concat(call->arena, STR(":"), label), p);
    }
    return r < 0 ? r : 0;
}

static int tag_passes(struct call *call, const struct filter *filter, const struct parameter *p)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select value from ssm_tag where parameter_id = $1 and name = $2", p->id,
            str_skip(filter->key, 4));

    return r <= 0 ? r : filter->values.len == 0 || any_passes(filter, row_text(row, 0));
}

static int passes(struct call *call, const struct filter *filter, struct parameter *p)
{
    if (str_eq(filter->key, STR("Name"))) {
        str bare = p->name;
        (void)str_take_prefix(&bare, STR("/"));
        return any_passes(filter, p->name) || any_passes(filter, bare);
    }
    if (str_eq(filter->key, STR("Path")))
        return path_passes(filter, p->name);
    if (str_eq(filter->key, STR("Label")))
        return label_passes(call, filter, p);
    if (str_starts(filter->key, STR("tag:")))
        return tag_passes(call, filter, p);
    return any_passes(filter, str_eq(filter->key, STR("Type"))    ? p->type
                              : str_eq(filter->key, STR("Tier"))  ? p->tier
                              : str_eq(filter->key, STR("KeyId")) ? p->key_id
                                                                  : p->data_type);
}

/* ---- Which filters there may be ------------------------------------------------------------ */

static bool is_one_of(str s, const char *const *words)
{
    for (; *words; words++)
        if (str_eq(s, str_of(*words)))
            return true;
    return false;
}

static int check_option(struct call *call, const struct filter *filter)
{
    static const char *const for_name[] = {"BeginsWith", "Contains", "Equals", NULL};
    static const char *const for_path[] = {"Recursive", "OneLevel", NULL};
    static const char *const for_label[] = {"Equals", NULL};
    static const char *const for_others[] = {"BeginsWith", "Equals", NULL};
    const char *const *options = str_eq(filter->key, STR("Name"))    ? for_name
                                 : str_eq(filter->key, STR("Path"))  ? for_path
                                 : str_eq(filter->key, STR("Label")) ? for_label
                                                                     : for_others;
    struct str_list words = {.items = arena_array(call->arena, 3, str), .is_set = true};

    if (is_one_of(filter->option, options))
        return 0;
    for (; options[words.len]; words.len++)
        words.items[words.len] = str_of(options[words.len]);
    return call_fail(call, &ssm_InvalidFilterOption,
            "The following filter option is not valid: %.*s. Valid options include: [%.*s].",
            STR_ARG(filter->option), STR_ARG(str_join(call->arena, words, STR(", "))));
}

static int check_filter(struct call *call, const struct scan *scan, size_t at)
{
    static const char *const with_path[] = {"Type", "KeyId", "Label", NULL};
    const struct filter *filter = &scan->filters[at];

    for (size_t i = 0; i < at; i++)
        if (str_eq(scan->filters[i].key, filter->key))
            return call_fail(call, &ssm_InvalidFilterKey,
                    "The following filter is duplicated in the request: %.*s. A request can "
                    "contain only one occurrence of a specific filter.",
                    STR_ARG(filter->key));
    if (scan->path.ptr && !is_one_of(filter->key, with_path))
        return call_fail(call, &ssm_InvalidFilterKey,
                "The following filter key is not valid: %.*s. Valid filter keys include: [Type, "
                "KeyId, Label].",
                STR_ARG(filter->key));
    if (!scan->path.ptr && str_eq(filter->key, STR("Label")))
        return call_fail(call, &ssm_InvalidFilterKey,
                "The following filter key is not valid: Label. Valid filter keys include: [Name, "
                "Type, KeyId, Path, Tier, DataType, tag:*].");
    if (!filter->values.len && !str_starts(filter->key, STR("tag:")))
        return call_fail(call, &ssm_InvalidFilterValue,
                "The following filter values are missing : null for filter key %.*s",
                STR_ARG(filter->key));
    for (size_t i = 0; str_eq(filter->key, STR("Path")) && i < filter->values.len; i++)
        if (!str_starts(filter->values.items[i], STR("/")))
            return call_fail(call, &error_Validation,
                    "The parameter doesn't meet the parameter name requirements. The parameter "
                    "name must begin with a forward slash \"/\".");
    return check_option(call, filter);
}

static int take_filters(
        struct call *call, const struct ssm_ParameterStringFilterList *list, struct scan *scan)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < list->len; i++) {
        const struct ssm_ParameterStringFilter *given = &list->items[i];
        bool is_path = str_eq(given->Key, STR("Path"));

        scan->filters[scan->filters_len] = (struct filter){
                .key = given->Key,
                .option = given->Option.ptr ? given->Option
                          : is_path         ? STR("OneLevel")
                                            : STR("Equals"),
                .values = {given->Values.items, given->Values.len, true},
        };
        r = check_filter(call, scan, scan->filters_len++);
    }
    return r;
}

/* ---- The scan ------------------------------------------------------------------------------ */

static int consider(struct call *call, struct scan *scan, struct parameter *p)
{
    int r = 1;

    if (scan->path.ptr && !is_below(scan->path, p->name, scan->is_recursive))
        return 0;
    for (size_t i = 0; r > 0 && i < scan->filters_len; i++)
        r = passes(call, &scan->filters[i], p);
    return r;
}

/* Names from `low` to before `high`. */
static void range_of(struct call *call, const struct scan *scan, str *ret_low, str *ret_high)
{
    str path = scan->path;

    *ret_low = STR("");
    *ret_high = STR("\x7f"); /* after all that a name may begin with */
    if (!path.ptr || str_eq(path, STR("/")))
        return;
    if (path.ptr[path.len - 1] == '/')
        path.len--;
    *ret_low = str_concat(call->arena, path, STR("/"));
    *ret_high = str_concat(call->arena, path, STR("0")); /* '0' comes after '/' */
}

static int scan_run(struct call *call, struct scan *scan)
{
    str low, high, after = scan->after.ptr ? scan->after : STR("");
    struct db_rows rows;

    range_of(call, scan, &low, &high);
    scan->found = arena_array(call->arena, scan->limit, struct parameter);
    for (size_t seen = 0; seen < SCAN_MAX; seen += BATCH) {
        int r = db_query(call->tx, &rows,
                "select " PARAMETER_COLUMNS PARAMETER_FROM
                " and v.version = p.version where p.account = $1 and p.region = $2 and"
                " p.name >= $3 and p.name < $4 and p.name > $5 order by p.name limit $6",
                call->account, call->region, low, high, after, BATCH);
        for (size_t i = 0; r >= 0 && i < rows.len; i++) {
            struct parameter p;

            if (scan->found_len == scan->limit) {
                scan->next = after;
                return 0;
            }
            parameter_from_row(&rows.items[i], &p);
            after = p.name;
            r = consider(call, scan, &p);
            if (r > 0)
                scan->found[scan->found_len++] = p;
        }
        if (r < 0)
            return r;
        if (rows.len < BATCH)
            return 0;
    }
    scan->next = after;
    return 0;
}

/* ---- Operations ------------------------------------------------------------------------------ */

int ssm_GetParametersByPath(struct call *call, const struct ssm_GetParametersByPathRequest *in,
        struct ssm_GetParametersByPathResult *out)
{
    struct scan scan = {
            .path = in->Path,
            .is_recursive = in->Recursive.is_set && in->Recursive.value,
            .limit = (size_t)page_limit(in->MaxResults, PATH_PRESET, PATH_PRESET),
            .filters = arena_array(call->arena, in->ParameterFilters.len, struct filter),
    };
    int r = parameter_authorize(call, "ssm:GetParametersByPath", in->Path, (str){0});

    if (r < 0)
        return r;
    if (*in->Path.ptr != '/')
        return call_fail(call, &error_Validation,
                "The parameter doesn't meet the parameter name requirements. The parameter name "
                "must begin with a forward slash \"/\". It can't be prefixed with \"aws\" or "
                "\"ssm\" (case-insensitive). It must use only letters, numbers, or the following "
                "symbols: . (period), - (hyphen), _ (underscore). Special characters are not "
                "allowed. All sub-paths, if specified, must use the forward slash symbol \"/\".");
    if ((r = take_filters(call, &in->ParameterFilters, &scan)) < 0 ||
            (r = page_open(call, in->NextToken, &ssm_InvalidNextToken, &scan.after)) < 0 ||
            (r = scan_run(call, &scan)) < 0)
        return r;
    out->Parameters.items = arena_array(call->arena, scan.found_len, struct ssm_Parameter);
    out->Parameters.is_set = true;
    for (; out->Parameters.len < scan.found_len; out->Parameters.len++) {
        r = parameter_show(call, &scan.found[out->Parameters.len], (str){0}, in->WithDecryption,
                &out->Parameters.items[out->Parameters.len]);
        if (r < 0)
            return r;
    }
    out->NextToken = page_seal(call, scan.next);
    return 0;
}

/* The older kind of filter: names and keys by how they begin, types by their name. */
static int take_old_filters(
        struct call *call, const struct ssm_ParametersFilterList *list, struct scan *scan)
{
    if (list->len && scan->filters_len)
        return call_fail(call, &error_Validation,
                "You can use either Filters or ParameterFilters in a single request.");
    for (size_t i = 0; i < list->len; i++)
        scan->filters[scan->filters_len++] = (struct filter){
                .key = list->items[i].Key,
                .option =
                        str_eq(list->items[i].Key, STR("Type")) ? STR("Equals") : STR("BeginsWith"),
                .values = {list->items[i].Values.items, list->items[i].Values.len, true},
        };
    return 0;
}

int ssm_DescribeParameters(struct call *call, const struct ssm_DescribeParametersRequest *in,
        struct ssm_DescribeParametersResult *out)
{
    struct scan scan = {
            .limit = (size_t)page_limit(in->MaxResults, DESCRIBE_PRESET, DESCRIBE_PRESET),
            .filters = arena_array(
                    call->arena, in->ParameterFilters.len + in->Filters.len, struct filter),
    };
    int r;

    if (in->Shared.is_set && in->Shared.value)
        return call_fail(call, &error_Validation,
                "Parameters that other accounts share are not supported by Slipway.");
    if ((r = take_filters(call, &in->ParameterFilters, &scan)) < 0 ||
            (r = take_old_filters(call, &in->Filters, &scan)) < 0 ||
            (r = page_open(call, in->NextToken, &ssm_InvalidNextToken, &scan.after)) < 0 ||
            (r = scan_run(call, &scan)) < 0)
        return r;
    out->Parameters.items = arena_array(call->arena, scan.found_len, struct ssm_ParameterMetadata);
    out->Parameters.is_set = true;
    for (; out->Parameters.len < scan.found_len; out->Parameters.len++) {
        const struct parameter *p = &scan.found[out->Parameters.len];

        out->Parameters.items[out->Parameters.len] = (struct ssm_ParameterMetadata){
                .Name = p->name,
                .ARN = name_arn(call, p->name),
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
        r = policies_show(call, p->policies, &out->Parameters.items[out->Parameters.len].Policies);
        if (r < 0)
            return r;
    }
    out->NextToken = page_seal(call, scan.next);
    return 0;
}
