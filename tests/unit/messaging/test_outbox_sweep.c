/* Messages whose reports stay away are asked for, less and less often, until they are a day old. */
#include "messaging/world.h"

#include "messaging/outbox_sweep_store.h"

/* A carrier that takes everything, reports nothing and is asked. */
struct quiet {
    struct world w;
    int asked;
    enum status says; /* of each question */
    enum message_status status;
};

static enum status take(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        struct sent *sent, struct err *e) {
    (void)ctx, (void)call, (void)e;
    *sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    return OK;
}

static enum status say(void *ctx, const struct channel_call *call, struct str sid, struct channel_event *out,
                       struct err *e) {
    struct quiet *q = ctx;
    assert_false(db_in_transaction(call->db));
    q->asked++;
    if (q->says != OK) return fail(e, q->says, NULL, "the carrier cannot say");
    *out = (struct channel_event) { .kind = EVENT_REPORT, .provider_sid = sid, .status = q->status };
    return OK;
}

static void open_quiet(struct quiet *q, int messages) {
    *q = (struct quiet) { .says = OK, .status = MESSAGE_SENT };
    world_open(&q->w);
    q->w.channel.ctx = q;
    q->w.channel.send = take;
    q->w.channel.status_of = say;
    assert_int_equal(db_begin(q->w.t.db, NULL), OK);
    for (int i = 0; i < messages; i++) {
        struct outbox_message m = { .kind = MESSAGE_REPLY, .phone = AWA_PHONE, .body = STR("Bonjour") };
        assert_int_equal(outbox_add(&q->w.room, q->w.t.db, &m, q->w.now_us, NULL, NULL), OK);
    }
    for (int i = 0; i < 2; i++) /* one is enough */
        assert_int_equal(outbox_add_sweep(&q->w.room, q->w.t.db, 0, q->w.now_us, NULL), OK);
    assert_int_equal(db_finish(q->w.t.db, OK, NULL), OK);
    world_run(&q->w);
}

/* Lets time pass in the steps of the job. */
static void pass(struct quiet *q, int64_t us) {
    for (int64_t end_us = q->w.now_us + us; q->w.now_us < end_us;) {
        q->w.now_us += 5 * MINUTE_US;
        world_run(&q->w);
    }
}

static enum message_status newest(struct quiet *q) {
    return world_newest(&q->w, AWA_PHONE, "out").status;
}

static void a_lost_report_is_asked_for(void **state) {
    struct quiet q;

    (void)state;
    open_quiet(&q, 1);
    assert_int_equal(newest(&q), MESSAGE_ACCEPTED);
    pass(&q, 5 * MINUTE_US);
    assert_int_equal(q.asked, 0);
    pass(&q, 5 * MINUTE_US);
    assert_int_equal(q.asked, 1);
    assert_int_equal(newest(&q), MESSAGE_SENT);
    q.status = MESSAGE_DELIVERED;
    pass(&q, HOUR_US);
    assert_int_equal(newest(&q), MESSAGE_DELIVERED);
    assert_int_equal(q.asked, 2);
    pass(&q, 2 * DAY_US);
    assert_int_equal(q.asked, 2); /* known: nobody is asked any more */
    world_close(&q.w);
}

static void a_report_that_came_spares_the_question(void **state) {
    struct quiet q;

    (void)state;
    open_quiet(&q, 1);
    struct channel_event read = { .kind = EVENT_REPORT,
                                  .provider_sid = world_newest(&q.w, AWA_PHONE, "out").provider_sid,
                                  .status = MESSAGE_READ };
    assert_int_equal(message_report_alone(&q.w.room, q.w.t.db, q.w.t.arena, &read, q.w.now_us, NULL), OK);
    pass(&q, HOUR_US);
    assert_int_equal(q.asked, 0);
    world_close(&q.w);
}

static void it_is_given_up_after_a_day(void **state) {
    struct quiet q;

    (void)state;
    open_quiet(&q, 1);
    pass(&q, DAY_US + 5 * HOUR_US);
    int asked = q.asked;
    assert_in_range(asked, 5, 12); /* at growing intervals */
    pass(&q, 2 * DAY_US);
    assert_int_equal(q.asked, asked);
    assert_int_equal(newest(&q), MESSAGE_SENT);
    world_close(&q.w);
}

static void a_carrier_in_trouble_is_left_alone_until_the_next_run(void **state) {
    struct quiet q;

    (void)state;
    open_quiet(&q, 5);
    q.says = E_RETRY;
    pass(&q, 10 * MINUTE_US);
    assert_int_equal(q.asked, 1);
    q.says = E_NOT_FOUND;
    pass(&q, 5 * MINUTE_US);
    assert_int_equal(q.asked, 6);
    pass(&q, DAY_US);
    assert_int_equal(q.asked, 6); /* it does not know them: it will not later */
    world_close(&q.w);
}

static void a_run_asks_for_fifty(void **state) {
    struct quiet q;

    (void)state;
    open_quiet(&q, OUTBOX_SWEEP_MAX + 20);
    q.status = MESSAGE_DELIVERED;
    pass(&q, 10 * MINUTE_US);
    assert_int_equal(q.asked, OUTBOX_SWEEP_MAX);
    q.w.now_us += MINUTE_US; /* the next run comes sooner */
    world_run(&q.w);
    assert_int_equal(q.asked, OUTBOX_SWEEP_MAX + 20);
    world_close(&q.w);
}

static void pauses_double_up_to_four_hours(void **state) {
    (void)state;
    assert_int_equal(outbox_next_ask_us(NOON_US, NOON_US + 10 * MINUTE_US), NOON_US + 20 * MINUTE_US);
    assert_int_equal(outbox_next_ask_us(NOON_US, NOON_US + 80 * MINUTE_US), NOON_US + 160 * MINUTE_US);
    assert_int_equal(outbox_next_ask_us(NOON_US, NOON_US + 10 * HOUR_US), NOON_US + 14 * HOUR_US);
    assert_int_equal(outbox_next_ask_us(NOON_US, NOON_US + DAY_US), 0);
    /* A clock that was set back asks no sooner. */
    assert_int_equal(outbox_next_ask_us(NOON_US, NOON_US - HOUR_US), NOON_US - HOUR_US + OUTBOX_REPORT_US);
}

static void what_waits_is_counted_by_lane(void **state) {
    struct outbox_waiting lanes[LANE_COUNT];
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(db_begin(w.t.db, NULL), OK);
    for (int i = 0; i < 3; i++) {
        struct outbox_message m = { .kind = MESSAGE_BULK, .phone = AWA_PHONE, .body = STR("Conseil") };
        if (i == 2) m.kind = MESSAGE_REPLY;
        assert_int_equal(outbox_add(&w.room, w.t.db, &m, w.now_us + i, NULL, NULL), OK);
    }
    assert_int_equal(db_finish(w.t.db, OK, NULL), OK);
    assert_int_equal(outbox_waiting(w.t.db, lanes, NULL), OK);
    assert_int_equal(lanes[LANE_BULK].count, 2);
    assert_int_equal(lanes[LANE_BULK].oldest_us, NOON_US);
    assert_int_equal(lanes[LANE_REPLY].count, 1);
    assert_int_equal(lanes[LANE_REPLY].oldest_us, NOON_US + 2);
    assert_int_equal(lanes[LANE_ALERT].count, 0);
    w.now_us += SECOND_US;
    world_run(&w);
    assert_int_equal(outbox_waiting(w.t.db, lanes, NULL), OK);
    assert_int_equal(lanes[LANE_BULK].count + lanes[LANE_REPLY].count, 0);
    world_close(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_report_is_asked_for),
        cmocka_unit_test(a_report_that_came_spares_the_question),
        cmocka_unit_test(it_is_given_up_after_a_day),
        cmocka_unit_test(a_carrier_in_trouble_is_left_alone_until_the_next_run),
        cmocka_unit_test(a_run_asks_for_fifty),
        cmocka_unit_test(pauses_double_up_to_four_hours),
        cmocka_unit_test(what_waits_is_counted_by_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
