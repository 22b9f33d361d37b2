#include "world.h"

#include "base/fs.h"
#include "base/proc.h"
#include "base/random.h"

#include <signal.h>

enum {
    OUTPUT_MAX = 4 << 20,
    GIT_MS = 60000
};

static int open_key(void *arg, struct tx *tx, const struct git_target *target, str sealed,
        unsigned char ret[GIT_KEY_LEN], struct error *err)
{
    (void)arg, (void)tx, (void)target, (void)err;
    memcpy(ret, sealed.ptr, GIT_KEY_LEN); /* a test has nothing to hide */
    return 0;
}

static int make_repository(struct tx *tx, void *arg)
{
    unsigned char key[GIT_KEY_LEN];

    (void)arg;
    random_bytes(key, sizeof(key));
    return git_repo_create(tx, REPOSITORY, (str){(const char *)key, sizeof(key)}, 1);
}

static int refuse(struct tx *tx, void *arg, const struct git_change *change, str *ret)
{
    struct world *world = arg;

    (void)tx;
    if (world->refused_ref.ptr && str_eq(world->refused_ref, change->ref))
        *ret = STR("not for you");
    return 0;
}

static int changed(struct tx *tx, void *arg, const struct git_changes *changes)
{
    struct world *world = arg;

    (void)tx;
    for (size_t i = 0; i < changes->len; i++)
        world->changes += git_change_is_made(&changes->items[i]);
    return 0;
}

static void handle(struct httpd_request *req, void *arg)
{
    struct world *world = arg;
    struct git_http http = {.target = {.repository = REPOSITORY},
            .receive = {.arg = world, .refuse = refuse, .changed = changed}};
    struct error err = {0};
    str rest = req->path;

    if (!str_take_prefix(&rest, STR("/")) || git_http_parse(req, rest, &http.wish) < 0)
        git_http_refuse(req, 404, STR("not found"));
    else if (git_http_answer(world->git, req, &http, &err) < 0)
        fprintf(stderr, "answer: %s\n", err.text);
}

static void open_git(struct world *world)
{
    struct git_options options = {.db = world->db,
            .blobs = world->blobs,
            .keys = {.open = open_key},
            .cache_dir = str_printf(&world->arena, "%s/cache", world->dir)};

    assert_int_equal(git_open(&options, &world->git, NULL), 0);
}

void world_open(struct world *world)
{
    const struct db_schema schemas[] = {blob_schema, git_schema};
    struct error err = {0};

    signal(SIGPIPE, SIG_IGN);
    *world = (struct world){.dir = "/tmp/slipway-git-XXXXXX"};
    assert_int_equal(fs_temp_dir(world->dir, NULL), 0);
    const char *url =
            str_cstr(&world->arena, str_printf(&world->arena, "sqlite:%s/db", world->dir));
    assert_int_equal(db_open(&(struct db_options){.url = url}, &world->db, &err), 0);
    assert_int_equal(db_migrate(world->db, schemas, 2, &err), 0);
    const char *blobs = str_cstr(&world->arena, str_printf(&world->arena, "%s/blobs", world->dir));
    assert_int_equal(blob_store_open(blobs, &world->blobs, &err), 0);
    open_git(world);
    assert_int_equal(db_write(world->db, &world->arena, make_repository, NULL, &err), 0);
    assert_int_equal(httpd_start(
                             &(struct httpd_options){
                                     .host = STR("127.0.0.1"), .handler = handle, .arg = world},
                             &world->httpd, &err),
            0);
    world->url = str_cstr(&world->arena,
            str_printf(&world->arena, "http://127.0.0.1:%d/repo", httpd_port(world->httpd)));
}

void world_close(struct world *world)
{
    httpd_stop(world->httpd, 1000);
    git_close(world->git);
    blob_store_close(world->blobs);
    db_close(world->db);
    assert_int_equal(fs_remove_tree(world->dir, NULL), 0);
    arena_free(&world->arena);
}

int world_setup(void **state)
{
    struct world *world = mem_new(struct world);

    world_open(world);
    *state = world;
    return 0;
}

int world_teardown(void **state)
{
    world_close(*state);
    free(*state);
    return 0;
}

void world_lose_cache(struct world *world)
{
    git_close(world->git);
    assert_int_equal(fs_remove_tree(str_cstr(&world->arena,
                                            str_printf(&world->arena, "%s/cache", world->dir)),
                             NULL),
            0);
    open_git(world);
}

str world_git(struct world *world, const char *where, int status, const char *const *arguments)
{
    const char *argv[32] = {"git", "-c", "protocol.version=2"};
    size_t n = 3;
    str out, said;
    struct error err = {0};
    const char *home = str_cstr(&world->arena, str_printf(&world->arena, "HOME=%s", world->dir));
    const char *path =
            str_cstr(&world->arena, str_printf(&world->arena, "PATH=%s", getenv("PATH")));
    const char *const env[] = {home, path, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A",
            "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=C",
            "GIT_COMMITTER_EMAIL=c@example.com", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", NULL};

    while (*arguments)
        argv[n++] = *arguments++;
    argv[n] = NULL;
    int r = proc_run(&world->arena,
            &(struct proc_options){.argv = argv,
                    .env = env,
                    .cwd = str_cstr(
                            &world->arena, str_printf(&world->arena, "%s/%s", world->dir, where))},
            (str){0}, OUTPUT_MAX, GIT_MS, &out, &said, &err);
    out = str_concat(&world->arena, out, said);
    if (status >= 0 && r != status)
        fail_msg("git %s: %d %s\n%.*s", argv[3], r, err.text, STR_ARG(out));
    return out;
}

void world_write(struct world *world, const char *path, const char *text)
{
    const char *whole =
            str_cstr(&world->arena, str_printf(&world->arena, "%s/%s", world->dir, path));

    assert_int_equal(fs_write_atomic(whole, str_of(text), 0600, NULL), 0);
}

struct lookup {
    const char *name;
    const char *sql;
    str id;
    int64_t count;
};

static int look_up(struct tx *tx, void *arg)
{
    struct lookup *lookup = arg;
    struct git_ref ref;
    const struct db_row *row;
    int r;

    if (lookup->sql) {
        r = db_one(tx, &row, lookup->sql);
        lookup->count = r == 1 ? row_int(row, 0) : -1;
        return r;
    }
    r = git_ref_get(tx, REPOSITORY, str_of(lookup->name), &ref);
    if (r == 1)
        lookup->id = ref.id;
    return r;
}

str world_ref(struct world *world, const char *name)
{
    struct lookup lookup = {.name = name};

    assert_true(db_read(world->db, &world->arena, look_up, &lookup, NULL) >= 0);
    return lookup.id;
}

int64_t world_count(struct world *world, const char *sql)
{
    struct lookup lookup = {.sql = sql};

    assert_true(db_read(world->db, &world->arena, look_up, &lookup, NULL) >= 0);
    return lookup.count;
}
