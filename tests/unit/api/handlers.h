/* handlers - what the handlers of the test services count and obey */
#pragma once

#include "testjson.h"
#include "testquery.h"
#include "testrest.h"

extern int test_puts;         /* how often Put ran */
extern int test_wait_answers; /* 1: Wait has something to say */
extern int test_wait_runs;    /* how often Wait ran */
extern int64_t test_mark;     /* of all that Show shows (api/kept.h) */
extern size_t test_show_len;  /* of its answer */
extern int test_shows;        /* how often Show had to make it */
