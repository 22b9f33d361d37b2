#include "services/codepipeline/provider.h"

static const struct provider *const providers[] = {
        &provider_codecommit,
        &provider_s3_source,
        &provider_codebuild,
        &provider_codebuild_test,
        &provider_approval,
        &provider_codedeploy,
        &provider_s3_deploy,
};

const struct provider *provider_find(const struct codepipeline_ActionTypeId *type)
{
    for (size_t i = 0; i < sizeof(providers) / sizeof(*providers); i++)
        if (is_type(type, providers[i]->category, providers[i]->name))
            return providers[i];
    return NULL;
}
