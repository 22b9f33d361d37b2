#include "services/codecommit/internal.h"

/* Slashes at both ends are taken as AWS takes them: "/" is the root. */
static str trim_slashes(str path)
{
    while (path.len && path.ptr[0] == '/')
        path = str_skip(path, 1);
    while (path.len && path.ptr[path.len - 1] == '/')
        path.len--;
    return path;
}

static int invalid_path(struct call *call)
{
    return call_fail(call, &codecommit_InvalidPathException, "The specified path is not valid");
}

/* The item at a path of a commit: 1, 0 there is none. */
static int find_item(struct call *call, struct source *source, str specifier, str path,
        struct git_item *ret, str *ret_commit)
{
    struct git_commit_info info;
    struct error err = {0};
    int r = source_resolve(call, source, specifier.ptr ? specifier : STR("HEAD"), ret_commit);

    if (r == 0)
        return call_fail(call, &codecommit_CommitDoesNotExistException,
                "Commit %.*s does not exist", STR_ARG(specifier));
    if (r < 0)
        return r;
    r = git_commit_read(source->objects, call->arena, *ret_commit, &info, &err);
    if (r == 0)
        r = git_tree_find(source->objects, call->arena, info.tree, path, ret, &err);
    if (r == -ENOENT)
        return 0;
    return r < 0 ? source_fail(call, r, &err) : 1;
}

static int too_large(struct call *call, int64_t max)
{
    return call_fail(call, &codecommit_FileTooLargeException,
            "The file exceeds the maximum size of %lld MB", (long long)(max >> 20));
}

int codecommit_GetFile(struct call *call, const struct codecommit_GetFileInput *in,
        struct codecommit_GetFileOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    str path = trim_slashes(in->filePath), commit;
    struct error err = {0};
    struct git_item item;
    int r;

    if (!path_is_valid(path))
        return invalid_path(call);
    r = source_open(call, in->repositoryName, &source);
    if (r == 0)
        r = find_item(call, &source, in->commitSpecifier, path, &item, &commit);
    if (r < 0)
        return r;
    if (r == 0 || item.mode == GIT_MODE_FOLDER || item.mode == GIT_MODE_SUBMODULE)
        return call_fail(call, &codecommit_FileDoesNotExistException, "Could not find path %.*s",
                STR_ARG(path));
    r = git_blob_read(source.objects, call->arena, item.id, FILE_MAX, &out->fileContent, &err);
    if (r == -EFBIG)
        return too_large(call, FILE_MAX);
    if (r < 0)
        return source_fail(call, r, &err);
    out->commitId = commit;
    out->blobId = item.id;
    out->filePath = path;
    out->fileMode = mode_name(item.mode);
    out->fileSize = SOME_INT((int64_t)out->fileContent.len);
    return 0;
}

int codecommit_GetBlob(struct call *call, const struct codecommit_GetBlobInput *in,
        struct codecommit_GetBlobOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    struct error err = {0};
    int r;

    if (!object_id_is_valid(in->blobId))
        return call_fail(
                call, &codecommit_InvalidBlobIdException, "The specified blob ID is not valid");
    r = source_open(call, in->repositoryName, &source);
    if (r < 0)
        return r;
    r = git_blob_read(source.objects, call->arena, in->blobId, BLOB_MAX, &out->content, &err);
    if (r == -ENOENT || r == -EINVAL)
        return call_fail(call, &codecommit_BlobIdDoesNotExistException,
                "The blob %.*s does not exist", STR_ARG(in->blobId));
    if (r == -EFBIG)
        return too_large(call, BLOB_MAX);
    return r < 0 ? source_fail(call, r, &err) : 0;
}

/* ---- Folders --------------------------------------------------------------------------- */

static void add_item(struct call *call, struct codecommit_GetFolderOutput *out, str folder,
        const struct git_item *item)
{
    str path = folder.len
                       ? str_printf(call->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(item->name))
                       : item->name;

    switch (item->mode) {
    case GIT_MODE_FOLDER:
        out->subFolders.items[out->subFolders.len++] = (struct codecommit_Folder){
                .treeId = item->id, .absolutePath = path, .relativePath = item->name};
        return;
    case GIT_MODE_SUBMODULE:
        out->subModules.items[out->subModules.len++] = (struct codecommit_SubModule){
                .commitId = item->id, .absolutePath = path, .relativePath = item->name};
        return;
    case GIT_MODE_SYMLINK:
        out->symbolicLinks.items[out->symbolicLinks.len++] =
                (struct codecommit_SymbolicLink){.blobId = item->id,
                        .absolutePath = path,
                        .relativePath = item->name,
                        .fileMode = STR("SYMLINK")};
        return;
    default:
        out->files.items[out->files.len++] = (struct codecommit_File){.blobId = item->id,
                .absolutePath = path,
                .relativePath = item->name,
                .fileMode = mode_name(item->mode)};
    }
}

int codecommit_GetFolder(struct call *call, const struct codecommit_GetFolderInput *in,
        struct codecommit_GetFolderOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    str path = trim_slashes(in->folderPath);
    struct error err = {0};
    struct git_items list;
    struct git_item item;
    int r;

    if (path.len && !path_is_valid(path))
        return invalid_path(call);
    r = source_open(call, in->repositoryName, &source);
    if (r == 0)
        r = find_item(call, &source, in->commitSpecifier, path, &item, &out->commitId);
    if (r < 0)
        return r;
    if (r == 0 || item.mode != GIT_MODE_FOLDER)
        return call_fail(call, &codecommit_FolderDoesNotExistException, "Could not find path %.*s",
                STR_ARG(path));
    r = git_tree_list(source.objects, call->arena, item.id, &list, &err);
    if (r < 0)
        return source_fail(call, r, &err);
    out->folderPath = path;
    out->treeId = item.id;
    out->subFolders.items = arena_array(call->arena, list.len, struct codecommit_Folder);
    out->files.items = arena_array(call->arena, list.len, struct codecommit_File);
    out->symbolicLinks.items = arena_array(call->arena, list.len, struct codecommit_SymbolicLink);
    out->subModules.items = arena_array(call->arena, list.len, struct codecommit_SubModule);
    out->subFolders.is_set = out->files.is_set = true;
    out->symbolicLinks.is_set = out->subModules.is_set = true;
    for (size_t i = 0; i < list.len; i++)
        add_item(call, out, path, &list.items[i]);
    return 0;
}
