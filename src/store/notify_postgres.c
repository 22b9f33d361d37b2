/*
 * LISTEN and NOTIFY: one connection of its own, on one thread.
 *
 * A notification is "<server> <topic>"; our own are ignored, the committing thread has
 * signalled them. After a lost connection nobody knows what was missed, so the new one
 * begins with a signal to everybody.
 */
#include "store/db_postgres.h"

#include "base/fs.h"
#include "base/random.h"
#include "base/thread.h"
#include "store/notify_internal.h"

#include <poll.h>
#include <sys/eventfd.h>

enum {
    RETRY_FIRST_MS = 100,
    RETRY_MOST_MS = 5000,
};

struct notify_listener {
    struct postgres_db *db;
    str self;
    notify_heard_fn *heard;
    void *arg;
    PGconn *handle; /* NULL: lost */
    int stop;       /* eventfd */
    pthread_t thread;
};

static PGconn *listen_on(struct notify_listener *listener, struct error *err)
{
    PGconn *handle = postgres_connect(listener->db->url, err);
    ExecStatusType status;

    if (!handle)
        return NULL;
    AUTO_RESULT PGresult *result = PQ(exec)(handle, "listen slipway");
    status = PQ(resultStatus)(result);
    if (status == PGRES_COMMAND_OK)
        return handle;
    (void)error_set(err, EIO, "could not listen for changes: %s", PQ(errorMessage)(handle));
    PQ(finish)(handle);
    return NULL;
}

static void hear_one(struct notify_listener *listener, str payload)
{
    str from;

    if (!str_cut(&payload, ' ', &from) || str_eq(from, listener->self))
        return;
    listener->heard(listener->arg, str_eq(payload, STR("*")) ? (str){0} : payload);
}

/* False: the connection is lost. */
static bool hear_all(struct notify_listener *listener)
{
    PGnotify *notification;

    if (!PQ(consumeInput)(listener->handle))
        return false;
    while ((notification = PQ(notifies)(listener->handle))) {
        hear_one(listener, str_of(notification->extra));
        PQ(freemem)(notification);
    }
    return true;
}

/* Waits for input on `fd` (-1: none) up to timeout_ms. False: it is time to stop. */
static bool wait_for_input(struct notify_listener *listener, int fd, int timeout_ms)
{
    struct pollfd fds[] = {{.fd = listener->stop, .events = POLLIN}, {.fd = fd, .events = POLLIN}};

    (void)poll(fds, 2, timeout_ms); /* interrupted: seen as nothing yet */
    return !fds[0].revents;
}

/* Until there is a connection again. False: it is time to stop. */
static bool reconnect(struct notify_listener *listener)
{
    int wait_ms = RETRY_FIRST_MS;

    while (!(listener->handle = listen_on(listener, NULL))) {
        if (!wait_for_input(listener, -1, wait_ms + (int)random_below((uint64_t)wait_ms)))
            return false;
        wait_ms = 2 * wait_ms < RETRY_MOST_MS ? 2 * wait_ms : RETRY_MOST_MS;
    }
    listener->heard(listener->arg, (str){0});
    return true;
}

static void *run_listener(void *arg)
{
    struct notify_listener *listener = arg;

    while (wait_for_input(listener, PQ(socket)(listener->handle), -1)) {
        if (hear_all(listener))
            continue;
        PQ(finish)(listener->handle);
        if (!reconnect(listener))
            break;
    }
    return NULL;
}

int listener_start(struct db *db, str self, notify_heard_fn *heard, void *arg,
        struct notify_listener **ret, struct error *err)
{
    struct notify_listener *listener = mem_new(struct notify_listener);

    listener->db = (struct postgres_db *)db;
    listener->self = self;
    listener->heard = heard;
    listener->arg = arg;
    listener->handle = listen_on(listener, err);
    if (!listener->handle) {
        free(listener);
        return -EIO;
    }
    listener->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (listener->stop < 0) {
        int code = errno;
        PQ(finish)(listener->handle);
        free(listener);
        return error_set(
                err, code, "could not make an event descriptor: %s", strerrordesc_np(code));
    }
    listener->thread = thread_start("notify", run_listener, listener);
    *ret = listener;
    return 0;
}

void listener_stop(struct notify_listener *listener)
{
    if (!listener)
        return;
    (void)eventfd_write(listener->stop, 1); /* the counter cannot be full */
    (void)pthread_join(listener->thread, NULL);
    if (listener->handle)
        PQ(finish)(listener->handle);
    fd_close(&listener->stop);
    free(listener);
}

void listener_tell(struct tx *tx, str self, str topic)
{
    const struct db_row *row;
    int r;

    if (topic.len > NOTIFY_CHANNEL_MAX || !str_is_utf8(topic) || str_find_char(topic, '\0') >= 0)
        topic = STR("*");
    r = db_one(tx, &row, "select pg_notify('slipway', $1)",
            str_printf(tx->arena, "%.*s %.*s", STR_ARG(self), STR_ARG(topic)));
    if (r < 0)
        tx->connection->failed = r;
}
