/* When it leaves, from the first row to the carrier's ledger: repeated, not in quiet hours, within the hour's number and the sender's limit. */
#include "broadcasts/station.h"

#include "broadcasts/estimate.h"
#include "messaging/outbox.h"
#include "messaging/sender_limit.h"
#include "messaging/template.h"

enum { LEDGER_MAX = 2000 };

/* A carrier that lets write freely only who wrote, knows when it got what, and may refuse more than so many people a day, at once or by a report. */
struct clinic {
    struct station s;
    struct {
        char to[20];
        int64_t at_us, id;
        bool template;
    } ledger[LEDGER_MAX];
    int count, refused;
    int64_t limit; /* different people by templates in 24 hours; 0: none */
    bool by_report;
};

static int people_today(const struct clinic *c, const char *except) {
    int people = 0;
    for (int i = 0; i < c->count; i++) {
        bool again = c->ledger[i].at_us <= c->s.w.now_us - DAY_US || !c->ledger[i].template ||
                     strcmp(c->ledger[i].to, except) == 0;
        for (int k = 0; k < i && !again; k++)
            again =
                strcmp(c->ledger[k].to, c->ledger[i].to) == 0 && c->ledger[k].at_us > c->s.w.now_us - DAY_US;
        people += !again;
    }
    return people;
}

static enum status hand(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        struct sent *sent, struct err *e) {
    struct clinic *c = ctx;
    char to[20];
    (void)call, (void)e;
    snprintf(to, sizeof to, "%.*s", STR_ARG(out->to));
    if (out->template_name.n && c->limit && people_today(c, to) >= c->limit) {
        c->refused++;
        sent->verdict = VERDICT_LATER;
        snprintf(sent->error_code, sizeof sent->error_code, "63018");
        return OK;
    }
    assert_true(c->count < LEDGER_MAX);
    memcpy(c->ledger[c->count].to, to, sizeof to);
    c->ledger[c->count].at_us = c->s.w.now_us;
    c->ledger[c->count].template = out->template_name.n > 0;
    c->ledger[c->count++].id = out->message_id;
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    sent->status = MESSAGE_ACCEPTED;
    return OK;
}

static enum status approved(void *ctx, const struct channel_call *call, struct str name, struct str language,
                            enum template_state *out, struct err *e) {
    (void)ctx, (void)call, (void)name, (void)language, (void)e;
    *out = TEMPLATE_APPROVED;
    return OK;
}

static void open_clinic(struct clinic *c, int people, bool has_window) {
    memset(c, 0, sizeof *c);
    assert_int_equal(zone_use(STR("Africa/Dakar"), NULL), OK);
    station_open(&c->s);
    c->s.w.channel.send = hand;
    c->s.w.channel.find = NULL;
    c->s.w.channel.status_of = NULL;
    c->s.w.channel.template_state = approved;
    c->s.w.channel.ctx = c;
    c->s.w.channel.has_window = has_window;
    c->s.w.room.message_rate = 80;
    station_add_many(&c->s, people);
    if (!has_window) return;
    const struct template_actor by = { &c->s.w.room, 1, c->s.w.now_us };
    struct template t = { .purpose = STR("conseil"),
                          .language = LANG_FR,
                          .carrier_name = STR("conseil"),
                          .carrier_language = STR("fr"),
                          .body = STR("{{1}}"),
                          .variables = STR("[\"content\"]"),
                          .category = STR("UTILITY") };
    assert_int_equal(template_add(c->s.w.t.db, &by, &t, NULL), OK);
    station_run(&c->s);
}

/* The clock goes from one thing that is due to the next. */
static void live_until(struct clinic *c, int64_t until_us) {
    struct station *s = &c->s;
    for (;;) {
        station_run(s);
        int64_t next =
            station_sql(s,
                        "SELECT COALESCE(min(t), $1) FROM (SELECT min(due_at_us) AS t FROM job UNION ALL "
                        "SELECT min(due_at_us) FROM message) AS x",
                        1, until_us, 0, 0);
        if (next >= until_us) break;
        s->w.now_us = next > s->w.now_us ? next : s->w.now_us + 10000; /* the sender's own rate */
    }
    s->w.now_us = until_us;
    station_run(s);
}

static int64_t begin(struct clinic *c, struct broadcast b) {
    const struct broadcast_actor by = station_actor(&c->s);
    int64_t id = station_write(&c->s, b);
    struct err e = { 0 };
    enum status s = broadcast_start(c->s.w.t.db, c->s.w.t.arena, &by, id, &e);
    if (s != OK) print_message("%s\n", e.detail);
    assert_int_equal(s, OK);
    return id;
}

static struct broadcast by_template(void) {
    struct broadcast b = station_blank();
    b.template_sid = STR("conseil");
    return b;
}

static void check_everybody_once(struct clinic *c, int people) {
    assert_int_equal(c->count, people);
    for (int i = 0; i < c->count; i++)
        for (int k = 0; k < i; k++) assert_string_not_equal(c->ledger[i].to, c->ledger[k].to);
}

/* ---- quiet hours and the hour's number ---- */

static void no_hour_has_more(struct clinic *c, int rate) {
    for (int i = rate; i < c->count; i++)
        assert_true(c->ledger[i].at_us - c->ledger[i - rate].at_us >= HOUR_US);
}

static void nothing_leaves_in_quiet_hours(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 200, false);
    assert_true(day_span_parse(STR("12:10-13:00"), &c->s.room.quiet)); /* it is noon */
    struct broadcast b = station_blank();
    b.rate_per_hour = 600;
    int64_t noon = c->s.w.now_us, id = begin(c, b);
    live_until(c, noon + 30 * MINUTE_US);
    assert_in_range(c->count, 98, 101);
    assert_str_equal(station_get(&c->s, id).waits_for, STR("quiet_hours"));
    assert_int_equal(station_get(&c->s, id).waits_until_us, noon + HOUR_US);
    int before = c->count;
    assert_int_equal(db_begin(c->s.w.t.db, NULL), OK); /* an answer is no broadcast */
    const struct outbox_message reply = { .kind = MESSAGE_REPLY, .phone = AWA_PHONE, .body = STR("Bonjour") };
    enum status s = outbox_add(&c->s.w.room, c->s.w.t.db, &reply, c->s.w.now_us, NULL, NULL);
    assert_int_equal(db_finish(c->s.w.t.db, s, NULL), OK);
    station_run(&c->s);
    assert_int_equal(c->count, before + 1);
    c->count--;
    live_until(c, noon + 2 * HOUR_US);
    check_everybody_once(c, 200);
    for (int i = 0; i < c->count; i++)
        assert_true(c->ledger[i].at_us < noon + 10 * MINUTE_US || c->ledger[i].at_us >= noon + HOUR_US);
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENT);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

/* Its own hours come before the clinic's. */
static void a_broadcast_may_have_hours_of_its_own(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 5, false);
    assert_true(day_span_parse(STR("11:00-15:00"), &c->s.room.quiet));
    struct broadcast b = station_blank();
    begin(c, b);
    b.quiet_hours = STR(QUIET_NONE);
    begin(c, b);
    station_run(&c->s);
    assert_int_equal(c->count, 5);
    b.quiet_hours = STR("12:00-12:30");
    begin(c, b);
    live_until(c, c->s.w.now_us + 31 * MINUTE_US);
    assert_int_equal(c->count, 10);
    live_until(c, c->s.w.now_us + 3 * HOUR_US);
    assert_int_equal(c->count, 15);
    station_close(&c->s);
    test_free(c);
}

/* The carrier cannot be reached for two hours: what has piled up does not leave in a heap. */
static void the_hours_number_is_exact(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 500, false);
    struct broadcast b = station_blank();
    b.rate_per_hour = 100;
    int64_t noon = c->s.w.now_us, id = begin(c, b);
    live_until(c, noon + HOUR_US);
    assert_in_range(c->count, 99, 100);
    station_sql(
        &c->s,
        "UPDATE message SET due_at_us = due_at_us + $1 WHERE broadcast_id = $2 AND due_at_us IS NOT NULL", 2,
        2 * HOUR_US, id, 0);
    for (int i = 0; i < 24; i++) { /* whatever is put there lies there, too */
        live_until(c, c->s.w.now_us + 5 * MINUTE_US);
        station_sql(&c->s, "UPDATE message SET due_at_us = $1 WHERE broadcast_id = $2 AND due_at_us < $1", 2,
                    noon + 3 * HOUR_US, id, 0);
    }
    live_until(c, noon + 12 * HOUR_US);
    check_everybody_once(c, 500);
    no_hour_has_more(c, 100);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

/* ---- the sender's limit ---- */

static void no_day_has_more_people(struct clinic *c, int limit) {
    for (int i = limit; i < c->count; i++)
        assert_true(c->ledger[i].at_us - c->ledger[i - limit].at_us >= DAY_US);
}

static void the_limit_spreads_it_over_days(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    struct estimate x;
    (void)state;
    open_clinic(c, 600, true);
    c->s.room.people_per_day = c->limit = 250;
    c->s.room.prices = (struct broadcast_prices) { .message = { .known = true, .micro_usd = 5000 },
                                                   .utility = { .known = true, .micro_usd = 4000 } };
    int64_t noon = c->s.w.now_us, id = station_write(&c->s, by_template());
    struct broadcast b = station_get(&c->s, id);
    assert_int_equal(broadcast_estimate(c->s.w.t.db, c->s.w.t.arena, &c->s.room, &b, noon, &x, NULL), OK);
    assert_int_equal(x.recipients, 600);
    assert_int_equal(x.by_template, 600);
    assert_int_equal(x.end.days, 3);
    assert_true(x.price.known);
    assert_int_equal(x.price.micro_usd, 600 * 9000);
    const struct broadcast_actor by = station_actor(&c->s);
    assert_int_equal(broadcast_start(c->s.w.t.db, c->s.w.t.arena, &by, id, NULL), OK);
    live_until(c, noon + HOUR_US);
    assert_int_equal(c->count, 250);
    b = station_get(&c->s, id);
    assert_str_equal(b.waits_for, STR("people_per_day"));
    assert_true(b.waits_until_us >= noon + DAY_US && b.waits_until_us < noon + DAY_US + MINUTE_US);
    live_until(c, noon + 3 * DAY_US);
    assert_int_equal(c->refused, 0);
    check_everybody_once(c, 600);
    no_day_has_more_people(c, 250);
    assert_true(c->ledger[599].at_us <= x.end.last_us + HOUR_US);
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENT);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

/* The limit is one of templates: who has written today gets it, and the others wait for their day. */
static void who_may_be_written_to_freely_does_not_wait(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    int free = 0;
    (void)state;
    open_clinic(c, 300, true);
    c->s.room.people_per_day = c->limit = 250;
    int64_t noon = c->s.w.now_us;
    station_sql(&c->s,
                "INSERT INTO contact (phone, last_in_at_us) SELECT phone, $1 FROM patient WHERE id > 280 "
                "ON CONFLICT (phone) DO UPDATE SET last_in_at_us = excluded.last_in_at_us",
                1, noon - MINUTE_US, 0, 0);
    int64_t id = begin(c, by_template());
    live_until(c, noon + HOUR_US);
    for (int i = 0; i < c->count; i++) free += !c->ledger[i].template;
    assert_true(free > 0);
    assert_int_equal(c->count, 250 + free);
    assert_int_equal(station_count(&c->s, id, RECIPIENT_WAITING), 300 - c->count);
    assert_str_equal(station_get(&c->s, id).waits_for, STR("people_per_day"));
    live_until(c, noon + 2 * DAY_US);
    assert_int_equal(c->refused, 0);
    check_everybody_once(c, 300);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

/* Nobody has set it: the carrier's refusals teach it, few of them, and nobody is lost. */
static void the_limit_is_learnt(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    struct sender_limit limit;
    (void)state;
    open_clinic(c, 600, true);
    c->limit = 250;
    int64_t noon = c->s.w.now_us, id = begin(c, by_template());
    live_until(c, noon + MINUTE_US);
    assert_int_equal(c->count, 250);
    assert_str_equal(station_get(&c->s, id).waits_for, STR("carrier_limit"));
    live_until(c, noon + 5 * HOUR_US);
    assert_int_equal(sender_limit_get(c->s.w.t.db, str_from_c(c->s.w.channel.name), &limit, NULL), OK);
    assert_int_equal(sender_limit_people(&limit, c->s.w.now_us), 250);
    live_until(c, noon + 8 * DAY_US);
    check_everybody_once(c, 600);
    no_day_has_more_people(c, 250);
    print_message("refused %d times, last after %.1f hours\n", c->refused,
                  (double)(c->ledger[599].at_us - noon) / (double)HOUR_US);
    assert_true(c->refused < 1200);
    assert_int_equal(station_count(&c->s, id, RECIPIENT_FAILED), 0);
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENT);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

static void report(struct clinic *c, int64_t id, enum verdict verdict, const char *code) {
    char sid[32];
    snprintf(sid, sizeof sid, "SM%lld", (long long)id);
    const struct channel_event event = { .kind = EVENT_REPORT,
                                         .provider_sid = str_from_c(sid),
                                         .status = MESSAGE_FAILED,
                                         .verdict = verdict,
                                         .error_code = str_from_c(code) };
    assert_int_equal(
        message_report_alone(&c->s.w.room, c->s.w.t.db, c->s.w.t.arena, &event, c->s.w.now_us, NULL), OK);
}

/* Taken, and refused by a report: advertising on another day, a limit as often as it takes; the last one opens the broadcast again. */
static void what_is_kept_back_is_tried_again(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 2, true);
    int64_t noon = c->s.w.now_us, id = begin(c, by_template());
    station_run(&c->s);
    assert_int_equal(c->count, 2);
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENT);
    report(c, c->ledger[0].id, VERDICT_KEPT_BACK, "63049");
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENDING);
    assert_int_equal(station_count(&c->s, id, RECIPIENT_QUEUED), 1);
    live_until(c, noon + 23 * HOUR_US);
    assert_int_equal(c->count, 2);
    live_until(c, noon + 25 * HOUR_US);
    assert_int_equal(c->count, 3);
    assert_string_equal(c->ledger[2].to, c->ledger[0].to);
    assert_int_equal(station_get(&c->s, id).status, BROADCAST_SENT);
    for (int i = 0; i < 6; i++) {
        report(c, c->ledger[c->count - 1].id, VERDICT_LATER, "63018");
        assert_int_equal(station_count(&c->s, id, RECIPIENT_QUEUED), 1);
        live_until(c, c->s.w.now_us + 3 * HOUR_US);
        assert_int_equal(c->count, 4 + i);
    }
    assert_int_equal(station_count(&c->s, id, RECIPIENT_FAILED), 0);
    station_check_counts(&c->s, id);
    station_close(&c->s);
    test_free(c);
}

/* ---- again and again ---- */

static int64_t runs_of(struct clinic *c, int64_t id) {
    return station_sql(&c->s, "SELECT count(*) FROM broadcast WHERE run_of = $1", 1, id, 0, 0);
}

static struct broadcast daily(struct clinic *c) {
    struct broadcast b = station_blank();
    b.repeat = REPEAT_DAILY;
    b.scheduled_at_us = b.repeat_from_us = c->s.w.now_us + HOUR_US;
    return b;
}

static void each_time_has_one_run(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 3, false);
    struct broadcast b = daily(c);
    int64_t noon = c->s.w.now_us, id;
    b.repeat_count = 4;
    id = station_write(&c->s, b);
    live_until(c, noon + 2 * HOUR_US);
    assert_int_equal(runs_of(c, id), 1);
    assert_int_equal(c->count, 3);
    station_add_person(&c->s, 9); /* each run finds out who is meant */
    c->count = 0;                 /* the welcome */
    live_until(c, noon + DAY_US + 2 * HOUR_US);
    assert_int_equal(runs_of(c, id), 2);
    assert_int_equal(c->count, 4);
    c->s.w.now_us += 5 * DAY_US; /* away */
    live_until(c, c->s.w.now_us + HOUR_US);
    assert_int_equal(runs_of(c, id), 3);
    live_until(c, c->s.w.now_us + 10 * DAY_US);
    assert_int_equal(runs_of(c, id), 4);
    b = station_get(&c->s, id);
    assert_int_equal(b.status, BROADCAST_SENT);
    assert_int_equal(b.runs, 4);
    assert_int_equal(c->count, 12);
    assert_int_equal(
        station_sql(&c->s,
                    "SELECT count(DISTINCT run_at_us) FROM broadcast WHERE run_of = $1 AND status = 'sent'",
                    1, id, 0, 0),
        4);
    station_close(&c->s);
    test_free(c);
}

/* Two nodes that read the same row, and a node that is killed before it commits. */
static void of_two_nodes_one_makes_the_run(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    (void)state;
    open_clinic(c, 1, false);
    int64_t id = station_write(&c->s, daily(c));
    struct broadcast read;
    c->s.w.now_us += 2 * HOUR_US;
    read = station_get(&c->s, id);
    const struct broadcast_actor by = station_actor(&c->s);
    assert_int_equal(db_begin(c->s.w.t.db, NULL), OK);
    assert_int_equal(series_run(c->s.w.t.db, c->s.w.t.arena, &by, &read, NULL), OK);
    assert_int_equal(db_finish(c->s.w.t.db, E_INTERNAL, NULL), E_INTERNAL); /* killed */
    assert_int_equal(runs_of(c, id), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(series_run(c->s.w.t.db, c->s.w.t.arena, &by, &read, NULL), OK);
    assert_int_equal(runs_of(c, id), 1);
    station_run(&c->s);
    assert_int_equal(runs_of(c, id), 1);
    assert_int_equal(c->count, 1);
    station_close(&c->s);
    test_free(c);
}

static enum status act(struct clinic *c, int64_t id,
                       enum status (*fn)(struct db *, struct arena *, const struct broadcast_actor *, int64_t,
                                         struct err *)) {
    const struct broadcast_actor by = station_actor(&c->s);
    return fn(c->s.w.t.db, c->s.w.t.arena, &by, id, NULL);
}

static void a_scheduled_one_can_be_paused(void **state) {
    struct clinic *c = test_malloc(sizeof *c);
    struct broadcast b = station_blank();
    (void)state;
    open_clinic(c, 2, false);
    int64_t noon = c->s.w.now_us, once, series;
    b.scheduled_at_us = noon + HOUR_US;
    once = station_write(&c->s, b);
    series = station_write(&c->s, daily(c));
    assert_int_equal(act(c, series, broadcast_start), E_CONFLICT);
    assert_int_equal(act(c, once, broadcast_pause), OK);
    assert_int_equal(act(c, series, broadcast_pause), OK);
    assert_int_equal(act(c, once, broadcast_pause), E_CONFLICT);
    live_until(c, noon + 30 * HOUR_US);
    assert_int_equal(c->count, 0);
    assert_int_equal(act(c, once, broadcast_resume), OK); /* its time has passed */
    station_run(&c->s);
    assert_int_equal(c->count, 2);
    assert_int_equal(act(c, series, broadcast_resume), OK); /* tomorrow's is its next */
    station_run(&c->s);
    assert_int_equal(c->count, 2);
    assert_int_equal(station_get(&c->s, series).scheduled_at_us, noon + HOUR_US + 2 * DAY_US);
    live_until(c, noon + 2 * DAY_US + 2 * HOUR_US);
    assert_int_equal(runs_of(c, series), 1);
    assert_int_equal(c->count, 4);
    assert_int_equal(act(c, series, broadcast_cancel), OK);
    live_until(c, noon + 5 * DAY_US);
    assert_int_equal(runs_of(c, series), 1);
    station_close(&c->s);
    test_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaves_in_quiet_hours),
        cmocka_unit_test(a_broadcast_may_have_hours_of_its_own),
        cmocka_unit_test(the_hours_number_is_exact),
        cmocka_unit_test(the_limit_spreads_it_over_days),
        cmocka_unit_test(who_may_be_written_to_freely_does_not_wait),
        cmocka_unit_test(the_limit_is_learnt),
        cmocka_unit_test(what_is_kept_back_is_tried_again),
        cmocka_unit_test(each_time_has_one_run),
        cmocka_unit_test(of_two_nodes_one_makes_the_run),
        cmocka_unit_test(a_scheduled_one_can_be_paused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
