#include "worker/upload.h"

#include "base/codec.h"
#include "base/digest.h"
#include "base/fs.h"

#include <fcntl.h>

enum {
    READ_SIZE = 64 << 10
};

static str without_slashes(str s)
{
    while (str_starts(s, STR("/")))
        s = str_skip(s, 1);
    while (str_ends(s, STR("/")))
        s = str_head(s, s.len - 1);
    return s;
}

static str join(struct arena *arena, str a, str b)
{
    if (!a.len || !b.len)
        return a.len ? a : b;
    return str_printf(arena, "%.*s/%.*s", STR_ARG(a), STR_ARG(b));
}

str upload_key(
        struct arena *arena, const struct job *job, const struct job_artifact *artifact, str name)
{
    str key = without_slashes(artifact->path), id = job->id, project;

    if (artifact->key.len)
        return artifact->key;
    if (!artifact->override_name || !name.len)
        name = artifact->name.len ? artifact->name : job->project;
    if (artifact->by_build_id)
        key = join(arena, key, str_cut(&id, ':', &project) ? id : job->id);
    return join(arena, key, without_slashes(name));
}

static int digest_file(
        struct arena *arena, int fd, enum digest_kind kind, str *ret, struct error *err)
{
    AUTO_DIGEST struct digest digest = {0};
    char bytes[READ_SIZE];
    ssize_t n;

    if (lseek(fd, 0, SEEK_SET) < 0)
        return error_set(err, errno, "could not read the artifact again: %m");
    digest_init(&digest, kind);
    while ((n = fd_read_full(fd, bytes, sizeof(bytes), err)) > 0)
        digest_add(&digest, (str){bytes, (size_t)n});
    if (n < 0)
        return (int)n;
    *ret = hex_encode(arena, digest_final(&digest, arena));
    return 0;
}

static int upload_zip(struct arena *arena, struct aws *aws, const struct job_artifact *artifact,
        str key, const struct artifact_files *files, const char *work_dir,
        struct uploaded *uploaded, struct error *err)
{
    AUTO_CLOSE int fd = open(work_dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not make a temporary file: %m");
    if ((r = artifacts_zip(files, fd, err)) < 0 ||
            (r = digest_file(arena, fd, DIGEST_SHA256, &uploaded->sha256, err)) < 0 ||
            (r = digest_file(arena, fd, DIGEST_MD5, &uploaded->md5, err)) < 0)
        return r;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return error_set(err, errno, "could not read the artifact again: %m");
    return aws_s3_put_file(aws, arena,
            &(struct aws_object){.bucket = artifact->bucket,
                    .key = key,
                    .kms_key = artifact->kms_key,
                    .content_type = STR("application/zip")},
            fd, err);
}

static int upload_files(struct aws *aws, const struct job_artifact *artifact, str prefix,
        const struct artifact_files *files, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    int r = 0;

    for (size_t i = 0; r == 0 && i < files->len; i++) {
        AUTO_CLOSE int fd = -1;
        if (files->items[i].is_link)
            return error_set(err, EINVAL, "links can only be kept in a ZIP: use packaging ZIP");
        fd = artifacts_open(files, &files->items[i], err);
        if (fd < 0)
            return fd;
        r = aws_s3_put_file(aws, &scratch,
                &(struct aws_object){.bucket = artifact->bucket,
                        .key = join(&scratch, prefix, files->items[i].name),
                        .kms_key = artifact->kms_key},
                fd, err);
        arena_reset(&scratch);
    }
    return r;
}

int upload_artifact(struct arena *arena, struct aws *aws, const struct job *job,
        const struct job_artifact *artifact, str name, const struct artifact_files *files,
        const char *work_dir, struct uploaded *ret, struct error *err)
{
    str key = upload_key(arena, job, artifact, name);
    struct uploaded uploaded = {.identifier = artifact->identifier,
            .location = str_printf(
                    arena, "arn:aws:s3:::%.*s/%.*s", STR_ARG(artifact->bucket), STR_ARG(key))};
    int r = artifact->as_zip
                    ? upload_zip(arena, aws, artifact, key, files, work_dir, &uploaded, err)
                    : upload_files(aws, artifact, key, files, err);

    if (r == 0)
        *ret = uploaded;
    return r;
}
