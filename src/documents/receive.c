#include "documents/receive.h"

#include "base/utf8.h"

static const struct message file_empty = { "file_empty", "Le fichier {} est vide. Envoyez-le à nouveau.",
                                           "The file {} is empty. Send it again." };
static const struct message file_unsupported = {
    "file_unsupported",
    "Le fichier {} n’est ni un PDF, ni une image (PNG, JPEG, TIFF, WebP, HEIC, BMP), ni un texte (DOCX, ODT, TXT), quel que soit son nom. Enregistrez-le dans l’un de ces formats.",
    "The file {} is, whatever its name, neither a PDF, nor a picture (PNG, JPEG, TIFF, WebP, HEIC, BMP), nor a text (DOCX, ODT, TXT). Save it in one of these formats."
};

bool receive_file_name(struct arena *a, struct str path, struct str *out) {
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\') {
            path = str_sub(path, i, path.n);
            break;
        }
    if (!utf8_clean(a, utf8_prefix(path, 240), out)) return false;
    *out = str_trim(*out);
    if (out->n == 0) *out = STR("document");
    return true;
}

enum status receive_start(const struct documents *room, struct arena *a, struct str file_name,
                          struct received_file **out, struct err *e) {
    struct received_file *f = arena_alloc(a, sizeof *f);
    enum status s;

    if (!f || !receive_file_name(a, file_name, &f->name)) return fail(e, E_LIMIT, NULL, "no room for a file");
    if ((s = blob_write_start(&room->blobs, a, &f->writer, e)) == OK) *out = f;
    return s;
}

static void look_at_head(struct received_file *f) {
    f->type = file_type_of((struct str) { f->head, f->head_filled });
    f->typed = true;
}

enum status receive_data(struct received_file *f, struct str bytes, struct err *e) {
    if (!f->typed) {
        size_t n = FILE_HEAD_BYTES - f->head_filled < bytes.n ? FILE_HEAD_BYTES - f->head_filled : bytes.n;
        memcpy(f->head + f->head_filled, bytes.p, n);
        f->head_filled += n;
        if (f->head_filled == FILE_HEAD_BYTES) look_at_head(f);
    }
    if (f->typed && f->type == FILE_UNKNOWN) return OK;
    return blob_write(f->writer, bytes, e);
}

enum status receive_check(struct received_file *f, bool *unsupported, struct err *e) {
    if (!f->typed) look_at_head(f);
    *unsupported = f->head_filled > 0 && f->type == FILE_UNKNOWN;
    if (f->head_filled > 0 && !*unsupported) return OK;
    enum status s =
        fail(e, E_INVALID, *unsupported ? &file_unsupported : &file_empty, "a file that cannot be taken");
    err_arg(e, f->name);
    return s;
}

enum status receive_finish(struct received_file *f, struct err *e) {
    return blob_write_finish(f->writer, &f->blob, e);
}

struct document receive_document(const struct received_file *f) {
    return (struct document) { .file_name = f->name,
                               .mime = str_from_c(file_type_mime(f->type)),
                               .size_bytes = (int64_t)f->blob.size_bytes,
                               .blob_name = str_from_c(f->blob.name),
                               .status = STR("pending"),
                               .error_code = STR("") };
}
