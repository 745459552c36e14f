/*
 * What somebody typed into the field of a PDF form: laid on the page as clean words, whatever it is. The first two bytes are the height of
 * the field and the turn of the page, the others the value.
 */
#include <stdlib.h>

#include "pdf_form.h"
#include "sheet_check.h"

enum { VALUE_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void pdf_write(struct buf *out, int height, int turn, struct str value) {
    buf_addf(out,
             "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>endobj\n"
             "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
             "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Rotate %d/Annots[4 0 R]>>endobj\n"
             "4 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/Ff 4096/T(t)/Rect[20 20 380 %d]/V<",
             90 * turn, 20 + height);
    for (size_t i = 0; i < value.n; i++) buf_addf(out, "%02x", (unsigned char)value.p[i]);
    buf_add(out, STR(">>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
}

static void check(struct str bytes) {
    GBytes *held = g_bytes_new_static(bytes.p, bytes.n);
    PopplerDocument *document = poppler_document_new_from_bytes(held, NULL, NULL);
    PopplerPage *page = document ? poppler_document_get_page(document, 0) : NULL;
    struct sheet sheet;

    if (!page) abort(); /* the file is ours: only the value is not */
    if (sheet_check_init(&sheet)) {
        sheet_begin(&sheet, 1, 4000, 3000);
        pdf_form_lay(page, &sheet);
        (void)sheet_send(&sheet, PAGE_WIRE_TEXT);
        sheet_done(&sheet);
    }
    g_object_unref(page);
    g_object_unref(document);
    g_bytes_unref(held);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buf pdf;

    if (size < 2 || size > VALUE_MAX) return 0;
    buf_init(&pdf, 4 * VALUE_MAX);
    pdf_write(&pdf, data[0], data[1] % 4, (struct str) { (const char *)data + 2, size - 2 });
    if (!buf_ok(&pdf)) abort();
    check(buf_str(&pdf));
    buf_done(&pdf);
    return 0;
}
