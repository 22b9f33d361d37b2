/* dir - a directory for one test, and files in it */
#pragma once

#include "unit.h"

#include "base/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena dir_arena;
static char dir_path[64];

__attribute__((unused)) static int dir_open(void **state)
{
    struct error err;

    (void)state;
    snprintf(dir_path, sizeof(dir_path), "/tmp/slipway-agent-XXXXXX");
    if (fs_temp_dir(dir_path, &err) < 0)
        fail_msg("%s", err.text);
    return 0;
}

__attribute__((unused)) static int dir_close(void **state)
{
    (void)state;
    arena_free(&dir_arena);
    return fs_remove_tree(dir_path, NULL);
}

/* The path of a name in the directory. */
__attribute__((unused)) static const char *in_dir(const char *name)
{
    return str_printf(&dir_arena, "%s/%s", dir_path, name).ptr;
}

__attribute__((unused)) static void put_file(const char *name, const char *text, mode_t mode)
{
    str path = str_of(in_dir(name));
    struct error err;

    if (fs_make_dirs(str_cstr(&dir_arena, str_head(path, (size_t)str_rfind_char(path, '/'))), 0755,
                &err) < 0 ||
            fs_write_atomic(path.ptr, str_of(text), mode, &err) < 0)
        fail_msg("%s", err.text);
}

__attribute__((unused)) static str get_file(const char *name)
{
    struct error err;
    str text;

    if (fs_read(&dir_arena, in_dir(name), 1 << 20, &text, &err) < 0)
        fail_msg("%s", err.text);
    return text;
}

#define DIR_TEST(fn) cmocka_unit_test_setup_teardown(fn, dir_open, dir_close)
