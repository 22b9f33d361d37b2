#include "git/advertise.h"

#include "git/push.h"

#define AGENT "agent=git/slipway-" SLIPWAY_VERSION
#define UPLOAD_CAPABILITIES                                                                        \
    "multi_ack thin-pack side-band side-band-64k ofs-delta shallow deepen-since deepen-not "       \
    "deepen-relative no-progress include-tag multi_ack_detailed allow-tip-sha1-in-want "           \
    "allow-reachable-sha1-in-want no-done filter object-format=sha1"

static int full(struct tx *tx)
{
    return error_set(&tx->error, E2BIG, "the list of refs exceeds %d bytes", GIT_MAX_ADVERTISEMENT);
}

static int load(struct tx *tx, str id, struct git_repo *ret, struct git_ref *ret_head)
{
    int r = git_repo_get(tx, id, ret);

    *ret_head = (struct git_ref){0};
    if (r == 0)
        return error_set(&tx->error, ENOENT, "the repository does not exist");
    if (r > 0 && ret->head.ptr)
        r = git_ref_get(tx, id, ret->head, ret_head);
    return r < 0 ? r : 0;
}

/* ---- v0 --------------------------------------------------------------------------- */

/* The first line of all carries the capabilities. */
static void add_line(struct buf *out, str id, str name, const char *suffix, str *capabilities)
{
    if (capabilities->ptr)
        pkt_printf(out, "%.*s %.*s%s%c%.*s\n", STR_ARG(id), STR_ARG(name), suffix, 0,
                STR_ARG(*capabilities));
    else
        pkt_printf(out, "%.*s %.*s%s\n", STR_ARG(id), STR_ARG(name), suffix);
    *capabilities = (str){0};
}

static str capabilities_of(
        struct tx *tx, enum git_service service, const struct git_repo *repository, bool born)
{
    if (service == GIT_RECEIVE_PACK)
        return STR(PUSH_CAPABILITIES " " AGENT);
    if (!born)
        return STR(UPLOAD_CAPABILITIES " " AGENT);
    return str_printf(
            tx->arena, UPLOAD_CAPABILITIES " symref=HEAD:%.*s " AGENT, STR_ARG(repository->head));
}

int git_advertise(struct tx *tx, str id, enum git_service service, struct buf *out)
{
    struct git_repo repository;
    struct git_ref head;
    struct git_refs refs;
    str after = STR(""), capabilities;
    int r = load(tx, id, &repository, &head);

    if (r < 0)
        return r;
    capabilities = capabilities_of(tx, service, &repository, head.id.ptr);
    if (service == GIT_UPLOAD_PACK && head.id.ptr)
        add_line(out, head.id, STR("HEAD"), "", &capabilities);
    do {
        r = git_ref_list(tx, id, STR("refs/"), after, GIT_REF_PAGE, &refs);
        if (r < 0)
            return r;
        for (size_t i = 0; i < refs.len; i++) {
            const struct git_ref *ref = &refs.items[i];
            add_line(out, ref->id, ref->name, "", &capabilities);
            if (service == GIT_UPLOAD_PACK && ref->peeled.ptr)
                add_line(out, ref->peeled, ref->name, "^{}", &capabilities);
            after = ref->name;
        }
    } while (refs.len == GIT_REF_PAGE && !buf_is_full(out));
    if (capabilities.ptr)
        add_line(out, OBJECT_ID_ZERO, STR("capabilities^{}"), "", &capabilities);
    pkt_add_flush(out);
    return buf_is_full(out) ? full(tx) : 0;
}

/* ---- v2 --------------------------------------------------------------------------- */

void git_advertise_v2(struct buf *out)
{
    pkt_add(out, STR("version 2\n"));
    pkt_add(out, STR(AGENT "\n"));
    pkt_add(out, STR("ls-refs=unborn\n"));
    pkt_add(out, STR("fetch=shallow wait-for-done filter\n"));
    pkt_add(out, STR("object-format=sha1\n"));
    pkt_add_flush(out);
}

static int parse_argument(
        struct arena *arena, str line, struct ls_refs *request, size_t *prefixes, struct error *err)
{
    if (str_eq(line, STR("peel")))
        request->peel = true;
    else if (str_eq(line, STR("symrefs")))
        request->symrefs = true;
    else if (str_eq(line, STR("unborn")))
        request->unborn = true;
    else if (!str_take_prefix(&line, STR("ref-prefix ")))
        return error_set(err, EPROTO, "ls-refs has an argument that is not known");
    else if (++*prefixes <= LS_REFS_MAX_PREFIXES)
        request->prefixes.items[request->prefixes.len++] = str_dup(arena, line);
    return 0;
}

int ls_refs_parse(struct arena *arena, str wire, struct ls_refs *ret, struct error *err)
{
    struct ls_refs request = {0};
    enum pkt_kind kind = PKT_DATA;
    bool in_arguments = false;
    size_t prefixes = 0;
    str line;
    int r = 0;

    request.prefixes.items = arena_array(arena, LS_REFS_MAX_PREFIXES, str);
    while (r == 0) {
        r = pkt_cut(&wire, &kind, &line, err);
        if (r < 0 || kind == PKT_FLUSH)
            break;
        if (kind == PKT_DELIMITER && !in_arguments)
            in_arguments = true;
        else if (kind != PKT_DATA)
            r = error_set(err, EPROTO, "ls-refs has a packet that does not belong there");
        else if (in_arguments)
            r = parse_argument(arena, pkt_line(line), &request, &prefixes, err);
        else if (str_starts(line, STR("object-format=")) &&
                 !str_eq(pkt_line(line), STR("object-format=sha1")))
            r = error_set(err, EPROTO, "only object format sha1 is supported");
    }
    if (r < 0)
        return r;
    if (prefixes > LS_REFS_MAX_PREFIXES)
        request.prefixes.len = 0;
    *ret = request;
    return 0;
}

static bool wants(const struct ls_refs *request, str name)
{
    for (size_t i = 0; i < request->prefixes.len; i++)
        if (str_starts(name, request->prefixes.items[i]))
            return true;
    return request->prefixes.len == 0;
}

static void add_head(const struct git_repo *repository, const struct git_ref *head,
        const struct ls_refs *request, struct buf *out)
{
    if (!wants(request, STR("HEAD")) || !repository->head.ptr)
        return;
    if (!head->id.ptr && request->unborn)
        pkt_printf(out, "unborn HEAD symref-target:%.*s\n", STR_ARG(repository->head));
    else if (head->id.ptr && request->symrefs)
        pkt_printf(out, "%.*s HEAD symref-target:%.*s\n", STR_ARG(head->id),
                STR_ARG(repository->head));
    else if (head->id.ptr)
        pkt_printf(out, "%.*s HEAD\n", STR_ARG(head->id));
}

static int add_range(
        struct tx *tx, str id, str prefix, const struct ls_refs *request, struct buf *out)
{
    struct git_refs refs;
    str after = STR("");

    do {
        int r = git_ref_list(tx, id, prefix, after, GIT_REF_PAGE, &refs);
        if (r < 0)
            return r;
        for (size_t i = 0; i < refs.len; i++) {
            const struct git_ref *ref = &refs.items[i];
            if (request->peel && ref->peeled.ptr)
                pkt_printf(out, "%.*s %.*s peeled:%.*s\n", STR_ARG(ref->id), STR_ARG(ref->name),
                        STR_ARG(ref->peeled));
            else
                pkt_printf(out, "%.*s %.*s\n", STR_ARG(ref->id), STR_ARG(ref->name));
            after = ref->name;
        }
    } while (refs.len == GIT_REF_PAGE && !buf_is_full(out));
    return 0;
}

static int compare(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* Ranges in order, none within another: every ref once, sorted. */
static int add_prefixes(struct tx *tx, str id, const struct ls_refs *request, struct buf *out)
{
    size_t len = request->prefixes.len;
    str *sorted = arena_array(tx->arena, len, str), last = {0};
    int r = 0;

    memcpy(sorted, request->prefixes.items, len * sizeof(*sorted));
    qsort(sorted, len, sizeof(*sorted), compare);
    for (size_t i = 0; i < len && r == 0; i++) {
        if (last.ptr && str_starts(sorted[i], last))
            continue;
        last = sorted[i];
        r = add_range(tx, id, last, request, out);
    }
    return r;
}

int git_ls_refs(struct tx *tx, str id, const struct ls_refs *request, struct buf *out)
{
    struct git_repo repository;
    struct git_ref head;
    int r = load(tx, id, &repository, &head);

    if (r < 0)
        return r;
    add_head(&repository, &head, request, out);
    r = request->prefixes.len ? add_prefixes(tx, id, request, out)
                              : add_range(tx, id, STR("refs/"), request, out);
    pkt_add_flush(out);
    if (r == 0 && buf_is_full(out))
        r = full(tx);
    return r;
}
