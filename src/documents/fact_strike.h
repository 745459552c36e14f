#ifndef DOCUMENTS_FACT_STRIKE_H
#define DOCUMENTS_FACT_STRIKE_H
/*
 * fact_strike -- pages as they may be quoted to a patient: what people withdrew from facts is not found in passages either.
 *
 * The words of a rejected fact go; those of one that was changed give way to what the person said, unless the page's text says that already
 * (fact_correction.h mends it where its lines stand one behind the other; the rows of a table that were put together from cells are mended here).
 * Only what answers search is struck: people still see the page as it was read.
 */
#include "documents/fact_correction.h"

/* Pure: one correction struck from its page. The words become the arena's copy, the text is empty where none are left. False: the arena is full. */
bool fact_strike(struct arena *, const struct fact_correction *, struct page *) MUST_CHECK;

/* All corrections of a document. *out is a copy that shares what did not change. */
enum status fact_strikes_apply(struct db *, struct arena *, int64_t document_id, const struct page *pages,
                               size_t count, const struct page **out, struct err *) MUST_CHECK;

#endif
