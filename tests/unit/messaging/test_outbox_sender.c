/* The rounds of the sender against a carrier over HTTP: order, places, rate, pauses, and what goes wrong in between. */
#include "messaging/world.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channels/twilio.h"
#include "http/event_hub.h"
#include "messaging/outbox_round_store.h"
#include "queries.h"
#include "support/fake_service.h"

enum { WAITING_CONNECTIONS = 256 };

/* A clinic whose carrier is Twilio, played by a fake. */
struct clinic {
    struct world w;
    struct twilio twilio;
    struct fake_service *service;
    struct outbox_sender *sender;
    int silent; /* a carrier that takes everything and never answers; -1: none */
    char url[64];
};

static void open_sender(struct clinic *c, const char *url) {
    c->twilio = (struct twilio) { .account_sid = STR("AC1"),
                                  .auth_token = STR("secret"),
                                  .sender = STR("+221338690001"),
                                  .base_url = str_from_c(url),
                                  .public_url = STR("https://clinique.sn"),
                                  .region = STR("SN") };
    c->w.channel = twilio_channel(&c->twilio);
    c->w.channel.has_window = false; /* as if all had written today */
    assert_int_equal(outbox_sender_new(&c->w.room, c->w.t.db, &c->w.clock, c->w.t.arena, &c->sender, NULL),
                     OK);
}

static void clinic_open(struct clinic *c, const struct fake_answer *answers, size_t count) {
    *c = (struct clinic) { .silent = -1 };
    world_open(&c->w);
    c->service = fake_service_start(answers, count);
    open_sender(c, fake_service_url(c->service));
}

static void clinic_open_silent(struct clinic *c) {
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;
    *c = (struct clinic) { .silent = socket(AF_INET, SOCK_STREAM, 0) };
    world_open(&c->w);
    assert_int_equal(bind(c->silent, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(c->silent, WAITING_CONNECTIONS), 0);
    assert_int_equal(getsockname(c->silent, (struct sockaddr *)&at, &size), 0);
    snprintf(c->url, sizeof c->url, "http://127.0.0.1:%d", ntohs(at.sin_port));
    open_sender(c, c->url);
}

static void clinic_close(struct clinic *c) {
    outbox_sender_free(c->sender);
    if (c->service) fake_service_stop(c->service);
    if (c->silent >= 0) close(c->silent);
    world_close(&c->w);
}

static void add_to(struct world *w, enum message_kind kind, struct str phone, int count) {
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    for (int i = 0; i < count; i++) {
        struct outbox_message m = { .kind = kind, .phone = phone, .body = STR("Bonjour") };
        assert_int_equal(outbox_add(&w->room, w->t.db, &m, w->now_us, NULL, NULL), OK);
    }
    assert_int_equal(db_finish(w->t.db, OK, NULL), OK);
}

static int round_once(struct clinic *c, int64_t wait_us) {
    int did;
    assert_int_equal(outbox_round(c->sender, wait_us, true, &did, NULL), OK);
    return did;
}

/* Until every call has an outcome that is recorded. */
static void run(struct clinic *c) {
    while (round_once(c, 0) > 0 || outbox_under_way(c->sender)) (void)round_once(c, SECOND_US);
}

struct tally {
    int of_status[MESSAGE_STATUS_COUNT];
    int attempts, in_flight;
};

static enum status count_row(void *ctx, const struct message_row *m, struct err *e) {
    struct tally *t = ctx;
    (void)e;
    t->of_status[m->status]++;
    t->attempts += m->attempts;
    t->in_flight += m->in_flight;
    return OK;
}

static struct tally tally(struct world *w) {
    struct tally t = { 0 };
    struct message_filter all = { .direction = STR("out"), .limit = 100000 };
    assert_int_equal(message_each(w->t.db, &all, count_row, &t, NULL), OK);
    return t;
}

static int64_t count_jobs(struct world *w, const char *kind) {
    static const struct db_query q = { "test_jobs", "SELECT count(*) FROM job WHERE kind = $1", -1, 1, 1 };
    const struct db_val in = db_text(str_from_c(kind));
    int64_t n = -1;
    assert_int_equal(db_get_i64(w->t.db, &q, &in, &n, NULL), OK);
    return n;
}

#define TAKEN(sid)                                                                                           \
    { 201, "{\"sid\":\"" sid "\",\"status\":\"queued\"}", NULL, FAKE_KEEP }

/* ---- order and places ---- */

static void a_reply_overtakes_a_broadcast(void **state) {
    static const struct fake_answer answers[] = { TAKEN("SM1"), TAKEN("SM2"), TAKEN("SM3") };
    struct clinic c;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    c.w.room.message_rate = 1; /* one message a round */
    add_to(&c.w, MESSAGE_BULK, OTHER_PHONE, 500);
    (void)round_once(&c, 0);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    c.w.now_us += SECOND_US;
    add_to(&c.w, MESSAGE_ALERT, AWA_PHONE, 1); /* younger, and before the reply all the same */
    (void)round_once(&c, 0);
    c.w.now_us += SECOND_US;
    run(&c);
    assert_int_equal(fake_service_request_count(c.service), 3);
    struct str awa = STR("To=whatsapp%3A%2B221771234567");
    int to_awa = 0;
    for (size_t i = 0; i < 3; i++) to_awa += str_starts(fake_service_body(c.service, i), awa);
    assert_int_equal(to_awa, 2);
    assert_int_equal(world_newest(&c.w, AWA_PHONE, "out").status, MESSAGE_ACCEPTED);
    assert_int_equal(tally(&c.w).of_status[MESSAGE_QUEUED], 499);
    clinic_close(&c);
}

static void a_broadcast_leaves_places_for_people_who_wait(void **state) {
    struct clinic c;

    (void)state;
    clinic_open_silent(&c);
    add_to(&c.w, MESSAGE_BULK, OTHER_PHONE, 300);
    for (int i = 0; i < 3; i++) (void)round_once(&c, 0);
    assert_int_equal(outbox_under_way(c.sender), OUTBOX_BULK_CALLS_MAX);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 40);
    for (int i = 0; i < 3; i++) (void)round_once(&c, 0);
    assert_int_equal(outbox_under_way(c.sender), OUTBOX_CALLS_MAX);
    struct tally t = tally(&c.w);
    assert_int_equal(t.in_flight, OUTBOX_CALLS_MAX);
    assert_int_equal(t.of_status[MESSAGE_QUEUED], 340 - OUTBOX_CALLS_MAX);
    clinic_close(&c);
}

/* More outcomes in one round than a transaction may have calls after it. */
static void many_outcomes_are_recorded_and_told_at_once(void **state) {
    struct world w;
    struct event_hub *hub;
    int sent;

    (void)state;
    world_open(&w);
    assert_int_equal(event_hub_new(&hub, NULL), OK);
    w.room.events = hub;
    add_to(&w, MESSAGE_REPLY, AWA_PHONE, 100);
    assert_int_equal(outbox_run_due(&w.room, w.t.db, w.job_arena, &w.clock, &sent, NULL), OK);
    assert_int_equal(tally(&w).of_status[MESSAGE_DELIVERED], 100);
    event_hub_free(hub);
    world_close(&w);
}

/* ---- a carrier in trouble ---- */

static void a_carrier_that_is_away_costs_no_attempts(void **state) {
    struct clinic c = { .silent = -1 };
    struct tally before, after;

    (void)state;
    world_open(&c.w);
    snprintf(c.url, sizeof c.url, "http://127.0.0.1:%d", fake_service_closed_port());
    open_sender(&c, c.url);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 5);
    run(&c);
    assert_true(outbox_sender_paused_until_us(c.sender) > clock_monotonic_us());
    before = tally(&c.w);
    assert_int_equal(before.of_status[MESSAGE_SENDING], 5);
    assert_int_equal(before.attempts, 5);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 20);
    c.w.now_us += HOUR_US;
    for (int i = 0; i < 5; i++) assert_int_equal(round_once(&c, 0), 0);
    after = tally(&c.w);
    assert_int_equal(after.attempts, 5);
    assert_int_equal(after.of_status[MESSAGE_QUEUED], 20);
    assert_int_equal(world_notifications(&c.w), 0);
    clinic_close(&c);
}

static void retry_after_pauses_the_sender(void **state) {
    static const struct fake_answer answers[] = {
        { 429, "{\"code\":20429}", "Retry-After: 60\r\n", FAKE_KEEP },
    };
    struct clinic c;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    run(&c);
    int64_t pause_us = outbox_sender_paused_until_us(c.sender) - clock_monotonic_us();
    assert_in_range(pause_us, 50 * SECOND_US, 60 * SECOND_US);
    add_to(&c.w, MESSAGE_ALERT, AWA_PHONE, 3);
    c.w.now_us += HOUR_US;
    assert_int_equal(round_once(&c, 0), 0);
    assert_int_equal(fake_service_request_count(c.service), 1);
    struct tally t = tally(&c.w);
    assert_int_equal(t.attempts, 1);
    assert_int_equal(t.of_status[MESSAGE_QUEUED], 3);
    assert_int_equal(t.of_status[MESSAGE_SENDING], 1);
    clinic_close(&c);
}

static void after_the_pause_one_message_proves_the_carrier_and_the_rest_follows(void **state) {
    static const struct fake_answer answers[] = {
        { 429, "{\"code\":20429}", "Retry-After: 1\r\n", FAKE_KEEP },
        TAKEN("SM1"),
        TAKEN("SM2"),
        TAKEN("SM3"),
    };
    struct clinic c;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    run(&c);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 2);
    c.w.now_us += MINUTE_US;
    while (outbox_sender_paused_until_us(c.sender)) (void)round_once(&c, SECOND_US);
    assert_in_range(outbox_under_way(c.sender) + (int)fake_service_request_count(c.service), 1, 3);
    run(&c);
    assert_int_equal(tally(&c.w).of_status[MESSAGE_ACCEPTED], 3);
    clinic_close(&c);
}

static void an_account_that_is_refused_fails_nothing_and_is_told_once(void **state) {
    static const struct fake_answer answers[] = {
        { 401, "{\"code\":20003}", NULL, FAKE_KEEP },
        { 401, "{\"code\":20003}", NULL, FAKE_KEEP },
        TAKEN("SM1"),
        TAKEN("SM2"),
    };
    struct clinic c;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    for (int i = 0; i < 2; i++) {
        run(&c);
        assert_true(outbox_sender_account_is_refused(c.sender));
        assert_int_equal(world_newest(&c.w, AWA_PHONE, "out").status, MESSAGE_SENDING);
        assert_str_equal(world_newest(&c.w, AWA_PHONE, "out").error_code, STR("20003"));
        assert_int_equal(world_notifications(&c.w), 1);
        c.w.now_us += 4 * DAY_US;
    }
    run(&c);
    assert_false(outbox_sender_account_is_refused(c.sender));
    assert_int_equal(world_newest(&c.w, AWA_PHONE, "out").status, MESSAGE_ACCEPTED);
    clinic_close(&c);
}

/* ---- what cannot be recorded ---- */

static void an_outcome_that_cannot_be_recorded_holds_up_no_other(void **state) {
    static const struct fake_answer answers[] = { TAKEN("SM1"), TAKEN("SM1"), TAKEN("SM2") };
    struct clinic c;
    int did, failures = 0;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 3);
    for (int i = 0; i < 1000 && (i == 0 || outbox_under_way(c.sender)); i++)
        failures += outbox_round(c.sender, SECOND_US, true, &did, NULL) != OK;
    assert_int_equal(outbox_under_way(c.sender), 0);
    assert_int_equal(failures, 1); /* told once */
    struct tally t = tally(&c.w);
    assert_int_equal(t.of_status[MESSAGE_ACCEPTED], 2);
    assert_int_equal(t.in_flight, 1); /* its lease runs */
    c.w.now_us += OUTBOX_LEASE_US;
    assert_int_equal(round_once(&c, 0), 1);
    assert_int_equal(count_jobs(&c.w, OUTBOX_JOB_SETTLE), 1);
    assert_int_equal(fake_service_request_count(c.service), 3);
    clinic_close(&c);
}

/* ---- a clock that is set ---- */

static void a_clock_that_goes_back_leaves_nobody_waiting(void **state) {
    static const struct fake_answer answers[] = { TAKEN("SM1"), TAKEN("SM2") };
    struct clinic c;

    (void)state;
    clinic_open(&c, answers, COUNT_OF(answers));
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    run(&c);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    c.w.now_us -= 3 * HOUR_US;
    run(&c);
    assert_int_equal(tally(&c.w).of_status[MESSAGE_ACCEPTED], 2);
    clinic_close(&c);
}

static void a_clock_that_jumps_does_not_end_a_call_under_way(void **state) {
    struct clinic c;

    (void)state;
    clinic_open_silent(&c);
    add_to(&c.w, MESSAGE_REPLY, AWA_PHONE, 1);
    (void)round_once(&c, 0);
    c.w.now_us += 2 * HOUR_US;
    (void)round_once(&c, 0);
    assert_int_equal(round_once(&c, 0), 0); /* and not at once again */
    assert_int_equal(outbox_under_way(c.sender), 1);
    assert_int_equal(count_jobs(&c.w, OUTBOX_JOB_SETTLE), 0);
    assert_int_equal(tally(&c.w).attempts, 1);
    clinic_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_overtakes_a_broadcast),
        cmocka_unit_test(a_broadcast_leaves_places_for_people_who_wait),
        cmocka_unit_test(many_outcomes_are_recorded_and_told_at_once),
        cmocka_unit_test(a_carrier_that_is_away_costs_no_attempts),
        cmocka_unit_test(retry_after_pauses_the_sender),
        cmocka_unit_test(after_the_pause_one_message_proves_the_carrier_and_the_rest_follows),
        cmocka_unit_test(an_account_that_is_refused_fails_nothing_and_is_told_once),
        cmocka_unit_test(an_outcome_that_cannot_be_recorded_holds_up_no_other),
        cmocka_unit_test(a_clock_that_goes_back_leaves_nobody_waiting),
        cmocka_unit_test(a_clock_that_jumps_does_not_end_a_call_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
