#include "services/codecommit/internal.h"

enum {
    BATCH_COMMITS_MAX = 100,
    DIFFERENCES_DEFAULT = 400,
    DIFFERENCES_MAX = 1000,
};

/* ---- Commits ---------------------------------------------------------------------------- */

/* "1484167798 -0800", as git writes it. */
static struct codecommit_UserInfo *user_of(struct call *call, const struct git_person *person)
{
    struct codecommit_UserInfo *out = arena_new(call->arena, struct codecommit_UserInfo);
    int minutes = person->offset < 0 ? -person->offset : person->offset;

    out->name = person->name;
    out->email = person->email;
    out->date = str_printf(call->arena, "%lld %c%02d%02d", (long long)person->time,
            person->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return out;
}

static struct codecommit_Commit commit_of(struct call *call, const struct git_commit_info *info)
{
    return (struct codecommit_Commit){.commitId = info->id,
            .treeId = info->tree,
            .parents = info->parents,
            .message = info->message,
            .author = user_of(call, &info->author),
            .committer = user_of(call, &info->committer),
            .additionalData = info->extra};
}

int codecommit_GetCommit(struct call *call, const struct codecommit_GetCommitInput *in,
        struct codecommit_GetCommitOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    struct git_commit_info info;
    struct error err = {0};
    int r;

    if (!object_id_is_valid(in->commitId))
        return call_fail(
                call, &codecommit_InvalidCommitIdException, "The specified commit ID is not valid");
    r = source_open(call, in->repositoryName, &source);
    if (r < 0)
        return r;
    r = git_commit_read(source.objects, call->arena, in->commitId, &info, &err);
    if (r == -ENOENT || r == -EINVAL)
        return call_fail(call, &codecommit_CommitIdDoesNotExistException,
                "The commit %.*s does not exist", STR_ARG(in->commitId));
    if (r < 0)
        return source_fail(call, r, &err);
    out->commit = arena_new(call->arena, struct codecommit_Commit);
    *out->commit = commit_of(call, &info);
    return 0;
}

static int batch_one(struct call *call, struct source *source, str id,
        struct codecommit_BatchGetCommitsOutput *out)
{
    struct git_commit_info info;
    struct error err = {0};
    bool is_valid = object_id_is_valid(id);
    int r = is_valid ? git_commit_read(source->objects, call->arena, id, &info, &err) : -ENOENT;

    if (r == -ENOENT || r == -EINVAL) {
        out->errors.items[out->errors.len++] = (struct codecommit_BatchGetCommitsError){
                .commitId = id,
                .errorCode = is_valid ? STR("CommitIdDoesNotExistException")
                                      : STR("InvalidCommitIdException"),
                .errorMessage = is_valid ? str_printf(call->arena, "The commit %.*s does not exist",
                                                   STR_ARG(id))
                                         : STR("The specified commit ID is not valid")};
        return 0;
    }
    if (r < 0)
        return source_fail(call, r, &err);
    out->commits.items[out->commits.len++] = commit_of(call, &info);
    return 0;
}

int codecommit_BatchGetCommits(struct call *call, const struct codecommit_BatchGetCommitsInput *in,
        struct codecommit_BatchGetCommitsOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    size_t len = in->commitIds.len;
    int r;

    if (len > BATCH_COMMITS_MAX)
        return call_fail(call, &codecommit_CommitIdsLimitExceededException,
                "The maximum number of commit IDs is %d", BATCH_COMMITS_MAX);
    r = source_open(call, in->repositoryName, &source);
    if (r < 0)
        return r;
    out->commits.items = arena_array(call->arena, len, struct codecommit_Commit);
    out->errors.items = arena_array(call->arena, len, struct codecommit_BatchGetCommitsError);
    out->commits.is_set = out->errors.is_set = true;
    for (size_t i = 0; r == 0 && i < len; i++)
        r = batch_one(call, &source, in->commitIds.items[i], out);
    return r;
}

/* ---- Differences -------------------------------------------------------------------------- */

/* What a specifier and a path mean: *ret stays without id when there is no specifier. */
static int find_side(struct call *call, struct source *source, str specifier, str path,
        struct git_item *ret, str *ret_commit)
{
    struct git_commit_info info;
    struct error err = {0};
    int r;

    if (!specifier.ptr)
        return 0;
    r = source_resolve(call, source, specifier, ret_commit);
    if (r == 0)
        return call_fail(call, &codecommit_CommitDoesNotExistException,
                "The commit %.*s does not exist", STR_ARG(specifier));
    if (r < 0)
        return r;
    r = git_commit_read(source->objects, call->arena, *ret_commit, &info, &err);
    if (r == 0)
        r = git_tree_find(source->objects, call->arena, info.tree, path, ret, &err);
    return r == -ENOENT ? -ENOENT : r < 0 ? source_fail(call, r, &err) : 0;
}

static struct codecommit_BlobMetadata *blob_of(struct call *call, const struct git_item *item)
{
    struct codecommit_BlobMetadata *out;

    if (!item->id.ptr)
        return NULL;
    out = arena_new(call->arena, struct codecommit_BlobMetadata);
    out->blobId = item->id;
    out->path = item->name;
    out->mode = str_printf(call->arena, "%06o", item->mode);
    return out;
}

static void fill_differences(struct call *call, const struct git_differences *found,
        struct codecommit_GetDifferencesOutput *out)
{
    out->differences.is_set = true;
    out->differences.items = arena_array(call->arena, found->len, struct codecommit_Difference);
    for (; out->differences.len < found->len; out->differences.len++) {
        const struct git_difference *one = &found->items[out->differences.len];
        out->differences.items[out->differences.len] =
                (struct codecommit_Difference){.beforeBlob = blob_of(call, &one->before),
                        .afterBlob = blob_of(call, &one->after),
                        .changeType = !one->before.id.ptr  ? STR("A")
                                      : !one->after.id.ptr ? STR("D")
                                                           : STR("M")};
    }
}

/* "<offset> <before commit> <after commit>": a later page is of the same commits. */
static int open_position(struct call *call, str token, int64_t *skip, str *before, str *after)
{
    str position, number, id;
    int r = page_open(call, token, &codecommit_InvalidContinuationTokenException, &position);

    if (r < 0 || !position.ptr)
        return r;
    if (!str_cut(&position, ' ', &number) || !str_cut(&position, ' ', &id) ||
            str_to_i64(number, skip) < 0)
        return call_fail(call, &codecommit_InvalidContinuationTokenException,
                "The continuation token is not valid");
    *before = id.len ? id : (str){0};
    *after = position;
    return 0;
}

static str path_or_root(str path)
{
    while (path.len && path.ptr[0] == '/')
        path = str_skip(path, 1);
    while (path.len && path.ptr[path.len - 1] == '/')
        path.len--;
    return path.ptr ? path : STR("");
}

static int find_sides(struct call *call, struct source *source,
        const struct codecommit_GetDifferencesInput *in, str *before, str *after,
        struct git_comparison *comparison)
{
    str before_path = path_or_root(in->beforePath), after_path = path_or_root(in->afterPath);
    int left, right;

    if ((before_path.len && !path_is_valid(before_path)) ||
            (after_path.len && !path_is_valid(after_path)))
        return call_fail(call, &codecommit_InvalidPathException, "The specified path is not valid");
    left = find_side(call, source, *before, before_path, &comparison->before, before);
    if (left < 0 && left != -ENOENT)
        return left;
    right = find_side(call, source, *after, after_path, &comparison->after, after);
    if (right < 0 && right != -ENOENT)
        return right;
    if (right == -ENOENT && (left == -ENOENT || !before->ptr))
        return call_fail(
                call, &codecommit_PathDoesNotExistException, "The specified path does not exist");
    return 0;
}

int codecommit_GetDifferences(struct call *call, const struct codecommit_GetDifferencesInput *in,
        struct codecommit_GetDifferencesOutput *out)
{
    AUTO_SOURCE struct source source = {0};
    struct git_comparison comparison = {
            .limit = page_limit(in->MaxResults, DIFFERENCES_DEFAULT, DIFFERENCES_MAX)};
    struct git_differences found;
    struct error err = {0};
    str before = in->beforeCommitSpecifier, after = in->afterCommitSpecifier;
    int r;

    if (in->MaxResults.is_set && in->MaxResults.value < 1)
        return call_fail(call, &codecommit_InvalidMaxResultsException,
                "The value for MaxResults must be greater than 0");
    r = open_position(call, in->NextToken, &comparison.skip, &before, &after);
    if (r == 0)
        r = source_open(call, in->repositoryName, &source);
    if (r == 0)
        r = find_sides(call, &source, in, &before, &after, &comparison);
    if (r < 0)
        return r;
    r = git_compare(source.objects, call->arena, &comparison, &found, &err);
    if (r < 0)
        return source_fail(call, r, &err);
    fill_differences(call, &found, out);
    if (found.has_more)
        out->NextToken = page_seal(call, str_printf(call->arena, "%lld %.*s %.*s",
                                                 (long long)(comparison.skip + comparison.limit),
                                                 STR_ARG(before), STR_ARG(after)));
    return 0;
}
