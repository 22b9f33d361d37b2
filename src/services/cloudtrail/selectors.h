/*
 * selectors - which records a trail wants (private to services/cloudtrail)
 *
 * A trail keeps them in the API's shape, as they were put; none mean: all management events.
 *
 *     basic      any of them: read or write, without some sources; data of S3 objects by prefix,
 *                git transfers by repository
 *     advanced   any of them; of one, all fields; of a field, all operators; of an operator that
 *                asks for something any value, of one that refuses something none
 */
#pragma once

#include "gen/cloudtrail.h"

#include "base/json.h"

/* The resource types that data selectors may name. */
extern const str SELECTORS_S3, SELECTORS_GIT;

/* As GetEventSelectors tells them, the default ones too. -EINVAL: a damaged row. */
struct selectors {
    struct cloudtrail_EventSelectors basic;
    struct cloudtrail_AdvancedEventSelectors advanced;
};
MUST_CHECK int selectors_load(
        struct arena *arena, str json, struct selectors *ret, struct error *err);
bool selectors_are_custom(str json);
bool selectors_want_data(str json);
/* Does a trail with them want this record (CloudTrail's JSON)? */
bool selectors_match(const struct selectors *selectors, const json_t *record);
