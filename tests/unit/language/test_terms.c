#include "language/terms.h"

#include "search/postings.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new(4U << 20);
    return arena && text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str pack(struct str heading, struct str text) {
    struct str blob;
    assert_int_equal(terms_pack(reader, arena, heading, text, &blob, NULL), OK);
    return blob;
}

static bool find(struct str blob, const char *stem, struct term *out) {
    struct terms terms;
    bool found = false;
    struct term t;
    assert_true(terms_open(blob, &terms));
    while (terms_next(&terms, &t)) {
        if (!str_eq(t.stem, str_from_c(stem))) continue;
        *out = t;
        found = true;
    }
    assert_true(terms_whole(&terms));
    return found;
}

static void stems_are_counted_in_text_and_heading(void **state) {
    (void)state;
    struct str blob = pack(STR("Glycémie"), STR("La glycémie à jeun : glycémies de 0,88 et 1,02"));
    struct term t;
    struct terms terms;
    assert_true(find(blob, "glycem", &t));
    assert_int_equal(t.in_text, 2);
    assert_int_equal(t.in_heading, 1);
    assert_int_equal(t.hash, text_hash(STR("glycem")));
    assert_true(find(blob, "0.88", &t));
    assert_false(find(blob, "la", &t));
    assert_true(terms_open(blob, &terms));
    assert_int_equal(terms.words, 5);
}

/* The length of a stem is one byte: a run of digits without end made the whole chunk unreadable. */
static void a_figure_without_end_is_cut(void **state) {
    (void)state;
    char text[300 + sizeof " glycemie"];
    memset(text, '8', 300);
    memcpy(text + 300, " glycemie", sizeof " glycemie");
    struct str blob = pack(STR(""), str_from_c(text));
    struct term t;
    assert_true(find(blob, "glycem", &t));
    text[TEXT_WORD_BYTES_MAX] = '\0';
    assert_true(find(blob, text, &t));
    assert_int_equal(t.stem.n, TEXT_WORD_BYTES_MAX);
}

static void counts_end_at_255(void **state) {
    (void)state;
    struct str text = STR("");
    struct term t;
    for (int i = 0; i < 300; i++) assert_true(arena_printf(arena, &text, "%.*sdose ", STR_ARG(text)));
    assert_true(find(pack(STR(""), text), "dos", &t));
    assert_int_equal(t.in_text, 255);
}

static void an_empty_chunk_has_no_terms(void **state) {
    (void)state;
    struct terms terms;
    struct term t;
    assert_true(terms_open(pack(STR(""), STR("")), &terms));
    assert_false(terms_next(&terms, &t));
    assert_true(terms_whole(&terms));
}

/* Every shortened blob, and every blob with one byte changed, is either read to its end or found out; never read beyond. */
static void damaged_blobs_are_found_out(void **state) {
    (void)state;
    struct str blob = pack(STR("Titre"), STR("amoxicilline 500 mg matin et soir pendant 7 jours"));
    for (size_t n = 0; n < blob.n; n++) {
        struct str copy;
        struct terms terms;
        struct term t;
        assert_true(arena_dup(arena, str_sub(blob, 0, n), &copy));
        bool opened = terms_open(copy, &terms);
        while (opened && terms_next(&terms, &t)) assert_true(t.stem.p + t.stem.n <= copy.p + copy.n);
        assert_false(opened && terms_whole(&terms));
    }
    for (size_t i = 0; i < blob.n; i++) {
        struct str copy;
        struct terms terms;
        struct term t;
        assert_true(arena_dup(arena, blob, &copy));
        ((char *)(uintptr_t)copy.p)[i] ^= 0x41;
        if (!terms_open(copy, &terms)) continue;
        while (terms_next(&terms, &t)) assert_true(t.stem.p + t.stem.n <= copy.p + copy.n);
    }
}

/* More chunks than the largest block of postings holds. */
static void a_stem_of_every_chunk_is_found_in_each_of_them(void **state) {
    enum { CHUNKS = 1300 };
    static bool seen[CHUNKS];
    (void)state;
    struct arena *own = arena_new(16U << 20);
    struct postings p;
    const struct tokens title = { 0 };
    struct str blob = pack(STR(""), STR("douleur douleur genou"));
    uint16_t words;
    assert_non_null(own);
    assert_int_equal(postings_init(&p, own, NULL), OK);
    for (int i = 0; i < CHUNKS; i++) assert_int_equal(postings_add_chunk(&p, blob, &title, &words, NULL), OK);
    const struct vocabulary_word *w = postings_find(&p, text_hash(STR("genou")), STR("genou"));
    assert_non_null(w);
    assert_int_equal(w->chunks, CHUNKS);
    for (const struct posting_block *b = w->first; b; b = b->next) {
        for (uint32_t i = 0; i < b->count; i++) {
            assert_true(b->items[i].chunk < CHUNKS && !seen[b->items[i].chunk]);
            assert_int_equal(b->items[i].in_text, 1);
            seen[b->items[i].chunk] = true;
        }
    }
    for (int i = 0; i < CHUNKS; i++) assert_true(seen[i]);
    arena_free(own);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems_are_counted_in_text_and_heading),
        cmocka_unit_test(a_figure_without_end_is_cut),
        cmocka_unit_test(counts_end_at_255),
        cmocka_unit_test(an_empty_chunk_has_no_terms),
        cmocka_unit_test(damaged_blobs_are_found_out),
        cmocka_unit_test(a_stem_of_every_chunk_is_found_in_each_of_them),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
