#include "patients/clinic.h"

#include "base/buf.h"
#include "queries.h"

static int64_t count(struct clinic *c, const struct db_query *q) {
    int64_t n = -1;
    assert_int_equal(db_get_i64(c->t.db, q, NULL, &n, NULL), OK);
    return n;
}

struct jobs {
    int count;
    char payload[200];
};

static enum status take_job(void *ctx, const struct db_val *col, struct err *e) {
    struct jobs *jobs = ctx;
    (void)e, (void)col;
    jobs->count++;
    return OK;
}

/* Unfinished activation jobs. */
static int activation_jobs(struct clinic *c) {
    struct jobs jobs = { 0 };
    const struct db_val in[] = { db_text(STR(PATIENT_JOB_SEND_ACTIVATION)) };
    assert_int_equal(db_run(c->t.db, &q_job_head, in, take_job, &jobs, NULL, NULL), OK);
    return jobs.count;
}

static void what_was_written_is_read(void **state) {
    struct clinic c;
    struct patient p, by_phone;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Aïssatou", "N'Diaye", "+221771234567");
    p = clinic_get(&c, id);
    assert_str_equal(p.first_name, STR("Aïssatou"));
    assert_str_equal(p.phone, STR("+221771234567"));
    assert_int_equal(p.date_of_birth.day, 31);
    assert_str_equal(p.gender, STR("F"));
    assert_int_equal(p.status, PATIENT_PENDING);
    assert_int_equal(p.created_by, c.doctor.id);
    assert_int_equal(p.created_at_us, NOON_US);
    assert_int_equal(p.activated_at_us, 0);
    assert_int_equal(patient_get_by_phone(c.t.db, c.t.arena, STR("+221771234567"), &by_phone, NULL), OK);
    assert_int_equal(by_phone.id, id);
    struct err e = { 0 };
    assert_int_equal(patient_get(c.t.db, c.t.arena, id + 1, &p, &e), E_NOT_FOUND);
    assert_string_equal(e.message->code, "patient_unknown");
    assert_int_equal(patient_check_exists(c.t.db, id, NULL), OK);
    assert_int_equal(patient_check_exists(c.t.db, id + 1, NULL), E_NOT_FOUND);
    assert_int_equal(activation_jobs(&c), 1);
    clinic_close(&c);
}

static void a_phone_belongs_to_one(void **state) {
    struct clinic c;
    struct err e = { 0 };

    (void)state;
    clinic_open(&c);
    clinic_add(&c, "Awa", "Diop", "+221771234567");
    struct patient twin = clinic_person("Binta", "Sow", "+221771234567");
    assert_int_equal(patient_create(c.t.db, &c.actor, c.t.arena, &twin, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "phone_taken");
    assert_int_equal(count(&c, &q_patient_count_all), 1);
    int64_t other = clinic_add(&c, "Binta", "Sow", "+221771234568");
    struct patient_edit edit = { FIELD_PHONE, patient_blank() };
    edit.value.phone = STR("+221771234567");
    e = (struct err) { 0 };
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, other, &edit, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "phone_taken");
    assert_str_equal(clinic_get(&c, other).phone, STR("+221771234568"));
    clinic_close(&c);
}

static void an_edit_changes_what_it_names(void **state) {
    struct clinic c;
    struct patient before, after;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    before = clinic_get(&c, id);
    struct patient_edit edit = { FIELD_ALLERGIES | FIELD_ASSIGNED_TO, patient_blank() };
    edit.value.allergies = STR("Arachide");
    edit.value.assigned_to = c.doctor.id;
    c.actor.now_us += SECOND_US;
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    after = clinic_get(&c, id);
    assert_str_equal(after.allergies, STR("Arachide"));
    assert_str_equal(after.first_name, STR("Awa"));
    assert_int_equal(after.assigned_to, c.doctor.id);
    assert_int_equal(after.updated_at_us, before.updated_at_us + SECOND_US);
    assert_true(after.record_version > before.record_version);
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id + 1, &edit, NULL), E_NOT_FOUND);
    clinic_close(&c);
}

/* Whoever answers at a new number has not confirmed. */
static void a_new_number_makes_an_active_record_pending(void **state) {
    struct clinic c;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    struct patient_edit edit = { FIELD_STATUS, patient_blank() };
    edit.value.status = PATIENT_ACTIVE;
    c.actor.now_us++;
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    assert_int_equal(clinic_get(&c, id).status, PATIENT_ACTIVE);
    assert_int_equal(clinic_get(&c, id).activated_at_us, c.actor.now_us);
    edit = (struct patient_edit) { FIELD_PHONE, patient_blank() };
    edit.value.phone = STR("+221771234567");
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    assert_int_equal(clinic_get(&c, id).status, PATIENT_ACTIVE);
    edit.value.phone = STR("+221771234500");
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    assert_int_equal(clinic_get(&c, id).status, PATIENT_PENDING);
    clinic_close(&c);
}

static void touching_moves_the_version_alone(void **state) {
    struct clinic c;
    int64_t before, after;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    assert_int_equal(patient_record_version(c.t.db, id, &before, NULL), OK);
    assert_int_equal(db_begin(c.t.db, NULL), OK);
    assert_int_equal(db_finish(c.t.db, patient_touch_record(c.t.db, id, NULL), NULL), OK);
    assert_int_equal(patient_record_version(c.t.db, id, &after, NULL), OK);
    assert_true(after > before);
    assert_int_equal(clinic_get(&c, id).updated_at_us, NOON_US);
    clinic_close(&c);
}

/* A part of another room that counts what it is asked. */
struct other_room {
    int64_t erased_id;
    char erased_phone[20];
    enum status answer;
};

static enum status erase_part(void *ctx, struct db *db, struct arena *a, int64_t id, struct str phone,
                              int64_t now_us, struct err *e) {
    struct other_room *room = ctx;
    (void)a, (void)now_us;
    assert_true(db_in_transaction(db));
    room->erased_id = id;
    snprintf(room->erased_phone, sizeof room->erased_phone, "%.*s", STR_ARG(phone));
    return room->answer == OK ? OK : fail(e, room->answer, NULL, "no");
}

static void erasing_takes_everything_along_or_nothing(void **state) {
    struct clinic c;
    struct other_room room = { .answer = E_RETRY };
    const struct patient_part parts[] = { { .name = "other", .ctx = &room, .erase = erase_part }, { 0 } };

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    assert_int_equal(patient_erase(c.t.db, &c.actor, c.t.arena, id, parts, NULL), E_RETRY);
    assert_int_equal(count(&c, &q_patient_count_all), 1);
    room.answer = OK;
    assert_int_equal(patient_erase(c.t.db, &c.actor, c.t.arena, id, parts, NULL), OK);
    assert_int_equal(room.erased_id, id);
    assert_string_equal(room.erased_phone, "+221771234567");
    assert_int_equal(count(&c, &q_patient_count_all), 0);
    assert_int_equal(patient_erase(c.t.db, &c.actor, c.t.arena, id, parts, NULL), E_NOT_FOUND);
    clinic_close(&c);
}

static void a_version_never_comes_back_with_an_id(void **state) {
    struct clinic c;
    int64_t first, second;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    assert_int_equal(patient_record_version(c.t.db, id, &first, NULL), OK);
    assert_int_equal(patient_erase(c.t.db, &c.actor, c.t.arena, id, NULL, NULL), OK);
    c.actor.now_us += SECOND_US;
    int64_t next = clinic_add(&c, "Binta", "Sow", "+221771234568");
    assert_int_equal(patient_record_version(c.t.db, next, &second, NULL), OK);
    assert_true(next != id || second > first);
    clinic_close(&c);
}

static void another_activation_message_is_for_those_who_are_not_active(void **state) {
    struct clinic c;
    struct err e = { 0 };

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    assert_int_equal(patient_resend_activation(c.t.db, &c.actor, c.t.arena, id, NULL), OK);
    struct patient_edit edit = { FIELD_STATUS, patient_blank() };
    edit.value.status = PATIENT_ACTIVE;
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    assert_int_equal(patient_resend_activation(c.t.db, &c.actor, c.t.arena, id, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "patient_is_active");
    assert_int_equal(patient_resend_activation(c.t.db, &c.actor, c.t.arena, id + 1, NULL), E_NOT_FOUND);
    clinic_close(&c);
}

/* The list as one JSON text. */
static struct str list(struct clinic *c, const char *word, const char *status, enum patient_order order,
                       int64_t *total) {
    struct patient_filter f = { .status = str_from_c(status), .order = order, .limit = 10 };
    struct buf out;
    struct json_out json = json_out_to(&out);
    struct str text;

    for (size_t i = 0; i < PATIENT_SEARCH_WORDS_MAX; i++) f.words[i] = STR("");
    f.words[0] = str_from_c(word);
    buf_init(&out, 100000);
    assert_int_equal(patient_count(c->t.db, &f, total, NULL), OK);
    json_put_array(&json);
    assert_int_equal(patient_list(c->t.db, &f, &json, NULL), OK);
    json_put_array_end(&json);
    assert_true(arena_dup(c->t.arena, buf_str(&out), &text));
    buf_done(&out);
    return text;
}

static void lists_are_filtered_and_ordered(void **state) {
    struct clinic c;
    int64_t total;

    (void)state;
    clinic_open(&c);
    clinic_add(&c, "Aïssatou", "N'Diaye-Bâ", "+221771234567");
    c.actor.now_us++;
    clinic_add(&c, "Moussa", "Éloi", "+221771234568");
    c.actor.now_us++;
    clinic_add(&c, "Fatou", "Zadi", "+221771239999");
    list(&c, "%ndiaye%", "", ORDER_CREATED_DESC, &total);
    assert_int_equal(total, 1);
    list(&c, "%9999%", "", ORDER_CREATED_DESC, &total);
    assert_int_equal(total, 1);
    list(&c, "", "active", ORDER_CREATED_DESC, &total);
    assert_int_equal(total, 0);
    struct str by_name = list(&c, "", "", ORDER_LAST_NAME, &total);
    assert_int_equal(total, 3);
    assert_true(str_find(by_name, STR("Éloi")) < str_find(by_name, STR("Diaye")));
    assert_true(str_find(by_name, STR("Diaye")) < str_find(by_name, STR("Zadi")));
    struct str newest = list(&c, "", "pending", ORDER_CREATED_DESC, &total);
    assert_true(str_find(newest, STR("Zadi")) < str_find(newest, STR("Éloi")));
    for (int order = 0; order < ORDER_COUNT; order++)
        list(&c, "%o%", "pending", (enum patient_order)order, &total);
    clinic_close(&c);
}

static void the_number_alone_tells_whether_it_is_active(void **state) {
    struct clinic c;
    struct buf out;
    struct json_out json = json_out_to(&out);

    (void)state;
    clinic_open(&c);
    clinic_add(&c, "Awa", "Diop", "+221771234567");
    buf_init(&out, 1000);
    assert_int_equal(patient_write_active(c.t.db, STR("+221771234567"), &json, NULL), OK);
    assert_str_equal(
        buf_str(&out),
        STR("{\"active\":false,\"patient\":{\"id\":1,\"first_name\":\"Awa\",\"language\":\"fr\"}}"));
    assert_int_equal(patient_write_active(c.t.db, STR("+221771234560"), &json, NULL), E_NOT_FOUND);
    buf_done(&out);
    clinic_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_phone_belongs_to_one),
        cmocka_unit_test(an_edit_changes_what_it_names),
        cmocka_unit_test(a_new_number_makes_an_active_record_pending),
        cmocka_unit_test(touching_moves_the_version_alone),
        cmocka_unit_test(erasing_takes_everything_along_or_nothing),
        cmocka_unit_test(a_version_never_comes_back_with_an_id),
        cmocka_unit_test(another_activation_message_is_for_those_who_are_not_active),
        cmocka_unit_test(lists_are_filtered_and_ordered),
        cmocka_unit_test(the_number_alone_tells_whether_it_is_active),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
