#include "messaging/message.h"
#include "messaging/bulk.h"
#include "messaging/message_row.h"
#include "messaging/outbox_follow.h"
#include "db/db.h"
#include "queries.h"

enum column {
    COL_ID,
    COL_DIRECTION,
    COL_KIND,
    COL_PATIENT_ID,
    COL_PHONE,
    COL_BODY,
    COL_STATUS,
    COL_PROVIDER_SID,
    COL_ERROR_CODE,
    COL_ANSWERS_ID,
    COL_AFTER_ID,
    COL_IN_FLIGHT,
    COL_ATTEMPTS,
    COL_ATTEMPTED_AT,
    COL_CREATED_AT,
    COL_UPDATED_AT,
    COL_SENT_AT,
    COL_DELIVERED_AT,
    COL_READ_AT,
    COL_DEDUPE_KEY,
    COL_TRANSPORT,
    COL_REPLACES_ID,
    COL_TEMPLATE,
    COL_VARIABLES,
    COL_TEMPLATE_NAME,
    COL_WAITING_FOR,
    COL_BROADCAST_ID,
    COL_AUTHOR_ID
};

/* The row with its texts borrowed from the columns. */
static enum status read_row(const struct db_val *col, struct message_row *m, struct err *e) {
    *m = (struct message_row) {
        .id = col[COL_ID].i,
        .patient_id = col[COL_PATIENT_ID].i,
        .incoming = str_eq(col[COL_DIRECTION].s, STR("in")),
        .phone = col[COL_PHONE].s,
        .body = col[COL_BODY].s,
        .provider_sid = col[COL_PROVIDER_SID].s,
        .error_code = col[COL_ERROR_CODE].s,
        .dedupe_key = col[COL_DEDUPE_KEY].s,
        .answers_id = col[COL_ANSWERS_ID].i,
        .after_id = col[COL_AFTER_ID].i,
        .replaces_id = col[COL_REPLACES_ID].i,
        .template = col[COL_TEMPLATE].s,
        .template_variables = col[COL_VARIABLES].s,
        .template_name = col[COL_TEMPLATE_NAME].s,
        .waiting_for = col[COL_WAITING_FOR].s,
        .transport = str_eq(col[COL_TRANSPORT].s, STR("sms")) ? TRANSPORT_SMS : TRANSPORT_WHATSAPP,
        .broadcast_id = col[COL_BROADCAST_ID].i,
        .author_id = col[COL_AUTHOR_ID].i,
        .in_flight = col[COL_IN_FLIGHT].i != 0,
        .attempts = (int)col[COL_ATTEMPTS].i,
        .attempted_at_us = col[COL_ATTEMPTED_AT].i,
        .created_at_us = col[COL_CREATED_AT].i,
        .updated_at_us = col[COL_UPDATED_AT].i,
        .sent_at_us = col[COL_SENT_AT].i,
        .delivered_at_us = col[COL_DELIVERED_AT].i,
        .read_at_us = col[COL_READ_AT].i,
    };
    if (message_status_from_name(col[COL_STATUS].s, &m->status) &&
        message_kind_from_name(col[COL_KIND].s, &m->kind)) {
        return OK;
    }
    return fail(e, E_INTERNAL, NULL, "message %lld has an unknown status or kind", (long long)m->id);
}

struct get_to {
    struct arena *arena;
    struct message_row *row;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct get_to *to = ctx;
    struct message_row *m = to->row;
    enum status s = read_row(col, m, e);

    if (s == OK) s = db_copy(to->arena, &col[COL_PHONE], &m->phone, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_BODY], &m->body, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_PROVIDER_SID], &m->provider_sid, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_ERROR_CODE], &m->error_code, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_DEDUPE_KEY], &m->dedupe_key, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_TEMPLATE], &m->template, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_VARIABLES], &m->template_variables, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_TEMPLATE_NAME], &m->template_name, e);
    if (s == OK) s = db_copy(to->arena, &col[COL_WAITING_FOR], &m->waiting_for, e);
    to->found = s == OK;
    return s;
}

enum status message_get(struct db *db, struct arena *arena, int64_t id, struct message_row *out,
                        struct err *e) {
    struct get_to to = { arena, out, false };
    struct db_val key = db_int(id);
    enum status s = db_run(db, &q_message_get, &key, copy_row, &to, NULL, e);
    if (s != OK || to.found) return s;
    return fail(e, E_NOT_FOUND, NULL, "no message %lld", (long long)id);
}

enum status message_note_event(struct db *db, int64_t id, enum message_status status, struct str error_code,
                               int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(id), db_text(str_from_c(message_status_name(status))),
                                 db_text_or_null(error_code), db_int(now_us) };
    return db_run(db, &q_message_event_insert, in, NULL, NULL, NULL, e);
}

/* By the carrier's name, else by ours, which gets the carrier's then. */
static enum status find_reported(struct db *db, const struct channel_event *event, int64_t *id,
                                 struct err *e) {
    const struct db_val sid = db_text(event->provider_sid);
    const struct db_val both[] = { db_int(event->message_id), db_text(event->provider_sid) };
    int64_t changed = 0;
    enum status s = db_get_i64(db, &q_message_id_by_sid, &sid, id, e);

    if (s != E_NOT_FOUND || event->message_id == 0) return s;
    s = db_run(db, &q_message_name, both, NULL, NULL, &changed, e);
    if (s == OK && changed == 0) return fail(e, E_NOT_FOUND, NULL, "a report on no message of ours");
    *id = event->message_id;
    return s;
}

struct bulk_row {
    int64_t broadcast_id, patient_id;
};

static enum status take_bulk(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(struct bulk_row *)ctx = (struct bulk_row) { col[0].i, col[1].i };
    return OK;
}

/* If it is of a broadcast, its ledger learns of it. */
static enum status tell_bulk(const struct messaging *room, struct db *db, int64_t id,
                             const struct channel_event *event, int64_t now_us, struct err *e) {
    struct db_val key = db_int(id);
    struct bulk_row row = { 0 };
    enum status s = db_run(db, &q_message_bulk, &key, take_bulk, &row, NULL, e);
    const struct bulk_move move = { .broadcast_id = row.broadcast_id,
                                    .patient_id = row.patient_id,
                                    .message_id = id,
                                    .status = event->status,
                                    .error_code = event->error_code,
                                    .now_us = now_us };
    return s == OK ? bulk_tell(room, db, &move, e) : s;
}

enum status message_report(struct messaging *room, struct db *db, struct arena *arena,
                           const struct channel_event *event, int64_t now_us, bool *climbed, struct err *e) {
    enum message_status status = event->status;
    int64_t id, changed = 0;
    enum status s = find_reported(db, event, &id, e);

    if (s != OK) return s;
    const struct db_val in[] = { db_int(id),
                                 db_text(str_from_c(message_status_name(status))),
                                 db_int(status),
                                 db_text_or_null(event->error_code),
                                 db_int(now_us),
                                 db_int(status == MESSAGE_DELIVERED || status == MESSAGE_READ),
                                 db_int(status >= MESSAGE_FAILED) };
    if ((s = db_run(db, &q_message_climb, in, NULL, NULL, &changed, e)) != OK) return s;
    if (climbed) *climbed = changed > 0;
    if ((s = message_note_event(db, id, status, event->error_code, now_us, e)) != OK || !changed) return s;
    if ((s = tell_bulk(room, db, id, event, now_us, e)) != OK) return s;
    if (status >= MESSAGE_DELIVERED) return outbox_follow_delivered(room, db, arena, id, now_us, e);
    const struct outbox_failure failure = {
        .id = id, .verdict = event->verdict, .reported = true, .tell = true
    };
    return status == MESSAGE_FAILED ? outbox_follow(room, db, arena, &failure, now_us, e) : OK;
}

enum status message_report_alone(struct messaging *room, struct db *db, struct arena *arena,
                                 const struct channel_event *event, int64_t now_us, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, message_report(room, db, arena, event, now_us, NULL, e), e) : s;
}

/*
 * One person's messages and those of one status come by an index of their own: a filter that may be absent keeps
 * the database from using it.
 */
static bool is_one_patient(const struct message_filter *f) {
    return f->patient_id && !f->phone.n;
}

static bool is_one_phone(const struct message_filter *f) {
    return f->phone.n && !f->patient_id && !f->status.n && !f->direction.n;
}

static bool is_one_status(const struct message_filter *f) {
    return f->status.n && !f->patient_id && !f->phone.n;
}

static bool is_everything(const struct message_filter *f) {
    return !f->phone.n && !f->patient_id && !f->status.n && !f->direction.n;
}

enum status message_count(struct db *db, const struct message_filter *f, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_int(f->patient_id), db_text(f->status), db_text(f->direction),
                                 db_text(f->phone) };
    if (is_everything(f)) return db_get_i64(db, &q_message_count_all, NULL, count, e);
    if (is_one_patient(f)) return db_get_i64(db, &q_message_count_of_patient, in, count, e);
    if (is_one_phone(f)) return db_get_i64(db, &q_message_count_of_phone, &in[3], count, e);
    if (is_one_status(f)) return db_get_i64(db, &q_message_count_of_status, &in[1], count, e);
    return db_get_i64(db, &q_message_count, in, count, e);
}

struct walk {
    message_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    struct message_row m;
    enum status s = read_row(col, &m, e);
    return s == OK ? w->fn(w->ctx, &m, e) : s;
}

enum status message_each(struct db *db, const struct message_filter *f, message_row_fn *fn, void *ctx,
                         struct err *e) {
    struct walk w = { fn, ctx };
    const struct db_val of_patient[] = { db_int(f->patient_id), db_text(f->status), db_text(f->direction),
                                         db_int(f->limit), db_int(f->offset) };
    const struct db_val of_phone[] = { db_text(f->phone), db_int(f->limit), db_int(f->offset) };
    const struct db_val of_status[] = { db_text(f->status), db_text(f->direction), db_int(f->limit),
                                        db_int(f->offset) };
    const struct db_val any[] = { db_int(f->patient_id), db_text(f->status), db_text(f->direction),
                                  db_text(f->phone),     db_int(f->limit),   db_int(f->offset) };
    if (is_one_patient(f)) return db_run(db, &q_message_list_of_patient, of_patient, take_row, &w, NULL, e);
    if (is_one_phone(f)) return db_run(db, &q_message_list_of_phone, of_phone, take_row, &w, NULL, e);
    if (is_one_status(f)) return db_run(db, &q_message_list_of_status, of_status, take_row, &w, NULL, e);
    return db_run(db, &q_message_list, any, take_row, &w, NULL, e);
}

enum status message_thread_count(struct db *db, const struct message_thread *t, int64_t *count,
                                 struct err *e) {
    const struct message_filter f = { .patient_id = t->phone.n ? 0 : t->patient_id, .phone = t->phone };
    return message_count(db, &f, count, e);
}

static struct db_val whose(const struct message_thread *t) {
    return t->phone.n ? db_text(t->phone) : db_int(t->patient_id);
}

enum status message_thread_before(struct db *db, const struct message_thread *t, int64_t message_id,
                                  int64_t *count, struct err *e) {
    const struct db_val in[] = { whose(t), db_int(message_id) };
    return db_get_i64(db, t->phone.n ? &q_message_thread_before_phone : &q_message_thread_before_patient, in,
                      count, e);
}

enum status message_thread_each(struct db *db, const struct message_thread *t, int64_t limit, int64_t offset,
                                message_row_fn *fn, void *ctx, struct err *e) {
    const struct db_val in[] = { whose(t), db_int(limit), db_int(offset) };
    struct walk w = { fn, ctx };
    return db_run(db, t->phone.n ? &q_message_thread_of_phone : &q_message_thread_of_patient, in, take_row,
                  &w, NULL, e);
}

static enum status write_event(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *json = ctx;
    (void)e;
    json_put_object(json);
    json_field_str(json, "status", col[0].s);
    json_field_str_or_null(json, "error_code", col[1].s);
    json_field_time(json, "at", col[2].i);
    json_put_object_end(json);
    return OK;
}

enum status message_write_events(struct db *db, int64_t id, struct json_out *json, struct err *e) {
    struct db_val key = db_int(id);
    return db_run(db, &q_message_event_list, &key, write_event, json, NULL, e);
}

static enum status write_name(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    json_field_str_or_null(ctx, "patient_name", str_trim(col[0].s));
    return OK;
}

enum status message_write_patient_name(struct db *db, int64_t patient_id, struct json_out *json,
                                       struct err *e) {
    const struct db_val key = db_int(patient_id);
    if (patient_id) return db_run(db, &q_message_patient_name, &key, write_name, json, NULL, e);
    json_field_null(json, "patient_name");
    return OK;
}
