/*
 * buildspec - the file that says how to build: buildspec.yml, version 0.2
 *
 *     version: 0.2
 *     env:
 *       variables: {STAGE: test}
 *     phases:
 *       build:
 *         commands: [make test]
 *     artifacts:
 *       files: [app/server, '*.html']
 *
 * buildspec_parse() reads it. It judges form only: whether a runtime exists on this
 * host, a command works or a file matches is found out by the build.
 *
 * YAML anchors, aliases and merge keys ("<<") work; JSON is YAML. What the engine does
 * not do but a build can do without (cache, reports, unknown keys) is listed in
 * `warnings`, which the build log shows; what would change the result (on-failure: RETRY)
 * is an error.
 *
 * Memory    what a struct buildspec points to lives in the caller's arena; the text is
 *           copied
 * Errors    -EINVAL with AWS's message where it has one, and always line and column
 * Limits    BUILDSPEC_MAX_…
 * Not here  version 0.1: refused
 */
#pragma once

#include "base/str.h"

enum {
    BUILDSPEC_MAX_BYTES = 1 << 20,
    BUILDSPEC_MAX_COMMANDS = 1000, /* in one list */
    BUILDSPEC_MAX_COMMAND = 64 << 10,
    BUILDSPEC_MAX_VARIABLES = 1000,
    BUILDSPEC_MAX_VALUE = 32 << 10, /* one variable */
    BUILDSPEC_MAX_FILES = 1000,     /* patterns in one list */
    BUILDSPEC_MAX_ARTIFACTS = 12,   /* secondary ones, as AWS */
    BUILDSPEC_MAX_WARNINGS = 50,
    BUILDSPEC_MAX_MERGE_DEPTH = 8,
};

enum buildspec_phase_kind {
    BUILDSPEC_INSTALL,
    BUILDSPEC_PRE_BUILD,
    BUILDSPEC_BUILD,
    BUILDSPEC_POST_BUILD,
    BUILDSPEC_PHASES,
};

enum buildspec_on_failure {
    BUILDSPEC_DEFAULT, /* AWS's transitions: see engine.h */
    BUILDSPEC_ABORT,
    BUILDSPEC_CONTINUE,
};

enum buildspec_shell {
    BUILDSPEC_SH,
    BUILDSPEC_BASH
};

/* Where the value of a variable stands. */
enum buildspec_origin {
    BUILDSPEC_PLAIN,
    BUILDSPEC_PARAMETER_STORE, /* `value` is a parameter's name */
    BUILDSPEC_SECRETS_MANAGER, /* `value` is secret-id:json-key:version-stage:version-id */
};

struct buildspec_pair {
    str name;
    str value;
    enum buildspec_origin origin; /* of environment variables */
};

struct buildspec_pairs {
    struct buildspec_pair *items;
    size_t len;
};

struct buildspec_phase {
    bool is_set;
    struct str_list commands;
    struct str_list finally;
    enum buildspec_on_failure on_failure;
    str run_as;                      /* absent unless given */
    struct buildspec_pairs runtimes; /* install only: name, version */
};

struct buildspec_artifacts {
    bool is_set;
    str identifier; /* of a secondary artifact; absent for the primary one */
    struct str_list files;
    struct str_list exclude;
    str name;           /* absent unless given; may hold shell expressions */
    str base_directory; /* absent unless given; may be a pattern */
    bool discard_paths;
    bool enable_symlinks;
};

struct buildspec {
    enum buildspec_shell shell;
    str run_as;
    struct buildspec_pairs variables; /* of every origin; a later one wins */
    struct str_list exported;
    struct buildspec_phase phases[BUILDSPEC_PHASES];
    struct buildspec_artifacts artifacts;
    struct {
        struct buildspec_artifacts *items;
        size_t len;
    } secondary;
    struct str_list warnings; /* one line each, for the log */
};

MUST_CHECK int buildspec_parse(
        struct arena *arena, str text, struct buildspec *ret, struct error *err);

/* "install", "pre_build", … */
str buildspec_phase_name(enum buildspec_phase_kind kind);
