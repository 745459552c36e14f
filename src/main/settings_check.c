#include "main/settings_check.h"

#include "accounts/audit.h"
#include "http/fields.h"
#include "main/doctor.h"
#include "queries.h"

#include <stdio.h>

/* A check speaks to services outside, some of which count what they are asked. */
#define PAUSE_US (15 * SECOND_US)

enum { TEXT_BYTES = 512, FINDINGS_MAX = 16, LISTS_MAX = 3 };

static const struct message under_way = { "check_under_way", "Cet essai est déjà en cours.",
                                          "This check is under way already." };
static const struct message too_soon = { "check_too_soon",
                                         "L’essai vient d’être fait : attendez quelques secondes.",
                                         "The check was made just now: wait some seconds." };

/* What is looked at under one name. */
struct check_set {
    const char *name;
    const struct doctor_check *lists[LISTS_MAX]; /* up to NULL */
};

static const struct check_set sets[] = {
    { "channel", { doctor_channel_checks, NULL } },
    { "models", { doctor_service_checks, doctor_vector_checks, NULL } },
};

static const struct check_set *set_of(struct str name) {
    for (size_t i = 0; i < COUNT_OF(sets); i++)
        if (str_eq(name, str_from_c(sets[i].name))) return &sets[i];
    return NULL;
}

bool check_is_name(struct str name) {
    return set_of(name) != NULL;
}

/* ---- asking ---- */

struct run_row {
    bool found;
    char state[16];
    int64_t asked_us, ended_us;
};

static enum status take_run(void *ctx, const struct db_val *col, struct err *e) {
    struct run_row *r = ctx;
    (void)e;
    r->found = true;
    snprintf(r->state, sizeof r->state, "%.*s", STR_ARG(col[0].s));
    r->asked_us = col[1].i;
    r->ended_us = col[2].i;
    return OK;
}

static enum status read_run(struct db *db, struct str name, struct run_row *out, struct err *e) {
    const struct db_val args[] = { db_text(name) };
    *out = (struct run_row) { 0 };
    return db_run(db, &q_check_run_get, args, take_run, out, NULL, e);
}

static enum status may_ask(const struct run_row *r, int64_t now_us, struct err *e) {
    if (r->found && !r->ended_us) return fail(e, E_CONFLICT, &under_way, "a check is under way");
    if (!r->found || now_us - r->asked_us >= PAUSE_US) return OK;
    enum status s = fail(e, E_LIMIT, &too_soon, "a check was asked for just now");
    if (e) e->retry_after_s = (int)(PAUSE_US / SECOND_US);
    return s;
}

static enum status ask(const struct settings *room, struct db *db, struct str name, int64_t user_id,
                       int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_text(name), db_int(user_id), db_int(now_us) };
    struct run_row run;
    char payload[64];
    enum status s = read_run(db, name, &run, e);

    if (s == OK) s = may_ask(&run, now_us, e);
    if (s == OK) s = db_run(db, &q_check_ask, args, NULL, NULL, NULL, e);
    if (s == OK) s = audit_add(db, user_id, STR("settings.check"), STR("settings"), 0, now_us, e);
    if (s != OK) return s;
    snprintf(payload, sizeof payload, "{\"name\":\"%.*s\"}", STR_ARG(name));
    return job_add(db, room->signal, STR(SETTINGS_JOB_CHECK), str_from_c(payload), 0, STR(""), now_us, e);
}

enum status check_ask(const struct settings *room, struct db *db, struct str name, int64_t user_id,
                      int64_t now_us, struct err *e) {
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = ask(room, db, name, user_id, now_us, e);
    return db_finish(db, s, e);
}

/* ---- showing ---- */

struct shown {
    struct json_out *out;
    bool english;
};

static enum status put_finding(void *ctx, const struct db_val *col, struct err *e) {
    const struct shown *w = ctx;
    struct json_out *o = w->out;
    (void)e;
    json_put_object(o);
    json_field_str(o, "check", col[0].s);
    json_field_str(o, "title", col[w->english ? 2 : 1].s);
    json_field_str(o, "state", col[3].s);
    json_field_str(o, "code", col[4].s);
    json_field_str(o, "message", col[w->english ? 6 : 5].s);
    json_field_str(o, "detail", col[7].s);
    json_put_object_end(o);
    return OK;
}

enum status check_put(struct db *db, struct str name, enum lang lang, struct json_out *o, struct err *e) {
    const struct db_val args[] = { db_text(name) };
    struct shown w = { o, lang == LANG_EN };
    struct run_row run;
    enum status s = read_run(db, name, &run, e);

    if (s != OK) return s;
    json_put_object(o);
    json_field_str(o, "name", name);
    json_field_str(o, "state", run.found ? str_from_c(run.state) : STR("never"));
    json_field_time(o, "asked_at", run.asked_us);
    json_field_time(o, "ended_at", run.ended_us);
    json_put_key(o, "findings");
    json_put_array(o);
    s = db_run(db, &q_check_findings, args, put_finding, &w, NULL, e);
    json_put_array_end(o);
    json_put_object_end(o);
    return s;
}

/* ---- the job ---- */

/* What was found, until it is stored in one transaction. */
struct gathered {
    size_t count;
    struct {
        const struct doctor_check *check;
        struct finding finding;
    } rows[FINDINGS_MAX];
};

static void gather(void *ctx, const struct doctor_check *c, const struct finding *f) {
    struct gathered *g = ctx;
    if (g->count == FINDINGS_MAX) return;
    g->rows[g->count].check = c;
    g->rows[g->count++].finding = *f;
}

static struct str words(const struct finding *f, enum lang lang, char text[TEXT_BYTES]) {
    size_t n = message_text(f->message, lang, str_from_c(f->arg), text, TEXT_BYTES);
    return (struct str) { text, n };
}

static enum status store_finding(struct db *db, struct str name, int64_t position,
                                 const struct doctor_check *c, const struct finding *f, struct err *e) {
    char fr[TEXT_BYTES], en[TEXT_BYTES];
    const struct db_val args[] = { db_text(name),
                                   db_int(position),
                                   db_text(str_from_c(c->name)),
                                   db_text(str_from_c(c->title.fr)),
                                   db_text(str_from_c(c->title.en)),
                                   db_text(str_from_c(finding_state_name(f->state))),
                                   db_text(str_from_c(f->message->code)),
                                   db_text(words(f, LANG_FR, fr)),
                                   db_text(words(f, LANG_EN, en)),
                                   db_text(str_from_c(f->detail)) };
    return db_run(db, &q_check_add, args, NULL, NULL, NULL, e);
}

static enum status store(struct job_context *c, const struct job *job, struct str name,
                         const struct gathered *g, struct err *e) {
    const struct db_val run[] = { db_text(name) };
    const struct db_val done[] = { db_text(name), db_text(STR("done")), db_int(clock_now_us(c->clock)) };
    enum status s = db_begin(c->db, e);

    if (s != OK) return s;
    s = db_run(c->db, &q_check_clear, run, NULL, NULL, NULL, e);
    for (size_t i = 0; s == OK && i < g->count; i++)
        s = store_finding(c->db, name, (int64_t)i, g->rows[i].check, &g->rows[i].finding, e);
    if (s == OK) s = db_run(c->db, &q_check_state, done, NULL, NULL, NULL, e);
    if (s == OK) s = job_finish(c, job, e);
    return db_finish(c->db, s, e);
}

static enum status read_name(struct job_context *c, const struct job *job, const struct check_set **set,
                             struct err *e) {
    struct fields *f;
    struct str name = STR("");
    enum status s = fields_parse(c->arena, job->payload, &f, e);

    if (s != OK) return s;
    fields_str(f, "name", FIELD_REQUIRED, 40, &name);
    if ((s = fields_done(f)) != OK) return s;
    *set = set_of(name);
    return *set ? OK : fail(e, E_INVALID, NULL, "there is no such check");
}

/* The settings are those that run; what the checks need beside is this job's own. */
static void examine(struct job_context *c, const struct check_set *set, struct gathered *g) {
    const struct settings *room = c->room;
    struct doctor d = { .app = *room->app, .has_key = true };

    d.app.arena = c->arena;
    d.app.db = c->db;
    d.app.clock = *c->clock;
    for (size_t i = 0; set->lists[i]; i++) doctor_run(&d, set->lists[i], gather, g);
    doctor_done(&d);
    crypto_wipe(&d.app.config.root_key, sizeof d.app.config.root_key);
}

static void publish(const struct settings *room, const struct check_set *set) {
    char json[64];
    snprintf(json, sizeof json, "{\"name\":\"%s\"}", set->name);
    event_hub_publish(room->events, "check", str_from_c(json));
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    const struct check_set *set;
    struct gathered *g = arena_alloc(c->arena, sizeof *g);
    enum status s = g ? read_name(c, job, &set, e) : fail(e, E_LIMIT, NULL, "no room for findings");

    if (s != OK) return s;
    examine(c, set, g);
    s = store(c, job, str_from_c(set->name), g, e);
    publish(c->room, set);
    return s;
}

/* Twice does no harm: it has failed. */
static enum status dead(struct job_context *c, const struct job *job, struct err *e) {
    const struct check_set *set;
    struct err why = { 0 };
    enum status s = read_name(c, job, &set, &why);

    (void)e;
    if (s != OK) return OK;
    const struct db_val failed[] = { db_text(str_from_c(set->name)), db_text(STR("failed")),
                                     db_int(clock_now_us(c->clock)) };
    if ((s = db_begin(c->db, &why)) != OK) return s;
    s = db_run(c->db, &q_check_state, failed, NULL, NULL, NULL, &why);
    s = db_finish(c->db, s, &why);
    publish(c->room, set);
    return s;
}

struct job_kind settings_job_kind(struct settings *room) {
    return (struct job_kind) { .name = SETTINGS_JOB_CHECK,
                               .run = run,
                               .on_dead = dead,
                               .room = room,
                               .lease_us = 5 * MINUTE_US,
                               .attempts_max = 2,
                               .parallel_max = 1,
                               .delay_max_us = 5 * SECOND_US };
}
