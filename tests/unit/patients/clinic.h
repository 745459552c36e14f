#ifndef UNIT_PATIENTS_CLINIC_H
#define UNIT_PATIENTS_CLINIC_H
/* clinic -- a database with one doctor, and people to put into it. */
#include "test.h"

#include "accounts/user.h"
#include "patients/patient_store.h"
#include "support/temp_db.h"

#define NOON_US (INT64_C(20000) * DAY_US + 12 * HOUR_US)

struct clinic {
    struct temp_db t;
    struct user doctor;
    struct patient_actor actor;
};

static inline void clinic_open(struct clinic *c) {
    temp_db_open(&c->t);
    c->doctor = (struct user) { .email = STR("doc@exemple.sn"),
                                .password_hash = STR("x"),
                                .full_name = STR("Dr Awa Ndiaye"),
                                .role = ROLE_DOCTOR,
                                .is_active = true };
    assert_int_equal(user_create(c->t.db, &c->doctor, 0, NOON_US, NULL), OK);
    c->actor = (struct patient_actor) { c->doctor.id, NULL, NOON_US };
}

static inline void clinic_close(struct clinic *c) {
    temp_db_close(&c->t);
}

static inline struct patient clinic_person(const char *first, const char *last, const char *phone) {
    struct patient p = patient_blank();
    p.first_name = str_from_c(first);
    p.last_name = str_from_c(last);
    p.phone = str_from_c(phone);
    p.email = STR("awa@exemple.sn");
    p.date_of_birth = (struct date) { 1980, 1, 31 };
    p.gender = STR("F");
    p.allergies = STR("Pénicilline");
    return p;
}

static inline int64_t clinic_add(struct clinic *c, const char *first, const char *last, const char *phone) {
    struct patient p = clinic_person(first, last, phone);
    assert_int_equal(patient_create(c->t.db, &c->actor, c->t.arena, &p, NULL), OK);
    return p.id;
}

static inline struct patient clinic_get(struct clinic *c, int64_t id) {
    struct patient p = { 0 };
    assert_int_equal(patient_get(c->t.db, c->t.arena, id, &p, NULL), OK);
    return p;
}

#endif
