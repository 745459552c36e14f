#include "messaging/inbound_store.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/forgotten.h"
#include "messaging/message_event.h"
#include "messaging/message_row.h"
#include "messaging/outbox.h"
#include "patients/activation.h"
#include "patients/consent.h"
#include "queries.h"

static enum status take_id(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)ctx = col[0].i;
    return OK;
}

/* The patient of a number, or id 0. */
static enum status find_patient(struct db *db, struct arena *arena, struct str phone, struct patient *p,
                                struct err *e) {
    struct err local = { 0 };
    enum status s = patient_get_by_phone(db, arena, phone, p, &local);
    if (s == E_NOT_FOUND) {
        *p = patient_blank();
        return OK;
    }
    return s == OK ? OK : fail(e, s, local.message, "%s", local.detail);
}

/* The number; of somebody who hides it the one that was seen before, else the carrier's name for the person, which can be answered too. */
static enum status address_of(struct db *db, struct arena *arena, const struct channel_event *m,
                              struct str *out, struct err *e) {
    struct err local = { 0 };
    *out = m->from.n ? m->from : m->external_id;
    if (m->from.n) return OK;
    enum status s = contact_phone_of(db, arena, m->external_id, out, &local);
    return s == OK || s == E_NOT_FOUND ? OK : fail(e, s, local.message, "%s", local.detail);
}

static enum status insert(struct messaging *room, struct db *db, struct arena *arena,
                          const struct channel_event *m, int64_t now_us, int64_t *id, bool *is_new,
                          struct err *e) {
    struct db_val sid = db_text(m->provider_sid);
    struct str payload, key, phone;
    struct patient p;
    int64_t made = 0, heard_us = m->sent_at_us && m->sent_at_us < now_us ? m->sent_at_us : now_us;
    bool forgotten;
    enum status s;

    *id = 0;
    *is_new = false;
    if ((s = forgotten_is(db, m->provider_sid, &forgotten, e)) != OK || forgotten) return s;
    if ((s = address_of(db, arena, m, &phone, e)) != OK) return s;
    if ((s = find_patient(db, arena, phone, &p, e)) != OK) return s;
    const struct db_val in[] = { db_int_or_null(p.id), db_text(phone), db_text(m->body), sid,
                                 db_int(now_us) };
    if ((s = db_run(db, &q_message_insert_in, in, take_id, &made, NULL, e)) != OK) return s;
    *is_new = made != 0;
    if (!made) return db_get_i64(db, &q_message_id_by_sid, &sid, id, e);
    *id = made;
    if ((s = contact_heard(db, phone, m->external_id, heard_us, e)) != OK) return s;
    if ((s = message_note_event(db, made, MESSAGE_RECEIVED, STR(""), now_us, e)) != OK) return s;
    if ((s = message_event(room, db, arena, made, p.id, "in", "received", e)) != OK) return s;
    if (!arena_printf(arena, &payload, "{\"message_id\":%lld}", (long long)made) ||
        !arena_printf(arena, &key, INBOUND_JOB_PROCESS ":%lld", (long long)made)) {
        return fail(e, E_LIMIT, NULL, "inbound: arena full");
    }
    return job_add(db, room->signal, STR(INBOUND_JOB_PROCESS), payload, 0, key, now_us, e);
}

enum status inbound_accept(struct messaging *room, struct db *db, struct arena *arena,
                           const struct channel_event *m, int64_t now_us, int64_t *id, bool *is_new,
                           struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, insert(room, db, arena, m, now_us, id, is_new, e), e) : s;
}

/* Whether the token in the message is an open one of this patient. */
static enum status look_at_token(struct inbound_case *c, struct str token, struct err *e) {
    struct patient owner;
    struct err local = { 0 };
    enum status s;

    c->facts.token_given = token.n > 0;
    if (!token.n) return OK;
    s = activation_find(c->db, c->arena, token, c->now_us, &owner, &local);
    if (s != OK && s != E_NOT_FOUND && s != E_CONFLICT) return fail(e, s, local.message, "%s", local.detail);
    c->facts.token_fits = s == OK && owner.id == c->patient.id;
    return OK;
}

enum status inbound_look(struct inbound_case *c, struct err *e) {
    enum status s;

    c->facts = (struct flow_facts) { .empty = str_trim(c->m.body).n == 0 };
    if (!word_of_message(c->arena, c->m.body, &c->facts.word))
        return fail(e, E_LIMIT, NULL, "inbound: arena full");
    if ((s = find_patient(c->db, c->arena, c->m.phone, &c->patient, e)) != OK || c->patient.id == 0) return s;
    c->facts.known = true;
    c->facts.status = c->patient.status;
    if ((s = look_at_token(c, word_find_token(c->m.body), e)) != OK) return s;
    s = activation_is_open(c->db, c->patient.id, c->now_us, &c->facts.link_open, e);
    if (s != OK) return s;
    return consent_is_withdrawn(c->db, c->patient.id, CONSENT_ASSISTANT, &c->facts.assistant_off, e);
}

static enum status record_messages_consent(struct inbound_case *c, bool granted, struct err *e) {
    return consent_record(c->db, c->patient.id, CONSENT_MESSAGES, granted, CONSENT_BY_WHATSAPP, 0, c->now_us,
                          e);
}

/* What the step changes, beside the answer. */
static enum status act(struct inbound_case *c, enum flow_step step, struct err *e) {
    struct confirmation by_person = { CONSENT_BY_WHATSAPP, 0 };

    switch (step) {
    case FLOW_STOP: return record_messages_consent(c, false, e);
    case FLOW_START: return record_messages_consent(c, true, e);
    case FLOW_ACTIVATE: return patient_confirm(c->db, &c->patient, true, &by_person, c->now_us, e);
    case FLOW_DECLINE: return patient_confirm(c->db, &c->patient, false, &by_person, c->now_us, e);
    case FLOW_IGNORE:
    case FLOW_UNKNOWN:
    case FLOW_HELP:
    case FLOW_LINK_OVER:
    case FLOW_PENDING:
    case FLOW_INACTIVE:
    case FLOW_ASSISTANT_OFF:
    case FLOW_ASK: break;
    case FLOW_TROUBLE:
        return notification_add(c->db, STR("question.unanswered"), c->patient.id, c->m.id, SEVERITY_LOOK,
                                c->now_us, e);
    }
    return OK;
}

/* Why the answer is sent: once a day for strangers, once for each message otherwise. */
static bool answer_key(const struct inbound_case *c, enum flow_step step, struct str *key) {
    char day[DATE_ISO_BYTES];
    if (step != FLOW_UNKNOWN) return arena_printf(c->arena, key, "answer:%lld", (long long)c->m.id);
    date_format_iso(date_of_us(c->now_us), day);
    return arena_printf(c->arena, key, "unknown:%.*s:%s", STR_ARG(c->m.phone), day);
}

static enum status settle(struct inbound_case *c, enum flow_step step, struct str text, struct err *e) {
    struct outbox_message answer = {
        .kind = MESSAGE_REPLY,
        .patient_id = c->patient.id,
        .phone = c->m.phone,
        .body = text,
        .answers_id = c->m.id,
    };
    const struct db_val mark[] = { db_int(c->m.id), db_int_or_null(c->patient.id), db_int(c->now_us) };
    int64_t changed = 0;
    enum status s = db_run(c->db, &q_message_mark_processed, mark, NULL, NULL, &changed, e);

    if (s != OK || !changed) return s;
    if ((s = message_note_event(c->db, c->m.id, MESSAGE_PROCESSED, STR(""), c->now_us, e)) != OK) return s;
    if ((s = act(c, step, e)) != OK || text.n == 0) return s;
    if (!answer_key(c, step, &answer.key)) return fail(e, E_LIMIT, NULL, "inbound: arena full");
    return outbox_add(c->room, c->db, c->arena, &answer, c->now_us, NULL, e);
}

enum status inbound_settle(struct inbound_case *c, enum flow_step step, struct str text, bool finish,
                           struct err *e) {
    enum status s = db_begin(c->db, e);
    if (s != OK) return s;
    s = settle(c, step, text, e);
    if (s == OK && finish) s = job_finish(c->ctx, c->job, e);
    return db_finish(c->db, s, e);
}
