/*
 * simulation - what a simulator judges: policies, who calls, and the keys of the request
 *
 * Private to services/iam. Nothing of it is real but the policies of a principal: the
 * request is what the caller says. The caller's own keys (aws:username, aws:PrincipalTag/…)
 * follow from who is said to call; all others come with the input, or are missing.
 *
 * Memory    compiled policies are the simulation's: simulation_done()
 * Errors    the call has failed with InvalidInput or NoSuchEntity
 */
#pragma once

#include "base/map.h"
#include "services/iam/entity.h"

enum {
    SIMULATION_MAX_POLICIES = 100,    /* of a list in the input */
    SIMULATION_MAX_BYTES = 256 << 10, /* of all policies together */
    SIMULATION_MAX_CASES = 10000,     /* actions times resources */
    SIMULATION_MAX_KEYS = 200,
    SIMULATION_MAX_KEY_BYTES = 65536, /* of the values of all keys */
};

struct simulated_policy {
    enum policy_part part;
    str text;
    str id;   /* "PolicyInputList.1", "AdministratorAccess" */
    str type; /* PolicySourceType */
    struct policy *policy;
    struct policy_spans spans; /* once a statement of it has matched */
};

struct simulation {
    struct call *call;
    struct simulated_policy *items;
    size_t len, size;
    size_t bytes;
    struct policy_set set; /* of all of them */
    /* who calls; the ARN is absent where nobody is named, and is a role's where a role is */
    str caller, caller_account;
    bool is_user;
    str owner; /* account of resources whose ARN has none */
    bool is_owner_known;
    struct policy_key *keys;
    size_t keys_len, key_bytes;
};

#define AUTO_SIMULATION __attribute__((cleanup(simulation_done)))
void simulation_done(struct simulation *simulation);

/* The entity of a PolicySourceArn: a user, group or role of the account. */
MUST_CHECK int simulation_source(struct call *call, str arn, struct entity *ret);
/* Room for the policies of an entity (NULL: none) and `more`, and those of the entity. With
 * `has_boundary` its boundary is left out: another one takes its place. */
MUST_CHECK int simulation_begin(struct simulation *simulation, struct call *call,
        const struct entity *source, size_t more, bool has_boundary);
MUST_CHECK int simulation_add(
        struct simulation *simulation, enum policy_part part, str text, str id, str type);
/* "<name>.1", … */
MUST_CHECK int simulation_add_list(struct simulation *simulation, enum policy_part part,
        const char *name, struct str_list texts);
/* All but the policies. */
MUST_CHECK int simulation_set_request(struct simulation *simulation, const struct entity *source,
        const struct iam_SimulateCustomPolicyRequest *in);

/* Names of keys, each once without regard to case. */
struct key_names {
    struct arena *arena;
    struct str_list list;
    size_t size;
    struct map seen;
};
#define AUTO_KEY_NAMES __attribute__((cleanup(key_names_done)))
void key_names_done(struct key_names *names);
void key_names_add(void *names, str key); /* a policy_key_fn */
