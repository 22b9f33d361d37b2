#include "agent/spec.h"

#include "base/json.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>

enum {
    PAYLOAD_MAX = 1 << 20
};

static X509_STORE *open_store(const char *ca_file)
{
    X509_STORE *store = X509_STORE_new();

    if (store && X509_STORE_load_file(store, ca_file) == 1 &&
            X509_STORE_set_purpose(store, X509_PURPOSE_ANY) == 1)
        return store;
    X509_STORE_free(store);
    return NULL;
}

/* The signed content, after its signature and its signer's chain were checked. */
static int verify(struct arena *arena, str pem, const char *ca_file, str *ret, struct error *err)
{
    BIO *in = BIO_new_mem_buf(pem.ptr, (int)pem.len), *out = BIO_new(BIO_s_mem());
    PKCS7 *signed_data = in ? PEM_read_bio_PKCS7(in, NULL, NULL, NULL) : NULL;
    X509_STORE *store = open_store(ca_file);
    const char *bytes;
    int r = 0;

    if (!signed_data)
        r = error_set(err, EINVAL, "the deployment specification is no PKCS7");
    else if (!store)
        r = error_set(err, EINVAL, "could not read the certificate authority \"%s\"", ca_file);
    else if (PKCS7_verify(signed_data, NULL, store, NULL, out, PKCS7_BINARY) != 1)
        r = error_set(err, EBADMSG, "the deployment specification is not signed by the server: %s",
                ERR_reason_error_string(ERR_peek_last_error()));
    ERR_clear_error();
    if (r == 0) {
        long len = BIO_get_mem_data(out, &bytes);
        *ret = str_dup(arena, (str){bytes, (size_t)len});
    }
    X509_STORE_free(store);
    PKCS7_free(signed_data);
    BIO_free(out);
    BIO_free(in);
    return r;
}

/* Names become directories and file names: one safe path component. */
static bool is_component(str s)
{
    return s.len > 0 && s.len <= 200 && s.ptr[0] != '.' && str_find_char(s, '/') < 0 &&
           !memchr(s.ptr, 0, s.len);
}

static str copied(struct arena *arena, const json_t *object, const char *name)
{
    return str_dup(arena, json_member_str(object, name));
}

static int read_revision(
        struct arena *arena, const json_t *root, struct spec *spec, struct error *err)
{
    const json_t *revision = json_member(root, "Revision"),
                 *s3 = json_member(revision, "S3Revision");
    str type = json_member_str(revision, "RevisionType");

    if (!str_eq(type, STR("S3")))
        return error_set(err, EINVAL,
                "revisions of type \"%.*s\" are not supported by this agent: only S3",
                STR_ARG(type));
    spec->bucket = copied(arena, s3, "Bucket");
    spec->key = copied(arena, s3, "Key");
    spec->bundle_type = copied(arena, s3, "BundleType");
    spec->version = copied(arena, s3, "Version");
    spec->etag = copied(arena, s3, "ETag");
    if (!spec->bucket.len || !spec->key.len || !spec->bundle_type.len)
        return error_set(err, EINVAL, "the deployment specification names no bundle");
    return 0;
}

static int read_spec(struct arena *arena, const json_t *root, struct spec *spec, struct error *err)
{
    str exists = json_member_str(
            json_member(json_member(root, "AgentActionOverrides"), "AgentOverrides"),
            "FileExistsBehavior");
    ptrdiff_t slash;

    spec->deployment_id = copied(arena, root, "DeploymentId");
    if ((slash = str_rfind_char(spec->deployment_id, '/')) >= 0)
        spec->deployment_id = str_skip(spec->deployment_id, (size_t)slash + 1);
    spec->group_id = copied(arena, root, "DeploymentGroupId");
    spec->group_name = copied(arena, root, "DeploymentGroupName");
    spec->application = copied(arena, root, "ApplicationName");
    spec->creator = copied(arena, root, "DeploymentCreator");
    spec->is_blue_green = str_eq(json_member_str(root, "DeploymentType"), STR("BLUE_GREEN"));
    spec->appspec_file = copied(arena, root, "AppSpecFilename");
    if (!spec->appspec_file.len)
        spec->appspec_file = STR("appspec.yml");
    spec->file_exists = APPSPEC_DISALLOW;
    if (exists.len && appspec_exists_parse(exists, &spec->file_exists) < 0)
        return error_set(err, EINVAL, "FileExistsBehavior \"%.*s\" is unknown", STR_ARG(exists));
    if (!is_component(spec->deployment_id) || !is_component(spec->group_id) ||
            !is_component(spec->appspec_file) || !spec->group_name.len || !spec->application.len)
        return error_set(err, EINVAL, "the deployment specification lacks names");
    return 0;
}

int spec_open(struct arena *arena, str format, str payload, const char *ca_file, struct spec *ret,
        struct error *err)
{
    AUTO_JSON json_t *json = NULL;
    struct spec spec = {0};
    str text;
    int r;

    if (!str_eq(format, STR("PKCS7/JSON")))
        return error_set(err, EINVAL,
                "unsupported format of the deployment specification: \"%.*s\"", STR_ARG(format));
    if (payload.len > PAYLOAD_MAX)
        return error_set(
                err, EINVAL, "the deployment specification has more than %d bytes", PAYLOAD_MAX);
    if ((r = verify(arena, payload, ca_file, &text, err)) < 0 ||
            (r = json_parse(text, &json, err)) < 0 ||
            (r = read_spec(arena, json, &spec, err)) < 0 ||
            (r = read_revision(arena, json, &spec, err)) < 0)
        return r;
    *ret = spec;
    return 0;
}
