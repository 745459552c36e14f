/* The thread that sends: many threads add, it sends each once, and it stops with everything recorded. */
#include "messaging/world.h"

#include <pthread.h>

#include "main/sending.h"

enum { WRITERS = 4, EACH = 50, ALL = WRITERS * EACH };

struct office {
    struct world w;
    struct sending *sending;
    pthread_mutex_t lock;
    pthread_cond_t all_taken;
    int taken;
};

static enum status take(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        struct sent *sent, struct err *e) {
    struct office *o = ctx;
    (void)call, (void)e;
    *sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    pthread_mutex_lock(&o->lock);
    if (++o->taken == ALL) pthread_cond_signal(&o->all_taken);
    pthread_mutex_unlock(&o->lock);
    return OK;
}

static void *write_messages(void *ctx) {
    struct office *o = ctx;
    struct arena *arena = arena_new(1 << 16);
    struct db *db;

    assert_int_equal(db_open(o->w.t.pool, &db, NULL), OK);
    for (int i = 0; i < EACH; i++) {
        struct outbox_message m = { .kind = MESSAGE_REPLY, .phone = AWA_PHONE, .body = STR("Bonjour") };
        assert_int_equal(db_begin(db, NULL), OK);
        enum status s = outbox_add(&o->w.room, db, &m, o->w.now_us, NULL, NULL);
        assert_int_equal(db_finish(db, s, NULL), OK);
        assert_int_equal(outbox_sender_paused_until_us(o->w.room.sender), 0); /* as the health page asks */
        assert_false(outbox_sender_account_is_refused(o->w.room.sender));
    }
    db_close(db);
    arena_free(arena);
    return NULL;
}

static enum status count_accepted(void *ctx, const struct message_row *m, struct err *e) {
    (void)e;
    *(int *)ctx += m->status == MESSAGE_ACCEPTED && m->attempts == 1 && !m->in_flight;
    return OK;
}

static void what_many_threads_add_is_sent_once(void **state) {
    struct office o = { 0 };
    pthread_t writers[WRITERS];
    struct message_filter all = { .direction = STR("out"), .limit = 2 * ALL };
    int accepted = 0;

    (void)state;
    world_open(&o.w);
    pthread_mutex_init(&o.lock, NULL);
    pthread_cond_init(&o.all_taken, NULL);
    o.w.channel.send = take;
    o.w.channel.ctx = &o;
    assert_int_equal(sending_start(&o.w.room, o.w.t.pool, &o.w.clock, &o.sending, NULL), OK);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&writers[i], NULL, write_messages, &o), 0);
    for (int i = 0; i < WRITERS; i++) assert_int_equal(pthread_join(writers[i], NULL), 0);
    pthread_mutex_lock(&o.lock);
    while (o.taken < ALL) pthread_cond_wait(&o.all_taken, &o.lock);
    pthread_mutex_unlock(&o.lock);
    sending_stop(o.sending, MINUTE_US);
    assert_null(o.w.room.sender);
    assert_int_equal(o.taken, ALL);
    assert_int_equal(message_each(o.w.t.db, &all, count_accepted, &accepted, NULL), OK);
    assert_int_equal(accepted, ALL);
    pthread_cond_destroy(&o.all_taken);
    pthread_mutex_destroy(&o.lock);
    world_close(&o.w);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_many_threads_add_is_sent_once) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
