#include "language/spelling.h"

#include "language/text.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)16 << 20);
    return arena && text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* The words of a message as they are understood, with spaces between. */
static void reads(const char *message, const char *words) {
    struct tokens t;
    char all[200] = "";
    assert_int_equal(text_tokens(reader, arena, str_from_c(message), TEXT_QUESTION, &t, NULL), OK);
    for (size_t i = 0, n = 0; i < t.count && n < sizeof all; i++)
        n += (size_t)snprintf(all + n, sizeof all - n, "%s%.*s", i ? " " : "", STR_ARG(t.items[i].folded));
    assert_string_equal(all, words);
}

static void the_neighbour_says_which_word_it_is(void **state) {
    (void)state;
    reads("Kan moo ko bind ?", "kan moo ko bind");
    reads("Kañ ci ayubés bi ?", "quand ci ayubes bi");
    reads("rdv c kan", "rendez vous c est quand");
    reads("Did we pay ?", "did we pay");
    reads("je viens ce we", "je viens ce week end");
    reads("my X-ray of May", "my x ray of may");
    reads("2 x par jour", "2 fois par jour");
    reads("ki doi me fer revenir", "qui dois me faire revenir");
    reads("le fer le matin", "le fer le matin");
    reads("sa fe mal", "sa fait mal");
    reads("cb deau", "combien d eau");
}

static void a_word_alone_is_not_decided(void **state) {
    (void)state;
    assert_true(spelling_beside(STR("kan"), STR(""), STR("")).n == 0);
    assert_true(spelling_beside(STR("fer"), STR("le"), STR("matin")).n == 0);
    assert_true(str_eq(spelling_beside(STR("kan"), STR(""), STR("mooy")), STR("kan")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_neighbour_says_which_word_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_word_alone_is_not_decided, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
