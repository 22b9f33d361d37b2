#include "services/codebuild/build.h"

enum {
    LIST_MAX = 100,
    BATCH_MAX = 100
};

static str project_arn(struct call *call, str id)
{
    ptrdiff_t colon = str_rfind_char(id, ':');

    return arn_make(call, "codebuild",
            str_printf(call->arena, "project/%.*s",
                    STR_ARG(colon > 0 ? str_head(id, (size_t)colon) : id)));
}

/* "project:uuid" of an id or ARN. */
static str id_of(str id_or_arn)
{
    struct arn arn;

    if (arn_parse(id_or_arn, &arn) == 0 && str_take_prefix(&arn.resource, STR("build/")))
        return arn.resource;
    return id_or_arn;
}

int codebuild_BatchGetBuilds(struct call *call, const struct codebuild_BatchGetBuildsInput *in,
        struct codebuild_BatchGetBuildsOutput *out)
{
    if (in->ids.len > BATCH_MAX)
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid number of ids: at most %d", BATCH_MAX);
    out->builds.is_set = out->buildsNotFound.is_set = true;
    out->builds.items = arena_array(call->arena, in->ids.len, struct codebuild_Build);
    out->buildsNotFound.items = arena_array(call->arena, in->ids.len, str);
    for (size_t i = 0; i < in->ids.len; i++) {
        struct build build;
        int r = authorize(
                call, STR("codebuild:BatchGetBuilds"), project_arn(call, id_of(in->ids.items[i])));

        if (r < 0 || (r = build_find(call, in->ids.items[i], &build)) < 0)
            return r;
        if (r > 0)
            out->builds.items[out->builds.len++] = *build.declaration;
        else
            out->buildsNotFound.items[out->buildsNotFound.len++] = in->ids.items[i];
    }
    return 0;
}

/* Ids, newest first unless asked otherwise. `project` absent: of all. */
static int list(
        struct call *call, str project, str order, str token, struct str_list *ret, str *ret_next)
{
    bool up = str_eq(order, STR("ASCENDING"));
    struct db_rows rows;
    str after;
    int r = page_open(call, token, &codebuild_InvalidInputException, &after);

    if (r < 0)
        return r;
    if (!after.ptr)
        after = up ? STR("") : STR("~");
    if (project.ptr)
        r = db_query(call->tx, &rows,
                up ? "select id, position from codebuild_build where account = $1 and region = $2 "
                     "and project = $3 and position > $4"
                     " order by position limit $5"
                   : "select id, position from codebuild_build where account = $1 and region = $2 "
                     "and project = $3 and position < $4"
                     " order by position desc limit $5",
                call->account, call->region, project, after, LIST_MAX + 1);
    else
        r = db_query(call->tx, &rows,
                up ? "select id, position from codebuild_build where account = $1 and region = $2 "
                     "and position > $3"
                     " order by position limit $4"
                   : "select id, position from codebuild_build where account = $1 and region = $2 "
                     "and position < $3"
                     " order by position desc limit $4",
                call->account, call->region, after, LIST_MAX + 1);
    if (r < 0)
        return r;
    ret->is_set = true;
    ret->len = rows.len < LIST_MAX ? rows.len : LIST_MAX;
    ret->items = arena_array(call->arena, ret->len, str);
    for (size_t i = 0; i < ret->len; i++)
        ret->items[i] = row_text(&rows.items[i], 0);
    if (rows.len > LIST_MAX)
        *ret_next = page_seal(call, row_text(&rows.items[LIST_MAX - 1], 1));
    return 0;
}

int codebuild_ListBuilds(struct call *call, const struct codebuild_ListBuildsInput *in,
        struct codebuild_ListBuildsOutput *out)
{
    return list(call, (str){0}, in->sortOrder, in->nextToken, &out->ids, &out->nextToken);
}

int codebuild_ListBuildsForProject(struct call *call,
        const struct codebuild_ListBuildsForProjectInput *in,
        struct codebuild_ListBuildsForProjectOutput *out)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select 1 from codebuild_project where account = $1 and region = $2 and name = $3",
            call->account, call->region, in->projectName);

    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceNotFoundException,
                "The provided project %.*s does not exist",
                STR_ARG(arn_make(call, "codebuild",
                        str_printf(call->arena, "project/%.*s", STR_ARG(in->projectName)))));
    return list(call, in->projectName, in->sortOrder, in->nextToken, &out->ids, &out->nextToken);
}

/* A queued build ends at once; a running one when its worker, which is told, has stopped it. */
int codebuild_StopBuild(struct call *call, const struct codebuild_StopBuildInput *in,
        struct codebuild_StopBuildOutput *out)
{
    struct build build;
    int r = authorize(call, STR("codebuild:StopBuild"), project_arn(call, id_of(in->id)));

    if (r < 0 || (r = build_find(call, in->id, &build)) < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codebuild_ResourceNotFoundException, "Build cannot be found: %.*s",
                STR_ARG(in->id));
    out->build = build.declaration;
    if (str_eq(build.state, STR("ENDED")))
        return 0;
    build.stop_requested = true;
    if (str_eq(build.state, STR("QUEUED")))
        return build_end(call, &build, STR("STOPPED"), (str){0}, (str){0});
    notify_add(call->server->notify, call->tx, build_topic(call->arena, build.id));
    return build_save(call->tx, &build);
}

int codebuild_BatchDeleteBuilds(struct call *call,
        const struct codebuild_BatchDeleteBuildsInput *in,
        struct codebuild_BatchDeleteBuildsOutput *out)
{
    if (in->ids.len > BATCH_MAX)
        return call_fail(call, &codebuild_InvalidInputException,
                "Invalid number of ids: at most %d", BATCH_MAX);
    out->buildsDeleted.is_set = out->buildsNotDeleted.is_set = true;
    out->buildsDeleted.items = arena_array(call->arena, in->ids.len, str);
    out->buildsNotDeleted.items =
            arena_array(call->arena, in->ids.len, struct codebuild_BuildNotDeleted);
    for (size_t i = 0; i < in->ids.len; i++) {
        struct build build;
        int r = authorize(call, STR("codebuild:BatchDeleteBuilds"),
                project_arn(call, id_of(in->ids.items[i])));

        if (r < 0 || (r = build_find(call, in->ids.items[i], &build)) < 0)
            return r;
        if (r > 0 && !str_eq(build.state, STR("ENDED"))) {
            out->buildsNotDeleted.items[out->buildsNotDeleted.len++] =
                    (struct codebuild_BuildNotDeleted){
                            .id = build.id, .statusCode = STR("BUILD_IN_PROGRESS")};
            continue;
        }
        if (r > 0 &&
                (r = db_exec(call->tx, "delete from codebuild_build where id = $1", build.id)) < 0)
            return r;
        if (r > 0)
            out->buildsDeleted.items[out->buildsDeleted.len++] = build.declaration->arn;
    }
    return 0;
}
