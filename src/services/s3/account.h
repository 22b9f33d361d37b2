/*
 * account - the end of an account (private to services/s3)
 */
#pragma once

#include "store/db.h"

/* Releases the blobs and deletes the objects and uploads of the account's buckets. */
MUST_CHECK int s3_delete_account(struct tx *tx, str account);
