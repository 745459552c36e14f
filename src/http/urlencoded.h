#ifndef HTTP_URLENCODED_H
#define HTTP_URLENCODED_H
/*
 * urlencoded -- percent-encoding and application/x-www-form-urlencoded (WHATWG URL, section 5).
 *
 * Views into the input until a value is decoded; decoded text lives in the arena. Strict: "%" without two hexadecimal digits, and text
 * that is not clean UTF-8 without control characters once decoded, is refused as a whole by urlencoded_is_valid().
 */
#include "base/arena.h"
#include "base/buf.h"

/* Every pair decodes to clean text. `lines` lets \t, \r and \n pass (a message in a form), otherwise no control character may. */
bool urlencoded_is_valid(struct str raw, bool lines);

/* Takes the next pair off *rest, still encoded. False at the end. */
bool urlencoded_next(struct str *rest, struct str *name, struct str *value);

/* Decodes; `plus` reads + as a space (queries and forms, not paths). False: bad escape, or the arena is full. */
bool urlencoded_decode(struct arena *, struct str raw, bool plus, struct str *out) MUST_CHECK;

/* The decoded value of the first pair of that name; false when there is none (or it cannot be decoded). */
bool urlencoded_get(struct arena *, struct str raw, struct str name, struct str *out);

/* Adds it percent-encoded: all but the unreserved characters of RFC 3986 section 2.3. */
void urlencoded_add(struct buf *, struct str);

#endif
