#include "services/codepipeline/provider.h"

#include "base/fs.h"
#include "gen/codecommit.h"
#include "services/codecommit/codecommit.h"

#include <fcntl.h>
#include <unistd.h>

/*
 * Source CodeCommit: the files of a commit as a zip. The commit is the pushed one, the one
 * that was asked for, or the branch's newest.
 */

#define ARTIFACT_MAX_BYTES ((int64_t)5 << 30)

static int check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    str format = configuration_get(&a->configuration, "OutputArtifactFormat");
    str poll = configuration_get(&a->configuration, "PollForSourceChanges");

    if (str_eq(format, STR("CODEBUILD_CLONE_REF")))
        return configuration_fail(call, a, "OutputArtifactFormat",
                "CODEBUILD_CLONE_REF is not supported by this version of Slipway");
    if (format.ptr && !str_eq(format, STR("CODE_ZIP")))
        return configuration_fail(call, a, "OutputArtifactFormat", "it must be CODE_ZIP");
    if (poll.ptr && !str_eq(poll, STR("true")) && !str_eq(poll, STR("false")))
        return configuration_fail(call, a, "PollForSourceChanges", "it must be true or false");
    return 0;
}

static str wanted_revision(const struct run *run, const char *type)
{
    const struct codepipeline_SourceRevisionOverrideList *wanted = &run->execution->wanted;

    for (size_t i = 0; i < wanted->len; i++)
        if (str_eq(wanted->items[i].actionName, run->action.name) &&
                str_eq(wanted->items[i].revisionType, str_of(type)))
            return wanted->items[i].revisionValue;
    return (str){0};
}

static struct outcome refusal(
        const struct run *run, const char *operation, const struct call_failure *why)
{
    struct arena *arena = run->call->arena;
    str repository = run_configuration(run, "RepositoryName");

    if (str_eq(why->code, STR("BranchDoesNotExistException")))
        return outcome_failed("ConfigurationError",
                str_printf(arena,
                        "The action failed because no branch named %.*s was found in the selected "
                        "AWS CodeCommit repository %.*s. Make sure you are using the correct "
                        "branch "
                        "name, and then try again. Error: %.*s",
                        STR_ARG(run_configuration(run, "BranchName")), STR_ARG(repository),
                        STR_ARG(why->message)));
    if (str_eq(why->code, STR("RepositoryDoesNotExistException")))
        return outcome_failed("ConfigurationError",
                str_printf(arena,
                        "The action failed because no AWS CodeCommit repository named %.*s was "
                        "found. Make sure you are using the correct repository name, and then try "
                        "again. Error: %.*s",
                        STR_ARG(repository), STR_ARG(why->message)));
    return outcome_refused(arena, operation, "AWSCodeCommit", why);
}

static int find_commit(struct work *work)
{
    struct run *run = &work->run;
    struct codecommit_GetBranchInput in = {
            .repositoryName = run_configuration(run, "RepositoryName"),
            .branchName = run_configuration(run, "BranchName")};
    struct codecommit_GetBranchOutput out = {0};
    struct call_failure why;
    int r;

    work->commit = wanted_revision(run, "COMMIT_ID");
    if (work->commit.ptr)
        return 0;
    r = call_invoke(run->call, &run->role, &codecommit_service, "GetBranch", &in, &out, &why);
    if (r == CALL_FAILED)
        work->outcome = refusal(run, "getBranch", &why);
    else if (r == 0)
        work->commit = out.branch->commitId;
    return r == CALL_FAILED ? 0 : r;
}

static void describe(struct work *work, const struct codecommit_Commit *commit)
{
    struct run *run = &work->run;
    struct arena *arena = run->call->arena;
    struct codepipeline_ArtifactRevision *revision =
            arena_new(arena, struct codepipeline_ArtifactRevision);
    struct codepipeline_OutputVariablesMap *map = &work->outcome.variables;

    *revision = (struct codepipeline_ArtifactRevision){
            .name = run->as->outputArtifacts.items[0].name,
            .revisionId = work->commit,
            .revisionSummary = str_head(commit->message, 1500),
            .created = SOME_TIME(run->call->now),
    };
    work->outcome.revision = revision;
    work->outcome.summary = revision->revisionSummary;
    variables_set(arena, map, "RepositoryName", run_configuration(run, "RepositoryName"));
    variables_set(arena, map, "BranchName", run_configuration(run, "BranchName"));
    variables_set(arena, map, "CommitId", work->commit);
    variables_set(arena, map, "CommitMessage", commit->message.ptr ? commit->message : STR(""));
    if (commit->author)
        variables_set(arena, map, "AuthorDate", commit->author->date);
    if (commit->committer)
        variables_set(arena, map, "CommitterDate", commit->committer->date);
}

static int open_commit(struct work *work)
{
    struct run *run = &work->run;
    struct codecommit_GetCommitInput in = {
            .repositoryName = run_configuration(run, "RepositoryName")};
    struct codecommit_GetCommitOutput out = {0};
    struct call_failure why;
    int r = find_commit(work);

    if (r < 0 || work->outcome.status.ptr)
        return r;
    in.commitId = work->commit;
    r = call_invoke(run->call, &run->role, &codecommit_service, "GetCommit", &in, &out, &why);
    if (r == CALL_FAILED)
        work->outcome = refusal(run, "getCommit", &why);
    else if (r == 0)
        describe(work, out.commit);
    return r == CALL_FAILED ? 0 : r;
}

static ssize_t read_file(void *arg, int64_t offset, void *ptr, size_t len, struct error *err)
{
    ssize_t n = pread(*(int *)arg, ptr, len, offset);

    return n < 0 ? error_set(err, errno, "could not read the archive: %m") : n;
}

static int fetch_commit(struct work *work, struct error *err)
{
    struct run *run = &work->run;
    struct call *call = run->call;
    const struct principal *own = call->principal;
    const struct codepipeline_S3Location *place = run->action.outputs.items[0].s3location;
    AUTO_CLOSE int fd = open(
            str_cstr(call->arena, call->server->data_dir), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not make a temporary file: %m");
    call->principal = &run->role;
    r = codecommit_archive(call, run_configuration(run, "RepositoryName"), work->commit, fd);
    call->principal = own;
    if (r == CALL_FAILED && call->failure.status >= 500)
        return error_set(err, EIO, "%.*s", STR_ARG(call->failure.message));
    if (r == CALL_FAILED) {
        work->outcome = refusal(run, "uploadArchive", &call->failure);
        return 0;
    }
    if (r < 0)
        return error_set(err, -r, "could not make the archive");
    struct work_object *object = work_add(work, place->bucket, place->key);
    object->blob.content_type = STR("application/zip");
    object->blob.kms_key = run_artifact_key(run);
    return work_take(work, read_file, &fd, ARTIFACT_MAX_BYTES, object, err);
}

const struct provider provider_codecommit = {
        .category = "Source",
        .name = "CodeCommit",
        .keys = {{"RepositoryName", true}, {"BranchName", true}, {"PollForSourceChanges", false},
                {"OutputArtifactFormat", false}},
        .min_outputs = 1,
        .max_outputs = 1,
        .check = check,
        .open = open_commit,
        .fetch = fetch_commit,
};
