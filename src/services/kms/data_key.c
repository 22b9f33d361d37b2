#include "services/kms/access.h"

#include "base/random.h"

/* Runs fn in call->tx, or in a transaction of its own where the call has none (prepare). */
struct step {
    struct call *call;
    str key;
    const char *service;
    struct kms_data_key *data_key;
    str sealed;
    struct blob_key *opened;
};

static int in_transaction(struct step *step, db_fn *fn, bool writes)
{
    struct call *call = step->call;
    struct error err = {0};
    int r;

    if (call->tx)
        return fn(call->tx, step);
    r = writes ? db_write(call->server->db, call->arena, fn, step, &err)
               : db_read(call->server->db, call->arena, fn, step, &err);
    call->tx = NULL;
    if (r == CALL_FAILED || r >= 0)
        return r;
    return call_fail(call, &error_InternalFailure, "%s", err.text);
}

static int make(struct tx *tx, void *arg)
{
    struct step *step = arg;
    struct call *call = step->call;
    struct kms_data_key *data_key = step->data_key;
    struct key key;
    int r;

    call->tx = tx;
    if (step->key.ptr && (r = key_find(call, step->key, &key)) < 0)
        return r;
    if (!step->key.ptr && (r = key_managed(call, step->service, &key)) < 0)
        return r;
    r = access_for_service(call, &key, step->service, "kms:GenerateDataKey", NULL);
    if (r < 0)
        return r;
    random_bytes(data_key->key.bytes, sizeof(data_key->key.bytes));
    data_key->key_arn = key.arn;
    return key_encrypt(call, &key, STR(""),
            (str){(const char *)data_key->key.bytes, sizeof(data_key->key.bytes)},
            &data_key->sealed);
}

int kms_data_key_new(struct call *call, str key, const char *service, struct kms_data_key *ret)
{
    struct step step = {.call = call, .key = key, .service = service, .data_key = ret};

    return in_transaction(&step, make, true);
}

static int open_key(struct tx *tx, void *arg)
{
    struct step *step = arg;
    struct call *call = step->call;
    struct key key;
    str id, plain;
    int r;

    call->tx = tx;
    if (!key_of_ciphertext(call->arena, step->sealed, &id))
        return call_fail(call, &error_InternalFailure, "a sealed data key is damaged");
    if ((r = key_by_id(call, id, &key)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &kms_NotFoundException, "Key '%.*s' does not exist", STR_ARG(id));
    /* What a managed key sealed, also another account's, is read as its service permits. */
    r = str_eq(key.manager, STR("AWS"))
                ? key_is_usable(call, &key)
                : access_for_service(call, &key, step->service, "kms:Decrypt", NULL);
    if (r < 0)
        return r;
    r = key_decrypt(call, &key, STR(""), step->sealed, &plain);
    if (r == 0 && plain.len != sizeof(step->opened->bytes))
        r = -EBADMSG;
    if (r < 0)
        return call_fail(call, &error_InternalFailure, "a sealed data key is damaged");
    memcpy(step->opened->bytes, plain.ptr, plain.len);
    mem_wipe((char *)plain.ptr, plain.len);
    return 0;
}

int kms_data_key_open(struct call *call, const char *service, str sealed, struct blob_key *ret)
{
    struct step step = {.call = call, .service = service, .sealed = sealed, .opened = ret};

    return in_transaction(&step, open_key, false);
}
