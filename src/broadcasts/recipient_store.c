#include "broadcasts/recipient.h"

#include "db/db.h"
#include "patients/patient.h"
#include "queries.h"

static const char *const names[RECIPIENT_STATE_COUNT] = {
    [RECIPIENT_WAITING] = "waiting",     [RECIPIENT_QUEUED] = "queued",
    [RECIPIENT_UNCERTAIN] = "uncertain", [RECIPIENT_SENT] = "sent",
    [RECIPIENT_FAILED] = "failed",       [RECIPIENT_LEFT_OUT] = "left_out",
    [RECIPIENT_CANCELLED] = "cancelled", [RECIPIENT_DELIVERED] = "delivered",
    [RECIPIENT_READ] = "read",
};

const char *recipient_state_name(enum recipient_state state) {
    return state < RECIPIENT_STATE_COUNT ? names[state] : "";
}

bool recipient_state_from_name(struct str name, enum recipient_state *out) {
    for (int i = 0; i < RECIPIENT_STATE_COUNT; i++) {
        if (str_eq(name, str_from_c(names[i]))) {
            *out = (enum recipient_state)i;
            return true;
        }
    }
    return false;
}

/* ---- moving ---- */

struct standing {
    enum recipient_state state;
    char reason[64];
    bool found;
};

static enum status take_standing(void *ctx, const struct db_val *col, struct err *e) {
    struct standing *at = ctx;
    struct str reason = str_sub(col[1].s, 0, sizeof at->reason - 1);
    if (!recipient_state_from_name(col[0].s, &at->state))
        return fail(e, E_INTERNAL, NULL, "a recipient has an unknown state");
    if (reason.n) memcpy(at->reason, reason.p, reason.n);
    at->found = true;
    return OK;
}

/* The place on the ladder; of one place the first that was reached stays. */
static int rank(enum recipient_state state) {
    switch (state) {
    case RECIPIENT_WAITING: return 0;
    case RECIPIENT_QUEUED: return 1;
    case RECIPIENT_UNCERTAIN: return 2;
    case RECIPIENT_SENT: return 3;
    case RECIPIENT_FAILED:
    case RECIPIENT_LEFT_OUT:
    case RECIPIENT_CANCELLED: return 4;
    case RECIPIENT_DELIVERED: return 5;
    case RECIPIENT_READ: return 6;
    case RECIPIENT_STATE_COUNT: break;
    }
    return 0;
}

static bool may_move(const struct standing *at, const struct recipient_change *c) {
    if (rank(c->state) > rank(at->state)) return true;
    if (c->state == RECIPIENT_QUEUED) return at->state == RECIPIENT_FAILED;
    return c->state == RECIPIENT_UNCERTAIN && at->state == c->state &&
           !str_eq(c->reason, str_from_c(at->reason));
}

static enum status tally(struct db *db, int64_t broadcast_id, struct str state, struct str reason, int64_t n,
                         struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_text(state), db_text(reason), db_int(n) };
    return db_run(db, &q_recipient_tally, in, NULL, NULL, NULL, e);
}

static enum status write(struct db *db, const struct standing *at, const struct recipient_change *c,
                         struct err *e) {
    struct str from = str_from_c(recipient_state_name(at->state)),
               to = str_from_c(recipient_state_name(c->state));
    bool again = at->state == RECIPIENT_FAILED && c->state == RECIPIENT_QUEUED;
    /* Why it is sent again stays until something becomes of it. */
    struct str reason = c->reason.n ? c->reason : again ? str_from_c(at->reason) : STR("");
    const struct db_val in[] = { db_int(c->broadcast_id), db_int(c->patient_id),
                                 db_text(from),           db_text(to),
                                 db_text(reason),         db_int_or_null(c->message_id),
                                 db_int(c->now_us) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_recipient_move, in, NULL, NULL, &changed, e);

    if (s == OK && !changed) return fail(e, E_CONFLICT, NULL, "a recipient was moved by another");
    const struct db_val reopen[] = { db_int(c->broadcast_id), db_int(c->now_us) };
    if (s == OK && again) s = db_run(db, &q_broadcast_reopen, reopen, NULL, NULL, NULL, e);
    if (s == OK) s = tally(db, c->broadcast_id, from, str_from_c(at->reason), -1, e);
    return s == OK ? tally(db, c->broadcast_id, to, reason, 1, e) : s;
}

static bool is_under_way(enum recipient_state state) {
    return state == RECIPIENT_WAITING || state == RECIPIENT_QUEUED || state == RECIPIENT_UNCERTAIN;
}

enum status recipient_move(struct db *db, const struct recipient_change *c, bool *moved, struct err *e) {
    const struct db_val key[] = { db_int(c->broadcast_id), db_int(c->patient_id) };
    struct standing at = { 0 };
    enum status s = db_run(db, &q_recipient_get, key, take_standing, &at, NULL, e);

    if (moved) *moved = false;
    if (s != OK || !at.found || !may_move(&at, c)) return s;
    if ((s = write(db, &at, c, e)) != OK) return s;
    if (moved) *moved = true;
    bool ends = !is_under_way(c->state) || (c->state == RECIPIENT_UNCERTAIN && c->reason.n);
    return is_under_way(at.state) && ends ? recipient_finish(db, c->broadcast_id, c->now_us, e) : s;
}

enum status recipient_finish(struct db *db, int64_t broadcast_id, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_int(now_us) };
    return db_run(db, &q_broadcast_finish, in, NULL, NULL, NULL, e);
}

enum status recipient_withdraw(struct db *db, int64_t broadcast_id, int64_t now_us, int64_t *count,
                               struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_int(now_us) };
    enum status s;

    *count = 0;
    if ((s = db_run(db, &q_recipient_withdraw, in, NULL, NULL, count, e)) != OK || !*count) return s;
    if ((s = db_run(db, &q_recipient_withdraw_messages, in, NULL, NULL, NULL, e)) != OK) return s;
    s = tally(db, broadcast_id, STR("queued"), STR(""), -*count, e);
    return s == OK ? tally(db, broadcast_id, STR("waiting"), STR(""), *count, e) : s;
}

enum status recipient_cancel(struct db *db, int64_t broadcast_id, int64_t now_us, int64_t max, int64_t *count,
                             struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_int(now_us), db_int(max) };
    enum status s;

    *count = 0;
    if ((s = db_run(db, &q_recipient_cancel, in, NULL, NULL, count, e)) != OK || !*count) return s;
    s = tally(db, broadcast_id, STR("waiting"), STR(""), -*count, e);
    return s == OK ? tally(db, broadcast_id, STR("cancelled"), STR(""), *count, e) : s;
}

enum status recipient_any(struct db *db, int64_t broadcast_id, bool *any, struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id) };
    int64_t n = 0;
    enum status s = db_get_i64(db, &q_recipient_any, in, &n, e);
    *any = n > 0;
    return s;
}

enum status recipient_delete(struct db *db, int64_t broadcast_id, int64_t max, bool *more, struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_int(max) };
    enum status s = db_run(db, &q_recipient_delete, in, NULL, NULL, NULL, e);
    if (s == OK) s = recipient_any(db, broadcast_id, more, e);
    return s == OK && !*more ? db_run(db, &q_broadcast_delete, in, NULL, NULL, NULL, e) : s;
}

/* ---- reading ---- */

struct values_to {
    struct arena *arena;
    struct content_values *values;
    enum lang *language;
    bool found;
};

static enum status take_values(void *ctx, const struct db_val *col, struct err *e) {
    struct values_to *to = ctx;
    enum status s = db_copy(to->arena, &col[0], &to->values->of[CONTENT_FIRST_NAME], e);
    if (s == OK) s = db_copy(to->arena, &col[1], &to->values->of[CONTENT_LAST_NAME], e);
    if (s == OK) s = db_copy(to->arena, &col[2], &to->values->of[CONTENT_DOCTOR], e);
    *to->language = patient_language_from_name(col[3].s);
    to->found = true;
    return s;
}

enum status recipient_values(struct db *db, struct arena *arena, int64_t patient_id,
                             struct content_values *values, enum lang *language, struct err *e) {
    const struct db_val key = db_int(patient_id);
    struct values_to to = { arena, values, language, false };
    enum status s = db_run(db, &q_recipient_values, &key, take_values, &to, NULL, e);
    if (s != OK || to.found) return s;
    return fail(e, E_NOT_FOUND, &patient_unknown, "no patient %lld", (long long)patient_id);
}

struct walk {
    recipient_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    const struct recipient r = { .broadcast_id = col[0].i,
                                 .patient_id = col[1].i,
                                 .message_id = col[2].i,
                                 .state = col[3].s,
                                 .reason = col[4].s,
                                 .updated_at_us = col[5].i,
                                 .queued_at_us = col[6].i,
                                 .sent_at_us = col[7].i,
                                 .delivered_at_us = col[8].i,
                                 .read_at_us = col[9].i,
                                 .name = str_trim(col[10].s) };
    return w->fn(w->ctx, &r, e);
}

enum status recipient_each(struct db *db, int64_t broadcast_id, const struct recipient_filter *f,
                           recipient_fn *fn, void *ctx, struct err *e) {
    const struct db_val all[] = { db_int(broadcast_id), db_int(f->limit), db_int(f->offset) };
    const struct db_val some[] = { db_int(broadcast_id), db_text(f->state), db_text(f->reason),
                                   db_int(f->limit), db_int(f->offset) };
    struct walk w = { fn, ctx };
    if (f->state.n) return db_run(db, &q_recipient_list_in_state, some, take_row, &w, NULL, e);
    return db_run(db, &q_recipient_list, all, take_row, &w, NULL, e);
}

struct counting {
    recipient_count_fn *fn;
    void *ctx;
};

static enum status take_count(void *ctx, const struct db_val *col, struct err *e) {
    const struct counting *c = ctx;
    return c->fn(c->ctx, col[0].s, col[1].s, col[2].i, e);
}

enum status recipient_counts(struct db *db, int64_t broadcast_id, recipient_count_fn *fn, void *ctx,
                             struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id) };
    struct counting c = { fn, ctx };
    return db_run(db, &q_recipient_counts, in, take_count, &c, NULL, e);
}

static enum status add_state(void *ctx, struct str state, struct str reason, int64_t n, struct err *e) {
    int64_t *counts = ctx;
    enum recipient_state known;
    (void)reason, (void)e;
    if (recipient_state_from_name(state, &known)) counts[known] += n;
    return OK;
}

enum status recipient_counts_by_state(struct db *db, int64_t broadcast_id, int64_t n[RECIPIENT_STATE_COUNT],
                                      struct err *e) {
    memset(n, 0, RECIPIENT_STATE_COUNT * sizeof *n);
    return recipient_counts(db, broadcast_id, add_state, n, e);
}

struct filtered {
    const struct recipient_filter *filter;
    int64_t n;
};

static enum status add_filtered(void *ctx, struct str state, struct str reason, int64_t n, struct err *e) {
    struct filtered *to = ctx;
    const struct recipient_filter *f = to->filter;
    (void)e;
    if (!f->state.n || (str_eq(state, f->state) && (!f->reason.n || str_eq(reason, f->reason)))) to->n += n;
    return OK;
}

enum status recipient_count(struct db *db, int64_t broadcast_id, const struct recipient_filter *f,
                            int64_t *count, struct err *e) {
    struct filtered to = { f, 0 };
    enum status s = recipient_counts(db, broadcast_id, add_filtered, &to, e);
    *count = to.n;
    return s;
}
