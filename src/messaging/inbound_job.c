/*
 * inbound_job -- answers one received message. See inbound.h for why a second run does no harm.
 */
#include "messaging/inbound_store.h"
#include "base/buf.h"
#include "messaging/payload.h"
#include "messaging/record_text.h"
#include "messaging/texts.h"

/* The fixed text of a step; TEXT_COUNT: none. */
static enum text text_of_step(enum flow_step step) {
    switch (step) {
    case FLOW_UNKNOWN: return TEXT_UNKNOWN;
    case FLOW_STOP: return TEXT_STOPPED;
    case FLOW_START: return TEXT_RESTARTED;
    case FLOW_HELP: return TEXT_HELP;
    case FLOW_ACTIVATE: return TEXT_WELCOME;
    case FLOW_DECLINE: return TEXT_DECLINED;
    case FLOW_LINK_OVER: return TEXT_LINK_EXPIRED;
    case FLOW_PENDING: return TEXT_PENDING;
    case FLOW_INACTIVE: return TEXT_INACTIVE;
    case FLOW_ASSISTANT_OFF: return TEXT_ASSISTANT_OFF;
    case FLOW_TROUBLE: return TEXT_TROUBLE;
    case FLOW_LINK_WHICH: return TEXT_LINK_WHICH;
    case FLOW_DOCTOR: return TEXT_DOCTOR;
    case FLOW_RECORD: return TEXT_RECORD;
    case FLOW_ERASE_EXPLAIN: return TEXT_ERASE_EXPLAIN;
    case FLOW_ERASE: return TEXT_ERASE_NOTED;
    case FLOW_WHO: return TEXT_WHO;
    case FLOW_CODE: return TEXT_CODE;
    case FLOW_CODE_WRONG: return TEXT_CODE_WRONG;
    case FLOW_CODE_LOCKED: return TEXT_CODE_LOCKED;
    case FLOW_CODE_MISSING: return TEXT_CODE_MISSING;
    case FLOW_IDENTIFIED: return TEXT_IDENTIFIED;
    case FLOW_IGNORE:
    case FLOW_DANGER:
    case FLOW_SILENT:
    case FLOW_MEDIA:
    case FLOW_ASK: break;
    }
    return TEXT_COUNT;
}

/* "1. Awa\n2. Moussa\n": nothing but first names. */
static enum status list_people(const struct inbound_case *c, struct str *out, struct err *e) {
    int n = 0;
    *out = STR("");
    for (size_t i = 0; i < c->people_count; i++) {
        if (c->people[i].status != PATIENT_ACTIVE) continue;
        if (!arena_printf(c->arena, out, "%.*s%d. %.*s\n", STR_ARG(*out), ++n,
                          STR_ARG(c->people[i].first_name)))
            return fail(e, E_LIMIT, NULL, "inbound: arena full");
    }
    return OK;
}

/* The list that a text holds. */
static enum status list_of_step(const struct inbound_case *c, enum flow_step step, struct str *out,
                                struct err *e) {
    *out = STR("");
    if (step == FLOW_WHO) return list_people(c, out, e);
    return step == FLOW_RECORD ? record_text_list(c->db, c->arena, &c->patient, out, e) : OK;
}

static enum status fixed_text(const struct inbound_case *c, enum flow_step step, struct str *out,
                              struct err *e) {
    struct text_values values = { c->patient.first_name, STR(""), c->room->emergency_number, STR("") };
    enum text text = text_of_step(step);
    enum status s = list_of_step(c, step, &values.list, e);

    if (s != OK) return s;
    *out = step == FLOW_DANGER ? c->danger_answer : STR("");
    if (text == TEXT_COUNT || text_write(c->arena, text, c->patient.language, &values, out)) return OK;
    return fail(e, E_LIMIT, NULL, "inbound: arena full");
}

/* A conversation is what one number says on one day; of several people behind it, each has one of their own. */
static bool session_id(const struct inbound_case *c, struct str *out) {
    struct date day = date_of_us(c->m.created_at_us);
    struct str digits = str_sub(c->m.phone, 1, c->m.phone.n);
    *out = c->conversation.key;
    if (out->n == 0 && !arena_printf(c->arena, out, "whatsapp_%.*s_%04d%02d%02d", STR_ARG(digits), day.year,
                                     day.month, day.day))
        return false;
    return !c->facts.shared ||
           arena_printf(c->arena, out, "%.*s_%lld", STR_ARG(*out), (long long)c->patient.id);
}

static enum status ask(struct inbound_case *c, struct str *answer, struct err *e) {
    struct question question = { .patient = &c->patient, .text = c->m.body, .message_id = c->m.id };
    enum status s;

    if (!session_id(c, &question.session_id)) return fail(e, E_LIMIT, NULL, "inbound: arena full");
    s = c->room->ask(c->room->ask_ctx, c->db, c->arena, &question, c->now_us, answer, e);
    if (s == OK && str_trim(*answer).n == 0)
        return fail(e, E_INTERNAL, NULL, "message %lld got an empty answer", (long long)c->m.id);
    return s;
}

/* Loads the case of a message; E_NOT_FOUND when it is gone or done. */
static enum status load(struct job_context *ctx, const struct job *job, int64_t id, struct inbound_case *c,
                        struct err *e) {
    enum status s;

    *c = (struct inbound_case) { .room = ctx->room,
                                 .ctx = ctx,
                                 .job = job,
                                 .db = ctx->db,
                                 .arena = ctx->arena,
                                 .now_us = clock_now_us(ctx->clock) };
    if ((s = message_get(ctx->db, ctx->arena, id, &c->m, e)) != OK) return s;
    if (c->m.status != MESSAGE_RECEIVED)
        return fail(e, E_NOT_FOUND, NULL, "message %lld is processed", (long long)id);
    return inbound_look(c, e);
}

static enum status decide_and_settle(struct inbound_case *c, bool finish, struct err *e) {
    enum flow_step step = flow_decide(&c->facts);
    struct str text = STR("");
    enum status s = step == FLOW_ASK ? ask(c, &text, e) : fixed_text(c, step, &text, e);
    return s == OK ? inbound_settle(c, step, text, finish, e) : s;
}

enum { TRIES_MAX = 4 };

/*
 * Answers one message; *first is an older one of the same number that goes before it, and nothing was done, or the message itself. Several
 * people behind a number are answered in the order in which they wrote: else what one asked could be answered to the other.
 */
static enum status process(struct job_context *ctx, const struct job *job, int64_t id, bool finish,
                           int64_t *first, struct err *e) {
    enum status s = OK;
    *first = id;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        struct inbound_case c;
        struct err local = { 0 };
        s = load(ctx, job, id, &c, &local);
        if (s == E_NOT_FOUND) return OK;
        if (s == OK && c.people_count > 1) s = inbound_first_waiting(&c, first, &local);
        if (s == OK && *first != id) return OK;
        if (s == OK) s = decide_and_settle(&c, finish, &local);
        if (s == OK) return OK;
        if (s != E_CONFLICT || tries + 1 == TRIES_MAX) return fail(e, s, local.message, "%s", local.detail);
    }
    return s;
}

enum status inbound_process_job(struct job_context *ctx, const struct job *job, struct err *e) {
    int64_t id, first, next;
    enum status s = payload_id(ctx->arena, job, "message_id", &id, e);

    for (next = id; s == OK; next = first == next ? id : first) {
        bool own = next == id;
        s = process(ctx, job, next, own, &first, e);
        if (own && first == id) break;
    }
    return s;
}

enum status inbound_process_dead(struct job_context *ctx, const struct job *job, struct err *e) {
    struct inbound_case c;
    struct str text = STR("");
    int64_t id;
    enum status s = payload_id(ctx->arena, job, "message_id", &id, e);

    if (s == OK) s = load(ctx, job, id, &c, e);
    if (s == E_NOT_FOUND) return OK;
    if (s == OK && !c.facts.by_doctor) s = fixed_text(&c, FLOW_TROUBLE, &text, e);
    return s == OK ? inbound_settle(&c, FLOW_TROUBLE, text, false, e) : s;
}
