#ifndef HTTP_ZIP_STREAM_H
#define HTTP_ZIP_STREAM_H
/*
 * zip_stream -- files packed while they are sent, one after the other: however large they are, they take the memory of a piece.
 *
 * The first member of a room's own struct, which knows which file comes next; in the arena of the request. Its functions run on the thread that
 * sends. A file whose bytes are not as many as it said, or that cannot be read, cuts the answer off: half a file must not look whole.
 */
#include "base/buf.h"
#include "http/route.h"

struct zip_file {
    const char *name;   /* plain ASCII, "documents/x.pdf"; borrowed until the next one */
    int64_t size_bytes; /* exactly */
    int64_t time_us;
    bool pack; /* worth the work: text. Scans are packed already. */
};

struct archive;       /* libarchive */
struct archive_entry; /* libarchive */

struct zip_stream {
    /* The next file; E_NOT_FOUND (without a message): that was the last. Anything else cuts the answer off. */
    enum status (*next)(struct zip_stream *, struct zip_file *);
    /* Bytes of it: 0 at its end, -1 on failure. */
    int64_t (*read)(struct zip_stream *, char *out, size_t n);
    void (*done)(struct zip_stream *); /* always called, once */

    struct archive *archive;
    struct archive_entry *entry;
    struct buf piece;
    size_t sent;        /* of piece */
    int64_t left_bytes; /* of the file that is being packed */
    bool inside, ended, is_over;
};

/* Starts the answer. The functions are set; done() is called even when this fails. */
enum status zip_stream_start(struct zip_stream *, struct reply *, struct err *) MUST_CHECK;

#endif
