/*
 * compose_near -- what comes closest, where nothing passes as an answer.
 *
 * Most passages that stand just below the threshold do answer; some only speak of something like it. They are shown as what they are: a
 * refusal, of which the doctor is told, with the words of the record that may help meanwhile.
 */
#include "rag/draft.h"

enum { FRAME_BYTES = 400 };

enum status compose_near(struct draft *d) {
    const struct record_chunk *c = d->near.chunk;
    struct str words;
    if (!c || d->text->n + d->near.quote.n + FRAME_BYTES > d->room) return OK;
    const struct record_document *doc = &d->record->documents[c->document];
    if (!draft_cite(d, c->document, c->page, d->near.quote)) return OK;
    if (!draft_document_words(d, doc, &words)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    bool asks_for_advice = d->reading->intent == INTENT_ADVICE && !d->demands.asked[DEMAND_REASON];
    draft_say(d, asks_for_advice ? SAY_NEAR_NO_ADVICE : SAY_NEAR);
    draft_add(d, STR("\n"));
    if (doc->id == 0)
        draft_say(d, SAY_FROM_FILE);
    else
        draft_say_of(d, SAY_ACCORDING_TO, words);
    draft_add(d, STR("\n« "));
    draft_add(d, d->near.quote);
    draft_add(d, STR(" »"));
    enum status s = draft_guard(d);
    if (s != OK || d->text->n == 0) return s;
    d->out->refused = true;
    d->out->tell = TELL_REFUSED;
    return OK;
}
