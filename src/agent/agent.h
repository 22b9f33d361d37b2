/*
 * agent - `slipway agent`: the deployment agent of one host
 *
 * Polls the server for commands of the CodeDeploy agent protocol, carries them out and
 * reports how they ended: an ordinary client with signed requests. It speaks the wire
 * protocol of the public agent, and either can serve a host.
 *
 *     poll --> specification --> acknowledge --> run --> complete --> poll ...
 *
 * One command at a time. SIGTERM lets the command under way finish. A command that was
 * under way when the agent crashed is reported as failed at the next start.
 */
#pragma once

/* Exit code 0 after a signal, 2 for bad arguments. */
int agent_main(int argc, char **argv);
