/* The pure parts: words that act, decisions, splitting, fixed texts, what a carrier posts. */
#include "test.h"

#include "base/utf8.h"
#include "messaging/flow.h"
#include "messaging/message.h"
#include "messaging/split.h"
#include "messaging/texts.h"

static struct arena *arena_of_test(void) {
    struct arena *a = arena_new(1 << 20);
    assert_non_null(a);
    return a;
}

static const struct {
    const char *text;
    enum word word;
} word_samples[] = {
    { "STOP", WORD_STOP },
    { " Arrêt ! ", WORD_STOP },
    { "se désabonner", WORD_STOP },
    { "TAXAW", WORD_STOP },
    { "start", WORD_START },
    { "Tàmbali", WORD_START },
    { "Aide?", WORD_HELP },
    { "Ndimbal", WORD_HELP },
    { "OUI", WORD_YES },
    { "Waaw", WORD_YES },
    { "d’accord", WORD_YES },
    { "« Oui »", WORD_YES },
    { "Non.", WORD_NO },
    { "Déedéet", WORD_NO },
    { "Arrêtez !!!", WORD_STOP },
    { "STOOOP", WORD_STOP },
    { "S.T.O.P.", WORD_STOP },
    { "stop svp 🙏", WORD_STOP },
    { "ARRÊT S'IL VOUS PLAÎT", WORD_STOP },
    { "plus de messages", WORD_STOP },
    { "Unsubscribe", WORD_STOP },
    { "Bul ma bind", WORD_STOP },
    { "Tàmbaliwaat", WORD_START },
    { "Médecin", WORD_DOCTOR },
    { "MEDECIN svp", WORD_DOCTOR },
    { "Je veux parler au médecin.", WORD_DOCTOR },
    { "Fajkat", WORD_DOCTOR },
    { "doctor please", WORD_DOCTOR },
    { "Effacer", WORD_ERASE },
    { "Supprimer mes données", WORD_ERASE },
    { "Dindi", WORD_ERASE },
    { "delete my data", WORD_ERASE },
    { "Confirmer", WORD_CONFIRM },
    { "je confirme", WORD_CONFIRM },
    { "Dëggal", WORD_CONFIRM },
    { "Mon dossier", WORD_RECORD },
    { "MONDOSSIER", WORD_RECORD },
    { "Sama dosiye", WORD_RECORD },
    { "my record", WORD_RECORD },
    { "Changer", WORD_CHANGE },
    { "Soppi", WORD_CHANGE },
    { "", WORD_NONE },
    { "...", WORD_NONE },
    { "مرحبا", WORD_NONE },
    { "🙏", WORD_NONE },
    { "Quel est mon dossier ?", WORD_NONE },
    { "changer de médicament", WORD_NONE },
    { "Quand voir le médecin ?", WORD_NONE },
    { "1", WORD_NONE },
    { "Dois-je arrêter l'aspirine ?", WORD_NONE },
    { "stop aspirine", WORD_NONE },
    { "non merci, je voudrais savoir autre chose encore une fois", WORD_NONE },
};

static void words_act_only_as_a_whole_message(void **state) {
    struct arena *a = arena_of_test();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(word_samples); i++) {
        enum word word;
        assert_true(word_of_message(a, str_from_c(word_samples[i].text), &word));
        if (word != word_samples[i].word) fail_msg("'%s' is %d", word_samples[i].text, (int)word);
    }
    arena_free(a);
}

static void a_code_is_four_to_six_digits_and_nothing_else(void **state) {
    static const struct {
        const char *text, *code; /* NULL: none */
    } samples[] = { { "482913", "482913" },    { " 482 913 ", "482913" },
                    { "48-29-13.", "482913" }, { "4829", "4829" },
                    { "482", NULL },           { "4829134", NULL },
                    { "code 482913", NULL },   { "", NULL } };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        char code[WORD_CODE_BYTES];
        assert_int_equal(word_find_code(str_from_c(samples[i].text), code), samples[i].code != NULL);
        if (samples[i].code) assert_string_equal(code, samples[i].code);
    }
}

#define TOKEN "abcdefghijklmnopqrstuvwxyz-_0123456789ABCDE"

static void a_token_is_found_wherever_it_stands(void **state) {
    (void)state;
    assert_str_equal(word_find_token(STR(TOKEN)), STR(TOKEN));
    assert_str_equal(word_find_token(STR("confirm-" TOKEN)), STR(TOKEN));
    assert_str_equal(word_find_token(STR("Voici : https://clinique.sn/webhook/confirm-" TOKEN ".")),
                     STR(TOKEN));
    assert_str_equal(word_find_token(STR("confirm-" TOKEN "F")), STR(""));
    assert_str_equal(word_find_token(STR("oui")), STR(""));
    assert_str_equal(word_find_token(STR("")), STR(""));
}

static void decisions(void **state) {
    static const struct {
        struct flow_facts facts;
        enum flow_step step;
    } samples[] = {
        { { .known = false, .word = WORD_NONE }, FLOW_UNKNOWN },
        { { .known = false, .word = WORD_STOP }, FLOW_IGNORE },
        { { .known = true, .status = PATIENT_PENDING, .link_open = true, .word = WORD_YES }, FLOW_ACTIVATE },
        { { .known = true, .status = PATIENT_PENDING, .word = WORD_YES }, FLOW_LINK_OVER },
        { { .known = true, .status = PATIENT_PENDING, .link_open = true, .word = WORD_NO }, FLOW_DECLINE },
        { { .known = true, .status = PATIENT_PENDING, .link_open = true, .word = WORD_STOP }, FLOW_DECLINE },
        { { .known = true, .status = PATIENT_PENDING, .link_open = true }, FLOW_PENDING },
        { { .known = true, .status = PATIENT_PENDING, .link_open = true, .token_given = true },
          FLOW_LINK_OVER },
        { { .known = true, .status = PATIENT_PENDING, .token_given = true, .token_fits = true },
          FLOW_ACTIVATE },
        { { .known = true, .status = PATIENT_INACTIVE, .word = WORD_YES }, FLOW_INACTIVE },
        { { .known = true, .status = PATIENT_INACTIVE, .link_open = true, .word = WORD_YES }, FLOW_ACTIVATE },
        { { .known = true, .status = PATIENT_INACTIVE, .word = WORD_STOP }, FLOW_STOP },
        { { .known = true, .status = PATIENT_ACTIVE }, FLOW_ASK },
        { { .known = true, .status = PATIENT_ACTIVE, .word = WORD_YES }, FLOW_ASK },
        { { .known = true, .status = PATIENT_ACTIVE, .word = WORD_STOP, .assistant_off = true }, FLOW_STOP },
        { { .known = true, .status = PATIENT_ACTIVE, .assistant_off = true }, FLOW_ASSISTANT_OFF },
        { { .known = true, .status = PATIENT_ACTIVE, .empty = true }, FLOW_HELP },
        { { .known = true, .status = PATIENT_ACTIVE, .token_given = true }, FLOW_HELP },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        if (flow_decide(&samples[i].facts) != samples[i].step) fail_msg("sample %zu", i);
    }
}

static void texts_are_cut_where_a_reader_pauses(void **state) {
    struct str rest = STR("Un. Deux deux.\n\nTrois trois trois. Quatre");

    (void)state;
    assert_str_equal(split_next(&rest, 22), STR("Un. Deux deux."));
    assert_str_equal(split_next(&rest, 22), STR("Trois trois trois."));
    assert_str_equal(split_next(&rest, 22), STR("Quatre"));
    assert_int_equal(rest.n, 0);
    assert_int_equal(split_next(&rest, 22).n, 0);
    rest = STR("Prenez 1.5 comprimé le matin");
    assert_str_equal(split_next(&rest, 12), STR("Prenez 1.5"));
    rest = STR("éééééééééé"); /* no pause: whole characters all the same */
    assert_str_equal(split_next(&rest, 4), STR("éééé"));
    assert_str_equal(split_next(&rest, 4), STR("éééé"));
    assert_str_equal(split_next(&rest, 4), STR("éé"));
    rest = STR("  court  ");
    assert_str_equal(split_next(&rest, 100), STR("court"));
}

/* A dose is never cut, and the sources stay with what they bear. */
static void long_lists_are_cut_between_their_lines(void **state) {
    enum { LINES = 45 };
    struct arena *a = arena_of_test();
    struct str text = STR("Votre ordonnance contient :"), rest;
    size_t lines = 0, parts = 0;

    (void)state;
    for (int i = 0; i < LINES; i++)
        assert_true(arena_printf(a, &text,
                                 "%.*s\n- Amoxicilline %d mg, 1 gélule 3 fois par jour, pendant 7 jours",
                                 STR_ARG(text), i));
    assert_true(
        arena_printf(a, &text, "%.*s\n\nSource : « Ordonnance » du 15/11/2024, page 1", STR_ARG(text)));
    for (rest = text; rest.n; parts++) {
        struct str part = split_next(&rest, 1500);
        assert_true(utf8_length(part) <= 1500);
        while (part.n) {
            struct str line = str_sub(part, 0, str_find_char(part, '\n'));
            part = str_sub(part, line.n + 1, part.n);
            if (!str_starts(line, STR("- "))) continue;
            assert_true(str_find(line, STR("7 jours")) + 7 == line.n);
            lines++;
        }
        if (!rest.n) assert_true(parts > 0 && lines == LINES);
    }
    assert_int_equal(lines, LINES);
    arena_free(a);
}

/* As carriers count: what lies beyond U+FFFF is two. */
static size_t units_of(struct str s) {
    size_t units = 0;
    for (size_t at = 0; at < s.n;) units += utf8_next(s, &at) > 0xFFFF ? 2 : 1;
    return units;
}

static bool next_that_is_no_space(struct str s, size_t *at, uint32_t *c) {
    while (*at < s.n)
        if ((*c = utf8_next(s, at)) != ' ' && *c != '\n') return true;
    return false;
}

/* Whatever is written, up to the longest that the outbox takes: nothing is lost, no part is too long, none is cut inside a character. */
static void any_text_is_cut_whole(void **state) {
    static const char *const repeated[] = {
        "x",
        "\u00e9",
        "\U0001F600",                                                 /* emoji, no space */
        "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", /* a family: seven characters that are one */
        "\U0001F1F8\U0001F1F3",                                       /* the flag of Senegal */
        "e\u0301",                                                    /* an accent of its own */
        "Jàmm nga fanaan, naka waa kër ga? Sa garab: ñaari comprimé suba ak ngoon. ",
        "Prenez 1.5 comprimé\nle matin ! \U0001F48A\n\n",
        "mot ",
    };
    static const size_t limits[] = { MESSAGE_PART_MAX_CHARS, 160 };
    enum { LONGEST = 64 * 1024 };
    struct arena *a = arena_of_test();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(repeated) * COUNT_OF(limits); i++) {
        struct str unit = str_from_c(repeated[i / COUNT_OF(limits)]);
        size_t limit = limits[i % COUNT_OF(limits)], n = LONGEST / unit.n, parts = 0, at = 0;
        arena_reset(a);
        char *bytes = arena_alloc(a, LONGEST);
        assert_non_null(bytes);
        for (size_t k = 0; k < n; k++) memcpy(bytes + k * unit.n, unit.p, unit.n);
        struct str text = { bytes, n * unit.n }, rest = text;
        uint32_t c, expected;
        for (; rest.n; parts++) {
            struct str part = split_next(&rest, limit);
            assert_true(part.n > 0 && utf8_is_clean(part) && units_of(part) <= limit);
            if (str_find_char(unit, ' ') == unit.n)
                assert_int_equal(part.n % unit.n, 0); /* whole ones only */
            for (size_t in = 0; next_that_is_no_space(part, &in, &c);) {
                assert_true(next_that_is_no_space(text, &at, &expected));
                assert_int_equal(c, expected);
            }
        }
        assert_false(next_that_is_no_space(text, &at, &expected));
        assert_true(parts <= 2 * units_of(text) / limit + 2);
    }
    arena_free(a);
}

static void fixed_texts_are_whole_in_each_language(void **state) {
    const struct text_values values = { STR("Awa"), STR("https://x/y"), STR("1515") };
    struct arena *a = arena_of_test();

    (void)state;
    for (int text = 0; text < TEXT_COUNT; text++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct str out;
            assert_true(text_write(a, (enum text)text, (enum lang)lang, &values, &out));
            assert_true(utf8_is_clean(out));
            assert_true(out.n > 20);
            assert_true(utf8_length(out) <= 1500);
            if (str_find_char(out, '{') < out.n) fail_msg("text %d: %.*s", text, STR_ARG(out));
        }
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_act_only_as_a_whole_message),
        cmocka_unit_test(a_code_is_four_to_six_digits_and_nothing_else),
        cmocka_unit_test(a_token_is_found_wherever_it_stands),
        cmocka_unit_test(decisions),
        cmocka_unit_test(texts_are_cut_where_a_reader_pauses),
        cmocka_unit_test(any_text_is_cut_whole),
        cmocka_unit_test(long_lists_are_cut_between_their_lines),
        cmocka_unit_test(fixed_texts_are_whole_in_each_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
