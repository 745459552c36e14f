#include "test.h"

#include "db/db_driver.h"
#include "db/migrate.h"
#include "support/temp_db.h"

static struct temp_db t;

static int start(void **state) {
    (void)state;
    temp_db_open(&t);
    return 0;
}

static int stop(void **state) {
    (void)state;
    temp_db_close(&t);
    return 0;
}

static int migration_count(void) {
    int n = 0;
    while (db_migrations[n].number != 0) n++;
    return n;
}

static void run_script(const char *sql) {
    struct err e = { 0 };
    assert_int_equal(db_begin(t.db, &e), OK);
    enum status s = db_script(t.db, str_from_c(sql), &e);
    if (db_finish(t.db, s, &e) != OK) fail_msg("%s", e.detail);
}

static int64_t number(const char *sql) {
    const struct db_query q = { "test", sql, -1, 0, 1 };
    int64_t n = -1;
    assert_int_equal(db_get_i64(t.db, &q, NULL, &n, NULL), OK);
    return n;
}

static void each_migration_is_applied_once(void **state) {
    (void)state;
    int applied = -1;
    assert_int_equal(number("SELECT count(*) FROM schema_migration"), migration_count());
    assert_int_equal(db_migrate(t.pool, 2, &applied, NULL), OK);
    assert_int_equal(applied, 0);
    assert_int_equal(number("SELECT max(applied_at_us) FROM schema_migration"), 1);
    assert_int_equal(db_schema_check(t.pool, NULL), OK);
}

static void numbers_grow(void **state) {
    (void)state;
    for (int i = 1; i < migration_count(); i++)
        assert_true(db_migrations[i].number > db_migrations[i - 1].number);
}

/* The marks of the engine are all replaced, and every table is there. */
static void the_schema_has_no_marks_left(void **state) {
    (void)state;
    assert_int_equal(number("SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%@%@%'"), 0);
    assert_true(number("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") > migration_count());
}

/* One use case must not break the commit of the others in its batch. */
static void no_constraint_waits_for_the_commit(void **state) {
    (void)state;
    assert_int_equal(number("SELECT count(*) FROM sqlite_schema WHERE upper(sql) LIKE '%DEFERRABLE%' "
                            "OR upper(sql) LIKE '%ON CONFLICT ROLLBACK%'"),
                     0);
}

static enum status check(const char **code) {
    struct err e = { 0 };
    enum status s = db_schema_check(t.pool, &e);
    *code = e.message ? e.message->code : "";
    return s;
}

static void an_older_database_is_named(void **state) {
    (void)state;
    const char *code;
    run_script("DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)");
    assert_int_equal(check(&code), E_CONFLICT);
    assert_string_equal(code, "schema_older");
}

static void a_newer_database_is_left_alone(void **state) {
    (void)state;
    const char *code;
    int applied = -1;
    run_script("INSERT INTO schema_migration VALUES (9999, 'future', X'00', 1)");
    assert_int_equal(check(&code), E_CONFLICT);
    assert_string_equal(code, "schema_newer");
    assert_int_equal(db_migrate(t.pool, 2, &applied, NULL), E_CONFLICT);
    assert_int_equal(applied, 0);
}

static void an_edited_migration_is_noticed(void **state) {
    (void)state;
    const char *code;
    run_script(
        "UPDATE schema_migration SET hash = X'00' WHERE number = (SELECT min(number) FROM schema_migration)");
    assert_int_equal(check(&code), E_CONFLICT);
    assert_string_equal(code, "schema_changed");
}

/* A migration that fails half-way leaves nothing behind, and says which. */
static void a_failing_migration_is_undone(void **state) {
    (void)state;
    char sql[200];
    int applied = -1, last = migration_count() - 1;
    int64_t objects = number("SELECT count(*) FROM sqlite_schema");
    snprintf(sql, sizeof sql, "DELETE FROM schema_migration WHERE number = %d", db_migrations[last].number);
    run_script(sql);
    /* Its tables are there already. */
    assert_int_not_equal(db_migrate(t.pool, 2, &applied, NULL), OK);
    assert_int_equal(applied, 0);
    assert_int_equal(number("SELECT count(*) FROM sqlite_schema"), objects);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_migration_is_applied_once, start, stop),
        cmocka_unit_test(numbers_grow),
        cmocka_unit_test_setup_teardown(the_schema_has_no_marks_left, start, stop),
        cmocka_unit_test_setup_teardown(no_constraint_waits_for_the_commit, start, stop),
        cmocka_unit_test_setup_teardown(an_older_database_is_named, start, stop),
        cmocka_unit_test_setup_teardown(a_newer_database_is_left_alone, start, stop),
        cmocka_unit_test_setup_teardown(an_edited_migration_is_noticed, start, stop),
        cmocka_unit_test_setup_teardown(a_failing_migration_is_undone, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
