/*
 * The master key never encrypts: HKDF (RFC 5869, SHA-256) makes a key of it for each
 * purpose. Sealing takes as purpose the context up to its first '/', so that the
 * random nonces of one kind of secret cannot meet those of another.
 */
#include "store/seal.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/random.h"
#include "store/gcm.h"

#include <fcntl.h>
#include <sys/stat.h>

enum {
    VERSION = 1,
    KEY_NUMBER = 1,
    HEADER_LEN = 1 + 4 + GCM_NONCE_LEN,
    KEY_FILE_LEN = 2 * SEAL_KEY_LEN + 1,
    LABEL_MAX = 512,
};

struct seal {
    unsigned char extracted[SHA256_LEN]; /* HKDF's pseudo-random key */
};

/* ---- The key file ----------------------------------------------------------------- */

/* Makes the file whole or not at all; who comes second uses the first one's. */
static int create_key_file(const char *path, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    unsigned char key[SEAL_KEY_LEN];
    char *text = arena_array(&scratch, KEY_FILE_LEN + 1, char);
    char *temp = str_cstr(
            &scratch, str_printf(&scratch, "%s.%.*s", path, STR_ARG(random_uuid(&scratch))));
    AUTO_CLOSE int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not create \"%s\": %m", temp);
    random_bytes(key, sizeof(key));
    hex_write((str){(const char *)key, sizeof(key)}, text);
    text[KEY_FILE_LEN - 1] = '\n';
    r = fd_write_all(fd, (str){text, KEY_FILE_LEN}, err);
    if (r >= 0)
        r = fd_sync(fd, err);
    if (r >= 0 && link(temp, path) < 0 && errno != EEXIST)
        r = error_set(err, errno, "could not create \"%s\": %m", path);
    (void)unlink(temp); /* left behind it does no harm */
    mem_wipe(key, sizeof(key));
    mem_wipe(text, KEY_FILE_LEN);
    if (r < 0)
        return r;

    ptrdiff_t slash = str_rfind_char(str_of(path), '/');
    return fs_sync_dir(slash < 0    ? "."
                       : slash == 0 ? "/"
                                    : str_cstr(&scratch, str_head(str_of(path), (size_t)slash)),
            err);
}

static int read_key_file(const char *path, unsigned char ret[SEAL_KEY_LEN], struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char text[KEY_FILE_LEN + 1];
    struct stat st;
    str key;
    int r = -EINVAL;

    if (fd < 0 || fstat(fd, &st) < 0)
        return error_set(err, errno, "could not open \"%s\": %m", path);
    if (st.st_mode & 077)
        return error_set(err, EPERM, "\"%s\" may be read by others: its mode must be 0600", path);
    ssize_t n = fd_read_full(fd, text, sizeof(text), err);
    if (n < 0)
        return (int)n;
    if (n == KEY_FILE_LEN && text[KEY_FILE_LEN - 1] == '\n')
        r = hex_decode(&scratch, (str){text, KEY_FILE_LEN - 1}, &key);
    mem_wipe(text, sizeof(text));
    if (r < 0)
        return error_set(err, EINVAL, "\"%s\" does not hold a master key (64 hex digits)", path);
    memcpy(ret, key.ptr, SEAL_KEY_LEN);
    mem_wipe((char *)key.ptr, key.len);
    return 0;
}

int seal_open(const char *path, struct seal **ret, struct error *err)
{
    unsigned char key[SEAL_KEY_LEN];
    struct seal *seal;
    int r = 0;

    if (!fs_exists(path))
        r = create_key_file(path, err);
    if (r >= 0)
        r = read_key_file(path, key, err);
    if (r < 0)
        return r;
    seal = mem_new(struct seal);
    hmac_sha256(STR("slipway master key"), (str){(const char *)key, sizeof(key)}, seal->extracted);
    mem_wipe(key, sizeof(key));
    *ret = seal;
    return 0;
}

void seal_close(struct seal *seal)
{
    if (!seal)
        return;
    mem_wipe(seal, sizeof(*seal));
    free(seal);
}

/* ---- Keys for a purpose ----------------------------------------------------------- */

/* HKDF-Expand for one block: HMAC(extracted, use | ":" | label | 1). */
static void expand(const struct seal *seal, str use, str label, unsigned char *ret)
{
    struct digest digest;
    AUTO_ARENA struct arena scratch = {0};
    char info[LABEL_MAX + 64];
    size_t len = 0;

    if (label.len > LABEL_MAX) { /* stands for itself by its hash, under another use */
        digest_init(&digest, DIGEST_SHA256);
        digest_add(&digest, label);
        label = digest_final(&digest, &scratch);
        digest_done(&digest);
        info[len++] = '#';
    }
    memcpy(info + len, use.ptr, use.len);
    len += use.len;
    info[len++] = ':';
    if (label.len)
        memcpy(info + len, label.ptr, label.len);
    len += label.len;
    info[len++] = 1;
    hmac_sha256((str){(const char *)seal->extracted, SHA256_LEN}, (str){info, len}, ret);
}

void seal_derive(struct seal *seal, str label, unsigned char ret[SEAL_KEY_LEN])
{
    expand(seal, STR("derive"), label, ret);
}

static void sealing_key(const struct seal *seal, str context, unsigned char *ret)
{
    str purpose = context, rest = context;

    (void)str_cut(&rest, '/', &purpose); /* no '/': all of it */
    expand(seal, STR("seal"), purpose, ret);
}

/* ---- Sealing ---------------------------------------------------------------------- */

str seal_bytes(struct seal *seal, struct arena *arena, str context, str plain)
{
    unsigned char key[SEAL_KEY_LEN];
    unsigned char *out = arena_alloc(arena, plain.len + SEAL_OVERHEAD, 1);
    unsigned char *nonce = out + HEADER_LEN - GCM_NONCE_LEN;

    out[0] = VERSION;
    out[4] = KEY_NUMBER; /* big-endian */
    random_bytes(nonce, GCM_NONCE_LEN);
    sealing_key(seal, context, key);
    seal_gcm_encrypt(key, nonce, context, plain, out + HEADER_LEN);
    mem_wipe(key, sizeof(key));
    return (str){(const char *)out, plain.len + SEAL_OVERHEAD};
}

int seal_unseal(struct seal *seal, struct arena *arena, str context, str sealed, str *ret,
        struct error *err)
{
    static const unsigned char header[] = {VERSION, 0, 0, 0, KEY_NUMBER};
    unsigned char key[SEAL_KEY_LEN];
    const unsigned char *nonce;
    unsigned char *plain;
    int r;

    if (sealed.len < SEAL_OVERHEAD || memcmp(sealed.ptr, header, sizeof(header)) != 0)
        return error_set(err, EBADMSG, "bytes were not sealed under this master key");
    nonce = (const unsigned char *)sealed.ptr + sizeof(header);
    arena_hold_secrets(arena);
    plain = arena_alloc(arena, sealed.len - SEAL_OVERHEAD + 1, 1);
    sealing_key(seal, context, key);
    r = seal_gcm_decrypt(key, nonce, context, str_skip(sealed, HEADER_LEN), plain);
    mem_wipe(key, sizeof(key));
    if (r < 0)
        return error_set(err, EBADMSG,
                "sealed bytes were changed, or belong to another master key or context");
    *ret = (str){(const char *)plain, sealed.len - SEAL_OVERHEAD};
    return 0;
}

void seal_gcm_encrypt(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[12], str aad,
        str plain, unsigned char *ret)
{
    AUTO_GCM struct gcm gcm;

    gcm_init_encrypt(&gcm, key);
    gcm_encrypt(&gcm, nonce, aad, plain, ret);
}

int seal_gcm_decrypt(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[12], str aad,
        str sealed, unsigned char *ret)
{
    AUTO_GCM struct gcm gcm;

    gcm_init_decrypt(&gcm, key);
    return gcm_decrypt(&gcm, nonce, aad, sealed, ret);
}
