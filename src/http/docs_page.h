#ifndef HTTP_DOCS_PAGE_H
#define HTTP_DOCS_PAGE_H
/*
 * docs_page -- the route tables as one page of HTML without scripts. Inside http/ only.
 */
#include "http/route.h"

void docs_page_write(const struct route_set *sets, struct buf *out);

extern const char docs_page_css[];

#endif
