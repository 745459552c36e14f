#include "support/paper.h"

#include "test.h"

/* Appointments, numbers to call and illnesses of the family, as papers write them; asked on 2026-02-12. */
static const char *const letter[] = {
    "Clinique Keur Serigne",
    "Dr Awa FAYE, ophtalmologiste",
    "Thiès, le 05/02/2026",
    "Cher confrère,",
    "Je poursuis les larmes artificielles. Je la revois le 18 août, plus tôt si la vue",
    "baisse. Mère : opérée d'un glaucome. Tante maternelle : cancer du sein",
    "à 47 ans. Son frère est suivi pour la même maladie.",
    NULL
};
static const char *const discharge[] = { "Dr Modou SECK, chirurgien",
                                         "Compte rendu opératoire",
                                         "Thiès, le 04/02/2026",
                                         "Cure de hernie sans incident.",
                                         "Si fièvre ou plaie qui coule :",
                                         "appeler la garde 33 951 10 20.",
                                         "Secrétariat : 33 951 00 11, demander Aïda.",
                                         "Contrôle : visite chirurgicale le 08/04/2026, 11 h, apporter la",
                                         "radio et le carnet.",
                                         "Kiné : Mme Ndiaye, 77 000 12 34.",
                                         NULL };
static const char *const card[] = { "Suivi du diabète",     "Dr Lamine KANE, médecin",
                                    "Thiès, le 01/02/2026", "HbA1c à refaire dans 3 mois.",
                                    "RV 03/06 à 9 h 30.",   NULL };
static const char *const report[] = { "Dr Ibra DIOP, chirurgien",
                                      "Compte rendu opératoire",
                                      "Thiès, le 03/01/2026",
                                      "Opérateur : Dr Ibra DIOP   Aide : M. Seck",
                                      "Anesthésie : rachianesthésie (Mme R. TENDENG)",
                                      "Cure de hernie inguinale gauche selon Lichtenstein.",
                                      "Côté droit : pas de hernie.",
                                      "Pilulier préparé par sa fille Diarry chaque dimanche.",
                                      NULL };
static const char *const leave[] = { "Certificat",
                                     "Thiès, le 04/01/2026",
                                     "Son état nécessite un arrêt de travail de",
                                     "QUARANTE CINQ (45) jours",
                                     "à compter du 03/01/2026, soit jusqu'au 16/02/2026 inclus.",
                                     "Incapacité totale de travail : 90 jours.",
                                     "Reprise du sport à J60.",
                                     NULL };
static const struct paper papers[] = {
    { 1, NULL, letter }, { 2, NULL, discharge }, { 3, NULL, card }, { 4, NULL, report }, { 5, NULL, leave }
};
static const struct person coumba = { 9, "Coumba", "Diop", "", "", "" };

static struct arena *arena;
static struct answer_books books;
static struct record *record;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    if (!arena || answer_books_new(arena, &books, NULL) != OK) return -1;
    record = paper_record(&coumba, papers, COUNT_OF(papers));
    return 0;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static const char *ask(const char *text, struct rag_answer *out) {
    const struct asked asked = { .text = str_from_c(text),
                                 .today = { 2026, 2, 12 },
                                 .emergency_number = STR("1515") };
    assert_int_equal(answer_make(&books, arena, record, &asked, out, NULL), OK);
    return arena_cstr(arena, out->text);
}

static void says(const char *question, const char *words, const char *not_words) {
    struct rag_answer out;
    const char *answer = ask(question, &out);
    if (!out.grounded || !strstr(answer, words)) fail_msg("%s: no \"%s\" in: %s", question, words, answer);
    if (not_words && strstr(answer, not_words)) fail_msg("%s: \"%s\" in: %s", question, not_words, answer);
}

static void refused(const char *question) {
    struct rag_answer out;
    const char *answer = ask(question, &out);
    if (out.grounded) fail_msg("not refused: %s: %s", question, answer);
}

static void the_appointment_that_is_named_is_told(void **state) {
    (void)state;
    says("C'est quand mon rendez-vous avec l'ophtalmologue ?", "18 août", "08/04/2026");
    says("rdv avc le chirurgien c kan", "08/04/2026", "18 août");
    says("Mon rdv de juin c'est à quelle heure ?", "9 h 30", "08/04/2026");
    says("When does the eye doctor want to see me again?", "18 août", NULL);
    refused("C'est quand mon rendez-vous avec le dentiste ?");
    refused("Mon rdv d'octobre c'est à quelle heure ?");
}

static void a_month_of_an_appointment_may_be_to_come(void **state) {
    (void)state;
    says("le controle en avril c kel jr et japporte koi", "radio et le carnet", NULL);
    refused("Le rendez-vous de juin, je dois apporter quoi ?");
}

static void the_number_is_that_of_the_case(void **state) {
    (void)state;
    says("J'appelle quel numéro si la plaie coule ?", "33 951 10 20", "77 000 12 34");
    says("Fan laa wara woote su ma tàngee ?", "33 951", NULL);
    says("Quel numéro pour appeler le kiné ?", "77 000 12 34", "33 951 10 20");
    refused("Quel numéro pour appeler la pharmacie ?");
    struct rag_answer out;
    ask("japel kel numero si ma fistule vibre plu", &out);
    assert_false(out.escalated);
}

static void only_what_is_said_of_relatives_is_of_the_family(void **state) {
    (void)state;
    says("Qui dans ma famille a eu un cancer du sein, et à quel âge ?", "à 47 ans", "glaucome");
    says("Quelqu'un d'autre de ma famille a la même maladie ?", "frère", "cancer");
    refused("Qui dans ma famille a eu une hernie ?");
}

static void who_operated_where_and_how_stands_in_the_report(void **state) {
    (void)state;
    says("Qui m'a opéré de la hernie ?", "Dr Ibra DIOP", "SECK");
    says("On m'a opéré de quel côté pour la hernie ?", "gauche", "pas de hernie");
    says("kel type danestesi pr la hernie", "rachianesthésie", NULL);
    says("Qui prépare mon pilulier ?", "Diarry", NULL);
    refused("Qui m'a opéré de la hanche ?");
}

static void each_kind_of_leave_has_its_own_end(void **state) {
    (void)state;
    says("Jusqu'à quand je suis en arrêt de travail ?", "16/02/2026", "90 jours");
    says("larret de travail va jusko kan", "16/02/2026", NULL);
    says("Combien de jours d'incapacité ?", "90 jours", "16/02/2026");
    says("Je peux reprendre le sport quand ?", "J60", "16/02/2026");
    refused("Quand est-ce que je peux retourner à l'école ?");
}

static void what_was_stopped_is_no_wish_to_stop(void **state) {
    (void)state;
    struct rag_answer out;
    ask("Pourquoi la séance du 20 juin a été arrêtée avant la fin ?", &out);
    assert_int_not_equal(out.intent, INTENT_STOP);
    ask("arrêtez les messages", &out);
    assert_int_equal(out.intent, INTENT_STOP);
    ask("mon AVC le 3 mai, c'était de quel côté ?", &out);
    assert_false(out.grounded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_appointment_that_is_named_is_told),
        cmocka_unit_test(a_month_of_an_appointment_may_be_to_come),
        cmocka_unit_test(the_number_is_that_of_the_case),
        cmocka_unit_test(only_what_is_said_of_relatives_is_of_the_family),
        cmocka_unit_test(who_operated_where_and_how_stands_in_the_report),
        cmocka_unit_test(each_kind_of_leave_has_its_own_end),
        cmocka_unit_test(what_was_stopped_is_no_wish_to_stop),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
