#include "channels/simulator.h"
#include "base/crypto.h"
#include "channels/simulator_media.h"
#include "channels/twilio_form.h"
#include "db/db.h"
#include "queries.h"

#include <stdio.h>

static enum simulator_fault fault_of(const struct simulator *sim, const struct outgoing *out, bool finding) {
    return sim->next_fault ? sim->next_fault(sim->ctx, out, finding) : SIM_OK;
}

struct book {
    struct sent *sent;
    bool found;
};

static enum status take_sid(void *ctx, const struct db_val *col, struct err *e) {
    struct book *book = ctx;
    if (col[0].s.n > CHANNEL_SID_MAX) return fail(e, E_INTERNAL, NULL, "a simulated sid is too long");
    *book->sent = (struct sent) { .status = MESSAGE_DELIVERED };
    memcpy(book->sent->provider_sid, col[0].s.p, col[0].s.n);
    book->found = true;
    return OK;
}

/* The text reaches the phone. */
static enum status deliver(const struct channel_call *call, const struct outgoing *out, struct sent *sent,
                           struct err *e) {
    struct book book = { sent, false };
    char sid[TOKEN_TEXT_BYTES + 4] = "SIM-";
    enum status s;

    crypto_token(sid + 4);
    const struct db_val in[] = { db_int(out->message_id), db_text(str_from_c(sid)), db_int(call->now_us) };
    if ((s = db_begin(call->db, e)) != OK) return s;
    s = db_run(call->db, &q_simulator_deliver, in, take_sid, &book, NULL, e);
    return db_finish(call->db, s, e);
}

static enum status sim_send(void *ctx, const struct channel_call *call, const struct outgoing *out,
                            struct sent *sent, struct err *e) {
    enum status s;

    switch (fault_of(ctx, out, false)) {
    case SIM_BUSY:
    case SIM_CANNOT_TELL: sent->verdict = VERDICT_RETRY; return OK;
    case SIM_REFUSED:
        sent->verdict = VERDICT_REFUSED;
        snprintf(sent->error_code, sizeof sent->error_code, "63024");
        return OK;
    case SIM_LOST_REQUEST: return fail(e, E_UNCERTAIN, NULL, "the simulated carrier did not answer");
    case SIM_LOST_ANSWER:
        if ((s = deliver(call, out, sent, e)) != OK) return s;
        return fail(e, E_UNCERTAIN, NULL, "the answer of the simulated carrier was lost");
    case SIM_OK: break;
    }
    return deliver(call, out, sent, e);
}

static enum status sim_find(void *ctx, const struct channel_call *call, const struct outgoing *out,
                            int64_t attempted_at_us, bool (*is_ours)(void *ours, struct str sid), void *ours,
                            struct sent *sent, struct err *e) {
    struct db_val key = db_int(out->message_id);
    struct book book = { sent, false };
    enum status s;

    (void)attempted_at_us, (void)is_ours, (void)ours;
    if (fault_of(ctx, out, true) != SIM_OK)
        return fail(e, E_RETRY, NULL, "the simulated carrier cannot tell now");
    if ((s = db_run(call->db, &q_simulator_find, &key, take_sid, &book, NULL, e)) != OK) return s;
    return book.found ? OK
                      : fail(e, E_NOT_FOUND, NULL, "message %lld is not there", (long long)out->message_id);
}

/* Its webhook speaks Twilio's language. */
static enum status sim_read(void *ctx, struct arena *arena, const struct webhook_call *call,
                            struct channel_events *out, struct err *e) {
    const struct simulator *sim = ctx;
    out->items = arena_alloc(arena, sizeof *out->items);
    out->count = 1;
    if (!out->items) return fail(e, E_LIMIT, NULL, "webhook: arena full");
    return twilio_form_read(arena, call->body, sim->region, out->items, e);
}

static enum status sim_fetch(void *ctx, const struct channel_call *call, struct str ref, size_t bytes_max,
                             struct str *bytes, struct err *e) {
    const struct simulator *sim = ctx;
    return simulator_media_fetch(sim->media, call->arena, ref, bytes_max, bytes, e);
}

static enum status sim_forget_media(void *ctx, const struct channel_call *call, struct str ref,
                                    struct err *e) {
    const struct simulator *sim = ctx;
    (void)call;
    return simulator_media_forget(sim->media, ref, e);
}

struct channel simulator_channel(struct simulator *sim) {
    return (struct channel) { .name = "simulator",
                              .sender = STR(""),
                              .send = sim_send,
                              .find = sim_find,
                              .read = sim_read,
                              .fetch = sim->media ? sim_fetch : NULL,
                              .forget_media = sim->media ? sim_forget_media : NULL,
                              .ctx = sim };
}
