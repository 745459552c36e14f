#include "rag/advice_question.h"

struct advice_book {
    struct phrase_book *cues;
};

enum status advice_book_new(struct arena *arena, struct advice_book **out, struct err *err) {
    struct advice_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for cues");
    enum status s = phrase_book_new(arena, advice_classes, advice_cue, PHRASE_MISSPELT_TOO, &b->cues, err);
    if (s == OK) *out = b;
    return s;
}

/* Wants what stands in a record, unless it says otherwise. */
static bool wants_a_fact(enum intent intent) {
    return intent != INTENT_NONE && intent != INTENT_ADVICE && intent != INTENT_INSTRUCTIONS;
}

static bool has_figure(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].number) return true;
    return false;
}

enum status advice_question_read(const struct advice_book *book, struct arena *arena,
                                 const struct tokens *tokens, const struct subject *subject,
                                 const struct intent_reading *reading, struct advice_question *out,
                                 struct err *err) {
    const struct phrase_mark marks[] = { { "@drug", subject->drug }, { "@lab", subject->lab } };
    bool said[CUE_COUNT] = { false };
    struct phrase_hit *hits;
    size_t count;
    enum status s = phrase_find(book->cues, arena, tokens, marks, COUNT_OF(marks), &hits, &count, err);
    if (s != OK) return s;
    for (size_t i = 0; i < count; i++) said[advice_cue[hits[i].phrase].tag] = true;
    bool names_own = reading->names_disease || reading->has_other || subject->vaccine_count;
    bool goes_on = reading->from_context || (reading->subject_from_context && !names_own);
    bool fact = wants_a_fact(reading->intent);
    bool value = reading->intent == INTENT_LAB_VALUE || reading->intent == INTENT_LAB_HISTORY;
    bool how = said[CUE_HOW] || said[CUE_CHANGE];
    bool own = said[CUE_OWN] || (said[CUE_KIN] && !said[CUE_ILL]) || (said[CUE_MINE] && !how) ||
               (value && has_figure(tokens));
    out->may_answer = !goes_on && !own && (!fact || how || said[CUE_GENERAL] || said[CUE_ILL]);
    out->wants_change = said[CUE_CHANGE];
    return OK;
}
