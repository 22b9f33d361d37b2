#include "services/iam/totp.h"

#include "base/digest.h"

enum {
    MODULUS = 1000000, /* of TOTP_DIGITS digits */
};

int64_t totp_step(int64_t now)
{
    return now / TOTP_STEP_MS;
}

void totp_code(str seed, int64_t step, char ret[TOTP_DIGITS])
{
    unsigned char counter[8], mac[SHA1_LEN], *at;
    uint32_t value;

    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    hmac_sha1(seed, (str){(const char *)counter, sizeof(counter)}, mac);
    at = mac + (mac[SHA1_LEN - 1] & 15); /* RFC 4226, 5.3 */
    value = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    value %= MODULUS;
    for (int i = TOTP_DIGITS - 1; i >= 0; i--, value /= 10)
        ret[i] = (char)('0' + value % 10);
    mem_wipe(mac, sizeof(mac));
}

static bool is_code(str seed, int64_t step, str code)
{
    char right[TOTP_DIGITS];
    bool is_right;

    totp_code(seed, step, right);
    is_right = str_eq_secret((str){right, TOTP_DIGITS}, code);
    mem_wipe(right, sizeof(right));
    return is_right;
}

int64_t totp_find(str seed, str code, int64_t now, int64_t drift, int64_t last)
{
    for (int64_t step = now + drift - TOTP_NEAR; step <= now + drift + TOTP_NEAR; step++)
        if (step > last && is_code(seed, step, code))
            return step;
    return 0;
}

int64_t totp_find_two(str seed, str first, str second, int64_t now, int64_t last)
{
    for (int64_t step = now - TOTP_FAR; step <= now + TOTP_FAR; step++)
        if (step - 1 > last && is_code(seed, step - 1, first) && is_code(seed, step, second))
            return step;
    return 0;
}

int64_t totp_drift(int64_t step, int64_t now)
{
    int64_t drift = step - now;

    return drift < -TOTP_SLOW || drift > TOTP_SLOW ? drift : 0;
}
