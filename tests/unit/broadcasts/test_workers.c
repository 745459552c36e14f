/* Many workers at once on one broadcast, some of which give up in the middle: everybody is moved into the outbox exactly once. */
#include "broadcasts/station.h"

#include <pthread.h>

enum { WORKERS = 4, PEOPLE = 3000 };

struct office {
    struct station s;
    int64_t id;
};

/* Rolls back every third batch, as a process that is killed does. */
static bool run_batch(struct office *o, struct db *db, struct arena *arena, int round) {
    struct fill_result filled;
    arena_reset(arena);
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = fill_batch(db, arena, &o->s.room, o->id, o->s.w.now_us, &filled, NULL);
    bool killed = round % 3 == 0;
    s = db_finish(db, s == OK && killed ? E_RETRY : s, NULL);
    assert_true(s == OK || killed);
    return killed || filled.moved > 0;
}

static void *work(void *ctx) {
    struct office *o = ctx;
    struct arena *arena = arena_new(8 << 20);
    struct db *db;
    assert_int_equal(db_open(o->s.w.t.pool, &db, NULL), OK);
    for (int round = 0; run_batch(o, db, arena, round); round++) {
    }
    db_close(db);
    arena_free(arena);
    return NULL;
}

static void each_is_moved_once(void **state) {
    static struct office o;
    pthread_t workers[WORKERS];
    int64_t most;

    (void)state;
    station_open(&o.s);
    station_add_many(&o.s, PEOPLE);
    o.id = station_write(&o.s, station_blank());
    const struct broadcast_actor by = station_actor(&o.s);
    assert_int_equal(broadcast_start(o.s.w.t.db, o.s.w.t.arena, &by, o.id, NULL), OK);
    for (int i = 0; i < WORKERS; i++) assert_int_equal(pthread_create(&workers[i], NULL, work, &o), 0);
    for (int i = 0; i < WORKERS; i++) assert_int_equal(pthread_join(workers[i], NULL), 0);
    assert_int_equal(station_count(&o.s, o.id, RECIPIENT_QUEUED), PEOPLE);
    station_check_counts(&o.s, o.id);
    assert_int_equal(station_sql(&o.s, "SELECT count(*) FROM message WHERE broadcast_id = $1", 1, o.id, 0, 0),
                     PEOPLE);
    assert_int_equal(station_sql(&o.s,
                                 "SELECT count(DISTINCT patient_id) FROM message WHERE broadcast_id = $1", 1,
                                 o.id, 0, 0),
                     PEOPLE);
    station_run(&o.s);
    assert_int_equal(station_deliveries(&o.s, o.id, &most), PEOPLE);
    assert_int_equal(most, 1);
    assert_int_equal(station_get(&o.s, o.id).status, BROADCAST_SENT);
    station_check_counts(&o.s, o.id);
    station_close(&o.s);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_is_moved_once) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
