#ifndef DOCUMENTS_SEARCHABLE_H
#define DOCUMENTS_SEARCHABLE_H
/*
 * searchable -- what was read of a document, for the PDF whose words can be searched.
 */
#include "documents/document.h"

/*
 * The pages in a memory file, as extract_export() wants them: words as they are stored, those of a doctor before those that were read, and
 * none on illegible pages. The caller closes *fd. *all_text: each page has its words as text already, none was corrected,
 * and none is of a file within the document.
 * E_LIMIT: more than a document can hold.
 */
enum status searchable_pages(struct db *, int64_t document_id, int *fd, bool *all_text,
                             struct err *) MUST_CHECK;

#endif
