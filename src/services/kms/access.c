#include "services/kms/access.h"

#include "base/buf.h"
#include "services/kms/grant.h"

enum {
    CONTEXT_MAX_BYTES = 8192,
    AAD_MAX = 65536,
};

static int by_name(const void *a, const void *b)
{
    const struct kms_EncryptionContextType_entry *x = a, *y = b;

    return str_cmp(x->key, y->key);
}

int access_context_bytes(
        struct call *call, const struct kms_EncryptionContextType *context, str *ret)
{
    struct buf out = buf_make(call->arena, AAD_MAX);
    struct kms_EncryptionContextType_entry *sorted =
            arena_array(call->arena, context->len, struct kms_EncryptionContextType_entry);

    if (context->len)
        memcpy(sorted, context->items, context->len * sizeof(*sorted));
    qsort(sorted, context->len, sizeof(*sorted), by_name);
    for (size_t i = 0; i < context->len; i++)
        buf_printf(&out, "%zu:%.*s%zu:%.*s", sorted[i].key.len, STR_ARG(sorted[i].key),
                sorted[i].value.len, STR_ARG(sorted[i].value));
    if (out.len > CONTEXT_MAX_BYTES || buf_is_full(&out))
        return call_fail(call, &error_Validation,
                "Encryption context exceeds the maximum size of 8192 bytes");
    *ret = buf_str(&out);
    return 0;
}

int access_refuse_recipient(struct call *call, const void *recipient)
{
    if (recipient)
        return call_fail(call, &kms_UnsupportedOperationException,
                "Attested recipients are not supported by Slipway.");
    return 0;
}

int access_dry_run(struct call *call, struct opt_bool asked)
{
    if (asked.is_set && asked.value)
        return call_fail(call, &kms_DryRunOperationException,
                "The request would have succeeded, but the DryRun option is set.");
    return 0;
}

/* Conditions on the encryption context, and on the service that asks for the caller. */
int access_ask(struct call *call, const struct key *key, const struct access *access)
{
    static const struct kms_EncryptionContextType none;
    const struct kms_EncryptionContextType *context = access->context ? access->context : &none;
    struct policy_key *keys =
            arena_array(call->arena, context->len + access->more_len + 2, struct policy_key);
    str *names = arena_array(call->arena, context->len, str);
    size_t n = 0;

    for (size_t i = 0; i < context->len; i++) {
        names[i] = context->items[i].key;
        keys[n].name = str_concat(call->arena, STR("kms:EncryptionContext:"), names[i]);
        keys[n++].values = (struct str_list){&context->items[i].value, 1, true};
    }
    if (context->len)
        keys[n++] =
                (struct policy_key){STR("kms:EncryptionContextKeys"), {names, context->len, true}};
    if (access->via.ptr)
        keys[n++] = (struct policy_key){STR("kms:ViaService"), {(str *)&access->via, 1, true}};
    for (size_t i = 0; i < access->more_len; i++)
        keys[n++] = access->more[i];
    return key_authorize(call, key, access->action, keys, n);
}

int access_found_key(struct call *call, const struct key *key, const struct access *access)
{
    int r;

    if ((r = grant_tokens_check(call, access->grant_tokens)) < 0 ||
            (r = access_ask(call, key, access)) < 0 || (r = key_is_usable(call, key)) < 0)
        return r;
    return access->usage ? key_check_usage(call, key, access->usage) : 0;
}

int access_key(struct call *call, str ref, const struct access *access, struct key *ret)
{
    int r = key_find(call, ref, ret);

    return r < 0 ? r : access_found_key(call, ret, access);
}

int access_for_service(struct call *call, const struct key *key, const char *service,
        const char *action, const struct kms_EncryptionContextType *context)
{
    str algorithm = STR("SYMMETRIC_DEFAULT");
    const struct policy_key more = {STR("kms:EncryptionAlgorithm"), {&algorithm, 1, true}};
    const struct access access = {
            .action = action,
            .context = context,
            .more = &more,
            .more_len = 1,
            .via = str_printf(call->arena, "%s.%.*s.amazonaws.com", service, STR_ARG(call->region)),
    };
    int r = key_is_own_managed(call, key) ? key_is_usable(call, key)
                                          : access_found_key(call, key, &access);

    return r < 0 ? r : key_check_symmetric(call, key);
}
