/* rotation - a key gets new material, by itself or on demand; the old goes on decrypting */
#pragma once

#include "services/kms/key.h"

#define ROTATION_JOB "kms.rotate-key"
int rotation_run(struct job *job, struct tx *tx);

/* The rotation that a key waits for is a job again: after it was enabled. */
MUST_CHECK int rotation_resume(struct call *call, const struct key *key);
