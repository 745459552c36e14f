#include "test.h"

#include "db/db_driver.h"
#include "support/temp_db.h"

#if UNDER_ASAN
#include <sanitizer/asan_interface.h>
#endif

#define QUERY(text, p, c) ((const struct db_query) { "test", (text), -1, (p), (c) })

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

struct seen {
    int rows;
    struct db_val col[6];
    char text[32], blob[32];
};

static enum status take(void *ctx, const struct db_val *col, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    s->rows++;
    for (int i = 0; i < 6; i++) s->col[i] = col[i];
    memcpy(s->text, col[3].s.p, col[3].s.n);
    memcpy(s->blob, col[4].s.p, col[4].s.n);
    return OK;
}

static void values_come_back_as_they_went(void **state) {
    (void)state;
    const struct db_query q = QUERY("SELECT $1, $2, $3, $4, $5, $6", 6, 6);
    const struct db_val args[] = {
        db_null(),         db_int(INT64_MIN),    db_real(0.1),
        db_text(STR("é")), db_blob(STR("a\0b")), db_text((struct str) { NULL, 0 })
    };
    struct seen s = { 0 };
    assert_int_equal(db_run(t.db, &q, args, take, &s, NULL, NULL), OK);
    assert_int_equal(s.rows, 1);
    assert_int_equal(s.col[0].type, DB_NULL);
    assert_int_equal(s.col[0].s.n, 0);
    assert_true(s.col[1].type == DB_INT && s.col[1].i == INT64_MIN);
    assert_true(s.col[2].type == DB_REAL && s.col[2].real == 0.1);
    assert_true(s.col[3].type == DB_TEXT && s.col[3].s.n == 2 && strcmp(s.text, "é") == 0);
    assert_true(s.col[4].type == DB_BLOB && s.col[4].s.n == 3 && memcmp(s.blob, "a\0b", 3) == 0);
    assert_true(s.col[5].type == DB_TEXT && s.col[5].s.n == 0); /* empty, not NULL */
}

static enum status keep_text(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(struct str *)ctx = col[0].s;
    return OK;
}

/* The driver's memory would stay readable: the mistake must be found by its test, not show another row's words one day. */
static void a_kept_row_is_found_under_asan(void **state) {
    (void)state;
    const struct db_query q = QUERY("SELECT $1", 1, 1);
    const struct db_val arg = db_text(STR("une question"));
    struct str kept = STR("");
    assert_int_equal(db_run(t.db, &q, &arg, keep_text, &kept, NULL, NULL), OK);
    assert_int_equal(kept.n, arg.s.n);
#if UNDER_ASAN
    assert_true(__asan_address_is_poisoned(kept.p));
#endif
}

static enum status take_two(void *ctx, const struct db_val *col, struct err *e) {
    int64_t *v = ctx;
    (void)e;
    v[0] = col[0].i;
    v[1] = col[1].i;
    return OK;
}

/* SQLite numbers parameters by first appearance, not by their digit. */
static void parameters_go_by_their_number(void **state) {
    (void)state;
    const struct db_query q = QUERY("SELECT $2, $1 WHERE $1 < $2", 2, 2);
    const struct db_val args[] = { db_int(1), db_int(2) };
    int64_t v[2] = { 0 };
    assert_int_equal(db_run(t.db, &q, args, take_two, v, NULL, NULL), OK);
    assert_true(v[0] == 2 && v[1] == 1);
}

static void a_head_that_does_not_fit_is_our_mistake(void **state) {
    (void)state;
    const struct db_query wrong[] = { QUERY("SELECT $1", 2, 1), QUERY("SELECT $1", 1, 2),
                                      QUERY("SELECT nothing FROM nowhere", 0, 1),
                                      QUERY("SELECT \"text\"", 0, 1), QUERY("SELECT $1, $3", 2, 2) };
    const struct db_val args[2] = { db_int(1), db_int(1) };
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(db_run(t.db, &wrong[i], args, NULL, NULL, NULL, NULL), E_INTERNAL);
}

static enum status stop_at_second(void *ctx, const struct db_val *col, struct err *e) {
    ++*(int *)ctx;
    return col[0].i == 2 ? fail(e, E_LIMIT, NULL, "enough") : OK;
}

static void a_row_function_can_stop_the_reading(void **state) {
    (void)state;
    const struct db_query q = QUERY("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", 0, 1);
    struct err e = { 0 };
    int rows = 0;
    assert_int_equal(db_run(t.db, &q, NULL, stop_at_second, &rows, NULL, &e), E_LIMIT);
    assert_string_equal(e.detail, "enough");
    assert_int_equal(rows, 2);
}

struct nest {
    struct db *db;
    int depth, rows;
};

static enum status run_itself(void *ctx, const struct db_val *col, struct err *e);

static const struct db_query two_rows = { "two_rows", "SELECT 1 UNION ALL SELECT 2", -1, 0, 1 };

static enum status run_itself(void *ctx, const struct db_val *col, struct err *e) {
    struct nest *n = ctx;
    (void)col;
    n->rows++;
    if (n->depth == 3) return OK;
    n->depth++;
    enum status s = db_run(n->db, &two_rows, NULL, run_itself, n, NULL, e);
    n->depth--;
    return s;
}

static void a_row_function_may_run_the_same_query(void **state) {
    (void)state;
    struct nest n = { .db = t.db };
    assert_int_equal(db_run(t.db, &two_rows, NULL, run_itself, &n, NULL, NULL), OK);
    assert_int_equal(n.rows, 2 + 4 + 8 + 16);
}

static void changes_are_counted(void **state) {
    (void)state;
    const struct db_query make = QUERY("CREATE TABLE x (a BIGINT)", 0, 0);
    const struct db_query insert = QUERY("INSERT INTO x VALUES ($1), ($1), ($1)", 1, 0);
    const struct db_query update = QUERY("UPDATE x SET a = $1 WHERE a = $1 RETURNING a", 1, 1);
    const struct db_val args[] = { db_int(5) };
    int64_t changed = -1;
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_run(t.db, &make, NULL, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_run(t.db, &insert, args, NULL, NULL, &changed, NULL), OK);
    assert_int_equal(changed, 3);
    assert_int_equal(db_run(t.db, &two_rows, NULL, NULL, NULL, &changed, NULL), OK);
    assert_int_equal(changed, 0);
    assert_int_equal(db_run(t.db, &update, args, NULL, NULL, &changed, NULL), OK);
    assert_int_equal(changed, 3);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
}

static void one_number_is_one_row(void **state) {
    (void)state;
    const struct db_query none = QUERY("SELECT 1 WHERE 0", 0, 1), one = QUERY("SELECT 42", 0, 1);
    struct err e = { 0 };
    int64_t v = 7;
    assert_int_equal(db_get_i64(t.db, &none, NULL, &v, &e), E_NOT_FOUND);
    assert_string_equal(e.detail, ""); /* the caller's words come first */
    assert_int_equal(v, 7);
    assert_int_equal(db_get_i64(t.db, &one, NULL, &v, &e), OK);
    assert_int_equal(v, 42);
}

static void transactions_pair_up(void **state) {
    (void)state;
    assert_int_equal(db_finish(t.db, OK, NULL), E_INTERNAL);
    assert_int_equal(db_after_commit(t.db, (void (*)(void *))temp_db_close, NULL, NULL), E_INTERNAL);
    assert_false(db_in_transaction(t.db));
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_true(db_in_transaction(t.db));
    assert_int_equal(db_finish(t.db, E_DENIED, NULL), E_DENIED);
    assert_false(db_in_transaction(t.db));
}

/* What a command leaves open when it ends early must not block the others. */
static void closing_undoes_an_open_transaction(void **state) {
    (void)state;
    struct db *other;
    assert_int_equal(db_open(t.pool, &other, NULL), OK);
    assert_int_equal(db_begin(other, NULL), OK);
    assert_int_equal(db_begin(other, NULL), OK);
    assert_int_equal(db_script(other, STR("CREATE TABLE left_over (a BIGINT)"), NULL), OK);
    db_close(other);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(
        db_script(t.db, STR("CREATE TABLE left_over (a BIGINT); CREATE TABLE b (a BIGINT);"), NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(db_script(t.db, STR("CREATE TABLE c (a BIGINT)"), NULL), E_INTERNAL);
    db_close(NULL);
}

static void unknown_engines_are_refused_without_their_password(void **state) {
    (void)state;
    const struct str urls[] = { STR("postgresql://me:secret@db/x"), STR("mysql:x"), STR(""), STR("sqlite") };
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        struct db_pool *pool = NULL;
        struct err e = { 0 };
        assert_int_equal(db_pool_open(urls[i], true, &pool, &e), E_INVALID);
        assert_non_null(e.message);
        assert_null(strstr(e.arg, "secret"));
        assert_null(strstr(e.detail, "secret"));
        assert_null(pool);
    }
    db_pool_close(NULL);
}

static void columns_are_copied_into_the_arena(void **state) {
    (void)state;
    struct arena *small = arena_new(8);
    struct str out;
    struct db_val text = db_text(STR("0123456789")), none = db_null(), number = db_int(5);
    assert_int_equal(db_copy(t.arena, &text, &out, NULL), OK);
    assert_str_equal(out, STR("0123456789"));
    assert_int_equal(db_copy(t.arena, &none, &out, NULL), OK);
    assert_int_equal(out.n, 0);
    assert_int_equal(db_copy(t.arena, &number, &out, NULL), OK);
    assert_int_equal(db_copy(small, &text, &out, NULL), E_LIMIT);
    arena_free(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_went),
        cmocka_unit_test(a_kept_row_is_found_under_asan),
        cmocka_unit_test(parameters_go_by_their_number),
        cmocka_unit_test(a_head_that_does_not_fit_is_our_mistake),
        cmocka_unit_test(a_row_function_can_stop_the_reading),
        cmocka_unit_test(a_row_function_may_run_the_same_query),
        cmocka_unit_test(changes_are_counted),
        cmocka_unit_test(one_number_is_one_row),
        cmocka_unit_test(transactions_pair_up),
        cmocka_unit_test(closing_undoes_an_open_transaction),
        cmocka_unit_test(unknown_engines_are_refused_without_their_password),
        cmocka_unit_test(columns_are_copied_into_the_arena),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
