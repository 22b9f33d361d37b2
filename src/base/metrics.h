/*
 * metrics - counters, gauges and histograms for /metrics (Prometheus text 0.0.4)
 *
 *     metrics_count("slipway_requests_total", "service=\"s3\",operation=\"GetObject\"", 1);
 *     metrics_observe("slipway_request_seconds", "service=\"s3\"", 0.0012);
 *
 * A series exists from its first use on. Labels are written as Prometheus prints
 * them, from fixed sets only (never from request data).
 *
 * Limits    METRICS_MAX_SERIES; beyond it new series are dropped
 * Threads   any
 */
#pragma once

#include "base/buf.h"

enum {
    METRICS_MAX_SERIES = 20000
};

void metrics_count(const char *name, const char *labels, double n);
void metrics_gauge(const char *name, const char *labels, double value);
void metrics_observe(const char *name, const char *labels, double seconds);
void metrics_print(struct buf *out);
