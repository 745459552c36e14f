/*
 * advice_file_api -- POST /api/rag/advice/{id}/file/: one file whose text becomes the body of a draft.
 *
 * As with documents, the bytes are encrypted on the disk before a row names them, and the row and the job that will read them are one
 * transaction. The file is removed once it was read.
 */
#include "rag/advice_api.h"

#include "documents/receive.h"
#include "http/fields.h"
#include "rag/rag_room.h"

/* A leaflet, not an archive: a phone's photographs and long PDFs fit. */
#define FILE_MAX_BYTES (UINT64_C(20) * 1024 * 1024)

struct upload_state {
    const struct documents *documents;
    struct arena *arena;
    struct received_file *file; /* NULL: none came */
};

static enum status upload_open(struct request *rq, void **state, struct err *e) {
    const struct rag *rag = rq->room;
    struct upload_state *u = arena_alloc(rq->arena, sizeof *u);
    if (!u) return fail(e, E_LIMIT, NULL, "no room for an upload");
    *u = (struct upload_state) { rag->documents, rq->arena, NULL };
    *state = u;
    return OK;
}

static enum status upload_field(void *state, struct str name, struct str value, struct err *e) {
    (void)state, (void)value;
    return fail_field(e, name, &field_unknown, STR(""));
}

static enum status upload_file_begin(void *state, struct str name, struct str filename, struct err *e) {
    struct upload_state *u = state;
    if (!str_eq(name, STR("file"))) return fail_field(e, name, &field_unknown, STR(""));
    return receive_start(u->documents, u->arena, filename, &u->file, e);
}

static enum status upload_file_data(void *state, struct str bytes, struct err *e) {
    struct upload_state *u = state;
    return receive_data(u->file, bytes, e);
}

/* The arena of the request takes an unkept blob along. */
const struct upload_sink advice_upload = {
    .file_max_bytes = FILE_MAX_BYTES,
    .files_max = 1,
    .fields_max = 1,
    .field_max_bytes = 1024,
    .open = upload_open,
    .field = upload_field,
    .file_begin = upload_file_begin,
    .file_data = upload_file_data,
};

enum status advice_file_post(struct request *rq, struct reply *re, struct err *e) {
    struct upload_state *u = rq->upload->state;
    struct advice_actor by = advice_actor_of(rq);
    struct json_out o = json_out_to(&re->body);
    struct advice a;
    bool unsupported;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = advice_get(rq->db, rq->arena, id, &a, e)) != OK) return s;
    if (!u->file) return fail_field(e, STR("file"), &upload_file_missing, STR(""));
    s = receive_check(u->file, &unsupported, e);
    if (unsupported) re->http = 415;
    if (s == OK) s = receive_finish(u->file, e);
    if (s != OK) return s;
    struct str name = u->file->name, blob = str_from_c(u->file->blob.name);
    if ((s = advice_take_file(rq->db, rq->arena, &by, id, name, blob, &a, e)) != OK) return s;
    blob_keep(u->file->writer);
    return advice_write_json(rq, &o, &a, ADVICE_WITH_BODY, e);
}
