#include "rag/advice_job.h"

#include "documents/extract.h"
#include "documents/ingest.h"
#include "os/file.h"
#include "rag/advice_text.h"
#include "rag/rag_room.h"

#include <jansson.h>
#include <stdio.h>

static const struct message messages[] = {
    { "advice_no_text",
      "Ce fichier ne contient pas de texte lisible. Tapez le texte, ou envoyez une meilleure copie.",
      "This file holds no text that can be read. Type the text, or send a better copy." },
    { "advice_too_long",
      "Ce fichier est trop long pour une fiche (100 000 caractères au plus) : partagez-le en plusieurs.",
      "This file is too long for one sheet (100,000 characters at most): part it into several." },
    { "advice_part_unread",
      "Une partie du fichier n'a pas pu être lue : complétez le texte avant de le publier.",
      "A part of the file could not be read: complete the text before you publish it." },
    { 0 },
};
enum { NO_TEXT, TOO_LONG, PART_UNREAD };

const struct message *advice_failure(struct str error_code) {
    for (const struct message *m = messages; m->code; m++)
        if (str_eq(error_code, str_from_c(m->code))) return m;
    return ingest_failure(error_code);
}

enum status advice_add_job(struct db *db, struct job_signal *signal, int64_t advice_id, struct str blob_name,
                           int64_t now_us, struct err *e) {
    char payload[96 + BLOB_NAME_BYTES];
    snprintf(payload, sizeof payload, "{\"advice_id\":%lld,\"blob\":\"%.*s\"}", (long long)advice_id,
             STR_ARG(blob_name));
    return job_add(db, signal, STR(ADVICE_JOB_READ), str_from_c(payload), 0, blob_name, now_us, e);
}

struct wanted {
    int64_t id;
    struct str blob; /* in the arena */
};

static enum status parse(struct arena *arena, const struct job *job, struct wanted *out, struct err *e) {
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    const char *blob = json_string_value(json_object_get(payload, "blob"));
    bool fits = arena_dup(arena, str_from_c(blob), &out->blob);

    out->id = json_integer_value(json_object_get(payload, "advice_id"));
    json_decref(payload);
    if (!fits) return fail(e, E_LIMIT, NULL, "no room for a job");
    return out->id > 0 && out->blob.n
               ? OK
               : fail(e, E_INVALID, NULL, "job %lld has no advice", (long long)job->id);
}

struct lease {
    struct job_context *context;
    const struct job *job;
};

static enum status keep_lease(void *ctx, int done, int total, struct err *e) {
    struct lease *l = ctx;
    (void)total;
    if (job_is_stopping(l->context)) return fail(e, E_RETRY, NULL, "the program is stopping");
    return done % 8 == 0 ? job_renew(l->context, l->job, INGEST_LEASE_US, e) : OK;
}

/* What was read, or why nothing was. */
struct outcome {
    struct str body, error_code;
};

static bool is_whole(const struct page *pages, size_t count, const struct message *unread) {
    bool whole = unread == NULL;
    for (size_t i = 0; i < count; i++) whole = whole && pages[i].legible;
    return whole;
}

static enum status read_file(struct job_context *c, const struct job *job, struct str blob,
                             struct outcome *out, struct err *e) {
    const struct rag *rag = c->room;
    const struct message *unread = NULL;
    struct lease lease = { c, job };
    const struct extract_options options = {
        .stopping = c->stopping, .on_page = keep_lease, .ctx = &lease, .unread = &unread
    };
    struct page *pages = NULL;
    size_t count = 0;
    bool fits = true;
    int fd = -1;
    enum status s = blob_open_memory(&rag->documents->blobs, c->arena, blob, &fd, e);

    if (s != OK) return s;
    s = extract_pages(rag->documents->extractor, c->arena, fd, &options, &pages, &count, e);
    fd_close(&fd);
    if (s == OK) s = advice_text_of_pages(c->arena, pages, count, &out->body, &fits, e);
    if (s != OK) return s;
    if (!fits) out->body = STR("");
    if (!fits)
        out->error_code = str_from_c(messages[TOO_LONG].code);
    else if (out->body.n == 0)
        out->error_code = str_from_c(messages[NO_TEXT].code);
    else if (!is_whole(pages, count, unread))
        out->error_code = str_from_c(messages[PART_UNREAD].code);
    return OK;
}

/* The body, the removal of the file and the end of the job, or nothing of it. job NULL: it is ended by who calls. */
static enum status store(struct job_context *c, const struct job *job, const struct wanted *w,
                         const struct outcome *o, struct err *e) {
    const struct rag *rag = c->room;
    const struct advice_actor by = { 0, clock_now_us(c->clock), rag->documents->signal, rag };
    bool stored;
    enum status s;

    if ((s = db_begin(c->db, e)) != OK) return s;
    s = advice_store_reading(c->db, c->arena, &by, w->id, w->blob, o->body, o->error_code, &stored, e);
    if (s == OK && job) s = job_finish(c, job, e);
    return db_finish(c->db, s, e);
}

/* Deleted meanwhile, or read by a run that lost its lease: there is nothing left to do. */
static enum status is_waited_for(struct job_context *c, const struct wanted *w, bool *waited, struct err *e) {
    struct advice a;
    enum status s = advice_get(c->db, c->arena, w->id, &a, NULL);

    *waited = s == OK && a.reading == READING_PENDING && str_eq(a.blob_name, w->blob);
    return s == OK || s == E_NOT_FOUND ? OK
                                       : fail(e, s, NULL, "advice %lld cannot be read", (long long)w->id);
}

enum status advice_read_run(struct job_context *c, const struct job *job, struct err *e) {
    struct outcome o = { STR(""), STR("") };
    struct err why = { 0 };
    struct wanted w;
    bool waited = false;
    enum status s = parse(c->arena, job, &w, e);

    if (s == OK) s = is_waited_for(c, &w, &waited, e);
    if (s != OK || !waited) return s;
    s = read_file(c, job, w.blob, &o, &why);
    /* A file that cannot be read is a result, not a failure of the job. */
    if (s == E_INVALID && why.message) {
        o.error_code = str_from_c(why.message->code);
        s = OK;
    }
    if (s == OK) return store(c, job, &w, &o, e);
    *e = why;
    return s;
}

enum status advice_read_dead(struct job_context *c, const struct job *job, struct err *e) {
    const struct outcome failed = { STR(""), STR("not_read") };
    struct wanted w;
    enum status s = parse(c->arena, job, &w, e);

    return s == OK ? store(c, NULL, &w, &failed, e) : s;
}
