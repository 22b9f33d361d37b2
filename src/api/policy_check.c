#include "api/policy_impl.h"

enum {
    ACCOUNT_ID_LEN = 12
};

/* Every byte is a letter, a digit, or one of `more`. */
static bool is_made_of(str s, const char *more)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!ok && (c == '\0' || !strchr(more, c)))
            return false;
    }
    return s.len > 0;
}

static bool is_account_id(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len == ACCOUNT_ID_LEN;
}

static bool is_assume_action(str name)
{
    static const str known[] = {STR_INIT("AssumeRole"), STR_INIT("AssumeRoleWithSAML"),
            STR_INIT("AssumeRoleWithWebIdentity"), STR_INIT("TagSession"),
            STR_INIT("SetSourceIdentity"), STR_INIT("SetContext"), STR_INIT("*")};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (str_eq_nocase(name, known[i]))
            return true;
    /* a wildcard such as AssumeRole* is allowed too */
    return name.len > 0 && name.ptr[name.len - 1] == '*' &&
           str_eq_nocase(str_head(name, 6), STR("Assume"));
}

int policy_check_action(const struct policy_builder *builder, str action, struct error *err)
{
    str vendor, name = action;

    if (str_eq(action, STR("*")) && builder->kind != POLICY_TRUST)
        return 0;
    if (!str_cut(&name, ':', &vendor))
        return policy_bad(builder, err,
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                builder->kind == POLICY_TRUST
                        ? "AssumeRole policy may only specify STS AssumeRole actions."
                        : "Policy has invalid action");
    if (str_find_char(name, ':') >= 0)
        return policy_bad(builder, err, "Actions/Condition can contain only one colon.",
                "Policy has invalid action");
    if (!str_eq(vendor, STR("*")) && !is_made_of(vendor, "-."))
        return error_set(err, EINVAL, "Vendor %.*s is not valid", STR_ARG(str_head(vendor, 100)));
    if (!is_made_of(name, "*?-_.+/"))
        return policy_bad(
                builder, err, "The policy failed legacy parsing", "Policy has invalid action");
    if (builder->kind == POLICY_TRUST &&
            (!str_eq_nocase(vendor, STR("sts")) || !is_assume_action(name)))
        return error_set(err, EINVAL, "AssumeRole policy may only specify STS AssumeRole actions.");
    return 0;
}

static bool is_iam_path(str resource)
{
    static const char *const starts[] = {"user/", "federated-user/", "role/", "group/",
            "instance-profile/", "mfa/", "server-certificate/", "policy/", "sms-mfa/",
            "saml-provider/", "oidc-provider/", "report/", "access-report/"};

    if (str_eq(resource, STR("*")) || str_starts(resource, STR("$")))
        return true;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (str_starts(resource, str_of(starts[i])))
            return true;
    /* root, and a wildcard that may still become one of those */
    return str_eq(resource, STR("root")) || str_find_char(resource, '*') >= 0;
}

static int bad_arn(const struct policy_builder *builder, str resource, struct error *err)
{
    if (builder->kind != POLICY_IDENTITY)
        return error_set(err, EINVAL, "Policy has invalid resource");
    return error_set(err, EINVAL, "Resource %.*s must be in ARN format or \"*\".",
            STR_ARG(str_head(resource, 300)));
}

static bool is_partition(str s)
{
    return str_eq(s, STR("aws")) || str_eq(s, STR("aws-cn")) || str_eq(s, STR("aws-us-gov")) ||
           str_eq(s, STR("*"));
}

/* Segments end at colons that are not inside ${…}. */
static bool cut_segment(str *rest, str *ret)
{
    bool in_variable = false;

    for (size_t i = 0; i < rest->len; i++) {
        if (rest->ptr[i] == '$' && i + 1 < rest->len && rest->ptr[i + 1] == '{')
            in_variable = true;
        if (rest->ptr[i] == '}')
            in_variable = false;
        if (rest->ptr[i] != ':' || in_variable)
            continue;
        *ret = str_head(*rest, i);
        *rest = str_skip(*rest, i + 1);
        return true;
    }
    return false;
}

int policy_check_resource(const struct policy_builder *builder, str resource, struct error *err)
{
    str rest = resource, head, partition, vendor, region, account;

    if (str_eq(resource, STR("*")))
        return 0;
    if (!cut_segment(&rest, &head) || !str_eq(head, STR("arn")))
        return bad_arn(builder, resource, err);
    if (!cut_segment(&rest, &partition)) /* "arn:aws", "arn:*" */
        return bad_arn(builder, resource, err);
    if (!is_partition(partition) && builder->kind == POLICY_IDENTITY)
        return error_set(err, EINVAL, "Partition \"%.*s\" is not valid for resource \"%.*s\".",
                STR_ARG(str_head(partition, 100)), STR_ARG(str_head(resource, 300)));
    if (!is_partition(partition))
        return bad_arn(builder, resource, err);
    if (str_eq(rest, STR("*")) || str_ends(rest, STR(":*")))
        return 0; /* a wildcard that ends a segment stands for those that follow */
    if (!cut_segment(&rest, &vendor) || !cut_segment(&rest, &region) ||
            !cut_segment(&rest, &account) || rest.len == 0)
        return policy_bad(
                builder, err, "The policy failed legacy parsing", "Policy has invalid resource");
    if (str_find_char(vendor, '*') >= 0 && vendor.len > 1 && builder->kind == POLICY_IDENTITY)
        return error_set(
                err, EINVAL, "Resource vendor must be fully qualified and cannot contain regexes.");
    if (str_eq(vendor, STR("iam")) && region.len > 0 && !str_eq(region, STR("*")))
        return error_set(err, EINVAL, "IAM resource %.*s cannot contain region information.",
                STR_ARG(str_head(resource, 300)));
    if (str_eq(vendor, STR("iam")) && !is_iam_path(rest))
        return error_set(err, EINVAL,
                "IAM resource path must either be \"*\" or start with user/, federated-user/, "
                "role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, "
                "saml-provider/, oidc-provider/, report/, access-report/.");
    return 0;
}

static int bad_principal(str type, str value, struct error *err)
{
    return error_set(err, EINVAL, "Invalid principal in policy: \"%.*s\":\"%.*s\"",
            STR_ARG(str_head(type, 50)), STR_ARG(str_head(value, 300)));
}

/* arn:aws:iam::<account>:root|user/…|role/…, arn:aws:sts::<account>:assumed-role/…/… */
static int check_aws_principal(str value, uint32_t *ret_kind, str *ret_text, struct error *err)
{
    str rest = value, head, partition, vendor, region, account;

    *ret_text = value;
    *ret_kind = PRINCIPAL_IS_ANYONE;
    if (str_eq(value, STR("*")))
        return 0;
    *ret_kind = PRINCIPAL_IS_ACCOUNT;
    if (is_account_id(value))
        return 0;
    *ret_kind = PRINCIPAL_IS_ARN;
    if (is_made_of(value, "") && value.len >= 16 && str_starts(value, STR("A")))
        return 0; /* the unique id of a user or role that is gone: matches nobody */
    if (!str_cut(&rest, ':', &head) || !str_cut(&rest, ':', &partition) ||
            !str_cut(&rest, ':', &vendor) || !str_cut(&rest, ':', &region) ||
            !str_cut(&rest, ':', &account) || !str_eq(head, STR("arn")) ||
            !is_partition(partition) || region.len > 0 || !is_account_id(account) ||
            str_find_char(value, '*') >= 0)
        return bad_principal(STR("AWS"), value, err);

    if (str_eq(vendor, STR("iam")) && str_eq(rest, STR("root"))) {
        *ret_kind = PRINCIPAL_IS_ACCOUNT;
        *ret_text = account;
        return 0;
    }
    if (str_eq(vendor, STR("iam")) &&
            (str_starts(rest, STR("user/")) || str_starts(rest, STR("role/"))))
        return 0;
    if (str_eq(vendor, STR("sts")) &&
            (str_starts(rest, STR("assumed-role/")) || str_starts(rest, STR("federated-user/"))))
        return 0;
    return bad_principal(STR("AWS"), value, err);
}

int policy_check_principal(
        str type, str value, struct policy_principal *ret, str *ret_text, struct error *err)
{
    struct policy_principal principal = {0};
    str text = value;
    int r = 0;

    if (value.len == 0)
        return bad_principal(type, value, err);
    if (str_eq(type, STR("AWS")))
        r = check_aws_principal(value, &principal.kind, &text, err);
    else if (str_eq(type, STR("Service")))
        principal.kind = PRINCIPAL_IS_SERVICE;
    else if (str_eq(type, STR("Federated")))
        principal.kind = PRINCIPAL_IS_FEDERATED;
    else if (str_eq(type, STR("CanonicalUser")))
        principal.kind = PRINCIPAL_IS_CANONICAL;
    else
        return bad_principal(type, value, err);
    if (r < 0)
        return r;
    if (principal.kind == PRINCIPAL_IS_SERVICE && str_find_char(value, '.') < 0 &&
            !str_eq(value, STR("*")))
        return bad_principal(type, value, err);
    *ret = principal;
    *ret_text = text;
    return 0;
}
