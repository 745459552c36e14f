#include "rag/embed_job.h"

#include "http/event_hub.h"
#include "rag/embed.h"
#include "rag/embedding_store.h"
#include "rag/rag_room.h"
#include "rag/vector_sync.h"

#include <jansson.h>
#include <stdio.h>

enum { REFUSED_IN_A_ROW_MAX = 3 };

enum status embed_patient_add_job(struct db *db, const struct rag *rag, int64_t patient_id, int64_t now_us,
                                  struct err *err) {
    char payload[64], key[32];
    if (!rag->embedder) return OK;
    snprintf(payload, sizeof payload, "{\"patient_id\":%lld}", (long long)patient_id);
    snprintf(key, sizeof key, "%lld", (long long)patient_id);
    return job_add(db, rag_signal(rag), STR(EMBED_JOB_PATIENT), str_from_c(payload), 0, str_from_c(key),
                   now_us, err);
}

enum status embed_all_add_job(struct db *db, const struct rag *rag, int64_t now_us, struct err *err) {
    if (!rag->embedder) return OK;
    return job_add(db, rag_signal(rag), STR(EMBED_JOB_ALL), STR("{}"), 0, STR("all"), now_us, err);
}

/* How far the work over everything is: counted once at its start, and from then on by what was stored. */
struct progress {
    bool told; /* of the work over everything */
    int64_t passages, embedded;
};

static void tell(const struct rag *rag, const struct progress *p, const char *state) {
    char text[EVENT_JSON_MAX];
    if (!p->told || !rag->documents) return;
    int n = snprintf(text, sizeof text, "{\"state\":\"%s\",\"passages\":%lld,\"embedded\":%lld}", state,
                     (long long)p->passages, (long long)p->embedded);
    event_hub_publish(rag->documents->events, "embedding", (struct str) { text, (size_t)n });
}

/* One batch is stored: the lease goes on, and who watches is told. */
static enum status go_on(struct job_context *c, const struct job *job, struct progress *p, size_t stored,
                         struct err *err) {
    p->embedded += (int64_t)stored;
    tell(c->room, p, "running");
    if (job_is_stopping(c)) return fail(err, E_RETRY, NULL, "the program is stopping");
    return job_renew(c, job, EMBED_LEASE_US, err);
}

static enum status embed_patient(struct job_context *c, const struct job *job, int64_t patient_id,
                                 struct progress *p, struct err *err) {
    size_t stored = 1;
    enum status s = OK;
    while (s == OK && stored) {
        s = embed_patient_batch(c->room, c->db, c->clock, patient_id, &stored, err);
        if (s == OK && stored) s = go_on(c, job, p, stored, err);
    }
    return s;
}

/* Ends the job unless passages came while it ended: their own job found this one unfinished, and was not added. */
static enum status end_unless_missing(struct job_context *c, const struct job *job, int64_t patient_id,
                                      bool *missing, struct err *err) {
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = embed_patient_is_missing(c->room, c->db, patient_id, missing, err);
    if (s == OK && !*missing) s = job_finish(c, job, err);
    return db_finish(c->db, s, err);
}

enum status embed_patient_run(struct job_context *c, const struct job *job, struct err *err) {
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    int64_t patient_id = json_integer_value(json_object_get(payload, "patient_id"));
    struct progress unwatched = { 0 };
    bool missing = true;
    enum status s = OK;
    json_decref(payload);
    if (patient_id <= 0) return fail(err, E_INVALID, NULL, "job %lld has no patient", (long long)job->id);
    const struct rag *rag = c->room;
    if (!rag->embedder) return OK;
    while (s == OK && missing) {
        s = embed_patient(c, job, patient_id, &unwatched, err);
        if (s == OK) s = end_unless_missing(c, job, patient_id, &missing, err);
    }
    return s;
}

/*
 * A text that the service refuses costs its patient, who is searched by words, and not everybody; several patients in a row mean that the key or
 * the model is wrong.
 */
static enum status embed_patients(struct job_context *c, const struct job *job, struct progress *p,
                                  struct err *err) {
    const struct rag *rag = c->room;
    enum status s, refusal = OK;
    int64_t id = 0;
    int in_a_row = 0;
    while ((s = embedding_next_patient(c->db, id, rag->space, &id, err)) == OK && id) {
        s = embed_patient(c, job, id, p, err);
        in_a_row = s == E_INVALID ? in_a_row + 1 : 0;
        if (in_a_row) refusal = s;
        if (s != OK && (!in_a_row || in_a_row == REFUSED_IN_A_ROW_MAX)) return s;
    }
    return s == OK ? refusal : s;
}

static enum status embed_advice(struct job_context *c, const struct job *job, struct progress *p,
                                struct err *err) {
    size_t stored = 1;
    enum status s = OK;
    while (s == OK && stored) {
        s = embed_advice_batch(c->room, c->db, c->clock, &stored, err);
        if (s == OK && stored) s = go_on(c, job, p, stored, err);
    }
    return s;
}

/* The store holds what the table held before: it is made like it, and the namespaces of the old space go. */
static enum status reconcile_store(struct job_context *c, struct err *err) {
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = vector_reconcile_now(c->db, c->room, clock_now_us(c->clock), err);
    return db_finish(c->db, s, err);
}

/* Who said no keeps none, however it was said. */
static enum status forget_withdrawn(struct job_context *c, struct err *err) {
    int64_t id = 0;
    enum status s;
    while ((s = embedding_next_withdrawn(c->db, id, &id, err)) == OK && id) {
        if ((s = db_begin(c->db, err)) != OK) return s;
        s = embedding_forget_patient(c->db, id, err);
        if (s == OK) s = patient_touch_record(c->db, id, err);
        if (s == OK) s = vector_sync_add_job(c->db, c->room, id, clock_now_us(c->clock), err);
        if ((s = db_finish(c->db, s, err)) != OK) return s;
    }
    return s;
}

/* Advice that was published meanwhile found this job unfinished, and added none. */
static enum status end_all(struct job_context *c, const struct job *job, struct progress *p,
                           struct err *err) {
    bool missing = true;
    enum status s = OK;
    while (s == OK && missing) {
        s = end_unless_missing(c, job, 0, &missing, err);
        if (s == OK && missing) s = embed_advice(c, job, p, err);
    }
    return s;
}

enum status embed_all_run(struct job_context *c, const struct job *job, struct err *err) {
    const struct rag *rag = c->room;
    struct embedding_progress counted;
    enum status s = forget_withdrawn(c, err);
    if (s != OK || !rag->embedder) return s;
    if ((s = embedding_progress_get(c->db, rag->space, &counted, err)) != OK) return s;
    struct progress p = { true, counted.passages, counted.embedded };
    s = embed_patients(c, job, &p, err);
    if (s == OK) s = embed_advice(c, job, &p, err);
    /* Only now: until all are there, the old ones cost nothing but room, and going back to the old model costs nothing at all. */
    if (s == OK) s = embedding_forget_other_spaces(c->db, rag->space, err);
    if (s == OK && counted.others) s = reconcile_store(c, err);
    if (s == OK) s = end_all(c, job, &p, err);
    if (s == OK) tell(rag, &p, "complete");
    return s;
}
