/*
 * A question's way to a model and back over a real database: consent, the log of questions and of calls, who is asked when.
 */
#include "fake_generator.h"
#include "patients/consent.h"
#include "rag/model_step.h"
#include "rag/rag_room.h"
#include "room.h"
#include "test.h"

static const char *const lines[] = { "Dr Martin",
                                     "Dakar, le 09/09/2024",
                                     "LETTRE DE SORTIE",
                                     "Hospitalisée pour une pneumonie du 3 au 9 septembre 2024.",
                                     "Garder le repos pendant 10 jours et boire 2 litres d'eau par jour.",
                                     NULL };
static const struct paper paper = { 0, NULL, lines };

static const char question[] = "Combien de temps dois-je garder le repos ?";
static const char said[] =
    "{\"sentences\":[{\"text\":\"Vous devez garder le repos pendant 10 jours.\",\"passages\":[1]}],"
    "\"unknown\":false}";

static struct room room;
static struct fake_generator model;
static int64_t fatou;

static int setup(void **state) {
    (void)state;
    fake_generator_init(&model);
    model.json = said;
    room_open(&room);
    room.rag->generator = &model.generator;
    fatou = room_add_person(&room, "Fatou", "Ndiaye", "+221770000001");
    room_index(&room, fatou, &paper);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    room_close(&room);
    return 0;
}

static void agree(bool granted, int64_t at_us) {
    struct db *db = room.clinic.t.db;
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s =
        consent_record(db, fatou, CONSENT_EXTERNAL_MODEL, granted, CONSENT_BY_STAFF, 0, at_us, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
}

static int64_t logged(const char *where) {
    char sql[300];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM rag_question WHERE %s", where);
    return room_count(&room, sql);
}

static void nothing_is_sent_without_consent(void **state) {
    (void)state;
    struct rag_answer a;
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(model.calls, 0);
    assert_string_equal(a.engine, "local");
    assert_int_equal(logged("engine = 'local' AND timings LIKE '%\"fallback\":\"no_consent\"%'"), 1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM model_call"), 0);
}

static void the_words_of_a_model_are_logged_as_such(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(model.calls, 1);
    assert_string_equal(a.engine, "gemini");
    assert_true(str_starts(a.text, STR("Vous devez garder le repos pendant 10 jours.")));
    assert_int_equal(
        logged("engine = 'gemini' AND grounded = 1 AND refused = 0 AND timings LIKE '%\"fallback\":null%'"),
        1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM model_call WHERE outcome = 'generated' AND "
                                       "question_id = (SELECT max(id) FROM rag_question)"),
                     1);
    assert_int_equal(room.rag->models_waited_for, 0);
}

static void a_failed_call_is_logged_too(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    model.outcome = GENERATION_LATE;
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_string_equal(a.engine, "local");
    assert_true(str_find(a.text, STR("10 jours")) < a.text.n);
    assert_int_equal(logged("engine = 'local' AND timings LIKE '%\"fallback\":\"late\"%'"), 1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM model_call WHERE outcome = 'late'"), 1);
    assert_int_equal(room.rag->models_waited_for, 0);
}

static void consent_counts_at_each_question(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    agree(false, NOON_US + 1);
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_string_equal(a.engine, "local");
    assert_int_equal(model.calls, 1);
}

static void a_message_that_was_answered_is_not_asked_again(void **state) {
    (void)state;
    struct rag_answer first, again;
    struct patient p;
    agree(true, NOON_US);
    assert_int_equal(patient_get(room.clinic.t.db, room.arena, fatou, &p, NULL), OK);
    const struct rag_question q = { &p, str_from_c(question), STR("s1"), 42, 0, NOON_US };
    assert_int_equal(rag_ask(room.rag, room.clinic.t.db, room.arena, &q, &first, NULL), OK);
    assert_int_equal(rag_ask(room.rag, room.clinic.t.db, room.arena, &q, &again, NULL), OK);
    assert_int_equal(model.calls, 1);
    assert_string_equal(again.engine, "gemini");
    assert_str_equal(again.text, first.text);
    assert_int_equal(again.question_id, first.question_id);
}

/* As many as may wait already: nobody queues. */
static void who_comes_when_many_wait_is_answered_at_once(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    atomic_store(&room.rag->models_waited_for, MODEL_WAITING_MAX);
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(model.calls, 0);
    assert_string_equal(a.engine, "local");
    assert_int_equal(logged("timings LIKE '%\"fallback\":\"crowded\"%'"), 1);
    assert_int_equal(room.rag->models_waited_for, MODEL_WAITING_MAX);
    atomic_store(&room.rag->models_waited_for, MODEL_WAITING_MAX - 1);
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(model.calls, 1);
}

static void look_at_the_database(struct fake_generator *f, struct arena *arena, struct str content,
                                 struct str *json) {
    (void)f, (void)arena, (void)content;
    assert_false(db_in_transaction(room.clinic.t.db));
    assert_int_equal(room.rag->models_waited_for, 1);
    *json = str_from_c(said);
}

static void no_transaction_is_open_meanwhile(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    model.json = NULL;
    model.answer = look_at_the_database;
    assert_int_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(model.calls, 1);
}

static void erase_the_patient(struct fake_generator *f, struct arena *arena, struct str content,
                              struct str *json) {
    const struct patient_part parts[] = { rag_patient_part(room.rag), { 0 } };
    (void)f, (void)arena, (void)content;
    struct arena *other = arena_new((size_t)1 << 20);
    assert_int_equal(patient_erase(room.clinic.t.db, &room.clinic.actor, other, fatou, parts, NULL), OK);
    arena_free(other);
    *json = str_from_c(said);
}

static void who_is_erased_meanwhile_leaves_nothing(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    model.json = NULL;
    model.answer = erase_the_patient;
    assert_int_not_equal(room_ask(&room, fatou, question, "s1", &a), OK);
    assert_int_equal(logged("1 = 1"), 0);
    assert_int_equal(room.rag->models_waited_for, 0);
}

static void danger_and_small_talk_never_leave(void **state) {
    (void)state;
    static const char *const texts[] = { "j'ai mal à la poitrine", "merci beaucoup", "bonjour",
                                         "je veux parler au docteur",
                                         "quelles sont les maladies de ma voisine ?" };
    struct rag_answer a;
    agree(true, NOON_US);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_int_equal(room_ask(&room, fatou, texts[i], "s1", &a), OK);
    assert_int_equal(model.calls, 0);
    assert_int_equal(logged("timings LIKE '%\"fallback\":null%'"), (int)COUNT_OF(texts));
}

static void a_refusal_stands_when_the_model_does_not_know(void **state) {
    (void)state;
    struct rag_answer a;
    agree(true, NOON_US);
    model.json = "{\"sentences\":[],\"unknown\":true}";
    assert_int_equal(
        room_ask(&room, fatou, "Combien de repos et de litres de bissap pour la maison ?", "s1", &a), OK);
    if (a.refused)
        assert_int_equal(
            room_count(&room, "SELECT count(*) FROM notification WHERE kind = 'question.refused'"), 1);
    assert_string_equal(a.engine, "local");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_sent_without_consent),
        TEST(the_words_of_a_model_are_logged_as_such),
        TEST(a_failed_call_is_logged_too),
        TEST(consent_counts_at_each_question),
        TEST(a_message_that_was_answered_is_not_asked_again),
        TEST(who_comes_when_many_wait_is_answered_at_once),
        TEST(no_transaction_is_open_meanwhile),
        TEST(who_is_erased_meanwhile_leaves_nothing),
        TEST(danger_and_small_talk_never_leave),
        TEST(a_refusal_stands_when_the_model_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
