#include "language/text.h"
#include "language/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct text_reader *reader;
};

static int setup(void **state) {
    static struct fixture f;
    f.arena = arena_new(4U << 20);
    if (!f.arena) return -1;
    *state = &f;
    return text_reader_open(f.arena, &f.reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_free(f->arena);
    return 0;
}

/* The folded tokens of a text, separated by spaces. */
static const char *folded(struct fixture *f, struct str text, enum text_kind kind) {
    struct tokens t;
    assert_int_equal(text_tokens(f->reader, f->arena, text, kind, &t, NULL), OK);
    struct str all = STR("");
    for (size_t i = 0; i < t.count; i++) {
        const char *space = i ? " " : "";
        assert_true(
            arena_printf(f->arena, &all, "%.*s%s%.*s", STR_ARG(all), space, STR_ARG(t.items[i].folded)));
    }
    return all.n ? all.p : "";
}

static void a_full_stop_behind_an_initial_ends_nothing(void **state) {
    (void)state;
    struct str text = STR("Vu par Dr S. M. DIENG. Dose 1.5 mg, groupe B. Revoir.");
    static const size_t ends[] = { 21 };
    size_t found = 0;
    for (size_t i = 0; i < 30; i++) {
        if (!text_ends_sentence(text, i)) continue;
        if (found < COUNT_OF(ends)) assert_int_equal(i, ends[found]);
        found++;
    }
    assert_int_equal(found, COUNT_OF(ends));
    assert_true(text_ends_sentence(text, text.n - 1));
}

static bool wraps(const char *text) {
    struct str all = str_from_c(text);
    return text_wraps(all, str_find_char(all, '\n'));
}

static void a_full_line_goes_on_below(void **state) {
    (void)state;
    assert_true(wraps("Ne pas porter l'enfant ni de seau rempli d'eau pendant\n12 jours, puis reprendre."));
    assert_true(wraps("Venir à la maternité si le bébé ne bouge plus, si les\npieds gonflent d'un coup."));
    assert_true(wraps("Garder le bras levé la nuit, le plâtre au sec, et revenir\névaluer la main."));
    /* Another item, the end of a sentence, a row of a table. */
    assert_false(wraps("Garder le bras levé la nuit, le plâtre au sec, et bouger\nPansement : lundi"));
    assert_false(wraps("Garder le bras levé la nuit, le plâtre au sec, les doigts.\nbien bouger"));
    assert_false(wraps("soeur 19 ans normale\nmère 44 ans"));
    assert_false(wraps("Garder le bras levé la nuit, le plâtre au sec, et bouger\n"));
}

static void words_and_numbers_are_folded_apart(void **state) {
    struct fixture *f = *state;
    assert_string_equal(folded(f, STR("L'Œdème, c’est-à-dire 10mg/j"), TEXT_DOCUMENT),
                        "l oedeme c est a dire 10 mg j");
    assert_string_equal(folded(f, STR("HbA1c : 1,05 g/L (0.70 - 1.10)"), TEXT_DOCUMENT),
                        "hba1c 1.05 g l 0.70 1.10");
    assert_string_equal(folded(f, STR("K+ 4,3 ; Na+ 138, Cl- 101, vitamine K, K-1"), TEXT_DOCUMENT),
                        "kaliemie 4.3 natremie 138 chloremie 101 vitamine k k 1");
    assert_string_equal(folded(f, STR("15/11/2024."), TEXT_DOCUMENT), "15 11 2024");
    assert_string_equal(folded(f, STR("1. Prendre 2,"), TEXT_DOCUMENT), "1 prendre 2");
    assert_string_equal(folded(f, STR(""), TEXT_DOCUMENT), "");
    assert_string_equal(folded(f, STR("\xff\xfe!! \xc3"), TEXT_DOCUMENT), "");
    assert_string_equal(folded(f, STR("😀👍"), TEXT_QUESTION), "");
}

static void sms_spellings_are_written_out_in_questions_only(void **state) {
    struct fixture *f = *state;
    assert_string_equal(folded(f, STR("slt g mal ojd"), TEXT_QUESTION), "salut j ai mal aujourd hui");
    assert_string_equal(folded(f, STR("slt g mal ojd"), TEXT_DOCUMENT), "slt g mal ojd");
    assert_string_equal(folded(f, STR("c koi mon ordo stp"), TEXT_QUESTION),
                        "c est quoi mon ordonnance s il te plait");
    assert_string_equal(folded(f, STR("rdv 2main ?"), TEXT_QUESTION), "rendez vous demain");
    assert_string_equal(folded(f, STR("vitamine C"), TEXT_QUESTION), "vitamine c");
    assert_string_equal(folded(f, STR("je peux dormir ?"), TEXT_QUESTION), "je peux dormir");
    assert_string_equal(folded(f, STR("5 g 3x"), TEXT_QUESTION), "5 g 3 fois");
    assert_string_equal(folded(f, STR("c'est quoi, c’est"), TEXT_QUESTION), "c est quoi c est");
    assert_string_equal(folded(f, STR("ouiiiii merciiii"), TEXT_QUESTION), "oui merci");
}

/* "avc" joins where something is taken with something, and is a stroke in doubt. */
static void avc_is_with_only_where_it_joins(void **state) {
    struct fixture *f = *state;
    assert_string_equal(folded(f, STR("manger du poisson avc tld"), TEXT_QUESTION),
                        "manger du poisson avec tld");
    assert_string_equal(folded(f, STR("controle avc le docteur"), TEXT_QUESTION), "controle avec le docteur");
    assert_string_equal(folded(f, STR("AVC mon mari venez"), TEXT_QUESTION), "avc mon mari venez");
    assert_string_equal(folded(f, STR("il prend du fer et avc hier"), TEXT_QUESTION),
                        "il prend du fer et avc hier");
    assert_string_equal(folded(f, STR("il mange mal depuis son avc"), TEXT_QUESTION),
                        "il mange mal depuis son avc");
}

static void an_article_without_apostrophe_is_cut_off_what_is_known(void **state) {
    struct fixture *f = *state;
    assert_string_equal(folded(f, STR("lestomac et linjection davril"), TEXT_QUESTION),
                        "l estomac et l injection d avril");
    assert_string_equal(folded(f, STR("libuprofene, joublie, menleve"), TEXT_QUESTION),
                        "l ibuprofene j oublie m enleve");
    assert_string_equal(folded(f, STR("c est quoi, C etait quoi"), TEXT_QUESTION), "c est quoi c etait quoi");
    assert_string_equal(folded(f, STR("dialyse lombaire lavage depuis"), TEXT_QUESTION),
                        "dialyse lombaire lavage depuis");
    assert_string_equal(folded(f, STR("lestomac"), TEXT_DOCUMENT), "lestomac");
}

static void tokens_know_where_they_stand(void **state) {
    struct fixture *f = *state;
    struct str text = STR("Prenez  l’Aspirine 1,5 mg; svp");
    struct tokens t;
    assert_int_equal(text_tokens(f->reader, f->arena, text, TEXT_QUESTION, &t, NULL), OK);
    assert_int_equal(t.count, 6);
    assert_true(str_eq(token_source(text, &t.items[2]), STR("Aspirine")));
    assert_true(str_eq(token_source(text, &t.items[3]), STR("1,5")));
    assert_true(t.items[3].number && !t.items[2].number);
    assert_true(t.items[1].stop && !t.items[2].stop);
    assert_true(t.items[0].clause_start && !t.items[4].clause_start && t.items[5].clause_start);
    assert_true(str_eq(token_source(text, &t.items[5]), STR("svp")));
}

static void stems_meet_whatever_the_accents(void **state) {
    struct fixture *f = *state;
    struct tokens a, b;
    assert_int_equal(text_tokens(f->reader, f->arena, STR("prescrites médicaments"), TEXT_DOCUMENT, &a, NULL),
                     OK);
    assert_int_equal(text_tokens(f->reader, f->arena, STR("PRÉSCRITE medicament"), TEXT_QUESTION, &b, NULL),
                     OK);
    assert_true(str_eq(a.items[0].stem, b.items[0].stem));
    assert_true(str_eq(a.items[1].stem, b.items[1].stem));
    assert_int_equal(text_hash(a.items[1].stem), text_hash(b.items[1].stem));
    assert_int_not_equal(text_hash(a.items[0].stem), text_hash(b.items[1].stem));
}

static void long_texts_end_at_the_limit(void **state) {
    struct fixture *f = *state;
    enum { COUNT = TEXT_TOKENS_MAX + 100 };
    char *p = arena_alloc(f->arena, COUNT * 2);
    for (size_t i = 0; i < COUNT; i++) memcpy(p + 2 * i, "a ", 2);
    struct tokens t;
    assert_int_equal(text_tokens(f->reader, f->arena, (struct str) { p, COUNT * 2 }, TEXT_DOCUMENT, &t, NULL),
                     OK);
    assert_int_equal(t.count, TEXT_TOKENS_MAX);
    memset(p, 'x', COUNT * 2);
    assert_int_equal(text_tokens(f->reader, f->arena, (struct str) { p, COUNT * 2 }, TEXT_DOCUMENT, &t, NULL),
                     OK);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.items[0].folded.n, TEXT_WORD_BYTES_MAX);
}

static void whole_words_are_found(void **state) {
    (void)state;
    assert_true(text_has_words(STR("arret de l'aspirine"), STR("arret")));
    assert_true(text_has_words(STR("arrete, puis arret"), STR("arret"))); /* the first only begins so */
    assert_true(text_has_words(STR("ne plus prendre"), STR("plus prendre")));
    assert_false(text_has_words(STR("ne plus prendrez"), STR("plus prendre")));
    assert_false(text_has_words(STR("desarret"), STR("arret")));
    assert_true(text_has_words(STR("ta 12"), STR("ta")) && text_has_words(STR("12ta"), STR("ta")));
    assert_false(text_has_words(STR("aaa"), STR("aa")) || text_has_words(STR("a"), STR("")) ||
                 text_has_words(STR(""), STR("a")));
}

static void word_tables_can_be_searched(void **state) {
    (void)state;
    assert_true(words_tables_are_sorted());
    assert_true(words_is_stop(STR("le")) && !words_is_stop(STR("dose")));
    assert_true(words_is_common(STR("bonjour")) && words_is_common(STR("le")) &&
                !words_is_common(STR("aspirine")));
    assert_true(str_eq(words_spelled_out(STR("rdv")), STR("rendez vous")));
    assert_int_equal(words_spelled_out(STR("zzz")).n, 0);
}

static void lines_are_walked_and_open_ends_are_seen(void **state) {
    (void)state;
    struct str text = STR("un \ndeux\n\nfin");
    assert_true(str_eq(text_line_at(text, 0), STR("un")));
    assert_int_equal(text_line_behind(text, 0), 4);
    assert_true(str_eq(text_line_at(text, 4), STR("deux")));
    assert_int_equal(text_line_at(text, 9).n, 0);
    assert_int_equal(text_line_behind(text, 10), text.n);
    assert_true(text_ends_open(STR("pas de charge pendant")));
    assert_true(text_ends_open(STR("une ligne\ndu 28/03 au")));
    assert_false(text_ends_open(STR("pas de charge")));
    assert_false(text_ends_open(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_walked_and_open_ends_are_seen),
        cmocka_unit_test(a_full_stop_behind_an_initial_ends_nothing),
        cmocka_unit_test(a_full_line_goes_on_below),
        cmocka_unit_test(words_and_numbers_are_folded_apart),
        cmocka_unit_test(sms_spellings_are_written_out_in_questions_only),
        cmocka_unit_test(avc_is_with_only_where_it_joins),
        cmocka_unit_test(an_article_without_apostrophe_is_cut_off_what_is_known),
        cmocka_unit_test(tokens_know_where_they_stand),
        cmocka_unit_test(stems_meet_whatever_the_accents),
        cmocka_unit_test(long_texts_end_at_the_limit),
        cmocka_unit_test(whole_words_are_found),
        cmocka_unit_test(word_tables_can_be_searched),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
