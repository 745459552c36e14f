/*
 * sweep -- the job that removes uploads that nobody finished, and originals that no row names: what uploads left that broke off when the
 * program was killed.
 *
 * Running it twice does no harm. Young files are left alone: their rows may still be on their way.
 */
#include "documents/ingest.h"

#include "documents/document_row.h"
#include "documents/resumable.h"

#define BLOB_YOUNG_US (2 * HOUR_US)

struct sweep {
    struct job_context *context;
    const struct documents *room;
};

static enum status remove_unnamed(void *ctx, struct str name, struct err *e) {
    struct sweep *w = ctx;
    bool named;
    enum status s;

    if (job_is_stopping(w->context)) return fail(e, E_RETRY, NULL, "the program is stopping");
    if ((s = document_names_blob(w->context->db, name, &named, e)) != OK || named) return s;
    return blob_remove(&w->room->blobs, name, e);
}

enum status sweep_blobs_run(struct job_context *c, const struct job *job, struct err *e) {
    struct sweep w = { c, c->room };
    int64_t now_us = clock_now_us(c->clock);
    enum status s;

    (void)job;
    if ((s = resumable_remove_expired(c->db, w.room, now_us, e)) != OK) return s;
    return blob_each_older(&w.room->blobs, now_us - BLOB_YOUNG_US, remove_unnamed, &w, e);
}

void documents_job_kinds(struct documents *room, struct job_kind kinds[DOCUMENTS_JOB_COUNT]) {
    kinds[0] = (struct job_kind) { .name = DOCUMENT_JOB_INGEST,
                                   .run = ingest_run,
                                   .on_dead = ingest_dead,
                                   .room = room,
                                   .lease_us = INGEST_LEASE_US,
                                   .attempts_max = 5,
                                   .parallel_max = room->reading_max };
    kinds[1] = (struct job_kind) { .name = DOCUMENT_JOB_REMOVE_BLOB,
                                   .run = remove_blob_run,
                                   .room = room,
                                   .lease_us = MINUTE_US,
                                   .attempts_max = 10 };
    kinds[2] = (struct job_kind) { .name = DOCUMENT_JOB_SWEEP,
                                   .run = sweep_blobs_run,
                                   .room = room,
                                   .lease_us = 10 * MINUTE_US,
                                   .attempts_max = 3,
                                   .parallel_max = 1 };
}
