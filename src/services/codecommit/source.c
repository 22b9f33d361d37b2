#include "services/codecommit/internal.h"

int source_fail(struct call *call, int code, const struct error *err)
{
    if (call->failure.code.ptr)
        return key_failure(call);
    if (code == -EAGAIN) /* a conflict: the handler runs again */
        return code;
    return call_fail(call, &error_InternalFailure, "%s", err->text);
}

int source_open(struct call *call, str name, struct source *ret)
{
    struct source source = {0};
    struct error err = {0};
    int r = repository_find(call, name, &source.repository);

    if (r == 0)
        r = repository_check_key(call, &source.repository);
    if (r < 0)
        return r;
    r = git_view_open(call->server->git, call->tx,
            (struct git_target){.repository = source.repository.id, .who = call}, 0, &source.view,
            &err);
    if (r == 0)
        r = git_objects_open(&source.view, &source.objects, &err);
    if (r < 0) {
        source_close(&source);
        return source_fail(call, r, &err);
    }
    *ret = source;
    return 0;
}

void source_close(struct source *source)
{
    git_objects_close(source->objects);
    source->objects = NULL;
    git_view_close(&source->view);
}

static int find_ref(struct call *call, const struct source *source, str specifier, str *ret)
{
    static const char *const prefixes[] = {"refs/heads/", "refs/tags/", "refs/", ""};
    struct git_ref ref;
    int r = 0;

    if (str_eq(specifier, STR("HEAD")))
        specifier = source->repository.head;
    for (size_t i = 0; r == 0 && specifier.len && i < sizeof(prefixes) / sizeof(*prefixes); i++)
        r = git_ref_get(call->tx, source->repository.id,
                str_concat(call->arena, str_of(prefixes[i]), specifier), &ref);
    if (r == 1)
        *ret = ref.id;
    return r;
}

int source_resolve(struct call *call, struct source *source, str specifier, str *ret_commit)
{
    struct error err = {0};
    str id = specifier;
    int r;

    if (!object_id_is_valid(specifier)) {
        r = find_ref(call, source, specifier, &id);
        if (r <= 0)
            return r;
    }
    r = git_commit_resolve(source->objects, call->arena, id, ret_commit, &err);
    if (r == -ENOENT || r == -EINVAL)
        return 0;
    return r < 0 ? source_fail(call, r, &err) : 1;
}

bool path_is_valid(str path)
{
    str rest = path, part;

    if (path.len == 0 || path.len > GIT_MAX_PATH || memchr(path.ptr, 0, path.len))
        return false;
    while (str_next(&rest, '/', &part))
        if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")) ||
                str_eq_nocase(part, STR(".git")))
            return false;
    return true;
}

str mode_name(unsigned mode)
{
    if (mode == GIT_MODE_SYMLINK)
        return STR("SYMLINK");
    return mode & 0100 ? STR("EXECUTABLE") : STR("NORMAL");
}
