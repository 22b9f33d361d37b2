-- step 1
create table secretsmanager_secret (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    suffix text not null,
    description text,
    key_id text,
    policy text,
    created bigint not null,
    changed bigint not null,
    deletion bigint
);
create unique index secretsmanager_secret_name on secretsmanager_secret (account, region, name);
create index secretsmanager_secret_created on secretsmanager_secret (account, region, created, id);
create table secretsmanager_version (
    secret_id text not null references secretsmanager_secret (id) on delete cascade,
    id text not null,
    created bigint not null,
    is_binary bigint not null,
    key_id text,
    value bytea not null,
    primary key (secret_id, id)
);
create index secretsmanager_version_created on secretsmanager_version (secret_id, created, id);
create table secretsmanager_stage (
    secret_id text not null,
    stage text not null,
    version_id text not null,
    primary key (secret_id, stage),
    foreign key (secret_id, version_id) references secretsmanager_version (secret_id, id) on delete cascade
);
create index secretsmanager_stage_version on secretsmanager_stage (secret_id, version_id);
create table secretsmanager_tag (
    secret_id text not null references secretsmanager_secret (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (secret_id, name)
);
-- step 2
-- Rotation. A version that has no value yet (an empty one) waits for its first step.
alter table secretsmanager_secret add column rotation_enabled bigint;
alter table secretsmanager_secret add column rotation_function text;
alter table secretsmanager_secret add column rotation_rules text;
alter table secretsmanager_secret add column rotation_next bigint;
alter table secretsmanager_secret add column rotated bigint;
alter table secretsmanager_secret add column rotation_version text;
alter table secretsmanager_secret add column rotation_step text;
alter table secretsmanager_secret add column rotation_tries bigint;
