/* s3.h: objects for the other services, as one of their roles. */
#include "services/world.h"

#include "base/random.h"
#include "gen/s3.h"
#include "services/kms/kms.h"
#include "services/s3/s3.h"

enum {
    BODY_LEN = 200000 /* some chunks, and not whole ones */
};
static char body[BODY_LEN];

static void invoke(struct call *call, struct world *world, const char *operation, const void *in)
{
    struct call_failure why = {0};

    if (call_invoke(call, &world->root, &s3_service, operation, in, NULL, &why) < 0)
        fail_msg("%s: %.*s", operation, STR_ARG(why.message));
}

static void create_bucket(struct call *call, struct world *world)
{
    struct s3_CreateBucketConfiguration where = {.LocationConstraint = REGION};

    invoke(call, world, "CreateBucket",
            &(struct s3_CreateBucketRequest){
                    .Bucket = STR("bucket"), .CreateBucketConfiguration = &where});
}

static void switch_versions_on(struct call *call, struct world *world)
{
    struct s3_VersioningConfiguration versioning = {.Status = STR("Enabled")};

    invoke(call, world, "PutBucketVersioning",
            &(struct s3_PutBucketVersioningRequest){
                    .Bucket = STR("bucket"), .VersioningConfiguration = &versioning});
}

/* What a service's prepare step makes. */
static struct s3_blob write_blob(struct world *world, str bytes)
{
    struct s3_blob blob = {
            .size = (int64_t)bytes.len, .md5 = STR("0123456789abcdef0123456789abcdef")};
    struct blob_info info;
    struct error err = {0};

    random_bytes(&blob.key, sizeof(blob.key));
    if (blob_put(world->server.blobs, &blob.key, bytes, &world->arena, &info, &err) < 0)
        fail_msg("%s", err.text);
    blob.blob = info.id;
    return blob;
}

static struct s3_info put(struct call *call, struct world *world, const char *key, str bytes)
{
    struct s3_blob blob = write_blob(world, bytes);
    struct call_failure why = {0};
    struct s3_info info = {0};

    if (s3_put_blob(call, &world->root, STR("bucket"), str_of(key), &blob, &info, &why) < 0)
        fail_msg("%.*s", STR_ARG(why.message));
    return info;
}

static void assert_same(const struct s3_info *a, const struct s3_info *b)
{
    assert_true(str_eq(a->bucket, b->bucket) && str_eq(a->key, b->key));
    assert_true(str_eq(a->version, b->version) && str_eq(a->etag, b->etag));
    assert_true(str_eq(a->content_type, b->content_type));
    assert_true(a->size == b->size && a->modified == b->modified);
}

/* ---- What was put is there ---------------------------------------------------------------- */

static struct s3_reader *opened;

static void put_and_look(struct call *call, struct world *world)
{
    struct call_failure why = {0};
    struct s3_info made, found;

    create_bucket(call, world);
    made = put(call, world, "a/b.zip", (str){body, BODY_LEN});
    assert_str(made.bucket, "bucket");
    assert_str(made.key, "a/b.zip");
    assert_str(made.version, "null");
    assert_str(made.etag, "0123456789abcdef0123456789abcdef");
    assert_str(made.content_type, "binary/octet-stream");
    assert_int_equal(made.size, BODY_LEN);
    assert_int_equal(s3_head(call, &world->root, made.bucket, made.key, (str){0}, &found, &why), 0);
    assert_same(&made, &found);
    assert_int_equal(s3_open_object(call, &world->root, made.bucket, made.key, (str){0}, &found,
                             &opened, &why),
            0);
    assert_same(&made, &found);
}

static void the_bytes_outlive_the_transaction_and_are_read_anywhere(void **state)
{
    struct world *world = *state;
    char *bytes = arena_alloc(&world->arena, BODY_LEN, 1);
    struct error err = {0};
    size_t len = 0;
    ssize_t n;

    random_bytes(body, BODY_LEN);
    world_do(world, put_and_look);
    while ((n = s3_read(opened, (int64_t)len, bytes + len, BODY_LEN - len, &err)) > 0)
        len += (size_t)n;
    assert_int_equal(n, 0);
    assert_int_equal(len, BODY_LEN);
    assert_memory_equal(bytes, body, BODY_LEN);
    n = s3_read(opened, BODY_LEN - 10, bytes, BODY_LEN, &err);
    assert_int_equal(n, 10);
    assert_memory_equal(bytes, body + BODY_LEN - 10, 10);
    assert_int_equal(s3_read(opened, BODY_LEN, bytes, 10, &err), 0);
    s3_close(opened);
    s3_close(NULL);
}

static void put_nothing(struct call *call, struct world *world)
{
    struct s3_blob nothing = {
            .md5 = STR("d41d8cd98f00b204e9800998ecf8427e"), .content_type = STR("text/plain")};
    struct call_failure why = {0};
    struct s3_info info;

    create_bucket(call, world);
    assert_int_equal(
            s3_put_blob(call, &world->root, STR("bucket"), STR("empty"), &nothing, &info, &why), 0);
    assert_int_equal(s3_open_object(call, &world->root, STR("bucket"), STR("empty"), (str){0},
                             &info, &opened, &why),
            0);
    assert_int_equal(info.size, 0);
    assert_str(info.content_type, "text/plain");
}

static void an_object_may_be_empty(void **state)
{
    struct error err = {0};
    char byte;

    world_do(*state, put_nothing);
    assert_int_equal(s3_read(opened, 0, &byte, 1, &err), 0);
    s3_close(opened);
}

/* ---- Versions --------------------------------------------------------------------------- */

static void read_version(struct call *call, struct world *world, str version, const char *expected)
{
    struct call_failure why = {0};
    struct error err = {0};
    struct s3_info info;
    char text[20];

    assert_int_equal(s3_open_object(call, &world->root, STR("bucket"), STR("k"), version, &info,
                             &opened, &why),
            0);
    ssize_t n = s3_read(opened, 0, text, sizeof(text), &err);
    s3_close(opened);
    assert_true(n >= 0);
    assert_str(((str){text, (size_t)n}), expected);
}

static void look_at_versions(struct call *call, struct world *world)
{
    struct call_failure why = {0};
    struct s3_info one, two, found;

    create_bucket(call, world);
    switch_versions_on(call, world);
    one = put(call, world, "k", STR("one"));
    two = put(call, world, "k", STR("two"));
    assert_false(str_eq(one.version, two.version));
    read_version(call, world, (str){0}, "two");
    read_version(call, world, one.version, "one");
    read_version(call, world, two.version, "two");
    assert_int_equal(s3_head(call, &world->root, STR("bucket"), STR("k"),
                             STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), &found, &why),
            CALL_FAILED);
    assert_str(why.code, "NoSuchVersion");
    invoke(call, world, "DeleteObject",
            &(struct s3_DeleteObjectRequest){.Bucket = STR("bucket"), .Key = STR("k")});
    assert_int_equal(s3_head(call, &world->root, STR("bucket"), STR("k"), (str){0}, &found, &why),
            CALL_FAILED);
    assert_str(why.code, "NoSuchKey");
    read_version(call, world, one.version, "one");
}

static void versions_are_found_and_a_deleted_object_is_not(void **state)
{
    world_do(*state, look_at_versions);
}

/* ---- Refusals --------------------------------------------------------------------------- */

static void check_refusal(
        struct call *call, const struct principal *who, str bucket, str key, const char *code)
{
    struct call_failure why = {0};
    struct s3_info info;
    struct s3_reader *reader;

    assert_int_equal(s3_head(call, who, bucket, key, (str){0}, &info, &why), CALL_FAILED);
    assert_str(why.code, code);
    why = (struct call_failure){0};
    assert_int_equal(
            s3_open_object(call, who, bucket, key, (str){0}, &info, &reader, &why), CALL_FAILED);
    assert_str(why.code, code);
    assert_null(call->failure.code.ptr); /* the caller's call has not failed */
}

static void try_what_is_refused(struct call *call, struct world *world)
{
    struct s3_blob blob = write_blob(world, STR("bytes"));
    struct call_failure why = {0};
    struct s3_info info;

    create_bucket(call, world);
    (void)put(call, world, "k", STR("one"));
    check_refusal(call, &world->root, STR("nowhere"), STR("k"), "NoSuchBucket");
    check_refusal(call, &world->root, STR("bucket"), STR("other"), "NoSuchKey");
    check_refusal(call, &world->nobody, STR("bucket"), STR("k"), "AccessDenied");
    check_refusal(call, &world->nobody, STR("bucket"), STR("other"), "AccessDenied");

    assert_int_equal(
            s3_put_blob(call, &world->nobody, STR("bucket"), STR("new"), &blob, &info, &why),
            CALL_FAILED);
    assert_str(why.code, "AccessDenied");
    check_refusal(call, &world->root, STR("bucket"), STR("new"), "NoSuchKey");
    assert_int_equal(
            s3_put_blob(call, &world->root, STR("nowhere"), STR("new"), &blob, &info, &why),
            CALL_FAILED);
    assert_str(why.code, "NoSuchBucket");
    blob.kms_key = STR("12345678-1234-1234-1234-123456789012");
    assert_int_equal(s3_put_blob(call, &world->root, STR("bucket"), STR("new"), &blob, &info, &why),
            CALL_FAILED);
    assert_str(why.code, "KMS.NotFoundException");
    check_refusal(call, &world->root, STR("bucket"), STR("new"), "NoSuchKey");
}

static void what_is_missing_or_not_permitted_is_refused(void **state)
{
    world_do(*state, try_what_is_refused);
}

/* ---- Keys of KMS ------------------------------------------------------------------------ */

static void put_under_a_key(struct call *call, struct world *world)
{
    struct s3_blob blob = write_blob(world, STR("secret"));
    struct kms_data_key managed;
    struct call_failure why = {0};
    struct s3_info info;

    create_bucket(call, world);
    assert_int_equal(kms_data_key_new(call, (str){0}, "s3", &managed), 0); /* makes the key */
    blob.kms_key = managed.key_arn;
    if (s3_put_blob(call, &world->root, STR("bucket"), STR("k"), &blob, &info, &why) < 0)
        fail_msg("%.*s", STR_ARG(why.message));
    read_version(call, world, (str){0}, "secret");
}

static void an_object_under_a_key_of_kms_is_read_with_it(void **state)
{
    world_do(*state, put_under_a_key);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
            WITH_WORLD(the_bytes_outlive_the_transaction_and_are_read_anywhere),
            WITH_WORLD(an_object_may_be_empty),
            WITH_WORLD(versions_are_found_and_a_deleted_object_is_not),
            WITH_WORLD(what_is_missing_or_not_permitted_is_refused),
            WITH_WORLD(an_object_under_a_key_of_kms_is_read_with_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
