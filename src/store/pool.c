#include "store/db_internal.h"

#include "base/thread.h"

struct pool {
    struct db *db;
    pool_open_fn *open;
    pool_close_fn *close;
    pthread_mutex_t lock;
    pthread_cond_t given;
    struct db_connection *idle;
    unsigned len; /* open or being opened */
    unsigned max;
};

struct pool *pool_new(struct db *db, unsigned max, pool_open_fn *open, pool_close_fn *close)
{
    struct pool *pool = mem_new(struct pool);

    pool->db = db;
    pool->max = max;
    pool->open = open;
    pool->close = close;
    pthread_mutex_init(&pool->lock, NULL);
    cond_init(&pool->given);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pool_drop_idle(pool);
    pthread_cond_destroy(&pool->given);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

/* An idle connection, or NULL and the right to open one. */
static struct db_connection *take_idle(struct pool *pool)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&pool->lock);
    struct db_connection *connection;

    while (!pool->idle && pool->len == pool->max)
        (void)cond_wait(&pool->given, lock, -1);
    connection = pool->idle;
    if (connection)
        pool->idle = connection->next;
    else
        pool->len++;
    return connection;
}

static void forget_one(struct pool *pool)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&pool->lock);

    (void)lock;
    pool->len--;
    pthread_cond_signal(&pool->given);
}

struct db_connection *pool_take(struct pool *pool, struct error *err)
{
    struct db_connection *connection = take_idle(pool);

    if (!connection)
        connection = pool->open(pool->db, err);
    if (!connection)
        forget_one(pool);
    return connection;
}

void pool_give(struct pool *pool, struct db_connection *connection)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&pool->lock);

    (void)lock;
    connection->next = pool->idle;
    pool->idle = connection;
    pthread_cond_signal(&pool->given);
}

void pool_drop(struct pool *pool, struct db_connection *connection)
{
    pool->close(connection);
    forget_one(pool);
}

static struct db_connection *take_all_idle(struct pool *pool)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&pool->lock);
    struct db_connection *all = pool->idle;

    (void)lock;
    pool->idle = NULL;
    return all;
}

void pool_drop_idle(struct pool *pool)
{
    struct db_connection *connection = take_all_idle(pool);

    while (connection) {
        struct db_connection *next = connection->next;
        pool_drop(pool, connection);
        connection = next;
    }
}
