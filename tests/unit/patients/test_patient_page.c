#include "test.h"

#include "patients/patient_page.h"

static const struct page_paper papers[] = {
    { .title = { "Analyse \"A\" <1>", 15 },
      .name = { "documents/2026-03-12_analyse_4.pdf", 34 },
      .date = { 2026, 3, 12 } },
    { .title = { "", 0 }, .name = { "documents/5.jpg", 15 } },
};

static void expect(const struct buf *page, const char *text) {
    if (str_find(buf_str(page), str_from_c(text)) == page->n)
        fail_msg("not on the page: %s\n%s", text, page->p);
}

static void expect_not(const struct buf *page, const char *text) {
    if (str_find(buf_str(page), str_from_c(text)) != page->n) fail_msg("on the page: %s", text);
}

static struct buf page_of(const char *json, size_t count, enum lang lang) {
    struct buf page;
    struct err e = { 0 };
    buf_init(&page, 1 << 20);
    assert_int_equal(patient_page_write(str_from_c(json), papers, count, lang, &page, &e), OK);
    buf_add_char(&page, '\0');
    page.n--;
    return page;
}

static void what_people_typed_stays_text(void **state) {
    struct buf page = page_of(
        "{\"exported_at\":\"2026-11-26T08:00:00Z\",\"patient\":{\"first_name\":\"<img src=x onerror=1>\",\"last_name\":\"N'Diaye\","
        "\"allergies\":null},\"messages\":[{\"direction\":\"out\",\"created_at\":\"2026-03-02T09:05:01Z\",\"body\":\"b & c\"},"
        "{\"direction\":\"in\",\"created_at\":\"2026-03-01T08:15:30Z\",\"body\":\"</p><script>\"}]}",
        2, LANG_FR);
    (void)state;
    expect(&page, "&lt;img src=x onerror=1&gt; N&#39;Diaye");
    expect(
        &page,
        "<a href=\"documents/2026-03-12_analyse_4.pdf\">Analyse &quot;A&quot; &lt;1&gt;</a>, <time>2026-03-12</time>");
    expect(&page, "<a href=\"documents/5.jpg\">documents/5.jpg</a></li>");
    expect(&page, "<b>Vous</b> <small>2026-03-01 08:15</small><p>&lt;/p&gt;&lt;script&gt;</p>");
    expect(&page, "b &amp; c");
    assert_true(str_find(buf_str(&page), STR("2026-03-01")) <
                str_find(buf_str(&page), STR("2026-03-02 09:05")));
    expect_not(&page, "<script");
    expect_not(&page, "<img");
    expect_not(&page, "Allergies"); /* nothing was noted: no heading over nothing */
    expect_not(&page, "Ce que la clinique a noté");
    buf_done(&page);
}

static void an_empty_record_says_so_in_each_language(void **state) {
    static const char *const none[LANG_COUNT] = { "Aucun document.", "No document.", "Amul benn kayit." };
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf page = page_of("{\"patient\":{\"first_name\":\"Awa\"}}", 0, (enum lang)lang);
        expect(&page, none[lang]);
        expect_not(&page, "<ul>");
        expect_not(&page, "<ol>");
        buf_done(&page);
    }
}

static void what_is_no_export_is_refused(void **state) {
    static const char *const bad[] = { "", "{", "[]", "{\"patient\":[]}", "null" };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct buf page;
        buf_init(&page, 1 << 16);
        assert_int_equal(patient_page_write(str_from_c(bad[i]), NULL, 0, LANG_FR, &page, NULL), E_INTERNAL);
        buf_done(&page);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_typed_stays_text),
        cmocka_unit_test(an_empty_record_says_so_in_each_language),
        cmocka_unit_test(what_is_no_export_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
