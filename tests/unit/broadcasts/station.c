#include "broadcasts/station.h"

#include "db/db.h"

enum { JOB_ARENA_BYTES = 64 << 20 };

void station_open(struct station *s) {
    size_t n;
    *s = (struct station) { 0 };
    world_open(&s->w);
    arena_free(s->w.job_arena);
    s->w.job_arena = arena_new(JOB_ARENA_BYTES);
    assert_non_null(s->w.job_arena);
    s->room = (struct broadcasts) { .messaging = &s->w.room, .default_region = STR("SN") };
    s->desk = broadcasts_desk(&s->room);
    s->w.room.bulk = &s->desk;
    n = messaging_job_kinds(&s->w.room, s->kinds);
    broadcasts_job_kinds(&s->room, s->kinds + n);
}

void station_close(struct station *s) {
    world_close(&s->w);
}

int64_t station_add_person(struct station *s, int n) {
    char phone[20];
    snprintf(phone, sizeof phone, "+22177%07d", n);
    return world_add_active(&s->w, str_from_c(phone));
}

static enum status take_i64(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)ctx = col[0].i;
    return OK;
}

int64_t station_sql(struct station *s, const char *sql, int params, int64_t a, int64_t b, int64_t c) {
    const struct db_query q = { "of the test", sql, -1, params, strncmp(sql, "SELECT", 6) == 0 };
    const struct db_val in[] = { db_int(a), db_int(b), db_int(c) };
    int64_t out = 0;
    struct err e = { 0 };
    bool writes = q.columns == 0;
    if (writes) assert_int_equal(db_begin(s->w.t.db, NULL), OK);
    enum status status = db_run(s->w.t.db, &q, in, take_i64, &out, NULL, &e);
    if (writes) status = db_finish(s->w.t.db, status, &e);
    if (status != OK) print_message("%s\n", e.detail);
    assert_int_equal(status, OK);
    return out;
}

void station_add_many(struct station *s, int count) {
    station_sql(
        s,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
        "INSERT INTO patient (phone_key, phone, status, record_version, created_at_us, updated_at_us, search_text, last_name_folded, "
        "first_name_folded, first_name, last_name) "
        "SELECT '+2217' || (10000000 + i), '+2217' || (10000000 + i), 'active', 1, 1, 1, '', 'diop', 'awa', 'Awa', 'Diop' FROM n",
        1, count, 0, 0);
    station_sql(
        s,
        "INSERT INTO consent (patient_id, purpose, granted, source, created_at_us) SELECT id, 'messages', 1, 'staff', 1 FROM patient "
        "WHERE id NOT IN (SELECT patient_id FROM consent)",
        0, 0, 0, 0);
}

struct broadcast_actor station_actor(struct station *s) {
    return (struct broadcast_actor) { &s->room, 7, s->w.now_us };
}

struct broadcast station_blank(void) {
    return (struct broadcast) { .title = STR("Conseil"),
                                .content = STR("Bonjour {{prenom|vous}}, buvez de l'eau."),
                                .category = STR("health_tip"),
                                .variants = STR("{}"),
                                .template_sid = STR(""),
                                .template_variables = STR("{}"),
                                .target_all = true,
                                .target = STR("{}") };
}

int64_t station_write(struct station *s, struct broadcast b) {
    const struct broadcast_actor by = station_actor(s);
    assert_int_equal(broadcast_add(s->w.t.db, s->w.t.arena, &by, &b, NULL), OK);
    return b.id;
}

struct broadcast station_get(struct station *s, int64_t id) {
    struct broadcast b;
    assert_int_equal(broadcast_get(s->w.t.db, s->w.t.arena, id, &b, NULL), OK);
    return b;
}

void station_run(struct station *s) {
    int ran, sent;
    do {
        assert_int_equal(job_run_due(s->w.t.db, s->kinds, s->w.job_arena, &s->w.clock, &ran, NULL), OK);
        assert_int_equal(outbox_run_due(&s->w.room, s->w.t.db, s->w.job_arena, &s->w.clock, &sent, NULL), OK);
        arena_reset(s->w.job_arena);
    } while (ran > 0 || sent > 0);
}

int64_t station_count(struct station *s, int64_t id, enum recipient_state state) {
    int64_t n[RECIPIENT_STATE_COUNT];
    assert_int_equal(recipient_counts_by_state(s->w.t.db, id, n, NULL), OK);
    return n[state];
}

struct seek {
    struct station *s;
    int64_t patient_id;
    struct recipient found;
};

static enum status take_recipient(void *ctx, const struct recipient *r, struct err *e) {
    struct seek *seek = ctx;
    (void)e;
    if (r->patient_id != seek->patient_id) return OK;
    seek->found = *r;
    assert_true(arena_dup(seek->s->w.t.arena, r->state, &seek->found.state));
    assert_true(arena_dup(seek->s->w.t.arena, r->reason, &seek->found.reason));
    return OK;
}

struct recipient station_recipient(struct station *s, int64_t id, int64_t patient_id) {
    struct seek seek = { s, patient_id, { .state = STR(""), .reason = STR("") } };
    assert_int_equal(recipient_each(s->w.t.db, id, &(struct recipient_filter) { .limit = 1000000 },
                                    take_recipient, &seek, NULL),
                     OK);
    return seek.found;
}

void station_check_counts(struct station *s, int64_t id) {
    assert_int_equal(
        station_sql(s,
                    "SELECT count(*) FROM (SELECT state, reason, count(*) AS n FROM broadcast_recipient "
                    "WHERE broadcast_id = $1 GROUP BY state, reason "
                    "EXCEPT SELECT state, reason, n FROM broadcast_count WHERE broadcast_id = $1)",
                    1, id, 0, 0),
        0);
    assert_int_equal(
        station_sql(s,
                    "SELECT (SELECT count(*) FROM broadcast_recipient WHERE broadcast_id = $1) - "
                    "(SELECT COALESCE(sum(n), 0) FROM broadcast_count WHERE broadcast_id = $1)",
                    1, id, 0, 0),
        0);
}

int64_t station_deliveries(struct station *s, int64_t id, int64_t *most) {
    *most = station_sql(
        s,
        "SELECT COALESCE(max(n), 0) FROM (SELECT sum(d.deliveries) AS n FROM simulator_delivery AS d "
        "JOIN message AS m ON m.id = d.message_id WHERE m.broadcast_id = $1 GROUP BY m.patient_id)",
        1, id, 0, 0);
    return station_sql(
        s,
        "SELECT COALESCE(sum(d.deliveries), 0) FROM simulator_delivery AS d JOIN message AS m ON m.id = d.message_id "
        "WHERE m.broadcast_id = $1",
        1, id, 0, 0);
}
