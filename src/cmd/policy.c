/*
 * slipway policy explain: from the audit trail of a data directory, beside a server that may run
 */
#include "base/options.h"
#include "cmd/admin.h"
#include "cmd/cmd.h"
#include "cmd/explain.h"
#include "services/cloudtrail/history.h"

struct search {
    str event_id;
    struct audit_item found;
};

/* 1 found, 0 not: in whatever account and region. */
static int find_event(struct tx *tx, void *arg)
{
    struct search *search = arg;
    const struct history_query query = {.attribute = STR("EventId"),
            .value = search->event_id,
            .before = {.time = INT64_MAX / 2, .event_id = STR("")},
            .limit = 1};
    struct db_rows places;
    int r = db_query(tx, &places,
            "select distinct account, region from audit_chunk union "
            "select account, region from audit_event where event_id = $1",
            query.value);

    for (size_t i = 0; r >= 0 && i < places.len; i++) {
        struct history history = {0};
        r = history_read(
                tx, row_text(&places.items[i], 0), row_text(&places.items[i], 1), &query, &history);
        if (r >= 0 && history.len) {
            search->found = history.items[0];
            return 1;
        }
    }
    return r < 0 ? r : 0;
}

static int explain(struct admin *admin, struct error *err)
{
    struct search search = {.event_id = str_of(admin->event)};
    str text;
    int r = db_read(admin->server.db, admin->arena, find_event, &search, err);

    if (r < 0)
        return r;
    if (r == 0)
        return error_set(err, ENOENT,
                "there is no event \"%s\" in the trail (a read is there after a second, and all "
                "for 90 days)",
                admin->event);
    if (explain_event(admin->arena, search.found.record, search.found.trace, &text) < 0)
        return error_set(err, EBADMSG, "the record of event \"%s\" is damaged", admin->event);
    printf("%.*s", STR_ARG(text));
    return 0;
}

int cmd_policy(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct admin admin = {.arena = &arena};
    const struct option_spec options[] = {
            {"data", &admin.data_dir, NULL}, {"database", &admin.database, NULL}};
    const char *items[2] = {0};
    struct option_words words = {items, 2, 0};
    struct error err = {0};

    if (options_parse(
                argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &words, &err) < 0)
        return cmd_usage_error("policy", &err);
    admin.event = items[1];
    if (!items[0] || strcmp(items[0], "explain") != 0 || !admin.event)
        (void)error_set(&err, EINVAL, "it is: policy explain --data DIR EVENT-ID");
    else if (!admin.data_dir)
        (void)error_set(&err, EINVAL, "--data DIR is needed");
    else
        return admin_run(&admin, explain, false);
    return cmd_usage_error("policy", &err);
}
