/*
 * bare_httpd - the peer of the API figures: libmicrohttpd and nothing else
 *
 *     bare_httpd BYTES TYPE
 *
 * Listens on a free port of 127.0.0.1, prints it, and answers every request with BYTES bytes of
 * content type TYPE, on an epoll pool set up as the one of src/net/httpd.c. It ends with its
 * standard input.
 */
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    IO_THREADS = 2,
    POOL_BYTES = 20 * 1024,
    IDLE_SECONDS = 75,
    MAX_CONNECTIONS = 20000,
    MAX_BYTES = 1 << 20,
};

struct answer {
    char *bytes;
    size_t len;
    const char *type;
};

static enum MHD_Result answer(void *arg, struct MHD_Connection *mhd, const char *url,
        const char *method, const char *version, const char *upload, size_t *upload_len,
        void **state)
{
    static int seen;
    const struct answer *a = arg;
    struct MHD_Response *response;
    enum MHD_Result r;

    (void)url, (void)method, (void)version, (void)upload;
    if (!*state) { /* the headers are here */
        *state = &seen;
        return MHD_YES;
    }
    if (*upload_len > 0) {
        *upload_len = 0;
        return MHD_YES;
    }
    response = MHD_create_response_from_buffer(a->len, a->bytes, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    (void)MHD_add_response_header(response, "Content-Type", a->type);
    r = MHD_queue_response(mhd, 200, response);
    MHD_destroy_response(response);
    return r;
}

int main(int argc, char **argv)
{
    struct sockaddr_in at = {
            .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = 0};
    struct answer a = {.type = argc > 2 ? argv[2] : "text/plain"};
    unsigned long bytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    const union MHD_DaemonInfo *info;
    struct MHD_Daemon *daemon;
    char byte;

    if (argc != 3 || bytes > MAX_BYTES) {
        fprintf(stderr, "usage: bare_httpd BYTES TYPE\n");
        return 2;
    }
    a.len = bytes;
    a.bytes = malloc(bytes + 1);
    if (!a.bytes)
        return 1;
    memset(a.bytes, 'x', bytes);
    daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME, 0, NULL, NULL,
            answer, &a, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_THREAD_POOL_SIZE,
            (unsigned)IO_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    if (!daemon) {
        fprintf(stderr, "bare_httpd: could not start\n");
        return 1;
    }
    info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    printf("%u\n", info ? info->port : 0);
    (void)fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    MHD_stop_daemon(daemon);
    free(a.bytes);
    return 0;
}
