#include "accounts/audit_list.h"

#include "base/csv.h"
#include "http/csv_stream.h"
#include "http/fields.h"
#include "queries.h"

enum { PIECE_ROWS = 500, LIST_COLUMNS = 12 };

/* "actor" may be 0, the program; the others are ids. */
static enum status read_id(const struct request *rq, const char *name, int64_t min, int64_t *out,
                           struct err *e) {
    struct str text = request_query(rq, name);
    if (!text.n) return OK;
    if (!str_to_i64(text, out) || *out < min)
        return fail_field(e, str_from_c(name), &field_not_integer, STR(""));
    return OK;
}

static enum status read_time(const struct request *rq, const char *name, int64_t *out, struct err *e) {
    struct str text = request_query(rq, name);
    if (!text.n) return OK;
    return time_parse_iso(text, out) ? OK : fail_field(e, str_from_c(name), &field_invalid_time, STR(""));
}

enum status audit_filter_parse(const struct request *rq, struct audit_filter *f, struct err *e) {
    enum status s;

    *f = (struct audit_filter) { .actor_id = -1,
                                 .action = request_query(rq, "action"),
                                 .object_type = request_query(rq, "object_type"),
                                 .to_us = INT64_MAX };
    if ((s = read_id(rq, "actor", 0, &f->actor_id, e)) != OK) return s;
    if ((s = read_id(rq, "object_id", 1, &f->object_id, e)) != OK) return s;
    if ((s = read_id(rq, "patient", 1, &f->patient_id, e)) != OK) return s;
    if ((s = read_time(rq, "from", &f->from_us, e)) != OK) return s;
    return read_time(rq, "to", &f->to_us, e);
}

/* All that starts so: the words of actions hold no other sign than a dot and an underscore, which GLOB and LIKE would read. */
static enum status bind(struct request *rq, const struct audit_filter *f, struct db_val args[],
                        struct err *e) {
    struct str first = f->action, last = f->action;
    if (str_ends(f->action, STR(".")) &&
        !arena_printf(rq->arena, &last, "%.*s~", STR_ARG(f->action))) /* after every letter */
        return fail(e, E_LIMIT, NULL, "no room for a filter");
    const struct db_val all[] = { db_int(f->actor_id),     db_text(first),       db_text(last),
                                  db_text(f->object_type), db_int(f->object_id), db_int(f->patient_id),
                                  db_int(f->from_us),      db_int(f->to_us) };
    memcpy(args, all, sizeof all);
    return OK;
}

static enum status write_row(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_int(o, "id", col[0].i);
    json_field_time(o, "at", col[1].i);
    json_field_id_or_null(o, "actor", col[2].i);
    json_field_str(o, "actor_name", col[3].s);
    json_field_str(o, "actor_email", col[4].s);
    json_field_str(o, "action", col[5].s);
    json_field_str(o, "object_type", col[6].s);
    json_field_id_or_null(o, "object_id", col[7].i);
    json_field_id_or_null(o, "patient", col[8].i);
    json_field_str(o, "patient_name", col[9].s);
    json_field_str(o, "user_name", col[10].s);
    json_field_str(o, "user_email", col[11].s);
    json_put_object_end(o);
    return OK;
}

enum { FILTER_ARGS = 8 };

enum status audit_write_page(struct request *rq, const struct audit_filter *f, struct json_out *o,
                             struct err *e) {
    struct db_val args[FILTER_ARGS + 3];
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = bind(rq, f, args, e)) != OK) return s;
    if ((s = db_get_i64(rq->db, &q_audit_count, args, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, o, e)) != OK) return s;
    args[FILTER_ARGS] = db_int(INT64_MAX);
    args[FILTER_ARGS + 1] = db_int(page.size);
    args[FILTER_ARGS + 2] = db_int(page.offset);
    if ((s = db_run(rq->db, &q_audit_list, args, write_row, o, NULL, e)) != OK) return s;
    page_end(o);
    return OK;
}

/* ---- CSV ---- */

#define HEAD                                                                                                 \
    "\xEF\xBB\xBFid,at,actor,actor_name,actor_email,action,object_type,object_id,patient,patient_name,user_name,user_email\r\n"

struct csv {
    struct csv_stream stream;
    struct db_val args[FILTER_ARGS + 3];
};

static void put_id(struct buf *out, int64_t id) {
    if (id) buf_add_i64(out, id);
}

static enum status put_row(void *ctx, const struct db_val *col, struct err *e) {
    struct csv *c = ctx;
    char at[TIME_ISO_BYTES];

    (void)e;
    c->args[FILTER_ARGS] = db_int(col[0].i);
    c->stream.ended = false;
    time_format_iso(col[1].i, at);
    buf_addf(&c->stream.piece, "%lld,%s,", (long long)col[0].i, at);
    put_id(&c->stream.piece, col[2].i);
    for (int i = 3; i < LIST_COLUMNS; i++) {
        buf_add_char(&c->stream.piece, ',');
        if (i == 7 || i == 8)
            put_id(&c->stream.piece, col[i].i);
        else
            csv_put_text(&c->stream.piece, col[i].s);
    }
    buf_add(&c->stream.piece, STR("\r\n"));
    return OK;
}

static enum status next_rows(struct csv_stream *stream) {
    struct csv *c = (struct csv *)stream;
    return db_run(stream->db, &q_audit_list, c->args, put_row, c, NULL, NULL);
}

enum status audit_send_csv(struct request *rq, struct reply *re, const struct audit_filter *f,
                           struct err *e) {
    const struct accounts *acc = rq->room;
    struct csv *c = arena_alloc(rq->arena, sizeof *c);
    enum status s;

    if (!c) return fail(e, E_LIMIT, NULL, "no memory for a CSV");
    *c = (struct csv) { .stream.next = next_rows };
    if ((s = bind(rq, f, c->args, e)) != OK) return s;
    c->args[FILTER_ARGS] = db_int(INT64_MAX);
    c->args[FILTER_ARGS + 1] = db_int(PIECE_ROWS);
    c->args[FILTER_ARGS + 2] = db_int(0);
    s = reply_header(re, "Content-Disposition", STR("attachment; filename=\"journal-d-audit.csv\""), e);
    return s == OK ? csv_stream_start(&c->stream, acc->pool, STR(HEAD), re, e) : s;
}
