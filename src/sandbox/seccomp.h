/*
 * seccomp - the system calls that a build may not make
 *
 * A list of refusals (EPERM), not of permissions: builds run any toolchain. Refused is
 * what reaches past the sandbox or widens the kernel's surface: mounts, new namespaces,
 * tracing, kernel keys, modules, bpf, perf, clocks. clone3 says ENOSYS, because its
 * flags cannot be seen; libc then uses clone.
 */
#pragma once

#include "base/error.h"

/* A descriptor with the filter for `bwrap --seccomp`; the caller closes it. */
MUST_CHECK int seccomp_open(struct error *err);
