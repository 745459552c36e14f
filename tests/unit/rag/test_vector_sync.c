/*
 * The store outside follows the table: whatever happens to documents, patients and models, and whatever drifted.
 */
#include "rag/vector_sync.h"

#include "documents/document_row.h"
#include "room.h"
#include "support/fake_embedder.h"
#include "test.h"

enum { HELD_MAX = 64 };

/* A store in memory. */
static struct held {
    char space[VECTOR_NAMESPACE_BYTES];
    struct vector_item item;
} held[HELD_MAX];
static size_t held_count;
static int searches, failures; /* failures: calls that fail from now on */
static void (*on_list)(void);

static enum status may_fail(struct err *e) {
    if (failures == 0) return OK;
    failures--;
    return fail(e, E_RETRY, NULL, "the store is down");
}

static void drop(size_t i) {
    held[i] = held[--held_count];
}

static bool is_in(const struct held *h, struct str space) {
    return str_eq(str_from_c(h->space), space);
}

static enum status put(void *ctx, struct arena *a, struct str space, size_t dimensions,
                       const struct vector_item *items, size_t count, struct err *e) {
    (void)ctx, (void)a;
    enum status s = may_fail(e);
    assert_int_equal(dimensions, FAKE_DIMENSIONS);
    for (size_t i = 0; s == OK && i < count; i++) {
        assert_true(held_count < HELD_MAX);
        snprintf(held[held_count].space, VECTOR_NAMESPACE_BYTES, "%.*s", STR_ARG(space));
        held[held_count].item = items[i];
        held[held_count++].item.packed = STR("");
    }
    return s;
}

static enum status list(void *ctx, struct arena *a, struct str space, struct vector_item **out, size_t *count,
                        struct err *e) {
    (void)ctx;
    if (on_list) on_list();
    enum status s = may_fail(e);
    *out = arena_array(a, HELD_MAX, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < held_count; i++)
        if (is_in(&held[i], space)) (*out)[(*count)++] = held[i].item;
    return s;
}

static enum status remove_items(void *ctx, struct arena *a, struct str space, const struct vector_item *items,
                                size_t count, struct err *e) {
    (void)ctx, (void)a;
    enum status s = may_fail(e);
    for (size_t k = 0; s == OK && k < count; k++)
        for (size_t i = held_count; i-- > 0;)
            if (is_in(&held[i], space) && held[i].item.chunk_id == items[k].chunk_id) drop(i);
    return s;
}

static enum status forget(void *ctx, struct arena *a, struct str space, struct err *e) {
    (void)ctx, (void)a;
    enum status s = may_fail(e);
    for (size_t i = held_count; s == OK && i-- > 0;)
        if (is_in(&held[i], space)) drop(i);
    return s;
}

static enum status namespaces(void *ctx, struct arena *a, struct str prefix, struct str **out, size_t *count,
                              struct err *e) {
    (void)ctx;
    enum status s = may_fail(e);
    *out = arena_array(a, HELD_MAX, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < held_count; i++)
        if (str_starts(str_from_c(held[i].space), prefix)) (*out)[(*count)++] = str_from_c(held[i].space);
    return s;
}

/* Answers all that the namespace holds; which is nearest is not looked at here. */
static enum status search(void *ctx, struct arena *a, struct str space, const float *question,
                          size_t dimensions, int64_t deadline_us, struct vector_hit *out, size_t max,
                          size_t *count, struct err *e) {
    (void)ctx, (void)a, (void)question, (void)deadline_us;
    enum status s = may_fail(e);
    assert_int_equal(dimensions, FAKE_DIMENSIONS);
    searches++;
    *count = 0;
    for (size_t i = 0; i < held_count && *count < max; i++)
        if (is_in(&held[i], space))
            out[(*count)++] = (struct vector_hit) { held[i].item.document_id, held[i].item.chunk_id, 0.5F };
    return s;
}

static const struct vector_store store = { .name = "fake",
                                           .search = search,
                                           .list = list,
                                           .put = put,
                                           .remove = remove_items,
                                           .forget = forget,
                                           .namespaces = namespaces };

static const char *const lines[] = { "Dr Martin", "Dakar, le 15/09/2024", "COMPTE RENDU",
                                     "Hyperthermie depuis trois jours, paludisme suspect.", NULL };
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
    held_count = 0;
    searches = failures = 0;
    on_list = NULL;
    fake_embedder_init(&fake, "fake/one/256");
    fake_embedder_init(&second, "fake/two/256");
    room_open_with_store(&room, &fake.embedder, &store);
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

static void run_jobs(void) {
    room_run_jobs(&room, job_arena, &now_us);
}

static void agree(int64_t patient, bool granted) {
    room_agree_to_model(&room, patient, granted, now_us);
}

static void start(void) {
    room_start_jobs(&room, now_us);
}

static size_t vectors(void) {
    return (size_t)room_count(&room, "SELECT count(*) FROM chunk_vector");
}

static void fill(void) {
    agree(fatou, true);
    agree(awa, true);
    room_index(&room, fatou, &paper);
    room_index(&room, fatou, &other_paper);
    room_index(&room, awa, &other_paper);
    run_jobs();
    assert_true(held_count > 2 && held_count == vectors());
}

static void what_comes_and_goes_is_followed(void **state) {
    (void)state;
    struct documents documents = { .indexer = rag_indexer(room.rag) };
    struct document d;
    fill();
    int64_t document = room_index(&room, fatou, &(struct paper) { 0, NULL, lines });
    run_jobs();
    assert_int_equal(held_count, vectors());
    room_index_again(&room, document, &other_paper);
    run_jobs();
    assert_int_equal(held_count, vectors());
    assert_int_equal(document_get(db, room.clinic.t.arena, document, &d, NULL), OK);
    assert_int_equal(
        document_erase(db, room.clinic.t.arena, &documents, &d, room.clinic.doctor.id, now_us, NULL), OK);
    run_jobs();
    assert_int_equal(held_count, vectors());
    for (size_t i = 0; i < held_count; i++) assert_int_not_equal(held[i].item.document_id, document);
    agree(awa, false);
    run_jobs();
    assert_int_equal(held_count, vectors());
    const struct patient_part parts[] = { rag_patient_part(room.rag), { 0 } };
    assert_int_equal(patient_erase(db, &room.clinic.actor, room.clinic.t.arena, fatou, parts, NULL), OK);
    run_jobs();
    assert_int_equal(held_count, 0);
}

static void what_drifted_is_mended_every_day_and_at_each_start(void **state) {
    (void)state;
    fill();
    start();
    run_jobs();
    drop(0);
    held[held_count] = held[0];
    held[held_count++].item = (struct vector_item) { 99, 999, STR("") }; /* a stranger in a namespace */
    char prefix[VECTOR_NAMESPACE_BYTES];
    const struct key key = { 0 };
    vector_namespace_prefix(&key, prefix);
    snprintf(held[held_count].space, VECTOR_NAMESPACE_BYTES, "%.16sffff", prefix); /* a namespace of nobody */
    held[held_count++].item = (struct vector_item) { 1, 1, STR("") };
    snprintf(held[held_count].space, VECTOR_NAMESPACE_BYTES, "other-clinic");
    held[held_count++].item = (struct vector_item) { 1, 1, STR("") };
    run_jobs(); /* nothing is due */
    assert_int_not_equal(held_count, vectors() + 1);
    now_us += DAY_US;
    run_jobs();
    assert_int_equal(held_count, vectors() + 1); /* the other clinic's stays */
    drop(0);
    start();
    run_jobs();
    assert_int_equal(held_count, vectors() + 1);
}

static void a_store_that_is_down_is_tried_again(void **state) {
    (void)state;
    agree(fatou, true);
    room_index(&room, fatou, &paper);
    failures = 2;
    run_jobs();
    assert_int_equal(held_count, 0);
    for (int i = 0; i < 3; i++) {
        now_us += MINUTE_US;
        run_jobs();
    }
    assert_int_equal(held_count, vectors());
}

static void index_another(void) {
    on_list = NULL;
    room_index(&room, fatou, &other_paper);
}

static void what_changes_while_a_sync_runs_is_not_forgotten(void **state) {
    (void)state;
    agree(fatou, true);
    room_index(&room, fatou, &paper);
    on_list = index_another;
    run_jobs();
    assert_int_equal(held_count, vectors());
    assert_true(held_count > 1);
}

static void another_model_moves_to_other_namespaces(void **state) {
    (void)state;
    char before[VECTOR_NAMESPACE_BYTES];
    fill();
    memcpy(before, held[0].space, sizeof before);
    room_restart_with_store(&room, &second.embedder, &store);
    start();
    run_jobs();
    assert_int_equal(held_count, vectors());
    for (size_t i = 0; i < held_count; i++) assert_string_not_equal(held[i].space, before);
}

static void a_search_outside_counts_only_when_it_agrees_with_the_record(void **state) {
    (void)state;
    struct rag_answer plain, again;
    struct str said;
    fill();
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &plain), OK);
    assert_true(plain.grounded);
    assert_int_equal(searches, 1);
    assert_true(arena_dup(room.clinic.t.arena, plain.text, &said));
    for (size_t i = held_count; i-- > 0;)
        if (held[i].item.document_id == 1) held[i].item = (struct vector_item) { 77, 777, STR("") };
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &again), OK);
    assert_str_equal(again.text, said);
    failures = 1;
    assert_int_equal(room_ask(&room, fatou, "hyperthermie depuis combien de jours ?", "", &again), OK);
    assert_str_equal(again.text, said);
    assert_int_equal(searches, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_comes_and_goes_is_followed, setup, teardown),
        cmocka_unit_test_setup_teardown(what_drifted_is_mended_every_day_and_at_each_start, setup, teardown),
        cmocka_unit_test_setup_teardown(a_store_that_is_down_is_tried_again, setup, teardown),
        cmocka_unit_test_setup_teardown(what_changes_while_a_sync_runs_is_not_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(another_model_moves_to_other_namespaces, setup, teardown),
        cmocka_unit_test_setup_teardown(a_search_outside_counts_only_when_it_agrees_with_the_record, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
