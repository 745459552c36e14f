/*
 * What patients of our own made-up clinic are answered: right answers and refusals, for the records that were used for tuning and for those
 * kept out of it, and by the way the question is written.
 *
 *   eval_records FOLDER MEDIRECORD_EXTRACT [--misses] [--tuned]
 */
#include <stdio.h>

#include "asking.h"
#include "eval.h"
#include "labelled.h"
#include "made_set.h"

struct counts {
    size_t with, with_refused, alarmed, right, without, without_refused, quotes, true_quotes;
    /* alarmed: of with_refused, those that tell of a danger: the emergency number comes first, whatever a paper says */
    size_t near, near_right,
        near_beside; /* refusals that show what comes closest; beside: there is no answer */
    struct figures figures;
};

struct run {
    struct asking asking;
    struct made_set set;
    bool wants_misses, tuned_only;
};

/* What was thought of: its odds, and "!" before what would have been right. */
static void tell_weighed(const struct run *r, const struct made_question *q, const struct rag_answer *a) {
    for (size_t i = 0; i < a->weighed_count; i++) {
        struct rag_answer would = { .text = a->weighed[i].text };
        struct asking asking = r->asking;
        bool right = q->answerable && asking_holds(&asking, &would, q->words);
        printf("    %s%+.2f %s\n", right ? "! " : "  ", (double)a->weighed[i].passing.odds,
               passing_passes(&a->weighed[i].passing) ? "passes" : "");
    }
}

static void tell_miss(const struct run *r, const char *what, const struct made_question *q,
                      const struct rag_answer *a) {
    if (!r->wants_misses || (r->tuned_only && made_is_kept_out(q->of))) return;
    printf("%02d %s %.*s: %.*s (%.*s) [%s]\n    %.*s\n", q->of->number, what, STR_ARG(q->writing),
           STR_ARG(q->text), STR_ARG(q->words),
           a->escalated ? danger_name(a->danger) : intent_name(a->intent), STR_ARG(a->text));
    tell_weighed(r, q, a);
}

static void ask(struct run *r, const struct made_question *q, struct counts *n) {
    struct rag_answer a;
    r->asking.today = made_today(q->of);
    asking_ask(&r->asking, q->of->record, q->text, &a);
    bool answered = asking_is_answered(&a);
    size_t before = n->figures.all - n->figures.borne;
    if (answered) asking_figures(&a, &n->figures);
    if (n->figures.all - n->figures.borne > before) tell_miss(r, "figure", q, &a);
    n->quotes += asking_cited_papers(&a);
    n->true_quotes += asking_true_quotes(&r->asking, &a, q->of->papers, q->of->paper_count);
    if (q->answerable) {
        bool right = answered && asking_holds(&r->asking, &a, q->words);
        n->with++;
        n->with_refused += !answered;
        n->alarmed += a.escalated;
        n->right += right;
        n->near += !answered && a.source_count;
        n->near_right += !answered && asking_holds(&r->asking, &a, q->words);
        if (!right) tell_miss(r, answered ? "wrong" : "refused", q, &a);
    } else {
        n->without++;
        n->without_refused += !answered;
        n->near_beside += !answered && a.source_count;
        if (answered) tell_miss(r, "not_refused", q, &a);
    }
}

static void print(const char *what, const struct counts *n) {
    if (n->with + n->without == 0) return;
    printf(
        "records %-9s answerable=%zu refused=%.3f (alarmed=%.3f) right=%.3f unanswerable=%zu refused=%.3f figures=%zu borne=%.3f "
        "quotes=%zu true=%.3f near=%.3f of_them_right=%.3f near_unanswerable=%.3f\n",
        what, n->with, eval_share(n->with_refused, n->with), eval_share(n->alarmed, n->with),
        eval_share(n->right, n->with), n->without, eval_share(n->without_refused, n->without), n->figures.all,
        eval_share(n->figures.borne, n->figures.all), n->quotes, eval_share(n->true_quotes, n->quotes),
        eval_share(n->near, n->with), eval_share(n->near_right, n->near),
        eval_share(n->near_beside, n->without));
}

int main(int argc, char **argv) {
    static const char *const writings[] = { "fr", "sms", "en", "wo" };
    if (argc < 3) eval_end("usage: eval_records FOLDER MEDIRECORD_EXTRACT [--misses] [--tuned]");
    struct arena *arena = eval_need(arena_new((size_t)64 << 20));
    struct run *r = eval_need(arena_alloc(arena, sizeof *r));
    struct paper_reader *reader = paper_reader_open(arena, argv[2]);
    struct counts halves[2] = { { 0 }, { 0 } }, by_writing[COUNT_OF(writings)] = { 0 };
    asking_open(&r->asking, (struct date) { 0 });
    r->wants_misses = labelled_wants_misses(argc, argv);
    r->tuned_only = argc > 4 && strcmp(argv[4], "--tuned") == 0;
    made_set_read(arena, reader, argv[1], &r->set);
    for (size_t i = 0; i < r->set.question_count; i++)
        ask(r, &r->set.questions[i], &halves[made_is_kept_out(r->set.questions[i].of)]);
    r->wants_misses = false;
    for (size_t k = 0; k < COUNT_OF(writings); k++)
        for (size_t i = 0; i < r->set.question_count; i++)
            if (str_eq(r->set.questions[i].writing, str_from_c(writings[k])))
                ask(r, &r->set.questions[i], &by_writing[k]);
    print("tuned", &halves[0]);
    print("kept_out", &halves[1]);
    for (size_t k = 0; k < COUNT_OF(writings); k++) print(writings[k], &by_writing[k]);
    made_set_done(&r->set);
    paper_reader_close(reader);
    asking_close(&r->asking);
    arena_free(arena);
    return 0;
}
