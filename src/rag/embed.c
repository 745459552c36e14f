#include "rag/embed.h"

#include "models/embedder.h"
#include "models/model_call.h"
#include "patients/consent.h"
#include "rag/embedding_store.h"
#include "guard/pseudonym.h"
#include "rag/rag_room.h"
#include "rag/vector_sync.h"

/* Texts, their vectors, and what the embedder needs to write and read a hundred of them. */
enum { BATCH_BYTES = 64 << 20, MISSING_BYTES = 1 << 20 };

struct batch {
    const struct rag *rag;
    struct db *db;
    const struct clock *clock;
    struct arena *arena; /* of this batch */
    int64_t patient_id;  /* 0: the clinic's advice */
    struct patient patient;
    struct unembedded missing[EMBEDDING_BATCH_MAX];
    size_t count;
    struct embedding_text texts[EMBEDDING_BATCH_MAX];
    struct embedding result;
    struct err *err;
};

static enum status no_memory(const struct batch *b) {
    return fail(b->err, E_LIMIT, NULL, "no memory to embed passages of patient %lld",
                (long long)b->patient_id);
}

static enum status list(struct batch *b) {
    if (b->patient_id == 0)
        return embedding_list_missing_advice(b->db, b->arena, b->rag->space, b->missing, EMBEDDING_BATCH_MAX,
                                             &b->count, b->err);
    enum status s = patient_get(b->db, b->arena, b->patient_id, &b->patient, NULL);
    if (s == E_NOT_FOUND) return OK; /* erased meanwhile: nothing is missing */
    if (s != OK) return fail(b->err, s, NULL, "patient %lld could not be read", (long long)b->patient_id);
    return embedding_list_missing(b->db, b->arena, b->patient_id, b->rag->space, b->missing,
                                  EMBEDDING_BATCH_MAX, &b->count, b->err);
}

/* Who signs a document is named in its passages too. */
static enum status open_pseudonym(struct batch *b, struct pseudonym **out) {
    struct str authors[EMBEDDING_BATCH_MAX];
    struct text_reader *reader;
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++) {
        struct str author = b->missing[i].author;
        if (author.n && (count == 0 || !str_eq(authors[count - 1], author))) authors[count++] = author;
    }
    enum status s = text_reader_open(b->arena, &reader, b->err);
    if (s != OK) return s;
    return pseudonym_new(b->arena, reader, b->patient_id ? &b->patient : NULL, authors, count, out, b->err);
}

/* What leaves: title, heading and text without what says who somebody is. */
static enum status write_texts(struct batch *b) {
    struct pseudonym *hidden;
    enum status s = open_pseudonym(b, &hidden);
    for (size_t i = 0; i < b->count && s == OK; i++) {
        const struct unembedded *u = &b->missing[i];
        struct str text;
        if (!arena_printf(b->arena, &text, "%.*s%s%.*s", STR_ARG(u->heading), u->heading.n ? "\n" : "",
                          STR_ARG(u->text)))
            return no_memory(b);
        s = pseudonym_hide(hidden, u->title, &b->texts[i].title, b->err);
        if (s == OK) s = pseudonym_hide(hidden, text, &b->texts[i].text, b->err);
    }
    return s;
}

static enum status log_call(const struct batch *b, enum status outcome) {
    struct model_call call = model_call_of_embedding(b->rag->embedder, &b->result, outcome);
    call.kind = CALL_EMBED_PASSAGES;
    call.patient_id = b->patient_id;
    call.texts = b->count;
    call.at_us = clock_now_us(b->clock);
    return model_call_add(b->db, &call, b->err);
}

/* The patient may have said no while the embedder was at work: then nothing is kept. */
static enum status may_keep(const struct batch *b, bool *keep) {
    *keep = true;
    return b->patient_id ? consent_is_granted(b->db, b->patient_id, CONSENT_EXTERNAL_MODEL, keep, b->err)
                         : OK;
}

static enum status put_vectors(const struct batch *b) {
    struct embedding_space space;
    size_t n = (size_t)b->result.dimensions, bytes = vector_packed_bytes(n);
    unsigned char *packed = arena_alloc(b->arena, bytes);
    if (!packed) return no_memory(b);
    enum status s = embedding_space_open(b->db, b->rag->space, n, clock_now_us(b->clock), &space, b->err);
    for (size_t i = 0; i < b->count && s == OK; i++) {
        const struct str vector = { (const char *)packed, bytes };
        if (!vector_pack(b->result.vectors + i * n, n, packed))
            return fail(b->err, E_INVALID, NULL, "the embedder answered what is no vector");
        s = b->patient_id
                ? embedding_put(b->db, space.id, b->patient_id, b->missing[i].chunk_id, vector, b->err)
                : embedding_put_advice(b->db, space.id, b->missing[i].chunk_id, vector, b->err);
    }
    return s;
}

/* The vectors, the new version of what they belong to, and the log of the call, or nothing of it. */
static enum status store(const struct batch *b) {
    bool keep;
    enum status s = db_begin(b->db, b->err);
    if (s != OK) return s;
    s = may_keep(b, &keep);
    if (s == OK && keep) s = put_vectors(b);
    if (s == OK && keep)
        s = b->patient_id ? patient_touch_record(b->db, b->patient_id, b->err)
                          : embedding_touch_advice(b->db, b->err);
    if (s == OK && keep && b->patient_id)
        s = vector_sync_add_job(b->db, b->rag, b->patient_id, clock_now_us(b->clock), b->err);
    if (s == OK) s = log_call(b, OK);
    return db_finish(b->db, s, b->err);
}

static enum status log_failure_of(const struct batch *b, enum status why) {
    struct err e = { 0 };
    struct batch copy = *b;
    copy.err = &e;
    enum status s = db_begin(b->db, &e);
    if (s == OK) s = db_finish(b->db, log_call(&copy, why), &e);
    (void)s; /* the failure of the call is what has to be told */
    if (b->err && b->result.retry_after_us)
        b->err->retry_after_s = (int)((b->result.retry_after_us + SECOND_US - 1) / SECOND_US);
    return why;
}

static enum status run_batch(struct batch *b, size_t *stored) {
    const struct embedder *e = b->rag->embedder;
    enum status s = list(b);
    if (s != OK || b->count == 0) return s;
    if ((s = write_texts(b)) != OK) return s;
    s = e->embed(e->ctx, b->arena, EMBED_PASSAGE, b->texts, b->count, clock_monotonic_us() + EMBED_BATCH_US,
                 &b->result, b->err);
    if (s != OK) return log_failure_of(b, s);
    s = store(b);
    if (s == OK) *stored = b->count;
    return s;
}

static enum status batch(const struct rag *rag, struct db *db, const struct clock *clock, int64_t patient_id,
                         size_t *stored, struct err *err) {
    *stored = 0;
    if (!rag->embedder) return OK;
    struct arena *arena = arena_new(BATCH_BYTES);
    struct batch *b = arena ? arena_alloc(arena, sizeof *b) : NULL;
    enum status s = b ? OK : fail(err, E_LIMIT, NULL, "no memory to embed passages");
    if (b) {
        b->rag = rag;
        b->db = db;
        b->clock = clock;
        b->arena = arena;
        b->patient_id = patient_id;
        b->err = err;
        s = run_batch(b, stored);
    }
    arena_free(arena);
    return s;
}

enum status embed_patient_batch(const struct rag *rag, struct db *db, const struct clock *clock,
                                int64_t patient_id, size_t *stored, struct err *err) {
    return batch(rag, db, clock, patient_id, stored, err);
}

enum status embed_advice_batch(const struct rag *rag, struct db *db, const struct clock *clock,
                               size_t *stored, struct err *err) {
    return batch(rag, db, clock, 0, stored, err);
}

enum status embed_patient_is_missing(const struct rag *rag, struct db *db, int64_t patient_id, bool *missing,
                                     struct err *err) {
    struct unembedded one;
    size_t count = 0;
    struct arena *arena = arena_new(MISSING_BYTES);
    if (!arena) return fail(err, E_LIMIT, NULL, "no memory to look for passages");
    enum status s = patient_id
                        ? embedding_list_missing(db, arena, patient_id, rag->space, &one, 1, &count, err)
                        : embedding_list_missing_advice(db, arena, rag->space, &one, 1, &count, err);
    *missing = count > 0;
    arena_free(arena);
    return s;
}
