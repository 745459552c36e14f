#include "rag/evaluation_store.h"

#include "db/db.h"
#include "queries.h"
#include "rag/rag_json.h"

/* ANSWER_SOURCES_MAX quotes and titles. */
enum { SOURCES_JSON_MAX = 1 << 20 };

const struct message golden_unknown = { "golden_question_unknown",
                                        "Cette question de référence n'existe pas.",
                                        "There is no such golden question." };
const struct message evaluation_unknown = { "evaluation_unknown", "Cette évaluation n'existe pas.",
                                            "There is no such evaluation." };
static const struct message golden_known = { "golden_question_known",
                                             "Cette question est déjà une question de référence.",
                                             "This question is a golden question already." };

enum status golden_add(struct db *db, struct golden_question *q, struct err *err) {
    const struct db_val args[] = { db_int_or_null(q->patient_id),
                                   db_text(q->text),
                                   db_text(q->words_json),
                                   db_int(q->refuse),
                                   db_text(q->note),
                                   db_text(q->answer),
                                   db_int_or_null(q->question_id),
                                   db_int(q->created_by),
                                   db_int(q->created_at_us) };
    struct err why = { 0 };
    enum status s = db_get_i64(db, &q_golden_insert, args, &q->id, &why);
    if (s == E_CONFLICT && q->question_id)
        return fail(err, s, &golden_known, "question %lld is golden already", (long long)q->question_id);
    if (s != OK && err) *err = why;
    return s;
}

enum status golden_save(struct db *db, const struct golden_question *q, struct err *err) {
    const struct db_val args[] = { db_int(q->id),     db_text(q->text), db_text(q->words_json),
                                   db_int(q->refuse), db_text(q->note), db_int(q->updated_at_us) };
    return db_run(db, &q_golden_update, args, NULL, NULL, NULL, err);
}

enum status golden_remove(struct db *db, int64_t id, struct err *err) {
    const struct db_val args[] = { db_int(id) };
    return db_run(db, &q_golden_delete, args, NULL, NULL, NULL, err);
}

static struct golden_question golden_of_row(const struct db_val *col) {
    return (struct golden_question) { .id = col[0].i,
                                      .patient_id = col[1].i,
                                      .text = col[2].s,
                                      .words_json = col[3].s,
                                      .refuse = col[4].i != 0,
                                      .note = col[5].s,
                                      .answer = col[6].s,
                                      .question_id = col[7].i,
                                      .created_by = col[8].i,
                                      .created_at_us = col[9].i,
                                      .updated_at_us = col[10].i,
                                      .patient_name = col[11].s };
}

/* Where rows are copied to. */
struct reading {
    struct arena *arena;
    void *out;
    bool found;
};

static enum status keep(struct reading *r, struct str *texts[], size_t count, struct err *err) {
    r->found = true;
    for (size_t i = 0; i < count; i++)
        if (!arena_dup(r->arena, *texts[i], texts[i])) return fail(err, E_LIMIT, NULL, "no memory for a row");
    return OK;
}

static enum status read_golden(void *ctx, const struct db_val *col, struct err *err) {
    struct reading *r = ctx;
    struct golden_question *q = r->out;
    *q = golden_of_row(col);
    struct str *texts[] = { &q->text, &q->words_json, &q->note, &q->answer, &q->patient_name };
    return keep(r, texts, COUNT_OF(texts), err);
}

enum status golden_get(struct db *db, struct arena *arena, int64_t id, struct golden_question *out,
                       struct err *err) {
    const struct db_val args[] = { db_int(id) };
    struct reading r = { arena, out, false };
    enum status s = db_run(db, &q_golden_by_id, args, read_golden, &r, NULL, err);
    if (s != OK || r.found) return s;
    return fail(err, E_NOT_FOUND, &golden_unknown, "no golden question %lld", (long long)id);
}

enum status golden_next(struct db *db, struct arena *arena, int64_t after, int64_t up_to,
                        struct golden_question *out, bool *found, struct err *err) {
    const struct db_val args[] = { db_int(after), db_int(up_to) };
    struct reading r = { arena, out, false };
    enum status s = db_run(db, &q_golden_next, args, read_golden, &r, NULL, err);
    *found = r.found;
    return s;
}

enum status golden_count(struct db *db, int64_t patient_id, int64_t *count, struct err *err) {
    const struct db_val args[] = { db_int(patient_id) };
    return db_get_i64(db, patient_id ? &q_golden_count_of_patient : &q_golden_count_all, args, count, err);
}

struct each {
    golden_fn *golden;
    evaluation_fn *evaluation;
    evaluation_row_fn *row;
    void *ctx;
};

static enum status each_golden(void *ctx, const struct db_val *col, struct err *err) {
    struct each *each = ctx;
    const struct golden_question q = golden_of_row(col);
    return each->golden(each->ctx, &q, err);
}

enum status golden_each(struct db *db, int64_t patient_id, int64_t limit, int64_t offset, golden_fn *fn,
                        void *ctx, struct err *err) {
    const struct db_val args[] = { db_int(patient_id), db_int(limit), db_int(offset) };
    struct each each = { .golden = fn, .ctx = ctx };
    return db_run(db, patient_id ? &q_golden_list_of_patient : &q_golden_list_all, args, each_golden, &each,
                  NULL, err);
}

static enum status read_logged(void *ctx, const struct db_val *col, struct err *err) {
    struct reading *r = ctx;
    struct golden_question *q = r->out;
    q->patient_id = col[0].i;
    q->text = col[1].s;
    q->answer = col[2].s;
    q->refuse = col[3].i != 0;
    struct str *texts[] = { &q->text, &q->answer };
    return keep(r, texts, COUNT_OF(texts), err);
}

enum status golden_take_logged(struct db *db, struct arena *arena, int64_t question_id,
                               struct golden_question *out, struct err *err) {
    const struct db_val args[] = { db_int(question_id) };
    struct reading r = { arena, out, false };
    out->question_id = question_id;
    enum status s = db_run(db, &q_rag_question_by_id, args, read_logged, &r, NULL, err);
    return s == OK && !r.found ? E_NOT_FOUND : s;
}

enum status evaluation_add(struct db *db, int64_t user_id, int64_t now_us, int64_t *id, struct err *err) {
    int64_t open = 0, total = 0, last = 0;
    enum status s = db_get_i64(db, &q_evaluation_open_count, NULL, &open, err);
    if (s == OK && open) return E_CONFLICT;
    if (s == OK) s = golden_count(db, 0, &total, err);
    if (s == OK) s = db_get_i64(db, &q_golden_last_id, NULL, &last, err);
    const struct db_val args[] = { db_int(total), db_int(last), db_int(user_id), db_int(now_us) };
    return s == OK ? db_get_i64(db, &q_evaluation_insert, args, id, err) : s;
}

static struct evaluation evaluation_of_row(const struct db_val *col) {
    return (struct evaluation) { .id = col[0].i,
                                 .state = col[1].s,
                                 .total = col[2].i,
                                 .up_to_id = col[3].i,
                                 .at_id = col[4].i,
                                 .done = col[5].i,
                                 .passed = col[6].i,
                                 .engine = col[7].s,
                                 .started_by = col[8].i,
                                 .created_at_us = col[9].i,
                                 .started_at_us = col[10].i,
                                 .ended_at_us = col[11].i };
}

static enum status read_evaluation(void *ctx, const struct db_val *col, struct err *err) {
    struct reading *r = ctx;
    struct evaluation *e = r->out;
    *e = evaluation_of_row(col);
    struct str *texts[] = { &e->state, &e->engine };
    return keep(r, texts, COUNT_OF(texts), err);
}

enum status evaluation_get(struct db *db, struct arena *arena, int64_t id, struct evaluation *out,
                           struct err *err) {
    const struct db_val args[] = { db_int(id) };
    struct reading r = { arena, out, false };
    enum status s = db_run(db, &q_evaluation_by_id, args, read_evaluation, &r, NULL, err);
    if (s != OK || r.found) return s;
    return fail(err, E_NOT_FOUND, &evaluation_unknown, "no evaluation %lld", (long long)id);
}

enum status evaluation_count(struct db *db, int64_t *count, struct err *err) {
    return db_get_i64(db, &q_evaluation_count, NULL, count, err);
}

static enum status each_evaluation(void *ctx, const struct db_val *col, struct err *err) {
    struct each *each = ctx;
    const struct evaluation e = evaluation_of_row(col);
    return each->evaluation(each->ctx, &e, err);
}

enum status evaluation_each(struct db *db, int64_t limit, int64_t offset, evaluation_fn *fn, void *ctx,
                            struct err *err) {
    const struct db_val args[] = { db_int(limit), db_int(offset) };
    struct each each = { .evaluation = fn, .ctx = ctx };
    return db_run(db, &q_evaluation_list, args, each_evaluation, &each, NULL, err);
}

enum status evaluation_before(struct db *db, int64_t id, int64_t *before, struct err *err) {
    const struct db_val args[] = { db_int(id) };
    return db_get_i64(db, &q_evaluation_before, args, before, err);
}

enum status evaluation_begin(struct db *db, int64_t id, int64_t now_us, struct err *err) {
    const struct db_val args[] = { db_int(id), db_int(now_us) };
    return db_run(db, &q_evaluation_begin, args, NULL, NULL, NULL, err);
}

enum status evaluation_end(struct db *db, int64_t id, struct str state, int64_t now_us, struct err *err) {
    const struct db_val args[] = { db_int(id), db_text(state), db_int(now_us) };
    return db_run(db, &q_evaluation_end, args, NULL, NULL, NULL, err);
}

static enum status write_sources(struct arena *arena, const struct rag_answer *a, struct str *json,
                                 struct err *err) {
    struct buf buf;
    buf_init(&buf, SOURCES_JSON_MAX);
    struct json_out o = json_out_to(&buf);
    rag_sources_json(&o, a->sources, a->source_count);
    bool fits = buf_ok(&buf) && arena_dup(arena, buf_str(&buf), json);
    buf_done(&buf);
    return fits ? OK : fail(err, E_LIMIT, NULL, "no memory for sources");
}

enum status evaluation_put_result(struct db *db, struct arena *arena, int64_t id,
                                  const struct golden_question *q, const struct rag_answer *a,
                                  const struct evaluation_verdict *v, struct err *err) {
    struct str sources;
    enum status s = write_sources(arena, a, &sources, err);
    if (s != OK) return s;
    const struct db_val result[] = { db_int(id),
                                     db_int(q->id),
                                     db_text(q->text),
                                     db_int(v->passed),
                                     db_text(a->text),
                                     db_text(str_from_c(v->why)),
                                     db_text(v->missing_json),
                                     db_text(q->words_json),
                                     db_int(q->refuse),
                                     db_text(sources) };
    const struct db_val progress[] = { db_int(id), db_int(q->id), db_int(v->passed),
                                       db_text(str_from_c(a->engine)) };
    s = db_run(db, &q_evaluation_result_insert, result, NULL, NULL, NULL, err);
    return s == OK ? db_run(db, &q_evaluation_progress, progress, NULL, NULL, NULL, err) : s;
}

static enum status each_row(void *ctx, const struct db_val *col, struct err *err) {
    struct each *each = ctx;
    const struct evaluation_row row = {
        .golden = { .id = col[0].i,
                    .patient_id = col[1].i,
                    .text = col[2].s,
                    .words_json = col[3].s,
                    .refuse = col[4].i != 0,
                    .note = col[10].s,
                    .patient_name = col[12].s },
        .passed = col[5].i != 0,
        .answer = col[6].s,
        .why = col[7].s,
        .missing_json = col[8].s,
        .sources_json = col[11].s,
        .before = col[9].type == DB_NULL ? -1 : (int)col[9].i,
    };
    return each->row(each->ctx, &row, err);
}

enum status evaluation_each_row(struct db *db, int64_t id, int64_t before, evaluation_row_fn *fn, void *ctx,
                                struct err *err) {
    const struct db_val args[] = { db_int(id), db_int(before) };
    struct each each = { .row = fn, .ctx = ctx };
    return db_run(db, &q_evaluation_result_list, args, each_row, &each, NULL, err);
}
