/* access_key - a sealed secret under an id; private to services/iam */
#pragma once

#include "services/iam/iam.h"

/* Makes a key for an entity (the account's id: its root). */
MUST_CHECK int access_key_insert(struct server *server, struct tx *tx, str account, str entity,
        int64_t now, str *ret_id, str *ret_secret);
/* What the secret is sealed for. */
str access_key_context(struct arena *arena, str id);
