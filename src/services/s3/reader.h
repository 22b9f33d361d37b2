/*
 * reader - the bytes of an object, wherever they lie (private to services/s3)
 */
#pragma once

#include "services/s3/object.h"

/* In a transaction: what of the object lies in [at, end). Nothing is open yet. */
MUST_CHECK int reader_new(struct call *call, const struct object *object, int64_t at, int64_t end,
        struct s3_reader **ret);
