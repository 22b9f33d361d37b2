/*
 * secretsmanager - Secrets Manager: secrets, their versions and who may have them
 */
#pragma once

#include "api/service.h"

extern const struct service secretsmanager_service;
