-- step 1
create table cloudtrail_trail (
    id text not null primary key references audit_subscriber (id) on delete cascade,
    account text not null,
    region text not null,
    name text not null,
    bucket text not null,
    prefix text,
    kms_key text,
    has_global bigint not null,
    is_multi_region bigint not null,
    selectors text,
    is_logging bigint not null,
    created bigint not null,
    started bigint,
    stopped bigint,
    unique (account, region, name)
);
create table cloudtrail_tag (
    trail text not null references cloudtrail_trail (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (trail, name)
);
-- What became of the deliveries, of each kind: files.
create table cloudtrail_delivery (
    trail text not null references cloudtrail_trail (id) on delete cascade,
    kind text not null,
    attempted bigint not null,
    succeeded bigint,
    error text,
    primary key (trail, kind)
);
-- step 2
-- Digest files: the chain of a trail's region, as far as it goes, and what its next file tells of.
alter table cloudtrail_trail add column has_validation bigint not null default 0;
create table cloudtrail_chain (
    id text not null primary key,
    trail text not null references cloudtrail_trail (id) on delete cascade,
    region text not null,
    started bigint not null,
    bucket text,
    object text,
    hash text,
    signature text,
    unique (trail, region)
);
create table cloudtrail_log_file (
    chain text not null references cloudtrail_chain (id) on delete cascade,
    delivered bigint not null,
    bucket text not null,
    object text not null,
    hash text not null,
    oldest text not null,
    newest text not null,
    primary key (chain, delivered, object)
);
-- The server's own keys, of each region; a key that signs no more has no private half.
create table cloudtrail_signing_key (
    id text not null primary key,
    region text not null,
    fingerprint text not null,
    public_key bytea not null,
    sealed bytea,
    valid_from bigint not null,
    valid_until bigint not null
);
create index cloudtrail_signing_key_by_time on cloudtrail_signing_key (region, valid_until);
-- step 3
-- Delivery to CloudWatch Logs.
alter table cloudtrail_trail add column log_group text;
alter table cloudtrail_trail add column log_role text;
