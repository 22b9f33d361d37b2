/*
 * Group commit: writers that come together share one commit and one sync.
 *
 *     line     A B C                each waits for its turn
 *     turn     A: begin, fn         then hands the turn to B, and waits for the commit
 *              B: savepoint, fn     then hands on to C, and waits
 *              C: savepoint, fn     nobody is in line: commit, and tell A and B
 *     group    A B C                all get the result of the commit
 *
 * While C commits, others line up and make the next group. Who comes alone does
 * begin, fn, commit at once, on its own thread, and waits for nobody. A member whose
 * fn failed has undone its savepoint, but it waits too: what it saw (say, a name
 * that exists already) may be the work of a member before it.
 *
 * A group ends when nobody is in line, or after GROUP_MAX members or GROUP_US.
 */
#include "store/db_sqlite.h"

#include "base/clock.h"
#include "store/fault.h"

#include <assert.h>

enum {
    GROUP_MAX = 64,
    GROUP_US = 5000, /* the first member waits no longer for later ones than this */
};

/* A thread in db_write(): first in line, then in the group. On its stack. */
struct sqlite_member {
    struct sqlite_member *next;
    pthread_cond_t wake;
    bool has_turn;
    bool is_done;
    int result; /* of the commit */
    struct error *err;
};

/* ---- Turns (db->lock is held) ----------------------------------------------------- */

static void take_turn(struct sqlite_db *db, struct sqlite_member *me)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&db->lock);

    if (db->busy) {
        assert(!pthread_equal(db->owner, pthread_self())); /* db_write() inside db_write() */
        *db->line_end = me;
        db->line_end = &me->next;
        while (!me->has_turn)
            (void)cond_wait(&me->wake, lock, -1);
        me->next = NULL;
    }
    db->busy = true;
    db->owner = pthread_self();
}

static void pass_turn(struct sqlite_db *db)
{
    struct sqlite_member *next = db->line;

    db->owner = (pthread_t){0};
    if (!next) {
        db->busy = false;
        return;
    }
    db->line = next->next;
    if (!db->line)
        db->line_end = &db->line;
    next->has_turn = true;
    pthread_cond_signal(&next->wake);
}

static void join_group(struct sqlite_db *db, struct sqlite_member *me)
{
    me->next = db->group;
    db->group = me;
    db->group_len++;
}

/* Tells every member how the commit went. */
static void settle_group(struct sqlite_db *db, int result, const struct error *why)
{
    struct sqlite_member *member = db->group;

    while (member) {
        struct sqlite_member *next = member->next;
        member->result = result;
        if (result < 0 && member->err)
            *member->err = *why;
        member->is_done = true;
        pthread_cond_signal(&member->wake);
        member = next;
    }
    db->group = NULL;
    db->group_len = 0;
}

static bool group_goes_on(const struct sqlite_db *db)
{
    return db->line && db->group_len < GROUP_MAX &&
           clock_monotonic_us() - db->group_start < GROUP_US;
}

/* ---- The transaction (this thread has the turn) ----------------------------------- */

static bool is_open(const struct sqlite_db *db)
{
    return !sqlite3_get_autocommit(db->writer->handle);
}

/* Runs fn for a member; on failure its writes are undone. */
static int run_member(
        struct sqlite_db *db, struct arena *arena, db_fn *fn, void *arg, struct error *err)
{
    struct sqlite_connection *writer = db->writer;
    bool is_first = !is_open(db);
    int r;

    if (is_first)
        db->group_start = clock_monotonic_us();
    r = sqlite_do(writer, is_first ? "begin immediate" : "savepoint member", err);
    if (r < 0)
        return r;
    r = tx_call(&writer->base, arena, true, fn, arg, err);
    if (!is_open(db))
        return r < 0 ? r : -EIO;
    if (r >= 0 && is_first)
        return r;
    if (r >= 0)
        return sqlite_do(writer, "release member", err) < 0 ? -EIO : r;
    if (is_first) {
        (void)sqlite_do(writer, "rollback", NULL); /* nothing to keep: any end is right */
        return r;
    }
    if (sqlite_do(writer, "rollback to member", NULL) < 0 ||
            sqlite_do(writer, "release member", NULL) < 0)
        (void)sqlite_do(writer, "rollback", NULL); /* seen by is_open(): all fail together */
    return r;
}

static int commit(struct sqlite_db *db, struct error *err)
{
    int fault = fault_hit(FAULT_COMMIT);
    int r;

    if (!is_open(db))
        r = error_set(err, EIO, "database: the transaction was undone");
    else if (fault)
        r = error_set(err, fault, "commit failed by a test");
    else
        r = sqlite_do(db->writer, "commit", err);
    if (r < 0 && is_open(db))
        (void)sqlite_do(db->writer, "rollback", NULL); /* it did not commit: the rest is gone */
    return r < 0 ? -EIO : 0;
}

/* Ends this thread's turn; returns when what it was part of is committed or undone. */
static int end_turn(struct sqlite_db *db, struct sqlite_member *me)
{
    struct error why = {0};
    bool is_lone;
    int r;

    pthread_mutex_lock(&db->lock);
    is_lone = !db->group && !is_open(db);
    if (is_lone) { /* its own failure undid the transaction, and nobody else's */
        pass_turn(db);
        pthread_mutex_unlock(&db->lock);
        return 0;
    }
    join_group(db, me);
    if (is_open(db) && group_goes_on(db)) {
        pass_turn(db);
        while (!me->is_done)
            (void)cond_wait(&me->wake, &db->lock, -1);
        pthread_mutex_unlock(&db->lock);
        return me->result;
    }
    pthread_mutex_unlock(&db->lock);

    r = commit(db, &why);

    pthread_mutex_lock(&db->lock);
    settle_group(db, r, &why);
    pass_turn(db);
    pthread_mutex_unlock(&db->lock);
    return r;
}

int sqlite_write(struct db *base, unsigned flags, struct arena *arena, db_fn *fn, void *arg,
        struct error *err)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    struct sqlite_member me = {.err = err};
    struct tx_hook *hooks;
    int r, committed;

    (void)flags; /* one writer: every transaction sees the newest rows, alone */
    cond_init(&me.wake);
    take_turn(db, &me);
    r = run_member(db, arena, fn, arg, err);
    hooks = db->writer->base.hooks;
    committed = end_turn(db, &me);
    pthread_cond_destroy(&me.wake);

    if (committed < 0)
        return committed;
    if (r >= 0)
        tx_run_hooks(hooks);
    return r;
}
