#include "base/library.h"

#include <dlfcn.h>

static int load(struct library *library, struct error *err)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);

    if (!handle)
        return error_set(err, ENOENT, "%s could not be loaded (package %s): %s", library->file,
                library->package, dlerror());
    for (size_t i = 0; i < library->symbols_len; i++) {
        const struct library_symbol *symbol = &library->symbols[i];
        void *function = dlsym(handle, symbol->name);

        if (!function) {
            (void)dlclose(handle);
            return error_set(err, ENOENT, "%s of this version has no %s (package %s)",
                    library->file, symbol->name, library->package);
        }
        memcpy(symbol->to, &function, sizeof(function));
    }
    return library->init ? library->init(err) : 0;
}

int library_load(struct library *library, struct error *err)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&library->lock);
    int r = 0;

    (void)lock;
    if (!library->is_loaded)
        r = load(library, err);
    library->is_loaded = r >= 0;
    return r;
}
