#include "messaging/world.h"

#include "patients/activation.h"
#include "queries.h"

enum { JOB_ARENA_BYTES = 8 << 20 };

static enum simulator_fault next_fault(void *ctx, const struct outgoing *out, bool finding) {
    struct world *w = ctx;
    (void)out;
    if (finding)
        w->finds++;
    else
        w->sends++;
    return w->fault_at < w->fault_count ? w->faults[w->fault_at++] : w->ever;
}

static enum status ask(void *ctx, struct db *db, struct arena *arena, const struct question *q,
                       int64_t now_us, struct str *answer, struct err *e) {
    struct world *w = ctx;
    (void)arena, (void)now_us;
    assert_false(db_in_transaction(db));
    w->asked++;
    w->ask_message = q->message_id;
    snprintf(w->ask_session, sizeof w->ask_session, "%.*s", STR_ARG(q->session_id));
    snprintf(w->ask_text, sizeof w->ask_text, "%.*s", STR_ARG(q->text));
    *answer = w->ask_answer;
    return w->ask_status == OK ? OK : fail(e, w->ask_status, NULL, "the assistant is away");
}

void world_open(struct world *w) {
    *w = (struct world) { .now_us = NOON_US, .ask_answer = STR("Voici votre ordonnance.") };
    temp_db_open(&w->t);
    w->job_arena = arena_new(JOB_ARENA_BYTES);
    assert_non_null(w->job_arena);
    w->clock = held_clock(&w->now_us);
    w->simulator = (struct simulator) { STR("SN"), next_fault, w };
    w->channel = simulator_channel(&w->simulator);
    w->room = (struct messaging) { .channel = &w->channel,
                                   .message_rate = 100000,
                                   .public_url = STR("https://clinique.sn"),
                                   .default_region = STR("SN"),
                                   .emergency_number = STR("1515"),
                                   .ask = ask,
                                   .ask_ctx = w };
    assert_int_equal(messaging_job_kinds(&w->room, w->kinds), MESSAGING_JOB_KINDS);
}

void world_close(struct world *w) {
    arena_free(w->job_arena);
    temp_db_close(&w->t);
}

int64_t world_add_patient(struct world *w, struct str phone) {
    struct patient_actor actor = { 1, NULL, w->now_us };
    struct patient p = patient_blank();
    p.first_name = STR("Awa");
    p.last_name = STR("Diop");
    p.phone = phone;
    assert_int_equal(patient_create(w->t.db, &actor, w->t.arena, &p, NULL), OK);
    return p.id;
}

int64_t world_add_active(struct world *w, struct str phone) {
    struct confirmation by = { CONSENT_BY_CONFIRM, 0 };
    int64_t id = world_add_patient(w, phone);
    struct patient p = world_patient(w, id);
    world_run(w);
    assert_int_equal(patient_confirm(w->t.db, &p, true, &by, w->now_us, NULL), OK);
    return id;
}

void world_run(struct world *w) {
    int ran, sent;
    do {
        assert_int_equal(job_run_due(w->t.db, w->kinds, w->job_arena, &w->clock, &ran, NULL), OK);
        assert_int_equal(outbox_run_due(&w->room, w->t.db, w->job_arena, &w->clock, &sent, NULL), OK);
        arena_reset(w->job_arena);
    } while (ran > 0 || sent > 0);
}

void world_say(struct world *w, struct str phone, const char *text, const char *sid) {
    char own[TOKEN_TEXT_BYTES];
    int64_t id;
    bool is_new;
    crypto_token(own);
    struct channel_event m = { .kind = EVENT_MESSAGE,
                               .provider_sid = str_from_c(sid ? sid : own),
                               .from = phone,
                               .external_id = STR(""),
                               .body = str_from_c(text) };
    assert_int_equal(inbound_accept(&w->room, w->t.db, w->t.arena, &m, w->now_us, &id, &is_new, NULL), OK);
    world_run(w);
}

struct newest {
    struct world *w;
    const char *direction;
    int count;
    struct message_row row;
};

static enum status take_message(void *ctx, const struct message_row *m, struct err *e) {
    struct newest *n = ctx;
    if (m->incoming != (n->direction[0] == 'i')) return OK;
    if (n->count++ > 0) return OK;
    return message_get(n->w->t.db, n->w->t.arena, m->id, &n->row, e);
}

static struct newest look(struct world *w, struct str phone, const char *direction) {
    struct newest n = { w, direction, 0, { 0 } };
    struct message_filter all = { .phone = phone, .limit = 1000 };
    assert_int_equal(message_each(w->t.db, &all, take_message, &n, NULL), OK);
    return n;
}

int world_count(struct world *w, struct str phone, const char *direction) {
    return look(w, phone, direction).count;
}

struct message_row world_newest(struct world *w, struct str phone, const char *direction) {
    struct newest n = look(w, phone, direction);
    assert_true(n.count > 0);
    return n.row;
}

static enum status take_deliveries(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int *)ctx = (int)col[1].i;
    return OK;
}

int world_deliveries(struct world *w, int64_t message_id) {
    const struct db_val key = db_int(message_id);
    int n = 0;
    assert_int_equal(db_run(w->t.db, &q_simulator_find, &key, take_deliveries, &n, NULL, NULL), OK);
    return n;
}

int64_t world_notifications(struct world *w) {
    const struct db_val all = db_int(0);
    int64_t n = -1;
    assert_int_equal(db_get_i64(w->t.db, &q_notification_count, &all, &n, NULL), OK);
    return n;
}

struct patient world_patient(struct world *w, int64_t id) {
    struct patient p = { 0 };
    assert_int_equal(patient_get(w->t.db, w->t.arena, id, &p, NULL), OK);
    return p;
}
