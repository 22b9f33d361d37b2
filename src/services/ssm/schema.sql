-- step 1
create table ssm_parameter (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    version bigint not null,
    tier text not null check (tier in ('Standard', 'Advanced')),
    expires bigint
);
create unique index ssm_parameter_name on ssm_parameter (account, region, name);
create table ssm_version (
    parameter_id text not null references ssm_parameter (id) on delete cascade,
    version bigint not null,
    type text not null check (type in ('String', 'StringList', 'SecureString')),
    tier text not null,
    description text,
    key_id text,
    pattern text,
    policies text,
    data_type text not null,
    changed bigint not null,
    changed_by text not null,
    value bytea not null,
    primary key (parameter_id, version)
);
create table ssm_label (
    parameter_id text not null,
    label text not null,
    version bigint not null,
    primary key (parameter_id, label),
    foreign key (parameter_id, version) references ssm_version (parameter_id, version) on delete cascade
);
create index ssm_label_version on ssm_label (parameter_id, version);
create table ssm_tag (
    parameter_id text not null references ssm_parameter (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (parameter_id, name)
);
create table ssm_count (
    account text not null,
    region text not null,
    tier text not null,
    parameters bigint not null,
    primary key (account, region, tier)
);
