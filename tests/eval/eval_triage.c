/*
 * How many danger signs are seen, and how many harmless messages raise an alarm, by language, on messages that nothing was learned from.
 *
 *   eval_triage FILE [--misses]
 */
#include <stdio.h>
#include <stdlib.h>

#include "labelled.h"
#include "triage/triage.h"
#include "understanding/question_core.h"

struct counts {
    size_t danger, seen, safe, alarms;
};

static void fatal(const char *what) {
    fprintf(stderr, "eval_triage: %s\n", what);
    exit(1);
}

/* As answers are made: courtesy around a message is left out first. */
static enum danger read_message(const struct triage_book *book, const struct intent_book *intents,
                                struct str text) {
    struct arena *arena = arena_new((size_t)4 << 20);
    struct text_reader *reader;
    struct tokens tokens;
    struct triage_reading said;
    struct str core;
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) fatal("no memory");
    if (question_core(intents, reader, arena, text, &core, NULL) != OK) fatal("no memory");
    if (text_tokens(reader, arena, core, TEXT_QUESTION, &tokens, NULL) != OK) fatal("tokens");
    if (triage_read(book, arena, &tokens, &said, NULL) != OK) fatal("triage");
    arena_free(arena);
    return said.danger;
}

static void print(const char *language, const struct counts *n) {
    if (n->danger + n->safe == 0) return;
    printf("triage %-4s danger=%zu recall=%.3f safe=%zu over_alerting=%.3f\n", language, n->danger,
           n->danger ? (double)n->seen / (double)n->danger : 1, n->safe,
           n->safe ? (double)n->alarms / (double)n->safe : 0);
}

int main(int argc, char **argv) {
    static const char *const languages[] = { "fr", "wo", "mix", "en" };
    struct counts counts[COUNT_OF(languages)] = { 0 };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct triage_book *book;
    struct intent_book *intents;
    struct labelled *lines;
    size_t count;
    struct err err = { 0 };
    if (argc < 2 || !arena) fatal("usage: eval_triage FILE [--misses]");
    if (triage_book_new(arena, &book, &err) != OK || intent_book_new(arena, &intents, &err) != OK)
        fatal(err.detail);
    labelled_read(arena, argv[1], &lines, &count);
    for (size_t i = 0; i < count; i++) {
        enum danger found = read_message(book, intents, lines[i].text);
        bool danger = str_eq(lines[i].label, STR("danger"));
        for (size_t k = 0; k < COUNT_OF(languages); k++) {
            if (!str_eq(lines[i].group, str_from_c(languages[k]))) continue;
            struct counts *n = &counts[k];
            n->danger += danger;
            n->safe += !danger;
            n->seen += danger && found;
            n->alarms += !danger && found;
        }
        if (labelled_wants_misses(argc, argv) && danger != (found != DANGER_NONE))
            printf("%.*s: %.*s (%s)\n", STR_ARG(lines[i].label), STR_ARG(lines[i].text), danger_name(found));
    }
    for (size_t k = 0; k < COUNT_OF(languages); k++) print(languages[k], &counts[k]);
    arena_free(arena);
    return 0;
}
