/*
 * report_csv_store -- the ledger as CSV, a piece of rows at a time. See report.h.
 */
#include "broadcasts/report.h"

#include <stdio.h>

#include "base/csv.h"
#include "db/db.h"
#include "messaging/message_reason.h"
#include "queries.h"

enum { PIECE_ROWS = 200, PIECE_MAX_BYTES = 1 << 20, REASON_MAX_BYTES = 256, PATIENT_COLUMNS = 4 };

#define HEAD                                                                                                 \
    "\xEF\xBB\xBFpatient,first_name,last_name,phone,status,reason,reason_text,"                              \
    "queued_at,sent_at,delivered_at,read_at,updated_at\r\n"

/* Lives in the arena of the request; its reader is its own, because the thread that sends is another than the one that answered. */
struct csv {
    struct db *db;
    struct buf piece;
    size_t sent; /* of piece */
    int64_t broadcast_id, after_id;
    struct str state;
    enum lang lang;
    bool ended;
};

static void put_time(struct buf *out, const struct db_val *at) {
    char text[TIME_ISO_BYTES];
    buf_add_char(out, ',');
    if (at->type == DB_NULL || !at->i) return;
    time_format_iso(at->i, text);
    buf_add(out, str_from_c(text));
}

static enum status put_row(void *ctx, const struct db_val *col, struct err *e) {
    struct csv *c = ctx;
    char words[REASON_MAX_BYTES];

    (void)e;
    c->after_id = col[0].i;
    c->ended = false;
    buf_add_i64(&c->piece, col[0].i);
    for (int i = 1; i < PATIENT_COLUMNS + 2; i++) {
        buf_add_char(&c->piece, ',');
        csv_put_text(&c->piece, col[i].s);
    }
    buf_add_char(&c->piece, ',');
    size_t n = message_reason(col[5].s, c->lang, words, sizeof words);
    csv_put_text(&c->piece, (struct str) { words, n });
    for (int i = PATIENT_COLUMNS + 2; i < q_report_rows.columns; i++) put_time(&c->piece, &col[i]);
    buf_add(&c->piece, STR("\r\n"));
    return OK;
}

/* False: it cannot be read. */
static bool next_piece(struct csv *c) {
    const struct db_val in[] = { db_int(c->broadcast_id), db_text(c->state), db_int(c->after_id),
                                 db_int(PIECE_ROWS) };
    buf_clear(&c->piece);
    c->sent = 0;
    c->ended = true; /* unless a row comes */
    return db_run(c->db, &q_report_rows, in, put_row, c, NULL, NULL) == OK && buf_ok(&c->piece);
}

static int64_t read_csv(void *ctx, char *out, size_t max) {
    struct csv *c = ctx;
    if (c->sent == c->piece.n && !c->ended && !next_piece(c)) return -1;
    size_t n = c->piece.n - c->sent < max ? c->piece.n - c->sent : max;
    if (n) memcpy(out, c->piece.p + c->sent, n);
    c->sent += n;
    return (int64_t)n;
}

static void csv_done(void *ctx) {
    struct csv *c = ctx;
    db_close(c->db);
    buf_done(&c->piece);
    c->db = NULL;
}

static enum status put_name(struct reply *re, int64_t broadcast_id, struct err *e) {
    char value[80];
    int n =
        snprintf(value, sizeof value, "attachment; filename=\"diffusion-%lld.csv\"", (long long)broadcast_id);
    return reply_header(re, "Content-Disposition", (struct str) { value, (size_t)n }, e);
}

enum status report_send_csv(struct request *rq, struct reply *re, int64_t broadcast_id, struct str state,
                            struct err *e) {
    const struct broadcasts *room = rq->room;
    struct csv *c = arena_alloc(rq->arena, sizeof *c);
    enum status s;

    if (!c) return fail(e, E_LIMIT, NULL, "no memory for a CSV");
    *c = (struct csv) { .broadcast_id = broadcast_id, .state = state, .lang = rq->lang };
    if ((s = put_name(re, broadcast_id, e)) != OK || (s = db_open(room->pool, &c->db, e)) != OK) return s;
    buf_init(&c->piece, PIECE_MAX_BYTES);
    buf_add(&c->piece, STR(HEAD));
    re->type = "text/csv; charset=utf-8; header=present";
    return reply_stream(re, -1, read_csv, csv_done, c, e);
}
