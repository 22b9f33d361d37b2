#include "agent/spec.h"

#include "dir.h"
#include "net/tls.h"

#include <openssl/pem.h>
#include <openssl/pkcs7.h>

#define GOOD                                                                                       \
    "{\"DeploymentId\":\"d-ABC\",\"DeploymentGroupId\":\"g-1\",\"DeploymentGroupName\":\"all\","   \
    "\"ApplicationName\":\"web\","                                                                 \
    "\"DeploymentCreator\":\"user\",\"AgentActionOverrides\":{\"AgentOverrides\":{"                \
    "\"FileExistsBehavior\":\"RETAIN\"}},"                                                         \
    "\"Revision\":{\"RevisionType\":\"S3\",\"S3Revision\":{\"Bucket\":\"b\",\"Key\":\"k\","        \
    "\"BundleType\":\"zip\"}}}"

/* Signed by the signer of the authority in `dir`. */
static str sign(const char *dir, str text)
{
    struct tls_signer signer;
    struct error err;
    char *bytes;

    if (tls_ensure_signer(&dir_arena, in_dir(dir), &signer, &err) < 0)
        fail_msg("%s", err.text);
    BIO *key_bio = BIO_new_mem_buf(signer.pem.ptr, (int)signer.pem.len),
        *cert_bio = BIO_new_mem_buf(signer.pem.ptr, (int)signer.pem.len);
    BIO *in = BIO_new_mem_buf(text.ptr, (int)text.len), *out = BIO_new(BIO_s_mem());
    EVP_PKEY *key = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
    X509 *cert = PEM_read_bio_X509(cert_bio, NULL, NULL, NULL);
    PKCS7 *signed_data = PKCS7_sign(cert, key, NULL, in, PKCS7_BINARY);

    assert_non_null(signed_data);
    assert_int_equal(PEM_write_bio_PKCS7(out, signed_data), 1);
    long len = BIO_get_mem_data(out, &bytes);
    str pem = str_dup(&dir_arena, (str){bytes, (size_t)len});
    PKCS7_free(signed_data);
    X509_free(cert);
    EVP_PKEY_free(key);
    BIO_free(in);
    BIO_free(out);
    BIO_free(key_bio);
    BIO_free(cert_bio);
    return pem;
}

static int open_text(const char *text, struct spec *ret, struct error *err)
{
    return spec_open(&dir_arena, STR("PKCS7/JSON"), sign("ours", str_of(text)),
            in_dir("ours/tls/ca.pem"), ret, err);
}

static void a_signed_specification_is_read(void **state)
{
    struct error err = {0};
    struct spec spec;

    (void)state;
    if (open_text(GOOD, &spec, &err) < 0)
        fail_msg("%s", err.text);
    assert_str(spec.deployment_id, "d-ABC");
    assert_str(spec.appspec_file, "appspec.yml");
    assert_str(spec.bucket, "b");
    assert_null(spec.version.ptr);
    assert_int_equal(spec.file_exists, APPSPEC_RETAIN);
}

static void a_foreign_signature_is_refused(void **state)
{
    struct spec spec = {.is_blue_green = true};
    struct error err = {0};

    (void)state;
    sign("ours", STR("x"));
    assert_int_equal(spec_open(&dir_arena, STR("PKCS7/JSON"), sign("theirs", STR(GOOD)),
                             in_dir("ours/tls/ca.pem"), &spec, &err),
            -EBADMSG);
    assert_true(spec.is_blue_green); /* untouched */
    assert_int_equal(spec_open(&dir_arena, STR("TEXT/JSON"), STR(GOOD), in_dir("ours/tls/ca.pem"),
                             &spec, &err),
            -EINVAL);
    assert_int_equal(spec_open(&dir_arena, STR("PKCS7/JSON"), STR(GOOD), in_dir("ours/tls/ca.pem"),
                             &spec, &err),
            -EINVAL);
}

static void a_changed_specification_is_refused(void **state)
{
    str pem = sign("ours", STR(GOOD));
    struct error err = {0};
    struct spec spec;

    (void)state;
    for (size_t at = 40; at + 40 < pem.len; at += 97) {
        char *changed = str_cstr(&dir_arena, pem);
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        if (str_eq(str_of(changed), pem) || pem.ptr[at] == '\n')
            continue;
        if (spec_open(&dir_arena, STR("PKCS7/JSON"), str_of(changed), in_dir("ours/tls/ca.pem"),
                    &spec, &err) == 0)
            assert_str(spec.deployment_id,
                    "d-ABC"); /* a byte of no meaning, such as in the unsigned part */
    }
}

static void names_that_are_no_file_names_are_refused(void **state)
{
    static const char *const groups[] = {"../x", "a/b", ".hidden", ""};
    struct error err = {0};
    struct spec spec;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        str text = str_replace(&dir_arena, STR(GOOD), STR("g-1"), str_of(groups[i]));
        assert_int_equal(open_text(str_cstr(&dir_arena, text), &spec, &err), -EINVAL);
    }
    assert_int_equal(open_text("{}", &spec, &err), -EINVAL);
    assert_int_equal(open_text("[]", &spec, &err), -EINVAL);
    assert_int_equal(open_text("{", &spec, &err), -EINVAL);
    assert_int_equal(open_text(str_cstr(&dir_arena, str_replace(&dir_arena, STR(GOOD),
                                                            STR("\"S3\""), STR("\"GitHub\""))),
                             &spec, &err),
            -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            DIR_TEST(a_signed_specification_is_read),
            DIR_TEST(a_foreign_signature_is_refused),
            DIR_TEST(a_changed_specification_is_refused),
            DIR_TEST(names_that_are_no_file_names_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
