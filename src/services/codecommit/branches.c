#include "services/codecommit/internal.h"

static str branch_ref(struct call *call, str name)
{
    return str_concat(call->arena, STR("refs/heads/"), name);
}

static int check_branch_name(struct call *call, str name)
{
    if (refname_is_valid_short(name))
        return 0;
    return call_fail(call, &codecommit_InvalidBranchNameException,
            "The specified branch name is not valid: %.*s", STR_ARG(name));
}

static int find(struct call *call, str name, struct repository *ret)
{
    int r = repository_find(call, name, ret);

    return r < 0 ? r : repository_check_key(call, ret);
}

/* 1, or 0 there is no such branch in the repository `name`. */
static int look_up_branch(struct call *call, str name, str branch,
        struct repository *ret_repository, struct git_ref *ret_ref)
{
    int r = check_branch_name(call, branch);

    if (r == 0)
        r = find(call, name, ret_repository);
    return r < 0 ? r : git_ref_get(call->tx, ret_repository->id, branch_ref(call, branch), ret_ref);
}

static int find_branch(struct call *call, str name, str branch, struct repository *ret_repository,
        struct git_ref *ret_ref)
{
    int r = look_up_branch(call, name, branch, ret_repository, ret_ref);

    if (r == 0)
        return call_fail(call, &codecommit_BranchDoesNotExistException,
                "Branch %.*s does not exist", STR_ARG(branch));
    return r < 0 ? r : 0;
}

static int announce(struct tx *tx, void *arg, const struct git_changes *changes)
{
    void **pair = arg;

    (void)tx;
    return changes_announce(pair[0], pair[1], changes);
}

/* One change, as a push would make it: 0, or -EEXIST when it was refused. */
static int change_ref(struct call *call, struct repository *repository, struct git_change *change)
{
    void *pair[] = {call, repository};
    struct git_update update = {.repository = repository->id,
            .changes = {change, 1},
            .now = call->now,
            .changed = announce,
            .arg = pair};
    int64_t generation;
    int r = git_update(call->tx, &update, &generation);

    if (r < 0)
        return r;
    return git_change_is_made(change) ? 0 : -EEXIST;
}

int codecommit_GetBranch(struct call *call, const struct codecommit_GetBranchInput *in,
        struct codecommit_GetBranchOutput *out)
{
    struct repository repository;
    struct git_ref ref;
    int r = find_branch(call, in->repositoryName, in->branchName, &repository, &ref);

    if (r < 0)
        return r;
    out->branch = arena_new(call->arena, struct codecommit_BranchInfo);
    out->branch->branchName = in->branchName;
    out->branch->commitId = ref.id;
    return 0;
}

int codecommit_ListBranches(struct call *call, const struct codecommit_ListBranchesInput *in,
        struct codecommit_ListBranchesOutput *out)
{
    struct repository repository;
    struct git_refs refs;
    str after;
    int r = page_open(call, in->nextToken, &codecommit_InvalidContinuationTokenException, &after);

    if (r == 0)
        r = find(call, in->repositoryName, &repository);
    if (r == 0)
        r = git_ref_list(call->tx, repository.id, STR("refs/heads/"),
                after.ptr ? branch_ref(call, after) : STR(""), PAGE_SIZE + 1, &refs);
    if (r < 0)
        return r;
    out->branches.is_set = true;
    out->branches.len = refs.len > PAGE_SIZE ? PAGE_SIZE : refs.len;
    out->branches.items = arena_array(call->arena, out->branches.len, str);
    for (size_t i = 0; i < out->branches.len; i++)
        out->branches.items[i] = str_skip(refs.items[i].name, strlen("refs/heads/"));
    if (refs.len > PAGE_SIZE)
        out->nextToken = page_seal(call, out->branches.items[PAGE_SIZE - 1]);
    return 0;
}

/* The commit must be there, and be one. */
static int check_commit(struct call *call, str name, str commit, struct repository *ret)
{
    AUTO_SOURCE struct source source = {0};
    str resolved;
    int r;

    if (!object_id_is_valid(commit))
        return call_fail(
                call, &codecommit_InvalidCommitIdException, "The specified commit ID is not valid");
    r = source_open(call, name, &source);
    if (r < 0)
        return r;
    *ret = source.repository;
    r = source_resolve(call, &source, commit, &resolved);
    if (r == 0 || (r == 1 && !str_eq(resolved, commit)))
        return call_fail(call, &codecommit_CommitDoesNotExistException,
                "The commit %.*s does not exist", STR_ARG(commit));
    return r < 0 ? r : 0;
}

int codecommit_CreateBranch(
        struct call *call, const struct codecommit_CreateBranchInput *in, void *out)
{
    struct git_change change = {.ref = branch_ref(call, in->branchName),
            .old_id = OBJECT_ID_ZERO,
            .new_id = in->commitId};
    struct repository repository;
    int r = check_branch_name(call, in->branchName);

    (void)out;
    if (r == 0)
        r = check_commit(call, in->repositoryName, in->commitId, &repository);
    if (r == 0)
        r = change_ref(call, &repository, &change);
    if (r == -EEXIST)
        return call_fail(call, &codecommit_BranchNameExistsException, "Branch %.*s already exists",
                STR_ARG(in->branchName));
    return r;
}

int codecommit_DeleteBranch(struct call *call, const struct codecommit_DeleteBranchInput *in,
        struct codecommit_DeleteBranchOutput *out)
{
    struct git_change change = {.ref = branch_ref(call, in->branchName), .new_id = OBJECT_ID_ZERO};
    struct repository repository;
    struct git_ref ref;
    int r = look_up_branch(call, in->repositoryName, in->branchName, &repository, &ref);

    if (r <= 0)
        return r; /* deleting what is not there is no error, as in AWS */
    if (str_eq(repository.head, change.ref))
        return call_fail(call, &codecommit_DefaultBranchCannotBeDeletedException,
                "The branch %.*s is the default branch of the repository and cannot be deleted",
                STR_ARG(in->branchName));
    change.old_id = ref.id;
    r = change_ref(call, &repository, &change);
    if (r < 0)
        return r;
    out->deletedBranch = arena_new(call->arena, struct codecommit_BranchInfo);
    out->deletedBranch->branchName = in->branchName;
    out->deletedBranch->commitId = ref.id;
    return 0;
}

int codecommit_UpdateDefaultBranch(
        struct call *call, const struct codecommit_UpdateDefaultBranchInput *in, void *out)
{
    struct repository repository;
    struct git_ref ref;
    int r = find_branch(call, in->repositoryName, in->defaultBranchName, &repository, &ref);

    (void)out;
    if (r == 0)
        r = git_repo_set_head(call->tx, repository.id, ref.name);
    return r < 0 ? r : repository_touch(call->tx, repository.id, call->now);
}
