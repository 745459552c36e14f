#include "rag/notice.h"

struct notice_book {
    struct phrase_book *asked, *told;
};

enum status notice_book_new(struct arena *arena, struct notice_book **out, struct err *err) {
    struct notice_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for notices");
    enum status s =
        phrase_book_new(arena, notices_classes, notices_notice, PHRASE_MISSPELT_TOO, &b->asked, err);
    if (s == OK) s = phrase_book_new(arena, notices_classes, notices_told, PHRASE_AS_WRITTEN, &b->told, err);
    if (s == OK) *out = b;
    return s;
}

enum status notice_asked(const struct notice_book *book, struct arena *arena, const struct tokens *tokens,
                         const bool *drug, enum notice *out, bool *said, struct err *err) {
    const struct phrase_mark mark = { "@drug", drug };
    struct phrase_hit *hits;
    size_t count;
    *out = NOTICE_COUNT;
    enum status s = phrase_find(book->asked, arena, tokens, &mark, 1, &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) {
        enum notice kind = (enum notice)notices_notice[hits[i].phrase].tag;
        if (kind < *out) *out = kind;
        for (size_t k = hits[i].first; k <= hits[i].last; k += hits[i].last > k ? hits[i].last - k : 1)
            said[k] |= !drug[k];
    }
    for (size_t i = 0; s == OK && i < tokens->count; i++)
        said[i] |= phrase_book_knows(book->asked, tokens->items[i].folded);
    return s;
}

enum status notice_stands(const struct notice_book *book, struct arena *arena, const struct tokens *tokens,
                          const bool *drug, enum notice kind, bool *stands, struct err *err) {
    const struct phrase_mark mark = { "@drug", drug };
    struct phrase_hit *hits;
    size_t count;
    *stands = false;
    enum status s = phrase_find(book->told, arena, tokens, &mark, 1, &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) *stands |= notices_told[hits[i].phrase].tag == (int)kind;
    return s;
}

bool notice_knows(const struct notice_book *book, struct str folded) {
    return phrase_book_knows(book->told, folded);
}
