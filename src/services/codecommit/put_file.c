/*
 * PutFile: a commit of one file
 *
 *     prepare   reads branch and tree, makes the commit, checks and seals its pack
 *     handler   compares and swaps the branch, records the pack: as a push does
 */
#include "services/codecommit/internal.h"

#include "git/quarantine.h"

struct putting {
    struct call *call;
    const struct codecommit_PutFileInput *in;
    struct source source;
    struct git_change change;
    struct git_item present; /* what lies at the path; id absent: nothing */
    struct git_edited made;
    struct git_pack pack;
};

static int check_input(struct call *call, const struct codecommit_PutFileInput *in)
{
    if (!refname_is_valid_short(in->branchName))
        return call_fail(call, &codecommit_InvalidBranchNameException,
                "The specified branch name is not valid: %.*s", STR_ARG(in->branchName));
    if (in->fileContent.len > FILE_MAX)
        return call_fail(call, &codecommit_FileContentSizeLimitExceededException,
                "The file exceeds the maximum size of %d MB", FILE_MAX >> 20);
    if (!path_is_valid(in->filePath))
        return call_fail(call, &codecommit_InvalidPathException, "The specified path is not valid");
    if (in->parentCommitId.ptr && !object_id_is_valid(in->parentCommitId))
        return call_fail(call, &codecommit_InvalidParentCommitIdException,
                "The parent commit ID is not valid");
    if (memchr(in->email.ptr ? in->email.ptr : "", '\n', in->email.len) ||
            str_find_char(in->email, '<') >= 0 || str_find_char(in->email, '>') >= 0)
        return call_fail(
                call, &codecommit_InvalidEmailException, "The specified email is not valid");
    return 0;
}

/* ---- The branch ------------------------------------------------------------------------ */

static int check_parent(struct putting *x, const struct git_ref *tip)
{
    struct call *call = x->call;
    str parent = x->in->parentCommitId, resolved;
    int r;

    if (!parent.ptr)
        return call_fail(call, &codecommit_ParentCommitIdRequiredException,
                "The parent commit ID is required");
    r = source_resolve(call, &x->source, parent, &resolved);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codecommit_ParentCommitDoesNotExistException,
                "The parent commit %.*s does not exist", STR_ARG(parent));
    if (!str_eq(parent, tip->id))
        return call_fail(call, &codecommit_ParentCommitIdOutdatedException,
                "The parent commit ID %.*s is outdated: the tip of the branch is %.*s",
                STR_ARG(parent), STR_ARG(tip->id));
    x->change.old_id = tip->id;
    return 0;
}

/* A branch that is not there can only be the first of the repository. */
static int check_new_branch(struct putting *x)
{
    struct call *call = x->call;
    const struct repository *repository = &x->source.repository;
    struct git_refs refs;
    struct git_ref tag;
    int r = git_ref_get(call->tx, repository->id,
            str_concat(call->arena, STR("refs/tags/"), x->in->branchName), &tag);

    if (r == 1)
        return call_fail(call, &codecommit_BranchNameIsTagNameException,
                "The branch name %.*s is the name of a tag", STR_ARG(x->in->branchName));
    if (r == 0)
        r = git_ref_list(call->tx, repository->id, STR("refs/heads/"), STR(""), 1, &refs);
    if (r < 0)
        return r;
    if (refs.len)
        return call_fail(call, &codecommit_BranchDoesNotExistException,
                "Branch %.*s does not exist", STR_ARG(x->in->branchName));
    if (x->in->parentCommitId.ptr)
        return call_fail(call, &codecommit_ParentCommitDoesNotExistException,
                "The parent commit %.*s does not exist", STR_ARG(x->in->parentCommitId));
    x->change.old_id = OBJECT_ID_ZERO;
    return 0;
}

static int find_branch(struct putting *x)
{
    struct git_ref tip;
    int r;

    x->change.ref = str_concat(x->call->arena, STR("refs/heads/"), x->in->branchName);
    r = git_ref_get(x->call->tx, x->source.repository.id, x->change.ref, &tip);
    if (r < 0)
        return r;
    return r == 1 ? check_parent(x, &tip) : check_new_branch(x);
}

/* ---- The path -------------------------------------------------------------------------- */

static int find_in_tree(struct putting *x, str tree, str path, struct git_item *ret)
{
    struct error err = {0};
    int r = git_tree_find(x->source.objects, x->call->arena, tree, path, ret, &err);

    if (r == -ENOENT)
        return 0;
    return r < 0 ? source_fail(x->call, r, &err) : 1;
}

/* Every folder on the way is a folder, or nothing yet. */
static int check_folders(struct putting *x, str tree)
{
    str path = x->in->filePath;
    struct git_item item;

    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] != '/')
            continue;
        int r = find_in_tree(x, tree, str_head(path, i), &item);
        if (r <= 0)
            return r;
        if (item.mode == GIT_MODE_SUBMODULE)
            return call_fail(x->call, &codecommit_FilePathConflictsWithSubmodulePathException,
                    "The file path %.*s conflicts with a submodule", STR_ARG(path));
        if (item.mode != GIT_MODE_FOLDER)
            return call_fail(x->call, &codecommit_DirectoryNameConflictsWithFileNameException,
                    "A file exists at %.*s, where the path has a folder",
                    STR_ARG(str_head(path, i)));
    }
    return 0;
}

static unsigned mode_of(const struct putting *x)
{
    str name = x->in->fileMode;

    if (str_eq(name, STR("EXECUTABLE")))
        return GIT_MODE_EXECUTABLE;
    if (str_eq(name, STR("SYMLINK")))
        return GIT_MODE_SYMLINK;
    if (!name.ptr && x->present.id.ptr)
        return x->present.mode;
    return GIT_MODE_NORMAL;
}

static int check_present(struct putting *x)
{
    struct error err = {0};
    str id;
    int r;

    if (x->present.mode == GIT_MODE_FOLDER)
        return call_fail(x->call, &codecommit_FileNameConflictsWithDirectoryNameException,
                "A folder exists at %.*s", STR_ARG(x->in->filePath));
    if (x->present.mode == GIT_MODE_SUBMODULE)
        return call_fail(x->call, &codecommit_FilePathConflictsWithSubmodulePathException,
                "The file path %.*s conflicts with a submodule", STR_ARG(x->in->filePath));
    r = git_blob_hash(x->source.objects, x->call->arena, x->in->fileContent, &id, &err);
    if (r < 0)
        return source_fail(x->call, r, &err);
    if (str_eq(id, x->present.id) && mode_of(x) == x->present.mode)
        return call_fail(x->call, &codecommit_SameFileContentException,
                "The content of the file is the same as in the tip of the branch");
    return 0;
}

static int check_path(struct putting *x)
{
    struct git_commit_info info;
    struct error err = {0};
    int r;

    if (object_id_is_zero(x->change.old_id))
        return 0;
    r = git_commit_read(x->source.objects, x->call->arena, x->change.old_id, &info, &err);
    if (r < 0)
        return source_fail(x->call, r, &err);
    r = check_folders(x, info.tree);
    if (r == 0)
        r = find_in_tree(x, info.tree, x->in->filePath, &x->present);
    return r == 1 ? check_present(x) : r;
}

/* ---- The commit ------------------------------------------------------------------------ */

static int make_commit(struct putting *x)
{
    struct arena *arena = x->call->arena;
    const struct codecommit_PutFileInput *in = x->in;
    struct git_person person = {.name = in->name.len ? in->name : x->call->principal->name,
            .email = in->email.ptr ? in->email : STR(""),
            .time = x->call->now / 1000};
    struct git_edit edit = {.path = in->filePath,
            .content = in->fileContent,
            .mode = mode_of(x),
            .message = in->commitMessage};
    struct error err = {0};
    int r;

    if (!person.name.len)
        person.name = STR("root");
    edit.author = edit.committer = person;
    if (!object_id_is_zero(x->change.old_id))
        edit.parent = x->change.old_id;
    if (!edit.message.len)
        edit.message = str_printf(
                arena, "%s %.*s\n", x->present.id.ptr ? "Edited" : "Added", STR_ARG(in->filePath));
    r = git_edit_make(x->source.objects, arena, &edit, &x->made, &err);
    if (r < 0)
        return source_fail(x->call, r, &err);
    x->change.new_id = x->made.commit;
    return 0;
}

static ssize_t nothing_more(void *arg, void *ptr, size_t len, struct error *err)
{
    (void)arg, (void)ptr, (void)len, (void)err;
    return 0;
}

/* The pack is in the blob store after this; the cache takes it from there. */
static int seal_pack(struct putting *x)
{
    AUTO_QUARANTINE struct git_quarantine quarantine = {0};
    struct git_stream none = {.read = nothing_more};
    struct git_changes changes = {&x->change, 1};
    struct git_ref tip = {.id = x->change.old_id};
    struct git_refs known = {&tip, !object_id_is_zero(tip.id)};
    struct error err = {0};
    int r = git_quarantine_open(&x->source.view, x->call->arena, &quarantine, &err);

    if (r == 0)
        r = git_quarantine_fill(&quarantine, x->made.pack, &none, &err);
    if (r == 0)
        r = git_quarantine_check(&quarantine, &changes, &known, false, &x->pack, &err);
    if (r < 0)
        return source_fail(x->call, r, &err);
    if (x->change.refusal.ptr)
        return call_fail(x->call, &error_InternalFailure, "%.*s", STR_ARG(x->change.refusal));
    return 0;
}

static int read_and_make(struct tx *tx, void *arg)
{
    struct putting *x = arg;
    int r;

    source_close(&x->source); /* of a run that the database undid */
    x->call->tx = tx;
    r = source_open(x->call, x->in->repositoryName, &x->source);
    if (r == 0)
        r = find_branch(x);
    if (r == 0)
        r = check_path(x);
    if (r == 0)
        r = make_commit(x);
    return r;
}

int codecommit_PutFile_prepare(struct call *call, const struct codecommit_PutFileInput *in)
{
    struct putting *x = arena_new(call->arena, struct putting);
    struct error err = {0};
    int r = check_input(call, in);

    if (r < 0)
        return r;
    x->call = call;
    x->in = in;
    r = db_read(call->server->db, call->arena, read_and_make, x, &err);
    call->tx = NULL;
    if (r == 0)
        r = seal_pack(x);
    else if (r != CALL_FAILED)
        r = call_fail(call, &error_InternalFailure, "%s", err.text);
    source_close(&x->source);
    call->prepared = x;
    return r;
}

static int announce(struct tx *tx, void *arg, const struct git_changes *changes)
{
    struct putting *x = arg;

    (void)tx;
    return changes_announce(x->call, &x->source.repository, changes);
}

int codecommit_PutFile(struct call *call, const struct codecommit_PutFileInput *in,
        struct codecommit_PutFileOutput *out)
{
    struct putting *x = call->prepared;
    struct git_change change = x->change; /* a copy: this may run again */
    struct git_update update = {.repository = x->source.repository.id,
            .changes = {&change, 1},
            .pack = x->pack.name.ptr ? &x->pack : NULL,
            .git = call->server->git,
            .now = call->now,
            .changed = announce,
            .arg = x};
    int64_t generation;
    int r = git_update(call->tx, &update, &generation);

    if (r == -ENOENT)
        return call_fail(call, &codecommit_RepositoryDoesNotExistException, "%.*s does not exist",
                STR_ARG(in->repositoryName));
    if (r < 0)
        return r;
    if (!git_change_is_made(&change))
        return call_fail(call, &codecommit_ParentCommitIdOutdatedException,
                "The parent commit ID is outdated: the branch has moved");
    out->commitId = x->made.commit;
    out->blobId = x->made.blob;
    out->treeId = x->made.tree;
    return 0;
}
