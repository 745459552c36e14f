#include "test.h"

#include "accounts/audit.h"
#include "support/temp_db.h"

#include <sqlite3.h>

static void add_rows(struct temp_db *t, int count) {
    enum status s = OK;
    assert_int_equal(db_begin(t->db, NULL), OK);
    for (int i = 1; i <= count && s == OK; i++)
        s = audit_add(t->db, 1, STR("patient.update"), STR("patient"), i, 1000 + i, NULL);
    assert_int_equal(db_finish(t->db, s, NULL), OK);
}

/* As somebody with the file would do it: past the program. */
static void tamper(struct temp_db *t, const char *sql) {
    char path[128];
    sqlite3 *handle;

    snprintf(path, sizeof path, "%s/test.db", t->dir);
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

static int64_t broken_at(struct temp_db *t, int64_t *checked) {
    int64_t broken = -1;
    assert_int_equal(audit_verify(t->db, checked, &broken, NULL), OK);
    return broken;
}

static void the_chain_holds_over_many_rows(void **state) {
    struct temp_db t;
    int64_t checked;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(broken_at(&t, &checked), 0);
    add_rows(&t, 1203);
    assert_int_equal(broken_at(&t, &checked), 0);
    assert_int_equal(checked, 1203);
    temp_db_close(&t);
}

static void a_changed_removed_or_inserted_row_is_found(void **state) {
    static const struct {
        const char *sql;
        int64_t broken;
    } cases[] = {
        { "UPDATE audit SET object_id = 99 WHERE id = 4", 4 },
        { "UPDATE audit SET action = 'patient.updat' WHERE id = 7", 7 },
        { "DELETE FROM audit WHERE id = 5", 6 },
        { "UPDATE audit SET id = 100 WHERE id = 3", 4 },
        { "INSERT INTO audit SELECT 11, at_us, actor_id, action, object_type, object_id, hash FROM audit WHERE id = 10",
          11 },
    };

    (void)state;
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct temp_db t;
        int64_t checked;
        temp_db_open(&t);
        add_rows(&t, 10);
        tamper(&t, cases[c].sql);
        assert_int_equal(broken_at(&t, &checked), cases[c].broken);
        temp_db_close(&t);
    }
}

static void a_row_needs_a_transaction(void **state) {
    struct temp_db t;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(audit_add(t.db, 1, STR("x"), STR("y"), 1, 1, NULL), E_INTERNAL);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_holds_over_many_rows),
        cmocka_unit_test(a_changed_removed_or_inserted_row_is_found),
        cmocka_unit_test(a_row_needs_a_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
