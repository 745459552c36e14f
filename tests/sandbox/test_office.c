/*
 * DOCX and ODT files, made here as word processors write them: their words are read, and nothing grows without end.
 */
#include "place.h"

#include "base/buf.h"
#include "draw.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <unistd.h>

struct part {
    const char *name;
    struct str bytes;
};

enum { ZIP_MAX = 4 << 20 };

/* A zip file of these entries, in this order; the first is stored as it is, as OpenDocument wants it. */
static int zip_of(const struct part *parts, size_t count) {
    static char bytes[ZIP_MAX];
    size_t n = 0;
    struct archive *zip = archive_write_new();

    assert_int_equal(archive_write_set_format_zip(zip), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(zip, bytes, sizeof bytes, &n), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, parts[i].name);
        archive_entry_set_size(entry, (la_int64_t)parts[i].bytes.n);
        archive_entry_set_filetype(entry, AE_IFREG);
        assert_int_equal(i == 0 ? archive_write_zip_set_compression_store(zip)
                                : archive_write_zip_set_compression_deflate(zip),
                         ARCHIVE_OK);
        assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(zip, parts[i].bytes.p, parts[i].bytes.n), parts[i].bytes.n);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(zip), ARCHIVE_OK);
    archive_write_free(zip);
    return draw_bytes(bytes, n);
}

#define W       "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
#define P(text) "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

static int docx_of(struct str document) {
    const struct part parts[] = {
        { "[Content_Types].xml", STR("<Types/>") },
        { "word/document.xml", document },
        { "word/media/image1.png", STR("not read") },
        { "word/header1.xml", STR("<w:hdr xmlns:w=\"w\">" P("Docteur Awa NDIAYE") "</w:hdr>") },
        { "word/footer2.xml", STR("<w:ftr xmlns:w=\"w\">" P("12 rue des Manguiers, Dakar") "</w:ftr>") },
    };
    return zip_of(parts, COUNT_OF(parts));
}

static int odt_of(const char *mimetype, struct str content) {
    const struct part parts[] = {
        { "mimetype", str_from_c(mimetype) },
        { "content.xml", content },
        { "styles.xml",
          STR("<office:document-styles xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\"><style:style>"
              "<text:p>no word of the page</text:p></style:style><style:header><text:p>Hôpital de "
              "Thiès</text:p></style:header></office:document-styles>") },
    };
    return zip_of(parts, COUNT_OF(parts));
}

static const char odt_type[] = "application/vnd.oasis.opendocument.text";

/* Takes fd. */
static struct page *pages_of(struct place *p, int fd, size_t *count) {
    struct page *pages = NULL;
    struct err e = { 0 };

    if (extract_pages(p->extractor, p->arena, fd, NULL, &pages, count, &e) != OK) fail_msg("%s", e.detail);
    close(fd);
    return pages;
}

static void assert_refused(struct place *p, int fd, const char *code) {
    struct page *pages;
    struct err e = { 0 };
    size_t count;

    assert_int_equal(extract_pages(p->extractor, p->arena, fd, NULL, &pages, &count, &e), E_INVALID);
    assert_string_equal(e.message->code, code);
    close(fd);
}

static void a_docx_is_read_from_header_to_footer(void **state) {
    size_t count = 0;
    struct page *page = pages_of(
        *state,
        docx_of(
            STR(W P("Ordonnance") "<w:p><w:r><w:t>Doli</w:t></w:r><w:r><w:t xml:space=\"preserve\">prane "
                                  "500 mg</w:t><w:br/><w:t>matin &amp; soir</w:t></w:r></w:p>"
                                  "<w:p><w:del><w:r><w:t>pendant 30 jours</w:t></w:r></w:del><w:ins><w:r>"
                                  "<w:t>pendant 5 jours</w:t></w:r></w:ins></w:p></w:body></w:document>")),
        &count);

    assert_int_equal(count, 1);
    assert_int_equal(page->source, PAGE_TEXT);
    assert_str_equal(page->text,
                     STR("Docteur Awa NDIAYE\nOrdonnance\nDoliprane 500 mg\nmatin & soir\npendant 5 jours\n"
                         "12 rue des Manguiers, Dakar"));
}

static const struct word *word_of(const struct page *page, const char *text) {
    for (size_t i = 0; i < page->word_count; i++)
        if (str_eq(page->words[i].text, str_from_c(text))) return &page->words[i];
    fail_msg("no word \"%s\"", text);
    return NULL;
}

#define CELL(text) "<w:tc>" P(text) "</w:tc>"

static void cells_of_a_table_stand_side_by_side(void **state) {
    size_t count = 0;
    struct page *page = pages_of(
        *state,
        docx_of(STR(W "<w:tbl><w:tr>" CELL("Analyse") CELL("Résultat") CELL(
            "Normes") "</w:tr>"
                      "<w:tr>" CELL("Glycémie") CELL("1,05 g/L")
                          CELL("0,70 - 1,10") "</w:tr><w:tr>"
                                              "<w:tc>" P("Cholestérol") P("total") "</w:tc>" CELL("2,31 g/L")
                                                  CELL("") "</w:tr></w:tbl></w:body></w:document>")),
        &count);
    const struct word *value = word_of(page, "1,05"), *name = word_of(page, "Glycémie");

    assert_int_equal(value->box.y, name->box.y);
    assert_int_equal(value->box.x, word_of(page, "Résultat")->box.x);
    assert_int_equal(value->box.x, word_of(page, "2,31")->box.x);
    assert_int_equal(word_of(page, "0,70")->box.x, word_of(page, "Normes")->box.x);
    assert_int_equal(word_of(page, "total")->box.y, word_of(page, "2,31")->box.y);
}

/* As nobody writes it, but somebody may. */
static void cells_and_rows_that_belong_to_no_table_are_text(void **state) {
    size_t count = 0;
    struct page *page = pages_of(
        *state,
        docx_of(STR(W CELL("seule") "<w:tr>" P("rangée") "</w:tr><w:tbl>" P("un") "<w:tbl><w:tr>" CELL(
            "deux") "</w:tr></w:tbl></w:tbl>" P("fin") "</w:body></w:document>")),
        &count);

    (void)word_of(page, "seule"), (void)word_of(page, "rangée"), (void)word_of(page, "deux");
    assert_true(word_of(page, "fin")->box.y > word_of(page, "un")->box.y);
}

static void a_long_paragraph_is_broken_into_lines(void **state) {
    struct buf b;
    size_t count = 0;

    buf_init(&b, 1 << 16);
    buf_add(&b, STR(W "<w:p><w:r><w:t>"));
    for (int i = 0; i < 100; i++) buf_addf(&b, "mot%d ", i);
    buf_add(&b, STR("</w:t></w:r></w:p></w:body></w:document>"));
    struct page *page = pages_of(*state, docx_of(buf_str(&b)), &count);
    assert_int_equal(page->word_count, 102 + 6); /* with header and footer */
    assert_true(word_of(page, "mot99")->box.y > word_of(page, "mot0")->box.y);
    assert_true(page->width < 8500);
    buf_done(&b);
}

#define ODT(body)                                                                                            \
    "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\"><office:body>" body      \
    "</office:body></office:document-content>"

static void an_odt_is_read(void **state) {
    size_t count = 0;
    struct page *page = pages_of(
        *state,
        odt_of(
            odt_type,
            STR(ODT(
                "<text:tracked-changes><text:p>barré</text:p></text:tracked-changes><text:h>Certificat</text:h>"
                "<text:p>Je\n soussigné<text:s text:c=\"3\"/>certifie<text:line-break/>que "
                "<text:span>Fatou</text:span> DIOP</text:p><table:table><table:table-row><table:table-cell>"
                "<text:p>Tension</text:p></table:table-cell><table:table-cell><text:p>12/8</text:p>"
                "</table:table-cell></table:table-row></table:table>"))),
        &count);

    assert_str_equal(
        page->text, STR("Hôpital de Thiès\nCertificat\nJe soussigné certifie\nque Fatou DIOP\nTension 12/8"));
}

static void what_is_no_text_document_is_refused(void **state) {
    const struct part sheet[] = { { "[Content_Types].xml", STR("<Types/>") },
                                  { "xl/workbook.xml", STR("<workbook/>") } };
    struct place *p = *state;

    assert_refused(p, zip_of(sheet, COUNT_OF(sheet)), "unsupported");
    assert_refused(p, odt_of("application/vnd.oasis.opendocument.spreadsheet", STR("")), "unsupported");
    assert_refused(p, docx_of(STR("<w:document><w:body>")), "damaged");
    assert_refused(p, docx_of(STR("\x01\x02")), "damaged");
    assert_refused(
        p, draw_bytes("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\23\0\0\0[Content_Types].xml", 49),
        "damaged");
}

/* What a person can do about it is told, and it is not what can be done about a PDF. */
static void what_has_a_password_or_is_old_is_told_apart(void **state) {
    static const char container[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const struct part locked[] = {
        { "mimetype", STR("application/vnd.oasis.opendocument.text") },
        { "content.xml", STR("\x8f\x01\xfe no XML at all") },
        { "META-INF/manifest.xml",
          STR("<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"content.xml\">"
              "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>") },
    };
    const struct part open[] = { locked[0],
                                 { "content.xml", STR(ODT("<text:p>Ordonnance</text:p>")) },
                                 { "META-INF/manifest.xml",
                                   STR("<manifest:manifest xmlns:manifest=\"m\"/>") } };
    struct place *p = *state;
    char ole[4096] = "";
    size_t count = 0;

    assert_refused(p, zip_of(locked, COUNT_OF(locked)), "encrypted_office");
    assert_str_equal(pages_of(p, zip_of(open, COUNT_OF(open)), &count)->text, STR("Ordonnance"));
    memcpy(ole, container, sizeof container);
    assert_refused(p, draw_bytes(ole, sizeof ole), "old_office");
    for (size_t i = 0; i < 16; i++) ole[1024 + 2 * i] = "EncryptedPackage"[i];
    assert_refused(p, draw_bytes(ole, sizeof ole), "encrypted_office");
}

static void entities_are_not_expanded(void **state) {
    static const char bomb[] =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY s SYSTEM \"file:///etc/passwd\">]>" W P("&b;&s;") "</w:body></w:document>";

    assert_refused(*state, docx_of(STR(bomb)), "damaged");
}

/* 100 MB of spaces within some 100 KB. */
static void a_bomb_does_not_unfold(void **state) {
    enum { BOMB_BYTES = 100 << 20 };
    char *much = malloc(BOMB_BYTES);

    assert_non_null(much);
    memset(much, ' ', BOMB_BYTES);
    assert_refused(*state, docx_of((struct str) { much, BOMB_BYTES }), "too_complex");
    free(much);
}

static void a_tower_of_elements_has_an_end(void **state) {
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_add(&b, STR(W));
    for (int i = 0; i < 300; i++) buf_add(&b, STR("<w:tbl><w:tr><w:tc>"));
    assert_refused(*state, docx_of(buf_str(&b)), "damaged");
    buf_done(&b);
}

static void a_page_of_a_docx_is_drawn(void **state) {
    struct place *p = *state;
    size_t count = 0;
    int fd = docx_of(STR(W P("Ordonnance") "</w:body></w:document>")), again = dup(fd);
    struct page *page = pages_of(p, fd, &count);
    struct str jpeg;

    assert_int_equal(extract_picture(p->extractor, p->arena, again, page, &jpeg, NULL), OK);
    assert_true(jpeg.n > 5000); /* letters; white paper is smaller */
    close(again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_docx_is_read_from_header_to_footer),
        PLACED(cells_of_a_table_stand_side_by_side),
        PLACED(cells_and_rows_that_belong_to_no_table_are_text),
        PLACED(a_long_paragraph_is_broken_into_lines),
        PLACED(an_odt_is_read),
        PLACED(what_is_no_text_document_is_refused),
        PLACED(a_page_of_a_docx_is_drawn),
        PLACED(what_has_a_password_or_is_old_is_told_apart),
        PLACED(entities_are_not_expanded),
        PLACED(a_bomb_does_not_unfold),
        PLACED(a_tower_of_elements_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
