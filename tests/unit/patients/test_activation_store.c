#include "patients/clinic.h"

#include "accounts/audit.h"
#include "patients/activation.h"
#include "queries.h"

static void create(struct clinic *c, int64_t id, int64_t now_us, char token[TOKEN_TEXT_BYTES]) {
    struct patient p = clinic_get(c, id);
    assert_int_equal(db_begin(c->t.db, NULL), OK);
    assert_int_equal(db_finish(c->t.db, activation_create(c->t.db, &p, now_us, token, NULL), NULL), OK);
}

static const char *use(struct clinic *c, const char *token, int64_t now_us) {
    struct err e = { 0 };
    struct patient p;
    enum status s = activation_use(c->t.db, c->t.arena, str_from_c(token), now_us, &p, &e);
    if (s == OK) assert_int_equal(p.status, PATIENT_ACTIVE);
    return s == OK ? "ok" : e.message->code;
}

static bool granted(struct clinic *c, int64_t id, enum consent_purpose purpose) {
    bool yes = false;
    assert_int_equal(consent_is_granted(c->t.db, id, purpose, &yes, NULL), OK);
    return yes;
}

static int64_t notifications(struct clinic *c) {
    const struct db_val all = db_int(0);
    int64_t n = -1;
    assert_int_equal(db_get_i64(c->t.db, &q_notification_count, &all, &n, NULL), OK);
    return n;
}

static void a_link_activates_once(void **state) {
    struct clinic c;
    char token[TOKEN_TEXT_BYTES];
    bool open;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    create(&c, id, NOON_US, token);
    assert_int_equal(activation_is_open(c.t.db, id, NOON_US, &open, NULL), OK);
    assert_true(open);
    assert_string_equal(use(&c, token, NOON_US + HOUR_US), "ok");
    struct patient p = clinic_get(&c, id);
    assert_int_equal(p.status, PATIENT_ACTIVE);
    assert_int_equal(p.activated_at_us, NOON_US + HOUR_US);
    assert_true(granted(&c, id, CONSENT_MESSAGES));
    assert_true(granted(&c, id, CONSENT_ASSISTANT));
    assert_false(granted(&c, id, CONSENT_EXTERNAL_MODEL));
    assert_int_equal(notifications(&c), 1);
    assert_string_equal(use(&c, token, NOON_US + HOUR_US), "activation_used");
    assert_int_equal(notifications(&c), 1);
    assert_int_equal(activation_is_open(c.t.db, id, NOON_US, &open, NULL), OK);
    assert_false(open);
    clinic_close(&c);
}

static void a_link_ends(void **state) {
    struct clinic c;
    char first[TOKEN_TEXT_BYTES], second[TOKEN_TEXT_BYTES];

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    create(&c, id, NOON_US, first);
    create(&c, id, NOON_US, second);
    assert_string_equal(use(&c, first, NOON_US), "activation_used"); /* replaced by the second */
    assert_string_equal(use(&c, second, NOON_US + ACTIVATION_LIFE_US), "activation_expired");
    assert_string_equal(use(&c, "x", NOON_US), "activation_unknown");
    first[0] = first[0] == 'a' ? 'b' : 'a';
    assert_string_equal(use(&c, first, NOON_US), "activation_unknown");
    struct patient_edit edit = { FIELD_PHONE, patient_blank() };
    edit.value.phone = STR("+221770000000");
    assert_int_equal(patient_update(c.t.db, &c.actor, c.t.arena, id, &edit, NULL), OK);
    assert_string_equal(use(&c, second, NOON_US), "activation_expired"); /* for the number that it had */
    assert_int_equal(clinic_get(&c, id).status, PATIENT_PENDING);
    clinic_close(&c);
}

static enum status confirm(struct clinic *c, const char *phone, const char *token, bool valid,
                           const char **code) {
    struct confirmation by = { CONSENT_BY_CONFIRM, c->doctor.id };
    struct err e = { 0 };
    struct patient p;
    enum status s = patient_confirm_phone(c->t.db, c->t.arena, str_from_c(phone), str_from_c(token), valid,
                                          &by, NOON_US, &p, &e);
    *code = e.message ? e.message->code : "";
    return s;
}

static void a_number_is_confirmed_with_its_own_token(void **state) {
    struct clinic c;
    char token[TOKEN_TEXT_BYTES];
    const char *code;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    int64_t other = clinic_add(&c, "Binta", "Sow", "+221771234568");
    create(&c, id, NOON_US, token);
    assert_int_equal(confirm(&c, "+221771234568", token, true, &code), E_NOT_FOUND);
    assert_string_equal(code, "activation_unknown");
    assert_int_equal(clinic_get(&c, other).status, PATIENT_PENDING);
    assert_int_equal(confirm(&c, "+221771234500", "", true, &code), E_NOT_FOUND);
    assert_string_equal(code, "patient_unknown");
    assert_int_equal(confirm(&c, "+221771234567", token, true, &code), OK);
    assert_int_equal(clinic_get(&c, id).status, PATIENT_ACTIVE);
    assert_int_equal(confirm(&c, "+221771234567", token, true, &code), OK); /* again: nothing changes */
    assert_int_equal(confirm(&c, "+221771234567", "", false, &code), OK);
    assert_int_equal(clinic_get(&c, id).status, PATIENT_INACTIVE);
    assert_false(granted(&c, id, CONSENT_MESSAGES));
    assert_false(granted(&c, id, CONSENT_ASSISTANT));
    assert_string_equal(use(&c, token, NOON_US), "activation_used");
    clinic_close(&c);
}

static void a_consent_said_twice_is_one_row(void **state) {
    struct clinic c;
    int64_t rows;
    bool withdrawn;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    assert_int_equal(consent_is_withdrawn(c.t.db, id, CONSENT_MESSAGES, &withdrawn, NULL), OK);
    assert_false(withdrawn); /* not asked is not a no */
    assert_int_equal(db_begin(c.t.db, NULL), OK);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(
            consent_record(c.t.db, id, CONSENT_MESSAGES, i < 2, CONSENT_BY_STAFF, c.doctor.id, NOON_US, NULL),
            OK);
    }
    assert_int_equal(db_finish(c.t.db, OK, NULL), OK);
    const struct db_val key = db_int(id);
    assert_int_equal(db_get_i64(c.t.db, &q_consent_count, &key, &rows, NULL), OK);
    assert_int_equal(rows, 2);
    assert_int_equal(consent_is_withdrawn(c.t.db, id, CONSENT_MESSAGES, &withdrawn, NULL), OK);
    assert_true(withdrawn);
    clinic_close(&c);
}

static void the_audit_chain_holds(void **state) {
    struct clinic c;
    char token[TOKEN_TEXT_BYTES];
    int64_t checked, broken;

    (void)state;
    clinic_open(&c);
    int64_t id = clinic_add(&c, "Awa", "Diop", "+221771234567");
    create(&c, id, NOON_US, token);
    assert_string_equal(use(&c, token, NOON_US), "ok");
    assert_int_equal(patient_erase(c.t.db, &c.actor, c.t.arena, id, NULL, NULL), OK);
    assert_int_equal(audit_verify(c.t.db, &checked, &broken, NULL), OK);
    assert_int_equal(broken, 0);
    assert_int_equal(checked, 4); /* the doctor's account, create, activate, erase */
    assert_int_equal(notifications(&c), 0);
    clinic_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_activates_once),
        cmocka_unit_test(a_link_ends),
        cmocka_unit_test(a_number_is_confirmed_with_its_own_token),
        cmocka_unit_test(a_consent_said_twice_is_one_row),
        cmocka_unit_test(the_audit_chain_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
