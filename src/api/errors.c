/*
 * errors - the errors that every service has, as each protocol calls them
 */
#include "api/private.h"

#define COMMON(name, code, status, is_sender)                                                      \
    const struct call_error error_##name = {code, status, is_sender};

COMMON(AccessDenied, "AccessDenied", 403, true)
COMMON(Validation, "ValidationError", 400, true)
COMMON(Throttling, "Throttling", 400, true)
COMMON(InternalFailure, "InternalFailure", 500, false)
COMMON(ServiceUnavailable, "ServiceUnavailable", 503, false)
COMMON(NotImplemented, "NotImplemented", 501, false)
COMMON(MissingAuthentication, "MissingAuthenticationToken", 403, true)
COMMON(IncompleteSignature, "IncompleteSignature", 400, true)
COMMON(UnknownKey, "InvalidClientTokenId", 403, true)
COMMON(UnknownToken, "InvalidClientTokenId", 403, true)
COMMON(SignatureMismatch, "SignatureDoesNotMatch", 403, true)
COMMON(SignatureExpired, "SignatureDoesNotMatch", 403, true)
COMMON(PresignedExpired, "RequestExpired", 400, true)
COMMON(ExpiredToken, "ExpiredToken", 403, true)
COMMON(Serialization, "MalformedInput", 400, true)
COMMON(UnknownOperation, "InvalidAction", 400, true)
COMMON(TooLarge, "RequestEntityTooLarge", 413, true)
COMMON(RequestTimeout, "RequestTimeout", 400, true)
COMMON(ContentHash, "SignatureDoesNotMatch", 403, true)
COMMON(BadDigest, "BadDigest", 400, true)

/* The query protocol has the names above. */
static const struct variant {
    const struct call_error *error;
    struct call_error json;
    struct call_error s3;
} variants[] = {
        {&error_AccessDenied, {"AccessDeniedException", 400, true}, {"AccessDenied", 403, true}},
        {&error_Validation, {"ValidationException", 400, true}, {"InvalidArgument", 400, true}},
        {&error_Throttling, {"ThrottlingException", 400, true}, {"SlowDown", 503, false}},
        {&error_InternalFailure, {"InternalFailure", 500, false}, {"InternalError", 500, false}},
        {&error_ServiceUnavailable, {"ServiceUnavailableException", 503, false},
                {"ServiceUnavailable", 503, false}},
        {&error_NotImplemented, {"NotImplemented", 501, false}, {"NotImplemented", 501, false}},
        {&error_MissingAuthentication, {"MissingAuthenticationTokenException", 400, true},
                {"AccessDenied", 403, true}},
        {&error_IncompleteSignature, {"IncompleteSignatureException", 400, true},
                {"AuthorizationHeaderMalformed", 400, true}},
        {&error_UnknownKey, {"UnrecognizedClientException", 400, true},
                {"InvalidAccessKeyId", 403, true}},
        {&error_UnknownToken, {"UnrecognizedClientException", 400, true},
                {"InvalidToken", 400, true}},
        {&error_SignatureMismatch, {"InvalidSignatureException", 400, true},
                {"SignatureDoesNotMatch", 403, true}},
        {&error_SignatureExpired, {"InvalidSignatureException", 400, true},
                {"RequestTimeTooSkewed", 403, true}},
        {&error_PresignedExpired, {"RequestExpired", 400, true}, {"AccessDenied", 403, true}},
        {&error_ExpiredToken, {"ExpiredTokenException", 400, true}, {"ExpiredToken", 400, true}},
        {&error_Serialization, {"SerializationException", 400, true}, {"MalformedXML", 400, true}},
        {&error_UnknownOperation, {"UnknownOperationException", 400, true},
                {"MethodNotAllowed", 405, true}},
        {&error_TooLarge, {"RequestEntityTooLargeException", 413, true},
                {"EntityTooLarge", 400, true}},
        {&error_RequestTimeout, {"RequestTimeoutException", 408, true},
                {"RequestTimeout", 400, true}},
        {&error_ContentHash, {"InvalidSignatureException", 400, true},
                {"XAmzContentSHA256Mismatch", 400, true}},
        {&error_BadDigest, {"ValidationException", 400, true}, {"BadDigest", 400, true}},
};

struct call_error error_for(const struct call_error *error, enum wire_family family)
{
    for (size_t i = 0; i < sizeof(variants) / sizeof(*variants) && family != FAMILY_QUERY; i++)
        if (variants[i].error == error)
            return family == FAMILY_JSON ? variants[i].json : variants[i].s3;
    return *error;
}

enum wire_family call_family(const struct call *call)
{
    if (call->private_->wire)
        return call->private_->wire->family;
    return wire_of(call->service)->family;
}

static int fail(struct call *call, const struct call_error *error, uint16_t shape,
        const void *detail, str message)
{
    struct call_error as = error_for(error, call_family(call));

    call->failure = (struct call_failure){
            .code = str_of(as.code),
            .status = as.status,
            .is_sender = as.is_sender,
            .message = message,
            .detail = detail,
            .detail_shape = shape,
    };
    return CALL_FAILED;
}

int call_fail(struct call *call, const struct call_error *error, const char *fmt, ...)
{
    va_list args;
    str message;

    va_start(args, fmt);
    message = str_vprintf(call->arena, fmt, args);
    va_end(args);
    return fail(call, error, SHAPE_NONE, NULL, message);
}

int call_fail_detail(struct call *call, const struct call_error *error, uint16_t shape,
        const void *detail, const char *fmt, ...)
{
    va_list args;
    str message;

    va_start(args, fmt);
    message = str_vprintf(call->arena, fmt, args);
    va_end(args);
    return fail(call, error, shape, detail, message);
}

void call_error_extra(struct call *call, str name, str value)
{
    struct pairs *extra = &call->private_->error_extra;
    struct pair *items = arena_array(call->arena, extra->len + 1, struct pair);

    if (extra->len)
        memcpy(items, extra->items, extra->len * sizeof(*items));
    items[extra->len] = (struct pair){name, value};
    *extra = (struct pairs){items, extra->len + 1};
}
