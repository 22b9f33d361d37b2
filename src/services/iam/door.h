/*
 * door - how often passwords that come from outside may be wrong
 *
 * For git's passwords, over HTTPS or SSH: who comes has an address and a name, and no transaction
 * to count in, so it is counted in the memory of each server. Wrong ones in a row block
 *
 *     the name, from that address       after DOOR_NAME_FREE: the owner elsewhere is not locked out
 *     the address, for every name       after DOOR_ADDRESS_FREE: many names tried from one place
 *     the name, from new addresses      after DOOR_EVERYWHERE_FREE: one name tried from many places;
 *                                       an address that has shown the right one stays good
 *
 * for 30 seconds, then for twice as long after each further one, up to an hour. What comes meanwhile
 * is refused without a look at it, and is not counted. The right one forgets the name's. An IPv6
 * address counts as its /64.
 *
 * Limits    DOOR_MAX entries, of which the longest unused go first
 * Threads   any
 *
 * Private to services/iam; others have iam_door_… of iam.h.
 */
#pragma once

#include "base/str.h"

enum {
    DOOR_NAME_FREE = 5,
    DOOR_ADDRESS_FREE = 50,
    DOOR_EVERYWHERE_FREE = 200,
    DOOR_PAUSE_MS = 30 * 1000,
    DOOR_PAUSE_MAX_MS = 3600 * 1000,
    DOOR_FORGET_MS = 3 * 3600 * 1000, /* without a wrong one: they begin anew */
    DOOR_MAX = 20000,
};

struct iam_door;

struct iam_door *door_new(void);
void door_free(struct iam_door *door); /* NULL is fine */
/* How many ms are left until it may be tried; 0: now. */
int64_t door_wait(struct iam_door *door, str address, str name, int64_t now);
void door_was(struct iam_door *door, str address, str name, bool is_right, int64_t now);
