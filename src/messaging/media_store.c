#include "messaging/media.h"

#include "base/utf8.h"
#include "db/db.h"
#include "documents/ingest.h"
#include "documents/receive.h"
#include "messaging/media_forget.h"
#include "queries.h"

enum { TYPE_SAID_MAX_BYTES = 100 };

enum column {
    COL_ID,
    COL_MESSAGE,
    COL_POSITION,
    COL_REF,
    COL_TYPE_SAID,
    COL_TYPE,
    COL_FILE_NAME,
    COL_SIZE,
    COL_CONTENT,
    COL_BLOB,
    COL_STATUS,
    COL_ERROR,
    COL_DOCUMENT,
    COL_CREATED,
    COL_UPDATED,
    COL_KEPT,
    COL_PATIENT,
    COL_PHONE,
    COL_BODY
};

static const char *const status_names[MEDIA_STATUS_COUNT] = {
    [MEDIA_WAITING] = "waiting",     [MEDIA_KEPT] = "kept",       [MEDIA_ACCEPTED] = "accepted",
    [MEDIA_DISCARDED] = "discarded", [MEDIA_REFUSED] = "refused", [MEDIA_GONE] = "gone",
    [MEDIA_FAILED] = "failed",
};

const struct message media_unknown = { "media_unknown", "Ce fichier reçu n’existe pas, ou plus.",
                                       "This received file does not exist, or no longer." };

const char *media_status_name(enum media_status s) {
    return status_names[s];
}

bool media_status_from_name(struct str name, enum media_status *out) {
    for (int i = 0; i < MEDIA_STATUS_COUNT; i++) {
        if (!str_eq(name, str_from_c(status_names[i]))) continue;
        *out = (enum media_status)i;
        return true;
    }
    return false;
}

/* Its texts are borrowed from the columns. */
static enum status read_row(const struct db_val *col, struct media_row *m, struct err *e) {
    *m = (struct media_row) {
        .id = col[COL_ID].i,
        .message_id = col[COL_MESSAGE].i,
        .position = col[COL_POSITION].i,
        .ref = col[COL_REF].s,
        .type_said = col[COL_TYPE_SAID].s,
        .type = col[COL_TYPE].s,
        .file_name = col[COL_FILE_NAME].s,
        .blob_name = col[COL_BLOB].s,
        .error_code = col[COL_ERROR].s,
        .size_bytes = col[COL_SIZE].i,
        .document_id = col[COL_DOCUMENT].i,
        .created_at_us = col[COL_CREATED].i,
        .updated_at_us = col[COL_UPDATED].i,
        .kept_at_us = col[COL_KEPT].i,
        .patient_id = col[COL_PATIENT].i,
        .phone = col[COL_PHONE].s,
        .captioned = str_trim(col[COL_BODY].s).n > 0,
    };
    if (col[COL_CONTENT].s.n == HASH_BYTES) memcpy(m->content.b, col[COL_CONTENT].s.p, HASH_BYTES);
    if (media_status_from_name(col[COL_STATUS].s, &m->status)) return OK;
    return fail(e, E_INTERNAL, NULL, "medium %lld has an unknown status", (long long)m->id);
}

struct get_to {
    struct arena *arena;
    struct media_row *row;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct get_to *to = ctx;
    struct media_row *m = to->row;
    enum status s = read_row(col, m, e);
    struct str *const texts[] = { &m->ref,       &m->type_said,  &m->type, &m->file_name,
                                  &m->blob_name, &m->error_code, &m->phone };

    for (size_t i = 0; s == OK && i < COUNT_OF(texts); i++)
        if (!arena_dup(to->arena, *texts[i], texts[i])) s = fail(e, E_LIMIT, NULL, "no memory for a medium");
    to->found = s == OK;
    return s;
}

enum status media_get(struct db *db, struct arena *arena, int64_t id, struct media_row *out, struct err *e) {
    struct get_to to = { arena, out, false };
    const struct db_val key = db_int(id);
    enum status s = db_run(db, &q_media_get, &key, copy_row, &to, NULL, e);
    if (s != OK || to.found) return s;
    return fail(e, E_NOT_FOUND, &media_unknown, "no medium %lld", (long long)id);
}

struct walk {
    media_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    struct media_row m;
    enum status s = read_row(col, &m, e);
    return s == OK ? w->fn(w->ctx, &m, e) : s;
}

enum status media_each_of_message(struct db *db, int64_t message_id, media_row_fn *fn, void *ctx,
                                  struct err *e) {
    struct walk w = { fn, ctx };
    const struct db_val key = db_int(message_id);
    return db_run(db, &q_media_of_message, &key, take_row, &w, NULL, e);
}

enum status media_each_of_patient(struct db *db, int64_t patient_id, int64_t limit, media_row_fn *fn,
                                  void *ctx, struct err *e) {
    struct walk w = { fn, ctx };
    const struct db_val in[] = { db_int(patient_id), db_int(limit) };
    return db_run(db, &q_media_of_patient, in, take_row, &w, NULL, e);
}

enum status media_count_of_message(struct db *db, int64_t message_id, int64_t *count, struct err *e) {
    const struct db_val key = db_int(message_id);
    return db_get_i64(db, &q_media_count_of_message, &key, count, e);
}

enum status media_count(struct db *db, const struct media_filter *f, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_text(f->status), db_int(f->patient_id) };
    return db_get_i64(db, &q_media_count, in, count, e);
}

enum status media_each(struct db *db, const struct media_filter *f, int64_t limit, int64_t offset,
                       media_row_fn *fn, void *ctx, struct err *e) {
    struct walk w = { fn, ctx };
    const struct db_val in[] = { db_text(f->status), db_int(f->patient_id), db_int(limit), db_int(offset) };
    return db_run(db, &q_media_list, in, take_row, &w, NULL, e);
}

/* ---- a message that was just kept ---- */

static enum status add_fetch_job(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                                 int64_t now_us, struct err *e) {
    struct str payload, key;
    if (!arena_printf(arena, &payload, "{\"media_id\":%lld}", (long long)id) ||
        !arena_printf(arena, &key, MEDIA_JOB_FETCH ":%lld", (long long)id))
        return fail(e, E_LIMIT, NULL, "no memory for a medium");
    return job_add(db, room->signal, STR(MEDIA_JOB_FETCH), payload, 0, key, now_us, e);
}

/* Of a person without an active record nothing is kept, here or at the carrier. */
static enum status add_one(struct messaging *room, struct db *db, struct arena *arena, int64_t message_id,
                           int64_t position, bool wanted, const struct channel_media *medium, int64_t now_us,
                           struct err *e) {
    struct str type, name = STR("");
    int64_t id = 0;
    enum status s;

    if (!utf8_clean(arena, utf8_prefix(medium->type, TYPE_SAID_MAX_BYTES), &type) ||
        (medium->file_name.n && !receive_file_name(arena, medium->file_name, &name)))
        return fail(e, E_LIMIT, NULL, "no memory for a medium");
    const struct db_val in[] = { db_int(message_id),
                                 db_int(position),
                                 db_text(medium->ref),
                                 db_text(type),
                                 db_text(name),
                                 db_text(str_from_c(status_names[wanted ? MEDIA_WAITING : MEDIA_REFUSED])),
                                 db_text(wanted ? STR("") : STR("not_active")),
                                 db_int(now_us) };
    if ((s = db_run(db, &q_media_insert, in, db_take_i64, &id, NULL, e)) != OK) return s;
    return wanted ? add_fetch_job(room, db, arena, id, now_us, e)
                  : media_add_forget_job(room, db, arena, medium->ref, now_us, e);
}

static enum status look_for_active(struct db *db, struct arena *arena, struct str phone, bool *found,
                                   struct err *e) {
    struct patient people[PATIENTS_OF_PHONE_MAX];
    size_t count = 0;
    enum status s = patient_list_by_phone(db, arena, phone, people, COUNT_OF(people), &count, e);
    for (size_t i = 0; s == OK && i < count; i++) *found |= people[i].status == PATIENT_ACTIVE;
    return s;
}

enum status media_add(struct messaging *room, struct db *db, struct arena *arena, int64_t message_id,
                      struct str phone, const struct channel_event *event, int64_t now_us, struct err *e) {
    bool wanted = false;
    enum status s = event->media_count ? look_for_active(db, arena, phone, &wanted, e) : OK;
    for (size_t i = 0; s == OK && i < event->media_count; i++)
        s = add_one(room, db, arena, message_id, (int64_t)i, wanted, &event->media[i], now_us, e);
    return s;
}

/* ---- erasing ---- */

struct erasure {
    struct messaging *room;
    struct db *db;
    struct arena *arena;
    int64_t now_us;
};

static enum status erase_one(void *ctx, const struct media_row *m, struct err *e) {
    const struct erasure *x = ctx;
    enum status s = OK;
    if (m->blob_name.n) s = remove_blob_add_job(x->db, x->room->signal, m->blob_name, x->now_us, e);
    if (s == OK && m->status == MEDIA_WAITING)
        s = media_add_forget_job(x->room, x->db, x->arena, m->ref, x->now_us, e);
    return s;
}

enum status media_erase_of_patient(struct messaging *room, struct db *db, struct arena *arena,
                                   int64_t patient_id, int64_t now_us, struct err *e) {
    struct erasure x = { room, db, arena, now_us };
    return media_each_of_patient(db, patient_id, INT64_MAX, erase_one, &x, e);
}
