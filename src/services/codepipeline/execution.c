#include "services/codepipeline/pipeline.h"

int execution_from_row(struct tx *tx, const struct db_row *row, struct execution *ret)
{
    struct execution x = {
            .id = row_text(row, 0),
            .pipeline = row_text(row, 1),
            .position = row_text(row, 2),
            .version = row_int(row, 3),
            .status = row_text(row, 4),
            .stage = row_text(row, 5),
            .is_waiting = row_int(row, 6) != 0,
            .trigger_type = row_text(row, 7),
            .trigger_detail = row_text(row, 8),
            .stop_reason = row_text(row, 9),
            .started = row_int(row, 14),
            .updated = row_int(row, 15),
    };
    struct {
        struct type type;
        void *value;
    } lists[] = {
            {codepipeline_type_SourceRevisionOverrideList, &x.wanted},
            {codepipeline_type_ResolvedPipelineVariableList, &x.variables},
            {codepipeline_type_ArtifactRevisionList, &x.revisions},
            {codepipeline_type_SourceRevisionList, &x.sources},
    };

    for (size_t i = 0; i < 4; i++) {
        int r = shape_from_json(
                tx->arena, lists[i].type, row_text(row, 10 + i), lists[i].value, &tx->error);
        if (r < 0)
            return r;
    }
    *ret = x;
    return 1;
}

int execution_from_rows(struct tx *tx, const struct db_rows *rows, struct execution_list *ret)
{
    int r = 0;

    ret->items = arena_array(tx->arena, rows->len, struct execution);
    for (ret->len = 0; r >= 0 && ret->len < rows->len; ret->len++)
        r = execution_from_row(tx, &rows->items[ret->len], &ret->items[ret->len]);
    return r < 0 ? r : 0;
}

int execution_load(struct tx *tx, str pipeline, str id, struct execution *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row, EXECUTION_COLUMNS "where id = $1 and pipeline = $2", id, pipeline);

    return r <= 0 ? r : execution_from_row(tx, row, ret);
}

int execution_live(struct tx *tx, str pipeline, struct execution_list *ret)
{
    struct db_rows rows;
    int r = db_query(tx, &rows,
            EXECUTION_COLUMNS "where pipeline = $1 and status in ('InProgress', 'Stopping')"
                              " order by position desc limit $2",
            pipeline, EXECUTIONS_MAX_LIVE);

    return r < 0 ? r : execution_from_rows(tx, &rows, ret);
}

int execution_insert(struct call *call, const struct execution *x, str token)
{
    struct arena *arena = call->arena;
    int r = db_exec(call->tx,
            "insert into codepipeline_execution (id, account, region, pipeline, position, version,"
            " status, stage, is_waiting, trigger_type, trigger_detail, wanted, variables,"
            " revisions, sources, token, started, updated)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
            " $17)",
            x->id, call->account, call->region, x->pipeline, x->position, x->version, x->status,
            x->stage, x->is_waiting, x->trigger_type, x->trigger_detail,
            shape_to_json(arena, codepipeline_type_SourceRevisionOverrideList, &x->wanted),
            shape_to_json(arena, codepipeline_type_ResolvedPipelineVariableList, &x->variables),
            shape_to_json(arena, codepipeline_type_ArtifactRevisionList, &x->revisions),
            shape_to_json(arena, codepipeline_type_SourceRevisionList, &x->sources), token,
            x->started);

    return r < 0 ? r : 0;
}

int execution_save(struct call *call, struct execution *x)
{
    struct arena *arena = call->arena;
    int r;

    x->updated = call->now;
    r = db_exec(call->tx,
            "update codepipeline_execution set status = $2, stage = $3, is_waiting = $4,"
            " stop_reason = $5, revisions = $6, sources = $7, updated = $8 where id = $1",
            x->id, x->status, x->stage, x->is_waiting, x->stop_reason,
            shape_to_json(arena, codepipeline_type_ArtifactRevisionList, &x->revisions),
            shape_to_json(arena, codepipeline_type_SourceRevisionList, &x->sources), x->updated);
    return r < 0 ? r : 0;
}
