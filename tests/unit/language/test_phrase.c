#include "language/phrase.h"

#include "test.h"

static const struct phrase_class classes[] = {
    { "$pain", "mal douleur* souffr*" },
    { "$chest", "poitrine thorax" },
    { NULL, NULL },
};
static const struct phrase phrases[] = {
    { "$pain _ $chest", 1, 0 },
    { "derniere|nouvelle ordonnance", 2, 0 },
    { "@drug par jour", 3, 0 },
    { "respir*", 4, 0 },
    { "mal __ dos", 5, 0 },
    { "~xol|~menu* ___ metti", 6, 0 },
    { NULL, 0, 0 },
};

static struct arena *arena;
static struct text_reader *reader;
static struct phrase_book *book;

static int setup(void **state) {
    (void)state;
    arena = arena_new(8U << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) return -1;
    return phrase_book_new(arena, classes, phrases, PHRASE_MISSPELT_TOO, &book, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* The tags of the hits as digits, "" for none. */
static const char *tags(struct str text, const bool *drug) {
    struct tokens tokens;
    struct phrase_hit *hits;
    size_t count;
    struct str all = STR("");
    const struct phrase_mark marks[] = { { "@drug", drug } };
    assert_int_equal(text_tokens(reader, arena, text, TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(phrase_find(book, arena, &tokens, marks, drug ? 1 : 0, &hits, &count, NULL), OK);
    for (size_t i = 0; i < count; i++)
        assert_true(arena_printf(arena, &all, "%.*s%d", STR_ARG(all), phrases[hits[i].phrase].tag));
    return all.n ? all.p : "";
}

static void elements_follow_each_other_with_gaps(void **state) {
    (void)state;
    assert_string_equal(tags(STR("j'ai mal à la poitrine"), NULL), "1");
    assert_string_equal(tags(STR("douleurs thorax"), NULL), "1");
    assert_string_equal(tags(STR("mal a b c d poitrine"), NULL), "");
    assert_string_equal(tags(STR("mal a b c d le dos"), NULL), "5");
    assert_string_equal(tags(STR("ma nouvelle ordonnance"), NULL), "2");
    assert_string_equal(tags(STR("ordonnance derniere"), NULL), "");
    assert_string_equal(tags(STR(""), NULL), "");
}

static void gaps_end_with_the_clause(void **state) {
    (void)state;
    assert_string_equal(tags(STR("mal, la poitrine"), NULL), "");
    assert_string_equal(tags(STR("mal. Poitrine"), NULL), "");
}

static void a_wide_gap_goes_beyond_the_sentence(void **state) {
    (void)state;
    assert_string_equal(tags(STR("xol. doktoor, dafa metti"), NULL), "6");
    assert_string_equal(tags(STR("xol a b c d e f g h i j k l m n o p q metti"), NULL), "");
}

static void wolof_is_heard_however_it_is_spelled(void **state) {
    (void)state;
    assert_string_equal(tags(STR("khol bi metti"), NULL), "6");
    assert_string_equal(tags(STR("xool bi metti"), NULL), "6");
    assert_string_equal(tags(STR("mënuma metti"), NULL), "6");
    assert_string_equal(tags(STR("meunouma metti"), NULL), "6");
    assert_string_equal(tags(STR("col bi metti"), NULL), "");
}

static void misspelt_words_are_taken_unless_they_are_words(void **state) {
    (void)state;
    assert_string_equal(tags(STR("mal a la poitrinne"), NULL), "1");
    assert_string_equal(tags(STR("derniere ordonance"), NULL), "2");
    assert_string_equal(tags(STR("je ressspire mal"), NULL), "4");
    assert_string_equal(tags(STR("mal au dis"), NULL), "");
}

static void marks_match_what_the_caller_says(void **state) {
    (void)state;
    const bool second[] = { false, true, false, false };
    assert_string_equal(tags(STR("combien zorglub par jour"), second), "3");
    assert_string_equal(tags(STR("combien zorglub par jour"), NULL), "");
}

static void a_book_knows_its_words(void **state) {
    (void)state;
    assert_true(phrase_book_knows(book, STR("poitrine")));
    assert_true(phrase_book_knows(book, STR("respiration")));
    assert_false(phrase_book_knows(book, STR("genou")));
    assert_true(phrase_book_knows_in(book, 1, STR("poitrine")));
    assert_false(phrase_book_knows_in(book, 1, STR("respiration")));
    assert_true(phrase_book_knows_in(book, 4, STR("respiration")));
}

static void mistakes_in_tables_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = { "$nothing mal", "mal _", "", "ab* mal", "~xol* mal", "~ mal" };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        const struct phrase table[] = { { wrong[i], 1, 0 }, { NULL, 0, 0 } };
        struct phrase_book *out;
        struct err err = { 0 };
        assert_int_equal(phrase_book_new(arena, classes, table, PHRASE_MISSPELT_TOO, &out, &err), E_INTERNAL);
        assert_true(err.detail[0] != '\0');
    }
}

static void what_is_printed_is_taken_as_written(void **state) {
    (void)state;
    static const struct phrase table[] = { { "ordonnance", 1, 0 }, { NULL, 0, 0 } };
    struct phrase_book *printed;
    struct tokens tokens;
    struct phrase_hit *hits;
    size_t count;
    assert_int_equal(phrase_book_new(arena, classes, table, PHRASE_AS_WRITTEN, &printed, NULL), OK);
    assert_int_equal(text_tokens(reader, arena, STR("ordonance ordonnance"), TEXT_DOCUMENT, &tokens, NULL),
                     OK);
    assert_int_equal(phrase_find(printed, arena, &tokens, NULL, 0, &hits, &count, NULL), OK);
    assert_int_equal(count, 1);
    assert_int_equal(hits[0].first, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_follow_each_other_with_gaps),
        cmocka_unit_test(gaps_end_with_the_clause),
        cmocka_unit_test(a_wide_gap_goes_beyond_the_sentence),
        cmocka_unit_test(wolof_is_heard_however_it_is_spelled),
        cmocka_unit_test(what_is_printed_is_taken_as_written),
        cmocka_unit_test(misspelt_words_are_taken_unless_they_are_words),
        cmocka_unit_test(marks_match_what_the_caller_says),
        cmocka_unit_test(a_book_knows_its_words),
        cmocka_unit_test(mistakes_in_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
