#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H
/*
 * openapi -- GET /api/schema/, an OpenAPI 3.1 document, and GET /api/docs/, the same for people. Inside http/ only.
 *
 * Both are made from the route tables when the server starts, so that they cannot say anything else than what is served. The bodies are
 * described by the rooms' *.schema.json files, which tools/embed_schemas.py builds into the program.
 */
#include "http/route.h"

struct openapi_schema {
    const char *name, *json;
};

/* The component schemas of all rooms, sorted; ends with name NULL. Generated. */
extern const struct openapi_schema openapi_schemas[];

struct openapi {
    struct buf json, html;
};

/* E_INTERNAL when a route names a schema that is nowhere. openapi_done() is needed after a failure too. */
enum status openapi_init(struct openapi *, const struct route_set *sets, struct str public_url,
                         struct err *) MUST_CHECK;
void openapi_done(struct openapi *);

extern const struct route openapi_routes[]; /* room: struct openapi */

/* For the generator of the page: the part of a path by which routes are grouped ("patients"), and a method's name. */
struct str openapi_group(const char *path);
const char *openapi_method(enum http_method);

#endif
