#ifndef EXTRACTOR_ATTACHED_H
#define EXTRACTOR_ATTACHED_H
/*
 * attached -- files that a PDF holds within it: those of its list, and those pinned to a page (ISO 32000-1, 7.11.4 and 12.5.6.15).
 *
 * Those that we read are further pages of the document, behind its own, in this order. XML is left out quietly: it says to machines what
 * the pages say to people (invoices, exchanges between hospitals). That something else was left out is told: an unknown format, a
 * password, too many files or too large, and the files within these files.
 */
#include "ocr.h"
#include "sheet.h"

#include <poppler.h>

/* Bytes of those that are taken, unpacked. Others cost no more than being looked at. */
enum { ATTACHED_LOOKED_AT_MAX = 50, ATTACHED_BYTES_MAX = 64 * 1024 * 1024 };

struct attached {
    struct attached_file {
        struct buf name, bytes;
        int first, pages; /* its pages within the document */
    } files[PAGE_ATTACHMENTS_MAX];
    size_t count;
    int pages_before, pages; /* of the document, and of all files */
    bool left_out;
    int looked_at;
    size_t room; /* bytes */
};

/* Unpacks and counts them; `pages` is how many the document has of its own. It may be closed afterwards. */
void attached_open(PopplerDocument *, int pages, struct attached *);
void attached_done(struct attached *);

/* Whether there are any. */
bool attached_any(PopplerDocument *);

/* The number of all pages, and which are whose. */
enum extract_code attached_send_total(const struct attached *, struct sheet *);

enum extract_code attached_read(const struct attached *, struct sheet *, struct ocr *);

/* The file that page number `page` of the document comes from; NULL: none. */
const struct attached_file *attached_at(const struct attached *, int page);

#endif
