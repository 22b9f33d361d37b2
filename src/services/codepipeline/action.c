#include "services/codepipeline/pipeline.h"

static int from_row(struct tx *tx, const struct db_row *row, struct action *ret)
{
    struct arena *arena = tx->arena;
    struct action a = {
            .id = row_text(row, 0),
            .pipeline = row_text(row, 1),
            .execution = row_text(row, 2),
            .position = row_text(row, 3),
            .stage = row_text(row, 4),
            .name = row_text(row, 5),
            .status = row_text(row, 6),
            .is_current = row_int(row, 7) != 0,
            .token = row_text(row, 8),
            .external = row_text(row, 9),
            .detail = arena_new(arena, struct codepipeline_ActionExecutionDetail),
    };
    int r = shape_from_json(arena, codepipeline_type_ActionExecutionDetail, row_text(row, 10),
            a.detail, &tx->error);

    if (r >= 0)
        r = shape_from_json(arena, codepipeline_type_ArtifactDetailList, row_text(row, 11),
                &a.outputs, &tx->error);
    if (r >= 0 && !row_is_null(row, 12)) {
        a.revision = arena_new(arena, struct codepipeline_ArtifactRevision);
        r = shape_from_json(arena, codepipeline_type_ArtifactRevision, row_text(row, 12),
                a.revision, &tx->error);
    }
    if (r < 0)
        return r;
    *ret = a;
    return 1;
}

int action_from_rows(struct tx *tx, const struct db_rows *rows, struct action_list *ret)
{
    int r = 0;

    ret->items = arena_array(tx->arena, rows->len, struct action);
    for (ret->len = 0; r >= 0 && ret->len < rows->len; ret->len++)
        r = from_row(tx, &rows->items[ret->len], &ret->items[ret->len]);
    return r < 0 ? r : 0;
}

int action_load(struct tx *tx, str id, struct action *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, ACTION_COLUMNS("a") "where a.id = $1", id);

    return r <= 0 ? r : from_row(tx, row, ret);
}

int action_current(struct tx *tx, str execution, struct action_list *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            ACTION_COLUMNS("a") "where a.execution = $1 and a.is_current = 1 order by a.position"
                                " limit $2",
            execution, PIPELINE_MAX_ACTIONS);

    return r < 0 ? r : action_from_rows(tx, &rows, ret);
}

int action_latest(struct tx *tx, str pipeline, struct action_list *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            ACTION_COLUMNS("a") "join codepipeline_latest l on l.action = a.id"
                                " where l.pipeline = $1 limit $2",
            pipeline, DB_MAX_ROWS);

    return r < 0 ? r : action_from_rows(tx, &rows, ret);
}

static str revision_json(struct call *call, const struct action *a)
{
    return a->revision ? shape_to_json(call->arena, codepipeline_type_ArtifactRevision, a->revision)
                       : (str){0};
}

int action_insert(struct call *call, const struct action *a)
{
    int r = db_exec(call->tx,
            "insert into codepipeline_action (id, account, region, pipeline, execution, position,"
            " stage, name, status, is_current, token, external, detail, outputs, revision)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13, $14)",
            a->id, call->account, call->region, a->pipeline, a->execution, a->position, a->stage,
            a->name, a->status, a->token, a->external,
            shape_to_json(call->arena, codepipeline_type_ActionExecutionDetail, a->detail),
            shape_to_json(call->arena, codepipeline_type_ArtifactDetailList, &a->outputs),
            revision_json(call, a));

    if (r >= 0)
        r = db_exec(call->tx,
                "insert into codepipeline_latest (account, pipeline, stage, name, action)"
                " values ($1, $2, $3, $4, $5)"
                " on conflict (pipeline, stage, name) do update set action = excluded.action",
                call->account, a->pipeline, a->stage, a->name, a->id);
    return r < 0 ? r : 0;
}

int action_save(struct call *call, const struct action *a)
{
    int r = db_exec(call->tx,
            "update codepipeline_action set status = $2, token = $3, external = $4, detail = $5,"
            " revision = $6 where id = $1",
            a->id, a->status, a->token, a->external,
            shape_to_json(call->arena, codepipeline_type_ActionExecutionDetail, a->detail),
            revision_json(call, a));

    return r < 0 ? r : 0;
}
