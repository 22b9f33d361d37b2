#include <sys/stat.h>

#include "base/codec.h"
#include "base/fs.h"
#include "net/aws_private.h"
#include "net/sigv4_private.h"

enum {
    AWS_HASH_BLOCK = 65536
};

static const int64_t AWS_MAX_PUT = 5LL << 30; /* S3's limit for one PUT */

struct file {
    int fd;
    off_t start;
};

static int write_file(void *arg, str bytes)
{
    return fd_write_all(((struct file *)arg)->fd, bytes, NULL);
}

static ssize_t read_file(void *arg, void *ptr, size_t len)
{
    return fd_read_full(((struct file *)arg)->fd, ptr, len, NULL);
}

static int rewind_file(void *arg, struct error *err)
{
    const struct file *file = arg;

    if (lseek(file->fd, file->start, SEEK_SET) < 0)
        return error_set(err, errno, "could not start the transfer again: %m");
    return 0;
}

static int empty_file(void *arg, struct error *err)
{
    const struct file *file = arg;

    if (ftruncate(file->fd, file->start) < 0)
        return error_set(err, errno, "could not start the transfer again: %m");
    return rewind_file(arg, err);
}

static str object_path(struct arena *arena, str bucket, str key)
{
    str escaped = percent_encode(arena, key, PERCENT_KEEP_SLASH);

    return str_printf(arena, "/%.*s/%.*s", STR_ARG(bucket), STR_ARG(escaped));
}

int aws_s3_get_file(struct aws *aws, struct arena *arena, str bucket, str key, str version, int fd,
        str *ret_etag, struct error *err)
{
    struct file file = {fd, lseek(fd, 0, SEEK_CUR)};
    struct http_response response;
    struct aws_request req = {
            .service = STR("s3"),
            .method = STR("GET"),
            .path = object_path(arena, bucket, key),
            .payload_hash = SIGV4_EMPTY_HASH,
            .write = write_file,
            .rewind = empty_file,
            .arg = &file,
    };
    str escaped;
    int r;

    if (version.ptr) {
        escaped = percent_encode(arena, version, 0);
        req.query = str_printf(arena, "versionId=%.*s", STR_ARG(escaped));
    }
    r = aws_send(aws, arena, &req, &response, err);
    if (r == -EREMOTEIO && aws->status == 404)
        return -ENOENT; /* *err says which of bucket, key and version */
    if (r < 0)
        return r;
    if (ret_etag)
        *ret_etag = http_response_header(&response, STR("etag"));
    return 0;
}

static int hash_file(struct arena *arena, const struct file *file, str *ret, struct error *err)
{
    AUTO_DIGEST struct digest digest = {0};
    char *block = arena_alloc(arena, AWS_HASH_BLOCK, 1);
    ssize_t n;

    digest_init(&digest, DIGEST_SHA256);
    while ((n = fd_read_full(file->fd, block, AWS_HASH_BLOCK, err)) > 0)
        digest_add(&digest, (str){block, (size_t)n});
    if (n < 0)
        return (int)n;
    *ret = hex_encode(arena, digest_final(&digest, arena));
    return 0;
}

int aws_s3_put_file(struct aws *aws, struct arena *arena, const struct aws_object *object, int fd,
        struct error *err)
{
    struct file file = {fd, lseek(fd, 0, SEEK_CUR)};
    struct http_response response;
    struct aws_request req = {
            .service = STR("s3"),
            .method = STR("PUT"),
            .path = object_path(arena, object->bucket, object->key),
            .content_type = object->content_type,
            .kms_key = object->kms_key,
            .read = read_file,
            .rewind = rewind_file,
            .arg = &file,
    };
    struct stat st;
    int r;

    if (file.start < 0 || fstat(fd, &st) < 0)
        return error_set(err, errno, "could not read the file to upload: %m");
    req.body_len = st.st_size - file.start;
    if (req.body_len > AWS_MAX_PUT)
        return error_set(err, EFBIG, "a file of %lld bytes is too large for one upload",
                (long long)req.body_len);
    r = hash_file(arena, &file, &req.payload_hash, err);
    if (r == 0)
        r = rewind_file(&file, err);
    return r < 0 ? r : aws_send(aws, arena, &req, &response, err);
}
