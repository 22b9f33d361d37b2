/*
 * policy_impl - what a compiled policy looks like; private to policy*.c
 *
 *     struct policy | statements | for each: actions resources principals conditions
 *                   | for each condition: values | text
 *
 * One block without pointers: places are offsets from its start, so that it can grow
 * while it is built. Text is UTF-8 in which bytes that UTF-8 never has stand for
 * wildcards and variables (enum policy_token): what a variable brings in at run time
 * is thus always literal.
 */
#pragma once

#include "api/policy.h"
#include "base/json.h"

enum policy_token {
    TOKEN_MANY = 0xff,       /* * */
    TOKEN_ONE = 0xfe,        /* ? */
    TOKEN_MANY_INNER = 0xfd, /* * that stays within its ARN segment */
    TOKEN_ONE_INNER = 0xfc,  /* ? likewise */
    TOKEN_SEGMENT = 0xfb,    /* : between ARN segments, in Arn… operators */
    TOKEN_VARIABLE = 0xfa,   /* key follows */
    TOKEN_DEFAULT = 0xf9,    /* default text follows */
    TOKEN_VARIABLE_END = 0xf8,
    TOKEN_FIRST = 0xf8,
};

enum policy_pattern_kind {
    PATTERN_EXACT,    /* * and ? are themselves */
    PATTERN_WILD,     /* * and ? are wildcards */
    PATTERN_ACTION,   /* the same, in lower case, without variables */
    PATTERN_RESOURCE, /* an ARN of a Resource element */
    PATTERN_ARN,      /* an ARN of an Arn… operator: segments are compared one by one */
};

enum policy_pattern_flags {
    PATTERN_HAS_WILDCARD = 1,
    PATTERN_HAS_VARIABLE = 2,
    PATTERN_IS_ALL = 4, /* "*" */
};

struct policy_range {
    uint32_t first; /* offset of the first item */
    uint32_t len;   /* items */
};

struct policy_text {
    uint32_t at;
    uint32_t len;
};

struct policy_pattern {
    struct policy_text text;
    uint32_t prefix; /* literal bytes before the first token */
    uint32_t flags;
};

enum policy_principal_kind {
    PRINCIPAL_IS_ANYONE,
    PRINCIPAL_IS_ACCOUNT,
    PRINCIPAL_IS_ARN, /* of a user, role or session */
    PRINCIPAL_IS_SERVICE,
    PRINCIPAL_IS_FEDERATED,
    PRINCIPAL_IS_CANONICAL, /* never matches: there are no canonical users here */
};

struct policy_principal {
    struct policy_text text;
    uint32_t kind;
};

enum policy_operator {
    OPERATOR_STRING,
    OPERATOR_STRING_NOCASE,
    OPERATOR_STRING_LIKE,
    OPERATOR_ARN,
    OPERATOR_NUMERIC,
    OPERATOR_DATE,
    OPERATOR_BOOL,
    OPERATOR_BINARY,
    OPERATOR_IP,
    OPERATOR_NULL,
};

enum policy_order {
    ORDER_EQ,
    ORDER_LT,
    ORDER_LE,
    ORDER_GT,
    ORDER_GE
};

enum policy_set_prefix {
    SET_NONE,
    SET_ALL,
    SET_ANY
};

struct policy_condition {
    struct policy_text key;
    struct policy_range values; /* struct policy_value */
    uint8_t operator_;
    uint8_t order;
    uint8_t set;
    bool is_negated;
    bool if_exists;
};

struct policy_value {
    union {
        struct policy_pattern pattern; /* strings, ARNs, binary (as base64 text) */
        double number;
        int64_t time; /* ms */
        bool truth;
        struct {
            unsigned char bytes[16]; /* IPv4: the first 4 */
            uint8_t len;             /* 4 or 16 */
            uint8_t bits;
        } ip;
    };
};

struct policy_statement {
    struct policy_text sid; /* len 0: none */
    struct policy_range actions, resources;
    struct policy_range principals;
    struct policy_range conditions;
    bool is_deny;
    bool not_action, not_resource, not_principal;
};

struct policy {
    uint32_t size;
    uint32_t kind;
    struct policy_range statements;
    bool asks_for_tags;
};

/* Growing block; what `policy_at` returns is invalid after the next add. */
struct policy_builder {
    char *base;
    size_t len, size;
    enum policy_kind kind;
    bool has_variables; /* Version 2012-10-17 */
    bool asks_for_tags; /* so far */
};

static inline const void *policy_at(const struct policy *policy, uint32_t offset)
{
    return (const char *)policy + offset;
}
static inline str policy_str(const struct policy *policy, struct policy_text text)
{
    return (str){(const char *)policy + text.at, text.len};
}

/* ---- policy_parse.c ---------------------------------------------------------------- */

uint32_t policy_add(struct policy_builder *builder, const void *bytes, size_t len, size_t align);
struct policy_text policy_add_text(struct policy_builder *builder, str text);
/* A key that the policy looks at. */
void policy_note_key(struct policy_builder *builder, str key);
/* The wording for identity policies, or for those that name principals. -EINVAL. */
int policy_bad(const struct policy_builder *builder, struct error *err, const char *identity,
        const char *other);

/* ---- policy_check.c: the form of actions, resources, principals -------------------- */

MUST_CHECK int policy_check_action(
        const struct policy_builder *builder, str action, struct error *err);
MUST_CHECK int policy_check_resource(
        const struct policy_builder *builder, str resource, struct error *err);
/* `type` is "AWS", "Service", …; text of *ret is set by the caller. */
MUST_CHECK int policy_check_principal(
        str type, str value, struct policy_principal *ret, str *ret_text, struct error *err);

/* ---- policy.c ---------------------------------------------------------------------- */

/* Could it apply to the request, if keys had the values that it wants? */
bool policy_concerns(const struct policy *policy, const struct policy_statement *statement,
        const struct policy_request *request, struct arena *scratch);

/* ---- policy_match.c ---------------------------------------------------------------- */

MUST_CHECK int policy_add_pattern(struct policy_builder *builder, str text,
        enum policy_pattern_kind kind, struct policy_pattern *ret, struct error *err);
bool policy_glob(str pattern, str text);
bool policy_match_pattern(const struct policy *policy, const struct policy_pattern *pattern,
        str text, const struct policy_request *request, struct arena *scratch);
bool policy_match_nocase(const struct policy *policy, const struct policy_pattern *pattern,
        str text, const struct policy_request *request, struct arena *scratch);
bool policy_match_arn(const struct policy *policy, const struct policy_pattern *pattern, str text,
        const struct policy_request *request, struct arena *scratch);
/* NULL: the request does not have it. */
const struct policy_key *policy_find_key(const struct policy_request *request, str name);

/* ---- policy_condition.c ------------------------------------------------------------ */

/* One {"<operator>": {"<key>": values}} of a statement. */
MUST_CHECK int policy_add_condition(struct policy_builder *builder, str operator_, str key,
        const json_t *values, struct policy_condition *ret, struct error *err);
bool policy_match_condition(const struct policy *policy, const struct policy_condition *condition,
        const struct policy_request *request, struct arena *scratch);
