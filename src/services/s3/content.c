/*
 * content - the headers, metadata and tags that come with an object
 */
#include "base/codec.h"
#include "services/s3/object.h"

enum {
    HEADERS_MAX = 16384,
    TAGGING_MAX = 8192
};

/* "aws-chunked" was of the transfer, not of the object. */
static str stored_encoding(struct call *call, str encoding)
{
    struct buf out = buf_make(call->arena, HEADERS_MAX);
    str piece;

    while (encoding.ptr && str_next(&encoding, ',', &piece)) {
        piece = str_trim(piece);
        if (!piece.len || str_eq_nocase(piece, STR("aws-chunked")))
            continue;
        if (out.len)
            buf_char(&out, ',');
        buf_add(&out, piece);
    }
    return out.len ? buf_str(&out) : (str){0};
}

static str print_headers(struct call *call, const struct content_headers *headers)
{
    struct buf out = buf_make(call->arena, HEADERS_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("Cache-Control"), headers->cache_control);
    json_write_member(&out, STR("Content-Disposition"), headers->disposition);
    json_write_member(&out, STR("Content-Encoding"), stored_encoding(call, headers->encoding));
    json_write_member(&out, STR("Content-Language"), headers->language);
    json_write_member(&out, STR("Expires"), headers->expires);
    if (out.len == 1)
        return (str){0};
    buf_char(&out, '}');
    return buf_str(&out);
}

/* A header that came twice counts as one, its values joined. */
static bool join_values(
        struct call *call, const struct s3_Metadata *metadata, size_t i, str *ret_value)
{
    *ret_value = metadata->items[i].value.ptr ? metadata->items[i].value : STR("");
    for (size_t j = 0; j < metadata->len; j++) {
        if (j == i || !str_eq(metadata->items[j].key, metadata->items[i].key))
            continue;
        if (j < i)
            return false;
        *ret_value = str_printf(
                call->arena, "%.*s,%.*s", STR_ARG(*ret_value), STR_ARG(metadata->items[j].value));
    }
    return true;
}

static int print_metadata(struct call *call, const struct s3_Metadata *metadata, str *ret)
{
    struct buf out = buf_make(call->arena, 8 * S3_MAX_METADATA);
    size_t total = 0;

    *ret = (str){0};
    for (size_t i = 0; i < metadata->len; i++)
        total += metadata->items[i].key.len + metadata->items[i].value.len;
    if (total > S3_MAX_METADATA)
        return call_fail(call, &s3_MetadataTooLarge,
                "Your metadata headers exceed the maximum allowed metadata size");
    if (!metadata->len)
        return 0;
    buf_char(&out, '{');
    for (size_t i = 0; i < metadata->len; i++) {
        str value;

        if (join_values(call, metadata, i, &value))
            json_write_member(&out, metadata->items[i].key, value);
    }
    buf_char(&out, '}');
    *ret = buf_str(&out);
    return 0;
}

/* "a=b&c=d", as x-amz-tagging has it. */
static int parse_tagging(struct call *call, str text, str *ret)
{
    struct s3_TagSet tags = {0};
    struct str_list pairs;

    *ret = (str){0};
    if (!text.len)
        return 0;
    if (text.len > TAGGING_MAX)
        return call_fail(call, &s3_InvalidArgument, "The header 'x-amz-tagging' is too long");
    pairs = str_split(call->arena, text, '&');
    tags.items = arena_array(call->arena, pairs.len, struct s3_Tag);
    for (size_t i = 0; i < pairs.len; i++) {
        struct s3_Tag *tag = &tags.items[tags.len++];
        str value = pairs.items[i], name;

        if (!str_cut(&value, '=', &name)) {
            name = value;
            value = STR("");
        }
        if (percent_decode(call->arena, name, PERCENT_PLUS, &tag->Key) < 0 ||
                percent_decode(call->arena, value, PERCENT_PLUS, &tag->Value) < 0 ||
                !str_is_utf8(tag->Key) || !str_is_utf8(tag->Value))
            return call_fail(call, &s3_InvalidArgument,
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL "
                    "query parameters without tag name duplicates.");
    }
    return tags_to_json(call, &tags, S3_MAX_OBJECT_TAGS, ret);
}

int content_make(struct call *call, str content_type, const struct content_headers *headers,
        const struct s3_Metadata *metadata, str tagging, struct content *ret)
{
    int r;

    ret->content_type = content_type.ptr ? content_type : STR("binary/octet-stream");
    ret->headers = print_headers(call, headers);
    r = print_metadata(call, metadata, &ret->metadata);
    return r < 0 ? r : parse_tagging(call, tagging, &ret->tags);
}

int content_headers(struct call *call, str json, struct content_headers *ret)
{
    AUTO_JSON json_t *object = NULL;
    int r = json_of_column(call, json, &object);

    *ret = (struct content_headers){0};
    if (r < 0)
        return r;
    ret->cache_control = str_dup(call->arena, json_member_str(object, "Cache-Control"));
    ret->disposition = str_dup(call->arena, json_member_str(object, "Content-Disposition"));
    ret->encoding = str_dup(call->arena, json_member_str(object, "Content-Encoding"));
    ret->language = str_dup(call->arena, json_member_str(object, "Content-Language"));
    ret->expires = str_dup(call->arena, json_member_str(object, "Expires"));
    return 0;
}

int content_metadata(struct call *call, str json, struct s3_Metadata *ret)
{
    AUTO_JSON json_t *object = NULL;
    const char *name;
    json_t *value;
    int r = json_of_column(call, json, &object);

    *ret = (struct s3_Metadata){0};
    if (r < 0 || !object)
        return r;
    ret->items = arena_array(call->arena, json_object_size(object), struct s3_Metadata_entry);
    ret->is_set = true;
    json_object_foreach(object, name, value)
    {
        ret->items[ret->len++] = (struct s3_Metadata_entry){
                .key = str_dup(call->arena, str_of(name)),
                .value = str_dup(call->arena, json_str(value)),
        };
    }
    return 0;
}
