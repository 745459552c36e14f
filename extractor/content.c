#include "content.h"

#include "documents/file_type.h"
#include "office.h"
#include "pdf.h"
#include "picture.h"
#include "plain_text.h"
#include "text_picture.h"

enum extract_code content_read(struct sheet *sheet, struct ocr *ocr, struct str bytes) {
    enum file_type type = file_type_of(bytes);

    switch (type) {
    case FILE_PDF: return pdf_read(sheet, ocr, bytes);
    case FILE_TEXT: return plain_text_read(sheet, bytes);
    case FILE_DOCX:
    case FILE_ODT:
    case FILE_OLE: return office_read(sheet, type, bytes);
    case FILE_PNG:
    case FILE_JPEG:
    case FILE_TIFF:
    case FILE_WEBP:
    case FILE_BMP:
    case FILE_HEIC: return picture_read(sheet, ocr, type, bytes);
    case FILE_UNKNOWN:
    case FILE_TYPE_COUNT: break;
    }
    return EXTRACT_UNSUPPORTED;
}

enum extract_code content_count(struct str bytes, int *pages, bool *holds_files) {
    struct sheet sheet;

    if (!sheet_init(&sheet, -1)) return EXTRACT_TOO_COMPLEX;
    sheet.within = true;
    sheet.counting = true;
    enum extract_code code = content_read(&sheet, NULL, bytes);
    sheet_done(&sheet);
    *pages = sheet.counted;
    *holds_files = sheet.holds_files;
    return code == EXTRACT_COUNTED ? EXTRACT_OK : code;
}

enum extract_code content_draw(struct str bytes, int page, int width, int height, PIX **out) {
    enum file_type type = file_type_of(bytes);

    switch (type) {
    case FILE_PDF: return pdf_draw(bytes, page, width, height, out);
    case FILE_DOCX:
    case FILE_ODT:
    case FILE_TEXT: return text_picture_draw(type, bytes, page, width, height, out);
    case FILE_PNG:
    case FILE_JPEG:
    case FILE_TIFF:
    case FILE_WEBP:
    case FILE_BMP:
    case FILE_HEIC: return picture_decode(type, bytes, page, PICTURE_COLOUR, out);
    case FILE_OLE:
    case FILE_UNKNOWN:
    case FILE_TYPE_COUNT: break;
    }
    return EXTRACT_UNSUPPORTED;
}
