#include "services/cloudtrail/wanted.h"

#include "base/zstd.h"

enum {
    REGIONS_MAX = 100, /* more than there are: only the first of them are looked at */
};
static const int64_t DAY_MS = 86400000;

str wanted_logs_subscriber(struct arena *arena, str trail)
{
    return str_concat(arena, trail, STR("/logs"));
}

int wanted_read(struct tx *tx, str after, struct wanted *ret)
{
    struct str_list regions;
    int r = audit_copies_regions(tx, ret->subscriber, REGIONS_MAX, &regions);

    for (size_t i = 0; r >= 0 && i < regions.len && !ret->region.ptr; i++)
        if (str_cmp(regions.items[i], after) > 0)
            ret->region = regions.items[i];
    if (r < 0 || !ret->region.ptr)
        return r;
    r = audit_copies_read(tx, ret->subscriber, ret->region, &ret->copies);
    if (r < 0)
        return r;
    return selectors_load(tx->arena, ret->trail.selectors, &ret->selectors, &tx->error);
}

/* ---- Which records ------------------------------------------------------------------------- */

struct visit {
    struct arena *arena;
    const struct wanted *wanted;
    wanted_fn *fn;
    void *arg;
};

/* IAM's records belong to every region, or to none: as the trail says. */
static bool is_in_scope(const struct wanted *wanted, const json_t *record)
{
    const struct trail *trail = &wanted->trail;

    if (audit_is_global(json_member_str(record, "eventSource")))
        return trail->has_global;
    return trail->is_multi_region || str_eq(trail->region, wanted->region);
}

static int visit_record(const struct visit *visit, str text, struct error *err)
{
    AUTO_JSON json_t *record = NULL;
    int r = json_parse(text, &record, err);

    if (r < 0)
        return r;
    if (!is_in_scope(visit->wanted, record) || !selectors_match(&visit->wanted->selectors, record))
        return 0;
    return visit->fn(visit->arena, visit->arg, text, record, err);
}

static int visit_items(const struct visit *visit, const struct audit_copy *copy, struct error *err)
{
    struct audit_item item;
    str rest;

    if (zstd_unpack(visit->arena, copy->items, (size_t)copy->size, &rest) < 0)
        return error_set(err, EBADMSG, "a copy of the audit is damaged");
    for (;;) {
        int r = audit_item_next(visit->arena, &rest, &item);

        if (r < 0)
            return error_set(err, -r, "a copy of the audit is damaged");
        if (r == 0 || (r = visit_record(visit, item.record, err)) < 0)
            return r;
    }
}

int wanted_each(struct arena *arena, const struct wanted *wanted, wanted_fn *fn, void *arg,
        struct error *err)
{
    const struct visit visit = {arena, wanted, fn, arg};
    int r = 0;

    for (size_t i = 0; i < wanted->copies.len && r >= 0; i++) {
        const struct audit_copy *copy = &wanted->copies.items[i];

        if (copy->items.ptr)
            r = visit_items(&visit, copy, err);
        else if (copy->record.ptr)
            r = visit_record(&visit, copy->record, err);
    }
    return r;
}

/* ---- Afterwards ---------------------------------------------------------------------------- */

int wanted_delete(struct tx *tx, const struct wanted *wanted)
{
    return audit_copies_delete(tx, wanted->subscriber, wanted->region, &wanted->copies);
}

/* Ids begin with their time. */
int wanted_give_up_old(struct tx *tx, const struct wanted *wanted, int64_t now)
{
    uint64_t before = (uint64_t)(now - TRAIL_KEEP_DAYS * DAY_MS);
    str id = str_printf(tx->arena, "%08llx-%04llx", (unsigned long long)(before >> 16),
            (unsigned long long)(before & 0xffff));
    int r = db_exec(tx, "delete from audit_copy where subscriber = $1 and region = $2 and id < $3",
            wanted->subscriber, wanted->region, id);

    return r < 0 ? r : 0;
}
