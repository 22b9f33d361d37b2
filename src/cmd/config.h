/*
 * config - what `slipway serve` was told, and where things lie in the data directory
 *
 *     DIR/credentials    root access key of the first account (AWS shared-credentials format, 0600)
 *     DIR/master.key     the master key (0600)
 *     DIR/slipway.db     SQLite, unless --database names another
 *     DIR/blobs/         sealed bytes, unless --blobs names another place
 *     DIR/cache/         disposable: git repositories unpacked for reading
 *     DIR/tls/           the certificate authority and the server's certificate
 *     DIR/server.json    how to reach the running server; removed when it stops
 *     DIR/work           where the embedded worker's builds have their directories; removed likewise
 *     DIR/worker.secret  the embedded worker's: what it held when it was killed is its successor's
 *     DIR/lock           held while a server runs on DIR
 */
#pragma once

#include "api/server.h"
#include "base/str.h"

struct config {
    const char *data_dir;
    str host;
    uint16_t port;
    bool has_tls;
    const char *tls_certificate; /* the operator's; NULL: our own authority */
    const char *tls_key;
    str account;
    str region;
    const char *database_url;   /* for db_open() */
    const char *blobs;          /* for blob_store_open() */
    unsigned workers;           /* builds at once of the embedded worker; 0: none */
    const char *rotation_hooks; /* file; NULL: none (services/secretsmanager/hooks.h) */
    bool is_verbose;
};

enum {
    CONFIG_DEFAULT_PORT = 8443
};

/* From serve's arguments. -EINVAL: one line that names what is wrong. */
MUST_CHECK int config_parse(
        struct arena *arena, int argc, char **argv, struct config *ret, struct error *err);
/* "DIR/name", NUL-terminated, in the arena. */
const char *config_path(struct arena *arena, const char *data_dir, const char *name);

/* How to reach a running server, from DIR/server.json. -ENOENT none has been started on DIR. */
struct config_running {
    str endpoint;
    str region;
    str account;
    str database_url;
    str blobs;   /* an absolute directory, or s3://… */
    str ca_path; /* absent without TLS */
};
MUST_CHECK int config_write_running(
        const char *data_dir, const struct config_running *running, struct error *err);
MUST_CHECK int config_read_running(
        struct arena *arena, const char *data_dir, struct config_running *ret, struct error *err);

/* Every service of this program; ends with NULL. */
extern const struct service *const all_services[];
extern const size_t all_services_len;

/* Schemas of the services and of store/ and api/, in the order of migration. */
size_t config_schemas(struct db_schema *ret, size_t max);
enum {
    CONFIG_MAX_SCHEMAS = 64
};
