#ifndef DOCUMENTS_REMAKE_H
#define DOCUMENTS_REMAKE_H
/*
 * remake -- what is made of a document's pages: people's words laid over them, facts taken out, all of it stored and made findable.
 *
 * Pages come from the extractor when a document is read (ingest.h). When only people's words changed, the pages that are stored do as well:
 * then it happens in the transaction that keeps those words, so that the next answer says what the doctor said, and what was withdrawn
 * is never said again.
 */
#include "documents/document.h"

struct document_made {
    const struct page *pages,
        *quotable; /* as people see them, and as answers may quote them (fact_strike.h) */
    size_t page_count;
    struct document_reading reading;
    int64_t corrections; /* the version of those that were laid over the pages */
    bool names_another;
    bool unread; /* a page has not been read, nor typed */
};

/* Corrects *pages and reads them. Everything lives in the arena. */
enum status document_make(struct db *, struct arena *, const struct document *, struct page *pages,
                          size_t count, struct document_made *, struct err *) MUST_CHECK;

/* In the caller's transaction: pages, facts, index, "indexed", and the record of the patient is a new one. error_code: of pages that were not read. */
enum status document_keep_made(struct db *, struct arena *, const struct documents *, const struct document *,
                               const struct document_made *, struct str error_code, int64_t now_us,
                               struct err *) MUST_CHECK;

/*
 * In the caller's transaction, after people's words changed. The document is made anew from the stored pages when it is indexed, has no more than
 * REMAKE_PAGES_MAX of them and needs no page back as it was printed (from_original false); otherwise it leaves the record at once and
 * waits to be read again.
 */
enum { REMAKE_PAGES_MAX = 60 };
enum status document_remake(struct db *, struct arena *, const struct documents *, const struct document *,
                            bool from_original, int64_t now_us, struct err *) MUST_CHECK;

#endif
