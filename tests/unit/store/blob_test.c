#include "base/clock.h"
#include "base/random.h"
#include "store/blob.h"
#include "store/fault.h"
#include "world.h"

#include <fcntl.h>
#include <sys/stat.h>

static struct error err;
static struct blob_store *store;
static const struct blob_key key = {"0123456789abcdef0123456789abcde"};
static char blobs[96];

static int set_up(void **state)
{
    struct world *world;

    if (world_set_up(state) != 0)
        return -1;
    world = *state;
    world_check(db_migrate(world->db, &blob_schema, 1, &err), &err);
    snprintf(blobs, sizeof(blobs), "%s/blobs", world->dir);
    world_check(blob_store_open(blobs, &store, &err), &err);
    return 0;
}

static int tear_down(void **state)
{
    clock_set_real();
    blob_store_close(store);
    return world_tear_down(state);
}

static str some_bytes(struct arena *arena, size_t len)
{
    unsigned char *bytes = arena_array(arena, len, unsigned char);

    for (size_t i = 0; i < len; i++)
        bytes[i] = (unsigned char)(i * 31 + i / 251 + i / 65536);
    return (str){(char *)bytes, len};
}

static struct blob_info put(struct arena *arena, str bytes)
{
    struct blob_info info = {0};

    world_check(blob_put(store, &key, bytes, arena, &info, &err), &err);
    assert_int_equal(info.size, bytes.len);
    assert_int_equal(info.id.len, 32);
    return info;
}

static struct blob_reader *open_blob(str id)
{
    struct blob_reader *reader = NULL;

    world_check(blob_open(store, id, &key, &reader, &err), &err);
    return reader;
}

static void check_blob(struct arena *arena, str id, str want)
{
    struct blob_reader *reader = open_blob(id);
    char *got = arena_array(arena, want.len + 100, char);

    assert_int_equal(blob_size(reader), want.len);
    assert_int_equal(blob_read(reader, 0, got, want.len + 100, &err), want.len);
    assert_memory_equal(got, want.ptr, want.len);
    blob_close(reader);
}

/* "objects/ab/cdef…" */
static char *object_path(struct arena *arena, str id)
{
    return str_cstr(arena,
            str_printf(arena, "%s/objects/%.2s/%.*s", blobs, id.ptr, (int)id.len - 2, id.ptr + 2));
}

/* Files below `dir`, a line of find each. */
static int count_files(struct arena *arena)
{
    const char *argv[] = {"find", blobs, "-type", "f", NULL};
    str out, none;
    int count = 0;

    assert_int_equal(proc_run(arena, &(struct proc_options){.argv = argv}, STR(""), 1 << 20, 60000,
                             &out, &none, &err),
            0);
    for (size_t i = 0; i < out.len; i++)
        count += out.ptr[i] == '\n';
    return count;
}

static void blob_gives_back_what_was_written(void **state)
{
    static const size_t sizes[] = {0, 1, 100, BLOB_CHUNK - 1, BLOB_CHUNK, BLOB_CHUNK + 1,
            2 * BLOB_CHUNK, 5 * BLOB_CHUNK + 77};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        AUTO_ARENA struct arena arena = {0};
        str bytes = some_bytes(&arena, sizes[i]);
        check_blob(&arena, put(&arena, bytes).id, bytes);
    }
}

static void blob_takes_pieces_of_any_size(void **state)
{
    static const size_t pieces[] = {1, 1000, 65535, 65536, 65537, 200000};

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        AUTO_ARENA struct arena arena = {0};
        str bytes = some_bytes(&arena, pieces[i] == 1 ? 70000 : 300000), rest = bytes;
        struct blob_writer *writer;
        struct blob_info info;

        world_check(blob_create(store, &key, &writer, &err), &err);
        while (rest.len) {
            str piece = str_head(rest, pieces[i]);
            world_check(blob_write(writer, piece, &err), &err);
            rest = str_skip(rest, piece.len);
        }
        world_check(blob_finish(writer, &arena, &info, &err), &err);
        check_blob(&arena, info.id, bytes);
    }
}

static void blob_reads_ranges(void **state)
{
    struct world *world = *state;
    enum {
        SIZE = 3 * BLOB_CHUNK + 500
    };
    static const int64_t at[] = {
            0, 1, 65535, 65536, 65537, 131072, SIZE - 501, SIZE - 1, SIZE, SIZE + 9};
    static const size_t lens[] = {0, 1, 2, 500, 65536, 70000, SIZE};
    str bytes = some_bytes(&world->arena, SIZE);
    struct blob_reader *reader = open_blob(put(&world->arena, bytes).id);
    char *got = arena_array(&world->arena, SIZE, char);

    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        for (size_t k = 0; k < sizeof(lens) / sizeof(lens[0]); k++) {
            int64_t left = at[i] < SIZE ? SIZE - at[i] : 0;
            int64_t want = (int64_t)lens[k] < left ? (int64_t)lens[k] : left;
            assert_int_equal(blob_read(reader, at[i], got, lens[k], &err), want);
            if (want)
                assert_memory_equal(got, bytes.ptr + at[i], want);
        }
    }
    blob_close(reader);
}

static void blob_bytes_are_sealed_on_disk(void **state)
{
    struct world *world = *state;
    struct blob_info info = put(&world->arena, STR("the plain text of a secret"));
    str stored;

    world_check(
            fs_read(&world->arena, object_path(&world->arena, info.id), 1000, &stored, &err), &err);
    assert_int_equal(stored.len, 8 + 26 + 16 + 32);
    assert_true(str_find(stored, STR("plain")) < 0);
}

static int read_all(str id, const struct blob_key *with)
{
    static char got[4 * BLOB_CHUNK];
    struct blob_reader *reader;
    int r = blob_open(store, id, with, &reader, &err);

    if (r < 0)
        return r;
    ssize_t n = blob_read(reader, 0, got, sizeof(got), &err);
    blob_close(reader);
    return n < 0 ? (int)n : 0;
}

static void blob_refuses_another_key_and_unknown_ids(void **state)
{
    struct world *world = *state;
    struct blob_info info = put(&world->arena, STR("x"));
    struct blob_key other = key;

    other.bytes[31] ^= 1;
    assert_int_equal(read_all(info.id, &other), -EBADMSG);
    assert_int_equal(read_all(STR("00000000000000000000000000000000"), &key), -ENOENT);
    assert_int_equal(read_all(STR("../../../../../../../../etc/pass"), &key), -ENOENT);
    assert_int_equal(read_all(STR(""), &key), -ENOENT);
}

static void overwrite(const char *path, str bytes)
{
    assert_int_equal(unlink(path), 0);
    world_check(fs_write_atomic(path, bytes, 0600, &err), &err);
}

static void blob_notices_every_change(void **state)
{
    struct world *world = *state;
    enum {
        SIZE = 2 * BLOB_CHUNK + 300,
        SEALED = BLOB_CHUNK + 16
    };
    str id = put(&world->arena, some_bytes(&world->arena, SIZE)).id;
    char *path = object_path(&world->arena, id);
    str good, other;

    world_check(fs_read(&world->arena, path, 1 << 20, &good, &err), &err);
    for (size_t i = 0; i < good.len; i += i < 40 || good.len - i < 40 ? 1 : 4099) {
        AUTO_ARENA struct arena arena = {0};
        char *bad = (char *)str_dup(&arena, good).ptr;
        bad[i] ^= 0x10;
        overwrite(path, (str){bad, good.len});
        assert_int_equal(read_all(id, &key), -EBADMSG);
        overwrite(path, str_head(good, i));
        assert_int_equal(read_all(id, &key), -EBADMSG);
    }
    char *swapped = (char *)str_dup(&world->arena, good).ptr;
    memcpy(swapped + 8, good.ptr + 8 + SEALED, SEALED);
    memcpy(swapped + 8 + SEALED, good.ptr + 8, SEALED);
    overwrite(path, (str){swapped, good.len});
    assert_int_equal(read_all(id, &key), -EBADMSG);
    overwrite(path, str_concat(&world->arena, good, STR("x")));
    assert_int_equal(read_all(id, &key), -EBADMSG);

    /* A whole blob under the name of another one. */
    str second = put(&world->arena, some_bytes(&world->arena, SIZE)).id;
    world_check(fs_read(&world->arena, object_path(&world->arena, second), 1 << 20, &other, &err),
            &err);
    overwrite(path, other);
    assert_int_equal(read_all(id, &key), -EBADMSG);
    overwrite(path, good);
    assert_int_equal(read_all(id, &key), 0);
}

static void blob_that_cannot_be_written_leaves_nothing(void **state)
{
    static const struct {
        enum fault_point point;
        int passes;
    } faults[] = {{FAULT_BLOB_WRITE, 5}, {FAULT_BLOB_SYNC, 1}, {FAULT_BLOB_RENAME, 1},
            {FAULT_BLOB_SYNC_DIR, 1}};
    struct world *world = *state;
    str bytes = some_bytes(&world->arena, 2 * BLOB_CHUNK + 1);

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        for (int n = 1; n <= faults[i].passes; n++) {
            struct blob_info info = {.size = -1};
            fault_arm(faults[i].point, n, ENOSPC);
            assert_int_equal(blob_put(store, &key, bytes, &world->arena, &info, &err), -ENOSPC);
            fault_disarm();
            assert_int_equal(info.size, -1);
            assert_int_equal(count_files(&world->arena), 0);
        }
    }
    assert_string_equal(str_cstr(&world->arena, str_head(str_of(err.text), 29)),
            "could not sync the folder of ");
    check_blob(&world->arena, put(&world->arena, bytes).id, bytes);
    assert_int_equal(count_files(&world->arena), 1);
}

static void blob_abandoned_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct blob_writer *writer;

    world_check(blob_create(store, &key, &writer, &err), &err);
    world_check(blob_write(writer, some_bytes(&world->arena, 200000), &err), &err);
    assert_int_equal(count_files(&world->arena), 1);
    blob_abandon(writer);
    blob_abandon(NULL);
    assert_int_equal(count_files(&world->arena), 0);
}

static void blob_store_open_refuses_what_it_cannot_do(void **state)
{
    struct blob_store *other = NULL;

    (void)state;
    assert_int_equal(blob_store_open("s3://bucket/prefix?region=x", &other, &err), -ENOTSUP);
    assert_string_equal(err.text, "blobs in an S3-compatible store are not supported");
    assert_int_equal(blob_store_open("/proc/nothing", &other, &err) < 0, 1);
    assert_null(other);
}

/* ---- Rows ------------------------------------------------------------------------- */

struct row_change {
    int (*change)(struct tx *tx, str id);
    str id;
};

static int change_fn(struct tx *tx, void *arg)
{
    struct row_change *change = arg;

    if (!change->change)
        return blob_record(tx, change->id, 5, STR("test/1"));
    return change->change(tx, change->id);
}

static int change(struct world *world, int (*fn)(struct tx *tx, str id), str id)
{
    return db_write(world->db, &world->arena, change_fn, &(struct row_change){fn, id}, &err);
}

/* Dates all files of the store two minutes back. */
static void age_files(struct arena *arena)
{
    const char *argv[] = {
            "find", blobs, "-type", "f", "-exec", "touch", "-d", "2 minutes ago", "{}", "+", NULL};
    str out, none;

    assert_int_equal(proc_run(arena, &(struct proc_options){.argv = argv}, STR(""), 1 << 20, 60000,
                             &out, &none, &err),
            0);
}

static int collect(struct world *world)
{
    int r = blob_collect(store, world->db, 60000, &err);

    world_check(r, &err);
    return r;
}

static void blob_collect_removes_what_no_row_wants(void **state)
{
    struct world *world = *state;
    str kept = put(&world->arena, STR("kept")).id;
    str dropped = put(&world->arena, STR("dropped")).id;
    str orphan = put(&world->arena, STR("orphan")).id;
    struct blob_writer *writer;
    int64_t now = clock_now();

    clock_set_virtual(now);
    world_check(change(world, NULL, kept), &err);
    world_check(change(world, NULL, dropped), &err);
    world_check(change(world, blob_retain, dropped), &err);
    world_check(change(world, blob_release, dropped), &err);
    world_check(blob_create(store, &key, &writer, &err), &err); /* as a crash would leave it */
    assert_int_equal(collect(world), 0);
    assert_int_equal(count_files(&world->arena), 4);

    age_files(&world->arena);
    assert_int_equal(collect(world), 2);
    assert_int_equal(read_all(orphan, &key), -ENOENT);
    assert_int_equal(read_all(dropped, &key), 0);

    world_check(change(world, blob_release, dropped), &err);
    assert_int_equal(change(world, blob_retain, dropped), -ENOENT);
    assert_int_equal(change(world, blob_release, dropped), -ENOENT);
    assert_int_equal(collect(world), 0); /* within its grace */
    assert_int_equal(read_all(dropped, &key), 0);
    clock_advance(60001);
    assert_int_equal(collect(world), 1);
    assert_int_equal(read_all(dropped, &key), -ENOENT);
    assert_int_equal(read_all(kept, &key), 0);
    assert_int_equal(collect(world), 0);
    assert_int_equal(change(world, blob_release, orphan), -ENOENT);
    blob_abandon(writer);
}

/* A server's clock may be moved: what is being stored just then is not old by that. */
static void blob_collect_spares_what_is_stored_while_the_clock_moves(void **state)
{
    struct world *world = *state;
    str finished = put(&world->arena, STR("finished")).id;
    struct blob_writer *writer;
    struct blob_info info;

    world_check(blob_create(store, &key, &writer, &err), &err);
    clock_advance(INT64_C(30) * 86400000);
    assert_int_equal(collect(world), 0);
    world_check(change(world, NULL, finished), &err);
    assert_int_equal(read_all(finished, &key), 0);
    world_check(blob_finish(writer, &world->arena, &info, &err), &err);
    assert_int_equal(read_all(info.id, &key), 0);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            T(blob_gives_back_what_was_written),
            T(blob_takes_pieces_of_any_size),
            T(blob_reads_ranges),
            T(blob_bytes_are_sealed_on_disk),
            T(blob_refuses_another_key_and_unknown_ids),
            T(blob_notices_every_change),
            T(blob_that_cannot_be_written_leaves_nothing),
            T(blob_abandoned_leaves_nothing),
            T(blob_store_open_refuses_what_it_cannot_do),
            T(blob_collect_removes_what_no_row_wants),
            T(blob_collect_spares_what_is_stored_while_the_clock_moves),
    };

    return world_run("blob", tests, sizeof(tests) / sizeof(tests[0]));
}
