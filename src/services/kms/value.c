#include "services/kms/access.h"

static struct kms_EncryptionContextType context_of(struct call *call, const struct kms_use *use)
{
    struct kms_EncryptionContextType context = {.is_set = true};

    context.items = arena_array(call->arena, 2, struct kms_EncryptionContextType_entry);
    for (size_t i = 0; i < 2 && use->context[i].name.ptr; i++)
        context.items[context.len++] = (struct kms_EncryptionContextType_entry){
                use->context[i].name, use->context[i].value};
    return context;
}

static bool is_managed(struct call *call, const struct kms_use *use)
{
    str alias = str_printf(call->arena, "alias/aws/%s", use->service);

    return !use->key.ptr || !use->key.len || str_eq(use->key, alias) ||
           str_eq(use->key, arn_make(call, "kms", alias));
}

int kms_seal_value(struct call *call, const struct kms_use *use, str plain, str *ret)
{
    const struct kms_EncryptionContextType context = context_of(call, use);
    struct key key;
    str aad;
    int r = is_managed(call, use) ? key_managed(call, use->service, &key)
                                  : key_find(call, use->key, &key);

    if (r < 0 || (r = access_for_service(call, &key, use->service, use->action, &context)) < 0 ||
            (r = access_context_bytes(call, &context, &aad)) < 0)
        return r;
    return key_encrypt(call, &key, aad, plain, ret);
}

int kms_open_value(struct call *call, const struct kms_use *use, str sealed, str *ret)
{
    const struct kms_EncryptionContextType context = context_of(call, use);
    struct key key;
    str aad, id;
    int r;

    if (!key_of_ciphertext(call->arena, sealed, &id))
        return call_fail(call, &error_InternalFailure, "a sealed value is damaged");
    if ((r = key_by_id(call, id, &key)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &kms_NotFoundException, "Key '%.*s' does not exist", STR_ARG(id));
    if ((r = access_for_service(call, &key, use->service, "kms:Decrypt", &context)) < 0 ||
            (r = access_context_bytes(call, &context, &aad)) < 0)
        return r;
    r = key_decrypt(call, &key, aad, sealed, ret);
    return r == -EBADMSG ? call_fail(call, &error_InternalFailure, "a sealed value is damaged") : r;
}

bool kms_failed_for_key(const struct call *call)
{
    str code = call->failure.code;

    return str_eq(code, STR("NotFoundException")) || str_eq(code, STR("DisabledException")) ||
           str_eq(code, STR("KMSInvalidStateException")) ||
           str_eq(code, STR("InvalidKeyUsageException"));
}
