/*
 * server - what one running Slipway consists of; every call and job can reach it
 */
#pragma once

#include "net/httpd.h"
#include "store/blob.h"
#include "store/db.h"
#include "store/notify.h"
#include "store/queue.h"
#include "store/seal.h"

struct service;
struct git; /* git/git.h */
struct iam_door;
struct identity_source;
struct api; /* private to api/: caches, waiters, the audit batch */

struct server {
    struct db *db;
    struct notify *notify;
    struct queue *queue;
    struct seal *seal;
    struct blob_store *blobs;
    struct httpd *httpd;
    struct git *git;       /* opened by codecommit */
    struct iam_door *door; /* opened by iam: wrong passwords are counted in it */
    struct api *api;
    const struct service *const *services;
    size_t services_len;
    const struct identity_source *identity;
    str data_dir;
    str account;                     /* the first account: 12 digits */
    str region;                      /* the default one */
    str endpoint;                    /* "https://localhost:8443": what URLs in answers begin with */
    str ca_path;                     /* absent without TLS */
    const char *rotation_hooks_file; /* NULL: no secret rotates */
    struct rotation_hooks *rotation_hooks; /* opened by secretsmanager */
};
