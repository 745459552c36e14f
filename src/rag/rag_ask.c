/*
 * rag_ask -- one question from first look to logged answer.
 *
 * Nothing is written before the answer is known; then the conversation, the question, the doctor's notification and the audit row are
 * written in one transaction, with what was sent to models outside. The answer is given to the patient only after it: what was said can
 * always be read afterwards. No transaction is open while something outside is waited for.
 */
#include "accounts/alert.h"
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "base/crypto.h"
#include "base/utf8.h"
#include "patients/consent.h"
#include "rag/advice_record.h"
#include "rag/advice_use.h"
#include "rag/meaning.h"
#include "rag/model_step.h"
#include "rag/rag_room.h"
#include "rag/rag_store.h"
#include "search/record_store.h"

enum { JSON_MAX = 256 * 1024 };

const struct message rag_query_empty = { "query_empty", "Écrivez votre question.", "Write your question." };
const struct message rag_query_too_long = { "query_too_long",
                                            "La question est trop longue : 2000 caractères au plus.",
                                            "The question is too long: 2000 characters at most." };
const struct message rag_patient_inactive = {
    "patient_inactive", "Ce patient n'est pas actif : il doit d'abord confirmer l'activation de son compte.",
    "This patient is not active: they must confirm the activation of their account first."
};
const struct message rag_session_foreign = {
    "session_foreign", "Cette session appartient à un autre patient. Choisissez un autre session_id.",
    "This session belongs to another patient. Choose another session_id."
};
const struct message rag_not_agreed = {
    "assistant_refused", "Ce patient n'a pas accepté l'assistant : ses questions doivent aller au médecin.",
    "This patient has not agreed to the assistant: questions must go to the doctor."
};

struct ask {
    struct rag *rag;
    struct db *db;
    struct arena *arena;
    const struct rag_question *question;
    struct asked asked;
    struct question_row row;
    struct rag_answer *out;
    struct rag_timings *timings;
    struct meaning *meaning;  /* of the question, when the embedder was asked; NULL: it was not */
    struct model_step *model; /* NULL: none is asked */
    int64_t start_us;
    struct err *err;
};

static enum status check(const struct ask *a) {
    const struct rag_question *q = a->question;
    if (q->patient->status != PATIENT_ACTIVE)
        return fail(a->err, E_NOT_FOUND, &rag_patient_inactive, "patient %lld is not active",
                    (long long)q->patient->id);
    if (str_trim(q->text).n == 0) return fail(a->err, E_INVALID, &rag_query_empty, "an empty question");
    if (q->text.n > QUESTION_CHARS_MAX * 4 || utf8_length(q->text) > QUESTION_CHARS_MAX)
        return fail(a->err, E_INVALID, &rag_query_too_long, "a question of %zu bytes", q->text.n);
    return OK;
}

/* The conversation goes on, or a new one begins. */
static enum status open_session(struct ask *a) {
    const struct rag_question *q = a->question;
    a->row.session_key = q->session_id;
    if (q->session_id.n == 0) {
        char token[TOKEN_TEXT_BYTES];
        crypto_token(token);
        return arena_printf(a->arena, &a->row.session_key, "s_%s", token)
                   ? OK
                   : fail(a->err, E_LIMIT, NULL, "no memory for a session");
    }
    struct session_row session = { 0 };
    enum status s = session_find(a->db, a->arena, q->session_id, &session, NULL);
    if (s == E_NOT_FOUND) return OK;
    if (s != OK) return fail(a->err, s, NULL, "a session could not be read");
    if (session.patient_id != q->patient->id)
        return fail(a->err, E_DENIED, &rag_session_foreign, "session %lld is of another patient",
                    (long long)session.id);
    a->row.session_id = session.id;
    a->asked.context = session.context;
    a->asked.has_context = session.context.intent != INTENT_NONE && session.context_until_us > q->now_us;
    return OK;
}

static enum status check_agreement(const struct ask *a) {
    bool granted;
    int64_t id = a->question->patient->id;
    enum status s = consent_is_granted(a->db, id, CONSENT_ASSISTANT, &granted, a->err);
    if (s == OK && !granted)
        return fail(a->err, E_DENIED, &rag_not_agreed, "patient %lld has not agreed", (long long)id);
    return s;
}

/* What is nearest to the question, here and in the advice: waits for the outside. */
static enum status find_near(struct ask *a, const struct record *record, struct near_list near[2]) {
    if (!model_place_take(a->rag)) return OK;
    enum status s = meaning_ask(a->rag, a->db, a->arena, a->question->patient, a->question->text,
                                a->question->now_us, a->meaning, a->err);
    if (s == OK && a->meaning->known) meaning_find_near(a->rag, a->arena, record, a->meaning, &near[0]);
    model_place_leave(a->rag);
    if (s == OK && a->meaning->known && a->asked.advice)
        near_find(a->asked.advice, &a->meaning->question, &near[1]);
    return s;
}

/* Where passages were looked for, nearness in meaning may find more: the same once more, with what the embedder says of the question. */
static enum status answer_by_meaning(struct ask *a, const struct record *record) {
    if (!a->out->searched || !meaning_may_help(a->rag, record, a->asked.advice)) return OK;
    struct near_list *near = arena_array(a->arena, 2, sizeof *near);
    a->meaning = arena_alloc(a->arena, sizeof *a->meaning);
    if (!a->meaning || !near) return fail(a->err, E_LIMIT, NULL, "no memory for the meaning of a question");
    enum status s = find_near(a, record, near);
    if (s != OK || !a->meaning->known) return s;
    a->asked.near = &near[0];
    if (a->asked.advice) a->asked.near_advice = &near[1];
    return answer_make(&a->rag->books, a->arena, record, &a->asked, a->out, a->err);
}

/* What left the house for this question. */
static enum status log_calls(const struct ask *a) {
    enum status s = a->model ? model_step_log(a->db, a->model, a->row.id, a->err) : OK;
    if (s != OK || !a->meaning || !a->meaning->called) return s;
    a->meaning->call.question_id = a->row.id;
    return model_call_add(a->db, &a->meaning->call, a->err);
}

/* Likewise for a question that is not logged itself. */
static enum status log_calls_alone(const struct ask *a) {
    bool called = (a->meaning && a->meaning->called) || (a->model && a->model->report.called);
    if (!called) return OK;
    enum status s = db_begin(a->db, a->err);
    return s == OK ? db_finish(a->db, log_calls(a), a->err) : s;
}

/* Sources point into the records, which may go when they are given back. */
static enum status keep_sources(struct ask *a) {
    for (size_t i = 0; i < a->out->source_count; i++) {
        struct rag_source *src = &a->out->sources[i];
        if (!arena_dup(a->arena, src->title, &src->title) || !arena_dup(a->arena, src->quote, &src->quote))
            return fail(a->err, E_LIMIT, NULL, "no memory for sources");
    }
    return OK;
}

/* The clinic's advice as it is published now. NULL: it changes too fast to be read, and the record answers alone. */
static enum status take_advice(struct ask *a, const struct record **out) {
    struct record *loaded;
    int64_t version;
    enum status s = advice_version(a->db, &version, a->err);
    *out = s == OK ? record_cache_get(a->rag->advice, ADVICE_PATIENT_ID, version) : NULL;
    if (s != OK || *out) return s;
    s = advice_record_load(a->db, a->rag->space, &loaded, NULL);
    if (s == OK) *out = record_cache_put(a->rag->advice, loaded);
    return s == E_RETRY ? OK : s;
}

static enum status answer_from_record(struct ask *a) {
    const struct patient *p = a->question->patient;
    int64_t start_us = clock_monotonic_us();
    const struct record *record = record_cache_get(a->rag->cache, p->id, p->record_version);
    enum status s = OK;
    a->timings->cached = record != NULL;
    if (!record) {
        struct record *loaded;
        s = record_load(a->db, p, a->rag->space, &loaded, a->err);
        if (s != OK) return s;
        record = record_cache_put(a->rag->cache, loaded);
    }
    a->timings->record_us = clock_monotonic_us() - start_us;
    s = answer_make(&a->rag->books, a->arena, record, &a->asked, a->out, a->err);
    if (s == OK) s = answer_by_meaning(a, record);
    if (s == OK) s = keep_sources(a);
    if (s == OK && a->model) model_step_prepare(a->rag, record, &a->asked, a->out, a->model);
    record_cache_release(a->rag->cache, record);
    return s;
}

/* The model's words in the place of ours, where one may be asked and its words are borne. */
static enum status ask_model(struct ask *a) {
    enum status s = model_step_ask(a->rag, a->db, a->arena, a->question, a->out, a->model, a->err);
    const struct model_report *r = &a->model->report;
    a->timings->model_us = r->wait_us;
    a->timings->proof_us = r->own_us;
    a->timings->fallback = model_fallback_name(r);
    return s;
}

/* Nobody's record: what the clinic says to everybody. */
static enum status answer_from_nothing(struct ask *a) {
    struct record *empty;
    enum status s = record_new(&empty, a->err);
    if (s != OK) return s;
    s = answer_make(&a->rag->books, a->arena, empty, &a->asked, a->out, a->err);
    if (s == OK) s = keep_sources(a);
    record_free(empty);
    return s;
}

/* The whole answer, for whoever asks for it (a patient, or a golden question): all that answers are made from comes in here. */
static enum status make_whole_answer(struct ask *a) {
    enum status s = take_advice(a, &a->asked.advice);
    if (s == OK) s = a->question->patient->id ? answer_from_record(a) : answer_from_nothing(a);
    record_cache_release(a->rag->advice, a->asked.advice);
    a->asked.advice = NULL;
    return s;
}

/* Runs fn over a JSON writer and keeps what it wrote in the arena. */
static enum status keep_json(struct ask *a, struct buf *buf, struct str *out) {
    bool fits = buf_ok(buf) && arena_dup(a->arena, buf_str(buf), out);
    buf_done(buf);
    return fits ? OK : fail(a->err, E_LIMIT, NULL, "no memory for a logged answer");
}

static enum status fill_row(struct ask *a) {
    struct buf sources, timings;
    const struct rag_question *q = a->question;
    struct question_row *row = &a->row;
    row->patient_id = q->patient->id;
    row->message_id = q->message_id;
    row->user_id = q->user_id;
    row->asked_us = q->now_us;
    row->query = q->text;
    row->answer = a->out->text;
    row->language = str_from_c(patient_language_name(a->out->language));
    row->intent = str_from_c(a->out->escalated ? danger_name(a->out->danger) : intent_name(a->out->intent));
    row->grounded = a->out->grounded;
    row->escalated = a->out->escalated;
    row->refused = a->out->refused;
    row->engine = str_from_c(a->out->engine);
    a->timings->total_us = clock_monotonic_us() - a->start_us;
    buf_init(&sources, JSON_MAX);
    struct json_out o = json_out_to(&sources);
    rag_sources_json(&o, a->out->sources, a->out->source_count);
    enum status s = keep_json(a, &sources, &row->sources_json);
    if (s != OK) return s;
    buf_init(&timings, JSON_MAX);
    o = json_out_to(&timings);
    rag_timings_log_json(&o, a->out, a->timings);
    return keep_json(a, &timings, &row->timings_json);
}

static enum status notify(const struct ask *a) {
    static const struct {
        const char *kind;
        enum severity severity;
    } told[] = {
        [TELL_NOTHING] = { NULL, SEVERITY_KNOW },
        [TELL_REFUSED] = { "question.refused", SEVERITY_LOOK },
        [TELL_WANTED] = { "question.doctor_wanted", SEVERITY_LOOK },
        [TELL_STOPPED] = { "question.stopped_medicine", SEVERITY_LOOK },
        [TELL_DANGER] = { "question.escalated", SEVERITY_DANGER },
    };
    const char *kind = told[a->out->tell].kind;
    if (!kind) return OK;
    int64_t id;
    enum severity severity = told[a->out->tell].severity;
    enum status s = notification_add_id(a->db, str_from_c(kind), a->row.patient_id, a->row.id, severity,
                                        a->row.asked_us, &id, a->err);
    if (s != OK || severity != SEVERITY_DANGER) return s;
    return alert_add(a->rag->alerts, a->db, a->arena, id, a->question->patient->assigned_to, a->row.asked_us,
                     a->err);
}

/* Conversation, question, notification and audit row, or nothing of it. */
static enum status log_answer(struct ask *a) {
    enum status s = fill_row(a);
    if (s != OK) return s;
    if ((s = db_begin(a->db, a->err)) != OK) return s;
    s = question_store_add(a->db, &a->row, &a->out->context, a->row.asked_us + RAG_CONTEXT_LIFE_US, a->err);
    if (s == OK)
        s = advice_use_add(a->db, a->row.id, a->row.asked_us, a->out->sources, a->out->source_count, a->err);
    if (s == OK) s = log_calls(a);
    if (s == OK) s = notify(a);
    if (s == OK)
        s = audit_add(a->db, a->row.user_id, STR("rag.query"), STR("patient"), a->row.patient_id,
                      a->row.asked_us, a->err);
    s = db_finish(a->db, s, a->err);
    a->out->question_id = a->row.id;
    a->out->session_id = a->row.session_key;
    return s;
}

/* The answer that was given to this message before: a job that runs again says the same. */
static enum status find_logged(const struct ask *a, bool *found) {
    struct question_row row = { 0 };
    *found = false;
    if (a->question->message_id == 0) return OK;
    enum status s = question_find_by_message(a->db, a->arena, a->question->message_id, &row, NULL);
    if (s == E_NOT_FOUND) return OK;
    if (s != OK) return fail(a->err, s, NULL, "a logged answer could not be read");
    if (row.patient_id != a->question->patient->id)
        return fail(a->err, E_CONFLICT, NULL, "message %lld was another patient's",
                    (long long)a->question->message_id);
    *found = true;
    *a->out = (struct rag_answer) { .text = row.answer,
                                    .language = patient_language_from_name(row.language),
                                    .intent = intent_from_name(row.intent),
                                    .grounded = row.grounded,
                                    .escalated = row.escalated,
                                    .refused = row.refused,
                                    .engine = arena_cstr(a->arena, row.engine),
                                    .session_id = row.session_key,
                                    .question_id = row.id };
    if (!a->out->engine) return fail(a->err, E_LIMIT, NULL, "no memory for a logged answer");
    return rag_sources_read(a->arena, row.sources_json, a->out->sources, ANSWER_SOURCES_MAX,
                            &a->out->source_count, a->err);
}

enum status rag_ask_timed(struct rag *rag, struct db *db, struct arena *arena, const struct rag_question *q,
                          struct rag_answer *out, struct rag_timings *timings, struct err *err) {
    struct model_step model = { 0 };
    struct ask a = { .rag = rag,
                     .db = db,
                     .arena = arena,
                     .question = q,
                     .out = out,
                     .timings = timings,
                     .model = &model,
                     .start_us = clock_monotonic_us(),
                     .err = err };
    bool found, danger;
    *timings = (struct rag_timings) { 0 };
    a.asked = (struct asked) { .text = q->text,
                               .today = date_of_us(q->now_us),
                               .emergency_number = rag->emergency_number };
    enum status s = check(&a);
    if (s == OK) s = find_logged(&a, &found);
    if (s != OK || found) return s;
    s = open_session(&a);
    if (s == OK) s = answer_danger(&rag->books, arena, &a.asked, q->patient->language, out, &danger, err);
    if (s != OK) return s;
    if (!danger) s = check_agreement(&a);
    if (s == OK && !danger) s = make_whole_answer(&a);
    if (s == OK) s = ask_model(&a);
    if (s == OK) s = log_answer(&a);
    if (s == OK && rag->watch) rag->watch->answered(rag->watch->ctx, out, timings->total_us);
    model_step_done(&model);
    return s;
}

enum status rag_try(struct rag *rag, struct db *db, struct arena *arena, int64_t patient_id, struct str text,
                    int64_t now_us, struct rag_answer *out, struct err *err) {
    struct patient patient = patient_blank();
    struct rag_timings timings = { 0 };
    struct model_step model = { 0 };
    const struct rag_question question = { .patient = &patient, .text = text, .now_us = now_us };
    struct ask a = {
        .rag = rag,
        .db = db,
        .arena = arena,
        .question = &question,
        .asked = { .text = text, .today = date_of_us(now_us), .emergency_number = rag->emergency_number },
        .out = out,
        .timings = &timings,
        .model = patient_id ? &model : NULL,
        .err = err
    };
    bool danger = false;
    enum status s = patient_id ? patient_get(db, arena, patient_id, &patient, err) : OK;
    if (s == OK) s = answer_danger(&rag->books, arena, &a.asked, patient.language, out, &danger, err);
    if (s == OK && !danger) s = make_whole_answer(&a);
    if (s == OK && a.model) s = ask_model(&a);
    if (s == OK) s = log_calls_alone(&a);
    model_step_done(&model);
    return s;
}

enum status rag_ask(struct rag *rag, struct db *db, struct arena *arena, const struct rag_question *q,
                    struct rag_answer *out, struct err *err) {
    struct rag_timings timings;
    return rag_ask_timed(rag, db, arena, q, out, &timings, err);
}

enum status rag_triage(const struct rag *rag, struct arena *arena, struct str text, enum lang of_patient,
                       int64_t now_us, bool *danger, struct str *answer, struct err *err) {
    const struct asked asked = { .text = text,
                                 .today = date_of_us(now_us),
                                 .emergency_number = rag->emergency_number };
    struct rag_answer out;
    enum status s = answer_danger(&rag->books, arena, &asked, of_patient, &out, danger, err);
    *answer = s == OK && *danger ? out.text : STR("");
    return s;
}
