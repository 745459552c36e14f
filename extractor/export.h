#ifndef EXTRACTOR_EXPORT_H
#define EXTRACTOR_EXPORT_H
/*
 * export -- the document as a PDF that looks like it and whose words can be selected, searched and copied.
 *
 * A PDF keeps everything that it has: words of scanned pages, and those that a doctor typed, are laid over it, invisible. Pictures become
 * pages, and files of text are drawn with letters. A PDF that only one of the two libraries understands is drawn anew, page by page.
 */
#include "base/base.h"
#include "documents/extract_code.h"

/* Sends it in pieces. `pages`: what was read of the document (leaves.h). */
enum extract_code export_send(struct str bytes, struct str pages, int fd);

#endif
