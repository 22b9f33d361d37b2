/* handlers - what the handlers of the test services count and obey */
#pragma once

#include "testjson.h"
#include "testquery.h"
#include "testrest.h"

extern int test_puts;         /* how often Put ran */
extern int test_wait_answers; /* 1: Wait has something to say */
extern int test_wait_runs;    /* how often Wait ran */
