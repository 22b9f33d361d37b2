/*
 * tls - the certificate authority that is made at the first start
 *
 * DIR/tls/ca.pem, ca.key (ECDSA P-256, 10 years), server.pem (the chain), server.key
 * (397 days, renewed at a start within 30 days of its end, or when the names change).
 * Names: localhost, 127.0.0.1, ::1, the host's name, the listen host, and
 * *.localhost for virtual-host addressing of S3.
 *
 * DIR/tls/signer.pem (an RSA-2048 key and its certificate, 397 days) signs the deployment
 * specifications of CodeDeploy's agents. It is made when it is first needed.
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

/* The authority alone, for servers without TLS of their own. */
MUST_CHECK int tls_ensure_authority(struct arena *arena, const char *dir, struct error *err);

struct tls_signer {
    str pem; /* the key, then its certificate; in the arena, wipe after use */
};
/* Under the authority; renewed within 30 days of its end. Takes a tenth of a second the first time.
 */
MUST_CHECK int tls_ensure_signer(
        struct arena *arena, const char *dir, struct tls_signer *ret, struct error *err);
