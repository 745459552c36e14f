/*
 * Files within a PDF: those that we read are further pages of it, and nothing that a PDF holds takes its own pages away.
 */
#include "place.h"

#include "base/buf.h"
#include "draw.h"
#include "os/file.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

struct file {
    const char *name;
    struct str bytes;
    bool pinned;        /* to the page, and not in the list */
    const char *filter; /* NULL: the bytes are as they are */
};

enum { PDF_MAX = 8 << 20, FIRST_FILE = 5, FILES_MAX = 30 };

/* A PDF that grows by objects, and knows where each stands: files within it look like objects too. */
struct pdf {
    struct buf out;
    size_t at[FIRST_FILE + 2 * FILES_MAX];
    int count;
};

static void object_begin(struct pdf *p) {
    p->at[p->count++] = p->out.n;
    buf_addf(&p->out, "%d 0 obj", p->count);
}

static void object_end(struct pdf *p) {
    buf_add(&p->out, STR("\nendobj\n"));
}

static void object(struct pdf *p, struct str text) {
    object_begin(p);
    buf_add(&p->out, text);
    object_end(p);
}

static void embed(struct pdf *p, const struct file *f) {
    object_begin(p);
    buf_addf(&p->out, "<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>>>", f->name, f->name, p->count + 1);
    object_end(p);
    object_begin(p);
    buf_addf(&p->out, "<</Type/EmbeddedFile/Length %zu", f->bytes.n);
    if (f->filter) buf_addf(&p->out, "/Filter/%s", f->filter);
    buf_add(&p->out, STR(">>stream\n"));
    buf_add(&p->out, f->bytes);
    buf_add(&p->out, STR("\nendstream"));
    object_end(p);
}

static void end_write(struct pdf *p) {
    size_t at = p->out.n;

    buf_addf(&p->out, "xref\n0 %d\n0000000000 65535 f \n", p->count + 1);
    for (int i = 0; i < p->count; i++) buf_addf(&p->out, "%010zu 00000 n \n", p->at[i]);
    buf_addf(&p->out, "trailer<</Root 1 0 R/Size %d>>\nstartxref\n%zu\n%%%%EOF\n", p->count + 1, at);
    assert_true(buf_ok(&p->out));
}

/* One page with a line of text, and these files, each of two objects: what it is called, and its bytes. */
static void pdf_write(struct buf *out, const struct file *files, int count) {
    struct pdf p = { .count = 0 };

    assert_in_range(count, 0, FILES_MAX);
    buf_init(&p.out, PDF_MAX);
    buf_add(&p.out, STR("%PDF-1.7\n"));
    object_begin(&p);
    buf_add(&p.out, STR("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names["));
    for (int i = 0; i < count; i++)
        if (!files[i].pinned) buf_addf(&p.out, "(%02d)%d 0 R ", i, FIRST_FILE + 2 * i);
    buf_add(&p.out, STR("]>>>>>>"));
    object_end(&p);
    object(&p, STR("<</Type/Pages/Kids[3 0 R]/Count 1>>"));
    object_begin(&p);
    buf_add(
        &p.out,
        STR("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
            "/Subtype/Type1/BaseFont/Helvetica>>>>>>/Annots["));
    for (int i = 0; i < count; i++)
        if (files[i].pinned)
            buf_addf(&p.out, "<</Type/Annot/Subtype/FileAttachment/Rect[10 10 30 30]/FS %d 0 R>>",
                     FIRST_FILE + 2 * i);
    buf_add(&p.out, STR("]>>"));
    object_end(&p);
    object(
        &p,
        STR("<</Length 64>>stream\nBT /F 12 Tf 50 700 Td (Lettre du docteur, avec ses annexes) Tj ET \nendstream"));
    for (int i = 0; i < count; i++) embed(&p, &files[i]);
    end_write(&p);
    *out = p.out;
}

static int pdf_of(const struct file *files, int count) {
    struct buf pdf;

    pdf_write(&pdf, files, count);
    int fd = draw_bytes(pdf.p, pdf.n);
    buf_done(&pdf);
    return fd;
}

/* Takes fd. */
static struct str bytes_of(struct place *p, int fd) {
    char *bytes = arena_alloc(p->arena, 1 << 20);
    size_t n = 0;

    assert_non_null(bytes);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(fd, bytes, 1 << 20, &n, NULL), OK);
    close(fd);
    return (struct str) { bytes, n };
}

/* code: what is said to be unread; empty: nothing. fd stays open. */
static struct page *read_at(struct place *p, int fd, size_t want, const char *code) {
    const struct message *unread = NULL;
    const struct extract_options options = { .unread = &unread };
    struct page *pages = NULL;
    struct err e = { 0 };
    size_t count = 0;

    if (extract_pages(p->extractor, p->arena, fd, &options, &pages, &count, &e) != OK)
        fail_msg("%s", e.detail);
    assert_int_equal(count, want);
    assert_string_equal(unread ? unread->code : "", code);
    for (size_t i = 0; i < count; i++) assert_int_equal(pages[i].number, i + 1);
    assert_str_equal(pages[0].attachment, STR(""));
    assert_true(str_starts(pages[0].text, STR("Lettre du docteur")));
    return pages;
}

static struct page *read_all(struct place *p, int fd, size_t want, const char *code) {
    struct page *pages = read_at(p, fd, want, code);
    close(fd);
    return pages;
}

static void files_that_we_read_are_further_pages(void **state) {
    struct place *p = *state;
    struct str scan = bytes_of(p, draw_file(draw_picture(150), DRAW_PNG, 1)),
               report = bytes_of(p, draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_BLANK }, 2));
    const struct file files[] = {
        { "annexes/bilan.pdf", report, false, NULL },
        { "facture.xml", STR("\xef\xbb\xbf<?xml version=\"1.0\"?><Invoice/>"), false, NULL },
        { "scan.png", scan, false, NULL },
        { "bilan encore.pdf", report, true, NULL }, /* the same again, pinned */
        { "note.txt", STR("Revoir dans trois mois\fSigne : Awa Sarr"), true, NULL },
    };
    const struct page *pages = read_all(p, pdf_of(files, COUNT_OF(files)), 6, "");

    assert_str_equal(pages[1].attachment, STR("bilan.pdf"));
    assert_str_equal(pages[2].attachment, STR("bilan.pdf"));
    assert_str_equal(pages[3].attachment, STR("scan.png"));
    assert_str_equal(pages[4].attachment, STR("note.txt"));
    assert_true(str_find(pages[1].text, STR("Amoxicilline 250 mg")) < pages[1].text.n);
    assert_int_equal(pages[1].source, PAGE_TEXT);
    assert_int_equal(pages[2].word_count, 0);
    assert_int_equal(pages[3].source, PAGE_OCR);
    assert_true(str_find(pages[3].text, STR("Amoxicilline 250 mg")) < pages[3].text.n);
    assert_str_equal(pages[4].text, STR("Revoir dans trois mois"));
    assert_str_equal(pages[5].text, STR("Signe : Awa Sarr"));
}

static void several_readers_share_the_pages_of_attached_files(void **state) {
    struct place *p = *state;
    struct extractor_options options = { .readers_max = 3 };
    struct str scans = bytes_of(p, draw_file(draw_picture(150), DRAW_TIFF, 3)),
               scan = bytes_of(p, draw_file(draw_picture(120), DRAW_PNG, 1));
    const struct file files[] = { { "photo.png", scan, false, NULL },
                                  { "scans.tif", scans, false, NULL },
                                  { "note.txt", STR("Revoir dans trois mois"), false, NULL } };

    extractor_close(p->extractor);
    assert_true(arena_printf(p->arena, &options.program, "%s/extractor/medirecord-extract",
                             getenv("MEDIRECORD_BUILD_ROOT")));
    assert_int_equal(extractor_open(p->arena, &options, &p->extractor, NULL), OK);
    const struct page *pages = read_all(p, pdf_of(files, COUNT_OF(files)), 6, "");
    for (int i = 1; i < 5; i++) assert_int_equal(pages[i].source, PAGE_OCR);
    assert_str_equal(pages[5].text, STR("Revoir dans trois mois"));
}

static void a_page_of_an_attached_file_is_drawn(void **state) {
    struct place *p = *state;
    const struct file files[] = {
        { "bilan.pdf", bytes_of(p, draw_pdf((enum draw_page[]) { DRAW_BLANK, DRAW_TEXT }, 2)), false, NULL },
        { "note.txt", STR("Revoir dans trois mois"), true, NULL },
    };
    int fd = pdf_of(files, COUNT_OF(files));
    struct page *pages = read_at(p, fd, 4, "");
    struct str blank, text, note, none;

    assert_int_equal(extract_picture(p->extractor, p->arena, fd, &pages[1], &blank, NULL), OK);
    assert_int_equal(extract_picture(p->extractor, p->arena, fd, &pages[2], &text, NULL), OK);
    assert_int_equal(extract_picture(p->extractor, p->arena, fd, &pages[3], &note, NULL), OK);
    assert_true(text.n > 2 * blank.n);
    pages[3].number = 5;
    assert_int_equal(extract_picture(p->extractor, p->arena, fd, &pages[3], &none, NULL), E_INVALID);
    close(fd);
}

static void what_is_left_out_is_told_and_costs_the_document_nothing(void **state) {
    static const char container[64] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    struct place *p = *state;
    struct buf inner;
    const struct file note = { "note.txt", STR("Revoir dans trois mois"), false, NULL };
    const struct file old[] = { { "ancien.doc", { container, sizeof container }, false, NULL }, note };
    const struct file broken[] = { { "abime.pdf", STR("%PDF-1.4 and no more"), false, NULL }, note };

    assert_str_equal(read_all(p, pdf_of(old, 2), 2, "attachments_unread")[1].attachment, STR("note.txt"));
    assert_str_equal(read_all(p, pdf_of(broken, 2), 2, "attachments_unread")[1].attachment, STR("note.txt"));
    /* A file within a file: its holder is read, and that is all. */
    pdf_write(&inner, &note, 1);
    const struct file holder[] = { { "dossier.pdf", buf_str(&inner), false, NULL } };
    const struct page *pages = read_all(p, pdf_of(holder, 1), 2, "attachments_unread");
    assert_str_equal(pages[1].attachment, STR("dossier.pdf"));
    buf_done(&inner);
}

static void a_picture_that_cannot_be_decoded_is_an_unread_page(void **state) {
    struct place *p = *state;
    struct str scan = bytes_of(p, draw_file(draw_picture(100), DRAW_PNG, 1));
    const struct file files[] = { { "coupe.png", str_sub(scan, 0, scan.n / 2), false, NULL },
                                  { "note.txt", STR("Revoir dans trois mois"), false, NULL } };
    const struct page *pages = read_all(p, pdf_of(files, 2), 3, "pages_unreadable");

    assert_int_equal(pages[1].source, PAGE_UNREAD);
    assert_str_equal(pages[1].attachment, STR("coupe.png"));
    assert_str_equal(pages[2].text, STR("Revoir dans trois mois"));
}

static void only_so_many_files_and_pages_are_read(void **state) {
    struct place *p = *state;
    static struct file many[FILES_MAX];
    static char text[PAGE_ATTACHMENTS_MAX + 1][16], long_text[3 * (PAGES_MAX + 1)];

    for (int i = 0; i <= PAGE_ATTACHMENTS_MAX; i++) {
        snprintf(text[i], sizeof text[i], "note %d", i);
        many[i] = (struct file) { "note.txt", str_from_c(text[i]), i % 2, NULL };
    }
    read_all(p, pdf_of(many, PAGE_ATTACHMENTS_MAX + 1), 1 + PAGE_ATTACHMENTS_MAX, "attachments_unread");
    /* The same files again take no place. */
    for (int i = PAGE_ATTACHMENTS_MAX; i < FILES_MAX; i++) many[i] = many[i - PAGE_ATTACHMENTS_MAX];
    read_all(p, pdf_of(many, FILES_MAX), 1 + PAGE_ATTACHMENTS_MAX, "");
    for (int i = 0; i < PAGES_MAX; i++) memcpy(long_text + 3 * i, "xx\f", 3);
    const struct file too_long = { "long.txt", { long_text, 3 * PAGES_MAX }, false, NULL };
    read_all(p, pdf_of(&too_long, 1), 1, "attachments_unread");
    const struct file longest = { "long.txt", { long_text, 3 * (PAGES_MAX - 1) }, false, NULL };
    read_all(p, pdf_of(&longest, 1), PAGES_MAX, "");
}

/* 100 MB of spaces, as often as there is room for. */
static void a_bomb_is_left_out(void **state) {
    enum { BOMB_BYTES = 100 << 20, PACKED_MAX = 1 << 20 };
    struct place *p = *state;
    unsigned char *much = malloc(BOMB_BYTES), *packed = malloc(PACKED_MAX);
    uLongf n = PACKED_MAX;
    struct file files[FILES_MAX];

    assert_true(much && packed);
    memset(much, ' ', BOMB_BYTES);
    assert_int_equal(compress(packed, &n, much, BOMB_BYTES), Z_OK);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        files[i] = (struct file) { "bombe.txt", { (const char *)packed, n }, i % 2, "FlateDecode" };
    read_all(p, pdf_of(files, COUNT_OF(files)), 1, "attachments_unread");
    free(much);
    free(packed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(files_that_we_read_are_further_pages),
        PLACED(several_readers_share_the_pages_of_attached_files),
        PLACED(a_page_of_an_attached_file_is_drawn),
        PLACED(what_is_left_out_is_told_and_costs_the_document_nothing),
        PLACED(a_picture_that_cannot_be_decoded_is_an_unread_page),
        PLACED(only_so_many_files_and_pages_are_read),
        PLACED(a_bomb_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
