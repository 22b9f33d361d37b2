#include "cmd/cmd.h"

#include "agent/agent.h"
#include "worker/local.h"
#include "worker/worker.h"

#include <jansson.h>
#include <malloc.h>
#include <openssl/crypto.h>

static const char usage[] =
        "usage: slipway COMMAND ...\n"
        "\n"
        "  serve  --data DIR [--listen HOST:PORT] [--tls auto|off|CERT,KEY] [--ssh HOST:PORT|off]\n"
        "         [--account-id N] [--region R] [--database sqlite|postgres://...]\n"
        "         [--blobs DIR|s3://...] [--workers N] [--rotation-hooks FILE] [--verbose]\n"
        "                          run the server\n"
        "  env    --data DIR       print shell lines: endpoint, CA bundle, credentials, region\n"
        "  aws    --data DIR ...   run the aws CLI against the server\n"
        "  worker --endpoint URL ...  run builds for a server on this host\n"
        "  agent  --endpoint URL ...  run a deployment agent on this host\n"
        "  build  [DIR]            run a buildspec here and now, without a server\n"
        "  admin  account create|list|delete --data DIR [--id N]\n"
        "         backup  --data DIR --to DEST [--blobs-only]   also while the server runs\n"
        "         restore --from SRC --data DIR                 into an empty directory\n"
        "         fsck    --data DIR                            rows against blobs, and seals\n"
        "  policy explain --data DIR EVENT-ID   why a call was denied, and what would allow it\n"
        "         suggest --data DIR --role ARN|--user ARN [--since TIME]\n"
        "                          the least policy that covers what it did\n"
        "  version\n"
        "  help\n";

static int print_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("slipway " SLIPWAY_VERSION);
    return 0;
}

static int print_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    fputs(usage, stdout);
    return 0;
}

static const struct {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
} commands[] = {
        {"serve", cmd_serve},
        {"env", cmd_env},
        {"aws", cmd_aws},
        {"agent", agent_main},
        {"worker", worker_main},
        {"build", worker_build_main},
        {"admin", cmd_admin},
        {"policy", cmd_policy},
        {"version", print_version},
        {"--version", print_version},
        {"help", print_help},
        {"--help", print_help},
        {"-h", print_help},
};

int cmd_usage_error(const char *command, const struct error *err)
{
    fprintf(stderr, "slipway: %s: %s (see \"slipway help\")\n", command, err->text);
    return 2;
}

int cmd_fatal(const struct error *err)
{
    fprintf(stderr, "slipway: %s\n", err->text);
    return 2;
}

static void free_wiped(void *ptr)
{
    if (ptr)
        mem_wipe(ptr, malloc_usable_size(ptr));
    free(ptr);
}

static void *crypto_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return malloc(size);
}

static void crypto_free(void *ptr, const char *file, int line)
{
    (void)file;
    (void)line;
    free_wiped(ptr);
}

/* Not realloc(), which may leave a copy. */
static void *crypto_realloc(void *ptr, size_t size, const char *file, int line)
{
    size_t before = ptr ? malloc_usable_size(ptr) : 0;
    void *moved;

    if (size <= before && size)
        return ptr;
    moved = size ? malloc(size) : NULL;
    if (moved && before)
        memcpy(moved, ptr, before);
    if (moved || !size)
        crypto_free(ptr, file, line);
    return moved;
}

/* Documents and keys pass through memory of jansson and OpenSSL, which do not wipe all of it. */
static void wipe_what_libraries_free(void)
{
    json_set_alloc_funcs(malloc, free_wiped);
    (void)CRYPTO_set_mem_functions(
            crypto_malloc, crypto_realloc, crypto_free); /* nothing is allocated yet */
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs(usage, stderr);
        return 2;
    }
    wipe_what_libraries_free();
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "slipway: unknown command \"%s\" (see \"slipway help\")\n", argv[1]);
    return 2;
}
