/*
 * ssh_key - a public key as SSH writes it, or as PEM
 *
 *     ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… alice@host      (the middle: the blob, in base64)
 *     -----BEGIN PUBLIC KEY-----…                            (X.509 SubjectPublicKeyInfo)
 *
 * Taken are RSA keys of 2048 to 16384 bits, Ed25519, and ECDSA on the three NIST curves. A key has
 * one blob: a number that is written in another way than SSH writes it is refused, so that the same
 * key cannot be there twice.
 *
 * Private to services/iam.
 */
#pragma once

#include "base/str.h"

enum {
    SSH_KEY_MAX = 16384, /* characters of a text */
};

struct ssh_key {
    str type;    /* "ssh-rsa" */
    str blob;    /* what an SSH client shows */
    str comment; /* absent: none */
};

/*
 * Reads either form.
 * -EPROTO  neither of the two forms
 * -EINVAL  a key of that form that cannot be right, or is too weak
 */
MUST_CHECK int ssh_key_parse(struct arena *arena, str text, struct ssh_key *ret, struct error *err);
/* "ssh-rsa AAAA… comment" */
str ssh_key_text(struct arena *arena, const struct ssh_key *key);
/* As PEM. -EINVAL: the blob is none of ours. */
MUST_CHECK int ssh_key_pem(struct arena *arena, str blob, str *ret, struct error *err);
/* MD5 of the blob: "12:34:…" */
str ssh_key_fingerprint(struct arena *arena, str blob);
