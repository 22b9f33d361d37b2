/*
 * codedeploy - applications, deployment groups, on-premises instances and deployments
 *
 * Two APIs: CodeDeploy's own, and the one that agents speak (codedeploycommands).
 * Other services start deployments by call_invoke(CreateDeployment) and learn of their
 * end by the event "CodeDeploy Deployment State-change Notification".
 */
#pragma once

#include "api/service.h"

extern const struct service codedeploy_service;
extern const struct service codedeploycommands_service;
