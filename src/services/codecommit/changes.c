#include "services/codecommit/internal.h"

#include "base/buf.h"
#include "base/json.h"
#include "services/events/events.h"

enum {
    DETAIL_MAX = 16384
};

static str kind_of(str ref, str *ret_name)
{
    *ret_name = ref;
    if (str_take_prefix(ret_name, STR("refs/heads/")))
        return STR("branch");
    if (str_take_prefix(ret_name, STR("refs/tags/")))
        return STR("tag");
    return (str){0};
}

static str detail_of(struct call *call, const struct repository *repository,
        const struct git_change *change, str type, str name)
{
    struct buf out = buf_make(call->arena, DETAIL_MAX);
    bool is_created = object_id_is_zero(change->old_id);
    bool is_deleted = object_id_is_zero(change->new_id);

    buf_char(&out, '{');
    json_write_member(&out, STR("callerUserArn"), call->principal->arn);
    json_write_member(&out, STR("commitId"), is_deleted ? (str){0} : change->new_id);
    json_write_member(&out, STR("event"),
            is_created   ? STR("referenceCreated")
            : is_deleted ? STR("referenceDeleted")
                         : STR("referenceUpdated"));
    json_write_member(&out, STR("oldCommitId"), is_created ? (str){0} : change->old_id);
    json_write_member(&out, STR("referenceFullName"), change->ref);
    json_write_member(&out, STR("referenceName"), name);
    json_write_member(&out, STR("referenceType"), type);
    json_write_member(&out, STR("repositoryId"), repository->id);
    json_write_member(&out, STR("repositoryName"), repository->name);
    buf_char(&out, '}');
    return buf_str(&out);
}

int changes_announce(
        struct call *call, const struct repository *repository, const struct git_changes *changes)
{
    str arn = repository_arn(call, repository->name);
    struct str_list resources = {.items = &arn, .len = 1, .is_set = true};
    int r = repository_touch(call->tx, repository->id, call->now);

    for (size_t i = 0; r == 0 && i < changes->len; i++) {
        const struct git_change *change = &changes->items[i];
        str name, type = kind_of(change->ref, &name);
        if (!type.ptr || !git_change_is_made(change))
            continue;
        r = events_emit(call, STR("aws.codecommit"), STR("CodeCommit Repository State Change"),
                resources, detail_of(call, repository, change, type, name));
    }
    return r;
}
