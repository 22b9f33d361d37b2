/*
 * Replication: a secret is in one Region. No secret has replicas, and none is one.
 */
#include "services/secretsmanager/secret.h"

int secretsmanager_ReplicateSecretToRegions(struct call *call,
        const struct secretsmanager_ReplicateSecretToRegionsRequest *in,
        struct secretsmanager_ReplicateSecretToRegionsResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:ReplicateSecretToRegions", &secret);

    (void)out;
    return r < 0 ? r
                 : call_fail(call, &secretsmanager_InvalidParameterException,
                           "Replication to other Regions is not supported by Slipway.");
}

int secretsmanager_RemoveRegionsFromReplication(struct call *call,
        const struct secretsmanager_RemoveRegionsFromReplicationRequest *in,
        struct secretsmanager_RemoveRegionsFromReplicationResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:RemoveRegionsFromReplication", &secret);

    (void)out;
    return r < 0 ? r
                 : call_fail(call, &secretsmanager_InvalidParameterException,
                           "The secret has no replica in the Region %.*s.",
                           STR_ARG(in->RemoveReplicaRegions.items[0]));
}

int secretsmanager_StopReplicationToReplica(struct call *call,
        const struct secretsmanager_StopReplicationToReplicaRequest *in,
        struct secretsmanager_StopReplicationToReplicaResponse *out)
{
    struct secret secret;
    int r = secret_use(call, in->SecretId, "secretsmanager:StopReplicationToReplica", &secret);

    (void)out;
    return r < 0 ? r
                 : call_fail(call, &secretsmanager_InvalidRequestException,
                           "The secret isn't a replica: it can't be promoted.");
}
