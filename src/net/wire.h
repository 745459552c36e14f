#ifndef NET_WIRE_H
#define NET_WIRE_H
/*
 * wire -- reading the JSON that services outside answer, which may be anything.
 */
#include "base/arena.h"

#include <jansson.h>

/* The JSON of an answer; NULL when it is none, or has a NUL byte, which jansson would pass over. */
json_t *wire_json(struct str body);
/* A member that is a text, or an empty str; borrowed. */
struct str wire_text(const json_t *object, const char *name);
/* A member that counts something; 0 when it is none. */
int64_t wire_count(const json_t *object, const char *name);

/* Written compactly into the arena. */
bool wire_dump(struct arena *, const json_t *, struct str *out) MUST_CHECK;

#endif
