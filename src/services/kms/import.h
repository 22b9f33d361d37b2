/*
 * import - key material that is made outside (private to services/kms)
 */
#pragma once

#include "services/kms/key.h"

#define EXPIRY_JOB "kms.expire-material"

/* Deletes material whose time is over: the key waits for its import again. */
MUST_CHECK int import_expire(struct job *job, struct tx *tx);
