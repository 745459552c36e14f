#include "room.h"

#include <string.h>

#include "documents/document_row.h"
#include "jobs/held_clock.h"
#include "jobs/job.h"
#include "patients/consent.h"
#include "test.h"

static void open_rag(struct room *r, const struct embedder *embedder, const struct vector_store *store) {
    const struct rag_options options = { .emergency_number = STR("1515"),
                                         .embedder = embedder,
                                         .store = store };
    assert_int_equal(rag_open(&options, &r->rag, NULL), OK);
}

void room_open(struct room *r) {
    room_open_with(r, NULL);
}

void room_open_with(struct room *r, const struct embedder *embedder) {
    room_open_with_store(r, embedder, NULL);
}

void room_open_with_store(struct room *r, const struct embedder *embedder, const struct vector_store *store) {
    clinic_open(&r->clinic);
    open_rag(r, embedder, store);
    r->arena = arena_new((size_t)16 << 20);
    assert_non_null(r->arena);
}

void room_restart_with(struct room *r, const struct embedder *embedder) {
    room_restart_with_store(r, embedder, NULL);
}

void room_restart_with_store(struct room *r, const struct embedder *embedder,
                             const struct vector_store *store) {
    rag_close(r->rag);
    open_rag(r, embedder, store);
}

void room_close(struct room *r) {
    arena_free(r->arena);
    rag_close(r->rag);
    clinic_close(&r->clinic);
}

int64_t room_add_person(struct room *r, const char *first, const char *last, const char *phone) {
    struct db *db = r->clinic.t.db;
    int64_t id = clinic_add(&r->clinic, first, last, phone);
    struct patient p = clinic_get(&r->clinic, id);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_finish(db, patient_set_status(db, &p, PATIENT_ACTIVE, NOON_US, NULL), NULL), OK);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s =
        consent_record(db, id, CONSENT_ASSISTANT, true, CONSENT_BY_STAFF, r->clinic.doctor.id, NOON_US, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
    return id;
}

static enum status store(struct room *r, struct document *d, const struct paper *paper) {
    struct arena *arena = arena_new((size_t)32 << 20);
    struct document_indexer indexer = rag_indexer(r->rag);
    struct document_reading reading = { 0 };
    struct page page = paper_page(arena, 1, paper->lines, paper->confidence ? paper->confidence : 100);
    enum status s = document_read_pages(arena, &page, 1, DATE_UNKNOWN, &reading, NULL);
    if (s == OK)
        s = document_store_reading(r->clinic.t.db, d, &page, 1, &reading, paper->names_another, STR(""),
                                   NOON_US, NULL);
    if (s == OK)
        s = indexer.index(indexer.ctx, r->clinic.t.db, arena, d->patient_id, d->id, &page, 1, &reading,
                          NOON_US, NULL);
    if (s == OK) s = patient_touch_record(r->clinic.t.db, d->patient_id, NULL);
    arena_free(arena);
    return s;
}

int64_t room_index(struct room *r, int64_t patient_id, const struct paper *paper) {
    struct db *db = r->clinic.t.db;
    struct document d = { .patient_id = patient_id,
                          .title = STR("papier.pdf"),
                          .file_name = STR("papier.pdf"),
                          .mime = STR("application/pdf"),
                          .blob_name = STR("blob"),
                          .status = STR("pending"),
                          .size_bytes = 1 };
    struct hash content;
    bool made;
    crypto_random(&content, sizeof content);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = document_insert(db, &d, &content, NOON_US, &d.id, &made, NULL);
    if (s == OK) s = store(r, &d, paper);
    assert_int_equal(db_finish(db, s, NULL), OK);
    return d.id;
}

void room_index_again(struct room *r, int64_t document_id, const struct paper *paper) {
    struct db *db = r->clinic.t.db;
    struct document d;
    assert_int_equal(document_get(db, r->clinic.t.arena, document_id, &d, NULL), OK);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_finish(db, store(r, &d, paper), NULL), OK);
}

enum status room_ask(struct room *r, int64_t patient_id, const char *text, const char *session,
                     struct rag_answer *out) {
    struct patient p;
    arena_reset(r->arena);
    assert_int_equal(patient_get(r->clinic.t.db, r->arena, patient_id, &p, NULL), OK);
    const struct rag_question q = {
        .patient = &p, .text = str_from_c(text), .session_id = str_from_c(session), .now_us = NOON_US
    };
    return rag_ask(r->rag, r->clinic.t.db, r->arena, &q, out, NULL);
}

int room_run_jobs(struct room *r, struct arena *arena, int64_t *now_us) {
    struct job_kind kinds[RAG_JOB_COUNT + 1] = { 0 };
    struct clock clock = held_clock(now_us);
    int ran = 0;
    rag_job_kinds(r->rag, kinds);
    assert_int_equal(job_run_due(r->clinic.t.db, kinds, arena, &clock, &ran, NULL), OK);
    return ran;
}

void room_start_jobs(struct room *r, int64_t now_us) {
    struct db *db = r->clinic.t.db;
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_finish(db, rag_start_jobs(r->rag, db, now_us, NULL), NULL), OK);
}

void room_agree_to_model(struct room *r, int64_t patient_id, bool granted, int64_t now_us) {
    struct db *db = r->clinic.t.db;
    struct patient_part part = rag_patient_part(r->rag);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = consent_record(db, patient_id, CONSENT_EXTERNAL_MODEL, granted, CONSENT_BY_STAFF,
                                   r->clinic.doctor.id, now_us, NULL);
    if (s == OK) s = part.consented(part.ctx, db, patient_id, CONSENT_EXTERNAL_MODEL, granted, now_us, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
}

int64_t room_count(struct room *r, const char *sql) {
    const struct db_query q = { .name = sql, .sql = sql, .id = -1, .params = 0, .columns = 1 };
    int64_t n = -1;
    assert_int_equal(db_get_i64(r->clinic.t.db, &q, NULL, &n, NULL), OK);
    return n;
}
