/*
 * logs - CloudWatch Logs: groups, streams and the events of programs
 */
#pragma once

#include "api/service.h"

extern const struct service logs_service;

/* The topic that is signalled when events are added to a stream. */
str logs_topic(struct arena *arena, str account, str region, str group, str stream);
