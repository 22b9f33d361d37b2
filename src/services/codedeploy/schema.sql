-- step 1
create table codedeploy_application (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    created bigint not null
);
create unique index codedeploy_application_name on codedeploy_application (account, region, name);
create table codedeploy_tag (
    account text not null,
    arn text not null,
    name text not null,
    value text not null,
    primary key (arn, name)
);
create table codedeploy_config (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    declaration text not null,
    created bigint not null
);
create unique index codedeploy_config_name on codedeploy_config (account, region, name);
create table codedeploy_group (
    id text primary key,
    account text not null,
    region text not null,
    application_id text not null references codedeploy_application (id) on delete cascade,
    name text not null,
    config text not null,
    declaration text not null,
    last_attempted text,
    last_successful text,
    created bigint not null
);
create unique index codedeploy_group_name on codedeploy_group (application_id, name);
create index codedeploy_group_config on codedeploy_group (account, region, config);
create table codedeploy_revision (
    application_id text not null references codedeploy_application (id) on delete cascade,
    location text not null,
    bucket text not null,
    key text not null,
    description text,
    registered bigint not null,
    first_used bigint,
    last_used bigint,
    primary key (application_id, location)
);
-- An on-premises instance; a deregistered one stays to be looked at.
create table codedeploy_instance (
    account text not null,
    region text not null,
    name text not null,
    arn text not null,
    iam_user_arn text,
    iam_session_arn text,
    registered bigint not null,
    deregistered bigint,
    primary key (account, region, name)
);
create unique index codedeploy_instance_user on codedeploy_instance (region, iam_user_arn) where deregistered is null;
create unique index codedeploy_instance_session on codedeploy_instance (region, iam_session_arn) where deregistered is null;
create table codedeploy_instance_tag (
    account text not null,
    region text not null,
    instance text not null,
    name text not null,
    value text not null,
    primary key (account, region, instance, name)
);
-- What the last deployment that reached an instance left there.
create table codedeploy_health (
    group_id text not null references codedeploy_group (id) on delete cascade,
    instance text not null,
    is_healthy bigint not null,
    revision text not null,
    primary key (group_id, instance)
);
create table codedeploy_deployment (
    id text primary key,
    account text not null,
    region text not null,
    application_id text not null,
    group_id text not null,
    group_name text not null,
    status text not null check (status in ('Created', 'Queued', 'InProgress', 'Succeeded', 'Failed', 'Stopped')),
    stop text not null default '' check (stop in ('', 'stop', 'rollback')),
    minimum bigint not null default 0,
    declaration text not null,
    created bigint not null
);
create index codedeploy_deployment_list on codedeploy_deployment (account, region, created, id);
create index codedeploy_deployment_group on codedeploy_deployment (group_id, created, id);
create index codedeploy_deployment_application on codedeploy_deployment (application_id, created, id);
create unique index codedeploy_deployment_active on codedeploy_deployment (group_id)
    where status in ('Created', 'Queued', 'InProgress');
-- An instance in a deployment. `host` is whom its agent calls as.
create table codedeploy_target (
    deployment_id text not null references codedeploy_deployment (id) on delete cascade,
    name text not null,
    position bigint not null,
    host text not null,
    was_healthy bigint not null,
    begun bigint not null,
    status text not null check (status in ('Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped')),
    declaration text not null,
    primary key (deployment_id, name)
);
-- One lifecycle event for one host.
create table codedeploy_command (
    id text primary key,
    account text not null,
    region text not null,
    host text not null,
    deployment_id text not null references codedeploy_deployment (id) on delete cascade,
    target text not null,
    event text not null,
    state text not null check (state in ('Pending', 'InProgress', 'Succeeded', 'Failed')),
    created bigint not null,
    delivered bigint not null,
    deadline bigint not null
);
create unique index codedeploy_command_open on codedeploy_command (deployment_id, target)
    where state in ('Pending', 'InProgress');
create index codedeploy_command_host on codedeploy_command (account, region, host, created) where state = 'Pending';
-- step 2
create index codedeploy_instance_tag_name on codedeploy_instance_tag (account, region, name, instance);
create index codedeploy_instance_tag_value on codedeploy_instance_tag (account, region, value, instance);
create index codedeploy_instance_tag_pair on codedeploy_instance_tag (account, region, name, value, instance);
