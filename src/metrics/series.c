#include "metrics/series.h"

#include <math.h>
#include <stddef.h>

/* A figure is a sum, or what a function makes of the bucket. */
struct column {
    const char *name;
    size_t sum_at; /* in struct activity_sums */
    double (*make)(const struct activity *, size_t bucket);
};

static double seconds(const struct spread_figures *f, double us) {
    return f->count ? us / 1e6 : (double)NAN;
}
static double response_count(const struct activity *a, size_t i) {
    return (double)a->response_by[i].count;
}
static double response_mean(const struct activity *a, size_t i) {
    return seconds(&a->response_by[i], a->response_by[i].mean_us);
}
static double response_p50(const struct activity *a, size_t i) {
    return seconds(&a->response_by[i], (double)a->response_by[i].p50_us);
}
static double response_p95(const struct activity *a, size_t i) {
    return seconds(&a->response_by[i], (double)a->response_by[i].p95_us);
}
static double indexing_mean(const struct activity *a, size_t i) {
    return seconds(&a->indexing_by[i], a->indexing_by[i].mean_us);
}

#define SUM(name, field)                                                                                     \
    { name, offsetof(struct activity_sums, field), NULL }
#define MADE(name, fn)                                                                                       \
    { name, 0, fn }

static const struct column columns[] = {
    SUM("questions", questions),
    SUM("answered", answered),
    SUM("refused", refused),
    SUM("escalated", escalated),
    MADE("response_count", response_count),
    MADE("response_mean_seconds", response_mean),
    MADE("response_p50_seconds", response_p50),
    MADE("response_p95_seconds", response_p95),
    SUM("received", received),
    SUM("out", out),
    SUM("sent", sent),
    SUM("delivered", delivered),
    SUM("read", read),
    SUM("failed", failed),
    SUM("broadcast_sent", broadcast_sent),
    SUM("broadcast_delivered", broadcast_delivered),
    SUM("broadcast_read", broadcast_read),
    SUM("broadcast_replied", broadcast_replied),
    SUM("documents", documents),
    SUM("indexed", indexed),
    SUM("documents_failed", documents_failed),
    MADE("indexing_mean_seconds", indexing_mean),
    SUM("model_calls", model_calls),
    SUM("model_failed", model_failed),
    MADE("up", activity_up),
    MADE("well", activity_well),
};

static double figure(const struct activity *a, const struct column *c, size_t bucket) {
    int64_t n;
    if (c->make) return c->make(a, bucket);
    memcpy(&n, (const char *)&a->buckets[bucket] + c->sum_at, sizeof n);
    return (double)n;
}

void series_put(struct json_out *o, const char *key, double value) {
    if (!isnan(value) && value == floor(value) && fabs(value) < 9e15)
        json_field_int(o, key, (int64_t)value);
    else
        json_field_real(o, key, value);
}

void series_write_json(const struct activity *a, struct json_out *o) {
    json_put_array(o);
    for (size_t i = 0; i < a->period.count; i++) {
        json_put_object(o);
        json_field_time(o, "at", a->period.starts_us[i]);
        for (size_t k = 0; k < COUNT_OF(columns); k++)
            series_put(o, columns[k].name, figure(a, &columns[k], i));
        json_put_object_end(o);
    }
    json_put_array_end(o);
}

static void put_cell(struct buf *out, double value) {
    buf_add_char(out, ',');
    if (isnan(value)) return;
    if (value == floor(value) && fabs(value) < 9e15)
        buf_add_i64(out, (int64_t)value);
    else
        buf_addf(out, "%.6g", value);
}

void series_write_csv(const struct activity *a, struct buf *out) {
    buf_add(out, STR("\xEF\xBB\xBF"
                     "at"));
    for (size_t k = 0; k < COUNT_OF(columns); k++) buf_addf(out, ",%s", columns[k].name);
    buf_add(out, STR("\r\n"));
    for (size_t i = 0; i < a->period.count; i++) {
        char at[TIME_ISO_BYTES];
        time_format_iso(a->period.starts_us[i], at);
        buf_add(out, str_from_c(at));
        for (size_t k = 0; k < COUNT_OF(columns); k++) put_cell(out, figure(a, &columns[k], i));
        buf_add(out, STR("\r\n"));
    }
}
