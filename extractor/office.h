#ifndef EXTRACTOR_OFFICE_H
#define EXTRACTOR_OFFICE_H
/*
 * office -- DOCX and ODT files: paragraphs, and tables with their cells side by side.
 *
 * Both are zip files of XML (ECMA-376; OpenDocument 1.3). What is printed on every page comes first (header), then the
 * body, then the footer. Text that was deleted with changes tracked is not read. The text is laid out as a typewriter
 * would (plain_text.h): where a text processor would end a page is not known.
 */
#include "documents/file_type.h"
#include "sheet.h"

/* Of the text: 500 dense pages are 2 MB. */
enum { OFFICE_TEXT_MAX = 8 * 1024 * 1024, OFFICE_ARENA_BYTES = 96 * 1024 * 1024 };

/*
 * EXTRACT_UNSUPPORTED: a zip file of another kind. EXTRACT_ENCRYPTED_OFFICE: one with a password. FILE_OLE is never read:
 * it is that, or EXTRACT_OLD_OFFICE.
 */
enum extract_code office_read(struct sheet *, enum file_type, struct str bytes);

#endif
