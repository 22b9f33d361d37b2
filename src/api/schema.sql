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
-- step 2
-- Each lookup of CloudTrail has an index that ends with the order of its answer.
alter table audit_resource add column short_name text;
create index audit_event_by_name on audit_event (account, region, event_name, time, event_id);
create index audit_event_by_source on audit_event (account, region, event_source, time, event_id);
create index audit_event_by_user on audit_event (account, region, user_name, time, event_id);
create index audit_event_by_key on audit_event (account, region, access_key, time, event_id);
create index audit_event_by_change on audit_event (account, region, read_only, time, event_id);
create index audit_event_by_age on audit_event (time);
create index audit_resource_by_short on audit_resource (account, region, short_name, time, event_id);
create index audit_resource_by_type on audit_resource (account, region, type, time, event_id);
-- step 3
-- Reads and refused calls, many to a row (audit_chunk.h).
create table audit_chunk (
    id text not null primary key,
    account text not null,
    region text not null,
    first_time bigint not null,
    last_time bigint not null,
    size bigint not null,
    items bytea not null
);
create index audit_chunk_by_time on audit_chunk (account, region, last_time, id);
create index audit_chunk_by_age on audit_chunk (last_time);
create table audit_chunk_value (
    account text not null,
    region text not null,
    attribute text not null,
    value text not null,
    last_time bigint not null,
    chunk text not null references audit_chunk (id) on delete cascade,
    primary key (account, region, attribute, value, last_time, chunk)
);
create index audit_chunk_value_by_chunk on audit_chunk_value (chunk);
-- step 4
-- Copies of records for those who deliver them elsewhere (audit_copy.h).
create table audit_subscriber (
    id text not null primary key,
    account text not null,
    region text not null,
    is_on bigint not null,
    has_all_regions bigint not null,
    has_global bigint not null,
    wants_data bigint not null
);
create index audit_subscriber_by_account on audit_subscriber (account);
create table audit_copy (
    subscriber text not null references audit_subscriber (id) on delete cascade,
    region text not null,
    id text not null,
    kind text not null,
    size bigint not null,
    items bytea,
    primary key (subscriber, region, id)
);
-- step 5
-- What each user and role has done: when last, each action on each resource (usage.h).
create table audit_usage (
    account text not null,
    principal text not null,
    action text not null,
    resource text not null,
    is_allowed bigint not null,
    last_time bigint not null,
    primary key (account, principal, action, resource, is_allowed)
);
create index audit_usage_by_age on audit_usage (last_time);
-- step 6
-- Access keys and roles (last_use.h).
create table audit_last_use (
    id text not null primary key,
    account text not null,
    service text not null,
    region text not null,
    last_time bigint not null
);
create index audit_last_use_by_account on audit_last_use (account);
