/* Activation and conversation, through the jobs that do them. */
#include "messaging/world.h"

#include "messaging/messaging_handlers.h"
#include "patients/activation.h"
#include "queries.h"

#include <pthread.h>

/* The token of the link in the newest message to a phone. */
static struct str token_of(struct world *w, struct str phone) {
    struct str body = world_newest(w, phone, "out").body;
    size_t at = str_find(body, STR("/webhook/confirm-"));
    assert_true(at < body.n);
    return str_sub(body, at + 17, TOKEN_TEXT_BYTES - 1);
}

static bool contains(struct str body, const char *words) {
    return str_find(body, str_from_c(words)) < body.n;
}

static void a_new_patient_gets_the_link_and_a_yes_activates(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    world_run(&w);
    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.kind, MESSAGE_ACTIVATION);
    assert_int_equal(m.status, MESSAGE_DELIVERED);
    assert_true(contains(m.body, "Awa"));
    assert_true(contains(m.body, "https://clinique.sn/webhook/confirm-"));
    assert_true(contains(m.body, "1515"));
    world_say(&w, AWA_PHONE, "C'est quoi ?", NULL);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "OUI"));
    assert_int_equal(world_patient(&w, id).status, PATIENT_PENDING);
    world_say(&w, AWA_PHONE, "  Oui !", NULL);
    assert_int_equal(world_patient(&w, id).status, PATIENT_ACTIVE);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "actif"));
    assert_int_equal(world_notifications(&w), 1);
    assert_int_equal(w.asked, 0);
    world_close(&w);
}

static void the_words_of_the_link_activate(void **state) {
    struct world w;
    struct str words;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    int64_t other = world_add_patient(&w, OTHER_PHONE);
    world_run(&w);
    assert_true(arena_printf(w.t.arena, &words, "confirm-%.*s", STR_ARG(token_of(&w, AWA_PHONE))));
    world_say(&w, OTHER_PHONE, words.p, NULL); /* another phone */
    assert_int_equal(world_patient(&w, other).status, PATIENT_PENDING);
    assert_int_equal(world_patient(&w, id).status, PATIENT_PENDING);
    world_say(&w, AWA_PHONE, words.p, NULL);
    assert_int_equal(world_patient(&w, id).status, PATIENT_ACTIVE);
    world_close(&w);
}

static void a_link_that_is_over_activates_nobody(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    world_run(&w);
    w.now_us += ACTIVATION_LIFE_US;
    world_say(&w, AWA_PHONE, "OUI", NULL);
    assert_int_equal(world_patient(&w, id).status, PATIENT_PENDING);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "plus valable"));
    world_close(&w);
}

static void a_no_declines_and_ends_it(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    world_run(&w);
    world_say(&w, AWA_PHONE, "non", NULL);
    assert_int_equal(world_patient(&w, id).status, PATIENT_INACTIVE);
    world_say(&w, AWA_PHONE, "oui", NULL);
    assert_int_equal(world_patient(&w, id).status, PATIENT_INACTIVE);
    world_say(&w, AWA_PHONE, "Ma dernière ordonnance ?", NULL);
    assert_int_equal(w.asked, 0);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "n'est pas actif"));
    world_close(&w);
}

static void add_activation_job(struct world *w, struct str payload) {
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    enum status s =
        job_add(w->t.db, NULL, STR(PATIENT_JOB_SEND_ACTIVATION), payload, 0, STR(""), w->now_us, NULL);
    assert_int_equal(db_finish(w->t.db, s, NULL), OK);
}

static void one_request_for_a_link_sends_once_however_often_it_is_run(void **state) {
    struct world w;
    struct str payload;
    struct patient p;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    world_run(&w);
    struct str first = token_of(&w, AWA_PHONE);
    assert_true(
        arena_printf(w.t.arena, &payload, "{\"patient_id\":%lld,\"request\":\"again\"}", (long long)id));
    for (int i = 0; i < 3; i++) add_activation_job(&w, payload);
    world_run(&w);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 2); /* the first link, and one more */
    struct str second = token_of(&w, AWA_PHONE);
    assert_false(str_eq(first, second));
    add_activation_job(&w, STR("{\"patient_id\":\"x\"}"));
    add_activation_job(&w, STR("{\"patient_id\":999,\"request\":\"gone\"}"));
    world_run(&w);
    assert_int_equal(activation_use(w.t.db, w.t.arena, second, w.now_us, &p, NULL), OK);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 2);
    world_close(&w);
}

static void the_page_behind_the_link_activates_and_welcomes(void **state) {
    struct world w;
    struct patient p;

    (void)state;
    world_open(&w);
    int64_t id = world_add_patient(&w, AWA_PHONE);
    world_run(&w);
    struct str token = token_of(&w, AWA_PHONE);
    assert_int_equal(messaging_confirm(&w.room, w.t.db, w.t.arena, token, true, w.now_us, &p, NULL), OK);
    assert_int_equal(world_patient(&w, id).status, PATIENT_ACTIVE);
    world_run(&w);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "Merci Awa"));
    assert_int_equal(messaging_confirm(&w.room, w.t.db, w.t.arena, token, true, w.now_us, &p, NULL),
                     E_CONFLICT);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 2);
    world_close(&w);
}

static void a_question_is_answered_in_its_conversation(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_active(&w, AWA_PHONE);
    world_say(&w, AWA_PHONE, "Quelle est ma dernière ordonnance ?", NULL);
    assert_int_equal(w.asked, 1);
    assert_string_equal(w.ask_session, "whatsapp_221771234567_20241004");
    assert_string_equal(w.ask_text, "Quelle est ma dernière ordonnance ?");
    struct message_row question = world_newest(&w, AWA_PHONE, "in"),
                       answer = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(w.ask_message, question.id);
    assert_int_equal(question.status, MESSAGE_PROCESSED);
    assert_int_equal(question.patient_id, id);
    assert_str_equal(answer.body, w.ask_answer);
    assert_int_equal(answer.answers_id, question.id);
    assert_int_equal(answer.status, MESSAGE_DELIVERED);
    world_say(&w, AWA_PHONE, "", NULL); /* a picture */
    assert_int_equal(w.asked, 1);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "Posez votre question"));
    world_close(&w);
}

static void an_assistant_that_is_away_is_asked_again_then_the_doctor_is_told(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    world_add_active(&w, AWA_PHONE);
    int64_t told = world_notifications(&w);
    w.ask_status = E_RETRY;
    world_say(&w, AWA_PHONE, "Ma posologie ?", NULL);
    assert_int_equal(world_newest(&w, AWA_PHONE, "in").status, MESSAGE_RECEIVED);
    for (int i = 0; i < 8; i++) {
        w.now_us += 10 * MINUTE_US;
        world_run(&w);
    }
    assert_int_equal(w.asked, 5);
    assert_int_equal(world_newest(&w, AWA_PHONE, "in").status, MESSAGE_PROCESSED);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "médecin en est prévenu"));
    assert_int_equal(world_notifications(&w), told + 1);
    w.ask_status = OK;
    w.ask_answer = STR("  ");
    world_say(&w, AWA_PHONE, "Et maintenant ?", NULL);
    assert_int_equal(world_newest(&w, AWA_PHONE, "in").status, MESSAGE_RECEIVED); /* silence is no answer */
    world_close(&w);
}

static void a_stranger_gets_one_polite_answer_a_day(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    world_say(&w, AWA_PHONE, "Bonjour, mon ordonnance ?", NULL);
    world_say(&w, AWA_PHONE, "Allô ?", NULL);
    world_say(&w, AWA_PHONE, "STOP", NULL);
    assert_int_equal(world_count(&w, AWA_PHONE, "in"), 3);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 1);
    assert_int_equal(w.asked, 0);
    w.now_us += DAY_US;
    world_say(&w, AWA_PHONE, "Allô ?", NULL);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 2);
    world_close(&w);
}

static bool withdrawn(struct world *w, int64_t id) {
    bool no = false;
    assert_int_equal(consent_is_withdrawn(w->t.db, id, CONSENT_MESSAGES, &no, NULL), OK);
    return no;
}

static void stop_start_and_help_act(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_active(&w, AWA_PHONE);
    world_say(&w, AWA_PHONE, "Arrêt.", NULL);
    assert_true(withdrawn(&w, id));
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "plus de messages"));
    assert_int_equal(world_patient(&w, id).status, PATIENT_ACTIVE);
    world_say(&w, AWA_PHONE, "Ma posologie ?", NULL); /* what a person asks for is answered */
    assert_int_equal(w.asked, 1);
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_DELIVERED);
    world_say(&w, AWA_PHONE, "START", NULL);
    assert_false(withdrawn(&w, id));
    world_say(&w, AWA_PHONE, "aide", NULL);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "STOP"));
    assert_int_equal(w.asked, 1);
    world_close(&w);
}

static void without_consent_the_assistant_is_silent(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_active(&w, AWA_PHONE);
    assert_int_equal(db_begin(w.t.db, NULL), OK);
    enum status s = consent_record(w.t.db, id, CONSENT_ASSISTANT, false, CONSENT_BY_STAFF, 1, w.now_us, NULL);
    assert_int_equal(db_finish(w.t.db, s, NULL), OK);
    world_say(&w, AWA_PHONE, "Ma posologie ?", NULL);
    assert_int_equal(w.asked, 0);
    assert_true(contains(world_newest(&w, AWA_PHONE, "out").body, "1515"));
    world_close(&w);
}

/* ---- the same delivery many times at once ---- */

enum { THREADS = 8, DELIVERIES = 25 };

struct deliverer {
    struct world *w;
    pthread_t thread;
    int new_count, failures;
};

static void *deliver(void *ctx) {
    struct deliverer *d = ctx;
    struct arena *arena = arena_new(1 << 20);
    struct db *db = NULL;

    if (!arena || db_open(d->w->t.pool, &db, NULL) != OK) d->failures = 1000;
    for (int i = 0; i < DELIVERIES && d->failures == 0; i++) {
        struct channel_event m = { .kind = EVENT_MESSAGE,
                                   .provider_sid = STR("SM0123456789abcdef0123456789abcdef"),
                                   .from = AWA_PHONE,
                                   .external_id = STR(""),
                                   .body = STR("Bonjour") };
        int64_t id;
        bool is_new;
        if (inbound_accept(&d->w->room, db, arena, &m, d->w->now_us, &id, &is_new, NULL) != OK)
            d->failures++;
        else
            d->new_count += is_new;
    }
    db_close(db);
    arena_free(arena);
    return NULL;
}

static void many_deliveries_of_one_message_are_one_message_and_one_reply(void **state) {
    struct deliverer d[THREADS] = { 0 };
    struct world w;
    int new_count = 0;

    (void)state;
    world_open(&w);
    world_add_active(&w, AWA_PHONE);
    int before = world_count(&w, AWA_PHONE, "out");
    for (int i = 0; i < THREADS; i++) {
        d[i].w = &w;
        assert_int_equal(pthread_create(&d[i].thread, NULL, deliver, &d[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(d[i].thread, NULL), 0);
        assert_int_equal(d[i].failures, 0);
        new_count += d[i].new_count;
    }
    assert_int_equal(new_count, 1);
    world_run(&w);
    world_say(&w, AWA_PHONE, "Bonjour",
              "SM0123456789abcdef0123456789abcdef"); /* and once more after the answer */
    assert_int_equal(world_count(&w, AWA_PHONE, "in"), 1);
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), before + 1);
    assert_int_equal(w.asked, 1);
    world_close(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_patient_gets_the_link_and_a_yes_activates),
        cmocka_unit_test(the_words_of_the_link_activate),
        cmocka_unit_test(a_link_that_is_over_activates_nobody),
        cmocka_unit_test(a_no_declines_and_ends_it),
        cmocka_unit_test(one_request_for_a_link_sends_once_however_often_it_is_run),
        cmocka_unit_test(the_page_behind_the_link_activates_and_welcomes),
        cmocka_unit_test(a_question_is_answered_in_its_conversation),
        cmocka_unit_test(an_assistant_that_is_away_is_asked_again_then_the_doctor_is_told),
        cmocka_unit_test(a_stranger_gets_one_polite_answer_a_day),
        cmocka_unit_test(stop_start_and_help_act),
        cmocka_unit_test(without_consent_the_assistant_is_silent),
        cmocka_unit_test(many_deliveries_of_one_message_are_one_message_and_one_reply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
