-- step 1
create table s3_bucket (
    name text not null primary key,
    account text not null,
    region text not null,
    created bigint not null,
    versioning text check (versioning in ('Enabled', 'Suspended')),
    policy text,
    sse_algorithm text check (sse_algorithm in ('AES256', 'aws:kms')),
    sse_key text,
    bucket_key bigint not null default 0,
    tags text
);
create index s3_bucket_list on s3_bucket (account, name);

-- The versions of a key, newest first by "rank". Of each key one is the latest.
create table s3_object (
    bucket text not null references s3_bucket (name),
    key text not null,
    version text not null,
    id text not null unique,
    rank bigint not null,
    is_latest bigint not null,
    is_marker bigint not null,
    size bigint not null,
    modified bigint not null,
    etag text,
    content_type text,
    headers text,
    metadata text,
    tags text,
    checksum text,
    blob text,
    data_key bytea,
    kms_sealed bytea,
    kms_key text,
    parts bigint not null default 0,
    primary key (bucket, key, version)
);
create unique index s3_object_latest on s3_object (bucket, key) where is_latest = 1;
create index s3_object_list on s3_object (bucket, key) where is_latest = 1 and is_marker = 0;
create unique index s3_object_versions on s3_object (bucket, key, rank desc);

-- What an object of several parts consists of; "at" is where a part begins.
create table s3_object_part (
    object text not null,
    number bigint not null,
    at bigint not null,
    size bigint not null,
    checksum text,
    blob text not null,
    data_key bytea not null,
    primary key (object, number)
);

create table s3_upload (
    id text not null primary key,
    bucket text not null references s3_bucket (name),
    key text not null,
    initiated bigint not null,
    initiator text not null,
    content_type text,
    headers text,
    metadata text,
    tags text,
    algorithm text,
    checksum_type text,
    data_key bytea not null,
    kms_sealed bytea,
    kms_key text
);
create unique index s3_upload_list on s3_upload (bucket, key, id);

create table s3_part (
    upload text not null references s3_upload (id) on delete cascade,
    number bigint not null,
    size bigint not null,
    modified bigint not null,
    etag text not null,
    checksum text,
    blob text,
    data_key bytea,
    primary key (upload, number)
);
