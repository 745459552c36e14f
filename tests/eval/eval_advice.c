/*
 * How well a clinic's advice answers public questions of patients without any paper: each is put to a collection that holds the sheet that
 * answers it, and to one that does not (the sheets are parted in two). Prints a line a set; leaves out sets whose files are not there.
 *
 *   eval_advice FOLDER [--misses]
 *
 * "sheet": the first that is quoted is the right one; "passage": it is quoted from the right passage. "wrong": answered from a collection that
 * does not hold the sheet; where other sheets speak of the same, that is no mistake as such.
 */
#include <stdio.h>

#include "asking.h"
#include "eval.h"
#include "qa_set.h"

struct run {
    struct asking asking;
    struct arena *arena;
    struct qa_set set;
    struct record *halves[2], *nobody;
    bool wants_misses;
};

struct counts {
    size_t questions, answered, sheet, passage, wrong, danger;
    struct figures figures;
};

static struct record *half_of(struct run *r, size_t half) {
    struct text_reader *reader;
    struct record *record;
    if (text_reader_open(r->arena, &reader, NULL) != OK || record_new(&record, NULL) != OK)
        eval_end("no memory");
    for (size_t i = 0; i < r->set.passage_count; i++) {
        const struct qa_passage *p = &r->set.passages[i];
        struct str terms;
        if (p->document % 2 != half) continue;
        const struct record_document d = { .id = (int64_t)p->document + 1, .title = p->title };
        bool known = record->document_count && record->documents[record->document_count - 1].id == d.id;
        if (!known && record_add_document(record, reader, &d, NULL) != OK) eval_end("document");
        const struct record_chunk chunk = { .id = (int64_t)i, .page = 1, .confidence = 100, .text = p->text };
        if (terms_pack(reader, r->arena, STR(""), p->text, &terms, NULL) != OK) eval_end("terms");
        if (record_add_chunk(record, d.id, &chunk, terms, NULL) != OK) eval_end("chunk");
    }
    return record;
}

static void miss(const struct run *r, const char *what, const struct qa_question *q,
                 const struct rag_answer *a) {
    struct str title = a->source_count ? a->sources[0].title : STR("");
    if (r->wants_misses) printf("%s: %.*s -> %.*s\n", what, STR_ARG(q->text), STR_ARG(title));
}

static void ask(struct run *r, const struct qa_question *q, struct counts *n) {
    const struct qa_passage *right = &r->set.passages[q->right];
    struct rag_answer a;
    n->questions++;
    r->asking.advice = r->halves[right->document % 2];
    asking_ask(&r->asking, r->nobody, q->text, &a);
    n->danger += a.escalated;
    if (!a.escalated) asking_figures(&a, &n->figures);
    if (asking_is_answered(&a)) {
        bool sheet = a.sources[0].document_id == (int64_t)right->document + 1;
        n->answered++;
        n->sheet += sheet;
        n->passage += asking_quotes(&r->asking, &a, right->text);
        if (!sheet) miss(r, "other sheet", q, &a);
    } else {
        miss(r, "refused", q, &a);
    }
    r->asking.advice = r->halves[1 - right->document % 2];
    asking_ask(&r->asking, r->nobody, q->text, &a);
    n->wrong += asking_is_answered(&a);
    if (asking_is_answered(&a)) miss(r, "wrong", q, &a);
}

static void run_set(struct run *r, const char *folder, const char *name) {
    struct counts n = { 0 };
    if (!qa_set_read(r->arena, folder, name, &r->set)) {
        printf("advice %s: left out, no data in %s\n", name, folder);
        return;
    }
    for (size_t half = 0; half < 2; half++) r->halves[half] = half_of(r, half);
    for (size_t i = 0; i < r->set.question_count; i++) ask(r, &r->set.questions[i], &n);
    printf(
        "advice %-18s questions=%zu answered=%.3f sheet=%.3f passage=%.3f wrong=%.3f danger=%zu figures=%zu borne=%.3f\n",
        name, n.questions, eval_share(n.answered, n.questions), eval_share(n.sheet, n.answered),
        eval_share(n.passage, n.answered), eval_share(n.wrong, n.questions), n.danger, n.figures.all,
        eval_share(n.figures.borne, n.figures.all));
    for (size_t half = 0; half < 2; half++) record_free(r->halves[half]);
}

int main(int argc, char **argv) {
    static const char *const names[] = { "leaflets", "mesconseilscovid", "admin_cnil" };
    const char *folder = argc > 1 ? argv[1] : "../shared/data/qa";
    struct run r = { .wants_misses = argc > 2 };
    asking_open(&r.asking, (struct date) { 2026, 11, 26 });
    if (record_new(&r.nobody, NULL) != OK) eval_end("no memory");
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        r.arena = eval_need(arena_new((size_t)256 << 20));
        run_set(&r, folder, names[k]);
        arena_free(r.arena);
    }
    record_free(r.nobody);
    asking_close(&r.asking);
    return 0;
}
