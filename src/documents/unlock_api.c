/*
 * unlock_api -- POST /api/documents/{id}/unlock/: the password of a PDF that could not be read without it.
 *
 * It is used once, by a process in the sandbox, and kept nowhere: what is stored is the document without it, in the place of the locked
 * one. Guesses are counted before they are tried, so that many at the same moment are counted too.
 */
#include "documents/document_api.h"

#include "accounts/audit.h"
#include "accounts/guess.h"
#include "documents/document_row.h"
#include "documents/extract.h"
#include "http/fields.h"
#include "os/file.h"

#include <stdio.h>

enum { FREE_FAILURES = 5 };

static struct hash guess_subject(const struct documents *room, int64_t document_id) {
    char text[40];
    int n = snprintf(text, sizeof text, "unlock:%lld", (long long)document_id);
    return crypto_hash_keyed(&room->blobs.key, (struct str) { text, (size_t)n });
}

static enum status count_guess(struct request *rq, const struct hash *subject, struct err *e) {
    enum status s = db_begin(rq->db, e);

    if (s != OK) return s;
    s = guess_check_wait(rq->db, subject, FREE_FAILURES, rq->now_us, e);
    if (s == OK) s = guess_add_failure(rq->db, subject, rq->now_us, e);
    return db_finish(rq->db, s, e);
}

static enum status refuse(struct request *rq, const struct document *d, const struct err *why,
                          struct err *e) {
    enum status s = db_begin(rq->db, e);

    if (s != OK) return s;
    s = audit_add(rq->db, rq->who.user_id, STR("document.unlock_failed"), STR("document"), d->id, rq->now_us,
                  e);
    if ((s = db_finish(rq->db, s, e)) != OK) return s;
    return fail_field(e, STR("password"), why->message, STR(""));
}

static enum status take_piece(void *ctx, struct str piece, struct err *e) {
    return blob_write(ctx, piece, e);
}

/* The document without its password, on the disk. */
static enum status unlock(struct request *rq, const struct document *d, struct str password,
                          struct blob_writer *writer, struct blob *out, struct err *e) {
    const struct documents *room = rq->room;
    const struct extract_sink sink = { take_piece, writer };
    struct err why = { 0 };
    int fd = -1;
    enum status s = blob_open_memory(&room->blobs, rq->arena, d->blob_name, &fd, e);

    if (s != OK) return s == E_NOT_FOUND ? E_INTERNAL : s;
    s = extract_unlock(room->extractor, rq->arena, fd, password, &sink, &why);
    fd_close(&fd);
    if (s == E_DENIED) return refuse(rq, d, &why, e);
    if (s != OK) {
        *e = why;
        return s;
    }
    return blob_write_finish(writer, out, e);
}

static enum status parse(struct request *rq, struct document *d, struct str *password, struct err *e) {
    struct fields *f;
    enum status s;

    if ((s = document_of_request(rq, d, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "password", FIELD_REQUIRED, EXTRACT_PASSWORD_MAX, password);
    if ((s = fields_done(f)) != OK) return s;
    if (str_eq(d->status, STR("failed")) && str_eq(d->error_code, STR("encrypted"))) return OK;
    return fail(e, E_CONFLICT, &document_not_locked, "document %lld is not locked", (long long)d->id);
}

enum status document_unlock(struct request *rq, struct reply *re, struct err *e) {
    const struct documents *room = rq->room;
    struct str password = STR("");
    struct blob_writer *writer;
    struct document d;
    struct blob blob;
    enum status s;

    if ((s = parse(rq, &d, &password, e)) != OK) return s;
    struct hash subject = guess_subject(room, d.id);
    s = count_guess(rq, &subject, e);
    if (s == OK) s = blob_write_start(&room->blobs, rq->arena, &writer, e);
    if (s == OK) s = unlock(rq, &d, password, writer, &blob, e);
    if (s == OK)
        s = document_save_unlocked(rq->db, rq->arena, room, &d, &blob, &subject, rq->who.user_id, rq->now_us,
                                   e);
    if (s != OK) return s;
    blob_keep(writer);
    return document_answer(rq, re, d.id, e);
}
