/* What follows a failure: exactly one replacement, whatever the order and number of reports. */
#include "messaging/windowed.h"

#include "messaging/contact.h"
#include "messaging/outbox_sms.h"
#include "messaging/template.h"
#include "patients/consent.h"
#include "queries.h"

#include <pthread.h>

static int64_t accepted(struct windowed *x, enum message_kind kind) {
    world_say(&x->w, AWA_PHONE, "Bonjour", NULL); /* the window is open */
    int64_t id = windowed_add(x, (struct outbox_message) { .kind = kind });
    world_run(&x->w);
    assert_int_equal(windowed_row(x, id).status, MESSAGE_ACCEPTED);
    return id;
}

static int rows(struct windowed *x) {
    return world_count(&x->w, AWA_PHONE, "out");
}

/* ---- outside the window ---- */

static void free_text_that_was_refused_waits_and_leaves_once(void **state) {
    struct windowed x;

    (void)state;
    for (int reported = 0; reported < 2; reported++) {
        windowed_open(&x);
        int64_t id;
        if (reported) {
            id = accepted(&x, MESSAGE_REPLY);
            assert_true(windowed_report(&x, id, MESSAGE_FAILED, VERDICT_WINDOW, "63016"));
            assert_false(windowed_report(&x, id, MESSAGE_FAILED, VERDICT_WINDOW, "63016"));
        } else {
            world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
            x.refuse = VERDICT_WINDOW;
            x.refusals = 1;
            id = windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY });
        }
        world_run(&x.w);
        int64_t again = windowed_replacement(&x, id);
        assert_int_equal(windowed_row(&x, again).replaces_id, id);
        assert_str_equal(windowed_row(&x, again).waiting_for, STR("person"));
        assert_int_equal(windowed_notified(&x, "message.failed"), 0); /* nothing is lost */
        int before = x.count;
        x.w.now_us += MINUTE_US;
        world_say(&x.w, AWA_PHONE, "Allô ?", NULL);
        assert_int_equal(windowed_row(&x, again).status, MESSAGE_ACCEPTED);
        assert_true(x.ledger[before].id == again);
        windowed_close(&x);
    }
}

/* The parts behind it wait for the replacement. */
static void a_long_text_stays_in_order(void **state) {
    struct windowed x;
    static char text[4000];

    (void)state;
    windowed_open(&x);
    for (size_t i = 0; i + 10 < sizeof text; i += 10) memcpy(text + i, "Une ligne\n", 11);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    x.refuse = VERDICT_WINDOW;
    x.refusals = 1;
    int64_t last =
        windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = str_from_c(text) });
    world_run(&x.w);
    assert_int_equal(windowed_row(&x, last).status, MESSAGE_QUEUED);
    int before = x.count;
    x.w.now_us += MINUTE_US;
    world_say(&x.w, AWA_PHONE, "Allô ?", NULL);
    assert_true(x.count >= before + 3);
    assert_true(x.ledger[before].id > last); /* the replacement of the first part, then the others */
    assert_true(x.ledger[before + 1].id < x.ledger[before + 2].id);
    assert_int_equal(windowed_row(&x, last).status, MESSAGE_ACCEPTED);
    windowed_close(&x);
}

/* ---- the person ---- */

static void who_opted_out_at_the_carrier_is_recorded(void **state) {
    struct windowed x;
    bool withdrawn = false;

    (void)state;
    windowed_open(&x);
    int64_t patient = world_add_active(&x.w, AWA_PHONE);
    world_say(&x.w, AWA_PHONE, "Bonjour", NULL);
    int64_t id = windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_NOTICE, .patient_id = patient });
    world_run(&x.w);
    windowed_report(&x, id, MESSAGE_FAILED, VERDICT_OPTED_OUT, "63014");
    assert_int_equal(consent_is_withdrawn(x.w.t.db, patient, CONSENT_MESSAGES, &withdrawn, NULL), OK);
    assert_true(withdrawn);
    int before = x.count;
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_BULK, .patient_id = patient });
    world_run(&x.w);
    assert_int_equal(x.count, before);
    windowed_close(&x);
}

static void without_whatsapp_the_activation_is_an_sms(void **state) {
    struct windowed x;
    struct contact c;

    (void)state;
    for (int sms = 0; sms < 2; sms++) {
        windowed_open(&x);
        x.w.room.has_sms = sms;
        x.w.channel.has_window = false;
        world_add_patient(&x.w, AWA_PHONE);
        x.refuse = VERDICT_UNREACHABLE;
        x.refusals = 1;
        world_run(&x.w);
        assert_int_equal(contact_get(x.w.t.db, x.w.t.arena, AWA_PHONE, &c, NULL), OK);
        assert_true(c.unreachable_at_us > 0);
        assert_int_equal(x.count, 1 + sms);
        assert_int_equal(windowed_notified(&x, "message.failed"), 1 - sms);
        if (sms) {
            assert_int_equal(x.ledger[1].transport, TRANSPORT_SMS);
            assert_null(strstr(x.ledger[1].body, "WhatsApp"));
            assert_non_null(strstr(x.ledger[1].body, "https://clinique.sn/webhook/confirm-"));
            assert_non_null(strstr(x.ledger[1].body, "Awa"));
        }
        windowed_close(&x);
    }
}

static void an_answer_never_becomes_an_sms(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    x.w.room.has_sms = true;
    int64_t id = accepted(&x, MESSAGE_REPLY);
    windowed_report(&x, id, MESSAGE_FAILED, VERDICT_UNREACHABLE, "63003");
    world_run(&x.w);
    assert_int_equal(windowed_replacement(&x, id), 0);
    assert_int_equal(windowed_notified(&x, "message.failed"), 1);
    windowed_close(&x);
}

static void an_sms_that_fails_is_the_end(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    x.w.room.has_sms = true;
    int64_t id = accepted(&x, MESSAGE_NOTICE);
    windowed_report(&x, id, MESSAGE_FAILED, VERDICT_UNREACHABLE, "63003");
    world_run(&x.w);
    int64_t sms = windowed_replacement(&x, id);
    assert_int_equal(windowed_row(&x, sms).transport, TRANSPORT_SMS);
    windowed_report(&x, sms, MESSAGE_FAILED, VERDICT_UNREACHABLE, "21614");
    world_run(&x.w);
    assert_int_equal(windowed_replacement(&x, sms), 0);
    assert_int_equal(windowed_notified(&x, "message.failed"), 1);
    windowed_close(&x);
}

static void marks_of_whatsapp_are_taken_away(void **state) {
    struct arena *arena = arena_new(1 << 16);
    static const struct {
        const char *body, *sms;
    } cases[] = {
        { "*Important* : venez _demain_.", "Important : venez demain." },
        { "3 * 2 = 6, a_b et ~rayé~", "3 * 2 = 6, a_b et rayé" },
        { "Rien à ôter, été.", "Rien à ôter, été." },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct message_row m = { .kind = MESSAGE_BULK, .body = str_from_c(cases[i].body) };
        struct str out;
        assert_true(outbox_sms_text(arena, &m, LANG_FR, &out));
        assert_str_equal(out, str_from_c(cases[i].sms));
    }
    arena_free(arena);
}

/* ---- later ---- */

static void what_failed_for_now_is_sent_twice_more_at_most(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    int64_t id = accepted(&x, MESSAGE_REPLY), delays[3] = { 0 };
    for (int i = 0; i < 3; i++) {
        windowed_report(&x, id, MESSAGE_FAILED, VERDICT_RETRY, "63012");
        int64_t from_us = x.w.now_us, next = windowed_replacement(&x, id);
        assert_int_equal(next != 0, i < 2);
        if (!next) break;
        while (windowed_row(&x, next).status < MESSAGE_ACCEPTED) {
            x.w.now_us += MINUTE_US;
            world_run(&x.w);
        }
        delays[i] = x.w.now_us - from_us;
        id = next;
    }
    assert_true(delays[0] >= MINUTE_US && delays[1] > delays[0] && delays[1] <= HOUR_US);
    assert_int_equal(windowed_notified(&x, "message.failed"), 1); /* of the last */
    windowed_close(&x);
}

static void a_limit_of_hours_stops_broadcasts_and_no_answers(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    int64_t id = accepted(&x, MESSAGE_BULK);
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_BULK, .body = STR("conseil") });
    windowed_add(&x, (struct outbox_message) { .kind = MESSAGE_REPLY, .body = STR("réponse") });
    windowed_report(&x, id, MESSAGE_FAILED, VERDICT_LATER, "63018");
    int before = x.count;
    world_run(&x.w);
    assert_int_equal(x.count, before + 1);
    assert_string_equal(x.ledger[before].body, "réponse");
    x.w.now_us += 61 * MINUTE_US;
    world_run(&x.w);
    assert_int_equal(x.count, before + 3); /* the other broadcast, and the one that failed */
    windowed_close(&x);
}

static void delivered_after_all_it_is_not_sent_again(void **state) {
    struct windowed x;

    (void)state;
    windowed_open(&x);
    int64_t id = accepted(&x, MESSAGE_REPLY);
    windowed_report(&x, id, MESSAGE_FAILED, VERDICT_RETRY, "63012");
    windowed_report(&x, id, MESSAGE_DELIVERED, VERDICT_NONE, "");
    int before = x.count;
    x.w.now_us += DAY_US;
    world_run(&x.w);
    assert_int_equal(x.count, before);
    struct message_row again = windowed_row(&x, windowed_replacement(&x, id));
    assert_int_equal(again.status, MESSAGE_FAILED);
    assert_str_equal(again.error_code, STR("not_needed"));
    windowed_close(&x);
}

/* ---- any order, any number ---- */

static const enum message_status reports[] = { MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_DELIVERED,
                                               MESSAGE_READ };
enum { REPORTS = COUNT_OF(reports) };

static void report_in_order(struct windowed *x, const int order[REPORTS], int count) {
    int64_t id = windowed_add(x, (struct outbox_message) { .kind = MESSAGE_REPLY });
    bool failed = false, delivered = false;
    world_run(&x->w);
    int before = rows(x), sent = x->count;
    for (int i = 0; i < count; i++) {
        enum message_status status = reports[order[i]];
        enum verdict verdict = status == MESSAGE_FAILED ? VERDICT_RETRY : VERDICT_NONE;
        failed |= status == MESSAGE_FAILED && !delivered;
        delivered |= status >= MESSAGE_DELIVERED;
        for (int twice = 0; twice < 2; twice++) windowed_report(x, id, status, verdict, "30008");
    }
    assert_int_equal(rows(x), before + failed); /* one at most */
    x->w.now_us += HOUR_US;
    world_run(&x->w);
    assert_int_equal(x->count, sent + (failed && !delivered)); /* and none when the person has it */
}

static void permute(struct windowed *x, int order[REPORTS], int n) {
    for (int count = 1; n == REPORTS && count <= REPORTS; count++) {
        x->count = 0;
        report_in_order(x, order, count);
    }
    for (int i = n; i < REPORTS; i++) {
        int kept = order[n];
        order[n] = order[i], order[i] = kept;
        permute(x, order, n + 1);
        kept = order[n];
        order[n] = order[i], order[i] = kept;
    }
}

static void every_order_of_reports_makes_one_replacement_at_most(void **state) {
    int order[REPORTS] = { 0, 1, 2, 3 };
    struct windowed x;

    (void)state;
    windowed_open(&x);
    x.w.channel.has_window = false;
    permute(&x, order, 0);
    windowed_close(&x);
}

enum { REPORTERS = 8, REPETITIONS = 5 };

struct reporter {
    struct windowed *x;
    struct str sid;
    pthread_t thread;
};

static void *report_often(void *arg) {
    const struct reporter *r = arg;
    struct arena *arena = arena_new(1 << 20);
    const struct channel_event event = { .kind = EVENT_REPORT,
                                         .provider_sid = r->sid,
                                         .status = MESSAGE_FAILED,
                                         .verdict = VERDICT_RETRY,
                                         .error_code = STR("63012") };
    struct db *db = NULL;
    intptr_t bad = !arena || db_open(r->x->w.t.pool, &db, NULL) != OK;
    for (int i = 0; !bad && i < REPETITIONS; i++)
        bad = message_report_alone(&r->x->w.room, db, arena, &event, r->x->w.now_us, NULL) != OK;
    db_close(db);
    arena_free(arena);
    return (void *)bad;
}

static void reports_at_the_same_moment_make_one_replacement(void **state) {
    struct reporter reporters[REPORTERS];
    struct windowed x;
    void *bad;

    (void)state;
    windowed_open(&x);
    int64_t id = accepted(&x, MESSAGE_REPLY);
    int before = rows(&x);
    for (size_t i = 0; i < REPORTERS; i++) {
        reporters[i] = (struct reporter) { .x = &x };
        assert_true(arena_printf(x.w.t.arena, &reporters[i].sid, "SM%lld", (long long)id));
        assert_int_equal(pthread_create(&reporters[i].thread, NULL, report_often, &reporters[i]), 0);
    }
    for (size_t i = 0; i < REPORTERS; i++) {
        assert_int_equal(pthread_join(reporters[i].thread, &bad), 0);
        assert_null(bad);
    }
    assert_int_equal(rows(&x), before + 1);
    windowed_close(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(free_text_that_was_refused_waits_and_leaves_once),
        cmocka_unit_test(a_long_text_stays_in_order),
        cmocka_unit_test(who_opted_out_at_the_carrier_is_recorded),
        cmocka_unit_test(without_whatsapp_the_activation_is_an_sms),
        cmocka_unit_test(an_answer_never_becomes_an_sms),
        cmocka_unit_test(an_sms_that_fails_is_the_end),
        cmocka_unit_test(marks_of_whatsapp_are_taken_away),
        cmocka_unit_test(what_failed_for_now_is_sent_twice_more_at_most),
        cmocka_unit_test(a_limit_of_hours_stops_broadcasts_and_no_answers),
        cmocka_unit_test(delivered_after_all_it_is_not_sent_again),
        cmocka_unit_test(every_order_of_reports_makes_one_replacement_at_most),
        cmocka_unit_test(reports_at_the_same_moment_make_one_replacement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
