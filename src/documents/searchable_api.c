/*
 * searchable_api -- GET /api/documents/{id}/searchable/: the document as a PDF whose words can be selected, searched and copied.
 *
 * It is made when it is asked for, in the sandbox, and lies encrypted beside the originals until it is sent. No row names it: what a crash
 * leaves behind is swept.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/extract.h"
#include "documents/file_type.h"
#include "documents/ingest.h"
#include "documents/searchable.h"
#include "os/file.h"

#include <stdio.h>

static const struct message not_read_yet = {
    "document_not_read", "Le document est encore en cours de lecture. Réessayez dès qu’elle est terminée.",
    "The document is still being read. Try again as soon as that is done."
};
static const struct message too_large = {
    "searchable_too_large",
    "Ce document est trop long ou trop lourd pour en faire un PDF cherchable. Téléchargez l’original, ou envoyez le document en plusieurs parties.",
    "This document is too long or too heavy for a searchable PDF. Download the original, or send the document in several parts."
};
static const struct message impossible = {
    "searchable_impossible",
    "Ce document ne se laisse pas transformer en PDF cherchable. Téléchargez l’original, ou numérisez-le à nouveau.",
    "No searchable PDF can be made of this document. Download the original, or scan it again."
};

/* A document that could not be read says why, as everywhere. */
static enum status check_read(const struct document *d, struct err *e) {
    const struct message *why = ingest_failure(d->error_code);

    if (str_eq(d->status, STR("indexed"))) return OK;
    if (!str_eq(d->status, STR("failed")) || !why) why = &not_read_yet;
    return fail(e, E_CONFLICT, why, "document %lld is %.*s", (long long)d->id, STR_ARG(d->status));
}

/* The words change when the document is read again, and a correction has it read again. */
static bool is_known(const struct request *rq, struct reply *re, const struct document *d) {
    char version[40];
    int n = snprintf(version, sizeof version, "%llx-%llx-s", (unsigned long long)d->id,
                     (unsigned long long)d->indexed_at_us);

    return reply_is_known(rq, re, (struct str) { version, (size_t)n });
}

/* What the extractor says of reading, said of this. */
static enum status explain(enum status s, const struct err *why, struct err *e) {
    static const char *const limits[] = { "timeout", "too_complex", "too_large_picture", "too_many_pages" };

    if (s == E_LIMIT) return fail(e, E_LIMIT, &too_large, "%s", why->detail);
    if (s != E_INVALID) {
        *e = *why;
        return s;
    }
    for (size_t i = 0; why->message && i < COUNT_OF(limits); i++)
        if (strcmp(why->message->code, limits[i]) == 0)
            return fail(e, E_LIMIT, &too_large, "%s", why->detail);
    return fail(e, E_CONFLICT, &impossible, "%s", why->detail);
}

static enum status take_piece(void *ctx, struct str piece, struct err *e) {
    return blob_write(ctx, piece, e);
}

static enum status make(struct request *rq, const struct document *d, int pages_fd, struct blob *out,
                        struct err *e) {
    const struct documents *room = rq->room;
    struct blob_writer *writer;
    struct err why = { 0 };
    int fd = -1;
    enum status s = blob_write_start(&room->blobs, rq->arena, &writer, e);

    if (s != OK) return s;
    const struct extract_sink sink = { take_piece, writer };
    if ((s = blob_open_memory(&room->blobs, rq->arena, d->blob_name, &fd, e)) != OK)
        return s == E_NOT_FOUND ? E_INTERNAL : s;
    s = extract_export(room->extractor, rq->arena, fd, pages_fd, &sink, &why);
    fd_close(&fd);
    return s == OK ? blob_write_finish(writer, out, e) : explain(s, &why, e);
}

/* "ordonnance.jpg" becomes "ordonnance.pdf". */
static enum status name_pdf(struct request *rq, const struct document *d, struct str *out, struct err *e) {
    struct str stem = d->file_name;

    for (size_t i = stem.n; i > 0; i--)
        if (stem.p[i - 1] == '.' && i > 1) {
            stem = str_sub(stem, 0, i - 1);
            break;
        }
    return arena_printf(rq->arena, out, "%.*s.pdf", STR_ARG(stem))
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for a file name");
}

static enum status answer(struct request *rq, struct reply *re, const struct document *d, struct str blob,
                          uint64_t size_bytes, struct err *e) {
    const struct documents *room = rq->room;
    struct str name;
    enum status s = name_pdf(rq, d, &name, e);

    if (s == OK) s = document_note_download(rq->db, d, rq->who.user_id, rq->now_us, e);
    if (s != OK) return s;
    re->type = file_type_mime(FILE_PDF);
    return document_send_blob(&room->blobs, rq, re, blob, (int64_t)size_bytes, name, e);
}

enum status document_searchable_get(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    struct blob made;
    struct err why = { 0 };
    bool all_text;
    int pages_fd = -1;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK || (s = check_read(&d, e)) != OK) return s;
    if (is_known(rq, re, &d)) return OK;
    if ((s = searchable_pages(rq->db, d.id, &pages_fd, &all_text, &why)) != OK) return explain(s, &why, e);
    /* A PDF of letters is what it should be already. */
    if (all_text && str_eq(d.mime, str_from_c(file_type_mime(FILE_PDF)))) {
        fd_close(&pages_fd);
        return answer(rq, re, &d, d.blob_name, (uint64_t)d.size_bytes, e);
    }
    s = make(rq, &d, pages_fd, &made, e);
    fd_close(&pages_fd);
    if (s != OK) return s;
    struct str name = { made.name, BLOB_NAME_BYTES - 1 };
    return answer(rq, re, &d, name, made.size_bytes, e);
}
