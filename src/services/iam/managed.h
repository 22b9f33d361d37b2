/*
 * managed - the managed policies of AWS that developers attach by name
 *
 * Each is a file below managed/, with statements in our own text that grant what AWS's grants. The
 * build makes one table of them (tools/embed_policies.py), which is read only, has no pointers,
 * and so takes no memory until it is looked at.
 *
 * Private to services/iam.
 */
#pragma once

#include "base/str.h"

/* AWS's own first policies are of the day that managed policies came. */
#define MANAGED_CREATED_MS INT64_C(1423252800000)

struct managed_policy {
    str name;
    str id;   /* ANPA… */
    str path; /* "/", "/service-role/" */
    str arn;
    str description;
    str document;
};

/* By name; `i` < managed_len(). */
struct managed_policy managed_at(size_t i);
size_t managed_len(void);
/* True and the policy, or it is not one of AWS's. */
bool managed_find(str arn, struct managed_policy *ret);

/* ---- The table ------------------------------------------------------------------------ */

struct managed_row {
    char arn[128];
    char id[24];
    uint32_t description, document, end; /* where they begin in managed_text, and it ends */
};
extern const struct managed_row managed_rows[];
extern const size_t managed_rows_len;
extern const char managed_text[];
