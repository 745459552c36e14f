/*
 * What the features of messages of danger weigh (src/triage/triage_feature.h); used as tools/learn.h says.
 */
#include "learn.h"
#include "triage/triage_feature.h"

struct reader {
    struct triage_book *book;
    struct text_reader *text;
};

static bool read_message(void *ctx, struct arena *arena, struct str text, struct features *out) {
    const struct reader *r = ctx;
    struct tokens tokens;
    struct triage_said said;
    if (text_tokens(r->text, arena, text, TEXT_QUESTION, &tokens, NULL) != OK ||
        triage_examine(r->book, arena, &tokens, &said, NULL) != OK ||
        triage_features(arena, &said, 0, tokens.count, out, NULL) != OK)
        learn_fatal("no memory");
    return true;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new((size_t)64 << 20);
    struct reader r;
    const struct learning how = { .table = "triage_weights",
                                  .header = "triage/triage_feature.h",
                                  .classes = { "danger" },
                                  .class_count = 1,
                                  .other = "safe",
                                  .cost = 0.01,
                                  .rounds = 100,
                                  .seen_min = 2,
                                  .piece_seen_min = 4,
                                  .weight_min = 0.01,
                                  .read = read_message,
                                  .ctx = &r };
    if (!arena || triage_book_new(arena, &r.book, NULL) != OK || text_reader_open(arena, &r.text, NULL) != OK)
        learn_fatal("the tables of danger signs");
    int code = learn_main(argc, argv, &how);
    arena_free(arena);
    return code;
}
