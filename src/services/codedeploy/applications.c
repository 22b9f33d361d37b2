/* Applications, their tags, and what all lists share. */
#include "services/codedeploy/application.h"

#include "base/random.h"

/* ---- Names and pages --------------------------------------------------------------------- */

bool is_deploy_name(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    memchr("._+=,@-", c, 7)))
            return false;
    }
    return s.len > 0 && s.len <= CODEDEPLOY_MAX_NAME;
}

int deploy_names_after(struct call *call, str token, str *ret)
{
    int r = page_open(call, token, &codedeploy_InvalidNextTokenException, ret);

    if (r >= 0 && !ret->ptr)
        *ret = STR("");
    return r;
}

void deploy_names_page(
        struct call *call, const struct db_rows *rows, struct str_list *ret, str *ret_token)
{
    ret->is_set = true;
    ret->len = rows->len < CODEDEPLOY_PAGE ? rows->len : CODEDEPLOY_PAGE;
    ret->items = arena_array(call->arena, ret->len, str);
    for (size_t i = 0; i < ret->len; i++)
        ret->items[i] = row_text(&rows->items[i], 0);
    if (rows->len > CODEDEPLOY_PAGE)
        *ret_token = page_seal(call, ret->items[ret->len - 1]);
}

/* ---- Rows ----------------------------------------------------------------------------------- */

str application_arn(struct call *call, str name)
{
    return arn_make(call, "codedeploy", str_printf(call->arena, "application:%.*s", STR_ARG(name)));
}

int application_load(struct call *call, str name, struct application *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select id, name, created from codedeploy_application where account = $1 and region = "
            "$2 and name = $3",
            call->account, call->region, name);

    if (r > 0)
        *ret = (struct application){row_text(row, 0), row_text(row, 1), row_int(row, 2)};
    return r;
}

int application_find(struct call *call, str name, struct application *ret)
{
    int r = application_load(call, name, ret);

    if (r == 0)
        return call_fail(call, &codedeploy_ApplicationDoesNotExistException,
                "No application found for name: %.*s", STR_ARG(name));
    return r < 0 ? r : 0;
}

static struct codedeploy_ApplicationInfo info_of(const struct application *application)
{
    return (struct codedeploy_ApplicationInfo){
            .applicationId = application->id,
            .applicationName = application->name,
            .createTime = SOME_TIME(application->created),
            .linkedToGitHub = SOME_BOOL(false),
            .computePlatform = STR("Server"),
    };
}

/* ---- Operations ------------------------------------------------------------------------------ */

static int check_name(struct call *call, str name)
{
    if (!is_deploy_name(name))
        return call_fail(call, &codedeploy_InvalidApplicationNameException,
                "Application name is not valid: %.*s. It may have up to 100 letters, digits and . "
                "_ + = , @ -",
                STR_ARG(name));
    return 0;
}

int codedeploy_CreateApplication(struct call *call,
        const struct codedeploy_CreateApplicationInput *in,
        struct codedeploy_CreateApplicationOutput *out)
{
    str id = random_uuid(call->arena);
    int r = check_name(call, in->applicationName);

    if (r < 0)
        return r;
    if (in->computePlatform.ptr && !str_eq(in->computePlatform, STR("Server")))
        return call_fail(call, &codedeploy_InvalidComputePlatformException,
                "The compute platform %.*s is not supported by this version of Slipway: only "
                "Server is.",
                STR_ARG(in->computePlatform));
    r = db_exec(call->tx,
            "insert into codedeploy_application (id, account, region, name, created) values ($1, "
            "$2, $3, $4, $5) on conflict do nothing",
            id, call->account, call->region, in->applicationName, call->now);
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &codedeploy_ApplicationAlreadyExistsException,
                "Application already exists: %.*s", STR_ARG(in->applicationName));
    out->applicationId = id;
    return deploy_tags_put(call, application_arn(call, in->applicationName), &in->tags);
}

int codedeploy_GetApplication(struct call *call, const struct codedeploy_GetApplicationInput *in,
        struct codedeploy_GetApplicationOutput *out)
{
    struct application application;
    int r = application_find(call, in->applicationName, &application);

    if (r < 0)
        return r;
    out->application = arena_new(call->arena, struct codedeploy_ApplicationInfo);
    *out->application = info_of(&application);
    return 0;
}

int codedeploy_BatchGetApplications(struct call *call,
        const struct codedeploy_BatchGetApplicationsInput *in,
        struct codedeploy_BatchGetApplicationsOutput *out)
{
    if (in->applicationNames.len > CODEDEPLOY_PAGE)
        return call_fail(call, &codedeploy_BatchLimitExceededException,
                "The maximum number of names or IDs allowed for this request is %d.",
                CODEDEPLOY_PAGE);
    out->applicationsInfo.is_set = true;
    out->applicationsInfo.items =
            arena_array(call->arena, in->applicationNames.len, struct codedeploy_ApplicationInfo);
    for (size_t i = 0; i < in->applicationNames.len; i++) {
        struct application application;
        int r = authorize(call, STR("codedeploy:BatchGetApplications"),
                application_arn(call, in->applicationNames.items[i]));
        if (r < 0 || (r = application_load(call, in->applicationNames.items[i], &application)) < 0)
            return r;
        if (r > 0)
            out->applicationsInfo.items[out->applicationsInfo.len++] = info_of(&application);
    }
    return 0;
}

int codedeploy_ListApplications(struct call *call,
        const struct codedeploy_ListApplicationsInput *in,
        struct codedeploy_ListApplicationsOutput *out)
{
    struct db_rows rows;
    str after;
    int r = deploy_names_after(call, in->nextToken, &after);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select name from codedeploy_application where account = $1 and region = $2 and name > "
            "$3 order by name limit $4",
            call->account, call->region, after, CODEDEPLOY_PAGE + 1);
    if (r >= 0)
        deploy_names_page(call, &rows, &out->applications, &out->nextToken);
    return r < 0 ? r : 0;
}

/* Group ARNs name their application too. */
static int move_all_tags(struct call *call, const struct application *application, str to)
{
    struct db_rows rows;
    int r = deploy_tags_move(
            call, application_arn(call, application->name), application_arn(call, to));

    if (r >= 0)
        r = db_query(call->tx, &rows,
                "select name from codedeploy_group where application_id = $1 limit $2",
                application->id, DB_MAX_ROWS);
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        str name = row_text(&rows.items[i], 0);
        r = deploy_tags_move(call, deploy_group_arn(call, application->name, name),
                deploy_group_arn(call, to, name));
    }
    return r < 0 ? r : 0;
}

int codedeploy_UpdateApplication(
        struct call *call, const struct codedeploy_UpdateApplicationInput *in, void *out)
{
    struct application application, other;
    int r;

    (void)out;
    if (!in->applicationName.ptr)
        return call_fail(call, &codedeploy_ApplicationNameRequiredException,
                "Application name must be specified.");
    if ((r = application_find(call, in->applicationName, &application)) < 0)
        return r;
    if (!in->newApplicationName.ptr || str_eq(in->newApplicationName, in->applicationName))
        return 0;
    if ((r = check_name(call, in->newApplicationName)) < 0 ||
            (r = authorize(call, STR("codedeploy:UpdateApplication"),
                     application_arn(call, in->newApplicationName))) < 0 ||
            (r = application_load(call, in->newApplicationName, &other)) < 0)
        return r;
    if (r > 0)
        return call_fail(call, &codedeploy_ApplicationAlreadyExistsException,
                "Application already exists: %.*s", STR_ARG(in->newApplicationName));
    r = db_exec(call->tx, "update codedeploy_application set name = $2 where id = $1",
            application.id, in->newApplicationName);
    return r < 0 ? r : move_all_tags(call, &application, in->newApplicationName);
}

/* Deployments stay, to be looked at by their ids; those under way fail when they find no group. */
int codedeploy_DeleteApplication(
        struct call *call, const struct codedeploy_DeleteApplicationInput *in, void *out)
{
    struct application application;
    struct db_rows rows;
    int r = application_load(call, in->applicationName, &application);

    (void)out;
    if (r <= 0)
        return r; /* deleting what is not there succeeds */
    r = db_query(call->tx, &rows,
            "select name from codedeploy_group where application_id = $1 limit $2", application.id,
            DB_MAX_ROWS);
    for (size_t i = 0; r >= 0 && i < rows.len; i++)
        r = deploy_tags_drop(
                call, deploy_group_arn(call, application.name, row_text(&rows.items[i], 0)));
    if (r < 0 || (r = deploy_tags_drop(call, application_arn(call, application.name))) < 0)
        return r;
    r = db_exec(call->tx, "delete from codedeploy_application where id = $1", application.id);
    return r < 0 ? r : 0;
}
