/*
 * correction_store -- corrections in the database.
 */
#include "documents/correction.h"

#include "accounts/audit.h"
#include "documents/document_row.h"
#include "documents/fact_correction.h"
#include "documents/remake.h"
#include "queries.h"

static const struct message correction_unknown = { "correction_not_found", "Cette page n’a pas été corrigée.",
                                                   "This page was not corrected." };

static const struct message page_changed = {
    "page_changed",
    "Quelqu’un a corrigé cette page entre-temps. Relisez sa version, puis choisissez laquelle garder.",
    "Somebody corrected this page meanwhile. Read their version, then choose which to keep."
};

struct over {
    struct arena *arena;
    struct page *pages;
    size_t count;
    int64_t version;
};

static enum status lay_over(void *ctx, const struct db_val *col, struct err *e) {
    struct over *o = ctx;
    o->version += col[2].i;
    for (size_t i = 0; i < o->count; i++)
        if (o->pages[i].number == col[0].i) return correction_apply(o->arena, &o->pages[i], col[1].s, e);
    return OK;
}

enum status corrections_apply(struct db *db, struct arena *arena, int64_t document_id, struct page *pages,
                              size_t page_count, int64_t *version, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    struct over over = { arena, pages, page_count, 0 };
    enum status s = db_run(db, &q_page_correction_list, args, lay_over, &over, NULL, e);
    if (s == OK) s = fact_corrections_version(db, document_id, &over.version, e);
    if (s == OK) *version = over.version;
    return s;
}

enum status corrections_version(struct db *db, int64_t document_id, int64_t *version, struct err *e) {
    return corrections_apply(db, NULL, document_id, NULL, 0, version, e);
}

/* What all deeds end with, inside their transaction. */
enum status correction_done(struct db *db, struct arena *a, const struct documents *room,
                            const struct document *d, struct str action, bool from_original, int64_t user_id,
                            int64_t now_us, struct err *e) {
    enum status s = audit_add(db, user_id, action, STR("document"), d->id, now_us, e);
    return s == OK ? document_remake(db, a, room, d, from_original, now_us, e) : s;
}

static enum status check_version(struct db *db, int64_t document_id, int64_t number, int64_t version,
                                 struct err *e) {
    const struct db_val args[] = { db_int(document_id), db_int(number) };
    int64_t now = 0;
    if (version == CORRECTION_ANY_VERSION) return OK;
    enum status s = db_get_i64(db, &q_page_correction_version, args, &now, e);
    if (s == OK && now != version)
        s = fail(e, E_CONFLICT, &page_changed, "page %lld of document %lld changed", (long long)number,
                 (long long)document_id);
    return s;
}

enum status correction_save(struct db *db, struct arena *a, const struct documents *room,
                            const struct document *d, int64_t number, struct str text, int64_t version,
                            int64_t user_id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_int(number), db_text(text), db_int(user_id),
                                   db_int(now_us) };
    struct page page;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = page_get_geometry(db, d->id, number, &page, e);
    if (s == OK) s = check_version(db, d->id, number, version, e);
    if (s == OK) s = db_run(db, &q_page_correction_save, args, NULL, NULL, NULL, e);
    if (s == OK) s = correction_done(db, a, room, d, STR("document.correct_page"), false, user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status correction_remove(struct db *db, struct arena *a, const struct documents *room,
                              const struct document *d, int64_t number, int64_t user_id, int64_t now_us,
                              struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_int(number) };
    int64_t changed = 0;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_page_correction_delete, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0)
        s = fail(e, E_NOT_FOUND, &correction_unknown, "page %lld of document %lld was not corrected",
                 (long long)number, (long long)d->id);
    if (s == OK)
        s = correction_done(db, a, room, d, STR("document.uncorrect_page"), true, user_id, now_us, e);
    return db_finish(db, s, e);
}
