#include "test.h"

#include "documents/file_type.h"

static void magic_decides(void **state) {
    (void)state;
    static const struct {
        struct str head;
        enum file_type type;
    } cases[] = {
        { { "%PDF-1.7\n", 9 }, FILE_PDF },
        { { "junk before\n%PDF-1.4", 20 }, FILE_PDF },
        { { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16 }, FILE_PNG },
        { { "\xff\xd8\xff\xe0", 4 }, FILE_JPEG },
        { { "II*\0\x08\0\0\0", 8 }, FILE_TIFF },
        { { "MM\0*\0\0\0\x08", 8 }, FILE_TIFF },
        { { "RIFF\x10\0\0\0WEBPVP8 ", 16 }, FILE_WEBP },
        { { "RIFF\x10\0\0\0WAVEfmt ", 16 }, FILE_UNKNOWN },
        { { "\0\0\0\x18"
            "ftypheic\0\0\0\0",
            16 },
          FILE_HEIC },
        { { "\0\0\0\x18"
            "ftypmif1\0\0\0\0",
            16 },
          FILE_HEIC },
        { { "\0\0\0\x18"
            "ftypisom\0\0\0\0",
            16 },
          FILE_UNKNOWN },
        { { "GIF89a\x01\0\x01\0", 10 }, FILE_UNKNOWN },
        { { "PK\x03\x04\x14\0\0\0\x08\0", 10 }, FILE_UNKNOWN },
        { { "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0", 26 }, FILE_BMP },
        { { "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x29\0\0\0\x01\0\0\0\x01\0\0\0", 26 }, FILE_UNKNOWN },
        { { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", 10 }, FILE_OLE },
        { { "\xd0\xcf\x11\xe0\xa1\xb1\x1a", 7 }, FILE_UNKNOWN },
        { { "MZ\x90\0\x03", 5 }, FILE_UNKNOWN },
        { { "", 0 }, FILE_UNKNOWN },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (file_type_of(cases[i].head) != cases[i].type) fail_msg("case %zu", i);
}

/* The first entry of a zip file: its name, four bytes of extra field, its content. */
static enum file_type type_of_zip(const char *name, const char *content) {
    char head[200] = "PK\x03\x04\x14";
    size_t n = strlen(name), m = strlen(content);
    head[26] = (char)n;
    head[28] = 4;
    memcpy(head + 30, name, n);
    memcpy(head + 34 + n, content, m);
    return file_type_of((struct str) { head, 34 + n + m });
}

static void zip_files_of_text_processors_are_known_by_their_first_entry(void **state) {
    (void)state;
    assert_int_equal(type_of_zip("mimetype", "application/vnd.oasis.opendocument.text"), FILE_ODT);
    assert_int_equal(type_of_zip("mimetype", "application/epub+zip"), FILE_UNKNOWN);
    assert_int_equal(type_of_zip("mimetype", "application/vnd.oasis"), FILE_UNKNOWN);
    assert_int_equal(type_of_zip("[Content_Types].xml", ""), FILE_DOCX);
    assert_int_equal(type_of_zip("word/document.xml", ""), FILE_DOCX);
    assert_int_equal(type_of_zip("photos/1.jpg", ""), FILE_UNKNOWN);
    assert_int_equal(file_type_of((struct str) { "PK\x03\x04", 4 }), FILE_UNKNOWN);
}

static void text_is_what_reads_as_text(void **state) {
    (void)state;
    assert_int_equal(file_type_of(STR("Doliprane 500 mg, 1 comprimé matin et soir\n")), FILE_TEXT);
    assert_int_equal(file_type_of(STR("\xef\xbb\xbfOrdonnance\r\n")), FILE_TEXT);
    assert_int_equal(file_type_of(STR("Comprim\xe9s \x80 5\n")), FILE_TEXT); /* Windows-1252 */
    assert_int_equal(file_type_of(STR("x")), FILE_TEXT);
    assert_int_equal(file_type_of(STR("a\0b")), FILE_UNKNOWN);
    assert_int_equal(file_type_of(STR("\x1b[31mred")), FILE_UNKNOWN);
    assert_int_equal(file_type_of(STR("\xfe\x9c\xc3\xd1\xf0\x88\xe1\xaa")), FILE_UNKNOWN);
}

static void markup_is_not_text(void **state) {
    (void)state;
    assert_int_equal(file_type_of(STR("{\\rtf1\\ansi Ordonnance}")), FILE_UNKNOWN);
    assert_int_equal(file_type_of(STR("<?xml version=\"1.0\"?><ClinicalDocument/>")), FILE_UNKNOWN);
    assert_int_equal(file_type_of(STR("  \n<!DOCTYPE html><p>Ordonnance")), FILE_UNKNOWN);
}

static void only_the_head_counts(void **state) {
    (void)state;
    static char many[FILE_HEAD_BYTES + 10];
    memset(many, 'a', sizeof many);
    many[FILE_HEAD_BYTES] = '\0';
    assert_int_equal(file_type_of((struct str) { many, sizeof many }), FILE_TEXT);
    many[FILE_HEAD_BYTES - 1] = '\0';
    assert_int_equal(file_type_of((struct str) { many, sizeof many }), FILE_UNKNOWN);
}

static void each_type_has_its_words(void **state) {
    (void)state;
    assert_string_equal(file_type_mime(FILE_PDF), "application/pdf");
    assert_string_equal(file_type_suffix(FILE_JPEG), ".jpg");
    for (int t = 0; t < FILE_TYPE_COUNT; t++) {
        assert_non_null(file_type_mime((enum file_type)t));
        assert_int_equal(file_type_suffix((enum file_type)t)[0], '.');
    }
    assert_string_equal(file_type_mime(FILE_TYPE_COUNT), "application/octet-stream");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(magic_decides),
        cmocka_unit_test(text_is_what_reads_as_text),
        cmocka_unit_test(markup_is_not_text),
        cmocka_unit_test(only_the_head_counts),
        cmocka_unit_test(each_type_has_its_words),
        cmocka_unit_test(zip_files_of_text_processors_are_known_by_their_first_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
