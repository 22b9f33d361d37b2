/*
 * The deployment specification: what a host is to install, signed.
 *
 * JSON in a PKCS7 SignedData (PEM, attached, signer's certificate inside, SHA-256 and RSA),
 * as the public agents read it. The signer's certificate is issued by the server's own
 * authority, which our agent verifies; it is made when the first specification is asked for.
 */
#include "services/codedeploy/deployment.h"

#include "net/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>

enum {
    SPECIFICATION_MAX = 65536
};

static void write_revision(struct buf *out, const struct codedeploy_S3Location *s3)
{
    json_write_key(out, STR("Revision"));
    buf_add(out, STR("{\"RevisionType\":\"S3\",\"S3Revision\":{"));
    json_write_member(out, STR("Bucket"), s3->bucket);
    json_write_member(out, STR("Key"), s3->key);
    json_write_member(out, STR("BundleType"), s3->bundleType);
    json_write_member(out, STR("Version"), s3->version);
    json_write_member(out, STR("ETag"), s3->eTag);
    buf_add(out, STR("}}"));
}

static str specification(struct call *call, const struct deployment *d)
{
    struct buf out = buf_make(call->arena, SPECIFICATION_MAX);

    buf_char(&out, '{');
    json_write_member(&out, STR("DeploymentId"), d->id);
    json_write_member(&out, STR("DeploymentGroupId"), d->group_id);
    json_write_member(&out, STR("DeploymentGroupName"), d->info->deploymentGroupName);
    json_write_member(&out, STR("ApplicationName"), d->info->applicationName);
    json_write_member(&out, STR("DeploymentCreator"), d->info->creator);
    json_write_member(&out, STR("DeploymentType"), STR("IN_PLACE"));
    json_write_key(&out, STR("AgentActionOverrides"));
    buf_add(&out, STR("{\"AgentOverrides\":{"));
    json_write_member(&out, STR("FileExistsBehavior"), d->info->fileExistsBehavior);
    buf_add(&out, STR("}}"));
    write_revision(&out, d->info->revision->s3Location);
    buf_char(&out, '}');
    return buf_str(&out);
}

static int sign(
        struct arena *arena, str text, const struct tls_signer *signer, str *ret, struct error *err)
{
    BIO *key_bio = BIO_new_mem_buf(signer->pem.ptr, (int)signer->pem.len),
        *cert_bio = BIO_new_mem_buf(signer->pem.ptr, (int)signer->pem.len);
    BIO *in = BIO_new_mem_buf(text.ptr, (int)text.len), *out = BIO_new(BIO_s_mem());
    EVP_PKEY *key = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
    X509 *cert = PEM_read_bio_X509(cert_bio, NULL, NULL, NULL);
    PKCS7 *signed_data = key && cert ? PKCS7_sign(cert, key, NULL, in, PKCS7_BINARY) : NULL;
    char *bytes;
    int r = 0;

    if (!signed_data || PEM_write_bio_PKCS7(out, signed_data) != 1)
        r = error_set(err, EIO, "could not sign a deployment specification: %s",
                ERR_reason_error_string(ERR_peek_last_error()));
    ERR_clear_error();
    if (r == 0) {
        long len = BIO_get_mem_data(out, &bytes);
        *ret = str_dup(arena, (str){bytes, (size_t)len});
    }
    PKCS7_free(signed_data);
    X509_free(cert);
    EVP_PKEY_free(key);
    BIO_free(out);
    BIO_free(in);
    BIO_free(cert_bio);
    BIO_free(key_bio);
    return r;
}

int specification_make(struct call *call, const struct deployment *deployment, str *ret)
{
    struct tls_signer signer;
    int r = tls_ensure_signer(
            call->arena, str_cstr(call->arena, call->server->data_dir), &signer, &call->tx->error);

    if (r >= 0) {
        r = sign(call->arena, specification(call, deployment), &signer, ret, &call->tx->error);
        mem_wipe((char *)signer.pem.ptr, signer.pem.len);
    }
    return r;
}
