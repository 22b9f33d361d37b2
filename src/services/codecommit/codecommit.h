/*
 * codecommit - git repositories: the API, and git over HTTPS at /v1/repos/<name>
 *
 * What other folders may use of it. All else is in its API (api/codecommit.smithy).
 */
#pragma once

#include "api/service.h"

extern const struct service codecommit_service;

/*
 * Removes from this host's cache, where objects lie in the clear, the repositories that are
 * gone. Needs server->db and data_dir only; a server on the directory may run.
 */
MUST_CHECK int codecommit_sweep_cache(struct server *server, struct error *err);

/*
 * Writes the files of a commit as a zip archive to `fd`: what a pipeline's source action
 * hands on. `commit_id` has 40 digits. The principal of `call` needs
 * codecommit:UploadArchive. Slow; in no transaction (call->tx is NULL): for prepare steps.
 *
 * 0, or the call has failed.
 */
MUST_CHECK int codecommit_archive(struct call *call, str repository_name, str commit_id, int fd);
