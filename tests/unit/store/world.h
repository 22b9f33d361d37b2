/*
 * world - runs each test of store/ in a fresh database, on SQLite and PostgreSQL
 *
 * A test takes its struct world from *state. The directory of the world is temporary
 * and goes with the test. Where PostgreSQL is not installed its run is left out, but
 * not in CI (the environment has CI): there it fails.
 */
#pragma once

#include "base/fs.h"
#include "base/proc.h"
#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

struct world {
    enum db_engine engine;
    struct arena arena;
    char dir[64];
    const char *url;
    struct db *db;
};

static const char *world_postgres; /* url of the running server; NULL: SQLite now */
static char world_postgres_dir[] = "/tmp/slipway-pg-XXXXXX";

static void world_check(int r, const struct error *err)
{
    if (r < 0)
        fail_msg("%d: %s", r, err->text);
}

/* Opens the database of the world (again). */
__attribute__((unused)) static void world_open(struct world *world)
{
    struct error err = {0};

    world_check(db_open(&(struct db_options){.url = world->url}, &world->db, &err), &err);
}

static int world_clear_fn(struct tx *tx, void *arg)
{
    int r = db_exec(tx, "drop schema public cascade");

    (void)arg;
    return r < 0 ? r : db_exec(tx, "create schema public");
}

__attribute__((unused)) static int world_set_up(void **state)
{
    struct world *world = mem_new(struct world);
    struct error err = {0};

    snprintf(world->dir, sizeof(world->dir), "/tmp/slipway-store-XXXXXX");
    world_check(fs_temp_dir(world->dir, &err), &err);
    world->engine = world_postgres ? DB_POSTGRES : DB_SQLITE;
    world->url = world_postgres ? world_postgres
                                : str_cstr(&world->arena, str_printf(&world->arena,
                                                                  "sqlite:%s/test.db", world->dir));
    world_open(world);
    if (world_postgres)
        world_check(db_write(world->db, &world->arena, world_clear_fn, NULL, &err), &err);
    *state = world;
    return 0;
}

__attribute__((unused)) static int world_tear_down(void **state)
{
    struct world *world = *state;

    db_close(world->db);
    if (fs_remove_tree(world->dir, NULL) < 0)
        fprintf(stderr, "could not remove %s\n", world->dir);
    arena_free(&world->arena);
    free(world);
    return 0;
}

static int world_postgres_command(struct arena *arena, const char *verb, str *ret)
{
    const char *argv[] = {"tests/support/postgres", verb, world_postgres_dir, NULL};
    str said = STR("");
    struct error err = {0};
    int r = proc_run(
            arena, &(struct proc_options){.argv = argv}, STR(""), 65536, 60000, ret, &said, &err);

    if (r > 0)
        fprintf(stderr, "%.*s", STR_ARG(said));
    if (r < 0)
        fprintf(stderr, "%s\n", err.text);
    return r;
}

/* Runs the tests on SQLite, then on PostgreSQL: the number that failed. */
__attribute__((unused)) static int world_run(
        const char *name, const struct CMUnitTest *tests, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    str url = {0};
    int failed = _cmocka_run_group_tests(name, tests, len, NULL, NULL);
    int r;

    if (!mkdtemp(world_postgres_dir))
        return failed + 1;
    r = world_postgres_command(&arena, "start", &url);
    if (r == 0) {
        world_postgres = str_cstr(&arena, str_trim(url));
        failed += _cmocka_run_group_tests(name, tests, len, NULL, NULL);
        failed += world_postgres_command(&arena, "stop", &url) != 0;
    } else if (r == 77 && !getenv("CI")) {
        fprintf(stderr, "PostgreSQL is not installed: tests ran on SQLite only\n");
    } else {
        failed++;
    }
    if (fs_remove_tree(world_postgres_dir, NULL) < 0)
        fprintf(stderr, "could not remove %s\n", world_postgres_dir);
    return failed;
}

#define WORLD_TEST(fn) cmocka_unit_test_setup_teardown(fn, world_set_up, world_tear_down)
