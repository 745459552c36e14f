/* Lists as spreadsheets save them, the names that people give their columns, and rows as the API would be sent them; tags as they are looked for. */
#include "test.h"

#include "patients/csv_read.h"
#include "patients/import_row.h"
#include "patients/patient_tag.h"

enum { CELLS_MAX = 8 };

static int set_up(void **state) {
    *state = arena_new(4 << 20);
    return *state ? 0 : 1;
}

static int tear_down(void **state) {
    arena_free(*state);
    return 0;
}

/* ---- the file ---- */

static void a_row_is(struct csv_reader *r, struct arena *a, const char *const *cells, size_t count) {
    struct str got[CELLS_MAX];
    size_t n = 0;
    struct err e = { 0 };
    if (csv_next(r, a, got, CELLS_MAX, &n, &e) != OK) fail_msg("%s", e.detail);
    assert_int_equal(n, count);
    for (size_t i = 0; i < n; i++) assert_str_equal(got[i], str_from_c(cells[i]));
}

static void the_head_says_what_separates(void **state) {
    static const struct {
        const char *text, *cells[2];
    } lists[] = {
        { "a,b\n1,5;2", { "1", "5;2" } },
        { "a;b\n1,5;2", { "1,5", "2" } },
        { "a\tb\n1;5\t2,3", { "1;5", "2,3" } },
        { "\"a,,,\";b\n1;2", { "1", "2" } }, /* what stands in quotes does not count */
    };
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct csv_reader r;
        struct str head[CELLS_MAX];
        size_t n = 0;
        csv_start(&r, str_from_c(lists[i].text));
        assert_int_equal(csv_next(&r, *state, head, CELLS_MAX, &n, NULL), OK);
        assert_int_equal(n, 2);
        a_row_is(&r, *state, lists[i].cells, 2);
    }
}

static void quotes_line_ends_and_empty_rows(void **state) {
    struct csv_reader r;
    csv_start(&r, STR("a;b\r\n;\r\n\"Du \"\"Pont\"\"; fils\" ;\"deux\nlignes\"\r  x ;\n"));
    const char *const head[] = { "a", "b" }, *const quoted[] = { "Du \"Pont\"; fils", "deux\nlignes" },
                      *const last[] = { "x", "" };
    a_row_is(&r, *state, head, 2);
    a_row_is(&r, *state, quoted, 2); /* a row of separators alone has nothing in it */
    assert_int_equal(r.line, 3);
    a_row_is(&r, *state, last, 2);
    assert_int_equal(r.line, 5); /* the line end within the quotes counts */
    a_row_is(&r, *state, NULL, 0);
}

static void what_cannot_be_a_row_names_its_line(void **state) {
    static const struct {
        const char *text, *code, *line;
    } bad[] = {
        { "a\nb\n\"never closed", "csv_quote", "3" },
        { "a,b,c,d,e,f,g,h,i", "csv_too_wide", "1" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct csv_reader r;
        struct str cells[CELLS_MAX];
        struct err e = { 0 };
        size_t n = 1;
        enum status s = OK;
        csv_start(&r, str_from_c(bad[i].text));
        while (s == OK && n > 0) s = csv_next(&r, *state, cells, CELLS_MAX, &n, &e);
        assert_int_equal(s, E_INVALID);
        assert_string_equal(e.message->code, bad[i].code);
        assert_string_equal(e.arg, bad[i].line);
    }
}

static void older_spreadsheets_write_windows_1252(void **state) {
    struct str text;
    struct err e = { 0 };
    assert_int_equal(csv_text(*state, STR("\xEF\xBB\xBFPrénom"), &text, NULL), OK);
    assert_str_equal(text, STR("Prénom"));
    assert_int_equal(csv_text(*state,
                              STR("A\xEFssatou N\x92"
                                  "Diaye \x80"),
                              &text, NULL),
                     OK);
    assert_str_equal(text, STR("Aïssatou N’Diaye €"));
    assert_int_equal(csv_text(*state, STR("\x89PNG\x81"), &text, &e), E_INVALID);
    assert_string_equal(e.message->code, "csv_not_text");
}

/* ---- columns and rows ---- */

static void columns_are_known_however_they_are_written(void **state) {
    static const struct {
        const char *head;
        enum import_column column;
    } heads[] = {
        { "Prénom(s)", IMPORT_FIRST_NAME },
        { "FIRST_NAME", IMPORT_FIRST_NAME },
        { " Nom de famille ", IMPORT_LAST_NAME },
        { "N° de téléphone", IMPORT_IGNORED },
        { "Numéro de téléphone", IMPORT_PHONE },
        { "WhatsApp", IMPORT_PHONE },
        { "Né(e) le", IMPORT_BIRTH },
        { "Sexe", IMPORT_GENDER },
        { "Étiquettes", IMPORT_TAGS },
        { "Remarque", IMPORT_IGNORED },
        { "", IMPORT_IGNORED },
    };
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        enum import_column column = IMPORT_COLUMN_COUNT;
        assert_true(import_column_of(*state, str_from_c(heads[i].head), &column));
        if (column != heads[i].column) fail_msg("%s", heads[i].head);
    }
}

static void row_is(struct arena *a, enum import_column column, const char *cell, const char *expected) {
    struct buf text;
    struct json_out json = json_out_to(&text);
    const struct str cells[] = { str_from_c(cell) };
    buf_init(&text, 4096);
    assert_true(import_row_json(a, &column, cells, 1, &json));
    assert_str_equal(buf_str(&text), str_from_c(expected));
    buf_done(&text);
}

static void cells_become_what_the_api_is_sent(void **state) {
    row_is(*state, IMPORT_BIRTH, "05/03/1980", "{\"date_of_birth\":\"1980-03-05\"}");
    row_is(*state, IMPORT_BIRTH, "05.03.1980", "{\"date_of_birth\":\"1980-03-05\"}");
    row_is(*state, IMPORT_BIRTH, "1980-03-05", "{\"date_of_birth\":\"1980-03-05\"}");
    /* What cannot be read is not guessed: the API refuses it as it stands. */
    row_is(*state, IMPORT_BIRTH, "5/3/1980", "{\"date_of_birth\":\"5/3/1980\"}");
    row_is(*state, IMPORT_BIRTH, "05/03-1980", "{\"date_of_birth\":\"05/03-1980\"}");
    row_is(*state, IMPORT_GENDER, "Féminin", "{\"gender\":\"F\"}");
    row_is(*state, IMPORT_GENDER, "h", "{\"gender\":\"M\"}");
    row_is(*state, IMPORT_GENDER, "?", "{\"gender\":\"?\"}");
    row_is(*state, IMPORT_LANGUAGE, "WOLOF", "{\"language\":\"wo\"}");
    row_is(*state, IMPORT_TAGS, " diabète, suivi ;|x", "{\"tags\":[\"diabète\",\"suivi\",\"x\"]}");
    row_is(*state, IMPORT_LAST_NAME, "'=HYPERLINK(1)", "{\"last_name\":\"=HYPERLINK(1)\"}");
    row_is(*state, IMPORT_LAST_NAME, "'Ndiaye", "{\"last_name\":\"'Ndiaye\"}");
    row_is(*state, IMPORT_ALLERGIES, "", "{}");
    row_is(*state, IMPORT_IGNORED, "x", "{}");
}

/* ---- tags ---- */

static void a_tag_is_looked_for_as_it_is_written(void **state) {
    static const struct {
        const char *tag, *pattern;
    } tags[] = {
        { "diabète", "%\"diabète\"%" },
        { "100%_sûr!", "%\"100!%!_sûr!!\"%" }, /* signs that LIKE would read are its own */
        { "a\"b\\c", "%\"a\\\"b\\\\c\"%" },    /* … and quoted as in the list */
    };
    for (size_t i = 0; i < COUNT_OF(tags); i++) {
        struct str pattern;
        assert_true(patient_tag_pattern(*state, str_from_c(tags[i].tag), &pattern));
        assert_str_equal(pattern, str_from_c(tags[i].pattern));
    }
}

int main(void) {
#define IN_AN_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_AN_ARENA(the_head_says_what_separates),
        IN_AN_ARENA(quotes_line_ends_and_empty_rows),
        IN_AN_ARENA(what_cannot_be_a_row_names_its_line),
        IN_AN_ARENA(older_spreadsheets_write_windows_1252),
        IN_AN_ARENA(columns_are_known_however_they_are_written),
        IN_AN_ARENA(cells_become_what_the_api_is_sent),
        IN_AN_ARENA(a_tag_is_looked_for_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
