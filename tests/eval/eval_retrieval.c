/*
 * Where the right passage stands when public questions are searched, for the half of the questions that weights were set on and for the
 * half that was kept out of it; beside it what plain BM25 finds in the same run. Prints a line a set; leaves out sets whose files are not
 * there.
 *
 *   eval_retrieval [FOLDER]
 */
#include <stdio.h>

#include "corpus.h"
#include "eval.h"
#include "plain_bm25.h"
#include "language/expand.h"
#include "search/search.h"

enum { WITHIN = 5 };

struct counts {
    size_t questions, first, within, plain_first, plain_within;
};

static void ask(const struct corpus *c, const struct expander *expander, const struct qa_question *q,
                struct counts *n) {
    struct arena *arena = eval_need(arena_new((size_t)16 << 20));
    struct text_reader *reader;
    struct tokens tokens;
    struct search_query query;
    struct passage best[WITHIN];
    uint32_t plain[WITHIN];
    size_t count;
    if (text_reader_open(arena, &reader, NULL) != OK) eval_end("no memory");
    if (text_tokens(reader, arena, q->text, TEXT_QUESTION, &tokens, NULL) != OK) eval_end("tokens");
    if (search_query_read(reader, arena, expander, c->record, &tokens, NULL, &query, NULL) != OK)
        eval_end("query");
    if (search_passages(c->record, &query, arena, best, WITHIN, &count, NULL) != OK) eval_end("search");
    n->questions++;
    for (size_t i = 0; i < count; i++) {
        if (best[i].chunk != q->right) continue;
        n->within++;
        n->first += i == 0;
    }
    count = plain_bm25(c->record, arena, &tokens, plain, WITHIN);
    for (size_t i = 0; i < count; i++) {
        if (plain[i] != q->right) continue;
        n->plain_within++;
        n->plain_first += i == 0;
    }
    arena_free(arena);
}

static void print(const char *name, const char *half, const struct counts *n) {
    printf(
        "retrieval %-18s %-9s questions=%zu first=%.3f within_5=%.3f plain_bm25_first=%.3f plain_bm25_within_5=%.3f\n",
        name, half, n->questions, eval_share(n->first, n->questions), eval_share(n->within, n->questions),
        eval_share(n->plain_first, n->questions), eval_share(n->plain_within, n->questions));
}

static void run_set(struct arena *arena, const char *folder, const char *name) {
    struct expander *expander;
    struct corpus c;
    if (expander_new(arena, &expander, NULL) != OK) eval_end("no memory");
    if (!corpus_read(arena, folder, name, &c)) {
        printf("retrieval %s: left out, no data in %s\n", name, folder);
        return;
    }
    struct counts halves[2] = { { 0 }, { 0 } };
    for (size_t i = 0; i < c.set.question_count; i++)
        ask(&c, expander, &c.set.questions[i], &halves[text_hash(c.set.questions[i].group) & 1]);
    print(name, "tuned", &halves[0]);
    print(name, "kept_out", &halves[1]);
    record_free(c.record);
}

int main(int argc, char **argv) {
    static const char *const names[] = { "leaflets", "mesconseilscovid", "admin_cnil", "fquad_valid" };
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        struct arena *arena = eval_need(arena_new((size_t)256 << 20));
        run_set(arena, argc > 1 ? argv[1] : "../shared/data/qa", names[k]);
        arena_free(arena);
    }
    return 0;
}
