/*
 * replay - a fuzz target without a fuzzer: runs it on the files given, or on every file of
 * the directories given. A target that finds a fault aborts.
 *
 *     build/tests/fuzz/fuzz_push tests/fuzz/seeds/push
 */
#include "base/fs.h"

#include <dirent.h>
#include <sys/stat.h>

enum {
    REPLAY_MAX_INPUT = 16 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static size_t replay_file(const char *path)
{
    AUTO_ARENA struct arena arena = {0};
    struct error err;
    str bytes;

    if (fs_read(&arena, path, REPLAY_MAX_INPUT, &bytes, &err) < 0) {
        fprintf(stderr, "replay: %s\n", err.text);
        exit(1);
    }
    /* A heap copy of exactly this length, so that the address sanitizer sees its end. */
    uint8_t *copy = mem_alloc(bytes.len, 1);
    memcpy(copy, bytes.ptr, bytes.len);
    (void)LLVMFuzzerTestOneInput(copy, bytes.len); /* always 0 */
    free(copy);
    return 1;
}

static size_t replay_dir(const char *path, DIR *dir)
{
    AUTO_ARENA struct arena arena = {0};
    const struct dirent *entry;
    size_t count = 0;

    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            count +=
                    replay_file(str_cstr(&arena, str_printf(&arena, "%s/%s", path, entry->d_name)));
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;

    for (int i = 1; i < argc; i++) {
        DIR *dir = opendir(argv[i]);
        count += dir ? replay_dir(argv[i], dir) : replay_file(argv[i]);
        if (dir)
            (void)closedir(dir);
    }
    printf("%zu inputs\n", count);
    return count ? 0 : 1; /* no seeds: the test would show nothing */
}
