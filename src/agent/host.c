#include "agent/host.h"

#include "agent/bundle.h"
#include "agent/hooks.h"
#include "agent/install.h"
#include "base/fs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum {
    NAME_FILE_MAX = 4096,
    MAX_ENVIRONMENT = 10000
};

extern char **environ;

/* ---- Places ------------------------------------------------------------------------ */

static str group_dir(struct arena *arena, const struct host *host, const struct spec *spec)
{
    return str_printf(arena, "%.*s/%.*s", STR_ARG(host->root), STR_ARG(spec->group_id));
}

static str deployment_dir(struct arena *arena, const struct host *host, const struct spec *spec)
{
    return str_printf(arena, "%.*s/%.*s/%.*s", STR_ARG(host->root), STR_ARG(spec->group_id),
            STR_ARG(spec->deployment_id));
}

static str archive_dir(struct arena *arena, str deployment)
{
    return str_printf(arena, "%.*s/deployment-archive", STR_ARG(deployment));
}

static const char *instruction(
        struct arena *arena, const struct host *host, const struct spec *spec, const char *suffix)
{
    return str_printf(arena, "%.*s/deployment-instructions/%.*s%s", STR_ARG(host->root),
            STR_ARG(spec->group_id), suffix)
            .ptr;
}

/* The deployment directory that an instruction file names; absent if there is none. */
static str named_dir(
        struct arena *arena, const struct host *host, const struct spec *spec, const char *suffix)
{
    str dir;

    if (fs_read(arena, instruction(arena, host, spec, suffix), NAME_FILE_MAX, &dir, NULL) < 0)
        return (str){0};
    dir = str_trim(dir);
    return fs_exists(str_cstr(arena, dir)) ? dir : (str){0};
}

static int name_dir(struct arena *arena, const struct host *host, const struct spec *spec,
        const char *suffix, struct error *err)
{
    int r = fs_make_dirs(
            str_printf(arena, "%.*s/deployment-instructions", STR_ARG(host->root)).ptr, 0755, err);

    return r < 0 ? r
                 : fs_write_atomic(instruction(arena, host, spec, suffix),
                           deployment_dir(arena, host, spec), 0644, err);
}

/* ---- Which revision ------------------------------------------------------------------ */

static bool is_one_of(str event, const char *const *names)
{
    for (; *names; names++)
        if (str_eq(event, str_of(*names)))
            return true;
    return false;
}

static const char *const block_events[] = {"BeforeBlockTraffic", "AfterBlockTraffic", NULL};
static const char *const allow_events[] = {"BeforeAllowTraffic", "AfterAllowTraffic", NULL};
static const char *const stop_events[] = {"ApplicationStop", NULL};
static const char *const other_events[] = {
        "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService", NULL};

static bool is_hook(str command)
{
    return is_one_of(command, block_events) || is_one_of(command, allow_events) ||
           is_one_of(command, stop_events) || is_one_of(command, other_events);
}

/* The deployment whose scripts an event runs; absent: nothing to run. */
static str script_dir(
        struct arena *arena, const struct host *host, str event, const struct spec *spec)
{
    str current = deployment_dir(arena, host, spec);
    bool is_rollback = spec->is_blue_green && str_eq(spec->creator, STR("codeDeployRollback"));
    bool uses_last = is_one_of(event, stop_events) ||
                     (is_one_of(event, block_events) && !is_rollback) ||
                     (is_one_of(event, allow_events) && is_rollback);

    if (fs_exists(str_cstr(arena, archive_dir(arena, current))))
        if (!is_one_of(event, block_events) && !is_one_of(event, stop_events))
            return current;
    if (uses_last)
        return named_dir(arena, host, spec, "_last_successful_install");
    if (is_one_of(event, block_events))
        return named_dir(arena, host, spec, "_most_recent_install");
    return current;
}

static int load_appspec(
        struct arena *arena, str deployment, str name, struct appspec *ret, struct error *err)
{
    const char *path =
            str_printf(arena, "%.*s/deployment-archive/%.*s", STR_ARG(deployment), STR_ARG(name))
                    .ptr;
    str text;
    int r = fs_read(arena, path, APPSPEC_MAX_BYTES, &text, err);

    if (r == -ENOENT && str_eq(name, STR("appspec.yml")))
        r = fs_read(arena,
                str_printf(arena, "%.*s/deployment-archive/appspec.yaml", STR_ARG(deployment)).ptr,
                APPSPEC_MAX_BYTES, &text, err);
    if (r == -ENOENT)
        return error_set(err, ENOENT,
                "The CodeDeploy agent did not find an AppSpec file within the unpacked revision "
                "directory at "
                "revision-relative path \"%.*s\"",
                STR_ARG(name));
    if (r < 0)
        return r;
    r = appspec_parse(arena, text, ret, err);
    return r < 0 ? error_prefix(err, r, "%.*s", STR_ARG(name)) : 0;
}

/* ---- Commands ------------------------------------------------------------------------ */

static int remove_old_revisions(
        struct arena *arena, const struct host *host, const struct spec *spec, struct error *err)
{
    str group = group_dir(arena, host, spec),
        keep = named_dir(arena, host, spec, "_last_successful_install");

    for (;;) {
        DIR *list = opendir(str_cstr(arena, group));
        struct dirent *entry;
        str oldest = {0};
        struct timespec oldest_time = {0};
        size_t count = 0;

        while (list && (entry = readdir(list))) {
            str path = str_printf(arena, "%.*s/%s", STR_ARG(group), entry->d_name);
            struct stat st;
            if (entry->d_name[0] == '.' || stat(path.ptr, &st) < 0)
                continue;
            count++;
            if (str_eq(path, keep) ||
                    (oldest.ptr && (st.st_mtim.tv_sec > oldest_time.tv_sec ||
                                           (st.st_mtim.tv_sec == oldest_time.tv_sec &&
                                                   st.st_mtim.tv_nsec >= oldest_time.tv_nsec))))
                continue;
            oldest = path;
            oldest_time = st.st_mtim;
        }
        if (list)
            closedir(list);
        if (count < HOST_KEEP_REVISIONS || !oldest.ptr)
            return 0;
        int r = fs_remove_tree(str_cstr(arena, oldest), err);
        if (r < 0)
            return r;
    }
}

static int download(struct arena *arena, const struct host *host, const struct spec *spec,
        const char *path, struct error *err)
{
    AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    str etag;
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not create \"%s\": %m", path);
    r = aws_s3_get_file(host->aws, arena, spec->bucket, spec->key, spec->version, fd, &etag, err);
    if (r < 0)
        return error_prefix(err, r, "could not get the bundle s3://%.*s/%.*s",
                STR_ARG(spec->bucket), STR_ARG(spec->key));
    if (spec->etag.len && !str_eq(str_replace(arena, etag, STR("\""), STR("")),
                                  str_replace(arena, spec->etag, STR("\""), STR(""))))
        return error_set(err, EBADMSG,
                "the bundle s3://%.*s/%.*s has another ETag than the revision",
                STR_ARG(spec->bucket), STR_ARG(spec->key));
    return 0;
}

static int download_bundle(
        struct arena *arena, const struct host *host, const struct spec *spec, struct error *err)
{
    str dir = deployment_dir(arena, host, spec);
    const char *bundle = str_printf(arena, "%.*s/bundle", STR_ARG(dir)).ptr;
    const char *archive = str_cstr(arena, archive_dir(arena, dir));
    int r;

    if ((r = remove_old_revisions(arena, host, spec, err)) < 0 ||
            (r = fs_remove_tree(archive, err)) < 0 ||
            (r = fs_make_dirs(str_cstr(arena, dir), 0755, err)) < 0 ||
            (r = download(arena, host, spec, bundle, err)) < 0 ||
            (r = fs_make_dirs(archive, 0755, err)) < 0 ||
            (r = bundle_unpack(bundle, spec->bundle_type, archive, err)) < 0)
        return r;
    return name_dir(arena, host, spec, "_most_recent_install", err);
}

static int install(
        struct arena *arena, const struct host *host, const struct spec *spec, struct error *err)
{
    struct appspec appspec;
    str dir = deployment_dir(arena, host, spec);
    struct install_options options = {.archive = archive_dir(arena, dir),
            .appspec = &appspec,
            .cleanup = str_of(instruction(arena, host, spec, "-cleanup"))};
    int r = load_appspec(arena, dir, spec->appspec_file, &appspec, err);

    if (r < 0)
        return r;
    options.file_exists =
            appspec.file_exists != APPSPEC_EXISTS_UNSET ? appspec.file_exists : spec->file_exists;
    r = fs_make_dirs(
            str_printf(arena, "%.*s/deployment-instructions", STR_ARG(host->root)).ptr, 0755, err);
    if (r < 0 || (r = install_run(arena, &options, err)) < 0)
        return r;
    return name_dir(arena, host, spec, "_last_successful_install", err);
}

static const char **hook_environment(struct arena *arena, const struct spec *spec, str event)
{
    const struct {
        const char *name;
        str value;
    } variables[] = {
            {"LIFECYCLE_EVENT", event},
            {"DEPLOYMENT_ID", spec->deployment_id},
            {"APPLICATION_NAME", spec->application},
            {"DEPLOYMENT_GROUP_NAME", spec->group_name},
            {"DEPLOYMENT_GROUP_ID", spec->group_id},
            {"BUNDLE_BUCKET", spec->bucket},
            {"BUNDLE_KEY", spec->key},
            {"BUNDLE_VERSION", spec->version},
            {"BUNDLE_ETAG", spec->etag},
    };
    const size_t len = sizeof(variables) / sizeof(*variables);
    size_t count = 0, n = 0;

    while (environ[count] && count < MAX_ENVIRONMENT)
        count++;
    const char **env = arena_array(arena, count + len + 1, const char *);
    for (size_t i = 0; i < len; i++)
        if (variables[i].value.ptr)
            env[n++] = str_printf(arena, "%s=%.*s", variables[i].name, STR_ARG(variables[i].value))
                               .ptr;
    for (size_t i = 0; i < count; i++) {
        bool is_ours = false;
        for (size_t j = 0; j < len; j++)
            is_ours = is_ours || (str_starts(str_of(environ[i]), str_of(variables[j].name)) &&
                                         environ[i][strlen(variables[j].name)] == '=');
        if (!is_ours)
            env[n++] = environ[i];
    }
    return env;
}

static int run_hooks(struct arena *arena, const struct host *host, str event,
        const struct spec *spec, struct diagnostics *ret, struct error *err)
{
    str dir = script_dir(arena, host, event, spec), current = deployment_dir(arena, host, spec);
    str logs = str_printf(arena, "%.*s/logs", STR_ARG(current));
    struct appspec appspec;
    int r;

    if (!dir.ptr)
        return 0;
    if ((r = load_appspec(arena, dir, spec->appspec_file, &appspec, err)) < 0)
        return r;
    const struct appspec_hook *hook = appspec_hook(&appspec, event);
    if (!hook || !hook->len)
        return 0;
    if ((r = fs_make_dirs(logs.ptr, 0755, err)) < 0)
        return r;
    const struct hooks_run run = {.hook = hook,
            .archive = archive_dir(arena, dir),
            .log_dir = logs,
            .env = hook_environment(arena, spec, event)};
    hooks_run(arena, &run, ret);
    return 0;
}

void host_run(struct arena *arena, const struct host *host, str command, const struct spec *spec,
        struct diagnostics *ret)
{
    struct diagnostics d = {.message = STR("Succeeded")};
    struct error err = {0};
    int r;

    if (str_eq(command, STR("DownloadBundle")))
        r = download_bundle(arena, host, spec, &err);
    else if (str_eq(command, STR("Install")))
        r = install(arena, host, spec, &err);
    else if (is_hook(command))
        r = run_hooks(arena, host, command, spec, &d, &err);
    else
        r = error_set(
                &err, ENOTSUP, "this agent does not know the command \"%.*s\"", STR_ARG(command));
    if (r < 0)
        d = (struct diagnostics){
                .code = DIAGNOSTICS_UNKNOWN, .message = str_dup(arena, str_of(err.text))};
    *ret = d;
}

bool host_is_noop(
        struct arena *arena, const struct host *host, str command, const struct spec *spec)
{
    struct appspec appspec;
    str dir;

    if (!is_hook(command))
        return false;
    dir = script_dir(arena, host, command, spec);
    if (!dir.ptr)
        return true;
    if (load_appspec(arena, dir, spec->appspec_file, &appspec, NULL) < 0)
        return false; /* running it will say what is wrong */
    const struct appspec_hook *hook = appspec_hook(&appspec, command);
    return !hook || !hook->len;
}

/* ---- The command under way ------------------------------------------------------------ */

static str track_dir(struct arena *arena, const struct host *host)
{
    return str_printf(arena, "%.*s/ongoing-deployment", STR_ARG(host->root));
}

int host_track(struct arena *arena, const struct host *host, str deployment_id, str command_id,
        struct error *err)
{
    str dir = track_dir(arena, host);
    int r = fs_make_dirs(dir.ptr, 0755, err);

    return r < 0 ? r
                 : fs_write_atomic(
                           str_printf(arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(deployment_id)).ptr,
                           command_id, 0600, err);
}

void host_untrack(struct arena *arena, const struct host *host, str deployment_id)
{
    str dir = track_dir(arena, host);

    (void)unlink(str_printf(arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(deployment_id))
                         .ptr); /* never was, or is gone */
}

str host_tracked(struct arena *arena, const struct host *host, str *ret_deployment_id)
{
    str dir = track_dir(arena, host), command = {0};
    DIR *list = opendir(dir.ptr);
    struct dirent *entry;

    while (list && !command.ptr && (entry = readdir(list))) {
        if (entry->d_name[0] == '.')
            continue;
        if (fs_read(arena, str_printf(arena, "%.*s/%s", STR_ARG(dir), entry->d_name).ptr,
                    NAME_FILE_MAX, &command, NULL) < 0)
            command = (str){0};
        *ret_deployment_id = str_dup(arena, str_of(entry->d_name));
    }
    if (list)
        closedir(list);
    return command;
}
