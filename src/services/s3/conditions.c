/*
 * conditions - If-Match, Range and so on. Source: RFC 9110, and "GetObject" of the S3 API
 * reference for what wins when several are sent.
 */
#include "services/s3/object.h"

str quoted(struct call *call, str etag)
{
    return str_printf(call->arena, "\"%.*s\"", STR_ARG(etag));
}

/* A list of tags, each perhaps weak and perhaps without its quotes; or "*". */
static bool has_etag(str list, str etag)
{
    str piece;

    while (list.ptr && str_next(&list, ',', &piece)) {
        piece = str_trim(piece);
        (void)str_take_prefix(&piece, STR("W/"));
        if (piece.len >= 2 && piece.ptr[0] == '"' && piece.ptr[piece.len - 1] == '"')
            piece = (str){piece.ptr + 1, piece.len - 2};
        if (str_eq(piece, STR("*")) || str_eq(piece, etag))
            return true;
    }
    return false;
}

static int failed(struct call *call)
{
    return call_fail(call, &s3_PreconditionFailed,
            "At least one of the pre-conditions you specified did not hold");
}

static int not_modified(struct call *call, const struct object *object, bool is_copy)
{
    if (is_copy)
        return failed(call);
    call_set_header(call, STR("ETag"), quoted(call, object->etag));
    return call_fail(call, &s3_NotModified, "Not Modified");
}

int check_conditions(
        struct call *call, const struct object *object, const struct conditions *conditions)
{
    const int64_t modified = object->modified / 1000; /* HTTP has seconds */

    if (conditions->if_match.ptr) {
        if (!has_etag(conditions->if_match, object->etag))
            return failed(call);
    } else if (conditions->if_unmodified.is_set && modified > conditions->if_unmodified.ms / 1000) {
        return failed(call);
    }
    if (conditions->if_none_match.ptr) {
        if (has_etag(conditions->if_none_match, object->etag))
            return not_modified(call, object, conditions->is_copy);
    } else if (conditions->if_modified.is_set && modified <= conditions->if_modified.ms / 1000) {
        return not_modified(call, object, conditions->is_copy);
    }
    return 0;
}

int check_write_conditions(struct call *call, str bucket, str key, str if_match, str if_none_match)
{
    struct object latest = {0};
    bool is_there;
    int r;

    if (!if_match.ptr && !if_none_match.ptr)
        return 0;
    if (if_match.ptr && if_none_match.ptr)
        return refuse_header(call, if_none_match);
    if (if_none_match.ptr && !str_eq(str_trim(if_none_match), STR("*")))
        return refuse_header(call, if_none_match);
    r = object_latest(call, bucket, key, &latest);
    if (r < 0)
        return r;
    is_there = r > 0 && !latest.is_marker;
    if (if_none_match.ptr)
        return is_there ? failed(call) : 0;
    if (!is_there)
        return call_fail(call, &s3_NoSuchKey, "The specified key does not exist.");
    return has_etag(if_match, latest.etag) ? 0 : failed(call);
}

/* ---- Range ------------------------------------------------------------------------- */

static bool parse_number(str text, int64_t *ret)
{
    return text.len && text.ptr[0] != '-' && str_to_i64(text, ret) == 0;
}

/* "bytes=a-b", "bytes=a-", "bytes=-n"; *ret_last -1: to the end, *ret_first -1: a suffix. */
static bool read_range(str range, int64_t *ret_first, int64_t *ret_last)
{
    str first;

    range = str_trim(range);
    if (!str_take_prefix(&range, STR("bytes=")) || !str_cut(&range, '-', &first))
        return false;
    first = str_trim(first);
    range = str_trim(range);
    *ret_first = *ret_last = -1;
    if (first.len && !parse_number(first, ret_first))
        return false;
    if (range.len && !parse_number(range, ret_last))
        return false;
    if (!first.len && !range.len)
        return false;
    return *ret_first < 0 || *ret_last < 0 || *ret_first <= *ret_last;
}

int parse_range(struct call *call, str range, int64_t size, int64_t *ret_at, int64_t *ret_end)
{
    int64_t first, last;

    if (!range.ptr || !read_range(range, &first, &last))
        return 0;
    if (first < 0) {
        first = last < size ? size - last : 0;
        if (last == 0)
            first = size;
        last = size - 1;
    }
    if (first >= size) {
        call_set_header(call, STR("Content-Range"),
                str_printf(call->arena, "bytes */%lld", (long long)size));
        return call_fail(call, &s3_InvalidRange, "The requested range is not satisfiable");
    }
    *ret_at = first;
    *ret_end = last < 0 || last >= size ? size : last + 1;
    return 1;
}
