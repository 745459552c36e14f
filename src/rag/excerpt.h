#ifndef RAG_EXCERPT_H
#define RAG_EXCERPT_H
/*
 * excerpt -- the lines of a passage that are quoted: the line that says most of what was asked, with what belongs to it.
 *
 * A line is worth the question's words that it holds, by how rare they are in the record; more when it shows the kind of thing that is asked
 * for (demand.h), or the day. Lines near it that hold other words of the question are taken along, then the rest of its sentence or list.
 * Nothing is left out in between, and no line about the patient's family is chosen unless they are asked about.
 */
#include "rag/draft.h"

struct excerpt {
    struct str text,
        line;     /* what is quoted, and its best line; empty: nothing of the passage holds anything */
    float shown;  /* demand_shows() of the best line */
    bool planned; /* it says that something is only to be done */
    bool dated;   /* it names a day of the time that is asked about */
};

/* With `by_heading` the beginning of the passage where only its heading holds something. */
enum status excerpt_choose(struct draft *, const struct search_query *, const struct record_chunk *,
                           bool by_heading, struct excerpt *out) MUST_CHECK;

/* The groups of words that name the kind of thing that is asked for: where that is shown, they are held. A bit each. */
uint64_t excerpt_kind_groups(const struct draft *, const struct search_query *);

#endif
