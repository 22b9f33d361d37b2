#include "git/git.h"

#include "base/fs.h"
#include "git/internal.h"

int git_open(const struct git_options *options, struct git **ret, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct git *git;
    int r = fs_make_dirs(str_cstr(&scratch, options->cache_dir), 0700, err);

    if (r < 0)
        return r;
    git = mem_new(struct git);
    git->options = *options;
    git->options.cache_dir.ptr = memcpy(
            mem_alloc(options->cache_dir.len, 1), options->cache_dir.ptr, options->cache_dir.len);
    (void)pthread_mutex_init(&git->lock, NULL);
    *ret = git;
    return 0;
}

void git_close(struct git *git)
{
    size_t position = 0;
    void *value;
    str id;

    if (!git)
        return;
    while (map_next(&git->entries, &position, &id, &value)) {
        struct git_entry *entry = value;
        mem_wipe(entry->key, sizeof(entry->key));
        (void)pthread_cond_destroy(&entry->idle);
        (void)pthread_mutex_destroy(&entry->lock);
        free(entry->dir);
        free(entry);
    }
    map_done(&git->entries);
    (void)pthread_mutex_destroy(&git->lock);
    free((char *)(uintptr_t)git->options.cache_dir.ptr);
    free(git);
}

const char *const *git_program_env(struct arena *arena, const char *const *more)
{
    const char **env = arena_array(arena, GIT_PROGRAM_ENV, const char *);
    const char *path = getenv("PATH");
    size_t n = 0;

    env[n++] = str_cstr(
            arena, str_printf(arena, "PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin"));
    env[n++] = "HOME=/nonexistent";
    env[n++] = "LC_ALL=C";
    env[n++] = "GIT_CONFIG_NOSYSTEM=1";
    env[n++] = "GIT_CONFIG_GLOBAL=/dev/null";
    env[n++] = "GIT_TERMINAL_PROMPT=0";
    env[n++] = "GIT_NO_REPLACE_OBJECTS=1";
    while (*more && n < GIT_PROGRAM_ENV - 1)
        env[n++] = *more++;
    return env;
}

str git_program_complaint(struct arena *arena, const char *path)
{
    str said = {0}, line;

    if (fs_read(arena, path, 64 << 10, &said, NULL) < 0)
        return STR("git gave no reason");
    while (str_next(&said, '\n', &line)) {
        (void)(str_take_prefix(&line, STR("fatal: ")) || str_take_prefix(&line, STR("error: ")));
        if (line.len)
            return str_head(line, 300);
    }
    return STR("git gave no reason");
}
