#ifndef HTTP_OPENAPI_OPERATION_H
#define HTTP_OPENAPI_OPERATION_H
/*
 * openapi_operation -- one route as an operation of the OpenAPI document. Inside http/ only.
 */
#include "http/route.h"

/* Writes the member "get", "post", … of a path item. E_INTERNAL when the route names a schema that is nowhere. */
enum status openapi_put_operation(struct json_out *, const struct route *, struct err *) MUST_CHECK;

/* Writes a member with text. */
void openapi_put(struct json_out *, const char *key, const char *value);

#endif
