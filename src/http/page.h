#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H
/*
 * page -- the lists of the contract: ?page= and ?page_size=, {"count","next","previous","results"}.
 */
#include "http/route.h"

enum { PAGE_SIZE_DEFAULT = 25, PAGE_SIZE_MAX = 100 };

struct page_request {
    int64_t page, size, offset; /* page counts from 1 */
};

/* Reads both parameters; a page that is not a positive number is E_NOT_FOUND, as in Django REST Framework. */
enum status page_request_parse(const struct request *, struct page_request *, struct err *) MUST_CHECK;

/* Opens the object and the results array; write the items, then page_end(). A page beyond the last is E_NOT_FOUND (page 1 of nothing is not). */
enum status page_begin(const struct request *, const struct page_request *, int64_t count, struct json_out *,
                       struct err *) MUST_CHECK;
void page_end(struct json_out *);

#endif
