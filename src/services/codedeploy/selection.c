#include "services/codedeploy/selection.h"

enum {
    ROWS_AT_ONCE = 100 /* more than an instance has tags: each read gets on */
};

/* The instances of one filter. */
struct cursor {
    const struct codedeploy_TagFilter *filter;
    struct db_rows rows;
    size_t at;
    bool is_all; /* nothing follows the rows */
};

struct selection_set {
    struct cursor *cursors;
    size_t len;
};

void selection_init(struct selection *selection, struct call *call,
        const struct codedeploy_TagFilterList *sets, size_t len, str after)
{
    *selection = (struct selection){.call = call,
            .sets = arena_array(call->arena, len, struct selection_set),
            .len = len,
            .from = after,
            .is_past = after.len > 0};
    for (size_t i = 0; i < len; i++) {
        struct selection_set *set = &selection->sets[i];

        *set = (struct selection_set){
                arena_array(call->arena, sets[i].len, struct cursor), sets[i].len};
        for (size_t j = 0; j < set->len; j++)
            set->cursors[j].filter = &sets[i].items[j];
    }
}

#define MATCHES(condition)                                                                         \
    "select i.name, i.arn, i.iam_user_arn, i.iam_session_arn from codedeploy_instance_tag t"       \
    " join codedeploy_instance i on i.account = t.account and i.region = t.region"                 \
    " and i.name = t.instance where t.account = $1 and t.region = $2 and t.instance >= $3"         \
    " and " condition

static int fetch(const struct selection *s, struct cursor *c)
{
    struct call *call = s->call;
    str key = c->filter->Key.ptr ? c->filter->Key : STR("");
    str value = c->filter->Value.ptr ? c->filter->Value : STR("");
    int r;

    if (str_eq(c->filter->Type, STR("KEY_ONLY")))
        r = db_query(call->tx, &c->rows, MATCHES("t.name = $4 order by t.instance limit $5"),
                call->account, call->region, s->from, key, ROWS_AT_ONCE);
    else if (str_eq(c->filter->Type, STR("VALUE_ONLY")))
        r = db_query(call->tx, &c->rows, MATCHES("t.value = $4 order by t.instance limit $5"),
                call->account, call->region, s->from, value, ROWS_AT_ONCE);
    else
        r = db_query(call->tx, &c->rows,
                MATCHES("t.name = $4 and t.value = $5 order by t.instance limit $6"), call->account,
                call->region, s->from, key, value, ROWS_AT_ONCE);
    c->at = 0;
    c->is_all = c->rows.len < ROWS_AT_ONCE;
    return r < 0 ? r : 0;
}

static const struct db_row *row_at(const struct cursor *c)
{
    return c->at < c->rows.len ? &c->rows.items[c->at] : NULL;
}

static bool is_behind(const struct selection *s, const struct db_row *row)
{
    int order = str_cmp(row_text(row, 0), s->from);

    return order < 0 || (order == 0 && s->is_past);
}

/* The first row of the filter that is not behind; NULL there is none. */
static int advance(const struct selection *s, struct cursor *c, const struct db_row **ret)
{
    for (;;) {
        while (row_at(c) && is_behind(s, row_at(c)))
            c->at++;
        *ret = row_at(c);
        if (*ret || c->is_all)
            return 0;
        int r = fetch(s, c);
        if (r < 0)
            return r;
    }
}

/* The same of the set: the first row of any of its filters. */
static int advance_set(
        const struct selection *s, struct selection_set *set, const struct db_row **ret)
{
    const struct db_row *first = NULL, *row;

    for (size_t i = 0; i < set->len; i++) {
        int r = advance(s, &set->cursors[i], &row);
        if (r < 0)
            return r;
        if (row && (!first || str_cmp(row_text(row, 0), row_text(first, 0)) < 0))
            first = row;
    }
    *ret = first;
    return 0;
}

int selection_next(struct selection *selection, struct instance *ret)
{
    const struct db_row *row = NULL;
    size_t agreed = 0; /* sets in turn that are at `from` */

    for (size_t i = 0; agreed < selection->len; i = (i + 1) % selection->len) {
        int r = advance_set(selection, &selection->sets[i], &row);
        if (r < 0 || !row)
            return r;
        bool is_there = !selection->is_past && str_eq(row_text(row, 0), selection->from);
        agreed = is_there ? agreed + 1 : 1;
        selection->from = row_text(row, 0);
        selection->is_past = false;
    }
    if (!row)
        return 0;
    *ret = instance_of(row);
    selection->is_past = true;
    return 1;
}
