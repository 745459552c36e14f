#include "documents/document_row.h"

#include "db/db.h"
#include "queries.h"

const struct message document_unknown = { "document_not_found", "Ce document n’existe pas.",
                                          "There is no such document." };

struct document document_of_row(const struct db_val *col) {
    struct document d = {
        .id = col[0].i,
        .patient_id = col[1].i,
        .title = col[2].s,
        .author = col[5].s,
        .title_given = col[6].i != 0,
        .kind_given = col[7].i != 0,
        .date_given = col[8].i != 0,
        .names_another = col[9].i != 0,
        .file_name = col[10].s,
        .mime = col[11].s,
        .size_bytes = col[12].i,
        .blob_name = col[13].s,
        .status = col[14].s,
        .error_code = col[15].s,
        .page_count = col[16].i,
        .illegible_count = col[17].i,
        .created_by = col[18].i,
        .created_at_us = col[19].i,
        .updated_at_us = col[20].i,
        .indexed_at_us = col[21].i,
        .named_patient = col[22].s,
        .belongs = col[24].i != 0,
        .first_name = col[25].s,
        .last_name = col[26].s,
    };
    if (!document_kind_from_name(col[3].s, &d.kind)) d.kind = KIND_OTHER;
    if (col[4].s.n == 0 || !date_parse_iso(col[4].s, &d.date)) d.date = (struct date) { 0 };
    if (col[23].s.n == 0 || !date_parse_iso(col[23].s, &d.named_birth)) d.named_birth = (struct date) { 0 };
    return d;
}

struct take {
    struct arena *arena;
    struct document *out;
    bool found;
};

static enum status take_document(void *ctx, const struct db_val *col, struct err *e) {
    struct take *t = ctx;
    struct document d = document_of_row(col);
    struct str *texts[] = { &d.title,  &d.author,     &d.file_name,     &d.mime,       &d.blob_name,
                            &d.status, &d.error_code, &d.named_patient, &d.first_name, &d.last_name };

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!arena_dup(t->arena, *texts[i], texts[i]))
            return fail(e, E_LIMIT, NULL, "no room for a document");
    *t->out = d;
    t->found = true;
    return OK;
}

enum status document_get(struct db *db, struct arena *a, int64_t id, struct document *out, struct err *e) {
    const struct db_val args[] = { db_int(id) };
    struct take t = { a, out, false };
    enum status s = db_run(db, &q_document_by_id, args, take_document, &t, NULL, e);
    if (s == OK && !t.found)
        return fail(e, E_NOT_FOUND, &document_unknown, "no document %lld", (long long)id);
    return s;
}

struct each {
    document_row_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each *each = ctx;
    struct document d = document_of_row(col);
    return each->fn(each->ctx, &d, e);
}

enum status document_each_indexed(struct db *db, int64_t patient_id, document_row_fn *fn, void *ctx,
                                  struct err *e) {
    const struct db_val args[] = { db_int(patient_id) };
    struct each each = { fn, ctx };
    return db_run(db, &q_document_indexed_of_patient, args, each_row, &each, NULL, e);
}

static const struct {
    const struct db_query *count, *list;
    const char *name;
} needs[NEED_COUNT] = {
    [NEED_ANY] = { &q_document_count_all, &q_document_list_all, "" },
    [NEED_READING] = { &q_document_open_count_reading, &q_document_open_list_reading, "reading" },
    [NEED_FAILED] = { &q_document_open_count_failed, &q_document_open_list_failed, "failed" },
    [NEED_LOCKED] = { &q_document_open_count_locked, &q_document_open_list_locked, "locked" },
    [NEED_OTHER_PATIENT] = { &q_document_open_count_other_patient, &q_document_open_list_other_patient,
                             "other_patient" },
    [NEED_ILLEGIBLE] = { &q_document_open_count_illegible, &q_document_open_list_illegible, "illegible" },
    [NEED_CHECK] = { &q_document_open_count_check, &q_document_open_list_check, "check" },
};

const char *document_need_name(enum document_need need) {
    return needs[need].name;
}

bool document_need_from_name(struct str name, enum document_need *out) {
    for (size_t i = 0; i < NEED_COUNT; i++) {
        if (!str_eq(name, str_from_c(needs[i].name))) continue;
        *out = (enum document_need)i;
        return true;
    }
    return false;
}

enum status document_count(struct db *db, const struct document_filter *f, int64_t *count, struct err *e) {
    const struct db_val args[] = { db_int(f->patient_id), db_text(f->status), db_text(f->kind) };
    const bool of_patient = f->need == NEED_ANY && f->patient_id;
    return db_get_i64(db, of_patient ? &q_document_count_of_patient : needs[f->need].count, args, count, e);
}

enum status document_each(struct db *db, const struct document_filter *f, int64_t limit, int64_t offset,
                          document_row_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(f->patient_id), db_text(f->status), db_text(f->kind), db_int(limit),
                                   db_int(offset) };
    const bool of_patient = f->need == NEED_ANY && f->patient_id;
    struct each each = { fn, ctx };
    return db_run(db, of_patient ? &q_document_list_of_patient : needs[f->need].list, args, each_row, &each,
                  NULL, e);
}

static enum status take_needs(void *ctx, const struct db_val *col, struct err *e) {
    int64_t *counts = ctx;
    (void)e;
    for (int i = 0; i < NEED_COUNT - 1; i++) counts[NEED_ANY + 1 + i] = col[i].i;
    return OK;
}

enum status document_needs(struct db *db, int64_t counts[NEED_COUNT], struct err *e) {
    memset(counts, 0, NEED_COUNT * sizeof *counts);
    return db_run(db, &q_document_needs, NULL, take_needs, counts, NULL, e);
}

enum status document_insert(struct db *db, const struct document *d, const struct hash *content,
                            int64_t now_us, int64_t *id, bool *made, struct err *e) {
    const struct db_val hash = db_blob((struct str) { (const char *)content->b, HASH_BYTES });
    const struct db_val args[] = {
        db_int(d->patient_id),  db_text(d->title),     db_text(str_from_c(document_kind_name(d->kind))),
        db_int(d->title_given), db_int(d->kind_given), db_text(d->file_name),
        db_text(d->mime),       db_int(d->size_bytes), hash,
        db_text(d->blob_name),  db_text(d->status),    db_text(d->error_code),
        db_int(d->created_by),  db_int(now_us),        db_int(now_us)
    };
    const struct db_val key[] = { db_int(d->patient_id), hash };
    enum status s;

    *id = 0;
    if ((s = db_run(db, &q_document_insert, args, db_take_i64, id, NULL, e)) != OK) return s;
    *made = *id != 0;
    return *made ? OK : db_get_i64(db, &q_document_by_content, key, id, e);
}

enum status document_set_status(struct db *db, int64_t id, struct str status, struct str error_code,
                                int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(id), db_text(status), db_text(error_code), db_int(now_us) };
    return db_run(db, &q_document_set_status, args, NULL, NULL, NULL, e);
}
