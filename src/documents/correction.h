#ifndef DOCUMENTS_CORRECTION_H
#define DOCUMENTS_CORRECTION_H
/*
 * correction -- the text that a doctor typed for a page, in the place of what was read.
 *
 * It is kept beside the document and laid over the page each time the document is read, so that facts, chunks and answers are made of
 * the doctor's words in the same way as of printed ones. Words that were mended stand where what they replace stood (correction_place.h). Those
 * of a page that was typed anew have no place on the paper: they get one, line under line as on a typewriter, so that rows and columns
 * typed with spaces are understood as such.
 */
#include "documents/document.h"

enum { CORRECTION_MAX_CHARS = 40000, CORRECTION_ANY_VERSION = -1 };

/* page with the words of `text` instead of its own: PAGE_CORRECTED, legible, confidence 100. Size and turn stay. */
enum status correction_apply(struct arena *, struct page *page, struct str text, struct err *) MUST_CHECK;

/*
 * The corrections of a document laid over its pages; those of pages that are no longer there do nothing. *version changes with every
 * correction: who stores what he made of the pages looks, inside his transaction, whether it is still the same.
 */
enum status corrections_apply(struct db *, struct arena *, int64_t document_id, struct page *,
                              size_t page_count, int64_t *version, struct err *) MUST_CHECK;
enum status corrections_version(struct db *, int64_t document_id, int64_t *version, struct err *) MUST_CHECK;

/*
 * Each is one transaction with its audit row, and the document is made anew in it (remake.h). E_NOT_FOUND with a message: no such page, or no
 * correction of it. `version` is that of the page (the time of its last correction, 0 for none) which the person saw: E_CONFLICT with a
 * message when somebody changed it since; CORRECTION_ANY_VERSION: whatever it is.
 */
enum status correction_save(struct db *, struct arena *, const struct documents *, const struct document *,
                            int64_t number, struct str text, int64_t version, int64_t user_id, int64_t now_us,
                            struct err *) MUST_CHECK;
enum status correction_remove(struct db *, struct arena *, const struct documents *, const struct document *,
                              int64_t number, int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;

/*
 * For the deeds of fact_correction.h: inside their transaction, the audit row, and the document made anew (remake.h). from_original: a page
 * is wanted back as it was printed.
 */
enum status correction_done(struct db *, struct arena *, const struct documents *, const struct document *,
                            struct str action, bool from_original, int64_t user_id, int64_t now_us,
                            struct err *) MUST_CHECK;

#endif
