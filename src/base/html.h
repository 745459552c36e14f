#ifndef BASE_HTML_H
#define BASE_HTML_H
/*
 * html -- text inside a page: whatever it is, it stays text, between tags and in a quoted attribute.
 */
#include "base/buf.h"

void html_add_text(struct buf *out, struct str text);

#endif
