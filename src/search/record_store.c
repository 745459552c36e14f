#include "search/record_store.h"

#include "db/db.h"
#include "documents/document.h"
#include "queries.h"

enum { ATTEMPTS_MAX = 3, SCRATCH_BYTES = 4 << 20 };

struct load {
    struct record *record;
    struct text_reader *reader;
    struct str space;
    uint32_t next_chunk; /* that may have the next vector */
};

static enum status load_document(void *ctx, const struct document *d, struct err *err) {
    struct load *l = ctx;
    const struct record_document doc = { .id = d->id,
                                         .title = d->title,
                                         .author = d->author,
                                         .kind = d->kind,
                                         .date = d->date,
                                         .added_us = d->created_at_us,
                                         .names_another = d->names_another };
    return record_add_document(l->record, l->reader, &doc, err);
}

/* A document that is being read again, or came since the documents were listed, is not there: its parts are left out. */
static enum status unless_gone(enum status s) {
    return s == E_NOT_FOUND ? OK : s;
}

static enum status load_chunk(void *ctx, const struct db_val *col, struct err *err) {
    struct load *l = ctx;
    const struct record_chunk chunk = {
        .id = col[0].i,
        .page = (int)col[2].i,
        .box = { (int32_t)col[3].i, (int32_t)col[4].i, (int32_t)col[5].i, (int32_t)col[6].i },
        .confidence = (uint8_t)col[7].i,
        .heading = col[8].s,
        .text = col[9].s,
    };
    return unless_gone(record_add_chunk(l->record, col[1].i, &chunk, col[10].s, err));
}

static enum status load_fact(void *ctx, const struct fact_row *row, struct err *err) {
    struct load *l = ctx;
    return unless_gone(record_add_fact(l->record, row->document_id, &row->fact, err));
}

static enum status load_vector(void *ctx, const struct db_val *col, struct err *err) {
    struct load *l = ctx;
    return record_add_vector_of(l->record, &l->next_chunk, col[0].i, col[1].i, col[2].s, err);
}

static enum status load_vectors(struct db *db, int64_t patient_id, struct load *l, struct err *err) {
    const struct db_val args[] = { db_int(patient_id), db_text(l->space) };
    if (l->space.n == 0) return OK;
    return db_run(db, &q_chunk_vector_list_of_patient, args, load_vector, l, NULL, err);
}

static bool copy_person(struct record *r, const struct patient *p) {
    r->patient_id = p->id;
    r->version = p->record_version;
    r->birth = p->date_of_birth;
    r->gender = p->gender.n ? p->gender.p[0] : 0;
    r->language = p->language;
    return arena_dup(r->arena, p->first_name, &r->first_name) &&
           arena_dup(r->arena, p->last_name, &r->last_name) &&
           arena_dup(r->arena, p->allergies, &r->allergies) &&
           arena_dup(r->arena, p->current_medications, &r->current_medications) &&
           arena_dup(r->arena, p->medical_history, &r->medical_history);
}

static enum status fill(struct db *db, const struct patient *p, struct load *l, struct err *err) {
    const struct db_val id[] = { db_int(p->id) };
    if (!copy_person(l->record, p)) return fail(err, E_LIMIT, NULL, "no memory for a record");
    enum status s = record_add_file(l->record, l->reader, err);
    if (s == OK) s = document_each_indexed(db, p->id, load_document, l, err);
    if (s == OK) s = db_run(db, &q_chunk_list_of_patient, id, load_chunk, l, NULL, err);
    if (s == OK) s = load_vectors(db, p->id, l, err);
    if (s == OK) s = fact_each_of_patient(db, p->id, FACT_TYPE_COUNT, load_fact, l, err);
    return s;
}

static enum status load_once(struct db *db, const struct patient *p, struct str space, struct record **out,
                             struct err *err) {
    struct load l = { .space = space };
    enum status s = record_new(&l.record, err);
    if (s != OK) return s;
    s = text_reader_open(l.record->arena, &l.reader, err);
    if (s == OK) s = fill(db, p, &l, err);
    if (s == OK)
        *out = l.record;
    else
        record_free(l.record);
    return s;
}

enum status record_load(struct db *db, const struct patient *p, struct str space, struct record **out,
                        struct err *err) {
    struct patient now = *p;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        struct record *r = NULL;
        int64_t version;
        enum status s = load_once(db, &now, space, &r, err);
        if (s != OK) return s;
        s = patient_record_version(db, p->id, &version, err);
        if (s == OK && version == r->version) {
            *out = r;
            return OK;
        }
        record_free(r);
        if (s != OK) return s;
        now.record_version = version;
    }
    return fail(err, E_RETRY, NULL, "the record of patient %lld changes while it is read", (long long)p->id);
}

static enum status insert_chunk(struct db *db, int64_t patient_id, int64_t document_id, const struct chunk *c,
                                struct arena *scratch, struct err *err) {
    struct text_reader *reader;
    struct str terms;
    enum status s = text_reader_open(scratch, &reader, err);
    if (s == OK) s = terms_pack(reader, scratch, c->heading, c->text, &terms, err);
    if (s != OK) return s;
    const struct db_val args[] = { db_int(patient_id),  db_int(document_id), db_int(c->page),
                                   db_int(c->position), db_int(c->box.x),    db_int(c->box.y),
                                   db_int(c->box.w),    db_int(c->box.h),    db_int(c->confidence),
                                   db_text(c->heading), db_text(c->text),    db_blob(terms) };
    return db_run(db, &q_chunk_insert, args, NULL, NULL, NULL, err);
}

enum status chunk_store_replace(struct db *db, int64_t patient_id, int64_t document_id,
                                const struct chunk *chunks, size_t count, struct err *err) {
    const struct db_val id[] = { db_int(document_id) };
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    if (!scratch) return fail(err, E_LIMIT, NULL, "no memory for chunks");
    enum status s = db_run(db, &q_chunk_delete_of_document, id, NULL, NULL, NULL, err);
    for (size_t i = 0; i < count && s == OK; i++) {
        s = insert_chunk(db, patient_id, document_id, &chunks[i], scratch, err);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return s;
}
