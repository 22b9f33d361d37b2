#include "worker/buildspec.h"

#include "base/yaml_node.h"

static const str phase_names[BUILDSPEC_PHASES] = {
        STR_INIT("install"), STR_INIT("pre_build"), STR_INIT("build"), STR_INIT("post_build")};

str buildspec_phase_name(enum buildspec_phase_kind kind)
{
    return phase_names[kind];
}

/* What every reader needs; `spec` collects the result and its warnings. */
struct reader {
    struct arena *arena;
    struct buildspec *spec;
    struct error *err;
};

/* A mapping's keys, and which of them somebody asked for: the rest becomes a warning. */
PRINTF(3, 4)
static void warn(struct reader *reader, struct yaml_node at, const char *fmt, ...)
{
    struct str_list *warnings = &reader->spec->warnings;
    va_list args;

    if (warnings->len == BUILDSPEC_MAX_WARNINGS)
        return;
    if (!warnings->items)
        warnings->items = arena_array(reader->arena, BUILDSPEC_MAX_WARNINGS, str);
    va_start(args, fmt);
    str text = str_vprintf(reader->arena, fmt, args);
    va_end(args);
    warnings->items[warnings->len++] =
            str_printf(reader->arena, "buildspec line %d, column %d: %.*s", yaml_node_line(at),
                    yaml_node_column(at), STR_ARG(text));
}

/* Looks in `map`, then in what "<<" merges into it. */
static struct yaml_node find_merged(struct yaml_node map, str name, int depth)
{
    struct yaml_node key, value, merged = {0};

    for (size_t i = yaml_node_len(map); i-- > 0;) {
        yaml_node_pair(map, i, &key, &value);
        if (str_eq(yaml_node_text(key), name))
            return value;
    }
    for (size_t i = 0; depth < BUILDSPEC_MAX_MERGE_DEPTH && i < yaml_node_len(map); i++) {
        yaml_node_pair(map, i, &key, &value);
        if (!str_eq(yaml_node_text(key), STR("<<")))
            continue;
        if (yaml_node_is_mapping(value))
            return find_merged(value, name, depth + 1);
        for (size_t k = 0; yaml_node_is_sequence(value) && k < yaml_node_len(value); k++) {
            struct yaml_node item = yaml_node_item(value, k);
            if (!merged.node && yaml_node_is_mapping(item) &&
                    yaml_node_len(item) <= BUILDSPEC_MAX_VARIABLES)
                merged = find_merged(item, name, BUILDSPEC_MAX_MERGE_DEPTH);
        }
    }
    return merged;
}

/* A member; "no node" when it is absent or null. */
static struct yaml_node find(struct yaml_node map, const char *name)
{
    struct yaml_node n = {0};

    if (yaml_node_is_mapping(map))
        n = find_merged(map, str_of(name), 0);
    return yaml_node_is_null(n) ? (struct yaml_node){0} : n;
}

/* A member that must be a mapping. */
static int find_mapping(
        struct reader *reader, struct yaml_node map, const char *name, struct yaml_node *ret)
{
    struct yaml_node n = find(map, name);

    if (n.node && !yaml_node_is_mapping(n))
        return yaml_node_error(n, reader->err, "Expected %s to be a mapping", name);
    *ret = n;
    return 0;
}

static int read_str(struct reader *reader, struct yaml_node map, const char *name, str *ret)
{
    struct yaml_node n = find(map, name);

    if (!n.node)
        return 0;
    if (!yaml_node_is_scalar(n))
        return yaml_node_error(n, reader->err, "Expected %s to be of string type", name);
    if (yaml_node_text(n).len > BUILDSPEC_MAX_VALUE)
        return yaml_node_error(
                n, reader->err, "%s is longer than %d bytes", name, BUILDSPEC_MAX_VALUE);
    *ret = str_dup(reader->arena, yaml_node_text(n));
    return 0;
}

static int read_bool(struct reader *reader, struct yaml_node map, const char *name, bool *ret)
{
    struct yaml_node n = find(map, name);
    str text = yaml_node_text(n);

    if (!n.node)
        return 0;
    if (str_eq_nocase(text, STR("yes")) || str_eq_nocase(text, STR("true"))) {
        *ret = true;
    } else if (str_eq_nocase(text, STR("no")) || str_eq_nocase(text, STR("false"))) {
        *ret = false;
    } else {
        return yaml_node_error(n, reader->err, "Expected %s to be yes or no", name);
    }
    return 0;
}

/* AWS names a bad list item "Commands[0]": `label` is that word. */
static int read_list(struct reader *reader, struct yaml_node map, const char *name,
        const char *label, size_t max, struct str_list *ret)
{
    struct yaml_node n = find(map, name);
    struct str_list list = {.is_set = true};

    if (!n.node)
        return 0;
    if (yaml_node_is_scalar(n)) { /* a single string stands for a list of one */
        list.items = arena_new(reader->arena, str);
        list.items[list.len++] = str_dup(reader->arena, yaml_node_text(n));
        *ret = list;
        return 0;
    }
    if (!yaml_node_is_sequence(n))
        return yaml_node_error(n, reader->err, "Expected %s to be a list", name);
    if (yaml_node_len(n) > max)
        return yaml_node_error(n, reader->err, "%s has more than %zu items", name, max);

    list.items = arena_array(reader->arena, yaml_node_len(n), str);
    for (size_t i = 0; i < yaml_node_len(n); i++) {
        struct yaml_node item = yaml_node_item(n, i);
        if (!yaml_node_is_scalar(item))
            return error_set(reader->err, EINVAL,
                    "Expected %s[%zu] to be of string type: found %s instead at line %d, column "
                    "%d, value of the key tag on line %d might be empty",
                    label, i, yaml_node_is_mapping(item) ? "subkeys" : "a list",
                    yaml_node_line(item), yaml_node_column(item),
                    yaml_node_line(item) > 1 ? yaml_node_line(item) - 1 : 1);
        if (yaml_node_is_null(item))
            return yaml_node_error(item, reader->err,
                    "Expected %s[%zu] to be of string type: found nothing", label, i);
        if (yaml_node_text(item).len > BUILDSPEC_MAX_COMMAND)
            return yaml_node_error(item, reader->err, "%s[%zu] is longer than %d bytes", label, i,
                    BUILDSPEC_MAX_COMMAND);
        list.items[list.len++] = str_dup(reader->arena, yaml_node_text(item));
    }
    *ret = list;
    return 0;
}

static bool is_variable_name(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return s.len > 0;
}

static int add_pairs(struct reader *reader, struct yaml_node map, const char *what, int depth,
        struct buildspec_pairs *pairs);

static int add_pair(struct reader *reader, struct yaml_node key, struct yaml_node value,
        const char *what, int depth, struct buildspec_pairs *pairs)
{
    str name = yaml_node_text(key), text = yaml_node_text(value);

    if (str_eq(name, STR("<<")) && yaml_node_is_mapping(value) && depth < BUILDSPEC_MAX_MERGE_DEPTH)
        return add_pairs(reader, value, what, depth + 1, pairs);
    if (!yaml_node_is_scalar(key) || !yaml_node_is_scalar(value))
        return yaml_node_error(value, reader->err, "Expected %s.%.*s to be of string type", what,
                STR_ARG(str_head(name, 100)));
    if (memchr(text.ptr, '\0', text.len) || text.len > BUILDSPEC_MAX_VALUE)
        return yaml_node_error(value, reader->err, "%s.%.*s is longer than %d bytes or has a NUL",
                what, STR_ARG(str_head(name, 100)), BUILDSPEC_MAX_VALUE);
    for (size_t i = 0; i < pairs->len; i++)
        if (str_eq(pairs->items[i].name, name))
            return 0; /* the mapping's own keys come first and win over merged ones */
    if (pairs->len == BUILDSPEC_MAX_VARIABLES)
        return yaml_node_error(
                key, reader->err, "%s has more than %d entries", what, BUILDSPEC_MAX_VARIABLES);
    pairs->items[pairs->len++] = (struct buildspec_pair){str_dup(reader->arena, name),
            str_dup(reader->arena, yaml_node_is_null(value) ? STR("") : text)};
    return 0;
}

static int add_pairs(struct reader *reader, struct yaml_node map, const char *what, int depth,
        struct buildspec_pairs *pairs)
{
    struct yaml_node key, value;

    if (yaml_node_len(map) > BUILDSPEC_MAX_VARIABLES)
        return yaml_node_error(
                map, reader->err, "%s has more than %d entries", what, BUILDSPEC_MAX_VARIABLES);
    for (int merged = 0; merged < 2; merged++)
        for (size_t i = 0; i < yaml_node_len(map); i++) {
            yaml_node_pair(map, i, &key, &value);
            if (str_eq(yaml_node_text(key), STR("<<")) != (merged == 1))
                continue;
            int r = add_pair(reader, key, value, what, depth, pairs);
            if (r < 0)
                return r;
        }
    return 0;
}

static int read_pairs(
        struct reader *reader, struct yaml_node map, const char *name, struct buildspec_pairs *ret)
{
    struct buildspec_pairs pairs = {0};
    struct yaml_node n;
    int r = find_mapping(reader, map, name, &n);

    if (r < 0 || !n.node)
        return r;
    pairs.items = arena_array(reader->arena, BUILDSPEC_MAX_VARIABLES, struct buildspec_pair);
    r = add_pairs(reader, n, name, 0, &pairs);
    if (r == 0)
        *ret = pairs;
    return r;
}

/* Warns of every key of `map` that is not in `known` (ends with NULL). */
static int check_keys(
        struct reader *reader, struct yaml_node map, const char *where, const char *const *known)
{
    struct yaml_node key, value;

    for (size_t i = 0; i < yaml_node_len(map); i++) {
        bool found = false;
        yaml_node_pair(map, i, &key, &value);
        if (!yaml_node_is_scalar(key))
            return yaml_node_error(key, reader->err, "Expected the key to be of string type");
        str name = yaml_node_text(key);
        for (size_t k = 0; known[k] && !found; k++)
            found = str_eq(name, str_of(known[k]));
        for (size_t k = 0; k < i; k++) {
            struct yaml_node other, unused;
            yaml_node_pair(map, k, &other, &unused);
            if (str_eq(yaml_node_text(other), name))
                return yaml_node_error(key, reader->err, "key \"%.*s\" already set in map",
                        STR_ARG(str_head(name, 100)));
        }
        if (!found && !str_eq(name, STR("<<")))
            warn(reader, key, "\"%.*s\" is not supported%s and has no effect",
                    STR_ARG(str_head(name, 100)), where);
        if (i > 200)
            return yaml_node_error(key, reader->err, "mapping has too many keys");
    }
    return 0;
}

/* Appends what env has under the name of an origin. */
static int read_origin(struct reader *reader, struct yaml_node env, enum buildspec_origin origin,
        struct buildspec_pairs *variables)
{
    static const char *const names[] = {[BUILDSPEC_PLAIN] = "variables",
            [BUILDSPEC_PARAMETER_STORE] = "parameter-store",
            [BUILDSPEC_SECRETS_MANAGER] = "secrets-manager"};
    const char *name = names[origin];
    struct buildspec_pairs pairs = {0};
    int r = read_pairs(reader, env, name, &pairs);

    for (size_t i = 0; r == 0 && i < pairs.len; i++) {
        struct buildspec_pair pair = {pairs.items[i].name, pairs.items[i].value, origin};
        if (!is_variable_name(pair.name))
            return yaml_node_error(find(env, name), reader->err,
                    "\"%.*s\" is not the name of an environment variable",
                    STR_ARG(str_head(pair.name, 100)));
        if (origin != BUILDSPEC_PLAIN && !pair.value.len)
            return yaml_node_error(find(env, name), reader->err, "%s.%.*s is empty", name,
                    STR_ARG(str_head(pair.name, 100)));
        variables->items[variables->len++] = pair;
    }
    return r;
}

static int read_variables(
        struct reader *reader, struct yaml_node env, struct buildspec_pairs *variables)
{
    int r = 0;

    variables->items =
            arena_array(reader->arena, (size_t)3 * BUILDSPEC_MAX_VARIABLES, struct buildspec_pair);
    for (int origin = BUILDSPEC_PLAIN; r == 0 && origin <= BUILDSPEC_SECRETS_MANAGER; origin++)
        r = read_origin(reader, env, (enum buildspec_origin)origin, variables);
    return r;
}

static int read_env(struct reader *reader, struct yaml_node root)
{
    static const char *const known[] = {"shell", "variables", "exported-variables",
            "parameter-store", "secrets-manager", "git-credential-helper", NULL};
    struct buildspec *spec = reader->spec;
    bool helper = false;
    struct yaml_node env;
    str shell = {0};
    int r = find_mapping(reader, root, "env", &env);

    if (r < 0 || !env.node)
        return r;
    if ((r = check_keys(reader, env, " in env", known)) < 0 ||
            (r = read_str(reader, env, "shell", &shell)) < 0 ||
            (r = read_variables(reader, env, &spec->variables)) < 0 ||
            (r = read_bool(reader, env, "git-credential-helper", &helper)) < 0 ||
            (r = read_list(reader, env, "exported-variables", "ExportedVariables",
                     BUILDSPEC_MAX_VARIABLES, &spec->exported)) < 0)
        return r;
    if (helper)
        return yaml_node_error(find(env, "git-credential-helper"), reader->err,
                "env/git-credential-helper is not supported yet");
    if (shell.ptr && !str_eq(shell, STR("bash")) && !str_eq(shell, STR("sh")) &&
            !str_eq(shell, STR("/bin/sh")))
        return yaml_node_error(find(env, "shell"), reader->err,
                "shell \"%.*s\" is not supported: use bash or sh", STR_ARG(str_head(shell, 100)));
    spec->shell = str_eq(shell, STR("bash")) ? BUILDSPEC_BASH : BUILDSPEC_SH;
    for (size_t i = 0; i < spec->exported.len; i++)
        if (!is_variable_name(spec->exported.items[i]))
            return yaml_node_error(find(env, "exported-variables"), reader->err,
                    "\"%.*s\" is not the name of an environment variable",
                    STR_ARG(str_head(spec->exported.items[i], 100)));
    return 0;
}

static int read_on_failure(
        struct reader *reader, struct yaml_node phase, enum buildspec_on_failure *ret)
{
    str text = {0};
    int r = read_str(reader, phase, "on-failure", &text);

    if (r < 0 || !text.ptr)
        return r;
    if (str_eq(text, STR("ABORT"))) {
        *ret = BUILDSPEC_ABORT;
    } else if (str_eq(text, STR("CONTINUE"))) {
        *ret = BUILDSPEC_CONTINUE;
    } else if (str_starts(text, STR("RETRY"))) {
        return yaml_node_error(find(phase, "on-failure"), reader->err,
                "on-failure: RETRY is not supported: use ABORT or CONTINUE");
    } else {
        return yaml_node_error(
                find(phase, "on-failure"), reader->err, "on-failure must be ABORT or CONTINUE");
    }
    return 0;
}

static int read_phase(
        struct reader *reader, struct yaml_node phases, enum buildspec_phase_kind kind)
{
    static const char *const known[] = {
            "commands", "finally", "on-failure", "run-as", "runtime-versions", NULL};
    struct buildspec_phase *phase = &reader->spec->phases[kind];
    struct yaml_node n;
    int r = find_mapping(reader, phases, phase_names[kind].ptr, &n);

    if (r < 0 || !n.node)
        return r;
    phase->is_set = true;
    if ((r = check_keys(reader, n, " in a phase", known)) < 0 ||
            (r = read_list(reader, n, "commands", "Commands", BUILDSPEC_MAX_COMMANDS,
                     &phase->commands)) < 0 ||
            (r = read_list(reader, n, "finally", "Finally", BUILDSPEC_MAX_COMMANDS,
                     &phase->finally)) < 0 ||
            (r = read_str(reader, n, "run-as", &phase->run_as)) < 0 ||
            (r = read_on_failure(reader, n, &phase->on_failure)) < 0)
        return r;
    if (kind == BUILDSPEC_INSTALL)
        return read_pairs(reader, n, "runtime-versions", &phase->runtimes);
    if (find(n, "runtime-versions").node)
        return yaml_node_error(find(n, "runtime-versions"), reader->err,
                "runtime-versions is only allowed in the install phase");
    return 0;
}

static int read_phases(struct reader *reader, struct yaml_node root)
{
    static const char *const known[] = {"install", "pre_build", "build", "post_build", NULL};
    struct yaml_node phases;
    size_t commands = 0;
    int r = find_mapping(reader, root, "phases", &phases);

    if (r < 0)
        return r;
    if (!phases.node)
        return yaml_node_error(root, reader->err, "buildspec has no phases");
    if ((r = check_keys(reader, phases, " as a phase", known)) < 0)
        return r;
    for (int i = 0; i < BUILDSPEC_PHASES; i++) {
        r = read_phase(reader, phases, (enum buildspec_phase_kind)i);
        if (r < 0)
            return r;
        commands += reader->spec->phases[i].commands.len + reader->spec->phases[i].finally.len;
    }
    if (commands == 0)
        return yaml_node_error(phases, reader->err, "buildspec has no commands");
    return 0;
}

static int read_artifact(struct reader *reader, struct yaml_node n, bool is_primary,
        struct buildspec_artifacts *artifacts)
{
    static const char *const known[] = {"files", "name", "discard-paths", "base-directory",
            "exclude-paths", "enable-symlinks", "secondary-artifacts", NULL};
    int r;

    if ((r = check_keys(reader, n, " in artifacts", known)) < 0 ||
            (r = read_list(reader, n, "files", "Files", BUILDSPEC_MAX_FILES, &artifacts->files)) <
                    0 ||
            (r = read_list(reader, n, "exclude-paths", "ExcludePaths", BUILDSPEC_MAX_FILES,
                     &artifacts->exclude)) < 0 ||
            (r = read_str(reader, n, "name", &artifacts->name)) < 0 ||
            (r = read_str(reader, n, "base-directory", &artifacts->base_directory)) < 0 ||
            (r = read_bool(reader, n, "discard-paths", &artifacts->discard_paths)) < 0 ||
            (r = read_bool(reader, n, "enable-symlinks", &artifacts->enable_symlinks)) < 0)
        return r;
    if (artifacts->files.len == 0 && !(is_primary && find(n, "secondary-artifacts").node))
        return yaml_node_error(n, reader->err, "artifacts has no files");
    artifacts->is_set = artifacts->files.len > 0;
    return 0;
}

static int read_artifacts(struct reader *reader, struct yaml_node root)
{
    struct yaml_node n, secondary, key, value;
    struct buildspec *spec = reader->spec;
    int r = find_mapping(reader, root, "artifacts", &n);

    if (r < 0 || !n.node)
        return r;
    if ((r = read_artifact(reader, n, true, &spec->artifacts)) < 0 ||
            (r = find_mapping(reader, n, "secondary-artifacts", &secondary)) < 0 || !secondary.node)
        return r;
    if (yaml_node_len(secondary) > BUILDSPEC_MAX_ARTIFACTS)
        return yaml_node_error(secondary, reader->err, "secondary-artifacts has more than %d items",
                BUILDSPEC_MAX_ARTIFACTS);
    spec->secondary.items =
            arena_array(reader->arena, yaml_node_len(secondary), struct buildspec_artifacts);
    for (size_t i = 0; i < yaml_node_len(secondary); i++) {
        struct buildspec_artifacts *item = &spec->secondary.items[spec->secondary.len++];
        yaml_node_pair(secondary, i, &key, &value);
        if (!is_variable_name(yaml_node_text(key)))
            return yaml_node_error(
                    key, reader->err, "an artifact identifier has letters, digits and \"_\" only");
        item->identifier = str_dup(reader->arena, yaml_node_text(key));
        if (!yaml_node_is_mapping(value))
            return yaml_node_error(value, reader->err, "Expected %.*s to be a mapping",
                    STR_ARG(str_head(item->identifier, 100)));
        r = read_artifact(reader, value, false, item);
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_root(struct reader *reader, struct yaml_node root)
{
    static const char *const known[] = {"version", "run-as", "env", "phases", "artifacts", NULL};
    str version = {0};
    int r;

    if (!yaml_node_is_mapping(root))
        return yaml_node_error(root, reader->err, "buildspec is not a mapping");
    if ((r = check_keys(reader, root, "", known)) < 0 ||
            (r = read_str(reader, root, "version", &version)) < 0)
        return r;
    if (!version.ptr)
        return yaml_node_error(
                root, reader->err, "buildspec has no version: expected version: 0.2");
    if (!str_eq(version, STR("0.2")))
        return yaml_node_error(find(root, "version"), reader->err,
                "buildspec version \"%.*s\" is not supported: use 0.2",
                STR_ARG(str_head(version, 40)));
    if ((r = read_str(reader, root, "run-as", &reader->spec->run_as)) < 0 ||
            (r = read_env(reader, root)) < 0 || (r = read_phases(reader, root)) < 0)
        return r;
    return read_artifacts(reader, root);
}

int buildspec_parse(struct arena *arena, str text, struct buildspec *ret, struct error *err)
{
    AUTO_YAML struct yaml_file file = {0};
    struct buildspec spec = {0};
    struct reader reader = {.arena = arena, .spec = &spec, .err = err};
    struct yaml_node root;
    int r;

    if (text.len > BUILDSPEC_MAX_BYTES)
        return error_set(err, EINVAL, "buildspec is larger than %d bytes at line 1, column 1",
                BUILDSPEC_MAX_BYTES);
    r = yaml_file_open(text, &file, &root, err);
    if (r < 0)
        return r;
    if (!root.node)
        return error_set(err, EINVAL, "buildspec is empty at line 1, column 1");
    r = read_root(&reader, root);
    if (r == 0)
        *ret = spec;
    return r;
}
