/*
 * How many messages are understood as what they want, for the lines that the tables were tuned on and for those kept out.
 *
 *   eval_intents FILE [--misses]
 */
#include <stdio.h>
#include <stdlib.h>

#include "labelled.h"
#include "rag/intent.h"

struct counts {
    size_t all, right;
};

static void fatal(const char *what) {
    fprintf(stderr, "eval_intents: %s\n", what);
    exit(1);
}

/* Lines of the group "follow" are asked after the dose of lisinopril; they are right when they take that intent over. */
static enum intent read_message(const struct intent_book *book, const struct record *record,
                                const struct labelled *line) {
    struct arena *arena = arena_new((size_t)4 << 20);
    struct text_reader *reader;
    struct tokens tokens;
    struct subject subject;
    struct when when;
    struct intent_reading reading;
    struct intent_context context = { INTENT_DOSAGE, STR("lisinopril") };
    bool follows = str_eq(line->group, STR("follow"));
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) fatal("no memory");
    if (text_tokens(reader, arena, line->text, TEXT_QUESTION, &tokens, NULL) != OK) fatal("tokens");
    if (subject_read(arena, record, &tokens, &subject, NULL) != OK) fatal("subject");
    if (when_read(arena, &tokens, (struct date) { 2024, 12, 1 }, &when, NULL) != OK) fatal("when");
    if (intent_read(book, arena, &tokens, &subject, &when, follows ? &context : NULL, &reading, NULL) != OK)
        fatal("intent");
    enum intent intent = reading.intent;
    arena_free(arena);
    return intent;
}

static bool is_right(const struct labelled *line, enum intent found) {
    if (!str_eq(line->label, STR("follow"))) return str_eq(line->label, str_from_c(intent_name(found)));
    return found == INTENT_DOSAGE || found == INTENT_LAB_VALUE;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new((size_t)16 << 20);
    struct intent_book *book;
    struct record *record;
    struct labelled *lines;
    struct counts counts[2] = { { 0 }, { 0 } };
    size_t count;
    struct err err = { 0 };
    if (argc < 2 || !arena) fatal("usage: eval_intents FILE [--misses]");
    if (intent_book_new(arena, &book, &err) != OK || record_new(&record, &err) != OK) fatal(err.detail);
    labelled_read(arena, argv[1], &lines, &count);
    for (size_t i = 0; i < count; i++) {
        enum intent found = read_message(book, record, &lines[i]);
        bool right = is_right(&lines[i], found);
        counts[lines[i].kept_out].all++;
        counts[lines[i].kept_out].right += right;
        if (!right && labelled_wants_misses(argc, argv))
            printf("%s %.*s: %.*s (%s)\n", lines[i].kept_out ? "kept_out" : "tuned", STR_ARG(lines[i].label),
                   STR_ARG(lines[i].text), intent_name(found));
    }
    for (int half = 0; half < 2; half++)
        printf("intents %-9s messages=%zu right=%.3f\n", half ? "kept_out" : "tuned", counts[half].all,
               (double)counts[half].right / (double)(counts[half].all ? counts[half].all : 1));
    record_free(record);
    arena_free(arena);
    return 0;
}
