/* Sending: once and only once, whatever the carrier answers and whenever the program dies. */
#include "messaging/world.h"

#include "messaging/messaging_handlers.h"
#include "messaging/outbox_store.h"
#include "patients/consent.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static bool add(struct world *w, enum message_kind kind, int64_t patient_id, struct str body,
                const char *key) {
    struct outbox_message m = { kind, patient_id, AWA_PHONE, body, 0, str_from_c(key) };
    bool added = false;
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    enum status s = outbox_add(&w->room, w->t.db, &m, w->now_us, &added, NULL);
    assert_int_equal(db_finish(w->t.db, s, NULL), OK);
    return added;
}

/* Lets time pass until every retry and lease has had its turn. */
static void run_for_hours(struct world *w, int hours) {
    for (int i = 0; i < hours; i++) {
        w->now_us += HOUR_US + 15 * MINUTE_US;
        world_run(w);
    }
}

static void a_message_is_delivered_once(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    assert_true(add(&w, MESSAGE_REPLY, 0, STR("Bonjour"), "k"));
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_QUEUED);
    assert_false(add(&w, MESSAGE_REPLY, 0, STR("Bonjour"), "k")); /* the same reason adds nothing */
    world_run(&w);
    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_DELIVERED);
    assert_int_equal(m.attempts, 1);
    assert_int_equal(m.delivered_at_us, NOON_US);
    assert_true(str_starts(m.provider_sid, STR("SIM-")));
    assert_int_equal(world_count(&w, AWA_PHONE, "out"), 1);
    assert_int_equal(world_deliveries(&w, m.id), 1);
    run_for_hours(&w, 3);
    assert_int_equal(w.sends, 1);
    world_close(&w);
}

static void a_busy_carrier_is_tried_again(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    w.faults[0] = w.faults[1] = SIM_BUSY;
    w.fault_count = 2;
    add(&w, MESSAGE_REPLY, 0, STR("Bonjour"), "");
    world_run(&w);
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_SENDING);
    run_for_hours(&w, 3);
    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_DELIVERED);
    assert_int_equal(m.attempts, 3);
    assert_int_equal(world_deliveries(&w, m.id), 1);
    assert_int_equal(w.finds, 0); /* the carrier said that it does not have it */
    world_close(&w);
}

static void a_lost_answer_is_asked_for_before_anything_else(void **state) {
    static const enum simulator_fault lost[] = { SIM_LOST_ANSWER, SIM_LOST_REQUEST };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lost); i++) {
        struct world w;
        world_open(&w);
        w.faults[0] = lost[i];
        w.faults[1] = SIM_CANNOT_TELL; /* the first time it is asked */
        w.fault_count = 2;
        add(&w, MESSAGE_REPLY, 0, STR("Prenez 1 comprimé"), "");
        world_run(&w);
        assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_UNCERTAIN);
        run_for_hours(&w, 3);
        struct message_row m = world_newest(&w, AWA_PHONE, "out");
        assert_int_equal(m.status, MESSAGE_DELIVERED);
        assert_int_equal(world_deliveries(&w, m.id), 1);
        assert_int_equal(w.finds, 2);
        assert_int_equal(w.sends, lost[i] == SIM_LOST_ANSWER ? 1 : 2);
        world_close(&w);
    }
}

/* ---- a program that is killed inside the channel ---- */

struct deadly {
    struct channel inner;
    bool deliver_first;
};

static enum status deadly_send(void *ctx, const struct channel_call *call, const struct outgoing *out,
                               struct sent *sent, struct err *e) {
    struct deadly *d = ctx;
    if (d->deliver_first && d->inner.send(d->inner.ctx, call, out, sent, e) != OK) _exit(9);
    _exit(7);
}

/* In a process of its own, which opens the database by itself and dies while it sends. */
static void send_and_die(struct world *w, bool deliver_first) {
    struct db_pool *pool;
    struct db *db;
    struct deadly d = { w->channel, deliver_first };
    struct channel channel = { .name = "deadly", .send = deadly_send, .find = w->channel.find, .ctx = &d };
    int ran;

    w->room.channel = &channel;
    if (db_pool_open(str_from_c(w->t.url), false, &pool, NULL) != OK || db_open(pool, &db, NULL) != OK)
        _exit(8);
    _exit(outbox_run_due(&w->room, db, w->job_arena, &w->clock, &ran, NULL) == OK ? 0 : 1);
}

static void killed_while_sending(bool deliver_first) {
    struct world w;
    int how = 0;

    world_open(&w);
    add(&w, MESSAGE_REPLY, 0, STR("Prenez 1 comprimé"), "");
    pid_t child = fork();
    if (child == 0) send_and_die(&w, deliver_first);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 7);

    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_SENDING);
    assert_true(m.in_flight);
    assert_int_equal(world_deliveries(&w, m.id), deliver_first);
    world_run(&w); /* its lease still runs */
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_SENDING);
    run_for_hours(&w, 1);
    m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_DELIVERED);
    assert_int_equal(world_deliveries(&w, m.id), 1);
    assert_int_equal(w.finds, 1);
    assert_int_equal(w.sends, !deliver_first);
    world_close(&w);
}

static void killed_before_the_carrier_had_it(void **state) {
    (void)state;
    killed_while_sending(false);
}

static void killed_after_the_carrier_had_it(void **state) {
    (void)state;
    killed_while_sending(true);
}

/* ---- ends that are not delivery ---- */

static void a_refusal_ends_it_and_the_doctor_is_told(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    w.ever = SIM_REFUSED;
    add(&w, MESSAGE_REPLY, 0, STR("Bonjour"), "");
    world_run(&w);
    run_for_hours(&w, 3);
    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_FAILED);
    assert_str_equal(m.error_code, STR("63024"));
    assert_int_equal(w.sends, 1);
    assert_int_equal(world_notifications(&w), 1);
    world_close(&w);
}

static void what_is_given_up_says_how_it_ended(void **state) {
    static const struct {
        enum simulator_fault ever;
        enum message_status status;
    } ends[] = { { SIM_BUSY, MESSAGE_FAILED }, { SIM_LOST_REQUEST, MESSAGE_UNCERTAIN } };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        struct world w;
        world_open(&w);
        w.ever = ends[i].ever;
        add(&w, MESSAGE_REPLY, 0, STR("Bonjour"), "");
        world_run(&w);
        run_for_hours(&w, 20);
        struct message_row m = world_newest(&w, AWA_PHONE, "out");
        assert_int_equal(m.status, ends[i].status);
        assert_str_equal(m.error_code, STR("gave_up"));
        assert_int_equal(world_deliveries(&w, m.id), 0);
        assert_int_equal(world_notifications(&w), 1);
        world_close(&w);
    }
}

static struct str long_text(struct world *w, int sentences) {
    struct str text = STR("");
    for (int i = 0; i < sentences; i++) {
        assert_true(arena_printf(w->t.arena, &text,
                                 "%.*sPhrase numéro %03d sur le médicament, assez longue pour compter. ",
                                 STR_ARG(text), i));
    }
    return text;
}

static void a_long_text_leaves_in_parts_one_after_the_other(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    add(&w, MESSAGE_REPLY, 0, long_text(&w, 60), "long");
    assert_false(add(&w, MESSAGE_REPLY, 0, long_text(&w, 60), "long"));
    int parts = world_count(&w, AWA_PHONE, "out");
    assert_int_equal(parts, 3);
    w.faults[0] = SIM_OK;
    w.faults[1] = SIM_BUSY;
    w.fault_count = 2;
    world_run(&w);
    assert_int_equal(w.sends, 2); /* the second is not there yet: the third waits */
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_QUEUED);
    run_for_hours(&w, 2);
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_DELIVERED);
    assert_int_equal(w.sends, 4);
    world_close(&w);
}

static void parts_behind_a_failed_one_stay_here(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    add(&w, MESSAGE_REPLY, 0, long_text(&w, 60), "");
    w.faults[0] = SIM_OK;
    w.faults[1] = SIM_REFUSED;
    w.fault_count = 2;
    world_run(&w);
    run_for_hours(&w, 2);
    struct message_row last = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(last.status, MESSAGE_FAILED);
    assert_str_equal(last.error_code, STR("earlier_part_failed"));
    assert_int_equal(w.sends, 2);
    world_close(&w);
}

static void withdraw(struct world *w, int64_t id) {
    assert_int_equal(db_begin(w->t.db, NULL), OK);
    enum status s =
        consent_record(w->t.db, id, CONSENT_MESSAGES, false, CONSENT_BY_WHATSAPP, 0, w->now_us, NULL);
    assert_int_equal(db_finish(w->t.db, s, NULL), OK);
}

static void who_said_stop_gets_only_what_they_ask_for(void **state) {
    struct world w;

    (void)state;
    world_open(&w);
    int64_t id = world_add_active(&w, AWA_PHONE);
    int before = w.sends;
    add(&w, MESSAGE_BULK, id, STR("Conseil"), "waiting"); /* queued before the STOP */
    withdraw(&w, id);
    world_run(&w);
    struct message_row m = world_newest(&w, AWA_PHONE, "out");
    assert_int_equal(m.status, MESSAGE_FAILED);
    assert_str_equal(m.error_code, STR("opted_out"));
    add(&w, MESSAGE_NOTICE, id, STR("Rappel"), "");
    assert_int_equal(world_newest(&w, AWA_PHONE, "out").status, MESSAGE_FAILED);
    world_run(&w);
    assert_int_equal(w.sends, before);
    add(&w, MESSAGE_REPLY, id, STR("Réponse"), "");
    add(&w, MESSAGE_ALERT, id, STR("Appelez le 1515"), "");
    world_run(&w);
    assert_int_equal(w.sends, before + 2);
    world_close(&w);
}

static void a_message_of_an_erased_patient_is_forgotten(void **state) {
    struct world w;
    struct patient_actor actor = { 1, NULL, NOON_US };
    const struct patient_part parts[] = { messaging_patient_part, { 0 } };

    (void)state;
    world_open(&w);
    world_say(&w, AWA_PHONE, "Bonjour", NULL); /* before the number was a patient's */
    int64_t id = world_add_active(&w, AWA_PHONE);
    int sends = w.sends;
    add(&w, MESSAGE_REPLY, id, STR("Bonjour"), "");
    assert_int_equal(patient_erase(w.t.db, &actor, w.t.arena, id, parts, NULL), OK);
    world_run(&w);
    assert_int_equal(w.sends, sends);
    assert_int_equal(world_count(&w, AWA_PHONE, "out") + world_count(&w, AWA_PHONE, "in"), 0);
    world_close(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_delivered_once),
        cmocka_unit_test(a_busy_carrier_is_tried_again),
        cmocka_unit_test(a_lost_answer_is_asked_for_before_anything_else),
        cmocka_unit_test(killed_before_the_carrier_had_it),
        cmocka_unit_test(killed_after_the_carrier_had_it),
        cmocka_unit_test(a_refusal_ends_it_and_the_doctor_is_told),
        cmocka_unit_test(what_is_given_up_says_how_it_ended),
        cmocka_unit_test(a_long_text_leaves_in_parts_one_after_the_other),
        cmocka_unit_test(parts_behind_a_failed_one_stay_here),
        cmocka_unit_test(who_said_stop_gets_only_what_they_ask_for),
        cmocka_unit_test(a_message_of_an_erased_patient_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
