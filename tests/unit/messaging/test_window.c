/* Outside the window: as an approved template, or held until the person writes, in order. */
#include "messaging/windowed.h"

#include "messaging/outbox_window.h"
#include "messaging/template.h"

#define ACTIVATION_FR                                                                                        \
    "Bonjour {{1}}, votre médecin vous propose de suivre votre dossier : {{2}} En cas d'urgence : {{3}}."
#define ACTIVATION_VARIABLES "[\"name\",\"link\",\"emergency\"]"

static void let_window_close(struct windowed *x) {
    x->w.now_us += 25 * HOUR_US;
}

static void inside_the_window_text_is_free(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    int before = x.count;
    x.w.now_us += 23 * HOUR_US;
    int64_t id = windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY });
    world_run(&x.w);
    assert_int_equal(x.count, before + 1);
    assert_string_equal(x.ledger[before].name, "");
    assert_int_equal(windowed_row(&x, id).status, MESSAGE_ACCEPTED);
    windowed_close(&x);
}

static void the_activation_leaves_as_the_template(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    windowed_template(&x, "activation", LANG_FR, ACTIVATION_FR, ACTIVATION_VARIABLES, TEMPLATE_APPROVED);
    world_add_patient(&x.w, AWA_PHONE);
    world_run(&x.w);
    assert_int_equal(x.count, 1);
    assert_string_equal(x.ledger[0].name, "activation");
    assert_string_equal(x.ledger[0].language, "fr");
    assert_non_null(strstr(x.ledger[0].variables, "[\"Awa\",\"https://clinique.sn/webhook/confirm-"));
    struct message_row m = world_newest(&x.w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_ACCEPTED);
    assert_str_equal(m.template_name, STR("activation"));
    assert_true(str_starts(
        m.body, STR("Bonjour Awa, votre médecin vous propose"))); /* what was read, not what was written */
    assert_true(str_ends(m.body, STR("urgence : 1515.")));
    windowed_close(&x);
}

/* In the patient's language if there is one, else in French. */
static void the_language_is_the_patients(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    windowed_template(&x, "activation", LANG_FR, ACTIVATION_FR, ACTIVATION_VARIABLES, TEMPLATE_APPROVED);
    windowed_template(&x, "activation", LANG_WO, "Asalaa maalekum {{1}}. Lien bi: {{2}} bu jamp {{3}} la.",
                      ACTIVATION_VARIABLES, TEMPLATE_APPROVED);
    struct patient_actor actor = { 1, NULL, x.w.now_us };
    static const enum lang languages[] = { LANG_WO, LANG_EN };
    static const struct str phones[] = { { "+221771234501", 13 }, { "+221771234502", 13 } };
    for (size_t i = 0; i < COUNT_OF(languages); i++) {
        struct patient p = patient_blank();
        p.first_name = p.last_name = STR("Awa");
        p.phone = phones[i];
        p.language = languages[i];
        assert_int_equal(patient_create(x.w.t.db, &actor, x.w.t.arena, &p, NULL), OK);
        world_run(&x.w);
    }
    assert_int_equal(x.count, 2);
    assert_true(str_starts(str_from_c(x.ledger[0].body), STR("Asalaa")));
    assert_true(str_starts(str_from_c(x.ledger[1].body), STR("Bonjour")));
    windowed_close(&x);
}

static void without_a_template_it_waits_and_that_is_said_once(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    world_add_patient(&x.w, AWA_PHONE);
    world_add_patient(&x.w, OTHER_PHONE);
    world_run(&x.w);
    assert_int_equal(x.count, 0);
    struct message_row m = world_newest(&x.w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_QUEUED);
    assert_str_equal(m.waiting_for, STR("person"));
    assert_int_equal(windowed_notified(&x, "template.missing"), 1);

    /* Approved at last: both leave. */
    windowed_template(&x, "activation", LANG_FR, ACTIVATION_FR, ACTIVATION_VARIABLES, TEMPLATE_PENDING);
    assert_int_equal(x.count, 0);
    x.state = TEMPLATE_APPROVED;
    assert_int_equal(db_begin(x.w.t.db, NULL), OK);
    enum status s = template_add_check(&x.w.room, x.w.t.db, false, 0, x.w.now_us, NULL);
    assert_int_equal(db_finish(x.w.t.db, s, NULL), OK);
    world_run(&x.w);
    assert_int_equal(x.count, 2);
    assert_int_equal(world_newest(&x.w, AWA_PHONE, "out").waiting_for.n, 0);
    windowed_close(&x);
}

static void a_value_that_does_not_fit_is_not_sent(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    windowed_template(&x, "reminder", LANG_FR, "Rappel : {{1}}, merci.", "[\"what\"]", TEMPLATE_APPROVED);
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_NOTICE, .purpose = STR("reminder") });
    world_run(&x.w);
    assert_int_equal(x.count, 0);
    assert_int_equal(windowed_notified(&x, "template.missing"), 1);
    windowed_close(&x);
}

static void what_waited_leaves_in_order_and_before_the_answer(void **state) {
    static const char *const said[] = { "un", "deux", "trois" };
    struct windowed x;

    (void)state;
    windowed_open(&x);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    let_window_close(&x);
    int before = x.count;
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = str_from_c(said[i]) });
        world_run(&x.w);
    }
    assert_int_equal(x.count, before);
    x.refuse = VERDICT_RETRY; /* the first is not taken at once: the others wait for it */
    x.refusals = 1;
    world_say(&x.w, AWA_PHONE, "Je suis là", NULL);
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = STR("quatre") });
    world_run(&x.w);
    assert_int_equal(x.count, before + 1);
    for (int i = 0; i < 3; i++) {
        x.w.now_us += MINUTE_US;
        world_run(&x.w);
    }
    static const char *const expected[] = { "un", "un", "deux", "trois" };
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_string_equal(x.ledger[before + (int)i].body, expected[i]);
    assert_string_equal(x.ledger[x.count - 1].body, "quatre");
    windowed_close(&x);
}

static void nobody_waits_for_ever(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    int64_t id = windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY });
    world_run(&x.w);
    x.w.now_us += 6 * DAY_US;
    world_run(&x.w);
    assert_int_equal(windowed_row(&x, id).status, MESSAGE_QUEUED);
    x.w.now_us += DAY_US;
    world_run(&x.w);
    struct message_row m = windowed_row(&x, id);
    assert_int_equal(m.status, MESSAGE_FAILED);
    assert_str_equal(m.error_code, STR("window_closed"));
    assert_int_equal(windowed_notified(&x, "message.failed"), 1);
    assert_int_equal(x.count, 0);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    assert_int_equal(windowed_row(&x, id).status, MESSAGE_FAILED);
    windowed_close(&x);
}

static void the_person_is_told_once_that_something_waits(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    windowed_template(&x, "waiting", LANG_FR,
                      "Votre clinique vous a répondu, répondez à ce message pour le lire.", "[]",
                      TEMPLATE_APPROVED);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    for (int window = 0; window < 2; window++) {
        let_window_close(&x);
        int before = x.count;
        windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = STR("un") });
        world_run(&x.w);
        windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = STR("deux") });
        windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_BULK, .body = STR("conseil") });
        world_run(&x.w);
        assert_int_equal(x.count, before + 1);
        assert_string_equal(x.ledger[before].name, "waiting");
        assert_string_equal(x.ledger[before].variables, "");
        world_say(&x.w, AWA_PHONE, "Oui ?", NULL);
        assert_string_equal(x.ledger[before + 1].body, "un");
        assert_string_equal(x.ledger[before + 2].body, "deux");
    }
    windowed_close(&x);
}

static void a_broadcast_that_waits_is_no_answer(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    windowed_template(&x, "waiting", LANG_FR, "Votre clinique vous a répondu.", "[]", TEMPLATE_APPROVED);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    let_window_close(&x);
    int before = x.count;
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_BULK });
    world_run(&x.w);
    assert_int_equal(x.count, before);
    windowed_close(&x);
}

static void a_template_that_the_carrier_takes_back_is_told(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    int64_t id = windowed_template(&x, "reminder", LANG_FR, "Rappel pour {{1}}, merci.", "[\"name\"]",
                                   TEMPLATE_APPROVED);
    x.refuse = VERDICT_TEMPLATE;
    x.refusals = 1;
    x.state = TEMPLATE_PAUSED;
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_NOTICE,
                                               .purpose = STR("reminder"),
                                               .variables = STR("{\"name\":\"Awa\"}") });
    world_run(&x.w);
    struct template t;
    assert_int_equal(template_get(x.w.t.db, x.w.t.arena, id, &t, NULL), OK);
    assert_int_equal(t.state, TEMPLATE_PAUSED);
    assert_true(windowed_notified(&x, "template.refused") > 0);
    int before = x.count;
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_NOTICE,
                                               .purpose = STR("reminder"),
                                               .variables = STR("{\"name\":\"Awa\"}") });
    world_run(&x.w);
    assert_int_equal(x.count, before); /* it is not used any more */
    windowed_close(&x);
}

static void faults_of_a_body_are_found(void **state) {
    static const struct {
        const char *body;
        size_t count;
        const char *code;
    } cases[] = {
        { "Bonjour {{1}}, voici {{2}}.", 2, NULL },
        { "Bonjour {{1}} et {{1}}.", 1, NULL },
        { "Sans rien.", 0, NULL },
        { "Des {{accolades}} et { {1} } ne comptent pas.", 0, NULL },
        { "Bonjour {{1}}.", 2, "template_variables_differ" },
        { "Bonjour {{1}}, {{3}}.", 2, "template_variables_differ" },
        { "Bonjour {{0}}.", 1, "template_variables_differ" },
        { "Bonjour {{99999999999999999999}}.", 1, "template_variables_differ" },
        { "{{1}} bonjour.", 1, "template_variable_at_edge" },
        { "Bonjour {{1}}", 1, "template_variable_at_edge" },
        { "Bonjour {{1}}{{2}}.", 2, "template_variable_at_edge" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct message *m = template_fault(str_from_c(cases[i].body), cases[i].count);
        if (!cases[i].code)
            assert_null(m);
        else {
            assert_non_null(m);
            assert_string_equal(m->code, cases[i].code);
        }
    }
}

static void values_are_put_in_order_and_on_one_line(void **state) {
    struct arena *arena = arena_new(1 << 20);
    const struct template_value values[] = { { "a", STR("un\n  deux\ttrois ") },
                                             { "b", STR("\"é\"") },
                                             { 0 } };
    struct template t = { .body = STR("{{2}} puis {{1}}, {{2}}"), .variables = STR("[\"a\",\"b\"]") };
    struct str json, list, text;

    (void)state;
    assert_true(template_values(arena, values, &json));
    assert_int_equal(template_fill(arena, &t, json, &list, &text, NULL), OK);
    assert_str_equal(list, STR("[\"un deux trois\",\"\\\"é\\\"\"]"));
    assert_str_equal(text, STR("\"é\" puis un deux trois, \"é\""));
    assert_int_equal(template_fill(arena, &t, STR("{\"a\":\"1\"}"), &list, &text, NULL), E_INVALID);
    assert_int_equal(template_fill(arena, &t, STR("{\"a\":\"1\",\"b\":\"\"}"), &list, &text, NULL),
                     E_INVALID);
    assert_int_equal(template_fill(arena, &t, STR(""), &list, &text, NULL), E_INVALID);
    char longest[2000];
    memset(longest, 'x', sizeof longest);
    const struct template_value too_long[] = { { "a", { longest, 1020 } }, { "b", STR("y") }, { 0 } };
    assert_true(template_values(arena, too_long, &json));
    assert_int_equal(template_fill(arena, &t, json, &list, &text, NULL), E_INVALID);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_the_window_text_is_free),
        cmocka_unit_test(the_activation_leaves_as_the_template),
        cmocka_unit_test(the_language_is_the_patients),
        cmocka_unit_test(without_a_template_it_waits_and_that_is_said_once),
        cmocka_unit_test(a_value_that_does_not_fit_is_not_sent),
        cmocka_unit_test(what_waited_leaves_in_order_and_before_the_answer),
        cmocka_unit_test(nobody_waits_for_ever),
        cmocka_unit_test(the_person_is_told_once_that_something_waits),
        cmocka_unit_test(a_broadcast_that_waits_is_no_answer),
        cmocka_unit_test(a_template_that_the_carrier_takes_back_is_told),
        cmocka_unit_test(faults_of_a_body_are_found),
        cmocka_unit_test(values_are_put_in_order_and_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
