#include "language/when.h"

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
    assert_string_equal(span("je ne prends rien depuis mars"), "2024-03-01..2024-11-28");
}

static void days_near_today_are_read(void **state) {
    (void)state;
    assert_string_equal(span("hier"), "2024-11-27..2024-11-27");
    assert_string_equal(span("avant hier"), "2024-11-26..2024-11-26");
    assert_string_equal(span("ma créatinine avant 2024"), "1900-01-01..2023-12-31");
    assert_string_equal(span("avan le 4 janvier 2024"), "1900-01-01..2024-01-03");
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

static const struct {
    const char *words, *span;
} times[] = {
    { "avant-hier", "2024-11-26..2024-11-26" },
    { "il y a trois semaines", "2024-11-03..2024-11-11" },
    { "ya 3 semaines", "2024-11-03..2024-11-11" },
    { "ça fait deux mois", "2024-09-08..2024-10-18" },
    { "il y a un an", "2023-05-02..2024-06-25" },
    { "l'an passé", "2023-01-01..2023-12-31" },
    { "l'an dernier", "2023-01-01..2023-12-31" },
    { "en début d'année", "2024-01-01..2024-03-31" },
    { "en fin d'année dernière", "2023-10-01..2023-12-31" },
    { "début janvier", "2024-01-01..2024-01-10" },
    { "fin mars", "2024-03-21..2024-03-31" },
    { "mi-décembre", "2023-12-11..2023-12-20" },
    { "au début du mois", "2024-11-01..2024-11-10" },
    { "depuis janvier", "2024-01-01..2024-11-28" },
    { "depuis la semaine dernière", "2024-11-18..2024-11-28" },
    { "depuis trois mois", "2024-08-28..2024-11-28" },
    { "depuis 2022", "2022-01-01..2024-11-28" },
    { "ces trois derniers mois", "2024-08-28..2024-11-28" },
    { "les 2 dernières semaines", "2024-11-14..2024-11-28" },
    { "ces derniers mois", "2024-08-28..2024-11-28" },
    { "lundi dernier", "2024-11-25..2024-11-25" },
    { "jeudi dernier", "2024-11-21..2024-11-21" },
    { "l'ordonnance de mardi", "2024-11-26..2024-11-26" },
    { "lundi prochain", "2024-12-02..2024-12-02 future" },
    { "jeudi prochain", "2024-12-05..2024-12-05 future" },
    { "lundi", "-" },
    { "yesterday", "2024-11-27..2024-11-27" },
    { "the day before yesterday", "2024-11-26..2024-11-26" },
    { "last week", "2024-11-18..2024-11-24" },
    { "two months ago", "2024-09-08..2024-10-18" },
    { "a week ago", "2024-11-17..2024-11-25" },
    { "last year", "2023-01-01..2023-12-31" },
    { "next month", "2024-12-01..2024-12-31 future" },
    { "this week", "2024-11-25..2024-12-01" },
    { "last monday", "2024-11-25..2024-11-25" },
    { "the last 3 months", "2024-08-28..2024-11-28" },
    { "over the past year", "2023-11-28..2024-11-28" },
    { "since january", "2024-01-01..2024-11-28" },
    { "at the beginning of the year", "2024-01-01..2024-03-31" },
    { "démb", "2024-11-27..2024-11-27" },
    { "bërki-démb", "2024-11-26..2024-11-26" },
    { "tey", "2024-11-28..2024-11-28" },
    { "ayubés bi weesu", "2024-11-18..2024-11-24" },
    { "ayoubess bi weesou", "2024-11-18..2024-11-24" },
    { "weer wi weesu", "2024-10-01..2024-10-31" },
    { "weer wii", "2024-11-01..2024-11-30" },
    { "at mi weesu", "2023-01-01..2023-12-31" },
    { "daaw", "2023-01-01..2023-12-31" },
    { "altine bi weesu", "2024-11-25..2024-11-25" },
    { "ayubés bi ñëw", "2024-12-02..2024-12-08 future" },
    { "ñaari weer ci ginaaw", "2024-09-08..2024-10-18" },
    { "suba ak ngoon", "-" },
    { "for 7 days", "-" },
    { "un jour sur deux", "-" },
    { "la dernière fois", "-" },
    { "may I take it", "-" },
};

static void times_in_words_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        const char *found = span(times[i].words);
        if (strcmp(found, times[i].span) != 0) fail_msg("%s: %s", times[i].words, found);
    }
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
        cmocka_unit_test(calendar_days_are_read),      cmocka_unit_test(days_near_today_are_read),
        cmocka_unit_test(times_in_words_are_read),     cmocka_unit_test(other_words_name_no_time),
        cmocka_unit_test(unknown_days_are_in_no_span),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
