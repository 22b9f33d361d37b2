#include "services/codepipeline/provider.h"

#include "base/libarchive.h"

/* Deploy S3: the artifact as one object, or (Extract) each file of its zip as one. */

enum {
    READ_BYTES = 65536
};

static int check(struct call *call, const struct codepipeline_ActionDeclaration *a)
{
    static const char *const unsupported[] = {"CannedACL", "KMSEncryptionKeyARN", "CacheControl"};
    str extract = configuration_get(&a->configuration, "Extract");

    for (size_t i = 0; i < sizeof(unsupported) / sizeof(*unsupported); i++)
        if (configuration_get(&a->configuration, unsupported[i]).ptr)
            return configuration_fail(
                    call, a, unsupported[i], "it is not supported by this version of Slipway");
    if (!str_eq(extract, STR("true")) && !str_eq(extract, STR("false")))
        return configuration_fail(call, a, "Extract", "it must be true or false");
    if (str_eq(extract, STR("false")) && !configuration_get(&a->configuration, "ObjectKey").len)
        return configuration_fail(call, a, "ObjectKey", "it is required when Extract is false");
    return 0;
}

static int open_artifact(struct work *work)
{
    struct run *run = &work->run;
    const struct codepipeline_S3Location *from = run_input(run, 0);
    struct call_failure why;
    int r = s3_open_object(run->call, &run->role, from->bucket, from->key, (str){0}, &work->info,
            &work->reader, &why);

    if (r != CALL_FAILED)
        return r;
    work->outcome = outcome_s3(run->call->arena, from->bucket, &why);
    return 0;
}

static ssize_t read_object(void *arg, int64_t offset, void *ptr, size_t len, struct error *err)
{
    return s3_read(arg, offset, ptr, len, err);
}

/* ---- Extract --------------------------------------------------------------------------- */

/* An archive over the artifact's bytes. */
struct unzip {
    struct work *work;
    struct archive *archive;
    int64_t at;    /* in the artifact */
    int64_t total; /* bytes given out */
    struct error err;
    char buffer[READ_BYTES];
};

static la_ssize_t read_zip(struct archive *archive, void *arg, const void **ret)
{
    struct unzip *x = arg;
    ssize_t n = s3_read(x->work->reader, x->at, x->buffer, sizeof(x->buffer), &x->err);

    if (n < 0) {
        libarchive.set_error(archive, EIO, "%s", x->err.text);
        return ARCHIVE_FATAL;
    }
    x->at += n;
    *ret = x->buffer;
    return n;
}

static la_int64_t seek_zip(struct archive *archive, void *arg, la_int64_t offset, int whence)
{
    struct unzip *x = arg;
    int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? x->at : x->work->info.size;

    (void)archive;
    if (base + offset < 0 || base + offset > x->work->info.size)
        return ARCHIVE_FATAL;
    x->at = base + offset;
    return x->at;
}

static ssize_t read_entry(void *arg, int64_t offset, void *ptr, size_t len, struct error *err)
{
    struct unzip *x = arg;
    la_ssize_t n = libarchive.read_data(x->archive, ptr, len);

    (void)offset;
    if (n < 0)
        return error_set(err, EBADMSG, "%s", libarchive.error_string(x->archive));
    x->total += n;
    if (x->total > WORK_MAX_BYTES)
        return error_set(
                err, EFBIG, "its files are larger than %lld bytes", (long long)WORK_MAX_BYTES);
    return n;
}

static int take_entry(struct unzip *x, struct archive_entry *entry, struct error *err)
{
    struct work *work = x->work;
    struct arena *arena = work->run.call->arena;
    str prefix = run_configuration(&work->run, "ObjectKey");
    str name = str_of(libarchive.entry_pathname(entry));
    struct work_object *object;

    if (libarchive.entry_filetype(entry) != AE_IFREG || !name.len)
        return 0;
    while (prefix.len && prefix.ptr[prefix.len - 1] == '/')
        prefix.len--;
    object = work_add(work, run_configuration(&work->run, "BucketName"),
            prefix.len ? str_printf(arena, "%.*s/%.*s", STR_ARG(prefix), STR_ARG(name))
                       : str_dup(arena, name));
    return object ? work_take(work, read_entry, x, WORK_MAX_BYTES, object, err) : 0;
}

static int extract(struct unzip *x, struct error *err)
{
    struct archive_entry *entry;
    int r = 0, got = ARCHIVE_OK;

    if (libarchive.read_support_format_zip(x->archive) != ARCHIVE_OK ||
            libarchive.read_set_read_callback(x->archive, read_zip) != ARCHIVE_OK ||
            libarchive.read_set_seek_callback(x->archive, seek_zip) != ARCHIVE_OK ||
            libarchive.read_set_callback_data(x->archive, x) != ARCHIVE_OK ||
            libarchive.read_open1(x->archive) != ARCHIVE_OK)
        return error_set(err, EBADMSG, "%s", libarchive.error_string(x->archive));
    while (r == 0 && !x->work->outcome.status.ptr &&
            (got = libarchive.read_next_header(x->archive, &entry)) == ARCHIVE_OK)
        r = take_entry(x, entry, err);
    if (r == 0 && got != ARCHIVE_OK && got != ARCHIVE_EOF)
        return error_set(err, EBADMSG, "%s", libarchive.error_string(x->archive));
    return r;
}

static int extract_all(struct work *work, struct error *err)
{
    struct unzip *x = arena_new(work->run.call->arena, struct unzip);
    int r = libarchive_load(err);

    if (r < 0)
        return r;
    x->work = work;
    x->archive = libarchive.read_new();
    if (!x->archive)
        return error_set(err, ENOMEM, "out of memory");
    r = extract(x, err);
    libarchive.read_free(x->archive);
    if (x->err.text[0]) { /* the store's fault, not the archive's */
        *err = x->err;
        return -EIO;
    }
    if (r != -EBADMSG && r != -EFBIG)
        return r;
    work->outcome = outcome_failed("ConfigurationError",
            str_printf(work->run.call->arena, "The artifact %.*s could not be extracted: %s",
                    STR_ARG(work->run.as->inputArtifacts.items[0].name), err->text));
    return 0;
}

static int fetch(struct work *work, struct error *err)
{
    struct run *run = &work->run;
    struct work_object *object;

    if (str_eq(run_configuration(run, "Extract"), STR("true")))
        return extract_all(work, err);
    object = work_add(
            work, run_configuration(run, "BucketName"), run_configuration(run, "ObjectKey"));
    object->blob.content_type = work->info.content_type;
    return work_take(work, read_object, work->reader, WORK_MAX_BYTES, object, err);
}

const struct provider provider_s3_deploy = {
        .category = "Deploy",
        .name = "S3",
        .keys = {{"BucketName", true}, {"Extract", true}, {"ObjectKey", false},
                {"CannedACL", false}, {"KMSEncryptionKeyARN", false}, {"CacheControl", false}},
        .min_inputs = 1,
        .max_inputs = 1,
        .check = check,
        .open = open_artifact,
        .fetch = fetch,
};
