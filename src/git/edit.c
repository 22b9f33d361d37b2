#include "git/objects.h"

#include "git/objects_internal.h"

struct editing {
    struct git_objects *objects;
    const struct git_edit *edit;
    git_commit *parent; /* NULL: none */
    git_tree *base, *tree;
    git_buf text, pack;
    git_oid blob_id, tree_id, commit_id;
};

/* libgit2's functions return 0 or its own negative codes; so do these. */

static int make_base(struct editing *x)
{
    const struct libgit2 *lib = x->objects->lib;
    git_treebuilder *builder;
    git_oid oid;
    int r;

    if (x->parent)
        return lib->tree_lookup(&x->base, x->objects->repository, lib->commit_tree_id(x->parent));
    r = lib->treebuilder_new(&builder, x->objects->repository, NULL);
    if (r < 0)
        return r;
    r = lib->treebuilder_write(&oid, builder);
    lib->treebuilder_free(builder);
    return r < 0 ? r : lib->tree_lookup(&x->base, x->objects->repository, &oid);
}

static int make_tree(struct editing *x, struct arena *arena)
{
    const struct libgit2 *lib = x->objects->lib;
    git_tree_update update = {.action = GIT_TREE_UPDATE_UPSERT,
            .filemode = (git_filemode_t)x->edit->mode,
            .path = str_cstr(arena, x->edit->path)};
    int r = lib->blob_create_from_buffer(&x->blob_id, x->objects->repository,
            x->edit->content.ptr ? x->edit->content.ptr : "", x->edit->content.len);

    if (r == 0)
        r = make_base(x);
    update.id = x->blob_id;
    if (r == 0)
        r = lib->tree_create_updated(&x->tree_id, x->objects->repository, x->base, 1, &update);
    if (r == 0)
        r = lib->tree_lookup(&x->tree, x->objects->repository, &x->tree_id);
    return r;
}

/* As git does it: what would end a name or an address early is left out. */
static char *clean(struct arena *arena, str text)
{
    struct buf out = buf_make(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        if (!strchr("<>\n", text.ptr[i]))
            buf_char(&out, text.ptr[i]);
    return str_cstr(arena, str_trim(buf_str(&out)));
}

/* By hand, as signature_new() refuses an empty address, which git allows. */
static git_signature person_of(struct arena *arena, const struct git_person *person)
{
    return (git_signature){.name = clean(arena, person->name),
            .email = clean(arena, person->email),
            .when = {.time = person->time,
                    .offset = person->offset,
                    .sign = person->offset < 0 ? '-' : '+'}};
}

static int make_commit(struct editing *x, struct arena *arena)
{
    const struct libgit2 *lib = x->objects->lib;
    const git_commit *parents[] = {x->parent};
    git_signature author = person_of(arena, &x->edit->author);
    git_signature committer = person_of(arena, &x->edit->committer);
    int r = lib->commit_create_buffer(&x->text, x->objects->repository, &author, &committer, NULL,
            str_cstr(arena, x->edit->message), x->tree, x->parent ? 1 : 0,
            (const git_commit **)parents);
    if (r == 0)
        r = lib->odb_write(
                &x->commit_id, x->objects->odb, x->text.ptr, x->text.size, GIT_OBJECT_COMMIT);
    if (r == 0)
        r = lib->mempack_dump(&x->pack, x->objects->repository, x->objects->mempack);
    return r;
}

static void editing_done(struct editing *x)
{
    const struct libgit2 *lib = x->objects->lib;

    lib->buf_dispose(&x->pack);
    lib->buf_dispose(&x->text);
    lib->tree_free(x->tree);
    lib->tree_free(x->base);
    lib->commit_free(x->parent);
}

int git_edit_make(struct git_objects *objects, struct arena *arena, const struct git_edit *edit,
        struct git_edited *ret, struct error *err)
{
    struct editing x = {.objects = objects, .edit = edit};
    git_oid oid;
    int r = edit->parent.ptr ? git_objects_oid(edit->parent, &oid, objects, err) : 0;

    if (r < 0)
        return r;
    if (edit->parent.ptr)
        r = objects->lib->commit_lookup(&x.parent, objects->repository, &oid);
    if (r == 0)
        r = make_tree(&x, arena);
    if (r == 0)
        r = make_commit(&x, arena);
    if (r < 0)
        r = git_objects_fail(objects, r, err);
    else
        *ret = (struct git_edited){.commit = git_objects_hex(objects, arena, &x.commit_id),
                .tree = git_objects_hex(objects, arena, &x.tree_id),
                .blob = git_objects_hex(objects, arena, &x.blob_id),
                .pack = str_dup(arena, (str){x.pack.ptr, x.pack.size})};
    editing_done(&x);
    return r;
}
