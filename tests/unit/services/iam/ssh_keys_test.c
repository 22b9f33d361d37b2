/* Whose key it is that a client of git's SSH door shows. */
#include "services/world.h"

#include "base/codec.h"
#include "gen/iam.h"
#include "services/iam/iam.h"

static const str BODY = STR_INIT(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh a@b");

static void ask(
        struct call *call, struct world *world, const char *operation, const void *in, void *out)
{
    struct call_failure failure = {0};

    if (call_invoke(call, &world->root, &iam_service, operation, in, out, &failure) < 0)
        fail_msg("%s: %.*s", operation, STR_ARG(failure.message));
}

/* The id of the key that the user now has. */
static str give_key(struct call *call, struct world *world, str name)
{
    struct iam_CreateUserResponse user = {0};
    struct iam_UploadSSHPublicKeyResponse key = {0};

    ask(call, world, "CreateUser", &(struct iam_CreateUserRequest){.UserName = name}, &user);
    ask(call, world, "UploadSSHPublicKey",
            &(struct iam_UploadSSHPublicKeyRequest){.UserName = name, .SSHPublicKeyBody = BODY},
            &key);
    return key.SSHPublicKey->SSHPublicKeyId;
}

static str blob(struct call *call)
{
    str text = BODY, piece, bytes = {0};

    assert_true(str_next(&text, ' ', &piece) && str_next(&text, ' ', &piece));
    assert_int_equal(base64_decode(call->arena, piece, &bytes), 0);
    return bytes;
}

static void find_each(struct call *call, struct world *world)
{
    str bytes = blob(call), alice, bob;
    struct principal found = {0};

    assert_int_equal(iam_find_ssh_key(call->tx, (str){0}, bytes, &found), 0);
    alice = give_key(call, world, STR("alice"));
    assert_int_equal(iam_find_ssh_key(call->tx, (str){0}, bytes, &found), 1);
    assert_str(found.arn, "arn:aws:iam::111111111111:user/alice");
    assert_int_equal(found.kind, PRINCIPAL_USER);
    bob = give_key(call, world, STR("bob"));
    assert_int_equal(iam_find_ssh_key(call->tx, (str){0}, bytes, &found), 0); /* of two */
    assert_int_equal(iam_find_ssh_key(call->tx, alice, bytes, &found), 1);
    assert_str(found.name, "alice");
    assert_int_equal(iam_find_ssh_key(call->tx, bob, bytes, &found), 1);
    assert_str(found.name, "bob");
    assert_int_equal(iam_find_ssh_key(call->tx, bob, str_skip(bytes, 1), &found), 0);

    ask(call, world, "UpdateSSHPublicKey",
            &(struct iam_UpdateSSHPublicKeyRequest){
                    .UserName = STR("bob"), .SSHPublicKeyId = bob, .Status = STR("Inactive")},
            NULL);
    assert_int_equal(iam_find_ssh_key(call->tx, bob, bytes, &found), 0);
    assert_int_equal(iam_find_ssh_key(call->tx, (str){0}, bytes, &found), 1);
    assert_str(found.name, "alice");
}

static void an_active_key_is_found_by_its_id_or_alone(void **state)
{
    world_do(*state, find_each);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(
                    an_active_key_is_found_by_its_id_or_alone, world_setup, world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
