#include "rag/asker.h"

#include "test.h"

static struct asker the_asker;

struct asker *asker(void) {
    return &the_asker;
}

const struct person asker_fatou = { 7,        "Fatou",
                                    "Ndiaye", "Pénicilline",
                                    "",       "Hypertension artérielle depuis 2015" };

const char *const asker_prescription[] = { "Dr Martin",
                                           "Dakar, le 15/11/2024",
                                           "Mme Fatou NDIAYE",
                                           "ORDONNANCE",
                                           "- Lisinopril 10mg, 1 comprimé par jour",
                                           "- Aspirine 75mg, 1 comprimé par jour",
                                           "Prochain rendez-vous le 20/02/2025 à 10h",
                                           NULL };

int asker_open(const struct person *person, const struct paper *papers, size_t count) {
    the_asker = (struct asker) { .arena = arena_new((size_t)64 << 20), .today = { 2024, 12, 1 } };
    if (!the_asker.arena || answer_books_new(the_asker.arena, &the_asker.books, NULL) != OK) return -1;
    the_asker.record = paper_record(person, papers, count);
    return 0;
}

int asker_close(void **state) {
    (void)state;
    record_free(the_asker.record);
    arena_free(the_asker.arena);
    return 0;
}

void take_record(const struct person *person, const struct paper *papers, size_t count) {
    record_free(the_asker.record);
    the_asker.record = paper_record(person, papers, count);
}

const char *ask(const char *text) {
    const struct asked asked = { .text = str_from_c(text),
                                 .context = the_asker.context,
                                 .has_context = the_asker.context.intent != INTENT_NONE,
                                 .today = the_asker.today,
                                 .emergency_number = STR("1515") };
    struct err err = { 0 };
    enum status s =
        answer_make(&the_asker.books, the_asker.arena, the_asker.record, &asked, &the_asker.out, &err);
    if (s != OK) fail_msg("%s: %s %s", text, status_name(s), err.detail);
    the_asker.context = the_asker.out.context;
    char *words = arena_cstr(the_asker.arena, the_asker.out.text);
    assert_non_null(words);
    return words;
}

void has(const char *answer, const char *words) {
    if (!strstr(answer, words)) fail_msg("no \"%s\" in: %s", words, answer);
}

void lacks(const char *answer, const char *words) {
    if (strstr(answer, words)) fail_msg("\"%s\" in: %s", words, answer);
}

void refused(const char *question) {
    const char *answer = ask(question);
    const struct rag_answer *out = &the_asker.out;
    if (!out->refused || out->grounded || out->source_count || out->tell != TELL_REFUSED)
        fail_msg("not refused: %s: %s", question, answer);
    for (const char *p = answer; *p; p++) assert_false(*p >= '0' && *p <= '9');
}
