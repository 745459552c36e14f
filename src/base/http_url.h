#ifndef BASE_HTTP_URL_H
#define BASE_HTTP_URL_H
/*
 * http_url -- the addresses of services outside that may be set: where texts and keys are sent to must be sure.
 */
#include "base/base.h"

/* "https://…", or "http://…" to a loopback address (127.x.x.x, [::1], localhost), in ASCII, without user, query or fragment. */
bool http_base_url_is_valid(struct str);

/* "host" or "host:port" of a valid one. */
struct str http_url_authority(struct str);

#endif
