-- step 1
create table codecommit_repository (
    id text primary key,
    account text not null,
    region text not null,
    name text not null,
    description text,
    kms_key text not null,      -- ARN of the KMS key that the data key is sealed under
    is_customer_key bigint not null,
    created bigint not null,
    modified bigint not null,
    unique (account, region, name)
);
create index codecommit_repository_modified
    on codecommit_repository (account, region, modified, name);
create table codecommit_tag (
    repository text not null references codecommit_repository (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (repository, name)
);
-- step 2
alter table codecommit_repository add column mark bigint not null default 0; -- api/kept.h
