/*
 * golden_api -- /api/rag/evaluations/questions/: the questions whose right answer the clinic knows.
 */
#include "accounts/audit.h"
#include "base/utf8.h"
#include "http/fields.h"
#include "http/page.h"
#include "patients/patient.h"
#include "rag/evaluation_api.h"
#include "rag/evaluation_store.h"
#include "rag/rag_room.h"

enum { WORDS_JSON_MAX = 64 * 1024, EXPORTED_MAX = 100000 };

static const struct message question_missing = {
    "golden_question_missing", "Écrivez la question, ou donnez question_id d'une question posée.",
    "Write the question, or give question_id of a question that was asked."
};
static const struct message question_unknown = { "question_unknown", "Cette question n'a pas été posée.",
                                                 "No such question was asked." };
static const struct message refusal_has_no_words = {
    "refusal_has_no_words", "Une question à refuser n'a pas de mots attendus.",
    "A question that is to be refused has no expected words."
};
static const struct message patient_of_question = {
    "patient_of_question", "Le patient est celui de la question posée.",
    "The patient is the one of the question that was asked."
};
static const struct message golden_full = { "golden_questions_full",
                                            "Il y a déjà {} questions de référence : supprimez-en d'abord.",
                                            "There are {} golden questions already: delete some first." };

void golden_json(struct json_out *o, const struct golden_question *q) {
    json_field_int(o, "id", q->id);
    json_field_id_or_null(o, "patient", q->patient_id);
    json_field_str_or_null(o, "patient_name", q->patient_name);
    json_field_str(o, "question", q->text);
    json_field_raw(o, "expected_words", q->words_json);
    json_field_bool(o, "expect_refusal", q->refuse);
    json_field_str(o, "note", q->note);
    json_field_str(o, "answer", q->answer);
    json_field_id_or_null(o, "question_id", q->question_id);
    json_field_id_or_null(o, "created_by", q->created_by);
    json_field_time(o, "created_at", q->created_at_us);
    json_field_time(o, "updated_at", q->updated_at_us);
}

static enum status put_golden(void *ctx, const struct golden_question *q, struct err *err) {
    (void)err;
    json_put_object(ctx);
    golden_json(ctx, q);
    json_put_object_end(ctx);
    return OK;
}

static enum status write_words(struct arena *arena, const struct str *words, size_t count, struct str *json,
                               struct err *err) {
    struct buf buf;
    buf_init(&buf, WORDS_JSON_MAX);
    struct json_out o = json_out_to(&buf);
    json_put_array(&o);
    for (size_t i = 0; i < count; i++) json_put_str(&o, words[i]);
    json_put_array_end(&o);
    bool fits = buf_ok(&buf) && arena_dup(arena, buf_str(&buf), json);
    buf_done(&buf);
    return fits ? OK : fail(err, E_LIMIT, NULL, "no memory for a golden question");
}

/* The fields that POST and PATCH share, over what *q holds already. */
static enum status read_expected(struct request *rq, struct fields *f, struct golden_question *q,
                                 struct err *err) {
    struct str *words = NULL;
    size_t count = 0;
    bool has_words = fields_str_list(f, "expected_words", FIELD_OPTIONAL, GOLDEN_WORDS_MAX,
                                     GOLDEN_WORD_CHARS_MAX, &words, &count);
    bool has_refusal = fields_bool(f, "expect_refusal", FIELD_OPTIONAL, &q->refuse);
    fields_str(f, "note", FIELD_OPTIONAL, GOLDEN_NOTE_CHARS_MAX, &q->note);
    if (fields_str(f, "question", FIELD_OPTIONAL, QUESTION_CHARS_MAX, &q->text) && str_trim(q->text).n == 0)
        fields_fail(f, "question", &rag_query_empty, STR(""));
    for (size_t i = 0; i < count; i++)
        if (str_trim(words[i]).n == 0) fields_fail(f, "expected_words", &field_blank, STR(""));
    /* Words say that it is to be answered, unless the contrary is said. */
    if (has_words && count && !has_refusal) q->refuse = false;
    if (has_words && count && q->refuse) fields_fail(f, "expected_words", &refusal_has_no_words, STR(""));
    bool forget_words = q->refuse && !has_words;
    return has_words || forget_words ? write_words(rq->arena, words, count, &q->words_json, err) : OK;
}

static enum status take_question(struct request *rq, struct fields *f, struct golden_question *q,
                                 struct err *err) {
    int64_t question_id = 0, patient_id = 0;
    bool logged = fields_i64(f, "question_id", FIELD_OPTIONAL, 1, INT64_MAX, &question_id);
    bool of_patient = fields_i64(f, "patient", FIELD_OPTIONAL, 1, INT64_MAX, &patient_id);
    q->patient_id = patient_id;
    if (!logged) return OK;
    enum status s = golden_take_logged(rq->db, rq->arena, question_id, q, err);
    if (s == E_NOT_FOUND) {
        fields_fail(f, "question_id", &question_unknown, STR(""));
        return OK;
    }
    if (s == OK && of_patient && patient_id != q->patient_id)
        fields_fail(f, "patient", &patient_of_question, STR(""));
    return s;
}

static enum status read_new(struct request *rq, struct golden_question *q, struct err *err) {
    struct fields *f;
    enum status s = fields_parse(rq->arena, rq->body, &f, err);
    *q = (struct golden_question) { .text = STR(""),
                                    .words_json = STR("[]"),
                                    .note = STR(""),
                                    .answer = STR(""),
                                    .created_by = rq->who.user_id,
                                    .created_at_us = rq->now_us,
                                    .updated_at_us = rq->now_us };
    if (s == OK) s = take_question(rq, f, q, err);
    if (s == OK) s = read_expected(rq, f, q, err);
    if (s != OK) return s;
    if (q->text.n == 0) fields_fail(f, "question", &question_missing, STR(""));
    s = fields_done(f);
    return s == OK && q->patient_id ? patient_check_exists(rq->db, q->patient_id, err) : s;
}

static enum status check_room(struct db *db, struct err *err) {
    int64_t count;
    enum status s = golden_count(db, 0, &count, err);
    if (s != OK || count < GOLDEN_QUESTIONS_MAX) return s;
    s = fail(err, E_CONFLICT, &golden_full, "%lld golden questions", (long long)count);
    err_arg(err, STR("1000"));
    return s;
}

/* The deed and its audit row. */
static enum status do_write(struct request *rq, struct str action, struct golden_question *q,
                            enum status (*deed)(struct db *, struct golden_question *, struct err *),
                            struct err *err) {
    enum status s = db_begin(rq->db, err);
    if (s != OK) return s;
    s = deed(rq->db, q, err);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, action, STR("golden_question"), q->id, rq->now_us, err);
    return db_finish(rq->db, s, err);
}

static enum status add(struct db *db, struct golden_question *q, struct err *err) {
    enum status s = check_room(db, err);
    return s == OK ? golden_add(db, q, err) : s;
}

static enum status save(struct db *db, struct golden_question *q, struct err *err) {
    return golden_save(db, q, err);
}

static enum status removed(struct db *db, struct golden_question *q, struct err *err) {
    return golden_remove(db, q->id, err);
}

enum status golden_questions_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct str wanted = request_query(rq, "patient");
    struct page_request page;
    int64_t patient_id = 0, count;
    enum status s = page_request_parse(rq, &page, err);
    if (s != OK) return s;
    /* A patient who cannot exist has none. */
    if (wanted.n && (!str_to_i64(wanted, &patient_id) || patient_id <= 0)) patient_id = -1;
    if ((s = golden_count(rq->db, patient_id, &count, err)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, err)) != OK) return s;
    if ((s = golden_each(rq->db, patient_id, page.size, page.offset, put_golden, &o, err)) != OK) return s;
    page_end(&o);
    return OK;
}

enum status golden_questions_post(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct golden_question q = { 0 };
    enum status s = read_new(rq, &q, err);
    if (s != OK) return s;
    re->patient_id = q.patient_id;
    s = do_write(rq, STR("golden_question.create"), &q, add, err);
    if (s == OK) s = golden_get(rq->db, rq->arena, q.id, &q, err); /* with the patient's name */
    return s == OK ? put_golden(&o, &q, err) : s;
}

static enum status golden_of_request(struct request *rq, struct golden_question *q, struct err *err) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, err);
    return s == OK ? golden_get(rq->db, rq->arena, id, q, err) : s;
}

enum status golden_question_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct golden_question q = { 0 };
    enum status s = golden_of_request(rq, &q, err);
    return s == OK ? put_golden(&o, &q, err) : s;
}

enum status golden_question_patch(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct golden_question q = { 0 };
    struct fields *f;
    enum status s = golden_of_request(rq, &q, err);
    if (s == OK) s = fields_parse(rq->arena, rq->body, &f, err);
    if (s == OK) s = read_expected(rq, f, &q, err);
    if (s == OK) s = fields_done(f);
    if (s != OK) return s;
    q.updated_at_us = rq->now_us;
    s = do_write(rq, STR("golden_question.update"), &q, save, err);
    return s == OK ? put_golden(&o, &q, err) : s;
}

enum status golden_question_delete(struct request *rq, struct reply *re, struct err *err) {
    struct golden_question q = { 0 };
    enum status s = golden_of_request(rq, &q, err);
    (void)re;
    return s == OK ? do_write(rq, STR("golden_question.delete"), &q, removed, err) : s;
}

static enum status part_write(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct json_out *o, struct err *err) {
    (void)ctx, (void)arena;
    json_put_array(o);
    enum status s = golden_each(db, patient_id, EXPORTED_MAX, 0, put_golden, o, err);
    json_put_array_end(o);
    return s;
}

/* Rows go with the patient's by foreign keys. */
const struct patient_part golden_patient_part = { .name = "golden_questions", .write = part_write };
