/*
 * thread - locks that unlock themselves, and named threads
 *
 *     AUTO_UNLOCK pthread_mutex_t *lock = mutex_lock(&cache->lock);
 *
 * Lock order, outermost first: httpd, queue, db, caches, metrics, log. A lock is not
 * held over a system call that may block, except the SQLite writer's.
 */
#pragma once

#include "base/str.h"

#include <pthread.h>

#define AUTO_UNLOCK __attribute__((cleanup(mutex_unlock), unused)) /* its end is its use */
pthread_mutex_t *mutex_lock(pthread_mutex_t *mutex);
void mutex_unlock(pthread_mutex_t **mutex);
/* Waits on a CLOCK_MONOTONIC condition (cond_init). False: timeout_ms are over. < 0: for ever. */
void cond_init(pthread_cond_t *cond);
bool cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t timeout_ms);
/*
 * All signals blocked, a 512 KiB stack, a name for ps -L. Joinable. Ends the process if it
 * cannot start.
 */
pthread_t thread_start(const char *name, void *(*run)(void *arg), void *arg);
