#include "rag/embedding_store.h"

#include "db/db.h"
#include "patients/consent.h"
#include "queries.h"
#include "vectors/vector_store.h"

enum { DELETED_AT_ONCE = 500 };

static struct str purpose(void) {
    return str_from_c(consent_purpose_name(CONSENT_EXTERNAL_MODEL));
}

struct take_space {
    struct embedding_space *out;
    bool found;
};

static enum status take_space(void *ctx, const struct db_val *col, struct err *err) {
    struct take_space *t = ctx;
    (void)err;
    *t->out = (struct embedding_space) { col[0].i, col[1].i };
    t->found = true;
    return OK;
}

enum status embedding_space_find(struct db *db, struct str name, struct embedding_space *out,
                                 struct err *err) {
    const struct db_val args[] = { db_text(name) };
    struct take_space t = { out, false };
    enum status s = db_run(db, &q_embedding_space_get, args, take_space, &t, NULL, err);
    return s == OK && !t.found ? E_NOT_FOUND : s;
}

enum status embedding_space_open(struct db *db, struct str name, size_t dimensions, int64_t now_us,
                                 struct embedding_space *out, struct err *err) {
    const struct db_val args[] = { db_text(name), db_int((int64_t)dimensions), db_int(now_us) };
    enum status s = db_run(db, &q_embedding_space_add, args, NULL, NULL, NULL, err);
    if (s == OK) s = embedding_space_find(db, name, out, err);
    if (s == OK && out->dimensions != (int64_t)dimensions)
        return fail(err, E_CONFLICT, NULL, "space %lld has vectors of %lld, not of %zu", (long long)out->id,
                    (long long)out->dimensions, dimensions);
    return s;
}

struct listing {
    struct arena *arena;
    struct unembedded *out;
    size_t count;
};

static enum status take_missing(void *ctx, const struct db_val *col, struct err *err) {
    struct listing *l = ctx;
    struct unembedded *u = &l->out[l->count];
    *u = (struct unembedded) { .chunk_id = col[0].i, .document_id = col[1].i };
    enum status s = db_copy(l->arena, &col[2], &u->title, err);
    if (s == OK) s = db_copy(l->arena, &col[3], &u->author, err);
    if (s == OK) s = db_copy(l->arena, &col[4], &u->heading, err);
    if (s == OK) s = db_copy(l->arena, &col[5], &u->text, err);
    l->count += s == OK;
    return s;
}

enum status embedding_list_missing(struct db *db, struct arena *arena, int64_t patient_id, struct str space,
                                   struct unembedded *out, size_t max, size_t *count, struct err *err) {
    const struct db_val args[] = { db_int(patient_id), db_text(space), db_text(purpose()),
                                   db_int((int64_t)max) };
    struct listing l = { arena, out, 0 };
    enum status s = db_run(db, &q_chunk_without_vector, args, take_missing, &l, NULL, err);
    *count = l.count;
    return s;
}

static enum status next_patient(struct db *db, const struct db_query *q, const struct db_val *args,
                                int64_t *patient_id, struct err *err) {
    *patient_id = 0;
    enum status s = db_get_i64(db, q, args, patient_id, err);
    return s == E_NOT_FOUND ? OK : s;
}

enum status embedding_next_patient(struct db *db, int64_t after, struct str space, int64_t *patient_id,
                                   struct err *err) {
    const struct db_val args[] = { db_int(after), db_text(space), db_text(purpose()) };
    return next_patient(db, &q_patient_without_vectors, args, patient_id, err);
}

enum status embedding_next_withdrawn(struct db *db, int64_t after, int64_t *patient_id, struct err *err) {
    const struct db_val args[] = { db_int(after), db_text(purpose()) };
    return next_patient(db, &q_patient_with_vectors_without_consent, args, patient_id, err);
}

enum status embedding_put(struct db *db, int64_t space_id, int64_t patient_id, int64_t chunk_id,
                          struct str packed, struct err *err) {
    const struct db_val args[] = { db_int(chunk_id), db_int(space_id), db_int(patient_id), db_blob(packed) };
    return db_run(db, &q_chunk_vector_put, args, NULL, NULL, NULL, err);
}

enum status embedding_forget_patient(struct db *db, int64_t patient_id, struct err *err) {
    const struct db_val args[] = { db_int(patient_id) };
    return db_run(db, &q_chunk_vector_delete_of_patient, args, NULL, NULL, NULL, err);
}

struct vectors {
    struct arena *arena;
    struct vector_item *items;
    size_t count, capacity;
};

static enum status take_vector(void *ctx, const struct db_val *col, struct err *err) {
    struct vectors *v = ctx;
    if (v->count == v->capacity) {
        size_t more = v->capacity ? 2 * v->capacity : 64;
        struct vector_item *larger = arena_array(v->arena, more, sizeof *larger);
        if (!larger) return fail(err, E_LIMIT, NULL, "no memory for vectors");
        if (v->count) memcpy(larger, v->items, v->count * sizeof *larger);
        v->items = larger;
        v->capacity = more;
    }
    struct vector_item *item = &v->items[v->count++];
    *item = (struct vector_item) { .document_id = col[0].i, .chunk_id = col[1].i };
    return db_copy(v->arena, &col[2], &item->packed, err);
}

enum status embedding_list(struct db *db, struct arena *arena, int64_t patient_id, struct str space,
                           struct vector_item **out, size_t *count, struct err *err) {
    const struct db_val args[] = { db_int(patient_id), db_text(space) };
    struct vectors v = { .arena = arena };
    enum status s = db_run(db, &q_chunk_vector_list_of_patient, args, take_vector, &v, NULL, err);
    *out = v.items;
    *count = v.count;
    return s;
}

struct patients_found {
    struct arena *arena;
    int64_t *ids;
    size_t count, capacity;
};

static enum status take_patient(void *ctx, const struct db_val *col, struct err *err) {
    struct patients_found *p = ctx;
    if (p->count == p->capacity) {
        size_t more = p->capacity ? 2 * p->capacity : 256;
        int64_t *larger = arena_array(p->arena, more, sizeof *larger);
        if (!larger) return fail(err, E_LIMIT, NULL, "no memory for patients with vectors");
        if (p->count) memcpy(larger, p->ids, p->count * sizeof *larger);
        p->ids = larger;
        p->capacity = more;
    }
    p->ids[p->count++] = col[0].i;
    return OK;
}

enum status embedding_list_patients(struct db *db, struct arena *arena, struct str space, int64_t **out,
                                    size_t *count, struct err *err) {
    const struct db_val args[] = { db_text(space) };
    struct patients_found p = { .arena = arena };
    enum status s = db_run(db, &q_patient_with_vectors, args, take_patient, &p, NULL, err);
    *out = p.ids;
    *count = p.count;
    return s;
}

static enum status take_missing_advice(void *ctx, const struct db_val *col, struct err *err) {
    struct listing *l = ctx;
    struct unembedded *u = &l->out[l->count];
    *u = (struct unembedded) { .chunk_id = col[0].i, .document_id = col[1].i, .author = STR("") };
    enum status s = db_copy(l->arena, &col[2], &u->title, err);
    if (s == OK) s = db_copy(l->arena, &col[3], &u->heading, err);
    if (s == OK) s = db_copy(l->arena, &col[4], &u->text, err);
    l->count += s == OK;
    return s;
}

enum status embedding_list_missing_advice(struct db *db, struct arena *arena, struct str space,
                                          struct unembedded *out, size_t max, size_t *count,
                                          struct err *err) {
    const struct db_val args[] = { db_text(space), db_int((int64_t)max) };
    struct listing l = { arena, out, 0 };
    enum status s = db_run(db, &q_advice_without_vector, args, take_missing_advice, &l, NULL, err);
    *count = l.count;
    return s;
}

enum status embedding_put_advice(struct db *db, int64_t space_id, int64_t chunk_id, struct str packed,
                                 struct err *err) {
    const struct db_val args[] = { db_int(chunk_id), db_int(space_id), db_blob(packed) };
    return db_run(db, &q_advice_vector_put, args, NULL, NULL, NULL, err);
}

enum status embedding_touch_advice(struct db *db, struct err *err) {
    return db_run(db, &q_advice_collection_touch, NULL, NULL, NULL, NULL, err);
}

struct take_run {
    struct arena *arena;
    struct embedding_run *out;
};

static enum status take_run(void *ctx, const struct db_val *col, struct err *err) {
    struct take_run *t = ctx;
    enum status s = db_copy(t->arena, &col[0], &t->out->state, err);
    if (s == OK) s = db_copy(t->arena, &col[1], &t->out->last_error, err);
    t->out->due_us = col[2].i;
    t->out->finished_us = col[3].i;
    return s;
}

enum status embedding_last_run(struct db *db, struct arena *arena, struct str kind, struct embedding_run *out,
                               struct err *err) {
    const struct db_val args[] = { db_text(kind) };
    struct take_run t = { arena, out };
    *out = (struct embedding_run) { .state = STR(""), .last_error = STR("") };
    return db_run(db, &q_embedding_last_run, args, take_run, &t, NULL, err);
}

static enum status take_progress(void *ctx, const struct db_val *col, struct err *err) {
    struct embedding_progress *p = ctx;
    (void)err;
    p->passages = col[0].i;
    p->embedded = col[1].i;
    return OK;
}

enum status embedding_progress_get(struct db *db, struct str space, struct embedding_progress *out,
                                   struct err *err) {
    const struct db_val args[] = { db_text(space), db_text(purpose()) };
    struct embedding_progress advice = { 0 };
    *out = (struct embedding_progress) { 0 };
    enum status s = db_run(db, &q_embedding_progress, args, take_progress, out, NULL, err);
    if (s == OK) s = db_run(db, &q_advice_vector_progress, args, take_progress, &advice, NULL, err);
    out->passages += advice.passages;
    out->embedded += advice.embedded;
    return s == OK ? db_get_i64(db, &q_chunk_vector_count_other_spaces, args, &out->others, err) : s;
}

static enum status delete_some(struct db *db, struct str space, int64_t *deleted, struct err *err) {
    const struct db_val args[] = { db_text(space), db_int(DELETED_AT_ONCE) };
    enum status s = db_begin(db, err);
    if (s != OK) return s;
    s = db_run(db, &q_chunk_vector_delete_other_spaces, args, NULL, NULL, deleted, err);
    if (s == OK && *deleted == 0)
        s = db_run(db, &q_embedding_space_delete_others, args, NULL, NULL, NULL, err);
    return db_finish(db, s, err);
}

enum status embedding_forget_other_spaces(struct db *db, struct str space, struct err *err) {
    int64_t deleted = 1;
    enum status s = OK;
    while (s == OK && deleted) s = delete_some(db, space, &deleted, err);
    return s;
}
