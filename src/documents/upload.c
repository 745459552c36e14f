/*
 * upload -- POST /api/documents/: the sink that takes files in while they arrive, and the handler that makes documents of them.
 *
 * The bytes are encrypted on the disk, and there to stay, before a row names them; the row and the job that will read the document are
 * one transaction. Whatever happens before that leaves nothing behind.
 */
#include "documents/document_api.h"

#include "base/utf8.h"
#include "documents/document_row.h"
#include "documents/file_type.h"
#include "http/fields.h"
#include "patients/patient.h"

/* The contract's 100 MB. Twenty files are a folder's worth; more come in several requests. */
enum { FILES_MAX = 20, FIELDS_MAX = 8, FIELD_MAX_BYTES = 1024, TITLE_MAX_CHARS = 200 };
#define FILE_MAX_BYTES (UINT64_C(100) * 1024 * 1024)

static const struct message file_missing = { "file_missing", "Ajoutez au moins un fichier (champ « file »).",
                                             "Add at least one file (field \"file\")." };
static const struct message file_empty = { "file_empty", "Le fichier {} est vide.", "The file {} is empty." };
static const struct message file_unsupported = {
    "file_unsupported",
    "Le fichier {} n'est ni un PDF, ni une image (PNG, JPEG, TIFF, WebP, HEIC, BMP), ni un texte (DOCX, ODT, TXT).",
    "The file {} is neither a PDF, nor a picture (PNG, JPEG, TIFF, WebP, HEIC, BMP), nor a text (DOCX, ODT, TXT)."
};
static const struct message patient_id_invalid = { "patient_id_invalid", "Indiquez le numéro d'un patient.",
                                                   "Give the number of a patient." };
static const struct message kind_invalid = {
    "kind_invalid", "Choisissez parmi : prescription, laboratory, imaging, report, certificate, other.",
    "Choose one of: prescription, laboratory, imaging, report, certificate, other."
};

static const struct message field_repeated = { "field_repeated", "Ce champ est donné deux fois.",
                                               "This field is given twice." };

struct received_file {
    struct str name;
    struct blob_writer *writer;
    struct blob blob;
    size_t head_filled;
    enum file_type type; /* FILE_UNKNOWN until the head is there, and for what we do not read */
    bool typed;
    char head[FILE_HEAD_BYTES];
};

struct upload_state {
    const struct documents *room;
    struct arena *arena;
    struct received_file *files[FILES_MAX];
    size_t file_count;
    int64_t patient_id;
    struct str title;
    enum document_kind kind;
    bool kind_given, synced;
    bool patient_seen, title_seen, kind_seen;
};

static enum status upload_open(struct request *rq, void **state, struct err *e) {
    struct upload_state *u = arena_alloc(rq->arena, sizeof *u);
    if (!u) return fail(e, E_LIMIT, NULL, "no room for an upload");
    u->room = rq->room;
    u->arena = rq->arena;
    *state = u;
    return OK;
}

/* Whose document would it be, if two patients were named? */
static enum status see_once(bool *seen, struct str name, struct err *e) {
    if (*seen) return fail_field(e, name, &field_repeated, STR(""));
    *seen = true;
    return OK;
}

static enum status upload_field(void *state, struct str name, struct str value, struct err *e) {
    struct upload_state *u = state;

    value = str_trim(value);
    if (str_eq(name, STR("patient_id"))) {
        if (see_once(&u->patient_seen, name, e) != OK) return E_INVALID;
        if (!str_to_i64(value, &u->patient_id) || u->patient_id <= 0)
            return fail_field(e, STR("patient_id"), &patient_id_invalid, STR(""));
        return OK;
    }
    if (str_eq(name, STR("title"))) {
        if (see_once(&u->title_seen, name, e) != OK) return E_INVALID;
        if (utf8_length(value) > TITLE_MAX_CHARS)
            return fail_field(e, STR("title"), &field_too_long, STR("200"));
        return utf8_clean(u->arena, value, &u->title) ? OK : fail(e, E_LIMIT, NULL, "no room for a title");
    }
    if (str_eq(name, STR("kind"))) {
        if (see_once(&u->kind_seen, name, e) != OK) return E_INVALID;
        if (value.n == 0) return OK;
        u->kind_given = true;
        return document_kind_from_name(value, &u->kind) ? OK
                                                        : fail_field(e, STR("kind"), &kind_invalid, STR(""));
    }
    return fail_field(e, name, &field_unknown, STR(""));
}

/* The last part of whatever path a client sends, without control characters. */
static bool clean_file_name(struct arena *a, struct str name, struct str *out) {
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
            name = str_sub(name, i, name.n);
            break;
        }
    if (!utf8_clean(a, utf8_prefix(name, 240), out)) return false;
    *out = str_trim(*out);
    if (out->n == 0) *out = STR("document");
    return true;
}

static enum status upload_file_begin(void *state, struct str name, struct str filename, struct err *e) {
    struct upload_state *u = state;
    struct received_file *f;
    enum status s;

    if (!str_eq(name, STR("file"))) return fail_field(e, name, &field_unknown, STR(""));
    if (u->file_count == FILES_MAX) return fail(e, E_LIMIT, NULL, "more than %d files", FILES_MAX);
    if (!(f = arena_alloc(u->arena, sizeof *f)) || !clean_file_name(u->arena, filename, &f->name))
        return fail(e, E_LIMIT, NULL, "no room for a file");
    if ((s = blob_write_start(&u->room->blobs, u->arena, &f->writer, e)) != OK) return s;
    u->files[u->file_count++] = f;
    return OK;
}

static struct received_file *last_file(struct upload_state *u) {
    return u->files[u->file_count - 1];
}

static void look_at_head(struct received_file *f) {
    f->type = file_type_of((struct str) { f->head, f->head_filled });
    f->typed = true;
}

/* What cannot be read is not stored either: its bytes only pass by. */
static enum status upload_file_data(void *state, struct str bytes, struct err *e) {
    struct received_file *f = last_file(state);

    if (!f->typed) {
        size_t n = FILE_HEAD_BYTES - f->head_filled < bytes.n ? FILE_HEAD_BYTES - f->head_filled : bytes.n;
        memcpy(f->head + f->head_filled, bytes.p, n);
        f->head_filled += n;
        if (f->head_filled == FILE_HEAD_BYTES) look_at_head(f);
    }
    if (f->typed && f->type == FILE_UNKNOWN) return OK;
    return blob_write(f->writer, bytes, e);
}

static enum status upload_file_end(void *state, struct err *e) {
    struct received_file *f = last_file(state);

    (void)e;
    if (!f->typed) look_at_head(f);
    return OK;
}

/* Everything lives in the arena of the request, which takes unkept blobs along. */
static void upload_close(void *state) {
    (void)state;
}

const struct upload_sink documents_upload = {
    .file_max_bytes = FILE_MAX_BYTES,
    .files_max = FILES_MAX,
    .fields_max = FIELDS_MAX,
    .field_max_bytes = FIELD_MAX_BYTES,
    .open = upload_open,
    .field = upload_field,
    .file_begin = upload_file_begin,
    .file_data = upload_file_data,
    .file_end = upload_file_end,
    .close = upload_close,
};

static enum status check_file(const struct received_file *f, struct reply *re, struct err *e) {
    const struct message *wrong = f->head_filled == 0       ? &file_empty
                                  : f->type == FILE_UNKNOWN ? &file_unsupported
                                                            : NULL;

    if (!wrong) return OK;
    if (wrong == &file_unsupported) re->http = 415;
    enum status s = fail(e, E_INVALID, wrong, "a file that cannot be taken");
    err_arg(e, f->name);
    return s;
}

static enum status check_upload(struct request *rq, struct upload_state *u, struct reply *re, struct err *e) {
    enum status s = OK;

    if (u->patient_id == 0) s = fail_field(e, STR("patient_id"), &field_required, STR(""));
    if (u->file_count == 0) s = fail_field(e, STR("file"), &file_missing, STR(""));
    if (s == OK) s = patient_check_exists(rq->db, u->patient_id, e);
    for (size_t i = 0; i < u->file_count && s == OK; i++) s = check_file(u->files[i], re, e);
    for (size_t i = 0; i < u->file_count && s == OK; i++)
        s = blob_write_finish(u->files[i]->writer, &u->files[i]->blob, e);
    return s;
}

static struct document new_document(const struct request *rq, const struct upload_state *u,
                                    const struct received_file *f) {
    return (struct document) { .patient_id = u->patient_id,
                               .title = u->title.n ? u->title : f->name,
                               .title_given = u->title.n > 0,
                               .kind = u->kind,
                               .kind_given = u->kind_given,
                               .file_name = f->name,
                               .mime = str_from_c(file_type_mime(f->type)),
                               .size_bytes = (int64_t)f->blob.size_bytes,
                               .blob_name = str_from_c(f->blob.name),
                               .status = STR("pending"),
                               .error_code = STR(""),
                               .created_by = rq->who.user_id };
}

/* All files of the request, or none. */
static enum status add_documents(struct request *rq, const struct upload_state *u,
                                 struct document docs[FILES_MAX], bool made[FILES_MAX], struct err *e) {
    struct document_content files[FILES_MAX];

    for (size_t i = 0; i < u->file_count; i++)
        files[i] = (struct document_content) { new_document(rq, u, u->files[i]), u->files[i]->blob.content };
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
    re->patient_id = u->patient_id;
    return OK;
}
