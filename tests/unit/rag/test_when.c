#include "rag/when.h"

#include "test.h"

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new(8U << 20);
    return arena && text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* "2024-11-18..2024-11-24", "-" when no time is said; today is Thursday 2024-11-28. */
static const char *span(const char *text) {
    struct tokens tokens;
    struct when when;
    char from[11], to[11];
    struct str out;
    const struct date today = { 2024, 11, 28 };
    assert_int_equal(text_tokens(reader, arena, str_from_c(text), TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(when_read(arena, &tokens, today, &when, NULL), OK);
    if (!when.said) return "-";
    date_format_iso(when.from, from);
    date_format_iso(when.to, to);
    assert_true(arena_printf(arena, &out, "%s..%s%s", from, to, when.future ? " future" : ""));
    return out.p;
}

static void calendar_days_are_read(void **state) {
    (void)state;
    assert_string_equal(span("le 15/11/2024"), "2024-11-15..2024-11-15");
    assert_string_equal(span("le 4 janvier 2023 svp"), "2023-01-04..2023-01-04");
    assert_string_equal(span("le 4 janvier"), "2024-01-04..2024-01-04");
    assert_string_equal(span("le 4 decembre"), "2023-12-04..2023-12-04");
    assert_string_equal(span("ordonnance de mars"), "2024-03-01..2024-03-31");
    assert_string_equal(span("en décembre"), "2023-12-01..2023-12-31");
    assert_string_equal(span("en fevrier 2024"), "2024-02-01..2024-02-29");
    assert_string_equal(span("en 2022"), "2022-01-01..2022-12-31");
    assert_string_equal(span("31/02/2024"), "-");
    /* A birth is no time that is asked for. */
    assert_string_equal(span("Je suis Awa Diop, née le 12/03/1980, ma dernière ordonnance ?"), "-");
    assert_string_equal(span("né le 4 janvier 1975 : mon ordonnance de mars"), "2024-03-01..2024-03-31");
    assert_string_equal(span("date de naissance : 12/03/1980"), "-");
    assert_string_equal(span("je ne trouve pas l'ordonnance de mars"), "2024-03-01..2024-03-31");
    assert_string_equal(span("je ne prends rien depuis mars"), "2024-03-01..2024-03-31");
}

static void days_near_today_are_read(void **state) {
    (void)state;
    assert_string_equal(span("hier"), "2024-11-27..2024-11-27");
    assert_string_equal(span("avant hier"), "2024-11-26..2024-11-26");
    assert_string_equal(span("ojd"), "2024-11-28..2024-11-28");
    assert_string_equal(span("2main"), "2024-11-29..2024-11-29 future");
    assert_string_equal(span("la semaine dernière"), "2024-11-18..2024-11-24");
    assert_string_equal(span("cette semaine"), "2024-11-25..2024-12-01");
    assert_string_equal(span("la semaine prochaine"), "2024-12-02..2024-12-08 future");
    assert_string_equal(span("le mois dernier"), "2024-10-01..2024-10-31");
    assert_string_equal(span("l'année dernière"), "2023-01-01..2023-12-31");
    assert_string_equal(span("il y a 2 semaines"), "2024-11-10..2024-11-18");
    assert_string_equal(span("il y a trois jours"), "2024-11-24..2024-11-26");
}

static void other_words_name_no_time(void **state) {
    (void)state;
    assert_string_equal(span("3 fois par jour pendant 7 jours"), "-");
    assert_string_equal(span("une semaine de traitement"), "-");
    assert_string_equal(span("il y a 99999 ans"), "-");
    assert_string_equal(span(""), "-");
}

static void unknown_days_are_in_no_span(void **state) {
    (void)state;
    const struct when all = { .said = true, .from = { 1900, 1, 1 }, .to = { 2100, 1, 1 } };
    assert_true(when_holds(&all, (struct date) { 2024, 5, 5 }));
    assert_false(when_holds(&all, (struct date) { 0 }));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_days_are_read),
        cmocka_unit_test(days_near_today_are_read),
        cmocka_unit_test(other_words_name_no_time),
        cmocka_unit_test(unknown_days_are_in_no_span),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
