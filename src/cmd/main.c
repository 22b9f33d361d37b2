/* main - the slipway program: finds the command named by the first argument */
#include "base/str.h"

enum {
    EXIT_USAGE = 2
};

static int print_version(void)
{
    printf("slipway %s\n", SLIPWAY_VERSION);
    return 0;
}

static int print_help(void)
{
    puts("usage: slipway COMMAND\n"
         "\n"
         "  version   print the version\n"
         "  help      print this text");
    return 0;
}

static const struct {
    const char *name;
    int (*run)(void);
} commands[] = {
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
            return commands[i].run();
    fprintf(stderr, "slipway: no command \"%s\"; try \"slipway help\"\n", name);
    return EXIT_USAGE;
}
