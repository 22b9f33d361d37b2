/*
 * world - a server with every service, in a temporary folder, for tests of what services offer
 * each other
 *
 * What is set up comes in by the front door: calls in process as the account's root, or
 * requests of world.aws.
 */
#pragma once

#include "unit.h"

#include "api/call.h"
#include "net/aws.h"

#define ACCOUNT STR("111111111111")
#define REGION STR("eu-west-1")

struct world {
    struct arena arena;
    char dir[64];
    struct server server;
    const struct job_kind *kinds[64];
    size_t kinds_len;
    size_t started;  /* services */
    struct aws *aws; /* signs as root */
    struct principal root;
    struct principal nobody; /* a user without policies */
};

/* Set-up and tear-down of one test: *state is its world. */
int world_setup(void **state);
int world_teardown(void **state);

/* Runs `body` in a transaction, with a call of the account's. */
void world_do(struct world *world, void (*body)(struct call *call, struct world *world));
/* A call of the account's in no transaction. */
struct call *world_call(struct world *world, const struct service *service);
/* The answer to a JSON call of root's, which must be a good one. In the world's arena. */
str world_ask(struct world *world, const char *service, const char *target, const char *member,
        const char *fmt, ...) PRINTF(5, 6);
