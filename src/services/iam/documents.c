#include "base/codec.h"
#include "base/json.h"
#include "services/iam/entity.h"

size_t document_size(str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        if (!strchr(" \t\r\n", text.ptr[i]))
            n++;
    return n;
}

str document_encode(struct call *call, str text)
{
    return percent_encode(call->arena, text, 0);
}

/* A user or role that a trust policy names must exist, if its account is one of ours. */
static int check_principal(struct call *call, str text)
{
    struct arn arn;
    struct entity entity;
    str rest, kind, name;
    ptrdiff_t slash;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("iam")))
        return 0;
    rest = arn.resource;
    if (!str_cut(&rest, '/', &kind))
        return 0;
    slash = str_rfind_char(rest, '/');
    name = slash < 0 ? rest : str_skip(rest, (size_t)slash + 1);
    r = iam_account_exists(call->tx, arn.account);
    if (r <= 0)
        return r;
    r = entity_find(
            call->tx, arn.account, str_eq(kind, STR("user")) ? "user" : "role", name, &entity);
    if (r < 0)
        return r;
    if (r == 0 || !str_eq(entity.arn, text))
        return call_fail(call, &iam_MalformedPolicyDocumentException,
                "Invalid principal in policy: \"AWS\":\"%.*s\"", STR_ARG(text));
    return 0;
}

static int check_statement(struct call *call, const json_t *statement)
{
    const json_t *aws = json_member(json_member(statement, "Principal"), "AWS");
    size_t len = json_is_array(aws) ? json_array_size(aws) : 1;

    for (size_t i = 0; i < len; i++) {
        str text = json_str(json_is_array(aws) ? json_array_get(aws, i) : aws);
        int r = text.ptr ? check_principal(call, text) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static int check_principals(struct call *call, str text)
{
    AUTO_JSON json_t *json = NULL;
    const json_t *statements;

    if (json_parse(text, &json, NULL) < 0)
        return -EIO; /* it has compiled */
    statements = json_member(json, "Statement");
    if (!json_is_array(statements))
        return check_statement(call, statements);
    for (size_t i = 0; i < json_array_size(statements); i++) {
        int r = check_statement(call, json_array_get(statements, i));
        if (r < 0)
            return r;
    }
    return 0;
}

int document_check(struct call *call, str text, enum policy_kind kind)
{
    struct policy *policy = NULL;
    struct error err;

    if (policy_compile(text, kind, &policy, &err) < 0)
        return call_fail(call, &iam_MalformedPolicyDocumentException, "%s", err.text);
    policy_free(policy);
    if (kind != POLICY_TRUST)
        return 0;
    if (document_size(text) > IAM_MAX_TRUST)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for ACLSizePerRole: %d", IAM_MAX_TRUST);
    return check_principals(call, text);
}
