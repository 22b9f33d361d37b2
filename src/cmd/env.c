#include "cmd/cmd.h"

#include "base/fs.h"
#include "cmd/config.h"
#include "base/options.h"

enum {
    CREDENTIALS_MAX = 65536,
    MAX_VARIABLES = 20
};

struct client {
    struct config_running running;
    str access_key, secret;
    str ca_path; /* absolute */
};

/* The value of `name` in an AWS shared-credentials file with one profile. */
static str credential(str text, str name)
{
    str line, key;

    while (str_next(&text, '\n', &line))
        if (str_cut(&line, '=', &key) && str_eq(str_trim(key), name))
            return str_trim(line);
    return (str){0};
}

static int read_client(
        struct arena *arena, const char *data_dir, struct client *ret, struct error *err)
{
    struct client c;
    str text;
    int r = config_read_running(arena, data_dir, &c.running, err);

    if (r < 0 || (r = fs_read(arena, config_path(arena, data_dir, "credentials"), CREDENTIALS_MAX,
                          &text, err)) < 0)
        return r;
    c.access_key = credential(text, STR("aws_access_key_id"));
    c.secret = credential(text, STR("aws_secret_access_key"));
    if (!c.access_key.ptr || !c.secret.ptr)
        return error_set(err, EINVAL, "\"%s/credentials\" holds no access key", data_dir);
    c.ca_path = c.running.ca_path;
    *ret = c;
    return 0;
}

/* Variables that the aws CLI, the SDKs, git and curl read. */
static struct str_list variables(struct arena *arena, const struct client *client)
{
    const struct config_running *running = &client->running;
    str *items = arena_array(arena, MAX_VARIABLES, str);
    size_t n = 0;

    items[n++] = str_printf(arena, "AWS_ENDPOINT_URL=%.*s", STR_ARG(running->endpoint));
    items[n++] = str_printf(arena, "AWS_ACCESS_KEY_ID=%.*s", STR_ARG(client->access_key));
    items[n++] = str_printf(arena, "AWS_SECRET_ACCESS_KEY=%.*s", STR_ARG(client->secret));
    items[n++] = str_printf(arena, "AWS_DEFAULT_REGION=%.*s", STR_ARG(running->region));
    items[n++] = str_printf(arena, "AWS_REGION=%.*s", STR_ARG(running->region));
    items[n++] = STR("AWS_PAGER=");
    items[n++] = STR("AWS_EC2_METADATA_DISABLED=true");
    items[n++] = STR("GIT_CONFIG_COUNT=2");
    items[n++] = str_printf(
            arena, "GIT_CONFIG_KEY_0=credential.%.*s.helper", STR_ARG(running->endpoint));
    items[n++] = STR("GIT_CONFIG_VALUE_0=!f() { [ \"$1\" != get ] || "
                     "aws codecommit credential-helper --ignore-host-check get; }; f");
    items[n++] = str_printf(
            arena, "GIT_CONFIG_KEY_1=credential.%.*s.UseHttpPath", STR_ARG(running->endpoint));
    items[n++] = STR("GIT_CONFIG_VALUE_1=true");
    if (client->ca_path.ptr) {
        items[n++] = str_printf(arena, "AWS_CA_BUNDLE=%.*s", STR_ARG(client->ca_path));
        items[n++] = str_printf(arena, "GIT_SSL_CAINFO=%.*s", STR_ARG(client->ca_path));
        items[n++] = str_printf(arena, "CURL_CA_BUNDLE=%.*s", STR_ARG(client->ca_path));
    }
    return (struct str_list){items, n, true};
}

/* export NAME='value', safe in every POSIX shell. */
static void print_export(str variable, struct arena *arena)
{
    str name, value = variable;

    (void)str_cut(&value, '=', &name);
    value = str_replace(arena, value, STR("'"), STR("'\\''"));
    printf("export %.*s='%.*s'\n", STR_ARG(name), STR_ARG(value));
}

int cmd_env(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    const char *data_dir = NULL;
    struct option_words none = {0};
    struct client client;
    struct error err;

    if (options_parse(argc - 1, argv + 1, &(struct option_spec){"data", &data_dir, NULL}, 1, &none,
                &err) < 0)
        return cmd_usage_error("env", &err);
    if (!data_dir) {
        (void)error_set(&err, EINVAL, "--data DIR is needed");
        return cmd_usage_error("env", &err);
    }
    if (read_client(&arena, data_dir, &client, &err) < 0)
        return cmd_fatal(&err);
    struct str_list list = variables(&arena, &client);
    for (size_t i = 0; i < list.len; i++)
        print_export(list.items[i], &arena);
    return 0;
}

/* Old CLIs do not know AWS_ENDPOINT_URL: the option is given too. */
int cmd_aws(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    const char *data_dir = NULL, *first[1];
    struct option_words words = {first, 0, 0};
    struct client client;
    struct error err;
    int at = 1; /* argv[0] is "aws" */

    /* Only what stands before the CLI's own arguments is ours. */
    while (at < argc && str_starts(str_of(argv[at]), STR("--data")))
        at += strcmp(argv[at], "--data") == 0 ? 2 : 1;
    if (at > argc ||
            options_parse(at - 1, argv + 1, &(struct option_spec){"data", &data_dir, NULL}, 1,
                    &words, &err) < 0 ||
            !data_dir) {
        (void)error_set(&err, EINVAL, "--data DIR is needed, before the arguments for aws");
        return cmd_usage_error("aws", &err);
    }
    if (read_client(&arena, data_dir, &client, &err) < 0)
        return cmd_fatal(&err);
    struct str_list list = variables(&arena, &client);
    for (size_t i = 0; i < list.len; i++)
        (void)putenv(str_cstr(&arena, list.items[i])); /* lives until execvp() */
    const char **args = arena_array(&arena, (size_t)(argc - at) + 4, const char *);
    size_t n = 0;
    args[n++] = "aws";
    args[n++] = "--endpoint-url";
    args[n++] = str_cstr(&arena, client.running.endpoint);
    for (int i = at; i < argc; i++)
        args[n++] = argv[i];
    (void)execvp("aws", (char *const *)args);
    (void)error_set(&err, errno, "could not run the aws CLI: %m (Debian: apt-get install awscli)");
    return cmd_fatal(&err);
}
