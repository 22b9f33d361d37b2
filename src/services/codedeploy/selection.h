/*
 * selection - the registered instances that tag filters mean, by name (private to
 * services/codedeploy)
 *
 *     set        filter or filter or ...       each filter is a range of an index, by name
 *     selection  set and set and ...           who is behind skips to the name the others are at
 *
 * So a selection reads about what it finds, whatever the size of the fleet.
 *
 * Memory    the transaction's arena: what was read
 */
#pragma once

#include "services/codedeploy/application.h"

struct selection_set;

struct selection {
    struct call *call;
    struct selection_set *sets;
    size_t len;
    str from;     /* where to go on: */
    bool is_past; /* not at this name, but behind it */
};

/* Those whose names come after `after` ("": all). No set, or an empty one, means no instance. */
void selection_init(struct selection *selection, struct call *call,
        const struct codedeploy_TagFilterList *sets, size_t len, str after);
/* 1 and the next instance, 0 there are no more. */
MUST_CHECK int selection_next(struct selection *selection, struct instance *ret);
