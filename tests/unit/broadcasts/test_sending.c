/* From a draft to the last recipient: one message each, whatever goes wrong, and a ledger that always adds up. */
#include "broadcasts/station.h"

#include "broadcasts/preview.h"
#include "messaging/outbox.h"
#include "patients/consent.h"

static enum status start(struct station *s, int64_t id, struct err *e) {
    const struct broadcast_actor by = station_actor(s);
    return broadcast_start(s->w.t.db, s->w.t.arena, &by, id, e);
}

static void set_consent(struct station *s, int64_t patient_id, bool granted) {
    assert_int_equal(db_begin(s->w.t.db, NULL), OK);
    enum status status = consent_record(s->w.t.db, patient_id, CONSENT_MESSAGES, granted, CONSENT_BY_STAFF, 1,
                                        s->w.now_us, NULL);
    assert_int_equal(db_finish(s->w.t.db, status, NULL), OK);
}

static enum status accept_only(void *ctx, const struct channel_call *call, const struct outgoing *out,
                               struct sent *sent, struct err *e) {
    (void)ctx, (void)call, (void)e;
    *sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM-%d", out->attempt);
    return OK;
}

static void everybody_gets_one(void **state) {
    struct station s;
    int64_t most, id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 450);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENDING);
    assert_int_equal(station_count(&s, id, RECIPIENT_WAITING),
                     450); /* made in the transaction that starts it */
    station_run(&s);
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 450);
    assert_int_equal(station_deliveries(&s, id, &most), 450);
    assert_int_equal(most, 1);
    struct broadcast b = station_get(&s, id);
    assert_int_equal(b.status, BROADCAST_SENT);
    assert_true(b.finished_at_us > 0);
    station_check_counts(&s, id);
    station_close(&s);
}

static void who_may_not_be_written_to_is_left_out(void **state) {
    struct station s;
    int64_t id, willing, stopped, inactive, pending;
    (void)state;
    station_open(&s);
    willing = station_add_person(&s, 1);
    stopped = station_add_person(&s, 2);
    inactive = station_add_person(&s, 3);
    pending = world_add_patient(&s.w, STR("+221770000004"));
    set_consent(&s, stopped, false);
    station_sql(&s, "UPDATE patient SET status = 'inactive' WHERE id = $1", 1, inactive, 0, 0);
    station_sql(&s, "DELETE FROM consent WHERE patient_id = $1 AND granted = 9", 1, willing, 0, 0);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    station_run(&s);
    assert_str_equal(station_recipient(&s, id, willing).state, STR("delivered"));
    assert_str_equal(station_recipient(&s, id, stopped).reason, STR("opted_out"));
    assert_str_equal(station_recipient(&s, id, inactive).reason, STR("inactive"));
    assert_str_equal(station_recipient(&s, id, pending).reason, STR("pending"));
    assert_int_equal(station_count(&s, id, RECIPIENT_LEFT_OUT), 3);
    assert_int_equal(world_count(&s.w, STR("+221770000002"), "out"), 1); /* the invitation of before */
    station_check_counts(&s, id);
    station_close(&s);
}

/* STOP after the list was made, and after the message was put into the outbox. */
static void who_says_stop_gets_nothing_more(void **state) {
    struct station s;
    struct fill_result filled;
    int64_t id, in_outbox, on_list;
    (void)state;
    station_open(&s);
    in_outbox = station_add_person(&s, 1);
    on_list = station_add_person(&s, 2);
    struct broadcast b = station_blank();
    b.rate_per_hour = 60; /* one now, the other in a minute */
    id = station_write(&s, b);
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(fill_batch(s.w.t.db, s.w.t.arena, &s.room, id, s.w.now_us, &filled, NULL), OK);
    assert_int_equal(filled.moved, 1);
    assert_true(filled.look_again_us > s.w.now_us);
    set_consent(&s, in_outbox, false);
    set_consent(&s, on_list, false);
    s.w.now_us += 2 * MINUTE_US;
    station_run(&s);
    assert_int_equal(station_count(&s, id, RECIPIENT_LEFT_OUT), 2);
    assert_str_equal(station_recipient(&s, id, in_outbox).reason, STR("opted_out"));
    assert_str_equal(station_recipient(&s, id, on_list).reason, STR("opted_out"));
    int64_t most;
    assert_int_equal(station_deliveries(&s, id, &most), 0);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    station_check_counts(&s, id);
    station_close(&s);
}

static void a_number_gets_one(void **state) {
    struct station s;
    int64_t id, first;
    (void)state;
    station_open(&s);
    first = station_add_person(&s, 1);
    station_add_person(&s, 2);
    station_sql(&s, "UPDATE patient SET phone = '+221770000001', shares_phone = 1 WHERE id > $1", 1, first, 0,
                0);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    station_run(&s);
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 1);
    assert_str_equal(station_recipient(&s, id, first).state, STR("delivered"));
    assert_str_equal(station_recipient(&s, id, first + 1).reason, STR("same_number"));
    station_check_counts(&s, id);
    station_close(&s);
}

/* It became another's, too, after the list was made. */
static void a_number_that_is_shared_later_gets_one(void **state) {
    struct station s;
    int64_t id, first;
    (void)state;
    station_open(&s);
    first = station_add_person(&s, 1);
    station_add_person(&s, 2);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    station_sql(&s, "UPDATE patient SET phone = '+221770000001', shares_phone = 1 WHERE id > $1", 1, first, 0,
                0);
    station_run(&s);
    assert_str_equal(station_recipient(&s, id, first).state, STR("delivered"));
    assert_str_equal(station_recipient(&s, id, first + 1).reason, STR("same_number"));
    station_check_counts(&s, id);
    station_close(&s);
}

/* The carrier takes the message and the answer is lost: it is asked, and nobody gets two. */
static void lost_answers_double_nothing(void **state) {
    struct station s;
    int64_t most, id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 30);
    for (size_t i = 0; i < FAULTS_MAX; i++)
        s.w.faults[i] = i % 3 == 0 ? SIM_LOST_ANSWER : i % 3 == 1 ? SIM_OK : SIM_LOST_REQUEST;
    s.w.fault_count = FAULTS_MAX;
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    for (int i = 0; i < 40 && station_get(&s, id).status == BROADCAST_SENDING; i++) {
        station_run(&s);
        s.w.now_us += MINUTE_US;
    }
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 30);
    assert_int_equal(station_deliveries(&s, id, &most), 30);
    assert_int_equal(most, 1);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    station_check_counts(&s, id);
    station_close(&s);
}

static void of_two_starts_one_wins(void **state) {
    struct station s;
    struct err e = { 0 };
    int64_t id;
    (void)state;
    station_open(&s);
    station_add_person(&s, 1);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(start(&s, id, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "broadcast_started");
    station_close(&s);
}

static void nobody_left_starts_nothing(void **state) {
    struct station s;
    struct err e = { 0 };
    int64_t id;
    (void)state;
    station_open(&s);
    world_add_patient(&s.w, STR("+221770000004"));
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "broadcast_nobody");
    assert_int_equal(station_get(&s, id).status, BROADCAST_DRAFT);
    assert_int_equal(station_count(&s, id, RECIPIENT_LEFT_OUT), 0);
    station_close(&s);
}

static void a_missing_field_starts_nothing(void **state) {
    struct station s;
    struct err e = { 0 };
    int64_t id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 12);
    struct broadcast b = station_blank();
    b.content = STR("Le {{medecin}} vous attend");
    id = station_write(&s, b);
    assert_int_equal(start(&s, id, &e), E_INVALID);
    assert_string_equal(e.message->code, "broadcast_field_missing");
    assert_non_null(strstr(e.arg, "12"));
    assert_int_equal(station_get(&s, id).status, BROADCAST_DRAFT);
    station_close(&s);
}

static void paused_and_resumed_everybody_gets_one(void **state) {
    struct station s;
    struct fill_result filled;
    int64_t most, id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 150);
    id = station_write(&s, station_blank());
    const struct broadcast_actor by = station_actor(&s);
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(fill_batch(s.w.t.db, s.w.t.arena, &s.room, id, s.w.now_us, &filled, NULL), OK);
    assert_int_equal(station_count(&s, id, RECIPIENT_QUEUED), FILL_BATCH);
    assert_int_equal(broadcast_pause(s.w.t.db, s.w.t.arena, &by, id, NULL), OK);
    assert_int_equal(station_count(&s, id, RECIPIENT_QUEUED), 0);
    station_run(&s);
    assert_int_equal(station_deliveries(&s, id, &most), 0);
    assert_int_equal(broadcast_pause(s.w.t.db, s.w.t.arena, &by, id, NULL), E_CONFLICT);
    station_check_counts(&s, id);
    assert_int_equal(broadcast_resume(s.w.t.db, s.w.t.arena, &by, id, NULL), OK);
    station_run(&s);
    assert_int_equal(station_deliveries(&s, id, &most), 150);
    assert_int_equal(most, 1);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    station_check_counts(&s, id);
    station_close(&s);
}

static void a_cancelled_one_sends_no_more(void **state) {
    struct station s;
    struct fill_result filled;
    int64_t most, id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 150);
    id = station_write(&s, station_blank());
    const struct broadcast_actor by = station_actor(&s);
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(fill_batch(s.w.t.db, s.w.t.arena, &s.room, id, s.w.now_us, &filled, NULL), OK);
    assert_int_equal(broadcast_remove(s.w.t.db, s.w.t.arena, &by, id, NULL), E_CONFLICT);
    assert_int_equal(broadcast_cancel(s.w.t.db, s.w.t.arena, &by, id, NULL), OK);
    assert_int_equal(broadcast_cancel(s.w.t.db, s.w.t.arena, &by, id, NULL), E_CONFLICT);
    assert_int_equal(station_count(&s, id, RECIPIENT_CANCELLED), 150);
    station_run(&s);
    assert_int_equal(station_deliveries(&s, id, &most), 0);
    station_check_counts(&s, id);
    assert_int_equal(broadcast_remove(s.w.t.db, s.w.t.arena, &by, id, NULL), OK);
    station_close(&s);
}

/* More people than one step of the list: the job goes on with it. */
static void a_long_list_is_made_in_steps(void **state) {
    struct station s;
    int64_t id, count = FREEZE_STEP + 700;
    (void)state;
    station_open(&s);
    station_add_many(&s, (int)count);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    assert_int_equal(station_count(&s, id, RECIPIENT_WAITING), FREEZE_STEP);
    station_add_person(&s, 1); /* who comes later is not on it */
    for (int i = 0; i < 3; i++) {
        station_run(&s);
        s.w.now_us += SECOND_US; /* as many lie ready as the sender takes in some seconds */
    }
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), count);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    station_check_counts(&s, id);
    const struct broadcast_actor by = station_actor(&s);
    assert_int_equal(broadcast_remove(s.w.t.db, s.w.t.arena, &by, id, NULL), OK); /* and it goes in steps */
    assert_int_equal(broadcast_get(s.w.t.db, s.w.t.arena, id, &(struct broadcast) { 0 }, NULL), E_NOT_FOUND);
    assert_int_equal(station_sql(&s, "SELECT count(*) FROM broadcast", 0, 0, 0, 0), 1);
    station_run(&s);
    assert_int_equal(station_sql(&s, "SELECT count(*) FROM broadcast_recipient", 0, 0, 0, 0), 0);
    assert_int_equal(station_sql(&s, "SELECT count(*) FROM broadcast", 0, 0, 0, 0), 0);
    station_close(&s);
}

static void the_scheduled_one_starts_by_itself(void **state) {
    struct station s;
    int64_t id, nobody;
    (void)state;
    station_open(&s);
    station_add_many(&s, 3);
    struct broadcast b = station_blank();
    b.scheduled_at_us = s.w.now_us + HOUR_US;
    id = station_write(&s, b);
    b.target_all = false;
    b.target = STR("{\"tags\":[\"absent\"]}");
    nobody = station_write(&s, b);
    station_run(&s);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SCHEDULED);
    s.w.now_us += HOUR_US;
    station_run(&s);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 3);
    assert_int_equal(station_get(&s, nobody).status, BROADCAST_FAILED);
    assert_str_equal(station_get(&s, nobody).error_code, STR("broadcast_nobody"));
    station_close(&s);
}

static void the_language_is_that_of_the_person(void **state) {
    struct station s;
    int64_t id, wolof, english;
    (void)state;
    station_open(&s);
    wolof = station_add_person(&s, 1);
    english = station_add_person(&s, 2);
    station_sql(&s, "UPDATE patient SET language = 'wo' WHERE id = $1", 1, wolof, 0, 0);
    station_sql(&s, "UPDATE patient SET language = 'en' WHERE id = $1", 1, english, 0, 0);
    struct broadcast b = station_blank();
    b.variants = STR("{\"wo\":\"Salaam {{prenom}}\"}");
    id = station_write(&s, b);
    assert_int_equal(start(&s, id, NULL), OK);
    station_run(&s);
    assert_str_equal(world_newest(&s.w, STR("+221770000001"), "out").body, STR("Salaam Awa"));
    assert_str_equal(world_newest(&s.w, STR("+221770000002"), "out").body,
                     STR("Bonjour Awa, buvez de l'eau."));
    station_close(&s);
}

/* More than one step of them. */
static void an_erased_person_waits_on_no_list(void **state) {
    enum { LISTS = 55 };
    const struct patient_part parts[] = { broadcasts_patient_part, { 0 } };
    struct station s;
    int64_t gone;
    (void)state;
    station_open(&s);
    gone = station_add_person(&s, 1);
    station_add_person(&s, 2);
    for (int i = 0; i < LISTS; i++) assert_int_equal(start(&s, station_write(&s, station_blank()), NULL), OK);
    const struct patient_actor actor = { 1, NULL, s.w.now_us };
    assert_int_equal(patient_erase(s.w.t.db, &actor, s.w.t.arena, gone, parts, NULL), OK);
    assert_int_equal(station_sql(&s,
                                 "SELECT count(*) FROM broadcast_recipient WHERE patient_id = $1 AND state = "
                                 "'left_out' AND reason = 'erased'",
                                 1, gone, 0, 0),
                     LISTS);
    station_close(&s);
}

static enum status refuse_account(void *ctx, const struct channel_call *call, const struct outgoing *out,
                                  struct sent *sent, struct err *e) {
    (void)ctx, (void)call, (void)out, (void)e;
    *sent = (struct sent) { .verdict = VERDICT_ACCOUNT, .error_code = "20003" };
    return OK;
}

/* Not for ever, not lost, and the doctor knows why. */
static void an_account_that_is_refused_pauses_it(void **state) {
    struct station s;
    int64_t id, most;
    (void)state;
    station_open(&s);
    station_add_many(&s, 30);
    const struct channel works = s.w.channel;
    s.w.channel.send = refuse_account;
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    for (int minute = 0; minute < 60 && station_get(&s, id).status == BROADCAST_SENDING; minute++) {
        station_run(&s);
        s.w.now_us += MINUTE_US;
    }
    struct broadcast b = station_get(&s, id);
    assert_int_equal(b.status, BROADCAST_PAUSED);
    assert_str_equal(b.error_code, STR("account"));
    assert_int_equal(station_count(&s, id, RECIPIENT_WAITING) + station_count(&s, id, RECIPIENT_QUEUED), 30);
    assert_int_equal(
        station_sql(&s,
                    "SELECT count(*) FROM notification WHERE kind = 'broadcast.paused' AND object_id = $1", 1,
                    id, 0, 0),
        1);
    station_check_counts(&s, id);
    s.w.channel = works;
    const struct broadcast_actor by = station_actor(&s);
    assert_int_equal(broadcast_resume(s.w.t.db, s.w.t.arena, &by, id, NULL), OK);
    for (int minute = 0; minute < 10; minute++) {
        s.w.now_us += MINUTE_US;
        station_run(&s);
    }
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 30);
    assert_int_equal(station_deliveries(&s, id, &most), 30);
    b = station_get(&s, id);
    assert_int_equal(b.status, BROADCAST_SENT);
    assert_int_equal(b.error_code.n, 0);
    station_close(&s);
}

static void an_erased_person_leaves_the_counts_true(void **state) {
    struct station s;
    int64_t id, gone;
    (void)state;
    station_open(&s);
    gone = station_add_person(&s, 1);
    station_add_person(&s, 2);
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    const struct patient_part parts[] = { broadcasts_patient_part, { 0 } };
    const struct patient_actor actor = { 1, NULL, s.w.now_us };
    assert_int_equal(patient_erase(s.w.t.db, &actor, s.w.t.arena, gone, parts, NULL), OK);
    station_run(&s);
    assert_str_equal(station_recipient(&s, id, gone).reason, STR("erased"));
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 1);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    station_check_counts(&s, id);
    station_close(&s);
}

static void a_change_needs_the_version_that_was_read(void **state) {
    struct station s;
    struct broadcast b, stale;
    int64_t id;
    (void)state;
    station_open(&s);
    const struct broadcast_actor by = station_actor(&s);
    id = station_write(&s, station_blank());
    stale = b = station_get(&s, id);
    b.title = STR("Autre");
    assert_int_equal(broadcast_save(s.w.t.db, s.w.t.arena, &by, &b, NULL), OK);
    assert_int_equal(b.version, 2);
    assert_int_equal(broadcast_save(s.w.t.db, s.w.t.arena, &by, &stale, NULL), E_CONFLICT);
    assert_str_equal(station_get(&s, id).title, STR("Autre"));
    station_close(&s);
}

static void the_hour_is_kept(void **state) {
    struct station s;
    int64_t id;
    (void)state;
    station_open(&s);
    station_add_many(&s, 20);
    struct broadcast b = station_blank();
    b.rate_per_hour = 10;
    id = station_write(&s, b);
    assert_int_equal(start(&s, id, NULL), OK);
    for (int minute = 0; minute < 60; minute++) {
        station_run(&s);
        s.w.now_us += MINUTE_US;
    }
    assert_int_equal(station_count(&s, id, RECIPIENT_DELIVERED), 10);
    assert_int_equal(station_count(&s, id, RECIPIENT_WAITING), 10);
    station_close(&s);
}

/* The rows of its jobs are gone: a server that starts goes on all the same. */
static void a_start_goes_on_with_what_is_unfinished(void **state) {
    struct station s;
    int64_t id, later;
    (void)state;
    station_open(&s);
    station_add_many(&s, 3);
    id = station_write(&s, station_blank());
    struct broadcast b = station_blank();
    b.scheduled_at_us = s.w.now_us + HOUR_US;
    later = station_write(&s, b);
    assert_int_equal(start(&s, id, NULL), OK);
    station_sql(&s, "DELETE FROM job", 0, 0, 0, 0);
    for (int i = 0; i < 2; i++) { /* twice adds nothing */
        assert_int_equal(db_begin(s.w.t.db, NULL), OK);
        enum status status = broadcasts_start_jobs(&s.room, s.w.t.db, s.w.t.arena, s.w.now_us, NULL);
        assert_int_equal(db_finish(s.w.t.db, status, NULL), OK);
    }
    assert_int_equal(station_sql(&s, "SELECT count(*) FROM job", 0, 0, 0, 0), 2);
    station_run(&s);
    assert_int_equal(station_get(&s, id).status, BROADCAST_SENT);
    s.w.now_us += HOUR_US;
    station_run(&s);
    assert_int_equal(station_get(&s, later).status, BROADCAST_SENT);
    station_close(&s);
}

/* However many there are: they are read a page at a time. */
static void a_start_goes_on_with_many(void **state) {
    enum { MANY = 205 };
    struct station s;
    struct broadcast b = station_blank();
    (void)state;
    station_open(&s);
    station_add_many(&s, 1);
    b.scheduled_at_us = s.w.now_us + HOUR_US;
    for (int i = 0; i < MANY; i++) (void)station_write(&s, b);
    station_sql(&s, "DELETE FROM job", 0, 0, 0, 0);
    assert_int_equal(db_begin(s.w.t.db, NULL), OK);
    enum status status = broadcasts_start_jobs(&s.room, s.w.t.db, s.w.t.arena, s.w.now_us, NULL);
    assert_int_equal(db_finish(s.w.t.db, status, NULL), OK);
    assert_int_equal(station_sql(&s, "SELECT count(*) FROM job", 0, 0, 0, 0), MANY);
    station_close(&s);
}

/* The carrier took it and says later that it failed: it is sent again, and counted once. */
static void what_failed_later_is_queued_again(void **state) {
    struct station s;
    int64_t id, patient;
    (void)state;
    station_open(&s);
    patient = station_add_person(&s, 1);
    s.w.channel.send = accept_only;
    id = station_write(&s, station_blank());
    assert_int_equal(start(&s, id, NULL), OK);
    station_run(&s);
    assert_str_equal(station_recipient(&s, id, patient).state, STR("sent"));
    struct channel_event failed = { .kind = EVENT_REPORT,
                                    .provider_sid = STR("SM-1"),
                                    .status = MESSAGE_FAILED,
                                    .verdict = VERDICT_RETRY,
                                    .error_code = STR("63012") };
    assert_int_equal(message_report_alone(&s.w.room, s.w.t.db, s.w.t.arena, &failed, s.w.now_us, NULL), OK);
    assert_str_equal(station_recipient(&s, id, patient).state, STR("queued"));
    station_check_counts(&s, id);
    failed.status = MESSAGE_READ; /* it was read after all: the second is not sent */
    failed.verdict = VERDICT_NONE;
    failed.error_code = STR("");
    assert_int_equal(message_report_alone(&s.w.room, s.w.t.db, s.w.t.arena, &failed, s.w.now_us, NULL), OK);
    s.w.now_us += HOUR_US;
    station_run(&s);
    assert_str_equal(station_recipient(&s, id, patient).state, STR("read"));
    assert_int_equal(station_count(&s, id, RECIPIENT_READ), 1);
    assert_int_equal(
        station_sql(&s, "SELECT sum(attempts) FROM message WHERE broadcast_id = $1", 1, id, 0, 0), 1);
    station_check_counts(&s, id);
    station_close(&s);
}

static void prices_add_up(void **state) {
    const struct broadcast_prices all = { { true, 5000 }, { true, 22500 }, { true, 4000 } };
    const struct broadcast_prices some = { { true, 5000 }, { false, 0 }, { true, 4000 } };
    (void)state;
    assert_int_equal(broadcast_price_of(&all, STR("")).micro_usd, 5000);
    assert_int_equal(broadcast_price_of(&all, STR("MARKETING")).micro_usd, 27500);
    assert_int_equal(broadcast_price_of(&all, STR("UTILITY")).micro_usd, 9000);
    assert_false(broadcast_price_of(&some, STR("MARKETING")).known);
    assert_true(broadcast_price_of(&some, STR("")).known);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_gets_one),
        cmocka_unit_test(who_may_not_be_written_to_is_left_out),
        cmocka_unit_test(who_says_stop_gets_nothing_more),
        cmocka_unit_test(a_number_gets_one),
        cmocka_unit_test(a_number_that_is_shared_later_gets_one),
        cmocka_unit_test(lost_answers_double_nothing),
        cmocka_unit_test(of_two_starts_one_wins),
        cmocka_unit_test(nobody_left_starts_nothing),
        cmocka_unit_test(a_missing_field_starts_nothing),
        cmocka_unit_test(paused_and_resumed_everybody_gets_one),
        cmocka_unit_test(a_cancelled_one_sends_no_more),
        cmocka_unit_test(a_long_list_is_made_in_steps),
        cmocka_unit_test(the_scheduled_one_starts_by_itself),
        cmocka_unit_test(the_language_is_that_of_the_person),
        cmocka_unit_test(an_erased_person_leaves_the_counts_true),
        cmocka_unit_test(an_erased_person_waits_on_no_list),
        cmocka_unit_test(an_account_that_is_refused_pauses_it),
        cmocka_unit_test(a_change_needs_the_version_that_was_read),
        cmocka_unit_test(the_hour_is_kept),
        cmocka_unit_test(a_start_goes_on_with_what_is_unfinished),
        cmocka_unit_test(a_start_goes_on_with_many),
        cmocka_unit_test(what_failed_later_is_queued_again),
        cmocka_unit_test(prices_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
