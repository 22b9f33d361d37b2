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
-- step 2
-- Groups are entities too: the check of `kind` has to be made anew, and with it the table.
drop index iam_entity_boundary;
drop index iam_access_key_entity;
drop index iam_attachment_policy;
drop index iam_service_credential_entity;
alter table iam_entity rename to iam_entity_1;
alter table iam_access_key rename to iam_access_key_1;
alter table iam_inline_policy rename to iam_inline_policy_1;
alter table iam_attachment rename to iam_attachment_1;
alter table iam_service_credential rename to iam_service_credential_1;
-- Users, groups, roles, and the root of the account (kind 'root', id = the account's).
create table iam_entity (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    kind text not null check (kind in ('root', 'user', 'group', 'role')),
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
create table iam_inline_policy (
    entity text not null references iam_entity (id) on delete cascade,
    name text not null,
    document text not null,
    version text not null,
    primary key (entity, name)
);
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
insert into iam_entity select id, account, kind, name, name_key, path, created, boundary, tags, trust, description, max_session from iam_entity_1;
insert into iam_access_key select id, account, entity, status, secret, created from iam_access_key_1;
insert into iam_inline_policy select entity, name, document, version from iam_inline_policy_1;
insert into iam_attachment select account, entity, policy, policy_name from iam_attachment_1;
insert into iam_service_credential select id, account, entity, service, username, verifier, status, created from iam_service_credential_1;
drop table iam_service_credential_1;
drop table iam_attachment_1;
drop table iam_inline_policy_1;
drop table iam_access_key_1;
drop table iam_entity_1;
create table iam_membership (
    account text not null references iam_account (id) on delete cascade,
    group_id text not null references iam_entity (id) on delete cascade,
    user_id text not null references iam_entity (id) on delete cascade,
    primary key (user_id, group_id)
);
create index iam_membership_group on iam_membership (group_id, user_id);
-- step 3
create table iam_account_alias (
    alias text primary key,
    account text not null unique references iam_account (id) on delete cascade
);
create table iam_password_policy (
    account text not null primary key references iam_account (id) on delete cascade,
    min_length bigint not null,
    symbols bigint not null,
    numbers bigint not null,
    upper bigint not null,
    lower bigint not null
);
create table iam_login_profile (
    entity text primary key references iam_entity (id) on delete cascade,
    account text not null references iam_account (id) on delete cascade,
    verifier bytea not null,
    reset_required bigint not null,
    created bigint not null
);
create index iam_login_profile_account on iam_login_profile (account, entity);
-- step 4
-- One-time codes of a virtual device: `entity` has it, or nobody; `last_step` is of the last code taken.
create table iam_mfa_device (
    serial text primary key,
    account text not null references iam_account (id) on delete cascade,
    entity text references iam_entity (id) on delete cascade,
    seed bytea not null,
    created bigint not null,
    enabled bigint,
    drift bigint not null,
    last_step bigint not null,
    tags text
);
create index iam_mfa_device_account on iam_mfa_device (account, serial);
create index iam_mfa_device_entity on iam_mfa_device (entity, serial);
-- Wrong codes and passwords since the last right one.
create table iam_guess (
    entity text not null references iam_entity (id) on delete cascade,
    kind text not null check (kind in ('mfa', 'password')),
    account text not null references iam_account (id) on delete cascade,
    failures bigint not null,
    blocked_until bigint not null,
    primary key (entity, kind)
);
create index iam_guess_account on iam_guess (account);
-- step 5
-- Identity providers. `keys` is what was last fetched of them (a JSON web key set): at keys_at, or
-- absent; keys_tried is when that was last begun, and `failure` how it ended, if not well.
create table iam_oidc_provider (
    account text not null references iam_account (id) on delete cascade,
    url text not null,
    clients text not null,
    thumbprints text not null,
    tags text,
    created bigint not null,
    keys text,
    keys_at bigint not null,
    keys_tried bigint not null,
    failure text,
    primary key (account, url)
);
-- step 6
-- Public keys of users for git over SSH. `digest`: SHA-256 of the blob, in hexadecimal digits.
create table iam_ssh_key (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    entity text not null references iam_entity (id) on delete cascade,
    digest text not null,
    type text not null,
    blob bytea not null,
    comment text,
    status text not null check (status in ('Active', 'Inactive')),
    uploaded bigint not null,
    unique (entity, digest)
);
create index iam_ssh_key_digest on iam_ssh_key (digest, id);
create index iam_ssh_key_account on iam_ssh_key (account);
-- step 7
create table iam_instance_profile (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    name text not null,
    name_key text not null,
    path text not null,
    created bigint not null,
    tags text,
    role text references iam_entity (id) on delete set null,
    unique (account, name_key)
);
create index iam_instance_profile_role on iam_instance_profile (role, name_key);
-- Service-linked roles that have been deleted.
create table iam_deletion_task (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    created bigint not null
);
create index iam_deletion_task_account on iam_deletion_task (account, created);
-- step 8
-- Passwords: when each was set, those of before, and how long they are good (days; 0: for ever).
alter table iam_login_profile add column changed bigint not null default 0;
update iam_login_profile set changed = created;
alter table iam_password_policy add column may_change bigint not null default 0;
alter table iam_password_policy add column max_age bigint not null default 0;
alter table iam_password_policy add column reuse bigint not null default 0;
alter table iam_password_policy add column hard_expiry bigint not null default 0;
create table iam_password_history (
    entity text not null references iam_login_profile (entity) on delete cascade,
    account text not null references iam_account (id) on delete cascade,
    changed bigint not null,
    verifier bytea not null,
    primary key (entity, changed)
);
create index iam_password_history_account on iam_password_history (account);
insert into iam_password_history (entity, account, changed, verifier) select entity, account, changed, verifier from iam_login_profile;
-- generated = 0: not yet.
create table iam_credential_report (
    account text not null primary key references iam_account (id) on delete cascade,
    requested bigint not null,
    generated bigint not null,
    content bytea
);
-- step 9
-- Reports of what a user, group, role or policy (its ARN) has been used for: asked for at `created`.
create table iam_access_job (
    id text primary key,
    account text not null references iam_account (id) on delete cascade,
    arn text not null,
    granularity text not null,
    created bigint not null
);
create index iam_access_job_account on iam_access_job (account, id);
