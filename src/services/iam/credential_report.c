/*
 * The credential report: a CSV with a line for the root and for each user, made by a job.
 *
 *     (none) --Generate--> [STARTED] --Generate--> [INPROGRESS] --job--> [COMPLETE] --4 hours--> (none)
 */
#include "services/iam/credential_report.h"

#include "base/buf.h"
#include "base/clock.h"
#include "services/iam/entity.h"

enum {
    REPORT_MS = 4 * 3600 * 1000, /* how long a report is good */
    REPORT_MAX = 16 << 20,
    KEYS = 2, /* that have columns; the root may have more */
    DAY_MS = 24 * 3600 * 1000,
};

static const str HEAD = STR_INIT(
        "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
        "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
        "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
        "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
        "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
        "cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n");

/* ---- Lines ---------------------------------------------------------------------------- */

struct report {
    struct tx *tx;
    struct buf out;
    int64_t max_age; /* ms, of passwords; 0: for ever */
    struct db_rows keys;
    size_t key; /* the next one: both lists are by entity */
};

/* "2026-11-23T17:42:00+00:00" */
static str date(struct arena *arena, int64_t ms)
{
    return str_printf(arena, "%.*s+00:00", STR_ARG(str_head(time_iso8601(arena, ms), 19)));
}

/* Names may have commas, but no quotes. */
static void write_name(struct report *report, str name)
{
    const char *quote = str_find_char(name, ',') < 0 ? "" : "\"";

    buf_printf(&report->out, "%s%.*s%s", quote, STR_ARG(name), quote);
}

static void add(struct report *report, str text)
{
    buf_char(&report->out, ',');
    buf_add(&report->out, text);
}

static void add_time(struct report *report, bool is_known, int64_t ms)
{
    add(report, is_known ? date(report->tx->arena, ms) : STR("N/A"));
}

static void add_bool(struct report *report, bool is)
{
    add(report, is ? STR("true") : STR("false"));
}

/* A key that was never used has no date. */
static void add_key(struct report *report, const struct db_row *key)
{
    bool is_used = key && !row_is_null(key, 3);

    add_bool(report, key && str_eq(row_text(key, 1), STR("Active")));
    add_time(report, key, key ? row_int(key, 2) : 0);
    add_time(report, is_used, is_used ? row_int(key, 3) : 0);
    add(report, is_used ? row_text(key, 4) : STR("N/A"));
    add(report, is_used ? row_text(key, 5) : STR("N/A"));
}

/* Those of the entity: rows of other entities are skipped. */
static void add_keys(struct report *report, str entity)
{
    size_t n = 0;

    while (report->key < report->keys.len &&
            str_cmp(row_text(&report->keys.items[report->key], 0), entity) < 0)
        report->key++;
    for (; report->key < report->keys.len &&
            str_eq(row_text(&report->keys.items[report->key], 0), entity);
            report->key++)
        if (n++ < KEYS)
            add_key(report, &report->keys.items[report->key]);
    for (; n < KEYS; n++)
        add_key(report, NULL);
}

static void add_password(struct report *report, const struct db_row *row)
{
    bool has_password = !row_is_null(row, 11);

    add_bool(report, has_password);
    add(report, has_password ? STR("no_information") : STR("N/A"));
    add_time(report, has_password, has_password ? row_int(row, 11) : 0);
    add_time(report, has_password && report->max_age > 0,
            has_password ? row_int(row, 11) + report->max_age : 0);
}

static void add_line(struct report *report, const struct db_row *row)
{
    struct entity entity;
    bool is_root;

    entity_from_row(report->tx->arena, row, &entity);
    is_root = str_eq(entity.kind, STR("root"));
    write_name(report, is_root ? STR("<root_account>") : entity.name);
    buf_char(&report->out, ',');
    write_name(report, entity.arn);
    add_time(report, true, entity.created);
    if (is_root)
        for (int i = 0; i < 4; i++)
            add(report, STR("not_supported"));
    else
        add_password(report, row);
    add_bool(report, row_int(row, 12) > 0);
    add_keys(report, entity.id);
    add(report, STR("false,N/A,false,N/A\n")); /* signing certificates */
}

/* ---- The job -------------------------------------------------------------------------- */

static int find_max_age(struct tx *tx, str account, int64_t *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select max_age from iam_password_policy where account = $1", account);

    *ret = r > 0 ? row_int(row, 0) * DAY_MS : 0;
    return r < 0 ? r : 0;
}

static int write_report(struct tx *tx, str account, str *ret)
{
    struct report report = {.tx = tx, .out = buf_make(tx->arena, REPORT_MAX)};
    struct db_rows rows;
    int r = find_max_age(tx, account, &report.max_age);

    if (r == 0)
        r = db_query(tx, &report.keys,
                "select k.entity, k.status, k.created, u.last_time, u.region, u.service"
                " from iam_access_key k left join audit_last_use u on u.id = k.id"
                " where k.account = $1 order by k.entity, k.created, k.id",
                account);
    if (r >= 0) /* the root's id is the account's: digits, before those of users */
        r = db_query(tx, &rows,
                "select e.id, e.account, e.kind, e.name, e.path, e.created, e.boundary, e.tags,"
                " e.trust, e.description, e.max_session, l.changed,"
                " (select count(*) from iam_mfa_device m where m.entity = e.id)"
                " from iam_entity e left join iam_login_profile l on l.entity = e.id"
                " where e.account = $1 and e.kind in ('user', 'root') order by e.id",
                account);
    if (r < 0)
        return r;
    buf_add(&report.out, HEAD);
    for (size_t i = 0; i < rows.len; i++)
        add_line(&report, &rows.items[i]);
    if (buf_is_full(&report.out))
        return error_set(
                &tx->error, E2BIG, "the credential report is larger than %d bytes", REPORT_MAX);
    *ret = buf_str(&report.out);
    return 0;
}

static int commit(struct job *job, struct tx *tx)
{
    str text = {0};
    int r = write_report(tx, job->key, &text);

    if (r < 0)
        return r;
    r = db_exec(tx,
            "update iam_credential_report set generated = $1, content = $2 where account = $3",
            clock_now(), db_blob(text), job->key);
    return r < 0 ? r : 0;
}

const struct job_kind credential_report_job = {.name = "iam.credential-report", .commit = commit};

/* ---- Handlers ------------------------------------------------------------------------- */

static int start(struct call *call)
{
    int r = db_exec(call->tx,
            "insert into iam_credential_report (account, requested, generated)"
            " values ($1, $2, 0) on conflict (account) do update set"
            " requested = excluded.requested, generated = 0, content = null",
            call->account, call->now);

    if (r >= 0)
        r = queue_add(call->server->queue, call->tx, credential_report_job.name, call->account,
                (str){0}, 0);
    return r < 0 ? r : 0;
}

int iam_GenerateCredentialReport(
        struct call *call, const void *in, struct iam_GenerateCredentialReportResponse *out)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select requested, generated from iam_credential_report where account = $1",
            call->account);
    int64_t generated = r > 0 ? row_int(row, 1) : 0;

    (void)in;
    if (r < 0)
        return r;
    if (generated && call->now - generated < REPORT_MS) {
        out->State = STR("COMPLETE");
        return 0;
    }
    if (r > 0 && !generated) {
        out->State = STR("INPROGRESS");
        return 0;
    }
    out->State = STR("STARTED");
    out->Description = STR("No report exists. Starting a new report generation task");
    return start(call);
}

int iam_GetCredentialReport(
        struct call *call, const void *in, struct iam_GetCredentialReportResponse *out)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select generated, content from iam_credential_report where account = $1",
            call->account);

    (void)in;
    if (r < 0)
        return r;
    if (r == 0)
        return call_fail(call, &iam_CredentialReportNotPresentException,
                "No report has been generated. Call GenerateCredentialReport first.");
    if (!row_int(row, 0))
        return call_fail(call, &iam_CredentialReportNotReadyException,
                "The report is still being generated.");
    if (call->now - row_int(row, 0) >= REPORT_MS)
        return call_fail(call, &iam_CredentialReportExpiredException,
                "The report is older than four hours. Call GenerateCredentialReport.");
    out->Content = row_text(row, 1);
    out->ReportFormat = STR("text/csv");
    out->GeneratedTime = SOME_TIME(row_int(row, 0));
    return 0;
}
