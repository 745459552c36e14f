/*
 * session_reply_store -- what the clinic writes itself: a doctor's own words while the person may be written to freely, an approved template
 * afterwards.
 */
#include "accounts/user.h"
#include "db/db.h"
#include "http/fields.h"
#include "messaging/outbox.h"
#include "messaging/template.h"
#include "queries.h"
#include "sessions/session.h"

static const struct message session_other_person = {
    "session_other_person",
    "Une autre personne écrit maintenant depuis ce numéro : relisez la conversation avant de répondre.",
    "Another person writes from this number now: read the conversation again before you answer.",
};
static const struct message session_says_nobody = {
    "session_says_nobody",
    "Plusieurs patients ont ce numéro : dites pour qui est la réponse (le patient de la conversation, ou null).",
    "Several patients have this number: say whom the answer is for (the conversation's patient, or null).",
};
static const struct message template_not_sendable = {
    "template_not_sendable",
    "Ce modèle n’est pas approuvé par WhatsApp, ou ne s’envoie pas à la main : choisissez-en un autre.",
    "WhatsApp has not approved this template, or it is not sent by hand: choose another one.",
};

/* People see that a person writes, and who. */
static enum status sign(struct db *db, struct arena *arena, int64_t user_id, struct str body, struct str *out,
                        struct err *e) {
    struct user doctor;
    enum status s = user_by_id(db, arena, user_id, &doctor, e);
    if (s != OK) return s;
    struct str name = doctor.full_name.n ? doctor.full_name : STR("Votre médecin");
    if (arena_printf(arena, out, "%.*s :\n%.*s", STR_ARG(name), STR_ARG(body))) return OK;
    return fail(e, E_LIMIT, NULL, "no memory for a reply");
}

/* Nobody reads what was meant for another. */
static enum status check_addressee(const struct session *session, const struct session_reply *r,
                                   struct err *e) {
    if (!r->names_patient && session->people > 1)
        return fail_field(e, STR("patient"), &session_says_nobody, STR(""));
    if (!r->names_patient || r->patient_id == session->patient_id) return OK;
    return fail(e, E_CONFLICT, &session_other_person, "conversation %lld is another's by now",
                (long long)session->id);
}

static enum status reply(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                         const struct session_reply *r, const struct session_actor *actor, struct err *e) {
    const struct db_val in[] = { db_int(id), db_int(actor->user_id), db_int(actor->now_us) };
    struct session session;
    int64_t changed = 0;
    enum status s = db_run(db, &q_conversation_replied, in, NULL, NULL, &changed, e);

    if (s == OK) s = session_get(db, arena, id, &session, e);
    if (s == OK) s = session_check_open(&session, actor->now_us, e);
    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &session_not_taken, "conversation %lld is not the caller's",
                    (long long)id);
    if ((s = check_addressee(&session, r, e)) != OK) return s;
    struct outbox_message m = { .kind = MESSAGE_REPLY,
                                .patient_id = session.patient_id,
                                .phone = session.phone,
                                .author_id = actor->user_id };
    if ((s = sign(db, arena, actor->user_id, r->body, &m.body, e)) != OK) return s;
    if ((s = outbox_add(room->messaging, db, &m, actor->now_us, NULL, e)) != OK) return s;
    return session_note(room, db, arena, &session, true, STR("session.reply"), actor, e);
}

enum status session_reply(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                          const struct session_reply *r, const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, reply(room, db, arena, id, r, actor, e), e) : s;
}

/* The activation link is made by the program alone, and "waiting" says what is true only when something waits. */
static bool is_for_hands(struct str purpose) {
    return !str_eq(purpose, TEMPLATE_PURPOSE_ACTIVATION) && !str_eq(purpose, TEMPLATE_PURPOSE_WAITING);
}

static enum status send_template(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                                 const struct session_template *t, const struct session_actor *actor,
                                 struct err *e) {
    const struct session_reply to = { .names_patient = t->names_patient, .patient_id = t->patient_id };
    struct session session;
    struct template approved;
    struct err local = { 0 };
    struct str list;
    enum status s = session_get(db, arena, id, &session, e);

    if (s == OK) s = check_addressee(&session, &to, e);
    if (s != OK) return s;
    struct outbox_message m = { .kind = MESSAGE_NOTICE,
                                .patient_id = session.patient_id,
                                .phone = session.phone,
                                .purpose = t->purpose,
                                .variables = t->values,
                                .author_id = actor->user_id };
    s = is_for_hands(t->purpose)
            ? template_approved(db, arena, t->purpose, session.patient_id, &approved, &local)
            : E_NOT_FOUND;
    if (s == E_NOT_FOUND)
        return fail(e, E_CONFLICT, &template_not_sendable, "no approved template of that purpose");
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    if ((s = template_fill(arena, &approved, t->values, &list, &m.body, e)) != OK) return s;
    if ((s = outbox_add(room->messaging, db, &m, actor->now_us, NULL, e)) != OK) return s;
    return session_note(room, db, arena, &session, session.by_doctor, STR("session.template"), actor, e);
}

enum status session_send_template(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                                  const struct session_template *t, const struct session_actor *actor,
                                  struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, send_template(room, db, arena, id, t, actor, e), e) : s;
}
