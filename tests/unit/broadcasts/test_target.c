/* Whom a target means: every condition alone, and the count that says who is left out. */
#include "broadcasts/station.h"

static int64_t matching(struct station *s, const char *json) {
    struct target t;
    struct target_count c;
    assert_int_equal(target_parse(s->w.t.arena, str_from_c(json), &t, NULL), OK);
    const struct target_needs needs = { .target = &t, .now_us = s->w.now_us, .to_id = INT64_MAX };
    assert_int_equal(target_count(s->w.t.db, s->w.t.arena, &needs, &c, NULL), OK);
    return c.matching;
}

/* NOON_US is 2024-10-04. */
static const struct {
    const char *json;
    int64_t n;
} conditions[] = {
    { "{}", 4 },
    { "{\"gender\":\"F\"}", 1 },
    { "{\"language\":\"wo\"}", 1 },
    { "{\"assigned_to\":5}", 1 },
    { "{\"assigned_to\":6}", 0 },
    { "{\"age_min\":24}", 1 },
    { "{\"age_min\":25}", 0 },
    { "{\"age_max\":24}", 1 },
    { "{\"age_max\":23}", 0 },
    { "{\"age_min\":24,\"age_max\":24}", 1 },
    { "{\"tags\":[\"diabète\"]}", 2 },
    { "{\"tags\":[\"dia\"]}", 0 },
    { "{\"tags\":[\"diabète\",\"100%\"]}", 1 },
    { "{\"tags\":[\"diabète\",\"100%\"],\"tags_match\":\"any\"}", 2 },
    { "{\"tags\":[\"absent\",\"100%\"],\"tags_match\":\"any\"}", 1 },
    { "{\"tags\":[\"100_\"]}", 0 },
    { "{\"document_kind\":\"laboratory\"}", 1 },
    { "{\"document_kind\":\"imaging\"}", 0 },
    { "{\"conditions\":[\"asthme\"]}", 1 },
    { "{\"conditions\":[\"Hypertension\"]}", 1 },
    { "{\"conditions\":[\"rien\",\"Hypertension\",\"asthme\"]}", 2 },
    { "{\"active_after\":\"2024-10-03T00:00:00Z\"}", 1 },
    { "{\"active_before\":\"2024-10-03T00:00:00Z\"}", 3 },
};

static void conditions_choose(void **state) {
    struct station s;
    int64_t first;
    (void)state;
    station_open(&s);
    station_add_many(&s, 4);
    first = station_sql(&s, "SELECT min(id) FROM patient", 0, 0, 0, 0);
    station_sql(
        &s,
        "UPDATE patient SET gender = 'F', date_of_birth = '2000-10-04', medical_history = 'Asthme léger' WHERE id = $1",
        1, first, 0, 0);
    station_sql(&s, "UPDATE patient SET tags = '[\"diabète\",\"100%\"]', language = 'wo' WHERE id = $1", 1,
                first + 1, 0, 0);
    station_sql(
        &s,
        "INSERT INTO app_user (id, email, password_hash, role, full_name, language, is_active, must_change_password, "
        "created_at_us, updated_at_us) VALUES (5, 'd', '', 'doctor', 'Dr N', 'fr', 1, 0, 1, 1)",
        0, 0, 0, 0);
    station_sql(&s, "UPDATE patient SET tags = '[\"diabète\"]', assigned_to = 5 WHERE id = $1", 1, first + 2,
                0, 0);
    station_sql(
        &s,
        "INSERT INTO document (id, patient_id, title, kind, author, title_given, kind_given, date_given, names_another, file_name, "
        "mime, size_bytes, content_hash, blob_name, status, error_code, page_count, illegible_count, created_by, created_at_us, "
        "updated_at_us) VALUES (1, $1, '', 'laboratory', '', 0, 0, 0, 0, '', '', 1, x'00', '', 'indexed', '', 1, 0, 0, 1, 1)",
        1, first + 3, 0, 0);
    station_sql(
        &s,
        "INSERT INTO fact (patient_id, document_id, page, type, x, y, w, h, confidence, quote, name, name_folded, strength, form, "
        "dose, route, frequency, duration, renewals, instruction, value, unit, reference, flag, specimen) VALUES ($1, 1, 1, "
        "'diagnosis', 0, 0, 0, 0, 90, '', 'Hypertension', 'hypertension arterielle', '', '', '', '', '', '', '', '', '', '', '', '', '')",
        1, first + 3, 0, 0);
    station_sql(&s, "INSERT INTO contact (phone, last_in_at_us) SELECT phone, $2 FROM patient WHERE id = $1",
                2, first, s.w.now_us - HOUR_US, 0);
    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        int64_t n = matching(&s, conditions[i].json);
        if (n != conditions[i].n) fail_msg("%s: %lld", conditions[i].json, (long long)n);
    }
    station_close(&s);
}

static void the_count_says_who_is_left_out(void **state) {
    struct station s;
    struct target t;
    struct target_count c;
    (void)state;
    station_open(&s);
    station_add_many(&s, 6);
    station_sql(&s, "UPDATE consent SET granted = 0 WHERE patient_id = (SELECT min(id) FROM patient)", 0, 0,
                0, 0);
    station_sql(&s, "DELETE FROM consent WHERE patient_id = (SELECT min(id) + 1 FROM patient)", 0, 0, 0, 0);
    station_sql(&s, "UPDATE patient SET phone = '' WHERE id = (SELECT min(id) + 2 FROM patient)", 0, 0, 0, 0);
    station_sql(
        &s,
        "UPDATE patient SET shares_phone = 1, phone = (SELECT q.phone FROM patient AS q ORDER BY q.id DESC LIMIT 1) "
        "WHERE id = (SELECT min(id) + 3 FROM patient)",
        0, 0, 0, 0);
    assert_int_equal(target_parse(s.w.t.arena, STR("{}"), &t, NULL), OK);
    const struct target_needs needs = { .target = &t, .now_us = s.w.now_us, .to_id = INT64_MAX };
    assert_int_equal(target_count(s.w.t.db, s.w.t.arena, &needs, &c, NULL), OK);
    assert_int_equal(c.matching, 6);
    assert_int_equal(c.sendable, 2);
    assert_int_equal(c.left_out_count, 4);
    for (size_t i = 0; i < c.left_out_count; i++) assert_int_equal(c.left_out[i].n, 1);
    station_close(&s);
}

/* Without a template, where the carrier asks for one. */
static void the_window_counts(void **state) {
    struct station s;
    struct target t;
    struct target_count c;
    (void)state;
    station_open(&s);
    station_add_many(&s, 3);
    station_sql(
        &s,
        "INSERT INTO contact (phone, last_in_at_us) SELECT phone, $1 FROM patient WHERE id = (SELECT min(id) FROM patient)",
        1, s.w.now_us - HOUR_US, 0, 0);
    assert_int_equal(target_parse(s.w.t.arena, STR("{}"), &t, NULL), OK);
    const struct target_needs needs = {
        .target = &t, .now_us = s.w.now_us, .to_id = INT64_MAX, .window = true
    };
    assert_int_equal(target_count(s.w.t.db, s.w.t.arena, &needs, &c, NULL), OK);
    assert_int_equal(c.sendable, 1);
    assert_string_equal(c.left_out[0].reason, "window_closed");
    station_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_choose),
        cmocka_unit_test(the_count_says_who_is_left_out),
        cmocka_unit_test(the_window_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
