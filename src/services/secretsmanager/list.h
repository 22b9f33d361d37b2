/*
 * list - secrets of an account that pass filters, page by page (private to
 * services/secretsmanager)
 */
#pragma once

#include "services/secretsmanager/secret.h"

struct list {
    const struct secretsmanager_FiltersListType *filters;
    size_t limit;
    bool by_name; /* else by date of creation */
    bool is_descending;
    bool with_deleted;
    struct secret *found;
    size_t found_len;
    str next; /* page token; absent: the end was reached */
};

/* Looks at a bounded number of rows: a page may be short and still have a token. */
MUST_CHECK int list_run(struct call *call, str token, struct list *list);
