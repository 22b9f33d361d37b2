#include "api/usage.h"

#include "api/private.h"
#include "base/log.h"
#include "base/metrics.h"

enum {
    ROWS_AT_ONCE = 500, /* written in one transaction */
};

struct note {
    struct note *next;
    int64_t time;
    bool is_allowed;
    str account, principal, action, resource; /* views into `key` */
    str key;
    char text[];
};

struct usage {
    pthread_mutex_t lock;
    struct map seen; /* key -> note: those of `first` */
    struct note *first;
    size_t len;
};

/* ---- Patterns -------------------------------------------------------------------------- */

/* What policies would take for a wildcard or a variable. */
static void add_escaped(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '*' || text.ptr[i] == '?' || text.ptr[i] == '$')
            buf_printf(out, "${%c}", text.ptr[i]);
        else
            buf_char(out, text.ptr[i]);
    }
}

static str object_pattern(struct arena *arena, str arn)
{
    ptrdiff_t bucket = str_find_char(arn, '/'), folder = str_rfind_char(arn, '/');
    struct buf out = buf_make(arena, SIZE_MAX / 8);
    bool is_in_folder = folder > bucket;

    add_escaped(&out, is_in_folder ? str_head(arn, (size_t)folder + 1) : arn);
    if (is_in_folder)
        buf_char(&out, '*');
    return buf_str(&out);
}

str usage_resource(struct arena *arena, str arn)
{
    static const str stream = STR_INIT(":log-stream:");
    ptrdiff_t at;

    if (str_starts(arn, STR("arn:aws:s3:::")) && str_find_char(arn, '/') >= 0 &&
            !str_ends(arn, STR("/*")))
        return object_pattern(arena, arn);
    if (str_starts(arn, STR("arn:aws:logs:")) && (at = str_find(arn, stream)) >= 0)
        return str_concat(arena, str_head(arn, (size_t)at + stream.len), STR("*"));
    return arn;
}

str usage_widen(struct arena *arena, str resource)
{
    ptrdiff_t slash = str_find_char(resource, '/');
    struct arn arn;

    if (arn_parse(resource, &arn) < 0 || str_eq(arn.resource, STR("*")))
        return STR("*");
    if (str_eq(arn.service, STR("s3")) && slash > 0 &&
            !str_eq(str_skip(resource, (size_t)slash), STR("/*")))
        return str_concat(arena, str_head(resource, (size_t)slash), STR("/*"));
    return str_printf(arena, "arn:%.*s:%.*s:%.*s:%.*s:*", STR_ARG(arn.partition),
            STR_ARG(arn.service), STR_ARG(arn.region), STR_ARG(arn.account));
}

/* ---- In memory ------------------------------------------------------------------------- */

struct usage *usage_new(void)
{
    struct usage *usage = mem_new(struct usage);

    pthread_mutex_init(&usage->lock, NULL);
    return usage;
}

static void free_notes(struct note *first)
{
    while (first) {
        struct note *next = first->next;
        free(first);
        first = next;
    }
}

void usage_free(struct usage *usage)
{
    free_notes(usage->first);
    map_done(&usage->seen);
    pthread_mutex_destroy(&usage->lock);
    free(usage);
}

static struct note *note_new(str key, bool is_allowed, int64_t time)
{
    struct note *note = mem_alloc(1, sizeof(*note) + key.len);
    str rest;

    memcpy(note->text, key.ptr, key.len);
    note->key = rest = (str){note->text, key.len};
    note->is_allowed = is_allowed;
    note->time = time;
    (void)str_cut(&rest, '\n', &note->account); /* the key has all of them */
    (void)str_cut(&rest, '\n', &note->principal);
    (void)str_cut(&rest, '\n', &note->action);
    note->resource = str_skip(rest, 1);
    return note;
}

/* Under the lock. */
static void add_note(struct usage *usage, struct note *note)
{
    (void)map_put(&usage->seen, note->key, note);
    note->next = usage->first;
    usage->first = note;
    usage->len++;
}

void usage_note(struct call *call, str action, str arn, bool is_allowed)
{
    const struct principal *principal = call->principal;
    struct usage *usage = call->server->api->usage;
    str who = principal->kind == PRINCIPAL_USER ? principal->arn : principal->issuer_arn;
    struct buf key = buf_make(call->arena, SIZE_MAX / 8);
    struct note *known;

    if (!who.ptr || str_ends(who, STR(":root")))
        return;
    buf_add(&key, principal->account);
    buf_char(&key, '\n');
    buf_add(&key, who);
    buf_char(&key, '\n');
    buf_add(&key, action);
    buf_char(&key, '\n');
    buf_char(&key, is_allowed ? '+' : '-');
    buf_add(&key, usage_resource(call->arena, arn));

    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&usage->lock);
    known = map_get(&usage->seen, buf_str(&key));
    if (known)
        known->time = call->now > known->time ? call->now : known->time;
    else if (usage->len < USAGE_MAX_NOTES)
        add_note(usage, note_new(buf_str(&key), is_allowed, call->now));
    else
        metrics_count("slipway_usage_dropped_total", "", 1);
}

/* ---- Rows ------------------------------------------------------------------------------ */

/* 1 it was there. */
static int touch(struct tx *tx, const struct note *note, str resource)
{
    return db_exec(tx,
            "update audit_usage set last_time = case when last_time < $6 then $6 else last_time "
            "end where account = $1 and principal = $2 and action = $3 and resource = $4 and "
            "is_allowed = $5",
            note->account, note->principal, note->action, resource, (int64_t)note->is_allowed,
            note->time);
}

static int count(struct tx *tx, const struct note *note, int64_t *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            "select count(*) from audit_usage where account = $1 and principal = $2 and action = "
            "$3 and is_allowed = $4",
            note->account, note->principal, note->action, (int64_t)note->is_allowed);

    if (r < 0)
        return r;
    *ret = row_int(&rows.items[0], 0);
    return 0;
}

static int write_note(struct tx *tx, const struct note *note)
{
    str resource = note->resource;
    int64_t len = 0;
    int r = touch(tx, note, resource);

    if (r != 0)
        return r;
    r = count(tx, note, &len);
    if (r < 0)
        return r;
    if (len >= USAGE_MAX_RESOURCES) {
        resource = len < 2 * (int64_t)USAGE_MAX_RESOURCES ? usage_widen(tx->arena, resource)
                                                          : STR("*");
        r = touch(tx, note, resource);
        if (r != 0)
            return r;
    }
    return db_exec(tx,
            "insert into audit_usage (account, principal, action, resource, is_allowed, last_time)"
            " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            note->account, note->principal, note->action, resource, (int64_t)note->is_allowed,
            note->time);
}

static int write_some(struct tx *tx, void *arg)
{
    const struct note *note = arg;
    int r = 0;

    for (size_t i = 0; note && i < ROWS_AT_ONCE && r >= 0; i++, note = note->next)
        r = write_note(tx, note);
    return r < 0 ? r : 0;
}

static struct note *take_all(struct usage *usage)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&usage->lock);
    struct note *first = usage->first;

    (void)lock;
    map_done(&usage->seen);
    usage->seen = (struct map){0};
    usage->first = NULL;
    usage->len = 0;
    return first;
}

/* Those that came meanwhile are later. */
static void put_back(struct usage *usage, struct note *first)
{
    AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&usage->lock);

    (void)lock;
    while (first) {
        struct note *note = first;

        first = first->next;
        if (map_get(&usage->seen, note->key))
            free(note);
        else
            add_note(usage, note);
    }
}

int usage_flush(struct server *server, struct error *err)
{
    struct usage *usage = server->api->usage;
    struct note *first = take_all(usage);

    while (first) {
        AUTO_ARENA struct arena arena = {0};
        int r = db_write(server->db, &arena, write_some, first, err);

        if (r < 0) {
            put_back(usage, first);
            return r;
        }
        for (size_t i = 0; first && i < ROWS_AT_ONCE; i++) {
            struct note *next = first->next;
            free(first);
            first = next;
        }
    }
    return 0;
}

int usage_expire(struct tx *tx, int64_t before, int64_t limit)
{
    return db_exec(tx,
            "delete from audit_usage where (account, principal, action, resource, is_allowed) in "
            "(select account, principal, action, resource, is_allowed from audit_usage where "
            "last_time < $1 order by last_time limit $2)",
            before, limit);
}

int usage_read(struct tx *tx, str principal, int64_t since, struct usage_items *ret)
{
    struct arn arn;
    struct db_rows rows;
    int r;

    *ret = (struct usage_items){0};
    if (arn_parse(principal, &arn) < 0)
        return 0;
    r = db_query(tx, &rows,
            "select action, resource, is_allowed, last_time from audit_usage where account = $1 "
            "and principal = $2 and last_time >= $3 order by action, resource, is_allowed",
            arn.account, principal, since);
    if (r < 0)
        return r;
    ret->items = arena_array(tx->arena, rows.len, struct usage_item);
    ret->len = rows.len;
    for (size_t i = 0; i < rows.len; i++)
        ret->items[i] = (struct usage_item){
                .action = row_text(&rows.items[i], 0),
                .resource = row_text(&rows.items[i], 1),
                .is_allowed = row_int(&rows.items[i], 2),
                .last_time = row_int(&rows.items[i], 3),
        };
    return 0;
}
