#include "worker/environment.h"

#include "base/map.h"
#include "worker/workspace.h"

struct environment {
    struct arena *arena;
    struct map at; /* name -> where in items */
    const char **items;
    size_t len, size;
};

static void set(struct environment *env, str name, str value)
{
    if (!value.ptr || name.len == 0)
        return;
    const char *item = str_cstr(
            env->arena, str_printf(env->arena, "%.*s=%.*s", STR_ARG(name), STR_ARG(value)));
    const char **at = map_get(&env->at, name);
    if (!at && env->len + 1 < env->size) {
        at = &env->items[env->len++];
        (void)map_put(&env->at, name, (void *)at);
    }
    if (at)
        *at = item;
}

static void set_all(struct environment *env, struct buildspec_pairs pairs)
{
    for (size_t i = 0; i < pairs.len; i++)
        set(env, pairs.items[i].name, pairs.items[i].value);
}

static void set_number(struct environment *env, str name, int64_t n)
{
    if (n > 0)
        set(env, name, str_printf(env->arena, "%lld", (long long)n));
}

static void set_codebuild(
        struct environment *env, const struct build_options *options, str source_version)
{
    set(env, STR("CODEBUILD_BUILD_ARN"), options->arn);
    set(env, STR("CODEBUILD_BUILD_ID"), options->id);
    set(env, STR("CODEBUILD_BUILD_IMAGE"), options->image);
    set_number(env, STR("CODEBUILD_BUILD_NUMBER"), options->number);
    set(env, STR("CODEBUILD_BUILD_SUCCEEDING"), STR("1"));
    set(env, STR("CODEBUILD_CI"), STR("true"));
    set(env, STR("CODEBUILD_INITIATOR"), options->initiator);
    set(env, STR("CODEBUILD_KMS_KEY_ID"), options->kms_key);
    set(env, STR("CODEBUILD_LAST_EXIT"), STR("0"));
    set(env, STR("CODEBUILD_LOG_PATH"), options->log_path);
    set(env, STR("CODEBUILD_RESOLVED_SOURCE_VERSION"), source_version);
    set(env, STR("CODEBUILD_SOURCE_REPO_URL"), options->source_location);
    set(env, STR("CODEBUILD_SOURCE_VERSION"), options->source_version);
    set_number(env, STR("CODEBUILD_START_TIME"), options->start_time);
    set(env, STR("CODEBUILD_SRC_DIR"), STR(WORKSPACE_SRC));
    for (size_t i = 0; i < options->sources_len; i++)
        if (options->sources[i].ptr)
            set(env, str_concat(env->arena, STR("CODEBUILD_SRC_DIR_"), options->sources[i]),
                    str_concat(env->arena, STR(WORKSPACE_SRC "_"), options->sources[i]));
    set(env, STR("AWS_REGION"), options->region);
    set(env, STR("AWS_DEFAULT_REGION"), options->region);
}

const char *const *environment_make(struct arena *arena, const struct build_options *options,
        struct buildspec_pairs variables, str source_version)
{
    struct environment env = {
            .arena = arena, .size = variables.len + options->extra.len + 64 + BUILD_MAX_SOURCES};

    env.items = arena_array(arena, env.size, const char *);
    set(&env, STR("PATH"), STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    set(&env, STR("HOME"), STR("/home/codebuild-user"));
    set(&env, STR("USER"), STR("codebuild-user"));
    set(&env, STR("LOGNAME"), STR("codebuild-user"));
    set(&env, STR("SHELL"), STR("/bin/bash"));
    set(&env, STR("LANG"), STR("C.UTF-8"));
    set(&env, STR("TMPDIR"), STR("/tmp"));
    set_all(&env, variables);
    set_codebuild(&env, options, source_version);
    if (options->ca_file.ptr)
        set(&env, STR("AWS_CA_BUNDLE"), STR("/codebuild/readonly/ca.pem"));
    set_all(&env, options->extra);
    map_done(&env.at);
    return env.items;
}
