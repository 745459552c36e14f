/*
 * media_api -- /api/messaging/media/: what people sent, for the doctor to look at, accept as a document or discard.
 */
#include "documents/document_api.h"
#include "documents/upload_about.h"
#include "http/fields.h"
#include "http/page.h"
#include "messaging/media_store.h"
#include "messaging/media_type.h"
#include "patients/patient_query.h"

enum { MEDIA_BODY_MAX = 16 * 1024 };

static const struct message no_file = {
    "media_no_file", "Il n’y a pas de fichier : il n’est pas arrivé, a été refusé, écarté ou supprimé.",
    "There is no file: it did not arrive, was refused, discarded or erased."
};

/* ---- list ---- */

static enum status read_filter(const struct request *rq, struct media_filter *f, struct err *e) {
    enum media_status status;

    *f = (struct media_filter) { .status = request_query(rq, "status") };
    if (f->status.n && !media_status_from_name(f->status, &status))
        return fail_field(e, STR("status"), &field_not_a_choice,
                          STR("waiting, kept, accepted, discarded, refused, gone, failed"));
    return patient_query(rq, &f->patient_id, e);
}

static enum status write_row(void *ctx, const struct media_row *m, struct err *e) {
    (void)e;
    media_json(ctx, m);
    return OK;
}

static enum status media_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct media_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = read_filter(rq, &filter, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = media_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = media_each(rq->db, &filter, page.size, page.offset, write_row, &json, e)) != OK) return s;
    page_end(&json);
    return OK;
}

static enum status media_of_request(struct request *rq, struct media_row *m, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? media_get(rq->db, rq->arena, id, m, e) : s;
}

/* ---- the bytes ---- */

static enum status name_of(struct arena *arena, const struct media_row *m, struct str *out, struct err *e) {
    *out = m->file_name;
    if (m->file_name.n ||
        arena_printf(arena, out, "whatsapp-%lld%s", (long long)m->id, media_type_suffix(m->type)))
        return OK;
    return fail(e, E_LIMIT, NULL, "no memory for a name");
}

/* Where the bytes are: with the medium, or with the document that it became. */
static enum status blob_of(struct request *rq, const struct media_row *m, struct str *blob,
                           int64_t *size_bytes, struct err *e) {
    struct document d;
    enum status s;

    *blob = m->blob_name;
    *size_bytes = m->size_bytes;
    if (m->blob_name.n) return OK;
    if (m->document_id == 0)
        return fail(e, E_NOT_FOUND, &no_file, "medium %lld has no file", (long long)m->id);
    if ((s = document_get(rq->db, rq->arena, m->document_id, &d, e)) != OK) return s;
    *blob = d.blob_name; /* without its password meanwhile, perhaps */
    *size_bytes = d.size_bytes;
    return OK;
}

static enum status media_file_get(struct request *rq, struct reply *re, struct err *e) {
    const struct messaging *room = rq->room;
    struct str blob, name;
    struct media_row m;
    int64_t size_bytes;
    enum status s;

    if ((s = media_of_request(rq, &m, e)) != OK) return s;
    if ((s = blob_of(rq, &m, &blob, &size_bytes, e)) != OK) return s;
    if ((s = name_of(rq->arena, &m, &name, e)) != OK) return s;
    char *type = arena_cstr(rq->arena, m.type);
    if (!type) return fail(e, E_LIMIT, NULL, "no memory for a type");
    re->type = type;
    re->patient_id = m.patient_id;
    return document_send_blob(&room->documents->blobs, rq, re, blob, size_bytes, name, e);
}

/* ---- the decision ---- */

static enum status read_decision(struct request *rq, const struct media_row *m, struct document *d,
                                 struct err *e) {
    struct upload_about about = { .patient_id = m->patient_id };
    const char *kinds[KIND_COUNT + 1] = { NULL };
    struct fields *f;
    int kind = 0;
    enum status s;

    for (int i = 0; i < KIND_COUNT; i++) kinds[i] = document_kind_name((enum document_kind)i);
    if ((s = fields_parse(rq->arena, rq->body.n ? rq->body : STR("{}"), &f, e)) != OK) return s;
    fields_str(f, "title", FIELD_OPTIONAL, UPLOAD_TITLE_MAX_CHARS, &about.title);
    about.kind_given = fields_word(f, "kind", FIELD_OPTIONAL, kinds, &kind);
    about.kind = (enum document_kind)kind;
    fields_i64(f, "patient_id", FIELD_OPTIONAL, 1, INT64_MAX, &about.patient_id);
    if ((s = fields_done(f)) != OK) return s;
    if (about.patient_id == 0) return fail_field(e, STR("patient_id"), &field_required, STR(""));
    upload_about_fill(&about, d);
    return patient_check_exists(rq->db, d->patient_id, e);
}

static enum status media_accept_post(struct request *rq, struct reply *re, struct err *e) {
    struct messaging *room = rq->room;
    struct json_out json = json_out_to(&re->body);
    struct document made_of, out;
    struct media_row m;
    bool made;
    enum status s;

    if ((s = media_of_request(rq, &m, e)) != OK) return s;
    made_of = (struct document) { .mime = m.type,
                                  .size_bytes = m.size_bytes,
                                  .blob_name = m.blob_name,
                                  .status = STR("pending"),
                                  .error_code = STR(""),
                                  .created_by = rq->who.user_id };
    if ((s = name_of(rq->arena, &m, &made_of.file_name, e)) != OK) return s;
    if ((s = read_decision(rq, &m, &made_of, e)) != OK) return s;
    s = media_accept(room, rq->db, rq->arena, &m, &made_of, rq->now_us, &out, &made, e);
    if (s != OK) return s;
    document_json(&json, &out, rq->lang);
    re->http = made ? 201 : 200;
    re->patient_id = out.patient_id;
    return OK;
}

static enum status media_discard_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct media_row m;
    enum status s;

    if ((s = media_of_request(rq, &m, e)) != OK) return s;
    if ((s = media_discard(rq->room, rq->db, rq->arena, &m, rq->who.user_id, rq->now_us, e)) != OK) return s;
    if ((s = media_get(rq->db, rq->arena, m.id, &m, e)) != OK) return s;
    media_json(&json, &m);
    re->patient_id = m.patient_id;
    return OK;
}

static const struct query_param media_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "status", "waiting, kept (waits for a decision), accepted, discarded, refused, gone or failed" },
    { "patient", "What one patient sent" },
    { 0 },
};

const struct route media_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/messaging/media/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_HTTP,
      .handler = media_list_get,
      .summary = "Pictures, documents and voice notes that people sent, newest first",
      .response_schema = "MediaList",
      .success = 200,
      .query = media_params },
    { .method = HTTP_GET,
      .path = "/api/messaging/media/{id}/file/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_WORKER,
      .handler = media_file_get,
      .summary = "The bytes as they were sent, as a download",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/messaging/media/{id}/accept/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .body_max_bytes = MEDIA_BODY_MAX,
      .handler = media_accept_post,
      .summary = "Make a document of it, as if it had been uploaded; once more answers the same document",
      .request_schema = "MediaAccept",
      .response_schema = "Document",
      .success = 201,
      .success_known = 200,
      .creates = true },
    { .method = HTTP_POST,
      .path = "/api/messaging/media/{id}/discard/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .handler = media_discard_post,
      .summary = "Not for the record: its bytes are removed",
      .response_schema = "Media",
      .success = 200 },
    { .path = NULL },
};
