-- step 1
create table audit_event (
    account text not null,
    region text not null,
    event_id text not null primary key,
    time bigint not null,
    event_source text not null,
    event_name text not null,
    read_only bigint not null,
    user_name text,
    access_key text,
    error_code text,
    record text not null
);
create index audit_event_by_time on audit_event (account, region, time, event_id);
create table audit_resource (
    event_id text not null references audit_event (event_id) on delete cascade,
    name text not null,
    account text not null,
    region text not null,
    time bigint not null,
    type text,
    primary key (event_id, name)
);
create index audit_resource_by_name on audit_resource (account, region, name, time, event_id);
