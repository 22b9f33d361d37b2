/*
 * etc - the few files of /etc that a build sees
 *
 * Users and groups are made up: root, the build's user, nobody. From the host, read-only
 * and where present: what the linker, the resolver, TLS, time zones, alternatives and
 * the language runtimes need. No passwords, keys or service configuration.
 */
#pragma once

extern const char *const etc_from_host[]; /* paths; ends with NULL */
extern const char etc_passwd[];
extern const char etc_group[];
