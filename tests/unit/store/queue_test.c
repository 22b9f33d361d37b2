#include "base/clock.h"
#include "base/log.h"
#include "base/thread.h"
#include "store/fault.h"
#include "store/queue.h"
#include "world.h"

static const struct db_schema done_schema = {
        "done", "-- step 1\ncreate table done (payload bytea, attempt bigint);\n"};

static struct error err;
static struct notify *notify;
static struct queue *queue;
static int fail_first;  /* so many runs fail before one succeeds */
static int fail_commit; /* the same for commit */
static int at_once, most_at_once, given_up, prepared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int prepare(struct job *job, struct error *why)
{
    int *made = arena_new(job->arena, int);

    assert_ptr_equal(job->context, &queue);
    prepared++;
    *made = 42;
    job->prepared = made;
    if (fail_first-- > 0)
        return error_set(why, EIO, "not yet");
    return queue_extend(job, why);
}

static int commit(struct job *job, struct tx *tx)
{
    int r;

    assert_int_equal(*(int *)job->prepared, 42);
    r = db_exec(tx, "insert into done (payload, attempt) values ($1, $2)", db_blob(job->payload),
            job->attempt);
    if (r >= 0 && fail_commit-- > 0)
        return error_set(&tx->error, EPERM, "commit refused");
    return r;
}

static int give_up(struct job *job, struct tx *tx, const struct error *why)
{
    given_up++;
    return db_exec(tx, "insert into done (payload, attempt) values ($1, $2)",
            db_blob(str_of(why->text)), -job->attempt);
}

static int count_threads(struct job *job, struct error *why)
{
    (void)job, (void)why;
    pthread_mutex_lock(&lock);
    if (++at_once > most_at_once)
        most_at_once = at_once;
    pthread_mutex_unlock(&lock);
    sched_yield();
    pthread_mutex_lock(&lock);
    at_once--;
    pthread_mutex_unlock(&lock);
    return 0;
}

static int insert_done(struct job *job, struct tx *tx)
{
    return db_exec(tx, "insert into done (payload, attempt) values ($1, $2)", db_blob(job->payload),
            job->attempt);
}

static const struct job_kind work = {"work", prepare, commit, give_up, 3, 1000};
static const struct job_kind serial = {"serial", count_threads, insert_done, NULL, 0, 0};
static const struct job_kind empty = {.name = "empty"};
static const struct job_kind *const kinds[] = {&work, &serial, &empty};

static int set_up(void **state)
{
    struct world *world;
    struct db_schema schemas[] = {queue_schema, done_schema};

    if (world_set_up(state) != 0)
        return -1;
    world = *state;
    fail_first = fail_commit = at_once = most_at_once = given_up = prepared = 0;
    log_set_level(LOG_LEVEL_ERROR);
    world_check(db_migrate(world->db, schemas, 2, &err), &err);
    world_check(notify_open(world->db, &notify, &err), &err);
    world_check(queue_open(&(struct queue_options){.db = world->db,
                                   .notify = notify,
                                   .kinds = kinds,
                                   .kinds_len = 3,
                                   .context = &queue},
                        &queue, &err),
            &err);
    clock_set_virtual(1000000);
    return 0;
}

static int tear_down(void **state)
{
    clock_set_real();
    queue_close(queue);
    notify_close(notify);
    return world_tear_down(state);
}

struct addition {
    const char *kind;
    str key;
    str payload;
    int64_t run_at;
};

static int add_fn(struct tx *tx, void *arg)
{
    struct addition *a = arg;

    return queue_add(queue, tx, a->kind, a->key, a->payload, a->run_at);
}

static int try_add(struct world *world, const char *kind, str key, str payload, int64_t run_at)
{
    return db_write(
            world->db, &world->arena, add_fn, &(struct addition){kind, key, payload, run_at}, &err);
}

static void add(struct world *world, const char *kind, str key, str payload, int64_t run_at)
{
    world_check(try_add(world, kind, key, payload, run_at), &err);
}

static int run_due(void)
{
    int r = queue_run_due(queue, &err);

    world_check(r, &err);
    return r;
}

static int done_fn(struct tx *tx, void *arg)
{
    return db_query(
            tx, arg, "select payload, attempt from done order by attempt, payload limit 1000");
}

static struct db_rows done(struct world *world)
{
    struct db_rows rows = {0};

    world_check(db_read(world->db, &world->arena, done_fn, &rows, &err), &err);
    return rows;
}

static void check_stats(int64_t waiting, int64_t leased, int64_t dead)
{
    int64_t w, l, d, oldest;

    world_check(queue_stats(queue, &w, &l, &d, &oldest, &err), &err);
    assert_int_equal(w, waiting);
    assert_int_equal(l, leased);
    assert_int_equal(d, dead);
}

static void queue_runs_a_job_once(void **state)
{
    add(*state, "work", (str){0}, STR("\xff one"), 0);
    check_stats(1, 0, 0);
    assert_int_equal(run_due(), 1);
    assert_int_equal(run_due(), 0);
    struct db_rows rows = done(*state);
    assert_int_equal(rows.len, 1);
    assert_true(str_eq(row_text(&rows.items[0], 0), STR("\xff one")));
    assert_int_equal(row_int(&rows.items[0], 1), 1);
    check_stats(0, 0, 0);
}

static void queue_refuses_an_unknown_kind(void **state)
{
    assert_int_equal(try_add(*state, "nonsense", (str){0}, STR(""), 0), -EINVAL);
    assert_string_equal(err.text, "no such kind of job: nonsense");
}

static void queue_waits_until_run_at(void **state)
{
    int64_t waiting, leased, dead, oldest;

    add(*state, "empty", (str){0}, STR(""), clock_now() + 5000);
    add(*state, "empty", (str){0}, STR(""), clock_now() + 9000);
    assert_int_equal(run_due(), 0);
    clock_advance(4999);
    assert_int_equal(run_due(), 0);
    clock_advance(1);
    assert_int_equal(run_due(), 1);
    clock_advance(5000);
    world_check(queue_stats(queue, &waiting, &leased, &dead, &oldest, &err), &err);
    assert_int_equal(oldest, 1000);
    assert_int_equal(run_due(), 1);
}

static void queue_keeps_one_waiting_job_for_each_key(void **state)
{
    int64_t now = clock_now();

    add(*state, "work", STR("k"), STR("first"), now + 5000);
    add(*state, "work", STR("k"), STR("second"), now + 1000);
    add(*state, "work", STR("k"), STR("third"), now + 9000);
    add(*state, "empty", STR("k"), STR(""), now + 9000);
    add(*state, "empty", (str){0}, STR(""), now + 9000);
    add(*state, "empty", (str){0}, STR(""), now + 9000);
    check_stats(4, 0, 0);
    clock_advance(1000);
    assert_int_equal(run_due(), 1);
    struct db_rows rows = done(*state);
    assert_true(str_eq(row_text(&rows.items[0], 0), STR("first")));
}

static void queue_retries_later_and_later(void **state)
{
    fail_first = 1;
    fail_commit = 1;
    add(*state, "work", STR("k"), STR("p"), 0);
    assert_int_equal(run_due(), 1);
    assert_int_equal(run_due(), 0);
    clock_advance(49);
    assert_int_equal(run_due(), 0);
    clock_advance(51);
    assert_int_equal(run_due(), 1);
    clock_advance(99);
    assert_int_equal(run_due(), 0);
    assert_int_equal(done(*state).len, 0);
    clock_advance(101);
    assert_int_equal(run_due(), 1);
    struct db_rows rows = done(*state);
    assert_int_equal(rows.len, 1);
    assert_int_equal(row_int(&rows.items[0], 1), 3);
    assert_int_equal(given_up, 0);
}

static void queue_gives_up_after_the_last_attempt(void **state)
{
    fail_first = 100;
    add(*state, "work", STR("k"), STR("p"), 0);
    for (int i = 0; i < 10; i++) {
        run_due();
        clock_advance(60000);
    }
    assert_int_equal(prepared, 3);
    assert_int_equal(given_up, 1);
    struct db_rows rows = done(*state);
    assert_int_equal(rows.len, 1);
    assert_true(str_eq(row_text(&rows.items[0], 0), STR("not yet")));
    assert_int_equal(row_int(&rows.items[0], 1), -3);
    check_stats(0, 0, 1);

    fail_first = 0; /* the key is free again */
    add(*state, "work", STR("k"), STR("p"), 0);
    assert_int_equal(run_due(), 1);
    check_stats(0, 0, 1);
}

/* prepare adds the same key again, fails, and must not run beside the one it added. */
static void queue_joins_a_failed_job_to_one_that_waits(void **state)
{
    fail_first = 100;
    add(*state, "work", STR("k"), STR("p"), 0);
    for (int i = 0; i < 10; i++) {
        run_due();
        if (prepared < 3)
            add(*state, "work", STR("k"), STR("p"), 0);
        clock_advance(60000);
    }
    assert_int_equal(prepared, 3);
    check_stats(0, 0, 1);
}

static int cancel_fn(struct tx *tx, void *arg)
{
    return queue_cancel(queue, tx, "work", *(str *)arg);
}

static void queue_cancel_removes_what_waits(void **state)
{
    struct world *world = *state;
    str key = STR("k");

    add(world, "work", key, STR("p"), 0);
    assert_int_equal(db_write(world->db, &world->arena, cancel_fn, &key, &err), 1);
    assert_int_equal(db_write(world->db, &world->arena, cancel_fn, &key, &err), 0);
    assert_int_equal(run_due(), 0);
}

static int lease_as_fn(struct tx *tx, void *arg)
{
    return db_exec(tx,
            "update queue_job set state = 'leased', attempt = attempt + 1, due = $1, owner = $2",
            clock_now() + 3600000, *(const str *)arg);
}

static int lease_fn(struct tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "update queue_job set state = 'leased', attempt = attempt + 1, due = $1",
            clock_now() + 1000);
}

static void queue_runs_again_what_a_dead_worker_left(void **state)
{
    struct world *world = *state;

    add(world, "work", STR("k"), STR("p"), 0);
    assert_int_equal(db_write(world->db, &world->arena, lease_fn, NULL, &err), 1);
    add(world, "work", STR("k"), STR("again"), 0); /* waits for the other to end */
    check_stats(1, 1, 0);
    assert_int_equal(run_due(), 0);
    clock_advance(1001);
    assert_int_equal(run_due(), 2);
    struct db_rows rows = done(world);
    assert_int_equal(rows.len, 2);
    assert_true(str_eq(row_text(&rows.items[0], 0), STR("again")));
    assert_int_equal(row_int(&rows.items[1], 1), 2);
}

static int steal(struct job *job, struct error *why)
{
    AUTO_ARENA struct arena arena = {0};

    job->prepared = mem_new(int);
    free(job->prepared);
    job->prepared = arena_new(job->arena, int);
    *(int *)job->prepared = 42;
    return db_write(*(struct db **)job->context, &arena, lease_fn, NULL, why);
}

static void queue_commits_nothing_after_it_lost_the_lease(void **state)
{
    struct world *world = *state;
    static const struct job_kind stolen = {"stolen", steal, commit, NULL, 0, 1000};
    static const struct job_kind *const only[] = {&stolen};

    queue_close(queue);
    world_check(queue_open(&(struct queue_options){.db = world->db,
                                   .notify = notify,
                                   .kinds = only,
                                   .kinds_len = 1,
                                   .context = &world->db},
                        &queue, &err),
            &err);
    add(world, "stolen", STR("k"), STR("p"), 0);
    assert_int_equal(run_due(), 1);
    assert_int_equal(done(world).len, 0);
    check_stats(0, 1, 0);
}

static int strange_fn(struct tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "update queue_job set kind = 'newer'");
}

static void queue_leaves_kinds_of_newer_servers_alone(void **state)
{
    struct world *world = *state;

    add(world, "empty", STR("k"), STR("p"), 0);
    add(world, "work", (str){0}, STR("p"), 1000100);
    clock_advance(50);
    assert_int_equal(db_write(world->db, &world->arena, strange_fn, NULL, &err), 2);
    add(world, "work", (str){0}, STR("p"), 0);
    clock_advance(100);
    assert_int_equal(run_due(), 1);
    check_stats(2, 0, 0);
}

static void queue_survives_every_failing_statement_and_commit(void **state)
{
    static const enum fault_point points[] = {FAULT_STATEMENT, FAULT_COMMIT};

    for (size_t p = 0; p < 2; p++) {
        for (int n = 1, was_hit = 1; was_hit; n++) {
            add(*state, "work", STR("k"), STR("p"), 0);
            fault_arm(points[p], n, EIO);
            (void)!queue_run_due(queue, &err); /* may fail: that is the point */
            was_hit = fault_passes() >= n;
            fault_disarm();
            clock_advance(100000);
            (void)!queue_run_due(queue, &err); /* the rest */
            clock_advance(100000);
            run_due();
            check_stats(0, 0, 0);
            assert_int_equal(given_up, 0);
        }
    }
}

/* ---- Threads ---------------------------------------------------------------------- */

static void wait_until_empty(void)
{
    int64_t waiting = 1, leased = 1, dead, oldest;

    /* Real time; the test harness has a limit. */
    while (waiting + leased > 0) {
        clock_sleep(2);
        world_check(queue_stats(queue, &waiting, &leased, &dead, &oldest, &err), &err);
    }
}

static void queue_threads_run_everything_and_no_key_twice_at_once(void **state)
{
    clock_set_real();
    world_check(queue_start(queue, &err), &err);
    for (int i = 0; i < 60; i++) {
        char text[16];
        snprintf(text, sizeof(text), "%d", i);
        add(*state, "serial", STR("same"), str_of(text), 0);
        add(*state, "empty", (str){0}, str_of(text), clock_now() + i);
    }
    wait_until_empty();
    queue_stop(queue, 60000);
    assert_int_equal(most_at_once, 1);
    assert_true(done(*state).len >= 1);
}

static _Atomic bool has_stopped;
static _Atomic int late;

static int note_late(struct job *job, struct error *why)
{
    (void)job, (void)why;
    late += has_stopped;
    return 0;
}

/* The thread that looks for a job finds one, or not, before queue_stop() returns. */
static void queue_runs_nothing_after_it_has_stopped(void **state)
{
    static const struct job_kind punctual = {"punctual", note_late, insert_done, NULL, 0, 0};
    static const struct job_kind *const only[] = {&punctual};
    struct world *world = *state;

    clock_set_real();
    late = 0;
    for (int i = 0; i < 50; i++) {
        queue_close(queue);
        has_stopped = false;
        world_check(
                queue_open(
                        &(struct queue_options){
                                .db = world->db, .notify = notify, .kinds = only, .kinds_len = 1},
                        &queue, &err),
                &err);
        add(world, "punctual", (str){0}, STR("p"), 0);
        world_check(queue_start(queue, &err), &err);
        clock_sleep(i % 5); /* another moment each time */
        assert_true(queue_stop(queue, 60000));
        has_stopped = true;
    }
    queue_close(queue);
    queue = NULL;
    assert_int_equal(late, 0);
}

static void queue_threads_retry_by_themselves(void **state)
{
    clock_set_real();
    fail_first = 2;
    world_check(queue_start(queue, &err), &err);
    add(*state, "work", STR("k"), STR("p"), 0);
    wait_until_empty();
    queue_stop(queue, 60000);
    assert_int_equal(done(*state).len, 1);
}

static void queue_start_takes_up_what_the_last_server_left(void **state)
{
    struct world *world = *state;

    clock_set_real();
    if (world->engine != DB_SQLITE)
        return; /* there the lease has to run out */
    add(world, "work", STR("k"), STR("p"), 0);
    assert_int_equal(db_write(world->db, &world->arena, lease_fn, NULL, &err), 1);
    world_check(queue_start(queue, &err), &err);
    wait_until_empty();
    queue_stop(queue, 60000);
    assert_int_equal(row_int(&done(world).items[0], 1), 2);
}

/* Leases a job as server `before` would, and starts server "a", which runs another; then stops. */
static void restart(struct world *world, const char *before)
{
    struct queue *usual = queue;
    str name = str_of(before);
    int64_t waiting, leased, dead, oldest;

    clock_set_real();
    add(world, "work", STR("begun"), STR("begun"), 0);
    assert_int_equal(db_write(world->db, &world->arena, lease_as_fn, &name, &err), 1);
    world_check(queue_open(&(struct queue_options){.db = world->db,
                                   .notify = notify,
                                   .kinds = kinds,
                                   .kinds_len = 3,
                                   .threads = 1,
                                   .context = &queue,
                                   .owner = STR("a")},
                        &queue, &err),
            &err);
    world_check(queue_start(queue, &err), &err);
    add(world, "work", STR("new"), STR("new"), 0);
    do { /* of two that are due, the one that was begun is the first */
        clock_sleep(2);
        world_check(queue_stats(queue, &waiting, &leased, &dead, &oldest, &err), &err);
    } while (waiting > 0 || leased > 1);
    queue_stop(queue, 60000);
    queue_close(queue);
    queue = usual;
}

static void queue_start_takes_up_what_it_had_under_its_name(void **state)
{
    restart(*state, "a");
    assert_int_equal(done(*state).len, 2);
}

static void queue_start_leaves_what_other_servers_have(void **state)
{
    struct world *world = *state;

    if (world->engine == DB_SQLITE)
        return; /* it has one server */
    restart(world, "b");
    assert_int_equal(done(world).len, 1);
}

static void queue_wakes_other_servers(void **state)
{
    struct world *world = *state;
    struct notify *other_notify;
    struct queue *mine = queue, *other;

    if (world->engine != DB_POSTGRES)
        return; /* SQLite has one server */
    clock_set_real();
    world_check(notify_open(world->db, &other_notify, &err), &err);
    world_check(queue_open(&(struct queue_options){.db = world->db,
                                   .notify = other_notify,
                                   .kinds = kinds,
                                   .kinds_len = 3,
                                   .context = &queue},
                        &other, &err),
            &err);
    world_check(queue_start(other, &err), &err);
    for (int i = 0; i < 20; i++)
        add(world, "serial", (str){0}, STR("p"), 0);
    wait_until_empty();
    assert_int_equal(done(world).len, 20);
    queue_close(other);
    notify_close(other_notify);
    queue = mine;
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            T(queue_runs_a_job_once),
            T(queue_refuses_an_unknown_kind),
            T(queue_waits_until_run_at),
            T(queue_keeps_one_waiting_job_for_each_key),
            T(queue_retries_later_and_later),
            T(queue_gives_up_after_the_last_attempt),
            T(queue_joins_a_failed_job_to_one_that_waits),
            T(queue_cancel_removes_what_waits),
            T(queue_runs_again_what_a_dead_worker_left),
            T(queue_commits_nothing_after_it_lost_the_lease),
            T(queue_leaves_kinds_of_newer_servers_alone),
            T(queue_survives_every_failing_statement_and_commit),
            T(queue_threads_run_everything_and_no_key_twice_at_once),
            T(queue_runs_nothing_after_it_has_stopped),
            T(queue_threads_retry_by_themselves),
            T(queue_start_takes_up_what_the_last_server_left),
            T(queue_start_takes_up_what_it_had_under_its_name),
            T(queue_start_leaves_what_other_servers_have),
            T(queue_wakes_other_servers),
    };

    return world_run("queue", tests, sizeof(tests) / sizeof(tests[0]));
}
