#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H
/*
 * multipart -- multipart/form-data (RFC 7578) read as it arrives, in constant memory. Inside http/ only.
 *
 * Strict where parsers disagree: no preamble but empty lines, CRLF everywhere, exactly one Content-Disposition a part with a name, names in
 * clean UTF-8. Content-Transfer-Encoding, which RFC 7578 deprecates, may only say that there is none. What follows the closing boundary is ignored.
 */
#include "base/status.h"
#include "http/limits.h"

struct part {
    struct str name, filename; /* hold until the next part */
    bool has_filename;         /* a file; without it a text field */
};

struct multipart_events {
    void *ctx;
    enum status (*begin)(void *ctx, const struct part *, struct err *);
    enum status (*data)(void *ctx, struct str bytes, struct err *);
    enum status (*end)(void *ctx, struct err *);
};

enum multipart_state { MULTIPART_START, MULTIPART_HEAD, MULTIPART_DATA, MULTIPART_DONE };

struct multipart {
    struct multipart_events events;
    enum multipart_state state;
    char delimiter[4 + BOUNDARY_MAX]; /* CR LF - - boundary */
    size_t delimiter_n;
    size_t matched; /* bytes of the delimiter and of the two behind it that were seen */
    char behind;    /* the first of those two */
    bool in_part;
    char head[PART_HEAD_MAX_BYTES];
    size_t head_n;
};

/* False when the boundary is empty, too long or holds characters that no boundary may have. */
bool multipart_init(struct multipart *, struct str boundary, const struct multipart_events *) MUST_CHECK;

/* E_INVALID with a message for what is malformed, or the failure of an event; nothing may be fed after one. */
enum status multipart_feed(struct multipart *, struct str bytes, struct err *) MUST_CHECK;

/* After the last byte: E_INVALID unless the closing boundary was seen. */
enum status multipart_finish(const struct multipart *, struct err *) MUST_CHECK;

extern const struct message multipart_malformed, multipart_incomplete;

#endif
