#include "worker/source.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/proc.h"
#include "worker/unpack.h"

#include <fcntl.h>
#include <sys/mman.h>

enum {
    GIT_OUTPUT_MAX = 1 << 20,
    POLL_MS = 100,
    MAX_ENV = 24,
    MAX_ARGS = 16
};

/* ---- git ------------------------------------------------------------------------------ */

/* Host (without port) and path of an URL. */
static bool split_url(str url, str *ret_host, str *ret_path)
{
    ptrdiff_t scheme = str_find(url, STR("://")), slash;
    str host;

    if (scheme < 0)
        return false;
    url = str_skip(url, (size_t)scheme + 3);
    slash = str_find_char(url, '/');
    if (slash <= 0)
        return false;
    host = str_head(url, (size_t)slash);
    *ret_path = str_skip(url, (size_t)slash);
    if (!str_cut(&host, ':', ret_host))
        *ret_host = host;
    return true;
}

/* What `aws codecommit credential-helper get` would answer: "<time>Z<signature>". */
static str git_password(const struct source_context *context, str url)
{
    struct arena *arena = context->arena;
    str now = time_basic(arena, clock_now()), host = {0}, path = {0};
    unsigned char key[SHA256_LEN], signature[SHA256_LEN];
    str canonical, text;

    if (!split_url(url, &host, &path))
        return STR("");
    canonical = str_printf(arena, "GIT\n%.*s\n\nhost:%.*s\n\nhost\n", STR_ARG(path), STR_ARG(host));
    text = str_printf(arena, "AWS4-HMAC-SHA256\n%.*s\n%.8s/%.*s/codecommit/aws4_request\n%.*s",
            (int)now.len - 1, now.ptr, now.ptr, STR_ARG(context->region),
            STR_ARG(sha256_hex(arena, canonical)));
    sigv4_key(context->credentials->secret, str_head(now, 8), context->region, STR("codecommit"),
            key);
    hmac_sha256((str){(const char *)key, sizeof(key)}, text, signature);
    return str_concat(
            arena, now, hex_encode(arena, (str){(const char *)signature, sizeof(signature)}));
}

static const char *const *git_environment(const struct source_context *context, str url)
{
    struct arena *arena = context->arena;
    const struct sigv4_credentials *c = context->credentials;
    const char **env = arena_array(arena, MAX_ENV, const char *);
    size_t n = 0;

    env[n++] = "PATH=/usr/local/bin:/usr/bin:/bin";
    env[n++] = "LANG=C.UTF-8";
    env[n++] = "HOME=/nonexistent";
    env[n++] = "GIT_CONFIG_NOSYSTEM=1";
    env[n++] = "GIT_CONFIG_GLOBAL=/dev/null";
    env[n++] = "GIT_TERMINAL_PROMPT=0";
    env[n++] = str_cstr(
            arena, str_printf(arena, "SLIPWAY_GIT_USERNAME=%.*s%s%.*s", STR_ARG(c->access_key),
                           c->token.len ? "%" : "", STR_ARG(c->token)));
    env[n++] = str_cstr(arena,
            str_printf(arena, "SLIPWAY_GIT_PASSWORD=%.*s", STR_ARG(git_password(context, url))));
    if (context->ca_file.ptr)
        env[n++] = str_cstr(
                arena, str_printf(arena, "GIT_SSL_CAINFO=%.*s", STR_ARG(context->ca_file)));
    return env;
}

/* What the server said ("remote: ..."), which names a missing permission; else the last line. */
static str telling_line(str text)
{
    str line, said = {0};

    text = str_trim(text);
    for (str rest = text; str_next(&rest, '\n', &line);)
        if (str_take_prefix(&line, STR("remote: ")) && str_trim(line).len)
            said = str_trim(line);
    return said.ptr ? said : str_skip(text, (size_t)(str_rfind_char(text, '\n') + 1));
}

/* How git's command ended, in its own words on standard error. */
static int git_failed(int log, const char *verb, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    str text = STR("");

    if (lseek(log, 0, SEEK_SET) == 0)
        (void)!fd_read_all(&scratch, log, GIT_OUTPUT_MAX, &text, NULL);
    text = telling_line(text);
    return error_set(err, EIO, "git %s failed: %.*s", verb, STR_ARG(str_head(text, 300)));
}

/* git -C dir <args>; watches for a stop. */
static int git(struct source_context *context, const char *dir, const char *const *env,
        const char *const *args, struct error *err)
{
    const char *argv[MAX_ARGS + 8] = {"git", "-C", dir, "-c", "credential.helper=", "-c",
            "credential.helper=!f() { test \"$1\" != get || printf 'username=%s\\npassword=%s\\n' "
            "\"$SLIPWAY_GIT_USERNAME\" \"$SLIPWAY_GIT_PASSWORD\"; }; f"};
    AUTO_CLOSE int log = memfd_create("git", MFD_CLOEXEC);
    AUTO_PROC struct proc proc = {.in = -1, .out = -1, .err = -1};
    int status, r;

    for (size_t i = 0; args[i] && i < MAX_ARGS; i++)
        argv[7 + i] = args[i];
    if (log < 0)
        return error_set(err, errno, "could not make a temporary file: %m");
    r = proc_start(
            &(struct proc_options){.argv = argv, .env = env, .err = log, .die_with_parent = true},
            &proc, err);
    while (r == 0 && (r = proc_wait(&proc, POLL_MS, &status, err)) == -ETIMEDOUT) {
        if (atomic_load(&context->control->wanted))
            return error_set(err, ECANCELED, "the build was stopped");
        r = 0;
    }
    if (r < 0)
        return r;
    return status ? git_failed(log, args[0], err) : 0;
}

/* "refs/heads/main^{<commit>}" names the commit that the branch had. */
static str wanted_ref(str version)
{
    ptrdiff_t brace = str_find(version, STR("^{"));

    if (brace >= 0 && str_ends(version, STR("}"))) {
        version = str_skip(version, (size_t)brace + 2);
        return str_head(version, version.len - 1);
    }
    return version.len ? version : STR("HEAD");
}

static int resolve(
        const struct source_context *context, const char *dir, str *ret, struct error *err)
{
    const char *const argv[] = {"git", "-C", dir, "rev-parse", "HEAD", NULL};
    str out, complaint;
    int r = proc_run(context->arena, &(struct proc_options){.argv = argv}, STR(""), GIT_OUTPUT_MAX,
            60000, &out, &complaint, err);

    if (r > 0)
        return error_set(err, EIO, "git rev-parse failed");
    if (r == 0)
        *ret = str_trim(out);
    return r;
}

static int clone(struct source_context *context, const struct job_source *source, const char *dir,
        str *ret_version, struct error *err)
{
    struct arena *arena = context->arena;
    const char *const *env = git_environment(context, source->clone_url);
    const char *url = str_cstr(arena, source->clone_url);
    str ref = wanted_ref(source->version);
    const char *wanted = str_cstr(arena, ref);
    const char *depth =
            str_cstr(arena, str_printf(arena, "--depth=%lld", (long long)source->depth));
    int r;

    if (source->submodules)
        return error_set(err, ENOTSUP, "git submodules are not supported");
    if (ref.ptr[0] == '-' || ref.ptr[0] == '+' || str_find_char(ref, ':') >= 0)
        return error_set(err, EINVAL, "\"%s\" is not a source version", wanted);
    const char *const init[] = {"init", "-q", NULL};
    const char *const remote[] = {"config", "remote.origin.url", url, NULL};
    const char *const whole[] = {"fetch", "-q", "--no-recurse-submodules", "origin", wanted, NULL};
    const char *const part[] = {
            "fetch", "-q", "--no-recurse-submodules", depth, "origin", wanted, NULL};
    const char *const checkout[] = {"checkout", "-q", "--detach", "FETCH_HEAD", NULL};
    if ((r = git(context, dir, env, init, err)) < 0 ||
            (r = git(context, dir, env, remote, err)) < 0 ||
            (r = git(context, dir, env, source->depth > 0 ? part : whole, err)) < 0 ||
            (r = git(context, dir, env, checkout, err)) < 0)
        return r;
    return resolve(context, dir, ret_version, err);
}

/* ---- objects ----------------------------------------------------------------------------- */

static int download_object(struct source_context *context, const struct job_source *source,
        const char *dir, str *ret_version, struct error *err)
{
    char template[ARTIFACTS_MAX_PATH];
    str etag = {0};
    int r;

    (void)snprintf(template, sizeof(template), "%s.zip-XXXXXX", dir);
    AUTO_CLOSE int fd = mkostemp(template, O_CLOEXEC);
    if (fd < 0)
        return error_set(err, errno, "could not make a temporary file: %m");
    (void)unlink(template);
    r = aws_s3_get_file(context->aws, context->arena, source->bucket, source->key,
            source->object_version, fd, &etag, err);
    if (r == -ENOENT)
        return error_set(err, ENOENT, "source object s3://%.*s/%.*s does not exist",
                STR_ARG(source->bucket), STR_ARG(source->key));
    if (r < 0)
        return r;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return error_set(err, errno, "could not read the source again: %m");
    *ret_version = source->revision.len         ? source->revision
                   : source->object_version.len ? source->object_version
                                                : etag;
    return unpack_zip(fd, dir, err);
}

int source_download(struct source_context *context, const struct job_source *source,
        const char *dir, str *ret_version, struct error *err)
{
    if (source->type == SOURCE_NONE)
        return 0;
    if (source->type == SOURCE_CODECOMMIT)
        return clone(context, source, dir, ret_version, err);
    return download_object(context, source, dir, ret_version, err);
}
