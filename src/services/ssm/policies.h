/*
 * policies - what is to happen to a parameter in time (private to services/ssm)
 *
 *     [{"Type": "Expiration", "Version": "1.0", "Attributes": {"Timestamp": "2027-01-01T00:00:00Z"}},
 *      {"Type": "ExpirationNotification", "Version": "1.0", "Attributes": {"Before": "5", "Unit": "Days"}},
 *      {"Type": "NoChangeNotification", "Version": "1.0", "Attributes": {"After": "60", "Unit": "Hours"}}]
 *
 * Each version keeps its policies and how far they are, as the API shows them. The job
 * "ssm.policy" of a parameter waits for the next moment of its latest version.
 *
 * Source    Systems Manager User Guide, "Assigning parameter policies in Parameter Store"
 */
#pragma once

#include "services/ssm/parameter.h"

#define POLICY_JOB "ssm.policy"

enum {
    POLICIES_MAX = 10,
};

/* What is stored of a request's text; absent: it says that there are none. Fails the call. */
MUST_CHECK int policies_parse(struct call *call, str text, str *ret);
/* The stored policies for a new version that keeps them. */
MUST_CHECK int policies_keep(struct call *call, str stored, str *ret);
MUST_CHECK int policies_show(struct call *call, str stored, struct ssm_ParameterPolicyList *ret);
/* Has the job run when the first of p's policies is due, or not at all. */
MUST_CHECK int policies_plan(struct call *call, const struct parameter *p);
MUST_CHECK int policies_run(struct job *job, struct tx *tx);
