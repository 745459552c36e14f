/* The ladder of statuses: whatever order reports come in, the end is the same. */
#include "messaging/world.h"

#include "base/buf.h"

static const enum message_status reports[] = { MESSAGE_SENT, MESSAGE_DELIVERED, MESSAGE_READ,
                                               MESSAGE_FAILED };
enum { REPORTS = COUNT_OF(reports) };

/* An accepted message of the carrier's, known as sid. */
static int64_t accepted(struct world *w, const char *sid) {
    struct outbox_message m = { MESSAGE_REPLY, 0, AWA_PHONE, STR("Bonjour"), 0, str_from_c(sid) };
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    enum status s = outbox_add(&w->room, w->t.db, &m, w->now_us, NULL, NULL);
    assert_int_equal(db_finish(w->t.db, s, NULL), OK);
    world_run(w);
    return world_newest(w, AWA_PHONE, "out").id;
}

static enum status accept_only(void *ctx, const struct channel_call *call, const struct outgoing *out,
                               struct sent *sent, struct err *e) {
    (void)ctx, (void)call, (void)e;
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    sent->status = MESSAGE_ACCEPTED;
    return OK;
}

static bool report(struct world *w, struct str sid, enum message_status status) {
    bool climbed = false;
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    enum status s = message_report(
        &w->room, w->t.db, w->t.arena,
        &(struct channel_event) { .kind = EVENT_REPORT, .provider_sid = sid, .status = status }, w->now_us,
        &climbed, NULL);
    assert_int_equal(db_finish(w->t.db, s, NULL), OK);
    return climbed;
}

static void report_in_order(struct world *w, const int order[REPORTS]) {
    struct str sid;
    int64_t id = accepted(w, "");
    struct message_row m;

    assert_true(arena_printf(w->t.arena, &sid, "SM%lld", (long long)id));
    for (int i = 0; i < REPORTS; i++) {
        report(w, sid, reports[order[i]]);
        assert_false(report(w, sid, reports[order[i]])); /* said twice */
    }
    assert_int_equal(message_get(w->t.db, w->t.arena, id, &m, NULL), OK);
    assert_int_equal(m.status, MESSAGE_READ);
    assert_true(m.read_at_us > 0);
}

static void permute(struct world *w, int order[REPORTS], int n) {
    if (n == REPORTS) {
        report_in_order(w, order);
        return;
    }
    for (int i = n; i < REPORTS; i++) {
        int kept = order[n];
        order[n] = order[i], order[i] = kept;
        permute(w, order, n + 1);
        kept = order[n];
        order[n] = order[i], order[i] = kept;
    }
}

static void every_order_of_reports_ends_the_same(void **state) {
    int order[REPORTS] = { 0, 1, 2, 3 };
    struct world w;

    (void)state;
    world_open(&w);
    w.channel.send = accept_only;
    permute(&w, order, 0);
    world_close(&w);
}

static void a_report_on_nothing_of_ours_is_told(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(message_report_alone(&w.room, w.t.db, w.t.arena,
                                          &(struct channel_event) { .kind = EVENT_REPORT,
                                                                    .provider_sid = STR("SM0"),
                                                                    .status = MESSAGE_READ },
                                          NOON_US, NULL),
                     E_NOT_FOUND);
    world_close(&w);
}

static void a_message_is_shown_with_its_history(void **state) {
    struct world w;
    struct message_row m;
    struct buf out;
    struct json_out json = json_out_to(&out);

    (void)state;
    world_open(&w);
    assert_int_equal(message_get(w.t.db, w.t.arena, accepted(&w, "k"), &m, NULL), OK);
    buf_init(&out, 10000);
    assert_int_equal(message_write_json(w.t.db, &m, &json, NULL), OK);
    static const char *const steps[] = { "\"queued\"", "\"sending\"", "\"accepted\"", "\"delivered\"" };
    struct str text = buf_str(&out), history = str_sub(text, str_find(text, STR("history")), text.n);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        size_t at = str_find(history, str_from_c(steps[i]));
        assert_true(at < history.n);
        history = str_sub(history, at, history.n);
    }
    buf_done(&out);
    world_close(&w);
}

struct ids {
    int64_t id[4];
    int64_t count;
};

static enum status take_id(void *ctx, const struct message_row *m, struct err *e) {
    struct ids *ids = ctx;
    (void)e;
    assert_true(ids->count < (int64_t)COUNT_OF(ids->id));
    ids->id[ids->count++] = m->id;
    return OK;
}

/* The log by status alone, with a direction and in pages: the same rows as are counted, the newest first. */
static void the_log_by_status(void **state) {
    struct world w;
    struct ids all = { 0 }, second = { 0 }, in = { 0 };
    int64_t count = 0;

    (void)state;
    world_open(&w);
    w.channel.send = accept_only;
    const int64_t first = accepted(&w, "1"), last = accepted(&w, "2"), failed = accepted(&w, "3");
    struct str sid;
    assert_true(arena_printf(w.t.arena, &sid, "SM%lld", (long long)failed));
    assert_true(report(&w, sid, MESSAGE_FAILED));
    struct message_filter f = { .status = STR("accepted"), .limit = 10 };
    assert_int_equal(message_each(w.t.db, &f, take_id, &all, NULL), OK);
    assert_int_equal(message_count(w.t.db, &f, &count, NULL), OK);
    assert_int_equal(all.count, 2), assert_int_equal(count, 2);
    assert_int_equal(all.id[0], last), assert_int_equal(all.id[1], first);
    f.direction = STR("out"), f.offset = 1;
    assert_int_equal(message_each(w.t.db, &f, take_id, &second, NULL), OK);
    assert_int_equal(second.count, 1), assert_int_equal(second.id[0], first);
    f.direction = STR("in"), f.offset = 0;
    assert_int_equal(message_each(w.t.db, &f, take_id, &in, NULL), OK);
    assert_int_equal(message_count(w.t.db, &f, &count, NULL), OK);
    assert_int_equal(in.count, 0), assert_int_equal(count, 0);
    world_close(&w);
}

static void names_read_back(void **state) {
    (void)state;
    for (int i = 0; i < MESSAGE_STATUS_COUNT; i++) {
        enum message_status status;
        assert_true(
            message_status_from_name(str_from_c(message_status_name((enum message_status)i)), &status));
        assert_int_equal(status, i);
    }
    for (int i = 0; i < MESSAGE_KIND_COUNT; i++) {
        enum message_kind kind;
        assert_true(message_kind_from_name(str_from_c(message_kind_name((enum message_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    enum message_status status = MESSAGE_READ;
    assert_false(message_status_from_name(STR("gone"), &status));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_of_reports_ends_the_same),
        cmocka_unit_test(a_report_on_nothing_of_ours_is_told),
        cmocka_unit_test(a_message_is_shown_with_its_history),
        cmocka_unit_test(the_log_by_status),
        cmocka_unit_test(names_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
