/* main - the slipway program: finds the command named by the first argument */
#include "base/str.h"
#include "worker/local.h"

enum {
    EXIT_USAGE = 2
};

static int print_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("slipway %s\n", SLIPWAY_VERSION);
    return 0;
}

static int print_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("usage: slipway COMMAND\n"
         "\n"
         "  build     run a buildspec here and now, without a server\n"
         "  version   print the version\n"
         "  help      print this text");
    return 0;
}

static const struct {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
} commands[] = {
        {"build", worker_build_main},
        {"version", print_version},
        {"--version", print_version},
        {"help", print_help},
        {"--help", print_help},
};

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (str_eq(str_of(name), str_of(commands[i].name)))
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "slipway: no command \"%s\"; try \"slipway help\"\n", name);
    return EXIT_USAGE;
}
