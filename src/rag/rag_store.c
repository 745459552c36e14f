#include "rag/rag_store.h"

#include "db/db.h"
#include "queries.h"
#include "rag/rag_room.h"

/* Where rows are copied to. */
struct reading {
    struct arena *arena;
    void *out;
    bool found;
};

static enum status read_session(void *ctx, const struct db_val *col, struct err *err) {
    struct reading *r = ctx;
    struct session_row *row = r->out;
    *row = (struct session_row) { .id = col[0].i,
                                  .patient_id = col[1].i,
                                  .context = { .intent = intent_from_name(col[2].s) },
                                  .context_until_us = col[4].i };
    r->found = true;
    return db_copy(r->arena, &col[3], &row->context.subject, err);
}

enum status session_find(struct db *db, struct arena *arena, struct str key, struct session_row *out,
                         struct err *err) {
    const struct db_val args[] = { db_text(key) };
    struct reading r = { arena, out, false };
    enum status s = db_run(db, &q_rag_session_by_key, args, read_session, &r, NULL, err);
    return s == OK && !r.found ? E_NOT_FOUND : s;
}

static enum status put_session(struct db *db, struct question_row *row, const struct intent_context *context,
                               int64_t until_us, struct err *err) {
    struct str intent = str_from_c(intent_name(context->intent));
    if (row->session_id) {
        const struct db_val args[] = { db_int(row->session_id),   db_text(intent),
                                       db_text(context->subject), db_int(until_us),
                                       db_int(row->escalated),    db_int(row->asked_us) };
        return db_run(db, &q_rag_session_update, args, NULL, NULL, NULL, err);
    }
    const struct db_val args[] = { db_int(row->patient_id), db_text(row->session_key),
                                   db_text(intent),         db_text(context->subject),
                                   db_int(until_us),        db_int(row->escalated),
                                   db_int(row->asked_us) };
    enum status s = db_get_i64(db, &q_rag_session_insert, args, &row->session_id, err);
    return s == E_NOT_FOUND ? fail(err, E_DENIED, &rag_session_foreign, "session of another patient") : s;
}

enum status question_store_add(struct db *db, struct question_row *row, const struct intent_context *context,
                               int64_t context_until_us, struct err *err) {
    enum status s = put_session(db, row, context, context_until_us, err);
    if (s != OK) return s;
    const struct db_val args[] = {
        db_int(row->session_id),    db_int(row->patient_id), db_int_or_null(row->message_id),
        db_int(row->user_id),       db_int(row->asked_us),   db_text(row->query),
        db_text(row->answer),       db_text(row->language),  db_text(row->intent),
        db_text(row->sources_json), db_int(row->grounded),   db_int(row->escalated),
        db_int(row->refused),       db_text(row->engine),    db_text(row->timings_json)
    };
    return db_get_i64(db, &q_rag_question_insert, args, &row->id, err);
}

static enum status read_logged(void *ctx, const struct db_val *col, struct err *err) {
    struct reading *r = ctx;
    struct question_row *row = r->out;
    *row = (struct question_row) { .id = col[0].i,
                                   .patient_id = col[1].i,
                                   .grounded = col[6].i != 0,
                                   .escalated = col[7].i != 0,
                                   .refused = col[8].i != 0 };
    r->found = true;
    enum status s = db_copy(r->arena, &col[2], &row->answer, err);
    if (s == OK) s = db_copy(r->arena, &col[3], &row->language, err);
    if (s == OK) s = db_copy(r->arena, &col[4], &row->intent, err);
    if (s == OK) s = db_copy(r->arena, &col[5], &row->sources_json, err);
    if (s == OK) s = db_copy(r->arena, &col[9], &row->session_key, err);
    return s == OK ? db_copy(r->arena, &col[10], &row->engine, err) : s;
}

enum status question_find_by_message(struct db *db, struct arena *arena, int64_t message_id,
                                     struct question_row *out, struct err *err) {
    const struct db_val args[] = { db_int(message_id) };
    struct reading r = { arena, out, false };
    enum status s = db_run(db, &q_rag_question_by_message, args, read_logged, &r, NULL, err);
    return s == OK && !r.found ? E_NOT_FOUND : s;
}

struct each_conversation {
    conversation_fn *fn;
    void *ctx;
    int64_t count;
};

static enum status each_conversation_row(void *ctx, const struct db_val *col, struct err *err) {
    struct each_conversation *each = ctx;
    const struct conversation_row row = {
        col[0].i, col[1].i, col[2].s, col[3].i, col[4].i, col[5].i, col[6].i
    };
    each->count++;
    return each->fn(each->ctx, &row, err);
}

enum status conversation_count(struct db *db, int64_t patient_id, int64_t *count, struct err *err) {
    const struct db_val args[] = { db_int(patient_id) };
    return db_get_i64(db, patient_id ? &q_rag_conversation_count_of_patient : &q_rag_conversation_count_all,
                      args, count, err);
}

enum status conversation_each(struct db *db, int64_t patient_id, int64_t limit, int64_t offset,
                              conversation_fn *fn, void *ctx, struct err *err) {
    const struct db_val args[] = { db_int(patient_id), db_int(limit), db_int(offset) };
    struct each_conversation each = { fn, ctx, 0 };
    const struct db_query *q =
        patient_id ? &q_rag_conversation_list_of_patient : &q_rag_conversation_list_all;
    return db_run(db, q, args, each_conversation_row, &each, NULL, err);
}

enum status conversation_get(struct db *db, int64_t id, conversation_fn *fn, void *ctx, struct err *err) {
    const struct db_val args[] = { db_int(id) };
    struct each_conversation each = { fn, ctx, 0 };
    enum status s = db_run(db, &q_rag_conversation_by_id, args, each_conversation_row, &each, NULL, err);
    return s == OK && each.count == 0 ? E_NOT_FOUND : s;
}

struct each_question {
    question_fn *fn;
    void *ctx;
};

static enum status each_question_row(void *ctx, const struct db_val *col, struct err *err) {
    struct each_question *each = ctx;
    const struct question_row row = { .id = col[0].i,
                                      .session_id = col[1].i,
                                      .asked_us = col[2].i,
                                      .query = col[3].s,
                                      .answer = col[4].s,
                                      .language = col[5].s,
                                      .intent = col[6].s,
                                      .sources_json = col[7].s,
                                      .grounded = col[8].i != 0,
                                      .escalated = col[9].i != 0,
                                      .refused = col[10].i != 0,
                                      .engine = col[11].s,
                                      .timings_json = col[12].s };
    return each->fn(each->ctx, &row, err);
}

static enum status each_question(struct db *db, const struct db_query *q, int64_t owner, int64_t limit,
                                 question_fn *fn, void *ctx, struct err *err) {
    const struct db_val args[] = { db_int(owner), db_int(limit) };
    struct each_question each = { fn, ctx };
    return db_run(db, q, args, each_question_row, &each, NULL, err);
}

enum status question_each_of_session(struct db *db, int64_t session_id, int64_t limit, question_fn *fn,
                                     void *ctx, struct err *err) {
    return each_question(db, &q_rag_question_list_of_session, session_id, limit, fn, ctx, err);
}

enum status question_each_of_patient(struct db *db, int64_t patient_id, int64_t limit, question_fn *fn,
                                     void *ctx, struct err *err) {
    return each_question(db, &q_rag_question_list_of_patient, patient_id, limit, fn, ctx, err);
}
