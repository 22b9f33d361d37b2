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
-- step 2
create table kms_material (
    id text primary key,    -- the key's id; "/" and the number after it from the second on
    key_id text not null references kms_key (id) on delete cascade,
    number bigint not null,
    material bytea,         -- sealed, bound to id; null: imported, and deleted or expired
    public_key bytea,       -- DER; of pairs only
    rotation text check (rotation in ('AUTOMATIC', 'ON_DEMAND')), -- what made it; null: the first
    created bigint not null,
    fingerprint bytea,      -- imported: what may be imported again; sealed, bound to id
    valid_to bigint,        -- imported: when it expires; null: never
    unique (key_id, number)
);
insert into kms_material (id, key_id, number, material, created)
    select id, id, 1, material, created from kms_key;
alter table kms_key drop column material;
alter table kms_key add column spec text not null default 'SYMMETRIC_DEFAULT';
alter table kms_key add column key_usage text not null default 'ENCRYPT_DECRYPT';
alter table kms_key add column origin text not null default 'AWS_KMS'
    check (origin in ('AWS_KMS', 'EXTERNAL'));
alter table kms_key add column material_number bigint not null default 1;
alter table kms_key add column rotation_days bigint; -- null: not by itself
alter table kms_key add column rotation_next bigint;
-- step 3
create table kms_grant (
    id text primary key,    -- 64 hex digits
    key_id text not null references kms_key (id) on delete cascade,
    name text not null,     -- '': none
    grantee text not null,  -- an ARN, or a service's name
    retiring text not null, -- the same; '': none
    operations text not null, -- ",Decrypt,Encrypt,", in order
    constraints text not null, -- GrantConstraints as JSON; '': none
    issuer text not null,   -- the account that made it
    created bigint not null
);
create index kms_grant_list on kms_grant (key_id, id);
create index kms_grant_grantee on kms_grant (key_id, grantee, id);
create index kms_grant_name on kms_grant (key_id, name) where name <> '';
create index kms_grant_retiring on kms_grant (retiring, id) where retiring <> '';
