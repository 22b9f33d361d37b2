#include "services/codebuild/build.h"

#include "base/json.h"
#include "services/events/events.h"

enum {
    EVENT_MAX = 65536
};

str build_arn(struct arena *arena, str account, str region, str id)
{
    return str_printf(arena, "arn:aws:codebuild:%.*s:%.*s:build/%.*s", STR_ARG(region),
            STR_ARG(account), STR_ARG(id));
}

str build_uuid(str id)
{
    return str_skip(id, (size_t)(str_rfind_char(id, ':') + 1));
}

str build_topic(struct arena *arena, str id)
{
    return str_printf(arena, "codebuild.build/%.*s", STR_ARG(id));
}

#define BUILD_COLUMNS                                                                              \
    "select id, account, region, project, state, lease, worker, lease_until, attempts, started, "  \
    "stop_requested, declaration"                                                                  \
    " from codebuild_build "

static int from_row(struct tx *tx, const struct db_row *row, struct build *ret)
{
    struct build build = {
            .id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .project = row_text(row, 3),
            .state = row_text(row, 4),
            .lease = row_text(row, 5),
            .worker = row_text(row, 6),
            .lease_until = row_int(row, 7),
            .attempts = row_int(row, 8),
            .started = row_int(row, 9),
            .stop_requested = row_int(row, 10) != 0,
            .declaration = arena_new(tx->arena, struct codebuild_Build),
    };
    int r = shape_from_json(
            tx->arena, codebuild_type_Build, row_text(row, 11), build.declaration, &tx->error);

    if (r < 0)
        return r;
    *ret = build;
    return 1;
}

int build_load(struct tx *tx, str id, struct build *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, BUILD_COLUMNS "where id = $1", id);

    return r <= 0 ? r : from_row(tx, row, ret);
}

int build_find(struct call *call, str id_or_arn, struct build *ret)
{
    struct arn arn;
    str id = id_or_arn;
    struct build build;
    int r;

    if (arn_parse(id, &arn) == 0) {
        id = arn.resource;
        if (!str_take_prefix(&id, STR("build/")))
            return 0;
    }
    r = build_load(call->tx, id, &build);
    if (r <= 0 || !str_eq(build.account, call->account) || !str_eq(build.region, call->region))
        return r < 0 ? r : 0;
    *ret = build;
    return 1;
}

int build_save(struct tx *tx, const struct build *build)
{
    int r = db_exec(tx,
            "update codebuild_build set state = $2, lease = $3, worker = $4, lease_until = $5, "
            "attempts = $6, started = $7,"
            " stop_requested = $8, declaration = $9 where id = $1",
            build->id, build->state, build->lease, build->worker, build->lease_until,
            build->attempts, build->started, build->stop_requested,
            shape_to_json(tx->arena, codebuild_type_Build, build->declaration));

    return r < 0 ? r : 0;
}

static void append_phase(struct arena *arena, struct codebuild_BuildPhases *phases,
        const struct codebuild_BuildPhase *phase)
{
    struct codebuild_BuildPhase *items =
            arena_array(arena, phases->len + 1, struct codebuild_BuildPhase);

    if (phases->len)
        memcpy(items, phases->items, phases->len * sizeof(*items));
    items[phases->len] = *phase;
    phases->items = items;
    phases->len++;
    phases->is_set = true;
}

void build_enter_phase(
        struct arena *arena, struct codebuild_Build *b, str next, str status_of_last, int64_t now)
{
    struct codebuild_BuildPhase *last = b->phases.len ? &b->phases.items[b->phases.len - 1] : NULL;

    if (last && !last->endTime.is_set) {
        last->endTime = SOME_TIME(now);
        last->durationInSeconds = SOME_INT((now - last->startTime.ms) / 1000);
        last->phaseStatus = status_of_last;
    }
    if (!next.ptr)
        return;
    append_phase(arena, &b->phases,
            &(struct codebuild_BuildPhase){.phaseType = next, .startTime = SOME_TIME(now)});
    b->currentPhase = next;
}

static void add_context(
        struct arena *arena, struct codebuild_BuildPhase *phase, str code, str message)
{
    struct codebuild_PhaseContext *context = arena_new(arena, struct codebuild_PhaseContext);

    *context = (struct codebuild_PhaseContext){.statusCode = code, .message = message};
    phase->contexts.items = context;
    phase->contexts.len = 1;
    phase->contexts.is_set = true;
}

int build_end(struct call *call, struct build *build, str status, str code, str message)
{
    struct codebuild_Build *b = build->declaration;
    int r;

    if (code.ptr && b->phases.len)
        add_context(call->arena, &b->phases.items[b->phases.len - 1], code, message);
    build_enter_phase(call->arena, b, STR("COMPLETED"), status, call->now);
    b->endTime = SOME_TIME(call->now);
    b->buildStatus = status;
    b->buildComplete = SOME_BOOL(true);
    build->state = STR("ENDED");
    build->lease = (str){0};
    if ((r = build_save(call->tx, build)) < 0)
        return r;
    notify_add(call->server->notify, call->tx, build_topic(call->arena, build->id));
    return build_tell(call, build);
}

/* Source: CodeBuild User Guide, "Build notifications input format reference". */
int build_tell(struct call *call, const struct build *build)
{
    const struct codebuild_Build *b = build->declaration;
    struct buf out = buf_make(call->arena, EVENT_MAX);
    str *resource = arena_new(call->arena, str);

    *resource = b->arn;
    buf_char(&out, '{');
    json_write_member(&out, STR("build-status"), b->buildStatus);
    json_write_member(&out, STR("project-name"), build->project);
    json_write_member(&out, STR("build-id"), b->arn);
    json_write_member(&out, STR("current-phase"), b->currentPhase);
    json_write_key(&out, STR("additional-information"));
    buf_char(&out, '{');
    json_write_member(&out, STR("initiator"), b->initiator);
    json_write_member_int(&out, STR("build-number"), b->buildNumber.value);
    if (b->logs) {
        json_write_key(&out, STR("logs"));
        buf_char(&out, '{');
        json_write_member(&out, STR("group-name"), b->logs->groupName);
        json_write_member(&out, STR("stream-name"), b->logs->streamName);
        buf_char(&out, '}');
    }
    buf_add(&out, b->buildComplete.value ? STR(",\"build-complete\":true")
                                         : STR(",\"build-complete\":false"));
    json_write_member(&out, STR("source-version"), b->sourceVersion);
    buf_add(&out, STR("},\"version\":\"1\"}"));
    return events_emit(call, STR("aws.codebuild"), STR(CODEBUILD_STATE_CHANGE),
            (struct str_list){resource, 1, true}, buf_str(&out));
}
