#ifndef EXTRACTOR_OFFICE_PARTS_H
#define EXTRACTOR_OFFICE_PARTS_H
/*
 * office_parts -- the files within a DOCX or ODT file that hold what is printed, unpacked.
 */
#include "base/arena.h"
#include "documents/extract_code.h"
#include "documents/file_type.h"

/* Unpacked, all of them together; a dense book of 500 pages is 20 MB of XML. */
enum { OFFICE_PARTS_MAX = 24, OFFICE_XML_MAX = 48 * 1024 * 1024 };

struct office_parts {
    struct office_part {
        int rank; /* parts are read in this order: headers, body, footers */
        struct str xml;
    } items[OFFICE_PARTS_MAX];
    size_t count;
};

/* Ordered. EXTRACT_UNSUPPORTED: a zip file of another kind; EXTRACT_TOO_COMPLEX: beyond the limits. */
enum extract_code office_parts_read(struct arena *, enum file_type, struct str zip, struct office_parts *);

#endif
