#include "pdf.h"
#include "pdf_render.h"

#include <poppler.h>

/*
 * One page with one word, as ISO 32000-1 wants it, except for the cross-reference table, which Poppler
 * rebuilds.
 */
static const char own_page[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 38>>stream\nBT /F 12 Tf 20 100 Td (medirecord) Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

/* Values of forms are in UTF-16; the C library loads its table for it from a file, once. */
static void utf16_warm(void) {
    GIConv conversion = g_iconv_open("UTF-8", "UTF-16BE");
    if (conversion != (GIConv)-1) g_iconv_close(conversion);
}

void pdf_warm(void) {
    utf16_warm();
    GBytes *bytes = g_bytes_new_static(own_page, sizeof own_page - 1);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    PopplerPage *page = document ? poppler_document_get_page(document, 0) : NULL;

    if (page) {
        PopplerRectangle *boxes = NULL;
        guint count;
        g_free(poppler_page_get_text(page));
        if (poppler_page_get_text_layout(page, &boxes, &count)) g_free(boxes);
        /* Fonts that documents name without holding them: fontconfig reads what there is. */
        PIX *picture = pdf_render_colour(page, 20, 20);
        pixDestroy(&picture);
        g_object_unref(page);
    }
    if (document) g_object_unref(document);
    g_bytes_unref(bytes);
}
