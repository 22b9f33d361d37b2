/*
 * Which services somebody may use, and when they last did: what policies grant is read out of their
 * texts, what was used is api/usage.h. A report is worked out when it is fetched; its job says whose.
 */
#include "api/usage.h"
#include "base/json.h"
#include "base/random.h"
#include "services/iam/entity.h"

enum {
    JOBS_MAX = 1000, /* kept of an account, and no longer than: */
    JOB_MS = 7 * 24 * 3600 * 1000,
    SERVICES_MAX = 64,
};

static const struct name {
    const char *prefix, *name;
} names[] = {
        {"cloudtrail", "AWS CloudTrail"},
        {"cloudwatch", "Amazon CloudWatch"},
        {"codeartifact", "AWS CodeArtifact"},
        {"codebuild", "AWS CodeBuild"},
        {"codecommit", "AWS CodeCommit"},
        {"codedeploy", "AWS CodeDeploy"},
        {"codepipeline", "AWS CodePipeline"},
        {"ecr", "Amazon Elastic Container Registry"},
        {"events", "Amazon EventBridge"},
        {"iam", "AWS Identity and Access Management"},
        {"kms", "AWS Key Management Service"},
        {"lambda", "AWS Lambda"},
        {"logs", "Amazon CloudWatch Logs"},
        {"s3", "Amazon S3"},
        {"secretsmanager", "AWS Secrets Manager"},
        {"sns", "Amazon SNS"},
        {"ssm", "AWS Systems Manager"},
        {"sts", "AWS Security Token Service"},
};

static str name_of(str prefix)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (str_eq(prefix, str_of(names[i].prefix)))
            return str_of(names[i].name);
    return prefix;
}

/* Those of this server, by name and each once. */
static struct str_list known_services(struct call *call)
{
    struct str_list list = {arena_array(call->arena, SERVICES_MAX, str), 0, true};

    for (size_t i = 0; i < call->server->services_len && list.len < SERVICES_MAX; i++) {
        const struct service_model *model = call->server->services[i]->model;
        str prefix = str_of(model ? model->iam_prefix : NULL);
        size_t at = 0;
        while (at < list.len && str_cmp(list.items[at], prefix) < 0)
            at++;
        if (!prefix.ptr || (at < list.len && str_eq(list.items[at], prefix)))
            continue;
        memmove(list.items + at + 1, list.items + at, (list.len - at) * sizeof(str));
        list.items[at] = prefix;
        list.len++;
    }
    return list;
}

/* ---- What a policy grants ------------------------------------------------------------- */

/* Does a pattern of actions ("s3:Get*", "*") touch the service? `all`: is it all of it? */
static bool touches(str pattern, str prefix, bool all)
{
    str own;

    if (str_eq(pattern, STR("*")))
        return true;
    if (!str_cut(&pattern, ':', &own))
        return false;
    if (!str_eq_nocase(own, prefix) && !str_eq(own, STR("*")))
        return false;
    return !all || str_eq(pattern, STR("*"));
}

static bool any_touches(const json_t *actions, str prefix, bool all)
{
    size_t len = json_is_array(actions) ? json_array_size(actions) : 1;

    for (size_t i = 0; i < len; i++)
        if (touches(json_str(json_is_array(actions) ? json_array_get(actions, i) : actions), prefix,
                    all))
            return true;
    return false;
}

static bool statement_grants(const json_t *statement, str prefix)
{
    const json_t *not_actions = json_member(statement, "NotAction");

    if (!str_eq(json_member_str(statement, "Effect"), STR("Allow")))
        return false;
    return not_actions ? !any_touches(not_actions, prefix, true)
                       : any_touches(json_member(statement, "Action"), prefix, false);
}

static bool grants(str policy, str prefix)
{
    AUTO_JSON json_t *json = NULL;
    const json_t *statements;

    if (json_parse(policy, &json, NULL) < 0)
        return false;
    statements = json_member(json, "Statement");
    if (!json_is_array(statements))
        return statement_grants(statements, prefix);
    for (size_t i = 0; i < json_array_size(statements); i++)
        if (statement_grants(json_array_get(statements, i), prefix))
            return true;
    return false;
}

/* ---- Whose report --------------------------------------------------------------------- */

struct subject {
    struct entity entity; /* kind absent: a policy */
    str arn;
    struct principal_policies policies;
    struct entity *users; /* whose use counts: users and roles */
    size_t users_len;
};

/* Finds who or what it is; fails with NoSuchEntity. */
static int find_subject(struct call *call, str text, struct subject *ret)
{
    ptrdiff_t slash = str_rfind_char(text, '/');
    str kind = {0}, document;
    struct arn arn;
    int r;

    *ret = (struct subject){.arn = text};
    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("iam")) || slash < 0 ||
            !str_cut(&arn.resource, '/', &kind))
        return call_fail(call, &iam_InvalidInputException, "ARN %.*s is not valid.", STR_ARG(text));
    if (str_eq(kind, STR("policy"))) {
        r = iam_policy_text(call->tx, call->account, text, &document);
        ret->policies.identity.items = arena_new(call->arena, struct policy_source);
        ret->policies.identity.len = 1;
        ret->policies.identity.items[0] = (struct policy_source){
                .name = str_skip(text, (size_t)slash + 1), .text = document, .arn = text};
    } else {
        r = entity_find(call->tx, call->account, str_cstr(call->arena, kind),
                str_skip(text, (size_t)slash + 1), &ret->entity);
        if (r > 0 && !str_eq(ret->entity.arn, text))
            r = 0;
        if (r > 0 && entity_policies(call->tx, &ret->entity, &ret->policies) < 0)
            return -EIO;
    }
    if (r == 0)
        return call_fail(
                call, &iam_NoSuchEntityException, "ARN %.*s cannot be found.", STR_ARG(text));
    return r < 0 ? r : 0;
}

/* Members of the group; or whom the policy is attached to, also by a group. */
static int find_users(struct call *call, struct subject *subject)
{
    struct db_rows rows;
    int r;

    if (str_eq(subject->entity.kind, STR("user")) || str_eq(subject->entity.kind, STR("role"))) {
        subject->users = &subject->entity;
        subject->users_len = 1;
        return 0;
    }
    r = db_query(call->tx, &rows,
            "select " ENTITY_COLUMNS " from iam_entity where account = $1 and kind in"
            " ('user', 'role') and (id in (select user_id from iam_membership where group_id = $2)"
            " or id in (select entity from iam_attachment where account = $1 and policy = $3)"
            " or id in (select m.user_id from iam_membership m join iam_attachment a"
            " on a.entity = m.group_id where a.account = $1 and a.policy = $3)) order by id",
            call->account, subject->entity.id.ptr ? subject->entity.id : STR(""), subject->arn);
    if (r < 0)
        return r;
    subject->users_len = rows.len;
    subject->users = arena_array(call->arena, rows.len, struct entity);
    for (size_t i = 0; i < rows.len; i++)
        entity_from_row(call->arena, &rows.items[i], &subject->users[i]);
    return 0;
}

static bool is_granted(const struct subject *subject, str prefix)
{
    for (size_t i = 0; i < subject->policies.identity.len; i++)
        if (grants(subject->policies.identity.items[i].text, prefix))
            return true;
    return false;
}

/* ---- What they have used -------------------------------------------------------------- */

/* The actions of one service that one of them has used: action, time. */
static int find_use(struct call *call, const struct entity *user, str prefix, struct db_rows *ret)
{
    return db_query(call->tx, ret,
            "select action, max(last_time) from audit_usage where account = $1 and principal = $2"
            " and action >= $3 and action < $4 group by action order by action",
            call->account, user->arn, str_concat(call->arena, prefix, STR(":")),
            str_concat(call->arena, prefix, STR(";")));
}

static int64_t latest(const struct db_rows *rows)
{
    int64_t time = 0;

    for (size_t i = 0; i < rows->len; i++)
        if (row_int(&rows->items[i], 1) > time)
            time = row_int(&rows->items[i], 1);
    return time;
}

static void add_actions(struct call *call, const struct db_rows *rows, const struct entity *user,
        struct iam_TrackedActionsLastAccessed *ret)
{
    ret->is_set = true;
    ret->items = arena_array(call->arena, rows->len, struct iam_TrackedActionLastAccessed);
    for (size_t i = 0; i < rows->len; i++) {
        str action = row_text(&rows->items[i], 0), prefix;
        (void)str_cut(&action, ':', &prefix);
        ret->items[ret->len++] = (struct iam_TrackedActionLastAccessed){
                .ActionName = action,
                .LastAccessedEntity = user->arn,
                .LastAccessedTime = SOME_TIME(row_int(&rows->items[i], 1)),
        };
    }
}

static int show_service(struct call *call, const struct subject *subject, str prefix,
        bool with_actions, struct iam_ServiceLastAccessed *ret)
{
    int64_t last = 0, entities = 0;

    *ret = (struct iam_ServiceLastAccessed){
            .ServiceName = name_of(prefix), .ServiceNamespace = prefix};
    for (size_t i = 0; i < subject->users_len; i++) {
        struct db_rows rows;
        int r = find_use(call, &subject->users[i], prefix, &rows);
        if (r < 0)
            return r;
        entities += rows.len > 0;
        if (rows.len == 0 || latest(&rows) <= last)
            continue;
        last = latest(&rows);
        ret->LastAuthenticated = SOME_TIME(last);
        ret->LastAuthenticatedEntity = subject->users[i].arn;
        if (with_actions)
            add_actions(call, &rows, &subject->users[i], &ret->TrackedActionsLastAccessed);
    }
    ret->TotalAuthenticatedEntities = SOME_INT(entities);
    return 0;
}

/* ---- Jobs ----------------------------------------------------------------------------- */

int iam_GenerateServiceLastAccessedDetails(struct call *call,
        const struct iam_GenerateServiceLastAccessedDetailsRequest *in,
        struct iam_GenerateServiceLastAccessedDetailsResponse *out)
{
    struct subject subject;
    int r = authorize(call, entity_action(call), in->Arn);

    if (r == 0)
        r = find_subject(call, in->Arn, &subject);
    if (r < 0)
        return r;
    out->JobId = random_uuid_sortable(call->arena);
    r = db_exec(call->tx,
            "insert into iam_access_job (id, account, arn, granularity, created)"
            " values ($1, $2, $3, $4, $5)",
            out->JobId, call->account, in->Arn,
            in->Granularity.ptr ? in->Granularity : STR("SERVICE_LEVEL"), call->now);
    if (r >= 0)
        r = db_exec(call->tx,
                "delete from iam_access_job where account = $1 and (created < $2 or id not in"
                " (select id from iam_access_job where account = $1 order by id desc limit $3))",
                call->account, call->now - JOB_MS, (int64_t)JOBS_MAX);
    return r < 0 ? r : 0;
}

struct access_job {
    str granularity;
    int64_t created;
    struct subject subject;
};

static int open_job(struct call *call, str id, struct access_job *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select arn, granularity, created from iam_access_job where id = $1 and account = $2",
            id, call->account);

    if (r == 0 || (r > 0 && row_int(row, 2) < call->now - JOB_MS))
        return call_fail(
                call, &iam_NoSuchEntityException, "Job %.*s cannot be found.", STR_ARG(id));
    if (r < 0)
        return r;
    ret->granularity = row_text(row, 1);
    ret->created = row_int(row, 2);
    r = find_subject(call, row_text(row, 0), &ret->subject);
    return r < 0 ? r : find_users(call, &ret->subject);
}

int iam_GetServiceLastAccessedDetails(struct call *call,
        const struct iam_GetServiceLastAccessedDetailsRequest *in,
        struct iam_GetServiceLastAccessedDetailsResponse *out)
{
    struct iam_ServicesLastAccessed *list = &out->ServicesLastAccessed;
    struct str_list services = known_services(call);
    struct access_job job;
    struct page page;
    int r = open_job(call, in->JobId, &job);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    list->is_set = true;
    list->items = arena_array(call->arena, services.len, struct iam_ServiceLastAccessed);
    for (size_t i = 0; i < services.len && (int64_t)list->len <= page.limit; i++) {
        str prefix = services.items[i];
        if ((page.after.ptr && str_cmp(prefix, page.after) <= 0) ||
                !is_granted(&job.subject, prefix))
            continue;
        r = show_service(call, &job.subject, prefix, str_eq(job.granularity, STR("ACTION_LEVEL")),
                &list->items[list->len++]);
        if (r < 0)
            return r;
    }
    list->len = page_end(call, &page, list->len,
            list->len ? list->items[page.limit < (int64_t)list->len ? page.limit - 1 : 0]
                                .ServiceNamespace
                      : (str){0},
            &out->IsTruncated, &out->Marker);
    out->JobStatus = STR("COMPLETED");
    out->JobType = job.granularity;
    out->JobCreationDate = out->JobCompletionDate = SOME_TIME(job.created);
    return 0;
}

static struct iam_EntityInfo *info_of(struct call *call, const struct entity *entity)
{
    struct iam_EntityInfo *info = arena_new(call->arena, struct iam_EntityInfo);

    *info = (struct iam_EntityInfo){
            .Arn = entity->arn,
            .Name = entity->name,
            .Type = str_eq(entity->kind, STR("user")) ? STR("USER") : STR("ROLE"),
            .Id = entity->id,
            .Path = entity->path,
    };
    return info;
}

int iam_GetServiceLastAccessedDetailsWithEntities(struct call *call,
        const struct iam_GetServiceLastAccessedDetailsWithEntitiesRequest *in,
        struct iam_GetServiceLastAccessedDetailsWithEntitiesResponse *out)
{
    struct iam_entityDetailsListType *list = &out->EntityDetailsList;
    struct access_job job;
    struct page page;
    size_t i = 0;
    int r = open_job(call, in->JobId, &job);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    while (page.after.ptr && i < job.subject.users_len &&
            str_cmp(job.subject.users[i].id, page.after) <= 0)
        i++;
    list->is_set = true;
    list->items = arena_array(call->arena, job.subject.users_len, struct iam_EntityDetails);
    for (; i < job.subject.users_len && (int64_t)list->len <= page.limit; i++) {
        struct db_rows rows;
        r = find_use(call, &job.subject.users[i], in->ServiceNamespace, &rows);
        if (r < 0)
            return r;
        list->items[list->len].EntityInfo = info_of(call, &job.subject.users[i]);
        if (rows.len > 0)
            list->items[list->len].LastAuthenticated = SOME_TIME(latest(&rows));
        list->len++;
    }
    list->len = page_end(call, &page, list->len,
            (int64_t)list->len > page.limit ? list->items[page.limit - 1].EntityInfo->Id : (str){0},
            &out->IsTruncated, &out->Marker);
    out->JobStatus = STR("COMPLETED");
    out->JobCreationDate = out->JobCompletionDate = SOME_TIME(job.created);
    return 0;
}

/* ---- Which policies grant ------------------------------------------------------------- */

/* Names of inline policies are "user/alice/inline": whose, and what it is called there. */
static struct iam_PolicyGrantingServiceAccess show_policy(
        struct call *call, const struct policy_source *source)
{
    str rest = source->name, kind = {0}, owner = {0};

    if (source->arn.ptr)
        return (struct iam_PolicyGrantingServiceAccess){
                .PolicyName = str_skip(rest, (size_t)str_rfind_char(rest, '/') + 1),
                .PolicyType = STR("MANAGED"),
                .PolicyArn = source->arn,
        };
    (void)str_cut(&rest, '/', &kind);
    (void)str_cut(&rest, '/', &owner);
    return (struct iam_PolicyGrantingServiceAccess){
            .PolicyName = rest,
            .PolicyType = STR("INLINE"),
            .EntityType = str_eq(kind, STR("user"))    ? STR("USER")
                          : str_eq(kind, STR("group")) ? STR("GROUP")
                                                       : STR("ROLE"),
            .EntityName = str_dup(call->arena, owner),
    };
}

int iam_ListPoliciesGrantingServiceAccess(struct call *call,
        const struct iam_ListPoliciesGrantingServiceAccessRequest *in,
        struct iam_ListPoliciesGrantingServiceAccessResponse *out)
{
    struct iam_listPolicyGrantingServiceAccessResponseListType *list =
            &out->PoliciesGrantingServiceAccess;
    struct subject subject;
    int r = authorize(call, entity_action(call), in->Arn);

    if (r == 0)
        r = page_refuse(call, in->Marker, &error_Validation); /* all is in the first answer */
    if (r == 0)
        r = find_subject(call, in->Arn, &subject);
    if (r < 0)
        return r;
    if (!subject.entity.kind.ptr)
        return call_fail(call, &iam_InvalidInputException,
                "ARN %.*s is not of a user, group or role.", STR_ARG(in->Arn));
    list->is_set = true;
    list->items = arena_array(call->arena, in->ServiceNamespaces.len,
            struct iam_ListPoliciesGrantingServiceAccessEntry);
    for (; list->len < in->ServiceNamespaces.len; list->len++) {
        struct iam_ListPoliciesGrantingServiceAccessEntry *entry = &list->items[list->len];
        entry->ServiceNamespace = in->ServiceNamespaces.items[list->len];
        entry->Policies.is_set = true;
        entry->Policies.items = arena_array(
                call->arena, subject.policies.identity.len, struct iam_PolicyGrantingServiceAccess);
        for (size_t i = 0; i < subject.policies.identity.len; i++)
            if (grants(subject.policies.identity.items[i].text, entry->ServiceNamespace))
                entry->Policies.items[entry->Policies.len++] =
                        show_policy(call, &subject.policies.identity.items[i]);
    }
    out->IsTruncated = SOME_BOOL(false);
    return 0;
}
