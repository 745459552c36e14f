/*
 * alert -- who is to be told, and the job "notification.mail" {"notification_id": N, "to": "…", "language": "fr"}.
 */
#include "accounts/alert.h"

#include "accounts/notification.h"
#include "base/json_out.h"
#include "http/fields.h"
#include "queries.h"

enum { RECIPIENTS_MAX = 50, MAIL_ATTEMPTS_MAX = 12 };

struct recipients {
    struct arena *arena;
    struct {
        struct str email;
        enum lang language;
    } items[RECIPIENTS_MAX];
    size_t count;
};

static enum status add_recipient(struct recipients *r, struct str email, enum lang language, struct err *e) {
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->items[i].email, email)) return OK;
    if (r->count == RECIPIENTS_MAX) return OK; /* more people than that are not waited for */
    r->items[r->count].language = language;
    if (!arena_dup(r->arena, email, &r->items[r->count].email))
        return fail(e, E_LIMIT, NULL, "no memory for recipients");
    r->count++;
    return OK;
}

static enum status take_user(void *ctx, const struct db_val *col, struct err *e) {
    return add_recipient(ctx, col[0].s, str_eq(col[1].s, STR("en")) ? LANG_EN : LANG_FR, e);
}

/* The doctor, else all doctors, else administrators: as far as they can sign in. */
static enum status find_recipients(const struct alerts *alerts, struct db *db, int64_t doctor_id,
                                   struct recipients *r, struct err *e) {
    const struct db_val doctor[] = { db_int(doctor_id) };
    static const char *const roles[] = { "doctor", "admin" };
    enum status s = db_run(db, &q_alert_user, doctor, take_user, r, NULL, e);
    for (size_t i = 0; i < COUNT_OF(roles) && s == OK && r->count == 0; i++) {
        const struct db_val role[] = { db_text(str_from_c(roles[i])) };
        s = db_run(db, &q_alert_users_of_role, role, take_user, r, NULL, e);
    }
    struct str rest = alerts->admins;
    for (struct str one = str_next_word(&rest, ", "); one.n && s == OK; one = str_next_word(&rest, ", "))
        s = add_recipient(r, one, LANG_FR, e);
    return s;
}

enum status alert_add(const struct alerts *alerts, struct db *db, struct arena *a, int64_t notification_id,
                      int64_t doctor_id, int64_t now_us, struct err *e) {
    if (!alerts || alerts->server.host.n == 0) return OK;
    struct recipients *r = arena_alloc(a, sizeof *r);
    if (!r) return fail(e, E_LIMIT, NULL, "no memory for recipients");
    r->arena = a;
    enum status s = find_recipients(alerts, db, doctor_id, r, e);
    for (size_t i = 0; i < r->count && s == OK; i++) {
        struct buf b;
        buf_init(&b, JOB_PAYLOAD_MAX);
        struct json_out o = json_out_to(&b);
        json_put_object(&o);
        json_field_int(&o, "notification_id", notification_id);
        json_field_str(&o, "to", r->items[i].email);
        json_field_str(&o, "language", r->items[i].language == LANG_EN ? STR("en") : STR("fr"));
        json_put_object_end(&o);
        s = buf_ok(&b)
                ? job_add(db, alerts->signal, STR("notification.mail"), buf_str(&b), 0, STR(""), now_us, e)
                : fail(e, E_LIMIT, NULL, "no memory for an alert");
        buf_done(&b);
    }
    return s;
}

struct task {
    int64_t notification_id;
    struct str to, language;
};

static enum status read_task(struct arena *a, const struct job *job, struct task *out, struct err *e) {
    struct fields *f;
    *out = (struct task) { .to = STR(""), .language = STR("") };
    enum status s = fields_parse(a, job->payload, &f, e);
    if (s != OK) return s;
    fields_i64(f, "notification_id", FIELD_REQUIRED, 1, INT64_MAX, &out->notification_id);
    fields_str(f, "to", FIELD_REQUIRED, EMAIL_MAX_CHARS, &out->to);
    fields_str(f, "language", FIELD_REQUIRED, 2, &out->language);
    return fields_done(f);
}

/* What a mail says, around the address of the page and the number of the notice. */
struct words {
    const char *subject, *before, *after;
};

static const struct words danger_fr = {
    "MediRecord : un patient a besoin de vous maintenant",
    "Un patient a écrit un message qui contient un signe de danger.\n\n"
    "Ouvrez MediRecord pour le lire et le rappeler : ",
    "Le numéro d’urgence lui a été donné. Ce courriel ne contient aucune donnée de santé (alerte n° "
};
static const struct words danger_en = {
    "MediRecord: a patient needs you now",
    "A patient has written a message that holds a sign of danger.\n\n"
    "Open MediRecord to read it and to call back: ",
    "The emergency number was given. This mail holds no health data (alert no. "
};
/* Somebody waits for an answer; no danger was seen. */
static const struct words reminder_fr = { "MediRecord : un patient attend une réponse",
                                          "Un patient attend la réponse d’un médecin.\n\n"
                                          "Ouvrez MediRecord pour lui répondre : ",
                                          "Ce courriel ne contient aucune donnée de santé (avis n° " };
static const struct words reminder_en = { "MediRecord: a patient waits for an answer",
                                          "A patient is waiting for the answer of a doctor.\n\n"
                                          "Open MediRecord to answer: ",
                                          "This mail holds no health data (notice no. " };

static const struct words *words_of(bool danger, bool en) {
    if (danger) return en ? &danger_en : &danger_fr;
    return en ? &reminder_en : &reminder_fr;
}

static bool write_mail(struct arena *a, const struct alerts *alerts, const struct task *t, bool danger,
                       struct mail *m) {
    const struct words *w = words_of(danger, str_eq(t->language, STR("en")));
    m->subject = str_from_c(w->subject);
    return arena_printf(a, &m->text, "%s%.*s/dashboard/\n\n%s%lld).\n", w->before,
                        STR_ARG(alerts->public_url), w->after, (long long)t->notification_id);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    const struct alerts *alerts = c->room;
    struct task task;
    int64_t severity = 0;
    enum status s = read_task(c->arena, job, &task, e);
    if (s != OK || alerts->server.host.n == 0) return s;
    const struct db_val args[] = { db_int(task.notification_id) };
    s = db_get_i64(c->db, &q_alert_unread, args, &severity, e);
    if (s != OK) return s == E_NOT_FOUND ? OK : s;
    struct mail mail = { .to = task.to, .now_us = clock_now_us(c->clock) };
    if (!write_mail(c->arena, alerts, &task, severity == SEVERITY_DANGER, &mail) ||
        !arena_printf(c->arena, &mail.id, "alert-%lld-%lld", (long long)task.notification_id,
                      (long long)job->id))
        return fail(e, E_LIMIT, NULL, "no memory for an alert");
    s = mail_send(c->arena, &alerts->server, &mail, e);
    /* A password that somebody mends today still sends today's alert. */
    return s == E_DENIED ? fail(e, E_RETRY, NULL, "mail: login refused") : s;
}

/* The inbox says that mail does not work; once an alert and recipient is enough, twice does no harm. */
static enum status on_dead(struct job_context *c, const struct job *job, struct err *e) {
    struct task task;
    enum status s = read_task(c->arena, job, &task, e);
    if (s != OK) return OK; /* nobody can say what it was about */
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = notification_add(c->db, STR("alert.mail_failed"), 0, task.notification_id, SEVERITY_LOOK,
                         clock_now_us(c->clock), e);
    return db_finish(c->db, s, e);
}

struct job_kind alert_job_kind(struct alerts *alerts) {
    return (struct job_kind) { .name = "notification.mail",
                               .run = run,
                               .on_dead = on_dead,
                               .room = alerts,
                               .lease_us = 2 * MINUTE_US,
                               .attempts_max = MAIL_ATTEMPTS_MAX,
                               .parallel_max = 2 };
}
