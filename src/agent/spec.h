/*
 * spec - the deployment specification that the server gives to an agent
 *
 * A PEM PKCS7 with attached content, signed by the server: JSON that names the
 * deployment, its group and the revision. The public agent does not check who signed;
 * this one wants a certificate under its CA file, because whoever writes a
 * specification runs code on the host.
 *
 * Errors    -EBADMSG not signed by the server; -EINVAL members missing or of a wrong form
 */
#pragma once

#include "agent/appspec.h"

struct spec {
    str deployment_id;
    str group_id; /* a directory name */
    str group_name;
    str application;
    str creator; /* "user", "codeDeployRollback", … */
    bool is_blue_green;
    str appspec_file;
    enum appspec_exists file_exists;
    str bucket, key, version, etag; /* of the bundle; version and etag may be absent */
    str bundle_type;
};

/* `format` and `payload` of the GenericEnvelope. */
MUST_CHECK int spec_open(struct arena *arena, str format, str payload, const char *ca_file,
        struct spec *ret, struct error *err);
