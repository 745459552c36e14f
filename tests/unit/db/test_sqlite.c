#include "test.h"

#include "db/db_driver.h"
#include "queries.h"
#include "support/temp_db.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

static const struct db_query insert_blob = { "insert_blob", "INSERT INTO big (b) VALUES (zeroblob($1))", -1,
                                             1, 0 };
static const struct db_query count_big = { "count_big", "SELECT count(*) FROM big", -1, 0, 1 };

static void make_table(void) {
    assert_int_equal(db_begin(t.db, NULL), OK);
    enum status s = db_script(t.db, STR("CREATE TABLE IF NOT EXISTS big (b BLOB)"), NULL);
    assert_int_equal(db_finish(t.db, s, NULL), OK);
}

static enum status insert(struct db *db, int64_t bytes, struct err *e) {
    const struct db_val args[] = { db_int(bytes) };
    return db_run(db, &insert_blob, args, NULL, NULL, NULL, e);
}

static int64_t count(struct db *db) {
    int64_t n = -1;
    assert_int_equal(db_get_i64(db, &count_big, NULL, &n, NULL), OK);
    return n;
}

static void files_belong_to_their_owner_alone(void **state) {
    (void)state;
    static const char *const names[] = { "own.db", "own.db-wal", "own.db-shm" };
    char path[128];
    struct db_pool *pool;
    struct db *db;
    snprintf(path, sizeof path, "sqlite:%s/own.db", t.dir);
    assert_int_equal(db_pool_open(str_from_c(path), true, &pool, NULL), OK);
    assert_int_equal(db_open(pool, &db, NULL), OK);
    assert_int_equal(db_begin(db, NULL), OK);
    assert_int_equal(db_finish(db, db_script(db, STR("CREATE TABLE own (id BIGINT)"), NULL), NULL), OK);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", t.dir, names[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    db_close(db);
    db_pool_close(pool);
}

static void expect_cannot_open(const char *path, bool create) {
    char url[200];
    struct db_pool *pool = NULL;
    struct err e = { 0 };
    snprintf(url, sizeof url, "sqlite:%s", path);
    assert_int_equal(db_pool_open(str_from_c(url), create, &pool, &e), E_INVALID);
    assert_string_equal(e.message->code, "database_cannot_open");
    assert_string_equal(e.arg, path);
    assert_null(pool);
}

static void says_what_cannot_be_opened(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/missing.db", t.dir);
    expect_cannot_open(path, false);
    snprintf(path, sizeof path, "%s/a/b/c.db", t.dir);
    expect_cannot_open(path, true);
    expect_cannot_open(t.dir, true);
    expect_cannot_open("", true);

    snprintf(path, sizeof path, "%s/text.db", t.dir);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    const char text[] =
        "This is a text that somebody put where a database should be. It is long enough to have a head, "
        "which SQLite reads in one hundred bytes.";
    assert_int_equal(write(fd, text, sizeof text), sizeof text);
    close(fd);
    expect_cannot_open(path, true);
}

static void readers_do_not_wait_for_the_writer(void **state) {
    (void)state;
    struct db *other;
    make_table();
    int64_t before = count(t.db);
    assert_int_equal(db_open(t.pool, &other, NULL), OK);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, 10, NULL), OK);
    assert_int_equal(count(t.db), before + 1); /* a transaction sees its own work */
    assert_int_equal(count(other), before);    /* others do not, and answer at once */
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(count(other), before + 1);
    db_close(other);
}

/* What SQLite names in its messages is ours; what was bound is a patient's. */
static void errors_hold_no_values(void **state) {
    (void)state;
    const struct db_query make = { "make", "CREATE VIRTUAL TABLE words USING fts5(text)", -1, 0, 0 };
    const struct db_query search = { "search", "SELECT text FROM words WHERE words MATCH $1", -1, 1, 1 };
    const struct db_val args[] = { db_text(STR("diabete\" OR")) };
    struct err e = { 0 };
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_run(t.db, &make, NULL, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_run(t.db, &search, args, NULL, NULL, NULL, &e), E_INTERNAL);
    assert_null(strstr(e.detail, "diabete"));
    assert_int_equal(db_finish(t.db, E_INTERNAL, &e), E_INTERNAL);
}

static void set_page_limit(int64_t pages) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %lld", (long long)pages);
    const struct db_query q = { "limit", sql, -1, 0, 1 };
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_run(t.db, &q, NULL, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
}

static void a_full_database_loses_nothing_that_was_accepted(void **state) {
    (void)state;
    struct err e = { 0 };
    make_table();
    int64_t before = count(t.db);
    set_page_limit(1); /* SQLite makes of it: no more than there are */

    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, 10, NULL), OK);
    assert_int_equal(insert(t.db, 10000000, &e), E_RETRY);
    assert_string_equal(e.message->code, "disk_full");
    assert_true(e.retry_after_s > 0);
    /* SQLite rolled all of it back by itself: nothing that follows may be committed alone. */
    assert_int_equal(insert(t.db, 10, NULL), E_RETRY);
    assert_int_equal(db_begin(t.db, NULL), E_RETRY);
    assert_int_equal(db_finish(t.db, OK, NULL), E_RETRY);
    assert_int_equal(count(t.db), before);

    set_page_limit(1000000);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, 10000000, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(count(t.db), before + 1);
}

#define CHECK(condition)                                                                                     \
    if (!(condition)) _exit(__LINE__ % 250 + 1)

/* Files may grow no further than a few pages: what a full disk does, without being root. */
static void write_to_a_full_disk(void) {
    struct db_pool *pool;
    struct db *db;
    struct rlimit small = { 256 * 1024, RLIM_INFINITY }, large = { RLIM_INFINITY, RLIM_INFINITY };
    struct err e = { 0 };
    signal(SIGXFSZ, SIG_IGN);
    CHECK(db_pool_open(str_from_c(t.url), false, &pool, NULL) == OK && db_open(pool, &db, NULL) == OK);
    int64_t before = count(db);
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    CHECK(db_begin(db, NULL) == OK);
    enum status s = insert(db, 1000000, &e);
    CHECK(db_finish(db, s, &e) == E_RETRY);
    CHECK(e.message && e.retry_after_s > 0);
    CHECK(count(db) == before);
    CHECK(setrlimit(RLIMIT_FSIZE, &large) == 0);
    CHECK(db_begin(db, NULL) == OK);
    s = insert(db, 1000000, NULL);
    CHECK(db_finish(db, s, NULL) == OK);
    CHECK(count(db) == before + 1);
    db_close(db);
    db_pool_close(pool);
    _exit(0);
}

static void a_full_disk_is_told_and_survived(void **state) {
    (void)state;
    int status;
    make_table();
    pid_t child = fork();
    if (child == 0) write_to_a_full_disk();
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* A command beside the server: another process holds the write lock. */
static void another_process_is_waited_for(void **state) {
    (void)state;
    int ready[2], status;
    char byte;
    make_table();
    int64_t before = count(t.db);
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct db_pool *pool;
        struct db *db;
        CHECK(db_pool_open(str_from_c(t.url), false, &pool, NULL) == OK && db_open(pool, &db, NULL) == OK);
        CHECK(db_begin(db, NULL) == OK && insert(db, 1, NULL) == OK);
        CHECK(write(ready[1], "x", 1) == 1);
        CHECK(insert(db, 1, NULL) == OK && db_finish(db, OK, NULL) == OK);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(db_begin(t.db, NULL), OK); /* waits for the child's commit */
    assert_int_equal(insert(t.db, 1, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(count(t.db), before + 3);
    close(ready[0]);
    close(ready[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_belong_to_their_owner_alone),
        cmocka_unit_test(says_what_cannot_be_opened),
        cmocka_unit_test(readers_do_not_wait_for_the_writer),
        cmocka_unit_test(errors_hold_no_values),
        cmocka_unit_test(a_full_database_loses_nothing_that_was_accepted),
        cmocka_unit_test(a_full_disk_is_told_and_survived),
        cmocka_unit_test(another_process_is_waited_for),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
