/*
 * password_mail -- the job "account.mail" of password_link.h. The mail holds the link and nothing of a patient.
 */
#include "accounts/alert.h"
#include "accounts/notification.h"
#include "accounts/password_link.h"
#include "base/json_out.h"
#include "http/fields.h"
#include "queries.h"

#define ACCOUNT_MAIL_JOB "account.mail"

enum { MAIL_ATTEMPTS_MAX = 8 };

static const char *const kind_words[] = { "forgotten", "invitation", NULL }; /* enum password_link_kind */

bool password_mail_possible(const struct accounts *acc) {
    return acc->mail && acc->mail->server.host.n > 0;
}

enum status password_mail_add(const struct accounts *acc, struct db *db, int64_t user_id,
                              enum password_link_kind kind, int64_t now_us, struct err *e) {
    struct buf b;
    enum status s;

    buf_init(&b, JOB_PAYLOAD_MAX);
    struct json_out o = json_out_to(&b);
    json_put_object(&o);
    json_field_int(&o, "user_id", user_id);
    json_field_str(&o, "kind", str_from_c(kind_words[kind]));
    json_put_object_end(&o);
    s = buf_ok(&b) ? job_add(db, acc->mail ? acc->mail->signal : NULL, STR(ACCOUNT_MAIL_JOB), buf_str(&b), 0,
                             STR(""), now_us, e)
                   : fail(e, E_LIMIT, NULL, "no memory for a job");
    buf_done(&b);
    return s;
}

struct words {
    const char *subject, *before, *after;
};

static const struct words words_of[LINK_KIND_COUNT][2] = {
    [LINK_FORGOTTEN] = { { "MediRecord : choisir un nouveau mot de passe",
                           "Bonjour,\n\nUn nouveau mot de passe a été demandé pour votre compte MediRecord.\n\n"
                           "Pour le choisir, ouvrez ce lien dans l’heure (il ne sert qu’une fois) :\n",
                           "\n\nSi vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.\n" },
                         { "MediRecord: choose a new password",
                           "Hello,\n\nA new password was asked for your MediRecord account.\n\n"
                           "To choose it, open this link within the hour (it works once):\n",
                           "\n\nIf you did not ask for it, do nothing: your password stays the same.\n" } },
    [LINK_INVITATION] = { { "MediRecord : votre compte est prêt",
                            "Bonjour,\n\nVotre clinique vous a ouvert un compte MediRecord.\n\n"
                            "Pour choisir votre mot de passe, ouvrez ce lien dans les sept jours (il ne sert qu’une fois) :\n",
                            "\n\nSi vous ne connaissez pas cette clinique, ne faites rien.\n" },
                          { "MediRecord: your account is ready",
                            "Hello,\n\nYour clinic has opened a MediRecord account for you.\n\n"
                            "To choose your password, open this link within seven days (it works once):\n",
                            "\n\nIf you do not know this clinic, do nothing.\n" } },
};

static enum status read_task(struct arena *a, const struct job *job, int64_t *user_id,
                             enum password_link_kind *kind, struct err *e) {
    struct fields *f;
    int word = 0;
    enum status s = fields_parse(a, job->payload, &f, e);
    if (s != OK) return s;
    *user_id = 0;
    fields_i64(f, "user_id", FIELD_REQUIRED, 0, INT64_MAX, user_id);
    fields_word(f, "kind", FIELD_REQUIRED, kind_words, &word);
    *kind = (enum password_link_kind)word;
    return fields_done(f);
}

/* False: there are enough on their way. */
static enum status may_send(struct db *db, int64_t user_id, enum password_link_kind kind, int64_t now_us,
                            bool *may, struct err *e) {
    const struct db_val args[] = { db_int(user_id), db_text(str_from_c(kind_words[kind])), db_int(now_us) };
    int64_t count = 0;
    enum status s = db_get_i64(db, &q_password_link_count, args, &count, e);
    *may = kind == LINK_INVITATION || count < LINKS_AT_A_TIME;
    return s;
}

static enum status take_back(struct db *db, int64_t link_id, struct err *e) {
    const struct db_val args[] = { db_int(link_id), db_int(0) };
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, db_run(db, &q_password_link_take, args, NULL, NULL, NULL, e), e) : s;
}

static enum status send(struct job_context *c, const struct job *job, const struct user *u,
                        enum password_link_kind kind, struct err *e) {
    struct accounts *acc = c->room;
    const struct words *w = &words_of[kind][u->language == LANG_EN];
    struct mail mail = { .to = u->email,
                         .subject = str_from_c(w->subject),
                         .now_us = clock_now_us(c->clock) };
    char token[TOKEN_TEXT_BYTES];
    int64_t link_id = 0;
    enum status s = password_link_make(acc, c->db, u->id, kind, mail.now_us, token, &link_id, e);

    if (s != OK) return s;
    if (!arena_printf(c->arena, &mail.text, "%s%.*s/login/reset/#%s%s", w->before,
                      STR_ARG(acc->mail->public_url), token, w->after) ||
        !arena_printf(c->arena, &mail.id, "account-%lld-%d", (long long)job->id, job->attempts))
        return fail(e, E_LIMIT, NULL, "no memory for a mail");
    crypto_wipe(token, sizeof token);
    s = mail_send(c->arena, &acc->mail->server, &mail, e);
    if (s == OK || s == E_UNCERTAIN) return OK; /* it may have arrived: who has nothing asks again */
    enum status taken = take_back(c->db, link_id, NULL);
    if (taken != OK) return taken;
    return s == E_DENIED ? fail(e, E_RETRY, NULL, "mail: login refused") : s;
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    enum password_link_kind kind;
    struct user u = { 0 };
    int64_t user_id;
    bool may = false;
    enum status s = read_task(c->arena, job, &user_id, &kind, e);

    if (s != OK || user_id == 0 || !password_mail_possible(c->room)) return s;
    s = user_by_id(c->db, c->arena, user_id, &u, NULL);
    if (s == E_NOT_FOUND || (s == OK && !u.is_active)) return OK;
    if (s == OK) s = may_send(c->db, user_id, kind, clock_now_us(c->clock), &may, e);
    return s == OK && may ? send(c, job, &u, kind, e) : s;
}

/* The inbox says that mail does not work; twice does no harm. */
static enum status on_dead(struct job_context *c, const struct job *job, struct err *e) {
    enum status s = db_begin(c->db, e);
    (void)job;
    if (s != OK) return s;
    s = notification_add_once(c->db, STR("account.mail_failed"), SEVERITY_LOOK, clock_now_us(c->clock), e);
    return db_finish(c->db, s, e);
}

struct job_kind password_mail_job_kind(struct accounts *acc) {
    return (struct job_kind) { .name = ACCOUNT_MAIL_JOB,
                               .run = run,
                               .on_dead = on_dead,
                               .room = acc,
                               .lease_us = 2 * MINUTE_US,
                               .attempts_max = MAIL_ATTEMPTS_MAX,
                               .parallel_max = 2,
                               .delay_max_us = 5 * MINUTE_US };
}
