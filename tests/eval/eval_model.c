/*
 * What a model adds, and what it spoils: our own made-up records asked without a model and with one. Either a real one, behind an address that speaks
 * OpenAI's chat completions; or, where none is set, the best and the worst there could be (extreme_reader.h). The
 * halves as in eval_records; every STEPth question, since a model on a small machine takes seconds for each.
 *
 *   [OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_MODEL=…] eval_model FOLDER MEDIRECORD_EXTRACT [STEP] [--misses]
 */
#include <stdio.h>
#include <stdlib.h>

#include "asking_model.h"
#include "base/config.h"
#include "base/crypto.h"
#include "eval.h"
#include "labelled.h"
#include "made_set.h"
#include "models/models.h"

/* alarmed: of with_refused, those that tell of a danger: the emergency number comes first, whatever a paper says. */
struct counts {
    size_t with, with_refused, alarmed, right, without, without_refused;
    struct figures figures;
};

struct half {
    struct counts local, model;
    size_t asked, ends[MODEL_END_COUNT];
    size_t lost[MODEL_END_COUNT]; /* of answerable questions that were refused */
    int64_t own_us, own_max_us, wait_us;
};

struct run {
    struct asking asking;
    struct made_set set;
    struct http_client *client;
    struct models *models; /* NULL: no real model is asked */
    struct model_asking model;
    bool wants_misses;
};

static struct str setting(const char *name) {
    const char *value = getenv(name);
    return value ? str_from_c(value) : STR("");
}

static void open_model(struct arena *arena, struct run *r) {
    struct err err = { 0 };
    const struct config config = { .llm = LLM_OPENAI,
                                   .embedder = EMBEDDER_NONE,
                                   .openai_base_url = setting("OPENAI_BASE_URL"),
                                   .openai_model = setting("OPENAI_MODEL") };
    if (crypto_init(&err) != OK || http_client_new(arena, &r->client, &err) != OK) eval_end(err.detail);
    if (config.openai_base_url.n == 0) return;
    if (models_open(arena, &config, r->client, &r->models, &err) != OK) eval_end(err.detail);
    r->model.generator = models_generator(r->models);
}

static void count(struct run *r, const struct made_question *q, const struct rag_answer *a,
                  struct counts *n) {
    bool answered = asking_is_answered(a);
    if (answered) asking_figures(a, &n->figures);
    if (q->answerable) {
        n->with++;
        n->with_refused += !answered;
        n->alarmed += a->escalated;
        n->right += answered && asking_holds(&r->asking, a, q->words);
    } else {
        n->without++;
        n->without_refused += !answered;
    }
}

static struct patient patient_of(const struct made_record *of) {
    struct patient p = patient_blank();
    p.id = of->person.id;
    p.first_name = of->person.first_name;
    p.last_name = of->person.last_name;
    p.date_of_birth = of->person.birth;
    return p;
}

static enum model_end ask_model(struct run *r, const struct made_question *q, struct rag_answer *a,
                                struct half *n) {
    struct model_report report;
    struct patient patient = patient_of(q->of);
    r->model.reader.words = q->answerable ? q->words : STR("");
    asking_model(&r->asking, &r->model, q->of->record, &patient, q->text, a, &report);
    if (report.called) {
        n->asked++;
        n->own_us += report.own_us;
        n->wait_us += report.wait_us;
        if (report.own_us > n->own_max_us) n->own_max_us = report.own_us;
    }
    n->ends[report.end]++;
    n->lost[report.end] += q->answerable && !asking_is_answered(a);
    return report.end;
}

static const char *end_name(enum model_end end) {
    const struct model_report report = { .end = end };
    if (end == MODEL_NOT_OPEN) return "not_open";
    if (end == MODEL_SAID) return "said";
    return end == MODEL_NOT_GIVEN ? "not_given" : model_fallback_name(&report);
}

static void tell(const struct run *r, const char *what, const struct made_question *q,
                 const struct rag_answer *a, enum model_end end) {
    if (r->wants_misses && !made_is_kept_out(q->of))
        printf("%02d %s, %s: %.*s (%.*s) [%s]\n    %.*s\n", q->of->number, what, end_name(end),
               STR_ARG(q->text), STR_ARG(q->words), intent_name(a->intent), STR_ARG(a->text));
}

static void ask(struct run *r, const struct made_question *q, struct half *n) {
    struct rag_answer a;
    r->asking.today = made_today(q->of);
    asking_ask(&r->asking, q->of->record, q->text, &a);
    count(r, q, &a, &n->local);
    enum model_end end = ask_model(r, q, &a, n);
    count(r, q, &a, &n->model);
    bool answered = asking_is_answered(&a);
    if (!q->answerable && answered) tell(r, "not_refused", q, &a, end);
    if (!q->answerable) return;
    bool right = answered && asking_holds(&r->asking, &a, q->words);
    if (!right) tell(r, answered ? "wrong" : "refused", q, &a, end);
}

static void print_counts(const char *half, const char *how, const struct counts *n) {
    printf(
        "model %-9s %-8s answerable=%zu refused=%.3f (alarmed=%.3f) right=%.3f unanswerable=%zu refused=%.3f figures=%zu "
        "borne=%.3f\n",
        half, how, n->with, eval_share(n->with_refused, n->with), eval_share(n->alarmed, n->with),
        eval_share(n->right, n->with), n->without, eval_share(n->without_refused, n->without), n->figures.all,
        eval_share(n->figures.borne, n->figures.all));
}

/* Of each end how many questions, and how many of them have an answer and were refused. */
static void print(const char *name, const struct half *n) {
    print_counts(name, "without", &n->local);
    print_counts(name, "with", &n->model);
    printf("model %-9s asked=%zu", name, n->asked);
    for (enum model_end end = 0; end < MODEL_END_COUNT; end++)
        if (n->ends[end]) printf(" %s=%zu/%zu", end_name(end), n->ends[end], n->lost[end]);
    printf(" own_ms=%.1f own_max_ms=%.1f wait_ms=%.0f\n",
           n->asked ? (double)n->own_us / 1000 / (double)n->asked : 0, (double)n->own_max_us / 1000,
           n->asked ? (double)n->wait_us / 1000 / (double)n->asked : 0);
}

static void ask_all(struct run *r, size_t step) {
    struct half *halves = eval_need(calloc(2, sizeof *halves));
    for (size_t i = 0; i < r->set.question_count; i += step) {
        ask(r, &r->set.questions[i], &halves[made_is_kept_out(r->set.questions[i].of)]);
        if (r->models)
            fprintf(stderr, "\r%zu of %zu", i / step + 1, (r->set.question_count + step - 1) / step);
        fflush(stdout);
    }
    if (r->models) fprintf(stderr, "\n");
    printf("model %.*s\n", STR_ARG(r->model.generator->model));
    print("tuned", &halves[0]);
    print("kept_out", &halves[1]);
    free(halves);
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_model FOLDER MEDIRECORD_EXTRACT [STEP] [--misses]");
    struct arena *arena = eval_need(arena_new((size_t)64 << 20));
    struct run *r = eval_need(arena_alloc(arena, sizeof *r));
    struct paper_reader *reader = paper_reader_open(arena, argv[2]);
    size_t step = argc > 3 ? strtoul(argv[3], NULL, 10) : 1;
    if (step == 0) eval_end("STEP is a number from 1");
    *r = (struct run) { .model.keep = eval_need(arena_new((size_t)1 << 20)),
                        .wants_misses = argc > 4 && strcmp(argv[4], "--misses") == 0 };
    open_model(arena, r);
    asking_open(&r->asking, (struct date) { 0 });
    made_set_read(arena, reader, argv[1], &r->set);
    if (r->models) {
        ask_all(r, step);
    } else {
        for (enum reader_kind kind = READER_PERFECT; kind <= READER_EAGER; kind++) {
            r->model.generator = extreme_reader_open(&r->model.reader, kind);
            ask_all(r, step);
        }
    }
    made_set_done(&r->set);
    models_close(r->models);
    http_client_free(r->client);
    paper_reader_close(reader);
    asking_close(&r->asking);
    arena_free(r->model.keep);
    arena_free(arena);
    return 0;
}
