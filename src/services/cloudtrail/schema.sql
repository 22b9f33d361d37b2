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
