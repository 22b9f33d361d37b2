#include "worker/local.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/options.h"
#include "base/proc.h"
#include "worker/engine.h"

#include <signal.h>
#include <sys/stat.h>

enum {
    DEFAULT_TIMEOUT_MS = 8 * 3600 * 1000,
    COPY_OUTPUT_MAX = 64 << 10,
    SECOND_MS = 1000
};

struct local {
    struct arena arena;
    const char *source;    /* DIR */
    const char *buildspec; /* as given, or NULL */
    const char *artifacts; /* as given, or NULL */
    bool check_only;
    str text; /* of the buildspec */
    struct buildspec_pairs env;
};

static struct build_control control; /* for the signal handler */

static void on_signal(int signal)
{
    int saved = errno;

    (void)signal;
    build_stop(&control, BUILD_STOPPED);
    errno = saved;
}

static void print_log(void *arg, str bytes)
{
    (void)arg;
    (void)!fd_write_all(
            STDOUT_FILENO, bytes, NULL); /* a reader that left does not stop the build */
}

static void ignore_phase(void *arg, const struct build_result *so_far)
{
    (void)arg;
    (void)so_far;
}

static int copy_source(void *arg, size_t i, const char *dir, str *ret_version, struct error *err)
{
    struct local *local = arg;
    AUTO_ARENA struct arena scratch = {0};
    const char *from = str_cstr(&scratch, str_printf(&scratch, "%s/.", local->source));
    str out, complaint;

    (void)i;
    (void)ret_version;
    int r = proc_run(&scratch,
            &(struct proc_options){.argv = (const char *const[]){"cp", "-a", "--reflink=auto", "--",
                                           from, dir, NULL}},
            STR(""), COPY_OUTPUT_MAX, -1, &out, &complaint, err);
    if (r <= 0)
        return r;
    return error_set(err, EIO, "could not copy \"%s\": %.*s", local->source,
            STR_ARG(str_trim(str_head(complaint, 300))));
}

static int keep_artifacts(
        void *arg, size_t i, str name, const struct artifact_files *files, struct error *err)
{
    struct local *local = arg;

    (void)i;
    (void)name;
    return local->artifacts ? artifacts_copy(files, local->artifacts, err) : 0;
}

/* --env or the environment of who calls has it, or nobody. */
static int take_from_environment(void *arg, struct arena *arena,
        const struct buildspec_pair *variable, str *ret, struct error *err)
{
    const struct local *local = arg;
    const char *value = getenv(str_cstr(arena, variable->name));

    for (size_t i = local->env.len; i-- > 0;)
        if (str_eq(local->env.items[i].name, variable->name)) {
            *ret = local->env.items[i].value;
            return 0;
        }
    if (!value)
        return error_set(err, ENOENT,
                "%.*s comes from %s, and there is no server here: set it in the environment, or "
                "with --env",
                STR_ARG(str_head(variable->name, 100)),
                variable->origin == BUILDSPEC_SECRETS_MANAGER ? "Secrets Manager"
                                                              : "Parameter Store");
    *ret = str_dup(arena, str_of(value));
    return 0;
}

static void print_summary(const struct build_result *result)
{
    AUTO_ARENA struct arena scratch = {0};
    int64_t first = result->phases[0].start, last = result->phases[result->phases_len - 1].start;

    for (size_t i = 0; i < result->phases_len; i++) {
        const struct build_phase *phase = &result->phases[i];
        if (phase->type == PHASE_COMPLETED)
            continue;
        print_log(NULL, str_printf(&scratch, "%-16s %-9s %8.3f s%s%.*s%s%.*s\n",
                                build_phase_name(phase->type), build_status_name(phase->status),
                                (double)(phase->end - phase->start) / SECOND_MS,
                                phase->code.len ? "  " : "", STR_ARG(phase->code),
                                phase->code.len ? ": " : "", STR_ARG(phase->message)));
    }
    print_log(NULL, str_printf(&scratch, "Build %s in %.3f s\n", build_status_name(result->status),
                            (double)(last - first) / SECOND_MS));
}

/* Takes --env NAME=VALUE out of argv: the only option that may come more than once. */
static int take_env(struct local *local, int *argc, char **argv, struct error *err)
{
    int kept = 0;

    local->env.items = arena_array(&local->arena, (size_t)*argc, struct buildspec_pair);
    for (int i = 0; i < *argc; i++) {
        str value = str_of(argv[i]), name;
        if (i == 0 || (strcmp(argv[i], "--env") != 0 && !str_take_prefix(&value, STR("--env=")))) {
            argv[kept++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--env") == 0)
            value = ++i < *argc ? str_of(argv[i]) : STR("");
        if (!str_cut(&value, '=', &name) || name.len == 0)
            return error_set(err, EINVAL, "--env wants NAME=VALUE");
        local->env.items[local->env.len++] = (struct buildspec_pair){.name = name, .value = value};
    }
    *argc = kept;
    return 0;
}

static int read_arguments(struct local *local, int argc, char **argv, struct error *err)
{
    const char *dir[1];
    struct option_words words = {.items = dir, .max = 1};
    const struct option_spec options[] = {{"buildspec", &local->buildspec, NULL},
            {"artifacts", &local->artifacts, NULL}, {"check", NULL, &local->check_only}};
    struct stat st;
    int r = take_env(local, &argc, argv, err);

    if (r == 0)
        r = options_parse(
                argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &words, err);
    if (r < 0)
        return r;
    local->source = words.len ? words.items[0] : ".";
    if (stat(local->source, &st) < 0 || !S_ISDIR(st.st_mode))
        return error_set(err, ENOTDIR, "\"%s\" is not a directory", local->source);
    return 0;
}

/* Always passed on as text: with a line end, so that it cannot be taken for a name. */
static int load_buildspec(struct local *local, struct error *err)
{
    struct buildspec spec;
    const char *path = local->buildspec;
    int r;

    if (!path)
        path = str_cstr(
                &local->arena, str_printf(&local->arena, "%s/buildspec.yml", local->source));
    r = fs_read(&local->arena, path, BUILDSPEC_MAX_BYTES, &local->text, err);
    if (r < 0)
        return r;
    local->text = str_concat(&local->arena, local->text, STR("\n"));
    if (!local->check_only)
        return 0;
    r = buildspec_parse(&local->arena, local->text, &spec, err);
    for (size_t i = 0; r == 0 && i < spec.warnings.len; i++)
        print_log(NULL,
                str_printf(&local->arena, "warning: %.*s\n", STR_ARG(spec.warnings.items[i])));
    return r < 0 ? error_prefix(err, r, "%s", path) : 0;
}

/* The given variables that the buildspec does not say to be secret: a secret stays one, and is in
 * no log, wherever its value comes from. */
static struct buildspec_pairs plain_variables(struct local *local)
{
    struct buildspec_pairs plain = {
            .items = arena_array(&local->arena, local->env.len, struct buildspec_pair)};
    struct buildspec spec;

    if (buildspec_parse(&local->arena, local->text, &spec, NULL) < 0)
        return local->env; /* the build will say so */
    for (size_t i = 0; i < local->env.len; i++) {
        bool is_secret = false;
        for (size_t k = 0; k < spec.variables.len; k++)
            if (str_eq(spec.variables.items[k].name, local->env.items[i].name))
                is_secret = spec.variables.items[k].origin != BUILDSPEC_PLAIN;
        if (!is_secret)
            plain.items[plain.len++] = local->env.items[i];
    }
    return plain;
}

static int run(struct local *local, struct build_result *result, struct error *err)
{
    const struct sigaction stop = {.sa_handler = on_signal};
    const char *tmp = getenv("TMPDIR");
    struct build_options options = {
            .arn = STR("arn:aws:codebuild:local:000000000000:build/local:0"),
            .id = STR("local:0"),
            .project = STR("local"),
            .image = STR("slipway/host"),
            .initiator = STR("local"),
            .number = 1,
            .start_time = clock_now(),
            .variables = plain_variables(local),
            .buildspec = local->text,
            .sources_len = 1,
            .artifacts_len = 1, /* the primary one: an absent identifier */
            .work_dir = tmp ? tmp : "/tmp",
            .timeout_ms = DEFAULT_TIMEOUT_MS,
            .control = &control,
            .owner = {.arg = local,
                    .log = print_log,
                    .phase = ignore_phase,
                    .download = copy_source,
                    .resolve = take_from_environment,
                    .upload = keep_artifacts}};
    int r = build_control_init(&control, err);

    if (r < 0)
        return r;
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGTERM, &stop, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    build_run(&local->arena, &options, result);
    build_control_done(&control);
    return 0;
}

int worker_build_main(int argc, char **argv)
{
    struct local local = {0};
    struct build_result result = {0};
    struct error err = {{0}};
    int exit_code = 0, r;

    r = read_arguments(&local, argc, argv, &err);
    if (r == 0)
        r = load_buildspec(&local, &err);
    if (r == 0 && !local.check_only)
        r = run(&local, &result, &err);
    if (r < 0) {
        (void)fprintf(stderr, "slipway build: %s\n", err.text);
        exit_code = 2;
    } else if (!local.check_only) {
        print_summary(&result);
        exit_code = result.status == BUILD_SUCCEEDED ? 0 : 1;
    }
    arena_free(&local.arena);
    return exit_code;
}
