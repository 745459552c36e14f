/*
 * Are wrong answers caught and true ones let through? The answers that patients of our own made-up clinic get are made wrong in one place
 * each (mutation.h), and so is each line that they quote, said as a sentence.
 *
 *   eval_guard FOLDER MEDIRECORD_EXTRACT
 *
 * "guard" is the last look at every answer (guard.h), which lets two figures of one answer change places; "claim" judges the sentences of a
 * model (claim.h).
 */
#include <stdio.h>

#include "asking.h"
#include "eval.h"
#include "made_set.h"
#include "mutation.h"
#include "rag/answer_words.h"
#include "guard/claim.h"

struct counts {
    size_t truths, passed, wrong[MUTATION_COUNT], caught[MUTATION_COUNT];
};

struct run {
    struct asking asking;
    struct counts guard, claim;
};

static bool guard_passes(struct run *r, const struct rag_answer *a, struct str text) {
    enum status s = guard_check(r->asking.work, text, STR(""), a->sources, a->source_count, NULL);
    if (s != OK && s != E_CONFLICT) eval_end("no memory");
    return s == OK;
}

static void judge_answer(struct run *r, const struct rag_answer *a, struct str text) {
    struct str wrong;
    if (!guard_passes(r, a, text)) return; /* names a medicine that only the question holds */
    r->guard.truths++;
    r->guard.passed++;
    for (int m = 0; m < MUTATION_COUNT; m++) {
        if (!mutate(r->asking.work, (enum mutation)m, text, &wrong)) continue;
        r->guard.wrong[m]++;
        r->guard.caught[m] += !guard_passes(r, a, wrong);
    }
}

static bool claim_passes(struct run *r, struct text_reader *reader, const struct rag_source *s,
                         struct str sentence) {
    const struct claim_passage passage = { s->title, s->quote, s->date };
    const struct claim_source *cited;
    enum claim_fault fault;
    if (claim_source_read(r->asking.work, reader, &passage, &cited, NULL) != OK ||
        claim_check(r->asking.work, reader, sentence, &cited, 1, &fault, NULL) != OK)
        eval_end("no memory");
    return fault == CLAIM_BORNE;
}

static void judge_line(struct run *r, struct text_reader *reader, const struct rag_source *s,
                       struct str line) {
    struct str wrong;
    r->claim.truths++;
    r->claim.passed += claim_passes(r, reader, s, line);
    for (int m = 0; m < MUTATION_COUNT; m++) {
        if (!mutate(r->asking.work, (enum mutation)m, line, &wrong)) continue;
        r->claim.wrong[m]++;
        r->claim.caught[m] += !claim_passes(r, reader, s, wrong);
    }
}

static void judge_lines(struct run *r, const struct rag_answer *a) {
    struct text_reader *reader;
    if (text_reader_open(r->asking.work, &reader, NULL) != OK) eval_end("no memory");
    for (size_t i = 0; i < a->source_count; i++)
        for (struct str rest = a->sources[i].quote; rest.n;) {
            size_t n = str_find_char(rest, '\n');
            struct str line = str_trim(str_sub(rest, 0, n));
            rest = str_sub(rest, n + 1, rest.n);
            if (line.n > 10) judge_line(r, reader, &a->sources[i], line);
        }
}

static void ask(struct run *r, const struct made_question *q) {
    struct rag_answer a;
    char line[64];
    r->asking.today = made_today(q->of);
    asking_ask(&r->asking, q->of->record, q->text, &a);
    if (!asking_is_answered(&a)) return;
    snprintf(line, sizeof line,
             "\n\n%s : ", say(SAY_SOURCE, a.language)); /* page numbers stand in no passage */
    judge_answer(r, &a, str_sub(a.text, 0, str_find(a.text, str_from_c(line))));
    judge_lines(r, &a);
}

static void print(const char *who, const struct counts *n) {
    printf("%s true=%zu passed=%.3f\n", who, n->truths, eval_share(n->passed, n->truths));
    for (int m = 0; m < MUTATION_COUNT; m++)
        printf("%s wrong_%-8s n=%zu caught=%.3f\n", who, mutation_name((enum mutation)m), n->wrong[m],
               eval_share(n->caught[m], n->wrong[m]));
}

int main(int argc, char **argv) {
    if (argc < 3) eval_end("usage: eval_guard FOLDER MEDIRECORD_EXTRACT");
    struct arena *arena = eval_need(arena_new((size_t)64 << 20));
    struct paper_reader *reader = paper_reader_open(arena, argv[2]);
    struct made_set *set = eval_need(arena_alloc(arena, sizeof *set));
    struct run r = { 0 };
    asking_open(&r.asking, (struct date) { 0 });
    made_set_read(arena, reader, argv[1], set);
    for (size_t i = 0; i < set->question_count; i++) ask(&r, &set->questions[i]);
    print("guard", &r.guard);
    print("claim", &r.claim);
    made_set_done(set);
    paper_reader_close(reader);
    asking_close(&r.asking);
    arena_free(arena);
    return 0;
}
