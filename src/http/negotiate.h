#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H
/*
 * negotiate -- what a client says it understands, and what it says it sends (RFC 9110, sections 8 and 12 and 13).
 *
 * Pure functions on header values. A header that makes no sense counts as absent.
 */
#include "base/base.h"

/* French or English; French when neither is asked for. */
enum lang negotiate_lang(struct str accept_language);

/* gzip (or *) with a weight above 0. */
bool negotiate_gzip(struct str accept_encoding);

/* That coding by its own name, with a weight above 0. */
bool negotiate_coding(struct str accept_encoding, struct str coding);

/* The weak entity tag of a body, which may go out compressed or not. */
enum { ETAG_BYTES = 48 };
void negotiate_etag_of(struct str body, char out[ETAG_BYTES]);

/* Does If-None-Match name this entity tag (weak comparison), or any ("*")? */
bool negotiate_etag_matches(struct str if_none_match, struct str etag);

/* Is the media type, without its parameters, `type` ("application/json")? */
bool media_type_is(struct str content_type, struct str type);

/* A parameter of a media type or a disposition, without quotes; false when it is absent or badly quoted.
 * A quoted value with backslashes is refused: no client of ours sends one, and parsers disagree about them. */
bool media_type_param(struct str value, struct str name, struct str *out);

#endif
