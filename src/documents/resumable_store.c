/*
 * resumable_store -- uploads that can be resumed, in the database.
 */
#include "documents/resumable.h"

#include "documents/document_row.h"
#include "documents/ingest.h"
#include "queries.h"

enum { EXPIRED_AT_ONCE = 100 };

static const struct message upload_unknown = { "upload_not_found",
                                               "Cet envoi n’existe pas, ou il a expiré. Recommencez-le.",
                                               "There is no such upload, or it expired. Start it again." };
static const struct message offset_conflict = {
    "upload_offset", "L’envoi ne continue pas à cet endroit : demandez-le d’abord (HEAD).",
    "The upload does not go on at this place: ask for it first (HEAD)."
};

enum status resumable_add(struct db *db, const struct resumable *u, int64_t now_us, int64_t *id,
                          struct err *e) {
    const struct db_val args[] = { db_int(u->patient_id), db_text(u->title),       db_text(u->kind),
                                   db_text(u->file_name), db_int(u->size_bytes),   db_int(u->created_by),
                                   db_int(now_us),        db_int(u->expires_at_us) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, db_run(db, &q_resumable_insert, args, db_take_i64, id, NULL, e), e);
}

struct found {
    struct arena *arena;
    struct resumable *out;
};

static enum status take_upload(void *ctx, const struct db_val *col, struct err *e) {
    struct found *f = ctx;
    struct resumable u = { .id = col[0].i,
                           .patient_id = col[1].i,
                           .size_bytes = col[5].i,
                           .offset_bytes = col[6].i,
                           .document_id = col[7].type == DB_NULL ? 0 : col[7].i,
                           .created_by = col[8].i,
                           .expires_at_us = col[9].i };
    enum status s = db_copy(f->arena, &col[2], &u.title, e);
    if (s == OK) s = db_copy(f->arena, &col[3], &u.kind, e);
    if (s == OK) s = db_copy(f->arena, &col[4], &u.file_name, e);
    if (s == OK) *f->out = u;
    return s;
}

enum status resumable_get(struct db *db, struct arena *a, int64_t id, int64_t now_us, struct resumable *out,
                          struct err *e) {
    const struct db_val args[] = { db_int(id), db_int(now_us) };
    struct found f = { a, out };

    out->id = 0;
    enum status s = db_run(db, &q_resumable_get, args, take_upload, &f, NULL, e);
    if (s == OK && out->id == 0) s = fail(e, E_NOT_FOUND, &upload_unknown, "no upload %lld", (long long)id);
    return s;
}

static enum status add_part(struct db *db, int64_t id, int64_t at_bytes, int64_t size_bytes,
                            struct str blob_name, struct err *e) {
    const struct db_val step[] = { db_int(id), db_int(at_bytes), db_int(size_bytes) };
    const struct db_val part[] = { db_int(id), db_int(at_bytes), db_int(size_bytes), db_text(blob_name) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_resumable_advance, step, NULL, NULL, &changed, e);

    if (s == OK && changed == 0)
        s = fail(e, E_CONFLICT, &offset_conflict, "upload %lld is not at %lld", (long long)id,
                 (long long)at_bytes);
    return s == OK ? db_run(db, &q_resumable_part_insert, part, NULL, NULL, NULL, e) : s;
}

enum status resumable_add_part(struct db *db, int64_t id, int64_t at_bytes, int64_t size_bytes,
                               struct str blob_name, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, add_part(db, id, at_bytes, size_bytes, blob_name, e), e) : s;
}

struct each {
    resumable_part_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct each *each = ctx;
    return each->fn(each->ctx, col[1].s, e);
}

enum status resumable_each_part(struct db *db, int64_t id, resumable_part_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(id) };
    struct each each = { fn, ctx };
    return db_run(db, &q_resumable_part_list, args, each_row, &each, NULL, e);
}

struct removal {
    struct db *db;
    const struct documents *room;
    int64_t now_us;
};

static enum status remove_part(void *ctx, struct str blob_name, struct err *e) {
    const struct removal *r = ctx;
    return remove_blob_add_job(r->db, r->room->signal, blob_name, r->now_us, e);
}

/* Inside a transaction: the rows of the parts now, their files once that is certain. */
static enum status remove_parts(struct db *db, const struct documents *room, int64_t id, int64_t now_us,
                                struct err *e) {
    const struct db_val args[] = { db_int(id) };
    struct removal r = { db, room, now_us };
    enum status s = resumable_each_part(db, id, remove_part, &r, e);
    return s == OK ? db_run(db, &q_resumable_part_delete_all, args, NULL, NULL, NULL, e) : s;
}

enum status resumable_complete(struct db *db, struct arena *a, const struct documents *room,
                               const struct resumable *u, const struct document_content *content,
                               int64_t now_us, struct document *out, bool *made, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    if ((s = documents_add(db, a, room, content, 1, now_us, out, made, e)) == OK) {
        const struct db_val args[] = { db_int(u->id), db_int(out->id) };
        s = db_run(db, &q_resumable_complete, args, NULL, NULL, NULL, e);
    }
    if (s == OK) s = remove_parts(db, room, u->id, now_us, e);
    return db_finish(db, s, e);
}

static enum status remove_upload(struct db *db, const struct documents *room, int64_t id, int64_t now_us,
                                 struct err *e) {
    const struct db_val args[] = { db_int(id) };
    enum status s = remove_parts(db, room, id, now_us, e);
    return s == OK ? db_run(db, &q_resumable_delete, args, NULL, NULL, NULL, e) : s;
}

enum status resumable_remove(struct db *db, const struct documents *room, int64_t id, int64_t now_us,
                             struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, remove_upload(db, room, id, now_us, e), e) : s;
}

struct expired {
    int64_t ids[EXPIRED_AT_ONCE];
    size_t count;
};

static enum status take_expired(void *ctx, const struct db_val *col, struct err *e) {
    struct expired *x = ctx;
    (void)e;
    x->ids[x->count++] = col[0].i;
    return OK;
}

enum status resumable_remove_expired(struct db *db, const struct documents *room, int64_t now_us,
                                     struct err *e) {
    const struct db_val args[] = { db_int(now_us), db_int(EXPIRED_AT_ONCE) };
    struct expired x;
    enum status s;

    do {
        x.count = 0;
        s = db_run(db, &q_resumable_expired, args, take_expired, &x, NULL, e);
        for (size_t i = 0; i < x.count && s == OK; i++) s = resumable_remove(db, room, x.ids[i], now_us, e);
    } while (s == OK && x.count == EXPIRED_AT_ONCE);
    return s;
}
