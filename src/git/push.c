#include "git/push.h"

/* Messages count lines but never quote them: their bytes may be anything. */
static int parse_command(str line, size_t number, struct push_command *ret, struct error *err)
{
    struct push_command c;

    if (!str_cut(&line, ' ', &c.old_id) || !str_cut(&line, ' ', &c.new_id))
        return error_set(err, EPROTO, "command %zu is not \"<old> <new> <ref>\"", number);
    if (!object_id_is_valid(c.old_id) || !object_id_is_valid(c.new_id))
        return error_set(err, EPROTO, "command %zu has an invalid object id", number);
    if (line.len == 0 || line.len > REFNAME_MAX)
        return error_set(err, EPROTO, "command %zu does not name a ref", number);
    c.ref = line;
    *ret = c;
    return 0;
}

static int parse_capabilities(str words, struct push *push, struct error *err)
{
    str word;

    while (str_next(&words, ' ', &word)) {
        if (str_eq(word, STR("report-status")))
            push->report_status = true;
        if (str_eq(word, STR("side-band-64k")))
            push->side_band = true;
        if (str_eq(word, STR("atomic")))
            push->atomic = true;
        if (str_eq(word, STR("quiet")))
            push->quiet = true;
        if (str_eq(word, STR("push-options")))
            return error_set(err, EPROTO, "push options are not supported");
        if (str_take_prefix(&word, STR("object-format=")) && !str_eq(word, STR("sha1")))
            return error_set(err, EPROTO, "only object format sha1 is supported");
    }
    return 0;
}

/* What is in the list, found without allocating: a push beyond a limit costs nothing. */
struct survey {
    size_t commands, shallow, wire_len;
};

static int survey(str wire, struct survey *ret, struct error *err)
{
    struct survey s = {0};
    str rest = wire, line;
    enum pkt_kind kind;

    for (;;) {
        int r = pkt_cut(&rest, &kind, &line, err);
        if (r == -EAGAIN && wire.len > PUSH_MAX_BYTES)
            return error_set(err, E2BIG, "push commands exceed %d bytes", PUSH_MAX_BYTES);
        if (r < 0)
            return r;
        if (kind == PKT_FLUSH)
            break;
        if (kind != PKT_DATA)
            return error_set(err, EPROTO, "the command list has a packet that is no command");
        if (str_starts(line, STR("push-cert")))
            return error_set(err, EPROTO, "signed pushes are not supported");
        if (str_starts(line, STR("shallow ")))
            s.shallow++;
        else
            s.commands++;
        if (s.commands > PUSH_MAX_COMMANDS)
            return error_set(err, E2BIG, "push changes more than %d refs", PUSH_MAX_COMMANDS);
        if (s.shallow > PUSH_MAX_SHALLOW)
            return error_set(err, E2BIG, "push has more than %d shallow commits", PUSH_MAX_SHALLOW);
        if (wire.len - rest.len > PUSH_MAX_BYTES)
            return error_set(err, E2BIG, "push commands exceed %d bytes", PUSH_MAX_BYTES);
    }
    s.wire_len = wire.len - rest.len;
    *ret = s;
    return 0;
}

static int parse_line(struct push *push, str line, struct error *err)
{
    size_t number = push->commands.len + 1;
    str shallow = line, command;
    int r;

    if (str_take_prefix(&shallow, STR("shallow "))) {
        if (!object_id_is_valid(pkt_line(shallow)))
            return error_set(err, EPROTO, "a shallow line has an invalid object id");
        push->shallow_len++;
        return 0;
    }
    if (number == 1 && str_cut(&line, '\0', &command)) {
        push->capabilities = str_trim(pkt_line(line));
        r = parse_capabilities(push->capabilities, push, err);
        if (r < 0)
            return r;
        line = command;
    }
    r = parse_command(pkt_line(line), number, &push->commands.items[number - 1], err);
    if (r == 0)
        push->commands.len++;
    return r;
}

int push_parse(struct arena *arena, str wire, struct push *ret, struct error *err)
{
    struct push push = {0};
    struct survey found = {0};
    enum pkt_kind kind = PKT_DATA;
    str rest, line;
    int r = survey(wire, &found, err);

    if (r < 0)
        return r;
    push.wire_len = found.wire_len;
    push.commands.items = arena_array(arena, found.commands, struct push_command);
    rest = str_dup(arena, str_head(wire, found.wire_len));
    for (;;) {
        r = pkt_cut(&rest, &kind, &line, err);
        if (r < 0)
            return r;
        if (kind == PKT_FLUSH)
            break;
        r = parse_line(&push, line, err);
        if (r < 0)
            return r;
    }
    *ret = push;
    return 0;
}

bool push_has_pack(const struct push *push)
{
    for (size_t i = 0; i < push->commands.len; i++)
        if (!object_id_is_zero(push->commands.items[i].new_id))
            return true;
    return false;
}
