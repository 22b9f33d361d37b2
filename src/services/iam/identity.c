/*
 * What the api layer asks about identities: struct identity_source of api/principal.h.
 * Sessions are opened by sts, which keeps nothing; here it is checked that their role
 * or user is still the one they were made for.
 */
#include "base/json.h"
#include "services/iam/access_key.h"
#include "services/iam/entity.h"
#include "services/iam/managed.h"
#include "services/sts/sts.h"

static const str LONG_TERM = STR_INIT("AKIA");
static const str SESSION = STR_INIT("ASIA");

/* The id of the user or role behind a principal: AROA…:session without the session, the user who
 * vouches. */
static str entity_id(const struct principal *principal)
{
    str rest = principal->user_id, id = rest;

    if (principal->kind == PRINCIPAL_FEDERATED)
        return principal->issuer_id;
    if (principal->kind == PRINCIPAL_ROLE)
        (void)str_cut(&rest, ':', &id);
    return id;
}

/* ---- Tags -------------------------------------------------------------------------- */

static bool has_tag(const struct principal_tags *tags, str key)
{
    for (size_t i = 0; i < tags->len; i++)
        if (str_eq_nocase(tags->items[i].key, key))
            return true;
    return false;
}

int iam_principal_tags(struct arena *arena, str text, struct principal *principal)
{
    AUTO_JSON json_t *json = NULL;
    struct principal_tags tags = principal->tags;

    if (!text.ptr)
        return 0;
    if (json_parse(text, &json, NULL) < 0)
        return -EIO;
    tags.items = arena_array(arena, tags.len + json_array_size(json), struct principal_tag);
    if (tags.len > 0)
        memcpy(tags.items, principal->tags.items, tags.len * sizeof(*tags.items));
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *tag = json_array_get(json, i);
        str key = json_member_str(tag, "Key");
        if (has_tag(&tags, key))
            continue;
        tags.items[tags.len++] = (struct principal_tag){
                .key = str_dup(arena, key),
                .value = str_dup(arena, json_member_str(tag, "Value")),
        };
    }
    principal->tags = tags;
    return 0;
}

/* ---- Keys -------------------------------------------------------------------------- */

static void principal_from(const struct entity *entity, struct principal *ret)
{
    *ret = (struct principal){
            .kind = str_eq(entity->kind, STR("root")) ? PRINCIPAL_ROOT : PRINCIPAL_USER,
            .account = entity->account,
            .arn = entity->arn,
            .user_id = entity->id,
            .name = entity->name,
    };
}

/* The user of a session is as it is now, whatever it was called when the session began. */
static void refresh_user(const struct entity *entity, struct principal *session)
{
    struct principal now;

    principal_from(entity, &now);
    now.access_key = session->access_key;
    now.mfa_time = session->mfa_time;
    now.session_start = session->session_start;
    now.session_end = session->session_end;
    *session = now;
}

static int find_session(
        struct server *server, struct tx *tx, str access_key, str token, struct credential *ret)
{
    struct credential credential = {0};
    struct entity entity;
    int r = sts_session_open(server, tx->arena, access_key, token, &credential);

    if (r < 0)
        return r;
    r = entity_find_id(tx, entity_id(&credential.principal), &entity);
    if (r <= 0)
        return r;
    if (credential.principal.kind == PRINCIPAL_USER)
        refresh_user(&entity, &credential.principal);
    if (credential.principal.kind == PRINCIPAL_FEDERATED)
        credential.principal.issuer_arn = entity.arn;
    r = iam_principal_tags(tx->arena, entity.tags, &credential.principal);
    if (r < 0)
        return r;
    *ret = credential;
    return 1;
}

static int find(
        struct server *server, struct tx *tx, str access_key, str token, struct credential *ret)
{
    struct credential credential = {0};
    const struct db_row *row;
    struct entity entity;
    struct error err;
    int r;

    if (str_starts(access_key, SESSION))
        return token.len > 0 ? find_session(server, tx, access_key, token, ret) : 0;
    if (!str_starts(access_key, LONG_TERM))
        return 0;
    if (token.len > 0)
        return -EBADMSG;
    r = db_one(tx, &row,
            "select " ENTITY_COLUMNS ", k_secret from (select e.id, e.account, e.kind, e.name,"
            " e.path, e.created, e.boundary, e.tags, e.trust, e.description, e.max_session,"
            " k.secret as k_secret from iam_access_key k join iam_entity e on e.id = k.entity"
            " where k.id = $1 and k.status = 'Active') as keys",
            access_key);
    if (r <= 0)
        return r;
    entity_from_row(tx->arena, row, &entity);
    principal_from(&entity, &credential.principal);
    r = iam_principal_tags(tx->arena, entity.tags, &credential.principal);
    if (r < 0)
        return r;
    credential.principal.access_key = access_key;
    r = seal_unseal(server->seal, tx->arena, access_key_context(tx->arena, access_key),
            row_text(row, 11), &credential.secret, &err);
    if (r < 0)
        return error_set(
                &tx->error, EIO, "secret of access key %.*s: %s", STR_ARG(access_key), err.text);
    *ret = credential;
    return 1;
}

/* ---- Policies ---------------------------------------------------------------------- */

struct sources {
    struct arena *arena;
    struct policy_source *items;
    size_t len, size;
};

static void add(struct sources *sources, const struct policy_source *source)
{
    if (sources->len == sources->size) {
        size_t size = sources->size ? 2 * sources->size : 16;
        struct policy_source *items = arena_array(sources->arena, size, struct policy_source);
        if (sources->len > 0)
            memcpy(items, sources->items, sources->len * sizeof(*items));
        sources->items = items;
        sources->size = size;
    }
    sources->items[sources->len++] = *source;
}

static int add_inline(struct tx *tx, const struct entity *entity, struct sources *sources)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            "select name, version, document from iam_inline_policy where entity = $1"
            " order by name limit 1000",
            entity->id);

    if (r < 0)
        return r;
    for (size_t i = 0; i < rows.len; i++)
        add(sources, &(struct policy_source){
                             .name = str_printf(tx->arena, "%.*s/%.*s/%.*s", STR_ARG(entity->kind),
                                     STR_ARG(entity->name), STR_ARG(row_text(&rows.items[i], 0))),
                             .version = str_concat(
                                     tx->arena, STR("inline/"), row_text(&rows.items[i], 1)),
                             .text = row_text(&rows.items[i], 2),
                     });
    return 0;
}

static str managed_version(struct arena *arena, str id, int64_t version)
{
    return str_printf(arena, "%.*s/v%lld", STR_ARG(id), (long long)version);
}

static int add_attached(struct tx *tx, const struct entity *entity, struct sources *sources)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            "select a.policy, a.policy_name, p.id, v.version, v.document from iam_attachment a"
            " left join iam_policy p on p.arn = a.policy"
            " left join iam_policy_version v on v.arn = p.arn and v.version = p.default_version"
            " where a.entity = $1 order by a.policy limit 1000",
            entity->id);

    if (r < 0)
        return r;
    for (size_t i = 0; i < rows.len; i++) {
        const struct db_row *row = &rows.items[i];
        struct managed_policy managed;
        struct policy_source source = {
                .name = str_concat(tx->arena, STR("policy/"), row_text(row, 1)),
                .arn = row_text(row, 0),
        };
        if (managed_find(row_text(row, 0), &managed)) {
            source.version = managed_version(tx->arena, managed.id, 1);
            source.text = managed.document;
        } else {
            source.version = managed_version(tx->arena, row_text(row, 2), row_int(row, 3));
            source.text = row_text(row, 4);
        }
        if (source.text.ptr)
            add(sources, &source);
    }
    return 0;
}

static int add_own(struct tx *tx, const struct entity *entity, struct sources *sources)
{
    int r = add_inline(tx, entity, sources);

    return r < 0 ? r : add_attached(tx, entity, sources);
}

static int add_groups(struct tx *tx, const struct entity *user, struct sources *sources)
{
    struct db_rows rows;
    int r = entity_groups(tx, user, (str){0}, IAM_MAX_GROUPS_PER_USER, &rows);

    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        struct entity group;
        entity_from_row(tx->arena, &rows.items[i], &group);
        r = add_own(tx, &group, sources);
    }
    return r;
}

/* A boundary whose policy is gone allows nothing. */
static const str NOTHING = STR_INIT("{\"Version\":\"2012-10-17\",\"Statement\":"
                                    "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}");

static int find_boundary(struct tx *tx, const struct entity *entity, struct policy_source *ret)
{
    struct managed_policy managed;
    const struct db_row *row;
    int r;

    if (!entity->boundary.ptr)
        return 0;
    if (managed_find(entity->boundary, &managed)) {
        *ret = (struct policy_source){managed.arn, managed_version(tx->arena, managed.id, 1),
                managed.document, managed.arn};
        return 0;
    }
    r = db_one(tx, &row,
            "select p.id, v.version, v.document from iam_policy p join iam_policy_version v"
            " on v.arn = p.arn and v.version = p.default_version"
            " where p.account = $1 and p.arn = $2",
            entity->account, entity->boundary);
    if (r < 0)
        return r;
    *ret = (struct policy_source){entity->boundary, STR("nothing"), NOTHING, entity->boundary};
    if (r == 1) {
        ret->version = managed_version(tx->arena, row_text(row, 0), row_int(row, 1));
        ret->text = row_text(row, 2);
    }
    return 0;
}

int entity_policies(struct tx *tx, const struct entity *entity, struct principal_policies *ret)
{
    struct principal_policies found = {0};
    struct sources sources = {.arena = tx->arena};
    int r = add_own(tx, entity, &sources);

    if (r == 0 && str_eq(entity->kind, STR("user")))
        r = add_groups(tx, entity, &sources);
    if (r == 0)
        r = find_boundary(tx, entity, &found.boundary);
    if (r < 0)
        return r;
    found.identity.items = sources.items;
    found.identity.len = sources.len;
    *ret = found;
    return 0;
}

static int policies(struct server *server, struct tx *tx, const struct principal *principal,
        struct principal_policies *ret)
{
    struct entity entity;
    int r;

    (void)server;
    *ret = (struct principal_policies){0};
    if (principal->kind != PRINCIPAL_USER && principal->kind != PRINCIPAL_ROLE &&
            principal->kind != PRINCIPAL_FEDERATED)
        return 0;
    r = entity_find_id(tx, entity_id(principal), &entity);
    if (r <= 0) /* gone: nothing is allowed */
        return r;
    return entity_policies(tx, &entity, ret);
}

static int generation(struct server *server, struct tx *tx, str account, int64_t *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select generation from iam_account where id = $1", account);

    (void)server;
    if (r < 0)
        return r;
    *ret = r == 1 ? row_int(row, 0) : 0;
    return 0;
}

const struct identity_source iam_identity = {
        .find = find,
        .policies = policies,
        .generation = generation,
};
