/*
 * OpenID Connect identity providers. Who makes one without thumbprints has that of the last
 * certificate taken which the provider's server shows: that is asked for in prepare.
 */
#include "base/codec.h"
#include "net/http.h"
#include "services/iam/oidc_providers.h"
#include "services/iam/tag_list.h"

enum {
    CONNECT_MS = 3000,
    FETCH_MS = 5000,
};

/* ---- What is asked for ---------------------------------------------------------------- */

/* The issuer without "https://": a host, perhaps a port, and a path without query. */
static int check_url(struct call *call, str url, str *ret)
{
    bool ok = str_take_prefix(&url, STR("https://")) && url.len > 0 && url.ptr[0] != '/';

    for (size_t i = 0; i < url.len && ok; i++)
        ok = url.ptr[i] > ' ' && url.ptr[i] < 0x7f && !strchr("?#@\\\"<>*$", url.ptr[i]);
    if (!ok)
        return call_fail(call, &error_Validation, "Invalid Open ID Connect Provider URL");
    *ret = url;
    return 0;
}

static int check_thumbprints(struct call *call, const struct str_list *list, struct str_list *ret)
{
    struct str_list lower = {arena_array(call->arena, list->len, str), 0, true};

    if (list->len > IAM_MAX_OIDC_THUMBPRINTS)
        return call_fail(call, &iam_InvalidInputException,
                "Thumbprint list must contain fewer than %d entries.", IAM_MAX_OIDC_THUMBPRINTS);
    for (size_t i = 0; i < list->len; i++) {
        str one = str_lower(call->arena, list->items[i]);
        if (!is_lower_hex(one))
            return call_fail(call, &iam_InvalidInputException, "Thumbprint %.*s is not valid.",
                    STR_ARG(one));
        lower.items[lower.len++] = one;
    }
    *ret = lower;
    return 0;
}

static bool has_item(const struct str_list *list, str item)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->items[i], item))
            return true;
    return false;
}

static int check_clients(struct call *call, const struct str_list *list, struct str_list *ret)
{
    struct str_list once = {arena_array(call->arena, list->len, str), 0, true};

    for (size_t i = 0; i < list->len; i++)
        if (!has_item(&once, list->items[i]))
            once.items[once.len++] = list->items[i];
    if (once.len > IAM_MAX_OIDC_CLIENTS)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: %d",
                IAM_MAX_OIDC_CLIENTS);
    *ret = once;
    return 0;
}

static str provider_arn(struct call *call, str url)
{
    return str_printf(call->arena, "arn:aws:iam::%.*s:oidc-provider/%.*s", STR_ARG(call->account),
            STR_ARG(url));
}

static int fetch_thumbprint(struct call *call, str url, str *ret, struct error *err)
{
    const struct http_options options = {.connect_timeout_ms = CONNECT_MS, .timeout_ms = FETCH_MS};
    struct str_list shown;
    struct http *http;
    int r = http_open(&options, &http, err);

    if (r < 0)
        return r;
    r = http_certificates(http, call->arena, url, &shown, err);
    http_close(http);
    if (r < 0)
        return r;
    *ret = shown.len ? http_thumbprint(call->arena, shown.items[shown.len - 1]) : (str){0};
    return ret->ptr ? 0 : error_set(err, EPROTO, "the server shows no certificate");
}

int iam_CreateOpenIDConnectProvider_prepare(
        struct call *call, const struct iam_CreateOpenIDConnectProviderRequest *in)
{
    struct str_list *thumbprints = arena_new(call->arena, struct str_list);
    struct error err;
    str url, one;
    int r = check_url(call, in->Url, &url);

    if (r == 0)
        r = authorize(call, entity_action(call), provider_arn(call, url));
    if (r == 0)
        r = check_thumbprints(call, &in->ThumbprintList, thumbprints);
    if (r < 0)
        return r;
    call->prepared = thumbprints;
    if (thumbprints->len > 0)
        return 0;
    if (fetch_thumbprint(call, in->Url, &one, &err) < 0)
        return call_fail(call, &iam_OpenIdIdpCommunicationErrorException,
                "Failed to retrieve the thumbprint of %.*s: %s", STR_ARG(in->Url), err.text);
    *thumbprints = (struct str_list){arena_array(call->arena, 1, str), 1, true};
    thumbprints->items[0] = one;
    return 0;
}

/* ---- Rows ----------------------------------------------------------------------------- */

struct provider {
    str url;
    struct str_list clients, thumbprints;
    str tags;
    int64_t created;
};

/* Fails with NoSuchEntity. The ARN's account is the call's: the dispatcher has authorized it. */
static int parse_arn(struct call *call, str text, str *ret_url)
{
    struct arn arn;

    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("iam")) ||
            !str_take_prefix(&arn.resource, STR("oidc-provider/")))
        return call_fail(call, &error_Validation, "Invalid ARN: %.*s", STR_ARG(text));
    if (!str_eq(arn.account, call->principal->account))
        return call_fail(call, &iam_NoSuchEntityException,
                "OpenIDConnect Provider not found for arn %.*s", STR_ARG(text));
    *ret_url = arn.resource;
    return 0;
}

static int open_provider(struct call *call, str arn, struct provider *ret)
{
    struct provider provider = {0};
    const struct db_row *row;
    int r = parse_arn(call, arn, &provider.url);

    if (r < 0)
        return r;
    r = db_one(call->tx, &row,
            "select clients, thumbprints, tags, created from iam_oidc_provider"
            " where account = $1 and url = $2",
            call->account, provider.url);
    if (r == 0)
        return call_fail(call, &iam_NoSuchEntityException,
                "OpenIDConnect Provider not found for arn %.*s", STR_ARG(arn));
    if (r > 0)
        r = oidc_list_read(call->arena, row_text(row, 0), &provider.clients);
    if (r == 0)
        r = oidc_list_read(call->arena, row_text(row, 1), &provider.thumbprints);
    if (r < 0)
        return r;
    provider.tags = row_text(row, 2);
    provider.created = row_int(row, 3);
    *ret = provider;
    return 0;
}

int oidc_tags(struct call *call, str text, str *ret)
{
    const struct db_row *row;
    struct arn arn;
    int r;

    if (arn_parse(text, &arn) < 0 || !str_take_prefix(&arn.resource, STR("oidc-provider/")))
        return 0;
    r = db_one(call->tx, &row, "select tags from iam_oidc_provider where account = $1 and url = $2",
            arn.account, arn.resource);
    *ret = r > 0 ? row_text(row, 0) : (str){0};
    return r;
}

static int check_quota(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select 1 from iam_oidc_provider where account = $1 order by url limit 1 offset $2",
            call->account, (int64_t)IAM_MAX_OIDC_PROVIDERS - 1);

    if (r > 0)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for OpenIdConnectProvidersPerAccount: %d",
                IAM_MAX_OIDC_PROVIDERS);
    return r;
}

/* ---- Handlers ------------------------------------------------------------------------- */

int iam_CreateOpenIDConnectProvider(struct call *call,
        const struct iam_CreateOpenIDConnectProviderRequest *in,
        struct iam_CreateOpenIDConnectProviderResponse *out)
{
    struct str_list clients;
    str url;
    int r = check_url(call, in->Url, &url);

    if (r == 0)
        r = check_clients(call, &in->ClientIDList, &clients);
    if (r == 0)
        r = tag_list_check(call, &in->Tags);
    if (r == 0)
        r = check_quota(call);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "insert into iam_oidc_provider (account, url, clients, thumbprints, tags, created,"
            " keys_at, keys_tried) values ($1, $2, $3, $4, $5, $6, 0, 0) on conflict do nothing",
            call->account, url, oidc_list_json(call, &clients),
            oidc_list_json(call, call->prepared), tag_list_json(call, &in->Tags), call->now);
    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "Provider with url https://%.*s already exists.", STR_ARG(url));
    if (r < 0)
        return r;
    out->OpenIDConnectProviderArn = provider_arn(call, url);
    out->Tags = in->Tags;
    return 0;
}

int iam_GetOpenIDConnectProvider(struct call *call,
        const struct iam_GetOpenIDConnectProviderRequest *in,
        struct iam_GetOpenIDConnectProviderResponse *out)
{
    struct provider provider;
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    if (r < 0)
        return r;
    out->Url = provider.url;
    out->ClientIDList = provider.clients;
    out->ThumbprintList = provider.thumbprints;
    out->CreateDate = SOME_TIME(provider.created);
    return tag_list_read(call, provider.tags, &out->Tags);
}

int iam_ListOpenIDConnectProviders(struct call *call,
        const struct iam_ListOpenIDConnectProvidersRequest *in,
        struct iam_ListOpenIDConnectProvidersResponse *out)
{
    struct iam_OpenIDConnectProviderListType *list = &out->OpenIDConnectProviderList;
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select url from iam_oidc_provider where account = $1 order by url limit $2",
            call->account, (int64_t)IAM_MAX_OIDC_PROVIDERS);

    (void)in;
    if (r < 0)
        return r;
    list->is_set = true;
    list->len = rows.len;
    list->items = arena_array(call->arena, rows.len, struct iam_OpenIDConnectProviderListEntry);
    for (size_t i = 0; i < rows.len; i++)
        list->items[i].Arn = provider_arn(call, row_text(&rows.items[i], 0));
    return 0;
}

int iam_DeleteOpenIDConnectProvider(
        struct call *call, const struct iam_DeleteOpenIDConnectProviderRequest *in, void *out)
{
    str url;
    int r = parse_arn(call, in->OpenIDConnectProviderArn, &url);

    (void)out;
    if (r == 0) /* AWS finds nothing wrong with one that is not there */
        r = db_exec(call->tx, "delete from iam_oidc_provider where account = $1 and url = $2",
                call->account, url);
    return r < 0 ? r : 0;
}

/* The keys that were fetched are trusted because of the old thumbprints: they go. */
int iam_UpdateOpenIDConnectProviderThumbprint(struct call *call,
        const struct iam_UpdateOpenIDConnectProviderThumbprintRequest *in, void *out)
{
    struct str_list thumbprints;
    struct provider provider;
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    (void)out;
    if (r == 0)
        r = check_thumbprints(call, &in->ThumbprintList, &thumbprints);
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update iam_oidc_provider set thumbprints = $1, keys = null, keys_at = 0,"
            " keys_tried = 0, failure = null where account = $2 and url = $3",
            oidc_list_json(call, &thumbprints), call->account, provider.url);
    return r < 0 ? r : 0;
}

static int store_clients(struct call *call, str url, const struct str_list *clients)
{
    int r = db_exec(call->tx,
            "update iam_oidc_provider set clients = $1 where account = $2 and url = $3",
            oidc_list_json(call, clients), call->account, url);

    return r < 0 ? r : 0;
}

int iam_AddClientIDToOpenIDConnectProvider(struct call *call,
        const struct iam_AddClientIDToOpenIDConnectProviderRequest *in, void *out)
{
    struct provider provider;
    struct str_list all;
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    (void)out;
    if (r < 0)
        return r;
    all = (struct str_list){arena_array(call->arena, provider.clients.len + 1, str), 0, true};
    for (size_t i = 0; i < provider.clients.len; i++)
        all.items[all.len++] = provider.clients.items[i];
    all.items[all.len++] = in->ClientID;
    r = check_clients(call, &all, &all);
    return r < 0 ? r : store_clients(call, provider.url, &all);
}

int iam_RemoveClientIDFromOpenIDConnectProvider(struct call *call,
        const struct iam_RemoveClientIDFromOpenIDConnectProviderRequest *in, void *out)
{
    struct provider provider;
    size_t kept = 0;
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    (void)out;
    if (r < 0)
        return r;
    for (size_t i = 0; i < provider.clients.len; i++)
        if (!str_eq(provider.clients.items[i], in->ClientID))
            provider.clients.items[kept++] = provider.clients.items[i];
    provider.clients.len = kept;
    return store_clients(call, provider.url, &provider.clients);
}

/* ---- Tags ----------------------------------------------------------------------------- */

static int store_tags(struct call *call, str url, str json)
{
    int r = db_exec(call->tx,
            "update iam_oidc_provider set tags = $1 where account = $2 and url = $3", json,
            call->account, url);

    return r < 0 ? r : 0;
}

int iam_TagOpenIDConnectProvider(
        struct call *call, const struct iam_TagOpenIDConnectProviderRequest *in, void *out)
{
    struct provider provider;
    str json = {0};
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    (void)out;
    if (r == 0)
        r = tag_list_merge(call, provider.tags, &in->Tags, &json);
    return r < 0 ? r : store_tags(call, provider.url, json);
}

int iam_UntagOpenIDConnectProvider(
        struct call *call, const struct iam_UntagOpenIDConnectProviderRequest *in, void *out)
{
    struct provider provider;
    str json = {0};
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    (void)out;
    if (r == 0)
        r = tag_list_without(call, provider.tags, &in->TagKeys, &json);
    return r < 0 ? r : store_tags(call, provider.url, json);
}

int iam_ListOpenIDConnectProviderTags(struct call *call,
        const struct iam_ListOpenIDConnectProviderTagsRequest *in,
        struct iam_ListOpenIDConnectProviderTagsResponse *out)
{
    struct provider provider;
    int r = open_provider(call, in->OpenIDConnectProviderArn, &provider);

    return r < 0 ? r
                 : tag_list_page(call, provider.tags, in->Marker, in->MaxItems, &out->Tags,
                           &out->IsTruncated, &out->Marker);
}
