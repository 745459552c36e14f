/*
 * Where the right passage stands when public questions are searched, for the half of the questions that weights were set on and for the
 * half that was kept out of it. Prints a line a set; leaves out sets whose files are not there.
 *
 *   eval_retrieval [FOLDER]
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"
#include "rag/expand.h"
#include "rag/search.h"

enum { WITHIN = 5 };

struct counts {
    size_t questions, first, within, passed;
};

static void fatal(const char *what) {
    fprintf(stderr, "eval_retrieval: %s\n", what);
    exit(1);
}

static void ask(const struct corpus *c, const struct expander *expander, const struct corpus_question *q,
                struct counts *n) {
    struct arena *arena = arena_new((size_t)16 << 20);
    struct text_reader *reader;
    struct tokens tokens;
    struct search_query query;
    struct passage best[WITHIN];
    size_t count;
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) fatal("no memory");
    if (text_tokens(reader, arena, q->text, TEXT_QUESTION, &tokens, NULL) != OK) fatal("tokens");
    if (search_query_read(reader, arena, expander, c->record, &tokens, NULL, &query, NULL) != OK)
        fatal("query");
    if (search_passages(c->record, &query, arena, best, WITHIN, &count, NULL) != OK) fatal("search");
    n->questions++;
    for (size_t i = 0; i < count; i++) {
        if (best[i].chunk != q->right) continue;
        n->within++;
        n->first += i == 0;
    }
    n->passed += count && search_passes(&best[0]);
    arena_free(arena);
}

static void print(const char *name, const char *half, const struct counts *n) {
    double all = n->questions ? (double)n->questions : 1;
    printf("retrieval %-18s %-9s questions=%zu first=%.3f within_5=%.3f passed=%.3f\n", name, half,
           n->questions, (double)n->first / all, (double)n->within / all, (double)n->passed / all);
}

int main(int argc, char **argv) {
    static const char *const names[] = { "leaflets", "mesconseilscovid", "admin_cnil", "fquad_valid" };
    const char *folder = argc > 1 ? argv[1] : "../shared/data/qa";
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        struct arena *arena = arena_new((size_t)256 << 20);
        struct expander *expander;
        struct corpus c;
        if (!arena || expander_new(arena, &expander, NULL) != OK) fatal("no memory");
        if (!corpus_read(arena, folder, names[k], &c)) {
            printf("retrieval %s: left out, no data in %s\n", names[k], folder);
            arena_free(arena);
            continue;
        }
        struct counts halves[2] = { { 0 }, { 0 } };
        for (size_t i = 0; i < c.count; i++)
            ask(&c, expander, &c.questions[i], &halves[text_hash(c.questions[i].group) & 1]);
        print(names[k], "tuned", &halves[0]);
        print(names[k], "kept_out", &halves[1]);
        record_free(c.record);
        arena_free(arena);
    }
    return 0;
}
