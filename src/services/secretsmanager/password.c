#include "services/secretsmanager/secret.h"

#include "base/random.h"

enum {
    LENGTH_PRESET = 32,
    SETS = 5,
    ALPHABET_MAX = 128,
};

/* Kinds of characters, and what is left of each. */
struct alphabet {
    struct {
        char chars[ALPHABET_MAX];
        size_t len;
    } sets[SETS];
    size_t sets_len;
    char all[ALPHABET_MAX];
    size_t all_len;
};

static bool is_on(struct opt_bool option)
{
    return option.is_set && option.value;
}

static void add_set(struct alphabet *alphabet, str chars, str excluded)
{
    size_t len = 0;

    for (size_t i = 0; i < chars.len; i++) {
        if (str_find_char(excluded, chars.ptr[i]) >= 0)
            continue;
        alphabet->sets[alphabet->sets_len].chars[len++] = chars.ptr[i];
        alphabet->all[alphabet->all_len++] = chars.ptr[i];
    }
    alphabet->sets[alphabet->sets_len].len = len;
    alphabet->sets_len += len > 0;
}

static struct alphabet alphabet_of(const struct secretsmanager_GetRandomPasswordRequest *in)
{
    struct alphabet alphabet = {0};
    str excluded = in->ExcludeCharacters;

    if (!is_on(in->ExcludeLowercase))
        add_set(&alphabet, STR("abcdefghijklmnopqrstuvwxyz"), excluded);
    if (!is_on(in->ExcludeUppercase))
        add_set(&alphabet, STR("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), excluded);
    if (!is_on(in->ExcludeNumbers))
        add_set(&alphabet, STR("0123456789"), excluded);
    if (!is_on(in->ExcludePunctuation))
        add_set(&alphabet, STR("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), excluded);
    if (is_on(in->IncludeSpace))
        add_set(&alphabet, STR(" "), excluded);
    return alphabet;
}

static void shuffle(char *text, size_t len)
{
    for (size_t i = len; i > 1; i--) {
        size_t k = (size_t)random_below(i);
        char c = text[i - 1];

        text[i - 1] = text[k];
        text[k] = c;
    }
}

int secretsmanager_GetRandomPassword(struct call *call,
        const struct secretsmanager_GetRandomPasswordRequest *in,
        struct secretsmanager_GetRandomPasswordResponse *out)
{
    size_t len = in->PasswordLength.is_set ? (size_t)in->PasswordLength.value : LENGTH_PRESET;
    bool each = !in->RequireEachIncludedType.is_set || in->RequireEachIncludedType.value;
    struct alphabet alphabet = alphabet_of(in);
    char *text = arena_alloc(call->arena, len, 1);
    size_t n = 0;

    if (!alphabet.all_len)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "There are no characters left to make a password of.");
    if (each && len < alphabet.sets_len)
        return call_fail(call, &secretsmanager_InvalidParameterException,
                "Password length %zu is too short based on the required types.", len);
    for (; each && n < alphabet.sets_len; n++)
        text[n] = alphabet.sets[n].chars[random_below(alphabet.sets[n].len)];
    for (; n < len; n++)
        text[n] = alphabet.all[random_below(alphabet.all_len)];
    shuffle(text, len);
    out->RandomPassword = (str){text, len};
    return 0;
}
