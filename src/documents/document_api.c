/*
 * document_api -- /api/documents/: list, one, change, erase, original, read again.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/ingest.h"
#include "http/fields.h"
#include "http/page.h"

enum { TITLE_MAX_CHARS = 200, ERROR_TEXT_BYTES = 400, PATIENT_NAME_BYTES = 4096 };

static const char *const kind_words[] = { "other",  "prescription", "laboratory", "imaging",
                                          "report", "certificate",  NULL };

static void put_error(struct json_out *o, const struct document *d, enum lang lang) {
    const struct message *m = ingest_failure(d->error_code);
    char text[ERROR_TEXT_BYTES];

    json_field_str_or_null(o, "error_code", d->error_code);
    size_t n = m ? message_text(m, lang, STR(""), text, sizeof text) : 0;
    json_field_str_or_null(o, "error", (struct str) { text, n });
}

/* A record may have one of the two names, or none. */
static void put_patient_name(struct json_out *o, const struct document *d) {
    struct buf name;

    buf_init(&name, PATIENT_NAME_BYTES);
    buf_add(&name, d->first_name);
    if (d->first_name.n && d->last_name.n) buf_add_char(&name, ' ');
    buf_add(&name, d->last_name);
    json_field_str(o, "patient_name", buf_str(&name));
    buf_done(&name);
}

void document_json(struct json_out *o, const struct document *d, enum lang lang) {
    json_put_object(o);
    json_field_int(o, "id", d->id);
    json_field_int(o, "patient_id", d->patient_id);
    put_patient_name(o, d);
    json_field_str(o, "title", d->title);
    json_field_str(o, "kind", str_from_c(document_kind_name(d->kind)));
    json_field_date_or_null(o, "date", d->date);
    json_field_str(o, "author", d->author);
    json_field_str(o, "status", d->status);
    put_error(o, d, lang);
    json_field_str(o, "file_name", d->file_name);
    json_field_str(o, "content_type", d->mime);
    json_field_int(o, "size", d->size_bytes);
    json_field_int(o, "page_count", d->page_count);
    json_field_int(o, "illegible_pages", d->illegible_count);
    json_field_bool(o, "names_another", d->names_another);
    json_field_bool(o, "belongs", d->belongs);
    json_field_str(o, "named_patient", d->named_patient);
    json_field_date_or_null(o, "named_birth", d->named_birth);
    json_field_time(o, "created_at", d->created_at_us);
    json_field_time(o, "updated_at", d->updated_at_us);
    json_field_time(o, "indexed_at", d->indexed_at_us);
    json_put_object_end(o);
}

enum status document_answer(struct request *rq, struct reply *re, int64_t id, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct document d;
    enum status s = document_get(rq->db, rq->arena, id, &d, e);

    if (s == OK) document_json(&o, &d, rq->lang);
    return s;
}

enum status document_of_request(struct request *rq, struct document *d, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? document_get(rq->db, rq->arena, id, d, e) : s;
}

struct list {
    struct json_out out;
    enum lang lang;
};

static enum status put_row(void *ctx, const struct document *d, struct err *e) {
    struct list *l = ctx;
    (void)e;
    document_json(&l->out, d, l->lang);
    return OK;
}

static bool is_status(struct str word) {
    static const char *const words[] = { "pending", "processing", "indexed", "failed" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(word, str_from_c(words[i]))) return true;
    return false;
}

static enum status parse_filter(const struct request *rq, struct document_filter *f, struct err *e) {
    struct str patient = request_query(rq, "patient");
    enum document_kind kind;

    *f =
        (struct document_filter) { .status = request_query(rq, "status"), .kind = request_query(rq, "kind") };
    if (patient.n && (!str_to_i64(patient, &f->patient_id) || f->patient_id <= 0))
        return fail_field(e, STR("patient"), &field_not_integer, STR(""));
    if (f->status.n && !is_status(f->status))
        return fail_field(e, STR("status"), &field_not_a_choice, STR("pending, processing, indexed, failed"));
    if (f->kind.n && !document_kind_from_name(f->kind, &kind))
        return fail_field(e, STR("kind"), &field_not_a_choice,
                          STR("prescription, laboratory, imaging, report, certificate, other"));
    if (!document_need_from_name(request_query(rq, "needs"), &f->need))
        return fail_field(e, STR("needs"), &field_not_a_choice,
                          STR("reading, failed, locked, other_patient, illegible, check"));
    return OK;
}

enum status documents_get(struct request *rq, struct reply *re, struct err *e) {
    struct list l = { json_out_to(&re->body), rq->lang };
    struct document_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = parse_filter(rq, &filter, e)) != OK || (s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = document_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &l.out, e)) != OK) return s;
    if ((s = document_each(rq->db, &filter, page.size, page.offset, put_row, &l, e)) != OK) return s;
    page_end(&l.out);
    return OK;
}

enum status document_needs_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    int64_t counts[NEED_COUNT];
    enum status s = document_needs(rq->db, counts, e);

    if (s != OK) return s;
    json_put_object(&o);
    for (int i = NEED_ANY + 1; i < NEED_COUNT; i++)
        json_field_int(&o, document_need_name((enum document_need)i), counts[i]);
    json_put_object_end(&o);
    return OK;
}

enum status document_get_one(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct document d;
    enum status s = document_of_request(rq, &d, e);

    if (s == OK) document_json(&o, &d, rq->lang);
    return s;
}

/* What the doctor says stays, whatever is read later. */
static enum status parse_given(struct request *rq, struct document *d, struct err *e) {
    struct fields *f;
    int kind = (int)d->kind;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    if (fields_str(f, "title", FIELD_OPTIONAL, TITLE_MAX_CHARS, &d->title)) {
        if (d->title.n == 0) fields_fail(f, "title", &field_blank, STR(""));
        d->title_given = true;
    }
    if (fields_word(f, "kind", FIELD_OPTIONAL, kind_words, &kind)) d->kind_given = true;
    if (fields_date(f, "date", FIELD_OPTIONAL, &d->date)) d->date_given = true;
    d->kind = (enum document_kind)kind;
    return fields_done(f);
}

enum status document_patch(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK || (s = parse_given(rq, &d, e)) != OK) return s;
    if ((s = document_save_given(rq->db, &d, rq->who.user_id, rq->now_us, e)) != OK) return s;
    d.updated_at_us = rq->now_us;
    document_json(&o, &d, rq->lang);
    return OK;
}

enum status document_delete(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    enum status s = document_of_request(rq, &d, e);

    (void)re;
    return s == OK ? document_erase(rq->db, rq->arena, rq->room, &d, rq->who.user_id, rq->now_us, e) : s;
}

enum status document_reindex(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    if ((s = document_read_again(rq->db, rq->arena, rq->room, &d, rq->who.user_id, rq->now_us, e)) != OK)
        return s;
    d.status = STR("pending");
    d.error_code = STR("");
    document_json(&o, &d, rq->lang);
    return OK;
}

/* RFC 6266 and 8187: a plain name for old clients, the true one in UTF-8. */
static enum status put_disposition(struct reply *re, struct str name, struct err *e) {
    struct buf value;
    enum status s;

    buf_init(&value, 4096);
    buf_add(&value, STR("attachment; filename=\""));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        buf_add_char(&value, c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%' ? c : '_');
    }
    buf_add(&value, STR("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = is_digit(c) || is_ascii_letter(c) || c == '.' || c == '-' || c == '_';
        plain ? buf_add_char(&value, c) : buf_addf(&value, "%%%02X", (unsigned char)c);
    }
    s = buf_ok(&value) ? reply_header(re, "Content-Disposition", buf_str(&value), e)
                       : fail(e, E_LIMIT, NULL, "a file name is too long");
    buf_done(&value);
    return s;
}

static int64_t read_original(void *ctx, char *out, size_t n) {
    return blob_read(ctx, out, n);
}

static void original_done(void *ctx) {
    (void)ctx; /* the arena of the request closes it */
}

enum status document_send_blob(const struct blob_store *blobs, struct request *rq, struct reply *re,
                               struct str blob, int64_t size_bytes, struct str file_name, struct err *e) {
    struct blob_reader *reader;
    enum status s = blob_read_start(blobs, rq->arena, blob, &reader, e);

    if (s != OK) return s == E_NOT_FOUND ? E_INTERNAL : s;
    if ((s = put_disposition(re, file_name, e)) != OK) return s;
    return reply_stream(re, size_bytes, read_original, original_done, reader, e);
}

enum status document_file_get(struct request *rq, struct reply *re, struct err *e) {
    const struct documents *room = rq->room;
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    if ((s = document_note_download(rq->db, &d, rq->who.user_id, rq->now_us, e)) != OK) return s;
    re->type = arena_cstr(rq->arena, d.mime);
    return document_send_blob(&room->blobs, rq, re, d.blob_name, d.size_bytes, d.file_name, e);
}
