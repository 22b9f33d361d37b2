#include "unit.h"
#include "base/thread.h"

#include <signal.h>

struct box {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int value;
    char name[16];
    bool blocks_term;
};

static void *fill_box(void *arg)
{
    struct box *box = arg;
    sigset_t mask;
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&box->lock);

    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    box->blocks_term = sigismember(&mask, SIGTERM) == 1;
    pthread_getname_np(pthread_self(), box->name, sizeof(box->name));
    box->value = 7;
    pthread_cond_signal(&box->changed);
    return NULL;
}

static void cond_wait_wakes_when_signalled(void **state)
{
    struct box box = {.lock = PTHREAD_MUTEX_INITIALIZER};
    sigset_t before, after;
    pthread_t thread;

    (void)state;
    cond_init(&box.changed);
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    (void)mutex_lock(&box.lock);
    thread = thread_start("a-name-that-is-too-long", fill_box, &box);
    while (box.value == 0)
        assert_true(cond_wait(&box.changed, &box.lock, 60000));
    pthread_mutex_unlock(&box.lock);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(box.value, 7);
    assert_true(box.blocks_term);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_int_equal(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
    pthread_cond_destroy(&box.changed);
}

static void cond_wait_says_when_the_time_is_over(void **state)
{
    struct box box = {.lock = PTHREAD_MUTEX_INITIALIZER};

    (void)state;
    cond_init(&box.changed);
    (void)mutex_lock(&box.lock);
    assert_false(cond_wait(&box.changed, &box.lock, 0));
    assert_false(cond_wait(&box.changed, &box.lock, 1));
    pthread_mutex_unlock(&box.lock);
    pthread_cond_destroy(&box.changed);
}

static void a_lock_unlocks_itself_at_the_end_of_its_block(void **state)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

    (void)state;
    {
        AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&mutex);
        assert_int_equal(pthread_mutex_trylock(&mutex), EBUSY);
    }
    assert_int_equal(pthread_mutex_trylock(&mutex), 0);
    pthread_mutex_unlock(&mutex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(cond_wait_wakes_when_signalled),
            cmocka_unit_test(cond_wait_says_when_the_time_is_over),
            cmocka_unit_test(a_lock_unlocks_itself_at_the_end_of_its_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
