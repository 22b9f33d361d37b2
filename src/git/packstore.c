#include "git/packstore.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/random.h"
#include "git/internal.h"

#include <fcntl.h>
#include <sys/stat.h>

enum {
    STEP = BLOB_CHUNK * 4,
    SALT_LEN = 16,
    PACK_HEADER = 12, /* "PACK", version, count */
};

static struct blob_key derive(const unsigned char key[GIT_KEY_LEN], const char *what, str salt)
{
    AUTO_ARENA struct arena scratch = {0};
    struct blob_key made;

    _Static_assert((int)BLOB_KEY_LEN == (int)SHA256_LEN, "one HMAC makes a key");
    hmac_sha256((str){(const char *)key, GIT_KEY_LEN},
            str_printf(&scratch, "slipway git %s %.*s", what, STR_ARG(salt)), made.bytes);
    return made;
}

static const char *path_of(
        struct arena *arena, const char *dir, str name, const char *kind, const char *prefix)
{
    return str_cstr(
            arena, str_printf(arena, "%s/%spack-%.*s.%s", dir, prefix, STR_ARG(name), kind));
}

/* ---- From a folder ---------------------------------------------------------------- */

static int copy_in(int fd, struct blob_writer *writer, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, STEP, 1);

    for (;;) {
        ssize_t n = fd_read_full(fd, bytes, STEP, err);
        if (n <= 0)
            return (int)n;
        int r = blob_write(writer, (str){bytes, (size_t)n}, err);
        if (r < 0)
            return r;
    }
}

static int store_file(struct git_view *view, struct arena *arena, const char *path,
        const char *kind, str salt, struct blob_info *ret, struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct blob_key key = derive(view->entry->key, kind, salt);
    struct blob_writer *writer;
    int r;

    if (fd < 0) {
        mem_wipe(&key, sizeof(key));
        return error_set(err, errno, "could not open a pack: %m");
    }
    r = blob_create(view->git->options.blobs, &key, &writer, err);
    mem_wipe(&key, sizeof(key));
    if (r < 0)
        return r;
    r = copy_in(fd, writer, err);
    if (r < 0) {
        blob_abandon(writer);
        return r;
    }
    return blob_finish(writer, arena, ret, err);
}

static int count_objects(const char *path, int64_t *ret, struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char head[PACK_HEADER];
    ssize_t n = fd < 0 ? -1 : fd_read_full(fd, head, sizeof(head), err);

    if (n != PACK_HEADER)
        return error_set(err, EIO, "could not read the head of a pack");
    *ret = (int64_t)head[8] << 24 | head[9] << 16 | head[10] << 8 | head[11];
    return 0;
}

int git_pack_store(struct git_view *view, struct arena *arena, const char *dir, str name,
        struct git_pack *ret, struct error *err)
{
    const char *pack_path = path_of(arena, dir, name, "pack", "");
    unsigned char random[SALT_LEN];
    struct git_pack pack = {.name = str_dup(arena, name)};
    struct blob_info bytes, index;
    int r;

    random_bytes(random, sizeof(random));
    pack.salt = hex_encode(arena, (str){(const char *)random, sizeof(random)});
    r = count_objects(pack_path, &pack.objects, err);
    if (r == 0)
        r = store_file(view, arena, pack_path, "pack", pack.salt, &bytes, err);
    if (r == 0)
        r = store_file(
                view, arena, path_of(arena, dir, name, "idx", ""), "idx", pack.salt, &index, err);
    if (r < 0)
        return r;
    pack.blob = bytes.id;
    pack.size = bytes.size;
    pack.index_blob = index.id;
    pack.index_size = index.size;
    *ret = pack;
    return 0;
}

/* ---- Into a folder ---------------------------------------------------------------- */

static int copy_out(struct blob_reader *reader, int fd, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *bytes = arena_alloc(&scratch, STEP, 1);
    int64_t at = 0;

    for (;;) {
        ssize_t n = blob_read(reader, at, bytes, STEP, err);
        if (n <= 0)
            return (int)n;
        int r = fd_write_all(fd, (str){bytes, (size_t)n}, err);
        if (r < 0)
            return r;
        at += n;
    }
}

static int fetch_file(struct git *git, const unsigned char key[GIT_KEY_LEN],
        const struct git_pack *pack, const char *kind, str blob, const char *path,
        struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0400);
    struct blob_key blob_key = derive(key, kind, pack->salt);
    struct blob_reader *reader;
    int r;

    if (fd < 0) {
        mem_wipe(&blob_key, sizeof(blob_key));
        return error_set(err, errno, "could not make a pack in the cache: %m");
    }
    r = blob_open(git->options.blobs, blob, &blob_key, &reader, err);
    mem_wipe(&blob_key, sizeof(blob_key));
    if (r < 0)
        return r;
    r = copy_out(reader, fd, err);
    blob_close(reader);
    return r;
}

/* The index is what makes a pack visible: it is renamed last. */
int git_pack_fetch(struct git *git, const unsigned char key[GIT_KEY_LEN],
        const struct git_pack *pack, const char *dir, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const char *pack_temp = path_of(&scratch, dir, pack->name, "pack", "tmp_");
    const char *index_temp = path_of(&scratch, dir, pack->name, "idx", "tmp_");
    int r;

    (void)unlink(pack_temp); /* of a try that was cut short */
    (void)unlink(index_temp);
    r = fetch_file(git, key, pack, "pack", pack->blob, pack_temp, err);
    if (r == 0)
        r = fetch_file(git, key, pack, "idx", pack->index_blob, index_temp, err);
    if (r == 0 && (rename(pack_temp, path_of(&scratch, dir, pack->name, "pack", "")) < 0 ||
                          rename(index_temp, path_of(&scratch, dir, pack->name, "idx", "")) < 0))
        r = error_set(err, errno, "could not place a pack in the cache: %m");
    if (r < 0) {
        (void)unlink(pack_temp); /* what is left of it */
        (void)unlink(index_temp);
    }
    return r;
}
