/*
 * inbound_look_store -- what is known about a received message when it is decided: who may be writing, and in which conversation.
 */
#include "base/utf8.h"
#include "db/db.h"
#include "messaging/inbound_store.h"
#include "messaging/media.h"
#include "patients/activation.h"
#include "patients/consent.h"
#include "queries.h"

static bool is_active(const struct patient *p) {
    return p->status == PATIENT_ACTIVE;
}

static const struct patient *find_person(const struct inbound_case *c, int64_t id) {
    for (size_t i = 0; id && i < c->people_count; i++)
        if (c->people[i].id == id && is_active(&c->people[i])) return &c->people[i];
    return NULL;
}

static const struct patient *nth_active(const struct inbound_case *c, int64_t n) {
    for (size_t i = 0; i < c->people_count; i++)
        if (is_active(&c->people[i]) && n-- == 0) return &c->people[i];
    return NULL;
}

/* Whose open link the token in the message is, if that person has this number. */
static enum status look_at_token(struct inbound_case *c, const struct patient **out, struct err *e) {
    struct str token = word_find_token(c->m.body);
    struct patient owner;
    struct err local = { 0 };
    enum status s;

    *out = NULL;
    c->facts.token_given = token.n > 0;
    if (!token.n) return OK;
    s = activation_find(c->db, c->arena, token, c->now_us, &owner, &local);
    if (s != OK && s != E_NOT_FOUND && s != E_CONFLICT) return fail(e, s, local.message, "%s", local.detail);
    for (size_t i = 0; s == OK && i < c->people_count; i++)
        if (c->people[i].id == owner.id) *out = &c->people[i];
    c->facts.token_fits = *out != NULL;
    return OK;
}

/* Who was sent a link that is still open, when it is one person alone. */
static enum status look_at_links(struct inbound_case *c, const struct patient **out, struct err *e) {
    size_t count = 0;
    *out = NULL;
    for (size_t i = 0; i < c->people_count; i++) {
        bool open = false;
        if (is_active(&c->people[i])) continue;
        enum status s = activation_is_open(c->db, c->people[i].id, c->now_us, &open, e);
        if (s != OK) return s;
        if (open && count++ == 0) *out = &c->people[i];
    }
    c->facts.links_many = count > 1;
    if (count > 1) *out = NULL;
    return OK;
}

/* "2", or a first name that only one of them has. */
static enum status look_at_pick(struct inbound_case *c, const struct patient **out, struct err *e) {
    struct str said = str_trim(c->m.body), name;
    int64_t n;
    *out = NULL;
    if (said.n == 0 || said.n > PATIENT_NAME_MAX * 4) return OK;
    if (str_to_i64(said, &n)) {
        if (n >= 1 && n <= (int64_t)c->active_count) *out = nth_active(c, n - 1);
        return OK;
    }
    if (!utf8_fold(c->arena, said, &said)) return fail(e, E_LIMIT, NULL, "inbound: arena full");
    size_t hits = 0;
    const struct patient *found = NULL;
    for (size_t i = 0; i < c->people_count; i++) {
        if (!is_active(&c->people[i])) continue;
        if (!utf8_fold(c->arena, c->people[i].first_name, &name))
            return fail(e, E_LIMIT, NULL, "inbound: arena full");
        if (!str_eq(name, said)) continue;
        hits++;
        found = &c->people[i];
    }
    if (hits == 1) *out = found;
    return OK;
}

/* The code that was shown, or whether there is one to show. */
static enum status look_at_code(struct inbound_case *c, struct err *e) {
    const struct conversation_desk *desk = c->room->desk;
    struct str code = c->facts.code_given ? str_from_c(c->code) : STR("");
    c->facts.code = CODE_NONE;
    if (!desk) return OK;
    return desk->check_code(desk->ctx, c->db, c->arena, c->patient.id, code, c->now_us, &c->facts.code, e);
}

/* Several active people: who has shown the code, is showing it, or says who it is. */
static enum status look_who_writes(struct inbound_case *c, struct err *e) {
    const struct conversation *talk = &c->conversation;
    const struct patient *person = find_person(c, talk->person_id), *picked = NULL;
    enum status s;

    c->facts.shared = true;
    c->facts.identified = person && c->m.created_at_us < talk->person_until_us;
    c->is_known_person = c->facts.identified;
    if (c->facts.identified) {
        c->patient = *person;
        return OK;
    }
    person = talk->expects == EXPECTS_CODE ? find_person(c, talk->expects_id) : NULL;
    c->facts.code_given = person && word_find_code(c->m.body, c->code);
    if (!c->facts.code_given && c->facts.word == WORD_NONE && (s = look_at_pick(c, &picked, e)) != OK)
        return s;
    c->facts.picked = picked != NULL;
    c->patient = c->facts.code_given ? *person : picked ? *picked : *nth_active(c, 0);
    return c->facts.code_given || picked ? look_at_code(c, e) : OK;
}

static bool answers_link(enum word word) {
    return word == WORD_YES || word == WORD_NO;
}

/* Whom of those behind the number the message is about. */
static enum status choose(struct inbound_case *c, struct err *e) {
    const struct patient *by_token, *by_link;
    enum status s;

    c->is_known_person = true;
    c->patient = c->people[0];
    if ((s = look_at_token(c, &by_token, e)) != OK) return s;
    if (by_token) {
        c->patient = *by_token;
        return OK;
    }
    if (c->people_count == 1) return OK;
    if ((s = look_at_links(c, &by_link, e)) != OK) return s;
    if (by_link && (answers_link(c->facts.word) || c->active_count == 0)) {
        c->patient = *by_link;
        return OK;
    }
    if (c->active_count == 0) {
        c->is_known_person = false;
        return OK;
    }
    c->patient = *nth_active(c, 0);
    return c->active_count > 1 ? look_who_writes(c, e) : OK;
}

static enum status look_for_danger(struct inbound_case *c, struct err *e) {
    if (!c->room->triage || c->facts.word != WORD_NONE || c->facts.empty || c->facts.code_given) return OK;
    return c->room->triage(c->room->ask_ctx, c->arena, c->m.body, c->patient.language, c->now_us,
                           &c->facts.danger, &c->danger_answer, e);
}

static enum status find_people(struct inbound_case *c, struct err *e) {
    enum status s = patient_list_by_phone(c->db, c->arena, c->m.phone, c->people, PATIENTS_OF_PHONE_MAX,
                                          &c->people_count, e);
    c->active_count = 0;
    for (size_t i = 0; s == OK && i < c->people_count; i++) c->active_count += is_active(&c->people[i]);
    return s;
}

enum status inbound_look(struct inbound_case *c, struct err *e) {
    const struct conversation_desk *desk = c->room->desk;
    int64_t media = 0;
    enum status s;

    c->facts = (struct flow_facts) { .empty = str_trim(c->m.body).n == 0 };
    c->conversation = (struct conversation) { .key = STR("") };
    c->patient = patient_blank();
    c->is_known_person = false;
    if (!word_of_message(c->arena, c->m.body, &c->facts.word))
        return fail(e, E_LIMIT, NULL, "inbound: arena full");
    if ((s = media_count_of_message(c->db, c->m.id, &media, e)) != OK) return s;
    c->facts.media = media > 0;
    if ((s = find_people(c, e)) != OK || c->people_count == 0) return s;
    c->facts.known = true;
    if (desk && (s = desk->look(desk->ctx, c->db, c->arena, c->m.phone, c->m.created_at_us, &c->conversation,
                                e)) != OK)
        return s;
    c->facts.by_doctor = c->conversation.by_doctor;
    c->facts.expects = c->conversation.expects;
    if ((s = choose(c, e)) != OK || (s = look_for_danger(c, e)) != OK) return s;
    c->facts.status = c->patient.status;
    s = activation_is_open(c->db, c->patient.id, c->now_us, &c->facts.link_open, e);
    if (s != OK) return s;
    return consent_is_withdrawn(c->db, c->patient.id, CONSENT_ASSISTANT, &c->facts.assistant_off, e);
}

enum status inbound_first_waiting(struct inbound_case *c, int64_t *id, struct err *e) {
    const struct db_val in[] = { db_text(c->m.phone), db_int(c->m.id) };
    enum status s = db_get_i64(c->db, &q_message_first_waiting, in, id, e);
    if (s == E_NOT_FOUND) *id = c->m.id;
    return s == E_NOT_FOUND ? OK : s;
}
