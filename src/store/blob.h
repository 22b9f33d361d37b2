/*
 * blob - immutable bytes of any size, sealed, in files or an S3-compatible store
 *
 * A blob is written once and then only read or removed. Its bytes are sealed in
 * chunks of 64 KiB with AES-256-GCM under a data key of its own; each chunk is bound
 * to the blob's id, its number, and whether it is the last: truncation, swapping and
 * reordering are detected, and ranges can be read.
 *
 *     struct blob_writer *w;
 *     blob_create(store, key, &w, err);          temporary name
 *     blob_write(w, bytes, err) ...
 *     blob_finish(w, arena, &info, err);         synced, renamed: durable
 *     db_write: blob_record(tx, info.id, ...)    only now it is referenced
 *
 * A blob without a row (a crash in between, a transaction that failed) is removed
 * by blob_collect() after a grace period. Who holds the row owns the blob:
 * blob_release(tx, id) in the transaction that drops the last reference.
 *
 * The data key is the caller's: services take one from KMS and keep it sealed in
 * their row.
 *
 * Errors    -ENOENT  no such blob
 *           -EBADMSG the stored bytes were changed, or the key is another
 *           -ENOSPC  the disk is full; nothing was kept
 */
#pragma once

#include "store/db.h"

enum {
    BLOB_CHUNK = 65536,
    BLOB_KEY_LEN = 32,
};

struct blob_store;
struct blob_writer;
struct blob_reader;

struct blob_key {
    unsigned char bytes[BLOB_KEY_LEN]; /* wipe after use */
};

struct blob_info {
    str id;       /* random, 32 hex digits */
    int64_t size; /* plain bytes */
};

/* `where` is a directory, or "s3://bucket/prefix?endpoint=…&region=…" (credentials from the
 * environment). */
MUST_CHECK int blob_store_open(const char *where, struct blob_store **ret, struct error *err);
void blob_store_close(struct blob_store *store);

MUST_CHECK int blob_create(struct blob_store *store, const struct blob_key *key,
        struct blob_writer **ret, struct error *err);
MUST_CHECK int blob_write(struct blob_writer *writer, str bytes, struct error *err);
/* Ends and frees the writer, also on failure. */
MUST_CHECK int blob_finish(
        struct blob_writer *writer, struct arena *arena, struct blob_info *ret, struct error *err);
void blob_abandon(struct blob_writer *writer); /* NULL is fine */
/* All at once. */
MUST_CHECK int blob_put(struct blob_store *store, const struct blob_key *key, str bytes,
        struct arena *arena, struct blob_info *ret, struct error *err);

MUST_CHECK int blob_open(struct blob_store *store, str id, const struct blob_key *key,
        struct blob_reader **ret, struct error *err);
int64_t blob_size(const struct blob_reader *reader);
/* Up to `len` bytes from `offset`; fewer only at the end; 0 at the end. */
MUST_CHECK ssize_t blob_read(
        struct blob_reader *reader, int64_t offset, void *ptr, size_t len, struct error *err);
void blob_close(struct blob_reader *reader); /* NULL is fine */

/*
 * Reads all that is stored of a blob and compares it with its length and checksum: for
 * those without its key. -EBADMSG cut, lengthened or changed; `size` is the row's.
 */
MUST_CHECK int blob_verify(struct blob_store *store, str id, int64_t size, struct error *err);
/* Copies a blob as it is stored: 1 copied, 0 the other store has it already. */
MUST_CHECK int blob_copy(struct blob_store *from, struct blob_store *to, str id, struct error *err);
/* Calls fn for every blob that is stored now, until it returns < 0. */
MUST_CHECK int blob_walk(struct blob_store *store, int (*fn)(void *arg, const char *id), void *arg,
        struct error *err);

/* Rows: a blob lives while its row does. `owner` says whose it is, for fsck ("s3.object/…"). */
MUST_CHECK int blob_record(struct tx *tx, str id, int64_t size, str owner);
/* One more reference (a copy). */
MUST_CHECK int blob_retain(struct tx *tx, str id);
MUST_CHECK int blob_release(struct tx *tx, str id);
/* Removes what no row refers to and is older than grace_ms. The count removed. */
MUST_CHECK int blob_collect(
        struct blob_store *store, struct db *db, int64_t grace_ms, struct error *err);
extern const struct db_schema blob_schema;
