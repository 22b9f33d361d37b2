/*
 * notify - tell waiters of a committed change, here and on other servers
 *
 * A topic is a short string ("codedeploy.host/<account>/<host>"). notify_add() in a
 * transaction signals it after the commit: local subscribers at once, those of
 * other servers through PostgreSQL's NOTIFY. A signal says only "look again": the
 * waiter reads the rows. Signals may come more often than changes, never less
 * (after a lost connection every subscriber is signalled).
 *
 * Threads   any. Callbacks run on the committing or the listening thread, hold no
 *           lock of ours, and must be quick.
 */
#pragma once

#include "store/db.h"

struct notify;
struct notify_subscription;

MUST_CHECK int notify_open(struct db *db, struct notify **ret, struct error *err);
void notify_close(struct notify *notify);

void notify_add(struct notify *notify, struct tx *tx, str topic); /* signalled after commit */
void notify_signal(struct notify *notify, str topic);             /* now, this process only */
void notify_signal_all(void *notify); /* every topic: something that no topic tells has changed */

typedef void notify_fn(void *arg);
struct notify_subscription *notify_subscribe(
        struct notify *notify, str topic, notify_fn *fn, void *arg);
/* After it returns, fn is not running and will not be called. Not from within fn. */
void notify_unsubscribe(struct notify_subscription *subscription);
