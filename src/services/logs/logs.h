/*
 * logs - CloudWatch Logs: groups, streams and the events of programs
 */
#pragma once

#include "api/service.h"

extern const struct service logs_service;

/* The topic that is signalled when events are added to a stream. */
str logs_topic(struct arena *arena, str account, str region, str group, str stream);

/* 1 there is a group of that name in the call's account and region, 0 there is none. */
MUST_CHECK int logs_group_exists(struct call *call, str name);
