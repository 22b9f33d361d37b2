/*
 * slipway policy: from the audit trail of a data directory, beside a server that may run
 */
#include "base/clock.h"
#include "base/options.h"
#include "cmd/admin.h"
#include "cmd/cmd.h"
#include "cmd/explain.h"
#include "cmd/suggest.h"
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

/* ---- What would be enough ------------------------------------------------------------------ */

struct survey {
    str principal;
    int64_t since;
    struct usage_items items;
};

static int read_usage(struct tx *tx, void *arg)
{
    struct survey *survey = arg;

    return usage_read(tx, survey->principal, survey->since, &survey->items);
}

/* A moment, or a day at its beginning. */
static int parse_since(struct arena *arena, const char *text, int64_t *ret, struct error *err)
{
    str time = str_of(text);

    if (text && time.len == strlen("2026-11-24"))
        time = str_concat(arena, time, STR("T00:00:00Z"));
    if (text && time_parse_iso8601(time, ret) < 0)
        return error_set(err, EINVAL, "--since \"%s\" is no time like 2026-11-24T06:00:00Z", text);
    return 0;
}

static int check_principal(str arn, const char *kind, struct error *err)
{
    struct arn parts;

    if (arn_parse(arn, &parts) < 0 || !str_eq(parts.service, STR("iam")) ||
            !str_starts(parts.resource, str_of(kind)))
        return error_set(err, EINVAL, "\"%.*s\" is no ARN like arn:aws:iam::123456789012:%sNAME",
                STR_ARG(arn), kind);
    return 0;
}

static void print_remarks(const struct suggestion *suggestion)
{
    fprintf(stderr, "%.*s", STR_ARG(suggestion->remarks));
    if (suggestion->length > SUGGEST_MAX_MANAGED)
        fprintf(stderr,
                "the policy has %zu characters, and a managed policy at most %d: attach its "
                "statements as several\n",
                suggestion->length, SUGGEST_MAX_MANAGED);
}

static int suggest(struct admin *admin, struct error *err)
{
    struct survey survey = {.principal = str_of(admin->role ? admin->role : admin->user)};
    struct suggestion suggestion;
    int r = check_principal(survey.principal, admin->role ? "role/" : "user/", err);

    if (r >= 0)
        r = parse_since(admin->arena, admin->since, &survey.since, err);
    if (r >= 0)
        r = db_read(admin->server.db, admin->arena, read_usage, &survey, err);
    if (r < 0)
        return r;
    if (suggest_policy(admin->arena, &survey.items, &suggestion) < 0)
        return error_set(err, E2BIG, "the policy would be too large");
    print_remarks(&suggestion);
    if (!suggestion.policy.ptr)
        return error_set(err, ENOENT,
                "%.*s has used no permission%s (what is used is there after a second, and for 90 "
                "days)",
                STR_ARG(survey.principal), admin->since ? " since then" : "");
    printf("%.*s", STR_ARG(suggestion.policy));
    return 0;
}

/* ---- The command --------------------------------------------------------------------------- */

static const char *const usage[] = {
        "it is: policy explain --data DIR EVENT-ID",
        "it is: policy suggest --data DIR --role ARN|--user ARN [--since TIME]",
        "it is: policy explain or policy suggest",
};

/* NULL: it was called wrongly, and *ret_usage says how it is called. */
static admin_fn *find_command(const struct admin *admin, const char *verb, const char **ret_usage)
{
    if (verb && strcmp(verb, "explain") == 0) {
        *ret_usage = usage[0];
        return admin->event && !admin->role && !admin->user && !admin->since ? explain : NULL;
    }
    if (verb && strcmp(verb, "suggest") == 0) {
        *ret_usage = usage[1];
        return !admin->event && !admin->role != !admin->user ? suggest : NULL;
    }
    *ret_usage = usage[2];
    return NULL;
}

int cmd_policy(int argc, char **argv)
{
    AUTO_ARENA struct arena arena = {0};
    struct admin admin = {.arena = &arena};
    const struct option_spec options[] = {{"data", &admin.data_dir, NULL},
            {"database", &admin.database, NULL}, {"role", &admin.role, NULL},
            {"user", &admin.user, NULL}, {"since", &admin.since, NULL}};
    const char *items[2] = {0};
    struct option_words words = {items, 2, 0};
    struct error err = {0};
    admin_fn *command;
    const char *how;

    if (options_parse(
                argc - 1, argv + 1, options, sizeof(options) / sizeof(*options), &words, &err) < 0)
        return cmd_usage_error("policy", &err);
    admin.event = items[1];
    command = find_command(&admin, items[0], &how);
    if (!command)
        (void)error_set(&err, EINVAL, "%s", how);
    else if (!admin.data_dir)
        (void)error_set(&err, EINVAL, "--data DIR is needed");
    else
        return admin_run(&admin, command, false);
    return cmd_usage_error("policy", &err);
}
