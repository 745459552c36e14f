#include "messaging/activation_message.h"
#include "db/db.h"
#include "messaging/outbox.h"
#include "messaging/template.h"
#include "messaging/texts.h"
#include "patients/activation.h"

/* The text with a new link, and its values for the approved template. */
static enum status write_text(struct messaging *room, struct db *db, struct arena *arena,
                              const struct patient *p, int64_t now_us, struct outbox_message *m,
                              struct err *e) {
    struct text_values values = { p->first_name, STR(""), room->emergency_number };
    char token[TOKEN_TEXT_BYTES];
    enum status s = activation_create(db, p, now_us, token, e);

    if (s != OK) return s;
    if (!arena_printf(arena, &values.link, "%.*s/webhook/confirm-%s", STR_ARG(room->public_url), token) ||
        !text_write(arena, TEXT_ACTIVATION, p->language, &values, &m->body))
        return fail(e, E_LIMIT, NULL, "activation: arena full");
    const struct template_value named[] = {
        { "name", values.name }, { "link", values.link }, { "emergency", values.emergency }, { 0 }
    };
    if (!template_values(arena, named, &m->variables))
        return fail(e, E_LIMIT, NULL, "activation: arena full");
    return OK;
}

/* *again: an earlier run of the job has sent it. */
static enum status send(struct messaging *room, struct db *db, struct arena *arena, int64_t patient_id,
                        struct str key, int64_t now_us, bool *again, struct err *e) {
    struct err local = { 0 };
    struct patient p;
    bool added = true;
    enum status s = patient_get(db, arena, patient_id, &p, &local);

    if (s == E_NOT_FOUND || (s == OK && p.status == PATIENT_ACTIVE)) return OK;
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    struct outbox_message message = { .kind = MESSAGE_ACTIVATION,
                                      .patient_id = p.id,
                                      .phone = p.phone,
                                      .key = key,
                                      .purpose = TEMPLATE_PURPOSE_ACTIVATION };
    if ((s = write_text(room, db, arena, &p, now_us, &message, e)) != OK) return s;
    if ((s = outbox_add(room, db, &message, now_us, &added, e)) != OK) return s;
    *again = !added;
    return OK;
}

enum status activation_message_send(struct job_context *ctx, const struct job *job, int64_t patient_id,
                                    struct str key, struct err *e) {
    bool again = false;
    enum status s = db_begin(ctx->db, e);

    if (s != OK) return s;
    s = send(ctx->room, ctx->db, ctx->arena, patient_id, key, clock_now_us(ctx->clock), &again, e);
    if (s == OK && !again) s = job_finish(ctx, job, e);
    if (s != OK || !again) return db_finish(ctx->db, s, e);
    /* The link of the earlier run must stay the open one: this run's token is undone. */
    s = db_finish(ctx->db, E_CONFLICT, NULL);
    return s == E_CONFLICT ? OK : s;
}
