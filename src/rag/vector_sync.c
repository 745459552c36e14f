#include "rag/vector_sync.h"

#include "rag/embedding_store.h"
#include "rag/rag_room.h"
#include "vectors/vector_store.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* One patient's vectors and ids, and the answers of the store; 20,000 passages of 1,536 numbers fit. */
enum { SYNC_BYTES = 192 << 20, RECONCILE_BYTES = 64 << 20 };

static const struct str nobody = { "{}", 2 };

enum status vector_sync_add_job(struct db *db, const struct rag *rag, int64_t patient_id, int64_t now_us,
                                struct err *err) {
    char payload[64], key[32];
    if (!rag->store) return OK;
    snprintf(payload, sizeof payload, "{\"patient_id\":%lld}", (long long)patient_id);
    snprintf(key, sizeof key, "%lld", (long long)patient_id);
    return job_add(db, rag_signal(rag), STR(VECTOR_JOB_SYNC), str_from_c(payload), 0, str_from_c(key), now_us,
                   err);
}

enum status vector_forget_add_job(struct db *db, const struct rag *rag, int64_t patient_id, int64_t now_us,
                                  struct err *err) {
    char name[VECTOR_NAMESPACE_BYTES], payload[VECTOR_NAMESPACE_BYTES + 32];
    if (!rag->store) return OK;
    vector_namespace(&rag->vector_key, rag->space, patient_id, name);
    snprintf(payload, sizeof payload, "{\"namespace\":\"%s\"}", name);
    return job_add(db, rag_signal(rag), STR(VECTOR_JOB_FORGET), str_from_c(payload), 0, str_from_c(name),
                   now_us, err);
}

enum status vector_reconcile_now(struct db *db, const struct rag *rag, int64_t now_us, struct err *err) {
    if (!rag->store) return OK;
    return job_add(db, rag_signal(rag), STR(VECTOR_JOB_RECONCILE), nobody, 0, STR("now"), now_us, err);
}

static int by_chunk(const void *a, const void *b) {
    const struct vector_item *x = a, *y = b;
    return x->chunk_id < y->chunk_id ? -1 : x->chunk_id > y->chunk_id;
}

/* What one side has and the other has not; both are sorted. Both lists live in the arena. */
struct difference {
    struct vector_item *missing, *extra;
    size_t missing_count, extra_count;
};

static bool is_same(const struct vector_item *ours, const struct vector_item *theirs) {
    return ours->chunk_id == theirs->chunk_id && ours->document_id == theirs->document_id;
}

static enum status compare(struct arena *arena, struct vector_item *ours, size_t our_count,
                           struct vector_item *theirs, size_t their_count, struct difference *d,
                           struct err *err) {
    d->missing = arena_array(arena, our_count + 1, sizeof *d->missing);
    d->extra = arena_array(arena, their_count + 1, sizeof *d->extra);
    if (!d->missing || !d->extra) return fail(err, E_LIMIT, NULL, "no memory to compare vectors");
    d->missing_count = d->extra_count = 0;
    if (our_count) qsort(ours, our_count, sizeof *ours, by_chunk);
    if (their_count) qsort(theirs, their_count, sizeof *theirs, by_chunk);
    size_t i = 0, k = 0;
    while (i < our_count || k < their_count) {
        bool ours_next = k == their_count || (i < our_count && ours[i].chunk_id < theirs[k].chunk_id);
        bool theirs_next = i == our_count || (k < their_count && theirs[k].chunk_id < ours[i].chunk_id);
        if (ours_next) {
            d->missing[d->missing_count++] = ours[i++];
        } else if (theirs_next || !is_same(&ours[i], &theirs[k])) {
            d->extra[d->extra_count++] = theirs[k++];
        } else {
            i++;
            k++;
        }
    }
    return OK;
}

/* Makes the namespace of a patient what the table is. */
static enum status sync(const struct rag *rag, struct db *db, struct arena *arena, int64_t patient_id,
                        struct err *err) {
    const struct vector_store *store = rag->store;
    char name[VECTOR_NAMESPACE_BYTES];
    struct vector_item *ours = NULL, *theirs = NULL;
    size_t our_count = 0, their_count = 0, dimensions = 0;
    struct difference d = { 0 };
    vector_namespace(&rag->vector_key, rag->space, patient_id, name);
    struct str space = str_from_c(name);
    enum status s = embedding_list(db, arena, patient_id, rag->space, &ours, &our_count, err);
    if (s == OK) s = store->list(store->ctx, arena, space, &theirs, &their_count, err);
    if (s != OK) return s;
    if (our_count == 0) return their_count ? store->forget(store->ctx, arena, space, err) : OK;
    dimensions = ours[0].packed.n - VECTOR_SCALE_BYTES;
    if ((s = compare(arena, ours, our_count, theirs, their_count, &d, err)) != OK) return s;
    if (d.missing_count)
        s = store->put(store->ctx, arena, space, dimensions, d.missing, d.missing_count, err);
    if (s == OK && d.extra_count) s = store->remove(store->ctx, arena, space, d.extra, d.extra_count, err);
    return s;
}

/* With memory of its own, which is given back between patients. */
static enum status sync_patient(const struct rag *rag, struct db *db, int64_t patient_id, struct err *err) {
    struct arena *arena = arena_new(SYNC_BYTES);
    if (!arena) return fail(err, E_LIMIT, NULL, "no memory to compare vectors");
    enum status s = sync(rag, db, arena, patient_id, err);
    arena_free(arena);
    return s;
}

/* Ends the job unless the record changed meanwhile: whoever changed it found this job unfinished, and added none. */
static enum status end_if_still(struct job_context *c, const struct job *job, int64_t patient_id,
                                int64_t version, bool *ended, struct err *err) {
    int64_t now = 0;
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = patient_record_version(c->db, patient_id, &now, NULL);
    bool gone = s == E_NOT_FOUND;
    *ended = gone || (s == OK && now == version);
    s = s == OK || gone ? OK : fail(err, s, NULL, "patient %lld could not be read", (long long)patient_id);
    if (s == OK && *ended) s = job_finish(c, job, err);
    return db_finish(c->db, s, err);
}

enum status vector_sync_run(struct job_context *c, const struct job *job, struct err *err) {
    const struct rag *rag = c->room;
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    int64_t patient_id = json_integer_value(json_object_get(payload, "patient_id")), version = 0;
    bool ended = false;
    json_decref(payload);
    if (!rag->store) return OK;
    if (patient_id <= 0) return fail(err, E_INVALID, NULL, "job %lld has no patient", (long long)job->id);
    while (!ended) {
        if (job_is_stopping(c)) return fail(err, E_RETRY, NULL, "the program is stopping");
        enum status s = patient_record_version(c->db, patient_id, &version, NULL);
        if (s == E_NOT_FOUND) return OK; /* erased: his namespace has a job of its own */
        if (s != OK) return fail(err, s, NULL, "patient %lld could not be read", (long long)patient_id);
        s = sync_patient(rag, c->db, patient_id, err);
        if (s == OK) s = end_if_still(c, job, patient_id, version, &ended, err);
        if (s != OK) return s;
    }
    return OK;
}

enum status vector_forget_run(struct job_context *c, const struct job *job, struct err *err) {
    const struct rag *rag = c->room;
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    const char *name = json_string_value(json_object_get(payload, "namespace"));
    enum status s = OK;
    if (!name)
        s = fail(err, E_INVALID, NULL, "job %lld has no namespace", (long long)job->id);
    else if (rag->store)
        s = rag->store->forget(rag->store->ctx, c->arena, str_from_c(name), err);
    json_decref(payload);
    return s;
}

static int by_name(const void *a, const void *b) {
    return memcmp(a, b, VECTOR_NAMESPACE_BYTES);
}

/* The namespaces that there should be, in order. */
struct expected {
    char (*names)[VECTOR_NAMESPACE_BYTES];
    size_t count;
};

static enum status sync_everybody(struct job_context *c, const struct job *job, struct arena *arena,
                                  struct expected *out, struct err *err) {
    const struct rag *rag = c->room;
    int64_t *ids = NULL;
    enum status s = embedding_list_patients(c->db, arena, rag->space, &ids, &out->count, err);
    if (s != OK) return s;
    out->names = arena_array(arena, out->count + 1, sizeof *out->names);
    if (!out->names) return fail(err, E_LIMIT, NULL, "no memory for namespaces");
    for (size_t i = 0; i < out->count && s == OK; i++) {
        vector_namespace(&rag->vector_key, rag->space, ids[i], out->names[i]);
        if (job_is_stopping(c)) return fail(err, E_RETRY, NULL, "the program is stopping");
        s = sync_patient(rag, c->db, ids[i], err);
        if (s == OK) s = job_renew(c, job, VECTOR_LEASE_US, err);
    }
    if (out->count) qsort(out->names, out->count, sizeof *out->names, by_name);
    return s;
}

/* Of this installation, and of no patient who has vectors now: erased, withdrawn, or of the space before. */
static enum status forget_strangers(struct job_context *c, struct arena *arena,
                                    const struct expected *expected, const struct str *names, size_t count,
                                    struct err *err) {
    const struct vector_store *store = ((const struct rag *)c->room)->store;
    enum status s = OK;
    for (size_t i = 0; i < count && s == OK; i++) {
        char name[VECTOR_NAMESPACE_BYTES] = { 0 };
        if (names[i].n >= sizeof name) continue;
        memcpy(name, names[i].p, names[i].n);
        bool known = expected->count &&
                     bsearch(name, expected->names, expected->count, sizeof *expected->names, by_name);
        if (!known) s = store->forget(store->ctx, arena, names[i], err);
    }
    return s;
}

/* What is there is listed before who should be: a patient who comes in between is never taken for a stranger. */
static enum status reconcile(struct job_context *c, const struct job *job, struct arena *arena,
                             struct err *err) {
    const struct rag *rag = c->room;
    struct expected expected = { 0 };
    char prefix[VECTOR_NAMESPACE_BYTES];
    struct str *names = NULL;
    size_t count = 0;
    vector_namespace_prefix(&rag->vector_key, prefix);
    enum status s = rag->store->namespaces(rag->store->ctx, arena, str_from_c(prefix), &names, &count, err);
    if (s == OK) s = sync_everybody(c, job, arena, &expected, err);
    return s == OK ? forget_strangers(c, arena, &expected, names, count, err) : s;
}

static enum status end_and_come_back(struct job_context *c, const struct job *job, struct err *err) {
    int64_t now_us = clock_now_us(c->clock);
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = job_finish(c, job, err);
    if (s == OK)
        s = job_add(c->db, rag_signal(c->room), STR(VECTOR_JOB_RECONCILE), nobody, now_us + DAY_US,
                    STR("daily"), now_us, err);
    return db_finish(c->db, s, err);
}

enum status vector_reconcile_run(struct job_context *c, const struct job *job, struct err *err) {
    const struct rag *rag = c->room;
    if (!rag->store) return OK;
    struct arena *arena = arena_new(RECONCILE_BYTES);
    if (!arena) return fail(err, E_LIMIT, NULL, "no memory to reconcile vectors");
    enum status s = reconcile(c, job, arena, err);
    arena_free(arena);
    return s == OK ? end_and_come_back(c, job, err) : s;
}
