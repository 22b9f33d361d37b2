/* How many of everything an account has and may have. What is not supported counts 0. */
#include "services/iam/entity.h"

static void add(struct iam_summaryMapType *map, const char *key, int64_t value)
{
    map->items[map->len++] = (struct iam_summaryMapType_entry){str_of(key), SOME_INT(value)};
}

static void add_quotas(struct iam_summaryMapType *map)
{
    add(map, "UsersQuota", entity_quota(STR("user")));
    add(map, "GroupsQuota", entity_quota(STR("group")));
    add(map, "RolesQuota", entity_quota(STR("role")));
    add(map, "PoliciesQuota", IAM_MAX_POLICIES);
    add(map, "GroupsPerUserQuota", IAM_MAX_GROUPS_PER_USER);
    add(map, "AccessKeysPerUserQuota", IAM_MAX_KEYS);
    add(map, "AttachedPoliciesPerUserQuota", IAM_MAX_ATTACHED);
    add(map, "AttachedPoliciesPerGroupQuota", IAM_MAX_ATTACHED);
    add(map, "AttachedPoliciesPerRoleQuota", IAM_MAX_ATTACHED);
    add(map, "UserPolicySizeQuota", IAM_MAX_USER_INLINE);
    add(map, "GroupPolicySizeQuota", IAM_MAX_GROUP_INLINE);
    add(map, "RolePolicySizeQuota", IAM_MAX_ROLE_INLINE);
    add(map, "AssumeRolePolicySizeQuota", IAM_MAX_TRUST);
    add(map, "PolicySizeQuota", IAM_MAX_POLICY);
    add(map, "VersionsPerPolicyQuota", IAM_MAX_VERSIONS);
    add(map, "InstanceProfilesQuota", IAM_MAX_INSTANCE_PROFILES);
    add(map, "GlobalEndpointTokenVersion", 1);
    add(map, "PolicyVersionsInUseQuota", (int64_t)IAM_MAX_POLICIES * IAM_MAX_VERSIONS);
    add(map, "ServerCertificatesQuota", 0);
    add(map, "SigningCertificatesPerUserQuota", 0);
}

/* In the order of the query's columns. */
static const char *const counted[] = {"Users", "Groups", "Roles", "Policies", "PolicyVersionsInUse",
        "AccountAccessKeysPresent", "MFADevices", "MFADevicesInUse", "Providers",
        "InstanceProfiles"};
static const char *const absent[] = {"ServerCertificates", "AccountMFAEnabled",
        "AccountPasswordPresent", "AccountSigningCertificatesPresent"};

enum {
    COUNTED = sizeof(counted) / sizeof(counted[0]),
    ABSENT = sizeof(absent) / sizeof(absent[0]),
    QUOTAS = 20,
};

int iam_GetAccountSummary(
        struct call *call, const void *in, struct iam_GetAccountSummaryResponse *out)
{
    struct iam_summaryMapType *map = &out->SummaryMap;
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select (select count(*) from iam_entity where account = $1 and kind = 'user'),"
            " (select count(*) from iam_entity where account = $1 and kind = 'group'),"
            " (select count(*) from iam_entity where account = $1 and kind = 'role'),"
            " (select count(*) from iam_policy where account = $1),"
            " (select count(*) from iam_policy p join iam_policy_version v on v.arn = p.arn"
            " where p.account = $1),"
            " (select count(*) from (select 1 from iam_access_key where entity = $1 limit 1) k),"
            " (select count(*) from iam_mfa_device where account = $1),"
            " (select count(*) from iam_mfa_device where account = $1 and entity is not null),"
            " (select count(*) from iam_oidc_provider where account = $1),"
            " (select count(*) from iam_instance_profile where account = $1)",
            call->account);

    (void)in;
    if (r < 0)
        return r;
    map->is_set = true;
    map->items =
            arena_array(call->arena, COUNTED + ABSENT + QUOTAS, struct iam_summaryMapType_entry);
    for (size_t i = 0; i < COUNTED; i++)
        add(map, counted[i], row_int(row, i));
    for (size_t i = 0; i < ABSENT; i++)
        add(map, absent[i], 0);
    add_quotas(map);
    return 0;
}
