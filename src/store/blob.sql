-- The blobs that rows refer to. One whose refs have come to 0 is removed after a grace
-- period by blob_collect().
-- step 1
create table blob (
    id text not null primary key,
    size bigint not null,
    owner text not null,
    refs bigint not null check (refs >= 0),
    released bigint,
    created bigint not null
);
create index blob_released on blob (released) where refs = 0;
