/*
 * notify_internal - the thread that hears what other servers signal
 */
#pragma once

#include "store/notify.h"

struct notify_listener;

enum {
    NOTIFY_CHANNEL_MAX = 1000
}; /* bytes of a topic that travel; PostgreSQL takes 8000 */

/* Calls heard(arg, topic) for what others signal; an absent topic means: everything. */
typedef void notify_heard_fn(void *arg, str topic);
int listener_start(struct db *db, str self, notify_heard_fn *heard, void *arg,
        struct notify_listener **ret, struct error *err);
void listener_stop(struct notify_listener *listener); /* NULL is fine */
/* Tells the other servers when tx commits. A failure fails the transaction. */
void listener_tell(struct tx *tx, str self, str topic);
