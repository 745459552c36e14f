/*
 * documents_part -- the documents of a patient in his export, his timeline and his erasure.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/file_type.h"
#include "patients/part.h"

struct export {
    struct json_out *out;
    struct db *db;
};

static enum status put_page_text(void *ctx, const struct page_row *row, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_int(o, "number", row->page.number);
    if (row->page.attachment.n) json_field_str(o, "attachment", row->page.attachment);
    json_field_bool(o, "legible", row->page.legible);
    json_field_str(o, "text", row->page.text);
    json_put_object_end(o);
    return OK;
}

static enum status put_exported(void *ctx, const struct document *d, struct err *e) {
    struct export *x = ctx;
    enum status s;

    json_put_object(x->out);
    json_put_key(x->out, "document");
    document_json(x->out, d, LANG_FR);
    json_put_key(x->out, "pages");
    json_put_array(x->out);
    s = page_each(x->db, d->id, PAGES_MAX, 0, put_page_text, x->out, e);
    json_put_array_end(x->out);
    json_put_object_end(x->out);
    return s;
}

static enum status part_write(void *ctx, struct db *db, struct arena *a, int64_t patient_id,
                              struct json_out *o, struct err *e) {
    const struct document_filter all = { .patient_id = patient_id };
    struct export x = { o, db };

    (void)ctx, (void)a;
    json_put_array(o);
    enum status s = document_each(db, &all, INT32_MAX, 0, put_exported, &x, e);
    json_put_array_end(o);
    return s;
}

static enum status add_event(void *ctx, const struct document *d, struct err *e) {
    return timeline_add(ctx,
                        (struct timeline_event) {
                            .time_us = d->created_at_us, .kind = "document", .ref = d->id, .text = d->title },
                        e);
}

static enum status part_events(void *ctx, struct db *db, int64_t patient_id, size_t limit, struct timeline *t,
                               struct err *e) {
    const struct document_filter all = { .patient_id = patient_id };
    (void)ctx;
    return document_each(db, &all, (int64_t)limit, 0, add_event, t, e);
}

/* The rows go with the patient's; the files go by jobs, once that is certain. */
static enum status part_erase(void *ctx, struct db *db, struct arena *a, int64_t patient_id, struct str phone,
                              int64_t now_us, struct err *e) {
    (void)phone;
    return documents_erase_originals(db, a, ctx, patient_id, now_us, e);
}

struct file_list {
    patient_file_fn *fn;
    void *ctx;
};

static enum status add_file(void *ctx, const struct document *d, struct err *e) {
    const struct file_list *l = ctx;
    const struct patient_file file = { .id = d->id,
                                       .title = d->title,
                                       .suffix = file_type_suffix_of(d->mime),
                                       .date = d->date,
                                       .size_bytes = d->size_bytes,
                                       .created_at_us = d->created_at_us,
                                       .key = d->blob_name };
    return l->fn(l->ctx, &file, e);
}

static enum status part_files(void *ctx, struct db *db, int64_t patient_id, patient_file_fn *fn, void *fn_ctx,
                              struct err *e) {
    const struct document_filter all = { .patient_id = patient_id };
    struct file_list l = { fn, fn_ctx };
    (void)ctx;
    return document_each(db, &all, INT32_MAX, 0, add_file, &l, e);
}

static enum status open_original(void *ctx, struct arena *a, struct str key, void **reader, struct err *e) {
    const struct documents *room = ctx;
    struct blob_reader *blob;
    enum status s = blob_read_start(&room->blobs, a, key, &blob, e);
    if (s == OK) *reader = blob;
    return s;
}

static int64_t read_original(void *reader, char *out, size_t n) {
    return blob_read(reader, out, n);
}

struct patient_part documents_patient_part(struct documents *room) {
    return (struct patient_part) {
        .name = "documents",
        .ctx = room,
        .write = part_write,
        .events = part_events,
        .erase = part_erase,
        .files = part_files,
        .open_file = open_original,
        .read_file = read_original,
    };
}
