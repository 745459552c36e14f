#include "sessions/house.h"

#include "accounts/user.h"
#include "patients/activation.h"

static enum status ask(void *ctx, struct db *db, struct arena *arena, const struct question *q,
                       int64_t now_us, struct str *answer, struct err *e) {
    struct house *h = ctx;
    (void)db, (void)now_us;
    h->w.asked++;
    snprintf(h->w.ask_session, sizeof h->w.ask_session, "%.*s", STR_ARG(q->session_id));
    if (h->while_asked) h->while_asked(h);
    if (h->w.ask_status != OK) return fail(e, h->w.ask_status, NULL, "the assistant is away");
    return arena_printf(arena, answer, "Dossier de %.*s.", STR_ARG(q->patient->first_name)) ? OK : E_LIMIT;
}

static enum status triage(void *ctx, struct arena *arena, struct str text, enum lang lang, int64_t now_us,
                          bool *danger, struct str *answer, struct err *e) {
    (void)ctx, (void)arena, (void)lang, (void)now_us, (void)e;
    *danger = str_find(text, STR("poitrine")) < text.n;
    *answer = STR("Appelez le 1515.");
    return OK;
}

static int64_t add_doctor(struct house *h, const char *email, const char *name) {
    struct user user = { .email = str_from_c(email),
                         .password_hash = STR("x"),
                         .full_name = str_from_c(name),
                         .role = ROLE_DOCTOR,
                         .is_active = true };
    assert_int_equal(user_create(h->w.t.db, &user, 0, h->w.now_us, NULL), OK);
    return user.id;
}

void house_open(struct house *h) {
    *h = (struct house) {
        .alerts = { .server = { .host = STR("127.0.0.1") }, .admins = STR(""), .public_url = STR("") }
    };
    world_open(&h->w);
    h->doctor_id = add_doctor(h, "sow@clinique.sn", "Dr Fatou Sow");
    h->colleague_id = add_doctor(h, "ba@clinique.sn", "Dr Ba");
    h->sessions =
        (struct sessions) { .messaging = &h->w.room, .reminder_us = REMINDER_US, .code_key = { { 1 } } };
    h->desk = sessions_desk(&h->sessions);
    h->w.room.desk = &h->desk;
    h->w.room.alerts = &h->alerts;
    h->w.room.ask = ask;
    h->w.room.ask_ctx = h;
    h->w.room.triage = triage;
    h->w.kinds[MESSAGING_JOB_KINDS] = sessions_job_kind(&h->sessions);
}

void house_close(struct house *h) {
    world_close(&h->w);
}

int64_t house_add(struct house *h, const char *first_name, struct str phone, bool shares) {
    struct patient_actor actor = { h->doctor_id, NULL, h->w.now_us };
    struct confirmation by = { CONSENT_BY_CONFIRM, 0 };
    struct patient p = patient_blank();
    p.first_name = str_from_c(first_name);
    p.last_name = STR("Diop");
    p.phone = phone;
    p.shares_phone = shares;
    p.assigned_to = h->doctor_id;
    assert_int_equal(patient_create(h->w.t.db, &actor, h->w.t.arena, &p, NULL), OK);
    world_run(&h->w);
    assert_int_equal(patient_confirm(h->w.t.db, &p, true, &by, h->w.now_us, NULL), OK);
    return p.id;
}

void house_code(struct house *h, int64_t patient_id, char code[ACCESS_CODE_DIGITS + 1]) {
    assert_int_equal(access_code_make(&h->sessions, h->w.t.db, h->w.t.arena, patient_id, h->doctor_id,
                                      h->w.now_us, code, NULL),
                     OK);
}

void house_hear(struct house *h, struct str phone, const char *text) {
    char own[TOKEN_TEXT_BYTES];
    int64_t id;
    bool is_new;
    crypto_token(own);
    const struct channel_event m = { .kind = EVENT_MESSAGE,
                                     .provider_sid = str_from_c(own),
                                     .from = phone,
                                     .external_id = STR(""),
                                     .body = str_from_c(text) };
    assert_int_equal(inbound_accept(&h->w.room, h->w.t.db, h->w.t.arena, &m, h->w.now_us, &id, &is_new, NULL),
                     OK);
}

struct str house_say(struct house *h, struct str phone, const char *text) {
    house_hear(h, phone, text);
    world_run(&h->w);
    return world_count(&h->w, phone, "out") ? world_newest(&h->w, phone, "out").body : STR("");
}

static enum status take_first(void *ctx, const struct session *session, struct err *e) {
    (void)e;
    *(int64_t *)ctx = session->id;
    return OK;
}

struct session house_session(struct house *h) {
    const struct session_filter newest = { .state = STR(""), .now_us = h->w.now_us, .limit = 1 };
    struct session session = { 0 };
    int64_t id = 0;
    assert_int_equal(session_each(h->w.t.db, &newest, take_first, &id, NULL), OK);
    assert_int_equal(session_get(h->w.t.db, h->w.t.arena, id, &session, NULL), OK);
    return session;
}

enum status house_take(struct house *h, int64_t user_id, bool force) {
    const struct session_actor actor = { user_id, h->w.now_us };
    return session_take_over(&h->sessions, h->w.t.db, h->w.t.arena, house_session(h).id, force, &actor, NULL);
}

enum status house_reply(struct house *h, int64_t user_id, const char *body, bool names, int64_t patient_id) {
    const struct session_actor actor = { user_id, h->w.now_us };
    const struct session_reply reply = { str_from_c(body), names, patient_id };
    enum status s =
        session_reply(&h->sessions, h->w.t.db, h->w.t.arena, house_session(h).id, &reply, &actor, NULL);
    world_run(&h->w);
    return s;
}

int64_t house_count(struct house *h, const char *sql) {
    const struct db_query q = { sql, sql, -1, 0, 1 };
    int64_t n = -1;
    assert_int_equal(db_get_i64(h->w.t.db, &q, NULL, &n, NULL), OK);
    return n;
}

int64_t house_told(struct house *h, const char *kind) {
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM notification WHERE kind = '%s'", kind);
    return house_count(h, sql);
}

bool house_holds(struct str body, const char *words) {
    return str_find(body, str_from_c(words)) < body.n;
}
