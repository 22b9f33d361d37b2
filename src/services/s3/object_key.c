#include "services/s3/object_key.h"

#include "base/random.h"

enum {
    NONCE_LEN = 12,
    TAG_LEN = 16,
    WRAPPED_LEN = NONCE_LEN + BLOB_KEY_LEN + TAG_LEN,
};

int sse_choose(
        struct call *call, const struct bucket *bucket, str sse, str key, struct sse_choice *ret)
{
    if (!sse.ptr && key.ptr)
        return call_fail(call, &s3_InvalidArgument,
                "Server Side Encryption with AWS KMS managed key requires HTTP header "
                "x-amz-server-side-encryption : aws:kms");
    if (!sse.ptr) {
        *ret = (struct sse_choice){str_eq(bucket->sse, STR("aws:kms")), bucket->sse_key};
        return 0;
    }
    if (str_eq(sse, STR("AES256"))) {
        if (key.ptr)
            return call_fail(call, &s3_InvalidArgument,
                    "Server Side Encryption with AWS KMS managed key requires HTTP header "
                    "x-amz-server-side-encryption : aws:kms");
        *ret = (struct sse_choice){0};
        return 0;
    }
    if (!str_eq(sse, STR("aws:kms")))
        return refuse_header(call, sse);
    *ret = (struct sse_choice){true, key};
    if (!key.ptr && str_eq(bucket->sse, STR("aws:kms")))
        ret->key = bucket->sse_key;
    return 0;
}

/* KMS says what is wrong with a key; S3 says it in its own codes. */
static int kms_failed(struct call *call, int r)
{
    static const struct {
        const char *kms;
        const struct call_error *ours;
    } pairs[] = {
            {"NotFoundException", &s3_KMSNotFoundException},
            {"DisabledException", &s3_KMSDisabledException},
            {"KMSInvalidStateException", &s3_KMSInvalidStateException},
            {"InvalidKeyUsageException", &s3_KMSInvalidKeyUsageException},
    };
    str code = call->failure.code, message = call->failure.message;

    for (size_t i = 0; r == CALL_FAILED && i < sizeof(pairs) / sizeof(*pairs); i++)
        if (str_eq(code, str_of(pairs[i].kms)))
            return call_fail(call, pairs[i].ours, "%.*s", STR_ARG(message));
    return r;
}

static str context_of(struct call *call, str bucket)
{
    return str_printf(call->arena, "s3.bucket/%.*s", STR_ARG(bucket));
}

static str key_bytes(const struct blob_key *key)
{
    return (str){(const char *)key->bytes, sizeof(key->bytes)};
}

static str wrap(struct arena *arena, const struct blob_key *outer, str context,
        const struct blob_key *inner)
{
    unsigned char *out = arena_alloc(arena, WRAPPED_LEN, 1);

    random_bytes(out, NONCE_LEN);
    seal_gcm_encrypt(outer->bytes, out, context, key_bytes(inner), out + NONCE_LEN);
    return (str){(const char *)out, WRAPPED_LEN};
}

static int unwrap(const struct blob_key *outer, str context, str wrapped, struct blob_key *ret)
{
    if (wrapped.len != WRAPPED_LEN)
        return -EBADMSG;
    return seal_gcm_decrypt(outer->bytes, (const unsigned char *)wrapped.ptr, context,
            str_skip(wrapped, NONCE_LEN), ret->bytes);
}

int object_key_wrap(struct call *call, str bucket, const struct sse_choice *choice,
        const struct blob_key *plain, struct object_key *ret)
{
    struct kms_data_key outer;
    int r;

    if (!choice->is_kms) {
        *ret = (struct object_key){.data_key = seal_bytes(call->server->seal, call->arena,
                                           context_of(call, bucket), key_bytes(plain))};
        return 0;
    }
    r = kms_failed(call, kms_data_key_new(call, choice->key, "s3", &outer));
    if (r < 0)
        return r;
    *ret = (struct object_key){
            .data_key = wrap(call->arena, &outer.key, context_of(call, bucket), plain),
            .kms_sealed = outer.sealed,
            .kms_key = outer.key_arn,
    };
    mem_wipe(&outer.key, sizeof(outer.key));
    return 0;
}

int object_key_new(struct call *call, str bucket, const struct sse_choice *choice,
        struct blob_key *ret_plain, struct object_key *ret)
{
    random_bytes(ret_plain->bytes, sizeof(ret_plain->bytes));
    return object_key_wrap(call, bucket, choice, ret_plain, ret);
}

static int open_with_kms(
        struct call *call, str bucket, const struct object_key *key, struct blob_key *ret)
{
    struct blob_key outer;
    int r = kms_failed(call, kms_data_key_open(call, "s3", key->kms_sealed, &outer));

    if (r < 0)
        return r;
    r = unwrap(&outer, context_of(call, bucket), key->data_key, ret);
    mem_wipe(&outer, sizeof(outer));
    return r;
}

int object_key_open(
        struct call *call, str bucket, const struct object_key *key, struct blob_key *ret)
{
    struct error err;
    str plain;
    int r;

    if (key->kms_sealed.ptr)
        return open_with_kms(call, bucket, key, ret);
    r = seal_unseal(
            call->server->seal, call->arena, context_of(call, bucket), key->data_key, &plain, &err);
    if (r < 0)
        return r;
    if (plain.len != sizeof(ret->bytes))
        return -EBADMSG;
    memcpy(ret->bytes, plain.ptr, plain.len);
    mem_wipe((char *)plain.ptr, plain.len);
    return 0;
}

str part_key_wrap(struct arena *arena, const struct blob_key *object, const struct blob_key *part)
{
    return wrap(arena, object, STR("s3.part"), part);
}

int part_key_open(const struct blob_key *object, str wrapped, struct blob_key *ret)
{
    return unwrap(object, STR("s3.part"), wrapped, ret);
}
