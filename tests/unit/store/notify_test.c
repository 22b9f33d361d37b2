#include "base/thread.h"
#include "store/notify.h"
#include "world.h"

static struct error err;

/* Counts signals; lets a test wait for one. */
struct bell {
    pthread_mutex_t lock;
    pthread_cond_t rung;
    int count;
};

static void bell_init(struct bell *bell)
{
    memset(bell, 0, sizeof(*bell));
    pthread_mutex_init(&bell->lock, NULL);
    cond_init(&bell->rung);
}

static void ring(void *arg)
{
    struct bell *bell = arg;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&bell->lock);

    (void)lock;
    bell->count++;
    pthread_cond_broadcast(&bell->rung);
}

/* Fails if it does not ring in a minute. */
static void wait_for(struct bell *bell, int count)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&bell->lock);

    while (bell->count < count)
        if (!cond_wait(&bell->rung, lock, 60000))
            break;
    if (bell->count < count)
        fail_msg("no signal came");
}

static struct notify *open_notify(struct world *world)
{
    struct notify *notify = NULL;

    world_check(notify_open(world->db, &notify, &err), &err);
    return notify;
}

struct change {
    struct notify *notify;
    str topic;
    int result;
};

static int change_fn(struct tx *tx, void *arg)
{
    struct change *change = arg;

    notify_add(change->notify, tx, change->topic);
    return change->result;
}

static int change(struct world *world, struct notify *notify, str topic, int result)
{
    return db_write(
            world->db, &world->arena, change_fn, &(struct change){notify, topic, result}, &err);
}

static void notify_signals_its_topic_after_the_commit(void **state)
{
    struct notify *notify = open_notify(*state);
    struct bell one, two, other;
    struct notify_subscription *subscriptions[3];

    bell_init(&one);
    bell_init(&two);
    bell_init(&other);
    subscriptions[0] = notify_subscribe(notify, STR("a"), ring, &one);
    subscriptions[1] = notify_subscribe(notify, STR("a"), ring, &two);
    subscriptions[2] = notify_subscribe(notify, STR("b"), ring, &other);
    assert_int_equal(change(*state, notify, STR("a"), -EPERM), -EPERM);
    assert_int_equal(one.count, 0);
    assert_int_equal(change(*state, notify, STR("a"), 0), 0);
    assert_int_equal(one.count, 1);
    assert_int_equal(two.count, 1);
    assert_int_equal(other.count, 0);
    notify_unsubscribe(subscriptions[0]);
    assert_int_equal(change(*state, notify, STR("a"), 0), 0);
    assert_int_equal(one.count, 1);
    assert_int_equal(two.count, 2);
    notify_unsubscribe(subscriptions[1]);
    notify_signal(notify, STR("a"));
    notify_signal(notify, STR("b"));
    assert_int_equal(two.count, 2);
    assert_int_equal(other.count, 1);
    notify_unsubscribe(subscriptions[2]);
    notify_close(notify);
}

static void *signal_all(void *arg)
{
    for (int i = 0; i < 3000; i++)
        notify_signal(arg, STR("a"));
    return NULL;
}

static void count_up(void *arg)
{
    __atomic_fetch_add((int *)arg, 1, __ATOMIC_SEQ_CST);
}

static void notify_unsubscribe_waits_for_calls_under_way(void **state)
{
    struct notify *notify = open_notify(*state);
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        threads[i] = thread_start("signal", signal_all, notify);
    for (int i = 0; i < 2000; i++) {
        int *count = mem_new(int), *more = mem_new(int); /* freed at once: a late call is seen */
        struct notify_subscription *a = notify_subscribe(notify, STR("a"), count_up, count);
        struct notify_subscription *b = notify_subscribe(notify, STR("a"), count_up, more);
        notify_unsubscribe(a);
        free(count);
        notify_unsubscribe(b);
        free(more);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    notify_close(notify);
}

static void notify_reaches_other_servers(void **state)
{
    struct world *world = *state;
    struct notify *here, *there;
    struct notify_subscription *subscription, *odd;
    struct bell bell, odd_bell;
    str out;

    if (world->engine != DB_POSTGRES)
        return; /* SQLite has one server */
    here = open_notify(world);
    there = open_notify(world);
    bell_init(&bell);
    bell_init(&odd_bell);
    subscription = notify_subscribe(there, STR("host/1 x"), ring, &bell);
    odd = notify_subscribe(there, STR("\xff"), ring, &odd_bell);
    assert_int_equal(change(world, here, STR("host/1 x"), 0), 0);
    wait_for(&bell, 1);
    assert_int_equal(odd_bell.count, 0);
    assert_int_equal(change(world, here, STR("\xff"), 0), 0); /* cannot travel: all are told */
    wait_for(&odd_bell, 1);
    wait_for(&bell, 2);

    /* A lost connection: everybody is told to look. */
    assert_int_equal(world_postgres_command(&world->arena, "stop", &out), 0);
    assert_int_equal(world_postgres_command(&world->arena, "start", &out), 0);
    wait_for(&bell, 3);
    assert_int_equal(change(world, here, STR("host/1 x"), 0), 0);
    wait_for(&bell, 4);
    notify_unsubscribe(subscription);
    notify_unsubscribe(odd);
    notify_close(here);
    notify_close(there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            WORLD_TEST(notify_signals_its_topic_after_the_commit),
            WORLD_TEST(notify_unsubscribe_waits_for_calls_under_way),
            WORLD_TEST(notify_reaches_other_servers),
    };

    return world_run("notify", tests, sizeof(tests) / sizeof(tests[0]));
}
