/*
 * parameter - the rows of a parameter, its names and its value (private to services/ssm)
 */
#pragma once

#include "gen/ssm.h"
#include "services/ssm/ssm.h"

enum {
    PARAMETER_MAX_NAME = 1011,
    PARAMETER_MAX_LEVELS = 15,
    PARAMETER_MAX_STANDARD_VALUE = 4096,
    PARAMETER_MAX_ADVANCED_VALUE = 8192,
    PARAMETER_MAX_STANDARD = 10000,
    PARAMETER_MAX_ADVANCED = 100000,
    PARAMETER_MAX_VERSIONS = 100,
    PARAMETER_MAX_LABELS = 10,
    PARAMETER_MAX_TAGS = 50,
};

/* A parameter and one of its versions. */
struct parameter {
    str id;
    str name;
    int64_t latest;
    int64_t version;
    str type, tier, description, key_id, pattern, policies, data_type;
    int64_t changed; /* ms */
    str changed_by;  /* ARN */
    str value;       /* sealed */
};

/* What a request names a parameter by: "name", "name:3", "name:label", or an ARN of these. */
struct parameter_name {
    str name;
    str selector; /* with its colon; absent: the latest version */
};

#define PARAMETER_COLUMNS                                                                          \
    "p.id, p.name, p.version, v.version, v.type, v.tier, v.description, v.key_id, v.pattern, "     \
    "v.policies, v.data_type, v.changed, v.changed_by, v.value"
#define PARAMETER_COLUMNS_LEN 14
#define PARAMETER_FROM " from ssm_parameter p join ssm_version v on v.parameter_id = p.id"

/* ---- Names ------------------------------------------------------------------------- */

/* Fails the call unless a new parameter may have this name. */
MUST_CHECK int name_check(struct call *call, str name);
/* Takes a reference apart. Fails the call where it is malformed or of another account. */
MUST_CHECK int name_parse(struct call *call, str ref, struct parameter_name *ret);
str name_arn(struct call *call, str name);

/* ---- Rows -------------------------------------------------------------------------- */

void parameter_from_row(const struct db_row *row, struct parameter *ret);
/* The latest version: 1 found, 0 none. */
MUST_CHECK int parameter_load(struct call *call, str name, struct parameter *ret);
/* Moves to the version that the selector names: 1 found, 0 none. */
MUST_CHECK int parameter_select(struct call *call, str selector, struct parameter *ret);
/* The same, where none fails the call with ParameterVersionNotFound. */
MUST_CHECK int parameter_select_or_fail(struct call *call, str selector, struct parameter *ret);
/* May the caller do `action` on it? With its tags as conditions; `id` absent: it is not there. */
MUST_CHECK int parameter_authorize(struct call *call, const char *action, str name, str id);
/* Parses, authorizes and loads the latest version: 1 found, 0 none. Fails the call. */
MUST_CHECK int parameter_find(struct call *call, str ref, const char *action,
        struct parameter_name *ret_name, struct parameter *ret);
MUST_CHECK int parameter_not_found(struct call *call, str name); /* fails the call */
/* Removes the rows of a parameter and takes it off the count. */
MUST_CHECK int parameter_delete(struct tx *tx, str id);

/* ---- Values ------------------------------------------------------------------------ */

/* Seals p's value: under the master key, or, for a SecureString, as the caller under p->key_id. */
MUST_CHECK int value_seal(struct call *call, const struct parameter *p, str plain, str *ret);
/* The value as the API shows it; a SecureString that is not asked for decrypted stays sealed. */
MUST_CHECK int value_show(
        struct call *call, const struct parameter *p, struct opt_bool decrypt, str *ret);
MUST_CHECK int parameter_show(struct call *call, const struct parameter *p, str selector,
        struct opt_bool decrypt, struct ssm_Parameter *ret);
/* Fails the call unless `pattern` is a regular expression that `value` matches. */
MUST_CHECK int value_match(struct call *call, str pattern, str value);

/* ---- References to secrets ----------------------------------------------------------- */

bool reference_is(str ref); /* "/aws/reference/secretsmanager/..." */
/* Authorizes and reads it: 1 found, 0 none. Fails the call. */
MUST_CHECK int reference_get(struct call *call, const char *action, str ref,
        struct opt_bool decrypt, struct ssm_Parameter *ret);

/* ---- Labels and tags ---------------------------------------------------------------- */

/* Of one version, in order. */
MUST_CHECK int labels_of(struct call *call, str id, int64_t version, struct str_list *ret);
MUST_CHECK int parameter_tag(struct call *call, str id, const struct ssm_TagList *tags);
