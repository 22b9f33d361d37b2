/*
 * ssm - Systems Manager's Parameter Store
 */
#pragma once

#include "api/service.h"

extern const struct service ssm_service;
