#include "cmd/config.h"

#include "base/fs.h"
#include "base/json.h"
#include "base/options.h"

#include <arpa/inet.h>

enum {
    SERVER_JSON_MAX = 65536,
    MAX_WORKERS = 1024
};

const char *config_path(struct arena *arena, const char *data_dir, const char *name)
{
    return str_printf(arena, "%s/%s", data_dir, name).ptr;
}

static bool is_loopback(str host)
{
    return str_eq(host, STR("localhost")) || str_eq(host, STR("::1")) ||
           str_starts(host, STR("127."));
}

/* HOST:PORT, [V6]:PORT, or :PORT. */
static int parse_listen(const char *text, struct config *config, struct error *err)
{
    str host = str_of(text);
    ptrdiff_t colon = str_rfind_char(host, ':');
    uint64_t port;

    if (colon < 0 || str_to_u64(str_skip(host, (size_t)colon + 1), &port) < 0 || port > 65535)
        return error_set(err, EINVAL, "--listen \"%s\" is not HOST:PORT", text);
    host.len = (size_t)colon;
    if (str_starts(host, STR("[")) && str_ends(host, STR("]")))
        host = (str){host.ptr + 1, host.len - 2};
    config->host = host.len ? host : STR("0.0.0.0");
    config->port = (uint16_t)port;
    return 0;
}

static int parse_tls(
        struct arena *arena, const char *text, struct config *config, struct error *err)
{
    str rest = str_of(text), certificate;

    config->has_tls = strcmp(text, "off") != 0;
    if (!config->has_tls && !is_loopback(config->host))
        return error_set(err, EINVAL, "--tls off is accepted on loopback only, not on \"%.*s\"",
                STR_ARG(config->host));
    if (!config->has_tls || strcmp(text, "auto") == 0)
        return 0;
    if (!str_cut(&rest, ',', &certificate) || !certificate.len || !rest.len)
        return error_set(err, EINVAL, "--tls \"%s\" is none of auto, off, CERT,KEY", text);
    config->tls_certificate = str_cstr(arena, certificate);
    config->tls_key = str_cstr(arena, rest);
    return 0;
}

static bool is_account_id(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len == 12;
}

static bool is_region(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", s.ptr[i]))
            return false;
    return s.len >= 3 && s.len <= 32;
}

static int parse_names(const char *account, const char *region, const char *workers,
        struct config *config, struct error *err)
{
    uint64_t n;

    config->account = str_of(account);
    config->region = str_of(region);
    if (!is_account_id(config->account))
        return error_set(err, EINVAL, "--account-id \"%s\" is not 12 digits", account);
    if (!is_region(config->region))
        return error_set(err, EINVAL, "--region \"%s\" is not a region's name", region);
    if (workers) {
        if (str_to_u64(str_of(workers), &n) < 0 || n > MAX_WORKERS)
            return error_set(err, EINVAL, "--workers \"%s\" is not a number from 0 to %d", workers,
                    MAX_WORKERS);
        config->workers = (unsigned)n;
    }
    return 0;
}

static int parse_database(
        struct arena *arena, const char *database, struct config *config, struct error *err)
{
    str url = str_of(database);

    if (str_eq(url, STR("sqlite")))
        config->database_url = str_printf(arena, "sqlite:%s/slipway.db", config->data_dir).ptr;
    else if (str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://")))
        config->database_url = database;
    else
        return error_set(
                err, EINVAL, "--database \"%s\" is neither sqlite nor postgres://…", database);
    return 0;
}

int config_parse(struct arena *arena, int argc, char **argv, struct config *ret, struct error *err)
{
    const char *listen = "localhost:8443", *tls = "auto", *account = "123456789012",
               *region = "us-east-1", *database = "sqlite", *workers = NULL, *ssh = "off";
    struct config config = {0};
    const struct option_spec options[] = {{"data", &config.data_dir, NULL},
            {"listen", &listen, NULL}, {"tls", &tls, NULL}, {"ssh", &ssh, NULL},
            {"account-id", &account, NULL}, {"region", &region, NULL},
            {"database", &database, NULL}, {"blobs", &config.blobs, NULL},
            {"workers", &workers, NULL}, {"rotation-hooks", &config.rotation_hooks, NULL},
            {"verbose", NULL, &config.is_verbose}};
    struct option_words none = {0};
    int r = options_parse(
            argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &none, err);

    if (r < 0)
        return r;
    if (!config.data_dir)
        return error_set(err, EINVAL, "--data DIR is needed");
    if (strcmp(ssh, "off") != 0)
        return error_set(
                err, EINVAL, "--ssh \"%s\": git over SSH is not supported yet; use HTTPS", ssh);
    config.workers = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    if ((r = parse_listen(listen, &config, err)) < 0 ||
            (r = parse_tls(arena, tls, &config, err)) < 0 ||
            (r = parse_names(account, region, workers, &config, err)) < 0 ||
            (r = parse_database(arena, database, &config, err)) < 0)
        return r;
    if (!config.blobs)
        config.blobs = config_path(arena, config.data_dir, "blobs");
    *ret = config;
    return 0;
}

int config_write_running(
        const char *data_dir, const struct config_running *running, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct buf out = buf_make(&scratch, SERVER_JSON_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("endpoint"), running->endpoint);
    json_write_member(&out, STR("region"), running->region);
    json_write_member(&out, STR("account"), running->account);
    json_write_member(&out, STR("database"), running->database_url);
    json_write_member(&out, STR("blobs"), running->blobs);
    json_write_member(&out, STR("ca"), running->ca_path);
    buf_add(&out, STR("}\n"));
    return fs_write_fleeting(
            config_path(&scratch, data_dir, "server.json"), buf_str(&out), 0600, err);
}

int config_read_running(
        struct arena *arena, const char *data_dir, struct config_running *ret, struct error *err)
{
    const char *path = config_path(arena, data_dir, "server.json");
    AUTO_JSON json_t *json = NULL;
    str text;
    int r = fs_read(arena, path, SERVER_JSON_MAX, &text, err);

    if (r == -ENOENT)
        return error_set(err, ENOENT,
                "no server has been started on \"%s\": start one with \"slipway serve --data %s\"",
                data_dir, data_dir);
    if (r < 0 || (r = json_parse(text, &json, err)) < 0)
        return r;
    *ret = (struct config_running){
            .endpoint = str_dup(arena, json_member_str(json, "endpoint")),
            .region = str_dup(arena, json_member_str(json, "region")),
            .account = str_dup(arena, json_member_str(json, "account")),
            .database_url = str_dup(arena, json_member_str(json, "database")),
            .blobs = str_dup(arena, json_member_str(json, "blobs")),
            .ca_path = str_dup(arena, json_member_str(json, "ca")),
    };
    return 0;
}
