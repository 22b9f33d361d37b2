#include "api/private.h"

str arn_make(struct call *call, const char *service, str resource)
{
    return str_printf(call->arena, "arn:aws:%s:%.*s:%.*s:%.*s", service, STR_ARG(call->region),
            STR_ARG(call->account), STR_ARG(resource));
}

/* Everything here is in the partition "aws": another name for it would pass by policies. */
int arn_parse(str text, struct arn *ret)
{
    struct arn arn;
    str prefix;

    if (!str_cut(&text, ':', &prefix) || !str_eq(prefix, STR("arn")) ||
            !str_cut(&text, ':', &arn.partition) || !str_cut(&text, ':', &arn.service) ||
            !str_cut(&text, ':', &arn.region) || !str_cut(&text, ':', &arn.account) ||
            text.len == 0 || !str_eq(arn.partition, STR("aws")) || arn.service.len == 0)
        return -EINVAL;
    arn.resource = text;
    *ret = arn;
    return 0;
}
