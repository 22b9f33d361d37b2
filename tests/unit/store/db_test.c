#include "base/clock.h"
#include "base/thread.h"
#include "store/fault.h"
#include "world.h"

enum {
    THREADS = 8,
    WRITES = 40
};

static const struct db_schema item_schema = {"item",
        "-- what the tests write\n"
        "-- step 1\n"
        "create table item (name text not null primary key, n bigint, bytes bytea,\n"
        "    note text default 'text; \"quoted\"');\n"
        "create table part (item text not null references item (name), k bigint not null);\n"};

static struct error err;

static int write_world(struct world *world, db_fn *fn, void *arg)
{
    memset(&err, 0, sizeof(err));
    return db_write(world->db, &world->arena, fn, arg, &err);
}

static int read_world(struct world *world, db_fn *fn, void *arg)
{
    memset(&err, 0, sizeof(err));
    return db_read(world->db, &world->arena, fn, arg, &err);
}

static int set_up(void **state)
{
    struct world *world;

    if (world_set_up(state) != 0)
        return -1;
    world = *state;
    world_check(db_migrate(world->db, &item_schema, 1, &err), &err);
    return 0;
}

static int count_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select count(*) from item");

    if (r < 0)
        return r;
    *(int64_t *)arg = row_int(row, 0);
    return 0;
}

static int64_t count_items(struct world *world)
{
    int64_t count = -1;

    world_check(read_world(world, count_fn, &count), &err);
    return count;
}

static int insert_fn(struct tx *tx, void *arg)
{
    return db_exec(tx, "insert into item (name, n) values ($1, $2)", (const char *)arg, 1);
}

/* ---- Statements ------------------------------------------------------------------- */

static int every_type_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    assert_int_equal(db_exec(tx, "insert into item (bytes, name, n) values ($3, $1, $2)", "a",
                             INT64_MIN, db_blob((str){"\0\xff", 2})),
            1);
    assert_int_equal(db_exec(tx, "insert into item (bytes, name, n) values ($3, $1, $2)", STR(""),
                             DB_NULL, DB_NULL),
            1);
    assert_int_equal(
            db_one(tx, &row, "select name, n, bytes, note from item where n = $1", INT64_MIN), 1);
    assert_int_equal(row->len, 4);
    assert_true(str_eq(row_text(row, 0), STR("a")));
    assert_true(row_int(row, 1) == INT64_MIN);
    assert_true(str_eq(row_text(row, 2), (str){"\0\xff", 2}));
    assert_true(str_eq(row_text(row, 3), STR("text; \"quoted\"")));
    assert_int_equal(db_one(tx, &row, "select name, n, bytes from item where n is null"), 1);
    assert_non_null(row_text(row, 0).ptr);
    assert_int_equal(row_text(row, 0).len, 0);
    assert_true(row_is_null(row, 1));
    assert_int_equal(row_int(row, 1), 0);
    assert_true(row_is_null(row, 2));
    assert_false(row_is_null(row, 0));
    return 0;
}

static void db_keeps_text_integers_bytes_and_null(void **state)
{
    world_check(write_world(*state, every_type_fn, NULL), &err);
}

static int empty_bytes_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    assert_int_equal(
            db_exec(tx, "insert into item (name, bytes) values ('e', $1)", db_blob(STR(""))), 1);
    assert_int_equal(
            db_one(tx, &row, "select bytes, sum(n), count(*) from item group by bytes"), 1);
    assert_false(row_is_null(row, 0));
    assert_int_equal(row_text(row, 0).len, 0);
    assert_true(row_is_null(row, 1));
    assert_int_equal(row_int(row, 2), 1);
    return 0;
}

static void db_tells_empty_bytes_from_null(void **state)
{
    world_check(write_world(*state, empty_bytes_fn, NULL), &err);
}

static int parameters_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    assert_int_equal(
            db_exec(tx, "insert into item (n, name, note) values ($2, $1, $1)", "twice", 5), 1);
    assert_int_equal(
            db_one(tx, &row, "select name from item where n = $2 and note = $1 and name = $1",
                    "twice", 5),
            1);
    assert_int_equal(db_one(tx, &row, "select sum(n) from item where n < $1", 100000), 1);
    assert_int_equal(row_int(row, 0), 5);
    assert_int_equal(db_one(tx, &row, "select n from item where name = $1", "absent"), 0);
    assert_null(row);
    return 0;
}

static void db_binds_parameters_by_their_number(void **state)
{
    world_check(write_world(*state, parameters_fn, NULL), &err);
}

static int sums_fn(struct tx *tx, void *arg)
{
    static const int64_t values[] = {
            0, 1, -1, 9999, 10000, -10000, 123456789012, 100000000, INT64_MAX, INT64_MIN};
    const struct db_row *row;

    (void)arg;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        assert_int_equal(db_exec(tx, "insert into item (name, n) values ('s', $1)", values[i]), 1);
        assert_int_equal(db_one(tx, &row, "select sum(n), max(n) from item"), 1);
        assert_true(row_int(row, 0) == values[i]);
        assert_true(row_int(row, 1) == values[i]);
        assert_int_equal(db_exec(tx, "delete from item"), 1);
    }
    return 0;
}

static void db_sums_integers(void **state)
{
    world_check(write_world(*state, sums_fn, NULL), &err);
}

static int fraction_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    (void)arg;
    return db_one(tx, &row, "select 1.5");
}

static int any_kind_fn(struct tx *tx, void *arg)
{
    static const char insert[] = "insert into item (name, n, bytes, note) values ($1, $2, $3, $4)";
    const struct db_row *row;

    (void)arg;
    assert_int_equal(db_exec(tx, insert, "a", DB_NULL, DB_NULL, DB_NULL), 1);
    assert_int_equal(db_exec(tx, insert, "b", -5, db_blob(STR("x")), "y"), 1);
    assert_int_equal(db_exec(tx, insert, "c", DB_NULL, db_blob(STR("")), STR("")), 1);
    assert_int_equal(db_one(tx, &row, "select n, bytes, note from item where name = $1", "b"), 1);
    assert_int_equal(row_int(row, 0), -5);
    assert_true(str_eq(row_text(row, 1), STR("x")));
    assert_true(str_eq(row_text(row, 2), STR("y")));
    assert_int_equal(
            db_one(tx, &row, "select name from item where n is null and note = $1", ""), 1);
    assert_true(str_eq(row_text(row, 0), STR("c")));
    return 0;
}

static void db_takes_null_and_values_in_one_statement(void **state)
{
    world_check(write_world(*state, any_kind_fn, NULL), &err);
}

static int order_fn(struct tx *tx, void *arg)
{
    static const char *const names[] = {"b", "a", "B", "_", "\xc3\xa9", "Z", "-a", "aa"};
    static const char *const sorted[] = {"-a", "B", "Z", "_", "a", "aa", "b", "\xc3\xa9"};
    struct db_rows rows;

    (void)arg;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(insert_fn(tx, (void *)names[i]), 1);
    assert_int_equal(db_query(tx, &rows, "select name from item order by name limit 100"), 8);
    for (size_t i = 0; i < 8; i++)
        assert_true(str_eq(row_text(&rows.items[i], 0), str_of(sorted[i])));
    assert_int_equal(
            db_query(tx, &rows, "select name from item where name > $1 order by name", "_"), 4);
    return 0;
}

static void db_sorts_text_by_bytes(void **state)
{
    world_check(write_world(*state, order_fn, NULL), &err);
}

static int duplicate_fn(struct tx *tx, void *arg)
{
    int r = insert_fn(tx, arg);

    return r < 0 ? r : insert_fn(tx, arg);
}

static int orphan_fn(struct tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "insert into part (item, k) values ('nowhere', 1)");
}

static int syntax_fn(struct tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "insert into nothing at all");
}

static int bad_text_fn(struct tx *tx, void *arg)
{
    return db_exec(tx, "insert into item (name) values ($1)", *(str *)arg);
}

static void db_reports_what_went_wrong(void **state)
{
    str nul = {"a\0b", 3}, broken = STR("\xc3");

    assert_int_equal(write_world(*state, duplicate_fn, "a"), -EEXIST);
    assert_true(err.text[0]);
    assert_int_equal(write_world(*state, orphan_fn, NULL), -EEXIST);
    assert_int_equal(write_world(*state, syntax_fn, NULL), -EIO);
    assert_int_equal(write_world(*state, fraction_fn, NULL), -EIO);
    assert_int_equal(write_world(*state, bad_text_fn, &nul), -EILSEQ);
    assert_int_equal(write_world(*state, bad_text_fn, &broken), -EILSEQ);
    assert_string_equal(err.text, "text is not UTF-8, or contains a NUL");
    assert_int_equal(count_items(*state), 0);
}

static int no_conflict_fn(struct tx *tx, void *arg)
{
    (void)arg;
    assert_int_equal(insert_fn(tx, "a"), 1);
    assert_int_equal(db_exec(tx, "insert into item (name) values ('a') on conflict do nothing"), 0);
    assert_int_equal(db_exec(tx, "update item set n = 7"), 1);
    assert_int_equal(db_exec(tx, "delete from item"), 1);
    return 3;
}

static void db_write_returns_what_the_function_returned(void **state)
{
    assert_int_equal(write_world(*state, no_conflict_fn, NULL), 3);
}

static int write_in_read_fn(struct tx *tx, void *arg)
{
    return insert_fn(tx, arg);
}

static void db_read_refuses_to_write(void **state)
{
    assert_int_equal(read_world(*state, write_in_read_fn, "a"), -EIO);
    assert_int_equal(count_items(*state), 0);
}

static int many_statements_fn(struct tx *tx, void *arg)
{
    struct world *world = arg;
    const struct db_row *row;

    for (int i = 0; i < 600; i++) {
        char *sql = str_cstr(&world->arena, str_printf(&world->arena, "select %d", i));
        assert_int_equal(db_one(tx, &row, sql), 1);
        assert_int_equal(row_int(row, 0), i);
    }
    return 0;
}

static void db_prepares_more_statements_than_it_keeps(void **state)
{
    world_check(read_world(*state, many_statements_fn, *state), &err);
}

static int reused_text_fn(struct tx *tx, void *arg)
{
    char sql[32];
    const struct db_row *row;

    (void)arg;
    for (int i = 0; i < 3; i++) {
        snprintf(sql, sizeof(sql), "select %d", i);
        assert_int_equal(db_one(tx, &row, sql), 1);
        assert_int_equal(row_int(row, 0), i);
    }
    return 0;
}

static void db_notices_other_text_at_the_same_address(void **state)
{
    world_check(read_world(*state, reused_text_fn, NULL), &err);
}

/* ---- Nesting and hooks ------------------------------------------------------------ */

static int hooks_run;
static void hook(void *arg)
{
    hooks_run = hooks_run * 10 + *(int *)arg;
}

static int fail_fn(struct tx *tx, void *arg)
{
    static int nine = 9;
    int r = insert_fn(tx, arg);

    tx_on_commit(tx, hook, &nine);
    return r < 0 ? r : error_set(&tx->error, EPERM, "changed my mind");
}

static int nested_fn(struct tx *tx, void *arg)
{
    static int one = 1, two = 2;

    (void)arg;
    tx_on_commit(tx, hook, &one);
    assert_int_equal(insert_fn(tx, "kept"), 1);
    assert_int_equal(tx_nested(tx, fail_fn, "undone"), -EPERM);
    assert_string_equal(tx->error.text, "changed my mind");
    assert_int_equal(tx_nested(tx, duplicate_fn, "kept"), -EEXIST);
    assert_int_equal(tx_nested(tx, insert_fn, "too"), 1);
    tx_on_commit(tx, hook, &two);
    return 0;
}

static void tx_nested_undoes_only_itself(void **state)
{
    hooks_run = 0;
    world_check(write_world(*state, nested_fn, NULL), &err);
    assert_int_equal(count_items(*state), 2);
    assert_int_equal(hooks_run, 12);
}

static void db_write_that_fails_leaves_nothing_and_calls_no_hook(void **state)
{
    hooks_run = 0;
    assert_int_equal(write_world(*state, fail_fn, "a"), -EPERM);
    assert_string_equal(err.text, "changed my mind");
    assert_int_equal(hooks_run, 0);
    assert_int_equal(count_items(*state), 0);
}

static int hidden_failure_fn(struct tx *tx, void *arg)
{
    (void)duplicate_fn(tx, arg); /* what the test is about */
    return 0;
}

static void db_write_never_loses_writes_silently(void **state)
{
    int r = write_world(*state, hidden_failure_fn, "a");

    assert_int_equal(r >= 0, count_items(*state) == 1);
}

static int again_fn(struct tx *tx, void *arg)
{
    int *runs = arg;
    int r = insert_fn(tx, "a");

    if (r < 0)
        return r;
    return ++*runs < 3 ? -EAGAIN : *runs;
}

static int always_again_fn(struct tx *tx, void *arg)
{
    (void)tx;
    ++*(int *)arg;
    return -EAGAIN;
}

static void db_write_runs_again_after_a_conflict(void **state)
{
    int runs = 0;

    assert_int_equal(write_world(*state, again_fn, &runs), 3);
    assert_int_equal(count_items(*state), 1);
    runs = 0;
    assert_int_equal(write_world(*state, always_again_fn, &runs), -EAGAIN);
    assert_int_equal(runs, DB_MAX_TRIES);
}

/* ---- Many at once ----------------------------------------------------------------- */

struct crowd {
    struct world *world;
    int number;
    int hooks;
    int refused;
};

struct visit {
    struct crowd *crowd;
    int i;
};

static void count_hook(void *arg)
{
    ++*(int *)arg;
}

static int visit_fn(struct tx *tx, void *arg)
{
    struct visit *visit = arg;
    str name = str_printf(tx->arena, "%d-%d", visit->crowd->number, visit->i);
    int r = db_exec(tx, "insert into item (name, n) values ($1, $2)", name, visit->i);

    tx_on_commit(tx, count_hook, &visit->crowd->hooks);
    if (r >= 0 && visit->i % 4 == 0)
        return error_set(&tx->error, EPERM, "no");
    return r < 0 ? r : db_exec(tx, "insert into part (item, k) values ($1, $2)", name, visit->i);
}

static void *visit_all(void *arg)
{
    struct crowd *crowd = arg;

    for (int i = 0; i < WRITES; i++) {
        AUTO_ARENA struct arena arena = {0};
        struct error why = {0};
        int r = db_write(crowd->world->db, &arena, visit_fn, &(struct visit){crowd, i}, &why);
        if (i % 4 == 0 && r == -EPERM)
            crowd->refused++;
        else if (r != 1)
            fprintf(stderr, "%d: %s\n", r, why.text);
    }
    return NULL;
}

static void db_write_of_many_threads_keeps_exactly_what_succeeded(void **state)
{
    struct crowd crowd[THREADS];
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        crowd[i] = (struct crowd){*state, i, 0, 0};
        threads[i] = thread_start("visit", visit_all, &crowd[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(crowd[i].refused, WRITES / 4);
        assert_int_equal(crowd[i].hooks, WRITES - WRITES / 4);
    }
    assert_int_equal(count_items(*state), THREADS * (WRITES - WRITES / 4));
}

static int bump_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select n from item where name = 'counter'");

    (void)arg;
    if (r <= 0)
        return r < 0 ? r : -ENOENT;
    return db_exec(tx, "update item set n = $1 where name = 'counter'", row_int(row, 0) + 1);
}

static void *bump_all(void *arg)
{
    struct crowd *crowd = arg;

    for (int i = 0; i < WRITES / 4; i++) {
        AUTO_ARENA struct arena arena = {0};
        while (db_write(crowd->world->db, &arena, bump_fn, NULL, NULL) != 1)
            crowd->refused++; /* conflicted DB_MAX_TRIES times */
    }
    return NULL;
}

static int counter_fn(struct tx *tx, void *arg)
{
    const struct db_row *row;

    assert_int_equal(db_one(tx, &row, "select n from item where name = 'counter'"), 1);
    *(int64_t *)arg = row_int(row, 0);
    return 0;
}

static void db_write_loses_no_update(void **state)
{
    struct crowd crowd = {*state, 0, 0, 0};
    pthread_t threads[4];
    int64_t n = 0;

    assert_int_equal(write_world(*state, insert_fn, "counter"), 1);
    for (int i = 0; i < 4; i++)
        threads[i] = thread_start("bump", bump_all, &crowd);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    world_check(read_world(*state, counter_fn, &n), &err);
    assert_int_equal(n, 1 + 4 * (WRITES / 4));
}

static int snapshot_fn(struct tx *tx, void *arg)
{
    struct world *world = arg;
    AUTO_ARENA struct arena arena = {0};
    int64_t before, after;

    assert_int_equal(count_fn(tx, &before), 0);
    assert_int_equal(db_write(world->db, &arena, insert_fn, "between", NULL), 1);
    assert_int_equal(count_fn(tx, &after), 0);
    assert_int_equal(before, after);
    return 0;
}

static void db_read_sees_one_snapshot(void **state)
{
    world_check(read_world(*state, snapshot_fn, *state), &err);
    assert_int_equal(count_items(*state), 1);
}

/* ---- Faults ----------------------------------------------------------------------- */

static void db_write_whose_commit_fails_leaves_nothing(void **state)
{
    fault_arm(FAULT_COMMIT, 1, EIO);
    hooks_run = 0;
    assert_int_equal(write_world(*state, nested_fn, NULL), -EIO);
    fault_disarm();
    assert_int_equal(hooks_run, 0);
    assert_int_equal(count_items(*state), 0);
    world_check(write_world(*state, nested_fn, NULL), &err);
    assert_int_equal(count_items(*state), 2);
}

static void db_write_of_many_threads_survives_failing_commits(void **state)
{
    struct crowd crowd[THREADS];
    pthread_t threads[THREADS];
    int hooks = 0;

    fault_arm(FAULT_COMMIT, 3, EIO);
    for (int i = 0; i < THREADS; i++) {
        crowd[i] = (struct crowd){*state, i, 0, 0};
        threads[i] = thread_start("visit", visit_all, &crowd[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        hooks += crowd[i].hooks;
    }
    fault_disarm();
    assert_int_equal(count_items(*state), hooks);
    assert_true(hooks < THREADS * (WRITES - WRITES / 4));
}

/* ---- A full disk ------------------------------------------------------------------ */

static int limit_fn(struct tx *tx, void *arg)
{
    struct db_rows rows;

    return db_query(tx, &rows, arg) < 0 ? -1 : 0;
}

static int fill_fn(struct tx *tx, void *arg)
{
    struct visit *visit = arg;
    char *bytes = arena_alloc(tx->arena, 60000, 1);
    str name = str_printf(tx->arena, "full %d-%d", visit->crowd->number, visit->i);

    tx_on_commit(tx, count_hook, &visit->crowd->hooks);
    return db_exec(tx, "insert into item (name, bytes) values ($1, $2)", name,
            db_blob((str){bytes, visit->i % 2 ? 60000 : 1}));
}

static void *fill(void *arg)
{
    struct crowd *crowd = arg;

    for (int i = 0; i < WRITES; i++) {
        AUTO_ARENA struct arena arena = {0};
        int r = db_write(crowd->world->db, &arena, fill_fn, &(struct visit){crowd, i}, NULL);
        if (r == -EIO)
            crowd->refused++;
    }
    return NULL;
}

/* SQLite undoes the whole transaction, others' writes in it too: all of them must know. */
static void db_write_to_a_full_database_fails_and_recovers(void **state)
{
    struct crowd crowd[THREADS];
    pthread_t threads[THREADS];
    int hooks = 0, refused = 0;

    if (((struct world *)*state)->engine != DB_SQLITE)
        return; /* only SQLite can be given a limit */
    assert_int_equal(write_world(*state, limit_fn, "pragma max_page_count = 200"), 0);
    for (int i = 0; i < THREADS; i++) {
        crowd[i] = (struct crowd){*state, i, 0, 0};
        threads[i] = thread_start("fill", fill, &crowd[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        hooks += crowd[i].hooks;
        refused += crowd[i].refused;
    }
    assert_true(refused >= THREADS * WRITES / 2 - 20);
    assert_int_equal(hooks + refused, THREADS * WRITES);
    assert_int_equal(count_items(*state), hooks);
    assert_int_equal(write_world(*state, limit_fn, "pragma max_page_count = 1000000"), 0);
    assert_int_equal(write_world(*state, insert_fn, "after"), 1);
    assert_int_equal(count_items(*state), hooks + 1);
}

/* ---- Migrations ------------------------------------------------------------------- */

static int insert_wide_fn(struct tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "insert into item (name, wide) values ('w', 3)");
}

static void db_migrate_adds_what_is_missing(void **state)
{
    struct world *world = *state;
    char *sql = str_cstr(
            &world->arena, str_concat(&world->arena, str_of(item_schema.sql),
                                   STR("-- step 2\nalter table item add column wide bigint;\n"
                                       "create index item_wide on item (wide);\n")));
    struct db_schema newer[] = {
            {"item", sql}, {"other", "-- step 1\ncreate table other (a text);\n"}};

    assert_int_equal(write_world(world, insert_wide_fn, NULL), -EIO);
    world_check(db_migrate(world->db, newer, 2, &err), &err);
    world_check(db_migrate(world->db, newer, 2, &err), &err);
    assert_int_equal(write_world(world, insert_wide_fn, NULL), 1);

    assert_int_equal(db_migrate(world->db, &item_schema, 1, &err), -EPROTO);
    assert_string_equal(err.text, "database is newer than this program: item is at step 2, "
                                  "this program knows 1");
}

static void db_migrate_is_all_or_nothing(void **state)
{
    struct world *world = *state;
    struct db_schema schemas[] = {{"good", "-- step 1\ncreate table good (a text);\n"},
            {"bad", "-- step 1\ncreate table bad (a text);\n-- step 2\ncreate nonsense;\n"}};
    struct db_schema gap = {"gap", "-- step 1\nselect 1;\n-- step 3\nselect 1;\n"};
    struct db_schema early = {"early", "create table x (a text);\n-- step 1\nselect 1;\n"};

    assert_int_equal(db_migrate(world->db, schemas, 2, &err), -EIO);
    assert_true(str_starts(str_of(err.text), STR("schema of bad, step 2: ")));
    world_check(db_migrate(world->db, schemas, 1, &err), &err);
    assert_int_equal(db_migrate(world->db, &gap, 1, &err), -EINVAL);
    assert_string_equal(err.text, "schema of gap has step 3 where 2 is due");
    assert_int_equal(db_migrate(world->db, &early, 1, &err), -EINVAL);
    assert_string_equal(err.text, "schema of early has text before its first step");
}

static void *migrate_thread(void *arg)
{
    struct world *world = arg;
    static const struct db_schema schema = {"many", "-- step 1\ncreate table many (a text);\n"};
    struct error why = {0};
    struct db *db;
    int r = db_open(&(struct db_options){.url = world->url}, &db, &why);

    if (r >= 0) {
        r = db_migrate(db, &schema, 1, &why);
        db_close(db);
    }
    if (r < 0)
        fprintf(stderr, "%d: %s\n", r, why.text);
    return r < 0 ? "failed" : NULL;
}

static void db_migrate_runs_once_for_many_servers(void **state)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        threads[i] = thread_start("migrate", migrate_thread, *state);
    for (int i = 0; i < 4; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
}

/* ---- Opening ---------------------------------------------------------------------- */

static void db_open_refuses_what_it_does_not_know(void **state)
{
    struct db *db = NULL;

    (void)state;
    assert_int_equal(db_open(&(struct db_options){.url = "mysql://x"}, &db, &err), -EINVAL);
    assert_int_equal(db_open(&(struct db_options){.url = "sqlite:"}, &db, &err), -EINVAL);
    assert_int_equal(
            db_open(&(struct db_options){.url = "sqlite:/nowhere/x.db"}, &db, &err), -ENOENT);
    assert_null(db);
}

static void db_keeps_rows_over_a_restart(void **state)
{
    struct world *world = *state;

    assert_int_equal(write_world(world, insert_fn, "a"), 1);
    db_close(world->db);
    world_open(world);
    world_check(db_ping(world->db, &err), &err);
    assert_int_equal(count_items(world), 1);
}

/* On SQLite there is no server that could go away. */
static void db_recovers_when_the_server_went_away(void **state)
{
    struct world *world = *state;
    str out;

    if (world->engine != DB_POSTGRES)
        return;
    assert_int_equal(write_world(world, insert_fn, "before"), 1);
    assert_int_equal(world_postgres_command(&world->arena, "stop", &out), 0);
    assert_int_equal(write_world(world, insert_fn, "while"), -EIO);
    assert_true(str_starts(str_of(err.text), STR("could not connect to the database: ")));
    assert_int_equal(db_ping(world->db, &err), -EIO);
    assert_int_equal(world_postgres_command(&world->arena, "start", &out), 0);
    assert_int_equal(write_world(world, insert_fn, "after"), 1);
    assert_int_equal(count_items(world), 2);

    /* A restart in between is not even noticed. */
    assert_int_equal(world_postgres_command(&world->arena, "stop", &out), 0);
    assert_int_equal(world_postgres_command(&world->arena, "start", &out), 0);
    assert_int_equal(count_items(world), 2);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, set_up, world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            T(db_keeps_text_integers_bytes_and_null),
            T(db_tells_empty_bytes_from_null),
            T(db_binds_parameters_by_their_number),
            T(db_takes_null_and_values_in_one_statement),
            T(db_sums_integers),
            T(db_sorts_text_by_bytes),
            T(db_reports_what_went_wrong),
            T(db_write_returns_what_the_function_returned),
            T(db_read_refuses_to_write),
            T(db_prepares_more_statements_than_it_keeps),
            T(db_notices_other_text_at_the_same_address),
            T(tx_nested_undoes_only_itself),
            T(db_write_that_fails_leaves_nothing_and_calls_no_hook),
            T(db_write_never_loses_writes_silently),
            T(db_write_runs_again_after_a_conflict),
            T(db_write_of_many_threads_keeps_exactly_what_succeeded),
            T(db_write_loses_no_update),
            T(db_read_sees_one_snapshot),
            T(db_write_whose_commit_fails_leaves_nothing),
            T(db_write_of_many_threads_survives_failing_commits),
            T(db_write_to_a_full_database_fails_and_recovers),
            T(db_migrate_adds_what_is_missing),
            T(db_migrate_is_all_or_nothing),
            T(db_migrate_runs_once_for_many_servers),
            T(db_open_refuses_what_it_does_not_know),
            T(db_recovers_when_the_server_went_away),
            T(db_keeps_rows_over_a_restart),
    };

    return world_run("db", tests, sizeof(tests) / sizeof(tests[0]));
}
