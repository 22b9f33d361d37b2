#include "worker/workspace.h"

#include "base/fs.h"
#include "base/proc.h"

#include <fts.h>
#include <sys/stat.h>

const char *workspace_path(
        struct arena *arena, const struct workspace *workspace, const char *below)
{
    return str_cstr(arena, str_printf(arena, "%s/%s", workspace->root, below));
}

static int make_dir(struct arena *arena, const struct workspace *workspace, const char *below,
        bool given, struct error *err)
{
    const char *path = workspace_path(arena, workspace, below);

    if (mkdir(path, 0755) < 0)
        return error_set(err, errno, "could not make \"%s\": %m", path);
    if (given && geteuid() == 0 && lchown(path, sandbox_user(), sandbox_user()) < 0)
        return error_set(err, errno, "could not give \"%s\" away: %m", path);
    return 0;
}

int workspace_open(
        struct arena *arena, const char *work_dir, struct workspace *ret, struct error *err)
{
    static const struct {
        const char *below, *path;
        bool given;
    } dirs[] = {{"output", "/codebuild/output", true}, {"control", "/codebuild/readonly", false},
            {"tmp", "/tmp", true}, {"home", "/home/codebuild-user", true}};
    struct workspace workspace = {0};
    struct error why = {{0}};
    int r = 0;

    char *real = realpath(work_dir, NULL); /* links in it would stop the unpacking of sources */
    if (!real)
        return error_set(err, errno, "could not use \"%s\": %m", work_dir);
    workspace.root = str_cstr(arena, str_printf(arena, "%s/build-XXXXXX", real));
    free(real);
    r = fs_temp_dir(workspace.root, err);
    if (r < 0)
        return r;
    if (geteuid() == 0 &&
            (lchown(workspace.root, 0, SANDBOX_HOST_UID) < 0 || chmod(workspace.root, 0710) < 0))
        r = error_set(&why, errno, "could not open up \"%s\": %m", workspace.root);
    for (size_t i = 0; r == 0 && i < sizeof(dirs) / sizeof(*dirs); i++) {
        r = make_dir(arena, &workspace, dirs[i].below, dirs[i].given, &why);
        workspace.binds[workspace.binds_len++] = (struct sandbox_bind){
                workspace_path(arena, &workspace, dirs[i].below), dirs[i].path, dirs[i].given};
    }
    workspace.binds[workspace.binds_len++] =
            (struct sandbox_bind){workspace_path(arena, &workspace, "tmp"), "/var/tmp", true};
    if (r < 0) {
        workspace_close(&workspace);
        return error_set(err, -r, "%s", why.text);
    }
    *ret = workspace;
    return 0;
}

int workspace_give(const struct workspace *workspace, const char *below, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    char *const paths[] = {(char *)(uintptr_t)workspace_path(&scratch, workspace, below), NULL};
    FTSENT *entry;
    int r = 0;

    if (geteuid() != 0)
        return 0;
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
    if (!tree)
        return error_set(err, errno, "could not walk the source: %m");
    while (r == 0 && (entry = fts_read(tree)))
        if (entry->fts_info != FTS_DP &&
                lchown(entry->fts_accpath, sandbox_user(), sandbox_user()) < 0)
            r = error_set(err, errno, "could not give \"%s\" away: %m", entry->fts_path);
    (void)fts_close(tree);
    return r;
}

/* As an ordinary user, directories that the build closed to itself have to be opened first. */
static void open_up(const char *root)
{
    AUTO_ARENA struct arena scratch = {0};
    str out, complaint;

    (void)!proc_run(&scratch,
            &(struct proc_options){
                    .argv = (const char *const[]){"chmod", "-R", "u+rwX", root, NULL}},
            STR(""), 1 << 20, -1, &out, &complaint, NULL);
}

void workspace_close(struct workspace *workspace)
{
    if (!workspace->root)
        return;
    if (fs_remove_tree(workspace->root, NULL) < 0) {
        open_up(workspace->root);
        (void)!fs_remove_tree(workspace->root, NULL);
    }
    workspace->root = NULL;
}
