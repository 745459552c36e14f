/*
 * advice_change_store -- what is done with advice, each deed one transaction with its audit row.
 *
 * Passages and the version of the collection change in the same transaction as the status: what is not published has no passages.
 */
#include "rag/advice.h"

#include "accounts/audit.h"
#include "base/utf8.h"
#include "db/db.h"
#include "documents/ingest.h"
#include "http/event_hub.h"
#include "patients/patient.h"
#include "queries.h"
#include "rag/advice_job.h"
#include "rag/advice_record.h"
#include "rag/embed_job.h"
#include "rag/rag_room.h"

static const struct message advice_changed = {
    "advice_changed",
    "Cette fiche a été modifiée entre-temps : relisez-la, puis recommencez.",
    "This sheet was changed meanwhile: read it again, then start over.",
};
static const struct message advice_being_read = {
    "advice_being_read",
    "Le fichier de cette fiche est en cours de lecture : attendez un instant.",
    "The file of this sheet is being read: wait a moment.",
};
static const struct message advice_empty = {
    "advice_empty",
    "Cette fiche n'a pas encore de texte : écrivez-le avant de la publier.",
    "This sheet has no text yet: write it before you publish it.",
};
static const struct message advice_not_published = {
    "advice_not_published",
    "Cette fiche n'a pas été publiée.",
    "This sheet was not published.",
};
static const struct message advice_is_published = {
    "advice_is_published",
    "Cette fiche est publiée : retirez-la avant d'y mettre le texte d'un fichier.",
    "This sheet is published: withdraw it before you put the text of a file into it.",
};
static const struct message advice_full = {
    "advice_full",
    "Les fiches publiées sont trop longues, toutes ensemble : retirez-en une avant de publier celle-ci.",
    "The published sheets are too long, all together: withdraw one before you publish this one.",
};

static enum status tell(struct db *db, struct arena *arena, const struct advice_actor *by,
                        const struct advice *a, const char *status, struct err *e) {
    const char *reading = advice_reading_name(a->reading), *quote = a->reading == READING_NONE ? "" : "\"";
    struct str json;
    if (!by->rag || !by->rag->documents) return OK;
    if (!arena_printf(arena, &json, "{\"id\":%lld,\"status\":\"%s\",\"reading\":%s%s%s,\"version\":%lld}",
                      (long long)a->id, status, quote, a->reading == READING_NONE ? "null" : reading, quote,
                      (long long)a->version))
        return fail(e, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(by->rag->documents->events, db, arena, "advice", json, e);
}

/* The audit row of a deed, and what is told of it. */
static enum status record_deed(struct db *db, struct arena *arena, const struct advice_actor *by,
                               const struct advice *a, const char *action, struct err *e) {
    enum status s = audit_add(db, by->user_id, str_from_c(action), STR("advice"), a->id, by->now_us, e);
    return s == OK ? tell(db, arena, by, a, advice_status_name(a->status), e) : s;
}

static enum status search_text(struct arena *arena, const struct advice *a, struct str *out, struct err *e) {
    struct str all;
    bool fits = arena_printf(arena, &all, "%.*s\n%.*s", STR_ARG(a->title), STR_ARG(a->body)) &&
                utf8_fold(arena, all, out);
    return fits ? OK : fail(e, E_LIMIT, NULL, "no room for advice");
}

static struct db_val language_val(const struct advice *a) {
    return db_text(str_from_c(patient_language_name(a->language)));
}

/* Writes everything that may change; *a is then as it stands in the database. */
static enum status save(struct db *db, struct arena *arena, const struct advice_actor *by, struct advice *a,
                        struct err *e) {
    struct str folded;
    enum status s = search_text(arena, a, &folded, e);

    if (s != OK) return s;
    a->version++;
    a->updated_by = by->user_id;
    a->updated_at_us = by->now_us;
    a->characters = (int64_t)utf8_length(a->body);
    const struct db_val args[] = { db_int(a->id),
                                   db_text(a->title),
                                   db_text(a->body),
                                   db_text(folded),
                                   language_val(a),
                                   db_text(str_from_c(advice_status_name(a->status))),
                                   db_text(a->file_name),
                                   db_text(a->blob_name),
                                   db_text(str_from_c(advice_reading_name(a->reading))),
                                   db_text(a->error_code),
                                   db_int(a->updated_by),
                                   db_int(a->updated_at_us),
                                   db_int_or_null(a->published_by),
                                   db_int_or_null(a->published_at_us) };
    return db_run(db, &q_advice_save, args, NULL, NULL, NULL, e);
}

static enum status check_version(const struct advice *a, int64_t version, struct err *e) {
    if (version == 0 || version == a->version) return OK;
    return fail(e, E_CONFLICT, &advice_changed, "advice %lld has another version", (long long)a->id);
}

static enum status check_not_reading(const struct advice *a, struct err *e) {
    if (a->reading != READING_PENDING) return OK;
    return fail(e, E_CONFLICT, &advice_being_read, "advice %lld is being read", (long long)a->id);
}

enum status advice_create(struct db *db, struct arena *arena, const struct advice_actor *by,
                          const struct advice_edit *edit, struct advice *out, struct err *e) {
    struct advice a = { .title = edit->title, .body = edit->body, .language = edit->language };
    struct str folded;
    enum status s = search_text(arena, &a, &folded, e);

    if (s != OK || (s = db_begin(db, e)) != OK) return s;
    const struct db_val args[] = { db_text(a.title), db_text(a.body),     db_text(folded),
                                   language_val(&a), db_int(by->user_id), db_int(by->now_us) };
    s = db_get_i64(db, &q_advice_insert, args, &a.id, e);
    if (s == OK) s = advice_get(db, arena, a.id, out, e);
    if (s == OK) s = record_deed(db, arena, by, out, "advice.create", e);
    return db_finish(db, s, e);
}

/* True when something is different from what stands there. */
static bool apply(const struct advice_edit *edit, struct advice *a) {
    bool differs = (edit->has_title && !str_eq(edit->title, a->title)) ||
                   (edit->has_body && !str_eq(edit->body, a->body)) ||
                   (edit->has_language && edit->language != a->language);
    if (edit->has_title) a->title = edit->title;
    if (edit->has_body) a->body = edit->body;
    if (edit->has_language) a->language = edit->language;
    return differs;
}

enum status advice_change(struct db *db, struct arena *arena, const struct advice_actor *by, int64_t id,
                          const struct advice_edit *edit, struct advice *out, struct err *e) {
    struct advice a;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = advice_get(db, arena, id, &a, e);
    if (s == OK) s = check_version(&a, edit->version, e);
    if (s == OK) s = check_not_reading(&a, e);
    if (s == OK && apply(edit, &a)) {
        if (a.status == ADVICE_PUBLISHED) {
            a.status = ADVICE_DRAFT;
            s = advice_passages_drop(db, id, e);
        }
        if (s == OK) s = save(db, arena, by, &a, e);
        if (s == OK) s = record_deed(db, arena, by, &a, "advice.update", e);
    }
    if (s == OK) *out = a;
    return db_finish(db, s, e);
}

static enum status check_room(struct db *db, const struct advice *a, struct err *e) {
    int64_t published = 0;
    enum status s = db_get_i64(db, &q_advice_published_length, NULL, &published, e);

    if (s != OK || published + a->characters <= ADVICE_PUBLISHED_CHARS_MAX) return s;
    return fail(e, E_CONFLICT, &advice_full, "%lld characters are published", (long long)published);
}

static enum status publish(struct db *db, struct arena *arena, const struct advice_actor *by,
                           struct advice *a, struct err *e) {
    enum status s = check_not_reading(a, e);

    if (s != OK) return s;
    if (a->body.n == 0) return fail(e, E_CONFLICT, &advice_empty, "advice %lld is empty", (long long)a->id);
    if ((s = check_room(db, a, e)) != OK) return s;
    a->status = ADVICE_PUBLISHED;
    a->published_by = by->user_id;
    a->published_at_us = by->now_us;
    if ((s = advice_passages_put(db, arena, a, e)) != OK) return s;
    if (by->rag && (s = embed_all_add_job(db, by->rag, by->now_us, e)) != OK) return s;
    if ((s = save(db, arena, by, a, e)) != OK) return s;
    return record_deed(db, arena, by, a, "advice.publish", e);
}

enum status advice_publish(struct db *db, struct arena *arena, const struct advice_actor *by, int64_t id,
                           int64_t version, struct advice *out, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = advice_get(db, arena, id, out, e);
    if (s == OK) s = check_version(out, version, e);
    if (s == OK && out->status != ADVICE_PUBLISHED) s = publish(db, arena, by, out, e);
    return db_finish(db, s, e);
}

static enum status withdraw(struct db *db, struct arena *arena, const struct advice_actor *by,
                            struct advice *a, struct err *e) {
    enum status s;

    if (a->status != ADVICE_PUBLISHED)
        return fail(e, E_CONFLICT, &advice_not_published, "advice %lld is not published", (long long)a->id);
    a->status = ADVICE_WITHDRAWN;
    if ((s = advice_passages_drop(db, a->id, e)) != OK) return s;
    if ((s = save(db, arena, by, a, e)) != OK) return s;
    return record_deed(db, arena, by, a, "advice.withdraw", e);
}

enum status advice_withdraw(struct db *db, struct arena *arena, const struct advice_actor *by, int64_t id,
                            struct advice *out, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = advice_get(db, arena, id, out, e);
    if (s == OK && out->status != ADVICE_WITHDRAWN) s = withdraw(db, arena, by, out, e);
    return db_finish(db, s, e);
}

enum status advice_erase(struct db *db, struct arena *arena, const struct advice_actor *by, int64_t id,
                         struct err *e) {
    const struct db_val args[] = { db_int(id) };
    struct advice a;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = advice_get(db, arena, id, &a, e);
    if (s == OK) s = advice_passages_drop(db, id, e);
    if (s == OK && a.blob_name.n) s = remove_blob_add_job(db, by->signal, a.blob_name, by->now_us, e);
    if (s == OK) s = db_run(db, &q_advice_delete, args, NULL, NULL, NULL, e);
    if (s == OK) s = audit_add(db, by->user_id, STR("advice.delete"), STR("advice"), id, by->now_us, e);
    if (s == OK) s = tell(db, arena, by, &a, "deleted", e);
    return db_finish(db, s, e);
}

enum status advice_take_file(struct db *db, struct arena *arena, const struct advice_actor *by, int64_t id,
                             struct str file_name, struct str blob_name, struct advice *out, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = advice_get(db, arena, id, out, e);
    if (s == OK) s = check_not_reading(out, e);
    if (s == OK && out->status == ADVICE_PUBLISHED)
        s = fail(e, E_CONFLICT, &advice_is_published, "advice %lld is published", (long long)id);
    if (s == OK) {
        out->file_name = file_name;
        out->blob_name = blob_name;
        out->reading = READING_PENDING;
        out->error_code = STR("");
        s = save(db, arena, by, out, e);
    }
    if (s == OK) s = advice_add_job(db, by->signal, id, blob_name, by->now_us, e);
    if (s == OK) s = record_deed(db, arena, by, out, "advice.file", e);
    return db_finish(db, s, e);
}

enum status advice_store_reading(struct db *db, struct arena *arena, const struct advice_actor *by,
                                 int64_t id, struct str blob_name, struct str body, struct str error_code,
                                 bool *stored, struct err *e) {
    struct advice a;
    enum status s = advice_get(db, arena, id, &a, NULL);

    *stored = false;
    if (s == E_NOT_FOUND) return OK;
    if (s != OK || a.reading != READING_PENDING || !str_eq(a.blob_name, blob_name)) return s;
    *stored = true;
    if (body.n) a.body = body;
    a.reading = body.n ? READING_DONE : READING_FAILED;
    a.error_code = error_code;
    a.blob_name = STR("");
    if ((s = save(db, arena, by, &a, e)) != OK) return s;
    if ((s = remove_blob_add_job(db, by->signal, blob_name, by->now_us, e)) != OK) return s;
    return record_deed(db, arena, by, &a, body.n ? "advice.read" : "advice.read_failed", e);
}
