#include "messaging/template.h"

#include "accounts/audit.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/outbox_window.h"
#include "queries.h"

static const struct message template_exists = {
    "template_exists",
    "Il y a déjà un modèle pour cet usage dans cette langue : modifiez-le.",
    "There is already a template for this purpose in this language: change that one.",
};
static const struct message template_unknown = { "template_not_found", "Ce modèle n’existe pas.",
                                                 "There is no such template." };

enum column {
    COL_ID,
    COL_PURPOSE,
    COL_LANGUAGE,
    COL_CARRIER_NAME,
    COL_CARRIER_LANGUAGE,
    COL_BODY,
    COL_VARIABLES,
    COL_CATEGORY,
    COL_STATE,
    COL_CHECKED_AT,
    COL_CREATED_AT,
    COL_UPDATED_AT
};

static enum template_state state_of(struct str name) {
    for (int i = 0; i < TEMPLATE_STATE_COUNT; i++)
        if (str_eq(name, str_from_c(template_state_name((enum template_state)i))))
            return (enum template_state)i;
    return TEMPLATE_UNKNOWN;
}

/* Texts are borrowed from the columns. */
static struct template read_row(const struct db_val *col) {
    return (struct template) { .id = col[COL_ID].i,
                               .purpose = col[COL_PURPOSE].s,
                               .language = patient_language_from_name(col[COL_LANGUAGE].s),
                               .carrier_name = col[COL_CARRIER_NAME].s,
                               .carrier_language = col[COL_CARRIER_LANGUAGE].s,
                               .body = col[COL_BODY].s,
                               .variables = col[COL_VARIABLES].s,
                               .category = col[COL_CATEGORY].s,
                               .state = state_of(col[COL_STATE].s),
                               .checked_at_us = col[COL_CHECKED_AT].i,
                               .created_at_us = col[COL_CREATED_AT].i,
                               .updated_at_us = col[COL_UPDATED_AT].i };
}

struct walk {
    template_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    const struct template t = read_row(col);
    return w->fn(w->ctx, &t, e);
}

enum status template_count(struct db *db, struct str purpose, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_text(purpose) };
    return db_get_i64(db, &q_template_count, in, count, e);
}

enum status template_each(struct db *db, struct str purpose, int64_t limit, int64_t offset, template_fn *fn,
                          void *ctx, struct err *e) {
    const struct db_val in[] = { db_text(purpose), db_int(limit), db_int(offset) };
    struct walk w = { fn, ctx };
    return db_run(db, &q_template_list, in, take_row, &w, NULL, e);
}

struct get_to {
    struct arena *arena;
    struct template *out;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct get_to *to = ctx;
    struct template *t = to->out;
    struct {
        enum column from;
        struct str *to;
    } const texts[] = {
        { COL_PURPOSE, &t->purpose },
        { COL_CARRIER_NAME, &t->carrier_name },
        { COL_CARRIER_LANGUAGE, &t->carrier_language },
        { COL_BODY, &t->body },
        { COL_VARIABLES, &t->variables },
        { COL_CATEGORY, &t->category },
    };
    enum status s = OK;

    *t = read_row(col);
    for (size_t i = 0; i < COUNT_OF(texts) && s == OK; i++)
        s = db_copy(to->arena, &col[texts[i].from], texts[i].to, e);
    to->found = s == OK;
    return s;
}

enum status template_get(struct db *db, struct arena *arena, int64_t id, struct template *out,
                         struct err *e) {
    const struct db_val in[] = { db_int(id) };
    struct get_to to = { arena, out, false };
    enum status s = db_run(db, &q_template_get, in, copy_row, &to, NULL, e);
    return s != OK || to.found ? s
                               : fail(e, E_NOT_FOUND, &template_unknown, "no template %lld", (long long)id);
}

enum status template_get_by_name(struct db *db, struct arena *arena, struct str carrier_name,
                                 struct template *out, struct err *e) {
    const struct db_val in[] = { db_text(carrier_name) };
    struct get_to to = { arena, out, false };
    enum status s = db_run(db, &q_template_by_name, in, copy_row, &to, NULL, e);
    return s != OK || to.found ? s : fail(e, E_NOT_FOUND, &template_unknown, "no template of that name");
}

enum status template_approved(struct db *db, struct arena *arena, struct str purpose, int64_t patient_id,
                              struct template *out, struct err *e) {
    const struct db_val in[] = { db_text(purpose), db_int(patient_id) };
    struct get_to to = { arena, out, false };
    enum status s = db_run(db, &q_template_approved, in, copy_row, &to, NULL, e);
    return s != OK || to.found ? s : fail(e, E_NOT_FOUND, NULL, "no approved template");
}

/* ---- changes ---- */

/* What every change ends with. */
static enum status finish_change(struct db *db, const struct template_actor *by, const char *action,
                                 int64_t id, struct err *e) {
    enum status s = audit_add(db, by->user_id, str_from_c(action), STR("template"), id, by->now_us, e);
    return s == OK ? template_add_check(by->room, db, true, 0, by->now_us, e) : s;
}

static enum status end(struct db *db, enum status s, struct err *e) {
    s = db_finish(db, s, e);
    return s == E_CONFLICT ? fail(e, s, &template_exists, "a template of that purpose and language") : s;
}

/* Parameters 1 … 7 of the queries that write a row. */
#define TEMPLATE_VALUES(t)                                                                                   \
    db_text((t)->purpose), db_text(str_from_c(patient_language_name((t)->language))),                        \
        db_text((t)->carrier_name), db_text((t)->carrier_language), db_text((t)->body),                      \
        db_text((t)->variables), db_text((t)->category),                                                     \
        db_text(str_from_c(template_state_name((t)->state)))

enum status template_add(struct db *db, const struct template_actor *by, struct template *t, struct err *e) {
    const struct db_val in[] = { TEMPLATE_VALUES(t), db_int(by->now_us), db_int(by->now_us) };
    struct err local = { 0 };
    enum status s = db_begin(db, e);

    if (s != OK) return s;
    s = db_get_i64(db, &q_template_insert, in, &t->id, &local);
    if (s == OK) s = finish_change(db, by, "template.create", t->id, &local);
    t->created_at_us = t->updated_at_us = by->now_us;
    return end(db, s, e);
}

enum status template_save(struct db *db, const struct template_actor *by, const struct template *t,
                          struct err *e) {
    const struct db_val in[] = { db_int(t->id), TEMPLATE_VALUES(t), db_int(by->now_us) };
    struct err local = { 0 };
    enum status s = db_begin(db, e);

    if (s != OK) return s;
    s = db_run(db, &q_template_save, in, NULL, NULL, NULL, &local);
    if (s == OK) s = finish_change(db, by, "template.update", t->id, &local);
    return end(db, s, e);
}

enum status template_remove(struct db *db, const struct template_actor *by, int64_t id, struct err *e) {
    const struct db_val in[] = { db_int(id) };
    int64_t changed = 0;
    enum status s = db_begin(db, e);

    if (s != OK) return s;
    s = db_run(db, &q_template_delete, in, NULL, NULL, &changed, e);
    if (s == OK && !changed) s = fail(e, E_NOT_FOUND, &template_unknown, "no template %lld", (long long)id);
    if (s == OK) s = audit_add(db, by->user_id, STR("template.delete"), STR("template"), id, by->now_us, e);
    return db_finish(db, s, e);
}

/* ---- what the carrier says ---- */

static enum status keep_state(struct messaging *room, struct db *db, const struct template *t,
                              enum template_state state, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(t->id), db_text(str_from_c(template_state_name(state))),
                                 db_int(now_us), db_text(t->carrier_name) };
    enum status s = db_run(db, &q_template_state_save, in, NULL, NULL, NULL, e);

    if (s != OK || state == t->state) return s;
    if (state == TEMPLATE_APPROVED) return outbox_window_retry(room, db, t->purpose, now_us, e);
    bool lost = t->state == TEMPLATE_APPROVED || state == TEMPLATE_REJECTED || state == TEMPLATE_PAUSED;
    return lost ? notification_add(db, STR("template.refused"), 0, t->id, SEVERITY_LOOK, now_us, e) : OK;
}

enum status template_check(struct messaging *room, const struct channel_call *call, struct template *t,
                           struct err *e) {
    static const struct message cannot_tell = { "template_cannot_be_checked",
                                                "Cet opérateur de messagerie n’a pas de modèles.",
                                                "This messaging carrier has no templates." };
    const struct channel *channel = room->channel;
    enum template_state state = TEMPLATE_UNKNOWN;
    struct err local = { 0 };
    enum status s;

    if (!channel->template_state) return fail(e, E_CONFLICT, &cannot_tell, "a carrier without templates");
    s = channel->template_state(channel->ctx, call, t->carrier_name, t->carrier_language, &state, &local);
    if (s == E_NOT_FOUND) s = OK; /* then it is not known there */
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    if ((s = db_begin(call->db, e)) != OK) return s;
    s = db_finish(call->db, keep_state(room, call->db, t, state, call->now_us, e), e);
    if (s != OK) return s;
    t->state = state;
    t->checked_at_us = call->now_us;
    return OK;
}
