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
    if (!c || d->text->n + d->near.quote.n + FRAME_BYTES > d->room) return OK;
    const struct record_document *doc = &d->record->documents[c->document];
    if (!draft_cite(d, c->document, c->page, d->near.quote)) return OK;
    bool asks_for_advice = d->reading->intent == INTENT_ADVICE && !d->demands.asked[DEMAND_REASON];
    draft_say(d, asks_for_advice ? SAY_NEAR_NO_ADVICE : SAY_NEAR);
    draft_add(d, STR("\n"));
    enum status s = draft_say_where(d, SAY_ACCORDING_TO, doc);
    if (s != OK) return s;
    draft_quote(d, d->near.quote);
    s = draft_guard(d);
    if (s != OK || d->text->n == 0) return s;
    d->out->refused = true;
    d->out->tell = TELL_REFUSED;
    return OK;
}
