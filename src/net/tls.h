/*
 * tls - the certificate authority that is made at the first start
 *
 * DIR/tls/ca.pem, ca.key (ECDSA P-256, 10 years), server.pem (the chain), server.key
 * (397 days, renewed at a start within 30 days of its end, or when the names change).
 * Names: localhost, 127.0.0.1, ::1, the host's name, the listen host, and
 * *.localhost for virtual-host addressing of S3.
 */
#pragma once

#include "base/str.h"

struct tls_files {
    str certificate; /* PEM chain, in the arena */
    str key;
    str ca_path; /* for clients */
};

/* -EPERM a key file that others may read, -EINVAL a broken one. */
MUST_CHECK int tls_ensure(struct arena *arena, const char *dir, str listen_host,
        struct tls_files *ret, struct error *err);
/* The operator's own files. */
MUST_CHECK int tls_load(struct arena *arena, const char *certificate_path, const char *key_path,
        struct tls_files *ret, struct error *err);
