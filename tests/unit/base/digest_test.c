#include "unit.h"
#include "base/digest.h"
#include "base/codec.h"

static str digest_hex(struct arena *arena, enum digest_kind kind, str bytes, size_t step)
{
    AUTO_DIGEST struct digest digest;

    digest_init(&digest, kind);
    for (; bytes.len > step; bytes = str_skip(bytes, step))
        digest_add(&digest, str_head(bytes, step));
    digest_add(&digest, bytes);
    return hex_encode(arena, digest_final(&digest, arena));
}

static void digests_have_their_published_values(void **state)
{
    static const struct {
        enum digest_kind kind;
        const char *of_digits; /* of "123456789" */
        const char *of_nothing;
    } cases[] = {
            {DIGEST_MD5, "25f9e794323b453885f5181f1b624d0b", "d41d8cd98f00b204e9800998ecf8427e"},
            {DIGEST_SHA1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
                    "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
            {DIGEST_SHA256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
            {DIGEST_CRC32, "cbf43926", "00000000"},
            {DIGEST_CRC32C, "e3069283", "00000000"},
            {DIGEST_CRC64NVME, "ae8b14860a799888", "0000000000000000"},
    };
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t step = 1; step < 10; step++)
            assert_str(
                    digest_hex(&arena, cases[i].kind, STR("123456789"), step), cases[i].of_digits);
        assert_str(digest_hex(&arena, cases[i].kind, STR(""), 1), cases[i].of_nothing);
    }
}

static void crcs_are_the_same_in_pieces_of_any_length(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char bytes[300];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7);
    for (int kind = DIGEST_CRC32; kind <= DIGEST_CRC64NVME; kind++) {
        str s = {bytes, sizeof(bytes)}, whole = digest_hex(&arena, (enum digest_kind)kind, s, 300);
        for (size_t step = 1; step < 40; step++)
            assert_true(str_eq(digest_hex(&arena, (enum digest_kind)kind, s, step), whole));
    }
}

static void crc32c_has_the_vectors_of_rfc_3720(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    char bytes[32];

    (void)state;
    memset(bytes, 0, sizeof(bytes));
    assert_str(digest_hex(&arena, DIGEST_CRC32C, (str){bytes, 32}, 32), "8a9136aa");
    memset(bytes, 0xFF, sizeof(bytes));
    assert_str(digest_hex(&arena, DIGEST_CRC32C, (str){bytes, 32}, 32), "62a8ab43");
}

static void hmac_has_the_vectors_of_rfc_4231(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    unsigned char mac[SHA256_LEN];
    char long_key[131];

    (void)state;
    hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"), mac);
    assert_str(hex_encode(&arena, (str){(char *)mac, SHA256_LEN}),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(long_key, 0xAA, sizeof(long_key));
    hmac_sha256((str){long_key, sizeof(long_key)},
            STR("Test Using Larger Than Block-Size Key - Hash Key First"), mac);
    assert_str(hex_encode(&arena, (str){(char *)mac, SHA256_LEN}),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void one_shot_and_running_sha256_agree(void **state)
{
    AUTO_ARENA struct arena arena = {0};

    (void)state;
    assert_true(str_eq(
            sha256_hex(&arena, STR("abc")), digest_hex(&arena, DIGEST_SHA256, STR("abc"), 1)));
    assert_true(str_eq(sha256_hex(&arena, (str){0}), sha256_hex(&arena, STR(""))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(digests_have_their_published_values),
            cmocka_unit_test(crcs_are_the_same_in_pieces_of_any_length),
            cmocka_unit_test(crc32c_has_the_vectors_of_rfc_3720),
            cmocka_unit_test(hmac_has_the_vectors_of_rfc_4231),
            cmocka_unit_test(one_shot_and_running_sha256_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
