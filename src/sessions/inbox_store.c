#include "sessions/inbox.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "queries.h"

enum column {
    COL_ID,
    COL_PHONE,
    COL_PATIENT,
    COL_STATE,
    COL_DOCTOR,
    COL_DOCTOR_NAME,
    COL_TAKEN_AT,
    COL_WAITING_SINCE,
    COL_EXPIRES_AT,
    COL_FIRST_NAME,
    COL_LAST_NAME,
    COL_PEOPLE,
    COL_URGENCY,
    COL_SINCE,
    COL_MESSAGE,
    COL_DIRECTION,
    COL_KIND,
    COL_STATUS,
    COL_BODY,
    COL_AT,
    COL_UNSEEN
};

/* ---- what nobody has dealt with ---- */

struct notice {
    int64_t id, severity, at_us, message_id;
    struct str kind, phone, words;
    struct notice *next;
};

struct notices {
    struct arena *arena;
    struct notice *first, **end;
};

static enum status keep_notice(void *ctx, const struct db_val *col, struct err *e) {
    struct notices *all = ctx;
    struct notice *n = arena_alloc(all->arena, sizeof *n);

    if (!n) return fail(e, E_LIMIT, NULL, "no memory for notices");
    *n = (struct notice) { .id = col[0].i, .severity = col[2].i, .at_us = col[3].i, .message_id = col[5].i };
    enum status s = db_copy(all->arena, &col[1], &n->kind, e);
    if (s == OK) s = db_copy(all->arena, &col[4], &n->phone, e);
    if (s == OK) s = db_copy(all->arena, &col[6], &n->words, e);
    *all->end = n;
    all->end = &n->next;
    return s;
}

/* Of one number, or of all (empty). */
static enum status read_notices(struct db *db, struct arena *arena, struct str phone, struct notices *out,
                                struct err *e) {
    const struct db_val in = db_text(phone);
    *out = (struct notices) { .arena = arena };
    out->end = &out->first;
    return db_run(db, &q_inbox_notices, &in, keep_notice, out, NULL, e);
}

static void write_notice(struct json_out *json, const struct notice *n) {
    static const char *const severities[] = {
        [SEVERITY_KNOW] = "know", [SEVERITY_LOOK] = "look", [SEVERITY_DANGER] = "danger"
    };
    int64_t severity = n->severity < 0 || n->severity > SEVERITY_DANGER ? SEVERITY_LOOK : n->severity;

    json_put_object(json);
    json_field_int(json, "id", n->id);
    json_field_str(json, "kind", n->kind);
    json_field_str(json, "severity", str_from_c(severities[severity]));
    json_field_time(json, "created_at", n->at_us);
    json_field_id_or_null(json, "message", n->message_id);
    json_field_str(json, "words", n->words);
    json_put_object_end(json);
}

static void write_notices(struct json_out *json, const struct notices *all, struct str phone) {
    int64_t count = 0, newest = 0;

    json_put_key(json, "notices");
    json_put_array(json);
    for (const struct notice *n = all->first; n; n = n->next) {
        if (!str_eq(n->phone, phone)) continue;
        if (n->id > newest) newest = n->id;
        if (count++ < INBOX_NOTICES_MAX) write_notice(json, n);
    }
    json_put_array_end(json);
    json_field_int(json, "notice_count", count);
    json_field_int(json, "newest_notice", newest);
}

/* ---- entries ---- */

struct writing {
    const struct notices *notices;
    struct json_out *json;
    int64_t now_us, patient_id;
    bool found;
};

static void write_last(struct json_out *json, const struct db_val *col) {
    json_put_key(json, "last_message");
    if (col[COL_MESSAGE].type == DB_NULL) {
        json_put_null(json);
        return;
    }
    json_put_object(json);
    json_field_int(json, "id", col[COL_MESSAGE].i);
    json_field_str(json, "direction", col[COL_DIRECTION].s);
    json_field_str(json, "kind", col[COL_KIND].s);
    json_field_str(json, "status", col[COL_STATUS].s);
    json_field_str(json, "body", col[COL_BODY].s);
    json_field_time(json, "created_at", col[COL_AT].i);
    json_put_object_end(json);
}

static void write_state(struct json_out *json, const struct db_val *col, int64_t now_us) {
    static const char *const urgencies[] = { "danger", "waiting", "look" };
    bool open = col[COL_EXPIRES_AT].i > now_us;
    bool waits = col[COL_URGENCY].type != DB_NULL && col[COL_URGENCY].i >= 0 && col[COL_URGENCY].i <= 2;

    json_field_str(json, "state", open ? col[COL_STATE].s : STR("closed"));
    json_field_id_or_null(json, "taken_over_by", col[COL_DOCTOR].i);
    json_field_str_or_null(json, "taken_over_by_name", col[COL_DOCTOR_NAME].s);
    json_field_time(json, "taken_over_at", col[COL_TAKEN_AT].i);
    json_field_time(json, "waiting_since", open ? col[COL_WAITING_SINCE].i : 0);
    json_field_time(json, "window_ends_at", col[COL_EXPIRES_AT].i);
    json_field_str_or_null(json, "urgency", waits ? str_from_c(urgencies[col[COL_URGENCY].i]) : STR(""));
    json_field_time(json, "since", waits ? col[COL_SINCE].i : 0);
}

static enum status write_entry(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    struct json_out *json = w->json;

    (void)e;
    w->found = true;
    w->patient_id = col[COL_PATIENT].i;
    json_put_object(json);
    json_field_int(json, "id", col[COL_ID].i);
    json_field_str(json, "phone", col[COL_PHONE].s);
    json_field_id_or_null(json, "patient", col[COL_PATIENT].i);
    json_field_str_or_null(json, "first_name", col[COL_FIRST_NAME].s);
    json_field_str_or_null(json, "last_name", col[COL_LAST_NAME].s);
    json_field_int(json, "people", col[COL_PEOPLE].i);
    write_state(json, col, w->now_us);
    json_field_int(json, "unseen", col[COL_UNSEEN].i);
    write_last(json, col);
    write_notices(json, w->notices, col[COL_PHONE].s);
    json_put_object_end(json);
    return OK;
}

enum status inbox_count(struct db *db, const struct inbox_filter *f, int64_t *count, struct err *e) {
    static const struct db_query *const counts[] = {
        [INBOX_TODO] = &q_inbox_count_todo,
        [INBOX_TAKEN] = &q_inbox_count_taken,
        [INBOX_ALL] = &q_inbox_count_all,
    };
    const struct db_val in[] = { db_int(f->now_us), db_text(f->words[0]), db_text(f->words[1]),
                                 db_text(f->words[2]) };
    if (f->kind == INBOX_ALL && !f->words[0].n) return db_get_i64(db, &q_inbox_count_numbers, NULL, count, e);
    return db_get_i64(db, counts[f->kind], in, count, e);
}

enum status inbox_write(struct db *db, struct arena *arena, const struct inbox_filter *f,
                        struct json_out *json, struct err *e) {
    static const struct db_query *const lists[] = {
        [INBOX_TODO] = &q_inbox_todo,
        [INBOX_TAKEN] = &q_inbox_taken,
        [INBOX_ALL] = &q_inbox_all,
    };
    const struct db_val in[] = { db_int(f->now_us),    db_text(f->words[0]), db_text(f->words[1]),
                                 db_text(f->words[2]), db_int(f->limit),     db_int(f->offset) };
    struct notices notices;
    struct writing w = { .notices = &notices, .json = json, .now_us = f->now_us };
    enum status s = read_notices(db, arena, STR(""), &notices, e);

    return s == OK ? db_run(db, lists[f->kind], in, write_entry, &w, NULL, e) : s;
}

enum status inbox_write_one(struct db *db, struct arena *arena, int64_t conversation_id, int64_t now_us,
                            struct json_out *json, int64_t *patient_id, struct err *e) {
    const struct db_val in[] = { db_int(now_us), db_int(conversation_id) };
    struct notices notices;
    struct session session;
    struct writing w = { .notices = &notices, .json = json, .now_us = now_us };
    enum status s = session_get(db, arena, conversation_id, &session, e);

    if (s == OK) s = read_notices(db, arena, session.phone, &notices, e);
    if (s == OK) s = db_run(db, &q_inbox_one, in, write_entry, &w, NULL, e);
    if (s == OK && !w.found)
        return fail(e, E_NOT_FOUND, NULL, "conversation %lld has gone", (long long)conversation_id);
    *patient_id = w.patient_id;
    return s;
}

enum status inbox_find_patient(struct db *db, int64_t patient_id, int64_t *conversation_id, struct err *e) {
    const struct db_val in = db_int(patient_id);
    *conversation_id = 0;
    return db_run(db, &q_inbox_of_patient, &in, db_take_i64, conversation_id, NULL, e);
}

static enum status take_summary(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(struct inbox_summary *)ctx = (struct inbox_summary) {
        .todo = col[0].i, .danger = col[1].i, .waiting = col[2].i, .taken = col[3].i
    };
    return OK;
}

enum status inbox_summary(struct db *db, int64_t now_us, struct inbox_summary *out, struct err *e) {
    const struct db_val in = db_int(now_us);
    return db_run(db, &q_inbox_summary, &in, take_summary, out, NULL, e);
}
