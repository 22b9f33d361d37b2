#include "worker/mask.h"

#include "base/buf.h"
#include "worker/mask_forms.h"

/*
 * The forms make one automaton (Aho and Corasick, 1975): a tree of their bytes, where each node
 * knows the longest other beginning of a form that its path ends with. The node that a stream is
 * at says how many of the latest bytes may belong to a form that is not over: those are held.
 */

enum {
    BYTES = 256,
    FIRST_NODES = 1024,
    FIRST_HELD = 256,
    WRAPS_FROM = 2, /* characters of base64 before the end of a line that are enough to go by */
};

struct node {
    uint32_t child; /* the first; 0: none */
    uint32_t next;  /* sibling */
    uint32_t fail;
    uint32_t depth;
    uint32_t match; /* length of the longest form that ends here; 0: none */
    unsigned char byte;
    bool wraps; /* in base64: the end of a line may stand behind it */
};

struct mask {
    struct node *nodes; /* [0] is the root */
    uint32_t len, size;
    uint32_t first[BYTES]; /* the root's children */
};

/* ---- The automaton -------------------------------------------------------------------------- */

static uint32_t child_of(const struct mask *mask, uint32_t at, unsigned char byte)
{
    if (at == 0)
        return mask->first[byte];
    for (at = mask->nodes[at].child; at; at = mask->nodes[at].next)
        if (mask->nodes[at].byte == byte)
            return at;
    return 0;
}

/* The old place is wiped: it has what is to be hidden. */
static void grow(struct mask *mask)
{
    uint32_t size = mask->size ? mask->size * 2 : FIRST_NODES;
    struct node *nodes = mem_alloc(size, sizeof(*nodes));

    if (mask->nodes) {
        memcpy(nodes, mask->nodes, mask->len * sizeof(*nodes));
        mem_wipe(mask->nodes, mask->len * sizeof(*nodes));
        free(mask->nodes);
    }
    mask->nodes = nodes;
    mask->size = size;
}

static uint32_t add_node(struct mask *mask, uint32_t parent, unsigned char byte)
{
    uint32_t at = mask->len;

    if (at == mask->size)
        grow(mask);
    mask->len++;
    mask->nodes[at].byte = byte;
    mask->nodes[at].depth = mask->nodes[parent].depth + 1;
    if (parent == 0) {
        mask->first[byte] = at;
        return at;
    }
    mask->nodes[at].next = mask->nodes[parent].child;
    mask->nodes[parent].child = at;
    return at;
}

static void add_form(void *arg, const struct mask_form *form)
{
    struct mask *mask = arg;
    uint32_t at = 0;

    for (size_t i = 0; i < form->text.len && mask->len < MASK_MAX_NODES; i++) {
        unsigned char byte = (unsigned char)form->text.ptr[i];
        uint32_t next = child_of(mask, at, byte);
        at = next ? next : add_node(mask, at, byte);
        if (form->wraps && mask->nodes[at].depth >= WRAPS_FROM)
            mask->nodes[at].wraps = true;
    }
    mask->nodes[at].match = mask->nodes[at].depth;
}

static uint32_t step(const struct mask *mask, uint32_t at, unsigned char byte)
{
    uint32_t next;

    while (!(next = child_of(mask, at, byte)) && at)
        at = mask->nodes[at].fail;
    return next;
}

/* Nearer nodes first, for a node's fail is nearer to the root than itself. */
static void link_nodes(struct mask *mask)
{
    uint32_t *queue = mem_alloc(mask->len, sizeof(*queue));
    uint32_t head = 0, tail = 0;

    for (size_t byte = 0; byte < BYTES; byte++)
        if (mask->first[byte])
            queue[tail++] = mask->first[byte];
    while (head < tail) {
        uint32_t parent = queue[head++];
        for (uint32_t at = mask->nodes[parent].child; at; at = mask->nodes[at].next) {
            struct node *node = &mask->nodes[at];
            node->fail = step(mask, mask->nodes[parent].fail, node->byte);
            if (!node->match)
                node->match = mask->nodes[node->fail].match;
            queue[tail++] = at;
        }
    }
    free(queue);
}

int mask_new(struct str_list values, struct mask **ret, struct error *err)
{
    struct mask *mask = mem_new(struct mask);

    grow(mask);
    mask->len = 1;
    for (size_t i = 0; i < values.len && mask->len < MASK_MAX_NODES; i++)
        mask_forms(values.items[i], add_form, mask);
    if (mask->len >= MASK_MAX_NODES) {
        mask_free(mask);
        return error_set(err, E2BIG, "the secret values are too long to be kept out of the log");
    }
    link_nodes(mask);
    *ret = mask;
    return 0;
}

void mask_free(struct mask *mask)
{
    if (!mask)
        return;
    mem_wipe(mask->nodes, mask->len * sizeof(*mask->nodes));
    free(mask->nodes);
    free(mask);
}

/* ---- A stream ------------------------------------------------------------------------------- */

enum line_end {
    LINE_GOES_ON,
    LINE_CR,
    LINE_LF,
    LINE_CRLF,
};

/* One byte, and the end of line behind it that base64 skips. */
struct held {
    char byte;
    unsigned char end; /* enum line_end */
};

/* Bytes [from, to) of the stream are covered. */
struct range {
    uint64_t from, to;
};

/*
 * Places in the stream count bytes without skipped ends of lines. Held are [done, done + held.len);
 * ranges are in order, apart from each other, and end behind `done`.
 */
struct mask_stream {
    const struct mask *mask;
    uint32_t at; /* node */
    uint64_t done;
    struct {
        struct held *items;
        size_t first, len, size;
    } held;
    struct {
        struct range *items;
        size_t first, len, size;
    } ranges;
};

struct mask_stream *mask_stream_new(const struct mask *mask)
{
    struct mask_stream *stream = mem_new(struct mask_stream);

    stream->mask = mask;
    return stream;
}

void mask_stream_free(struct mask_stream *stream)
{
    if (!stream)
        return;
    if (stream->held.items)
        mem_wipe(stream->held.items, stream->held.size * sizeof(*stream->held.items));
    free(stream->held.items);
    free(stream->ranges.items);
    free(stream);
}

/* Room for one more item behind `first + len`: moved to the front, or into twice the space. */
static void *make_room(void *items, size_t item, size_t *first, size_t len, size_t *size)
{
    if (*first + len < *size)
        return items;
    if (*first > len) {
        memmove(items, (char *)items + *first * item, len * item);
        *first = 0;
        return items;
    }
    size_t wanted = *size ? *size * 2 : FIRST_HELD;
    void *more = mem_alloc(wanted, item);
    if (items) {
        memcpy(more, (char *)items + *first * item, len * item);
        mem_wipe(items, *size * item);
        free(items);
    }
    *first = 0;
    *size = wanted;
    return more;
}

static void hold(struct mask_stream *s, char byte)
{
    s->held.items = make_room(
            s->held.items, sizeof(*s->held.items), &s->held.first, s->held.len, &s->held.size);
    s->held.items[s->held.first + s->held.len++] = (struct held){byte, LINE_GOES_ON};
}

/* Covers the latest `len` bytes, which are all held. */
static void cover(struct mask_stream *s, uint32_t len)
{
    struct range range = {s->done + s->held.len - len, s->done + s->held.len};

    while (s->ranges.len) {
        const struct range *last = &s->ranges.items[s->ranges.first + s->ranges.len - 1];
        if (last->to <= range.from)
            break;
        if (last->from < range.from)
            range.from = last->from;
        s->ranges.len--;
    }
    s->ranges.items = make_room(s->ranges.items, sizeof(*s->ranges.items), &s->ranges.first,
            s->ranges.len, &s->ranges.size);
    s->ranges.items[s->ranges.first + s->ranges.len++] = range;
}

static void write_end(struct buf *out, unsigned char end)
{
    static const str ends[] = {STR_INIT(""), STR_INIT("\r"), STR_INIT("\n"), STR_INIT("\r\n")};

    buf_add(out, ends[end]);
}

/* Lets go of the oldest held byte. */
static void release(struct mask_stream *s, struct buf *out)
{
    struct held held = s->held.items[s->held.first];
    struct range *range = s->ranges.len ? &s->ranges.items[s->ranges.first] : NULL;

    s->held.first++;
    s->held.len--;
    uint64_t place = s->done++;
    if (!range || place < range->from) {
        buf_char(out, held.byte);
        write_end(out, held.end);
        return;
    }
    if (place == range->from)
        buf_add(out, MASK_SHOWN);
    if (s->done < range->to)
        return;
    write_end(out, held.end);
    s->ranges.first++;
    s->ranges.len--;
}

/* An end of line inside of base64: kept with the byte before it. False: it is an ordinary byte. */
static bool skip_end(struct mask_stream *s, char byte, struct buf *out)
{
    const struct node *nodes = s->mask->nodes;
    uint32_t at = s->at;

    if (byte != '\n' && byte != '\r')
        return false;
    while (at && !nodes[at].wraps)
        at = nodes[at].fail;
    if (!at)
        return false;
    struct held *last = &s->held.items[s->held.first + s->held.len - 1];
    if (last->end == LINE_GOES_ON)
        last->end = byte == '\n' ? LINE_LF : LINE_CR;
    else if (last->end == LINE_CR && byte == '\n')
        last->end = LINE_CRLF;
    else
        return false;
    s->at = at;
    while (s->held.len > nodes[at].depth)
        release(s, out);
    return true;
}

static void add_byte(struct mask_stream *s, char byte, struct buf *out)
{
    const struct node *nodes = s->mask->nodes;

    if (skip_end(s, byte, out))
        return;
    s->at = step(s->mask, s->at, (unsigned char)byte);
    hold(s, byte);
    if (nodes[s->at].match)
        cover(s, nodes[s->at].match);
    while (s->held.len > nodes[s->at].depth)
        release(s, out);
}

/* Enough for what is held and `more` bytes, each at most as long as what is shown for it. */
static struct buf make_out(const struct mask_stream *s, struct arena *arena, size_t more)
{
    return buf_make(arena, (s->held.len + more) * 3 + MASK_SHOWN.len);
}

str mask_stream_add(struct mask_stream *s, struct arena *arena, str bytes)
{
    struct buf out = make_out(s, arena, bytes.len);

    if (!s->mask)
        return bytes;
    for (size_t i = 0; i < bytes.len; i++) {
        size_t plain = i;
        while (s->at == 0 && plain < bytes.len && !s->mask->first[(unsigned char)bytes.ptr[plain]])
            plain++;
        buf_add(&out, (str){bytes.ptr + i, plain - i}); /* nothing is held at the root */
        s->done += plain - i;
        i = plain;
        if (i < bytes.len)
            add_byte(s, bytes.ptr[i], &out);
    }
    return buf_str(&out);
}

str mask_stream_flush(struct mask_stream *s, struct arena *arena)
{
    struct buf out = make_out(s, arena, 0);

    while (s->held.len)
        release(s, &out);
    s->at = 0;
    return buf_str(&out);
}

str mask_text(const struct mask *mask, struct arena *arena, str text)
{
    if (!mask || !text.ptr)
        return text;
    struct mask_stream *stream = mask_stream_new(mask);
    str head = mask_stream_add(stream, arena, text);
    str all = str_concat(arena, head, mask_stream_flush(stream, arena));
    mask_stream_free(stream);
    return str_eq(all, text) ? text : all;
}
