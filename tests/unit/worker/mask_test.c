#include "worker/mask.h"

#include "base/buf.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum {
    ROUNDS = 3000,
    TEXT_MAX = 4096
};

static struct mask *mask_of(str value)
{
    struct mask *mask = NULL;

    assert_int_equal(mask_new((struct str_list){&value, 1, true}, &mask, NULL), 0);
    return mask;
}

static const struct {
    const char *value, *text, *shown;
} cases[] = {
        {"hunter22", "is hunter22, hunter2", "is ***, hunter2"},
        {"hunter22", "hunter22hunter22", "******"},
        {"abab", "xababab", "x***"},
        {"abc", "abc is too short to be hidden", "abc is too short to be hidden"},
        {"a b/c&d", "x=a%20b%2Fc%26d", "x=***"},
        {"a b/c&d", "x=a%20b%2fc%26d", "x=***"},
        {"a b/c&d", "x=a%20b/c%26d", "x=***"},
        {"a b/c&d", "x=a+b%2Fc%26d", "x=***"},
        {"say \"hi\"\\", "{\"k\":\"say \\\"hi\\\"\\\\\"}", "{\"k\":\"***\"}"},
        {"gr\xc3\xbc\xc3\x9f"
         "e \xf0\x9f\x94\x91",
                "gr\\u00fc\\u00dfe \\ud83d\\udd11", "***"},
        {"gr\xc3\xbc\xc3\x9f"
         "e \xf0\x9f\x94\x91",
                "gr\\u00FC\\u00DFe \\uD83D\\uDD11", "***"},
        {"it's mine", "+ echo 'it'\\''s mine'", "+ echo '***'"},
        {"first line\n  second line\r\nend\n", "second line\nfirst line\nsecond\nend",
                "***\n***\nsecond\nend"},
        {"first line\nsecond line", "first line\\nsecond line", "***\\n***"},
        {"hunter22", "aHVudGVyMjI=", "***I="},         /* hunter22 */
        {"hunter22", "eGh1bnRlcjIy", "eG***"},         /* xhunter22 */
        {"hunter22", "eHhodW50ZXIyMg==", "eHh***g=="}, /* xxhunter22 */
        {"hunter22", "aHVu\ndGVy\r\nMjI=\nnext\n", "***I=\nnext\n"},
        {"hunter22", "aHVu\n\ndGVyMjI=", "aHVu\n\ndGVyMjI="}, /* an empty line is no cut */
        {"\xfb\xef\xbe\xff\xfe", "++++//4= ----__4=", "***4= ***4="},
};

static void mask_text_hides_each_form_of_a_value(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct mask *mask = mask_of(str_of(cases[i].value));
        str shown = mask_text(mask, &arena, str_of(cases[i].text));
        if (!str_eq(shown, str_of(cases[i].shown)))
            fail_msg("case %zu: \"%.*s\" instead of \"%s\"", i, STR_ARG(shown), cases[i].shown);
        mask_free(mask);
    }
}

static void mask_of_two_values_hides_what_either_covers(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str values[] = {STR("abcd"), STR("cdefgh"), STR("abcdefgh1234")};
    struct mask *mask = NULL;

    (void)state;
    assert_int_equal(mask_new((struct str_list){values, 3, true}, &mask, NULL), 0);
    str shown = mask_text(mask, &arena, STR("-abcdefgh- -abcdefgh1234- -abcdefgh123-"));
    assert_true(str_eq(shown, STR("-***- -***- -***123-")));
    mask_free(mask);
}

static void mask_stream_holds_back_only_what_may_go_on(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct mask *mask = mask_of(STR("hunter22"));
    struct mask_stream *stream = mask_stream_new(mask);

    (void)state;
    assert_true(str_eq(mask_stream_add(stream, &arena, STR("is hunt")), STR("is ")));
    assert_true(str_eq(mask_stream_add(stream, &arena, STR("ing\nhun")), STR("hunting\n")));
    assert_true(str_eq(mask_stream_add(stream, &arena, STR("ter2")), STR("")));
    assert_true(str_eq(mask_stream_add(stream, &arena, STR("2 hun")), STR("*** ")));
    assert_true(str_eq(mask_stream_flush(stream, &arena), STR("hun")));
    mask_stream_free(stream);
    mask_free(mask);
}

static void mask_refuses_values_beyond_its_limit(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct mask *mask = NULL;
    struct error err;
    size_t len = MASK_MAX_NODES / 4;
    char *bytes = arena_alloc(&arena, len, 1);
    str value = {bytes, len};

    (void)state;
    random_bytes(bytes, len);
    assert_int_equal(mask_new((struct str_list){&value, 1, true}, &mask, &err), -E2BIG);
    assert_null(mask);
}

/* ---- Properties ----------------------------------------------------------------------------- */

static str random_text(struct arena *arena, str alphabet, size_t min, size_t max)
{
    return random_id(arena, STR(""), alphabet, min + random_below(max - min + 1));
}

static str wrapped(struct arena *arena, str text, size_t columns)
{
    struct buf out = buf_make(arena, TEXT_MAX * 4);

    for (size_t i = 0; i < text.len; i++) {
        if (i && i % columns == 0)
            buf_char(&out, '\n');
        buf_char(&out, text.ptr[i]);
    }
    return buf_str(&out);
}

/* What a text looks like with the value in it, and which of its bytes only the value decides. */
struct sample {
    str text;
    size_t from, to; /* counted without line feeds */
};

static struct sample in_some_form(struct arena *arena, str value)
{
    str before = random_text(arena, RANDOM_LOWER, 0, 40), after = STR("#end"), form = value;
    size_t bits_from = before.len * 8, bits_to = (before.len + value.len) * 8;
    str whole = str_concat(arena, str_concat(arena, before, value), after);
    struct buf json = buf_make(arena, TEXT_MAX);

    switch (random_below(5)) {
    case 0:
        break;
    case 1:
        form = percent_encode(arena, value, 0);
        break;
    case 2:
        json_write_str(&json, value);
        form = str_skip(str_head(buf_str(&json), json.len - 1), 1);
        break;
    case 3:
        return (struct sample){base64url_encode(arena, whole), (bits_from + 5) / 6, bits_to / 6};
    default:
        return (struct sample){wrapped(arena, base64_encode(arena, whole), 2 + random_below(80)),
                (bits_from + 5) / 6, bits_to / 6};
    }
    return (struct sample){str_concat(arena, str_concat(arena, before, form), after), before.len,
            before.len + form.len};
}

static str fed_in_pieces(const struct mask *mask, struct arena *arena, str text)
{
    struct mask_stream *stream = mask_stream_new(mask);
    struct buf out = buf_make(arena, TEXT_MAX * 4);

    while (text.len) {
        str piece = str_head(text, 1 + random_below(text.len < 20 ? text.len : 20));
        buf_add(&out, mask_stream_add(stream, arena, piece));
        text = str_skip(text, piece.len);
    }
    buf_add(&out, mask_stream_flush(stream, arena));
    mask_stream_free(stream);
    return buf_str(&out);
}

/* But for one character of base64, which may stand alone at the end of a line. */
static bool is_hidden(struct arena *arena, const struct sample *sample, str shown)
{
    str text = str_replace(arena, sample->text, STR("\n"), STR(""));
    str got = str_replace(arena, shown, STR("\n"), STR(""));
    str tail = str_concat(arena, MASK_SHOWN, str_skip(text, sample->to));

    return str_eq(got, str_concat(arena, str_head(text, sample->from), tail)) ||
           str_eq(got, str_concat(arena, str_head(text, sample->from + 1), tail));
}

static void mask_stream_hides_every_form_however_it_is_cut(void **state)
{
    static const str alphabet = STR_INIT("abcXYZ019 /+?&'\"\\~>\x7f\xc3");

    (void)state;
    random_set_seed(7);
    for (size_t i = 0; i < ROUNDS; i++) {
        AUTO_ARENA struct arena arena = {0};
        str value = str_concat(&arena, STR("Q"), random_text(&arena, alphabet, 6, 200));
        value = str_concat(
                &arena, str_replace(&arena, value, STR("\xc3"), STR("\xc3\xa4")), STR("Z"));
        struct sample sample = in_some_form(&arena, value);
        struct mask *mask = mask_of(value);
        str once = mask_text(mask, &arena, sample.text);
        if (!is_hidden(&arena, &sample, once))
            fail_msg("round %zu: \"%.*s\" shows \"%.*s\" as \"%.*s\"", i, STR_ARG(value),
                    STR_ARG(sample.text), STR_ARG(once));
        assert_true(str_eq(fed_in_pieces(mask, &arena, sample.text), once));
        mask_free(mask);
    }
}

static void mask_stream_keeps_all_that_is_no_secret(void **state)
{
    (void)state;
    random_set_seed(8);
    for (size_t i = 0; i < ROUNDS; i++) {
        AUTO_ARENA struct arena arena = {0};
        struct mask *mask = mask_of(STR("aabbaabbab"));
        str text = random_text(&arena, STR("aabY\r\n"), 1, 400);
        str shown = fed_in_pieces(mask, &arena, text);
        if (str_find(text, STR("aabbaabbab")) < 0)
            assert_true(str_eq(shown, text));
        else
            assert_int_equal(str_find(shown, STR("aabbaabbab")), -1);
        mask_free(mask);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(mask_text_hides_each_form_of_a_value),
            cmocka_unit_test(mask_of_two_values_hides_what_either_covers),
            cmocka_unit_test(mask_stream_holds_back_only_what_may_go_on),
            cmocka_unit_test(mask_refuses_values_beyond_its_limit),
            cmocka_unit_test(mask_stream_hides_every_form_however_it_is_cut),
            cmocka_unit_test(mask_stream_keeps_all_that_is_no_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
