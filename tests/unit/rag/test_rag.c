/*
 * The whole way over a real database: papers indexed, questions asked, logged and told to the doctor.
 */
#include "room.h"

#include "base/buf.h"
#include "base/json_out.h"
#include "patients/consent.h"
#include "test.h"

static const char *const lines[] = { "Dr Martin",
                                     "Dakar, le 15/09/2024",
                                     "ORDONNANCE",
                                     "- Lisinopril 10mg, 1 comprimé par jour",
                                     "- Aspirine 75mg, 1 comprimé par jour",
                                     NULL };
static const char *const other_lines[] = { "Dr Martin", "Dakar, le 16/09/2024", "ORDONNANCE",
                                           "- Metformine 850 mg, 1 comprimé matin et soir", NULL };
static const struct paper paper = { 0, NULL, lines }, other_paper = { 0, NULL, other_lines };

static struct room room;
static int64_t fatou;

static int setup(void **state) {
    (void)state;
    room_open(&room);
    fatou = room_add_person(&room, "Fatou", "Ndiaye", "+221770000001");
    return 0;
}

static int teardown(void **state) {
    (void)state;
    room_close(&room);
    return 0;
}

static bool says(const struct rag_answer *a, const char *words) {
    return str_find(a->text, str_from_c(words)) < a->text.n;
}

static void a_question_is_answered_and_logged(void **state) {
    (void)state;
    struct rag_answer a;
    int64_t document = room_index(&room, fatou, &paper);
    int64_t audits = room_count(&room, "SELECT count(*) FROM audit WHERE action = 'rag.query'");
    assert_int_equal(room_ask(&room, fatou, "Quelle est ma dernière ordonnance ?", "s1", &a), OK);
    assert_true(says(&a, "- Lisinopril 10mg, 1 comprimé par jour"));
    assert_true(a.grounded);
    assert_int_equal(a.sources[0].document_id, document);
    assert_str_equal(a.session_id, STR("s1"));
    assert_int_equal(
        room_count(&room,
                   "SELECT count(*) FROM rag_question WHERE grounded = 1 AND escalated = 0 AND refused = 0"),
        1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM rag_session WHERE question_count = 1"), 1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM audit WHERE action = 'rag.query'"), audits + 1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM notification WHERE kind LIKE 'question.%'"), 0);
}

static void indexing_twice_leaves_what_once_does(void **state) {
    (void)state;
    int64_t document = room_index(&room, fatou, &paper);
    int64_t chunks = room_count(&room, "SELECT count(*) FROM chunk");
    assert_true(chunks > 0);
    room_index_again(&room, document, &paper);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM chunk"), chunks);
    room_index_again(&room, document, &other_paper);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM chunk WHERE text LIKE '%Lisinopril%'"), 0);
}

static void a_new_paper_changes_the_next_answer(void **state) {
    (void)state;
    struct rag_answer a;
    room_index(&room, fatou, &paper);
    assert_int_equal(room_ask(&room, fatou, "ma dernière ordonnance", "", &a), OK);
    assert_true(says(&a, "Lisinopril") && a.session_id.n > 20);
    room_index(&room, fatou, &other_paper);
    assert_int_equal(room_ask(&room, fatou, "ma dernière ordonnance", "", &a), OK);
    assert_true(says(&a, "Metformine") && !says(&a, "Lisinopril"));
}

static void a_conversation_keeps_its_subject_for_a_day(void **state) {
    (void)state;
    struct rag_answer a;
    struct patient p;
    room_index(&room, fatou, &paper);
    assert_int_equal(room_ask(&room, fatou, "posologie du lisinopril", "s1", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "et pour l'aspirine ?", "s1", &a), OK);
    assert_true(says(&a, "Aspirine 75mg") && a.intent == INTENT_DOSAGE);
    /* Another conversation does not know what this one is about. */
    assert_int_equal(room_ask(&room, fatou, "qui l'a prescrit ?", "s2", &a), OK);
    assert_false(says(&a, "Aspirine :"));
    assert_int_equal(room_ask(&room, fatou, "qui l'a prescrit ?", "s1", &a), OK);
    assert_true(says(&a, "Aspirine : prescrit par Dr Martin"));
    /* A day later it is forgotten. */
    arena_reset(room.arena);
    assert_int_equal(patient_get(room.clinic.t.db, room.arena, fatou, &p, NULL), OK);
    const struct rag_question later = { &p, STR("qui l'a prescrit ?"),        STR("s1"), 0,
                                        0,  NOON_US + RAG_CONTEXT_LIFE_US + 1 };
    assert_int_equal(rag_ask(room.rag, room.clinic.t.db, room.arena, &later, &a, NULL), OK);
    assert_false(says(&a, "Aspirine :"));
    assert_int_equal(room_count(&room, "SELECT count(*) FROM rag_session"), 2);
}

static void a_session_of_somebody_else_is_refused(void **state) {
    (void)state;
    struct rag_answer a;
    int64_t awa = room_add_person(&room, "Awa", "Diop", "+221770000002");
    assert_int_equal(room_ask(&room, fatou, "bonjour", "s1", &a), OK);
    assert_int_equal(room_ask(&room, awa, "bonjour", "s1", &a), E_DENIED);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM rag_question"), 1);
}

static void a_message_is_answered_once(void **state) {
    (void)state;
    struct rag_answer first, again;
    struct patient p;
    room_index(&room, fatou, &paper);
    assert_int_equal(patient_get(room.clinic.t.db, room.arena, fatou, &p, NULL), OK);
    const struct rag_question q = { &p, STR("ma dernière ordonnance"), STR("s1"), 42, 0, NOON_US };
    assert_int_equal(rag_ask(room.rag, room.clinic.t.db, room.arena, &q, &first, NULL), OK);
    room_index(&room, fatou, &other_paper);
    assert_int_equal(rag_ask(room.rag, room.clinic.t.db, room.arena, &q, &again, NULL), OK);
    assert_str_equal(again.text, first.text);
    assert_int_equal(again.question_id, first.question_id);
    assert_int_equal(again.source_count, first.source_count);
    assert_str_equal(again.sources[1].quote, first.sources[1].quote);
    assert_int_equal(again.sources[0].date.year, 2024);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM rag_question"), 1);
}

static void refusals_and_dangers_reach_the_doctor(void **state) {
    (void)state;
    struct rag_answer a;
    assert_int_equal(room_ask(&room, fatou, "ma dernière ordonnance", "s1", &a), OK);
    assert_true(a.refused);
    assert_int_equal(
        room_count(&room,
                   "SELECT count(*) FROM notification WHERE kind = 'question.refused' AND severity = 1"),
        1);
    assert_int_equal(room_ask(&room, fatou, "j'ai mal à la poitrine", "s1", &a), OK);
    assert_true(a.escalated && says(&a, "1515"));
    assert_int_equal(
        room_count(&room,
                   "SELECT count(*) FROM notification WHERE kind = 'question.escalated' AND severity = 2"),
        1);
    assert_int_equal(room_count(&room, "SELECT escalated_count FROM rag_session"), 1);
    assert_int_equal(room_ask(&room, fatou, "je veux parler au docteur", "s1", &a), OK);
    assert_int_equal(
        room_count(&room, "SELECT count(*) FROM notification WHERE kind = 'question.doctor_wanted'"), 1);
}

static void without_agreement_only_danger_is_answered(void **state) {
    (void)state;
    struct rag_answer a;
    struct db *db = room.clinic.t.db;
    room_index(&room, fatou, &paper);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s =
        consent_record(db, fatou, CONSENT_ASSISTANT, false, CONSENT_BY_STAFF, 0, NOON_US + 1, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
    assert_int_equal(room_ask(&room, fatou, "ma dernière ordonnance", "s1", &a), E_DENIED);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM rag_question"), 0);
    assert_int_equal(room_ask(&room, fatou, "j'ai mal à la poitrine", "s1", &a), OK);
    assert_true(a.escalated);
}

static void who_is_not_active_is_not_answered(void **state) {
    (void)state;
    struct rag_answer a;
    int64_t pending = clinic_add(&room.clinic, "Awa", "Diop", "+221770000002");
    assert_int_equal(room_ask(&room, pending, "bonjour", "", &a), E_NOT_FOUND);
}

static void questions_have_bounds(void **state) {
    (void)state;
    struct rag_answer a;
    char text[2 * QUESTION_CHARS_MAX + 3];
    assert_int_equal(room_ask(&room, fatou, "  \n ", "", &a), E_INVALID);
    /* Two bytes a character: the limit counts characters. */
    for (size_t i = 0; i < QUESTION_CHARS_MAX; i++) memcpy(text + 2 * i, "é", 2);
    text[2 * QUESTION_CHARS_MAX] = '\0';
    assert_int_equal(room_ask(&room, fatou, text, "", &a), OK);
    memcpy(text + 2 * QUESTION_CHARS_MAX, "x", 2);
    assert_int_equal(room_ask(&room, fatou, text, "", &a), E_INVALID);
    assert_int_equal(room_ask(&room, fatou, "😀😀😀", "", &a), OK);
    assert_false(a.grounded);
}

static void erasing_takes_everything_along(void **state) {
    (void)state;
    struct rag_answer a;
    const struct patient_part parts[] = { rag_patient_part(room.rag), { 0 } };
    room_index(&room, fatou, &paper);
    assert_int_equal(room_ask(&room, fatou, "bonjour", "s1", &a), OK);
    assert_int_equal(patient_erase(room.clinic.t.db, &room.clinic.actor, room.arena, fatou, parts, NULL), OK);
    assert_int_equal(room_count(&room,
                                "SELECT (SELECT count(*) FROM chunk) + (SELECT count(*) FROM rag_session) + "
                                "(SELECT count(*) FROM rag_question)"),
                     0);
}

static void the_export_holds_the_questions(void **state) {
    (void)state;
    struct rag_answer a;
    struct buf buf;
    room_index(&room, fatou, &paper);
    assert_int_equal(room_ask(&room, fatou, "posologie du lisinopril", "s1", &a), OK);
    buf_init(&buf, 1 << 20);
    struct json_out o = json_out_to(&buf);
    assert_int_equal(rag_patient_part(room.rag).write(NULL, room.clinic.t.db, room.arena, fatou, &o, NULL),
                     OK);
    struct str json = buf_str(&buf);
    assert_true(str_find(json, STR("\"query\":\"posologie du lisinopril\"")) < json.n);
    assert_true(str_find(json, STR("\"quote\":\"- Lisinopril 10mg")) < json.n);
    buf_done(&buf);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_question_is_answered_and_logged),     TEST(indexing_twice_leaves_what_once_does),
        TEST(a_new_paper_changes_the_next_answer),   TEST(a_conversation_keeps_its_subject_for_a_day),
        TEST(a_session_of_somebody_else_is_refused), TEST(a_message_is_answered_once),
        TEST(refusals_and_dangers_reach_the_doctor), TEST(without_agreement_only_danger_is_answered),
        TEST(who_is_not_active_is_not_answered),     TEST(questions_have_bounds),
        TEST(erasing_takes_everything_along),        TEST(the_export_holds_the_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
