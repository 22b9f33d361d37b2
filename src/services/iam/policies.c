#include "base/random.h"
#include "services/iam/managed.h"
#include "services/iam/policy_row.h"
#include "services/iam/tag_list.h"

#define POLICY_COLUMNS                                                                             \
    "p.arn, p.id, p.name, p.path, p.description, p.tags, p.created, p.updated,"                    \
    " p.default_version, p.last_version,"                                                          \
    " (select count(*) from iam_attachment a where a.account = $1 and a.policy = p.arn),"          \
    " (select count(*) from iam_entity e where e.account = $1 and e.boundary = p.arn), p.name_key"

static str version_name(struct call *call, int64_t version)
{
    return str_printf(call->arena, "v%lld", (long long)version);
}

static int policy_from_row(
        struct call *call, const struct db_row *row, bool is_listed, struct iam_Policy *ret)
{
    *ret = (struct iam_Policy){
            .Arn = row_text(row, 0),
            .PolicyId = row_text(row, 1),
            .PolicyName = row_text(row, 2),
            .Path = row_text(row, 3),
            .DefaultVersionId = version_name(call, row_int(row, 8)),
            .AttachmentCount = SOME_INT(row_int(row, 10)),
            .PermissionsBoundaryUsageCount = SOME_INT(row_int(row, 11)),
            .IsAttachable = SOME_BOOL(true),
            .CreateDate = SOME_TIME(row_int(row, 6)),
            .UpdateDate = SOME_TIME(row_int(row, 7)),
    };
    if (is_listed) /* lists leave these out */
        return 0;
    ret->Description = row_text(row, 4);
    return tag_list_read(call, row_text(row, 5), &ret->Tags);
}

static int not_found(struct call *call, str arn)
{
    return call_fail(call, &iam_NoSuchEntityException, "Policy %.*s was not found.", STR_ARG(arn));
}

/* A policy of the caller's account; the call has failed if there is none. */
static int open_row(struct call *call, str arn, const struct db_row **ret)
{
    int r = db_one(call->tx, ret,
            "select " POLICY_COLUMNS " from iam_policy p where p.account = $1 and p.arn = $2",
            call->account, arn);

    if (r == 0)
        return not_found(call, arn);
    return r < 0 ? r : 0;
}

/* The same, to change it: those of AWS cannot be. */
static int open_own(struct call *call, str arn, const struct db_row **ret)
{
    struct managed_policy managed;

    if (managed_find(arn, &managed))
        return call_fail(call, &error_AccessDenied,
                "Policy arn:aws:iam::aws:* is outside your own account.");
    return open_row(call, arn, ret);
}

int policy_tags(struct call *call, str arn, str *ret)
{
    const struct db_row *row;
    int r = open_own(call, arn, &row);

    if (r < 0)
        return r;
    *ret = row_text(row, 5);
    return 0;
}

static int check_document(struct call *call, str document)
{
    int r = document_check(call, document, POLICY_IDENTITY);

    if (r == 0 && document_size(document) > IAM_MAX_POLICY)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for PolicySize: %d", IAM_MAX_POLICY);
    return r;
}

static int check_quota(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select 1 from iam_policy where account = $1 order by name_key limit 1 offset $2",
            call->account, IAM_MAX_POLICIES - 1);

    if (r > 0)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for PoliciesPerAccount: %d", IAM_MAX_POLICIES);
    return r;
}

static int insert_version(struct call *call, str arn, int64_t version, str document)
{
    int r = db_exec(call->tx,
            "insert into iam_policy_version (arn, version, document, created)"
            " values ($1, $2, $3, $4)",
            arn, version, document, call->now);

    return r < 0 ? r : 0;
}

int iam_CreatePolicy(struct call *call, const struct iam_CreatePolicyRequest *in,
        struct iam_CreatePolicyResponse *out)
{
    str path = in->Path.ptr ? in->Path : STR("/");
    str arn = str_printf(call->arena, "arn:aws:iam::%.*s:policy%.*s%.*s", STR_ARG(call->account),
            STR_ARG(path), STR_ARG(in->PolicyName));
    const struct db_row *row;
    int r = check_document(call, in->PolicyDocument);

    if (r == 0)
        r = tag_list_check(call, &in->Tags);
    if (r == 0)
        r = check_quota(call);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_policy (arn, id, account, name, name_key, path, description, tags,"
            " created, updated, default_version, last_version)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1, 1) on conflict do nothing",
            arn, random_id(call->arena, STR("ANPA"), RANDOM_BASE32, 17), call->account,
            in->PolicyName, entity_key(call->arena, in->PolicyName), path, in->Description,
            tag_list_json(call, &in->Tags), call->now);
    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "A policy called %.*s already exists. Duplicate names are not allowed.",
                STR_ARG(in->PolicyName));
    if (r > 0)
        r = insert_version(call, arn, 1, in->PolicyDocument);
    if (r == 0)
        r = open_row(call, arn, &row);
    if (r < 0)
        return r;
    out->Policy = arena_new(call->arena, struct iam_Policy);
    return policy_from_row(call, row, false, out->Policy);
}

/* ---- Those of AWS ------------------------------------------------------------------ */

static int managed_counts(struct call *call, str arn, int64_t *ret_attached, int64_t *ret_boundary)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select (select count(*) from iam_attachment where account = $1 and policy = $2),"
            " (select count(*) from iam_entity where account = $1 and boundary = $2)",
            call->account, arn);

    if (r < 0)
        return r;
    *ret_attached = row_int(row, 0);
    *ret_boundary = row_int(row, 1);
    return 0;
}

static int managed_from(
        struct call *call, const struct managed_policy *managed, struct iam_Policy *ret)
{
    int64_t attached = 0, boundary = 0;
    int r = managed_counts(call, managed->arn, &attached, &boundary);

    *ret = (struct iam_Policy){
            .Arn = managed->arn,
            .PolicyId = managed->id,
            .PolicyName = managed->name,
            .Path = managed->path,
            .DefaultVersionId = STR("v1"),
            .AttachmentCount = SOME_INT(attached),
            .PermissionsBoundaryUsageCount = SOME_INT(boundary),
            .IsAttachable = SOME_BOOL(true),
            .CreateDate = SOME_TIME(MANAGED_CREATED_MS),
            .UpdateDate = SOME_TIME(MANAGED_CREATED_MS),
    };
    return r;
}

int iam_policy_text(struct tx *tx, str account, str arn, str *ret)
{
    struct managed_policy managed;
    const struct db_row *row;
    int r;

    if (managed_find(arn, &managed)) {
        *ret = managed.document;
        return 1;
    }
    r = db_one(tx, &row,
            "select v.document from iam_policy p join iam_policy_version v"
            " on v.arn = p.arn and v.version = p.default_version"
            " where p.account = $1 and p.arn = $2",
            account, arn);
    if (r == 1)
        *ret = row_text(row, 0);
    return r;
}

/* ---- Reading ----------------------------------------------------------------------- */

int iam_GetPolicy(
        struct call *call, const struct iam_GetPolicyRequest *in, struct iam_GetPolicyResponse *out)
{
    struct managed_policy managed;
    const struct db_row *row;
    int r;

    out->Policy = arena_new(call->arena, struct iam_Policy);
    if (managed_find(in->PolicyArn, &managed)) {
        r = managed_from(call, &managed, out->Policy);
        out->Policy->Description = managed.description;
        return r;
    }
    r = open_row(call, in->PolicyArn, &row);
    return r < 0 ? r : policy_from_row(call, row, false, out->Policy);
}

struct listing {
    const struct iam_ListPoliciesRequest *in;
    struct iam_Policy *items;
    size_t len, max; /* max: one more than the page holds */
    str *positions;  /* of each item, for the marker */
};

static bool is_wanted(const struct iam_ListPoliciesRequest *in, const struct iam_Policy *policy)
{
    bool as_boundary = str_eq(in->PolicyUsageFilter, STR("PermissionsBoundary"));
    int64_t used = as_boundary ? policy->PermissionsBoundaryUsageCount.value
                               : policy->AttachmentCount.value;

    if (in->PathPrefix.ptr && !str_starts(policy->Path, in->PathPrefix))
        return false;
    return used > 0 ||
           !((in->OnlyAttached.is_set && in->OnlyAttached.value) || in->PolicyUsageFilter.ptr);
}

/* Positions are "aws/<name>" and then "own/<name key>". */
static int list_managed(struct call *call, struct listing *listing, str after)
{
    if (str_starts(after, STR("own/")) || str_eq(listing->in->Scope, STR("Local")))
        return 0;
    (void)str_take_prefix(&after, STR("aws/"));
    for (size_t i = 0; i < managed_len() && listing->len < listing->max; i++) {
        const struct managed_policy managed = managed_at(i);
        int r;

        if (after.ptr && str_cmp(managed.name, after) <= 0)
            continue;
        r = managed_from(call, &managed, &listing->items[listing->len]);
        if (r < 0)
            return r;
        if (!is_wanted(listing->in, &listing->items[listing->len]))
            continue;
        listing->positions[listing->len++] = str_concat(call->arena, STR("aws/"), managed.name);
    }
    return 0;
}

static int list_own(struct call *call, struct listing *listing, str after)
{
    struct db_rows rows;
    int64_t want = (int64_t)listing->max;
    int r = 0;

    if (str_eq(listing->in->Scope, STR("AWS")))
        return 0;
    if (!str_take_prefix(&after, STR("own/")))
        after = STR("");
    while (listing->len < listing->max) {
        r = db_query(call->tx, &rows,
                "select " POLICY_COLUMNS " from iam_policy p"
                " where p.account = $1 and p.name_key > $2 order by p.name_key limit $3",
                call->account, after, want);
        if (r < 0)
            return r;
        for (size_t i = 0; i < rows.len && listing->len < listing->max; i++) {
            struct iam_Policy *policy = &listing->items[listing->len];
            after = row_text(&rows.items[i], 12);
            r = policy_from_row(call, &rows.items[i], true, policy);
            if (r < 0)
                return r;
            if (is_wanted(listing->in, policy))
                listing->positions[listing->len++] = str_concat(call->arena, STR("own/"), after);
        }
        if (rows.len < (size_t)want)
            break;
    }
    return 0;
}

int iam_ListPolicies(struct call *call, const struct iam_ListPoliciesRequest *in,
        struct iam_ListPoliciesResponse *out)
{
    struct listing listing = {.in = in};
    struct page page;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r < 0)
        return r;
    listing.max = (size_t)page.limit + 1;
    listing.items = arena_array(call->arena, listing.max, struct iam_Policy);
    listing.positions = arena_array(call->arena, listing.max, str);
    r = list_managed(call, &listing, page.after);
    if (r == 0)
        r = list_own(call, &listing, page.after);
    if (r < 0)
        return r;
    out->Policies.is_set = true;
    out->Policies.items = listing.items;
    out->Policies.len = page_end(call, &page, listing.len, listing.positions[page.limit - 1],
            &out->IsTruncated, &out->Marker);
    return 0;
}

/* ---- Versions ---------------------------------------------------------------------- */

static int64_t version_number(str name)
{
    int64_t version;

    if (!str_take_prefix(&name, STR("v")) || str_to_i64(name, &version) < 0 || version < 1)
        return 0;
    return version;
}

static int no_version(struct call *call, str arn, str version)
{
    return call_fail(call, &iam_NoSuchEntityException,
            "Policy %.*s version %.*s does not exist or is not attachable.", STR_ARG(arn),
            STR_ARG(version));
}

int iam_CreatePolicyVersion(struct call *call, const struct iam_CreatePolicyVersionRequest *in,
        struct iam_CreatePolicyVersionResponse *out)
{
    bool is_default = in->SetAsDefault.is_set && in->SetAsDefault.value;
    const struct db_row *row;
    struct db_rows versions;
    int64_t version;
    int r = open_own(call, in->PolicyArn, &row);

    if (r == 0)
        r = check_document(call, in->PolicyDocument);
    if (r == 0)
        r = db_query(call->tx, &versions,
                "select version from iam_policy_version where arn = $1 limit 10", in->PolicyArn);
    if (r < 0)
        return r;
    if (versions.len >= IAM_MAX_VERSIONS)
        return call_fail(call, &iam_LimitExceededException,
                "A managed policy can have up to %d versions. Before you create a new version, "
                "you must delete an existing version.",
                IAM_MAX_VERSIONS);
    version = row_int(row, 9) + 1;
    r = insert_version(call, in->PolicyArn, version, in->PolicyDocument);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update iam_policy set last_version = $1, default_version = $2, updated = $3"
            " where arn = $4",
            version, is_default ? version : row_int(row, 8), call->now, in->PolicyArn);
    if (r < 0)
        return r;
    out->PolicyVersion = arena_new(call->arena, struct iam_PolicyVersion);
    out->PolicyVersion->VersionId = version_name(call, version);
    out->PolicyVersion->IsDefaultVersion = SOME_BOOL(is_default);
    out->PolicyVersion->CreateDate = SOME_TIME(call->now);
    return iam_generation_bump(call->tx, call->account);
}

static int managed_version(struct call *call, const struct managed_policy *managed, str version,
        struct iam_PolicyVersion *ret)
{
    if (!str_eq(version, STR("v1")))
        return no_version(call, managed->arn, version);
    ret->Document = document_encode(call, managed->document);
    ret->VersionId = version;
    ret->IsDefaultVersion = SOME_BOOL(true);
    ret->CreateDate = SOME_TIME(MANAGED_CREATED_MS);
    return 0;
}

int iam_GetPolicyVersion(struct call *call, const struct iam_GetPolicyVersionRequest *in,
        struct iam_GetPolicyVersionResponse *out)
{
    struct managed_policy managed;
    struct iam_PolicyVersion *version = arena_new(call->arena, struct iam_PolicyVersion);
    const struct db_row *row, *found;
    int r;

    out->PolicyVersion = version;
    if (managed_find(in->PolicyArn, &managed))
        return managed_version(call, &managed, in->VersionId, version);
    r = open_row(call, in->PolicyArn, &row);
    if (r < 0)
        return r;
    r = db_one(call->tx, &found,
            "select document, created, version from iam_policy_version"
            " where arn = $1 and version = $2",
            in->PolicyArn, version_number(in->VersionId));
    if (r < 0)
        return r;
    if (r == 0)
        return no_version(call, in->PolicyArn, in->VersionId);
    version->Document = document_encode(call, row_text(found, 0));
    version->VersionId = in->VersionId;
    version->IsDefaultVersion = SOME_BOOL(row_int(found, 2) == row_int(row, 8));
    version->CreateDate = SOME_TIME(row_int(found, 1));
    return 0;
}

int iam_ListPolicyVersions(struct call *call, const struct iam_ListPolicyVersionsRequest *in,
        struct iam_ListPolicyVersionsResponse *out)
{
    struct managed_policy managed;
    const struct db_row *row;
    struct db_rows rows;
    struct page page;
    int64_t before = INT64_MAX;
    size_t len;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r < 0)
        return r;
    out->Versions.is_set = true;
    out->Versions.items = arena_array(call->arena, IAM_MAX_VERSIONS, struct iam_PolicyVersion);
    if (managed_find(in->PolicyArn, &managed)) {
        out->IsTruncated = SOME_BOOL(false);
        out->Versions.len = 1;
        r = managed_version(call, &managed, STR("v1"), out->Versions.items);
        out->Versions.items[0].Document = (str){0};
        return r;
    }
    if (page.after.ptr && str_to_i64(page.after, &before) < 0)
        return call_fail(call, &error_Validation, "Invalid Marker.");
    r = open_row(call, in->PolicyArn, &row);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select version, created from iam_policy_version where arn = $1 and version < $2"
            " order by version desc limit $3",
            in->PolicyArn, before, page.limit + 1);
    if (r < 0)
        return r;
    len = page_end(call, &page, rows.len,
            rows.len > (size_t)page.limit
                    ? str_printf(call->arena, "%lld",
                              (long long)row_int(&rows.items[page.limit - 1], 0))
                    : (str){0},
            &out->IsTruncated, &out->Marker);
    for (size_t i = 0; i < len && i < IAM_MAX_VERSIONS; i++)
        out->Versions.items[out->Versions.len++] = (struct iam_PolicyVersion){
                .VersionId = version_name(call, row_int(&rows.items[i], 0)),
                .IsDefaultVersion = SOME_BOOL(row_int(&rows.items[i], 0) == row_int(row, 8)),
                .CreateDate = SOME_TIME(row_int(&rows.items[i], 1)),
        };
    return 0;
}

int iam_SetDefaultPolicyVersion(
        struct call *call, const struct iam_SetDefaultPolicyVersionRequest *in, void *out)
{
    const struct db_row *row;
    int r = open_own(call, in->PolicyArn, &row);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update iam_policy set default_version = $1, updated = $2 where arn = $3 and exists"
            " (select 1 from iam_policy_version v where v.arn = $3 and v.version = $1)",
            version_number(in->VersionId), call->now, in->PolicyArn);
    if (r == 0)
        return no_version(call, in->PolicyArn, in->VersionId);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}

int iam_DeletePolicyVersion(
        struct call *call, const struct iam_DeletePolicyVersionRequest *in, void *out)
{
    const struct db_row *row;
    int r = open_own(call, in->PolicyArn, &row);

    (void)out;
    if (r < 0)
        return r;
    if (version_number(in->VersionId) == row_int(row, 8))
        return call_fail(call, &iam_DeleteConflictException,
                "Cannot delete the default version of a policy.");
    r = db_exec(call->tx, "delete from iam_policy_version where arn = $1 and version = $2",
            in->PolicyArn, version_number(in->VersionId));
    if (r == 0)
        return no_version(call, in->PolicyArn, in->VersionId);
    return r < 0 ? r : 0;
}

int iam_DeletePolicy(struct call *call, const struct iam_DeletePolicyRequest *in, void *out)
{
    const struct db_row *row;
    struct db_rows versions;
    int r = open_own(call, in->PolicyArn, &row);

    (void)out;
    if (r == 0)
        r = db_query(call->tx, &versions,
                "select version from iam_policy_version where arn = $1 limit 10", in->PolicyArn);
    if (r < 0)
        return r;
    if (row_int(row, 10) > 0 || row_int(row, 11) > 0)
        return call_fail(
                call, &iam_DeleteConflictException, "Cannot delete a policy attached to entities.");
    if (versions.len > 1)
        return call_fail(call, &iam_DeleteConflictException,
                "This policy has more than one version. Before you delete a policy, you must "
                "delete the policy's versions. The default version is deleted with the policy.");
    r = db_exec(call->tx, "delete from iam_policy where arn = $1", in->PolicyArn);
    return r < 0 ? r : iam_generation_bump(call->tx, call->account);
}
