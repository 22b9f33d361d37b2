#include "agent/appspec.h"

#include "base/yaml_node.h"

/* What the readers of one part share. */
struct reader {
    struct arena *arena;
    struct error *err;
};

static int member(
        struct reader *reader, struct yaml_node mapping, const char *name, struct yaml_node *ret)
{
    *ret = (struct yaml_node){0};
    for (size_t i = 0; i < yaml_node_len(mapping); i++) {
        struct yaml_node key, value;

        yaml_node_pair(mapping, i, &key, &value);
        if (!str_eq(yaml_node_text(key), str_of(name)))
            continue;
        if (ret->node)
            return yaml_node_error(key, reader->err, "\"%s\" stands twice", name);
        if (!yaml_node_is_null(value))
            *ret = value;
    }
    return 0;
}

/* The text of a scalar member; absent if it is not there. */
static int text_member(
        struct reader *reader, struct yaml_node mapping, const char *name, bool required, str *ret)
{
    struct yaml_node node;
    int r = member(reader, mapping, name, &node);

    if (r < 0)
        return r;
    if (!node.node && required)
        return yaml_node_error(mapping, reader->err, "\"%s\" is missing", name);
    if (node.node && !yaml_node_is_scalar(node))
        return yaml_node_error(node, reader->err, "\"%s\" is not a text", name);
    *ret = str_dup(reader->arena, yaml_node_text(node));
    return 0;
}

/* A list member; its length is checked. */
static int list_member(
        struct reader *reader, struct yaml_node mapping, const char *name, struct yaml_node *ret)
{
    int r = member(reader, mapping, name, ret);

    if (r < 0 || !ret->node)
        return r;
    if (!yaml_node_is_sequence(*ret))
        return yaml_node_error(*ret, reader->err, "\"%s\" is not a list", name);
    if (yaml_node_len(*ret) > APPSPEC_MAX_ITEMS)
        return yaml_node_error(
                *ret, reader->err, "\"%s\" has more than %d items", name, APPSPEC_MAX_ITEMS);
    return 0;
}

static int text_list(
        struct reader *reader, struct yaml_node mapping, const char *name, struct str_list *ret)
{
    struct yaml_node list;
    int r = list_member(reader, mapping, name, &list);

    if (r < 0)
        return r;
    ret->is_set = list.node != NULL;
    ret->len = yaml_node_len(list);
    ret->items = arena_array(reader->arena, ret->len, str);
    for (size_t i = 0; i < ret->len; i++) {
        struct yaml_node item = yaml_node_item(list, i);
        if (!yaml_node_is_scalar(item))
            return yaml_node_error(
                    item, reader->err, "\"%s\" holds something that is no text", name);
        ret->items[i] = str_dup(reader->arena, yaml_node_text(item));
    }
    return 0;
}

/* "0.0" or "0" as a number: YAML's quoted "0.0" is a text, which CodeDeploy refuses. */
static int check_version(struct reader *reader, struct yaml_node root)
{
    struct yaml_node node;
    str text;
    double number;
    int r = member(reader, root, "version", &node);

    if (r < 0)
        return r;
    text = yaml_node_text(node);
    if (!node.node)
        return yaml_node_error(root, reader->err, "\"version\" is missing");
    if (!text.ptr || node.node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
            str_to_double(text, &number) < 0 || number != 0)
        return yaml_node_error(node, reader->err, "the version of the AppSpec file must be 0.0");
    return 0;
}

static int check_os(struct reader *reader, struct yaml_node root)
{
    str os;
    int r = text_member(reader, root, "os", true, &os);

    if (r < 0)
        return r;
    if (!str_eq(os, STR("linux")))
        return yaml_node_error(root, reader->err,
                "the os of the AppSpec file is \"%.*s\", this host runs \"linux\"", STR_ARG(os));
    return 0;
}

int appspec_exists_parse(str text, enum appspec_exists *ret)
{
    if (str_eq(text, STR("DISALLOW")))
        *ret = APPSPEC_DISALLOW;
    else if (str_eq(text, STR("OVERWRITE")))
        *ret = APPSPEC_OVERWRITE;
    else if (str_eq(text, STR("RETAIN")))
        *ret = APPSPEC_RETAIN;
    else
        return -EINVAL;
    return 0;
}

static int read_exists(struct reader *reader, struct yaml_node root, struct appspec *appspec)
{
    str text;
    int r = text_member(reader, root, "file_exists_behavior", false, &text);

    if (r < 0 || !text.ptr)
        return r;
    if (appspec_exists_parse(text, &appspec->file_exists) < 0)
        return yaml_node_error(root, reader->err,
                "file_exists_behavior \"%.*s\" is none of DISALLOW, OVERWRITE, RETAIN",
                STR_ARG(text));
    return 0;
}

static int read_files(struct reader *reader, struct yaml_node root, struct appspec *appspec)
{
    struct yaml_node list;
    int r = list_member(reader, root, "files", &list);

    if (r < 0)
        return r;
    appspec->files.len = yaml_node_len(list);
    appspec->files.items = arena_array(reader->arena, appspec->files.len, struct appspec_file);
    for (size_t i = 0; i < appspec->files.len; i++) {
        struct appspec_file *file = &appspec->files.items[i];
        struct yaml_node item = yaml_node_item(list, i);

        if (!yaml_node_is_mapping(item))
            return yaml_node_error(item, reader->err, "a file has a source and a destination");
        if ((r = text_member(reader, item, "source", true, &file->source)) < 0 ||
                (r = text_member(reader, item, "destination", true, &file->destination)) < 0)
            return r;
        while (str_starts(file->source, STR("/")))
            file->source = str_skip(file->source, 1);
        if (!str_starts(file->destination, STR("/")))
            return yaml_node_error(item, reader->err,
                    "destination \"%.*s\" is not an absolute path", STR_ARG(file->destination));
    }
    return 0;
}

static int read_mode(
        struct reader *reader, struct yaml_node item, struct appspec_permission *permission)
{
    str text;
    int r = text_member(reader, item, "mode", false, &text);

    if (r < 0 || !text.ptr)
        return r;
    permission->has_mode = text.len >= 1 && text.len <= 4;
    for (size_t i = 0; i < text.len; i++) {
        permission->has_mode = permission->has_mode && text.ptr[i] >= '0' && text.ptr[i] <= '7';
        permission->mode = permission->mode * 8 + (mode_t)(text.ptr[i] - '0');
    }
    if (!permission->has_mode)
        return yaml_node_error(
                item, reader->err, "mode \"%.*s\" is not 1 to 4 octal digits", STR_ARG(text));
    return 0;
}

static int read_types(
        struct reader *reader, struct yaml_node item, struct appspec_permission *permission)
{
    struct str_list types = {0};
    int r = text_list(reader, item, "type", &types);

    if (r < 0)
        return r;
    permission->on_files = permission->on_directories = !types.is_set;
    for (size_t i = 0; i < types.len; i++) {
        if (str_eq(types.items[i], STR("file")))
            permission->on_files = true;
        else if (str_eq(types.items[i], STR("directory")))
            permission->on_directories = true;
        else
            return yaml_node_error(item, reader->err, "type \"%.*s\" is neither file nor directory",
                    STR_ARG(types.items[i]));
    }
    return 0;
}

static int read_permission(
        struct reader *reader, struct yaml_node item, struct appspec_permission *permission)
{
    struct yaml_node context;
    int r;

    if (!yaml_node_is_mapping(item))
        return yaml_node_error(item, reader->err, "a permission has an object");
    if ((r = text_member(reader, item, "object", true, &permission->object)) < 0 ||
            (r = text_member(reader, item, "pattern", false, &permission->pattern)) < 0 ||
            (r = text_list(reader, item, "except", &permission->except)) < 0 ||
            (r = text_member(reader, item, "owner", false, &permission->owner)) < 0 ||
            (r = text_member(reader, item, "group", false, &permission->group)) < 0 ||
            (r = text_list(reader, item, "acls", &permission->acls)) < 0 ||
            (r = read_mode(reader, item, permission)) < 0 ||
            (r = read_types(reader, item, permission)) < 0 ||
            (r = member(reader, item, "context", &context)) < 0)
        return r;
    if (context.node)
        return yaml_node_error(
                context, reader->err, "SELinux contexts are not supported by this agent");
    if (!permission->pattern.ptr)
        permission->pattern = STR("**");
    return 0;
}

static int read_permissions(struct reader *reader, struct yaml_node root, struct appspec *appspec)
{
    struct yaml_node list;
    int r = list_member(reader, root, "permissions", &list);

    if (r < 0)
        return r;
    appspec->permissions.len = yaml_node_len(list);
    appspec->permissions.items =
            arena_array(reader->arena, appspec->permissions.len, struct appspec_permission);
    for (size_t i = 0; i < appspec->permissions.len; i++)
        if ((r = read_permission(reader, yaml_node_item(list, i), &appspec->permissions.items[i])) <
                0)
            return r;
    return 0;
}

static int read_script(struct reader *reader, struct yaml_node item, struct appspec_script *script)
{
    str timeout, sudo;
    int r;

    if (!yaml_node_is_mapping(item))
        return yaml_node_error(item, reader->err, "a script has a location");
    if ((r = text_member(reader, item, "location", true, &script->location)) < 0 ||
            (r = text_member(reader, item, "timeout", false, &timeout)) < 0 ||
            (r = text_member(reader, item, "runas", false, &script->runas)) < 0 ||
            (r = text_member(reader, item, "sudo", false, &sudo)) < 0)
        return r;
    while (str_starts(script->location, STR("/")))
        script->location = str_skip(script->location, 1);
    script->timeout_s = APPSPEC_DEFAULT_TIMEOUT_S;
    if (timeout.ptr && (str_to_i64(timeout, &script->timeout_s) < 0 || script->timeout_s <= 0 ||
                               script->timeout_s > APPSPEC_MAX_TIMEOUT_S))
        return yaml_node_error(item, reader->err,
                "timeout \"%.*s\" is not a number of seconds from 1 to %d", STR_ARG(timeout),
                APPSPEC_MAX_TIMEOUT_S);
    if (sudo.ptr && !str_eq_nocase(sudo, STR("false")))
        return yaml_node_error(item, reader->err, "sudo is not supported by this agent: use runas");
    return 0;
}

static int read_hook(struct reader *reader, struct yaml_node key, struct yaml_node list,
        struct appspec_hook *hook)
{
    int r;

    hook->event = str_dup(reader->arena, yaml_node_text(key));
    if (!hook->event.ptr)
        return yaml_node_error(key, reader->err, "a hook has the name of a lifecycle event");
    if (yaml_node_is_null(list))
        return 0;
    if (!yaml_node_is_sequence(list) || yaml_node_len(list) > APPSPEC_MAX_ITEMS)
        return yaml_node_error(list, reader->err,
                "hook \"%.*s\" is not a list of at most %d scripts", STR_ARG(hook->event),
                APPSPEC_MAX_ITEMS);
    hook->len = yaml_node_len(list);
    hook->items = arena_array(reader->arena, hook->len, struct appspec_script);
    for (size_t i = 0; i < hook->len; i++)
        if ((r = read_script(reader, yaml_node_item(list, i), &hook->items[i])) < 0)
            return r;
    return 0;
}

static int read_hooks(struct reader *reader, struct yaml_node root, struct appspec *appspec)
{
    struct yaml_node mapping, key, value;
    int r = member(reader, root, "hooks", &mapping);

    if (r < 0 || !mapping.node)
        return r;
    if (!yaml_node_is_mapping(mapping) || yaml_node_len(mapping) > APPSPEC_MAX_ITEMS)
        return yaml_node_error(
                mapping, reader->err, "\"hooks\" is not a mapping of lifecycle events");
    appspec->hooks.len = yaml_node_len(mapping);
    appspec->hooks.items = arena_array(reader->arena, appspec->hooks.len, struct appspec_hook);
    for (size_t i = 0; i < appspec->hooks.len; i++) {
        yaml_node_pair(mapping, i, &key, &value);
        if ((r = read_hook(reader, key, value, &appspec->hooks.items[i])) < 0)
            return r;
    }
    return 0;
}

int appspec_parse(struct arena *arena, str text, struct appspec *ret, struct error *err)
{
    AUTO_YAML struct yaml_file file = {0};
    struct yaml_node root = {0};
    struct reader reader = {arena, err};
    struct appspec appspec = {0};
    int r;

    if (text.len > APPSPEC_MAX_BYTES)
        return error_set(err, EINVAL, "the AppSpec file has more than %d bytes", APPSPEC_MAX_BYTES);
    if ((r = yaml_file_open(text, &file, &root, err)) < 0)
        return r;
    if (!yaml_node_is_mapping(root))
        return error_set(err, EINVAL, "the AppSpec file is empty or not a mapping");
    if ((r = check_version(&reader, root)) < 0 || (r = check_os(&reader, root)) < 0 ||
            (r = read_exists(&reader, root, &appspec)) < 0 ||
            (r = read_files(&reader, root, &appspec)) < 0 ||
            (r = read_permissions(&reader, root, &appspec)) < 0 ||
            (r = read_hooks(&reader, root, &appspec)) < 0)
        return r;
    *ret = appspec;
    return 0;
}

const struct appspec_hook *appspec_hook(const struct appspec *appspec, str event)
{
    for (size_t i = 0; i < appspec->hooks.len; i++)
        if (str_eq(appspec->hooks.items[i].event, event))
            return &appspec->hooks.items[i];
    return NULL;
}
