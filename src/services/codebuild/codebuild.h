/*
 * codebuild - projects and builds; what workers are given and report
 */
#pragma once

#include "api/service.h"

extern const struct service codebuild_service;
extern const struct service worker_service; /* the workers' protocol, api/worker.smithy */

/*
 * A build that CodePipeline starts is an ordinary StartBuild of its role. Its artifact
 * places travel in the request's own members:
 *
 *     sourceVersion, secondarySourcesVersionOverride    arn:aws:s3:::bucket/key of each input, and
 *                                                      "#<revision>" where it was made of one
 *     artifactsOverride, secondaryArtifactsOverride     type CODEPIPELINE, location (bucket), name
 * (key)
 *
 * The detail type of the event that says how it ended; the detail names build-id and
 * build-status.
 */
#define CODEBUILD_STATE_CHANGE "CodeBuild Build State Change"
