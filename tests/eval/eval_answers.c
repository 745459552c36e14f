/*
 * What is refused and what is answered when the record holds it and when it does not, on public questions: each is asked of a record of
 * a few documents with the passage that answers it, and of one without.
 *
 *   eval_answers FOLDER MEDIRECORD_EXTRACT [--misses]
 *
 * Leaflets: of the records with and without the leaflet. Other sets: a record holds every second passage of some documents, so that the
 * question whose passage is left out finds others of the same document.
 */
#include <stdio.h>

#include "asking.h"
#include "eval.h"
#include "labelled.h"
#include "paper_read.h"
#include "qa_set.h"

enum { RECORD_DOCUMENTS = 20, RECORDS_MAX = 400 };

struct run {
    struct asking asking;
    struct paper_reader *reader;
    struct arena *arena; /* of one set */
    struct qa_set set;
    bool halves;                         /* a record holds every second passage */
    struct record *records[RECORDS_MAX]; /* by group of documents, and by half */
    size_t count;
    const char *name;
    bool wants_misses;
};

struct counts {
    size_t with, with_refused, right, without, without_refused;
    struct figures figures;
};

static struct str title_of(const struct run *r, size_t document) {
    for (size_t i = 0; i < r->set.passage_count; i++)
        if (r->set.passages[i].document == document) return r->set.passages[i].title;
    return STR("");
}

/* The document as a paper: its title, then its passages. Empty: none of them is in this half. */
static struct str document_text(struct run *r, size_t document, size_t half) {
    struct str text = { "", 0 };
    for (size_t i = 0; i < r->set.passage_count; i++) {
        const struct qa_passage *p = &r->set.passages[i];
        if (p->document != document || (r->halves && i % 2 != half)) continue;
        if (!arena_printf(r->arena, &text, "%.*s\n\n%.*s\n", STR_ARG(text.n ? text : p->title),
                          STR_ARG(p->text)))
            eval_end("no memory");
    }
    return text;
}

static void make_record(struct run *r, size_t group, size_t half) {
    struct paper papers[RECORD_DOCUMENTS];
    size_t count = 0;
    for (size_t k = 0; k < RECORD_DOCUMENTS; k++) {
        size_t document = group * RECORD_DOCUMENTS + k;
        struct str text =
            document < r->set.document_count ? document_text(r, document, half) : (struct str) { "", 0 };
        if (text.n) papers[count++] = (struct paper) { title_of(r, document), text };
    }
    if (r->count == RECORDS_MAX) eval_end("too many records");
    const struct paper_person person = { .id = (int64_t)r->count + 1 };
    r->records[r->count++] = paper_record(r->reader, &person, papers, count);
}

static size_t record_of(const struct run *r, size_t passage) {
    size_t group = r->set.passages[passage].document / RECORD_DOCUMENTS;
    return r->halves ? 2 * group + passage % 2 : group;
}

/* The first word of a leaflet's title is the medicine. */
static bool holds_medicine(const struct run *r, size_t record, struct str title) {
    struct str name = str_sub(title, 0, str_find_char(title, ' '));
    for (size_t i = 0; i < r->records[record]->document_count; i++)
        if (str_starts(r->records[record]->documents[i].title, name)) return true;
    return false;
}

/* A record without the passage. */
static size_t record_without(const struct run *r, size_t passage) {
    size_t with = record_of(r, passage);
    if (r->halves) return with ^ 1;
    for (size_t i = 1; i < r->count; i++)
        if (!holds_medicine(r, (with + i) % r->count, r->set.passages[passage].title))
            return (with + i) % r->count;
    eval_end("every record holds the medicine");
}

static void tell_miss(const struct run *r, const char *what, struct str question,
                      const struct rag_answer *a) {
    if (!r->wants_misses) return;
    printf("%s %s: %.*s [%s]\n    %.*s\n", r->name, what, STR_ARG(question), intent_name(a->intent),
           STR_ARG(a->text));
}

static void ask(struct run *r, const struct qa_question *q, struct counts *n) {
    struct rag_answer a;
    asking_ask(&r->asking, r->records[record_of(r, q->right)], q->text, &a);
    bool answered = asking_is_answered(&a),
         right = answered && asking_quotes(&r->asking, &a, r->set.passages[q->right].text);
    n->with++;
    n->with_refused += !answered;
    n->right += right;
    asking_figures(&a, &n->figures);
    if (!right) tell_miss(r, answered ? "wrong" : "refused", q->text, &a);
    asking_ask(&r->asking, r->records[record_without(r, q->right)], q->text, &a);
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
    size_t groups = (r->set.document_count + RECORD_DOCUMENTS - 1) / RECORD_DOCUMENTS;
    r->count = 0;
    for (size_t g = 0; g < groups; g++)
        for (size_t half = 0; half < (r->halves ? 2 : 1); half++) make_record(r, g, half);
    for (size_t i = 0; i < r->set.question_count; i++)
        ask(r, &r->set.questions[i], &halves[text_hash(r->set.questions[i].group) & 1]);
    print(r->name, "tuned", &halves[0]);
    print(r->name, "kept_out", &halves[1]);
    for (size_t i = 0; i < r->count; i++) record_free(r->records[i]);
}

int main(int argc, char **argv) {
    static const char *const names[] = { "leaflets", "mesconseilscovid", "admin_cnil", "fquad_valid" };
    if (argc < 3) eval_end("usage: eval_answers FOLDER MEDIRECORD_EXTRACT [--misses]");
    struct run *r = eval_need(arena_alloc(eval_need(arena_new(1 << 20)), sizeof *r));
    asking_open(&r->asking, (struct date) { 2026, 11, 26 });
    r->reader = paper_reader_open(r->asking.arena, argv[2]);
    r->wants_misses = labelled_wants_misses(argc, argv);
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        r->arena = eval_need(arena_new((size_t)256 << 20));
        r->name = names[k];
        r->halves = k > 0;
        if (qa_set_read(r->arena, argv[1], names[k], &r->set)) run_set(r);
        arena_free(r->arena);
    }
    paper_reader_close(r->reader);
    asking_close(&r->asking);
    return 0;
}
