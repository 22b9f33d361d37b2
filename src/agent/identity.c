#include "agent/identity.h"

#include "base/fs.h"
#include "base/options.h"
#include "base/yaml_node.h"

enum {
    CONFIG_MAX = 65536
};

static str value_of(struct arena *arena, struct yaml_node root, const char *name)
{
    for (size_t i = 0; i < yaml_node_len(root); i++) {
        struct yaml_node key, value;

        yaml_node_pair(root, i, &key, &value);
        if (str_eq(yaml_node_text(key), str_of(name)))
            return str_dup(arena, yaml_node_text(value));
    }
    return (str){0};
}

static int read_config(
        struct arena *arena, const char *path, struct agent_identity *identity, struct error *err)
{
    AUTO_YAML struct yaml_file file = {0};
    struct yaml_node root = {0};
    str text;
    int r = fs_read(arena, path, CONFIG_MAX, &text, err);

    if (r < 0)
        return r;
    if ((r = yaml_file_open(text, &file, &root, err)) < 0)
        return error_prefix(err, r, "\"%s\"", path);
    if (!yaml_node_is_mapping(root))
        return error_set(err, EINVAL, "\"%s\" is not a mapping", path);
    identity->region = value_of(arena, root, "region");
    identity->host = value_of(arena, root, "iam_user_arn");
    identity->credentials.access_key = value_of(arena, root, "aws_access_key_id");
    identity->credentials.secret = value_of(arena, root, "aws_secret_access_key");
    if (!identity->host.len)
        return error_set(err, EINVAL, "\"%s\" has no iam_user_arn", path);
    return 0;
}

static void read_environment(struct agent_identity *identity)
{
    str key = str_of(getenv("AWS_ACCESS_KEY_ID"));

    if (!identity->region.ptr)
        identity->region = str_of(getenv("AWS_REGION"));
    if (!identity->host.ptr)
        identity->host = str_of(getenv("AWS_HOST_IDENTIFIER"));
    if (!identity->credentials.access_key.ptr && key.ptr) {
        identity->credentials.access_key = key;
        identity->credentials.secret = str_of(getenv("AWS_SECRET_ACCESS_KEY"));
        identity->credentials.token = str_of(getenv("AWS_SESSION_TOKEN"));
    }
}

static int check(const struct agent_identity *identity, struct error *err)
{
    if (!identity->endpoint.len)
        return error_set(err, EINVAL, "--endpoint URL is needed");
    if (!identity->ca_file.len)
        return error_set(
                err, EINVAL, "--ca FILE is needed: deployment specifications are verified with it");
    if (!identity->host.len)
        return error_set(
                err, EINVAL, "which host this is is not known: give --config FILE or --host ARN");
    if (!identity->region.len)
        return error_set(err, EINVAL, "--region R is needed");
    if (!identity->credentials.access_key.len || !identity->credentials.secret.len)
        return error_set(err, EINVAL,
                "there are no credentials: give --config FILE or set AWS_ACCESS_KEY_ID");
    return 0;
}

int agent_identity_read(
        struct arena *arena, int argc, char **argv, struct agent_identity *ret, struct error *err)
{
    const char *endpoint = getenv("AWS_ENDPOINT_URL"), *ca = getenv("AWS_CA_BUNDLE"),
               *config = NULL, *region = NULL, *host = NULL, *root = AGENT_DEFAULT_ROOT;
    const struct option_spec options[] = {{"endpoint", &endpoint, NULL}, {"ca", &ca, NULL},
            {"config", &config, NULL}, {"region", &region, NULL}, {"host", &host, NULL},
            {"root", &root, NULL}};
    struct option_words none = {0};
    struct agent_identity identity = {0};
    int r = options_parse(
            argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &none, err);

    if (r < 0)
        return r;
    if (!config && !host && fs_exists(AGENT_DEFAULT_CONFIG))
        config = AGENT_DEFAULT_CONFIG;
    if (config && (r = read_config(arena, config, &identity, err)) < 0)
        return r;
    identity.endpoint = str_of(endpoint);
    identity.ca_file = str_of(ca);
    identity.root = str_of(root);
    if (region)
        identity.region = str_of(region);
    if (host)
        identity.host = str_of(host);
    read_environment(&identity);
    if ((r = check(&identity, err)) < 0)
        return r;
    *ret = identity;
    return 0;
}
