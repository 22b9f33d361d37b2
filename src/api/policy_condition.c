#include "api/policy_impl.h"
#include "base/clock.h"
#include "base/codec.h"

#include <arpa/inet.h>

enum {
    NUMBER_TEXT_MAX = 32
};

struct operator_name {
    str name;
    enum policy_operator operator_;
    enum policy_order order;
    bool is_negated;
};

static const struct operator_name operators[] = {
        {STR_INIT("StringEquals"), OPERATOR_STRING, ORDER_EQ, false},
        {STR_INIT("StringNotEquals"), OPERATOR_STRING, ORDER_EQ, true},
        {STR_INIT("StringEqualsIgnoreCase"), OPERATOR_STRING_NOCASE, ORDER_EQ, false},
        {STR_INIT("StringNotEqualsIgnoreCase"), OPERATOR_STRING_NOCASE, ORDER_EQ, true},
        {STR_INIT("StringLike"), OPERATOR_STRING_LIKE, ORDER_EQ, false},
        {STR_INIT("StringNotLike"), OPERATOR_STRING_LIKE, ORDER_EQ, true},
        {STR_INIT("NumericEquals"), OPERATOR_NUMERIC, ORDER_EQ, false},
        {STR_INIT("NumericNotEquals"), OPERATOR_NUMERIC, ORDER_EQ, true},
        {STR_INIT("NumericLessThan"), OPERATOR_NUMERIC, ORDER_LT, false},
        {STR_INIT("NumericLessThanEquals"), OPERATOR_NUMERIC, ORDER_LE, false},
        {STR_INIT("NumericGreaterThan"), OPERATOR_NUMERIC, ORDER_GT, false},
        {STR_INIT("NumericGreaterThanEquals"), OPERATOR_NUMERIC, ORDER_GE, false},
        {STR_INIT("DateEquals"), OPERATOR_DATE, ORDER_EQ, false},
        {STR_INIT("DateNotEquals"), OPERATOR_DATE, ORDER_EQ, true},
        {STR_INIT("DateLessThan"), OPERATOR_DATE, ORDER_LT, false},
        {STR_INIT("DateLessThanEquals"), OPERATOR_DATE, ORDER_LE, false},
        {STR_INIT("DateGreaterThan"), OPERATOR_DATE, ORDER_GT, false},
        {STR_INIT("DateGreaterThanEquals"), OPERATOR_DATE, ORDER_GE, false},
        {STR_INIT("Bool"), OPERATOR_BOOL, ORDER_EQ, false},
        {STR_INIT("BinaryEquals"), OPERATOR_BINARY, ORDER_EQ, false},
        {STR_INIT("IpAddress"), OPERATOR_IP, ORDER_EQ, false},
        {STR_INIT("NotIpAddress"), OPERATOR_IP, ORDER_EQ, true},
        {STR_INIT("ArnEquals"), OPERATOR_ARN, ORDER_EQ, false},
        {STR_INIT("ArnLike"), OPERATOR_ARN, ORDER_EQ, false},
        {STR_INIT("ArnNotEquals"), OPERATOR_ARN, ORDER_EQ, true},
        {STR_INIT("ArnNotLike"), OPERATOR_ARN, ORDER_EQ, true},
        {STR_INIT("Null"), OPERATOR_NULL, ORDER_EQ, false},
};

/* ---- Reading values ---------------------------------------------------------------- */

static bool take_prefix_nocase(str *s, str prefix)
{
    if (!str_eq_nocase(str_head(*s, prefix.len), prefix))
        return false;
    *s = str_skip(*s, prefix.len);
    return true;
}

static bool find_operator(str name, struct policy_condition *ret)
{
    str suffix = STR("IfExists");

    if (take_prefix_nocase(&name, STR("ForAllValues:")))
        ret->set = SET_ALL;
    else if (take_prefix_nocase(&name, STR("ForAnyValue:")))
        ret->set = SET_ANY;
    if (name.len > suffix.len && str_eq_nocase(str_skip(name, name.len - suffix.len), suffix)) {
        name.len -= suffix.len;
        ret->if_exists = true;
    }
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (!str_eq_nocase(name, operators[i].name))
            continue;
        ret->operator_ = (uint8_t)operators[i].operator_;
        ret->order = (uint8_t)operators[i].order;
        ret->is_negated = operators[i].is_negated;
        return !(ret->operator_ == OPERATOR_NULL && (ret->if_exists || ret->set != SET_NONE));
    }
    return false;
}

static bool parse_bool(str s, bool *ret)
{
    *ret = str_eq_nocase(s, STR("true"));
    return *ret || str_eq_nocase(s, STR("false"));
}

/* ISO 8601, or seconds since the epoch. */
static bool parse_date(str s, int64_t *ret_ms)
{
    double seconds;

    if (time_parse_iso8601(s, ret_ms) == 0)
        return true;
    if (str_to_double(s, &seconds) < 0 || seconds < -1e12 || seconds > 1e12)
        return false;
    *ret_ms = (int64_t)(seconds * 1000);
    return true;
}

/* An address, IPv4 in its IPv6 form included, or with `is_range` a CIDR range. */
static bool parse_ip(str s, bool is_range, struct policy_value *ret)
{
    char text[INET6_ADDRSTRLEN + 1] = {0};
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    unsigned char bytes[16] = {0};
    uint64_t bits = 128;
    str address = s;
    bool has_bits = is_range && str_cut(&s, '/', &address);

    if (address.len == 0 || address.len >= sizeof(text))
        return false;
    memcpy(text, address.ptr, address.len);
    ret->ip.len = 16;
    if (inet_pton(AF_INET, text, bytes) == 1)
        ret->ip.len = 4;
    else if (inet_pton(AF_INET6, text, bytes) != 1)
        return false;
    bits = ret->ip.len * 8u;
    if (has_bits && (str_to_u64(s, &bits) < 0 || bits > ret->ip.len * 8u))
        return false;
    if (ret->ip.len == 16 && bits >= 96 && memcmp(bytes, mapped, sizeof(mapped)) == 0) {
        memmove(bytes, bytes + 12, 4);
        ret->ip.len = 4;
        bits -= 96;
    }
    memcpy(ret->ip.bytes, bytes, sizeof(bytes));
    ret->ip.bits = (uint8_t)bits;
    return true;
}

bool policy_reads_as(enum policy_type type, str value)
{
    AUTO_ARENA struct arena scratch = {0};
    struct policy_value read;
    str bytes;

    switch (type) {
    case POLICY_TYPE_STRING:
        return true;
    case POLICY_TYPE_NUMBER:
        return str_to_double(value, &read.number) == 0;
    case POLICY_TYPE_BOOL:
        return parse_bool(value, &read.truth);
    case POLICY_TYPE_DATE:
        return parse_date(value, &read.time);
    case POLICY_TYPE_IP:
        return parse_ip(value, true, &read);
    case POLICY_TYPE_BINARY:
        return base64_decode(&scratch, value, &bytes) == 0;
    }
    return false;
}

static int bad_value(struct policy_builder *builder, str operator_, str text, struct error *err)
{
    if (builder->kind == POLICY_IDENTITY)
        return error_set(err, EINVAL, "The policy failed legacy parsing");
    return error_set(err, EINVAL, "Invalid value \"%.*s\" for condition operator %.*s",
            STR_ARG(str_head(text, 100)), STR_ARG(operator_));
}

static int parse_value(struct policy_builder *builder, str name,
        const struct policy_condition *condition, str text, struct policy_value *ret,
        struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    bool ok = true;
    str bytes;

    switch ((enum policy_operator)condition->operator_) {
    case OPERATOR_STRING:
    case OPERATOR_STRING_NOCASE:
        return policy_add_pattern(builder, text, PATTERN_EXACT, &ret->pattern, err);
    case OPERATOR_STRING_LIKE:
        return policy_add_pattern(builder, text, PATTERN_WILD, &ret->pattern, err);
    case OPERATOR_ARN:
        return policy_add_pattern(builder, text, PATTERN_ARN, &ret->pattern, err);
    case OPERATOR_BINARY:
        ok = base64_decode(&scratch, text, &bytes) == 0;
        ret->pattern.text = policy_add_text(builder, text);
        ret->pattern.prefix = ret->pattern.text.len;
        break;
    case OPERATOR_NUMERIC:
        ok = str_to_double(text, &ret->number) == 0;
        break;
    case OPERATOR_DATE:
        ok = parse_date(text, &ret->time);
        break;
    case OPERATOR_BOOL:
    case OPERATOR_NULL:
        ok = parse_bool(text, &ret->truth);
        break;
    case OPERATOR_IP:
        ok = parse_ip(text, true, ret);
        break;
    }
    return ok ? 0 : bad_value(builder, name, text, err);
}

/* Strings, numbers and booleans are all taken as text. */
static bool scalar_text(const json_t *json, char buffer[NUMBER_TEXT_MAX], str *ret)
{
    int n = -1;

    if (json_is_string(json)) {
        *ret = json_str(json);
        return true;
    }
    if (json_is_boolean(json))
        n = snprintf(buffer, NUMBER_TEXT_MAX, "%s", json_is_true(json) ? "true" : "false");
    else if (json_is_integer(json))
        n = snprintf(buffer, NUMBER_TEXT_MAX, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
    else if (json_is_real(json))
        n = snprintf(buffer, NUMBER_TEXT_MAX, "%.17g", json_real_value(json));
    *ret = (str){buffer, n > 0 ? (size_t)n : 0};
    return n > 0 && n < NUMBER_TEXT_MAX;
}

int policy_add_condition(struct policy_builder *builder, str operator_, str key,
        const json_t *values, struct policy_condition *ret, struct error *err)
{
    struct policy_condition condition = {0};
    bool is_list = json_is_array(values);
    size_t len = is_list ? json_array_size(values) : 1;

    if (!find_operator(operator_, &condition))
        return builder->kind == POLICY_IDENTITY
                       ? error_set(err, EINVAL, "Syntax errors in policy.")
                       : error_set(err, EINVAL, "Invalid Condition type : %.*s",
                                 STR_ARG(str_head(operator_, 100)));
    if (key.len == 0)
        return policy_bad(
                builder, err, "Syntax errors in policy.", "Policy has an invalid condition key");

    condition.values.len = (uint32_t)len;
    condition.values.first = policy_add(
            builder, NULL, len * sizeof(struct policy_value), _Alignof(struct policy_value));
    for (size_t i = 0; i < len; i++) {
        char buffer[NUMBER_TEXT_MAX];
        struct policy_value value = {0};
        str text;
        int r;

        if (!scalar_text(is_list ? json_array_get(values, i) : values, buffer, &text))
            return policy_bad(builder, err, "Syntax errors in policy.",
                    "Condition values must be strings, numbers or booleans");
        r = parse_value(builder, operator_, &condition, text, &value, err);
        if (r < 0)
            return r;
        memcpy(builder->base + condition.values.first + i * sizeof(value), &value, sizeof(value));
    }
    policy_note_key(builder, key);
    condition.key = policy_add_text(builder, key);
    *ret = condition;
    return 0;
}

/* ---- Evaluating -------------------------------------------------------------------- */

static bool in_order(enum policy_order order, int cmp)
{
    switch (order) {
    case ORDER_LT:
        return cmp < 0;
    case ORDER_LE:
        return cmp <= 0;
    case ORDER_GT:
        return cmp > 0;
    case ORDER_GE:
        return cmp >= 0;
    case ORDER_EQ:
        break;
    }
    return cmp == 0;
}

static bool ip_matches(const struct policy_value *range, const struct policy_value *address)
{
    unsigned whole = range->ip.bits / 8, rest = range->ip.bits % 8;
    unsigned mask = 0xff00u >> rest & 0xff;

    if (range->ip.len != address->ip.len || memcmp(range->ip.bytes, address->ip.bytes, whole) != 0)
        return false;
    return rest == 0 || ((range->ip.bytes[whole] ^ address->ip.bytes[whole]) & mask) == 0;
}

/* A value that the request has against one of the policy's. What is no number matches none. */
static bool value_matches(const struct policy *policy, const struct policy_condition *condition,
        const struct policy_value *value, str text, const struct policy_request *request,
        struct arena *scratch)
{
    struct policy_value have = {0};

    switch ((enum policy_operator)condition->operator_) {
    case OPERATOR_STRING:
    case OPERATOR_STRING_LIKE:
    case OPERATOR_BINARY:
        return policy_match_pattern(policy, &value->pattern, text, request, scratch);
    case OPERATOR_STRING_NOCASE:
        return policy_match_nocase(policy, &value->pattern, text, request, scratch);
    case OPERATOR_ARN:
        return policy_match_arn(policy, &value->pattern, text, request, scratch);
    case OPERATOR_NUMERIC:
        return str_to_double(text, &have.number) == 0 &&
               in_order(condition->order,
                       (have.number > value->number) - (have.number < value->number));
    case OPERATOR_DATE:
        return parse_date(text, &have.time) &&
               in_order(condition->order, (have.time > value->time) - (have.time < value->time));
    case OPERATOR_BOOL:
        return parse_bool(text, &have.truth) && have.truth == value->truth;
    case OPERATOR_IP:
        return parse_ip(text, false, &have) && ip_matches(value, &have);
    case OPERATOR_NULL:
        break;
    }
    return false;
}

static bool any_value_matches(const struct policy *policy, const struct policy_condition *condition,
        str text, const struct policy_request *request, struct arena *scratch)
{
    const struct policy_value *values = policy_at(policy, condition->values.first);

    for (size_t i = 0; i < condition->values.len; i++)
        if (value_matches(policy, condition, &values[i], text, request, scratch))
            return true;
    return false;
}

static bool null_matches(
        const struct policy *policy, const struct policy_condition *condition, bool is_there)
{
    const struct policy_value *values = policy_at(policy, condition->values.first);

    for (size_t i = 0; i < condition->values.len; i++)
        if (values[i].truth != is_there)
            return true;
    return false;
}

/*
 * Without a set prefix a negated operator holds when no value of the request matches any
 * of the policy's; with one, each value of the request is judged by itself.
 */
bool policy_match_condition(const struct policy *policy, const struct policy_condition *condition,
        const struct policy_request *request, struct arena *scratch)
{
    const struct policy_key *key = policy_find_key(request, policy_str(policy, condition->key));
    bool is_there = key && key->values.len > 0;
    bool negated = condition->is_negated, any = false, all = true;

    if (condition->operator_ == OPERATOR_NULL)
        return null_matches(policy, condition, is_there);
    if (!is_there)
        return condition->if_exists || condition->set == SET_ALL ||
               (negated && condition->set == SET_NONE);

    for (size_t i = 0; i < key->values.len; i++) {
        bool holds = any_value_matches(policy, condition, key->values.items[i], request, scratch);
        if (condition->set != SET_NONE)
            holds = holds != negated;
        any = any || holds;
        all = all && holds;
    }
    if (condition->set == SET_ALL)
        return all;
    if (condition->set == SET_ANY)
        return any;
    return any != negated;
}
