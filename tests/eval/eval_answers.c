/*
 * What is refused and what is answered when the record holds it and when it does not, on public questions: each is asked of a record of
 * a few documents with the passage that answers it, and of one without (qa_records.h).
 *
 *   eval_answers FOLDER MEDIRECORD_EXTRACT [--misses | --reader]
 *
 * With --reader each is asked with a model too, in whose place a reader stands that knows which passage answers, and cites it (extreme_reader.h):
 * what is still refused was not shown to it, or not believed.
 */
#include <stdio.h>

#include "asking_model.h"
#include "eval.h"
#include "labelled.h"
#include "qa_records.h"
#include "rag/sentence.h"

struct run {
    struct asking asking;
    struct qa_records records;
    const char *name;
    bool wants_misses, wants_reader;
    struct model_asking model;
    struct patient patient;
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

/* The sentence with the answer where that is known, else the first one. */
static struct str cited_words(const struct qa_question *q, struct str passage) {
    struct str first = STR("");
    for (size_t at = 0;;) {
        struct str sentence = sentence_next(passage, &at);
        if (sentence.n == 0) return first;
        if (first.n == 0) first = sentence;
        if (q->answer.n == 0 || str_find(sentence, q->answer) < sentence.n) return sentence;
    }
}

static void ask_one(struct run *r, const struct record *record, const struct qa_question *q, bool there,
                    struct rag_answer *a) {
    struct model_report report;
    asking_ask(&r->asking, record, q->text, a);
    if (!r->model.generator) return;
    r->model.reader.words = there ? cited_words(q, r->records.set.passages[q->right].text) : STR("");
    asking_model(&r->asking, &r->model, record, &r->patient, q->text, a, &report);
}

static void ask(struct run *r, const struct qa_question *q, struct counts *n) {
    struct rag_answer a;
    ask_one(r, qa_record_with(&r->records, q->right), q, true, &a);
    bool answered = asking_is_answered(&a),
         right = answered && asking_quotes(&r->asking, &a, r->records.set.passages[q->right].text);
    n->with++;
    n->with_refused += !answered;
    n->right += right;
    if (answered) asking_figures(&a, &n->figures);
    if (!right) tell_miss(r, answered ? "wrong" : "refused", q->text, &a);
    ask_one(r, qa_record_without(&r->records, q->right), q, false, &a);
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
    print(r->name, r->model.generator ? "tuned, with a reader" : "tuned", &halves[0]);
    print(r->name, r->model.generator ? "kept_out, with a reader" : "kept_out", &halves[1]);
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_answers FOLDER MEDIRECORD_EXTRACT [--misses]");
    struct run *r = eval_need(arena_alloc(eval_need(arena_new(1 << 20)), sizeof *r));
    asking_open(&r->asking, (struct date) { 2026, 11, 26 });
    struct paper_reader *reader = paper_reader_open(r->asking.arena, argv[2]);
    r->patient = patient_blank();
    r->model.keep = eval_need(arena_new((size_t)1 << 20));
    r->wants_reader = argc > 3 && strcmp(argv[3], "--reader") == 0;
    r->wants_misses = labelled_wants_misses(argc, argv);
    for (size_t k = 0; qa_names[k]; k++) {
        struct arena *arena = eval_need(arena_new((size_t)256 << 20));
        r->name = qa_names[k];
        if (qa_records_read(arena, reader, argv[1], r->name, &r->records)) {
            r->model.generator = NULL;
            run_set(r);
            r->model.generator = extreme_reader_open(&r->model.reader, READER_PERFECT);
            if (r->wants_reader) run_set(r);
            qa_records_done(&r->records);
        }
        arena_free(arena);
    }
    paper_reader_close(reader);
    asking_close(&r->asking);
    return 0;
}
