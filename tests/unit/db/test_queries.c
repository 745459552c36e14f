#include "test.h"

#include "queries.h"
#include "support/temp_db.h"

enum { MANY = 48 };

/* Runs every statement of the program once, without arguments that fit anything, in a transaction that is undone. */
static void every_query_prepares_with_the_shape_of_its_head(void **state) {
    struct db_val nothing[MANY];
    struct temp_db t;

    (void)state;
    temp_db_open(&t);
    for (int i = 0; i < MANY; i++) nothing[i] = db_null();
    for (int i = 0; i < DB_QUERY_COUNT; i++) {
        struct err e = { 0 };
        assert_int_equal(db_queries[i]->id, i);
        assert_int_equal(db_begin(t.db, NULL), OK);
        enum status s = db_run(t.db, db_queries[i], nothing, NULL, NULL, NULL, &e);
        assert_int_not_equal(db_finish(t.db, E_INVALID, NULL), OK);
        /* NULL breaks NOT NULL and foreign keys of course; what counts is that the statement could be prepared. */
        if (s != OK && !strstr(e.detail, "constraint failed") && !strstr(e.detail, "datatype mismatch"))
            fail_msg("%s: %s", db_queries[i]->name, e.detail);
    }
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_query_prepares_with_the_shape_of_its_head) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
