-- step 1
create table git_repository (
    id text primary key,
    generation bigint not null,      -- grows with every change of refs or packs
    pack_number bigint not null,     -- of the newest pack
    head text,                       -- "refs/heads/main"; null: no default branch yet
    key bytea not null,              -- sealed by the service's git_keys
    created bigint not null
);
create table git_ref (
    repository text not null references git_repository (id),
    name text not null,
    id text not null check (length(id) = 40),
    peeled text check (length(peeled) = 40),
    primary key (repository, name)
);
create table git_pack (
    repository text not null references git_repository (id),
    number bigint not null,
    name text not null,              -- the hash in pack-<name>.pack
    salt text not null,              -- with the repository's key it makes the blobs' keys
    blob text not null,
    size bigint not null,
    index_blob text not null,
    index_size bigint not null,
    objects bigint not null,
    created bigint not null,
    primary key (repository, number),
    unique (repository, name)
);
