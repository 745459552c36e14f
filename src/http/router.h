#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H
/*
 * router -- finds the route of a path, without allocating. Inside http/ only.
 *
 * Built once from the tables of the rooms and constant afterwards, so that every thread may ask. Patterns with the same number of segments
 * stand together; in each group words come before {arguments}, so that /api/patients/confirm/ is not read as an id.
 */
#include "http/route.h"

struct router;

/* E_INTERNAL when two routes answer the same method and path, or a pattern cannot be read. */
enum status router_new(const struct route_set *sets, struct router **, struct err *) MUST_CHECK;
void router_free(struct router *); /* NULL is fine */

enum route_found {
    ROUTE_NONE,
    ROUTE_SLASH_MISSING, /* the path with a slash at its end would be found */
    ROUTE_OTHER_METHOD,  /* only `methods` are answered here */
    ROUTE_FOUND
};

struct route_match {
    const struct route *route; /* with ROUTE_OTHER_METHOD: another one of the path */
    void *room;
    unsigned methods;               /* enum http_method as bits */
    struct str args[PATH_ARGS_MAX]; /* views into the path, still percent-encoded */
};

/* The path is raw, without query. method 0 is one that no route has. */
enum route_found router_find(const struct router *, enum http_method method, struct str path,
                             struct route_match *);

#endif
