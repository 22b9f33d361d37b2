#include "base/clock.h"
#include "base/codec.h"
#include "base/fs.h"
#include "base/random.h"
#include "store/gcm.h"
#include "store/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <cmocka.h>

static struct error err;
static char dir[64];
static char path[96];

static int set_up(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/slipway-seal-XXXXXX");
    if (fs_temp_dir(dir, &err) < 0)
        return -1;
    snprintf(path, sizeof(path), "%s/master.key", dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return fs_remove_tree(dir, &err);
}

static struct seal *open_seal(void)
{
    struct seal *seal = NULL;

    if (seal_open(path, &seal, &err) < 0)
        fail_msg("%s", err.text);
    return seal;
}

static void seal_opens_what_it_sealed_also_after_a_restart(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct seal *seal = open_seal();
    str sealed = seal_bytes(seal, &arena, STR("iam.key/A"), STR("secret")), plain;
    str empty = seal_bytes(seal, &arena, STR("x"), STR("")), again;

    (void)state;
    assert_int_equal(sealed.len, 6 + SEAL_OVERHEAD);
    again = seal_bytes(seal, &arena, STR("iam.key/A"), STR("secret"));
    assert_false(str_eq(sealed, again));
    seal_close(seal);
    seal = open_seal();
    assert_int_equal(seal_unseal(seal, &arena, STR("iam.key/A"), sealed, &plain, &err), 0);
    assert_true(str_eq(plain, STR("secret")));
    assert_int_equal(seal_unseal(seal, &arena, STR("x"), empty, &plain, &err), 0);
    assert_int_equal(plain.len, 0);
    assert_non_null(plain.ptr);
    seal_close(seal);
}

static void seal_refuses_changed_bytes_and_other_contexts(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct seal *seal = open_seal();
    str sealed = seal_bytes(seal, &arena, STR("iam.key/A"), STR("secret"));
    str plain = {0};

    (void)state;
    assert_int_equal(seal_unseal(seal, &arena, STR("iam.key/B"), sealed, &plain, &err), -EBADMSG);
    assert_int_equal(seal_unseal(seal, &arena, STR("sts.key/A"), sealed, &plain, &err), -EBADMSG);
    for (size_t i = 0; i < sealed.len; i++) {
        str cut = str_dup(&arena, str_head(sealed, i));
        char *changed = (char *)str_dup(&arena, sealed).ptr;
        changed[i] ^= 1;
        assert_int_equal(seal_unseal(seal, &arena, STR("iam.key/A"), cut, &plain, &err), -EBADMSG);
        assert_int_equal(seal_unseal(seal, &arena, STR("iam.key/A"), (str){changed, sealed.len},
                                 &plain, &err),
                -EBADMSG);
    }
    assert_null(plain.ptr);
    seal_close(seal);
}

static void seal_of_another_master_key_does_not_open(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct seal *seal = open_seal();
    str sealed = seal_bytes(seal, &arena, STR("a"), STR("secret")), plain;
    unsigned char one[SEAL_KEY_LEN], same[SEAL_KEY_LEN], two[SEAL_KEY_LEN];

    (void)state;
    seal_derive(seal, STR("tokens"), one);
    seal_derive(seal, STR("tokens"), same);
    seal_derive(seal, STR("tokens2"), two);
    assert_memory_equal(one, same, SEAL_KEY_LEN);
    assert_memory_not_equal(one, two, SEAL_KEY_LEN);
    seal_close(seal);
    assert_int_equal(unlink(path), 0);
    seal = open_seal();
    seal_derive(seal, STR("tokens"), two);
    assert_memory_not_equal(one, two, SEAL_KEY_LEN);
    assert_int_equal(seal_unseal(seal, &arena, STR("a"), sealed, &plain, &err), -EBADMSG);
    seal_close(seal);
}

static void seal_open_guards_the_key_file(void **state)
{
    struct seal *seal = open_seal();
    struct stat st;

    (void)state;
    seal_close(seal);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, 65);
    assert_int_equal(chmod(path, 0640), 0);
    seal = NULL;
    assert_int_equal(seal_open(path, &seal, &err), -EPERM);
    assert_int_equal(fs_write_atomic(path, STR("0123\n"), 0600, &err), 0);
    assert_int_equal(seal_open(path, &seal, &err), -EINVAL);
    assert_null(seal);
    assert_int_equal(seal_open("/nowhere/key", &seal, &err), -ENOENT);
}

/* McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16. */
static void gcm_matches_the_published_vector(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    str key, nonce, aad, plain, sealed;
    unsigned char out[60 + GCM_TAG_LEN], back[60];

    (void)state;
#define HEX(text, ret) assert_int_equal(hex_decode(&arena, STR(text), &(ret)), 0)
    HEX("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", key);
    HEX("cafebabefacedbaddecaf888", nonce);
    HEX("feedfacedeadbeeffeedfacedeadbeefabaddad2", aad);
    HEX("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e24"
        "49a6b525b16aedf5aa0de657ba637b39",
            plain);
    HEX("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
        "56828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
            sealed);
    seal_gcm_encrypt(
            (const unsigned char *)key.ptr, (const unsigned char *)nonce.ptr, aad, plain, out);
    assert_memory_equal(out, sealed.ptr, sealed.len);
    assert_int_equal(seal_gcm_decrypt((const unsigned char *)key.ptr,
                             (const unsigned char *)nonce.ptr, aad, sealed, back),
            0);
    assert_memory_equal(back, plain.ptr, plain.len);
    out[3] ^= 4;
    assert_int_equal(
            seal_gcm_decrypt((const unsigned char *)key.ptr, (const unsigned char *)nonce.ptr, aad,
                    (str){(char *)out, sealed.len}, back),
            -EBADMSG);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            T(seal_opens_what_it_sealed_also_after_a_restart),
            T(seal_refuses_changed_bytes_and_other_contexts),
            T(seal_of_another_master_key_does_not_open),
            T(seal_open_guards_the_key_file),
            T(gcm_matches_the_published_vector),
    };

    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
