#include "services/cloudtrail/history.h"

#include "base/codec.h"
#include "base/zstd.h"

enum {
    CHUNKS_AT_ONCE = 4,
    ID_SKEW_MS = 1000, /* an event's id is made just before its time is read */
};

#define COLUMNS                                                                                    \
    "select e.event_id, e.time, e.event_source, e.event_name, e.read_only, e.user_name, "          \
    "e.access_key, e.record from audit_event e "
/* $1 account, $2 region, $3 the value, $4 from, $5 and $6 before this place, $7 limit */
#define WHERE "where e.account = $1 and e.region = $2 and "
#define PAGE                                                                                       \
    " and e.time >= $4 and (e.time, e.event_id) < ($5, $6) order by e.time desc, e.event_id desc " \
    "limit $7"
#define BY_RESOURCE(column)                                                                        \
    COLUMNS "join (select distinct time, event_id from audit_resource where account = $1 and "     \
            "region = $2 and " column " = $3 and time >= $4 and (time, event_id) < ($5, $6) "      \
            "order by time desc, event_id desc limit $7) r on r.event_id = e.event_id "            \
            "order by e.time desc, e.event_id desc"

/* Each walks an index that ends with the order of the answer. */
static const struct {
    const char *attribute, *sql;
} row_queries[] = {
        {"", COLUMNS WHERE "$3 = ''" PAGE},
        {"EventId", COLUMNS WHERE "e.event_id = $3" PAGE},
        {"EventName", COLUMNS WHERE "e.event_name = $3" PAGE},
        {"Username", COLUMNS WHERE "e.user_name = $3" PAGE},
        {"EventSource", COLUMNS WHERE "e.event_source = $3" PAGE},
        {"AccessKeyId", COLUMNS WHERE "e.access_key = $3" PAGE},
        {"ReadOnly", COLUMNS WHERE "e.read_only = case $3 when 'true' then 1 else 0 end" PAGE},
        {"ResourceType", BY_RESOURCE("type")},
        {"ResourceName", BY_RESOURCE("short_name")},
        {"ResourceArn", BY_RESOURCE("name")},
};

/* $1 account, $2 region, $3 attribute, $4 value, $5 from, $6 and $7 before this place, $8 limit */
static const char
        any_chunks_sql[] = "select id, last_time, size, items from audit_chunk where account = $1 "
                           "and region = $2 and $3 = $3 and $4 = $4 and last_time >= $5 and "
                           "(last_time, id) < ($6, $7) order by last_time desc, id desc limit $8",
        chunks_sql[] =
                "select c.id, c.last_time, c.size, c.items from audit_chunk_value v "
                "join audit_chunk c on c.id = v.chunk where v.account = $1 and v.region = $2 "
                "and v.attribute = $3 and v.value = $4 and v.last_time >= $5 and "
                "(v.last_time, v.chunk) < ($6, $7) order by v.last_time desc, v.chunk desc "
                "limit $8";

/* A page under way. */
struct page {
    struct tx *tx;
    str account, region;
    const struct history_query *query;
    int64_t from, before; /* of the chunks' items: an id narrows them */
    struct audit_item *items;
    size_t len, size;
};

static void add(struct page *page, const struct audit_item *item)
{
    if (page->len == page->size) {
        struct audit_item *items = page->items;

        page->size = page->size ? page->size * 2 : 64;
        page->items = arena_array(page->tx->arena, page->size, struct audit_item);
        if (page->len)
            memcpy(page->items, items, page->len * sizeof(*items));
    }
    page->items[page->len++] = *item;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

static int read_rows(struct page *page)
{
    const struct history_query *query = page->query;
    str value = query->attribute.len ? query->value : STR("");
    struct db_rows rows = {0};
    int r = 0;

    for (size_t i = 0; i < sizeof(row_queries) / sizeof(*row_queries); i++)
        if (str_eq(query->attribute, str_of(row_queries[i].attribute)))
            r = db_query(page->tx, &rows, row_queries[i].sql, page->account, page->region, value,
                    query->from, query->before.time, query->before.event_id, query->limit);
    for (size_t i = 0; i < rows.len && r >= 0; i++) {
        const struct db_row *row = &rows.items[i];

        add(page, &(struct audit_item){
                          .event_id = row_text(row, 0),
                          .time = row_int(row, 1),
                          .event_source = row_text(row, 2),
                          .event_name = row_text(row, 3),
                          .is_read = row_int(row, 4),
                          .user_name = row_text(row, 5),
                          .access_key = row_text(row, 6),
                          .record = row_text(row, 7),
                  });
    }
    return r;
}

/* ---- Chunks -------------------------------------------------------------------------------- */

struct matching {
    const struct history_query *query;
    bool matches;
};

static void match(str attribute, str value, void *arg)
{
    struct matching *matching = arg;

    if (str_eq(attribute, matching->query->attribute) && str_eq(value, matching->query->value))
        matching->matches = true;
}

static bool is_wanted(const struct page *page, const struct audit_item *item)
{
    const struct history_query *query = page->query;
    struct matching matching = {query, query->attribute.len == 0};

    if (item->time < query->from || item->time > query->before.time ||
            (item->time == query->before.time &&
                    str_cmp(item->event_id, query->before.event_id) >= 0))
        return false;
    if (str_eq(query->attribute, STR("EventId")))
        return str_eq(item->event_id, query->value);
    if (!matching.matches)
        audit_item_values(item, match, &matching);
    return matching.matches;
}

static int unpack(struct page *page, const struct db_row *row)
{
    struct tx *tx = page->tx;
    struct audit_item item;
    str rest;
    int r = zstd_unpack(tx->arena, row_text(row, 3), (size_t)row_int(row, 2), &rest);

    while (r >= 0 && (r = audit_item_next(tx->arena, &rest, &item)) > 0)
        if (is_wanted(page, &item))
            add(page, &item);
    if (r < 0)
        return error_set(
                &tx->error, -r, "chunk %.*s of the audit is damaged", STR_ARG(row_text(row, 0)));
    return 0;
}

/* So many items are later than all that older chunks have. */
static bool is_enough(const struct page *page, int64_t last_time)
{
    size_t later = 0;

    for (size_t i = 0; i < page->len; i++)
        later += page->items[i].time > last_time;
    return later >= page->query->limit;
}

static int query_chunks(struct page *page, int64_t time, str id, struct db_rows *ret)
{
    const struct history_query *query = page->query;
    bool is_any = query->attribute.len == 0 || str_eq(query->attribute, STR("EventId"));

    return db_query(page->tx, ret, is_any ? any_chunks_sql : chunks_sql, page->account,
            page->region, is_any ? STR("") : query->attribute, is_any ? STR("") : query->value,
            page->from, time, id, (int64_t)CHUNKS_AT_ONCE);
}

/* An item is in a chunk whose last is at most AUDIT_CHUNK_SPAN_MS later, on either side. */
static int read_chunks(struct page *page)
{
    int64_t time = page->before + 2 * AUDIT_CHUNK_SPAN_MS;
    struct db_rows rows;
    str id = STR("");
    int r;

    do {
        r = query_chunks(page, time, id, &rows);
        for (size_t i = 0; i < rows.len && r >= 0; i++) {
            id = row_text(&rows.items[i], 0);
            time = row_int(&rows.items[i], 1);
            if (is_enough(page, time))
                return 0;
            r = unpack(page, &rows.items[i]);
        }
    } while (r >= 0 && rows.len == CHUNKS_AT_ONCE);
    return r < 0 ? r : 0;
}

/* The ids are UUIDs of version 7, which begin with the time. False: this is none. */
static bool narrow_by_id(struct page *page)
{
    str id = page->query->value, first, second = id;
    uint64_t stamp;

    if (!str_cut(&second, '-', &first) || first.len != 8 || second.len < 4 ||
            hex_to_u64(str_concat(page->tx->arena, first, str_head(second, 4)), &stamp) < 0)
        return false;
    int64_t time = (int64_t)stamp;
    page->from = time - ID_SKEW_MS > page->from ? time - ID_SKEW_MS : page->from;
    page->before = time + ID_SKEW_MS < page->before ? time + ID_SKEW_MS : page->before;
    return true;
}

/* ---- Both ---------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const struct audit_item *x = a, *y = b;

    if (x->time != y->time)
        return x->time > y->time ? -1 : 1;
    return str_cmp(y->event_id, x->event_id);
}

int history_read(struct tx *tx, str account, str region, const struct history_query *query,
        struct history *ret)
{
    struct page page = {.tx = tx,
            .account = account,
            .region = region,
            .query = query,
            .from = query->from,
            .before = query->before.time};
    int r = read_rows(&page);

    if (r >= 0 && (!str_eq(query->attribute, STR("EventId")) || narrow_by_id(&page)))
        r = read_chunks(&page);
    if (r < 0)
        return r;
    if (page.len)
        qsort(page.items, page.len, sizeof(*page.items), compare);
    ret->items = page.items;
    ret->len = page.len < query->limit ? page.len : query->limit;
    return 0;
}
