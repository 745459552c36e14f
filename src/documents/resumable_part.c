/*
 * resumable_part -- PATCH /api/uploads/{id}/: the bytes of one request become a part, and the last part a document.
 *
 * The sink takes the bytes in; the handler records them. When the connection breaks there is no handler, and closing the sink records what
 * came: the next request goes on there.
 */
#include "documents/resumable_api.h"

#include "documents/document_row.h"
#include "documents/receive.h"
#include "documents/upload_about.h"

enum { JOIN_BYTES = 64 * 1024 };

static const struct message offset_missing = { "upload_offset_missing",
                                               "L’en-tête Upload-Offset manque ou n’est pas un nombre.",
                                               "The header Upload-Offset is missing or is not a number." };
static const struct message offset_wrong = { "upload_offset", "L’envoi en est à {} octets : continuez là.",
                                             "The upload is at {} bytes: go on there." };
static const struct message too_long = { "upload_too_long", "L’envoi dépasse la taille annoncée.",
                                         "The upload is longer than announced." };

struct part_state {
    const struct documents *room;
    struct db *db; /* of the HTTP thread */
    struct resumable upload;
    struct blob_writer *writer;
    int64_t received;
    bool refused, recorded;
};

static enum status check_offset(struct request *rq, const struct resumable *u, struct err *e) {
    int64_t offset;
    enum status s;

    if (!str_to_i64(request_header(rq, "upload-offset"), &offset) || offset < 0)
        return fail(e, E_INVALID, &offset_missing, "no offset");
    if (offset == u->offset_bytes) return OK;
    char text[24];
    struct str at = resumable_number(u->offset_bytes, text);
    s = fail(e, E_CONFLICT, &offset_wrong, "upload %lld is elsewhere", (long long)u->id);
    err_arg(e, at);
    return s;
}

/* The writer is opened first: an arena ends in reverse order, and close() still needs it. */
static enum status part_open(struct request *rq, void **state, struct err *e) {
    struct part_state *p = arena_alloc(rq->arena, sizeof *p);
    enum status s;

    if (!p) return fail(e, E_LIMIT, NULL, "no room for an upload");
    p->room = rq->room;
    p->db = rq->db;
    if ((s = resumable_of_request(rq, &p->upload, e)) != OK) return s;
    if ((s = check_offset(rq, &p->upload, e)) != OK) return s;
    if ((s = blob_write_start(&p->room->blobs, rq->arena, &p->writer, e)) == OK) *state = p;
    return s;
}

static enum status part_data(void *state, struct str bytes, struct err *e) {
    struct part_state *p = state;
    enum status s = OK;

    if ((int64_t)bytes.n > p->upload.size_bytes - p->upload.offset_bytes - p->received)
        s = fail(e, E_LIMIT, &too_long, "upload %lld is too long", (long long)p->upload.id);
    if (s == OK) s = blob_write(p->writer, bytes, e);
    if (s == OK) p->received += (int64_t)bytes.n;
    p->refused = s != OK;
    return s;
}

/* The bytes first, then the row that names them. */
static enum status record(struct part_state *p, struct db *db, struct err *e) {
    struct blob blob;
    enum status s;

    p->recorded = true; /* whatever comes of it, it is not tried twice */
    if (p->received == 0) return OK;
    if ((s = blob_write_finish(p->writer, &blob, e)) != OK) return s;
    s = resumable_add_part(db, p->upload.id, p->upload.offset_bytes, p->received, str_from_c(blob.name), e);
    if (s != OK) return s;
    blob_keep(p->writer);
    p->upload.offset_bytes += p->received;
    return OK;
}

static void part_close(void *state) {
    struct part_state *p = state;

    if (!p->recorded && !p->refused) (void)!record(p, p->db, NULL); /* else the client sends it again */
}

const struct upload_sink resumable_upload = { .raw_type = "application/offset+octet-stream",
                                              .file_max_bytes = RESUMABLE_MAX_BYTES,
                                              .files_max = 1,
                                              .open = part_open,
                                              .file_data = part_data,
                                              .close = part_close };

/* ---- joining ---- */

struct join {
    struct blob_store const *blobs;
    struct arena *arena;
    struct received_file *file;
};

static enum status join_part(void *ctx, struct str blob_name, struct err *e) {
    struct join *j = ctx;
    struct blob_reader *reader;
    char *bytes = arena_alloc(j->arena, JOIN_BYTES);
    int64_t n = 0;
    enum status s;

    if (!bytes) return fail(e, E_LIMIT, NULL, "no room for joining an upload");
    if ((s = blob_read_start(j->blobs, j->arena, blob_name, &reader, e)) != OK) return s;
    while (s == OK && (n = blob_read(reader, bytes, JOIN_BYTES)) > 0)
        s = receive_data(j->file, (struct str) { bytes, (size_t)n }, e);
    return s == OK && n < 0 ? fail(e, E_INTERNAL, NULL, "a part of an upload is damaged") : s;
}

static struct document_content content_of(const struct resumable *u, const struct received_file *f) {
    struct upload_about about = { .patient_id = u->patient_id, .title = u->title };
    struct document d = receive_document(f);

    about.kind_given = u->kind.n > 0 && document_kind_from_name(u->kind, &about.kind);
    upload_about_fill(&about, &d);
    d.created_by = u->created_by;
    return (struct document_content) { d, f->blob.content };
}

/* What cannot be read is refused with the last byte, and forgotten: now, or when it expires. */
static enum status refuse(struct request *rq, struct reply *re, const struct resumable *u, bool unsupported,
                          enum status why) {
    (void)!resumable_remove(rq->db, rq->room, u->id, rq->now_us, NULL);
    if (unsupported) re->http = 415;
    return why;
}

static enum status complete(struct request *rq, struct reply *re, struct resumable *u, struct err *e) {
    const struct documents *room = rq->room;
    struct join join = { &room->blobs, rq->arena, NULL };
    struct document d;
    bool unsupported, made;
    enum status s;

    if ((s = receive_start(room, rq->arena, u->file_name, &join.file, e)) != OK) return s;
    if ((s = resumable_each_part(rq->db, u->id, join_part, &join, e)) != OK) return s;
    if ((s = receive_check(join.file, &unsupported, e)) != OK) return refuse(rq, re, u, unsupported, s);
    if ((s = receive_finish(join.file, e)) != OK) return s;
    const struct document_content content = content_of(u, join.file);
    if ((s = resumable_complete(rq->db, rq->arena, room, u, &content, rq->now_us, &d, &made, e)) != OK)
        return s;
    if (made) blob_keep(join.file->writer);
    u->document_id = d.id;
    return OK;
}

enum status resumable_patch(struct request *rq, struct reply *re, struct err *e) {
    struct part_state *p = rq->upload->state;
    struct resumable *u = &p->upload;
    enum status s = record(p, rq->db, e);

    if (s == OK && u->offset_bytes == u->size_bytes && u->document_id == 0) s = complete(rq, re, u, e);
    return s == OK ? resumable_answer(rq, re, u, e) : s;
}
