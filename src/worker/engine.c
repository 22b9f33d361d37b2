#include "worker/engine.h"

#include "base/clock.h"
#include "base/fs.h"
#include "worker/environment.h"
#include "worker/journal.h"
#include "worker/runtimes.h"
#include "worker/shell.h"
#include "worker/workspace.h"

#include <fcntl.h>
#include <sys/stat.h>

/* Everything of one run. */
struct engine {
    struct arena *arena;
    const struct build_options *options;
    struct build_result *result;
    struct journal journal;
    struct workspace workspace;
    struct buildspec spec;
    struct buildspec_pairs variables; /* of the buildspec, the project and the build, resolved */
    struct shell shell;
    bool has_shell;
    bool is_failing;                    /* some phase has failed */
    int64_t deadline;                   /* clock_monotonic_us() */
    str names[BUILD_MAX_ARTIFACTS + 1]; /* of artifacts, expanded; [0] the primary one */
};

bool build_image_is_known(str image)
{
    static const str prefixes[] = {
            STR_INIT("aws/codebuild/"), STR_INIT("ubuntu"), STR_INIT("debian")};

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
        str rest = image;
        if (str_take_prefix(&rest, prefixes[i]) && (i == 0 || rest.len == 0 || rest.ptr[0] == ':'))
            return str_find(image, STR("windows")) < 0;
    }
    return str_eq(image, STR("slipway/host"));
}

/* ---- Ends ----------------------------------------------------------------------------- */

/* A phase ends as the code of an error says; 0 is success. Returns the code. */
static int leave(struct engine *engine, int r, const char *code, const struct error *err)
{
    enum build_status wanted = (enum build_status)atomic_load(&engine->options->control->wanted);
    enum build_status status = BUILD_SUCCEEDED;

    if (r < 0 && wanted != BUILD_IN_PROGRESS) {
        engine->result->status = wanted;
        journal_leave(&engine->journal, wanted, STR(""), STR(""));
        return -ECANCELED;
    }
    if (r == -ETIMEDOUT && clock_monotonic_us() >= engine->deadline) {
        engine->result->status = BUILD_TIMED_OUT;
        journal_leave(&engine->journal, BUILD_TIMED_OUT, STR("BUILD_TIMED_OUT"),
                STR("Build has timed out. "));
        return r;
    }
    if (r < 0) {
        status = BUILD_FAILED;
        engine->is_failing = true;
    }
    journal_leave(&engine->journal, status, r < 0 ? str_of(code) : STR(""),
            r < 0 ? str_of(err->text) : STR(""));
    return r;
}

static bool is_over(const struct engine *engine)
{
    return engine->result->status != BUILD_IN_PROGRESS;
}

/* Between steps that do not wait on the shell: stop and time-out. */
static int check_end(struct engine *engine, struct error *err)
{
    if (atomic_load(&engine->options->control->wanted))
        return error_set(err, ECANCELED, "the build was stopped");
    if (clock_monotonic_us() >= engine->deadline)
        return error_set(err, ETIMEDOUT, "Build has timed out. ");
    return 0;
}

/* ---- PROVISIONING, DOWNLOAD_SOURCE ------------------------------------------------------ */

static int provision(struct engine *engine)
{
    const struct build_options *options = engine->options;
    struct error err = {{0}};
    int r = 0;

    journal_enter(&engine->journal, PHASE_PROVISIONING);
    if (!build_image_is_known(options->image))
        r = error_set(&err, ENOTSUP,
                "Unable to use image \"%.*s\": builds run on the host's own toolchain, under the "
                "name "
                "of an aws/codebuild image or slipway/host",
                STR_ARG(str_head(options->image, 200)));
    else
        r = workspace_open(engine->arena, options->work_dir, &engine->workspace, &err);
    return leave(engine, r, "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", &err);
}

static int download_sources(struct engine *engine, struct error *err)
{
    const struct build_options *options = engine->options;
    int r = 0;

    if (options->sources_len == 0)
        return fs_make_dirs(
                workspace_path(engine->arena, &engine->workspace, "output/src"), 0755, err);
    for (size_t i = 0; r == 0 && i < options->sources_len; i++) {
        str name = options->sources[i];
        const char *below = str_cstr(
                engine->arena, str_printf(engine->arena,
                                       name.ptr ? "output/src_%.*s" : "output/src", STR_ARG(name)));
        const char *dir = workspace_path(engine->arena, &engine->workspace, below);
        str version = {0};
        r = fs_make_dirs(dir, 0755, err);
        if (r == 0)
            r = options->owner.download(options->owner.arg, i, dir, &version, err);
        if (r == 0)
            r = check_end(engine, err);
        if (r == 0 && i == 0 && version.ptr)
            engine->result->source_version = str_dup(engine->arena, version);
        journal_line(&engine->journal, "CODEBUILD_SRC_DIR%s%.*s=/codebuild/%s", name.ptr ? "_" : "",
                STR_ARG(name), below);
    }
    return r;
}

/* A buildspec given as text has a line end, or is JSON; anything else names a file. */
static bool is_text(str buildspec)
{
    return str_find_char(buildspec, '\n') >= 0 || str_starts(str_trim(buildspec), STR("{"));
}

static int find_buildspec(struct engine *engine, str *ret, struct error *err)
{
    str given = engine->options->buildspec;

    if (given.len > 0 && is_text(given)) {
        journal_line(&engine->journal, "YAML location is /codebuild/readonly/buildspec.yml");
        *ret = given;
        return 0;
    }
    const char *name = given.len ? str_cstr(engine->arena, given) : "buildspec.yml";
    while (*name == '/')
        name++;
    const char *src = workspace_path(engine->arena, &engine->workspace, "output/src");
    AUTO_CLOSE int dir = open(src, O_PATH | O_DIRECTORY | O_CLOEXEC);
    AUTO_CLOSE int fd = dir < 0 ? -1 : open_beneath(dir, name, O_RDONLY | O_NONBLOCK);
    if (fd < 0)
        return error_set(err, ENOENT, "stat " WORKSPACE_SRC "/%s: no such file or directory", name);
    journal_line(&engine->journal, "YAML location is " WORKSPACE_SRC "/%s", name);
    return fd_read_all(engine->arena, fd, BUILDSPEC_MAX_BYTES, ret, err);
}

/* There is one user in a sandbox; another would be ignored silently. */
static int check_user(const struct buildspec *spec, struct error *err)
{
    str user = spec->run_as;

    for (int i = -1; i < BUILDSPEC_PHASES; i++) {
        if (i >= 0)
            user = spec->phases[i].run_as;
        if (user.ptr && !str_eq(user, STR("codebuild-user")))
            return error_set(err, EINVAL,
                    "run-as \"%.*s\" is not supported: every command runs as codebuild-user",
                    STR_ARG(str_head(user, 60)));
    }
    return 0;
}

static int check_runtimes(struct engine *engine, struct error *err)
{
    struct buildspec_pairs runtimes = engine->spec.phases[BUILDSPEC_INSTALL].runtimes;
    int r = 0;

    for (size_t i = 0; r == 0 && i < runtimes.len; i++) {
        journal_line(&engine->journal,
                "Selecting '%.*s' runtime version '%.*s' based on manual selections...",
                STR_ARG(runtimes.items[i].name), STR_ARG(runtimes.items[i].value));
        r = runtime_check(runtimes.items[i].name, runtimes.items[i].value, err);
    }
    return r;
}

static int read_buildspec(struct engine *engine, struct error *err)
{
    struct journal *journal = &engine->journal;
    size_t phases = 0;
    str text;
    int r;

    if ((r = find_buildspec(engine, &text, err)) < 0 ||
            (r = buildspec_parse(engine->arena, text, &engine->spec, err)) < 0 ||
            (r = check_user(&engine->spec, err)) < 0)
        return r;
    for (size_t i = 0; i < engine->spec.warnings.len; i++)
        journal_line(journal, "Warning: %.*s", STR_ARG(engine->spec.warnings.items[i]));
    journal_line(journal, "Processing environment variables");
    r = check_runtimes(engine, err);
    if (r < 0)
        return r;
    journal_line(journal, "Moving to directory " WORKSPACE_SRC);
    for (int i = 0; i < BUILDSPEC_PHASES; i++)
        phases += engine->spec.phases[i].is_set;
    journal_line(journal, "Phases found in YAML: %zu", phases);
    for (int i = 0; i < BUILDSPEC_PHASES; i++)
        if (engine->spec.phases[i].is_set)
            journal_line(journal, " %s: %zu commands", build_phase_name(PHASE_INSTALL + i),
                    engine->spec.phases[i].commands.len);
    return 0;
}

/* ---- Variables whose values stand elsewhere -------------------------------------------- */

static bool is_overridden(const struct buildspec_pairs *variables, size_t i)
{
    for (size_t k = i + 1; k < variables->len; k++)
        if (str_eq(variables->items[k].name, variables->items[i].name))
            return true;
    return false;
}

/* What AWS calls the status code of a phase that could not have its variables. */
static const char *const origin_codes[] = {[BUILDSPEC_PLAIN] = "CLIENT_ERROR",
        [BUILDSPEC_PARAMETER_STORE] = "Decrypted Variables Error",
        [BUILDSPEC_SECRETS_MANAGER] = "Secrets Manager Error"};

static int resolve_variable(
        struct engine *engine, struct buildspec_pair *variable, struct error *err)
{
    const struct build_owner *owner = &engine->options->owner;
    str value;
    int r = owner->resolve(owner->arg, engine->arena, variable, &value, err);

    if (r == 0)
        r = check_end(engine, err);
    if (r < 0)
        return r;
    if (memchr(value.ptr, '\0', value.len))
        return error_set(err, EINVAL, "the value of %.*s has a NUL byte",
                STR_ARG(str_head(variable->name, 100)));
    variable->value = value;
    return 0;
}

/* Those of the build win over those of the buildspec; of the ones that win, the secret ones are
 * fetched, and are in no log from here on. */
static int resolve_variables(struct engine *engine, const char **ret_code, struct error *err)
{
    const struct build_options *options = engine->options;
    const struct buildspec_pairs *sets[] = {&engine->spec.variables, &options->variables};
    struct buildspec_pairs *variables = &engine->variables;
    size_t most = sets[0]->len + sets[1]->len;
    struct str_list secrets = {.items = arena_array(engine->arena, most, str), .is_set = true};
    int r = 0;

    variables->items = arena_array(engine->arena, most, struct buildspec_pair);
    for (size_t set = 0; set < 2; set++)
        for (size_t i = 0; i < sets[set]->len; i++)
            variables->items[variables->len++] = sets[set]->items[i];
    for (size_t i = 0; r == 0 && i < variables->len; i++) {
        struct buildspec_pair *variable = &variables->items[i];

        if (variable->origin == BUILDSPEC_PLAIN || is_overridden(variables, i))
            continue;
        *ret_code = origin_codes[variable->origin];
        r = resolve_variable(engine, variable, err);
        secrets.items[secrets.len++] = variable->value;
    }
    return r == 0 && secrets.len ? journal_hide(&engine->journal, secrets, err) : r;
}

static void log_output(void *arg, str bytes)
{
    struct engine *engine = arg;

    journal_bytes(&engine->journal, bytes);
}

static int open_shell(struct engine *engine, struct error *err)
{
    const struct build_options *options = engine->options;
    AUTO_ARENA struct arena scratch = {0};
    struct shell_options shell = {.program = engine->spec.shell,
            .control_dir = workspace_path(engine->arena, &engine->workspace, "control"),
            .control = options->control,
            .deadline = engine->deadline,
            .log = log_output,
            .log_arg = engine};
    str pem;
    int r = workspace_give(&engine->workspace, "output", err);

    if (r == 0 && options->ca_file.ptr) {
        const char *copy = workspace_path(&scratch, &engine->workspace, "control/ca.pem");
        r = fs_read(&scratch, str_cstr(&scratch, options->ca_file), 1 << 20, &pem, err);
        if (r == 0)
            r = fs_write_atomic(copy, pem, 0644, err);
    }
    if (r < 0)
        return r;
    shell.sandbox = (struct sandbox_options){.cwd = WORKSPACE_SRC,
            .env = environment_make(
                    engine->arena, options, engine->variables, engine->result->source_version),
            .binds = engine->workspace.binds,
            .binds_len = engine->workspace.binds_len,
            .hide = options->hide,
            .network = true,
            .limits = {.processes = 16384, .open_files = 65536}};
    r = shell_open(&shell, &engine->shell, err);
    engine->has_shell = r == 0;
    return r;
}

static int download(struct engine *engine)
{
    struct error err = {{0}};
    const char *code = "CLIENT_ERROR";
    int r;

    journal_enter(&engine->journal, PHASE_DOWNLOAD_SOURCE);
    journal_line(&engine->journal, "Phase is DOWNLOAD_SOURCE");
    r = download_sources(engine, &err);
    if (r == 0) {
        code = "YAML_FILE_ERROR";
        r = read_buildspec(engine, &err);
    }
    if (r == 0) {
        code = "CLIENT_ERROR";
        r = resolve_variables(engine, &code, &err);
    }
    if (r == 0) {
        code = "INTERNAL_SERVICE_ERROR";
        r = open_shell(engine, &err);
    }
    return leave(engine, r, code, &err);
}

/* ---- The phases of the buildspec --------------------------------------------------------- */

static int run_command(struct engine *engine, str command, struct error *err)
{
    struct journal *journal = &engine->journal;
    str shown = str_trim(command);
    int status;

    journal_line(journal, "Running command %.*s", STR_ARG(shown));
    status = shell_run(&engine->shell, command, !engine->is_failing, err);
    if (engine->shell.had_output) {
        journal_bytes(journal, engine->shell.last == '\n' ? STR("\n") : STR("\n\n"));
        engine->shell.last = '\n';
    }
    if (status == -EPIPE)
        return error_set(err, EIO,
                "Error while executing command: %.*s. Reason: the sandbox was killed",
                STR_ARG(str_head(shown, 300)));
    if (status <= 0)
        return status;
    journal_line(journal, "Command did not exit successfully %.*s exit status %d", STR_ARG(shown),
            status);
    return error_set(err, EIO, "Error while executing command: %.*s. Reason: exit status %d",
            STR_ARG(str_head(shown, 300)), status);
}

static int run_commands(struct engine *engine, struct str_list commands, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < commands.len; i++)
        r = run_command(engine, commands.items[i], err);
    return r;
}

static bool has_ended(int r)
{
    return r == -ETIMEDOUT || r == -ECANCELED;
}

static int run_phase(struct engine *engine, enum buildspec_phase_kind kind)
{
    const struct buildspec_phase *phase = &engine->spec.phases[kind];
    enum build_phase_type type = (enum build_phase_type)(PHASE_INSTALL + kind);
    struct error err = {{0}}, late = {{0}};
    int r, end = 0;

    journal_enter(&engine->journal, type);
    journal_line(&engine->journal, "Entering phase %s", build_phase_name(type));
    r = run_commands(engine, phase->commands, &err);
    if (!has_ended(r) && phase->finally.len > 0)
        end = run_commands(engine, phase->finally, &late);
    if (r == 0 || has_ended(end)) {
        r = end;
        err = late;
    }
    return leave(engine, r, "COMMAND_EXECUTION_ERROR", &err);
}

/* True: the artifacts are to be uploaded. */
static bool run_phases(struct engine *engine)
{
    for (int i = 0; i < BUILDSPEC_PHASES; i++) {
        enum buildspec_on_failure then = engine->spec.phases[i].on_failure;
        int r = run_phase(engine, (enum buildspec_phase_kind)i);
        if (is_over(engine))
            return false;
        if (r == 0 || then == BUILDSPEC_CONTINUE)
            continue;
        if (then == BUILDSPEC_ABORT || i < BUILDSPEC_BUILD)
            return false;
    }
    return true;
}

/* ---- UPLOAD_ARTIFACTS, FINALIZING ---------------------------------------------------------- */

static const struct buildspec_artifacts *find_artifacts(const struct engine *engine, str identifier)
{
    if (!identifier.ptr)
        return engine->spec.artifacts.is_set ? &engine->spec.artifacts : NULL;
    for (size_t i = 0; i < engine->spec.secondary.len; i++)
        if (str_eq(engine->spec.secondary.items[i].identifier, identifier))
            return &engine->spec.secondary.items[i];
    return NULL;
}

/* What needs the shell, before it is closed: exported variables and names of artifacts. */
static int ask_shell(struct engine *engine, struct error *err)
{
    const struct build_options *options = engine->options;
    struct buildspec_pairs *exported = &engine->result->exported;
    size_t count = engine->spec.exported.len, named = 0;
    str *words = arena_array(engine->arena, count + BUILD_MAX_ARTIFACTS, str);
    str *values = arena_array(engine->arena, count + BUILD_MAX_ARTIFACTS, str);
    int r;

    for (size_t i = 0; i < count; i++)
        words[i] = str_printf(engine->arena, "${%.*s-}", STR_ARG(engine->spec.exported.items[i]));
    for (size_t i = 0; i < options->artifacts_len; i++) {
        const struct buildspec_artifacts *artifacts = find_artifacts(engine, options->artifacts[i]);
        if (artifacts && artifacts->name.ptr)
            words[count + named++] = artifacts->name;
    }
    if (count + named == 0)
        return 0;
    r = shell_expand(&engine->shell, engine->arena,
            (struct str_list){.items = words, .len = count + named, .is_set = true}, values, err);
    if (r < 0)
        return r;
    exported->items = arena_array(engine->arena, count, struct buildspec_pair);
    for (; exported->len < count; exported->len++)
        exported->items[exported->len] =
                (struct buildspec_pair){.name = engine->spec.exported.items[exported->len],
                        .value = journal_text(&engine->journal, values[exported->len])};
    for (size_t i = 0; i < options->artifacts_len; i++) {
        const struct buildspec_artifacts *artifacts = find_artifacts(engine, options->artifacts[i]);
        if (artifacts && artifacts->name.ptr)
            engine->names[i] = values[count++];
    }
    return 0;
}

static int upload_one(struct engine *engine, int source, size_t i, struct error *err)
{
    const struct build_options *options = engine->options;
    str identifier = options->artifacts[i];
    const struct buildspec_artifacts *artifacts = find_artifacts(engine, identifier);
    struct artifact_files files;
    int r;

    if (!artifacts && identifier.ptr)
        return error_set(
                err, EINVAL, "buildspec has no secondary artifact \"%.*s\"", STR_ARG(identifier));
    if (!artifacts) {
        journal_line(&engine->journal, "No artifact files specified");
        return 0;
    }
    journal_line(&engine->journal, "Expanding base directory path: %.*s",
            STR_ARG(artifacts->base_directory.ptr ? artifacts->base_directory : STR(".")));
    journal_line(&engine->journal, "Assembling file list");
    for (size_t k = 0; k < artifacts->files.len; k++)
        journal_line(&engine->journal, "Expanding %.*s", STR_ARG(artifacts->files.items[k]));
    r = artifacts_select(engine->arena, source, artifacts, &files, err);
    if (r < 0)
        return r;
    journal_line(&engine->journal, "Found %zu file(s)", files.len);
    return options->owner.upload(options->owner.arg, i, engine->names[i], &files, err);
}

static void upload(struct engine *engine)
{
    struct error err = {{0}};
    int r = 0;

    journal_enter(&engine->journal, PHASE_UPLOAD_ARTIFACTS);
    AUTO_CLOSE int source = open(workspace_path(engine->arena, &engine->workspace, "output/src"),
            O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (source < 0)
        r = error_set(&err, ENOENT, "no matching base directory path found");
    for (size_t i = 0; r == 0 && i < engine->options->artifacts_len; i++) {
        r = upload_one(engine, source, i, &err);
        if (r == 0)
            r = check_end(engine, &err);
    }
    (void)leave(engine, r, "CLIENT_ERROR", &err);
}

static void close_shell(struct engine *engine)
{
    if (engine->has_shell)
        shell_close(&engine->shell);
    engine->has_shell = false;
}

static void finish(struct engine *engine)
{
    struct build_result *result = engine->result;

    close_shell(engine);
    journal_enter(&engine->journal, PHASE_FINALIZING);
    workspace_close(&engine->workspace);
    journal_leave(&engine->journal, BUILD_SUCCEEDED, STR(""), STR(""));
    if (result->status == BUILD_IN_PROGRESS)
        result->status = engine->is_failing ? BUILD_FAILED : BUILD_SUCCEEDED;
    journal_enter(&engine->journal, PHASE_COMPLETED);
    journal_close(&engine->journal);
}

void build_run(struct arena *arena, const struct build_options *options, struct build_result *ret)
{
    struct engine engine = {.arena = arena,
            .options = options,
            .result = ret,
            .journal = {.arena = arena, .owner = &options->owner, .result = ret},
            .deadline = clock_monotonic_us() + options->timeout_ms * 1000};
    struct error err = {{0}};

    *ret = (struct build_result){.status = BUILD_IN_PROGRESS};
    if (provision(&engine) == 0 && download(&engine) == 0) {
        bool wants_upload = run_phases(&engine);
        int r = is_over(&engine) ? 0 : ask_shell(&engine, &err);
        close_shell(&engine);
        if (wants_upload)
            upload(&engine);
        if (r < 0 && !is_over(&engine)) {
            engine.is_failing = true;
            if (atomic_load(&options->control->wanted))
                ret->status = (enum build_status)atomic_load(&options->control->wanted);
            if (r == -ETIMEDOUT)
                ret->status = BUILD_TIMED_OUT;
            journal_line(&engine.journal, "Could not read variables at the end: %s", err.text);
        }
    }
    finish(&engine);
}
