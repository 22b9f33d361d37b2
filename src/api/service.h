/*
 * service - how a service is plugged into the server
 *
 *     const struct service codecommit_service = {
 *         .model = &codecommit_model,
 *         .handlers = codecommit_handlers,     (generated: a missing one does not link)
 *         .schema = {"codecommit", schema_codecommit},
 *         .routes = routes, .routes_len = 1,   (git's own paths)
 *         .jobs = jobs, .jobs_len = 2,
 *     };
 */
#pragma once

#include "api/call.h"
#include "api/model.h"
#include "store/queue.h"

/* A path prefix that is not an AWS API: git, packages, /healthz. Runs on a handler thread. */
struct api_route {
    const char *prefix; /* "/v1/repos/": longest match wins; without "/" at the end: this path */
    void (*handle)(struct server *server, struct httpd_request *req);
};

struct event;

/* What conditions call aws:ResourceTag/<key>. */
struct resource_tag {
    str key, value;
};

struct resource_tags {
    struct resource_tag *items;
    size_t len;
};

/* From rows of names and values. */
void resource_tags_from_rows(
        struct arena *arena, const struct db_rows *rows, struct resource_tags *ret);

typedef int call_handler(struct call *call, const void *in, void *out);

struct service {
    const struct service_model *model; /* NULL: no AWS API of its own */
    call_handler *const *handlers;     /* in the order of model->operations; NULL: planned */
    call_handler *const *prepares;     /* the same; NULL entries: none (`out` is not used) */
    struct db_schema schema;
    const struct api_route *routes;
    size_t routes_len;
    const struct job_kind *jobs;
    size_t jobs_len;
    /* May a call with these credentials be made at all, whatever policies say? Asked when it is known
     * who calls: 0, or the call has failed. NULL: any. */
    int (*admit)(struct call *call);
    /* The policy of a resource of this service, by ARN: 1 and JSON in the arena, 0 none. NULL:
     * never any. */
    int (*resource_policy)(struct call *call, str arn, str *ret);
    bool resource_policy_required; /* KMS */
    /* Does something beside its policy speak for who asks (KMS: a grant)? Asked where policies neither
     * deny nor allow. *ret is as if the policy had said it; POLICY_NONE: nothing does. NULL: never. */
    int (*resource_grant)(
            struct call *call, const struct policy_request *request, struct policy_match *ret);
    bool has_data_events; /* its @dataPlane operations are recorded for trails that want them */
    /* The tags of a resource of this service, by ARN, which may be of any account and name
     * nothing, or something without tags: *ret then stays empty. Asked only where a policy that
     * applies looks at them; in call->tx, at most one indexed query. NULL: nothing here has tags. */
    int (*resource_tags)(struct call *call, str arn, struct resource_tags *ret);
    /* Something happened (services/events): in a transaction, from a call that acts as the
     * service. NULL: not interested. */
    int (*on_event)(struct call *call, const struct event *event);
    /* May on_event have something to do? In the transaction of the change, so at most one
     * indexed query: 1, 0, or negative. What no service wants is not written. */
    int (*wants_event)(struct call *call, const struct event *event);
    /* Before the rows with this account go: releases blobs and deletes rows that have no account
     * column and no cascade. NULL: there are none. */
    int (*delete_account)(struct tx *tx, str account);
    int (*start)(struct server *server,
            struct error *err); /* after migrations, before requests; NULL: nothing */
    void (*stop)(struct server *server);
};
