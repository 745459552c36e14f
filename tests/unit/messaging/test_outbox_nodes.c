/* Two senders on one database, as two nodes have: nothing is sent twice, and the rate is one for both. */
#include "messaging/world.h"

#include <pthread.h>

enum { MESSAGES = 300, NODES = 2, SHARED_RATE = 80 };

/* One node: its own pool, database handle, carrier and sender. */
struct node {
    struct clinic *clinic;
    pthread_t thread;
    struct db_pool *pool;
    struct db *db;
    struct arena *arena;
    struct messaging room;
    struct channel channel;
    struct outbox_sender *sender;
    int taken; /* by its carrier */
};

struct clinic {
    struct world w;
    struct node nodes[NODES];
    int times[MESSAGES + 1]; /* atomic: how often each message reached a carrier; ids count from 1 */
};

static enum status take(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        struct sent *sent, struct err *e) {
    struct node *n = ctx;
    (void)call, (void)e;
    assert_in_range(out->message_id, 1, MESSAGES);
    __atomic_add_fetch(&n->clinic->times[out->message_id], 1, __ATOMIC_RELAXED);
    n->taken++;
    *sent = (struct sent) { .status = MESSAGE_ACCEPTED };
    snprintf(sent->provider_sid, sizeof sent->provider_sid, "SM%lld", (long long)out->message_id);
    return OK;
}

static void open_node(struct clinic *c, struct node *n, int64_t rate) {
    n->clinic = c;
    n->arena = arena_new(1 << 20);
    assert_non_null(n->arena);
    assert_int_equal(db_pool_open(str_from_c(c->w.t.url), false, &n->pool, NULL), OK);
    assert_int_equal(db_open(n->pool, &n->db, NULL), OK);
    n->channel = c->w.channel;
    n->channel.send = take;
    n->channel.ctx = n;
    n->room = c->w.room;
    n->room.channel = &n->channel;
    n->room.message_rate = rate;
    assert_int_equal(outbox_sender_new(&n->room, n->db, &c->w.clock, n->arena, &n->sender, NULL), OK);
}

static void close_node(struct node *n) {
    outbox_sender_free(n->sender);
    db_close(n->db);
    db_pool_close(n->pool);
    arena_free(n->arena);
}

static void clinic_open(struct clinic *c, int64_t rate) {
    *c = (struct clinic) { 0 };
    world_open(&c->w);
    assert_int_equal(db_begin(c->w.t.db, NULL), OK);
    for (int i = 0; i < MESSAGES; i++) {
        struct outbox_message m = { .kind = i % 3 ? MESSAGE_BULK : MESSAGE_REPLY,
                                    .phone = AWA_PHONE,
                                    .body = STR("Bonjour") };
        assert_int_equal(outbox_add(&c->w.room, c->w.t.db, &m, c->w.now_us, NULL, NULL), OK);
    }
    assert_int_equal(db_finish(c->w.t.db, OK, NULL), OK);
    for (int i = 0; i < NODES; i++) open_node(c, &c->nodes[i], rate);
}

static void clinic_close(struct clinic *c) {
    for (int i = 0; i < NODES; i++) close_node(&c->nodes[i]);
    world_close(&c->w);
}

static int sent_by_all(const struct clinic *c) {
    int sum = 0;
    for (int i = 0; i < NODES; i++) sum += c->nodes[i].taken;
    return sum;
}

/* Rounds until there is nothing to do; a database that is busy with the other is tried again. */
static void *run_node(void *ctx) {
    struct node *n = ctx;
    for (int did = 1; did > 0 || outbox_under_way(n->sender);) {
        enum status s = outbox_round(n->sender, 0, true, &did, NULL);
        if (s == E_RETRY) did = 1;
        assert_true(s == OK || s == E_RETRY);
    }
    return NULL;
}

static void nothing_is_sent_twice(void **state) {
    struct clinic c;

    (void)state;
    clinic_open(&c, 100000);
    for (int i = 0; i < NODES; i++)
        assert_int_equal(pthread_create(&c.nodes[i].thread, NULL, run_node, &c.nodes[i]), 0);
    for (int i = 0; i < NODES; i++) assert_int_equal(pthread_join(c.nodes[i].thread, NULL), 0);
    for (int i = 1; i <= MESSAGES; i++) assert_int_equal(c.times[i], 1);
    assert_int_equal(sent_by_all(&c), MESSAGES);
    assert_int_equal(world_newest(&c.w, AWA_PHONE, "out").status, MESSAGE_ACCEPTED);
    clinic_close(&c);
}

static void the_rate_is_one_for_both(void **state) {
    struct clinic c;

    (void)state;
    clinic_open(&c, SHARED_RATE);
    for (int ms = 0; ms < 2000; ms += 10, c.w.now_us += 10000) {
        for (int i = 0; i < NODES; i++) {
            int did;
            assert_int_equal(outbox_round(c.nodes[(i + ms / 10) % NODES].sender, 0, true, &did, NULL), OK);
        }
    }
    /* Two seconds, and what one row saves up at the start. */
    assert_in_range(sent_by_all(&c), 2 * SHARED_RATE, 2 * SHARED_RATE + 5);
    for (int i = 0; i < NODES; i++) assert_true(c.nodes[i].taken > SHARED_RATE / 2);
    clinic_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_sent_twice),
        cmocka_unit_test(the_rate_is_one_for_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
