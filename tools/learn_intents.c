/*
 * What the features of messages weigh for each intent (src/understanding/intent_feature.h); used as tools/learn.h says. Messages are read as those of a
 * patient whose record is empty. Follow-ups ("message || message") teach nothing here: the conversation completes them.
 */
#include "learn.h"
#include "understanding/intent_feature.h"

struct reader {
    struct intent_book *book;
    struct text_reader *text;
    struct record *record;
};

static bool read_message(void *ctx, struct arena *arena, struct str text, struct features *out) {
    const struct reader *r = ctx;
    struct tokens tokens;
    struct subject subject;
    struct when when;
    struct intent_said said;
    if (str_find(text, STR(" || ")) < text.n) return false;
    if (text_tokens(r->text, arena, text, TEXT_QUESTION, &tokens, NULL) != OK ||
        subject_read(arena, r->record, &tokens, &subject, NULL) != OK ||
        when_read(arena, &tokens, (struct date) { 2024, 12, 1 }, &when, NULL) != OK ||
        intent_examine(r->book, arena, &tokens, &subject, &when, &said, NULL) != OK ||
        intent_features(r->book, arena, &said, out, NULL) != OK)
        learn_fatal("no memory");
    return true;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new((size_t)64 << 20);
    struct reader r;
    struct err err = { 0 };
    struct learning how = { .table = "intents_weights",
                            .header = "understanding/intent_feature.h",
                            .class_count = INTENT_COUNT,
                            .cost = 0.02,
                            .rounds = 40,
                            .seen_min = 1,
                            .piece_seen_min = 2,
                            .weight_min = 0.01,
                            .read = read_message,
                            .ctx = &r };
    for (int i = 0; i < INTENT_COUNT; i++) how.classes[i] = intent_name((enum intent)i);
    if (!arena || intent_book_new(arena, &r.book, &err) != OK ||
        text_reader_open(arena, &r.text, &err) != OK || record_new(&r.record, &err) != OK)
        learn_fatal(err.detail);
    int code = learn_main(argc, argv, &how);
    record_free(r.record);
    arena_free(arena);
    return code;
}
