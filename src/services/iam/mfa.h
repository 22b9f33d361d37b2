/* mfa - virtual devices of one-time codes; private to services/iam */
#pragma once

#include "services/iam/entity.h"

enum {
    MFA_SEED_LEN = 40,
    MFA_MAX_PER_USER = 8,
    MFA_MAX_DEVICES = 5000, /* of an account */
};

struct mfa_device {
    str serial;      /* arn:aws:iam::1:mfa/path/name */
    str entity;      /* the id of the user who has it; absent: nobody */
    str seed;        /* sealed */
    int64_t enabled; /* ms */
    int64_t drift, last_step;
    str tags; /* JSON of the API's tag list; absent: none */
};

/* 1 and the device of call->account, 0 not there. */
MUST_CHECK int mfa_find(struct call *call, str serial, struct mfa_device *ret);
/* Finds it, authorizes the call's action on it, then fails the call with NoSuchEntity. */
MUST_CHECK int mfa_open(struct call *call, str serial, struct mfa_device *ret);
MUST_CHECK int mfa_no_such(struct call *call, str serial);
/* What the seed is sealed for. */
str mfa_seed_context(struct arena *arena, str serial);
