#include "documents/ingest.h"

#include "accounts/audit.h"
#include "accounts/notification.h"
#include "documents/correction.h"
#include "documents/document_event.h"
#include "documents/document_row.h"
#include "documents/extract.h"
#include "documents/remake.h"
#include "os/file.h"

#include <jansson.h>
#include <stdio.h>

static const struct message not_read = {
    "not_read",
    "Le document n’a pas pu être lu malgré plusieurs essais. Relancez la lecture ; si cela se répète, prévenez l’administrateur.",
    "The document could not be read in several attempts. Start the reading again; if it repeats, tell the administrator."
};

const struct message *ingest_failure(struct str error_code) {
    if (str_eq(error_code, str_from_c(not_read.code))) return &not_read;
    if (str_eq(error_code, str_from_c(extract_left_out.code))) return &extract_left_out;
    for (const struct message *m = extract_messages; m->code; m++)
        if (str_eq(error_code, str_from_c(m->code))) return m;
    for (const struct message *m = extract_unread_messages; m->code; m++)
        if (str_eq(error_code, str_from_c(m->code))) return m;
    return NULL;
}

enum status ingest_add_job(struct db *db, struct arena *arena, const struct documents *room,
                           int64_t document_id, int64_t patient_id, int64_t now_us, struct err *e) {
    char payload[64], key[32];
    snprintf(payload, sizeof payload, "{\"document_id\":%lld}", (long long)document_id);
    snprintf(key, sizeof key, "%lld", (long long)document_id);
    /* In this order after the commit: it is told before anybody is woken to read it. */
    enum status s = document_event_status(room, db, arena, document_id, patient_id, STR("pending"), 0, e);
    return s == OK ? job_add(db, room->signal, STR(DOCUMENT_JOB_INGEST), str_from_c(payload), 0,
                             str_from_c(key), now_us, e)
                   : s;
}

enum status remove_blob_add_job(struct db *db, struct job_signal *signal, struct str blob_name,
                                int64_t now_us, struct err *e) {
    char payload[64 + BLOB_NAME_BYTES];
    snprintf(payload, sizeof payload, "{\"blob\":\"%.*s\"}", STR_ARG(blob_name));
    return job_add(db, signal, STR(DOCUMENT_JOB_REMOVE_BLOB), str_from_c(payload), 0, blob_name, now_us, e);
}

enum status document_add(struct db *db, struct arena *arena, const struct documents *room,
                         const struct document *d, const struct hash *content, int64_t now_us, int64_t *id,
                         bool *made, struct err *e) {
    enum status s;

    if ((s = document_insert(db, d, content, now_us, id, made, e)) != OK || !*made) return s;
    if ((s = ingest_add_job(db, arena, room, *id, d->patient_id, now_us, e)) != OK) return s;
    return audit_add(db, d->created_by, STR("document.create"), STR("document"), *id, now_us, e);
}

static enum status job_document_id(const struct job *job, int64_t *id, struct err *e) {
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    *id = json_integer_value(json_object_get(payload, "document_id"));
    json_decref(payload);
    return *id > 0 ? OK : fail(e, E_INVALID, NULL, "job %lld has no document", (long long)job->id);
}

/* The job has nothing to do any more: the document was deleted meanwhile, or its patient. */
static enum status gone_is_done(enum status s) {
    return s == E_NOT_FOUND ? OK : s;
}

static enum status begin_processing(struct job_context *c, const struct document *d, struct err *e) {
    static const struct str processing = { "processing", 10 };
    enum status s;
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = document_set_status(c->db, d->id, processing, STR(""), clock_now_us(c->clock), e);
    if (s == OK) s = document_event_status(c->room, c->db, c->arena, d->id, d->patient_id, processing, 0, e);
    return db_finish(c->db, s, e);
}

/* What was read for one patient must not be stored for another, if it was moved meanwhile: it is read once more. */
static enum status check_owner(struct job_context *c, const struct document *d, struct err *e) {
    struct document now;
    enum status s = document_get(c->db, c->arena, d->id, &now, e);

    if (s == OK && now.patient_id != d->patient_id)
        s = fail(e, E_RETRY, NULL, "document %lld was moved while it was read", (long long)d->id);
    return s;
}

/* A document that cannot be read is a result, not a failure of the job. The doctor is told. */
static enum status finish_failed(struct job_context *c, const struct job *job, const struct document *d,
                                 const struct message *why, struct err *e) {
    int64_t now_us = clock_now_us(c->clock);
    enum status s;

    if ((s = db_begin(c->db, e)) != OK) return s;
    if (job) s = check_owner(c, d, e);
    if (s == OK) s = document_set_status(c->db, d->id, STR("failed"), str_from_c(why->code), now_us, e);
    if (s == OK)
        s = notification_add(c->db, STR("document.failed"), d->patient_id, d->id, SEVERITY_LOOK, now_us, e);
    if (s == OK)
        s = document_event_status(c->room, c->db, c->arena, d->id, d->patient_id, STR("failed"), 0, e);
    if (s == OK && job) s = job_finish(c, job, e);
    return db_finish(c->db, s, e);
}

struct reading_done {
    struct document_made made;
    const struct message *unread; /* why some pages or attached files were not read; NULL: all were */
};

static bool has_illegible(const struct document_made *m) {
    for (size_t i = 0; i < m->page_count; i++)
        if (!m->pages[i].legible && m->pages[i].source != PAGE_UNREAD) return true;
    return false;
}

static enum status notify(struct job_context *c, const struct document *d, const struct reading_done *r,
                          int64_t now_us, struct err *e) {
    enum status s = OK;
    if (r->made.names_another)
        s = notification_add(c->db, STR("document.names_another"), d->patient_id, d->id, SEVERITY_LOOK,
                             now_us, e);
    if (s == OK && has_illegible(&r->made))
        s = notification_add(c->db, STR("document.illegible"), d->patient_id, d->id, SEVERITY_LOOK, now_us,
                             e);
    if (s == OK && r->unread)
        s = notification_add(c->db, STR("document.partly_read"), d->patient_id, d->id, SEVERITY_LOOK, now_us,
                             e);
    return s;
}

/* Ends the job. What the doctor corrected while the pages were read is not in them: then they are read once more. */
static enum status end_job(struct job_context *c, const struct job *job, const struct document *d,
                           const struct reading_done *r, int64_t now_us, struct err *e) {
    const struct documents *room = c->room;
    int64_t corrections;
    enum status s;

    if ((s = corrections_version(c->db, d->id, &corrections, e)) != OK) return s;
    if ((s = job_finish(c, job, e)) != OK) return s;
    if (corrections == r->made.corrections)
        return document_event_status(room, c->db, c->arena, d->id, d->patient_id, STR("indexed"),
                                     (int64_t)r->made.page_count, e);
    s = document_set_status(c->db, d->id, STR("pending"), STR(""), now_us, e);
    return s == OK ? ingest_add_job(c->db, c->arena, room, d->id, d->patient_id, now_us, e) : s;
}

/* Everything that was read, its index and the end of the job, or nothing of it. */
static enum status store(struct job_context *c, const struct job *job, const struct document *d,
                         const struct reading_done *r, struct err *e) {
    const struct documents *room = c->room;
    int64_t now_us = clock_now_us(c->clock);
    enum status s;

    if ((s = db_begin(c->db, e)) != OK) return s;
    s = check_owner(c, d, e);
    if (s == OK)
        s = document_keep_made(c->db, c->arena, room, d, &r->made,
                               str_from_c(r->unread ? r->unread->code : ""), now_us, e);
    if (s == OK) s = notify(c, d, r, now_us, e);
    if (s == OK) s = audit_add(c->db, 0, STR("document.index"), STR("document"), d->id, now_us, e);
    if (s == OK) s = end_job(c, job, d, r, now_us, e);
    return db_finish(c->db, s, e);
}

struct lease {
    struct job_context *context;
    const struct job *job;
    const struct document *document;
};

/* Long documents keep their lease while pages come, and show how far they are. */
static enum status keep_lease(void *ctx, int done, int total, struct err *e) {
    struct lease *l = ctx;
    document_event_progress(l->context->room, l->document, done, total);
    if (job_is_stopping(l->context)) return fail(e, E_RETRY, NULL, "the program is stopping");
    return done % 8 == 0 ? job_renew(l->context, l->job, INGEST_LEASE_US, e) : OK;
}

static enum status read_document(struct job_context *c, const struct job *job, const struct document *d,
                                 struct reading_done *out, struct err *e) {
    const struct documents *room = c->room;
    struct lease lease = { c, job, d };
    const struct extract_options options = {
        .stopping = c->stopping, .on_page = keep_lease, .ctx = &lease, .unread = &out->unread
    };
    struct page *pages = NULL;
    size_t count = 0;
    int fd = -1;
    enum status s;

    if ((s = blob_open_memory(&room->blobs, c->arena, d->blob_name, &fd, e)) != OK) return s;
    s = extract_pages(room->extractor, c->arena, fd, &options, &pages, &count, e);
    fd_close(&fd);
    if (s != OK) return s;
    if ((s = document_make(c->db, c->arena, d, pages, count, &out->made, e)) != OK) return s;
    if (out->unread != &extract_left_out && !out->made.unread) out->unread = NULL;
    return OK;
}

enum status ingest_run(struct job_context *c, const struct job *job, struct err *e) {
    struct reading_done r = { 0 };
    struct document d;
    struct err why = { 0 };
    int64_t id;
    enum status s;

    if ((s = job_document_id(job, &id, e)) != OK) return s;
    if ((s = document_get(c->db, c->arena, id, &d, NULL)) != OK) return gone_is_done(s);
    if ((s = begin_processing(c, &d, e)) != OK) return s;
    s = read_document(c, job, &d, &r, &why);
    if (s == OK) return gone_is_done(store(c, job, &d, &r, e));
    if (s == E_INVALID && why.message) return gone_is_done(finish_failed(c, job, &d, why.message, e));
    *e = why;
    return gone_is_done(s);
}

/* Out of attempts: the document says so instead of waiting for ever. */
enum status ingest_dead(struct job_context *c, const struct job *job, struct err *e) {
    struct document d;
    int64_t id;
    enum status s;

    if ((s = job_document_id(job, &id, e)) != OK) return s;
    if ((s = document_get(c->db, c->arena, id, &d, NULL)) != OK) return gone_is_done(s);
    return finish_failed(c, NULL, &d, &not_read, e);
}

enum status remove_blob_run(struct job_context *c, const struct job *job, struct err *e) {
    const struct documents *room = c->room;
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    const char *name = json_string_value(json_object_get(payload, "blob"));
    enum status s = name && strlen(name) == BLOB_NAME_BYTES - 1
                        ? blob_remove(&room->blobs, str_from_c(name), e)
                        : fail(e, E_INVALID, NULL, "job %lld has no blob", (long long)job->id);
    json_decref(payload);
    return s;
}
