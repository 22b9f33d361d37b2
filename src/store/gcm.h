/*
 * gcm - AES-256-GCM under one key for many messages
 *
 * Keeps OpenSSL's context, so that the key is expanded once and a message costs only
 * its bytes. One direction for each struct. OpenSSL refusing to encrypt is out of
 * memory or a broken build, and ends the process.
 *
 * Threads   one at a time
 */
#pragma once

#include "base/str.h"

enum {
    GCM_KEY_LEN = 32,
    GCM_NONCE_LEN = 12,
    GCM_TAG_LEN = 16,
};

struct gcm {
    void *ctx; /* EVP_CIPHER_CTX */
};

#define AUTO_GCM __attribute__((cleanup(gcm_done)))
void gcm_init_encrypt(struct gcm *gcm, const unsigned char key[GCM_KEY_LEN]);
void gcm_init_decrypt(struct gcm *gcm, const unsigned char key[GCM_KEY_LEN]);
void gcm_done(struct gcm *gcm); /* wipes the key */

/* `ret` gets plain.len + GCM_TAG_LEN bytes. */
void gcm_encrypt(struct gcm *gcm, const unsigned char nonce[GCM_NONCE_LEN], str aad, str plain,
        unsigned char *ret);
/* `ret` gets sealed.len - GCM_TAG_LEN bytes, wiped when they are not authentic: -EBADMSG. */
MUST_CHECK int gcm_decrypt(struct gcm *gcm, const unsigned char nonce[GCM_NONCE_LEN], str aad,
        str sealed, unsigned char *ret);
