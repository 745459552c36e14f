#include "messaging/inbound_store.h"
#include "accounts/alert.h"
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/forgotten.h"
#include "messaging/media.h"
#include "messaging/message_event.h"
#include "messaging/message_row.h"
#include "messaging/outbox.h"
#include "messaging/outbox_window.h"
#include "patients/activation.h"
#include "patients/consent.h"
#include "queries.h"

/* The one patient of a number; id 0: there is none, or several of whom any may be writing. */
static enum status find_patient(struct db *db, struct arena *arena, struct str phone, struct patient *p,
                                struct err *e) {
    struct patient people[2];
    size_t count = 0;
    enum status s = patient_list_by_phone(db, arena, phone, people, COUNT_OF(people), &count, e);
    if (s == OK) *p = count == 1 ? people[0] : patient_blank();
    return s;
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
    if ((s = db_run(db, &q_message_insert_in, in, db_take_i64, &made, NULL, e)) != OK) return s;
    *is_new = made != 0;
    if (!made) return db_get_i64(db, &q_message_id_by_sid, &sid, id, e);
    *id = made;
    if ((s = contact_heard(db, phone, m->external_id, heard_us, e)) != OK) return s;
    if ((s = outbox_window_next(room, db, arena, phone, now_us, e)) != OK) return s;
    if ((s = message_note_event(db, made, MESSAGE_RECEIVED, STR(""), now_us, e)) != OK) return s;
    if ((s = message_event(room, db, arena, made, p.id, "in", "received", e)) != OK) return s;
    if ((s = media_add(room, db, arena, made, phone, m, now_us, e)) != OK) return s;
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

static enum status record_messages_consent(struct inbound_case *c, int64_t patient_id, bool granted,
                                           struct err *e) {
    return consent_record(c->db, patient_id, CONSENT_MESSAGES, granted, CONSENT_BY_WHATSAPP, 0, c->now_us, e);
}

/* A number that wants no more messages gets none, whoever they would be for. */
static enum status stop(struct inbound_case *c, struct err *e) {
    enum status s = OK;
    for (size_t i = 0; i < c->people_count && s == OK; i++)
        s = record_messages_consent(c, c->people[i].id, false, e);
    return s;
}

/* Whose message it is, 0 when that is not known. */
static int64_t writer_of(const struct inbound_case *c, enum flow_step step) {
    return c->is_known_person || step == FLOW_IDENTIFIED ? c->patient.id : 0;
}

static enum status tell_danger(struct inbound_case *c, int64_t conversation_id, struct err *e) {
    int64_t id;
    enum status s = notification_add_id(c->db, STR("conversation.danger"), writer_of(c, FLOW_DANGER),
                                        conversation_id, SEVERITY_DANGER, c->now_us, &id, e);
    return s == OK ? alert_add(c->room->alerts, c->db, c->arena, id, c->patient.assigned_to, c->now_us, e)
                   : s;
}

/* Erasing is the clinic's to decide: the wish is kept where nobody can take it away unnoticed. */
static enum status ask_for_erasure(struct inbound_case *c, struct err *e) {
    enum status s =
        audit_add(c->db, 0, STR("patient.erasure_request"), STR("patient"), c->patient.id, c->now_us, e);
    if (s != OK) return s;
    return notification_add(c->db, STR("patient.erasure_wanted"), c->patient.id, c->m.id, SEVERITY_LOOK,
                            c->now_us, e);
}

/* What the step changes, beside the answer. */
static enum status act(struct inbound_case *c, enum flow_step step, int64_t conversation_id, struct err *e) {
    struct confirmation by_person = { CONSENT_BY_WHATSAPP, 0 };

    switch (step) {
    case FLOW_STOP: return stop(c, e);
    case FLOW_START: return record_messages_consent(c, c->patient.id, true, e);
    case FLOW_ACTIVATE: return patient_confirm(c->db, &c->patient, true, &by_person, c->now_us, e);
    case FLOW_DECLINE: return patient_confirm(c->db, &c->patient, false, &by_person, c->now_us, e);
    case FLOW_DANGER: return tell_danger(c, conversation_id, e);
    case FLOW_ERASE: return ask_for_erasure(c, e);
    case FLOW_TROUBLE:
        return notification_add(c->db, STR("question.unanswered"), writer_of(c, step), c->m.id, SEVERITY_LOOK,
                                c->now_us, e);
    case FLOW_IGNORE:
    case FLOW_UNKNOWN:
    case FLOW_HELP:
    case FLOW_LINK_OVER:
    case FLOW_LINK_WHICH:
    case FLOW_PENDING:
    case FLOW_INACTIVE:
    case FLOW_ASSISTANT_OFF:
    case FLOW_ASK:
    case FLOW_MEDIA:
    case FLOW_DOCTOR:
    case FLOW_RECORD:
    case FLOW_ERASE_EXPLAIN:
    case FLOW_WHO:
    case FLOW_CODE:
    case FLOW_CODE_WRONG:
    case FLOW_CODE_LOCKED:
    case FLOW_CODE_MISSING:
    case FLOW_IDENTIFIED:
    case FLOW_SILENT: break;
    }
    return OK;
}

/*
 * What stands in a record is said only if the number is still as it was when that was asked for: the person's, active, and not one more
 * person's, who would have to be told apart.
 */
static enum status check_reader(const struct inbound_case *c, enum flow_step step, struct err *e) {
    struct patient *people = arena_array(c->arena, PATIENTS_OF_PHONE_MAX, sizeof *people);
    size_t count = 0, active = 0;
    bool there = false;

    if (step != FLOW_ASK && step != FLOW_RECORD) return OK;
    if (!people) return fail(e, E_LIMIT, NULL, "inbound: arena full");
    enum status s =
        patient_list_by_phone(c->db, c->arena, c->m.phone, people, PATIENTS_OF_PHONE_MAX, &count, e);
    for (size_t i = 0; s == OK && i < count; i++) {
        if (people[i].status != PATIENT_ACTIVE) continue;
        active++;
        there |= people[i].id == c->patient.id;
    }
    if (s != OK || (there && active == c->active_count)) return s;
    return fail(e, E_CONFLICT, NULL, "message %lld is another person's by now", (long long)c->m.id);
}

/* Counts a code that was shown, and takes it out of the message: staff need not know it. */
static enum status count_code(struct inbound_case *c, struct err *e) {
    const struct conversation_desk *desk = c->room->desk;
    const struct db_val hide[] = { db_int(c->m.id), db_text(STR("••••••")) };
    enum code_state state = CODE_NONE;
    char typed[WORD_CODE_BYTES];
    enum status s;

    if (!c->facts.shared || c->facts.identified || !word_find_code(c->m.body, typed)) return OK;
    if (!c->facts.code_given || !desk) return db_run(c->db, &q_message_set_body, hide, NULL, NULL, NULL, e);
    s = desk->try_code(desk->ctx, c->db, c->arena, c->patient.id, str_from_c(c->code), c->now_us, &state, e);
    if (s != OK) return s;
    if (state != c->facts.code) return fail(e, E_CONFLICT, NULL, "the code is not what it was");
    return db_run(c->db, &q_message_set_body, hide, NULL, NULL, NULL, e);
}

/* What the next message is expected to be. */
static void expect(const struct inbound_case *c, enum flow_step step, struct conversation_turn *turn) {
    bool passing = step == FLOW_DANGER || step == FLOW_SILENT || step == FLOW_STOP || step == FLOW_HELP ||
                   step == FLOW_DOCTOR;

    if (step == FLOW_WHO || step == FLOW_CODE_LOCKED || step == FLOW_CODE_MISSING)
        turn->expects = EXPECTS_PERSON;
    else if (step == FLOW_CODE || step == FLOW_CODE_WRONG)
        turn->expects = EXPECTS_CODE;
    else if (step == FLOW_ERASE_EXPLAIN)
        turn->expects = EXPECTS_ERASURE;
    else if (passing && c->conversation.expects != EXPECTS_ERASURE)
        turn->expects = c->conversation.expects;
    if (turn->expects == EXPECTS_CODE)
        turn->expects_id = passing ? c->conversation.expects_id : c->patient.id;
}

/* Known by the number alone: no time. Several people: from the code on, a while after each message. */
static void say_who(const struct inbound_case *c, enum flow_step step, struct conversation_turn *turn) {
    bool shown = step == FLOW_IDENTIFIED || (c->facts.identified && step != FLOW_WHO);
    if (c->facts.shared && !shown) return;
    turn->person_id = writer_of(c, step);
    turn->person_until_us = c->facts.shared ? c->m.created_at_us + IDENTIFIED_LIFE_US : 0;
}

static enum status keep_turn(struct inbound_case *c, enum flow_step step, bool answered, int64_t *id,
                             struct err *e) {
    const struct conversation_desk *desk = c->room->desk;
    struct conversation_turn turn = {
        .phone = c->m.phone,
        .at_us = c->m.created_at_us,
        .now_us = c->now_us,
        .patient_id = writer_of(c, step),
        .doctor_id = c->patient.assigned_to,
        .wants_doctor = step == FLOW_DOCTOR,
        .answered = answered,
    };
    *id = 0;
    if (!desk || !c->facts.known) return OK;
    expect(c, step, &turn);
    say_who(c, step, &turn);
    return desk->turn(desk->ctx, c->db, c->arena, &c->conversation, &turn, id, e);
}

/* Why the answer is sent: once a day for strangers, once for each message otherwise. */
static bool answer_key(const struct inbound_case *c, enum flow_step step, struct str *key) {
    char day[DATE_ISO_BYTES];
    if (step != FLOW_UNKNOWN) return arena_printf(c->arena, key, "answer:%lld", (long long)c->m.id);
    date_format_iso(date_of_us(c->now_us), day);
    return arena_printf(c->arena, key, "unknown:%.*s:%s", STR_ARG(c->m.phone), day);
}

static enum status settle(struct inbound_case *c, enum flow_step step, struct str text, struct err *e) {
    int64_t writer = writer_of(c, step), conversation_id, changed = 0;
    struct outbox_message answer = {
        .kind = MESSAGE_REPLY,
        .patient_id = writer,
        .phone = c->m.phone,
        .body = text,
        .answers_id = c->m.id,
    };
    const struct db_val mark[] = { db_int(c->m.id), db_int_or_null(writer), db_int(c->now_us) };
    enum status s = db_run(c->db, &q_message_mark_processed, mark, NULL, NULL, &changed, e);

    if (s != OK || !changed) return s;
    if ((s = message_note_event(c->db, c->m.id, MESSAGE_PROCESSED, STR(""), c->now_us, e)) != OK) return s;
    if ((s = check_reader(c, step, e)) != OK || (s = count_code(c, e)) != OK) return s;
    if ((s = keep_turn(c, step, text.n > 0, &conversation_id, e)) != OK) return s;
    if ((s = act(c, step, conversation_id, e)) != OK || text.n == 0) return s;
    if (!answer_key(c, step, &answer.key)) return fail(e, E_LIMIT, NULL, "inbound: arena full");
    return outbox_add(c->room, c->db, &answer, c->now_us, NULL, e);
}

enum status inbound_settle(struct inbound_case *c, enum flow_step step, struct str text, bool finish,
                           struct err *e) {
    enum status s = db_begin(c->db, e);
    if (s != OK) return s;
    s = settle(c, step, text, e);
    if (s == OK && finish) s = job_finish(c->ctx, c->job, e);
    return db_finish(c->db, s, e);
}
