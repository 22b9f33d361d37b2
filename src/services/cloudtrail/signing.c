#include "services/cloudtrail/signing.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/random.h"
#include "gen/cloudtrail.h"
#include "services/kms/kms.h"

enum {
    KEYS_MAX = 1000, /* of an answer: more than 80 years */
};
static const int64_t DAY_MS = 86400000;

static str label_of(struct arena *arena, const struct signing_key *key)
{
    return str_printf(arena, "cloudtrail/%.*s/%.*s", STR_ARG(key->region), STR_ARG(key->id));
}

static str fingerprint_of(struct arena *arena, str public_key)
{
    AUTO_DIGEST struct digest digest;

    digest_init(&digest, DIGEST_MD5);
    digest_add(&digest, public_key);
    return hex_encode(arena, digest_final(&digest, arena));
}

/* ---- The key of now ------------------------------------------------------------------------ */

struct wanted {
    int64_t now;
    struct signing_key key;
    str public_key; /* of the new one */
    bool is_found;
};

static int find(struct tx *tx, void *arg)
{
    struct wanted *w = arg;
    struct db_rows rows;
    int r = db_query(tx, &rows,
            "select id, fingerprint, sealed from cloudtrail_signing_key where region = $1 and "
            "valid_until > $2 and sealed is not null order by valid_until desc limit 1",
            w->key.region, w->now);

    w->is_found = r > 0;
    if (r <= 0)
        return r;
    w->key.id = row_text(&rows.items[0], 0);
    w->key.fingerprint = row_text(&rows.items[0], 1);
    w->key.sealed = row_text(&rows.items[0], 2);
    return 0;
}

/* Another server may have been quicker: then its key is the one. */
static int replace(struct tx *tx, void *arg)
{
    struct wanted *w = arg, other = {.now = w->now, .key.region = w->key.region};
    int r = find(tx, &other);

    if (r < 0 || other.is_found) {
        w->key = other.key;
        return r;
    }
    r = db_exec(tx,
            "update cloudtrail_signing_key set sealed = null where region = $1 and sealed is not "
            "null",
            w->key.region);
    if (r < 0)
        return r;
    return db_exec(tx,
            "insert into cloudtrail_signing_key (id, region, fingerprint, public_key, sealed, "
            "valid_from, valid_until) values ($1, $2, $3, $4, $5, $6, $7)",
            w->key.id, w->key.region, w->key.fingerprint, db_blob(w->public_key),
            db_blob(w->key.sealed), w->now, w->now + SIGNING_DAYS * DAY_MS);
}

static int make(struct server *server, struct arena *arena, struct wanted *w, struct error *err)
{
    struct kms_own_pair pair;
    int r;

    w->key.id = random_uuid(arena);
    r = kms_own_pair_new(server, arena, label_of(arena, &w->key), &pair, err);
    if (r < 0)
        return r;
    w->key.sealed = pair.sealed;
    w->key.fingerprint = fingerprint_of(arena, pair.public_key);
    w->public_key = pair.public_key;
    return db_write(server->db, arena, replace, w, err);
}

int signing_key_get(struct server *server, struct arena *arena, str region, int64_t now,
        struct signing_key *ret, struct error *err)
{
    struct wanted wanted = {.now = now, .key.region = region};
    int r = db_read(server->db, arena, find, &wanted, err);

    if (r >= 0 && !wanted.is_found)
        r = make(server, arena, &wanted, err);
    if (r < 0)
        return r;
    *ret = wanted.key;
    return 0;
}

int signing_sign(struct server *server, struct arena *arena, const struct signing_key *key,
        str text, str *ret, struct error *err)
{
    str signature;
    int r = kms_own_pair_sign(
            server, arena, label_of(arena, key), key->sealed, text, &signature, err);

    if (r == 0)
        *ret = hex_encode(arena, signature);
    return r;
}

/* ---- ListPublicKeys ------------------------------------------------------------------------ */

int cloudtrail_ListPublicKeys(struct call *call, const struct cloudtrail_ListPublicKeysRequest *in,
        struct cloudtrail_ListPublicKeysResponse *out)
{
    int64_t from = in->StartTime.is_set ? in->StartTime.ms : call->now;
    int64_t until = in->EndTime.is_set ? in->EndTime.ms : call->now;
    struct db_rows rows;
    int r = page_refuse(call, in->NextToken, &cloudtrail_InvalidTokenException);

    if (r < 0)
        return r;
    if (from > until)
        return call_fail(call, &cloudtrail_InvalidTimeRangeException,
                "The start time must not be later than the end time.");
    r = db_query(call->tx, &rows,
            "select public_key, fingerprint, valid_from, valid_until from cloudtrail_signing_key "
            "where region = $1 and valid_from <= $2 and valid_until >= $3 order by valid_until "
            "limit $4",
            call->region, until, from, (int64_t)KEYS_MAX);
    if (r < 0)
        return r;
    out->PublicKeyList.is_set = true;
    out->PublicKeyList.items = arena_array(call->arena, rows.len, struct cloudtrail_PublicKey);
    for (size_t i = 0; i < rows.len; i++)
        out->PublicKeyList.items[out->PublicKeyList.len++] = (struct cloudtrail_PublicKey){
                .Value = row_text(&rows.items[i], 0),
                .Fingerprint = row_text(&rows.items[i], 1),
                .ValidityStartTime = SOME_TIME(row_int(&rows.items[i], 2)),
                .ValidityEndTime = SOME_TIME(row_int(&rows.items[i], 3)),
        };
    return 0;
}
