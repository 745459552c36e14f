#include "triage/triage_condition.h"

struct triage_book {
    struct phrase_book *signs, *turns, *concepts;
};

/* clang-format off */

static const char *const names[DANGER_COUNT] = {
    [DANGER_NONE] = "none", [DANGER_SUICIDE] = "suicide", [DANGER_CHEST] = "chest", [DANGER_BREATHING] = "breathing",
    [DANGER_STROKE] = "stroke", [DANGER_UNCONSCIOUS] = "unconscious", [DANGER_SEIZURE] = "seizure",
    [DANGER_BLEEDING] = "bleeding", [DANGER_POISON] = "poison", [DANGER_PREGNANCY] = "pregnancy", [DANGER_CHILD] = "child",
    [DANGER_ALLERGY] = "allergy", [DANGER_HEAD] = "head", [DANGER_INJURY] = "injury", [DANGER_BITE] = "bite",
    [DANGER_SUGAR] = "sugar", [DANGER_FEVER] = "fever", [DANGER_PAIN] = "pain", [DANGER_CALL] = "call",
    [DANGER_UNNAMED] = "unnamed",
};

/* clang-format on */

const char *danger_name(enum danger d) {
    return names[d];
}

enum status triage_book_new(struct arena *arena, struct triage_book **out, struct err *err) {
    struct triage_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for danger signs");
    enum status s =
        phrase_book_new(arena, triage_classes, triage_danger, PHRASE_MISSPELT_TOO, &b->signs, err);
    if (s == OK) s = phrase_book_new(arena, triage_classes, triage_turn, PHRASE_MISSPELT_TOO, &b->turns, err);
    if (s == OK)
        s = phrase_book_new(arena, triage_classes, triage_concept, PHRASE_MISSPELT_TOO, &b->concepts, err);
    if (s == OK) *out = b;
    return s;
}

enum status triage_examine(const struct triage_book *book, struct arena *arena, const struct tokens *tokens,
                           struct triage_said *m, struct err *err) {
    struct phrase_hit *hits;
    *m = (struct triage_said) { .tokens = tokens };
    enum status s = triage_number_marks(arena, tokens, m->numbers, err);
    if (s == OK)
        s = phrase_find(book->signs, arena, tokens, m->numbers, COUNT_OF(m->numbers), &hits, &m->sign_count,
                        err);
    if (s == OK)
        s = phrase_find(book->turns, arena, tokens, m->numbers, COUNT_OF(m->numbers), &m->turns,
                        &m->turn_count, err);
    if (s == OK)
        s = phrase_find(book->concepts, arena, tokens, m->numbers, COUNT_OF(m->numbers), &m->concepts,
                        &m->concept_count, err);
    if (s != OK) return s;
    m->signs = arena_array(arena, m->sign_count + 1, sizeof *m->signs);
    m->supposed = arena_array(arena, tokens->count + 1, sizeof *m->supposed);
    if (!m->signs || !m->supposed) return fail(err, E_LIMIT, NULL, "no memory for a message");
    for (size_t i = 0; i < m->sign_count; i++) m->signs[i] = (struct triage_sign) { hits[i], true };
    triage_take_back(m);
    triage_suppose(m);
    return OK;
}
