/*
 * compose_stopped -- "quel médicament a-t-on arrêté ?": the lines of the record that stop one. A list of what is prescribed would be the contrary
 * of the answer.
 */
#include "rag/draft.h"
#include "rag/treatment_word.h"

enum { LINE_BYTES_MAX = 240 };

enum status compose_stopped(struct draft *d) {
    struct treatment_word stops[TREATMENT_STOPS_MAX];
    uint32_t said = UINT32_MAX; /* the document that the lines above come from */
    size_t count = 0;
    if (!d->demands.asked[DEMAND_STOPPED] || d->subject->names_drug || d->collection != COLLECTION_RECORD)
        return OK;
    enum status s = treatment_stops(d->record, d->arena, CONFIDENCE_READABLE, stops, &count, d->err);
    for (size_t i = 0; s == OK && i < count; i++) {
        const struct record_document *doc = &d->record->documents[stops[i].document];
        struct str quote;
        if (!draft_shorten(d, stops[i].quote, LINE_BYTES_MAX, &quote))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        if (!draft_cite(d, stops[i].document, stops[i].page, stops[i].quote)) break;
        draft_line(d);
        if (said != stops[i].document) s = draft_say_where(d, SAY_PASSAGE, doc);
        said = stops[i].document;
        draft_quote(d, quote);
    }
    return s;
}
