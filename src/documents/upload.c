/*
 * upload -- POST /api/documents/: the sink that takes files in while they arrive, and the handler that makes documents of them.
 *
 * The bytes are encrypted on the disk, and there to stay, before a row names them; the row and the job that will read the document are
 * one transaction. Whatever happens before that leaves nothing behind.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/receive.h"
#include "documents/upload_about.h"
#include "http/fields.h"
#include "patients/patient.h"

/* The contract's 100 MB. Twenty files are a folder's worth; more come in several requests. */
enum { FILES_MAX = 20, FIELDS_MAX = 8, FIELD_MAX_BYTES = 1024 };
#define FILE_MAX_BYTES (UINT64_C(100) * 1024 * 1024)

static const struct message file_missing = { "file_missing", "Ajoutez au moins un fichier (champ « file »).",
                                             "Add at least one file (field \"file\")." };

struct upload_state {
    const struct documents *room;
    struct arena *arena;
    struct received_file *files[FILES_MAX];
    size_t file_count;
    struct upload_about about;
};

static enum status upload_open(struct request *rq, void **state, struct err *e) {
    struct upload_state *u = arena_alloc(rq->arena, sizeof *u);
    if (!u) return fail(e, E_LIMIT, NULL, "no room for an upload");
    u->room = rq->room;
    u->arena = rq->arena;
    *state = u;
    return OK;
}

static enum status upload_field(void *state, struct str name, struct str value, struct err *e) {
    struct upload_state *u = state;
    return upload_about_field(u->arena, &u->about, name, value, e);
}

static enum status upload_file_begin(void *state, struct str name, struct str filename, struct err *e) {
    struct upload_state *u = state;
    enum status s;

    if (!str_eq(name, STR("file"))) return fail_field(e, name, &field_unknown, STR(""));
    if (u->file_count == FILES_MAX) return fail(e, E_LIMIT, NULL, "more than %d files", FILES_MAX);
    s = receive_start(u->room, u->arena, filename, &u->files[u->file_count], e);
    if (s == OK) u->file_count++;
    return s;
}

static enum status upload_file_data(void *state, struct str bytes, struct err *e) {
    struct upload_state *u = state;
    return receive_data(u->files[u->file_count - 1], bytes, e);
}

/* Everything lives in the arena of the request, which takes unkept blobs along. */
const struct upload_sink documents_upload = {
    .file_max_bytes = FILE_MAX_BYTES,
    .files_max = FILES_MAX,
    .fields_max = FIELDS_MAX,
    .field_max_bytes = FIELD_MAX_BYTES,
    .open = upload_open,
    .field = upload_field,
    .file_begin = upload_file_begin,
    .file_data = upload_file_data,
};

static enum status check_file(struct received_file *f, struct reply *re, struct err *e) {
    bool unsupported;
    enum status s = receive_check(f, &unsupported, e);
    if (unsupported) re->http = 415;
    return s;
}

static enum status check_upload(struct request *rq, struct upload_state *u, struct reply *re, struct err *e) {
    enum status s = OK;

    if (u->about.patient_id == 0) s = fail_field(e, STR("patient_id"), &field_required, STR(""));
    if (u->file_count == 0) s = fail_field(e, STR("file"), &file_missing, STR(""));
    if (s == OK) s = patient_check_exists(rq->db, u->about.patient_id, e);
    for (size_t i = 0; i < u->file_count && s == OK; i++) s = check_file(u->files[i], re, e);
    for (size_t i = 0; i < u->file_count && s == OK; i++) s = receive_finish(u->files[i], e);
    return s;
}

static struct document_content content_of(const struct request *rq, const struct upload_state *u,
                                          const struct received_file *f) {
    struct document d = receive_document(f);
    upload_about_fill(&u->about, &d);
    d.created_by = rq->who.user_id;
    return (struct document_content) { d, f->blob.content };
}

/* All files of the request, or none. */
static enum status add_documents(struct request *rq, const struct upload_state *u,
                                 struct document docs[FILES_MAX], bool made[FILES_MAX], struct err *e) {
    struct document_content files[FILES_MAX];

    for (size_t i = 0; i < u->file_count; i++) files[i] = content_of(rq, u, u->files[i]);
    return documents_add(rq->db, rq->arena, rq->room, files, u->file_count, rq->now_us, docs, made, e);
}

enum status documents_post(struct request *rq, struct reply *re, struct err *e) {
    struct upload_state *u = rq->upload->state;
    struct json_out o = json_out_to(&re->body);
    struct document docs[FILES_MAX];
    bool made[FILES_MAX], any_made = false;
    enum status s;

    if ((s = check_upload(rq, u, re, e)) != OK) return s;
    if ((s = add_documents(rq, u, docs, made, e)) != OK) return s;
    for (size_t i = 0; i < u->file_count; i++) {
        if (made[i]) blob_keep(u->files[i]->writer);
        any_made |= made[i];
    }
    if (u->file_count > 1) json_put_array(&o);
    for (size_t i = 0; i < u->file_count; i++) document_json(&o, &docs[i], rq->lang);
    if (u->file_count > 1) json_put_array_end(&o);
    re->http = any_made ? 201 : 200;
    re->patient_id = u->about.patient_id;
    return OK;
}
