/* Conversations: kept, taken over, reminded of, and the words that act in them. */
#include "sessions/house.h"

#include "messaging/outbox.h"
#include "patients/activation.h"

static struct str say(struct house *h, const char *text) {
    h->w.now_us += SECOND_US;
    return house_say(h, AWA_PHONE, text);
}

static int sent(struct house *h) {
    return world_count(&h->w, AWA_PHONE, "out");
}

static void release(struct house *h) {
    const struct session_actor actor = { h->doctor_id, h->w.now_us };
    assert_int_equal(
        session_release(&h->sessions, h->w.t.db, h->w.t.arena, house_session(h).id, &actor, NULL), OK);
}

static void a_conversation_lasts_a_day_from_the_last_message(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    int64_t id = house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "Mon ordonnance ?");
    struct session s = house_session(&h);
    assert_str_equal(s.key, STR("whatsapp_221771234567_20241004"));
    assert_int_equal(s.patient_id, id);
    assert_int_equal(s.in_count, 1);
    assert_int_equal(s.assistant_count, 1);
    assert_int_equal(s.expires_at_us, h.w.now_us + SESSION_LIFE_US);
    h.w.now_us += 23 * HOUR_US; /* another day, the same conversation */
    say(&h, "Et la dose ?");
    assert_int_equal(house_session(&h).id, s.id);
    assert_string_equal(h.w.ask_session, "whatsapp_221771234567_20241004");
    h.w.now_us += SESSION_LIFE_US;
    say(&h, "Bonjour");
    assert_int_not_equal(house_session(&h).id, s.id);
    assert_int_equal(house_session(&h).in_count, 1);
    house_close(&h);
}

static void strangers_have_no_conversation(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    say(&h, "Bonjour");
    assert_int_equal(house_count(&h, "SELECT count(*) FROM conversation"), 0);
    assert_int_equal(sent(&h), 1);
    house_close(&h);
}

static void a_doctor_who_has_it_silences_the_assistant(void **state) {
    struct house h;
    bool stopped = false;
    (void)state;
    house_open(&h);
    int64_t id = house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "Bonjour");
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    int before = sent(&h), asked = h.w.asked;
    say(&h, "Mon ordonnance ?");
    say(&h, "AIDE");
    say(&h, "MON DOSSIER");
    assert_int_equal(sent(&h), before);
    assert_int_equal(h.w.asked, asked);
    assert_int_equal(world_newest(&h.w, AWA_PHONE, "in").status, MESSAGE_PROCESSED);
    /* Safety and the law are not silenced. */
    assert_str_equal(say(&h, "j'ai mal à la poitrine"), STR("Appelez le 1515."));
    assert_int_equal(house_told(&h, "conversation.danger"), 1);
    assert_true(house_holds(say(&h, "STOP"), "C'est noté"));
    assert_int_equal(consent_is_withdrawn(h.w.t.db, id, CONSENT_MESSAGES, &stopped, NULL), OK);
    assert_true(stopped);
    release(&h);
    assert_str_equal(say(&h, "Mon ordonnance ?"), STR("Dossier de Awa."));
    assert_int_equal(
        house_count(&h,
                    "SELECT count(*) FROM audit WHERE action IN ('session.take_over', 'session.release')"),
        2);
    house_close(&h);
}

static void take_over_meanwhile(struct house *h) {
    h->while_asked = NULL;
    assert_int_equal(house_take(h, h->doctor_id, false), OK);
}

static void an_answer_that_a_take_over_overtook_is_not_given(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "Bonjour");
    int before = sent(&h);
    h.while_asked = take_over_meanwhile;
    say(&h, "Mon ordonnance ?");
    assert_int_equal(h.w.asked, 2);
    assert_int_equal(sent(&h), before);
    assert_true(house_session(&h).waiting_since_us > 0);
    house_close(&h);
}

static void move_meanwhile(struct house *h) {
    static const struct db_query q = {
        "move", "UPDATE patient SET phone = '+221770000000', phone_key = '+221770000000'", -1, 0, 0
    };
    h->while_asked = NULL;
    assert_int_equal(db_begin(h->w.t.db, NULL), OK);
    assert_int_equal(db_finish(h->w.t.db, db_run(h->w.t.db, &q, NULL, NULL, NULL, NULL, NULL), NULL), OK);
}

static void an_answer_does_not_go_to_a_number_that_was_given_up_meanwhile(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    h.while_asked = move_meanwhile;
    assert_false(house_holds(say(&h, "Mon ordonnance ?"), "Dossier"));
    assert_int_equal(h.w.asked, 1);
    assert_int_equal(house_count(&h, "SELECT count(*) FROM message WHERE body LIKE 'Dossier%'"), 0);
    house_close(&h);
}

static void a_reply_is_the_doctor_s(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    int64_t id = house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "MEDECIN");
    assert_int_equal(house_reply(&h, h.doctor_id, "Bonjour", false, 0), E_CONFLICT); /* not taken yet */
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    assert_int_equal(house_take(&h, h.colleague_id, false), E_CONFLICT);
    assert_int_equal(house_reply(&h, h.colleague_id, "Bonjour", false, 0), E_CONFLICT);
    assert_int_equal(house_reply(&h, h.doctor_id, "Prenez du repos.", false, 0), OK);
    struct message_row m = world_newest(&h.w, AWA_PHONE, "out");
    assert_str_equal(m.body, STR("Dr Fatou Sow :\nPrenez du repos."));
    assert_int_equal(m.kind, MESSAGE_REPLY);
    assert_int_equal(m.patient_id, id);
    assert_int_equal(m.status, MESSAGE_DELIVERED);
    assert_int_equal(house_session(&h).waiting_since_us, 0);
    assert_int_equal(house_session(&h).doctor_count, 1);
    assert_int_equal(house_take(&h, h.colleague_id, true), OK);
    assert_int_equal(house_reply(&h, h.doctor_id, "Bonjour", false, 0), E_CONFLICT);
    h.w.now_us += SESSION_LIFE_US;
    assert_int_equal(house_reply(&h, h.colleague_id, "Bonjour", false, 0), E_CONFLICT); /* closed */
    house_close(&h);
}

static int64_t mails(struct house *h) {
    return house_count(h, "SELECT count(*) FROM job WHERE kind = 'notification.mail'");
}

static void who_waits_is_remembered_first_by_the_doctor_then_by_all(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "Bonjour");
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    say(&h, "Vous êtes là ?");
    say(&h, "Docteur ?");
    int64_t since = house_session(&h).waiting_since_us;
    assert_int_equal(since, h.w.now_us - SECOND_US);
    assert_int_equal(
        house_count(&h, "SELECT count(*) FROM job WHERE kind = 'sessions.remind' AND state <> 'done'"), 1);
    h.w.now_us = since + REMINDER_US - 1;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 0);
    h.w.now_us = since + REMINDER_US;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 1);
    assert_int_equal(mails(&h), 1); /* Dr Sow */
    for (int i = 2; i <= 6; i++) {
        h.w.now_us += REMINDER_US;
        world_run(&h.w);
        assert_int_equal(house_told(&h, "conversation.unanswered"), i < 4 ? i : 4);
        assert_int_equal(mails(&h), 1 + 2 * ((i < 4 ? i : 4) - 1)); /* both doctors */
        assert_true(
            house_count(&h, "SELECT count(*) FROM job WHERE kind = 'sessions.remind' AND state <> 'done'") <=
            1);
    }
    assert_int_equal(house_reply(&h, h.doctor_id, "Me voici.", false, 0), OK);
    say(&h, "Merci, et ceci ?");
    h.w.now_us += REMINDER_US;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 5);
    house_close(&h);
}

static void an_answer_in_time_is_not_reminded_of(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    say(&h, "Bonjour");
    assert_int_equal(house_take(&h, h.doctor_id, false), OK);
    say(&h, "Vous êtes là ?");
    h.w.now_us += 10 * MINUTE_US;
    assert_int_equal(house_reply(&h, h.doctor_id, "Oui.", false, 0), OK);
    say(&h, "Et demain ?"); /* while the job for the first one still waits: its time counts anew */
    int64_t since = h.w.now_us;
    h.w.now_us = since + REMINDER_US - 1;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 0);
    h.w.now_us = since + REMINDER_US;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 1);
    house_close(&h);
}

static void medecin_waits_for_a_doctor(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    house_add(&h, "Awa", AWA_PHONE, false);
    assert_true(house_holds(say(&h, "Médecin SVP"), "prévenons un médecin"));
    say(&h, "medecin");
    assert_int_equal(house_told(&h, "conversation.doctor_wanted"), 1);
    assert_true(house_session(&h).waiting_since_us > 0);
    assert_str_equal(say(&h, "Mon ordonnance ?"), STR("Dossier de Awa.")); /* the assistant still helps */
    h.w.now_us += REMINDER_US;
    world_run(&h.w);
    assert_int_equal(house_told(&h, "conversation.unanswered"), 1);
    assert_int_equal(mails(&h), 1); /* the patient's doctor */
    house_close(&h);
}

static void erasing_needs_a_second_word_and_the_clinic(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    int64_t id = house_add(&h, "Awa", AWA_PHONE, false);
    const char *wanted = "SELECT count(*) FROM audit WHERE action = 'patient.erasure_request'";
    assert_true(house_holds(say(&h, "EFFACER"), "répondez CONFIRMER"));
    say(&h, "oui");
    assert_int_equal(house_count(&h, wanted), 0);
    say(&h, "confirmer"); /* something else was said in between */
    assert_int_equal(house_count(&h, wanted), 0);
    say(&h, "EFFACER");
    h.w.now_us += SESSION_EXPECTS_US;
    say(&h, "CONFIRMER"); /* too late */
    assert_int_equal(house_count(&h, wanted), 0);
    say(&h, "Supprimer mes données");
    assert_true(house_holds(say(&h, "Confirmer."), "demande d'effacement est enregistrée"));
    assert_int_equal(house_count(&h, wanted), 1);
    assert_int_equal(house_told(&h, "patient.erasure_wanted"), 1);
    assert_int_equal(world_patient(&h.w, id).status, PATIENT_ACTIVE);
    house_close(&h);
}

static void mon_dossier_says_what_is_held_of_an_active_record(void **state) {
    struct house h;
    (void)state;
    house_open(&h);
    int64_t id = house_add(&h, "Awa", AWA_PHONE, false);
    struct str list = say(&h, "Mon dossier");
    assert_true(house_holds(list, "Documents : 0"));
    assert_true(house_holds(list, "Messages de la clinique : oui"));
    struct patient p = world_patient(&h.w, id);
    struct confirmation by = { CONSENT_BY_STAFF, h.doctor_id };
    assert_int_equal(patient_confirm(h.w.t.db, &p, false, &by, h.w.now_us, NULL), OK);
    assert_false(house_holds(say(&h, "Mon dossier"), "Documents"));
    house_close(&h);
}

static void stop_reaches_what_waits_already(void **state) {
    struct house h;
    struct outbox_message notice = {
        .kind = MESSAGE_NOTICE, .phone = AWA_PHONE, .body = STR("Pensez au vaccin."), .key = STR("")
    };
    int ran;
    (void)state;
    house_open(&h);
    notice.patient_id = house_add(&h, "Awa", AWA_PHONE, false);
    assert_int_equal(db_begin(h.w.t.db, NULL), OK);
    assert_int_equal(
        db_finish(h.w.t.db, outbox_add(&h.w.room, h.w.t.db, &notice, h.w.now_us, NULL, NULL), NULL), OK);
    house_hear(&h, AWA_PHONE, "STOP");
    assert_int_equal(job_run_due(h.w.t.db, h.w.kinds, h.w.job_arena, &h.w.clock, &ran, NULL), OK);
    world_run(&h.w);
    assert_int_equal(
        house_count(
            &h,
            "SELECT count(*) FROM message WHERE body LIKE 'Pensez%' AND status = 'failed' AND error_code = 'opted_out'"),
        1);
    assert_true(house_holds(world_newest(&h.w, AWA_PHONE, "out").body, "C'est noté"));
    house_close(&h);
}

static void a_token_of_another_number_does_nothing(void **state) {
    struct house h;
    struct str body, words;
    (void)state;
    house_open(&h);
    int64_t other = world_add_patient(&h.w, OTHER_PHONE), own = house_add(&h, "Awa", AWA_PHONE, false);
    int64_t shares = 0;
    struct patient_actor actor = { h.doctor_id, NULL, h.w.now_us };
    struct patient p = patient_blank();
    p.first_name = p.last_name = STR("Moussa");
    p.phone = AWA_PHONE;
    p.shares_phone = true;
    assert_int_equal(patient_create(h.w.t.db, &actor, h.w.t.arena, &p, NULL), OK);
    shares = p.id;
    world_run(&h.w);
    body = world_newest(&h.w, OTHER_PHONE, "out").body;
    size_t at = str_find(body, STR("/webhook/confirm-"));
    assert_true(arena_printf(h.w.t.arena, &words, "confirm-%.*s",
                             STR_ARG(str_sub(body, at + 17, TOKEN_TEXT_BYTES - 1))));
    say(&h, words.p); /* from a number that two people have */
    assert_int_equal(world_patient(&h.w, other).status, PATIENT_PENDING);
    assert_int_equal(world_patient(&h.w, shares).status, PATIENT_PENDING);
    assert_int_equal(world_patient(&h.w, own).status, PATIENT_ACTIVE);
    assert_int_equal(h.w.asked, 0);
    house_say(&h, OTHER_PHONE, words.p);
    assert_int_equal(world_patient(&h.w, other).status, PATIENT_ACTIVE);
    house_close(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conversation_lasts_a_day_from_the_last_message),
        cmocka_unit_test(strangers_have_no_conversation),
        cmocka_unit_test(a_doctor_who_has_it_silences_the_assistant),
        cmocka_unit_test(an_answer_that_a_take_over_overtook_is_not_given),
        cmocka_unit_test(an_answer_does_not_go_to_a_number_that_was_given_up_meanwhile),
        cmocka_unit_test(a_reply_is_the_doctor_s),
        cmocka_unit_test(who_waits_is_remembered_first_by_the_doctor_then_by_all),
        cmocka_unit_test(an_answer_in_time_is_not_reminded_of),
        cmocka_unit_test(medecin_waits_for_a_doctor),
        cmocka_unit_test(erasing_needs_a_second_word_and_the_clinic),
        cmocka_unit_test(mon_dossier_says_what_is_held_of_an_active_record),
        cmocka_unit_test(stop_reaches_what_waits_already),
        cmocka_unit_test(a_token_of_another_number_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
