#include "git/objects.h"

#include "git/libgit2.h"
#include "git/objects_internal.h"

int git_objects_fail(struct git_objects *objects, int code, struct error *err)
{
    const git_error *last = objects->lib->error_last();
    int number = code == GIT_ENOTFOUND ? ENOENT : code == GIT_EINVALIDSPEC ? EINVAL : EIO;

    return error_set(err, number, "%s", last && last->message ? last->message : "git failed");
}

int git_objects_open(const struct git_view *view, struct git_objects **ret, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    const struct libgit2 *lib;
    struct git_objects *objects;
    int r = libgit2_load(&lib, err);

    if (r < 0)
        return r;
    objects = mem_new(struct git_objects);
    objects->lib = lib;
    r = lib->odb_open(
            &objects->odb, str_cstr(&scratch, str_printf(&scratch, "%s/objects", view->dir)));
    if (r == 0)
        r = lib->mempack_new(&objects->mempack);
    if (r == 0)
        r = lib->odb_add_backend(objects->odb, objects->mempack, 1000); /* new objects go here */
    if (r == 0)
        r = lib->repository_wrap_odb(&objects->repository, objects->odb);
    if (r < 0) {
        r = git_objects_fail(objects, r, err);
        git_objects_close(objects);
        return r;
    }
    *ret = objects;
    return 0;
}

void git_objects_close(struct git_objects *objects)
{
    if (!objects)
        return;
    objects->lib->repository_free(objects->repository);
    objects->lib->odb_free(objects->odb);
    free(objects);
}

int git_objects_oid(str id, git_oid *ret, struct git_objects *objects, struct error *err)
{
    int r = id.len == OBJECT_ID_LEN ? objects->lib->oid_fromstrn(ret, id.ptr, id.len) : -1;

    return r < 0 ? error_set(err, EINVAL, "an object id is not 40 hexadecimal digits") : 0;
}

str git_objects_hex(struct git_objects *objects, struct arena *arena, const git_oid *oid)
{
    char *text = arena_alloc(arena, OBJECT_ID_LEN, 1);

    objects->lib->oid_fmt(text, oid);
    return (str){text, OBJECT_ID_LEN};
}

/* ---- Commits ------------------------------------------------------------------------ */

int git_commit_resolve(
        struct git_objects *objects, struct arena *arena, str id, str *ret, struct error *err)
{
    git_object *object = NULL, *commit = NULL;
    git_oid oid;
    int r = git_objects_oid(id, &oid, objects, err);

    if (r < 0)
        return r;
    r = objects->lib->object_lookup(&object, objects->repository, &oid, GIT_OBJECT_ANY);
    if (r < 0)
        return git_objects_fail(objects, r, err);
    r = objects->lib->object_peel(&commit, object, GIT_OBJECT_COMMIT);
    objects->lib->object_free(object);
    if (r < 0)
        return error_set(err, EINVAL, "the object is no commit");
    *ret = git_objects_hex(objects, arena, objects->lib->object_id(commit));
    objects->lib->object_free(commit);
    return 0;
}

static struct git_person person_of(struct arena *arena, const git_signature *signature)
{
    return (struct git_person){.name = str_dup(arena, str_of(signature->name)),
            .email = str_dup(arena, str_of(signature->email)),
            .time = signature->when.time,
            .offset = signature->when.offset};
}

/* Header lines that are told otherwise begin with these. */
static bool is_usual(str line)
{
    static const str usual[] = {
            STR_INIT("tree "), STR_INIT("parent "), STR_INIT("author "), STR_INIT("committer ")};

    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
        if (str_starts(line, usual[i]))
            return true;
    return false;
}

static str extra_of(struct arena *arena, str header)
{
    struct buf out = buf_make(arena, header.len);
    str line;

    while (str_next(&header, '\n', &line)) {
        if (line.len == 0 || is_usual(line))
            continue;
        if (out.len)
            buf_char(&out, '\n');
        buf_add(&out, line);
    }
    return buf_str(&out);
}

int git_commit_read(struct git_objects *objects, struct arena *arena, str id,
        struct git_commit_info *ret, struct error *err)
{
    const struct libgit2 *lib = objects->lib;
    struct git_commit_info info = {.id = str_dup(arena, id)};
    git_commit *commit;
    git_oid oid;
    int r = git_objects_oid(id, &oid, objects, err);

    if (r < 0)
        return r;
    r = lib->commit_lookup(&commit, objects->repository, &oid);
    if (r < 0)
        return git_objects_fail(objects, r, err);
    info.tree = git_objects_hex(objects, arena, lib->commit_tree_id(commit));
    info.parents.len = lib->commit_parentcount(commit);
    info.parents.is_set = true;
    info.parents.items = arena_array(arena, info.parents.len, str);
    for (size_t i = 0; i < info.parents.len; i++)
        info.parents.items[i] =
                git_objects_hex(objects, arena, lib->commit_parent_id(commit, (unsigned)i));
    info.author = person_of(arena, lib->commit_author(commit));
    info.committer = person_of(arena, lib->commit_committer(commit));
    info.message = str_dup(arena, str_of(lib->commit_message_raw(commit)));
    info.extra = extra_of(arena, str_of(lib->commit_raw_header(commit)));
    lib->commit_free(commit);
    *ret = info;
    return 0;
}

/* ---- Trees and blobs ------------------------------------------------------------------ */

static struct git_item item_of(
        struct git_objects *objects, struct arena *arena, const git_tree_entry *entry)
{
    const struct libgit2 *lib = objects->lib;

    return (struct git_item){.name = str_dup(arena, str_of(lib->tree_entry_name(entry))),
            .id = git_objects_hex(objects, arena, lib->tree_entry_id(entry)),
            .mode = (unsigned)lib->tree_entry_filemode_raw(entry)};
}

static int open_tree(struct git_objects *objects, str id, git_tree **ret, struct error *err)
{
    git_oid oid;
    int r = git_objects_oid(id, &oid, objects, err);

    if (r < 0)
        return r;
    r = objects->lib->tree_lookup(ret, objects->repository, &oid);
    return r < 0 ? git_objects_fail(objects, r, err) : 0;
}

int git_tree_list(struct git_objects *objects, struct arena *arena, str tree_id,
        struct git_items *ret, struct error *err)
{
    struct git_items list = {0};
    git_tree *tree;
    int r = open_tree(objects, tree_id, &tree, err);

    if (r < 0)
        return r;
    list.len = objects->lib->tree_entrycount(tree);
    list.items = arena_array(arena, list.len, struct git_item);
    for (size_t i = 0; i < list.len; i++)
        list.items[i] = item_of(objects, arena, objects->lib->tree_entry_byindex(tree, i));
    objects->lib->tree_free(tree);
    *ret = list;
    return 0;
}

int git_tree_find(struct git_objects *objects, struct arena *arena, str tree_id, str path,
        struct git_item *ret, struct error *err)
{
    git_tree_entry *entry;
    git_tree *tree;
    int r;

    if (path.len == 0) {
        *ret = (struct git_item){
                .name = STR(""), .id = str_dup(arena, tree_id), .mode = GIT_MODE_FOLDER};
        return 0;
    }
    if (path.len > GIT_MAX_PATH || memchr(path.ptr, 0, path.len))
        return error_set(err, ENOENT, "the path does not exist");
    r = open_tree(objects, tree_id, &tree, err);
    if (r < 0)
        return r;
    r = objects->lib->tree_entry_bypath(&entry, tree, str_cstr(arena, path));
    objects->lib->tree_free(tree);
    if (r < 0)
        return git_objects_fail(objects, r, err);
    *ret = item_of(objects, arena, entry);
    ret->name = str_dup(arena, path);
    objects->lib->tree_entry_free(entry);
    return 0;
}

int git_blob_read(struct git_objects *objects, struct arena *arena, str id, int64_t max, str *ret,
        struct error *err)
{
    git_object_t type;
    git_blob *blob;
    git_oid oid;
    size_t size;
    int r = git_objects_oid(id, &oid, objects, err);

    if (r < 0)
        return r;
    r = objects->lib->odb_read_header(&size, &type, objects->odb, &oid);
    if (r < 0)
        return git_objects_fail(objects, r, err);
    if (type != GIT_OBJECT_BLOB)
        return error_set(err, EINVAL, "the object is no blob");
    if (size > (size_t)max)
        return error_set(err, EFBIG, "the blob has more than %lld bytes", (long long)max);
    r = objects->lib->blob_lookup(&blob, objects->repository, &oid);
    if (r < 0)
        return git_objects_fail(objects, r, err);
    *ret = str_dup(arena, (str){objects->lib->blob_rawcontent(blob), size});
    objects->lib->blob_free(blob);
    return 0;
}

int git_blob_hash(
        struct git_objects *objects, struct arena *arena, str content, str *ret, struct error *err)
{
    git_oid oid;
    int r = objects->lib->odb_hash(&oid, content.ptr, content.len, GIT_OBJECT_BLOB);

    if (r < 0)
        return git_objects_fail(objects, r, err);
    *ret = git_objects_hex(objects, arena, &oid);
    return 0;
}
