/* A backup that an earlier version made: its database is brought to this version's schema; that of a later version is refused. */
#include "test.h"

#include "backups/archive.h"
#include "backups/backups.h"
#include "backups/content_store.h"
#include "db/db.h"
#include "queries.h"
#include "support/temp_db.h"

#include <stdio.h>
#include <unistd.h>

/* So early that none of today's migrations had been thought of: all of them run while the backup is tried, and again when it is restored. */
static const struct db_query first_table = { "first_table", "CREATE TABLE first (id INTEGER PRIMARY KEY)", -1,
                                             0, 0 };
static const struct db_query first_rows = { "first_rows", "INSERT INTO first VALUES (1), (2)", -1, 0, 0 };
static const struct db_query first_count = { "first_count", "SELECT count(*) FROM first", -1, 0, 1 };

struct older {
    struct temp_db t;
    struct key root;
    struct blob_store blobs;
    struct backups room;
    char path[128], target[160], url[192], old_url[160];
};

static void make_old_database(struct older *o) {
    struct db_pool *pool;
    struct db *db;
    snprintf(o->old_url, sizeof o->old_url, "sqlite:%s/old.db", o->t.dir);
    assert_int_equal(db_pool_open(str_from_c(o->old_url), true, &pool, NULL), OK);
    assert_int_equal(db_open(pool, &db, NULL), OK);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_run(db, &first_table, NULL, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_run(db, &first_rows, NULL, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(db, OK, NULL), OK);
    db_close(db);
    db_pool_close(pool);
}

static void open_older(struct older *o) {
    temp_db_open(&o->t);
    memset(o->root.b, 3, sizeof o->root.b);
    snprintf(o->path, sizeof o->path, "%s/old.mrb", o->t.dir);
    snprintf(o->target, sizeof o->target, "%s/new.db", o->t.dir);
    snprintf(o->url, sizeof o->url, "sqlite:%s", o->target);
    assert_int_equal(blob_store_init(&o->blobs, o->t.arena, str_from_c(o->t.dir), &o->root, NULL), OK);
    o->room = (struct backups) { .data_dir = str_from_c(o->t.dir),
                                 .database_url = str_from_c(o->url),
                                 .root = &o->root,
                                 .blobs = &o->blobs };
    make_old_database(o);
}

static void write_older(struct older *o, int64_t schema) {
    struct backup_facts facts = { .version = STR("0.0.9"), .schema = schema, .taken_at_us = 1 };
    struct archive_writer *w;
    struct scratch *copy;
    struct buf json;
    char piece[4096];
    uint64_t bytes;
    size_t got;

    assert_int_equal(scratch_new(o->t.dir, &copy, NULL), OK);
    assert_int_equal(scratch_copy(copy, str_from_c(o->old_url), NULL, NULL, NULL), OK);
    facts.database_bytes = (int64_t)scratch_size(copy);
    buf_init(&json, FACTS_BYTES_MAX);
    assert_int_equal(facts_write(&facts, &json, NULL), OK);
    unlink(o->path);
    assert_int_equal(archive_create(o->t.arena, o->path, &o->root, &w, NULL), OK);
    assert_int_equal(archive_begin(w, ARCHIVE_FACTS, STR(""), json.n, NULL), OK);
    assert_int_equal(archive_add(w, buf_str(&json), NULL), OK);
    assert_int_equal(archive_begin(w, ARCHIVE_DATABASE, STR(""), scratch_size(copy), NULL), OK);
    for (uint64_t at = 0; at < scratch_size(copy); at += got) {
        assert_int_equal(scratch_read(copy, at, piece, sizeof piece, &got, NULL), OK);
        assert_int_equal(archive_add(w, (struct str) { piece, got }, NULL), OK);
    }
    assert_int_equal(archive_close(w, &bytes, NULL), OK);
    buf_done(&json);
    scratch_free(copy);
}

static void an_older_one_is_upgraded(void **state) {
    (void)state;
    const struct backup_watch nobody = { 0 };
    struct backup_made made;
    struct older o = { 0 };
    struct db_pool *pool;
    struct db *db;
    int64_t count = -1;

    open_older(&o);
    write_older(&o, 1);
    assert_int_equal(backup_prove(&o.room, o.t.arena, o.path, &nobody, &made, NULL), OK);
    assert_int_equal(made.facts.schema, 1);
    assert_int_equal(backup_restore(&o.room, o.t.arena, o.path, 5, &nobody, &made, NULL), OK);
    assert_int_equal(backup_restore(&o.room, o.t.arena, o.path, 5, &nobody, &made, NULL), E_CONFLICT);
    assert_int_equal(db_pool_open(str_from_c(o.url), false, &pool, NULL), OK);
    assert_int_equal(db_open(pool, &db, NULL), OK);
    assert_int_equal(db_get_i64(db, &q_backup_count, NULL, &count, NULL), OK); /* the table is there */
    assert_int_equal(count, 0);
    assert_int_equal(db_get_i64(db, &first_count, NULL, &count, NULL),
                     OK); /* and so is what was there before */
    assert_int_equal(count, 2);
    db_close(db);
    db_pool_close(pool);
    temp_db_close(&o.t);
}

static void a_newer_one_is_refused(void **state) {
    (void)state;
    const struct backup_watch nobody = { 0 };
    struct backup_made made;
    struct older o = { 0 };
    struct err e = { 0 };

    open_older(&o);
    write_older(&o, content_schema() + 1);
    assert_int_equal(backup_prove(&o.room, o.t.arena, o.path, &nobody, &made, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "backup_newer");
    assert_int_equal(backup_restore(&o.room, o.t.arena, o.path, 5, &nobody, &made, NULL), E_CONFLICT);
    assert_int_not_equal(access(o.target, F_OK), 0);
    temp_db_close(&o.t);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(an_older_one_is_upgraded),
                                        cmocka_unit_test(a_newer_one_is_refused) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
