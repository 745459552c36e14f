/*
 * Vectors in the database: whose passages are listed, what a record gets, and what goes with what.
 */
#include "rag/embedding_store.h"

#include "documents/document_row.h"
#include "support/fake_embedder.h"
#include "patients/consent.h"
#include "search/near.h"
#include "search/record_store.h"
#include "room.h"
#include "test.h"

static const char one[] = "fake/one/256", two[] = "fake/two/256";
static const char *const lines[] = { "Dr Martin", "Dakar, le 15/09/2024", "COMPTE RENDU",
                                     "Hyperthermie depuis trois jours.", NULL };
static const struct paper paper = { 0, NULL, lines };

static struct room room;
static struct db *db;
static int64_t fatou, awa;

static int setup(void **state) {
    (void)state;
    room_open(&room);
    db = room.clinic.t.db;
    fatou = room_add_person(&room, "Fatou", "Ndiaye", "+221770000001");
    awa = room_add_person(&room, "Awa", "Diop", "+221770000002");
    return 0;
}

static int teardown(void **state) {
    (void)state;
    room_close(&room);
    return 0;
}

static void agree(int64_t patient, bool granted) {
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = consent_record(db, patient, CONSENT_EXTERNAL_MODEL, granted, CONSENT_BY_STAFF,
                                   room.clinic.doctor.id, NOON_US, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
}

static size_t missing(int64_t patient, const char *space, struct unembedded out[8]) {
    size_t count;
    assert_int_equal(embedding_list_missing(db, room.arena, patient, str_from_c(space), out, 8, &count, NULL),
                     OK);
    return count;
}

static int64_t next(int64_t after, const char *space) {
    int64_t id;
    assert_int_equal(embedding_next_patient(db, after, str_from_c(space), &id, NULL), OK);
    return id;
}

static void put(int64_t patient, int64_t chunk, struct str text, const char *space_name) {
    struct embedding_space space;
    float v[FAKE_DIMENSIONS];
    unsigned char packed[VECTOR_SCALE_BYTES + FAKE_DIMENSIONS];
    fake_embed(space_name, text, v);
    assert_true(vector_pack(v, FAKE_DIMENSIONS, packed));
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = embedding_space_open(db, str_from_c(space_name), FAKE_DIMENSIONS, NOON_US, &space, NULL);
    if (s == OK)
        s = embedding_put(db, space.id, patient, chunk, (struct str) { (const char *)packed, sizeof packed },
                          NULL);
    if (s == OK) s = patient_touch_record(db, patient, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
}

static void embed_all(int64_t patient, const char *space) {
    struct unembedded list[8];
    size_t count = missing(patient, space, list);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) put(patient, list[i].chunk_id, list[i].text, space);
}

static size_t vectors_of_record(int64_t patient, const char *space) {
    struct patient p = clinic_get(&room.clinic, patient);
    struct record *r;
    assert_int_equal(record_load(db, &p, str_from_c(space), &r, NULL), OK);
    size_t n = r->vectors.count;
    assert_true(n == 0 || near_is_complete(r));
    record_free(r);
    return n;
}

static int64_t rows(void) {
    return room_count(&room, "SELECT count(*) FROM chunk_vector");
}

static void only_who_agrees_is_listed(void **state) {
    (void)state;
    struct unembedded list[8];
    room_index(&room, fatou, &paper);
    room_index(&room, awa, &paper);
    assert_int_equal(missing(fatou, one, list), 0);
    assert_int_equal(next(0, one), 0);
    agree(awa, true);
    assert_int_equal(missing(fatou, one, list), 0);
    size_t count = missing(awa, one, list), told = 0;
    for (size_t i = 0; i < count; i++) told += str_find(list[i].text, STR("Hyperthermie")) < list[i].text.n;
    assert_int_equal(told, 1);
    assert_int_equal(next(0, one), awa);
    agree(fatou, true);
    assert_int_equal(next(0, one), fatou);
    assert_int_equal(next(fatou, one), awa);
    assert_int_equal(next(awa, one), 0);
    agree(awa, false);
    assert_int_equal(missing(awa, one, list), 0);
    assert_int_equal(next(fatou, one), 0);
}

static void what_has_a_vector_is_not_listed_again(void **state) {
    (void)state;
    struct unembedded list[8];
    struct embedding_progress p;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    embed_all(fatou, one);
    assert_int_equal(missing(fatou, one, list), 0);
    assert_int_equal(next(0, one), 0);
    assert_int_equal(embedding_progress_get(db, STR("fake/one/256"), &p, NULL), OK);
    assert_true(p.passages > 0 && p.embedded == p.passages && p.others == 0);
    /* In another space there is none yet. */
    assert_true(missing(fatou, two, list) > 0);
    assert_int_equal(embedding_progress_get(db, STR("fake/two/256"), &p, NULL), OK);
    assert_true(p.passages > 0 && p.embedded == 0 && p.others == p.passages);
}

static void a_record_holds_the_vectors_of_one_space_only(void **state) {
    (void)state;
    room_index(&room, fatou, &paper);
    agree(fatou, true);
    embed_all(fatou, one);
    size_t count = vectors_of_record(fatou, one);
    assert_true(count > 0);
    assert_int_equal(vectors_of_record(fatou, two), 0);
    assert_int_equal(vectors_of_record(fatou, ""), 0);
    embed_all(fatou, two);
    assert_int_equal(vectors_of_record(fatou, one), count);
    assert_int_equal(vectors_of_record(fatou, two), count);
    assert_int_equal(embedding_forget_other_spaces(db, STR("fake/two/256"), NULL), OK);
    assert_int_equal(vectors_of_record(fatou, one), 0);
    assert_int_equal(vectors_of_record(fatou, two), count);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM embedding_space"), 1);
}

static void a_space_keeps_its_length(void **state) {
    (void)state;
    struct embedding_space space;
    assert_int_equal(embedding_space_find(db, STR("fake/one/256"), &space, NULL), E_NOT_FOUND);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(embedding_space_open(db, STR("fake/one/256"), 256, NOON_US, &space, NULL), OK);
    assert_int_equal(embedding_space_open(db, STR("fake/one/256"), 256, NOON_US, &space, NULL), OK);
    assert_int_equal(
        db_finish(db, embedding_space_open(db, STR("fake/one/256"), 255, NOON_US, &space, NULL), NULL),
        E_CONFLICT);
}

static void vectors_go_with_document_patient_and_consent(void **state) {
    (void)state;
    struct document d;
    int64_t withdrawn;
    int64_t document = room_index(&room, fatou, &paper);
    room_index(&room, awa, &paper);
    agree(fatou, true);
    agree(awa, true);
    embed_all(fatou, one);
    embed_all(awa, one);
    int64_t all = rows();
    /* Read again: other passages, without vectors. */
    room_index_again(&room, document, &paper);
    assert_int_equal(rows(), all / 2);
    embed_all(fatou, one);
    assert_int_equal(document_get(db, room.clinic.t.arena, document, &d, NULL), OK);
    const struct documents documents = { 0 };
    assert_int_equal(
        document_erase(db, room.clinic.t.arena, &documents, &d, room.clinic.doctor.id, NOON_US, NULL), OK);
    assert_int_equal(rows(), all / 2);
    /* Who said no is found, and forgotten. */
    assert_int_equal(embedding_next_withdrawn(db, 0, &withdrawn, NULL), OK);
    assert_int_equal(withdrawn, 0);
    agree(awa, false);
    assert_int_equal(embedding_next_withdrawn(db, 0, &withdrawn, NULL), OK);
    assert_int_equal(withdrawn, awa);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_finish(db, embedding_forget_patient(db, awa, NULL), NULL), OK);
    assert_int_equal(rows(), 0);
}

static void a_passage_that_went_or_is_anothers_gets_no_vector(void **state) {
    (void)state;
    struct unembedded list[8];
    int64_t document = room_index(&room, fatou, &paper);
    agree(fatou, true);
    assert_true(missing(fatou, one, list) > 0);
    put(awa, list[0].chunk_id, list[0].text, one);
    assert_int_equal(rows(), 0);
    room_index_again(&room, document, &paper);
    put(fatou, list[0].chunk_id, list[0].text, one);
    assert_int_equal(rows(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_who_agrees_is_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(what_has_a_vector_is_not_listed_again, setup, teardown),
        cmocka_unit_test_setup_teardown(a_record_holds_the_vectors_of_one_space_only, setup, teardown),
        cmocka_unit_test_setup_teardown(a_space_keeps_its_length, setup, teardown),
        cmocka_unit_test_setup_teardown(vectors_go_with_document_patient_and_consent, setup, teardown),
        cmocka_unit_test_setup_teardown(a_passage_that_went_or_is_anothers_gets_no_vector, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
