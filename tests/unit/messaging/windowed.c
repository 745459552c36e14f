#include "messaging/windowed.h"

#include "messaging/template.h"
#include "queries.h"

#define KEEP(field, text) snprintf(field, sizeof field, "%.*s", STR_ARG(text))

static enum status hand(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        struct sent *sent, struct err *e) {
    struct windowed *x = ctx;
    struct handed *h = &x->ledger[x->count++];
    (void)call, (void)e;
    assert_true(x->count <= LEDGER_MAX);
    h->id = out->message_id;
    h->transport = out->transport;
    KEEP(h->to, out->to);
    KEEP(h->name, out->template_name);
    KEEP(h->language, out->template_language);
    KEEP(h->variables, out->template_variables);
    KEEP(h->body, out->body);
    if (x->refusals > 0) {
        x->refusals--;
        sent->verdict = x->refuse;
        snprintf(sent->error_code, sizeof sent->error_code, "%d", 63000 + (int)x->refuse);
        return OK;
    }
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    sent->status = MESSAGE_ACCEPTED;
    return OK;
}

static enum status state_of(void *ctx, const struct channel_call *call, struct str name, struct str language,
                            enum template_state *out, struct err *e) {
    struct windowed *x = ctx;
    (void)name, (void)language, (void)e;
    assert_false(db_in_transaction(call->db));
    x->states_asked++;
    *out = x->state;
    return OK;
}

void windowed_open(struct windowed *x) {
    *x = (struct windowed) { .state = TEMPLATE_APPROVED };
    world_open(&x->w);
    x->w.channel.has_window = true;
    x->w.channel.send = hand;
    x->w.channel.template_state = state_of;
    x->w.channel.ctx = x;
}

void windowed_close(struct windowed *x) {
    world_close(&x->w);
}

int64_t windowed_template(struct windowed *x, const char *purpose, enum lang language, const char *body,
                          const char *variables, enum template_state state) {
    const struct template_actor by = { &x->w.room, 1, x->w.now_us };
    struct template t = { .purpose = str_from_c(purpose),
                          .language = language,
                          .carrier_name = str_from_c(purpose),
                          .carrier_language = language == LANG_EN ? STR("en_US") : STR("fr"),
                          .body = str_from_c(body),
                          .variables = str_from_c(variables),
                          .category = STR("UTILITY"),
                          .state = TEMPLATE_UNKNOWN };
    x->state = state;
    assert_int_equal(template_add(x->w.t.db, &by, &t, NULL), OK);
    world_run(&x->w);
    return t.id;
}

int64_t windowed_add(struct windowed *x, struct outbox_message m) {
    bool added = false;
    if (!m.phone.n) m.phone = AWA_PHONE;
    if (!m.body.n) m.body = STR("Bonjour");
    assert_int_equal(db_begin(x->w.t.db, NULL), OK);
    enum status s = outbox_add(&x->w.room, x->w.t.db, &m, x->w.now_us, &added, NULL);
    assert_int_equal(db_finish(x->w.t.db, s, NULL), OK);
    assert_true(added);
    return world_newest(&x->w, m.phone, "out").id;
}

bool windowed_report(struct windowed *x, int64_t id, enum message_status status, enum verdict verdict,
                     const char *code) {
    struct channel_event event = {
        .kind = EVENT_REPORT, .status = status, .verdict = verdict, .error_code = str_from_c(code)
    };
    bool climbed = false;
    assert_true(arena_printf(x->w.t.arena, &event.provider_sid, "SM%lld", (long long)id));
    assert_int_equal(db_begin(x->w.t.db, NULL), OK);
    enum status s = message_report(&x->w.room, x->w.t.db, x->w.t.arena, &event, x->w.now_us, &climbed, NULL);
    assert_int_equal(db_finish(x->w.t.db, s, NULL), OK);
    return climbed;
}

struct message_row windowed_row(struct windowed *x, int64_t id) {
    struct message_row m = { 0 };
    assert_int_equal(message_get(x->w.t.db, x->w.t.arena, id, &m, NULL), OK);
    return m;
}

int64_t windowed_replacement(struct windowed *x, int64_t id) {
    const struct db_val key = db_int(id);
    int64_t other = 0;
    enum status s = db_get_i64(x->w.t.db, &q_outbox_replacement, &key, &other, NULL);
    assert_true(s == OK || s == E_NOT_FOUND);
    return s == OK ? other : 0;
}

int64_t windowed_notified(struct windowed *x, const char *kind) {
    const struct db_val in[] = { db_text(str_from_c(kind)) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(x->w.t.db, &q_notification_unread_of_kind, in, &n, NULL), OK);
    return n;
}
