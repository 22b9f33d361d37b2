#include "worker/runtimes.h"

#include "base/proc.h"

enum {
    PROBE_MAX = 16 << 10,
    PROBE_TIMEOUT_MS = 20000
};

static const struct runtime {
    str name;
    const char *const argv[3];
} runtimes[] = {
        {STR_INIT("python"), {"/usr/bin/python3", "--version"}},
        {STR_INIT("nodejs"), {"/usr/bin/node", "--version"}},
        {STR_INIT("java"), {"/usr/bin/java", "-version"}},
        {STR_INIT("golang"), {"/usr/bin/go", "version"}},
        {STR_INIT("ruby"), {"/usr/bin/ruby", "--version"}},
        {STR_INIT("php"), {"/usr/bin/php", "--version"}},
        {STR_INIT("dotnet"), {"/usr/bin/dotnet", "--version"}},
};

enum {
    RUNTIMES = sizeof(runtimes) / sizeof(*runtimes)
};

/* The first "12.3.4" of a text. */
static str first_version(str text)
{
    size_t start = 0, end;

    while (start < text.len && (text.ptr[start] < '0' || text.ptr[start] > '9'))
        start++;
    for (end = start; end < text.len; end++)
        if ((text.ptr[end] < '0' || text.ptr[end] > '9') && text.ptr[end] != '.')
            break;
    return str_head(str_skip(text, start), end - start);
}

bool runtime_version_matches(str version, str installed)
{
    while (version.len > 0 && version.ptr[0] >= 'a' && version.ptr[0] <= 'z' &&
            !str_eq(version, STR("latest")))
        version = str_skip(version, 1); /* "corretto17", "openjdk11" */
    if (str_ends(version, STR(".x")))
        version = str_head(version, version.len - 2);
    if (str_eq(version, STR("latest")))
        return true;
    return version.len > 0 && str_starts(installed, version) &&
           (installed.len == version.len || installed.ptr[version.len] == '.');
}

/* "3.11" of "3.11.2"; "18" of "18.2.1" where AWS counts majors. */
static str short_version(str name, str installed)
{
    bool majors = str_eq(name, STR("nodejs")) || str_eq(name, STR("java"));

    for (size_t i = 0, dots = 0; i < installed.len; i++)
        if (installed.ptr[i] == '.' && ++dots == (majors ? 1u : 2u))
            return str_head(installed, i);
    return installed;
}

static int unknown_runtime(struct arena *arena, str name, struct error *err)
{
    str names = STR("");

    for (size_t i = 0; i < RUNTIMES; i++)
        if (access(runtimes[i].argv[0], X_OK) == 0)
            names = str_printf(arena, "%.*s%s%.*s", STR_ARG(names), names.len ? ", " : "",
                    STR_ARG(runtimes[i].name));
    return error_set(err, EINVAL,
            "Unknown runtime named '%.*s'. This build image has the following runtimes: %.*s",
            STR_ARG(str_head(name, 60)), STR_ARG(names));
}

int runtime_check(str name, str version, struct error *err)
{
    static const char *const env[] = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", NULL};
    AUTO_ARENA struct arena scratch = {0};
    const struct runtime *runtime = NULL;
    str out, complaint;

    for (size_t i = 0; i < RUNTIMES && !runtime; i++)
        if (str_eq(runtimes[i].name, name) && access(runtimes[i].argv[0], X_OK) == 0)
            runtime = &runtimes[i];
    if (!runtime)
        return unknown_runtime(&scratch, name, err);
    int r = proc_run(&scratch,
            &(struct proc_options){.argv = runtime->argv, .env = env, .cwd = "/"}, STR(""),
            PROBE_MAX, PROBE_TIMEOUT_MS, &out, &complaint, err);
    if (r < 0)
        return r;
    str installed = first_version(out.len ? out : complaint); /* java writes to standard error */
    if (runtime_version_matches(version, installed))
        return 0;
    str has = short_version(name, installed);
    return error_set(err, EINVAL,
            "Unknown runtime version named '%.*s' of %.*s. This build image has the following "
            "versions: %.*s",
            STR_ARG(str_head(version, 60)), STR_ARG(name), STR_ARG(has));
}
