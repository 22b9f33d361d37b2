/*
 * rotation - the steps of a secret's rotation, and when the next one is (private to
 * services/secretsmanager)
 *
 *   [at rest] --window opens, or RotateSecret--> createSecret -> setSecret -> testSecret -> finishSecret
 *       ^                                             |    each step: hook_run() (hooks.h), then a commit
 *       |                                             |    failed: again, ROTATION_TRIES times in all
 *       '------- RotationSucceeded, RotationFailed ---'    given up: AWSPENDING stays where it is
 *
 *   RotateSecret without RotateImmediately: copy -> testSecret; then the version is taken away again
 *
 * The version that is under way is a row without value and with AWSPENDING, as a rotation function
 * expects it. A later rotation goes on with it. Only one is under way for a secret.
 *
 * The jobs: "secretsmanager.window" opens the next window, "secretsmanager.rotate" does a step. What
 * they do is in the trail as service events.
 *
 * Source    Secrets Manager User Guide, "Rotate AWS Secrets Manager secrets"
 */
#pragma once

#include "services/secretsmanager/hooks.h"
#include "services/secretsmanager/schedule.h"
#include "services/secretsmanager/secret.h"

#define ROTATION_WINDOW_JOB "secretsmanager.window"
#define ROTATION_STEP_JOB "secretsmanager.rotate"

enum {
    ROTATION_TRIES = 5, /* of a step: a second apart, then four times as long each */
    ROTATION_LEASE_MS = (HOOKS_MAX_TIMEOUT_S + 60) * 1000,
};

/* What the rules mean. -EINVAL */
MUST_CHECK int rotation_schedule(const struct secretsmanager_RotationRulesType *rules,
        struct schedule *ret, struct error *err);
/* Begins a rotation, or a test of one: `version` is a new one, or has AWSPENDING already. */
MUST_CHECK int rotation_begin(
        struct call *call, const struct secret *secret, str version, bool is_test);
/* The next window after now; none where the secret does not rotate. */
MUST_CHECK int rotation_plan(struct call *call, const struct secret *secret);
/* Forgets what is under way and planned; of a test nothing stays. */
MUST_CHECK int rotation_stop(struct call *call, const struct secret *secret);

MUST_CHECK int rotation_open_window(struct job *job, struct tx *tx);
MUST_CHECK int rotation_step_prepare(struct job *job, struct error *err);
MUST_CHECK int rotation_step_commit(struct job *job, struct tx *tx);
MUST_CHECK int rotation_step_give_up(struct job *job, struct tx *tx, const struct error *why);
