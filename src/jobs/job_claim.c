#include "jobs/job_claim.h"

void job_slots_init(struct job_slots *slots) {
    *slots = (struct job_slots) { 0 };
    pthread_mutex_init(&slots->lock, NULL);
}

void job_slots_done(struct job_slots *slots) {
    pthread_mutex_destroy(&slots->lock);
}

void job_slots_take(struct job_slots *slots, int kind) {
    pthread_mutex_lock(&slots->lock);
    slots->running[kind]++;
    pthread_mutex_unlock(&slots->lock);
}

void job_slots_release(struct job_slots *slots, int kind) {
    pthread_mutex_lock(&slots->lock);
    slots->running[kind]--;
    pthread_mutex_unlock(&slots->lock);
}

static bool has_slot(const struct job_slots *slots, const struct job_kind *kinds, int kind) {
    return kinds[kind].parallel_max == 0 || slots->running[kind] < kinds[kind].parallel_max;
}

static bool take_slot(struct job_slots *slots, const struct job_kind *kinds, int kind) {
    pthread_mutex_lock(&slots->lock);
    bool free_slot = has_slot(slots, kinds, kind);
    if (free_slot) slots->running[kind]++;
    pthread_mutex_unlock(&slots->lock);
    return free_slot;
}

/* The kinds that may run one more now. */
static void free_kinds(struct job_slots *slots, const struct job_kind *kinds, bool *out) {
    pthread_mutex_lock(&slots->lock);
    for (int i = 0; kinds[i].name; i++) out[i] = has_slot(slots, kinds, i);
    pthread_mutex_unlock(&slots->lock);
}

static bool is_earlier(const struct job_head *a, const struct job_head *b) {
    return a->due_at_us < b->due_at_us || (a->due_at_us == b->due_at_us && a->id < b->id);
}

/* One index look-up a kind, however many rows wait. */
static enum status find_head_by_kind(struct db *db, const struct job_kind *kinds, const bool *allowed,
                                     struct job_head *out, struct err *e) {
    for (int i = 0; kinds[i].name; i++) {
        struct job_head head;
        if (!allowed[i]) continue;
        enum status s = job_store_head(db, kinds, i, &head, e);
        if (s == E_NOT_FOUND) continue;
        if (s != OK) return s;
        if (out->kind < 0 || is_earlier(&head, out)) *out = head;
    }
    return OK;
}

/*
 * The earliest unfinished job of the kinds that may run; kind -1: there is none. Kinds that are full and have much to do may stand before
 * all others: then each kind is asked. *more: another one is due, of whatever kind.
 */
static enum status find_head(struct db *db, const struct job_kind *kinds, const bool *allowed, int64_t now_us,
                             struct job_head *out, bool *more, struct err *e) {
    struct job_head heads[JOB_HEADS_MAX];
    size_t count;
    enum status s = job_store_heads(db, kinds, heads, &count, e);

    *out = (struct job_head) { .kind = -1 };
    if (s != OK) return s;
    *more = count > 1 && heads[1].due_at_us <= now_us;
    for (size_t i = 0; i < count; i++) {
        if (heads[i].kind < 0 || !allowed[heads[i].kind]) continue;
        *out = heads[i];
        return OK;
    }
    return count == JOB_HEADS_MAX ? find_head_by_kind(db, kinds, allowed, out, e) : OK;
}

/* Inside a transaction: what was seen outside of it may be taken by now. */
static enum status claim_head(struct db *db, struct arena *a, const struct job_kind *kinds,
                              const bool *allowed, struct job_slots *slots, int64_t now_us,
                              struct job_claimed *out, struct err *e) {
    struct job_head head;
    enum status s = find_head(db, kinds, allowed, now_us, &head, &out->more, e);
    if (s != OK || head.kind < 0 || head.due_at_us > now_us) {
        out->next_due_us = s == OK && head.kind >= 0 ? head.due_at_us : INT64_MAX;
        return s;
    }
    if (!take_slot(slots, kinds, head.kind)) return OK;

    const struct job_kind *kind = &kinds[head.kind];
    out->kind = head.kind;
    out->job = (struct job) { .id = head.id, .kind = str_from_c(kind->name), .attempts = head.attempts + 1 };
    out->job.last_attempt = out->job.attempts >= kind->attempts_max;
    s = job_store_claim(db, a, &head, now_us, now_us + kind->lease_us, &out->job.payload, e);
    if (s == OK) return OK;
    job_slots_release(slots, head.kind);
    out->kind = -1;
    return s == E_NOT_FOUND ? OK : s;
}

void job_claim_drop(struct job_claimer *c) {
    if (c->next.kind >= 0) job_slots_release(c->slots, c->next.kind);
    c->next = (struct job_claimed) { .kind = -1 };
    c->looked = false;
}

enum status job_claim_with_end(struct job_claimer *c, struct db *db, int64_t now_us, struct err *e) {
    bool allowed[JOB_KINDS_MAX];
    job_claim_drop(c); /* of a transaction that was tried before */
    free_kinds(c->slots, c->kinds, allowed);
    enum status s = claim_head(db, c->arena, c->kinds, allowed, c->slots, now_us, &c->next, e);
    c->looked = s == OK && c->next.kind < 0 && c->next.next_due_us > now_us;
    return s;
}

enum status job_claim_next(struct db *db, struct arena *a, const struct job_kind *kinds,
                           struct job_slots *slots, int64_t now_us, struct job_claimed *out, struct err *e) {
    bool allowed[JOB_KINDS_MAX];
    struct job_head head;
    enum status s;
    bool more;
    *out = (struct job_claimed) { .kind = -1, .next_due_us = INT64_MAX };
    for (;;) {
        free_kinds(slots, kinds, allowed);
        /* Looking first as a reader: an idle worker must not keep the writer busy. */
        if ((s = find_head(db, kinds, allowed, now_us, &head, &more, e)) != OK) return s;
        if (head.kind < 0) return OK;
        if (head.due_at_us > now_us) {
            out->next_due_us = head.due_at_us;
            return OK;
        }
        if ((s = db_begin(db, e)) != OK) return s;
        s = claim_head(db, a, kinds, allowed, slots, now_us, out, e);
        s = db_finish(db, s, e);
        if (s != OK && out->kind >= 0) {
            job_slots_release(slots, out->kind); /* the commit failed: the lease was not taken */
            out->kind = -1;
        }
        if (s != OK || out->kind >= 0) return s;
    }
}
