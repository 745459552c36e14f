#include "metrics/work_meter.h"

#include "metrics/exposition.h"

static const char *const end_names[JOB_END_COUNT] = { "done", "again", "dead" };
static const char *const engine_names[METER_ENGINES] = { "local", "gemini", "openai", "other" };
enum { ANSWERED, REFUSED, ESCALATED };
static const char *const outcome_names[METER_OUTCOMES] = { "answered", "refused", "escalated" };

static void count_one(atomic_llong *n) {
    atomic_fetch_add_explicit(n, 1, memory_order_relaxed);
}

void work_meter_job_ended(void *ctx, const struct job_kind *kind, enum job_end end, int64_t us) {
    struct work_meter *m = ctx;
    ptrdiff_t at = kind - m->kinds;
    if (at < 0 || at >= JOB_KINDS_MAX) return;
    count_one(&m->jobs[at].ends[end]);
    histogram_add(&m->jobs[at].took, us);
}

static size_t engine_of(const char *name) {
    size_t i = 0;
    while (i < METER_ENGINES - 1 && strcmp(engine_names[i], name ? name : "") != 0) i++;
    return i;
}

void work_meter_answered(void *ctx, const struct rag_answer *a, int64_t us) {
    struct work_meter *m = ctx;
    size_t engine = engine_of(a->engine);
    count_one(&m->engines[engine].outcomes[a->escalated ? ESCALATED : a->refused ? REFUSED : ANSWERED]);
    histogram_add(&m->engines[engine].took, us);
}

/* ---- reading ---- */

static void write_counts(struct buf *out, const char *name, struct label labels[2], atomic_llong *counts,
                         const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        long long value = atomic_load_explicit(&counts[i], memory_order_relaxed);
        labels[1].value = str_from_c(names[i]);
        if (value > 0) exposition_value(out, name, labels, 2, (double)value);
    }
}

static void write_took(struct buf *out, const char *name, const struct label *label, struct histogram *took) {
    struct histogram_sum sum = { 0 };
    histogram_read(took, &sum);
    if (histogram_count(&sum) > 0) exposition_histogram(out, name, label, 1, &sum);
}

static void write_jobs(struct work_meter *m, struct buf *out) {
    static const char runs[] = "medirecord_job_runs_total", seconds[] = "medirecord_job_duration_seconds";
    struct label labels[2] = { { "kind", STR("") }, { "end", STR("") } };

    exposition_family(out, runs, "counter",
                      "Runs of jobs since the start: done, to be tried again, given up.");
    for (size_t i = 0; m->kinds[i].name; i++) {
        labels[0].value = str_from_c(m->kinds[i].name);
        write_counts(out, runs, labels, m->jobs[i].ends, end_names, JOB_END_COUNT);
    }
    exposition_family(out, seconds, "histogram", "How long runs of jobs took.");
    for (size_t i = 0; m->kinds[i].name; i++) {
        labels[0].value = str_from_c(m->kinds[i].name);
        write_took(out, seconds, labels, &m->jobs[i].took);
    }
}

static void write_answers(struct work_meter *m, struct buf *out) {
    static const char total[] = "medirecord_answers_total", seconds[] = "medirecord_answer_duration_seconds";
    struct label labels[2] = { { "engine", STR("") }, { "outcome", STR("") } };

    exposition_family(out, total, "counter",
                      "Questions of patients since the start: answered, refused, escalated to a doctor.");
    for (size_t i = 0; i < METER_ENGINES; i++) {
        labels[0].value = str_from_c(engine_names[i]);
        write_counts(out, total, labels, m->engines[i].outcomes, outcome_names, METER_OUTCOMES);
    }
    exposition_family(out, seconds, "histogram", "How long answers took to make.");
    for (size_t i = 0; i < METER_ENGINES; i++) {
        labels[0].value = str_from_c(engine_names[i]);
        write_took(out, seconds, labels, &m->engines[i].took);
    }
}

void work_meter_write(struct work_meter *m, struct buf *out) {
    write_jobs(m, out);
    write_answers(m, out);
}
