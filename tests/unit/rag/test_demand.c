#include "rag/demand.h"

#include "support/paper.h"
#include "test.h"

static struct arena *arena;
static struct answer_books books;
static struct text_reader *reader;
static struct record *record;

static const char *const prescription[] = { "Dr Martin", "Dakar, le 15/11/2024", "ORDONNANCE",
                                            "- Metformine 500 mg, 1 comprimé matin et soir", NULL };
static const struct person fatou = { 7, "Fatou", "Ndiaye", "", "", "" };

static int setup(void **state) {
    (void)state;
    const struct paper papers[] = { { 1, NULL, prescription } };
    arena = arena_new((size_t)64 << 20);
    if (!arena || answer_books_new(arena, &books, NULL) != OK) return -1;
    record = paper_record(&fatou, papers, COUNT_OF(papers));
    return text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static struct demands read_demands(const char *text) {
    struct tokens tokens;
    struct subject subject;
    struct when when;
    struct intent_reading reading;
    struct demands d;
    const struct date today = { 2024, 12, 1 };
    assert_int_equal(text_tokens(reader, arena, str_from_c(text), TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(subject_read(arena, record, &tokens, &subject, NULL), OK);
    assert_int_equal(when_read(arena, &tokens, today, &when, NULL), OK);
    assert_int_equal(intent_read(books.intents, arena, &tokens, &subject, &when, NULL, &reading, NULL), OK);
    assert_int_equal(demand_read(books.demands, arena, &tokens, &subject, &reading, &d, NULL), OK);
    return d;
}

static bool asks(const char *text, enum demand what) {
    return read_demands(text).asked[what];
}

/* On a paper of no known day. */
static bool met(const char *question, const char *quote) {
    const struct demands d = read_demands(question);
    return demand_is_met(reader, arena, &d, str_from_c(quote), (struct date) { 0 });
}

static void what_is_demanded_is_read(void **state) {
    (void)state;
    assert_true(asks("Combien coûte la consultation ?", DEMAND_PRICE));
    assert_false(asks("Combien de comprimés par jour ?", DEMAND_PRICE));
    assert_false(asks("La radio après la chute montrait quoi ?", DEMAND_PRICE));
    assert_true(asks("combien il me reste à payer", DEMAND_PRICE));
    assert_false(asks("Which side effects are listed?", DEMAND_SIDE));
    assert_true(asks("Which side is it on?", DEMAND_SIDE));
    assert_false(asks("How long must I avoid heavy things?", DEMAND_WEIGHT));
    assert_true(asks("How long must I avoid heavy things?", DEMAND_DURATION));
    assert_true(asks("Le numéro de téléphone du docteur Gaye ?", DEMAND_PHONE));
    assert_true(asks("c kan mon rdv", DEMAND_DAY));
    assert_true(asks("à quelle date ai-je reçu l'injection", DEMAND_DAY));
    assert_false(asks("Quand dois-je venir aux urgences ?", DEMAND_DAY));
    assert_true(asks("Est-ce que la metformine peut donner la diarrhée ?", DEMAND_EFFECT));
    assert_false(asks("Quelle metformine on m'a donné ?", DEMAND_EFFECT));
    assert_true(asks("je peux boire de l'alcool", DEMAND_MAY));
    assert_true(asks("C'est quoi une hernie ?", DEMAND_MEANING));
    assert_false(asks("C'est quoi mon diagnostic ?", DEMAND_MEANING));
    assert_true(asks("Pourquoi je prends ça ?", DEMAND_REASON));
    assert_true(asks("Qu'a montré le scanner ?", DEMAND_OUTCOME));
    /* "Qui" that tells which one is meant asks for nobody. */
    assert_true(asks("Qui m'a opéré ?", DEMAND_PERSON));
    assert_true(asks("L'opération qui l'a faite ?", DEMAND_PERSON));
    assert_true(asks("Le drain on l'enlève avec qui ?", DEMAND_PERSON));
    assert_false(asks("Les croûtes qui restent vont tomber ?", DEMAND_PERSON));
    assert_true(asks("l'assurance va me payer combien", DEMAND_PRICE));
    assert_true(asks("une radio c combien d'argent", DEMAND_PRICE));
}

static void doses_and_values_answer_no_price_or_effect(void **state) {
    (void)state;
    struct demands d = read_demands("Combien de metformine par jour ?");
    assert_true(demand_facts_may_answer(&d));
    d = read_demands("La metformine fait grossir ?");
    assert_false(demand_facts_may_answer(&d));
    assert_true(demand_is_strict(&d));
    d = read_demands("Le prix de la metformine ?");
    assert_false(demand_facts_may_answer(&d));
}

static void a_quote_holds_what_is_demanded_or_is_none(void **state) {
    (void)state;
    assert_true(met("Combien coûte la gouttière ?", "Gouttière : 280,00 EUR"));
    assert_false(met("Combien coûte la gouttière ?", "Gouttière la nuit, 2 mois"));
    assert_true(met("Le téléphone du cabinet ?", "Tél. 33 821 45 67 / 77 123 45 67"));
    assert_false(met("Le téléphone du cabinet ?", "Dossier n° 26-05-11893, née le 17/04/1968"));
    assert_true(met("quand est prévu le contrôle ?", "Contrôle dans 3 mois"));
    assert_true(met("quand est prévu le contrôle ?", "Contrôle le 12.03.26"));
    assert_false(met("quand est prévu le contrôle ?", "Contrôle de la tension : 152/94, 1000 mg"));
    assert_true(met("Qu'a montré le scanner ?", "Scanner : pas de saignement."));
    assert_false(met("Qu'a montré le scanner ?", "Scanner demandé, non encore fait."));
    assert_false(met("Qu'a montré la biopsie ?", "Biopsie : fragment envoyé à Dakar."));
    assert_true(met("C'est quoi un AVC ?", "Un AVC est une attaque du cerveau."));
    assert_false(met("C'est quoi un AVC ?", "AVC en 2019."));
    assert_true(met("ma tension", "Tension 148/92"));
    assert_false(met("ma tension", "Tension à surveiller"));
    /* The number of an item and a year say when or where, not how much. */
    assert_false(met("Combien de séances de rayons ?", "3. Rayons"));
    assert_true(met("Combien de séances de rayons ?", "3. Rayons, 25 séances"));
    assert_false(
        met("Dans combien d'années je change ma prothèse ?", "fibromes 2019, prothèse de hanche 2020"));
    assert_false(met("à quelle date ai-je reçu l'injection", "Injection à prévoir à 28 SA"));
    assert_true(met("Les fils on les enlève quel jour ?", "Ablation des fils : 27/03"));
    assert_true(met("Les fils on les enlève quel jour ?", "Ablation des fils à J10"));
    assert_false(met("Quand est-ce qu'on opère mon œil ?", "OG : AV 8/10, puis 10/10"));
    assert_true(met("La date de péremption de la boîte ?", "Boîte, exp. 03/2027"));
    assert_false(met("La date de péremption de la boîte ?", "Boîte gardée à l'école le 03/02/2026"));
    assert_false(met("C'est grave un kyste ?", "Kyste rénal gauche."));
    assert_true(met("C'est grave un kyste ?", "Kyste rénal gauche, bénin."));
    assert_false(met("Je dois le prendre toute ma vie ?", "1 comprimé par jour, 6 mois"));
    assert_false(met("Qu'a montré la radio de contrôle ?", "Radio : fracture du poignet."));
    assert_true(met("Qu'a montré la radio de contrôle ?", "Radio de contrôle : os consolidé."));
    /* What was to be is asked of what was planned. */
    assert_true(met("When was the cast supposed to come off?", "Ablation du plâtre prévue le 19/07/2025"));
    assert_false(met("When did the cast come off?", "Ablation du plâtre prévue le 19/07/2025"));
    assert_true(met("La tache va partir ?", "Les taches reprendront leur couleur."));
    assert_false(met("La tache va partir ?", "Tache claire du bras droit."));
    assert_true(met("mes urines sont rouges, c'est grave ?", "Urines rouges : attendu."));
    assert_true(met("Ban nimero laa wara woo ?", "En cas de malaise : SAMU 1515"));
    assert_true(met("How long will my lip stay numb?", "Lèvre engourdie, quelques semaines"));
    /* What something is of a thing asks for no explanation of a word. */
    assert_false(asks("C'est quoi le degré de sa brûlure ?", DEMAND_MEANING));
    assert_false(asks("c koi le resultat de la biopsie", DEMAND_MEANING));
    assert_true(asks("C'est quoi le syndrome de Lynch ?", DEMAND_MEANING));
}

static void a_round_sum_in_a_list_is_a_price(void **state) {
    (void)state;
    assert_true(met("Combien coûte la gouttière ?", "5 Gouttière de nuit 60 000"));
    assert_true(met("Combien coûte la gouttière ?", "5 Gouttière de nuit 60 000\n6 Bridge"));
    assert_true(met("combien il me reste à payer", "Reste : 160 000"));
    assert_false(met("Combien coûte la gouttière ?", "Gouttière, plaquettes 250 000 /mm3"));
    assert_false(met("Combien coûte la gouttière ?", "Gouttière, vitamine D 100 000 UI"));
    assert_false(met("Combien coûte la gouttière ?", "Gouttière, Barthel 45/100"));
}

static float shown(const char *question, const char *line) {
    const struct demands d = read_demands(question);
    struct tokens tokens;
    uint32_t bits;
    assert_int_equal(text_tokens(reader, arena, str_from_c(line), TEXT_DOCUMENT, &tokens, NULL), OK);
    assert_int_equal(demand_look(books.demands, arena, str_from_c(line), &tokens, &bits, NULL), OK);
    return demand_shows(&d, bits);
}

static void the_kind_of_figure_is_seen(void **state) {
    (void)state;
    assert_float_equal(shown("Quelle taille fait le nodule ?", "Nodule de 28 mm"), 1, 0);
    assert_float_equal(shown("Quelle taille fait le nodule ?", "Nodule le 28/04/2026"), -1, 0);
    assert_float_equal(shown("Je pesais combien ?", "Poids : 81 kg"), 1, 0);
    assert_float_equal(shown("Le nodule est-il malin ?", "Nodule de 28 mm"), 0, 0);
    assert_float_equal(shown("C'est quel œil ?", "Oeil : DROIT"), 1, 0);
    assert_float_equal(shown("Où je dois accoucher ?", "Centre de santé 10ème"), 1, 0);
    assert_float_equal(shown("C'est où ?", "Centre de santé 10ème"), 1, 0);
}

/* "Quand ai-je fait la radio ?": the paper's own day says it, unless the paper only plans it. */
static void the_day_of_the_paper_is_one(void **state) {
    (void)state;
    const struct demands d = read_demands("quand est-ce que j'ai fait la radio");
    const struct date day = { 2024, 10, 10 };
    assert_true(demand_is_met(reader, arena, &d, STR("Radiographie du thorax normale"), day));
    assert_false(
        demand_is_met(reader, arena, &d, STR("Radiographie du thorax normale"), (struct date) { 0 }));
    assert_false(demand_is_met(reader, arena, &d, STR("Radiographie à prévoir"), day));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_demanded_is_read),
        TEST(doses_and_values_answer_no_price_or_effect),
        TEST(a_quote_holds_what_is_demanded_or_is_none),
        TEST(a_round_sum_in_a_list_is_a_price),
        TEST(the_kind_of_figure_is_seen),
        TEST(the_day_of_the_paper_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
