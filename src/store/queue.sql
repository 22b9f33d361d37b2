-- The durable jobs. `due` is when a waiting job may run, and when the lease of a leased
-- one ends; either way the job is to be claimed from then on.
-- step 1
create table queue_job (
    id text not null primary key,
    kind text not null,
    key text,
    payload bytea not null,
    state text not null check (state in ('waiting', 'leased', 'dead')),
    due bigint not null,
    attempt bigint not null,
    created bigint not null,
    failure text
);
create index queue_job_due on queue_job (due, id) where state <> 'dead';
create index queue_job_state on queue_job (state);
create unique index queue_job_waiting on queue_job (kind, key) where state = 'waiting';
create unique index queue_job_leased on queue_job (kind, key) where state = 'leased';
-- step 2
-- The server that leased it.
alter table queue_job add column owner text;
