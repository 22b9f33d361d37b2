/*
 * codepipeline - pipelines: what follows from a change, stage by stage
 *
 * Its API is api/codepipeline.smithy. Other services tell it what happened by events
 * (services/events): a push or a new object starts an execution, the end of a build or
 * a deployment ends an action.
 */
#pragma once

#include "api/service.h"

extern const struct service codepipeline_service;
