#include "support/paper.h"

#include <stdlib.h>

#include "os/file.h"
#include "test.h"

/*
 * The questions of questions.tsv, as patients write them, to one made-up record: the labels say what a doctor would accept.
 * Asked on 2024-12-01.
 */
static const char *const old_values[] = { "Laboratoire BIO24",
                                          "Compte rendu d'examens biologiques",
                                          "Prélevé le 04/05/2024",
                                          "                          Résultats         Valeurs de référence",
                                          "Glycémie à jeun           1,02 g/L          (0,70 - 1,10)",
                                          NULL };
static const char *const urine[] = { "Laboratoire BIO24",
                                     "Compte rendu d'examens biologiques",
                                     "Prélevé le 12/06/2024",
                                     "EXAMEN CYTOBACTERIOLOGIQUE DES URINES",
                                     "                          Résultat          Valeurs de référence",
                                     "Leucocytes                85 /mm3           (0 - 10)",
                                     "Hématies                  2 /mm3            (0 - 5)",
                                     "",
                                     "Antibiogramme             CMI               Interprétation",
                                     "Gentamicine               0,5 µg/ml         S",
                                     "Amoxicilline              32 µg/ml          R",
                                     NULL };
static const char *const values[] = { "Laboratoire BIO24",
                                      "Compte rendu d'examens biologiques",
                                      "Prélevé le 04/11/2024",
                                      "Médecin traitant : Dr Cheikh FALL",
                                      "Prescripteur : Dr Ousmane BA",
                                      "                          Résultats         Valeurs de référence",
                                      "Glycémie à jeun           1,26 g/L          (0,70 - 1,10)",
                                      "Créatinine                9,1 mg/L          (6,0 - 11,0)",
                                      "Leucocytes                6,4 10*9/L        (4,0 - 10,0)",
                                      "Hémoglobine (g/dL)        12,4              12,0 à 16,0",
                                      "HbA1c                     7,4 %             (4,0 - 6,0)",
                                      "Triglycérides             1,9 g/L           (0,4 - 1,5)",
                                      NULL };
static const char *const leaving[] = { "Dr Pierre GOMIS",
                                       "Dakar, le 20/03/2024",
                                       "Mme Fatou NDIAYE",
                                       "ORDONNANCE DE SORTIE",
                                       "- Ciprofloxacine 500 mg, 1 comprimé 2 fois par jour pendant 7 jours",
                                       NULL };
static const char *const consultation[] = { "Dr Awa SARR",
                                            "Dakar, le 10/09/2024",
                                            "COMPTE RENDU DE CONSULTATION",
                                            "ANTECEDENTS FAMILIAUX",
                                            "Père épileptique, mort d'un infarctus à 62 ans.",
                                            "ANTECEDENTS PERSONNELS",
                                            "Goitre opéré en 2011.",
                                            "EXAMEN",
                                            "Poids 72 kg",
                                            "Tension 148/92",
                                            "Groupe sanguin B+",
                                            "CONCLUSION",
                                            "Tension à surveiller, régime pauvre en sel.",
                                            NULL };
static const char *const radio[] = { "Service d'imagerie médicale",
                                     "Dr Jean MENDY",
                                     "Dakar, le 10/10/2024",
                                     "Radiographie du thorax",
                                     "Indication : toux persistante.",
                                     "Pas de foyer pulmonaire visible sur les clichés.",
                                     "Conclusion : radiographie du thorax normale.",
                                     NULL };
static const char *const prescription[] = {
    "Dr Awa SARR",
    "Dakar, le 15/11/2024",
    "Mme Fatou NDIAYE",
    "ORDONNANCE",
    "- Paracétamol 500 mg, 1 comprimé 3 fois par jour pendant 5 jours",
    "- Amlodipine 5 mg, 1 comprimé le matin pendant 3 mois",
    "- Glucophage 850 mg, 1 comprimé 2 fois par jour au cours du repas pendant 3 mois",
    "- Toplexil sirop, 1 cuillère le soir pendant 5 jours",
    "- Diprosone crème, 1 application le soir pendant 10 jours",
    "Prochain rendez-vous le 20/02/2025 à 10h",
    NULL
};
static const char *const vaccines[] = { "CARNET DE VACCINATION",
                                        "Mme Fatou NDIAYE",
                                        "Fièvre jaune le 12/01/2023",
                                        "Tétanos le 03/02/2022",
                                        "DTP rappel le 14/06/2015 lot R1B42, prochain rappel 14/06/2035",
                                        "Covid-19 (PFIZER) 2e injection le 05/08/2021",
                                        NULL };
static const char *const plans[] = { "Dr Awa SARR",
                                     "Dakar, le 01/02/2024",
                                     "COMPTE RENDU DE CONSULTATION",
                                     "Refuse le vaccin contre la grippe.",
                                     "Vaccin contre la méningite à prévoir en 2026.",
                                     NULL };

static const struct person fatou = { 7,        "Fatou",
                                     "Ndiaye", "Pénicilline (éruption)",
                                     "",       "Asthme depuis l'enfance" };
static const struct paper papers[] = { { 1, NULL, leaving },      { 2, NULL, old_values },
                                       { 3, NULL, urine },        { 4, NULL, consultation },
                                       { 5, NULL, radio },        { 6, NULL, values },
                                       { 7, NULL, prescription }, { 8, NULL, vaccines },
                                       { 9, NULL, plans } };

/* One line of the file. */
struct expected {
    struct str kind, question, has, lacks;
    bool follows; /* the conversation goes on */
    int line;
};

static struct str next_field(struct str *rest, char separator) {
    size_t n = str_find_char(*rest, separator);
    struct str field = str_trim(str_sub(*rest, 0, n));
    *rest = str_sub(*rest, n + 1, rest->n);
    return field;
}

static bool holds(struct str text, struct str words) {
    return str_find(text, words) < text.n;
}

static bool holds_all(struct str text, struct str list, bool wanted) {
    while (list.n) {
        struct str words = next_field(&list, '|');
        if (words.n && holds(text, words) != wanted) return false;
    }
    return true;
}

/* answer: from the record, with a source; refuse: nothing of the record; fixed: words of ours; danger: the emergency number. */
static bool is_of_kind(struct str kind, const struct rag_answer *a) {
    if (str_eq(kind, STR("answer"))) return a->grounded && a->source_count > 0;
    if (str_eq(kind, STR("refuse"))) return a->refused && !a->grounded && a->source_count == 0;
    if (str_eq(kind, STR("danger"))) return a->escalated && !a->grounded;
    return str_eq(kind, STR("fixed")) && !a->grounded && !a->refused && !a->escalated;
}

static int ask(struct arena *arena, const struct answer_books *books, const struct record *record,
               const struct expected *e, struct intent_context *context) {
    struct rag_answer a;
    struct err err = { 0 };
    if (!e->follows) *context = (struct intent_context) { 0 };
    const struct asked asked = { .text = e->question,
                                 .context = *context,
                                 .has_context = context->intent != INTENT_NONE,
                                 .today = { 2024, 12, 1 },
                                 .emergency_number = STR("1515") };
    if (answer_make(books, arena, record, &asked, &a, &err) != OK) fail_msg("%d: %s", e->line, err.detail);
    *context = a.context;
    if (is_of_kind(e->kind, &a) && holds_all(a.text, e->has, true) && holds_all(a.text, e->lacks, false))
        return 0;
    print_error("questions.tsv:%d: %.*s (%s): %.*s\n", e->line, STR_ARG(e->question), intent_name(a.intent),
                STR_ARG(a.text));
    return 1;
}

struct answering {
    struct arena *arena;
    struct answer_books books;
    struct record *record;
    struct str lines; /* that were not read yet */
    int line;
};

static int setup(void **state) {
    struct arena *arena = arena_new((size_t)1024 << 20);
    struct answering *a = arena ? arena_alloc(arena, sizeof *a) : NULL;
    struct str path;
    struct err err = { 0 };
    if (!a) return -1;
    *a = (struct answering) { .arena = arena };
    *state = a;
    if (!arena_printf(a->arena, &path, "%s/tests/unit/rag/questions.tsv", getenv("MEDIRECORD_SOURCE_ROOT")))
        return -1;
    if (file_read(a->arena, path.p, (size_t)1 << 20, &a->lines, &err) != OK) fail_msg("%s", err.detail);
    a->record = paper_record(&fatou, papers, COUNT_OF(papers));
    return answer_books_new(a->arena, &a->books, &err) == OK ? 0 : -1;
}

static int teardown(void **state) {
    struct answering *a = *state;
    record_free(a->record);
    arena_free(a->arena);
    return 0;
}

static bool next_line(struct answering *a, struct expected *e) {
    while (a->lines.n) {
        struct str rest = next_field(&a->lines, '\n');
        *e = (struct expected) { .line = ++a->line };
        if (rest.n == 0 || rest.p[0] == '#') continue;
        e->follows = rest.p[0] == '+';
        if (e->follows) rest = str_sub(rest, 1, rest.n);
        e->kind = next_field(&rest, '\t');
        e->question = next_field(&rest, '\t');
        e->has = next_field(&rest, '\t');
        e->lacks = next_field(&rest, '\t');
        return true;
    }
    return false;
}

static void every_question_is_answered_as_labelled(void **state) {
    struct answering *a = *state;
    struct intent_context context = { 0 };
    struct expected e;
    int wrong = 0, count = 0;
    for (; next_line(a, &e); count++) wrong += ask(a->arena, &a->books, a->record, &e, &context);
    assert_true(count > 150);
    assert_int_equal(wrong, 0);
}

static struct rag_answer answer(struct answering *a, struct str question) {
    struct rag_answer out;
    const struct asked asked = { .text = question,
                                 .today = { 2024, 12, 1 },
                                 .emergency_number = STR("1515") };
    assert_int_equal(answer_make(&a->books, a->arena, a->record, &asked, &out, NULL), OK);
    return out;
}

/* "Bonjour docteur, … merci": who is polite is answered as who is not, and an alarm is raised or not all the same. */
static void courtesy_changes_no_answer(void **state) {
    static const char *const around[][2] = { { "Bonjour docteur, ", "" },
                                             { "Salam. J'espère que vous allez bien. ", " Merci d'avance" },
                                             { "Bsr c votre patiente, ", " svp merci de me répondre vite" } };
    struct answering *a = *state;
    struct expected e;
    int count = 0, changed = 0;
    while (next_line(a, &e)) {
        /* "VS" alone is the blood value, "bonjour VS" is "bonjour vous". */
        if (e.follows || str_eq(e.kind, STR("fixed")) || e.question.n == 2) continue;
        struct rag_answer plain = answer(a, e.question);
        for (size_t i = 0; i < COUNT_OF(around); i++, count++) {
            struct str text;
            assert_true(
                arena_printf(a->arena, &text, "%s%.*s%s", around[i][0], STR_ARG(e.question), around[i][1]));
            struct rag_answer polite = answer(a, text);
            if (str_eq(polite.text, plain.text) && polite.danger == plain.danger) continue;
            print_error("%.*s: %.*s\n", STR_ARG(text), STR_ARG(polite.text));
            changed++;
        }
    }
    assert_true(count > 300);
    assert_int_equal(changed, 0);
}

/* Where he is, the patient tells besides: what he asks needs none of it. */
static void what_is_told_beside_hides_no_answer(void **state) {
    static const char *const questions[] = { "Quelle est ma glycémie ?", "Quel est mon groupe sanguin ?",
                                             "Quand est-ce que j'ai eu la radio ?",
                                             "Qui m'a prescrit la ciprofloxacine ?" };
    struct answering *a = *state;
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        struct str before, behind;
        struct rag_answer plain = answer(a, str_from_c(questions[i]));
        assert_true(plain.grounded);
        assert_true(arena_printf(a->arena, &before, "Je suis à Touba. %s", questions[i]));
        assert_true(arena_printf(a->arena, &behind, "%s Je suis à Touba.", questions[i]));
        assert_str_equal(answer(a, before).text, plain.text);
        assert_str_equal(answer(a, behind).text, plain.text);
    }
    /* It is what the question is about. */
    assert_true(answer(a, STR("On m'a prescrit la ciprofloxacine. C'était quand ?")).grounded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_told_beside_hides_no_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(every_question_is_answered_as_labelled, setup, teardown),
        cmocka_unit_test_setup_teardown(courtesy_changes_no_answer, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
