-- step 1
create table codebuild_project (
    account text not null,
    region text not null,
    name text not null,
    declaration text not null,
    created bigint not null,
    modified bigint not null,
    last_number bigint not null,
    primary key (account, region, name)
);
create index codebuild_project_created on codebuild_project (account, region, created, name);
create index codebuild_project_modified on codebuild_project (account, region, modified, name);
create table codebuild_build (
    id text primary key,
    account text not null,
    region text not null,
    project text not null,
    position text not null,
    state text not null check (state in ('QUEUED', 'RUNNING', 'ENDED')),
    declaration text not null,
    artifacts text not null,
    secondary_artifacts text not null,
    env_type text not null,
    created bigint not null,
    token text,
    poll_token text,
    worker text,
    lease text,
    lease_until bigint,
    attempts bigint not null,
    stop_requested bigint not null,
    started bigint
);
create unique index codebuild_build_position on codebuild_build (account, region, position);
create unique index codebuild_build_project on codebuild_build (account, region, project, position);
create index codebuild_build_queue on codebuild_build (state, position) where state = 'QUEUED';
create index codebuild_build_running on codebuild_build (account, region, project) where state <> 'ENDED';
create index codebuild_build_poll on codebuild_build (poll_token) where poll_token is not null;
create index codebuild_build_token on codebuild_build (account, region, project, token) where token is not null;
-- step 2
alter table codebuild_build add column worker_secret text;
create index codebuild_build_worker on codebuild_build (worker_secret) where state = 'RUNNING';
