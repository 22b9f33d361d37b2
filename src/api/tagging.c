/*
 * tagging - who makes something that has tags must be permitted to tag it too
 *
 * Source: the "Required permissions" of each operation in the API references.
 */
#include "api/private.h"

static const struct {
    const char *create, *tag;
} taggings[] = {
        {"iam:CreateUser", "iam:TagUser"},
        {"iam:CreateRole", "iam:TagRole"},
        {"iam:CreatePolicy", "iam:TagPolicy"},
        {"iam:CreateInstanceProfile", "iam:TagInstanceProfile"},
        {"iam:CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider"},
        {"iam:CreateVirtualMFADevice", "iam:TagMFADevice"},
        {"kms:CreateKey", "kms:TagResource"},
        {"logs:CreateLogGroup", "logs:TagResource"},
        {"cloudtrail:CreateTrail", "cloudtrail:AddTags"},
        {"codecommit:CreateRepository", "codecommit:TagResource"},
        {"codedeploy:CreateApplication", "codedeploy:TagResource"},
        {"codedeploy:CreateDeploymentGroup", "codedeploy:TagResource"},
        {"codepipeline:CreatePipeline", "codepipeline:TagResource"},
};

static bool has_tags(const struct call *call)
{
    const struct call_private *p = call->private_;

    for (size_t i = 0; i < p->keys.len; i++)
        if (str_eq(p->keys.items[i].name, STR("aws:TagKeys")))
            return true;
    return false;
}

int authorize_tagging(struct call *call, str action, str arn)
{
    for (size_t i = 0; i < sizeof(taggings) / sizeof(*taggings); i++)
        if (str_eq(action, str_of(taggings[i].create)))
            return has_tags(call) ? authorize_with(call, str_of(taggings[i].tag), arn, NULL, 0) : 0;
    return 0;
}
