#include "git/refname.h"

#include "base/codec.h"

static bool is_valid_component(str name)
{
    if (name.len == 0 || name.ptr[0] == '.' || str_ends(name, STR(".lock")))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        unsigned char next = i + 1 < name.len ? (unsigned char)name.ptr[i + 1] : 0;
        if (c <= ' ' || c == 0x7f || strchr("~^:?*[\\", c))
            return false;
        if ((c == '.' && next == '.') || (c == '@' && next == '{'))
            return false;
    }
    return true;
}

bool refname_is_valid_short(str name)
{
    str rest = name, component;

    if (name.len == 0 || name.len > REFNAME_MAX || !str_is_utf8(name) || str_eq(name, STR("@")) ||
            name.ptr[name.len - 1] == '.')
        return false;
    while (str_next(&rest, '/', &component))
        if (!is_valid_component(component))
            return false;
    return true;
}

bool refname_is_valid(str name)
{
    str rest = name;

    return name.len <= REFNAME_MAX && str_take_prefix(&rest, STR("refs/")) &&
           str_find_char(rest, '/') > 0 && refname_is_valid_short(rest);
}

bool object_id_is_valid(str id)
{
    return id.len == OBJECT_ID_LEN && is_lower_hex(id);
}

bool object_id_is_zero(str id)
{
    return str_eq(id, OBJECT_ID_ZERO);
}
