/* The handlers of the test services: they say what they were asked. */
#include "handlers.h"

#include "api/kept.h"
#include "base/clock.h"

int test_puts;
int test_wait_answers;
int test_wait_runs;
int64_t test_mark;
size_t test_show_len;
int test_shows;

int testjson_Echo(
        struct call *call, const struct testjson_Everything *in, struct testjson_Everything *out)
{
    (void)call;
    *out = *in;
    return 0;
}

int testjson_Put(
        struct call *call, const struct testjson_PutInput *in, struct testjson_PutOutput *out)
{
    struct testjson_TakenException taken = {.by = STR("somebody")};

    test_puts++;
    if (str_eq(in->name, STR("taken")))
        return call_fail_detail(call, &testjson_TakenException, testjson_shape_TakenException,
                arena_new(call->arena, struct testjson_TakenException), "%.*s is taken",
                STR_ARG(in->name));
    if (str_eq(in->name, STR("other"))) {
        struct testjson_TakenException *detail =
                arena_new(call->arena, struct testjson_TakenException);
        *detail = taken;
        return call_fail_detail(call, &testjson_TakenException, testjson_shape_TakenException,
                detail, "%.*s is taken", STR_ARG(in->name));
    }
    if (str_eq(in->name, STR("broken")))
        return -EIO;
    out->text = str_printf(call->arena, "%.*s in %.*s", STR_ARG(in->name), STR_ARG(call->region));
    return 0;
}

int testjson_Who(struct call *call, const void *in, struct testjson_PutOutput *out)
{
    (void)in;
    out->text = call->principal->arn;
    return 0;
}

int testjson_Show(
        struct call *call, const struct testjson_PutInput *in, struct testjson_PutOutput *out)
{
    if (kept_answer(call, in->name, test_mark))
        return 0;
    test_shows++;
    out->text = str_printf(
            call->arena, "%.*s %d%*s", STR_ARG(in->name), test_shows, (int)test_show_len, "");
    kept_put(call, in->name, test_mark, out);
    return 0;
}

int testjson_Wait(
        struct call *call, const struct testjson_WaitInput *in, struct testjson_PutOutput *out)
{
    int answers = __atomic_load_n(&test_wait_answers, __ATOMIC_ACQUIRE);

    (void)__atomic_add_fetch(&test_wait_runs, 1, __ATOMIC_RELEASE);
    if (answers == 0 && call->now < 4102444800000)
        return call_wait(call, in->topic, 4102444800000);
    out->text = answers ? STR("woken") : STR("over");
    return 0;
}

int testquery_Echo(
        struct call *call, const struct testquery_Everything *in, struct testquery_Everything *out)
{
    (void)call;
    *out = *in;
    return 0;
}

static str etag(struct call *call, const char *operation, str bucket, str key)
{
    return str_printf(call->arena, "%s %.*s/%.*s", operation, STR_ARG(bucket), STR_ARG(key));
}

int testrest_ListThings(struct call *call, const struct testrest_ListThingsInput *in,
        struct testrest_ListThingsOutput *out)
{
    struct testrest_Thing *things = arena_array(call->arena, 2, struct testrest_Thing);

    things[0] = (struct testrest_Thing){
            .Key = STR("a&b"), .Size = SOME_INT(3), .When = SOME_TIME(1500)};
    things[1] = (struct testrest_Thing){.Key = in->Prefix};
    out->Name = in->Bucket;
    out->Things.items = things;
    out->Things.len = in->Prefix.ptr ? 2 : 1;
    out->Things.is_set = true;
    return 0;
}

int testrest_ListParts(struct call *call, const struct testrest_ListPartsInput *in,
        struct testrest_ListThingsOutput *out)
{
    out->Name = etag(call, "ListParts", in->UploadId, in->Key);
    return 0;
}

static int write_body(struct call *call, void *arg, struct error *err)
{
    (void)arg;
    return call_write(call, STR("0123456789"), err);
}

int testrest_GetThing(struct call *call, const struct testrest_ThingInput *in,
        struct testrest_GetThingOutput *out)
{
    out->ETag = etag(call, "GetThing", in->Bucket, in->Key);
    call_stream(call, 10, write_body, NULL);
    return 0;
}

int testrest_HeadThing(
        struct call *call, const struct testrest_ThingInput *in, struct testrest_ThingOutput *out)
{
    static const struct call_error gone = {"NoSuchKey", 404, true};

    if (str_eq(in->Key, STR("none")))
        return call_fail(call, &gone, "The specified key does not exist.");
    out->ETag = etag(call, "HeadThing", in->Bucket, in->Key);
    out->ContentLength = SOME_INT(12345678901);
    out->LastModified = SOME_TIME(0);
    return 0;
}

int testrest_PutThing_prepare(struct call *call, const struct testrest_PutThingInput *in)
{
    char bytes[7];
    ssize_t n;
    int64_t total = 0;

    (void)in;
    while ((n = call_read(call, bytes, sizeof(bytes))) > 0)
        total += n;
    call->prepared = arena_new(call->arena, int64_t);
    *(int64_t *)call->prepared = total;
    return (int)n;
}

int testrest_PutThing(struct call *call, const struct testrest_PutThingInput *in,
        struct testrest_ThingOutput *out)
{
    out->ETag = str_printf(call->arena, "%lld bytes", (long long)*(int64_t *)call->prepared);
    out->Metadata.items = (void *)in->Metadata.items;
    out->Metadata.len = in->Metadata.len;
    out->Metadata.is_set = in->Metadata.is_set;
    return 0;
}

int testrest_CopyThing(struct call *call, const struct testrest_CopyThingInput *in,
        struct testrest_ThingOutput *out)
{
    out->ETag = etag(call, "CopyThing", in->Source, in->Key);
    return 0;
}

int testrest_DeleteThings(struct call *call, const struct testrest_DeleteThingsInput *in,
        struct testrest_ListThingsOutput *out)
{
    (void)call;
    out->Name = in->Delete->Quiet.is_set ? STR("quiet") : STR("loud");
    out->Things = in->Delete->Objects;
    return 0;
}

int testrest_StartUpload(
        struct call *call, const struct testrest_ThingInput *in, struct testrest_ThingOutput *out)
{
    out->ETag = etag(call, "StartUpload", in->Bucket, in->Key);
    return 0;
}
