#include "attached.h"

#include "base/utf8.h"
#include "content.h"
#include "documents/file_type.h"

/* ---- from the document ---- */

static gboolean take_bytes(const gchar *p, gsize n, gpointer ctx, GError **error) {
    struct buf *bytes = ctx;

    buf_add(bytes, (struct str) { p, n });
    if (buf_ok(bytes)) return TRUE;
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "too large");
    return FALSE;
}

/* Pinned to a page and listed as well, or listed twice. */
static bool is_known(const struct attached *a, struct str bytes) {
    for (size_t i = 0; i < a->count; i++)
        if (str_eq(buf_str(&a->files[i].bytes), bytes)) return true;
    return false;
}

static bool is_xml(struct str bytes) {
    if (str_starts(bytes, STR("\xef\xbb\xbf"))) bytes = str_sub(bytes, 3, bytes.n);
    return str_starts(str_trim(str_sub(bytes, 0, 256)), STR("<?xml"));
}

/* True: its pages follow. */
static bool file_counts(struct attached *a, struct attached_file *f) {
    struct str bytes = buf_str(&f->bytes);
    bool holds_files = false;

    if (is_xml(bytes) || is_known(a, bytes)) return false;
    enum extract_code code = content_count(bytes, &f->pages, &holds_files);
    if (code == EXTRACT_EMPTY) return false;
    bool fits = code == EXTRACT_OK && a->count < PAGE_ATTACHMENTS_MAX &&
                f->pages <= PAGES_MAX - a->pages_before - a->pages;
    a->left_out = a->left_out || !fits || holds_files;
    f->first = a->pages_before + a->pages + 1;
    return fits;
}

static void file_done(struct attached_file *f) {
    buf_done(&f->name);
    buf_done(&f->bytes);
}

/* A file larger than it says to be ends the list: who lies once is not given time to lie again. */
static void file_take(void *to, PopplerAttachment *from) {
    struct attached *a = to;
    struct attached_file f = { 0 };
    const gchar *name = poppler_attachment_get_name(from);
    gssize says = (gssize)poppler_attachment_get_size(from); /* -1: it does not */

    if (a->looked_at++ >= ATTACHED_LOOKED_AT_MAX || says > (gssize)a->room) {
        a->left_out = true;
        return;
    }
    buf_init(&f.name, PAGE_ATTACHMENT_NAME_MAX);
    buf_init(&f.bytes, a->room);
    buf_add(&f.name, utf8_prefix(str_from_c(name ? name : ""), PAGE_ATTACHMENT_NAME_MAX));
    bool whole = poppler_attachment_save_to_callback(from, take_bytes, &f.bytes, NULL);
    a->left_out |= !whole;
    if (!buf_ok(&f.bytes)) a->room = 0;
    if (whole && file_counts(a, &f)) {
        a->pages += f.pages;
        a->room -= f.bytes.n;
        a->files[a->count++] = f;
    } else {
        file_done(&f);
    }
}

typedef void pinned_fn(void *ctx, PopplerAttachment *);

static void pinned_each_on(PopplerPage *page, pinned_fn *fn, void *ctx) {
    GList *annotations = poppler_page_get_annot_mapping(page);

    for (const GList *i = annotations; i; i = i->next) {
        PopplerAnnot *annotation = ((PopplerAnnotMapping *)i->data)->annot;
        if (!POPPLER_IS_ANNOT_FILE_ATTACHMENT(annotation)) continue;
        PopplerAttachment *file =
            poppler_annot_file_attachment_get_attachment(POPPLER_ANNOT_FILE_ATTACHMENT(annotation));
        if (!file) continue;
        fn(ctx, file);
        g_object_unref(file);
    }
    poppler_page_free_annot_mapping(annotations);
}

static void pinned_each(PopplerDocument *document, pinned_fn *fn, void *ctx) {
    int count = poppler_document_get_n_pages(document);

    for (int i = 0; i < count && i < PAGES_MAX; i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        if (!page) continue;
        pinned_each_on(page, fn, ctx);
        g_object_unref(page);
    }
}

void attached_open(PopplerDocument *document, int pages, struct attached *out) {
    GList *listed = poppler_document_get_attachments(document);

    *out = (struct attached) { .pages_before = pages, .room = ATTACHED_BYTES_MAX };
    for (const GList *i = listed; i; i = i->next) file_take(out, i->data);
    g_list_free_full(listed, g_object_unref);
    pinned_each(document, file_take, out);
}

void attached_done(struct attached *a) {
    for (size_t i = 0; i < a->count; i++) file_done(&a->files[i]);
}

static void pinned_seen(void *ctx, PopplerAttachment *file) {
    (void)file;
    *(bool *)ctx = true;
}

bool attached_any(PopplerDocument *document) {
    bool any = poppler_document_has_attachments(document);

    if (!any) pinned_each(document, pinned_seen, &any);
    return any;
}

/* ---- as pages ---- */

enum extract_code attached_send_total(const struct attached *a, struct sheet *sheet) {
    struct page_wire_total total = { .pages = a->pages_before + a->pages,
                                     .left_out = a->left_out,
                                     .file_count = a->count };

    for (size_t i = 0; i < a->count; i++)
        total.files[i] = (struct page_wire_file) { a->files[i].first, buf_str(&a->files[i].name) };
    return sheet_send_total_of(sheet, &total);
}

enum extract_code attached_read(const struct attached *a, struct sheet *sheet, struct ocr *ocr) {
    enum extract_code code = EXTRACT_OK;

    for (size_t i = 0; i < a->count && code == EXTRACT_OK; i++) {
        const struct attached_file *f = &a->files[i];
        enum file_type type = file_type_of(buf_str(&f->bytes));
        sheet->within = true;
        sheet->pages_before = f->first - 1;
        /* These share their pages among the readers of the document; of another kind one reader reads all. */
        bool shares = type == FILE_PDF || type == FILE_TIFF;
        if (shares || sheet_claim(sheet, 1)) code = content_read(sheet, ocr, buf_str(&f->bytes));
    }
    sheet->within = false;
    sheet->pages_before = 0;
    return code;
}

const struct attached_file *attached_at(const struct attached *a, int page) {
    for (size_t i = 0; i < a->count; i++)
        if (page >= a->files[i].first && page - a->files[i].first < a->files[i].pages) return &a->files[i];
    return NULL;
}
