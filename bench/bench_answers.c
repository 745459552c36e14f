/*
 * bench_answers -- how long answers without a model take over a real database, for a patient with about 1,000 passages.
 *
 *     bench_answers MEDIRECORD_EXTRACT [RUNS]
 *
 * Prints the medians of RUNS (7) runs: retrieval with the record in the cache, and read from the database into a new one; question to logged
 * answer, p50 and p99 of 500 questions of every kind. A run has a database handle and an assistant of its own.
 */
#include <stdio.h>
#include <stdlib.h>

#include "eval.h"
#include "eval_clinic.h"
#include "rag/rag_room.h"

enum { DOCUMENTS = 10, PARAGRAPHS = 100, QUESTIONS = 500, RUNS_MAX = 50 };

static const char *const questions[] = { "Quelle est ma dernière ordonnance ?",
                                         "Quelle est la posologie du paracétamol ?",
                                         "Quel est mon taux de glycémie ?",
                                         "Mobilité de la hanche ?",
                                         "Quelles sont mes allergies ?",
                                         "c koi ma tansion",
                                         "merci docteur" };
static const char searched[] = "Mobilité de la hanche ?"; /* no fact answers it: the passages are searched */

struct times {
    double cached, cold, p50, p99; /* ms */
};

static int by_value(const void *va, const void *vb) {
    const double *a = va, *b = vb;
    return (*a > *b) - (*a < *b);
}

static double at_share(double *list, size_t count, double share) {
    qsort(list, count, sizeof *list, by_value);
    return list[(size_t)((double)(count - 1) * share)];
}

/* A report with a heading over each paragraph, no two alike. */
static struct str report(struct arena *arena, int number) {
    static const char *const places[] = {
        "genou", "épaule", "dos", "poignet", "cheville", "coude", "hanche"
    };
    struct str text = STR("COMPTE RENDU DE CONSULTATION\nDakar, le 3 mars 2026\n");
    for (int i = 0; i < PARAGRAPHS; i++) {
        int at = number * PARAGRAPHS + i;
        if (!arena_printf(
                arena, &text,
                "%.*s\nOBSERVATION %d\nLe patient décrit une douleur au %s apparue il y a %d jours, d'intensité %d "
                "sur 10, soulagée par le repos.\nL'examen retrouve une mobilité de %d degrés. La tension artérielle "
                "est à %d/%d mmHg, le poids à %d kg.\nConduite à tenir : repos, glace, surveillance et nouvelle "
                "consultation dans %d semaines si la douleur persiste.\n",
                STR_ARG(text), at, places[at % 7], at % 90 + 1, at % 10, at % 140 + 20, 110 + at % 50,
                60 + at % 30, 50 + at % 60, at % 8 + 1))
            eval_end("no memory");
    }
    return text;
}

static int64_t fill(struct eval_clinic *c, const char *extractor) {
    const struct paper others[] = {
        { STR("ordonnance"),
          STR("Dr Awa SARR\nDakar, le 15/11/2026\nORDONNANCE\n- Paracétamol 500 mg, 1 comprimé 3 fois par jour\n") },
        { STR("bilan"),
          STR("Laboratoire BIO24\nCompte rendu d'examens biologiques\nPrélevé le 04/11/2026\nGlycémie à jeun   1,26 g/L   (0,70 - 1,10)\n") },
    };
    struct arena *arena = eval_need(arena_new((size_t)128 << 20));
    struct paper_reader *reader = paper_reader_open(arena, extractor);
    const struct paper_person person = { .allergies = STR("Pénicilline") };
    int64_t id = eval_clinic_add_patient(c, &person, "+221770000001");
    for (int i = 0; i < DOCUMENTS; i++) {
        const struct paper paper = { STR("rapport"), report(arena, i) };
        eval_clinic_add_paper(c, reader, id, &paper);
    }
    for (size_t i = 0; i < COUNT_OF(others); i++) eval_clinic_add_paper(c, reader, id, &others[i]);
    paper_reader_close(reader);
    arena_free(arena);
    return id;
}

struct asker {
    struct eval_clinic *clinic;
    struct db *db;
    struct arena *arena;
    struct patient patient;
    struct rag_timings timings;
    struct rag_answer answer;
};

/* Milliseconds from question to logged answer. */
static double ask(struct asker *a, const char *text) {
    const struct rag_question q = { .patient = &a->patient,
                                    .text = str_from_c(text),
                                    .session_id = STR("bench"),
                                    .now_us = a->clinic->now_us };
    struct err err = { 0 };
    int64_t start_us = clock_monotonic_us();
    arena_reset(a->arena);
    if (rag_ask_timed(a->clinic->rag, a->db, a->arena, &q, &a->answer, &a->timings, &err) != OK)
        eval_end(err.detail);
    return (double)(clock_monotonic_us() - start_us) / 1000;
}

static double retrieval_ms(const struct asker *a) {
    return (double)(a->timings.record_us + a->answer.retrieve_us) / 1000;
}

static struct times measure(struct eval_clinic *c, int64_t patient_id) {
    double all[QUESTIONS], retrieval[QUESTIONS];
    struct arena *kept = eval_need(arena_new(1 << 20));
    struct asker a = { .clinic = c, .arena = eval_need(arena_new((size_t)64 << 20)) };
    struct times t;
    size_t found = 0;
    eval_clinic_forget(c, 0);
    if (db_open(c->pool, &a.db, NULL) != OK || patient_get(a.db, kept, patient_id, &a.patient, NULL) != OK)
        eval_end("no database");
    ask(&a, searched);
    t.cold = retrieval_ms(&a);
    for (size_t i = 0; i < QUESTIONS; i++) {
        const char *text = questions[i % COUNT_OF(questions)];
        all[i] = ask(&a, text);
        if (strcmp(text, searched) == 0) retrieval[found++] = retrieval_ms(&a);
    }
    t.cached = at_share(retrieval, found, 0.5);
    t.p50 = at_share(all, QUESTIONS, 0.5);
    t.p99 = at_share(all, QUESTIONS, 0.99);
    db_close(a.db);
    arena_free(a.arena);
    arena_free(kept);
    return t;
}

int main(int argc, char **argv) {
    double cached[RUNS_MAX], cold[RUNS_MAX], p50[RUNS_MAX], p99[RUNS_MAX];
    struct eval_clinic clinic;
    int64_t runs = 7;
    if (argc < 2) eval_end("usage: bench_answers MEDIRECORD_EXTRACT [RUNS]");
    if (argc > 2 && (!str_to_i64(str_from_c(argv[2]), &runs) || runs < 1 || runs > RUNS_MAX))
        eval_end("RUNS is a number up to 50");
    eval_clinic_open(&clinic, 0);
    int64_t patient_id = fill(&clinic, argv[1]);
    for (int64_t i = 0; i < runs; i++) {
        struct times t = measure(&clinic, patient_id);
        cached[i] = t.cached;
        cold[i] = t.cold;
        p50[i] = t.p50;
        p99[i] = t.p99;
    }
    size_t n = (size_t)runs;
    printf(
        "latency passages=about_1000 retrieval_cached_ms=%.2f retrieval_cold_ms=%.2f answer_p50_ms=%.2f answer_p99_ms=%.2f "
        "runs=%zu\n",
        at_share(cached, n, 0.5), at_share(cold, n, 0.5), at_share(p50, n, 0.5), at_share(p99, n, 0.5), n);
    eval_clinic_close(&clinic);
    return 0;
}
