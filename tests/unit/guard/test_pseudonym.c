#include "guard/pseudonym.h"

#include "test.h"

static struct arena *arena;
static struct pseudonym *people;

static int setup(void **state) {
    struct text_reader *reader;
    struct patient patient = patient_blank();
    static const struct str others[] = { { "Dr Moussa NDIAYE", 16 }, { "Pierre Petit", 12 } };
    (void)state;
    patient.first_name = STR("Aïssatou Rose");
    patient.last_name = STR("Diémé");
    patient.date_of_birth = (struct date) { 1975, 3, 12 };
    arena = arena_new((size_t)32 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) return -1;
    return pseudonym_new(arena, reader, &patient, others, COUNT_OF(others), &people, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str hide(const char *text) {
    struct str out = { 0 }, back = { 0 };
    assert_int_equal(pseudonym_hide(people, str_from_c(text), &out, NULL), OK);
    assert_int_equal(pseudonym_put_back(people, out, &back, NULL), OK);
    assert_str_equal(back, str_from_c(text));
    return out;
}

/* `secret` is in the text and is not in what leaves. */
static void is_hidden(const char *text, const char *secret) {
    assert_true(str_find(str_from_c(text), str_from_c(secret)) < strlen(text));
    struct str out = hide(text);
    if (str_find(out, str_from_c(secret)) < out.n)
        fail_msg("\"%s\" is still in \"%.*s\"", secret, STR_ARG(out));
}

static void stays(const char *text) {
    assert_str_equal(hide(text), str_from_c(text));
}

static void the_patient_is_hidden_however_written(void **state) {
    (void)state;
    is_hidden("Mme Aïssatou Diémé", "Diémé");
    is_hidden("DIEME AISSATOU", "DIEME");
    is_hidden("DIEME AISSATOU", "AISSATOU");
    is_hidden("je suis aissatou dieme", "dieme");
    is_hidden("Patiente : DIÉMÉ Aïssatou Rose", "Rose");
    is_hidden("Madame DIEMME, 51 ans", "DIEMME");
    is_hidden("Aissatoo vient ce jour", "Aissatoo");
}

static void an_everyday_word_is_no_name_in_small_letters(void **state) {
    (void)state;
    stays("un petit comprimé");
    is_hidden("vu avec M. Petit ce matin", "Petit");
}

static void doctors_and_others_are_hidden(void **state) {
    (void)state;
    is_hidden("Dr Ibrahima FALL, cardiologue", "FALL");
    is_hidden("Docteur A. Sarr", "Sarr");
    is_hidden("dr ndiaye m'a donné du fer", "ndiaye");
    is_hidden("Signé : Paul Lefèvre", "Lefèvre");
    is_hidden("Nom : MARTIN\nPrénom : Jeanne", "Jeanne");
    is_hidden("Fatou Ndiaye a appelé", "Fatou");
    is_hidden("accompagnée de Mariama Kébé-Durand", "Durand");
    is_hidden("M. JEAN-PIERRE DE LA TOUR", "TOUR");
    is_hidden("Prescripteur : Dr. Xavier Wiltord", "Wiltord");
}

static void ways_to_reach_somebody_are_hidden(void **state) {
    (void)state;
    is_hidden("Tél : 77 123 45 67", "123 45 67");
    is_hidden("appelez le +221771234567 svp", "771234567");
    is_hidden("tel. (+221) 33 821 00 11", "821");
    is_hidden("01.42.34.56.78 ou 06-12-34-56-78", "34-56");
    is_hidden("écrire à awa.diop@clinique.sn.", "awa.diop");
    is_hidden("voir https://clinique.example/p/42?x=1 pour la suite", "clinique.example");
    is_hidden("12, rue Félix Faure, Dakar", "Faure");
    is_hidden("Villa n° 34 Sicap Liberté 6", "Liberté");
    is_hidden("Adresse : Médina, rue 22 x 17", "Médina");
    is_hidden("BP 1234 Dakar", "1234");
    is_hidden("75012 PARIS", "PARIS");
    is_hidden("6 bis avenue Cheikh Anta Diop", "6 bis");
}

static void birth_dates_are_hidden_and_others_stay(void **state) {
    (void)state;
    is_hidden("12/03/1975", "1975");
    is_hidden("le 12.03.1975 à Thiès", "1975");
    is_hidden("1975-03-12", "1975");
    is_hidden("12 mars 1975", "mars");
    is_hidden("né le 04/07/1980", "1980");
    is_hidden("Date de naissance : 1er juillet 1980", "1980");
    is_hidden("DDN 04/07/80", "04/07/80");
    is_hidden("Born March 12, 1975", "March");
    stays("Ordonnance du 15/11/2024");
    stays("contrôle le 3 mars 2025");
    stays("12 3 75 comprimés");
}

static void numbers_of_papers_are_hidden(void **state) {
    (void)state;
    is_hidden("N° de sécurité sociale : 2 75 03 78 123 456 78", "123 456");
    is_hidden("2 75 03 78 123 456", "75 03");
    is_hidden("Dossier n° 2024-1177", "1177");
    is_hidden("IPP: 8004512", "8004512");
    is_hidden("RPPS 10003456789", "10003456789");
    is_hidden("CNI 1 751 1975 03456", "03456");
}

static void medicine_stays(void **state) {
    (void)state;
    stays("Amoxicilline 500 mg, 1 gélule 3 fois par jour pendant 7 jours");
    stays("Glycémie à jeun : 1,26 g/L (0,70 - 1,10)");
    stays("Plaquettes 250 000 /mm3, leucocytes 7 500 /mm3");
    stays("TA 140/90 mmHg, poids 72,5 kg, IMC 27");
    stays("maladie de Parkinson, syndrome de Down, score de Glasgow 15");
    stays("Doliprane 1000 mg si douleur, sans dépasser 3 g par jour");
    stays("prendre le matin à jeun, 30 minutes avant le repas");
    stays("vaccin BCG le 03/04/2023, rappel dans 10 ans");
}

static void the_same_words_are_the_same_person(void **state) {
    (void)state;
    struct str first = hide("Dr Sow"), again = hide("Dr Sow"), other = hide("Dr Gueye");
    assert_str_equal(first, again);
    assert_false(str_eq(first, other));
}

static void placeholders_cannot_be_smuggled(void **state) {
    struct str out;
    (void)state;
    is_hidden("écris [PATIENT_1] et [PERSONNE_99]", "PERSONNE_99");
    assert_int_equal(pseudonym_put_back(people, STR("[PERSONNE_77]"), &out, NULL), E_CONFLICT);
    assert_int_equal(pseudonym_put_back(people, STR("[1] et [a_1]"), &out, NULL), OK);
    assert_str_equal(out, STR("[1] et [a_1]"));
}

static void what_is_too_long_does_not_leave(void **state) {
    struct str out = { 0 };
    (void)state;
    char *text = arena_alloc(arena, PSEUDONYM_TEXT_BYTES_MAX + 1);
    for (size_t i = 0; i <= PSEUDONYM_TEXT_BYTES_MAX; i++) text[i] = i % 2 ? ' ' : 'a';
    assert_int_equal(pseudonym_hide(people, (struct str) { text, PSEUDONYM_TEXT_BYTES_MAX + 1 }, &out, NULL),
                     E_LIMIT);
    assert_int_equal(pseudonym_hide(people, (struct str) { text, PSEUDONYM_TEXT_BYTES_MAX }, &out, NULL),
                     E_LIMIT);
    assert_true(out.n == 0);
}

static void hostile_text_comes_back_as_it_was(void **state) {
    (void)state;
    hide("");
    hide("[");
    hide("[PATIENT_]");
    hide("@ @@ a@ http:// www. +++ ((( 0000000000000000000000000000000000000000000000000");
    hide("Dr Dr Dr Mme : : : né le né le 12/ 13/ 2000 rue rue rue");
    hide("\xC3\xA9\xE2\x80\x99 M. \xF0\x9F\x98\x80 Dr \xF0\x9F\x98\x80");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_patient_is_hidden_however_written),
        cmocka_unit_test(an_everyday_word_is_no_name_in_small_letters),
        cmocka_unit_test(doctors_and_others_are_hidden),
        cmocka_unit_test(ways_to_reach_somebody_are_hidden),
        cmocka_unit_test(birth_dates_are_hidden_and_others_stay),
        cmocka_unit_test(numbers_of_papers_are_hidden),
        cmocka_unit_test(medicine_stays),
        cmocka_unit_test(the_same_words_are_the_same_person),
        cmocka_unit_test(placeholders_cannot_be_smuggled),
        cmocka_unit_test(what_is_too_long_does_not_leave),
        cmocka_unit_test(hostile_text_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
