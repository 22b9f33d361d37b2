#include "services/codecommit/internal.h"

#include "services/kms/kms.h"

/* target->who is the call that needs the repository. */
static int open_key(void *arg, struct tx *tx, const struct git_target *target, str sealed,
        unsigned char ret[GIT_KEY_LEN], struct error *err)
{
    struct call *call = target->who;
    struct tx *before = call->tx;
    struct blob_key key;
    int r;

    (void)arg;
    _Static_assert((int)GIT_KEY_LEN == (int)BLOB_KEY_LEN, "a data key is a repository's key");
    call->tx = tx;
    r = kms_data_key_open(call, "codecommit", sealed, &key);
    call->tx = before;
    if (r == CALL_FAILED)
        return error_set(err, EACCES, "%.*s", STR_ARG(call->failure.message));
    if (r < 0)
        return r;
    memcpy(ret, key.bytes, GIT_KEY_LEN);
    mem_wipe(&key, sizeof(key));
    return 0;
}

const struct git_keys *codecommit_keys(struct git_keys *room, struct server *server)
{
    *room = (struct git_keys){.arg = server, .open = open_key};
    return room;
}

int key_failure(struct call *call)
{
    static const struct {
        const char *kms;
        const struct call_error *ours;
    } pairs[] = {
            {"NotFoundException", &codecommit_EncryptionKeyNotFoundException},
            {"DisabledException", &codecommit_EncryptionKeyDisabledException},
            {"KMSInvalidStateException", &codecommit_EncryptionKeyUnavailableException},
            {"InvalidKeyUsageException", &codecommit_EncryptionKeyInvalidUsageException},
            {"AccessDeniedException", &codecommit_EncryptionKeyAccessDeniedException},
            {"InvalidArnException", &codecommit_EncryptionKeyInvalidIdException},
    };
    str code = call->failure.code, message = call->failure.message;

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (str_eq(code, str_of(pairs[i].kms)))
            return call_fail(call, pairs[i].ours, "%.*s", STR_ARG(message));
    return CALL_FAILED;
}

int repository_check_key(struct call *call, const struct repository *repository)
{
    struct blob_key key;
    int r;

    if (!repository->is_customer_key)
        return 0;
    r = kms_data_key_open(call, "codecommit", repository->sealed_key, &key);
    mem_wipe(&key, sizeof(key));
    return r == CALL_FAILED ? key_failure(call) : r;
}
