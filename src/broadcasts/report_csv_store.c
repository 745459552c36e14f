/*
 * report_csv_store -- the ledger as CSV, a piece of rows at a time. See report.h.
 */
#include "broadcasts/report.h"

#include <stdio.h>

#include "base/csv.h"
#include "http/csv_stream.h"
#include "messaging/message_reason.h"
#include "queries.h"

enum { PIECE_ROWS = 200, REASON_MAX_BYTES = 256, PATIENT_COLUMNS = 4 };

#define HEAD                                                                                                 \
    "\xEF\xBB\xBFpatient,first_name,last_name,phone,status,reason,reason_text,"                              \
    "queued_at,sent_at,delivered_at,read_at,updated_at\r\n"

struct csv {
    struct csv_stream stream;
    int64_t broadcast_id, after_id;
    struct str state;
    enum lang lang;
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
    c->stream.ended = false;
    buf_add_i64(&c->stream.piece, col[0].i);
    for (int i = 1; i < PATIENT_COLUMNS + 2; i++) {
        buf_add_char(&c->stream.piece, ',');
        csv_put_text(&c->stream.piece, col[i].s);
    }
    buf_add_char(&c->stream.piece, ',');
    size_t n = message_reason(col[5].s, c->lang, words, sizeof words);
    csv_put_text(&c->stream.piece, (struct str) { words, n });
    for (int i = PATIENT_COLUMNS + 2; i < q_report_rows.columns; i++) put_time(&c->stream.piece, &col[i]);
    buf_add(&c->stream.piece, STR("\r\n"));
    return OK;
}

static enum status next_rows(struct csv_stream *stream) {
    struct csv *c = (struct csv *)stream;
    const struct db_val in[] = { db_int(c->broadcast_id), db_text(c->state), db_int(c->after_id),
                                 db_int(PIECE_ROWS) };
    return db_run(stream->db, &q_report_rows, in, put_row, c, NULL, NULL);
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
    *c = (struct csv) {
        .stream.next = next_rows, .broadcast_id = broadcast_id, .state = state, .lang = rq->lang
    };
    s = put_name(re, broadcast_id, e);
    return s == OK ? csv_stream_start(&c->stream, room->pool, STR(HEAD), re, e) : s;
}
