#include "eval_clinic.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "accounts/user.h"
#include "base/crypto.h"
#include "db/migrate.h"
#include "documents/document_row.h"
#include "eval.h"
#include "patients/consent.h"
#include "patients/patient_store.h"

enum { WORK_BYTES = 64 << 20 };

static void check(enum status s, const struct err *err) {
    if (s == OK) return;
    fprintf(stderr, "eval: %s ", status_name(s));
    eval_end(err->detail);
}

void eval_clinic_forget(struct eval_clinic *c, size_t cache_bytes) {
    const struct rag_options options = { .emergency_number = STR("1515"), .cache_bytes = cache_bytes };
    struct err err = { 0 };
    rag_close(c->rag);
    check(rag_open(&options, &c->rag, &err), &err);
}

void eval_clinic_open(struct eval_clinic *c, size_t cache_bytes) {
    struct user doctor = { .email = STR("medecin@exemple.sn"),
                           .password_hash = STR("x"),
                           .full_name = STR("Dr Awa Ndiaye"),
                           .role = ROLE_DOCTOR,
                           .is_active = true };
    struct err err = { 0 };
    char url[128];
    *c = (struct eval_clinic) { .now_us = date_to_us((struct date) { 2026, 11, 26 }) };
    check(crypto_init(&err), &err);
    snprintf(c->folder, sizeof c->folder, "/tmp/medirecord-eval-XXXXXX");
    if (!mkdtemp(c->folder)) eval_end("no folder");
    snprintf(url, sizeof url, "sqlite:%s/eval.db", c->folder);
    check(db_pool_open(str_from_c(url), true, &c->pool, &err), &err);
    check(db_migrate(c->pool, c->now_us, NULL, &err), &err);
    check(db_open(c->pool, &c->db, &err), &err);
    check(user_create(c->db, &doctor, 0, c->now_us, &err), &err);
    c->doctor_id = doctor.id;
    eval_clinic_forget(c, cache_bytes);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void eval_clinic_close(struct eval_clinic *c) {
    rag_close(c->rag);
    db_close(c->db);
    db_pool_close(c->pool);
    nftw(c->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static enum status agree(struct eval_clinic *c, struct patient *p, struct err *err) {
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = patient_set_status(c->db, p, PATIENT_ACTIVE, c->now_us, err);
    if (s == OK)
        s = consent_record(c->db, p->id, CONSENT_ASSISTANT, true, CONSENT_BY_STAFF, c->doctor_id, c->now_us,
                           err);
    return db_finish(c->db, s, err);
}

int64_t eval_clinic_add_patient(struct eval_clinic *c, const struct paper_person *person, const char *phone) {
    struct arena *arena = eval_need(arena_new(1 << 20));
    struct patient p = patient_blank();
    const struct patient_actor actor = { c->doctor_id, NULL, c->now_us };
    struct err err = { 0 };
    p.first_name = person->first_name.n ? person->first_name : STR("Awa");
    p.last_name = person->last_name.n ? person->last_name : STR("Diop");
    p.phone = str_from_c(phone);
    p.language = person->language;
    if (person->allergies.n) p.allergies = person->allergies;
    if (person->current_medications.n) p.current_medications = person->current_medications;
    if (person->medical_history.n) p.medical_history = person->medical_history;
    check(patient_create(c->db, &actor, arena, &p, &err), &err);
    check(agree(c, &p, &err), &err);
    arena_free(arena);
    return p.id;
}

static enum status store(struct eval_clinic *c, struct arena *arena, struct document *d,
                         const struct paper_pages *read, struct err *err) {
    struct document_indexer indexer = rag_indexer(c->rag);
    struct hash content;
    bool made;
    crypto_random(&content, sizeof content);
    enum status s = document_insert(c->db, d, &content, c->now_us, &d->id, &made, err);
    if (s == OK)
        s = document_store_reading(c->db, d, read->pages, read->count, &read->reading, false, STR(""),
                                   c->now_us, err);
    if (s == OK)
        s = indexer.index(indexer.ctx, c->db, arena, d->patient_id, d->id, read->pages, read->count,
                          &read->reading, c->now_us, err);
    return s == OK ? patient_touch_record(c->db, d->patient_id, err) : s;
}

int64_t eval_clinic_add_paper(struct eval_clinic *c, struct paper_reader *reader, int64_t patient_id,
                              const struct paper *paper) {
    struct arena *arena = eval_need(arena_new(WORK_BYTES));
    struct document d = { .patient_id = patient_id,
                          .title = paper->name,
                          .file_name = paper->name,
                          .mime = STR("text/plain"),
                          .blob_name = STR("none"),
                          .status = STR("pending"),
                          .size_bytes = 1 };
    struct paper_pages read;
    struct err err = { 0 };
    paper_read(reader, arena, paper, &read);
    check(db_begin(c->db, &err), &err);
    check(db_finish(c->db, store(c, arena, &d, &read, &err), &err), &err);
    arena_free(arena);
    return d.id;
}
