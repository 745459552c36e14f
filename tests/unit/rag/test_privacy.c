/*
 * Two patients whose papers differ in nothing but a mark: whatever one asks, nothing of the other comes back. Questions are put
 * together at random from words of both records, names, marks and everyday words; half of them go through the database and the
 * cache, half to the record alone.
 */
#include "room.h"

#include "test.h"

/* Whose words come back is for the plain build to find; AddressSanitizer, which takes eight times as long, looks at memory. */
#ifdef __SANITIZE_ADDRESS__
enum { QUESTIONS_IN_MEMORY = 1000 };
#else
enum { QUESTIONS_IN_MEMORY = 4000 };
#endif
enum { PAPERS = 4, QUESTIONS_STORED = 400 };

/* Marks that stand in every line of a person's papers: "Kalidou" is Fatou's alone, "Zeynab" Awa's. */
static const char *const marks[2] = { "Kalidou", "Zeynab" };
static const char *const names[2][2] = { { "Fatou", "Ndiaye" }, { "Awa", "Ndiaye" } };

static struct room room;
static int64_t people[2];
static struct record *records[2];
static struct arena *arena;
static struct answer_books books;
static unsigned seed = 20241201;

static unsigned next_random(unsigned below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % below;
}

/* The papers of a person: lines with their mark, dose figures that differ by the person too. */
static struct paper paper_of(int who, int number) {
    static const char *const kinds[PAPERS][6] = {
        { "Dr Martin %s", "Dakar, le 15/11/2024", "ORDONNANCE", "- Lisinopril 1%d mg, 1 comprimé par jour %s",
          "- Aspirine 7%d mg, 1 comprimé %s", NULL },
        { "Laboratoire %s", "Compte rendu d'examens biologiques", "Prélevé le 04/11/2024",
          "Glycémie à jeun   1,2%d g/L   (0,70 - 1,10)", "Commentaire du biologiste %s", NULL },
        { "Radiographie du thorax", "Dakar, le 10/10/2024", "Pas de foyer visible, dit %s",
          "Conclusion : examen normal selon %s", NULL },
        { "COMPTE RENDU DE CONSULTATION", "Dakar, le 01/10/2024", "Diagnostic : hypertension suivie par %s",
          "Prochain rendez-vous le 20/02/2025 avec %s", NULL },
    };
    const char **lines = arena_array(arena, 6, sizeof *lines);
    for (size_t i = 0; kinds[number][i]; i++) {
        struct str line = STR(""), rest = str_from_c(kinds[number][i]);
        while (rest.n) {
            size_t at = str_find_char(rest, '%');
            bool mark = at + 1 < rest.n && rest.p[at + 1] == 's',
                 figure = at + 1 < rest.n && rest.p[at + 1] == 'd';
            assert_true(arena_printf(arena, &line, "%.*s%.*s%s", STR_ARG(line), STR_ARG(str_sub(rest, 0, at)),
                                     mark     ? marks[who]
                                     : figure ? (who ? "8" : "3")
                                              : ""));
            rest = str_sub(rest, at + (mark || figure ? 2 : 1), rest.n);
        }
        lines[i] = line.p;
    }
    return (struct paper) { number + 1, NULL, lines };
}

static int setup(void **state) {
    (void)state;
    room_open(&room);
    arena = arena_new((size_t)64 << 20);
    if (!arena || answer_books_new(arena, &books, NULL) != OK) return -1;
    for (int who = 0; who < 2; who++) {
        struct paper papers[PAPERS];
        const struct person person = { who + 1, names[who][0], names[who][1], "", "", "" };
        people[who] =
            room_add_person(&room, names[who][0], names[who][1], who ? "+221770000002" : "+221770000001");
        for (int i = 0; i < PAPERS; i++) {
            papers[i] = paper_of(who, i);
            room_index(&room, people[who], &papers[i]);
        }
        records[who] = paper_record(&person, papers, PAPERS);
    }
    return 0;
}

static int teardown(void **state) {
    (void)state;
    for (int who = 0; who < 2; who++) record_free(records[who]);
    arena_free(arena);
    room_close(&room);
    return 0;
}

static struct str a_question(struct arena *a) {
    static const char *const words[] = {
        "ordonnance", "dernière",     "lisinopril", "aspirine",   "glycémie",   "combien",      "dose",
        "Kalidou",    "Zeynab",       "radio",      "thorax",     "conclusion", "diagnostic",   "rendez-vous",
        "de",         "ma",           "Awa",        "Fatou",      "Ndiaye",     "résultat",     "par jour",
        "qui",        "prescrit",     "quand",      "documents",  "dossier",    "et",           "pour",
        "normal",     "hypertension", "dr martin",  "biologiste", "évolution",  "consultation", "novembre",
        "kalidu",     "zaynab"
    };
    struct str text = STR("");
    for (unsigned n = 1 + next_random(6); n > 0; n--)
        assert_true(arena_printf(a, &text, "%.*s%s ", STR_ARG(text), words[next_random(COUNT_OF(words))]));
    return text;
}

/* The other's figures and marks, and whether a source is one of the own documents. */
static void holds_nothing_of_the_other(int who, struct str asked, const struct rag_answer *a) {
    const char *figures[2][3] = { { "13 mg", "73 mg", "1,23" }, { "18 mg", "78 mg", "1,28" } };
    const char *mark = marks[1 - who];
    for (size_t i = 0; i < COUNT_OF(figures[0]); i++)
        if (str_find(a->text, str_from_c(figures[1 - who][i])) < a->text.n)
            fail_msg("a figure of the other: %.*s", STR_ARG(a->text));
    /* The patient may have typed the mark; what is quoted may not hold it. */
    bool typed = str_find(asked, str_from_c(mark)) < asked.n;
    if (!typed && str_find(a->text, str_from_c(mark)) < a->text.n)
        fail_msg("a word of the other: %.*s", STR_ARG(a->text));
    for (size_t i = 0; i < a->source_count; i++)
        if (str_find(a->sources[i].quote, str_from_c(mark)) < a->sources[i].quote.n)
            fail_msg("a quote of the other");
}

static void questions_to_the_database_bring_back_the_own_record_only(void **state) {
    (void)state;
    size_t grounded = 0;
    for (int i = 0; i < QUESTIONS_STORED; i++) {
        int who = (int)next_random(2);
        struct rag_answer a;
        struct str text = a_question(arena);
        const char *session = next_random(2) ? (who ? "awa" : "fatou") : "";
        assert_int_equal(room_ask(&room, people[who], text.p, session, &a), OK);
        holds_nothing_of_the_other(who, text, &a);
        grounded += a.grounded;
        for (size_t k = 0; k < a.source_count; k++) {
            struct document d;
            assert_int_equal(document_get(room.clinic.t.db, room.arena, a.sources[k].document_id, &d, NULL),
                             OK);
            assert_int_equal(d.patient_id, people[who]);
        }
    }
    assert_true(grounded > QUESTIONS_STORED / 5); /* else the test would prove nothing */
}

static void questions_to_the_records_bring_back_the_own_record_only(void **state) {
    (void)state;
    size_t grounded = 0;
    struct arena *each = arena_new((size_t)16 << 20);
    for (int i = 0; i < QUESTIONS_IN_MEMORY; i++) {
        int who = (int)next_random(2);
        struct rag_answer a;
        struct str text = a_question(each);
        const struct asked asked = { .text = text,
                                     .today = { 2024, 12, 1 },
                                     .emergency_number = STR("1515") };
        assert_int_equal(answer_make(&books, each, records[who], &asked, &a, NULL), OK);
        holds_nothing_of_the_other(who, text, &a);
        grounded += a.grounded;
        arena_reset(each);
    }
    arena_free(each);
    assert_true(grounded > QUESTIONS_IN_MEMORY / 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_to_the_database_bring_back_the_own_record_only),
        cmocka_unit_test(questions_to_the_records_bring_back_the_own_record_only),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
