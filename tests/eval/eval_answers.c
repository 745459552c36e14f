/*
 * What is refused and what is answered when the record holds it and when it does not, on public questions: each is asked of a record of
 * a few documents with the passage that answers it, and of one without (qa_records.h).
 *
 *   eval_answers FOLDER MEDIRECORD_EXTRACT [--misses]
 */
#include <stdio.h>

#include "asking.h"
#include "eval.h"
#include "labelled.h"
#include "qa_records.h"

struct run {
    struct asking asking;
    struct qa_records records;
    const char *name;
    bool wants_misses;
};

struct counts {
    size_t with, with_refused, right, without, without_refused;
    struct figures figures;
};

static void tell_miss(const struct run *r, const char *what, struct str question,
                      const struct rag_answer *a) {
    if (!r->wants_misses) return;
    printf("%s %s: %.*s [%s]\n    %.*s\n", r->name, what, STR_ARG(question), intent_name(a->intent),
           STR_ARG(a->text));
}

static void ask(struct run *r, const struct qa_question *q, struct counts *n) {
    struct rag_answer a;
    asking_ask(&r->asking, qa_record_with(&r->records, q->right), q->text, &a);
    bool answered = asking_is_answered(&a),
         right = answered && asking_quotes(&r->asking, &a, r->records.set.passages[q->right].text);
    n->with++;
    n->with_refused += !answered;
    n->right += right;
    if (answered) asking_figures(&a, &n->figures);
    if (!right) tell_miss(r, answered ? "wrong" : "refused", q->text, &a);
    asking_ask(&r->asking, qa_record_without(&r->records, q->right), q->text, &a);
    n->without++;
    n->without_refused += !asking_is_answered(&a);
    if (asking_is_answered(&a)) tell_miss(r, "not_refused", q->text, &a);
}

static void print(const char *name, const char *half, const struct counts *n) {
    printf(
        "answers %-18s %-9s answerable=%zu refused=%.3f right=%.3f unanswerable=%zu refused=%.3f figures=%zu "
        "borne=%.3f\n",
        name, half, n->with, eval_share(n->with_refused, n->with), eval_share(n->right, n->with), n->without,
        eval_share(n->without_refused, n->without), n->figures.all,
        eval_share(n->figures.borne, n->figures.all));
}

static void run_set(struct run *r) {
    struct counts halves[2] = { { 0 }, { 0 } };
    for (size_t i = 0; i < r->records.set.question_count; i++) {
        const struct qa_question *q = &r->records.set.questions[i];
        ask(r, q, &halves[text_hash(q->group) & 1]);
    }
    print(r->name, "tuned", &halves[0]);
    print(r->name, "kept_out", &halves[1]);
    qa_records_done(&r->records);
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_answers FOLDER MEDIRECORD_EXTRACT [--misses]");
    struct run *r = eval_need(arena_alloc(eval_need(arena_new(1 << 20)), sizeof *r));
    asking_open(&r->asking, (struct date) { 2026, 11, 26 });
    struct paper_reader *reader = paper_reader_open(r->asking.arena, argv[2]);
    r->wants_misses = labelled_wants_misses(argc, argv);
    for (size_t k = 0; qa_names[k]; k++) {
        struct arena *arena = eval_need(arena_new((size_t)256 << 20));
        r->name = qa_names[k];
        if (qa_records_read(arena, reader, argv[1], r->name, &r->records)) run_set(r);
        arena_free(arena);
    }
    paper_reader_close(reader);
    asking_close(&r->asking);
    return 0;
}
