#include "services/secretsmanager/hooks.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/proc.h"
#include "net/http.h"

#include <stdatomic.h>
#include <sys/stat.h>

enum {
    FILE_MAX = 1 << 20,
    KEY_MIN = 32,
    KEY_MAX = 4096,
    WORDS_MAX = 64,
    ACCOUNTS_MAX = 1000,
    PRESET_TIMEOUT_S = 60,
    OUTPUT_MAX = 1 << 20,
    SAID_MAX = 500, /* of what a hook says when it fails */
    BODY_MAX = 32768,
};

struct rotation_hooks {
    struct arena arena;
    struct hook *items;
    size_t len;
    _Atomic int under_way;
};

/* ---- The file ------------------------------------------------------------------------------ */

/* Who can write it decides what we run. */
static int check_writers(const char *path, struct error *err)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return error_set(err, errno, "could not look at \"%s\": %m", path);
    if ((st.st_uid != 0 && st.st_uid != geteuid()) || (st.st_mode & (S_IWGRP | S_IWOTH)))
        return error_set(err, EINVAL,
                "\"%s\" must belong to root or to the server's user, and be writable by nobody "
                "else",
                path);
    return 0;
}

/* Absent where it is not there. False: it is no list of strings, or too long a one. */
static bool read_strings(struct arena *arena, const json_t *json, size_t max, struct str_list *ret)
{
    *ret = (struct str_list){0};
    if (!json)
        return true;
    if (!json_is_array(json) || json_array_size(json) == 0 || json_array_size(json) > max)
        return false;
    ret->items = arena_array(arena, json_array_size(json), str);
    ret->is_set = true;
    for (; ret->len < json_array_size(json); ret->len++) {
        str item = json_str(json_array_get(json, ret->len));
        if (!item.len || memchr(item.ptr, '\0', item.len))
            return false;
        ret->items[ret->len] = str_dup(arena, item);
    }
    return true;
}

static bool is_known(const char *name)
{
    static const char *const known[] = {
            "command", "url", "keyFile", "caFile", "role", "accounts", "timeoutSeconds"};

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

/* NULL, or what is wrong. */
static const char *read_command(struct arena *arena, const json_t *json, struct hook *hook)
{
    struct str_list words;
    const char **argv;

    if (!read_strings(arena, json, WORDS_MAX, &words) || !words.len)
        return "command must be a list of a program and its arguments";
    if (words.items[0].ptr[0] != '/')
        return "the program of command must have an absolute path";
    argv = arena_array(arena, words.len + 1, const char *);
    for (size_t i = 0; i < words.len; i++)
        argv[i] = str_cstr(arena, words.items[i]);
    hook->argv = argv;
    return NULL;
}

static int read_url(struct arena *arena, const json_t *json, struct hook *hook, struct error *err)
{
    str file = json_member_str(json, "keyFile");
    int r;

    hook->url = str_dup(arena, json_member_str(json, "url"));
    hook->ca_file = str_dup(arena, json_member_str(json, "caFile"));
    if (!str_starts(hook->url, STR("https://")))
        return error_set(err, EINVAL, "url must begin with https://");
    if (!file.len)
        return error_set(err, EINVAL, "a url needs a keyFile, under which its requests are signed");
    r = fs_read(arena, str_cstr(arena, file), KEY_MAX, &hook->key, err);
    if (r < 0)
        return r;
    hook->key = str_trim(hook->key);
    return hook->key.len >= KEY_MIN
                   ? 0
                   : error_set(err, EINVAL, "keyFile must have at least %d characters", KEY_MIN);
}

static int read_hook(struct arena *arena, const char *name, const json_t *json, struct hook *ret,
        struct error *err)
{
    const json_t *timeout = json_member(json, "timeoutSeconds"), *value;
    struct hook hook = {.name = str_dup(arena, str_of(name)),
            .role = str_dup(arena, json_member_str(json, "role"))};
    int64_t seconds = timeout ? json_integer_value(timeout) : PRESET_TIMEOUT_S;
    const char *member, *wrong = NULL;

    json_object_foreach((json_t *)json, member, value) if (!is_known(member)) return error_set(
            err, EINVAL, "there is no member \"%.100s\"", member);
    if (!json_member(json, "command") == !json_member(json, "url"))
        return error_set(err, EINVAL, "it must have either command or url");
    if (!hook.role.len)
        return error_set(err, EINVAL, "it must have a role");
    if (seconds < 1 || seconds > HOOKS_MAX_TIMEOUT_S)
        return error_set(
                err, EINVAL, "timeoutSeconds must be a number from 1 to %d", HOOKS_MAX_TIMEOUT_S);
    if (!read_strings(arena, json_member(json, "accounts"), ACCOUNTS_MAX, &hook.accounts))
        return error_set(err, EINVAL, "accounts must be a list of account ids");
    hook.timeout_ms = seconds * 1000;
    if (json_member(json, "url")) {
        int r = read_url(arena, json, &hook, err);
        if (r < 0)
            return r;
    } else if ((wrong = read_command(arena, json_member(json, "command"), &hook))) {
        return error_set(err, EINVAL, "%s", wrong);
    }
    *ret = hook;
    return 0;
}

static int read_hooks(struct rotation_hooks *hooks, str text, struct error *err)
{
    AUTO_JSON json_t *root = NULL;
    const char *name;
    const json_t *json;
    int r = json_parse(text, &root, err);

    if (r < 0)
        return r;
    if (!json_is_object(root) || json_object_size(root) > HOOKS_MAX)
        return error_set(err, EINVAL, "it must be a JSON object of at most %d hooks", HOOKS_MAX);
    hooks->items = arena_array(&hooks->arena, json_object_size(root), struct hook);
    json_object_foreach(root, name, json)
    {
        r = read_hook(&hooks->arena, name, json, &hooks->items[hooks->len++], err);
        if (r < 0)
            return error_prefix(err, r, "hook \"%.100s\"", name);
    }
    return 0;
}

int hooks_open(const char *path, struct rotation_hooks **ret, struct error *err)
{
    struct rotation_hooks *hooks = mem_new(struct rotation_hooks);
    str text;
    int r = check_writers(path, err);

    if (r == 0)
        r = fs_read(&hooks->arena, path, FILE_MAX, &text, err);
    if (r == 0)
        r = read_hooks(hooks, text, err);
    if (r < 0) {
        hooks_close(hooks);
        return error_prefix(err, r, "--rotation-hooks %s", path);
    }
    *ret = hooks;
    return 0;
}

void hooks_close(struct rotation_hooks *hooks)
{
    if (!hooks)
        return;
    for (size_t i = 0; i < hooks->len; i++)
        if (hooks->items[i].key.len)
            mem_wipe((char *)hooks->items[i].key.ptr, hooks->items[i].key.len);
    arena_free(&hooks->arena);
    free(hooks);
}

/* ---- Finding ---------------------------------------------------------------------------------- */

static bool serves(const struct server *server, const struct hook *hook, str account)
{
    if (!hook->accounts.is_set)
        return str_eq(account, server->account);
    for (size_t i = 0; i < hook->accounts.len; i++)
        if (str_eq(hook->accounts.items[i], account) || str_eq(hook->accounts.items[i], STR("*")))
            return true;
    return false;
}

const struct hook *hooks_find(const struct server *server, str account, str region, str text)
{
    const struct rotation_hooks *hooks = server->rotation_hooks;
    struct arn arn;

    if (!hooks || arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("lambda")) ||
            !str_eq(arn.account, account) || !str_eq(arn.region, region) ||
            !str_take_prefix(&arn.resource, STR("function:")))
        return NULL;
    for (size_t i = 0; i < hooks->len; i++)
        if (str_eq(hooks->items[i].name, arn.resource))
            return serves(server, &hooks->items[i], account) ? &hooks->items[i] : NULL;
    return NULL;
}

bool hooks_enter(struct rotation_hooks *hooks)
{
    if (atomic_fetch_add(&hooks->under_way, 1) < HOOKS_MAX_AT_ONCE)
        return true;
    hooks_leave(hooks);
    return false;
}

void hooks_leave(struct rotation_hooks *hooks)
{
    (void)atomic_fetch_sub(&hooks->under_way, 1);
}

/* ---- Running ----------------------------------------------------------------------------------- */

static void write_event(struct buf *out, const struct hook_event *event)
{
    buf_char(out, '{');
    json_write_member(out, STR("Step"), event->step);
    json_write_member(out, STR("SecretId"), event->secret);
    json_write_member(out, STR("ClientRequestToken"), event->token);
}

static const char *variable(struct arena *arena, const char *name, str value)
{
    return str_cstr(arena, str_printf(arena, "%s=%.*s", name, STR_ARG(value)));
}

static const char *const *make_environment(struct arena *arena, const struct hook_event *event)
{
    const char **env = arena_array(arena, 10, const char *);
    size_t n = 0;

    env[n++] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    env[n++] = "LANG=C.UTF-8";
    env[n++] = variable(arena, "AWS_ENDPOINT_URL", event->endpoint);
    env[n++] = variable(arena, "AWS_REGION", event->region);
    env[n++] = variable(arena, "AWS_DEFAULT_REGION", event->region);
    env[n++] = variable(arena, "AWS_ACCESS_KEY_ID", event->credentials.access_key);
    env[n++] = variable(arena, "AWS_SECRET_ACCESS_KEY", event->credentials.secret);
    env[n++] = variable(arena, "AWS_SESSION_TOKEN", event->credentials.token);
    if (event->ca_path.ptr)
        env[n++] = variable(arena, "AWS_CA_BUNDLE", event->ca_path);
    return env;
}

/* The last line of what it said, without what no log should have. */
static str last_words(struct arena *arena, str said)
{
    str text = str_trim(said);
    ptrdiff_t at = str_rfind_char(text, '\n');
    char *clean;

    if (at >= 0)
        text = str_skip(text, (size_t)at + 1);
    text = str_head(text, SAID_MAX);
    clean = arena_alloc(arena, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++)
        clean[i] = text.ptr[i] >= ' ' && text.ptr[i] != 0x7f ? text.ptr[i] : '?';
    return (str){clean, text.len};
}

static int run_command(const struct hook *hook, struct arena *arena, const struct hook_event *event,
        struct error *err)
{
    struct buf body = buf_make(arena, BODY_MAX);
    const struct proc_options options = {.argv = hook->argv,
            .env = make_environment(arena, event),
            .cwd = "/",
            .die_with_parent = true};
    str out, complaint;
    int r;

    write_event(&body, event);
    buf_add(&body, STR("}\n"));
    r = proc_run(
            arena, &options, buf_str(&body), OUTPUT_MAX, hook->timeout_ms, &out, &complaint, err);
    if (r <= 0)
        return r;
    complaint = last_words(arena, complaint);
    return error_set(err, EREMOTEIO, "exit status %d%s%.*s", r, complaint.len ? ": " : "",
            STR_ARG(complaint));
}

static void write_request(struct buf *out, struct arena *arena, const struct hook_event *event)
{
    const struct sts_credentials *c = &event->credentials;

    write_event(out, event);
    json_write_member(out, STR("Endpoint"), event->endpoint);
    json_write_member(out, STR("Region"), event->region);
    json_write_key(out, STR("Credentials"));
    buf_char(out, '{');
    json_write_member(out, STR("AccessKeyId"), c->access_key);
    json_write_member(out, STR("SecretAccessKey"), c->secret);
    json_write_member(out, STR("SessionToken"), c->token);
    json_write_member(out, STR("Expiration"), time_iso8601(arena, c->expires));
    buf_add(out, STR("}}"));
}

static int send_request(const struct hook *hook, struct arena *arena,
        const struct hook_event *event, struct error *err)
{
    struct buf body = buf_make(arena, BODY_MAX);
    str time = str_printf(arena, "%lld", (long long)(clock_now() / 1000));
    unsigned char mac[SHA256_LEN];
    struct http *http = NULL;
    struct http_response response = {0};
    int r;

    write_request(&body, arena, event);
    hmac_sha256(
            hook->key, str_printf(arena, "%.*s.%.*s", STR_ARG(time), STR_ARG(buf_str(&body))), mac);
    const struct sigv4_header headers[] = {{STR("content-type"), STR("application/json")},
            {STR("slipway-timestamp"), time},
            {STR("slipway-signature"), hex_encode(arena, (str){(char *)mac, sizeof(mac)})}};
    const struct http_request request = {.method = STR("POST"),
            .url = hook->url,
            .headers = headers,
            .headers_len = sizeof(headers) / sizeof(*headers),
            .body = buf_str(&body),
            .max_response = OUTPUT_MAX};
    r = http_open(
            &(struct http_options){
                    .ca_file = hook->ca_file, .https_only = true, .timeout_ms = hook->timeout_ms},
            &http, err);
    if (r == 0)
        r = http_send(http, arena, &request, &response, err);
    if (r == 0 && (response.status < 200 || response.status > 299))
        r = error_set(err, EREMOTEIO, "HTTP status %d: %.*s", response.status,
                STR_ARG(last_words(arena, response.body)));
    if (http)
        http_close(http);
    return r < 0 ? r : 0;
}

int hook_run(const struct hook *hook, struct arena *arena, const struct hook_event *event,
        struct error *err)
{
    return hook->argv ? run_command(hook, arena, event, err)
                      : send_request(hook, arena, event, err);
}
