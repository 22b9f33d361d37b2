#include "services/iam/managed.h"

static const str PREFIX = STR_INIT("arn:aws:iam::aws:policy");

size_t managed_len(void)
{
    return managed_rows_len;
}

struct managed_policy managed_at(size_t i)
{
    const struct managed_row *row = &managed_rows[i];
    str arn = str_of(row->arn), rest = str_skip(arn, PREFIX.len);
    size_t name = (size_t)str_rfind_char(rest, '/') + 1;

    return (struct managed_policy){
            .name = str_skip(rest, name),
            .id = str_of(row->id),
            .path = str_head(rest, name),
            .arn = arn,
            .description = {managed_text + row->description, row->document - row->description},
            .document = {managed_text + row->document, row->end - row->document},
    };
}

bool managed_find(str arn, struct managed_policy *ret)
{
    if (!str_starts(arn, PREFIX))
        return false;
    for (size_t i = 0; i < managed_rows_len; i++)
        if (str_eq(arn, str_of(managed_rows[i].arn))) {
            *ret = managed_at(i);
            return true;
        }
    return false;
}
