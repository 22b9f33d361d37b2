/*
 * The format of a blob:
 *
 *     "SLIPBLB1" | chunk 0 | chunk 1 | … | size (8, big-endian) | tag (16) | crc (8)
 *     chunk = ciphertext (65536; the last 1…65536) | tag (16)      no bytes: no chunk
 *
 *     key    HMAC-SHA-256(data key, "slipway blob:" | id): another one for each blob,
 *            so that a data key may serve several
 *     nonce  chunk n: 0 (4) | n (8)        end: ffffffff (4) | 0 (8)
 *     aad    chunk n: n (8) | 1 if it is the last (1)    end: size (8)
 *     crc    CRC-64/NVME of all before it: for those who look after the bytes and have
 *            no key (fsck). Readers trust the tags.
 *
 * The end authenticates the size, and is read when a blob is opened: one that was cut
 * or lengthened does not even open. A chunk's place is in its nonce and aad, the blob's
 * id in the key: chunks cannot change places or blobs.
 *
 * Writer and reader each hold one chunk, sealed and plain: constant memory.
 */
#include "store/blob.h"

#include "base/codec.h"
#include "base/crc.h"
#include "base/digest.h"
#include "base/random.h"
#include "store/blob_backend.h"
#include "store/gcm.h"

#include <assert.h>

enum {
    MAGIC_LEN = 8,
    SEALED_CHUNK = BLOB_CHUNK + GCM_TAG_LEN,
    SEALED_END = 8 + GCM_TAG_LEN,
    CRC_LEN = 8,
    END_LEN = SEALED_END + CRC_LEN,
    ID_LEN = 32,
};

#define MAGIC STR("SLIPBLB1")

struct blob_writer {
    const struct blob_backend *backend;
    void *file;
    struct gcm gcm;
    char id[ID_LEN + 1];
    int64_t size;
    int64_t chunk; /* number of the next */
    int failed;    /* what blob_write() returned first */
    size_t len;    /* of plain: a chunk is only sealed when it is known not to be the last */
    size_t room;   /* for plain: BLOB_CHUNK, or less when all is known to be less */
    unsigned char *plain;
    unsigned char *sealed;
    uint64_t crc; /* of what was appended */
};

struct blob_reader {
    const struct blob_backend *backend;
    void *file;
    struct gcm gcm;
    int64_t size;
    int64_t chunk; /* the one in plain; -1: none */
    size_t room;   /* of plain and sealed: a chunk, or less when the blob is less */
    unsigned char *plain;
    unsigned char *sealed;
};

/* ---- Keys and chunks -------------------------------------------------------------- */

static void put_number(unsigned char *ret, int64_t n)
{
    for (int i = 0; i < 8; i++)
        ret[i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
}

static int64_t get_number(const unsigned char *bytes)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | bytes[i];
    return (int64_t)n;
}

static void blob_own_key(const struct blob_key *key, const char *id, unsigned char *ret)
{
    char label[64];
    int len = snprintf(label, sizeof(label), "slipway blob:%s", id);

    hmac_sha256((str){(const char *)key->bytes, BLOB_KEY_LEN}, (str){label, (size_t)len}, ret);
}

struct binding {
    unsigned char nonce[GCM_NONCE_LEN];
    unsigned char aad[9];
};

static struct binding bind_chunk(int64_t number, bool is_last)
{
    struct binding binding = {{0}, {0}};

    put_number(binding.nonce + 4, number);
    put_number(binding.aad, number);
    binding.aad[8] = is_last;
    return binding;
}

static struct binding bind_end(int64_t size)
{
    struct binding binding = {{0xff, 0xff, 0xff, 0xff}, {0}};

    put_number(binding.aad, size);
    return binding;
}

static int64_t chunks_in(int64_t size)
{
    return (size + BLOB_CHUNK - 1) / BLOB_CHUNK;
}

/* Does a blob of `size` plain bytes take `stored` bytes? */
static bool is_stored_size(int64_t size, int64_t stored)
{
    return size >= 0 && size <= stored &&
           stored == MAGIC_LEN + size + chunks_in(size) * GCM_TAG_LEN + END_LEN;
}

static bool is_id(str id)
{
    return id.len == ID_LEN && is_lower_hex(id);
}

/* ---- Stores ----------------------------------------------------------------------- */

int blob_store_open(const char *where, struct blob_store **ret, struct error *err)
{
    struct blob_store store = {0};
    int r;

    if (str_starts(str_of(where), STR("s3://")))
        return error_set(err, ENOTSUP, "blobs in an S3-compatible store are not supported");
    r = blob_files_open(where, &store.backend, &store.state, err);
    if (r < 0)
        return r;
    *ret = memcpy(mem_new(struct blob_store), &store, sizeof(store));
    return 0;
}

void blob_store_close(struct blob_store *store)
{
    if (!store)
        return;
    store->backend->done(store->state);
    free(store);
}

/* ---- Writing ---------------------------------------------------------------------- */

static void free_writer(struct blob_writer *writer)
{
    gcm_done(&writer->gcm);
    mem_wipe(writer->plain, writer->room);
    free(writer->plain);
    free(writer->sealed);
    free(writer);
}

/* `most` is the size, if it is known: a small blob takes little memory. */
static int create(struct blob_store *store, const struct blob_key *key, size_t most,
        struct blob_writer **ret, struct error *err)
{
    struct blob_writer *writer = mem_new(struct blob_writer);
    unsigned char id[ID_LEN / 2], own[GCM_KEY_LEN];
    int r;

    random_bytes(id, sizeof(id));
    for (size_t i = 0; i < sizeof(id); i++)
        snprintf(writer->id + 2 * i, 3, "%02x", id[i]);
    writer->backend = store->backend;
    r = store->backend->create(store->state, writer->id, &writer->file, err);
    if (r < 0) {
        free(writer);
        return r;
    }
    writer->room = most < BLOB_CHUNK ? most : BLOB_CHUNK;
    writer->plain = mem_alloc(writer->room + 1, 1);
    writer->sealed = mem_alloc(writer->room + GCM_TAG_LEN, 1);
    blob_own_key(key, writer->id, own);
    gcm_init_encrypt(&writer->gcm, own);
    mem_wipe(own, sizeof(own));
    writer->crc = crc64nvme_add(0, MAGIC);
    r = store->backend->append(writer->file, MAGIC, err);
    if (r < 0) {
        blob_abandon(writer);
        return r;
    }
    *ret = writer;
    return 0;
}

int blob_create(struct blob_store *store, const struct blob_key *key, struct blob_writer **ret,
        struct error *err)
{
    return create(store, key, BLOB_CHUNK, ret, err);
}

static int append(struct blob_writer *writer, str bytes, struct error *err)
{
    writer->crc = crc64nvme_add(writer->crc, bytes);
    return writer->backend->append(writer->file, bytes, err);
}

static int write_chunk(struct blob_writer *writer, str plain, bool is_last, struct error *err)
{
    struct binding binding = bind_chunk(writer->chunk++, is_last);

    gcm_encrypt(&writer->gcm, binding.nonce, (str){(const char *)binding.aad, 9}, plain,
            writer->sealed);
    return append(writer, (str){(const char *)writer->sealed, plain.len + GCM_TAG_LEN}, err);
}

static void keep(struct blob_writer *writer, str *bytes)
{
    str part = str_head(*bytes, writer->room - writer->len);

    if (part.len)
        memcpy(writer->plain + writer->len, part.ptr, part.len);
    writer->len += part.len;
    *bytes = str_skip(*bytes, part.len);
}

int blob_write(struct blob_writer *writer, str bytes, struct error *err)
{
    int r = writer->failed;

    if (r < 0)
        return error_set(err, -r, "an earlier write of this blob failed");
    writer->size += (int64_t)bytes.len;
    while (bytes.len && r >= 0) {
        if (writer->len == 0 && bytes.len > BLOB_CHUNK) { /* straight from the caller's */
            r = write_chunk(writer, str_head(bytes, BLOB_CHUNK), false, err);
            bytes = str_skip(bytes, BLOB_CHUNK);
            continue;
        }
        keep(writer, &bytes);
        if (bytes.len) { /* full, and not the last */
            r = write_chunk(writer, (str){(char *)writer->plain, BLOB_CHUNK}, false, err);
            writer->len = 0;
        }
    }
    if (r < 0)
        writer->failed = r;
    return r < 0 ? r : 0;
}

static int write_end(struct blob_writer *writer, struct error *err)
{
    struct binding binding = bind_end(writer->size);
    unsigned char end[END_LEN];

    put_number(end, writer->size);
    gcm_encrypt(&writer->gcm, binding.nonce, (str){(const char *)binding.aad, 8}, STR(""), end + 8);
    put_number(end + SEALED_END,
            (int64_t)crc64nvme_add(writer->crc, (str){(const char *)end, SEALED_END}));
    return writer->backend->append(writer->file, (str){(const char *)end, END_LEN}, err);
}

int blob_finish(
        struct blob_writer *writer, struct arena *arena, struct blob_info *ret, struct error *err)
{
    int r = writer->failed;

    if (r < 0)
        (void)error_set(err, -r, "an earlier write of this blob failed");
    else if (writer->len)
        r = write_chunk(writer, (str){(char *)writer->plain, writer->len}, true, err);
    if (r >= 0)
        r = write_end(writer, err);
    if (r < 0) {
        blob_abandon(writer);
        return r;
    }
    r = writer->backend->commit(writer->file, err);
    if (r >= 0)
        *ret = (struct blob_info){str_dup(arena, str_of(writer->id)), writer->size};
    free_writer(writer);
    return r < 0 ? r : 0;
}

void blob_abandon(struct blob_writer *writer)
{
    if (!writer)
        return;
    writer->backend->abandon(writer->file);
    free_writer(writer);
}

int blob_put(struct blob_store *store, const struct blob_key *key, str bytes, struct arena *arena,
        struct blob_info *ret, struct error *err)
{
    struct blob_writer *writer;
    int r = create(store, key, bytes.len, &writer, err);

    if (r < 0)
        return r;
    r = blob_write(writer, bytes, err);
    if (r < 0) {
        blob_abandon(writer);
        return r;
    }
    return blob_finish(writer, arena, ret, err);
}

/* ---- Reading ---------------------------------------------------------------------- */

static int damaged(struct error *err)
{
    return error_set(err, EBADMSG, "a stored blob was changed, or its key is another");
}

/* The stored bytes of a blob: *ret_file, `stored` long. -ENOENT; `name` has ID_LEN + 1 bytes. */
static int open_stored(struct blob_store *store, str id, char *ret_name, void **ret_file,
        int64_t *ret_stored, struct error *err)
{
    if (!is_id(id))
        return error_set(err, ENOENT, "there is no such blob");
    snprintf(ret_name, ID_LEN + 1, "%.*s", STR_ARG(id));
    return store->backend->open(store->state, ret_name, ret_file, ret_stored, err);
}

static int read_end(struct blob_reader *reader, int64_t stored, struct error *err)
{
    unsigned char end[END_LEN], none[1];
    char magic[MAGIC_LEN];
    struct binding binding;
    int64_t size;
    int r;

    if (stored < MAGIC_LEN + END_LEN)
        return damaged(err);
    r = reader->backend->read(reader->file, stored - END_LEN, end, END_LEN, err);
    if (r >= 0)
        r = reader->backend->read(reader->file, 0, magic, MAGIC_LEN, err);
    if (r < 0)
        return r;
    size = get_number(end);
    if (!str_eq((str){magic, MAGIC_LEN}, MAGIC) || !is_stored_size(size, stored))
        return damaged(err);
    binding = bind_end(size);
    if (gcm_decrypt(&reader->gcm, binding.nonce, (str){(const char *)binding.aad, 8},
                (str){(const char *)end + 8, GCM_TAG_LEN}, none) < 0)
        return damaged(err);
    reader->size = size;
    reader->room = size < BLOB_CHUNK ? (size_t)size : BLOB_CHUNK;
    reader->plain = mem_alloc(reader->room + 1, 1);
    reader->sealed = mem_alloc(reader->room + GCM_TAG_LEN, 1);
    return 0;
}

int blob_open(struct blob_store *store, str id, const struct blob_key *key,
        struct blob_reader **ret, struct error *err)
{
    unsigned char own[GCM_KEY_LEN];
    struct blob_reader *reader;
    char name[ID_LEN + 1];
    int64_t stored = 0;
    void *file;
    int r = open_stored(store, id, name, &file, &stored, err);

    if (r < 0)
        return r;
    reader = mem_new(struct blob_reader);
    reader->backend = store->backend;
    reader->file = file;
    reader->chunk = -1;
    blob_own_key(key, name, own);
    gcm_init_decrypt(&reader->gcm, own);
    mem_wipe(own, sizeof(own));
    r = read_end(reader, stored, err);
    if (r < 0) {
        blob_close(reader);
        return r;
    }
    *ret = reader;
    return 0;
}

int64_t blob_size(const struct blob_reader *reader)
{
    return reader->size;
}

/* Reads chunk `number` into `ret`: its length. */
static ssize_t read_chunk(
        struct blob_reader *reader, int64_t number, unsigned char *ret, struct error *err)
{
    bool is_last = number == chunks_in(reader->size) - 1;
    size_t len = is_last ? (size_t)(reader->size - number * BLOB_CHUNK) : BLOB_CHUNK;
    struct binding binding = bind_chunk(number, is_last);
    int r = reader->backend->read(reader->file, MAGIC_LEN + number * SEALED_CHUNK, reader->sealed,
            len + GCM_TAG_LEN, err);

    if (r < 0)
        return r;
    if (gcm_decrypt(&reader->gcm, binding.nonce, (str){(const char *)binding.aad, 9},
                (str){(const char *)reader->sealed, len + GCM_TAG_LEN}, ret) < 0)
        return damaged(err);
    return (ssize_t)len;
}

/* The part of one chunk that is wanted. */
static ssize_t read_part(struct blob_reader *reader, int64_t offset, unsigned char *to, size_t len,
        struct error *err)
{
    int64_t number = offset / BLOB_CHUNK;
    size_t skip = (size_t)(offset % BLOB_CHUNK);
    int64_t left = reader->size - number * BLOB_CHUNK;
    size_t in_chunk = left < BLOB_CHUNK ? (size_t)left : BLOB_CHUNK;
    ssize_t n;

    if (skip == 0 && len >= in_chunk && number != reader->chunk)
        return read_chunk(reader, number, to, err); /* all of it, straight to the caller */
    if (number != reader->chunk) {
        reader->chunk = -1;
        n = read_chunk(reader, number, reader->plain, err);
        if (n < 0)
            return n;
        reader->chunk = number;
    }
    if (len > in_chunk - skip)
        len = in_chunk - skip;
    memcpy(to, reader->plain + skip, len);
    return (ssize_t)len;
}

ssize_t blob_read(
        struct blob_reader *reader, int64_t offset, void *ptr, size_t len, struct error *err)
{
    unsigned char *to = ptr;
    size_t done = 0;

    assert(offset >= 0);
    while (done < len && offset < reader->size) {
        ssize_t n = read_part(reader, offset, to + done, len - done, err);
        if (n < 0)
            return n;
        done += (size_t)n;
        offset += n;
    }
    return (ssize_t)done;
}

void blob_close(struct blob_reader *reader)
{
    if (!reader)
        return;
    reader->backend->close(reader->file);
    gcm_done(&reader->gcm);
    if (reader->plain)
        mem_wipe(reader->plain, reader->room);
    free(reader->plain);
    free(reader->sealed);
    free(reader);
}

/* ---- Verifying -------------------------------------------------------------------- */

static int verify(const struct blob_backend *backend, void *file, int64_t size, int64_t stored,
        struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    unsigned char *bytes = arena_alloc(&scratch, SEALED_CHUNK, 1), end[END_LEN];
    uint64_t crc = 0;
    int r;

    if (!is_stored_size(size, stored))
        return damaged(err);
    for (int64_t at = 0, left = stored - CRC_LEN; left > 0;) {
        size_t len = left < SEALED_CHUNK ? (size_t)left : SEALED_CHUNK;

        if ((r = backend->read(file, at, bytes, len, err)) < 0)
            return r;
        if (at == 0 && memcmp(bytes, MAGIC.ptr, MAGIC_LEN) != 0)
            return damaged(err);
        crc = crc64nvme_add(crc, (str){(const char *)bytes, len});
        at += (int64_t)len;
        left -= (int64_t)len;
    }
    if ((r = backend->read(file, stored - END_LEN, end, END_LEN, err)) < 0)
        return r;
    return get_number(end) == size && get_number(end + SEALED_END) == (int64_t)crc ? 0
                                                                                   : damaged(err);
}

int blob_verify(struct blob_store *store, str id, int64_t size, struct error *err)
{
    char name[ID_LEN + 1];
    int64_t stored = 0;
    void *file;
    int r = open_stored(store, id, name, &file, &stored, err);

    if (r < 0)
        return r;
    r = verify(store->backend, file, size, stored, err);
    store->backend->close(file);
    return r;
}

static int copy_bytes(const struct blob_backend *from, void *source, int64_t stored,
        const struct blob_backend *to, void *target, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, SEALED_CHUNK, 1);
    int r = 0;

    for (int64_t at = 0; at < stored && r >= 0;) {
        size_t len = stored - at < SEALED_CHUNK ? (size_t)(stored - at) : SEALED_CHUNK;

        r = from->read(source, at, bytes, len, err);
        if (r >= 0)
            r = to->append(target, (str){bytes, len}, err);
        at += (int64_t)len;
    }
    if (r >= 0)
        return to->commit(target, err);
    to->abandon(target);
    return r;
}

/* Blobs never change: one of the same length is the same. */
static bool has_same(struct blob_store *store, const char *name, int64_t stored)
{
    int64_t size = -1;
    void *file;

    if (store->backend->open(store->state, name, &file, &size, NULL) < 0)
        return false;
    store->backend->close(file);
    return size == stored;
}

int blob_copy(struct blob_store *from, struct blob_store *to, str id, struct error *err)
{
    char name[ID_LEN + 1];
    int64_t stored = 0;
    void *source, *target;
    int r = open_stored(from, id, name, &source, &stored, err);

    if (r < 0)
        return r;
    if (has_same(to, name, stored)) {
        from->backend->close(source);
        return 0;
    }
    r = to->backend->create(to->state, name, &target, err);
    if (r >= 0)
        r = copy_bytes(from->backend, source, stored, to->backend, target, err);
    from->backend->close(source);
    return r < 0 ? r : 1;
}

int blob_walk(struct blob_store *store, int (*fn)(void *arg, const char *id), void *arg,
        struct error *err)
{
    return store->backend->list(store->state, fn, arg, err);
}
