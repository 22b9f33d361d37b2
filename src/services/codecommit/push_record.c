/*
 * push_record - what the audit says of git transfers: who fetched, and who moved which refs
 *
 *     GitPull   git asked for refs or (dataTransferred) objects
 *     GitPush   twice: git asked what is there (reads only), and it pushed
 *
 * Source: CodeCommit User Guide, "Logging AWS CodeCommit API calls with AWS CloudTrail".
 * oldCommitId, created and deleted are not in AWS's; the names are those of its events.
 */
#include "services/codecommit/push_record.h"

#include "api/audit.h"
#include "base/buf.h"
#include "base/json.h"

enum {
    REFERENCES_MAX = 64 << 10, /* bytes of a record: the refs beyond are left out, and counted */
    CAPABILITIES_MAX = 4096,
    REFERENCE_MAX = 8192,
};

static str additional(struct call *call, const struct repository *repository, str capabilities,
        bool has_data, size_t omitted)
{
    struct buf out = buf_make(call->arena, REFERENCE_MAX);
    str rest = str_head(capabilities, CAPABILITIES_MAX), word;

    buf_add(&out, STR("{\"protocol\":\"HTTP\""));
    if (rest.len) {
        json_write_key(&out, STR("capabilities"));
        buf_char(&out, '[');
        for (bool is_first = true; str_next(&rest, ' ', &word);)
            if (word.len) {
                if (!is_first)
                    buf_char(&out, ',');
                json_write_str(&out, word);
                is_first = false;
            }
        buf_char(&out, ']');
    }
    json_write_key(&out, STR("dataTransferred"));
    buf_add(&out, has_data ? STR("true") : STR("false"));
    json_write_member(&out, STR("repositoryName"), repository->name);
    json_write_member(&out, STR("repositoryId"), repository->id);
    if (omitted)
        json_write_member_int(&out, STR("referencesOmitted"), (int64_t)omitted);
    buf_char(&out, '}');
    return buf_str(&out);
}

static str reference(struct call *call, const struct git_change *change)
{
    struct buf out = buf_make(call->arena, REFERENCE_MAX);
    bool is_new = object_id_is_zero(change->old_id), is_gone = object_id_is_zero(change->new_id);

    buf_char(&out, '{');
    json_write_member(&out, STR("commit"), is_gone ? change->old_id : change->new_id);
    json_write_member(&out, STR("ref"), change->ref);
    json_write_member(&out, STR("oldCommitId"), is_new || is_gone ? (str){0} : change->old_id);
    buf_add(&out, is_new ? STR(",\"created\":true") : STR(""));
    buf_add(&out, is_gone ? STR(",\"deleted\":true") : STR(""));
    buf_char(&out, '}');
    return buf_str(&out);
}

void push_describe(struct call *call, const struct repository *repository, bool has_data)
{
    audit_describe(call, &(struct audit_detail){
                                 .additional = additional(call, repository, (str){0}, has_data, 0),
                                 .is_read = true,
                         });
}

void push_describe_changes(struct call *call, const struct repository *repository,
        const struct git_changes *changes, bool are_made)
{
    struct buf out = buf_make(call->arena, REFERENCES_MAX + REFERENCE_MAX);
    size_t omitted = 0, written = 0;

    buf_add(&out, STR("{\"references\":["));
    for (size_t i = 0; i < changes->len; i++) {
        const struct git_change *change = &changes->items[i];

        if (are_made && !git_change_is_made(change))
            continue;
        if (buf_str(&out).len > REFERENCES_MAX) {
            omitted++;
            continue;
        }
        if (written++)
            buf_char(&out, ',');
        buf_add(&out, reference(call, change));
    }
    buf_add(&out, STR("]}"));
    audit_describe(call, &(struct audit_detail){
                                 .request = buf_str(&out),
                                 .additional = additional(
                                         call, repository, changes->capabilities, true, omitted),
                         });
}
