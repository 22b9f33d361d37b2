/*
 * api - the dispatcher: from an HTTP request to a typed call and back
 *
 * api_handle() is the server's one HTTP handler. It finds out what a request is:
 *
 *     a path prefix of a service's routes (git, /healthz, /metrics)     that route
 *     X-Amz-Target, or Action= in the body or query, or                 an AWS call of the
 *     the credential scope, or S3's path and host                       service's protocols
 */
#pragma once

#include "api/service.h"

MUST_CHECK int api_open(struct server *server, struct error *err); /* server->services is set */
void api_close(struct server *server);
void api_handle(struct httpd_request *req, void *server);

/*
 * For routes that are not AWS APIs (git over HTTPS): a call with a principal, to
 * authorize and audit with. `access_key` and so on were checked by the route itself.
 */
struct call *api_route_call(struct server *server, struct httpd_request *req,
        const struct service *service, const struct principal *principal, str operation_name);
