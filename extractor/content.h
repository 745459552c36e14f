#ifndef EXTRACTOR_CONTENT_H
#define EXTRACTOR_CONTENT_H
/*
 * content -- the pages of a file of any kind that is read, whether it is the document or a file within it. What it is shows in its bytes.
 */
#include "ocr.h"
#include "sheet.h"

enum extract_code content_read(struct sheet *, struct ocr *, struct str bytes);

/* How many pages content_read() would send of a file within a document. *holds_files: it has files within it, which are not read. */
enum extract_code content_count(struct str bytes, int *pages, bool *holds_files);

/*
 * One page (from 1) as the file holds it, about so many pixels wide and high. EXTRACT_NO_PAGES: it has no such page. The caller destroys
 * *out.
 */
enum extract_code content_draw(struct str bytes, int page, int width, int height, PIX **out);

#endif
