/*
 * What a policy says beyond a decision: the keys that it looks at, and where its statements stand in
 * its text.
 */
#include "api/policy_impl.h"

/* ---- Keys ---------------------------------------------------------------------------- */

struct telling {
    const struct policy *policy;
    const struct policy_request *request; /* NULL: all keys are told; else those it does not have */
    policy_key_fn *fn;
    void *arg;
};

static void tell(const struct telling *t, str key)
{
    if (!t->request || !policy_find_key(t->request, key))
        t->fn(t->arg, key);
}

static void tell_variables(const struct telling *t, const struct policy_pattern *pattern)
{
    str rest = policy_str(t->policy, pattern->text), skipped, body;

    if (!(pattern->flags & PATTERN_HAS_VARIABLE))
        return;
    while (str_cut(&rest, (char)TOKEN_VARIABLE, &skipped)) {
        str key;

        if (!str_cut(&rest, (char)TOKEN_VARIABLE_END, &body))
            return;
        key = body;
        (void)str_cut(&body, (char)TOKEN_DEFAULT, &key);
        tell(t, key);
    }
}

static bool has_patterns(const struct policy_condition *condition)
{
    switch ((enum policy_operator)condition->operator_) {
    case OPERATOR_STRING:
    case OPERATOR_STRING_NOCASE:
    case OPERATOR_STRING_LIKE:
    case OPERATOR_ARN:
        return true;
    default:
        return false;
    }
}

static void tell_statement(const struct telling *t, const struct policy_statement *statement)
{
    const struct policy_pattern *resources = policy_at(t->policy, statement->resources.first);
    const struct policy_condition *conditions = policy_at(t->policy, statement->conditions.first);

    for (size_t i = 0; i < statement->resources.len; i++)
        tell_variables(t, &resources[i]);
    for (size_t i = 0; i < statement->conditions.len; i++) {
        const struct policy_value *values = policy_at(t->policy, conditions[i].values.first);

        tell(t, policy_str(t->policy, conditions[i].key));
        for (size_t j = 0; has_patterns(&conditions[i]) && j < conditions[i].values.len; j++)
            tell_variables(t, &values[j].pattern);
    }
}

void policy_each_key(const struct policy *policy, policy_key_fn *fn, void *arg)
{
    const struct policy_statement *statements = policy_at(policy, policy->statements.first);
    struct telling t = {.policy = policy, .fn = fn, .arg = arg};

    for (size_t i = 0; i < policy->statements.len; i++)
        tell_statement(&t, &statements[i]);
}

void policy_each_missing(const struct policy *policy, const struct policy_request *request,
        struct arena *scratch, policy_key_fn *fn, void *arg)
{
    const struct policy_statement *statements = policy_at(policy, policy->statements.first);
    struct telling t = {.policy = policy, .request = request, .fn = fn, .arg = arg};

    for (size_t i = 0; i < policy->statements.len; i++)
        if (policy_concerns(policy, &statements[i], request, scratch))
            tell_statement(&t, &statements[i]);
}

/* ---- Places in the text -------------------------------------------------------------- */

/* Reads JSON that is known to be well-formed, one byte after the other. */
struct reader {
    str text;
    size_t at;
    struct policy_position next; /* of text.ptr[at] */
};

static char read_byte(struct reader *r)
{
    char c = r->text.ptr[r->at++];

    if (c == '\n')
        r->next = (struct policy_position){r->next.line + 1, 1};
    else if (((unsigned char)c & 0xc0) != 0x80) /* the first byte of a character */
        r->next.column++;
    return c;
}

/* Behind its opening quote: what it holds, escapes as they are. */
static str read_string(struct reader *r)
{
    size_t start = r->at;

    while (r->at < r->text.len) {
        char c = read_byte(r);

        if (c == '"')
            return (str){r->text.ptr + start, r->at - start - 1};
        if (c == '\\' && r->at < r->text.len)
            (void)read_byte(r);
    }
    return (str){0};
}

/* To behind the colon of the member "Statement" of the document. */
static bool find_statements(struct reader *r)
{
    int depth = 0;
    str last = {0};

    while (r->at < r->text.len) {
        char c = read_byte(r);

        if (c == '"')
            last = read_string(r);
        else if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        else if (c == ':' && depth == 1 && str_eq(last, STR("Statement")))
            return true;
    }
    return false;
}

int policy_find_spans(str text, struct arena *arena, struct policy_spans *ret)
{
    struct reader r = {text, 0, {1, 1}};
    struct policy_spans spans = {arena_array(arena, POLICY_MAX_STATEMENTS, struct policy_span), 0};
    int depth = 0, outer = 0; /* outer: 1 where statements stand in a list */

    if (!find_statements(&r))
        return -ENOENT;
    while (r.at < text.len) {
        char c = read_byte(&r);

        if (c == '"')
            (void)read_string(&r);
        else if (c == '[' && depth == 0)
            outer = depth = 1;
        else if (c == '{' || c == '[') {
            if (depth++ == outer && spans.len < POLICY_MAX_STATEMENTS)
                spans.items[spans.len].start = r.next;
        } else if (c == '}' || c == ']') {
            if (--depth == outer && spans.len < POLICY_MAX_STATEMENTS)
                spans.items[spans.len++].end = r.next;
            if (depth == 0)
                break;
        }
    }
    *ret = spans;
    return 0;
}
