#include "broadcasts/broadcast.h"

#include "accounts/audit.h"
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

static const char *const status_names[BROADCAST_STATUS_COUNT] = {
    [BROADCAST_DRAFT] = "draft",   [BROADCAST_SCHEDULED] = "scheduled", [BROADCAST_SENDING] = "sending",
    [BROADCAST_PAUSED] = "paused", [BROADCAST_SENT] = "sent",           [BROADCAST_CANCELLED] = "cancelled",
    [BROADCAST_FAILED] = "failed", [BROADCAST_DELETED] = "deleted",
};

static const struct message unknown = { "broadcast_not_found", "Cette diffusion n’existe pas.",
                                        "There is no such broadcast." };
static const struct message changed_meanwhile = {
    "broadcast_changed",
    "Cette diffusion a changé entre-temps, ou elle est partie : relisez-la avant de la modifier.",
    "This broadcast has changed meanwhile, or has started: read it again before you change it.",
};
static const struct message is_sending = {
    "broadcast_sending",
    "Cette diffusion est en cours : annulez-la d’abord, puis supprimez-la.",
    "This broadcast is being sent: cancel it first, then delete it.",
};

const char *broadcast_status_name(enum broadcast_status status) {
    return status_names[status];
}

bool broadcast_status_from_name(struct str name, enum broadcast_status *out) {
    for (int i = 0; i < BROADCAST_STATUS_COUNT; i++) {
        if (str_eq(name, str_from_c(status_names[i]))) {
            *out = (enum broadcast_status)i;
            return true;
        }
    }
    return false;
}

/* ---- rows ---- */

enum column {
    COL_ID,
    COL_TITLE,
    COL_CONTENT,
    COL_LANGUAGE,
    COL_VARIANTS,
    COL_CATEGORY,
    COL_TEMPLATE_SID,
    COL_TEMPLATE_PURPOSE,
    COL_TEMPLATE_VARIABLES,
    COL_TARGET_ALL,
    COL_TARGET,
    COL_STATUS,
    COL_ERROR_CODE,
    COL_SCHEDULED_AT,
    COL_RATE,
    COL_VERSION,
    COL_CREATED_BY,
    COL_CREATED_AT,
    COL_UPDATED_AT,
    COL_STARTED_AT,
    COL_FINISHED_AT,
    COL_FROZEN_TO,
    COL_FROZEN,
    COL_FROZEN_AT,
    COL_NEXT,
    COL_STARTED_BY,
    COL_NEEDS,
    COL_QUIET,
    COL_REPEATS,
    COL_REPEAT_FROM,
    COL_REPEAT_UNTIL,
    COL_REPEAT_COUNT,
    COL_RUNS,
    COL_RUN_OF,
    COL_RUN_AT,
    COL_WAITS_FOR,
    COL_WAITS_UNTIL,
    COL_LEAVE
};

/* Texts are borrowed from the columns. */
static enum status read_row(const struct db_val *col, struct broadcast *b, struct err *e) {
    *b = (struct broadcast) { .id = col[COL_ID].i,
                              .title = col[COL_TITLE].s,
                              .content = col[COL_CONTENT].s,
                              .language = patient_language_from_name(col[COL_LANGUAGE].s),
                              .variants = col[COL_VARIANTS].s,
                              .category = col[COL_CATEGORY].s,
                              .template_sid = col[COL_TEMPLATE_SID].s,
                              .template_purpose = col[COL_TEMPLATE_PURPOSE].s,
                              .template_variables = col[COL_TEMPLATE_VARIABLES].s,
                              .target_all = col[COL_TARGET_ALL].i != 0,
                              .target = col[COL_TARGET].s,
                              .error_code = col[COL_ERROR_CODE].s,
                              .scheduled_at_us = col[COL_SCHEDULED_AT].i,
                              .rate_per_hour = col[COL_RATE].i,
                              .version = col[COL_VERSION].i,
                              .created_by = col[COL_CREATED_BY].i,
                              .started_by = col[COL_STARTED_BY].i,
                              .created_at_us = col[COL_CREATED_AT].i,
                              .updated_at_us = col[COL_UPDATED_AT].i,
                              .started_at_us = col[COL_STARTED_AT].i,
                              .finished_at_us = col[COL_FINISHED_AT].i,
                              .frozen_to_id = col[COL_FROZEN_TO].i,
                              .frozen_id = col[COL_FROZEN].i,
                              .frozen_at_us = col[COL_FROZEN_AT].i,
                              .next_us = col[COL_NEXT].i,
                              .needs = (unsigned)col[COL_NEEDS].i,
                              .quiet_hours = col[COL_QUIET].s,
                              .repeat_from_us = col[COL_REPEAT_FROM].i,
                              .repeat_until_us = col[COL_REPEAT_UNTIL].i,
                              .repeat_count = col[COL_REPEAT_COUNT].i,
                              .runs = col[COL_RUNS].i,
                              .run_of = col[COL_RUN_OF].i,
                              .run_at_us = col[COL_RUN_AT].i,
                              .waits_for = col[COL_WAITS_FOR].s,
                              .waits_until_us = col[COL_WAITS_UNTIL].i,
                              .leave_us = col[COL_LEAVE].i };
    if (broadcast_status_from_name(col[COL_STATUS].s, &b->status) &&
        repeat_from_name(col[COL_REPEATS].s, &b->repeat))
        return OK;
    return fail(e, E_INTERNAL, NULL, "broadcast %lld has an unknown status", (long long)b->id);
}

struct get_to {
    struct arena *arena;
    struct broadcast *out;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct get_to *to = ctx;
    struct broadcast *b = to->out;
    struct {
        enum column from;
        struct str *to;
    } const texts[] = {
        { COL_TITLE, &b->title },
        { COL_CONTENT, &b->content },
        { COL_VARIANTS, &b->variants },
        { COL_CATEGORY, &b->category },
        { COL_TEMPLATE_SID, &b->template_sid },
        { COL_TEMPLATE_PURPOSE, &b->template_purpose },
        { COL_TEMPLATE_VARIABLES, &b->template_variables },
        { COL_TARGET, &b->target },
        { COL_ERROR_CODE, &b->error_code },
        { COL_QUIET, &b->quiet_hours },
        { COL_WAITS_FOR, &b->waits_for },
    };
    enum status s = read_row(col, b, e);
    for (size_t i = 0; i < COUNT_OF(texts) && s == OK; i++)
        s = db_copy(to->arena, &col[texts[i].from], texts[i].to, e);
    to->found = s == OK;
    return s;
}

enum status broadcast_get(struct db *db, struct arena *arena, int64_t id, struct broadcast *out,
                          struct err *e) {
    const struct db_val in[] = { db_int(id) };
    struct get_to to = { arena, out, false };
    enum status s = db_run(db, &q_broadcast_get, in, copy_row, &to, NULL, e);
    return s != OK || to.found ? s : fail(e, E_NOT_FOUND, &unknown, "no broadcast %lld", (long long)id);
}

enum status broadcast_count(struct db *db, const struct broadcast_filter *f, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_text(f->status), db_int(f->run_of) };
    return db_get_i64(db, &q_broadcast_count, in, count, e);
}

struct walk {
    broadcast_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    struct broadcast b;
    enum status s = read_row(col, &b, e);
    return s == OK ? w->fn(w->ctx, &b, e) : s;
}

enum status broadcast_each(struct db *db, const struct broadcast_filter *f, broadcast_row_fn *fn, void *ctx,
                           struct err *e) {
    const struct db_val in[] = { db_text(f->status), db_int(f->run_of), db_int(f->limit), db_int(f->offset) };
    struct walk w = { fn, ctx };
    return db_run(db, &q_broadcast_list, in, take_row, &w, NULL, e);
}

/* ---- changes ---- */

static enum status insert(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                          struct broadcast *b, struct err *e) {
    const struct db_val in[] = { db_text(b->title),
                                 db_text(b->content),
                                 db_text(str_from_c(patient_language_name(b->language))),
                                 db_text(b->variants),
                                 db_text(b->category),
                                 db_text_or_null(b->template_sid),
                                 db_text(b->template_variables),
                                 db_int(b->target_all),
                                 db_text(b->target),
                                 db_text(str_from_c(broadcast_status_name(b->status))),
                                 db_int_or_null(b->scheduled_at_us),
                                 db_int_or_null(b->rate_per_hour),
                                 db_int(b->version),
                                 db_int(b->created_by),
                                 db_int(by->now_us),
                                 db_text_or_null(b->quiet_hours),
                                 db_text_or_null(str_from_c(repeat_name(b->repeat))),
                                 db_int_or_null(b->repeat_from_us),
                                 db_int_or_null(b->repeat_until_us),
                                 db_int_or_null(b->repeat_count),
                                 db_int_or_null(b->run_of),
                                 db_int_or_null(b->run_at_us) };
    enum status s = db_run(db, &q_broadcast_insert, in, db_take_i64, &b->id, NULL, e);
    if (s == OK) s = fill_add_start_job(by->room, db, arena, b, by->now_us, e);
    return s == OK
               ? audit_add(db, by->user_id, STR("broadcast.create"), STR("broadcast"), b->id, by->now_us, e)
               : s;
}

enum status broadcast_add(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                          struct broadcast *b, struct err *e) {
    enum status s = db_begin(db, e);
    b->status = b->scheduled_at_us ? BROADCAST_SCHEDULED : BROADCAST_DRAFT;
    b->version = 1;
    b->created_by = by->user_id;
    b->created_at_us = b->updated_at_us = by->now_us;
    return s == OK ? db_finish(db, insert(db, arena, by, b, e), e) : s;
}

static enum status update(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                          struct broadcast *b, struct err *e) {
    const struct db_val in[] = { db_int(b->id),
                                 db_int(b->version),
                                 db_text(b->title),
                                 db_text(b->content),
                                 db_text(str_from_c(patient_language_name(b->language))),
                                 db_text(b->variants),
                                 db_text(b->category),
                                 db_text_or_null(b->template_sid),
                                 db_text(b->template_variables),
                                 db_int(b->target_all),
                                 db_text(b->target),
                                 db_int_or_null(b->scheduled_at_us),
                                 db_int_or_null(b->rate_per_hour),
                                 db_int(by->now_us),
                                 db_text_or_null(b->quiet_hours),
                                 db_text_or_null(str_from_c(repeat_name(b->repeat))),
                                 db_int_or_null(b->repeat_from_us),
                                 db_int_or_null(b->repeat_until_us),
                                 db_int_or_null(b->repeat_count) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_broadcast_save, in, NULL, NULL, &changed, e);
    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &changed_meanwhile, "broadcast %lld is not at version %lld",
                    (long long)b->id, (long long)b->version);
    b->version++;
    if ((s = fill_add_start_job(by->room, db, arena, b, by->now_us, e)) != OK) return s;
    return audit_add(db, by->user_id, STR("broadcast.update"), STR("broadcast"), b->id, by->now_us, e);
}

enum status broadcast_save(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                           struct broadcast *b, struct err *e) {
    enum status s = db_begin(db, e);
    if (s == OK) s = db_finish(db, update(db, arena, by, b, e), e);
    if (s != OK) return s;
    b->status = b->scheduled_at_us ? BROADCAST_SCHEDULED : BROADCAST_DRAFT;
    b->error_code = STR("");
    b->updated_at_us = by->now_us;
    return OK;
}

static enum status mark_deleted(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                                int64_t id, struct err *e) {
    const struct db_val in[] = { db_int(id) };
    int64_t changed = 0, rows = 0;
    enum status s = db_run(db, &q_broadcast_mark_deleted, in, NULL, NULL, &changed, e);

    if (s != OK) return s;
    if (!changed) return fail(e, E_CONFLICT, &is_sending, "broadcast %lld is being sent", (long long)id);
    s = recipient_count(db, id, &(struct recipient_filter) { .state = STR("") }, &rows, e);
    if (s == OK)
        s = rows > FREEZE_STEP ? fill_add_job(by->room, db, arena, id, 0, by->now_us, e)
                               : db_run(db, &q_broadcast_delete, in, NULL, NULL, NULL, e);
    return s == OK ? audit_add(db, by->user_id, STR("broadcast.delete"), STR("broadcast"), id, by->now_us, e)
                   : s;
}

enum status broadcast_remove(struct db *db, struct arena *arena, const struct broadcast_actor *by, int64_t id,
                             struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, mark_deleted(db, arena, by, id, e), e) : s;
}
