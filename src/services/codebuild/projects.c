#include "services/codebuild/projects.h"

#include "services/iam/iam.h"

enum {
    LIST_MAX = 100,
    BATCH_MAX = 100
};

static str project_arn(struct call *call, str name)
{
    return arn_make(call, "codebuild", str_printf(call->arena, "project/%.*s", STR_ARG(name)));
}

static int load(
        struct call *call, str account, str region, str name, struct codebuild_Project **ret)
{
    const struct db_row *row;
    struct codebuild_Project *project;
    int r = db_one(call->tx, &row,
            "select declaration from codebuild_project where account = $1 and region = $2 and name "
            "= $3",
            account, region, name);

    if (r <= 0)
        return r;
    project = arena_new(call->arena, struct codebuild_Project);
    if ((r = shape_from_json(call->arena, codebuild_type_Project, row_text(row, 0), project,
                 &call->tx->error)) < 0)
        return r;
    *ret = project;
    return 1;
}

int project_load(struct call *call, str name, struct codebuild_Project **ret)
{
    return load(call, call->account, call->region, name, ret);
}

int project_resource_tags(struct call *call, str text, struct resource_tags *ret)
{
    struct codebuild_Project *project;
    struct arn arn;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_take_prefix(&arn.resource, STR("project/")))
        return 0;
    r = load(call, arn.account, arn.region, arn.resource, &project);
    if (r <= 0)
        return r;
    ret->len = project->tags.len;
    ret->items = arena_array(call->arena, ret->len, struct resource_tag);
    for (size_t i = 0; i < ret->len; i++)
        ret->items[i] =
                (struct resource_tag){project->tags.items[i].key, project->tags.items[i].value};
    return 0;
}

static int refuse_unsupported(struct call *call, const struct codebuild_Project *project)
{
    const struct call_error *invalid = &codebuild_InvalidInputException;
    const char *what = NULL;

    if (project->vpcConfig && project->vpcConfig->vpcId.len)
        what = "vpcConfig";
    else if (project->fileSystemLocations.len)
        what = "fileSystemLocations";
    else if (project->buildBatchConfig)
        what = "buildBatchConfig";
    else if (project->badge && project->badge->badgeEnabled.value)
        what = "badgeEnabled";
    else if (project->cache && project->cache->type.ptr &&
             !str_eq(project->cache->type, STR("NO_CACHE")))
        what = "cache";
    else if (project->autoRetryLimit.is_set && project->autoRetryLimit.value > 0)
        what = "autoRetryLimit";
    return what ? call_fail(call, invalid, "%s is not supported by this version of Slipway.", what)
                : 0;
}

static int check_project(struct call *call, const struct codebuild_Project *project)
{
    bool from_pipeline = str_eq(project->source->type, STR("CODEPIPELINE"));
    int r;

    if ((r = project_check_source(call, project->source, false)) < 0 ||
            (r = project_check_artifacts(call, project->artifacts, false)) < 0 ||
            (r = project_check_environment(call, project->environment)) < 0 ||
            (r = project_check_logs(call, project->logsConfig)) < 0 ||
            (r = project_check_timeouts(
                     call, project->timeoutInMinutes, project->queuedTimeoutInMinutes)) < 0 ||
            (r = project_check_secondary(
                     call, &project->secondarySources, &project->secondaryArtifacts)) < 0 ||
            (r = refuse_unsupported(call, project)) < 0)
        return r;
    if (from_pipeline != str_eq(project->artifacts->type, STR("CODEPIPELINE")))
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid project: source and artifacts must both be of type CODEPIPELINE, or "
                "neither");
    if ((r = iam_pass_role(call, project->serviceRole, STR("codebuild.amazonaws.com"))) < 0)
        return r;
    return project_check_role(call, project->serviceRole);
}

static int save(struct call *call, const struct codebuild_Project *project)
{
    int r = db_exec(call->tx,
            "update codebuild_project set declaration = $4, modified = $5 where account = $1 and "
            "region = $2 and name = $3",
            call->account, call->region, project->name,
            shape_to_json(call->arena, codebuild_type_Project, project), call->now);

    return r < 0 ? r : 0;
}

int codebuild_CreateProject(struct call *call, const struct codebuild_CreateProjectInput *in,
        struct codebuild_CreateProjectOutput *out)
{
    struct codebuild_Project *project = arena_new(call->arena, struct codebuild_Project);
    int r;

    *project = (struct codebuild_Project){
            .name = in->name,
            .arn = project_arn(call, in->name),
            .description = in->description,
            .source = in->source,
            .secondarySources = in->secondarySources,
            .sourceVersion = in->sourceVersion,
            .secondarySourceVersions = in->secondarySourceVersions,
            .artifacts = in->artifacts,
            .secondaryArtifacts = in->secondaryArtifacts,
            .cache = in->cache,
            .environment = in->environment,
            .serviceRole = in->serviceRole,
            .timeoutInMinutes = in->timeoutInMinutes.is_set ? in->timeoutInMinutes
                                                            : SOME_INT(PROJECT_TIMEOUT_PRESET),
            .queuedTimeoutInMinutes = in->queuedTimeoutInMinutes.is_set
                                              ? in->queuedTimeoutInMinutes
                                              : SOME_INT(PROJECT_QUEUED_PRESET),
            .encryptionKey = in->encryptionKey.ptr ? in->encryptionKey
                                                   : arn_make(call, "kms", STR("alias/aws/s3")),
            .tags = in->tags,
            .created = SOME_TIME(call->now),
            .lastModified = SOME_TIME(call->now),
            .vpcConfig = in->vpcConfig,
            .logsConfig = in->logsConfig,
            .fileSystemLocations = in->fileSystemLocations,
            .buildBatchConfig = in->buildBatchConfig,
            .concurrentBuildLimit = in->concurrentBuildLimit,
            .autoRetryLimit = in->autoRetryLimit,
            .projectVisibility = STR("PRIVATE"),
    };
    project->badge = arena_new(call->arena, struct codebuild_ProjectBadge);
    project->badge->badgeEnabled = SOME_BOOL(in->badgeEnabled.is_set && in->badgeEnabled.value);
    if ((r = check_project(call, project)) < 0)
        return r;
    r = db_exec(call->tx,
            "insert into codebuild_project (account, region, name, declaration, created, modified, "
            "last_number)"
            " values ($1, $2, $3, $4, $5, $5, 0) on conflict do nothing",
            call->account, call->region, in->name,
            shape_to_json(call->arena, codebuild_type_Project, project), call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceAlreadyExistsException,
                "Project already exists: %.*s", STR_ARG(project->arn));
    out->project = project;
    return 0;
}

/* What the request has replaces what the project had. */
static void merge(struct codebuild_Project *p, const struct codebuild_UpdateProjectInput *in)
{
    if (in->description.ptr)
        p->description = in->description;
    if (in->source)
        p->source = in->source;
    if (in->secondarySources.is_set)
        p->secondarySources = in->secondarySources;
    if (in->sourceVersion.ptr)
        p->sourceVersion = in->sourceVersion;
    if (in->secondarySourceVersions.is_set)
        p->secondarySourceVersions = in->secondarySourceVersions;
    if (in->artifacts)
        p->artifacts = in->artifacts;
    if (in->secondaryArtifacts.is_set)
        p->secondaryArtifacts = in->secondaryArtifacts;
    if (in->cache)
        p->cache = in->cache;
    if (in->environment)
        p->environment = in->environment;
    if (in->serviceRole.ptr)
        p->serviceRole = in->serviceRole;
    if (in->timeoutInMinutes.is_set)
        p->timeoutInMinutes = in->timeoutInMinutes;
    if (in->queuedTimeoutInMinutes.is_set)
        p->queuedTimeoutInMinutes = in->queuedTimeoutInMinutes;
    if (in->encryptionKey.ptr)
        p->encryptionKey = in->encryptionKey;
    if (in->tags.is_set)
        p->tags = in->tags;
    if (in->vpcConfig)
        p->vpcConfig = in->vpcConfig;
    if (in->badgeEnabled.is_set)
        p->badge->badgeEnabled = in->badgeEnabled;
    if (in->logsConfig)
        p->logsConfig = in->logsConfig;
    if (in->fileSystemLocations.is_set)
        p->fileSystemLocations = in->fileSystemLocations;
    if (in->buildBatchConfig)
        p->buildBatchConfig = in->buildBatchConfig;
    if (in->concurrentBuildLimit.is_set)
        p->concurrentBuildLimit = in->concurrentBuildLimit;
    if (in->autoRetryLimit.is_set)
        p->autoRetryLimit = in->autoRetryLimit;
}

int codebuild_UpdateProject(struct call *call, const struct codebuild_UpdateProjectInput *in,
        struct codebuild_UpdateProjectOutput *out)
{
    struct codebuild_Project *project;
    int r = project_load(call, in->name, &project);

    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceNotFoundException,
                "Project cannot be found: %.*s", STR_ARG(project_arn(call, in->name)));
    merge(project, in);
    if (project->concurrentBuildLimit.is_set && project->concurrentBuildLimit.value == -1)
        project->concurrentBuildLimit = (struct opt_int){0}; /* AWS's way to remove the limit */
    project->lastModified = SOME_TIME(call->now);
    if ((r = check_project(call, project)) < 0 || (r = save(call, project)) < 0)
        return r;
    out->project = project;
    return 0;
}

/* Builds stay, as in AWS: they are listed until they are deleted. Deleting what is not there
 * succeeds. */
int codebuild_DeleteProject(struct call *call, const struct codebuild_DeleteProjectInput *in,
        struct codebuild_DeleteProjectOutput *out)
{
    int r = db_exec(call->tx,
            "delete from codebuild_project where account = $1 and region = $2 and name = $3",
            call->account, call->region, in->name);

    (void)out;
    return r < 0 ? r : 0;
}

static str name_of(str name_or_arn)
{
    struct arn arn;

    if (arn_parse(name_or_arn, &arn) == 0 && str_take_prefix(&arn.resource, STR("project/")))
        return arn.resource;
    return name_or_arn;
}

int codebuild_BatchGetProjects(struct call *call, const struct codebuild_BatchGetProjectsInput *in,
        struct codebuild_BatchGetProjectsOutput *out)
{
    if (in->names.len > BATCH_MAX)
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid number of names: at most %d", BATCH_MAX);
    out->projects.is_set = out->projectsNotFound.is_set = true;
    out->projects.items = arena_array(call->arena, in->names.len, struct codebuild_Project);
    out->projectsNotFound.items = arena_array(call->arena, in->names.len, str);
    for (size_t i = 0; i < in->names.len; i++) {
        struct codebuild_Project *project;
        str name = name_of(in->names.items[i]);
        int r = authorize(call, STR("codebuild:BatchGetProjects"), project_arn(call, name));

        if (r < 0 || (r = project_load(call, name, &project)) < 0)
            return r;
        if (r > 0)
            out->projects.items[out->projects.len++] = *project;
        else
            out->projectsNotFound.items[out->projectsNotFound.len++] = in->names.items[i];
    }
    return 0;
}

/* `after` is "<time> <name>" for lists by time, the name otherwise. */
static int query_names(struct call *call, const struct codebuild_ListProjectsInput *in, str after,
        struct db_rows *ret)
{
    bool down = str_eq(in->sortOrder, STR("DESCENDING"));
    int64_t ms = down ? INT64_MAX : -1;
    str head, name = STR("");

    if (!in->sortBy.ptr || str_eq(in->sortBy, STR("NAME"))) {
        str from = after.ptr ? after : down ? STR("\xf4\x8f\xbf\xbf") : STR("");
        return db_query(call->tx, ret,
                down ? "select name, 0 from codebuild_project where account = $1 and region = $2 "
                       "and name < $3 order by name desc limit $4"
                     : "select name, 0 from codebuild_project where account = $1 and region = $2 "
                       "and name > $3 order by name limit $4",
                call->account, call->region, from, LIST_MAX + 1);
    }
    if (after.ptr && str_cut(&after, ' ', &head) && str_to_i64(head, &ms) == 0)
        name = after;
    if (str_eq(in->sortBy, STR("CREATED_TIME")))
        return db_query(call->tx, ret,
                down ? "select name, created from codebuild_project where account = $1 and region "
                       "= $2"
                       " and (created < $3 or (created = $3 and name > $4)) order by created desc, "
                       "name limit $5"
                     : "select name, created from codebuild_project where account = $1 and region "
                       "= $2"
                       " and (created > $3 or (created = $3 and name > $4)) order by created, name "
                       "limit $5",
                call->account, call->region, ms, name, LIST_MAX + 1);
    return db_query(call->tx, ret,
            down ? "select name, modified from codebuild_project where account = $1 and region = $2"
                   " and (modified < $3 or (modified = $3 and name > $4)) order by modified desc, "
                   "name limit $5"
                 : "select name, modified from codebuild_project where account = $1 and region = $2"
                   " and (modified > $3 or (modified = $3 and name > $4)) order by modified, name "
                   "limit $5",
            call->account, call->region, ms, name, LIST_MAX + 1);
}

int codebuild_ListProjects(struct call *call, const struct codebuild_ListProjectsInput *in,
        struct codebuild_ListProjectsOutput *out)
{
    bool by_name = !in->sortBy.ptr || str_eq(in->sortBy, STR("NAME"));
    struct db_rows rows;
    str after;
    int r = page_open(call, in->nextToken, &codebuild_InvalidInputException, &after);

    if (r < 0 || (r = query_names(call, in, after, &rows)) < 0)
        return r;
    out->projects.is_set = true;
    out->projects.len = rows.len < LIST_MAX ? rows.len : LIST_MAX;
    out->projects.items = arena_array(call->arena, out->projects.len, str);
    for (size_t i = 0; i < out->projects.len; i++)
        out->projects.items[i] = row_text(&rows.items[i], 0);
    if (rows.len > LIST_MAX) {
        const struct db_row *last = &rows.items[LIST_MAX - 1];
        out->nextToken = page_seal(
                call, by_name ? row_text(last, 0)
                              : str_printf(call->arena, "%lld %.*s", (long long)row_int(last, 1),
                                        STR_ARG(row_text(last, 0))));
    }
    return 0;
}
