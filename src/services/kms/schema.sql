-- step 1
create table kms_key (
    id text primary key,
    account text not null,
    region text not null,
    description text not null,
    manager text not null check (manager in ('AWS', 'CUSTOMER')),
    state text not null check (state in ('Enabled', 'Disabled', 'PendingDeletion')),
    policy text not null,
    policy_version text not null,
    material bytea not null,
    created bigint not null,
    deletion bigint
);
create unique index kms_key_list on kms_key (account, region, id);
create table kms_tag (
    key_id text not null references kms_key (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (key_id, name)
);
create table kms_alias (
    account text not null,
    region text not null,
    name text not null,
    key_id text not null references kms_key (id) on delete cascade,
    created bigint not null,
    updated bigint not null,
    primary key (account, region, name)
);
create index kms_alias_key on kms_alias (key_id);
