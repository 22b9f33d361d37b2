/* Which instances tag filters mean: by the indexes, as by looking at each. */
#include "services/world.h"

#include "base/random.h"
#include "services/codedeploy/selection.h"

enum {
    FLEET = 400,
    BIG_FLEET = 12000,
    KEYS = 4,
    VALUES = 3,
    ROUNDS = 200,
    MAX_SETS = 3,
    MAX_FILTERS = 3,
};

/* value + 1 of each key; 0: it has no such tag */
static unsigned char fleet[FLEET][KEYS];

static unsigned dice(unsigned sides)
{
    unsigned n;

    random_bytes(&n, sizeof(n));
    return n % sides;
}

static str letter(struct call *call, char first, unsigned n)
{
    return str_printf(call->arena, "%c", first + (int)n);
}

static str name_of(struct call *call, unsigned n)
{
    return str_printf(call->arena, "host%05u", n);
}

static void insert(struct call *call, unsigned n, const char *column)
{
    assert_int_equal(db_exec(call->tx,
                             "insert into codedeploy_instance (account, region, name, arn, "
                             "iam_user_arn, registered) values ($1, $2, $3, $4, $5, 1)",
                             call->account, call->region, name_of(call, n), "arn",
                             str_printf(call->arena, "%s/%u", column, n)),
            1);
}

static void tag(struct call *call, unsigned n, str key, str value)
{
    assert_int_equal(db_exec(call->tx,
                             "insert into codedeploy_instance_tag (account, region, instance, "
                             "name, value) values ($1, $2, $3, $4, $5)",
                             call->account, call->region, name_of(call, n), key, value),
            1);
}

static void make_fleet(struct call *call)
{
    for (unsigned i = 0; i < FLEET; i++) {
        insert(call, i, "user");
        for (unsigned k = 0; k < KEYS; k++) {
            fleet[i][k] = dice(3) ? 0 : (unsigned char)(1 + dice(VALUES));
            if (fleet[i][k])
                tag(call, i, letter(call, 'a', k), letter(call, 'x', fleet[i][k] - 1u));
        }
    }
}

static bool has_tag(unsigned n, const struct codedeploy_TagFilter *filter)
{
    for (unsigned k = 0; k < KEYS; k++) {
        bool is_key = filter->Key.len && filter->Key.ptr[0] == (char)('a' + (int)k);
        bool is_value = filter->Value.len && filter->Value.ptr[0] == (char)('x' + fleet[n][k] - 1);

        if (fleet[n][k] && (is_key || str_eq(filter->Type, STR("VALUE_ONLY"))) &&
                (is_value || str_eq(filter->Type, STR("KEY_ONLY"))))
            return true;
    }
    return false;
}

static bool is_meant(unsigned n, const struct codedeploy_TagFilterList *sets, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool is_in = false;
        for (size_t j = 0; j < sets[i].len; j++)
            is_in = is_in || has_tag(n, &sets[i].items[j]);
        if (!is_in)
            return false;
    }
    return len > 0;
}

static struct codedeploy_TagFilter any_filter(struct call *call)
{
    str key = letter(call, 'a', dice(KEYS + 1)), value = letter(call, 'x', dice(VALUES));

    switch (dice(3)) {
    case 0:
        return (struct codedeploy_TagFilter){.Key = key, .Type = STR("KEY_ONLY")};
    case 1:
        return (struct codedeploy_TagFilter){.Value = value, .Type = STR("VALUE_ONLY")};
    default:
        return (struct codedeploy_TagFilter){
                .Key = key, .Value = value, .Type = STR("KEY_AND_VALUE")};
    }
}

static void compare(
        struct call *call, const struct codedeploy_TagFilterList *sets, size_t len, unsigned after)
{
    struct selection selection;
    struct instance instance;

    selection_init(&selection, call, sets, len, after ? name_of(call, after) : STR(""));
    for (unsigned i = after ? after + 1 : 0; i < FLEET; i++) {
        if (!is_meant(i, sets, len))
            continue;
        assert_int_equal(selection_next(&selection, &instance), 1);
        assert_true(str_eq(instance.name, name_of(call, i)));
        assert_true(str_eq(instance.host, str_printf(call->arena, "user/%u", i)));
    }
    assert_int_equal(selection_next(&selection, &instance), 0);
    assert_int_equal(selection_next(&selection, &instance), 0);
}

static void compare_all(struct call *call, struct world *world)
{
    (void)world;
    make_fleet(call);
    compare(call, NULL, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
        struct codedeploy_TagFilter filters[MAX_SETS][MAX_FILTERS];
        struct codedeploy_TagFilterList sets[MAX_SETS];
        size_t len = 1 + dice(MAX_SETS);

        for (size_t i = 0; i < len; i++) {
            sets[i] = (struct codedeploy_TagFilterList){
                    .items = filters[i], .len = dice(MAX_FILTERS + 1)};
            for (size_t j = 0; j < sets[i].len; j++)
                filters[i][j] = any_filter(call);
        }
        compare(call, sets, len, dice(2) ? 0 : dice(FLEET));
    }
}

static void a_selection_is_what_looking_at_each_instance_finds(void **state)
{
    world_do(*state, compare_all);
}

/* Two tags that everybody has, and one that three have. */
static void look_for_few_among_many(struct call *call, struct world *world)
{
    static const unsigned rare[] = {5, 11000, BIG_FLEET - 1};
    struct codedeploy_TagFilter everybody = {
            .Key = STR("all"), .Value = STR("yes"), .Type = STR("KEY_AND_VALUE")};
    struct codedeploy_TagFilter few = {.Value = STR("rare"), .Type = STR("VALUE_ONLY")};
    struct codedeploy_TagFilterList sets[] = {{&everybody, 1, true}, {&few, 1, true}};
    struct codedeploy_OnPremisesTagSet both = {.onPremisesTagSetList = {sets, 2, true}};
    struct codedeploy_DeploymentGroupInfo group = {
            .onPremisesInstanceTagFilters = {&everybody, 1, true}};
    struct instances found;

    (void)world;
    for (unsigned i = 0; i < BIG_FLEET; i++) {
        insert(call, i, "user");
        tag(call, i, STR("all"), STR("yes"));
    }
    for (size_t i = 0; i < 3; i++)
        tag(call, rare[i], STR("role"), STR("rare"));
    assert_int_equal(instances_of_group(call, &group, BIG_FLEET + 1, &found), 0);
    assert_int_equal(found.len, BIG_FLEET);
    assert_true(str_eq(found.items[BIG_FLEET - 1].name, name_of(call, BIG_FLEET - 1)));
    assert_int_equal(instances_of_group(call, &group, 7, &found), 0);
    assert_int_equal(found.len, 7);
    group = (struct codedeploy_DeploymentGroupInfo){.onPremisesTagSet = &both};
    assert_int_equal(instances_of_group(call, &group, BIG_FLEET, &found), 0);
    assert_int_equal(found.len, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(str_eq(found.items[i].name, name_of(call, rare[i])));
}

static void a_fleet_may_be_as_large_as_it_likes(void **state)
{
    world_do(*state, look_for_few_among_many);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
            WITH_WORLD(a_selection_is_what_looking_at_each_instance_finds),
            WITH_WORLD(a_fleet_may_be_as_large_as_it_likes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
