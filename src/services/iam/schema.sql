-- step 1
create table iam_account (
    id text primary key,
    name text not null,
    created bigint not null,
    generation bigint not null
);
-- Users, roles, and the root of the account (kind 'root', id = the account's).
create table iam_entity (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    kind text not null check (kind in ('root', 'user', 'role')),
    name text not null,
    name_key text not null,
    path text not null,
    created bigint not null,
    boundary text,
    tags text,
    trust text,
    description text,
    max_session bigint not null,
    unique (account, kind, name_key)
);
create index iam_entity_boundary on iam_entity (account, boundary);
create table iam_access_key (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    entity text not null references iam_entity (id) on delete cascade,
    status text not null check (status in ('Active', 'Inactive')),
    secret bytea not null,
    created bigint not null
);
create index iam_access_key_entity on iam_access_key (entity, id);
create table iam_policy (
    arn text primary key,
    id text not null unique,
    account text not null references iam_account (id) on delete cascade,
    name text not null,
    name_key text not null,
    path text not null,
    description text,
    tags text,
    created bigint not null,
    updated bigint not null,
    default_version bigint not null,
    last_version bigint not null,
    unique (account, name_key)
);
create table iam_policy_version (
    arn text not null references iam_policy (arn) on delete cascade,
    version bigint not null,
    document text not null,
    created bigint not null,
    primary key (arn, version)
);
create table iam_inline_policy (
    entity text not null references iam_entity (id) on delete cascade,
    name text not null,
    document text not null,
    version text not null,
    primary key (entity, name)
);
-- Managed policies on users and roles; those of AWS have no row in iam_policy.
create table iam_attachment (
    account text not null references iam_account (id) on delete cascade,
    entity text not null references iam_entity (id) on delete cascade,
    policy text not null,
    policy_name text not null,
    primary key (entity, policy)
);
create index iam_attachment_policy on iam_attachment (account, policy);
create table iam_service_credential (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    entity text not null references iam_entity (id) on delete cascade,
    service text not null,
    username text not null unique,
    verifier bytea not null,
    status text not null check (status in ('Active', 'Inactive')),
    created bigint not null
);
create index iam_service_credential_entity on iam_service_credential (entity, id);
