/*
 * media_decide_store -- what becomes of a medium: fetched or not, a document or nothing.
 */
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "documents/ingest.h"
#include "messaging/conversation.h"
#include "messaging/media_forget.h"
#include "messaging/media_store.h"
#include "messaging/message_event.h"
#include "messaging/outbox.h"
#include "patients/patient.h"
#include "queries.h"

static const struct message not_open = {
    "media_not_open",
    "Ce fichier n’attend pas de décision : il n’est pas arrivé, a été refusé ou déjà écarté.",
    "This file waits for no decision: it did not arrive, was refused or discarded already."
};
static const struct message is_sound = {
    "media_is_sound",
    "Un message vocal ne peut pas devenir un document. Écoutez-le, puis répondez au patient ou écartez-le.",
    "A voice note cannot become a document. Listen to it, then answer the patient or discard it."
};
static const struct message is_document = {
    "media_is_document", "Ce fichier est déjà un document du dossier. Supprimez plutôt le document.",
    "This file is a document of the record already. Delete the document instead."
};

/* ---- fetched, or not ---- */

/* While a doctor writes with the person, nobody else does. */
static enum status look_for_doctor(struct job_context *ctx, struct str phone, int64_t now_us, bool *by_doctor,
                                   struct err *e) {
    const struct conversation_desk *desk = ((const struct messaging *)ctx->room)->desk;
    struct conversation talk = { 0 };
    enum status s = desk ? desk->look(desk->ctx, ctx->db, ctx->arena, phone, now_us, &talk, e) : OK;
    *by_doctor = talk.by_doctor;
    return s;
}

static enum status tell_person(struct job_context *ctx, const struct media_row *m, enum text text,
                               int64_t now_us, struct err *e) {
    struct messaging *room = ctx->room;
    struct outbox_message answer = {
        .kind = MESSAGE_REPLY, .patient_id = m->patient_id, .phone = m->phone, .answers_id = m->message_id
    };
    struct patient p = patient_blank();
    bool by_doctor;
    enum status s = look_for_doctor(ctx, m->phone, now_us, &by_doctor, e);

    if (s != OK || by_doctor || text == TEXT_COUNT) return s;
    if (m->patient_id && (s = patient_get(ctx->db, ctx->arena, m->patient_id, &p, e)) != OK) return s;
    const struct text_values values = { STR(""), STR(""), room->emergency_number, STR("") };
    /* Several pictures of one message are told of once. */
    if (!text_write(ctx->arena, text, p.language, &values, &answer.body) ||
        !arena_printf(ctx->arena, &answer.key, "media:%lld:%d", (long long)m->message_id, (int)text))
        return fail(e, E_LIMIT, NULL, "no memory for an answer");
    return outbox_add(room, ctx->db, &answer, now_us, NULL, e);
}

static enum status mark(struct db *db, const struct media_row *m, const struct media_outcome *o,
                        int64_t now_us, bool *done, struct err *e) {
    const struct blob *b = o->blob;
    int64_t changed = 0;
    const struct db_val in[] = { db_int(m->id),
                                 db_text(str_from_c(media_status_name(o->status))),
                                 db_text(o->error_code.n ? o->error_code : STR("")),
                                 db_text(b ? str_from_c(o->type.mime) : STR("")),
                                 db_int(b ? (int64_t)b->size_bytes : 0),
                                 b ? db_blob((struct str) { (const char *)b->content.b, HASH_BYTES })
                                   : db_null(),
                                 b ? db_text(str_from_c(b->name)) : db_null(),
                                 db_int_or_null(b ? now_us : 0),
                                 db_int(now_us) };
    enum status s = db_run(db, &q_media_settle, in, NULL, NULL, &changed, e);
    *done = changed > 0;
    return s;
}

/* Whoever looks at the message sees what became of it. */
static enum status tell_event(const struct messaging *room, struct db *db, struct arena *arena,
                              const struct media_row *m, struct err *e) {
    return message_event(room, db, arena, m->message_id, m->patient_id, "in", "media", e);
}

static enum status settle(struct job_context *ctx, const struct media_row *m, const struct media_outcome *o,
                          bool *done, struct err *e) {
    int64_t now_us = clock_now_us(ctx->clock);
    struct messaging *room = ctx->room;
    enum status s = mark(ctx->db, m, o, now_us, done, e);

    if (s != OK || !*done) return s;
    if (o->status == MEDIA_KEPT)
        s = notification_add(ctx->db, STR("media.received"), m->patient_id, m->id, SEVERITY_LOOK, now_us, e);
    if (s == OK) s = tell_person(ctx, m, o->text, now_us, e);
    if (s == OK && o->status != MEDIA_GONE)
        s = media_add_forget_job(room, ctx->db, ctx->arena, m->ref, now_us, e);
    if (s != OK) return s;
    return tell_event(room, ctx->db, ctx->arena, m, e);
}

enum status media_settle(struct job_context *ctx, const struct job *finish, const struct media_row *m,
                         const struct media_outcome *o, bool *done, struct err *e) {
    enum status s = db_begin(ctx->db, e);
    if (s != OK) return s;
    s = settle(ctx, m, o, done, e);
    if (s == OK && finish) s = job_finish(ctx, finish, e);
    return db_finish(ctx->db, s, e);
}

/* ---- the doctor decides ---- */

static enum status decide(struct db *db, int64_t id, enum media_status status, int64_t now_us, bool *decided,
                          struct err *e) {
    const struct db_val in[] = { db_int(id), db_text(str_from_c(media_status_name(status))), db_int(now_us) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_media_decide, in, NULL, NULL, &changed, e);
    *decided = changed > 0;
    return s;
}

static enum status give_away(struct db *db, int64_t id, int64_t document_id, struct err *e) {
    const struct db_val in[] = { db_int(id), db_int_or_null(document_id) };
    return db_run(db, &q_media_give_away, in, NULL, NULL, NULL, e);
}

/* It was looked at before its bytes were here: nobody has seen what is decided on. */
static enum status arrived_meanwhile(const struct media_row *m, struct err *e) {
    return fail(e, E_CONFLICT, &not_open, "medium %lld has only just arrived", (long long)m->id);
}

/* Somebody was faster: theirs is the document, if it is there. */
static enum status find_accepted(struct db *db, struct arena *arena, int64_t id, struct document *out,
                                 struct err *e) {
    struct media_row now;
    enum status s = media_get(db, arena, id, &now, e);
    if (s != OK) return s;
    if (now.status != MEDIA_ACCEPTED || now.document_id == 0)
        return fail(e, E_CONFLICT, &not_open, "medium %lld waits for no decision", (long long)id);
    return document_get(db, arena, now.document_id, out, e);
}

static enum status accept(struct messaging *room, struct db *db, struct arena *arena,
                          const struct media_row *m, const struct document *d, int64_t now_us,
                          struct document *out, bool *made, struct err *e) {
    bool decided;
    int64_t id;
    enum status s;

    *made = false;
    if ((s = decide(db, m->id, MEDIA_ACCEPTED, now_us, &decided, e)) != OK) return s;
    if (!decided) return find_accepted(db, arena, m->id, out, e);
    if (m->status != MEDIA_KEPT) return arrived_meanwhile(m, e);
    if ((s = document_add(db, arena, room->documents, d, &m->content, now_us, &id, made, e)) != OK) return s;
    if ((s = give_away(db, m->id, id, e)) != OK) return s;
    /* The patient had this paper already: its bytes are there once. */
    if (!*made) s = remove_blob_add_job(db, room->signal, m->blob_name, now_us, e);
    if (s == OK) s = audit_add(db, d->created_by, STR("media.accept"), STR("media"), m->id, now_us, e);
    if (s == OK) s = tell_event(room, db, arena, m, e);
    return s == OK ? document_get(db, arena, id, out, e) : s;
}

enum status media_accept(struct messaging *room, struct db *db, struct arena *arena,
                         const struct media_row *m, const struct document *d, int64_t now_us,
                         struct document *out, bool *made, struct err *e) {
    if (str_starts(m->type, STR("audio/")))
        return fail(e, E_CONFLICT, &is_sound, "medium %lld is a voice note", (long long)m->id);
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, accept(room, db, arena, m, d, now_us, out, made, e), e) : s;
}

static enum status discard(struct messaging *room, struct db *db, struct arena *arena,
                           const struct media_row *m, int64_t user_id, int64_t now_us, struct err *e) {
    bool decided;
    enum status s = decide(db, m->id, MEDIA_DISCARDED, now_us, &decided, e);

    if (s != OK) return s;
    if (!decided)
        return m->status == MEDIA_DISCARDED
                   ? OK
                   : fail(e, E_CONFLICT, &not_open, "medium %lld was decided on", (long long)m->id);
    if (m->status != MEDIA_KEPT) return arrived_meanwhile(m, e);
    if ((s = give_away(db, m->id, 0, e)) != OK) return s;
    if ((s = remove_blob_add_job(db, room->signal, m->blob_name, now_us, e)) != OK) return s;
    s = audit_add(db, user_id, STR("media.discard"), STR("media"), m->id, now_us, e);
    return s == OK ? tell_event(room, db, arena, m, e) : s;
}

enum status media_discard(struct messaging *room, struct db *db, struct arena *arena,
                          const struct media_row *m, int64_t user_id, int64_t now_us, struct err *e) {
    if (m->status == MEDIA_ACCEPTED)
        return fail(e, E_CONFLICT, &is_document, "medium %lld was accepted", (long long)m->id);
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, discard(room, db, arena, m, user_id, now_us, e), e) : s;
}
