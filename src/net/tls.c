#include "net/tls.h"

#include <arpa/inet.h>
#include <sys/stat.h>

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"

enum {
    TLS_CA_DAYS = 3650,
    TLS_SERVER_DAYS = 397,
    TLS_RENEW_DAYS = 30,
    TLS_MAX_FILE = 1 << 20,
    TLS_MAX_NAMES = 1024, /* bytes */
};

static void cert_free(X509 **cert)
{
    X509_free(*cert);
}

static void key_free(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void bio_free(BIO **bio)
{
    (void)BIO_free(*bio);
}

#define AUTO_CERT __attribute__((cleanup(cert_free))) X509 *
#define AUTO_KEY __attribute__((cleanup(key_free))) EVP_PKEY *
#define AUTO_BIO __attribute__((cleanup(bio_free))) BIO *

/* ---- Files ------------------------------------------------------------------------- */

static int check_private(const char *path, struct error *err)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return error_set(err, errno, "could not open \"%s\": %m", path);
    if (st.st_mode & 077)
        return error_set(err, EPERM, "\"%s\" can be read by others: make its mode 0600", path);
    return 0;
}

static int read_cert(
        struct arena *arena, const char *path, str *ret_text, X509 **ret, struct error *err)
{
    int r = fs_read(arena, path, TLS_MAX_FILE, ret_text, err);

    if (r < 0)
        return r;
    AUTO_BIO bio = BIO_new_mem_buf(ret_text->ptr, (int)ret_text->len);
    *ret = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    return *ret ? 0 : error_set(err, EINVAL, "\"%s\" is not a PEM certificate", path);
}

static int no_password(char *buf, int size, int is_write, void *arg)
{
    (void)buf, (void)size, (void)is_write, (void)arg;
    return -1; /* instead of a question on the terminal */
}

static int read_key(
        struct arena *arena, const char *path, str *ret_text, EVP_PKEY **ret, struct error *err)
{
    int r = check_private(path, err);

    if (r == 0)
        r = fs_read(arena, path, TLS_MAX_FILE, ret_text, err);
    if (r < 0)
        return r;
    AUTO_BIO bio = BIO_new_mem_buf(ret_text->ptr, (int)ret_text->len);
    *ret = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
    return *ret ? 0 : error_set(err, EINVAL, "\"%s\" is not a PEM key without a password", path);
}

static int write_bio(BIO *bio, const char *path, mode_t mode, struct error *err)
{
    char *bytes;
    long len = BIO_get_mem_data(bio, &bytes);

    return fs_write_atomic(path, (str){bytes, (size_t)len}, mode, err);
}

static int write_key(EVP_PKEY *key, const char *path, struct error *err)
{
    AUTO_BIO bio = BIO_new(BIO_s_secmem());

    if (PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
        return error_set(err, EIO, "could not write a key");
    return write_bio(bio, path, 0600, err);
}

static int write_certs(X509 *cert, X509 *issuer, const char *path, struct error *err)
{
    AUTO_BIO bio = BIO_new(BIO_s_mem());

    if (PEM_write_bio_X509(bio, cert) != 1 || (issuer && PEM_write_bio_X509(bio, issuer) != 1))
        return error_set(err, EIO, "could not write a certificate");
    return write_bio(bio, path, 0644, err);
}

/* ---- Making certificates ------------------------------------------------------------ */

static bool add_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool ok;

    X509V3_set_ctx(&context, issuer, cert, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    ok = extension && X509_add_ext(cert, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

static bool set_serial(X509 *cert)
{
    unsigned char bytes[16];
    BIGNUM *number = NULL;
    bool ok;

    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return false;
    bytes[0] &= 0x7f; /* positive */
    number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    ok = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert));
    BN_free(number);
    return ok;
}

static bool set_subject(X509 *cert, const char *name)
{
    X509_NAME *subject = X509_get_subject_name(cert);

    return X509_NAME_add_entry_by_txt(
                   subject, "O", MBSTRING_ASC, (const unsigned char *)"Slipway", -1, -1, 0) == 1 &&
           X509_NAME_add_entry_by_txt(
                   subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0) == 1;
}

/* issuer NULL: signed by itself, an authority. */
static X509 *make_cert(EVP_PKEY *key, const char *name, const char *names, const char *usage,
        X509 *issuer, EVP_PKEY *issuer_key)
{
    time_t now = (time_t)(clock_now() / 1000);
    X509 *cert = X509_new();
    X509 *by = issuer ? issuer : cert;
    bool ok;

    /* An hour back: clients' clocks may be behind ours. */
    ok = cert && X509_set_version(cert, 2) == 1 && set_serial(cert) && set_subject(cert, name) &&
         X509_set_issuer_name(cert, X509_get_subject_name(by)) == 1 &&
         X509_time_adj_ex(X509_getm_notBefore(cert), 0, -3600, &now) &&
         X509_time_adj_ex(
                 X509_getm_notAfter(cert), issuer ? TLS_SERVER_DAYS : TLS_CA_DAYS, 0, &now) &&
         X509_set_pubkey(cert, key) == 1 &&
         add_extension(cert, by, NID_basic_constraints,
                 issuer ? "critical,CA:FALSE" : "critical,CA:TRUE,pathlen:0") &&
         add_extension(cert, by, NID_key_usage,
                 issuer ? "critical,digitalSignature" : "critical,keyCertSign,cRLSign") &&
         add_extension(cert, by, NID_subject_key_identifier, "hash") &&
         add_extension(cert, by, NID_authority_key_identifier, "keyid:always") &&
         (!usage || add_extension(cert, by, NID_ext_key_usage, usage)) &&
         (!names || add_extension(cert, by, NID_subject_alt_name, names)) &&
         X509_sign(cert, issuer ? issuer_key : key, EVP_sha256()) > 0;
    if (ok)
        return cert;
    X509_free(cert);
    return NULL;
}

/* ---- The authority ------------------------------------------------------------------- */

struct authority {
    X509 *cert;
    EVP_PKEY *key;
};

static void authority_done(struct authority *authority)
{
    X509_free(authority->cert);
    EVP_PKEY_free(authority->key);
}

static int make_authority(
        const char *cert_path, const char *key_path, struct authority *ret, struct error *err)
{
    int r;

    ret->key = EVP_EC_gen("P-256");
    if (ret->key)
        ret->cert = make_cert(ret->key, "Slipway certificate authority", NULL, NULL, NULL, NULL);
    if (!ret->cert)
        return error_set(err, EIO, "could not make a certificate authority");
    /* The certificate last: a key without one is replaced at the next start. */
    r = write_key(ret->key, key_path, err);
    return r < 0 ? r : write_certs(ret->cert, NULL, cert_path, err);
}

static int load_authority(struct arena *arena, const char *cert_path, const char *key_path,
        struct authority *ret, struct error *err)
{
    str text;
    int r;

    if (!fs_exists(cert_path))
        return make_authority(cert_path, key_path, ret, err);
    r = read_cert(arena, cert_path, &text, &ret->cert, err);
    if (r == 0)
        r = read_key(arena, key_path, &text, &ret->key, err);
    if (r < 0)
        return r;
    if (X509_check_private_key(ret->cert, ret->key) != 1)
        return error_set(err, EINVAL, "\"%s\" is not the key of \"%s\"", key_path, cert_path);
    return 0;
}

/* ---- The server's certificate -------------------------------------------------------- */

static bool is_host_name(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '.'))
            return false;
    }
    return s.len > 0 && s.len < 254;
}

/* ",DNS:…" or ",IP:…", unless the name is there already or cannot stand in a certificate. */
static void add_name(struct buf *names, struct arena *scratch, str name)
{
    unsigned char address[16];
    const char *text = str_cstr(scratch, name);
    bool is_ip = inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
    str item = str_printf(scratch, ",%s:%s", is_ip ? "IP" : "DNS", text), have = buf_str(names);
    ptrdiff_t at = str_find(have, item);

    if ((!is_ip && !is_host_name(name)) || str_eq(name, STR("0.0.0.0")) || str_eq(name, STR("::")))
        return;
    if (at >= 0 && ((size_t)at + item.len == have.len || have.ptr[(size_t)at + item.len] == ','))
        return;
    buf_add(names, item);
}

/* For X509V3_EXT_conf_nid(). OpenSSL wants two labels after "*.", others do with one. */
static const char *list_names(struct arena *arena, str listen_host)
{
    struct buf names = buf_make(arena, TLS_MAX_NAMES);
    char host[256] = "";

    buf_add(&names, STR("DNS:localhost,DNS:*.localhost,DNS:*.s3.localhost,IP:127.0.0.1,IP:::1"));
    if (gethostname(host, sizeof(host) - 1) == 0)
        add_name(&names, arena, str_of(host));
    if (!str_eq(listen_host, STR("localhost")) && !str_eq(listen_host, STR("127.0.0.1")) &&
            !str_eq(listen_host, STR("::1")))
        add_name(&names, arena, listen_host);
    return str_cstr(arena, buf_str(&names));
}

static bool has_names(X509 *cert, const char *names)
{
    int at = X509_get_ext_by_NID(cert, NID_subject_alt_name, -1);
    X509_EXTENSION *wanted = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);
    bool same = false;

    if (at >= 0 && wanted)
        same = ASN1_OCTET_STRING_cmp(X509_EXTENSION_get_data(X509_get_ext(cert, at)),
                       X509_EXTENSION_get_data(wanted)) == 0;
    X509_EXTENSION_free(wanted);
    return same;
}

static bool is_good(X509 *cert, EVP_PKEY *key, const struct authority *authority, const char *names)
{
    time_t until = (time_t)(clock_now() / 1000) + TLS_RENEW_DAYS * 86400;

    return X509_check_private_key(cert, key) == 1 &&
           X509_verify(cert, X509_get0_pubkey(authority->cert)) == 1 &&
           X509_cmp_time(X509_get0_notAfter(cert), &until) > 0 && has_names(cert, names);
}

static int make_server(const char *cert_path, const char *key_path, const char *names,
        const struct authority *authority, struct error *err)
{
    AUTO_KEY key = EVP_EC_gen("P-256");
    AUTO_CERT cert = NULL;
    int r;

    if (key)
        cert = make_cert(
                key, "Slipway server", names, "serverAuth", authority->cert, authority->key);
    if (!cert)
        return error_set(err, EIO, "could not make a certificate");
    r = write_key(key, key_path, err);
    return r < 0 ? r : write_certs(cert, authority->cert, cert_path, err);
}

/* *ret_is_good is false if the files are to be made anew. */
static int load_server(struct arena *arena, const char *cert_path, const char *key_path,
        const char *names, const struct authority *authority, struct tls_files *ret,
        bool *ret_is_good, struct error *err)
{
    AUTO_KEY key = NULL;
    AUTO_CERT cert = NULL;
    int r;

    *ret_is_good = false;
    if (!fs_exists(cert_path) || !fs_exists(key_path))
        return 0;
    r = read_cert(arena, cert_path, &ret->certificate, &cert, err);
    if (r == 0)
        r = read_key(arena, key_path, &ret->key, &key, err);
    if (r == 0)
        *ret_is_good = is_good(cert, key, authority, names);
    return r;
}

int tls_ensure(struct arena *arena, const char *dir, str listen_host, struct tls_files *ret,
        struct error *err)
{
    const char *base = str_cstr(arena, str_printf(arena, "%s/tls", dir));
    const char *ca_cert = str_cstr(arena, str_printf(arena, "%s/ca.pem", base));
    const char *ca_key = str_cstr(arena, str_printf(arena, "%s/ca.key", base));
    const char *cert = str_cstr(arena, str_printf(arena, "%s/server.pem", base));
    const char *key = str_cstr(arena, str_printf(arena, "%s/server.key", base));
    const char *names = list_names(arena, listen_host);
    __attribute__((cleanup(authority_done))) struct authority authority = {0};
    struct tls_files files = {.ca_path = str_of(ca_cert)};
    bool is_good = false;
    int r = fs_make_dirs(base, 0700, err);

    if (r == 0)
        r = load_authority(arena, ca_cert, ca_key, &authority, err);
    if (r == 0)
        r = load_server(arena, cert, key, names, &authority, &files, &is_good, err);
    if (r == 0 && !is_good) {
        r = make_server(cert, key, names, &authority, err);
        if (r == 0)
            r = load_server(arena, cert, key, names, &authority, &files, &is_good, err);
        if (r == 0 && !is_good)
            r = error_set(err, EINVAL, "\"%s\" is not valid although it is new", cert);
    }
    if (r < 0)
        return r;
    *ret = files;
    return 0;
}

int tls_load(struct arena *arena, const char *certificate_path, const char *key_path,
        struct tls_files *ret, struct error *err)
{
    struct tls_files files = {0};
    AUTO_KEY key = NULL;
    AUTO_CERT cert = NULL;
    int r = read_cert(arena, certificate_path, &files.certificate, &cert, err);

    if (r == 0)
        r = read_key(arena, key_path, &files.key, &key, err);
    if (r < 0)
        return r;
    if (X509_check_private_key(cert, key) != 1)
        return error_set(
                err, EINVAL, "\"%s\" is not the key of \"%s\"", key_path, certificate_path);
    *ret = files;
    return 0;
}

/* ---- The signer of deployment specifications ------------------------------------------- */

static int open_authority(
        struct arena *arena, const char *dir, struct authority *ret, struct error *err)
{
    const char *base = str_cstr(arena, str_printf(arena, "%s/tls", dir));
    int r = fs_make_dirs(base, 0700, err);

    return r < 0 ? r
                 : load_authority(arena, str_cstr(arena, str_printf(arena, "%s/ca.pem", base)),
                           str_cstr(arena, str_printf(arena, "%s/ca.key", base)), ret, err);
}

int tls_ensure_authority(struct arena *arena, const char *dir, struct error *err)
{
    __attribute__((cleanup(authority_done))) struct authority authority = {0};

    return open_authority(arena, dir, &authority, err);
}

/* One file, so that two threads that make it at once leave one of the two pairs. */
static int make_signer(const char *path, const struct authority *authority, struct error *err)
{
    AUTO_KEY key = EVP_RSA_gen(2048);
    AUTO_CERT cert = NULL;
    AUTO_BIO bio = BIO_new(BIO_s_secmem());

    if (key)
        cert = make_cert(key, "Slipway deployment signer", NULL, "emailProtection,codeSigning",
                authority->cert, authority->key);
    if (!cert || PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1 ||
            PEM_write_bio_X509(bio, cert) != 1)
        return error_set(err, EIO, "could not make a certificate");
    return write_bio(bio, path, 0600, err);
}

static bool is_good_signer(X509 *cert, const struct authority *authority)
{
    time_t until = (time_t)(clock_now() / 1000) + TLS_RENEW_DAYS * 86400;

    return X509_verify(cert, X509_get0_pubkey(authority->cert)) == 1 &&
           X509_cmp_time(X509_get0_notAfter(cert), &until) > 0;
}

int tls_ensure_signer(
        struct arena *arena, const char *dir, struct tls_signer *ret, struct error *err)
{
    const char *path = str_cstr(arena, str_printf(arena, "%s/tls/signer.pem", dir));
    __attribute__((cleanup(authority_done))) struct authority authority = {0};
    AUTO_CERT cert = NULL;
    str text;
    int r = open_authority(arena, dir, &authority, err);

    if (r == 0 && fs_exists(path) && (r = check_private(path, err)) == 0)
        r = read_cert(arena, path, &text, &cert, err);
    if (r == 0 && (!cert || !is_good_signer(cert, &authority))) {
        r = make_signer(path, &authority, err);
        if (r == 0)
            r = fs_read(arena, path, TLS_MAX_FILE, &text, err);
    }
    if (r < 0)
        return r;
    ret->pem = text;
    return 0;
}
