#include "rag/advice_record.h"

#include "db/db.h"
#include "patients/patient.h"
#include "queries.h"
#include "search/chunk.h"

enum { ATTEMPTS_MAX = 3, SCRATCH_BYTES = 4 << 20 };

enum status advice_version(struct db *db, int64_t *version, struct err *e) {
    return db_get_i64(db, &q_advice_collection_version, NULL, version, e);
}

struct load {
    struct record *record;
    struct text_reader *reader;
    uint32_t next_chunk; /* that may have the next vector */
};

static enum status load_sheet(void *ctx, const struct db_val *col, struct err *e) {
    struct load *l = ctx;
    const struct record_document sheet = { .id = col[0].i,
                                           .title = col[1].s,
                                           .language = patient_language_from_name(col[2].s) };
    return record_add_document(l->record, l->reader, &sheet, e);
}

/* One that was published since the sheets were listed is not there: the version tells, and all is read again. */
static enum status load_passage(void *ctx, const struct db_val *col, struct err *e) {
    struct load *l = ctx;
    const struct record_chunk chunk = {
        .id = col[0].i, .page = 1, .confidence = 100, .heading = col[2].s, .text = col[3].s
    };
    enum status s = record_add_chunk(l->record, col[1].i, &chunk, col[4].s, e);
    return s == E_NOT_FOUND ? OK : s;
}

static enum status load_vector(void *ctx, const struct db_val *col, struct err *e) {
    struct load *l = ctx;
    return record_add_vector_of(l->record, &l->next_chunk, col[0].i, col[1].i, col[2].s, e);
}

static enum status load_once(struct db *db, struct str space, struct record **out, struct err *e) {
    const struct db_val of_space[] = { db_text(space) };
    struct load l = { 0 };
    enum status s = record_new(&l.record, e);

    if (s != OK) return s;
    s = advice_version(db, &l.record->version, e);
    if (s == OK) s = text_reader_open(l.record->arena, &l.reader, e);
    if (s == OK) s = db_run(db, &q_advice_published_list, NULL, load_sheet, &l, NULL, e);
    if (s == OK) s = db_run(db, &q_advice_chunk_list, NULL, load_passage, &l, NULL, e);
    if (s == OK && space.n) s = db_run(db, &q_advice_vector_list, of_space, load_vector, &l, NULL, e);
    if (s == OK)
        *out = l.record;
    else
        record_free(l.record);
    return s;
}

enum status advice_record_load(struct db *db, struct str space, struct record **out, struct err *e) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        struct record *r;
        int64_t version;
        enum status s = load_once(db, space, &r, e);
        if (s != OK) return s;
        s = advice_version(db, &version, e);
        if (s == OK && version == r->version) {
            *out = r;
            return OK;
        }
        record_free(r);
        if (s != OK) return s;
    }
    return fail(e, E_RETRY, NULL, "the advice changes while it is read");
}

enum status advice_passages_drop(struct db *db, int64_t advice_id, struct err *e) {
    const struct db_val args[] = { db_int(advice_id) };
    enum status s = db_run(db, &q_advice_chunk_delete, args, NULL, NULL, NULL, e);

    return s == OK ? db_run(db, &q_advice_collection_touch, NULL, NULL, NULL, NULL, e) : s;
}

static enum status add_passage(struct db *db, struct arena *scratch, int64_t advice_id, const struct chunk *c,
                               struct err *e) {
    struct text_reader *reader;
    struct str terms;
    enum status s = text_reader_open(scratch, &reader, e);

    if (s == OK) s = terms_pack(reader, scratch, c->heading, c->text, &terms, e);
    if (s != OK) return s;
    const struct db_val args[] = { db_int(advice_id), db_int(c->position), db_text(c->heading),
                                   db_text(c->text), db_blob(terms) };
    return db_run(db, &q_advice_chunk_insert, args, NULL, NULL, NULL, e);
}

enum status advice_passages_put(struct db *db, struct arena *arena, const struct advice *a, struct err *e) {
    const struct page page = { .number = 1, .confidence = 100, .legible = true, .text = a->body };
    struct chunk *chunks = NULL;
    size_t count = 0;
    enum status s = advice_passages_drop(db, a->id, e);

    if (s == OK) s = chunk_pages(arena, &page, 1, &chunks, &count, e);
    if (s != OK) return s;
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    if (!scratch) return fail(e, E_LIMIT, NULL, "no memory for passages");
    for (size_t i = 0; i < count && s == OK; i++) {
        s = add_passage(db, scratch, a->id, &chunks[i], e);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return s;
}
