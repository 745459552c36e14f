#include "http/csv_stream.h"

enum { PIECE_MAX_BYTES = 1 << 20 };

/* False: it cannot be read. */
static bool next_piece(struct csv_stream *c) {
    buf_clear(&c->piece);
    c->sent = 0;
    c->ended = true; /* unless a row comes */
    return c->next(c) == OK && buf_ok(&c->piece);
}

static int64_t read_csv(void *ctx, char *out, size_t max) {
    struct csv_stream *c = ctx;
    if (c->sent == c->piece.n && !c->ended && !next_piece(c)) return -1;
    size_t n = c->piece.n - c->sent < max ? c->piece.n - c->sent : max;
    if (n) memcpy(out, c->piece.p + c->sent, n);
    c->sent += n;
    return (int64_t)n;
}

static void csv_done(void *ctx) {
    struct csv_stream *c = ctx;
    db_close(c->db);
    buf_done(&c->piece);
    c->db = NULL;
}

enum status csv_stream_start(struct csv_stream *c, struct db_pool *pool, struct str head, struct reply *re,
                             struct err *e) {
    enum status s = db_open(pool, &c->db, e);
    if (s != OK) return s;
    buf_init(&c->piece, PIECE_MAX_BYTES);
    buf_add(&c->piece, head);
    re->type = "text/csv; charset=utf-8; header=present";
    return reply_stream(re, -1, read_csv, csv_done, c, e);
}
