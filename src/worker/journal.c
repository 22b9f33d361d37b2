#include "worker/journal.h"

#include "base/clock.h"

#include <sys/eventfd.h>

static const char *const status_names[] = {
        [BUILD_IN_PROGRESS] = "IN_PROGRESS",
        [BUILD_SUCCEEDED] = "SUCCEEDED",
        [BUILD_FAILED] = "FAILED",
        [BUILD_FAULT] = "FAULT",
        [BUILD_TIMED_OUT] = "TIMED_OUT",
        [BUILD_STOPPED] = "STOPPED",
};

static const char *const phase_names[] = {
        [PHASE_PROVISIONING] = "PROVISIONING",
        [PHASE_DOWNLOAD_SOURCE] = "DOWNLOAD_SOURCE",
        [PHASE_INSTALL] = "INSTALL",
        [PHASE_PRE_BUILD] = "PRE_BUILD",
        [PHASE_BUILD] = "BUILD",
        [PHASE_POST_BUILD] = "POST_BUILD",
        [PHASE_UPLOAD_ARTIFACTS] = "UPLOAD_ARTIFACTS",
        [PHASE_FINALIZING] = "FINALIZING",
        [PHASE_COMPLETED] = "COMPLETED",
};

const char *build_status_name(enum build_status status)
{
    return status_names[status];
}

const char *build_phase_name(enum build_phase_type type)
{
    return phase_names[type];
}

int build_control_init(struct build_control *control, struct error *err)
{
    int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    if (event < 0)
        return error_set(err, errno, "could not make an event descriptor: %m");
    atomic_store(&control->wanted, BUILD_IN_PROGRESS);
    control->event = event;
    return 0;
}

void build_control_done(struct build_control *control)
{
    if (control->event > 0)
        (void)close(control->event);
    control->event = -1;
}

void build_stop(struct build_control *control, enum build_status as)
{
    int none = BUILD_IN_PROGRESS;

    if (atomic_compare_exchange_strong(&control->wanted, &none, as))
        (void)!eventfd_write(control->event, 1);
}

int journal_hide(struct journal *journal, struct str_list values, struct error *err)
{
    int r = mask_new(values, &journal->mask, err);

    if (r == 0)
        journal->stream = mask_stream_new(journal->mask);
    return r;
}

static void write_log(const struct journal *journal, str bytes)
{
    if (bytes.len)
        journal->owner->log(journal->owner->arg, bytes);
}

void journal_close(struct journal *journal)
{
    AUTO_ARENA struct arena scratch = {0};

    if (journal->stream)
        write_log(journal, mask_stream_flush(journal->stream, &scratch));
    mask_stream_free(journal->stream);
    mask_free(journal->mask);
    journal->stream = NULL;
    journal->mask = NULL;
}

void journal_bytes(struct journal *journal, str bytes)
{
    AUTO_ARENA struct arena scratch = {0};

    write_log(journal, journal->stream ? mask_stream_add(journal->stream, &scratch, bytes) : bytes);
}

str journal_text(const struct journal *journal, str text)
{
    return mask_text(journal->mask, journal->arena, text);
}

void journal_line(struct journal *journal, const char *fmt, ...)
{
    AUTO_ARENA struct arena scratch = {0};
    str time = time_iso8601_ms(&scratch, clock_now()); /* 2026-11-23T17:42:00.123Z */
    va_list args;

    va_start(args, fmt);
    str text = str_vprintf(&scratch, fmt, args);
    va_end(args);
    journal_bytes(
            journal, str_printf(&scratch, "[Container] %.4s/%.2s/%.2s %.12s000 %.*s\n", time.ptr,
                             time.ptr + 5, time.ptr + 8, time.ptr + 11, STR_ARG(text)));
}

void journal_enter(struct journal *journal, enum build_phase_type type)
{
    struct build_result *result = journal->result;
    int64_t now = clock_now();

    result->phases[result->phases_len++] = (struct build_phase){
            .type = type, .start = now, .end = type == PHASE_COMPLETED ? now : 0};
    journal->owner->phase(journal->owner->arg, result);
}

void journal_leave(struct journal *journal, enum build_status status, str code, str message)
{
    struct build_phase *phase = &journal->result->phases[journal->result->phases_len - 1];

    phase->end = clock_now();
    phase->status = status;
    phase->code = str_dup(journal->arena, code.ptr ? code : STR(""));
    phase->message =
            str_dup(journal->arena, message.ptr ? journal_text(journal, message) : STR(""));
    if (phase->type >= PHASE_DOWNLOAD_SOURCE && phase->type <= PHASE_UPLOAD_ARTIFACTS) {
        journal_line(journal, "Phase complete: %s State: %s", phase_names[phase->type],
                status_names[status]);
        journal_line(journal, "Phase context status code: %.*s Message: %.*s", STR_ARG(phase->code),
                STR_ARG(phase->message));
    }
    journal->owner->phase(journal->owner->arg, journal->result);
}
