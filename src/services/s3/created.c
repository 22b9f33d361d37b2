/*
 * created - tells the other services of new objects
 *
 * Source of the shape: S3 User Guide, "EventBridge event message structure".
 */
#include "base/json.h"
#include "services/events/events.h"
#include "services/s3/object.h"

static str detail_of(struct call *call, const struct bucket *bucket, const struct object *object)
{
    struct buf out = buf_make(call->arena, EVENT_MAX_BYTES);
    const char *operation = model_str(call->service->model, call->operation->name);

    buf_add(&out, STR("{\"version\":\"0\",\"bucket\":{"));
    json_write_member(&out, STR("name"), bucket->name);
    buf_add(&out, STR("},\"object\":{"));
    json_write_member(&out, STR("key"), object->key);
    json_write_member_int(&out, STR("size"), object->size);
    json_write_member(&out, STR("etag"), object->etag);
    json_write_member(&out, STR("version-id"), shown_version(bucket, object));
    json_write_member(&out, STR("sequencer"),
            str_printf(call->arena, "%016llX", (unsigned long long)object->rank));
    buf_char(&out, '}');
    json_write_member(&out, STR("request-id"), call->request_id);
    json_write_member(&out, STR("requester"), call->principal->account);
    json_write_member(&out, STR("source-ip-address"), call->source_ip);
    json_write_member(&out, STR("reason"), str_of(operation));
    buf_char(&out, '}');
    return buf_str(&out);
}

int object_created(struct call *call, const struct bucket *bucket, const struct object *object)
{
    str resource = bucket_arn(call, bucket->name);
    struct str_list resources = {&resource, 1, true};

    return events_emit(
            call, STR("aws.s3"), STR("Object Created"), resources, detail_of(call, bucket, object));
}
