#include "metrics/activity.h"

#include <stdlib.h>

#include "db/db.h"
#include "metrics/sample.h"
#include "queries.h"

/* As metrics.sql says how far a message has come. */
enum progress { WAITS, SENT, DELIVERED, READ, FAILED, SUPERSEDED };

/* The sums of the bucket that a time lies in; NULL: of none. */
static struct activity_sums *sums_at(struct activity *a, int64_t at_us, size_t *bucket) {
    return period_bucket(&a->period, at_us, bucket) ? &a->buckets[*bucket] : NULL;
}

/* ---- messages ---- */

static void count_progress(struct activity_sums *sums, enum progress progress, bool is_broadcast) {
    bool sent = progress >= SENT && progress <= READ;
    sums->out += progress != SUPERSEDED;
    sums->sent += sent;
    sums->delivered += progress == DELIVERED || progress == READ;
    sums->read += progress == READ;
    sums->failed += progress == FAILED;
    if (!is_broadcast) return;
    sums->broadcast_sent += sent;
    sums->broadcast_delivered += progress == DELIVERED || progress == READ;
    sums->broadcast_read += progress == READ;
}

static enum status add_out(struct activity *a, const struct db_val *col, struct activity_sums *sums,
                           size_t bucket, struct err *e) {
    enum progress progress = (enum progress)col[4].i;
    bool is_broadcast = col[2].i != 0;
    enum status s = OK;

    count_progress(sums, progress, is_broadcast);
    if (is_broadcast && progress >= SENT && progress <= READ)
        s = echo_sent(&a->echo, col[3].i, col[5].i, bucket, e);
    if (s == OK && col[6].type != DB_NULL) s = spread_add(&a->response, bucket, col[6].i, e);
    if (s == OK && progress == FAILED) s = name_count_add(&a->message_errors, a->arena, col[7].s, false, e);
    return s;
}

static enum status add_message(void *ctx, const struct db_val *col, struct err *e) {
    struct activity *a = ctx;
    size_t bucket, of_broadcast;
    struct activity_sums *sums = sums_at(a, col[0].i, &bucket);

    if (!sums) return OK;
    if (!col[1].i) return add_out(a, col, sums, bucket, e);
    sums->received++;
    if (echo_heard(&a->echo, col[3].i, col[0].i, &of_broadcast)) a->buckets[of_broadcast].broadcast_replied++;
    return OK;
}

/* ---- questions ---- */

/* The milliseconds behind "total" of the logged timings; negative: not there. */
static double total_ms(struct str timings) {
    static const struct str key = { "\"total\":", 8 };
    char text[32];
    size_t at = str_find(timings, key);
    if (at >= timings.n) return -1;
    struct str rest = str_sub(timings, at + key.n, sizeof text - 1);
    memcpy(text, rest.p, rest.n);
    text[rest.n] = 0;
    return strtod(text, NULL);
}

static enum status add_question(void *ctx, const struct db_val *col, struct err *e) {
    struct activity *a = ctx;
    bool refused = col[2].i != 0, escalated = col[3].i != 0;
    size_t bucket;
    struct activity_sums *sums = sums_at(a, col[0].i, &bucket);
    enum status s;

    if (!sums) return OK;
    sums->questions++;
    sums->escalated += escalated;
    sums->refused += refused && !escalated;
    sums->answered += !refused && !escalated;
    s = name_count_add(&a->intents, a->arena, escalated ? STR("danger") : col[1].s, refused && !escalated, e);
    return s == OK ? name_count_add(&a->engines, a->arena, col[4].s, false, e) : s;
}

static enum status add_asked_at_once(void *ctx, const struct db_val *col, struct err *e) {
    struct activity *a = ctx;
    size_t bucket;
    double ms = total_ms(col[1].s);
    if (ms < 0 || !period_bucket(&a->period, col[0].i, &bucket)) return OK;
    return spread_add(&a->response, bucket, (int64_t)(ms * 1000), e);
}

/* ---- documents, models, services ---- */

static enum status add_document(void *ctx, const struct db_val *col, struct err *e) {
    struct activity *a = ctx;
    bool indexed = str_eq(col[1].s, STR("indexed")), failed = str_eq(col[1].s, STR("failed"));
    size_t bucket;
    struct activity_sums *sums = sums_at(a, col[0].i, &bucket);

    if (!sums) return OK;
    sums->documents++;
    sums->indexed += indexed;
    sums->documents_failed += failed;
    if (indexed && col[3].type != DB_NULL) return spread_add(&a->indexing, bucket, col[3].i - col[0].i, e);
    return failed ? name_count_add(&a->document_errors, a->arena, col[2].s, false, e) : OK;
}

static enum status add_call(void *ctx, const struct db_val *col, struct err *e) {
    struct activity *a = ctx;
    double usd;
    size_t bucket;
    struct activity_sums *sums = sums_at(a, col[0].i, &bucket);

    (void)e;
    if (!sums) return OK;
    sums->model_calls++;
    sums->model_failed += !str_in_words(col[2].s, "generated OK");
    if (a->prices && model_call_cost(a->prices, col[1].s, col[3].i, col[4].i, &usd)) a->model_usd += usd;
    return OK;
}

static enum status add_sample(void *ctx, const struct sample *sample, struct err *e) {
    struct activity *a = ctx;
    size_t bucket;
    struct activity_sums *sums = sums_at(a, sample->at_us, &bucket);

    (void)e;
    if (!sums) return OK;
    sums->samples++;
    sums->samples_well += str_eq(sample->sending, STR("ok")) && str_in_words(sample->model, "ok none") &&
                          str_in_words(sample->embedder, "ok none");
    return OK;
}

/* ---- all ---- */

static void add_up(struct activity *a) {
    enum { FIGURES = sizeof(struct activity_sums) / sizeof(int64_t) };
    _Static_assert(sizeof(struct activity_sums) % sizeof(int64_t) == 0, "sums of int64_t and nothing else");
    int64_t all[FIGURES] = { 0 }, one[FIGURES];
    for (size_t i = 0; i < a->period.count; i++) {
        memcpy(one, &a->buckets[i], sizeof one);
        for (size_t k = 0; k < FIGURES; k++) all[k] += one[k];
    }
    memcpy(&a->all, all, sizeof all);
    spread_figures(&a->response, &a->response_all, a->response_by, a->period.count);
    spread_figures(&a->indexing, &a->indexing_all, a->indexing_by, a->period.count);
    name_counts_sort(&a->intents);
    name_counts_sort(&a->engines);
    name_counts_sort(&a->message_errors);
    name_counts_sort(&a->document_errors);
}

enum status activity_read(struct db *db, struct arena *arena, int64_t now_us, int64_t hours,
                          const struct model_prices *prices, struct activity *a, struct err *e) {
    enum status s;

    *a = (struct activity) { .arena = arena, .prices = prices };
    a->response.arena = a->indexing.arena = a->echo.arena = arena;
    period_of(now_us, hours, &a->period);
    const struct db_val since[] = { db_int(period_from_us(&a->period)) };
    if ((s = db_run(db, &q_activity_messages, since, add_message, a, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_activity_questions, since, add_question, a, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_activity_asked_at_once, since, add_asked_at_once, a, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_activity_documents, since, add_document, a, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_activity_model_calls, since, add_call, a, NULL, e)) != OK) return s;
    if ((s = db_get_i64(db, &q_metric_sample_first, NULL, &a->sampled_since_us, e)) != OK) return s;
    s = sample_each(db, period_from_us(&a->period), now_us + 1, add_sample, a, e);
    if (s == OK) add_up(a);
    return s;
}
