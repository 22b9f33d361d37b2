#include "worker/secret_values.h"

#include "base/buf.h"

enum {
    BODY_MAX = 16384,
    NAME_SHOWN = 300,
    ARN_PARTS = 7, /* arn:aws:secretsmanager:region:account:secret:name */
};

/* ---- References ---------------------------------------------------------------------- */

int secret_reference_parse(str text, struct secret_reference *ret, struct error *err)
{
    struct secret_reference reference = {0};
    str *parts[] = {&reference.json_key, &reference.stage, &reference.version};
    str rest = text, piece;
    size_t pieces = str_starts(text, STR("arn:")) ? ARN_PARTS : 1;

    while (pieces > 0 && str_next(&rest, ':', &piece))
        pieces--;
    reference.id = (str){text.ptr, (size_t)(piece.ptr + piece.len - text.ptr)};
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && str_next(&rest, ':', &piece); i++)
        if (piece.len)
            *parts[i] = piece;
    if (pieces > 0 || !reference.id.len || rest.ptr)
        return error_set(err, EINVAL, "\"%.*s\" is not secret-id:json-key:version-stage:version-id",
                STR_ARG(str_head(text, NAME_SHOWN)));
    *ret = reference;
    return 0;
}

int secret_member(struct arena *arena, str json, str key, str *ret, struct error *err)
{
    AUTO_JSON json_t *object = NULL;
    const json_t *member;

    if (json_parse(json, &object, NULL) < 0 || !json_is_object(object))
        return error_set(err, EINVAL, "the secret is no JSON object");
    member = json_member(object, str_cstr(arena, key));
    if (!member)
        return error_set(
                err, ENOENT, "the secret has no key \"%.*s\"", STR_ARG(str_head(key, 200)));
    if (json_is_object(member) || json_is_array(member) || json_is_null(member))
        return error_set(err, EINVAL, "the secret's key \"%.*s\" is neither text nor a number",
                STR_ARG(str_head(key, 200)));
    *ret = json_is_string(member) ? str_dup(arena, json_str(member)) : json_print(arena, member);
    return 0;
}

/* ---- Asking --------------------------------------------------------------------------- */

static int ask_parameter(
        struct aws *role, struct arena *arena, str name, str *ret, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;
    struct buf body = buf_make(arena, BODY_MAX);
    str value;
    int r;

    buf_add(&body, STR("{\"Names\":["));
    json_write_str(&body, name);
    buf_add(&body, STR("],\"WithDecryption\":true}"));
    if (buf_is_full(&body))
        return error_set(err, EINVAL, "the name of the parameter is too long");
    r = aws_call(
            role, arena, STR("ssm"), STR("AmazonSSM.GetParameters"), buf_str(&body), &answer, err);
    if (r < 0)
        return r;
    value = json_member_str(json_array_get(json_member(answer, "Parameters"), 0), "Value");
    if (!value.ptr)
        return error_set(
                err, ENOENT, "parameter does not exist: %.*s", STR_ARG(str_head(name, NAME_SHOWN)));
    *ret = str_dup(arena, value);
    return 0;
}

static int ask_secret(struct aws *role, struct arena *arena, str text, str *ret, struct error *err)
{
    AUTO_JSON json_t *answer = NULL;
    struct buf body = buf_make(arena, BODY_MAX);
    struct secret_reference reference;
    str value;
    int r = secret_reference_parse(text, &reference, err);

    if (r < 0)
        return r;
    buf_char(&body, '{');
    json_write_member(&body, STR("SecretId"), reference.id);
    json_write_member(&body, STR("VersionStage"), reference.stage);
    json_write_member(&body, STR("VersionId"), reference.version);
    buf_char(&body, '}');
    if (buf_is_full(&body))
        return error_set(err, EINVAL, "the reference to the secret is too long");
    r = aws_call(role, arena, STR("secretsmanager"), STR("secretsmanager.GetSecretValue"),
            buf_str(&body), &answer, err);
    if (r < 0)
        return r;
    value = json_member_str(answer, "SecretString");
    if (!value.ptr)
        return error_set(err, EINVAL, "the secret is binary, not text");
    if (reference.json_key.ptr)
        return secret_member(arena, value, reference.json_key, ret, err);
    *ret = str_dup(arena, value);
    return 0;
}

int secret_value_ask(struct aws *role, struct arena *arena, const struct buildspec_pair *variable,
        str *ret, struct error *err)
{
    if (variable->origin == BUILDSPEC_SECRETS_MANAGER)
        return ask_secret(role, arena, variable->value, ret, err);
    return ask_parameter(role, arena, variable->value, ret, err);
}
