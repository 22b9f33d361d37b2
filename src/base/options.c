#include "base/options.h"

static const struct option_spec *find_option(
        const struct option_spec *options, size_t len, str name)
{
    for (size_t i = 0; i < len; i++)
        if (str_eq(str_of(options[i].name), name))
            return &options[i];
    return NULL;
}

/* Handles argv[*at], which begins with "--"; moves *at over a separate value. */
static int take_option(int argc, char **argv, int *at, const struct option_spec *options,
        size_t len, struct error *err)
{
    str name = str_skip(str_of(argv[*at]), 2), value = {0}, head;
    const struct option_spec *option;

    if (str_cut(&name, '=', &head)) {
        value = name;
        name = head;
    }
    option = find_option(options, len, name);
    if (!option)
        return error_set(err, EINVAL, "unknown option \"--%.*s\"", STR_ARG(name));
    if (option->flag) {
        if (value.ptr)
            return error_set(err, EINVAL, "option --%s takes no value", option->name);
        *option->flag = true;
        return 0;
    }
    if (!value.ptr) {
        if (*at + 1 >= argc)
            return error_set(err, EINVAL, "option --%s needs a value", option->name);
        value = str_of(argv[++*at]);
    }
    *option->value = value.ptr; /* the end of an argv string: NUL-terminated */
    return 0;
}

int options_parse(int argc, char **argv, const struct option_spec *options, size_t len,
        struct option_words *words, struct error *err)
{
    bool only_words = false;

    for (int i = 0; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
            continue;
        }
        if (!only_words && str_starts(str_of(argv[i]), STR("--"))) {
            int r = take_option(argc, argv, &i, options, len, err);
            if (r < 0)
                return r;
            continue;
        }
        if (words->len == words->max)
            return error_set(err, EINVAL, "unexpected argument \"%s\"", argv[i]);
        words->items[words->len++] = argv[i];
    }
    return 0;
}
