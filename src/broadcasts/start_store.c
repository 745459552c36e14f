/*
 * start_store -- from written to being sent: everything is checked, then one transaction.
 */
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "broadcasts/broadcast_event.h"
#include "broadcasts/fill.h"
#include "db/db.h"
#include "messaging/outbox.h"
#include "messaging/template.h"
#include "net/wire.h"
#include "queries.h"

enum { MISSING_NAMED_MAX = 5 };

static const struct message not_startable = {
    "broadcast_started", "Cette diffusion est déjà partie, annulée ou terminée.",
    "This broadcast has already started, was cancelled or is over."
};
static const struct message repeats = {
    "broadcast_repeats",
    "Cette diffusion se répète : elle part toute seule, à ses heures. Pour l’envoyer une fois maintenant, enlevez d’abord la répétition.",
    "This broadcast repeats: it leaves by itself, at its times. To send it once now, take the repetition away first."
};
static const struct message nobody = {
    "broadcast_nobody",
    "Personne ne recevrait cette diffusion : regardez qui est visé et qui est écarté (« count »).",
    "Nobody would get this broadcast: look at whom it is for and who is left out (\"count\").",
};
static const struct message field_missing = {
    "broadcast_field_missing",
    "Il manque une valeur à des patients visés ({}). Complétez leur dossier, ou écrivez ce qui est dit sans elle : {{prenom|cher patient}}.",
    "Patients lack a value that the content names ({}). Complete their record, or write what is said without it: {{first_name|dear patient}}.",
};
static const struct message template_unknown = {
    "broadcast_template_unknown",
    "Ce modèle n’est pas connu ici : ajoutez-le d’abord aux modèles.",
    "This template is not known here: add it to the templates first.",
};
static const struct message template_refused = {
    "broadcast_template_refused", "L’opérateur n’accepte pas ce modèle (état : {}). Choisissez-en un autre.",
    "The carrier does not accept this template (state: {}). Choose another."
};
static const struct message template_waits = {
    "broadcast_template_not_approved",
    "Ce modèle n’est pas encore approuvé par l’opérateur (état : {}). Vérifiez-le dans les modèles, puis recommencez.",
    "This template is not yet approved by the carrier (state: {}). Check it among the templates, then try again.",
};
static const struct message variable_missing = {
    "broadcast_template_variable",
    "Le modèle attend la variable « {} » : donnez-la dans template_variables.",
    "The template expects the variable \"{}\": give it in template_variables.",
};

struct starting {
    struct db *db;
    struct arena *arena;
    const struct broadcast_actor *by;
    struct broadcast b;
    struct target target;
    int64_t newest_id;
};

/* The client wrote none of this now: it is no field of the request that is wrong. */
static enum status refuse_with(struct err *e, const struct message *why, struct str arg) {
    (void)fail(e, E_INVALID, why, "a broadcast cannot start: %s", why->code);
    err_arg(e, arg);
    return E_INVALID;
}

/* ---- the template ---- */

/* Where its own value is not given, the field that it is named after must be there. */
static bool variable_needs(struct str name, unsigned *needs) {
    if (str_eq(name, STR("content"))) return true;
    if (str_eq(name, STR("name"))) {
        *needs |= 1u << CONTENT_FIRST_NAME;
        return true;
    }
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++) {
        if (!str_eq(name, str_from_c(content_field_name((enum content_field)i)))) continue;
        *needs |= 1u << i;
        return true;
    }
    return false;
}

static enum status check_variables(struct starting *st, const struct template *t, struct err *e) {
    json_t *names = wire_json(t->variables), *own = wire_json(st->b.template_variables);
    enum status s = OK;
    for (size_t i = 0; i < json_array_size(names) && s == OK; i++) {
        struct str name = str_from_c(json_string_value(json_array_get(names, i)));
        if (wire_text(own, name.p).n || variable_needs(name, &st->b.needs)) continue;
        s = refuse_with(e, &variable_missing, name);
    }
    json_decref(names);
    json_decref(own);
    return s;
}

static enum status check_state(const struct starting *st, const struct template *t, struct err *e) {
    struct str state = str_from_c(template_state_name(t->state));
    if (t->state == TEMPLATE_APPROVED) return OK;
    if (t->state == TEMPLATE_REJECTED || t->state == TEMPLATE_PAUSED)
        return refuse_with(e, &template_refused, state);
    if (!st->by->room->messaging->channel->has_window) return OK; /* it is not needed there */
    return refuse_with(e, &template_waits, state);
}

static enum status check_template(struct starting *st, struct err *e) {
    struct template t;
    enum status s;

    if (!st->b.template_sid.n) return OK;
    s = template_get_by_name(st->db, st->arena, st->b.template_sid, &t, NULL);
    if (s == E_NOT_FOUND) return refuse_with(e, &template_unknown, STR(""));
    if (s != OK) return fail(e, s, NULL, "a template cannot be read");
    if ((s = check_state(st, &t, e)) != OK || (s = check_variables(st, &t, e)) != OK) return s;
    st->b.template_purpose = t.purpose;
    return OK;
}

/* ---- the people ---- */

/* "12: 3, 7, 15 …" */
static enum status say_missing(struct starting *st, const struct target_needs *needs, const int64_t *ids,
                               size_t count, struct err *e) {
    struct target_count all;
    struct str said = STR("");
    int64_t missing = (int64_t)count;
    enum status s = target_count(st->db, st->arena, needs, &all, e);

    if (s != OK) return s;
    for (size_t i = 0; i < all.left_out_count; i++)
        if (strcmp(all.left_out[i].reason, LEFT_MISSING_FIELD) == 0) missing = all.left_out[i].n;
    bool ok = arena_printf(st->arena, &said, "%lld : n°", (long long)missing);
    for (size_t i = 0; i < count && i < MISSING_NAMED_MAX && ok; i++)
        ok = arena_printf(st->arena, &said, "%.*s %lld", STR_ARG(said), (long long)ids[i]);
    if (ok && count > MISSING_NAMED_MAX) ok = arena_printf(st->arena, &said, "%.*s …", STR_ARG(said));
    if (!ok) return fail(e, E_LIMIT, NULL, "no memory for the names of who lacks a field");
    return refuse_with(e, &field_missing, said);
}

static enum status check_people(struct starting *st, struct err *e) {
    int64_t ids[MISSING_NAMED_MAX];
    size_t missing = 0;
    struct target_needs needs = broadcast_target_needs(st->by->room, &st->b, &st->target, st->by->now_us);
    int64_t first;
    enum status s = OK;

    needs.to_id = st->newest_id;
    if (needs.fields) s = target_missing(st->db, st->arena, &needs, ids, MISSING_NAMED_MAX, &missing, e);
    if (s != OK) return s;
    if (missing) return say_missing(st, &needs, ids, missing, e);
    s = target_first(st->db, st->arena, &needs, &first, e);
    return s == E_NOT_FOUND
               ? fail(e, E_CONFLICT, &nobody, "broadcast %lld has no recipient", (long long)st->b.id)
               : s;
}

/* ---- all of it ---- */

static enum status refuse(const struct broadcast *b, struct err *e) {
    return fail(e, E_CONFLICT, &not_startable, "broadcast %lld has started", (long long)b->id);
}

static enum status check(struct starting *st, struct err *e) {
    enum status s;
    if (st->b.status != BROADCAST_DRAFT && st->b.status != BROADCAST_SCHEDULED) return refuse(&st->b, e);
    if (st->b.repeat != REPEAT_NONE)
        return fail(e, E_CONFLICT, &repeats, "broadcast %lld repeats", (long long)st->b.id);
    st->b.needs = broadcast_needs(&st->b);
    if ((s = target_parse(st->arena, st->b.target, &st->target, e)) != OK) return s;
    if ((s = check_template(st, e)) != OK) return s;
    if ((s = db_get_i64(st->db, &q_broadcast_newest_patient, NULL, &st->newest_id, e)) != OK) return s;
    return check_people(st, e);
}

/* Who starts it at night is told at once that it waits. */
static enum status note_quiet(struct starting *st, struct err *e) {
    int64_t until_us = day_span_end_us(broadcast_quiet(st->by->room, st->b.quiet_hours), st->by->now_us);
    st->b.waits_for = STR("");
    st->b.waits_until_us = 0;
    return broadcast_note_wait(st->db, &st->b, until_us ? WAITS_QUIET : NULL, until_us, e);
}

static enum status begin(struct starting *st, struct err *e) {
    const struct broadcast_actor *by = st->by;
    struct broadcast *b = &st->b;
    const struct db_val in[] = { db_int(b->id),
                                 db_int(b->version),
                                 db_int(by->now_us),
                                 db_int(st->newest_id),
                                 db_text_or_null(b->template_purpose),
                                 db_int(by->user_id),
                                 db_int(b->needs) };
    int64_t changed = 0;
    enum status s = db_run(st->db, &q_broadcast_start, in, NULL, NULL, &changed, e);

    if (s != OK) return s;
    if (!changed) return refuse(b, e);
    b->status = BROADCAST_SENDING;
    b->started_at_us = by->now_us;
    b->frozen_to_id = st->newest_id;
    b->frozen_id = b->frozen_at_us = 0;
    if ((s = freeze_step(st->db, st->arena, by->room, b, by->now_us, e)) != OK) return s;
    if ((s = note_quiet(st, e)) != OK) return s;
    if ((s = fill_add_job(by->room, st->db, st->arena, b->id, 0, by->now_us, e)) != OK) return s;
    return audit_add(st->db, by->user_id, STR("broadcast.start"), STR("broadcast"), b->id, by->now_us, e);
}

enum status broadcast_start(struct db *db, struct arena *arena, const struct broadcast_actor *by, int64_t id,
                            struct err *e) {
    struct starting st = { .db = db, .arena = arena, .by = by };
    enum status s = broadcast_get(db, arena, id, &st.b, e);

    if (s != OK || (s = check(&st, e)) != OK || (s = db_begin(db, e)) != OK) return s;
    return db_finish(db, begin(&st, e), e);
}

enum status broadcast_add_and_start(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                                    struct broadcast *b, struct err *e) {
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = broadcast_add(db, arena, by, b, e);
    if (s == OK && !b->scheduled_at_us) s = broadcast_start(db, arena, by, b->id, e);
    return db_finish(db, s, e);
}

/* ---- a test ---- */

static enum status test(struct starting *st, struct outbox_message *m, struct err *e) {
    enum status s = outbox_add(st->by->room->messaging, st->db, m, st->by->now_us, NULL, e);
    return s == OK ? audit_add(st->db, st->by->user_id, STR("broadcast.test"), STR("broadcast"), st->b.id,
                               st->by->now_us, e)
                   : s;
}

enum status broadcast_test(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                           const struct broadcast *b, struct outbox_message *m, struct err *e) {
    struct starting st = { .db = db, .arena = arena, .by = by, .b = *b };
    enum status s = check_template(&st, e);

    m->purpose = st.b.template_purpose;
    if (s != OK || (s = db_begin(db, e)) != OK) return s;
    return db_finish(db, test(&st, m, e), e);
}

/* ---- by itself ---- */

static enum status note_failure(struct db *db, const struct broadcast_actor *by, const struct broadcast *b,
                                const char *code, struct err *e) {
    const struct db_val in[] = { db_int(b->id),      db_text(STR("scheduled")), db_text(STR("failed")),
                                 db_int(by->now_us), db_text(str_from_c(code)), db_int(by->now_us) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_broadcast_set_status, in, NULL, NULL, &changed, e);
    if (s != OK || !changed) return s;
    s = audit_add(db, 0, STR("broadcast.fail"), STR("broadcast"), b->id, by->now_us, e);
    if (s == OK) s = broadcast_event(by->room, db, b->id, e);
    return s == OK ? notification_add(db, STR("broadcast.failed"), 0, b->id, SEVERITY_LOOK, by->now_us, e)
                   : s;
}

enum status broadcast_start_scheduled(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                                      const struct broadcast *b, struct err *e) {
    struct err local = { 0 };
    enum status s = broadcast_start(db, arena, by, b->id, &local);
    const struct message *why = local.message;

    if (s == OK || (s == E_CONFLICT && why == &not_startable)) return OK; /* somebody was faster */
    if (s != E_INVALID && !(s == E_CONFLICT && why == &nobody)) return fail(e, s, why, "%s", local.detail);
    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, note_failure(db, by, b, why ? why->code : "invalid", e), e);
}
