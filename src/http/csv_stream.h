#ifndef HTTP_CSV_STREAM_H
#define HTTP_CSV_STREAM_H
/*
 * csv_stream -- a table that is read from the database while it is sent, some rows at a time: however long it is, it takes the memory of a piece.
 *
 * The first member of a room's own struct, which knows how far it has come; in the arena of the request. Its reader is its own, because the
 * thread that sends is another than the one that answered.
 */
#include "base/buf.h"
#include "db/db.h"
#include "http/route.h"

struct csv_stream {
    /* Puts the next rows into `piece`, and clears `ended` when there is one. Anything but OK cuts the answer off. */
    enum status (*next)(struct csv_stream *);
    struct db *db;
    struct buf piece;
    size_t sent; /* of piece */
    bool ended;
};

/* Starts the answer with `head`, the line that names the columns. `next` is set. */
enum status csv_stream_start(struct csv_stream *, struct db_pool *, struct str head, struct reply *,
                             struct err *) MUST_CHECK;

#endif
