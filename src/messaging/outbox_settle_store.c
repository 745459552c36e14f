#include "messaging/outbox_settle_store.h"
#include "db/db.h"
#include "messaging/message_event.h"
#include "queries.h"

bool outbox_is_others(void *ctx, struct str sid) {
    const struct outbox_others *o = ctx;
    const struct db_val key = db_text(sid);
    int64_t id;
    /* A failure to look is no proof: then it is taken for another's, and the carrier is asked again. */
    enum status s = db_get_i64(o->db, &q_message_id_by_sid, &key, &id, NULL);
    return s == OK ? id != o->id : s != E_NOT_FOUND;
}

static struct outbox_item item_of(const struct message_row *m) {
    return (struct outbox_item) { .id = m->id,
                                  .patient_id = m->patient_id,
                                  .kind = m->kind,
                                  .phone = m->phone,
                                  .body = m->body,
                                  .attempts = m->attempts,
                                  .broadcast_id = m->broadcast_id };
}

static enum status record(struct job_context *ctx, const struct message_row *m, const struct outcome *o,
                          struct err *e) {
    const struct outbox_item item = item_of(m);
    enum status s = outbox_record(ctx->room, ctx->db, ctx->arena, &item, o, clock_now_us(ctx->clock), e);
    if (s != OK) return s;
    return message_event(ctx->room, ctx->db, ctx->arena, m->id, m->patient_id, "out",
                         message_status_name(o->status), e);
}

enum status outbox_settle(struct job_context *ctx, const struct job *job, const struct message_row *m,
                          const struct sent *sent, struct err *e) {
    struct outcome o = { .attempt = m->attempts,
                         .status = MESSAGE_SENDING,
                         .due_us = clock_now_us(ctx->clock) };
    enum status s;

    if (m->status >= MESSAGE_ACCEPTED)
        o = (struct outcome) { .attempt = m->attempts, .status = MESSAGE_ACCEPTED };
    if (sent)
        o = (struct outcome) { .attempt = m->attempts,
                               .status = sent->status,
                               .provider_sid = str_from_c(sent->provider_sid),
                               .ask_us =
                                   outbox_first_ask_us(ctx->room, sent->status, clock_now_us(ctx->clock)) };
    if ((s = db_begin(ctx->db, e)) != OK) return s;
    s = record(ctx, m, &o, e);
    if (s == OK) s = job_finish(ctx, job, e);
    return db_finish(ctx->db, s, e);
}

enum status outbox_give_up(struct job_context *ctx, const struct message_row *m, struct err *e) {
    const struct outcome o = {
        .attempt = m->attempts, .status = MESSAGE_UNCERTAIN, .error_code = STR("gave_up"), .tell = true
    };
    enum status s = db_begin(ctx->db, e);
    return s == OK ? db_finish(ctx->db, record(ctx, m, &o, e), e) : s;
}
