#include "store/gcm.h"

#include <assert.h>
#include <limits.h>
#include <pthread.h>

#include <openssl/evp.h>

/* Fetched once: looking an algorithm up costs more than sealing a small message. */
static EVP_CIPHER *cipher;
static pthread_once_t cipher_once = PTHREAD_ONCE_INIT;

static void fetch_cipher(void)
{
    cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
}

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void init(struct gcm *gcm, const unsigned char *key, int encrypt)
{
    (void)pthread_once(&cipher_once, fetch_cipher);
    gcm->ctx = EVP_CIPHER_CTX_new();
    require(cipher && gcm->ctx);
    require(EVP_CipherInit_ex2(gcm->ctx, cipher, key, NULL, encrypt, NULL) == 1);
}

void gcm_init_encrypt(struct gcm *gcm, const unsigned char key[GCM_KEY_LEN])
{
    init(gcm, key, 1);
}

void gcm_init_decrypt(struct gcm *gcm, const unsigned char key[GCM_KEY_LEN])
{
    init(gcm, key, 0);
}

void gcm_done(struct gcm *gcm)
{
    EVP_CIPHER_CTX_free(gcm->ctx);
    gcm->ctx = NULL;
}

/* Starts a message, and feeds what is authenticated but not hidden. */
static void begin(struct gcm *gcm, const unsigned char *nonce, str aad)
{
    int n;

    require(EVP_CipherInit_ex2(gcm->ctx, NULL, NULL, nonce, -1, NULL) == 1);
    require(aad.len <= INT_MAX);
    if (aad.len)
        require(EVP_CipherUpdate(
                        gcm->ctx, NULL, &n, (const unsigned char *)aad.ptr, (int)aad.len) == 1);
}

void gcm_encrypt(struct gcm *gcm, const unsigned char nonce[GCM_NONCE_LEN], str aad, str plain,
        unsigned char *ret)
{
    int n = 0, rest = 0;

    require(plain.len <= INT_MAX);
    begin(gcm, nonce, aad);
    if (plain.len)
        require(EVP_CipherUpdate(
                        gcm->ctx, ret, &n, (const unsigned char *)plain.ptr, (int)plain.len) == 1);
    require(EVP_CipherFinal_ex(gcm->ctx, ret + n, &rest) == 1);
    require(EVP_CIPHER_CTX_ctrl(gcm->ctx, EVP_CTRL_AEAD_GET_TAG, GCM_TAG_LEN, ret + plain.len) ==
            1);
}

int gcm_decrypt(struct gcm *gcm, const unsigned char nonce[GCM_NONCE_LEN], str aad, str sealed,
        unsigned char *ret)
{
    unsigned char tag[GCM_TAG_LEN];
    size_t len = sealed.len - GCM_TAG_LEN;
    int n = 0, rest = 0;

    if (sealed.len < GCM_TAG_LEN || len > INT_MAX)
        return -EBADMSG;
    memcpy(tag, sealed.ptr + len, sizeof(tag));
    begin(gcm, nonce, aad);
    if (len)
        require(EVP_CipherUpdate(gcm->ctx, ret, &n, (const unsigned char *)sealed.ptr, (int)len) ==
                1);
    require(EVP_CIPHER_CTX_ctrl(gcm->ctx, EVP_CTRL_AEAD_SET_TAG, GCM_TAG_LEN, tag) == 1);
    if (EVP_CipherFinal_ex(gcm->ctx, ret + n, &rest) == 1)
        return 0;
    mem_wipe(ret, len);
    return -EBADMSG;
}
