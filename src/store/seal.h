/*
 * seal - authenticated encryption under the master key
 *
 *     sealed = version 1 (1 byte) | key number (4) | nonce (12) | ciphertext | tag (16)
 *
 * AES-256-GCM. The context (what the bytes are, and whose: "iam.access-key/AKIA…")
 * is bound as associated data: sealed bytes do not open elsewhere. Keys for each
 * purpose are derived from the master key by HKDF.
 *
 * The master key comes from a file of mode 0600 outside the database (made at the
 * first start), or from the operator's command.
 *
 * Errors    -EBADMSG  not sealed by us, changed, or another context
 */
#pragma once

#include "base/str.h"

struct seal;

enum {
    SEAL_OVERHEAD = 33,
    SEAL_KEY_LEN = 32
};

/* `path` holds 64 hex digits and a newline; created if absent. -EPERM others may read it. */
MUST_CHECK int seal_open(const char *path, struct seal **ret, struct error *err);
void seal_close(struct seal *seal); /* wipes the keys */

str seal_bytes(struct seal *seal, struct arena *arena, str context, str plain);
MUST_CHECK int seal_unseal(struct seal *seal, struct arena *arena, str context, str sealed,
        str *ret, struct error *err);
/* 32 bytes that depend on the master key and the label only: for MACs and derived secrets. */
void seal_derive(struct seal *seal, str label, unsigned char ret[SEAL_KEY_LEN]);

/* AES-256-GCM under a given key: what sealing, blobs and KMS share. `ret` gets plain.len + 16. */
void seal_gcm_encrypt(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[12], str aad,
        str plain, unsigned char *ret);
/* `ret` gets sealed.len - 16 bytes. -EBADMSG */
MUST_CHECK int seal_gcm_decrypt(const unsigned char key[SEAL_KEY_LEN],
        const unsigned char nonce[12], str aad, str sealed, unsigned char *ret);
