/*
 * A subscription stays in its topic's list while its callback runs, so that a signal
 * may drop the lock for the call and walk on from there; unsubscribing marks it and
 * waits until nobody runs it.
 */
#include "store/notify.h"

#include "base/map.h"
#include "base/random.h"
#include "base/thread.h"
#include "store/notify_internal.h"

struct notify_subscription {
    struct notify_subscription *next;
    struct notify *notify;
    struct topic *topic;
    notify_fn *fn;
    void *arg;
    unsigned running; /* calls under way */
    bool is_over;     /* being unsubscribed: not called any more */
};

struct topic {
    struct notify_subscription *first;
    size_t len;
    char name[];
};

struct notify {
    struct db *db;
    struct notify_listener *listener; /* NULL on SQLite: there are no other servers */
    struct arena arena;
    str self; /* tells our own signals from those of others */
    pthread_mutex_t lock;
    pthread_cond_t returned; /* a callback ended */
    struct map topics;       /* name -> struct topic */
};

/* ---- Signals ---------------------------------------------------------------------- */

/* Calls one subscriber without the lock. Returns the next in the list. */
static struct notify_subscription *call_one(
        struct notify *notify, struct notify_subscription *subscription)
{
    if (subscription->is_over)
        return subscription->next;
    subscription->running++;
    pthread_mutex_unlock(&notify->lock);
    subscription->fn(subscription->arg);
    pthread_mutex_lock(&notify->lock);
    subscription->running--;
    if (subscription->is_over)
        pthread_cond_broadcast(&notify->returned);
    return subscription->next; /* still listed: whoever unlinks it needs the lock */
}

void notify_signal(struct notify *notify, str topic_name)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&notify->lock);
    struct topic *topic = map_get(&notify->topics, topic_name);
    struct notify_subscription *next = topic ? topic->first : NULL;

    (void)lock;
    while (next)
        next = call_one(notify, next);
}

static struct str_list topic_names(struct notify *notify, struct arena *arena)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&notify->lock);
    struct str_list names = {.items = arena_array(arena, notify->topics.len, str)};
    size_t pos = 0;
    str name;
    void *topic;

    (void)lock;
    while (map_next(&notify->topics, &pos, &name, &topic))
        names.items[names.len++] = str_dup(arena, name);
    return names;
}

void notify_signal_all(void *notify)
{
    AUTO_ARENA struct arena scratch = {0};
    struct str_list names = topic_names(notify, &scratch);

    for (size_t i = 0; i < names.len; i++)
        notify_signal(notify, names.items[i]);
}

static void hear(void *arg, str topic)
{
    if (topic.ptr)
        notify_signal(arg, topic);
    else
        notify_signal_all(arg);
}

struct signal {
    struct notify *notify;
    str topic;
};

static void signal_hook(void *arg)
{
    struct signal *signal = arg;

    notify_signal(signal->notify, signal->topic);
}

void notify_add(struct notify *notify, struct tx *tx, str topic)
{
    struct signal *signal = arena_new(tx->arena, struct signal);

    *signal = (struct signal){notify, str_dup(tx->arena, topic)};
    tx_on_commit(tx, signal_hook, signal);
    if (notify->listener)
        listener_tell(tx, notify->self, topic);
}

/* ---- Subscriptions ---------------------------------------------------------------- */

static struct topic *topic_for(struct notify *notify, str name)
{
    struct topic *topic = map_get(&notify->topics, name);

    if (topic)
        return topic;
    topic = mem_alloc(1, sizeof(*topic) + name.len + 1);
    topic->len = name.len;
    if (name.len)
        memcpy(topic->name, name.ptr, name.len);
    (void)map_put(&notify->topics, name, topic); /* there was none */
    return topic;
}

struct notify_subscription *notify_subscribe(
        struct notify *notify, str topic_name, notify_fn *fn, void *arg)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&notify->lock);
    struct notify_subscription *subscription = mem_new(struct notify_subscription);

    (void)lock;
    subscription->notify = notify;
    subscription->topic = topic_for(notify, topic_name);
    subscription->fn = fn;
    subscription->arg = arg;
    subscription->next = subscription->topic->first;
    subscription->topic->first = subscription;
    return subscription;
}

void notify_unsubscribe(struct notify_subscription *subscription)
{
    struct notify *notify = subscription->notify;
    struct topic *topic = subscription->topic;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&notify->lock);
    struct notify_subscription **at = &topic->first;

    subscription->is_over = true;
    while (subscription->running)
        (void)cond_wait(&notify->returned, lock, -1);
    while (*at != subscription)
        at = &(*at)->next;
    *at = subscription->next;
    free(subscription);
    if (!topic->first) {
        (void)map_remove(&notify->topics, (str){topic->name, topic->len}); /* it is `topic` */
        free(topic);
    }
}

/* ---- Life cycle ------------------------------------------------------------------- */

int notify_open(struct db *db, struct notify **ret, struct error *err)
{
    struct notify *notify = mem_new(struct notify);
    int r = 0;

    notify->db = db;
    notify->self = random_uuid(&notify->arena);
    pthread_mutex_init(&notify->lock, NULL);
    cond_init(&notify->returned);
    if (db_engine(db) == DB_POSTGRES)
        r = listener_start(db, notify->self, hear, notify, &notify->listener, err);
    if (r < 0) {
        notify_close(notify);
        return r;
    }
    *ret = notify;
    return 0;
}

void notify_close(struct notify *notify)
{
    if (!notify)
        return;
    listener_stop(notify->listener);
    map_done(&notify->topics); /* all have unsubscribed */
    arena_free(&notify->arena);
    pthread_cond_destroy(&notify->returned);
    pthread_mutex_destroy(&notify->lock);
    free(notify);
}
