#include "services/ssm/parameter.h"

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

static bool is_reserved(str name)
{
    (void)str_take_prefix(&name, STR("/"));
    return str_eq_nocase(str_head(name, 3), STR("aws")) ||
           str_eq_nocase(str_head(name, 3), STR("ssm"));
}

static bool is_well_formed(str name)
{
    str rest = name, level;

    (void)str_take_prefix(&rest, STR("/"));
    while (str_next(&rest, '/', &level)) {
        if (!level.len)
            return false;
        for (size_t i = 0; i < level.len; i++)
            if (!is_name_char(level.ptr[i]))
                return false;
    }
    return true;
}

static size_t levels_of(str name)
{
    size_t levels = *name.ptr != '/';

    for (size_t i = 0; i < name.len; i++)
        levels += name.ptr[i] == '/';
    return levels;
}

int name_check(struct call *call, str name)
{
    if (name.len > PARAMETER_MAX_NAME)
        return call_fail(call, &error_Validation,
                "Parameter name must not be longer than %d characters.", PARAMETER_MAX_NAME);
    if (*name.ptr != '/' && str_find_char(name, '/') >= 0)
        return call_fail(call, &error_Validation, "Parameter name must be a fully qualified name.");
    if (is_reserved(name) || !is_well_formed(name))
        return call_fail(call, &error_Validation,
                "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If "
                "formed as a path, it can consist of sub-paths divided by slash symbol; each "
                "sub-path can be formed as a mix of letters, numbers and the following 3 symbols "
                ".-_");
    if (levels_of(name) > PARAMETER_MAX_LEVELS)
        return call_fail(call, &ssm_HierarchyLevelLimitExceededException,
                "A hierarchy can have a maximum of %d levels.", PARAMETER_MAX_LEVELS);
    return 0;
}

str name_arn(struct call *call, str name)
{
    (void)str_take_prefix(&name, STR("/"));
    return arn_make(call, "ssm", str_concat(call->arena, STR("parameter/"), name));
}

/* "parameter/a" is "a" or "/a"; with more levels it begins with a slash. */
static int name_of_arn(struct call *call, str ref, str *ret)
{
    const struct db_row *row;
    struct arn arn;
    str name, plain, label;
    int r;

    if (arn_parse(ref, &arn) < 0 || !str_eq(arn.service, STR("ssm")) ||
            !str_take_prefix(&arn.resource, STR("parameter/")) || !arn.resource.len)
        return call_fail(call, &error_Validation, "Invalid parameter ARN: %.*s", STR_ARG(ref));
    name = plain = arn.resource;
    if (!str_eq(arn.account, call->account) || !str_eq(arn.region, call->region))
        return parameter_not_found(call, ref);
    *ret = str_concat(call->arena, STR("/"), name);
    if (str_find_char(name, '/') >= 0)
        return 0;
    (void)(str_cut(&plain, ':', &label) && (plain = label, true));
    r = db_one(call->tx, &row,
            "select 1 from ssm_parameter where account = $1 and region = $2 and name = $3",
            call->account, call->region, plain);
    if (r > 0)
        *ret = name;
    return r < 0 ? r : 0;
}

int name_parse(struct call *call, str ref, struct parameter_name *ret)
{
    ptrdiff_t colon;
    str name = ref;
    int r;

    if (str_starts(ref, STR("arn:")) && (r = name_of_arn(call, ref, &name)) < 0)
        return r;
    colon = str_find_char(name, ':');
    *ret = (struct parameter_name){.name = name};
    if (colon >= 0) {
        ret->name = str_head(name, (size_t)colon);
        ret->selector = str_skip(name, (size_t)colon);
    }
    if (!ret->name.len || ret->selector.len == 1)
        return call_fail(call, &error_Validation,
                "Invalid parameter name. Please use correct syntax for referencing a version/label "
                " <name>:<version/label>");
    return 0;
}
