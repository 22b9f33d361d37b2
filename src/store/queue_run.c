/*
 * What becomes of a job's row. (id, attempt) is the token of a claim: a lease that ran
 * out and was claimed again has another attempt, so the first claimant can no longer
 * finish or fail the job. See queue.h for the states.
 *
 *     claim_fn    waiting or lease over -> leased, attempt + 1
 *     finish_fn   leased -> gone, with the job's own changes
 *     retry_fn    leased -> waiting, later; or joined to one that waits already
 *     give_up_fn  leased -> dead, with what the kind records
 */
#include "store/queue_internal.h"

#include "base/clock.h"
#include "base/random.h"
#include "store/db_internal.h"

int64_t queue_lease_ms(const struct job_kind *kind)
{
    return kind->lease_ms ? kind->lease_ms : QUEUE_DEFAULT_LEASE_MS;
}

static int max_attempts(const struct job_kind *kind)
{
    return kind->max_attempts ? kind->max_attempts : QUEUE_DEFAULT_ATTEMPTS;
}

static const struct job_kind *find_kind(const struct queue *queue, str name)
{
    for (size_t i = 0; i < queue->options.kinds_len; i++)
        if (str_eq(name, str_of(queue->options.kinds[i]->name)))
            return queue->options.kinds[i];
    return NULL;
}

/* Exponential, and between half and all of it, so that those who failed together part. */
static int64_t back_off_ms(int attempt)
{
    int64_t ms = QUEUE_BACKOFF_FIRST_MS;

    while (--attempt > 0 && ms < QUEUE_BACKOFF_MOST_MS)
        ms *= 2;
    if (ms > QUEUE_BACKOFF_MOST_MS)
        ms = QUEUE_BACKOFF_MOST_MS;
    return ms / 2 + (int64_t)random_below((uint64_t)ms / 2 + 1);
}

/* ---- Claiming --------------------------------------------------------------------- */

struct claim {
    struct queue *queue;
    struct run *run;
    int64_t now;
    int64_t next_due;
};

/* When the first of all jobs is due; QUEUE_POLL_MS from now when there is none. */
static int first_due_fn(struct tx *tx, void *arg)
{
    struct claim *claim = arg;
    const struct db_row *row;
    int r = db_one(tx, &row, "select min(due) from queue_job where state <> 'dead'");

    if (r < 0)
        return r;
    claim->next_due = row_is_null(row, 0) ? claim->now + QUEUE_POLL_MS : row_int(row, 0);
    return 0;
}

/* When the first of the others is due: those that are already, cannot run just now. */
static int next_due_fn(struct tx *tx, struct claim *claim, str claimed)
{
    int64_t from = claimed.ptr ? 0 : claim->now + 1;
    const struct db_row *row;
    int r = db_one(tx, &row,
            "select min(due) from queue_job where state <> 'dead' and due >= $1 and id <> $2", from,
            claimed.ptr ? claimed : STR(""));

    if (r < 0)
        return r;
    claim->next_due = claim->now + (claimed.ptr ? QUEUE_POLL_MS : QUEUE_BLOCKED_MS);
    if (!row_is_null(row, 0) && row_int(row, 0) < claim->next_due)
        claim->next_due = row_int(row, 0);
    return 0;
}

/* Waiting jobs whose kind and key already runs are passed over. */
#define CANDIDATE                                                                                  \
    "select id, kind, key, payload, attempt, failure from queue_job j"                             \
    " where state <> 'dead' and due <= $1 and not (state = 'waiting' and key is not null and"      \
    " exists (select 1 from queue_job l where l.state = 'leased' and l.kind = j.kind"              \
    " and l.key = j.key)) order by due, id limit 1"

static int put_off_unknown(struct tx *tx, const struct claim *claim, str id)
{
    return db_exec(tx,
            "update queue_job set due = $2, state = 'waiting',"
            " failure = 'no server knows this kind of job' where id = $1",
            id, claim->now + QUEUE_UNKNOWN_MS);
}

static void fill_run(struct claim *claim, const struct db_row *row, const struct job_kind *kind)
{
    struct run *run = claim->run;
    struct arena *arena = &run->arena;

    run->queue = claim->queue;
    run->kind = kind;
    run->job = (struct job){
            .id = str_dup(arena, row_text(row, 0)),
            .kind = str_of(kind->name),
            .key = str_dup(arena, row_text(row, 2)),
            .payload = str_dup(arena, row_text(row, 3)),
            .attempt = (int)row_int(row, 4) + 1,
            .arena = arena,
            .context = claim->queue->options.context,
    };
    run->was_given_up = run->job.attempt > max_attempts(kind);
    (void)error_set(&run->failure, EIO, "%.*s",
            STR_ARG(row_is_null(row, 5) ? STR("it never came to an end") : row_text(row, 5)));
}

static int claim_fn(struct tx *tx, void *arg)
{
    struct claim *claim = arg;
    const struct db_row *row;
    const struct job_kind *kind;
    int r;

    r = db_one(tx, &row,
            tx->engine == DB_POSTGRES ? CANDIDATE " for update of j skip locked" : CANDIDATE,
            claim->now);
    if (r <= 0)
        return r < 0 ? r : next_due_fn(tx, claim, (str){0});

    kind = find_kind(claim->queue, row_text(row, 1));
    if (!kind) {
        r = put_off_unknown(tx, claim, row_text(row, 0));
        claim->next_due = claim->now;
        return r < 0 ? r : 0;
    }
    r = db_exec(tx,
            "update queue_job set state = 'leased', attempt = attempt + 1, due = $2, owner = $3"
            " where id = $1",
            row_text(row, 0), claim->now + queue_lease_ms(kind), claim->queue->options.owner);
    if (r >= 0)
        r = next_due_fn(tx, claim, row_text(row, 0));
    if (r < 0)
        return r;
    arena_reset(&claim->run->arena);
    fill_run(claim, row, kind);
    return 1;
}

int run_claim(struct queue *queue, struct run *ret, int64_t *next_due, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};
    struct claim claim = {.queue = queue, .run = ret, .now = clock_now()};
    int r = db_read(queue->options.db, &scratch, first_due_fn, &claim, err);

    memset(ret, 0, sizeof(*ret));
    if (r >= 0 && claim.next_due <= claim.now)
        r = db_write_with(
                queue->options.db, DB_WRITE_READ_COMMITTED, &scratch, claim_fn, &claim, err);
    if (r == -EEXIST) { /* another server was quicker with the same key */
        claim.next_due = claim.now + QUEUE_BACKOFF_FIRST_MS;
        r = 0;
    }
    if (r <= 0)
        run_done(ret);
    if (r >= 0)
        *next_due = claim.next_due;
    return r;
}

void run_done(struct run *run)
{
    arena_free(&run->arena);
}

/* ---- The end of a job ------------------------------------------------------------- */

static int check_lease(struct tx *tx, int rows)
{
    if (rows == 0)
        return error_set(&tx->error, ESTALE, "the lease of the job was lost");
    return rows < 0 ? rows : 0;
}

/* A job of the same kind and key that had to wait for this one may run now. */
static int wake_next(struct tx *tx, const struct run *run)
{
    const struct db_row *row;
    int r;

    if (!run->job.key.ptr)
        return 0;
    r = db_one(tx, &row,
            "select 1 from queue_job where kind = $1 and key = $2 and state = 'waiting'",
            run->job.kind, run->job.key);
    if (r > 0)
        notify_add(run->queue->options.notify, tx, QUEUE_TOPIC);
    return r < 0 ? r : 0;
}

static int finish_fn(struct tx *tx, void *arg)
{
    struct run *run = arg;
    int r = check_lease(tx,
            db_exec(tx, "delete from queue_job where id = $1 and attempt = $2 and state = 'leased'",
                    run->job.id, run->job.attempt));

    if (r >= 0 && run->kind->commit)
        r = run->kind->commit(&run->job, tx);
    return r < 0 ? r : wake_next(tx, run);
}

/* One that waits stands for this one too; it inherits the attempts, so that a job that
 * is added again and again still comes to an end. */
static int join_waiting(struct tx *tx, const struct run *run)
{
    int r = db_exec(tx,
            "update queue_job set attempt = case when attempt < $3 then $3 else attempt end"
            " where kind = $1 and key = $2 and state = 'waiting'",
            run->job.kind, run->job.key, run->job.attempt);

    if (r <= 0)
        return r;
    r = check_lease(tx,
            db_exec(tx, "delete from queue_job where id = $1 and attempt = $2 and state = 'leased'",
                    run->job.id, run->job.attempt));
    return r < 0 ? r : 1;
}

static str failure_text(const struct run *run)
{
    str text = str_head(str_of(run->failure.text), QUEUE_FAILURE_MAX);

    while (text.len && !str_is_utf8(text)) /* cut inside a character, or not ours */
        text.len--;
    return text;
}

static int retry_fn(struct tx *tx, void *arg)
{
    struct run *run = arg;
    int r = join_waiting(tx, run);

    if (r != 0)
        return r < 0 ? r : wake_next(tx, run);
    r = db_exec(tx,
            "update queue_job set state = 'waiting', due = $3, failure = $4"
            " where id = $1 and attempt = $2 and state = 'leased'",
            run->job.id, run->job.attempt, clock_now() + back_off_ms(run->job.attempt),
            failure_text(run));
    if (r == -EEXIST) /* one was added meanwhile: look again */
        return -EAGAIN;
    notify_add(run->queue->options.notify, tx, QUEUE_TOPIC);
    return check_lease(tx, r);
}

static int give_up_fn(struct tx *tx, void *arg)
{
    struct run *run = arg;
    bool is_asked =
            run->kind->give_up && run->job.attempt < max_attempts(run->kind) + QUEUE_GIVE_UP_TRIES;
    int r = check_lease(tx, db_exec(tx,
                                    "update queue_job set state = 'dead', due = $3, failure = $4"
                                    " where id = $1 and attempt = $2 and state = 'leased'",
                                    run->job.id, run->job.attempt, clock_now(), failure_text(run)));

    if (r >= 0 && is_asked)
        r = run->kind->give_up(&run->job, tx, &run->failure);
    return r < 0 ? r : wake_next(tx, run);
}

static int end_by(struct run *run, db_fn *fn, struct error *err)
{
    AUTO_ARENA struct arena scratch = {0};

    return db_write(run->queue->options.db, &scratch, fn, run, err);
}

static enum run_result fail_job(struct run *run)
{
    struct error err = {0};
    int r;

    if (run->job.attempt >= max_attempts(run->kind)) {
        r = end_by(run, give_up_fn, &err);
        if (r >= 0)
            return RUN_DEAD;
        run->failure = err;
    }
    r = end_by(run, retry_fn, &err);
    return r < 0 ? RUN_LOST : RUN_RETRIED; /* lost: its lease will run out */
}

enum run_result run_job(struct run *run)
{
    int r = 0;

    if (run->was_given_up)
        return fail_job(run);
    memset(&run->failure, 0, sizeof(run->failure));
    if (run->kind->prepare)
        r = run->kind->prepare(&run->job, &run->failure);
    if (r >= 0)
        r = end_by(run, finish_fn, &run->failure);
    if (r >= 0)
        return RUN_DONE;
    if (!run->failure.text[0])
        (void)error_set(&run->failure, -r, "%s", strerrordesc_np(-r));
    return r == -ESTALE ? RUN_LOST : fail_job(run);
}

static int extend_fn(struct tx *tx, void *arg)
{
    struct run *run = arg;

    return check_lease(
            tx, db_exec(tx,
                        "update queue_job set due = $3 where id = $1 and attempt = $2 and state = "
                        "'leased'",
                        run->job.id, run->job.attempt, clock_now() + queue_lease_ms(run->kind)));
}

int queue_extend(struct job *job, struct error *err)
{
    return end_by((struct run *)job, extend_fn, err); /* a job is the head of its run */
}
