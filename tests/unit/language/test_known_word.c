#include "language/known_word.h"

#include "test.h"

static void what_is_added_is_found(void **state) {
    (void)state;
    static struct known_words known;
    assert_null(known_word_find(&known, STR("douleurs")));
    known_word_add(&known, STR("douleurs"), STR("douleur"), false);
    known_word_add(&known, STR("pour"), STR("pour"), true);
    const struct known_word *w = known_word_find(&known, STR("douleurs"));
    assert_non_null(w);
    assert_memory_equal(w->stem, "douleur", w->stem_bytes);
    assert_false(w->stop);
    assert_true(known_word_find(&known, STR("pour"))->stop);
    assert_null(known_word_find(&known, STR("douleur")));
}

static void long_and_empty_words_are_not_kept(void **state) {
    (void)state;
    static struct known_words known;
    struct str word = STR("anticonstitutionnellementissimes");
    known_word_add(&known, word, word, false);
    known_word_add(&known, STR(""), STR(""), false);
    assert_null(known_word_find(&known, word));
    assert_null(known_word_find(&known, STR("")));
}

/* More words than there is room for: each is found as it was added, or not at all. */
static void a_slot_holds_its_last_word(void **state) {
    (void)state;
    static struct known_words known;
    char word[16];
    size_t found = 0;
    for (int i = 0; i < 4 * KNOWN_WORD_SLOTS; i++) {
        struct str s = { word, (size_t)snprintf(word, sizeof word, "mot%d", i) };
        known_word_add(&known, s, s, i % 2 == 0);
    }
    for (int i = 0; i < 4 * KNOWN_WORD_SLOTS; i++) {
        struct str s = { word, (size_t)snprintf(word, sizeof word, "mot%d", i) };
        const struct known_word *w = known_word_find(&known, s);
        if (!w) continue;
        found++;
        assert_int_equal(w->stop, i % 2 == 0);
        assert_int_equal(w->stem_bytes, s.n);
    }
    assert_in_range(found, KNOWN_WORD_SLOTS / 2, KNOWN_WORD_SLOTS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_is_found),
        cmocka_unit_test(long_and_empty_words_are_not_kept),
        cmocka_unit_test(a_slot_holds_its_last_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
