-- step 1
create table codepipeline_pipeline (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    version bigint not null,
    created bigint not null,
    updated bigint not null,
    unique (account, region, name)
);
create table codepipeline_version (
    account text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    version bigint not null,
    declaration text not null,
    primary key (pipeline, version)
);
create table codepipeline_tag (
    account text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (pipeline, name)
);
create table codepipeline_source (
    account text not null,
    region text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    action text not null,
    provider text not null,
    resource text not null,
    primary key (pipeline, action)
);
create index codepipeline_source_resource on codepipeline_source (account, region, provider, resource);
create table codepipeline_stage (
    account text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    name text not null,
    is_disabled bigint not null,
    reason text,
    changed_by text,
    changed bigint,
    latest_execution text,
    latest_status text,
    retries bigint not null,
    primary key (pipeline, name)
);
create table codepipeline_execution (
    id text primary key,
    account text not null,
    region text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    position text not null,
    version bigint not null,
    status text not null check (status in ('InProgress', 'Stopping', 'Stopped', 'Succeeded', 'Superseded', 'Failed')),
    stage text not null,
    is_waiting bigint not null,
    trigger_type text not null,
    trigger_detail text not null,
    stop_reason text,
    wanted text not null,
    variables text not null,
    revisions text not null,
    sources text not null,
    token text,
    started bigint not null,
    updated bigint not null
);
create unique index codepipeline_execution_position on codepipeline_execution (pipeline, position);
create index codepipeline_execution_live on codepipeline_execution (pipeline, position) where status in ('InProgress', 'Stopping');
create unique index codepipeline_execution_token on codepipeline_execution (pipeline, token) where token is not null;
create table codepipeline_passed (
    account text not null,
    execution text not null references codepipeline_execution (id) on delete cascade,
    pipeline text not null,
    stage text not null,
    position text not null,
    primary key (execution, stage)
);
create index codepipeline_passed_stage on codepipeline_passed (pipeline, stage, position);
create table codepipeline_action (
    id text primary key,
    account text not null,
    region text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    execution text not null references codepipeline_execution (id) on delete cascade,
    position text not null,
    stage text not null,
    name text not null,
    status text not null check (status in ('InProgress', 'Abandoned', 'Succeeded', 'Failed')),
    is_current bigint not null,
    token text,
    external text,
    detail text not null,
    outputs text not null,
    revision text
);
create unique index codepipeline_action_position on codepipeline_action (pipeline, position);
create index codepipeline_action_execution on codepipeline_action (execution, position);
create index codepipeline_action_external on codepipeline_action (account, region, external) where status = 'InProgress';
create table codepipeline_latest (
    account text not null,
    pipeline text not null references codepipeline_pipeline (id) on delete cascade,
    stage text not null,
    name text not null,
    action text not null,
    primary key (pipeline, stage, name)
);
-- step 2
alter table codepipeline_pipeline add column mark bigint not null default 0; -- api/kept.h
