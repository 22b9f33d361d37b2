/*
 * push - the list of ref changes that opens a git push
 *
 * A push begins with one pkt-line for each ref it wants to change, then a flush
 * packet; the pack, if one is needed, follows at once in the same stream:
 *
 *     shallow <id>\n                                        from a shallow clone
 *     <old id> <new id> refs/heads/main\0report-status atomic\n
 *     <old id> <new id> refs/tags/v1\n
 *     0000PACK...
 *
 * push_parse() reads that list. It judges form only: whether a ref may be written, or
 * still has the old id, is decided in the transaction that moves it. Shallow lines are
 * kept but need no treatment: a repository here is whole, so a push is connected to it
 * or refused, whatever the client has.
 *
 * Memory    what a struct push points to lives in the caller's arena; the input is
 *           copied, so its buffer may be reused at once
 * Errors    negative errno, and one line for the client in *err
 * Limits    PUSH_MAX_COMMANDS refs (AWS: 4000), PUSH_MAX_SHALLOW, PUSH_MAX_BYTES in all
 * Not here  signed pushes and push options: refused with -EPROTO, as we never offer them
 */
#pragma once

#include "git/pktline.h"
#include "git/refname.h"

enum {
    PUSH_MAX_COMMANDS = 4000,
    PUSH_MAX_SHALLOW = 10000,
    PUSH_MAX_BYTES = 8 << 20,
};

/* What we offer; a client chooses among these. */
#define PUSH_CAPABILITIES                                                                          \
    "report-status delete-refs side-band-64k quiet atomic ofs-delta object-format=sha1"

/* One ref to move. An id of only zeros means that the ref is absent on that side. */
struct push_command {
    str old_id;
    str new_id;
    str ref; /* not otherwise checked */
};

struct push {
    struct {
        struct push_command *items;
        size_t len;
    } commands;
    size_t shallow_len; /* how many shallow lines were sent */
    str capabilities;   /* as the client sent them */
    bool report_status;
    bool side_band;
    bool atomic;
    bool quiet;
    size_t wire_len; /* the input up to and with the flush packet: the pack is next */
};

/*
 * Reads the command list at the start of `wire` into *ret. An empty list is valid.
 *
 * -EAGAIN  the flush packet has not come yet: read more, call again from the start
 * -EPROTO  this can never become a command list that we take
 * -E2BIG   it is beyond a limit
 */
MUST_CHECK int push_parse(struct arena *arena, str wire, struct push *ret, struct error *err);

/* Does a pack follow the commands? Not when all of them delete. */
bool push_has_pack(const struct push *push);
