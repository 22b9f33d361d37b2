/*
 * push - git over HTTPS: who it is, whether they may, and then git/http.h
 *
 *     GET  /v1/repos/NAME/info/refs?service=…       401 without credentials: git asks its helper
 *     POST /v1/repos/NAME/git-upload-pack           codecommit:GitPull
 *     POST /v1/repos/NAME/git-receive-pack          codecommit:GitPush, and once more for each
 *                                                   ref with the key codecommit:References
 *
 * A password is one of `aws codecommit credential-helper` (a signature that is good for
 * 15 minutes; the user name is an access key id, with "%" and a session token behind it),
 * or that of a service-specific credential. The account is that of the credentials; the
 * region is the one that a helper's password was signed for, else the server's own.
 */
#include "services/codecommit/push_record.h"

#include "api/api.h"
#include "api/audit.h"
#include "api/last_use.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "base/random.h"
#include "git/http.h"
#include "net/sigv4.h"
#include "services/iam/iam.h"

#define PREFIX "/v1/repos/"

enum {
    PASSWORD_VALID_MS = 15 * 60 * 1000,
    CREDENTIALS_MAX = 16384, /* of the Authorization header */
    DENIED_MAX = 100,        /* refs of a push that a record of their refusal names */
    REGIONS_MAX = 50,        /* that a password is tried for */
};

struct visit {
    struct server *server;
    struct httpd_request *req;
    struct git_http_wish wish;
    str path; /* as the client's credential helper saw it */
    str user, password;
    str name; /* the user without a session token */
    enum {
        NOT_TRIED,
        WAS_WRONG,
        WAS_RIGHT
    } trial; /* how the password was */
    struct principal principal;
    str region;
    struct call *call;
    struct repository repository;
    struct call_failure denied; /* of the last ref that a policy protects */
    struct git_changes denied_changes;
    bool is_recorded;
    int status; /* of the refusal; 0: none */
    str text;
};

static int refuse(struct visit *x, int status, str text)
{
    x->status = status;
    x->text = text;
    return CALL_FAILED;
}

/* ---- Who ------------------------------------------------------------------------------- */

static int parse_basic(struct visit *x)
{
    str value = httpd_header(x->req, STR("Authorization")), plain;

    if (!value.ptr)
        return refuse(x, 401, STR("Authorization is required to use this repository"));
    if (value.len > CREDENTIALS_MAX || value.len < 6 ||
            !str_eq_nocase(str_head(value, 6), STR("Basic ")) ||
            base64_decode(x->req->arena, str_trim(str_skip(value, 6)), &plain) < 0 ||
            !str_cut(&plain, ':', &x->user))
        return refuse(x, 400, STR("The Authorization header is not valid"));
    x->password = plain;
    x->name = x->user;
    plain = x->user;
    (void)str_cut(&plain, '%', &x->name);
    return 0;
}

/* Who has come with wrong passwords is not looked at for a while. */
static int check_door(struct visit *x)
{
    int64_t wait = iam_door_wait(x->server, x->req->peer, x->name);

    if (wait == 0)
        return 0;
    return refuse(x, 429,
            str_printf(x->req->arena,
                    "Too many wrong passwords for this user from this address. Try again in %lld "
                    "seconds.",
                    (long long)((wait + 999) / 1000)));
}

static int verify(struct visit *x, const struct credential *credential, str region)
{
    unsigned char key[32];
    int64_t time;
    int r;

    sigv4_key(credential->secret, str_head(x->password, 8), region, STR("codecommit"), key);
    r = sigv4_verify_git(
            x->password, httpd_header(x->req, STR("Host")), x->path, region, key, &time, NULL);
    mem_wipe(key, sizeof(key));
    if (r < 0)
        return 0;
    int64_t age = clock_now() - time;
    return age <= PASSWORD_VALID_MS && age >= -PASSWORD_VALID_MS;
}

/* The password does not say which region it was made for: the server's, or where the account
 * has repositories. */
static int find_region(struct visit *x, struct tx *tx, const struct credential *credential)
{
    struct db_rows rows;
    int r;

    x->region = x->server->region;
    if (verify(x, credential, x->region))
        return 1;
    r = db_query(tx, &rows,
            "select distinct region from codecommit_repository where account = $1"
            " order by region limit $2",
            credential->principal.account, REGIONS_MAX);
    for (size_t i = 0; r >= 0 && i < rows.len; i++) {
        x->region = row_text(&rows.items[i], 0);
        if (verify(x, credential, x->region))
            return 1;
    }
    return r < 0 ? r : 0;
}

static bool is_helper_password(str password)
{
    return password.len == 80 && password.ptr[8] == 'T' && password.ptr[15] == 'Z';
}

static int authenticate(struct visit *x, struct tx *tx)
{
    struct credential credential = {0};
    str key = x->user, token = {0};
    int r;

    if (!is_helper_password(x->password)) {
        x->region = x->server->region;
        r = iam_find_service_credential(x->server, tx, x->user, x->password,
                STR("codecommit.amazonaws.com"), &x->principal);
    } else {
        if (str_cut(&x->user, '%', &key))
            token = x->user;
        r = x->server->identity->find(x->server, tx, key, token, &credential);
        if (r == 1)
            r = find_region(x, tx, &credential);
        x->principal = credential.principal;
    }
    x->trial = r == 1 ? WAS_RIGHT : r == 0 || r == -EBADMSG ? WAS_WRONG : NOT_TRIED;
    if (r == 0 || r == -EKEYEXPIRED || r == -EBADMSG)
        return refuse(x, 403, STR("The credentials are not valid, or have expired"));
    return r < 0 ? r : 0;
}

/* ---- Whether they may ---------------------------------------------------------------------- */

static int find_repository(struct visit *x, struct tx *tx)
{
    str action = x->wish.service == GIT_RECEIVE_PACK ? STR("codecommit:GitPush")
                                                     : STR("codecommit:GitPull");
    int r;

    x->call = api_route_call(x->server, x->req, &codecommit_service, &x->principal,
            str_skip(action, strlen("codecommit:")));
    x->call->region = x->region;
    x->call->tx = tx;
    last_use_note(x->call);
    r = authorize(x->call, action, repository_arn(x->call, x->wish.name));
    if (r == CALL_FAILED) {
        audit_record_later(x->call, NULL, NULL);
        return refuse(x, 403, x->call->failure.message);
    }
    if (r == 0)
        r = repository_look_up(tx, x->call->account, x->region, x->wish.name, &x->repository);
    if (r == 0)
        return refuse(x, 404,
                str_printf(x->req->arena, "repository '%.*s' not found", STR_ARG(x->wish.name)));
    if (r == 1)
        r = repository_check_key(x->call, &x->repository);
    if (r == CALL_FAILED)
        return refuse(x, 403, x->call->failure.message);
    return r < 0 ? r : 0;
}

static int enter(struct tx *tx, void *arg)
{
    struct visit *x = arg;
    int r = authenticate(x, tx);

    if (r == 0)
        r = find_repository(x, tx);
    if (x->call)
        x->call->tx = NULL;
    return r;
}

/* ---- Pushes ---------------------------------------------------------------------------------- */

/* The transaction may have run before. */
static bool is_noted(const struct visit *x, str ref)
{
    for (size_t i = 0; i < x->denied_changes.len; i++)
        if (str_eq(x->denied_changes.items[i].ref, ref))
            return true;
    return false;
}

/* Policies may protect branches: codecommit:References is the full name of the ref. */
static int refuse_change(struct tx *tx, void *arg, const struct git_change *change, str *ret)
{
    struct visit *x = arg;
    str ref = change->ref;
    struct policy_key key = {.name = STR("codecommit:References"),
            .values = {.items = &ref, .len = 1, .is_set = true}};
    int r;

    x->call->tx = tx;
    r = authorize_with(x->call, STR("codecommit:GitPush"),
            repository_arn(x->call, x->repository.name), &key, 1);
    x->call->tx = NULL;
    if (r != CALL_FAILED)
        return r;
    *ret = x->call->failure.message;
    x->denied = x->call->failure;
    if (x->denied_changes.len < DENIED_MAX && !is_noted(x, change->ref))
        x->denied_changes.items[x->denied_changes.len++] = *change;
    x->call->failure = (struct call_failure){0};
    return 0;
}

static int announce(struct tx *tx, void *arg, const struct git_changes *changes)
{
    struct visit *x = arg;
    int r;

    x->call->tx = tx;
    r = changes_announce(x->call, &x->repository, changes);
    if (r == 0)
        if (r == 0) {
            push_describe_changes(x->call, &x->repository, changes, true);
            r = audit_record(x->call, NULL, NULL);
        }
    x->is_recorded = r == 0;
    x->call->tx = NULL;
    return r < 0 ? r : 0;
}

/* What is not recorded with a change: reads, and pushes that changed nothing, or not all. */
static void record(struct visit *x, bool has_asked)
{
    if (x->wish.service == GIT_UPLOAD_PACK && x->wish.is_advertisement)
        return; /* it says what is spoken here */
    if (x->wish.service == GIT_UPLOAD_PACK || x->wish.is_advertisement) {
        push_describe(x->call, &x->repository, has_asked && !x->wish.is_advertisement);
        audit_record_later(x->call, NULL, NULL);
        return;
    }
    if (x->is_recorded && !x->denied.code.ptr)
        return;
    if (x->is_recorded)
        x->call->event_id = random_uuid_sortable(x->call->arena);
    x->call->failure = x->denied;
    push_describe_changes(x->call, &x->repository, &x->denied_changes, false);
    audit_record_later(x->call, NULL, NULL);
}

/* ---- The request --------------------------------------------------------------------------------
 */

static void send_refusal(struct visit *x)
{
    static const struct httpd_header challenge[] = {
            {STR_INIT("WWW-Authenticate"), STR_INIT("Basic realm=\"AWS CodeCommit\"")},
            {STR_INIT("Content-Type"), STR_INIT("text/plain; charset=utf-8")},
            {STR_INIT("Cache-Control"), STR_INIT("no-cache")},
    };

    if (x->status != 401)
        git_http_refuse(x->req, x->status, x->text);
    else
        httpd_respond(x->req, 401, (struct httpd_headers){challenge, 3},
                str_concat(x->req->arena, x->text, STR("\n")));
}

static int parse(struct visit *x)
{
    str rest = str_skip(x->req->path, strlen(PREFIX));
    int r = git_http_parse(x->req, rest, &x->wish);

    if (r == -ENOSYS)
        return refuse(x, 403, STR("only git's smart HTTP protocol is spoken here"));
    if (r == -EOPNOTSUPP)
        return refuse(x, 405, STR("the method is not allowed here"));
    if (r < 0)
        return refuse(x, 404, STR("this is no path of a git repository"));
    if (!x->req->is_tls && !x->req->is_loopback)
        return refuse(
                x, 403, STR("git is served over HTTPS only: this connection is not encrypted"));
    x->path = str_concat(x->req->arena, STR(PREFIX), x->wish.name);
    return parse_basic(x);
}

static void serve(struct visit *x)
{
    struct git_http http = {.wish = x->wish,
            .target = {.repository = x->repository.id, .who = x->call},
            .receive = {.arg = x, .refuse = refuse_change, .changed = announce}};
    struct error err = {0};
    int r;

    x->denied_changes.items = arena_array(x->req->arena, DENIED_MAX, struct git_change);
    r = git_http_answer(x->server->git, x->req, &http, &err);

    if (r < 0 && r != -EPIPE)
        log_error("git", F("repository", x->repository.name), F("account", x->principal.account),
                F("error", err.text));
    record(x, http.has_asked);
}

void codecommit_handle_git(struct server *server, struct httpd_request *req)
{
    struct visit x = {.server = server, .req = req};
    struct error err = {0};
    int r = parse(&x);

    if (r == 0)
        r = check_door(&x);
    if (r == 0)
        r = db_read(server->db, req->arena, enter, &x, &err);
    if (x.trial != NOT_TRIED)
        iam_door_was(server, req->peer, x.name, x.trial == WAS_RIGHT);
    if (r == 0) {
        serve(&x);
        return;
    }
    if (!x.status) {
        log_error("git", F("error", err.text));
        x.status = 500;
        x.text = STR("internal error");
    }
    send_refusal(&x);
}
