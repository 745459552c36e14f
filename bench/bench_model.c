/*
 * bench_model -- what asking a model costs us, beside the waiting: finding what it may read, hiding names, reading and proving what it said.
 *
 *     bench_model [QUESTIONS]
 *
 * A record of about 1,000 passages; the model answers at once, with four sentences of the passages that it was given. Target: 10 ms.
 */
#include "base/clock.h"
#include "rag/model_answer.h"
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DOCUMENTS = 50, CHUNKS_A_DOCUMENT = 20, QUESTIONS_DEFAULT = 300 };

static void need(bool ok) {
    if (ok) return;
    fprintf(stderr, "bench_model: something failed\n");
    exit(1);
}

static void add_chunk(struct record *record, struct text_reader *reader, struct arena *arena,
                      int64_t document, int n) {
    static const char *const places[] = { "genou", "dos", "poignet", "cheville", "coude", "hanche", "cou" };
    struct record_chunk chunk = { .id = n + 1, .confidence = 100, .page = 1 };
    struct str terms;
    need(arena_printf(arena, &chunk.heading, "OBSERVATION %d", n));
    need(arena_printf(
        arena, &chunk.text,
        "Le patient décrit une douleur au %s apparue il y a %d jours, d'intensité %d sur 10, soulagée par le repos.\n"
        "L'examen retrouve une mobilité de %d degrés.\nLa tension artérielle est à %d/%d mmHg, le poids à %d kg.\n"
        "Conduite à tenir : repos, glace, surveillance et nouvelle consultation dans %d semaines si la douleur persiste.\n"
        "Vu par le Dr Moustapha Faye, tél. 77 654 32 10, pour Awa Diop née le 14/03/1986.",
        places[n % 7], n % 90 + 1, n % 10, n % 140 + 20, 110 + n % 50, 60 + n % 30, 50 + n % 60, n % 8 + 1));
    need(terms_pack(reader, arena, chunk.heading, chunk.text, &terms, NULL) == OK);
    need(record_add_chunk(record, document, &chunk, terms, NULL) == OK);
}

static struct record *make_record(struct arena *arena) {
    struct record *record;
    struct text_reader *reader;
    need(record_new(&record, NULL) == OK && text_reader_open(arena, &reader, NULL) == OK);
    for (int i = 0; i < DOCUMENTS; i++) {
        const struct record_document paper = { .id = i + 1,
                                               .title = STR("Compte rendu de consultation"),
                                               .author = STR("Dr Moustapha Faye"),
                                               .kind = KIND_REPORT,
                                               .date = { 2024, 1 + i % 12, 1 + i % 28 } };
        need(record_add_document(record, reader, &paper, NULL) == OK);
        for (int k = 0; k < CHUNKS_A_DOCUMENT; k++)
            add_chunk(record, reader, arena, paper.id, i * CHUNKS_A_DOCUMENT + k);
    }
    return record;
}

/* The second line of each of four passages, as it stands there. */
static enum status answer_at_once(void *ctx, struct arena *arena, const struct generation_request *request,
                                  struct generation *out, struct err *err) {
    const struct evidence *e = *(const struct evidence *const *)ctx;
    struct str list = STR("");
    (void)request, (void)err;
    for (size_t i = 0; i < e->count && i < 4; i++) {
        struct str text = e->passages[i].quote;
        size_t from = str_find(text, STR("L'examen")),
               bytes = str_find_char(str_sub(text, from, text.n), '\n');
        need(arena_printf(arena, &list, "%.*s%s{\"text\":\"%.*s\",\"passages\":[%zu]}", STR_ARG(list),
                          i ? "," : "", STR_ARG(str_sub(text, from, bytes)), i + 1));
    }
    *out = (struct generation) { .outcome = GENERATED, .model_version = STR("") };
    need(arena_printf(arena, &out->json, "{\"sentences\":[%.*s],\"unknown\":false}", STR_ARG(list)));
    return OK;
}

/* Of this thread: a busy machine does not count. */
static int64_t cpu_us(void) {
    struct timespec t;
    need(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0);
    return t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

struct times {
    int64_t gather_us, rest_us;
};

static int by_sum(const void *a, const void *b) {
    const struct times *x = a, *y = b;
    int64_t d = x->gather_us + x->rest_us - y->gather_us - y->rest_us;
    return d < 0 ? -1 : d > 0;
}

static bool ask(const struct answer_books *books, const struct record *record, int number, struct times *t) {
    struct arena *arena = arena_new((size_t)32 << 20);
    const struct evidence *shown = NULL;
    const struct generator generator = { .provider = "gemini",
                                         .model = STR("instant"),
                                         .host = STR("here"),
                                         .ctx = &shown,
                                         .generate = answer_at_once };
    struct patient patient = patient_blank();
    struct asked asked = { .today = { 2024, 12, 1 }, .emergency_number = STR("1515") };
    struct rag_answer answer;
    struct evidence evidence;
    struct model_report report = { 0 };
    need(arena != NULL);
    patient.first_name = STR("Awa");
    patient.last_name = STR("Diop");
    need(arena_printf(arena, &asked.text, "Quelle mobilité l'examen %d retrouve-t-il pour la hanche ?",
                      number));
    need(answer_make(books, arena, record, &asked, &answer, NULL) == OK);
    bool open = model_is_asked(&answer);
    int64_t start_us = cpu_us();
    if (open) need(evidence_gather(books, arena, record, &asked, &answer, &evidence, NULL) == OK);
    t->gather_us = cpu_us() - start_us;
    open = open && model_evidence_fits(&evidence) == MODEL_SAID;
    if (open) {
        shown = &evidence;
        const struct model_question q = { &generator, &patient, asked.text, &evidence, 0 };
        start_us = cpu_us();
        model_answer(arena, arena, &q, &answer, &report);
        t->rest_us = cpu_us() - start_us;
    }
    arena_free(arena);
    return report.end == MODEL_SAID;
}

int main(int argc, char **argv) {
    int64_t wanted = QUESTIONS_DEFAULT;
    struct answer_books books;
    size_t count = 0, said = 0;
    if (argc > 1) need(str_to_i64(str_from_c(argv[1]), &wanted) && wanted > 0 && wanted < 100000);
    struct arena *arena = arena_new((size_t)128 << 20);
    struct times *times = calloc((size_t)wanted, sizeof *times);
    need(arena && times && answer_books_new(arena, &books, NULL) == OK);
    struct record *record = make_record(arena);
    for (int i = 0; i < wanted; i++) {
        said += ask(&books, record, i, &times[count]);
        count += times[count].rest_us > 0;
    }
    need(count > 0);
    qsort(times, count, sizeof *times, by_sum);
    const struct times *p50 = &times[count / 2], *p99 = &times[count * 99 / 100];
    printf(
        "our share of a question to a model (processor time): p50 %.1f ms (evidence %.1f), p99 %.1f ms; %zu of %zu questions asked, %zu "
        "answered in its words\n",
        (double)(p50->gather_us + p50->rest_us) / 1000, (double)p50->gather_us / 1000,
        (double)(p99->gather_us + p99->rest_us) / 1000, count, (size_t)wanted, said);
    record_free(record);
    free(times);
    arena_free(arena);
    return 0;
}
