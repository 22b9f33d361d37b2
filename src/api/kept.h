/*
 * kept - answers of reads, kept for as long as nothing that they show has changed
 *
 * The row of the resource has a mark (bigint): every transaction that changes anything of
 * what the read shows also gives that row a new one, kept_mark(). So a mark names a state,
 * and the answer that was made at it is right in every snapshot that has it, on every
 * server: nothing is ever dropped because something changed. A read begins with the mark:
 *
 *     r = db_one(call->tx, &row, "select id, mark from … where name = $1", …);
 *     …
 *     if (kept_answer(call, id, mark))
 *         return 0;
 *     …                                the other rows, into *out
 *     kept_put(call, id, mark, out);
 *
 * What is kept is the body as it is sent: a kept answer is not encoded again. It may depend
 * on the resource and on nothing else, not on who asks, on the rest of the input, on the time.
 *
 * Limits    API_KEPT_BYTES; the oldest unused answers go first
 * Threads   any
 * Not here  calls in process, changes (their rows are not committed yet), protocols other
 *           than JSON: kept_answer() is then false, and kept_put() does nothing
 */
#pragma once

#include "api/call.h"

/* A new mark: random, as a counter would repeat itself after a database was set back. */
int64_t kept_mark(void);
/* True: the call is answered. `id` names the resource among all of its kind, in all accounts. */
bool kept_answer(struct call *call, str id, int64_t mark);
void kept_put(struct call *call, str id, int64_t mark, const void *out);
