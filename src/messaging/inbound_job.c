/*
 * inbound_job -- answers one received message. See inbound.h for why a second run does no harm.
 */
#include "messaging/inbound_store.h"
#include "messaging/payload.h"
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
    case FLOW_IGNORE:
    case FLOW_ASK: break;
    }
    return TEXT_COUNT;
}

static enum status fixed_text(const struct inbound_case *c, enum flow_step step, struct str *out,
                              struct err *e) {
    struct text_values values = { c->patient.first_name, STR(""), c->room->emergency_number };
    enum text text = text_of_step(step);

    *out = STR("");
    if (text == TEXT_COUNT || text_write(c->arena, text, c->patient.language, &values, out)) return OK;
    return fail(e, E_LIMIT, NULL, "inbound: arena full");
}

/* "whatsapp_221771234567_20261123": a conversation is what one number says on one day. */
static bool session_id(const struct inbound_case *c, struct str *out) {
    struct date day = date_of_us(c->m.created_at_us);
    struct str digits = str_sub(c->m.phone, 1, c->m.phone.n);
    return arena_printf(c->arena, out, "whatsapp_%.*s_%04d%02d%02d", STR_ARG(digits), day.year, day.month,
                        day.day);
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

/* Loads the case of a job; E_NOT_FOUND when the message is gone or done. */
static enum status load(struct job_context *ctx, const struct job *job, struct inbound_case *c,
                        struct err *e) {
    int64_t id;
    enum status s;

    *c = (struct inbound_case) { .room = ctx->room,
                                 .ctx = ctx,
                                 .job = job,
                                 .db = ctx->db,
                                 .arena = ctx->arena,
                                 .now_us = clock_now_us(ctx->clock) };
    if ((s = payload_id(ctx->arena, job, "message_id", &id, e)) != OK) return s;
    if ((s = message_get(ctx->db, ctx->arena, id, &c->m, e)) != OK) return s;
    if (c->m.status != MESSAGE_RECEIVED)
        return fail(e, E_NOT_FOUND, NULL, "message %lld is processed", (long long)id);
    return inbound_look(c, e);
}

enum status inbound_process_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct str text = STR("");
    struct err local = { 0 };
    struct inbound_case c;
    enum flow_step step;
    enum status s = load(ctx, job, &c, &local);

    if (s == E_NOT_FOUND) return OK;
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    step = flow_decide(&c.facts);
    s = step == FLOW_ASK ? ask(&c, &text, e) : fixed_text(&c, step, &text, e);
    return s == OK ? inbound_settle(&c, step, text, true, e) : s;
}

enum status inbound_process_dead(struct job_context *ctx, const struct job *job, struct err *e) {
    struct inbound_case c;
    struct str text;
    enum status s = load(ctx, job, &c, e);

    if (s == E_NOT_FOUND) return OK;
    if (s == OK) s = fixed_text(&c, FLOW_TROUBLE, &text, e);
    return s == OK ? inbound_settle(&c, FLOW_TROUBLE, text, false, e) : s;
}
