#include "documents/file_type.h"

static const struct {
    const char *mime, *suffix;
} type_words[FILE_TYPE_COUNT] = {
    [FILE_UNKNOWN] = { "application/octet-stream", ".bin" },
    [FILE_PDF] = { "application/pdf", ".pdf" },
    [FILE_PNG] = { "image/png", ".png" },
    [FILE_JPEG] = { "image/jpeg", ".jpg" },
    [FILE_TIFF] = { "image/tiff", ".tif" },
    [FILE_WEBP] = { "image/webp", ".webp" },
    [FILE_HEIC] = { "image/heic", ".heic" },
    [FILE_BMP] = { "image/bmp", ".bmp" },
    [FILE_DOCX] = { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx" },
    [FILE_ODT] = { "application/vnd.oasis.opendocument.text", ".odt" },
    [FILE_OLE] = { "application/x-ole-storage", ".doc" },
    [FILE_TEXT] = { "text/plain", ".txt" },
};

const char *file_type_mime(enum file_type t) {
    return type_words[t < FILE_TYPE_COUNT ? t : FILE_UNKNOWN].mime;
}
const char *file_type_suffix(enum file_type t) {
    return type_words[t < FILE_TYPE_COUNT ? t : FILE_UNKNOWN].suffix;
}

const char *file_type_suffix_of(struct str mime) {
    struct str plain = str_sub(mime, 0, str_find_char(mime, ';'));
    for (size_t i = 0; i < FILE_TYPE_COUNT; i++)
        if (str_eq(plain, str_from_c(type_words[i].mime))) return type_words[i].suffix;
    return type_words[FILE_UNKNOWN].suffix;
}

/*
 * ISO 14496-12: the brands of HEIF pictures coded with HEVC, as the major brand or one of the compatible
 * ones.
 */
static bool is_heic(struct str head) {
    static const char brands[][5] = { "heic", "heix", "heim", "heis", "mif1", "msf1" };

    if (head.n < 16 || memcmp(head.p + 4, "ftyp", 4) != 0) return false;
    for (size_t i = 0; i < COUNT_OF(brands); i++)
        if (memcmp(head.p + 8, brands[i], 4) == 0) return true;
    return false;
}

/* The header of a bitmap says its own size, of which there are a few. */
static bool is_bmp(struct str head) {
    static const unsigned char sizes[] = { 12, 40, 52, 56, 64, 108, 124 };

    if (head.n < 26 || !str_starts(head, STR("BM"))) return false;
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        if ((unsigned char)head.p[14] == sizes[i] && !head.p[15] && !head.p[16] && !head.p[17]) return true;
    return false;
}

static size_t u16_at(struct str head, size_t at) {
    return (size_t)(unsigned char)head.p[at] | (size_t)(unsigned char)head.p[at + 1] << 8;
}

/*
 * A zip file by its first entry (APPNOTE 4.3.7). OpenDocument writes its type there, unpacked (part 2, 3.3). Of Office
 * Open XML the entries have well-known names; whether it is a text shows when it is opened.
 */
static enum file_type zip_type(struct str head) {
    static const char *const names[] = { "[Content_Types].xml", "_rels/", "docProps/", "word/" };
    enum { NAME_LENGTH_AT = 26, EXTRA_LENGTH_AT = 28, NAME_AT = 30 };

    if (head.n < NAME_AT || !str_starts(head, STR("PK\3\4"))) return FILE_UNKNOWN;
    size_t name_n = u16_at(head, NAME_LENGTH_AT), body_at = NAME_AT + name_n + u16_at(head, EXTRA_LENGTH_AT);
    struct str name = str_sub(head, NAME_AT, name_n), odt = STR("application/vnd.oasis.opendocument.text");
    if (str_eq(name, STR("mimetype")))
        return str_starts(str_sub(head, body_at, odt.n), odt) ? FILE_ODT : FILE_UNKNOWN;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_starts(name, str_from_c(names[i]))) return FILE_DOCX;
    return FILE_UNKNOWN;
}

/* Formats that are text to look at but not to read: their words would be drowned in mark-up. */
static bool is_markup(struct str head) {
    static const char *const starts[] = { "{\\rtf", "<?xml", "<!DOCTYPE", "<!doctype",
                                          "<html",  "<HTML", "<svg",      "%!PS" };

    head = str_trim(head);
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (str_starts(head, str_from_c(starts[i]))) return true;
    return false;
}

/* Control characters that no text editor writes; 0x80..0x9f are letters and signs in Windows-1252. */
static bool is_control(unsigned char c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f;
}

/*
 * No control characters, and mostly plain letters, digits and spaces: a compressed or encrypted file of
 * some length has control characters in any hundred bytes, and a short one has too few letters.
 */
static bool is_text(struct str head) {
    size_t plain = 0;

    if (str_starts(head, STR("\xef\xbb\xbf"))) head = str_sub(head, 3, head.n);
    if (head.n == 0 || is_markup(head)) return false;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        if (is_control(c)) return false;
        plain += c == ' ' || c == '\n' || c == '\r' || c == '\t' || is_digit(head.p[i]) ||
                 is_ascii_letter(head.p[i]);
    }
    return plain * 10 >= head.n * 6;
}

enum file_type file_type_of(struct str head) {
    head = str_sub(head, 0, FILE_HEAD_BYTES);
    /* PDF 32000-1, annex H.3.4.1: readers accept the header anywhere in the first 1024 bytes. */
    struct str pdf = STR("%PDF-"), front = str_sub(head, 0, 1024);
    if (str_find(front, pdf) < front.n) return FILE_PDF;
    if (str_starts(head, STR("\x89PNG\r\n\x1a\n"))) return FILE_PNG;
    if (str_starts(head, STR("\xff\xd8\xff"))) return FILE_JPEG;
    if (str_starts(head, STR("II*\0")) || str_starts(head, STR("MM\0*"))) return FILE_TIFF;
    if (head.n >= 12 && str_starts(head, STR("RIFF")) && memcmp(head.p + 8, "WEBP", 4) == 0) return FILE_WEBP;
    if (is_heic(head)) return FILE_HEIC;
    if (is_bmp(head)) return FILE_BMP;
    if (str_starts(head, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) return FILE_OLE; /* MS-CFB 2.2 */
    enum file_type zip = zip_type(head);
    if (zip != FILE_UNKNOWN) return zip;
    return is_text(head) ? FILE_TEXT : FILE_UNKNOWN;
}
