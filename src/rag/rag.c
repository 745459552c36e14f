#include "rag/rag_room.h"

#include "rag/advice_job.h"
#include "search/chunk.h"
#include "rag/embed_job.h"
#include "search/record_store.h"
#include "rag/vector_sync.h"

/* Books, tables and the cache's own rows; records have arenas of their own. */
enum { ROOM_BYTES = 16 << 20 };

enum status rag_open(const struct rag_options *options, struct rag **out, struct err *err) {
    struct arena *arena = arena_new(ROOM_BYTES);
    if (!arena) return fail(err, E_LIMIT, NULL, "no memory for answers");
    struct rag *rag = arena_alloc(arena, sizeof *rag);
    struct str region = options->default_region.n ? options->default_region : STR("SN");
    enum status s = rag ? OK : fail(err, E_LIMIT, NULL, "no memory for answers");
    if (s == OK) {
        rag->arena = arena;
        rag->generator = options->generator;
        rag->model_timeout_us = options->model_timeout_us ? options->model_timeout_us : RAG_MODEL_TIMEOUT_US;
        rag->embedder = options->embedder;
        rag->store = options->store;
        rag->vector_key = options->vector_key;
        rag->space = rag->embedder ? rag->embedder->space : STR("");
        rag->documents = options->documents;
        rag->alerts = options->alerts;
        rag->watch = options->watch;
        if (!arena_dup(arena, options->emergency_number, &rag->emergency_number) ||
            !arena_dup(arena, region, &rag->default_region))
            s = fail(err, E_LIMIT, NULL, "no memory for answers");
    }
    if (s == OK) s = answer_books_new(arena, &rag->books, err);
    if (s == OK)
        s = record_cache_new(arena, options->cache_bytes ? options->cache_bytes : RAG_CACHE_BYTES,
                             &rag->cache, err);
    if (s == OK) s = record_cache_new(arena, RECORD_MAX_BYTES, &rag->advice, err);
    if (s == OK)
        *out = rag;
    else
        arena_free(arena);
    return s;
}

void rag_close(struct rag *rag) {
    if (!rag) return;
    record_cache_free(rag->cache);
    record_cache_free(rag->advice);
    arena_free(rag->arena);
}

/* Replaces the chunks of the document, so that running it twice leaves what running it once does. */
static enum status index_document(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                                  int64_t document_id, const struct page *pages, size_t count,
                                  const struct document_reading *reading, int64_t now_us, struct err *err) {
    struct chunk *chunks = NULL;
    size_t chunk_count = 0;
    (void)reading;
    enum status s = chunk_pages(arena, pages, count, &chunks, &chunk_count, err);
    if (s == OK) s = chunk_store_replace(db, patient_id, document_id, chunks, chunk_count, err);
    if (s == OK) s = embed_patient_add_job(db, ctx, patient_id, now_us, err);
    return s == OK ? vector_sync_add_job(db, ctx, patient_id, now_us, err) : s;
}

/* Its chunks went with it, and their vectors. */
static enum status document_erased(void *ctx, struct db *db, int64_t patient_id, int64_t now_us,
                                   struct err *err) {
    return vector_sync_add_job(db, ctx, patient_id, now_us, err);
}

enum status rag_start_jobs(struct rag *rag, struct db *db, int64_t now_us, struct err *err) {
    enum status s = embed_all_add_job(db, rag, now_us, err);
    return s == OK ? vector_reconcile_now(db, rag, now_us, err) : s;
}

void rag_job_kinds(struct rag *rag, struct job_kind kinds[RAG_JOB_COUNT]) {
    kinds[0] = (struct job_kind) { .name = ADVICE_JOB_READ,
                                   .run = advice_read_run,
                                   .on_dead = advice_read_dead,
                                   .room = rag,
                                   .lease_us = INGEST_LEASE_US,
                                   .attempts_max = 5,
                                   .parallel_max = 1 };
    kinds[1] = (struct job_kind) { .name = EMBED_JOB_PATIENT,
                                   .run = embed_patient_run,
                                   .room = rag,
                                   .lease_us = EMBED_LEASE_US,
                                   .attempts_max = EMBED_ATTEMPTS_MAX,
                                   .parallel_max = 2 };
    kinds[2] = (struct job_kind) { .name = EMBED_JOB_ALL,
                                   .run = embed_all_run,
                                   .room = rag,
                                   .lease_us = EMBED_LEASE_US,
                                   .attempts_max = EMBED_ATTEMPTS_MAX,
                                   .parallel_max = 1 };
    kinds[3] = (struct job_kind) { .name = VECTOR_JOB_SYNC,
                                   .run = vector_sync_run,
                                   .room = rag,
                                   .lease_us = VECTOR_LEASE_US,
                                   .attempts_max = EMBED_ATTEMPTS_MAX,
                                   .parallel_max = 2 };
    kinds[4] = (struct job_kind) { .name = VECTOR_JOB_FORGET,
                                   .run = vector_forget_run,
                                   .room = rag,
                                   .lease_us = VECTOR_LEASE_US,
                                   .attempts_max = EMBED_ATTEMPTS_MAX,
                                   .parallel_max = 1 };
    kinds[5] = (struct job_kind) { .name = VECTOR_JOB_RECONCILE,
                                   .run = vector_reconcile_run,
                                   .room = rag,
                                   .lease_us = VECTOR_LEASE_US,
                                   .attempts_max = EMBED_ATTEMPTS_MAX,
                                   .parallel_max = 1 };
}

struct document_indexer rag_indexer(struct rag *rag) {
    return (struct document_indexer) { rag, index_document, document_erased };
}
