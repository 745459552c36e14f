#ifndef BROADCASTS_PREVIEW_H
#define BROADCASTS_PREVIEW_H
/*
 * preview -- what one patient would read if a broadcast left now, as what it would leave, and what the carrier would ask for it. Reads only.
 */
#include "broadcasts/broadcast.h"

/* What one message costs, in millionths of a dollar. */
struct broadcast_price {
    bool known;
    int64_t micro_usd;
};

/* Pure. category: of the template ("MARKETING"); empty: free text, which costs the carrier's fee alone. */
struct broadcast_price broadcast_price_of(const struct broadcast_prices *, struct str category);

struct broadcast_preview {
    int64_t patient_id;
    struct broadcast_words words;
    unsigned
        missing; /* content_field bits that the words need and the record lacks: they stand there as {{…}} */
    const char
        *left_out; /* why this person would not get it (target.h, or "not_targeted"); NULL: would get it */
    bool as_template;
    struct str
        template_text; /* as the person would read it; empty: free text, or there is no approved template */
    struct broadcast_price price;
};

/* patient_id 0: somebody who would get it, E_CONFLICT when nobody would. */
enum status broadcast_preview_for(const struct broadcasts *, struct db *, struct arena *,
                                  const struct broadcast *, int64_t patient_id, int64_t now_us,
                                  struct broadcast_preview *, struct err *) MUST_CHECK;

#endif
