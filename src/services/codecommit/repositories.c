#include "services/codecommit/internal.h"

#include "api/kept.h"
#include "base/random.h"
#include "services/kms/kms.h"

#define COLUMNS                                                                                    \
    "r.id, r.account, r.region, r.name, r.description, r.kms_key, r.is_customer_key, r.created,"   \
    " r.modified, g.head, g.key"
#define FROM " from codecommit_repository r join git_repository g on g.id = r.id"

/* ---- Finding ------------------------------------------------------------------------ */

static struct repository repository_of(const struct db_row *row)
{
    return (struct repository){.id = row_text(row, 0),
            .account = row_text(row, 1),
            .region = row_text(row, 2),
            .name = row_text(row, 3),
            .description = row_text(row, 4),
            .kms_key = row_text(row, 5),
            .is_customer_key = row_int(row, 6),
            .created = row_int(row, 7),
            .modified = row_int(row, 8),
            .head = row_text(row, 9),
            .sealed_key = row_text(row, 10)};
}

int repository_look_up(struct tx *tx, str account, str region, str name, struct repository *ret)
{
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select " COLUMNS FROM " where r.account = $1 and r.region = $2 and r.name = $3",
            account, region, name);

    if (r == 1)
        *ret = repository_of(row);
    return r;
}

static int does_not_exist(struct call *call, str name)
{
    return call_fail(call, &codecommit_RepositoryDoesNotExistException, "%.*s does not exist",
            STR_ARG(name));
}

int repository_find(struct call *call, str name, struct repository *ret)
{
    int r = repository_look_up(call->tx, call->account, call->region, name, ret);

    if (r < 0)
        return r;
    return r == 0 ? does_not_exist(call, name) : 0;
}

str repository_arn(struct call *call, str name)
{
    return arn_make(call, "codecommit", name);
}

int repository_touch(struct tx *tx, str id, int64_t now)
{
    int r = db_exec(tx, "update codecommit_repository set modified = $2, mark = $3 where id = $1",
            id, now, kept_mark());

    return r < 0 ? r : 0;
}

int repository_check_name(struct call *call, str name)
{
    if (!str_ends(name, STR(".git")))
        return 0;
    return call_fail(call, &codecommit_InvalidRepositoryNameException,
            "The repository name is not valid. Repository names can be any valid combination of"
            " letters, numbers, periods, underscores, and dashes between 1 and 100 characters in"
            " length, and cannot end in .git");
}

static struct codecommit_RepositoryMetadata *metadata_of(
        struct call *call, const struct repository *repository)
{
    struct codecommit_RepositoryMetadata *out =
            arena_new(call->arena, struct codecommit_RepositoryMetadata);
    str branch = repository->head;

    *out = (struct codecommit_RepositoryMetadata){.accountId = repository->account,
            .repositoryId = repository->id,
            .repositoryName = repository->name,
            .repositoryDescription = repository->description,
            .lastModifiedDate = SOME_TIME(repository->modified),
            .creationDate = SOME_TIME(repository->created),
            .cloneUrlHttp = str_printf(call->arena, "%.*s/v1/repos/%.*s",
                    STR_ARG(call->server->endpoint), STR_ARG(repository->name)),
            .Arn = repository_arn(call, repository->name),
            .kmsKeyId = repository->kms_key};
    if (str_take_prefix(&branch, STR("refs/heads/")))
        out->defaultBranch = branch;
    return out;
}

/* ---- Making and removing -------------------------------------------------------------- */

static int check_limit(struct call *call)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select count(*) from codecommit_repository where account = $1 and region = $2",
            call->account, call->region);

    if (r >= 0 && row_int(row, 0) >= REPOSITORIES_MAX)
        return call_fail(call, &codecommit_RepositoryLimitExceededException,
                "The repository limit of %d has been exceeded", REPOSITORIES_MAX);
    return r < 0 ? r : 0;
}

static int insert(struct call *call, const struct repository *repository)
{
    int r = db_exec(call->tx,
            "insert into codecommit_repository (id, account, region, name, description, kms_key,"
            " is_customer_key, created, modified) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
            " on conflict do nothing",
            repository->id, repository->account, repository->region, repository->name,
            repository->description, repository->kms_key, repository->is_customer_key,
            repository->created);

    if (r == 0)
        return call_fail(call, &codecommit_RepositoryNameExistsException,
                "Repository named %.*s already exists", STR_ARG(repository->name));
    return r < 0 ? r : 0;
}

int codecommit_CreateRepository(struct call *call,
        const struct codecommit_CreateRepositoryInput *in,
        struct codecommit_CreateRepositoryOutput *out)
{
    struct repository repository = {.id = random_uuid(call->arena),
            .account = call->account,
            .region = call->region,
            .name = in->repositoryName,
            .description = in->repositoryDescription,
            .is_customer_key = in->kmsKeyId.ptr != NULL,
            .created = call->now,
            .modified = call->now};
    struct kms_data_key key = {0};
    int r = repository_check_name(call, in->repositoryName);

    if (r == 0)
        r = tags_check(call, &in->tags);
    if (r == 0)
        r = check_limit(call);
    if (r < 0)
        return r;
    r = kms_data_key_new(call, in->kmsKeyId, "codecommit", &key);
    mem_wipe(&key.key, sizeof(key.key));
    if (r < 0)
        return r == CALL_FAILED ? key_failure(call) : r;
    repository.kms_key = key.key_arn;
    r = insert(call, &repository);
    if (r == 0)
        r = git_repo_create(call->tx, repository.id, key.sealed, call->now);
    if (r == 0)
        r = tags_put(call, &repository, &in->tags);
    if (r == 0)
        out->repositoryMetadata = metadata_of(call, &repository);
    return r;
}

struct forgetting {
    struct git *git;
    str id;
};

static void forget(void *arg)
{
    struct forgetting *forgetting = arg;

    git_cache_forget(forgetting->git, forgetting->id);
}

/* Deleting what is not there is no error, as in AWS. */
int codecommit_DeleteRepository(struct call *call,
        const struct codecommit_DeleteRepositoryInput *in,
        struct codecommit_DeleteRepositoryOutput *out)
{
    struct forgetting *forgetting = arena_new(call->arena, struct forgetting);
    struct repository repository;
    int r = repository_look_up(
            call->tx, call->account, call->region, in->repositoryName, &repository);

    if (r <= 0)
        return r;
    r = git_repo_delete(call->tx, repository.id);
    if (r >= 0)
        r = db_exec(call->tx, "delete from codecommit_repository where id = $1", repository.id);
    if (r < 0)
        return r;
    *forgetting = (struct forgetting){call->server->git, repository.id};
    tx_on_commit(call->tx, forget, forgetting);
    out->repositoryId = repository.id;
    return 0;
}

/* ---- Reading ---------------------------------------------------------------------------- */

static int read_repository(struct call *call, str name, struct codecommit_GetRepositoryOutput *ret)
{
    struct repository repository;
    int r = repository_find(call, name, &repository);

    if (r == 0)
        r = repository_check_key(call, &repository);
    if (r == 0)
        ret->repositoryMetadata = metadata_of(call, &repository);
    return r;
}

/* Every change of a repository, also of its default branch, gives its row a new mark. Under a
 * customer's key the answer hangs on the state of that key too, and is not kept. */
int codecommit_GetRepository(struct call *call, const struct codecommit_GetRepositoryInput *in,
        struct codecommit_GetRepositoryOutput *out)
{
    const struct db_row *row = NULL;
    int r = db_one(call->tx, &row,
            "select id, mark from codecommit_repository where account = $1 and region = $2"
            " and name = $3 and is_customer_key = 0",
            call->account, call->region, in->repositoryName);

    if (r > 0 && kept_answer(call, row_text(row, 0), row_int(row, 1)))
        return 0;
    if (r >= 0)
        r = read_repository(call, in->repositoryName, out);
    if (r == 0 && row)
        kept_put(call, row_text(row, 0), row_int(row, 1), out);
    return r;
}

/* The call has failed for `repository`: an entry of its errors, and the call goes on. */
static void report_failure(struct call *call, const struct repository *repository,
        struct codecommit_BatchGetRepositoriesErrorsList *errors)
{
    errors->items[errors->len++] =
            (struct codecommit_BatchGetRepositoriesError){.repositoryId = repository->id,
                    .repositoryName = repository->name,
                    .errorCode = call->failure.code,
                    .errorMessage = call->failure.message};
    call->failure = (struct call_failure){0};
}

static int batch_get_one(
        struct call *call, str name, struct codecommit_BatchGetRepositoriesOutput *out)
{
    struct repository repository;
    int r = authorize(call, STR("codecommit:BatchGetRepositories"), repository_arn(call, name));

    if (r == 0)
        r = repository_look_up(call->tx, call->account, call->region, name, &repository);
    if (r < 0)
        return r;
    if (r == 0) {
        out->repositoriesNotFound.items[out->repositoriesNotFound.len++] = name;
        return 0;
    }
    r = repository_check_key(call, &repository);
    if (r == CALL_FAILED) {
        report_failure(call, &repository, &out->errors);
        return 0;
    }
    if (r == 0)
        out->repositories.items[out->repositories.len++] = *metadata_of(call, &repository);
    return r;
}

int codecommit_BatchGetRepositories(struct call *call,
        const struct codecommit_BatchGetRepositoriesInput *in,
        struct codecommit_BatchGetRepositoriesOutput *out)
{
    size_t len = in->repositoryNames.len;
    int r = 0;

    if (len > 100)
        return call_fail(call, &codecommit_MaximumRepositoryNamesExceededException,
                "The maximum number of repository names is 100");
    out->repositories.items = arena_array(call->arena, len, struct codecommit_RepositoryMetadata);
    out->repositoriesNotFound.items = arena_array(call->arena, len, str);
    out->errors.items = arena_array(call->arena, len, struct codecommit_BatchGetRepositoriesError);
    out->repositories.is_set = out->repositoriesNotFound.is_set = out->errors.is_set = true;
    for (size_t i = 0; r == 0 && i < len; i++)
        r = batch_get_one(call, in->repositoryNames.items[i], out);
    return r;
}

#define LIST(condition, order)                                                                     \
    "select name, id, modified from codecommit_repository where account = $1 and region = $2"      \
    " and " condition " order by " order

static int query_page(
        struct call *call, bool by_time, bool descending, str after, struct db_rows *ret)
{
    str name = after;
    int64_t time = descending ? INT64_MAX : -1;
    str number;

    if (by_time && after.ptr && (!str_cut(&name, ' ', &number) || str_to_i64(number, &time) < 0))
        return -EINVAL;
    if (!after.ptr)
        name = descending ? STR("~") : STR(""); /* no name has a tilde, which sorts last */
    if (by_time)
        return db_query(call->tx, ret,
                descending ? LIST("(modified < $3 or (modified = $3 and name < $4))",
                                     "modified desc, name desc limit $5")
                           : LIST("(modified > $3 or (modified = $3 and name > $4))",
                                     "modified, name limit $5"),
                call->account, call->region, time, name, PAGE_SIZE + 1);
    return db_query(call->tx, ret,
            descending ? LIST("name < $3", "name desc limit $4")
                       : LIST("name > $3", "name limit $4"),
            call->account, call->region, name, PAGE_SIZE + 1);
}

int codecommit_ListRepositories(struct call *call,
        const struct codecommit_ListRepositoriesInput *in,
        struct codecommit_ListRepositoriesOutput *out)
{
    bool by_time = str_eq(in->sortBy, STR("lastModifiedDate"));
    bool descending = str_eq(in->order, STR("descending"));
    struct db_rows rows;
    str after;
    int r = page_open(call, in->nextToken, &codecommit_InvalidContinuationTokenException, &after);

    if (r == 0)
        r = query_page(call, by_time, descending, after, &rows);
    if (r == -EINVAL)
        return call_fail(call, &codecommit_InvalidContinuationTokenException,
                "The continuation token is not valid");
    if (r < 0)
        return r;
    out->repositories.is_set = true;
    out->repositories.len = rows.len > PAGE_SIZE ? PAGE_SIZE : rows.len;
    out->repositories.items =
            arena_array(call->arena, out->repositories.len, struct codecommit_RepositoryNameIdPair);
    for (size_t i = 0; i < out->repositories.len; i++)
        out->repositories.items[i] = (struct codecommit_RepositoryNameIdPair){
                .repositoryName = row_text(&rows.items[i], 0),
                .repositoryId = row_text(&rows.items[i], 1)};
    if (rows.len > PAGE_SIZE) {
        const struct db_row *last = &rows.items[PAGE_SIZE - 1];
        out->nextToken = page_seal(
                call, by_time ? str_printf(call->arena, "%lld %.*s", (long long)row_int(last, 2),
                                        STR_ARG(row_text(last, 0)))
                              : row_text(last, 0));
    }
    return 0;
}

/* ---- Changing ------------------------------------------------------------------------------ */

int codecommit_UpdateRepositoryDescription(
        struct call *call, const struct codecommit_UpdateRepositoryDescriptionInput *in, void *out)
{
    struct repository repository;
    int r = repository_find(call, in->repositoryName, &repository);

    (void)out;
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update codecommit_repository set description = $2, modified = $3, mark = $4"
            " where id = $1",
            repository.id, in->repositoryDescription.len ? in->repositoryDescription : (str){0},
            call->now, kept_mark());
    return r < 0 ? r : 0;
}

int codecommit_UpdateRepositoryName(
        struct call *call, const struct codecommit_UpdateRepositoryNameInput *in, void *out)
{
    struct repository repository, other;
    int r = repository_check_name(call, in->newName);

    (void)out;
    if (r == 0)
        r = repository_find(call, in->oldName, &repository);
    if (r < 0)
        return r;
    r = repository_look_up(call->tx, call->account, call->region, in->newName, &other);
    if (r == 1)
        return call_fail(call, &codecommit_RepositoryNameExistsException,
                "Repository named %.*s already exists", STR_ARG(in->newName));
    if (r < 0)
        return r;
    r = db_exec(call->tx,
            "update codecommit_repository set name = $2, modified = $3, mark = $4 where id = $1",
            repository.id, in->newName, call->now, kept_mark());
    return r < 0 ? r : 0;
}
