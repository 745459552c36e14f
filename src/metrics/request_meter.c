#include "metrics/request_meter.h"

#include "http/openapi.h"
#include "http/static_site.h"
#include "metrics/exposition.h"

enum { CLASSES = 5, SHARDS_MAX = 16 };

static const char *const class_names[CLASSES] = { "1xx", "2xx", "3xx", "4xx", "5xx" };

#define TOTAL   "medirecord_http_requests_total"
#define SECONDS "medirecord_http_request_duration_seconds"

struct cell {
    atomic_llong by_class[CLASSES];
    struct histogram took;
};

/* The rows of one room, which stand behind each other in memory. */
struct rows {
    const struct route *first;
    size_t count, at; /* at: of the first in the cells */
};

struct request_meter {
    struct rows *sets;
    size_t set_count, row_count; /* row_count: with the two that are no room's */
    int shard_count;
    struct cell *shards[SHARDS_MAX];
};

static size_t count_rows(const struct route *routes) {
    size_t n = 0;
    while (routes[n].path) n++;
    return n;
}

enum status request_meter_new(struct arena *arena, const struct route_set *sets, int threads,
                              struct request_meter **out, struct err *e) {
    struct request_meter *m = arena_alloc(arena, sizeof *m);
    size_t n = 0;

    while (sets[n].routes) n++;
    if (!m || !(m->sets = arena_array(arena, n + 1, sizeof *m->sets)))
        return fail(e, E_LIMIT, NULL, "no memory for counters");
    for (; m->set_count < n; m->set_count++) {
        struct rows *rows = &m->sets[m->set_count];
        *rows =
            (struct rows) { sets[m->set_count].routes, count_rows(sets[m->set_count].routes), m->row_count };
        m->row_count += rows->count;
    }
    m->row_count += 2;
    m->shard_count = threads < 1 ? 1 : threads > SHARDS_MAX ? SHARDS_MAX : threads;
    for (int i = 0; i < m->shard_count; i++) {
        if (!(m->shards[i] = arena_array(arena, m->row_count, sizeof *m->shards[i])))
            return fail(e, E_LIMIT, NULL, "no memory for counters");
    }
    *out = m;
    return OK;
}

/* The dashboard's files are one row, what has no route is the last. */
static size_t row_of(const struct request_meter *m, const struct route *route) {
    for (size_t i = 0; i < m->set_count; i++) {
        const struct rows *rows = &m->sets[i];
        if ((uintptr_t)route >= (uintptr_t)rows->first &&
            (uintptr_t)route < (uintptr_t)(rows->first + rows->count))
            return rows->at + (size_t)(route - rows->first);
    }
    return route == &static_route ? m->row_count - 2 : m->row_count - 1;
}

void request_meter_add(void *ctx, int thread, const struct route *route, int http, int64_t us) {
    struct request_meter *m = ctx;
    struct cell *cell = &m->shards[(unsigned)thread % (unsigned)m->shard_count][row_of(m, route)];
    int class = http / 100 - 1;

    if (class < 0 || class >= CLASSES) class = CLASSES - 1;
    atomic_fetch_add_explicit(&cell->by_class[class], 1, memory_order_relaxed);
    if (us >= 0) histogram_add(&cell->took, us);
}

/* ---- reading ---- */

static const struct route *route_at(const struct request_meter *m, size_t row) {
    for (size_t i = 0; i < m->set_count; i++) {
        const struct rows *rows = &m->sets[i];
        if (row >= rows->at && row < rows->at + rows->count) return &rows->first[row - rows->at];
    }
    return NULL;
}

/* "method" and "route" of a row. */
static void name_row(const struct request_meter *m, size_t row, struct label out[2]) {
    const struct route *route = route_at(m, row);
    const char *path = route ? route->path : row == m->row_count - 2 ? "(dashboard)" : "(none)";
    out[0] = (struct label) { "method", str_from_c(route ? openapi_method(route->method) : "GET") };
    if (row == m->row_count - 1) out[0].value = STR("(any)");
    out[1] = (struct label) { "route", str_from_c(path) };
}

static void write_totals(const struct request_meter *m, size_t row, struct buf *out) {
    struct label labels[3];
    name_row(m, row, labels);
    for (int class = 0; class < CLASSES; class ++) {
        int64_t n = 0;
        for (int i = 0; i < m->shard_count; i++)
            n += atomic_load_explicit(&m->shards[i][row].by_class[class], memory_order_relaxed);
        labels[2] = (struct label) { "status", str_from_c(class_names[class]) };
        if (n > 0) exposition_value(out, TOTAL, labels, 3, (double)n);
    }
}

static void write_seconds(const struct request_meter *m, size_t row, struct buf *out) {
    struct histogram_sum sum = { 0 };
    struct label labels[2];
    for (int i = 0; i < m->shard_count; i++) histogram_read(&m->shards[i][row].took, &sum);
    name_row(m, row, labels);
    if (histogram_count(&sum) > 0) exposition_histogram(out, SECONDS, labels, 2, &sum);
}

void request_meter_write(struct request_meter *m, struct buf *out) {
    exposition_family(out, TOTAL, "counter",
                      "Requests answered since the start, by route and class of status.");
    for (size_t row = 0; row < m->row_count; row++) write_totals(m, row, out);
    exposition_family(out, SECONDS, "histogram",
                      "From the first byte of a request to the last of its answer.");
    for (size_t row = 0; row < m->row_count; row++) write_seconds(m, row, out);
}
