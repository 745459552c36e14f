#include "language/expand.h"

#include "language/names.h"
#include "language/thesaurus.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;
static struct expander *expander;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)32 << 20);
    return !arena || text_reader_open(arena, &reader, NULL) != OK ||
           expander_new(arena, &expander, NULL) != OK;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct expansion read(const char *question, struct tokens *tokens) {
    struct expansion x;
    assert_int_equal(text_tokens(reader, arena, str_from_c(question), TEXT_QUESTION, tokens, NULL), OK);
    assert_int_equal(expand_read(expander, arena, tokens, &x, NULL), OK);
    return x;
}

/* Some word of the question asks for what papers call so. */
static bool asks_for(const char *question, const char *word) {
    struct tokens tokens;
    struct expansion x = read(question, &tokens);
    struct str stem;
    assert_int_equal(text_stem(reader, arena, str_from_c(word), &stem, NULL), OK);
    for (size_t i = 0; i < tokens.count; i++)
        if (expand_says(&x, i, stem)) return true;
    return false;
}

static void names_lead_to_the_words_of_papers(void **state) {
    static const struct {
        const char *question, *word;
    } cases[] = {
        { "what was my blood pressure", "ta" },
        { "ma tansion stp", "ta" },
        { "combien je pesais en mars", "poids" },
        { "how heavy was I", "poids" },
        { "ñaata kilo laa amoon", "poids" },
        { "when is the sugar drink test", "hgpo" },
        { "accouchement prévu quand", "dpa" },
        { "how many physio sessions", "kinesitherapie" },
        { "my yellow fever shot", "amarile" },
        { "opérations", "intervention" },
        { "mes lunettes", "verres" },
        { "sama xol", "cardiaque" },
        { "quand voir le kidney doctor", "nephrologue" },
        { "j'ai fait un test de souffle", "spirometrie" },
        { "on m'a enlevé la dent", "avulsion" },
        { "quand enlever les points de fil", "sutures" },
        { "le médicament qui fluidifie le sang", "antiagregant" },
        { "le tracé du coeur", "ecg" },
        { "j'ai mal quand je pisse, ça me brûle en urinant", "dysurie" },
        { "sama suker", "glycemie" },
        { "my nosebleeds", "epistaxis" },
        { "j'ai de l'eau dans le ventre", "ascite" },
        { "is my scabies something I can pass on to my sister", "contagieux" },
        { "ma voisine peut attraper ça", "contagieux" },
        { "can we eat from the same plate", "assiette" },
        { "they saw a cancer or not", "benigne" },
        { "I put on how much weight", "poids" },
        { "je peux porter mon bébé quand", "charge" },
        { "la séance a été repoussée", "reportee" },
        { "ndax mën naa tëdd ci sama wet", "decubitus" },
        { "sama jabar", "epouse" },
        { "le microbe a disparu", "eradication" },
        { "ma tension a monté", "augmentation" },
        { "la troisième piqûre", "3" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (!asks_for(cases[i].question, cases[i].word))
            fail_msg("\"%s\" does not ask for %s", cases[i].question, cases[i].word);
}

static void of_names_that_overlap_the_broadest_counts(void **state) {
    (void)state;
    assert_false(asks_for("my yellow fever shot", "febrile"));
    assert_true(asks_for("my fever", "febrile"));
    assert_false(asks_for("when should I come", "epaule"));
    assert_false(asks_for("le fils de mon voisin", "sutures"));
    assert_true(asks_for("quand enlever les fils", "sutures"));
    assert_false(asks_for("overactive thyroid", "hypothyroidie"));
    assert_false(asks_for("sugar too high", "hypoglycemie"));
    assert_false(asks_for("j'ai attrapé mon fils par la main", "contagieux"));
}

static void what_stands_in_a_gap_speaks_for_itself(void **state) {
    struct tokens tokens;
    (void)state;
    struct expansion x = read("combien le genou de kilos", &tokens);
    for (size_t i = 0; i < tokens.count; i++)
        if (str_eq(tokens.items[i].folded, STR("genou")))
            assert_true(expand_named(&x, i) && expand_named(&x, i) != expand_named(&x, 0));
}

/* A medicine is no other name of anything: who asks for one is never told of another. */
static void no_medicine_stands_for_another(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < thesaurus_word_count; i++) {
        struct str word = str_from_c(thesaurus_words[i].word);
        struct str substance = names_substances(word, false);
        if (substance.n == 0 || !names_is_drug(word) || names_lab(word)) continue;
        struct str others[EXPAND_SAME_MAX];
        size_t count = expand_same(word, others);
        for (size_t k = 0; k < count; k++) {
            struct str of_other = names_substances(others[k], false);
            if (of_other.n == 0 || str_eq(of_other, substance) || names_lab(others[k])) continue;
            print_error("%.*s stands for %.*s\n", STR_ARG(word), STR_ARG(others[k]));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void words_of_one_thing_are_the_same(void **state) {
    (void)state;
    assert_true(expand_are_same(STR("hta"), STR("hypertension")));
    assert_false(expand_are_same(STR("hta"), STR("diabete")));
    assert_false(expand_are_same(STR("zzz"), STR("zzz")));
    struct str names[EXPAND_SAME_MAX];
    assert_int_equal(expand_same(STR("zzz"), names), 0);
    /* What only asks for a thing leads to its names and is none of them. */
    assert_true(expand_same(STR("caillou"), names) > 0);
    assert_false(expand_are_same(STR("caillou"), STR("calcul")));
    assert_true(expand_are_same(STR("lithiase"), STR("calcul")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_to_the_words_of_papers),
        cmocka_unit_test(of_names_that_overlap_the_broadest_counts),
        cmocka_unit_test(what_stands_in_a_gap_speaks_for_itself),
        cmocka_unit_test(no_medicine_stands_for_another),
        cmocka_unit_test(words_of_one_thing_are_the_same),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
