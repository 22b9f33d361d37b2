/*
 * mask_forms - the forms in which a secret value may stand in a log (private to mask)
 */
#pragma once

#include "base/str.h"

struct mask_form {
    str text;
    bool wraps; /* base64: may be cut into lines */
};

typedef void mask_form_fn(void *arg, const struct mask_form *form);
/* Calls fn with each form; the same one may come twice. */
void mask_forms(str value, mask_form_fn *fn, void *arg);
