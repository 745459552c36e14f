/* Several people behind one number: nothing of one may reach the other. */
#include "sessions/house.h"

static bool asks_who(struct str body) {
    return house_holds(body, "Qui écrit ?");
}

struct family {
    struct house h;
    int64_t awa, moussa;
    char awa_code[ACCESS_CODE_DIGITS + 1], moussa_code[ACCESS_CODE_DIGITS + 1];
};

static void family_open(struct family *f) {
    house_open(&f->h);
    f->awa = house_add(&f->h, "Awa", AWA_PHONE, false);
    f->moussa = house_add(&f->h, "Moussa", AWA_PHONE, true);
    house_code(&f->h, f->awa, f->awa_code);
    house_code(&f->h, f->moussa, f->moussa_code);
}

static struct str say(struct family *f, const char *text) {
    f->h.w.now_us += SECOND_US;
    return house_say(&f->h, AWA_PHONE, text);
}

/* A code that is neither's. */
static const char *wrong_code(const struct family *f) {
    static const char *const codes[] = { "111111", "222222", "333333" };
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (strcmp(codes[i], f->awa_code) != 0 && strcmp(codes[i], f->moussa_code) != 0) return codes[i];
    return codes[0];
}

static void who_writes_is_asked_and_a_code_opens_one_record(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    struct str who = say(&f, "Quelle est ma dernière ordonnance ?");
    assert_true(asks_who(who));
    assert_true(house_holds(who, "1. Awa\n2. Moussa\n"));
    assert_false(house_holds(who, "Diop"));
    assert_int_equal(f.h.w.asked, 0);
    assert_true(house_holds(say(&f, "2"), "Moussa, envoyez votre code"));
    assert_true(house_holds(say(&f, f.moussa_code), "Merci Moussa"));
    assert_str_equal(say(&f, "Quelle est ma dernière ordonnance ?"), STR("Dossier de Moussa."));
    struct message_row m = world_newest(&f.h.w, AWA_PHONE, "out");
    assert_int_equal(m.patient_id, f.moussa);
    assert_true(house_holds(str_from_c(f.h.w.ask_session), "whatsapp_221771234567_"));
    char suffix[24];
    snprintf(suffix, sizeof suffix, "_%lld", (long long)f.moussa);
    assert_true(house_holds(str_from_c(f.h.w.ask_session), suffix));
    assert_int_equal(house_session(&f.h).patient_id, f.moussa);
    house_close(&f.h);
}

static void a_first_name_answers_as_well(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    assert_true(house_holds(say(&f, "awa"), "Awa, envoyez votre code"));
    assert_true(house_holds(say(&f, f.awa_code), "Merci Awa"));
    assert_str_equal(say(&f, "Et mes allergies ?"), STR("Dossier de Awa."));
    house_close(&f.h);
}

static void a_name_that_two_have_is_no_answer(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    house_add(&f.h, "Awa", AWA_PHONE, true);
    say(&f, "Bonjour");
    assert_true(asks_who(say(&f, "Awa")));
    assert_true(house_holds(say(&f, "3"), "Demandez-le à la clinique")); /* she has no code */
    assert_true(asks_who(say(&f, "4")));
    house_close(&f.h);
}

static void the_code_of_one_does_not_open_the_other(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "2");
    assert_true(house_holds(say(&f, f.awa_code), "pas le bon"));
    assert_int_equal(house_session(&f.h).patient_id, 0);
    house_close(&f.h);
}

static void a_code_out_of_turn_opens_nothing(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    assert_true(asks_who(say(&f, f.awa_code)));
    assert_false(house_holds(world_newest(&f.h.w, AWA_PHONE, "in").body, f.awa_code));
    assert_true(asks_who(say(&f, "mes résultats")));
    assert_int_equal(f.h.w.asked, 0);
    house_close(&f.h);
}

static void five_wrong_codes_lock_for_an_hour_and_the_doctor_is_told(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    for (int i = 0; i < ACCESS_CODE_TRIES - 1; i++) {
        say(&f, "2");
        assert_true(house_holds(say(&f, wrong_code(&f)), "pas le bon"));
    }
    assert_int_equal(house_told(&f.h, "access_code.locked"), 0);
    assert_true(house_holds(say(&f, wrong_code(&f)), "bloqué"));
    assert_int_equal(house_told(&f.h, "access_code.locked"), 1);
    assert_true(house_holds(say(&f, "2"), "bloqué"));
    assert_true(asks_who(say(&f, f.moussa_code))); /* no code is expected: the right one does nothing */
    assert_true(house_holds(say(&f, "1"), "Awa, envoyez")); /* the other one is not locked */
    f.h.w.now_us += ACCESS_CODE_LOCK_US;
    say(&f, "Bonjour");
    say(&f, "2");
    assert_true(house_holds(say(&f, f.moussa_code), "Merci Moussa"));
    house_close(&f.h);
}

static void many_wrong_codes_at_once_are_counted_each(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "2");
    for (int i = 0; i < 2 * ACCESS_CODE_TRIES; i++) house_hear(&f.h, AWA_PHONE, wrong_code(&f));
    house_hear(&f.h, AWA_PHONE, f.moussa_code);
    world_run(&f.h.w);
    assert_int_equal(house_told(&f.h, "access_code.locked"), 1);
    assert_int_equal(house_session(&f.h).patient_id, 0);
    assert_true(asks_who(say(&f, "mes résultats")));
    house_close(&f.h);
}

static void half_an_hour_of_silence_asks_again(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "1");
    say(&f, f.awa_code);
    f.h.w.now_us += 29 * MINUTE_US;
    assert_str_equal(say(&f, "Mes allergies ?"), STR("Dossier de Awa."));
    f.h.w.now_us += 29 * MINUTE_US;
    assert_str_equal(say(&f, "Mes allergies ?"), STR("Dossier de Awa."));
    f.h.w.now_us += 30 * MINUTE_US;
    assert_true(asks_who(say(&f, "Mes allergies ?")));
    assert_int_equal(f.h.w.asked, 2);
    house_close(&f.h);
}

static void changer_starts_over(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "1");
    say(&f, f.awa_code);
    assert_true(asks_who(say(&f, "Changer !")));
    assert_true(asks_who(say(&f, "Mes allergies ?")));
    assert_int_equal(f.h.w.asked, 0);
    house_close(&f.h);
}

/* Everything comes before anything is answered, and the jobs run in whatever order. */
static void what_two_people_write_at_once_is_answered_in_turn(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "1");
    say(&f, f.awa_code);
    const char *const said[] = { "Mon ordonnance ?", "CHANGER",         "Mon ordonnance ?", "2",
                                 f.moussa_code,      "Mon ordonnance ?" };
    const int64_t whose[] = { f.awa, f.awa, 0, 0, f.moussa, f.moussa };
    int64_t first = world_newest(&f.h.w, AWA_PHONE, "out").id + 1; /* behind "Merci Awa" */
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        f.h.w.now_us += SECOND_US;
        house_hear(&f.h, AWA_PHONE, said[i]);
    }
    /* The last one's job first. */
    static const struct db_query turn_round = {
        "turn",
        "UPDATE job SET due_at_us = due_at_us - id * 10000000 WHERE kind = 'inbound.process' AND state <> 'done'",
        -1, 0, 0
    };
    assert_int_equal(db_begin(f.h.w.t.db, NULL), OK);
    assert_int_equal(
        db_finish(f.h.w.t.db, db_run(f.h.w.t.db, &turn_round, NULL, NULL, NULL, NULL, NULL), NULL), OK);
    world_run(&f.h.w);
    for (size_t i = 0; i < COUNT_OF(whose); i++) {
        struct message_row m;
        assert_int_equal(message_get(f.h.w.t.db, f.h.w.t.arena, first + (int64_t)i, &m, NULL), OK);
        assert_int_equal(m.status, MESSAGE_PROCESSED);
        assert_int_equal(m.patient_id, whose[i]);
    }
    assert_int_equal(house_count(&f.h, "SELECT count(*) FROM message WHERE body = 'Dossier de Awa.'"), 1);
    assert_int_equal(house_count(&f.h, "SELECT count(*) FROM message WHERE body = 'Dossier de Moussa.'"), 1);
    assert_int_equal(
        house_count(
            &f.h,
            "SELECT count(*) FROM message a JOIN message q ON a.answers_id = q.id WHERE a.body LIKE 'Dossier%' AND "
            "(q.patient_id IS NULL OR a.patient_id <> q.patient_id)"),
        0);
    house_close(&f.h);
}

static void a_code_is_kept_nowhere(void **state) {
    struct family f;
    char sql[200];
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "2");
    say(&f, f.moussa_code);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM message WHERE body LIKE '%%%s%%'", f.moussa_code);
    assert_int_equal(house_count(&f.h, sql), 0);
    house_close(&f.h);
}

static void a_danger_sign_is_answered_whoever_writes(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    assert_str_equal(say(&f, "j'ai mal à la poitrine"), STR("Appelez le 1515."));
    assert_int_equal(house_told(&f.h, "conversation.danger"), 1);
    assert_int_equal(house_count(&f.h, "SELECT count(*) FROM job WHERE kind = 'notification.mail'"), 1);
    house_close(&f.h);
}

static void stop_is_for_the_number_and_start_for_the_person(void **state) {
    struct family f;
    bool awa = false, moussa = false;
    (void)state;
    family_open(&f);
    say(&f, "STOP");
    assert_int_equal(consent_is_withdrawn(f.h.w.t.db, f.awa, CONSENT_MESSAGES, &awa, NULL), OK);
    assert_int_equal(consent_is_withdrawn(f.h.w.t.db, f.moussa, CONSENT_MESSAGES, &moussa, NULL), OK);
    assert_true(awa && moussa);
    assert_true(asks_who(say(&f, "START")));
    say(&f, "1");
    say(&f, f.awa_code);
    say(&f, "START");
    assert_int_equal(consent_is_withdrawn(f.h.w.t.db, f.awa, CONSENT_MESSAGES, &awa, NULL), OK);
    assert_int_equal(consent_is_withdrawn(f.h.w.t.db, f.moussa, CONSENT_MESSAGES, &moussa, NULL), OK);
    assert_true(!awa && moussa);
    house_close(&f.h);
}

static void a_doctor_says_for_whom_a_reply_is(void **state) {
    struct family f;
    (void)state;
    family_open(&f);
    say(&f, "Bonjour");
    say(&f, "1");
    say(&f, f.awa_code);
    assert_int_equal(house_take(&f.h, f.h.doctor_id, false), OK);
    assert_int_equal(house_reply(&f.h, f.h.doctor_id, "Tout va bien.", false, 0), E_INVALID);
    assert_int_equal(house_reply(&f.h, f.h.doctor_id, "Tout va bien.", true, f.awa), OK);
    say(&f, "CHANGER");
    assert_int_equal(house_reply(&f.h, f.h.doctor_id, "Votre test est positif.", true, f.awa), E_CONFLICT);
    assert_false(house_holds(world_newest(&f.h.w, AWA_PHONE, "out").body, "positif"));
    house_close(&f.h);
}

static void only_a_number_that_is_shared_on_purpose_is(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    struct patient_actor actor = { h.doctor_id, NULL, h.w.now_us };
    struct patient p = patient_blank();
    p.first_name = p.last_name = STR("Binta");
    p.phone = AWA_PHONE;
    assert_int_equal(patient_create(h.w.t.db, &actor, h.w.t.arena, &p, NULL), E_CONFLICT);
    assert_str_equal(house_say(&h, AWA_PHONE, "Mes allergies ?"), STR("Dossier de Awa."));
    p.shares_phone = true; /* not active yet: Awa still need not say who she is */
    assert_int_equal(patient_create(h.w.t.db, &actor, h.w.t.arena, &p, NULL), OK);
    world_run(&h.w);
    assert_str_equal(house_say(&h, AWA_PHONE, "Mes allergies ?"), STR("Dossier de Awa."));
    /* A yes is for the one who was sent a link; from then on who writes is asked. */
    house_say(&h, AWA_PHONE, "OUI");
    assert_int_equal(world_patient(&h.w, p.id).status, PATIENT_ACTIVE);
    assert_true(asks_who(house_say(&h, AWA_PHONE, "Mes allergies ?")));
    house_close(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_writes_is_asked_and_a_code_opens_one_record),
        cmocka_unit_test(a_first_name_answers_as_well),
        cmocka_unit_test(a_name_that_two_have_is_no_answer),
        cmocka_unit_test(the_code_of_one_does_not_open_the_other),
        cmocka_unit_test(a_code_out_of_turn_opens_nothing),
        cmocka_unit_test(five_wrong_codes_lock_for_an_hour_and_the_doctor_is_told),
        cmocka_unit_test(many_wrong_codes_at_once_are_counted_each),
        cmocka_unit_test(half_an_hour_of_silence_asks_again),
        cmocka_unit_test(changer_starts_over),
        cmocka_unit_test(what_two_people_write_at_once_is_answered_in_turn),
        cmocka_unit_test(a_code_is_kept_nowhere),
        cmocka_unit_test(a_danger_sign_is_answered_whoever_writes),
        cmocka_unit_test(stop_is_for_the_number_and_start_for_the_person),
        cmocka_unit_test(a_doctor_says_for_whom_a_reply_is),
        cmocka_unit_test(only_a_number_that_is_shared_on_purpose_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
