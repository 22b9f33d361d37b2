#include "services/cloudtrail/trail.h"

#include "api/audit_copy.h"
#include "base/random.h"
#include "services/cloudtrail/selectors.h"
#include "services/cloudtrail/wanted.h"

#define COLUMNS                                                                                    \
    "id, account, region, name, bucket, prefix, kms_key, has_global, is_multi_region, selectors, " \
    "is_logging, started, stopped, has_validation, log_group, log_role"

/* ---- Names --------------------------------------------------------------------------------- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool has_valid_characters(str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_letter_or_digit(name.ptr[i]) && !memchr("._-", name.ptr[i], 3))
            return false;
    return true;
}

static bool has_neighbours(str name)
{
    for (size_t i = 1; i < name.len; i++)
        if (!is_letter_or_digit(name.ptr[i - 1]) && !is_letter_or_digit(name.ptr[i]))
            return true;
    return false;
}

static bool looks_like_an_address(str name)
{
    struct str_list parts = {0};
    char text[16];
    AUTO_ARENA struct arena scratch = {0};

    if (name.len >= sizeof(text))
        return false;
    parts = str_split(&scratch, name, '.');
    for (size_t i = 0; i < parts.len; i++) {
        int64_t number;
        if (str_to_i64(parts.items[i], &number) < 0 || number < 0 || number > 255)
            return false;
    }
    return parts.len == 4;
}

int trail_name_check(struct call *call, str name)
{
    if (name.len < TRAIL_MIN_NAME)
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name too short. Minimum allowed length: %d characters. Specified name "
                "length: %zu characters.",
                TRAIL_MIN_NAME, name.len);
    if (name.len > TRAIL_MAX_NAME)
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name too long. Maximum allowed length: %d characters. Specified name "
                "length: %zu characters.",
                TRAIL_MAX_NAME, name.len);
    if (!has_valid_characters(name))
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, "
                "periods (.), hyphens (-), and underscores (_).");
    if (!is_letter_or_digit(name.ptr[0]))
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name must starts with a letter or number.");
    if (!is_letter_or_digit(name.ptr[name.len - 1]))
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name must ends with a letter or number.");
    if (has_neighbours(name))
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name cannot have adjacent periods, hyphens or underscores.");
    if (looks_like_an_address(name))
        return call_fail(call, &cloudtrail_InvalidTrailNameException,
                "Trail name cannot be formatted as an IP address.");
    return 0;
}

str trail_arn(struct call *call, str region, str name)
{
    return str_printf(call->arena, "arn:aws:cloudtrail:%.*s:%.*s:trail/%.*s", STR_ARG(region),
            STR_ARG(call->account), STR_ARG(name));
}

int trail_name_parse(struct call *call, str text, struct trail_name *ret)
{
    struct arn arn;
    int r;

    if (!str_starts(text, STR("arn:"))) {
        r = trail_name_check(call, text);
        if (r == 0)
            *ret = (struct trail_name){call->region, text, trail_arn(call, call->region, text)};
        return r;
    }
    if (arn_parse(text, &arn) < 0 || !str_eq(arn.service, STR("cloudtrail")) || !arn.region.len ||
            arn.account.len != 12 || !str_take_prefix(&arn.resource, STR("trail/")) ||
            !arn.resource.len || !has_valid_characters(arn.resource))
        return call_fail(call, &cloudtrail_CloudTrailARNInvalidException,
                "The trail ARN is not valid: %.*s. A valid trail ARN is of the form "
                "arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail",
                STR_ARG(str_head(text, 256)));
    *ret = (struct trail_name){arn.region, arn.resource, text};
    return 0;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

static void from_row(struct arena *arena, const struct db_row *row, struct trail *ret)
{
    *ret = (struct trail){
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .name = row_text(row, 3),
            .bucket = row_text(row, 4),
            .prefix = row_text(row, 5),
            .kms_key = row_text(row, 6),
            .has_global = row_int(row, 7),
            .is_multi_region = row_int(row, 8),
            .selectors = row_text(row, 9),
            .is_logging = row_int(row, 10),
            .started = row_int(row, 11),
            .stopped = row_int(row, 12),
            .has_validation = row_int(row, 13),
            .log_group = row_text(row, 14),
            .log_role = row_text(row, 15),
    };
    ret->arn = str_printf(arena, "arn:aws:cloudtrail:%.*s:%.*s:trail/%.*s", STR_ARG(ret->region),
            STR_ARG(ret->account), STR_ARG(ret->name));
}

int trail_find(struct call *call, const struct trail_name *name, struct trail *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select " COLUMNS " from cloudtrail_trail where account = $1 and region = $2 and "
            "name = $3",
            call->account, name->region, name->name);

    if (r <= 0)
        return r;
    from_row(call->arena, row, ret);
    return str_eq(ret->arn, name->arn) &&
           (str_eq(ret->region, call->region) || ret->is_multi_region);
}

int trail_by_id(struct tx *tx, str id, struct trail *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, "select " COLUMNS " from cloudtrail_trail where id = $1", id);

    if (r > 0)
        from_row(tx->arena, row, ret);
    return r;
}

int trail_open(struct call *call, str text, struct trail *ret)
{
    str action = str_printf(
            call->arena, "cloudtrail:%s", model_str(call->service->model, call->operation->name));
    struct trail_name name;
    int r = trail_name_parse(call, text, &name);

    if (r == 0)
        r = authorize(call, action, name.arn);
    if (r == 0)
        r = trail_find(call, &name, ret);
    if (r == 0)
        return call_fail(call, &cloudtrail_TrailNotFoundException,
                "Unknown trail: %.*s for the user: %.*s", STR_ARG(text), STR_ARG(call->account));
    return r < 0 ? r : 0;
}

int trail_open_home(struct call *call, str text, struct trail *ret)
{
    int r = trail_open(call, text, ret);

    if (r == 0 && !str_eq(ret->region, call->region))
        return call_fail(call, &cloudtrail_InvalidHomeRegionException,
                "Trail %.*s can be changed only in the Region in which it was created: %.*s.",
                STR_ARG(ret->arn), STR_ARG(ret->region));
    return r;
}

int trail_list(struct call *call, str region, struct trails *ret)
{
    struct db_rows rows;
    int r = db_query(call->tx, &rows,
            "select " COLUMNS " from cloudtrail_trail where account = $1 and (cast($2 as text) is "
            "null or region = $2 or is_multi_region = 1) order by name, region limit $3",
            call->account, region, (int64_t)DB_MAX_ROWS);

    if (r < 0)
        return r;
    ret->items = arena_array(call->arena, rows.len, struct trail);
    for (ret->len = 0; ret->len < rows.len; ret->len++)
        from_row(call->arena, &rows.items[ret->len], &ret->items[ret->len]);
    return 0;
}

/* The audit notes for the trail what it may want; what it wants is seen at delivery. */
static struct audit_subscriber subscriber_of(const struct trail *trail)
{
    return (struct audit_subscriber){
            .id = trail->id,
            .account = trail->account,
            .region = trail->region,
            .is_on = trail->is_logging,
            .has_all_regions = trail->is_multi_region,
            .has_global = trail->has_global,
            .wants_data = selectors_want_data(trail->selectors),
    };
}

/* The log group is a subscriber of its own, which goes with the wish for it. */
static int put_subscribers(struct call *call, const struct trail *trail)
{
    struct audit_subscriber subscriber = subscriber_of(trail);
    int r = audit_subscriber_put(call, &subscriber);

    if (r < 0)
        return r;
    subscriber.id = wanted_logs_subscriber(call->arena, trail->id);
    return trail->log_group.ptr ? audit_subscriber_put(call, &subscriber)
                                : audit_subscriber_delete(call->tx, subscriber.id);
}

int trail_insert(struct call *call, struct trail *trail)
{
    int r;

    trail->id = random_uuid(call->arena);
    r = put_subscribers(call, trail);
    if (r < 0)
        return r;
    return db_exec(call->tx,
            "insert into cloudtrail_trail (id, account, region, name, bucket, prefix, kms_key, "
            "has_global, is_multi_region, is_logging, created, has_validation, log_group, "
            "log_role) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13)",
            trail->id, trail->account, trail->region, trail->name, trail->bucket, trail->prefix,
            trail->kms_key, (int64_t)trail->has_global, (int64_t)trail->is_multi_region, call->now,
            (int64_t)trail->has_validation, trail->log_group, trail->log_role);
}

int trail_update(struct call *call, const struct trail *trail)
{
    int r = put_subscribers(call, trail);

    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update cloudtrail_trail set bucket = $2, prefix = $3, kms_key = $4, has_global = $5, "
            "is_multi_region = $6, selectors = $7, is_logging = $8, started = $9, stopped = $10, "
            "has_validation = $11, log_group = $12, log_role = $13 where id = $1",
            trail->id, trail->bucket, trail->prefix, trail->kms_key, (int64_t)trail->has_global,
            (int64_t)trail->is_multi_region, trail->selectors, (int64_t)trail->is_logging,
            trail->started ? db_int(trail->started) : DB_NULL,
            trail->stopped ? db_int(trail->stopped) : DB_NULL, (int64_t)trail->has_validation,
            trail->log_group, trail->log_role);
    return r < 0 ? r : 0;
}

int trail_delete(struct call *call, const struct trail *trail)
{
    int r = audit_subscriber_delete(call->tx, wanted_logs_subscriber(call->arena, trail->id));

    return r < 0 ? r : audit_subscriber_delete(call->tx, trail->id);
}
