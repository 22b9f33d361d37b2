#include "services/codepipeline/rules.h"

enum entry rule_entry(const struct rule_execution *all, size_t len, size_t i, bool is_disabled)
{
    if (all[i].is_stopping)
        return ENTRY_STOPPED;
    for (size_t k = 0; k < i; k++)
        if (all[k].is_waiting && !all[k].is_stopping && str_eq(all[k].stage, all[i].stage))
            return ENTRY_SUPERSEDED;
    for (size_t k = 0; k < len; k++)
        if (!all[k].is_waiting && str_eq(all[k].stage, all[i].stage))
            return ENTRY_WAIT;
    return is_disabled ? ENTRY_WAIT : ENTRY_ENTER;
}

enum step rule_step(
        const struct rule_action *actions, size_t len, bool is_stopping, int64_t *ret_order)
{
    bool is_failed = false;
    int64_t next = INT64_MAX;

    for (size_t i = 0; i < len; i++) {
        if (actions[i].state == TRY_IN_PROGRESS)
            return STEP_WAIT;
        is_failed |= actions[i].state == TRY_FAILED;
        if (actions[i].state == TRY_NONE && actions[i].run_order < next)
            next = actions[i].run_order;
    }
    if (is_failed)
        return STEP_FAIL;
    if (next == INT64_MAX)
        return STEP_SUCCEED;
    if (is_stopping)
        return STEP_STOP;
    *ret_order = next;
    return STEP_START;
}
