#include "services/cloudtrail/chain.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/random.h"
#include "services/cloudtrail/signing.h"

enum {
    TEXT_MAX = 8 << 20, /* of a digest: CHAIN_MAX_FILES of some kilobytes */
};
static const int64_t SECOND_MS = 1000, DAY_MS = 86400000;
static const str ALGORITHM = STR_INIT("SHA256withRSA");

struct digest_file {
    str bucket, object, hash, signature; /* absent: there is none */
};

/* What prepare hands to commit. */
struct link {
    str chain, region;
    int64_t started, ended;
    struct digest_file before, self;
    struct trail trail;
    struct db_rows files;
    struct trail_file file;
    bool is_ready; /* false: the chain is gone */
};

/* ---- The chain and its files --------------------------------------------------------------- */

static bool goes_on(const struct trail *trail)
{
    return trail->is_logging && trail->has_validation;
}

static int plan(struct queue *queue, struct tx *tx, str chain, int64_t when)
{
    return queue_add(queue, tx, "cloudtrail.digest", chain, STR(""), when);
}

int chain_begin(
        struct queue *queue, struct tx *tx, const struct trail *trail, str region, int64_t now)
{
    str id = random_uuid(tx->arena);
    int r;

    if (!goes_on(trail))
        return 0;
    r = db_exec(tx,
            "insert into cloudtrail_chain (id, trail, region, started) values ($1, $2, $3, $4) "
            "on conflict (trail, region) do nothing",
            id, trail->id, region, now / SECOND_MS * SECOND_MS);
    return r <= 0 ? r : plan(queue, tx, id, now + CHAIN_EVERY_MS);
}

int chain_add(struct tx *tx, str trail, str region, const struct chain_file *file, int64_t now)
{
    int r = db_exec(tx,
            "insert into cloudtrail_log_file (chain, delivered, bucket, object, hash, oldest, "
            "newest) select id, $3, $4, $5, $6, $7, $8 from cloudtrail_chain where trail = $1 and "
            "region = $2",
            trail, region, now, file->bucket, file->object, file->hash, file->oldest, file->newest);

    return r < 0 ? r : 0;
}

/* ---- The text of a digest ------------------------------------------------------------------ */

static void write_or_null(struct buf *out, str name, str value)
{
    json_write_key(out, name);
    if (value.ptr)
        json_write_str(out, value);
    else
        buf_add(out, STR("null"));
}

static void write_files(struct buf *out, const struct db_rows *files)
{
    json_write_key(out, STR("logFiles"));
    buf_char(out, '[');
    for (size_t i = 0; i < files->len; i++) {
        const struct db_row *row = &files->items[i];

        buf_add(out, i ? STR(",{") : STR("{"));
        json_write_member(out, STR("s3Bucket"), row_text(row, 1));
        json_write_member(out, STR("s3Object"), row_text(row, 2));
        json_write_member(out, STR("hashValue"), row_text(row, 3));
        json_write_member(out, STR("hashAlgorithm"), STR("SHA-256"));
        json_write_member(out, STR("newestEventTime"), row_text(row, 5));
        json_write_member(out, STR("oldestEventTime"), row_text(row, 4));
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* ISO 8601 sorts as time does. */
static str extreme_of(const struct db_rows *files, size_t column, bool is_latest)
{
    str found = {0};

    for (size_t i = 0; i < files->len; i++) {
        str time = row_text(&files->items[i], column);

        if (!found.ptr || (is_latest ? str_cmp(time, found) > 0 : str_cmp(time, found) < 0))
            found = time;
    }
    return found;
}

static str digest_text(struct arena *arena, const struct link *link, str fingerprint)
{
    struct buf out = buf_make(arena, TEXT_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("awsAccountId"), link->trail.account);
    json_write_member(&out, STR("digestStartTime"), time_iso8601(arena, link->started));
    json_write_member(&out, STR("digestEndTime"), time_iso8601(arena, link->ended));
    json_write_member(&out, STR("digestS3Bucket"), link->self.bucket);
    json_write_member(&out, STR("digestS3Object"), link->self.object);
    json_write_member(&out, STR("digestPublicKeyFingerprint"), fingerprint);
    json_write_member(&out, STR("digestSignatureAlgorithm"), ALGORITHM);
    write_or_null(&out, STR("newestEventTime"), extreme_of(&link->files, 5, true));
    write_or_null(&out, STR("oldestEventTime"), extreme_of(&link->files, 4, false));
    write_or_null(&out, STR("previousDigestS3Bucket"), link->before.bucket);
    write_or_null(&out, STR("previousDigestS3Object"), link->before.object);
    write_or_null(&out, STR("previousDigestHashValue"), link->before.hash);
    write_or_null(&out, STR("previousDigestHashAlgorithm"),
            link->before.hash.ptr ? STR("SHA-256") : (str){0});
    write_or_null(&out, STR("previousDigestSignature"), link->before.signature);
    write_files(&out, &link->files);
    buf_char(&out, '}');
    return buf_is_full(&out) ? (str){0} : buf_str(&out);
}

static str signed_text(struct arena *arena, const struct link *link)
{
    str before = link->before.signature.ptr ? link->before.signature : STR("null");

    return str_printf(arena, "%.*s\n%.*s/%.*s\n%.*s\n%.*s",
            STR_ARG(time_iso8601(arena, link->ended)), STR_ARG(link->self.bucket),
            STR_ARG(link->self.object), STR_ARG(link->self.hash), STR_ARG(before));
}

static str object_of(struct arena *arena, const struct link *link)
{
    const struct trail *trail = &link->trail;
    str folder = trail_folder(arena, trail, "CloudTrail-Digest", link->region);
    str time = time_basic(arena, link->ended);

    return str_printf(arena,
            "%.*s%.4s/%.2s/%.2s/%.*s_CloudTrail-Digest_%.*s_%.*s_%.*s_%.*s.json.gz",
            STR_ARG(folder), time.ptr, time.ptr + 4, time.ptr + 6, STR_ARG(trail->account),
            STR_ARG(link->region), STR_ARG(trail->name), STR_ARG(trail->region), STR_ARG(time));
}

/* ---- The job ------------------------------------------------------------------------------- */

static int read_chain(struct tx *tx, struct link *link)
{
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select trail, region, started, bucket, object, hash, signature from "
            "cloudtrail_chain where id = $1",
            link->chain);

    if (r <= 0)
        return r;
    link->region = row_text(row, 1);
    link->started = row_int(row, 2);
    link->before = (struct digest_file){
            row_text(row, 3), row_text(row, 4), row_text(row, 5), row_text(row, 6)};
    return trail_by_id(tx, row_text(row, 0), &link->trail);
}

static int read_link(struct tx *tx, void *arg)
{
    struct link *link = arg;
    int r = read_chain(tx, link);

    link->is_ready = r > 0;
    if (r <= 0)
        return r;
    return db_query(tx, &link->files,
            "select delivered, bucket, object, hash, oldest, newest from cloudtrail_log_file "
            "where chain = $1 order by delivered, object limit $2",
            link->chain, (int64_t)CHAIN_MAX_FILES);
}

int chain_prepare(struct job *job, struct error *err)
{
    struct server *server = job->context;
    struct link *link = arena_new(job->arena, struct link);
    int64_t now = clock_now() / SECOND_MS * SECOND_MS;
    struct signing_key key;
    str text;
    int r;

    job->prepared = link;
    link->chain = job->key;
    r = db_read(server->db, job->arena, read_link, link, err);
    if (r < 0 || !link->is_ready)
        return r;
    link->ended = now > link->started ? now : link->started + SECOND_MS;
    link->self.bucket = link->trail.bucket;
    link->self.object = object_of(job->arena, link);
    r = signing_key_get(server, job->arena, link->region, link->ended, &key, err);
    if (r < 0)
        return r;
    text = digest_text(job->arena, link, key.fingerprint);
    if (!text.ptr)
        return error_set(err, E2BIG, "a digest file is larger than %d bytes", TEXT_MAX);
    link->self.hash = sha256_hex(job->arena, text);
    r = signing_sign(
            server, job->arena, &key, signed_text(job->arena, link), &link->self.signature, err);
    if (r < 0)
        return r;
    link->file.key = link->self.object;
    link->file.metadata =
            str_printf(job->arena, "{\"signature\":\"%.*s\",\"signature-algorithm\":\"%.*s\"}",
                    STR_ARG(link->self.signature), STR_ARG(ALGORITHM));
    return trail_file_make(server, job->arena, &link->trail, text, &link->file, err);
}

/* The next one begins where this one ends. */
static int move_on(struct tx *tx, const struct link *link)
{
    int r = db_exec(tx,
            "update cloudtrail_chain set started = $2, bucket = $3, object = $4, hash = $5, "
            "signature = $6 where id = $1",
            link->chain, link->ended, link->self.bucket, link->self.object, link->self.hash,
            link->self.signature);

    for (size_t i = 0; i < link->files.len && r >= 0; i++)
        r = db_exec(tx,
                "delete from cloudtrail_log_file where chain = $1 and delivered = $2 and "
                "object = $3",
                link->chain, row_int(&link->files.items[i], 0), row_text(&link->files.items[i], 2));
    return r < 0 ? r : 0;
}

static int end_chain(struct tx *tx, str chain)
{
    int r = db_exec(tx, "delete from cloudtrail_chain where id = $1", chain);

    return r < 0 ? r : 0;
}

static int delivered(struct server *server, struct tx *tx, const struct link *link,
        const struct trail *trail, int64_t now)
{
    int r = trail_note(tx, trail, "digests", now, (str){0});

    if (r == 0)
        r = move_on(tx, link);
    if (r < 0)
        return r;
    if (link->files.len == CHAIN_MAX_FILES)
        return plan(server->queue, tx, link->chain, now);
    return goes_on(trail) ? plan(server->queue, tx, link->chain, now + CHAIN_EVERY_MS)
                          : end_chain(tx, link->chain);
}

static int refused(struct server *server, struct tx *tx, const struct link *link,
        const struct trail *trail, int64_t now, str code)
{
    int r = trail_note(tx, trail, "digests", now, code);

    if (r < 0)
        return r;
    if (!goes_on(trail) && now - link->started > TRAIL_KEEP_DAYS * DAY_MS)
        return end_chain(tx, link->chain);
    return plan(server->queue, tx, link->chain, now + DELIVER_EVERY_MS);
}

/* The trail may have been changed since prepare; what was signed names the bucket and the key. */
static bool is_current(struct tx *tx, const struct link *link, const struct trail *trail)
{
    struct link again = {.region = link->region, .ended = link->ended, .trail = *trail};

    return str_eq(trail->bucket, link->self.bucket) &&
           str_eq(object_of(tx->arena, &again), link->self.object);
}

int chain_commit(struct job *job, struct tx *tx)
{
    struct server *server = job->context;
    struct link *link = job->prepared, now_it_is = {.chain = job->key};
    struct call_failure failure;
    struct call *call;
    int r;

    if (!link->is_ready || (r = read_chain(tx, &now_it_is)) == 0)
        return 0;
    if (r < 0)
        return r;
    if (!is_current(tx, link, &now_it_is.trail))
        return plan(server->queue, tx, link->chain, clock_now());
    call = call_for_job(
            server, job->arena, tx, link->trail.account, link->trail.region, &cloudtrail_service);
    r = trail_file_put(call, &link->trail, &link->file, &failure);
    if (r == CALL_FAILED)
        return refused(server, tx, link, &now_it_is.trail, call->now, failure.code);
    return r < 0 ? r : delivered(server, tx, link, &now_it_is.trail, call->now);
}

/* An error of ours: the files wait for the next digest. */
int chain_give_up(struct job *job, struct tx *tx, const struct error *why)
{
    struct server *server = job->context;
    struct link link = {.chain = job->key};
    int r = read_chain(tx, &link);

    (void)why; /* the queue logs it */
    if (r > 0)
        r = trail_note(tx, &link.trail, "digests", clock_now(), STR("InternalError"));
    return r < 0 ? r : plan(server->queue, tx, job->key, clock_now() + CHAIN_EVERY_MS);
}
