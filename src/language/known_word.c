#include "language/known_word.h"

#include "language/text.h"

static size_t slot_of(struct str folded) {
    return text_hash(folded) % KNOWN_WORD_SLOTS;
}

const struct known_word *known_word_find(const struct known_words *known, struct str folded) {
    const struct known_word *w = &known->slots[slot_of(folded)];
    bool same = w->bytes && str_eq((struct str) { w->folded, w->bytes }, folded);
    return same ? w : NULL;
}

void known_word_add(struct known_words *known, struct str folded, struct str stem, bool stop) {
    if (folded.n == 0 || stem.n == 0 || folded.n > KNOWN_WORD_BYTES_MAX || stem.n > KNOWN_WORD_BYTES_MAX)
        return;
    struct known_word *w = &known->slots[slot_of(folded)];
    memcpy(w->folded, folded.p, folded.n);
    memcpy(w->stem, stem.p, stem.n);
    w->bytes = (uint8_t)folded.n;
    w->stem_bytes = (uint8_t)stem.n;
    w->stop = stop;
}
