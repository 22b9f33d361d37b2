/*
 * httpd_tls - what a connection agreed on, in the words of CloudTrail ("TLSv1.3",
 * "TLS_AES_128_GCM_SHA256")
 *
 * libmicrohttpd speaks TLS through GnuTLS, which is in the process when a connection is here.
 */
#include "net/httpd_private.h"

#include "base/library.h"

static struct {
    int (*version)(void *session);
    const char *(*version_name)(int version);
    const char *(*cipher_suite)(void *session);
} gnutls;

static const struct library_symbol symbols[] = {
        {"gnutls_protocol_get_version", &gnutls.version},
        {"gnutls_protocol_get_name", &gnutls.version_name},
        {"gnutls_ciphersuite_get", &gnutls.cipher_suite},
};
static struct library library = {"libgnutls.so.30", "libgnutls30", symbols,
        sizeof(symbols) / sizeof(*symbols), NULL, LIBRARY_LOCK};

void exchange_note_tls(struct httpd_exchange *ex)
{
    const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(ex->mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    struct httpd_request *req = &ex->req;
    struct error err;
    str version;

    if (!info || !info->tls_session || library_load(&library, &err) < 0)
        return;
    version = str_of(gnutls.version_name(gnutls.version(info->tls_session)));
    req->tls_cipher = str_of(gnutls.cipher_suite(info->tls_session)); /* static text */
    if (str_take_prefix(&version, STR("TLS")))
        req->tls_version = str_concat(&ex->arena, STR("TLSv"), version);
}
