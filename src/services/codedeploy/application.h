/*
 * application - rows that deployments stand on: applications, configurations, groups,
 * revisions, instances (private to services/codedeploy)
 *
 * Memory    the call's (or transaction's) arena
 * Errors    "fails the call": with AWS's error; else negative errno of the store
 */
#pragma once

#include "gen/codedeploy.h"
#include "services/codedeploy/codedeploy.h"

enum {
    CODEDEPLOY_PAGE = 100,
    CODEDEPLOY_MAX_NAME = 100,
    CODEDEPLOY_MAX_TAGS = 50,
    CODEDEPLOY_MAX_BATCH = 25,
    CODEDEPLOY_MAX_FILTERS = 10, /* of tags, in one set */
};

/* ---- Names and pages --------------------------------------------------------------------- */

/* At most 100 characters of AWS's alphabet for names. */
bool is_deploy_name(str s);
/* The names in column 0 of at most CODEDEPLOY_PAGE rows; a row more makes *ret_token. */
void deploy_names_page(
        struct call *call, const struct db_rows *rows, struct str_list *ret, str *ret_token);
/* Opens a page token: the position after which to go on, "" at the start. Fails the call. */
MUST_CHECK int deploy_names_after(struct call *call, str token, str *ret);

/* ---- Applications ------------------------------------------------------------------------ */

struct application {
    str id;
    str name;
    int64_t created;
};

MUST_CHECK int application_load(
        struct call *call, str name, struct application *ret); /* 1, 0 none */
MUST_CHECK int application_find(
        struct call *call, str name, struct application *ret); /* fails the call */
str application_arn(struct call *call, str name);

/* ---- Tags of applications and groups ------------------------------------------------------ */

/* service.resource_tags */
MUST_CHECK int deploy_resource_tags(struct call *call, str arn, struct resource_tags *ret);
MUST_CHECK int deploy_tags_put(
        struct call *call, str arn, const struct codedeploy_TagList *tags); /* fails the call */
MUST_CHECK int deploy_tags_drop(struct call *call, str arn);
MUST_CHECK int deploy_tags_move(struct call *call, str from_arn, str to_arn);

/* ---- Deployment configurations ------------------------------------------------------------ */

/* 1 and the configuration, predefined or the account's; 0 there is none. */
MUST_CHECK int deploy_config_load(
        struct call *call, str name, struct codedeploy_DeploymentConfigInfo *ret);
/* It exists and is for servers. Fails the call. */
MUST_CHECK int deploy_config_check(struct call *call, str name);
extern const str deploy_config_default;

/* ---- Deployment groups --------------------------------------------------------------------- */

struct group {
    str id;
    str name;
    struct application application;
    struct codedeploy_DeploymentGroupInfo *info; /* names and last deployments included */
};

MUST_CHECK int deploy_group_find(
        struct call *call, str application, str name, struct group *ret);       /* fails the call */
MUST_CHECK int deploy_group_load(struct call *call, str id, struct group *ret); /* 1, 0 none */
/* Refuses what is not supported and what contradicts itself. Fails the call. */
MUST_CHECK int deploy_group_check(
        struct call *call, const struct codedeploy_CreateDeploymentGroupInput *in);
MUST_CHECK int deploy_rollback_check(
        struct call *call, const struct codedeploy_AutoRollbackConfiguration *config);
str deploy_group_arn(struct call *call, str application, str name);

/* ---- Revisions --------------------------------------------------------------------------------
 */

/* A complete location in S3. Fails the call, also when it is absent. */
MUST_CHECK int deploy_revision_check(
        struct call *call, const struct codedeploy_RevisionLocation *revision);
/* The text that a revision is known by. */
str deploy_revision_key(struct arena *arena, const struct codedeploy_RevisionLocation *revision);
/* A deployment uses it: registers it if it is new. */
MUST_CHECK int deploy_revision_use(
        struct call *call, str application_id, const struct codedeploy_RevisionLocation *revision);

/* ---- On-premises instances ----------------------------------------------------------------------
 */

struct instance {
    str name;
    str arn;
    str host; /* the ARN of the user or session that its agent calls as */
};

struct instances {
    struct instance *items;
    size_t len;
};

/* The first `max` registered instances of a group's tag filters, by name. */
MUST_CHECK int instances_of_group(struct call *call,
        const struct codedeploy_DeploymentGroupInfo *group, size_t max, struct instances *ret);
/* A row that begins with name, arn, iam_user_arn, iam_session_arn. */
struct instance instance_of(const struct db_row *row);
/* 1 if the principal is a registered instance's. */
MUST_CHECK int instance_of_principal(struct call *call, struct instance *ret);
