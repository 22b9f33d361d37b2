-- step 1
create table logs_group (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    class text not null,
    created bigint not null,
    retention_days bigint
);
create unique index logs_group_name on logs_group (account, region, name);
create table logs_stream (
    id text primary key,
    group_id text not null references logs_group (id) on delete cascade,
    name text not null,
    created bigint not null,
    first_event bigint,
    last_event bigint,
    last_ingestion bigint,
    next_seq bigint not null
);
create unique index logs_stream_name on logs_stream (group_id, name);
create index logs_stream_recent on logs_stream (group_id, last_event, name);
create table logs_chunk (
    stream_id text not null references logs_stream (id) on delete cascade,
    seq bigint not null,
    group_id text not null,
    first_ms bigint not null,
    last_ms bigint not null,
    ingested bigint not null,
    events bytea not null,
    primary key (stream_id, seq)
);
create index logs_chunk_time on logs_chunk (group_id, first_ms, stream_id, seq);
create index logs_chunk_age on logs_chunk (group_id, last_ms);
-- step 2
alter table logs_stream add column bytes bigint not null default 0;
update logs_stream set bytes = (select coalesce(sum(length(events)), 0) from logs_chunk where stream_id = logs_stream.id);
drop index logs_stream_recent;
create index logs_stream_latest on logs_stream (group_id, coalesce(last_event, -1), name);
create index logs_stream_size on logs_stream (group_id, bytes);
