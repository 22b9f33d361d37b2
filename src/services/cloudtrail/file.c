/*
 * file - objects that CloudTrail writes: gzipped JSON, sealed as any other object
 */
#include "services/cloudtrail/deliver.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/gzip.h"
#include "base/random.h"

static str md5_hex(struct arena *arena, str bytes)
{
    AUTO_DIGEST struct digest digest;

    digest_init(&digest, DIGEST_MD5);
    digest_add(&digest, bytes);
    return hex_encode(arena, digest_final(&digest, arena));
}

int trail_file_make(struct server *server, struct arena *arena, const struct trail *trail, str text,
        struct trail_file *ret, struct error *err)
{
    str packed = gzip_pack(arena, text);
    struct blob_info info;
    int r;

    ret->sha256 = sha256_hex(arena, text);
    ret->blob = (struct s3_blob){
            .size = (int64_t)packed.len,
            .md5 = md5_hex(arena, packed),
            .content_type = STR("application/json"),
            .content_encoding = STR("gzip"),
            .kms_key = trail->kms_key,
    };
    random_bytes(ret->blob.key.bytes, sizeof(ret->blob.key.bytes));
    r = blob_put(server->blobs, &ret->blob.key, packed, arena, &info, err);
    if (r >= 0)
        ret->blob.blob = info.id;
    return r;
}

/* A refused object leaves nothing behind: its own savepoint. */
struct putting {
    struct call *call;
    const struct trail *trail;
    const struct trail_file *file;
    struct call_failure *failure;
};

static int put(struct tx *tx, void *arg)
{
    struct putting *p = arg;
    struct s3_blob blob = p->file->blob;
    struct s3_info info;

    blob.metadata = p->file->metadata;
    trail_keys(p->trail, &blob.keys);
    p->call->tx = tx;
    return s3_put_blob(p->call, trail_principal(p->call->arena, p->trail->account),
            p->trail->bucket, p->file->key, &blob, &info, p->failure);
}

int trail_file_put(struct call *call, const struct trail *trail, const struct trail_file *file,
        struct call_failure *ret_failure)
{
    struct putting putting = {call, trail, file, ret_failure};

    return tx_nested(call->tx, put, &putting);
}

int trail_note(struct tx *tx, const struct trail *trail, const char *kind, int64_t now, str error)
{
    int r = db_exec(tx,
            "insert into cloudtrail_delivery (trail, kind, attempted, succeeded, error) "
            "values ($1, $2, $3, $4, $5) on conflict (trail, kind) do update set attempted = "
            "excluded.attempted, succeeded = coalesce(excluded.succeeded, "
            "cloudtrail_delivery.succeeded), error = excluded.error",
            trail->id, kind, now, error.ptr ? DB_NULL : db_int(now), error);

    return r < 0 ? r : 0;
}
