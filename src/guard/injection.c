#include "guard/injection.h"

struct injection_book {
    struct phrase_book *turns;
};

enum status injection_book_new(struct arena *arena, struct injection_book **out, struct err *err) {
    struct injection_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for turns of phrase");
    enum status s =
        phrase_book_new(arena, injection_classes, injection_speech, PHRASE_MISSPELT_TOO, &b->turns, err);
    if (s == OK) *out = b;
    return s;
}

enum status injection_find(const struct injection_book *book, struct arena *arena,
                           const struct tokens *tokens, bool *found, struct err *err) {
    struct phrase_hit *hits;
    size_t count = 0;
    enum status s = phrase_find(book->turns, arena, tokens, NULL, 0, &hits, &count, err);
    *found = s == OK && count > 0;
    return s;
}
