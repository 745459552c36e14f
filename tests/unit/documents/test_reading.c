/*
 * Whole documents: tests/unit/documents/fixtures/{prescriptions,laboratory,vaccinations,identity,kinds}/NAME.txt hold a page as text, "---", and what reading it must give:
 *
 *   kind prescription
 *   date 2024-11-15
 *   author Dr Awa NDIAYE          (left out: not compared)
 *   patient Moussa FALL
 *   birth 1961-05-12
 *   medication | name=DOLIPRANE | strength=1000 mg | ...
 *
 * Facts must be these and no others, in this order; a field that is not named must be empty (the flag of a laboratory value too).
 */
#include "test.h"

#include <dirent.h>
#include <stdlib.h>

#include "documents/fixture.h"

enum { FIXTURES_MAX = 128, ARENA_BYTES = 64 << 20 };

struct field {
    const char *name;
    size_t offset;
};

#define FIELD(f)                                                                                             \
    { #f, offsetof(struct fact, f) }
static const struct field fields[] = {
    FIELD(name),     FIELD(strength), FIELD(form),        FIELD(dose),  FIELD(route), FIELD(frequency),
    FIELD(duration), FIELD(renewals), FIELD(instruction), FIELD(value), FIELD(unit),  FIELD(reference),
    FIELD(flag),     FIELD(specimen), FIELD(lot),         FIELD(due),   FIELD(day)
};

static struct str field_of(const struct fact *f, size_t k) {
    struct str s;
    memcpy(&s, (const char *)f + fields[k].offset, sizeof s);
    return s;
}

static struct str take_line(struct str *rest) {
    size_t n = str_find_char(*rest, '\n');
    struct str line = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return line;
}

static const char *fact_word(enum fact_type type) {
    return type == FACT_LAB_VALUE ? "lab" : fact_type_name(type);
}

/* What the expectation says of a field: "| strength=1 g |"; empty when it is not named. */
static struct str wanted_field(struct str line, const char *name) {
    size_t n = strlen(name);
    for (size_t i = 0; i + n + 3 < line.n; i++) {
        if (line.p[i] != '|' || memcmp(line.p + i + 2, name, n) != 0 || line.p[i + 2 + n] != '=') continue;
        struct str rest = str_sub(line, i + 3 + n, line.n);
        for (size_t k = 0; k < rest.n; k++)
            if (str_starts(str_sub(rest, k, rest.n), STR(" | "))) return str_sub(rest, 0, k);
        return str_trim(rest);
    }
    return STR("");
}

static int check_fact(const char *file, struct str want, const struct fact *got) {
    int wrong = 0;
    struct str type = str_sub(want, 0, str_find_char(want, ' '));
    if (!str_eq(type, str_from_c(fact_word(got->type)))) {
        print_error("%s: wanted %.*s, got a %s \"%.*s\"\n", file, STR_ARG(want), fact_word(got->type),
                    STR_ARG(got->name));
        return 1;
    }
    for (size_t k = 0; k < COUNT_OF(fields); k++) {
        struct str w = wanted_field(want, fields[k].name), g = field_of(got, k);
        if (str_eq(w, g)) continue;
        print_error("%s: %.*s: %s is \"%.*s\" instead of \"%.*s\"\n", file, STR_ARG(got->name),
                    fields[k].name, STR_ARG(g), STR_ARG(w));
        wrong++;
    }
    return wrong;
}

static int check_word(const char *file, struct str line, const char *key, struct str got) {
    size_t n = strlen(key);
    if (!str_starts(line, (struct str) { key, n }) || line.n <= n || line.p[n] != ' ') return 0;
    struct str want = str_trim(str_sub(line, n, line.n));
    if (str_eq(want, got)) return 0;
    print_error("%s: %s is \"%.*s\" instead of \"%.*s\"\n", file, key, STR_ARG(got), STR_ARG(want));
    return 1;
}

static int check_file(struct arena *arena, const char *file) {
    struct str rest = fixture_file(arena, file), text = rest;
    size_t cut = str_find(rest, STR("\n---\n")), next = 0;
    int wrong = 0;
    char date[11], birth[11];
    struct page page;
    struct document_reading r;
    assert_true(cut < rest.n);
    text.n = cut;
    rest = str_sub(rest, cut + 5, rest.n);
    fixture_page(arena, text, 1, &page);
    assert_int_equal(document_read_pages(arena, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    date_format_iso(r.date, date);
    date_format_iso(r.patient_birth, birth);
    while (rest.n) {
        struct str line = take_line(&rest);
        if (line.n == 0) continue;
        wrong += check_word(file, line, "kind", str_from_c(document_kind_name(r.kind)));
        wrong += check_word(file, line, "date", str_from_c(date));
        wrong += check_word(file, line, "birth", str_from_c(birth));
        wrong += check_word(file, line, "author", r.author);
        wrong += check_word(file, line, "patient", r.patient_name);
        if (str_find(line, STR(" | ")) == line.n) continue;
        if (next < r.fact_count)
            wrong += check_fact(file, line, &r.facts[next++]);
        else
            wrong += (print_error("%s: missing %.*s\n", file, STR_ARG(line)), 1);
    }
    for (; next < r.fact_count; next++) {
        print_error("%s: not wanted: %s \"%.*s\" in \"%.*s\"\n", file, fact_word(r.facts[next].type),
                    STR_ARG(r.facts[next].name), STR_ARG(r.facts[next].quote));
        wrong++;
    }
    return wrong;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(a, b);
}

static void check_folder(const char *folder, size_t at_least) {
    static const char base[] = "tests/unit/documents/fixtures";
    char path[1024], names[FIXTURES_MAX][64];
    size_t count = 0;
    int wrong = 0;
    const char *root = getenv("MEDIRECORD_SOURCE_ROOT");
    (void)snprintf(path, sizeof path, "%s/%s/%s", root ? root : ".", base, folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    const struct dirent *d;
    while ((d = readdir(dir)) != NULL) {
        size_t n = strlen(d->d_name);
        if (n < 5 || n >= sizeof names[0] || strcmp(d->d_name + n - 4, ".txt") != 0 || count == FIXTURES_MAX)
            continue;
        memcpy(names[count++], d->d_name, n + 1);
    }
    closedir(dir);
    qsort(names, count, sizeof names[0], compare_names);
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new(ARENA_BYTES);
        assert_non_null(arena);
        (void)snprintf(path, sizeof path, "%s/%s/%s", base, folder, names[i]);
        wrong += check_file(arena, path);
        arena_free(arena);
    }
    assert_true(count >= at_least);
    assert_int_equal(wrong, 0);
}

static void prescriptions_are_read(void **state) {
    (void)state;
    check_folder("prescriptions", 47);
}

static void laboratory_reports_are_read(void **state) {
    (void)state;
    check_folder("laboratory", 26);
}

static void whose_paper_it_is_is_read(void **state) {
    (void)state;
    check_folder("identity", 15);
}

static void what_a_paper_is_is_known(void **state) {
    (void)state;
    check_folder("kinds", 12);
}

static void vaccinations_are_read(void **state) {
    (void)state;
    check_folder("vaccinations", 25);
}

/* Cells of a scan whose words are cut off by the cell's edge; on a page with a text layer nothing is guessed. */
static void words_cut_off_by_a_cell_are_known_again(void **state) {
    static const char text[] =
        "Prescription de médicaments\n"
        "Durée du      Médicamen    Posologie       Substitutio   Nombre         Non\n"
        "traitement                                               de             remboursab\n"
        "                                                         renouvelleme\n"
        "7 jours       PARACET/     1 comprimé      Non           3              Non\n"
        "              MYLAN        3 fois/j\n"
        "              500 mg,\n"
        "              comprimé\n";

    (void)state;
    for (int scanned = 1; scanned >= 0; scanned--) {
        struct arena *a = arena_new(1 << 22);
        struct document_reading reading;
        struct page page;
        fixture_page(a, str_from_c(text), 1, &page);
        page.source = scanned ? PAGE_OCR : PAGE_TEXT;
        assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &reading, NULL), OK);
        assert_int_equal(reading.fact_count, 1);
        const struct fact *f = &reading.facts[0];
        if (scanned) assert_str_equal(f->name, STR("PARACETAMOL MYLAN"));
        assert_true(str_starts(f->quote, STR("7 jours")) && str_find(f->quote, STR("PARACET/")) < f->quote.n);
        assert_str_equal(f->strength, STR("500 mg"));
        assert_str_equal(f->renewals, STR("3"));
        assert_str_equal(f->duration, STR("7 jours"));
        if (!scanned && str_find(f->name, STR("PARACETAMOL")) < f->name.n)
            fail_msg("guessed: \"%.*s\"", STR_ARG(f->name));
        arena_free(a);
    }
}

/* A laboratory report of three pages, each with the same head, headings and foot. */
static void values_of_every_page_stand_under_the_headings(void **state) {
    static const char *const rows[] = {
        "Sodium              138       136 - 145\nPotassium           4,1       3,5 - 5,1\n",
        "Calcium             2,31      2,20 - 2,55\nChlore              101       98 - 107\n",
        "Phosphore           1,10      0,80 - 1,45\nMagnésium           0,85      0,70 - 1,05\n"
    };
    struct arena *a = arena_new(1 << 22);
    struct document_reading r;
    struct page pages[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        char blank[64] = { 0 };
        struct str text;
        for (int k = 0; k < 40; k++) blank[k] = '\n';
        assert_true(arena_printf(
            a, &text,
            "LABORATOIRE BIO24 - Compte rendu d'examens biologiques\n"
            "Patient : Mme Coumba TALL          Prélevé le 04/11/2024\n\n"
            "Examen              Résultat  Valeurs de référence\n%s%sDossier 2411-0777 - Page %d/3",
            rows[i], blank, i + 1));
        fixture_page(a, text, i + 1, &pages[i]);
    }
    assert_int_equal(document_read_pages(a, pages, 3, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.kind, KIND_LABORATORY);
    assert_int_equal(date_compare(r.date, (struct date) { .year = 2024, .month = 11, .day = 4 }), 0);
    assert_str_equal(r.patient_name, STR("Coumba TALL"));
    assert_int_equal(r.fact_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(r.facts[i].page, i / 2 + 1);
        assert_true(r.facts[i].reference.n > 0);
    }
    assert_str_equal(r.facts[5].name, STR("Magnésium"));
    assert_str_equal(r.facts[5].reference, STR("0,70 - 1,05"));
    arena_free(a);
}

static void a_bare_report_is_what_its_file_is_called(void **state) {
    static const struct {
        enum document_kind kind, becomes;
        const char *title, *file;
    } cases[] = {
        { KIND_REPORT, KIND_IMAGING, "COMPTE RENDU", "CR_Radio_CDAN1_v2.pdf" },
        { KIND_REPORT, KIND_IMAGING, "Compte-rendu :", "Echographie 12-03.pdf" },
        { KIND_REPORT, KIND_REPORT, "COMPTE RENDU DE CONSULTATION", "CR_Radio.pdf" },
        { KIND_REPORT, KIND_REPORT, "COMPTE RENDU", "bilan.pdf" },
        { KIND_OTHER, KIND_PRESCRIPTION, "", "ordonnance (2).jpg" },
        { KIND_LABORATORY, KIND_LABORATORY, "Analyses", "radio.pdf" },
        { KIND_OTHER, KIND_OTHER, "", "IMG_2024.jpg" },
    };
    struct arena *a = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct document_reading r = { .kind = cases[i].kind, .title = str_from_c(cases[i].title) };
        assert_true(document_kind_by_file_name(a, str_from_c(cases[i].file), &r));
        if (r.kind != cases[i].becomes) fail_msg("%s: %s", cases[i].file, document_kind_name(r.kind));
    }
    arena_free(a);
}

/* Words of titles stand in the text of a paper as well. */
static void a_sentence_is_no_title(void **state) {
    static const struct {
        const char *line, *title;
    } cases[] = { { "ORDONNANCE", "ORDONNANCE" },
                  { "COMPTE RENDU D'IRM", "COMPTE RENDU D'IRM" },
                  { "Carte de porteur remise. IRM possible.", "" },
                  { "ordonnance en DCI", "" },
                  { "V. EXAMENS DEMANDES audiogramme", "" },
                  { "Echographie rénale refaite et normale.", "" },
                  { "Echographie du coeur 03/2024 : FE 60 %", "" },
                  { "Le foie est gros, le reste va bien.\nIRM DE CONTROLE", "" },
                  { "Chère collègue,", "Lettre" },
                  { "LABORATOIRE DU PORT               Dossier 4417", "LABORATOIRE DU PORT" } };
    struct arena *a = arena_new(1 << 22);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct document_reading r;
        struct page page;
        struct str text;
        assert_true(
            arena_printf(a, &text, "Centre de Ndoffane\nLe 14/04/2026\n%s\nMarche libre\n", cases[i].line));
        fixture_page(a, text, 1, &page);
        assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
        if (!str_eq(r.title, str_from_c(cases[i].title)))
            fail_msg("%s: title \"%.*s\"", cases[i].line, STR_ARG(r.title));
    }
    arena_free(a);
}

static void a_doctor_keeps_his_initials(void **state) {
    static const struct {
        const char *line, *author;
    } cases[] = { { "Dr S. M. DIENG - Pneumologue", "Dr S. M. DIENG" },
                  { "CHR Saint-Louis - ORL - Dr M. KANOUTE", "Dr M. KANOUTE" },
                  { "Dr O. Cissokho", "Dr O. Cissokho" },
                  { "Dr Awa T. SARR", "Dr Awa T. SARR" },
                  { "Dr S.", "" } };
    struct arena *a = arena_new(1 << 22);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct document_reading r;
        struct page page;
        struct str text;
        assert_true(arena_printf(a, &text,
                                 "%s\nLe 14/04/2026\nMme Coumba TALL\nORDONNANCE\n"
                                 "DOLIPRANE 500 mg, 1 comprimé 3 fois par jour\n",
                                 cases[i].line));
        fixture_page(a, text, 1, &page);
        assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
        assert_str_equal(r.author, str_from_c(cases[i].author));
    }
    arena_free(a);
}

/* Whose day the paper would be is told nowhere: a birth is none, however it is written. */
static void a_birth_is_no_day_of_a_paper(void **state) {
    static const char card[] =
        "FICHE INDIVIDUELLE DE VACCINATION\nNom : SONKO Lamine        DN : 14/02/1998\n"
        "Réactions constatées : aucune\n";
    static const char hearing[] = "AUDIOMETRIE TONALE ET VOCALE\n"
                                  "Patient : B. WANE (17-01-1995)              Examen du 24/02/2026\n"
                                  "Cabine insonorisée, fiabilité : bonne\n"
                                  "Fréquence (Hz)      250    500    1000   2000\n"
                                  "OD aérien (dB)       10     10      15     10\n";
    struct arena *a = arena_new(1 << 22);
    struct document_reading r;
    struct page page;

    (void)state;
    fixture_page(a, str_from_c(card), 1, &page);
    assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.date.year, 0);
    fixture_page(a, str_from_c(hearing), 1, &page);
    assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(date_compare(r.date, (struct date) { .year = 2026, .month = 2, .day = 24 }), 0);
    arena_free(a);
}

/* A letter with a laboratory report behind it: the document is the letter, the values keep their own page. */
static void a_letter_keeps_its_day_before_what_it_encloses(void **state) {
    static const char letter[] = "Dr Awa SARR\nCardiologue\nDakar, le 20/11/2024\n\nCher confrère,\n"
                                 "Je vous adresse Mme Coumba TALL avec son bilan ci-joint.\n";
    static const char report[] = "LABORATOIRE BIO24\nCompte rendu d'examens biologiques\nMme Coumba TALL\n"
                                 "Biologiste : Dr Jean MENDY\nPrélevé le 04/11/2024\n"
                                 "                          Résultats         Valeurs de référence\n"
                                 "Glycémie à jeun           1,26 g/L          (0,70 - 1,10)\n"
                                 "Créatinine                9,1 mg/L          (6,0 - 11,0)\n";
    struct arena *a = arena_new(1 << 22);
    struct document_reading r;
    struct page pages[2];

    (void)state;
    fixture_page(a, str_from_c(letter), 1, &pages[0]);
    fixture_page(a, str_from_c(report), 2, &pages[1]);
    assert_int_equal(document_read_pages(a, pages, 2, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.kind, KIND_REPORT);
    assert_int_equal(date_compare(r.date, (struct date) { .year = 2024, .month = 11, .day = 20 }), 0);
    assert_str_equal(r.author, STR("Dr Awa SARR"));
    assert_str_equal(r.title, STR("Lettre du Dr Awa SARR"));
    assert_int_equal(r.fact_count, 2);
    assert_int_equal(r.facts[0].page, 2);
    assert_int_equal(document_read_pages(a, pages + 1, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.kind, KIND_LABORATORY);
    assert_int_equal(date_compare(r.date, (struct date) { .year = 2024, .month = 11, .day = 4 }), 0);
    arena_free(a);
}

/* What the notice of a medicine says is said to everybody: no allergy, dose or value of the patient in whose record it lies. */
static void a_leaflet_holds_no_facts(void **state) {
    static const char leaflet[] = "NOTICE : INFORMATION DE L'UTILISATEUR\nDOLIPRANE 500 mg, comprimé\n"
                                  "Veuillez lire attentivement cette notice avant de prendre ce médicament.\n"
                                  "Ne prenez jamais DOLIPRANE si vous êtes allergique au paracétamol.\n"
                                  "La dose est de 1 comprimé 3 fois par jour pendant 5 jours.\n"
                                  "Quels sont les effets indésirables éventuels ?\n"
                                  "Tenir ce médicament hors de la vue et de la\nportée des enfants.\n"
                                  "Ce que contient DOLIPRANE      500 mg      (100 - 600)\n";
    static const char prescription[] = "Dr Awa SARR\nDakar, le 20/11/2024\nMme Coumba TALL\nORDONNANCE\n"
                                       "DOLIPRANE 500 mg, 1 comprimé 3 fois par jour pendant 5 jours\n"
                                       "Tenir hors de la vue et de la portée des enfants.\n";
    struct arena *a = arena_new(1 << 22);
    struct document_reading r;
    struct page pages[2];

    (void)state;
    fixture_page(a, str_from_c(prescription), 1, &pages[0]);
    fixture_page(a, str_from_c(leaflet), 2, &pages[1]);
    assert_int_equal(document_read_pages(a, &pages[1], 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.fact_count, 0);
    assert_int_equal(r.kind, KIND_OTHER);
    /* One phrase of a notice makes none, and the notice behind it changes nothing. */
    for (size_t count = 1; count <= 2; count++) {
        assert_int_equal(document_read_pages(a, pages, count, DATE_UNKNOWN, &r, NULL), OK);
        assert_int_equal(r.kind, KIND_PRESCRIPTION);
        assert_int_equal(r.fact_count, 1);
        assert_int_equal(r.facts[0].page, 1);
    }
    arena_free(a);
}

/* A row without a name is that above in another unit, or its name was overlooked. */
static void what_ocr_overlooked_is_not_told_of_another_value(void **state) {
    static const char text[] = "LABORATOIRE DE THIES\nDate : 24/09/2026\nNUMERATION\n"
                               "Analyse           Résultat     Unité       Valeurs de référence\n"
                               "Hémoglobine       8,7          g/dL        12,0 - 16,0\n"
                               "                  5,4          mmol/L      7,4 - 9,9\n"
                               "VGM               71           fL          80 - 100\n"
                               "                  312 000      /mm3        150 000 - 400 000\n"
                               "                  6            ng/mL       15 - 150\n"
                               "Hématocrite       TL           %           35 - 47\n"
                               "Protéinurie       négatif      g/L         0,0 - 0,1\n"
                               "Créatinine        9            mg/L        6 - 12\n"
                               "                  80           µmol/L\n";
    /* By OCR, letters are no figure, and a row without a range is nobody's. */
    static const char read[2][128] = {
        "Hémoglobine 8,7; Hémoglobine 5,4; VGM 71; Hématocrite TL; Protéinurie négatif; Créatinine 9; "
        "Créatinine 80; ",
        "Hémoglobine 8,7; Hémoglobine 5,4; VGM 71; Protéinurie négatif; Créatinine 9; ",
    };
    struct arena *a = arena_new(1 << 22);
    struct document_reading r;
    struct page page;

    (void)state;
    fixture_page(a, str_from_c(text), 1, &page);
    for (size_t ocr = 0; ocr < 2; ocr++) {
        page.source = ocr ? PAGE_OCR : PAGE_TEXT;
        assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
        struct str all = STR("");
        for (size_t i = 0; i < r.fact_count; i++)
            assert_true(arena_printf(a, &all, "%.*s%.*s %.*s; ", STR_ARG(all), STR_ARG(r.facts[i].name),
                                     STR_ARG(r.facts[i].value)));
        assert_str_equal(all, str_from_c(read[ocr]));
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ocr_overlooked_is_not_told_of_another_value),
        cmocka_unit_test(a_leaflet_holds_no_facts),
        cmocka_unit_test(prescriptions_are_read),
        cmocka_unit_test(laboratory_reports_are_read),
        cmocka_unit_test(vaccinations_are_read),
        cmocka_unit_test(whose_paper_it_is_is_read),
        cmocka_unit_test(what_a_paper_is_is_known),
        cmocka_unit_test(values_of_every_page_stand_under_the_headings),
        cmocka_unit_test(a_bare_report_is_what_its_file_is_called),
        cmocka_unit_test(a_sentence_is_no_title),
        cmocka_unit_test(a_doctor_keeps_his_initials),
        cmocka_unit_test(a_birth_is_no_day_of_a_paper),
        cmocka_unit_test(a_letter_keeps_its_day_before_what_it_encloses),
        cmocka_unit_test(words_cut_off_by_a_cell_are_known_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
