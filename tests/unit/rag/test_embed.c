/*
 * The jobs that give passages their vectors, and what a question's vector does: with an embedder that fails, a patient who changes his mind, and
 * another model.
 */
#include "rag/embed.h"

#include "patients/consent.h"
#include "rag/advice_record.h"
#include "rag/embed_job.h"
#include "rag/embedding_store.h"
#include "rag/meaning.h"
#include "search/record_store.h"
#include "room.h"
#include "support/fake_embedder.h"
#include "test.h"

static const char *const lines[] = { "Dr Martin",
                                     "Dakar, le 15/09/2024",
                                     "COMPTE RENDU",
                                     "Patiente : Fatou Ndiaye, tel 77 000 00 01",
                                     "Hyperthermie depuis trois jours, paludisme suspect.",
                                     NULL };
static const char *const other_lines[] = { "Dr Martin", "Dakar, le 16/09/2024", "COMPTE RENDU",
                                           "Fonction renale conservee.", NULL };
static const struct paper paper = { 0, NULL, lines }, other_paper = { 0, NULL, other_lines };

static struct room room;
static struct db *db;
static struct fake_embedder fake, second;
static int64_t fatou, awa, now_us;
static struct arena *job_arena;

static int setup(void **state) {
    (void)state;
    fake_embedder_init(&fake, "fake/one/256");
    fake_embedder_init(&second, "fake/two/256");
    room_open_with(&room, &fake.embedder);
    db = room.clinic.t.db;
    now_us = NOON_US;
    fatou = room_add_person(&room, "Fatou", "Ndiaye", "+221770000001");
    awa = room_add_person(&room, "Awa", "Diop", "+221770000002");
    job_arena = arena_new((size_t)16 << 20);
    return job_arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(job_arena);
    room_close(&room);
    fake_embedder_done(&fake);
    fake_embedder_done(&second);
    return 0;
}

static int run_jobs(void) {
    return room_run_jobs(&room, job_arena, &now_us);
}

static void start(void) {
    room_start_jobs(&room, now_us);
}

static void agree(int64_t patient, bool granted) {
    room_agree_to_model(&room, patient, granted, now_us);
}

static int64_t vectors(void) {
    return room_count(&room, "SELECT count(*) FROM chunk_vector");
}

static int64_t chunks(void) {
    return room_count(&room, "SELECT count(*) FROM chunk");
}

static bool was_sent(const struct fake_embedder *f, const char *words) {
    for (size_t i = 0; i < f->text_count; i++)
        if (str_find(f->texts[i], str_from_c(words)) < f->texts[i].n) return true;
    return false;
}

static void nothing_is_sent_without_a_yes(void **state) {
    (void)state;
    struct rag_answer a;
    room_index(&room, fatou, &paper);
    start();
    assert_true(run_jobs() > 0);
    assert_int_equal(room_ask(&room, fatou, "ai-je eu de la fièvre ?", "", &a), OK);
    assert_int_equal(fake.calls, 0);
    assert_int_equal(vectors(), 0);
}

static void a_document_gets_its_vectors_and_its_record_is_read_anew(void **state) {
    (void)state;
    struct patient before = clinic_get(&room.clinic, fatou), after;
    struct record *r;
    agree(fatou, true);
    room_index(&room, fatou, &paper);
    run_jobs();
    assert_int_equal(vectors(), chunks());
    assert_int_equal(fake.calls, 1);
    assert_int_equal(fake.roles[0], EMBED_PASSAGE);
    assert_int_equal(
        room_count(&room,
                   "SELECT count(*) FROM model_call WHERE kind = 'embed_passages' AND outcome = 'OK' AND "
                   "patient_id IS NOT NULL AND texts > 0 AND sent_bytes > 0"),
        1);
    after = clinic_get(&room.clinic, fatou);
    assert_true(after.record_version > before.record_version + 1);
    assert_int_equal(record_load(db, &after, STR("fake/one/256"), &r, NULL), OK);
    assert_true(near_is_complete(r));
    record_free(r);
    /* Running again sends nothing. */
    start();
    run_jobs();
    assert_int_equal(fake.calls, 1);
}

static void what_leaves_says_nothing_of_who_it_is(void **state) {
    (void)state;
    struct rag_answer a;
    agree(fatou, true);
    room_index(&room, fatou, &paper);
    run_jobs();
    assert_int_equal(
        room_ask(&room, fatou, "Je suis Fatou Ndiaye du 77 000 00 01, ai-je eu de la fievre ?", "", &a), OK);
    assert_true(fake.text_count >= 2);
    assert_true(was_sent(&fake, "paludisme"));
    assert_int_equal(fake.roles[fake.text_count - 1], EMBED_QUESTION);
    assert_false(was_sent(&fake, "Fatou"));
    assert_false(was_sent(&fake, "Ndiaye"));
    assert_false(was_sent(&fake, "77 000 00 01"));
    assert_false(was_sent(&fake, "Martin"));
}

static void a_yes_has_all_made_and_a_no_deletes_all(void **state) {
    (void)state;
    struct rag_answer a;
    room_index(&room, fatou, &paper);
    room_index(&room, awa, &paper);
    agree(fatou, true);
    agree(awa, true);
    run_jobs();
    assert_int_equal(vectors(), chunks());
    agree(fatou, false);
    assert_int_equal(vectors(), chunks() / 2);
    int calls = fake.calls;
    assert_int_equal(room_ask(&room, fatou, "ai-je eu de la fièvre ?", "", &a), OK);
    room_index(&room, fatou, &other_paper);
    run_jobs();
    assert_int_equal(fake.calls, calls);
}

/* A no that no part heard of is found at the next start. */
static void a_no_said_elsewhere_is_found_too(void **state) {
    (void)state;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    run_jobs();
    assert_true(vectors() > 0);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s =
        consent_record(db, fatou, CONSENT_EXTERNAL_MODEL, false, CONSENT_BY_WHATSAPP, 0, now_us, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
    start();
    run_jobs();
    assert_int_equal(vectors(), 0);
}

static void say_no(void *ctx) {
    (void)ctx;
    agree(fatou, false);
}

static void a_no_while_the_embedder_works_keeps_nothing(void **state) {
    (void)state;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    fake.on_call = say_no;
    run_jobs();
    assert_int_equal(fake.calls, 1);
    assert_int_equal(vectors(), 0);
}

static void index_another(void *ctx) {
    (void)ctx;
    fake.on_call = NULL;
    room_index(&room, fatou, &other_paper);
}

static void a_document_that_comes_while_the_job_runs_is_not_forgotten(void **state) {
    (void)state;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    fake.on_call = index_another;
    run_jobs();
    assert_int_equal(vectors(), chunks());
}

static void a_busy_service_is_asked_again_after_its_pause(void **state) {
    (void)state;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    fake.fail_from_call = 1;
    fake.fail_status = E_RETRY;
    fake.retry_after_us = 90 * SECOND_US;
    run_jobs();
    assert_int_equal(fake.calls, 1);
    now_us += 89 * SECOND_US;
    run_jobs();
    assert_int_equal(fake.calls, 1);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM model_call WHERE outcome = 'E_RETRY'"), 1);
    fake.fail_from_call = 0;
    now_us += 2 * SECOND_US;
    run_jobs();
    assert_int_equal(fake.calls, 2);
    assert_int_equal(vectors(), chunks());
}

/* One refused text costs its patient; the others get their vectors, and what stands from before stays. */
static void a_refused_text_costs_its_patient_alone(void **state) {
    (void)state;
    fake.refused_word = "paludisme";
    agree(fatou, true);
    agree(awa, true);
    room_index(&room, fatou, &paper);
    room_index(&room, awa, &other_paper);
    start();
    run_jobs();
    assert_true(vectors() > 0 && vectors() < chunks());
    assert_int_equal(
        room_count(&room, "SELECT count(*) FROM job WHERE kind = 'rag.reembed' AND state = 'dead'"), 1);
    fake.refused_word = NULL;
    start();
    run_jobs();
    assert_int_equal(vectors(), chunks());
}

static void an_embedder_that_is_down_costs_no_answer(void **state) {
    (void)state;
    struct rag_answer with, without;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    run_jobs();
    fake.fail_from_call = 1;
    fake.fail_status = E_RETRY;
    int calls = fake.calls;
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &with), OK);
    assert_int_equal(fake.calls, calls + 1);
    struct str said;
    assert_true(arena_dup(room.clinic.t.arena, with.text, &said));
    assert_true(with.grounded);
    room_restart_with(&room, NULL);
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &without), OK);
    assert_str_equal(without.text, said);
}

static void questions_that_facts_answer_stay_in_the_house(void **state) {
    (void)state;
    struct rag_answer a;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    run_jobs();
    int calls = fake.calls;
    assert_int_equal(room_ask(&room, fatou, "Bonjour", "", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "quelles sont mes allergies ?", "", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "j'ai très mal à la poitrine", "", &a), OK);
    assert_int_equal(fake.calls, calls);
}

static void another_model_has_everything_made_anew(void **state) {
    (void)state;
    struct rag_answer a;
    struct embedding_progress p;
    room_index(&room, fatou, &paper);
    room_index(&room, awa, &other_paper);
    agree(fatou, true);
    agree(awa, true);
    run_jobs();
    int64_t all = vectors();
    room_restart_with(&room, &second.embedder);
    /* Until the new ones are there the old ones stay, and are compared with nothing. */
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &a), OK);
    assert_true(a.grounded);
    assert_int_equal(second.calls, 0);
    start();
    second.fail_from_call = 2;
    second.fail_status = E_RETRY;
    run_jobs();
    assert_int_equal(embedding_progress_get(db, STR("fake/two/256"), &p, NULL), OK);
    assert_true(p.embedded > 0 && p.embedded < p.passages);
    assert_int_equal(p.others, all);
    second.fail_from_call = 0;
    now_us += HOUR_US;
    run_jobs();
    assert_int_equal(embedding_progress_get(db, STR("fake/two/256"), &p, NULL), OK);
    assert_true(p.embedded == p.passages && p.others == 0);
    assert_int_equal(vectors(), all);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM embedding_space"), 1);
    int calls = second.calls;
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &a), OK);
    assert_int_equal(second.calls, calls + 1);
    assert_int_equal(
        room_count(&room,
                   "SELECT count(*) FROM model_call AS c JOIN rag_question AS q ON q.id = c.question_id "
                   "WHERE c.kind = 'embed_question'"),
        1);
}

static void the_question_is_ranked_by_meaning(void **state) {
    (void)state;
    struct patient p;
    static struct meaning m;
    struct near_list near;
    struct record *r;
    room_index(&room, fatou, &other_paper);
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    run_jobs();
    p = clinic_get(&room.clinic, fatou);
    assert_int_equal(record_load(db, &p, STR("fake/one/256"), &r, NULL), OK);
    assert_true(meaning_may_help(room.rag, r, NULL));
    assert_int_equal(meaning_ask(room.rag, db, room.arena, &p, STR("fievre chaud"), now_us, &m, NULL), OK);
    assert_true(m.known && m.called);
    assert_int_equal(m.call.kind, CALL_EMBED_QUESTION);
    assert_int_equal(m.call.patient_id, fatou);
    near_find(r, &m.question, &near);
    assert_true(near.count > 0);
    struct str text = r->chunks[near.items[0].chunk].text;
    assert_true(str_find(text, STR("Hyperthermie")) < text.n);
    record_free(r);
}

/* It is about nobody: no yes is needed, but a patient's question is his. */
static void published_advice_gets_its_vectors(void **state) {
    (void)state;
    struct advice_actor by = { room.clinic.doctor.id, NOON_US, NULL, room.rag };
    const struct advice_edit edit = { .has_title = true,
                                      .has_body = true,
                                      .title = STR("Quand il fait chaud"),
                                      .body = STR("En cas d'hyperthermie buvez beaucoup d'eau.") };
    struct advice advice;
    struct record *r;
    struct rag_answer a;
    assert_int_equal(advice_create(db, room.arena, &by, &edit, &advice, NULL), OK);
    run_jobs();
    assert_int_equal(fake.calls, 0);
    assert_int_equal(advice_publish(db, room.arena, &by, advice.id, 0, &advice, NULL), OK);
    run_jobs();
    assert_int_equal(fake.calls, 1);
    assert_int_equal(advice_record_load(db, STR("fake/one/256"), &r, NULL), OK);
    assert_true(near_is_complete(r));
    record_free(r);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM model_call WHERE patient_id IS NULL"), 1);
    assert_int_equal(room_ask(&room, fatou, "que faire en cas d'hyperthermie ?", "", &a), OK);
    assert_int_equal(fake.calls, 1);
    agree(fatou, true);
    assert_int_equal(room_ask(&room, fatou, "que faire en cas d'hyperthermie ?", "", &a), OK);
    assert_int_equal(fake.calls, 2);
    assert_int_equal(advice_erase(db, room.arena, &by, advice.id, NULL), OK);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM advice_vector"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_sent_without_a_yes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_document_gets_its_vectors_and_its_record_is_read_anew, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_leaves_says_nothing_of_who_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_yes_has_all_made_and_a_no_deletes_all, setup, teardown),
        cmocka_unit_test_setup_teardown(a_no_said_elsewhere_is_found_too, setup, teardown),
        cmocka_unit_test_setup_teardown(a_no_while_the_embedder_works_keeps_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_document_that_comes_while_the_job_runs_is_not_forgotten, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_busy_service_is_asked_again_after_its_pause, setup, teardown),
        cmocka_unit_test_setup_teardown(a_refused_text_costs_its_patient_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(an_embedder_that_is_down_costs_no_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(questions_that_facts_answer_stay_in_the_house, setup, teardown),
        cmocka_unit_test_setup_teardown(another_model_has_everything_made_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(the_question_is_ranked_by_meaning, setup, teardown),
        cmocka_unit_test_setup_teardown(published_advice_gets_its_vectors, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
