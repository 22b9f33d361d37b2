/* The small parsers that stand in many places: base/codec.h, base/clock.h, api/call.h, git/refname.h. What is
 * taken and written again is the same. */
#include "api/call.h"
#include "base/clock.h"
#include "base/codec.h"
#include "git/refname.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void same(str a, str b)
{
    if (!str_eq(a, b))
        abort();
}

static void codecs(struct arena *arena, str text)
{
    str bytes, again;

    if (hex_decode(arena, text, &bytes) == 0)
        same(hex_encode(arena, bytes), text);
    if (base32_decode(arena, text, &bytes) == 0)
        same(base32_encode(arena, bytes), text);
    if (base64_decode(arena, text, &bytes) == 0 &&
            base64_decode(arena, base64_encode(arena, bytes), &again) == 0)
        same(bytes, again);
    if (base64url_decode(arena, text, &bytes) == 0 &&
            base64url_decode(arena, base64url_encode(arena, bytes), &again) == 0)
        same(bytes, again);
    if (percent_decode(arena, text, PERCENT_PLUS, &bytes) == 0)
        same(bytes, percent_decode_leniently(arena, text, PERCENT_PLUS));
    if (percent_decode(arena, percent_encode(arena, text, 0), 0, &bytes) < 0)
        abort();
    same(bytes, text);
}

static void times(struct arena *arena, str text)
{
    int64_t ms, again;

    if (time_parse_basic(text, &ms) == 0 &&
            (time_parse_basic(time_basic(arena, ms), &again) < 0 || again != ms))
        abort();
    if (time_parse_iso8601(text, &ms) == 0)
        (void)time_iso8601(arena, ms);
    if (time_parse_http(text, &ms) == 0)
        (void)time_http(arena, ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    str text = {(const char *)data, len};
    struct arn arn;
    int64_t number;
    uint64_t size;

    codecs(&arena, text);
    times(&arena, text);
    (void)!str_to_i64(text, &number);
    (void)!hex_to_u64(text, &size);
    if (arn_parse(text, &arn) == 0 && arn.resource.len > len)
        abort();
    if (refname_is_valid(text) && !str_is_utf8(text))
        abort();
    (void)refname_is_valid_short(text);
    return 0;
}
