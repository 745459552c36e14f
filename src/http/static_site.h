#ifndef HTTP_STATIC_SITE_H
#define HTTP_STATIC_SITE_H
/*
 * static_site -- the built dashboard, read into memory once: what a path of a browser stands for.
 *
 * A folder made by tools/web-build: manifest.json lists every file with its type, entity tag and, for pages, Content-Security-Policy; what
 * shrinks lies there as .br and .gz too. Only what the manifest lists is given out, looked up by its whole name: no path of a request
 * reaches the file system, and files that are replaced while the program runs change nothing.
 *
 * Constant after opening, so that every thread may ask.
 */
#include "http/route.h"

struct static_file {
    struct str path;          /* "/dashboard/index.html" */
    const char *type;         /* media type */
    struct str etag;          /* of what it holds */
    struct str policy;        /* pages only */
    struct str plain, br, gz; /* br and gz are empty when it is not compressed */
    bool immutable;           /* its name changes with what it holds */
};

struct static_site;

/* E_NOT_FOUND: there is no manifest; E_INVALID: it and the files do not fit together. */
enum status static_site_open(struct str dir, struct static_site **, struct err *) MUST_CHECK;
void static_site_free(struct static_site *); /* NULL is fine */

enum static_found {
    STATIC_NONE,
    STATIC_FILE,
    STATIC_SLASH_MISSING /* with a slash at its end it would be a page */
};

/* The path is decoded, without query. *file is set for STATIC_FILE. */
enum static_found static_site_find(const struct static_site *, struct str path,
                                   const struct static_file **file);

/* The page for what is not there; NULL: none. */
const struct static_file *static_site_missing(const struct static_site *);

/*
 * GET of what no other route answers, as the room's only route; `room` is the site. "/" leads to the dashboard, or to signing in.
 * static_site_serves(): is the decoded path for it, whatever comes of it? Never the API's.
 */
extern const struct route static_route;
bool static_site_serves(const struct static_site *, struct str path, struct str accept);

#endif
