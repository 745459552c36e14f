#include "support/temp_db.h"

#include "base/crypto.h"
#include "db/migrate.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARENA_BYTES = 8 * 1024 * 1024 };

static void check(enum status s, const struct err *e, const char *what) {
    if (s == OK) return;
    fprintf(stderr, "temp_db: %s: %s (%s)\n", what, status_name(s), e->detail);
    abort();
}

static void make_folder(char dir[static TEMP_DIR_BYTES]) {
    const char *tmp = getenv("TMPDIR");
    snprintf(dir, TEMP_DIR_BYTES, "%s/medirecord-test-XXXXXX", tmp && strlen(tmp) < 32 ? tmp : "/tmp");
    if (!mkdtemp(dir)) abort();
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void remove_folder(const char *dir) {
    nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void make_schema(const char *dir) {
    struct db_pool *pool;
    struct err e = { 0 };
    char url[TEMP_URL_BYTES];
    snprintf(url, sizeof url, "sqlite:%s/test.db", dir);
    check(db_pool_open(str_from_c(url), true, &pool, &e), &e, "open");
    check(db_migrate(pool, 1, NULL, &e), &e, "migrate");
    db_pool_close(pool); /* the last one writes all into the one file */
}

/* Opens test.db in the folder. */
static FILE *open_file(const char *dir, const char *how) {
    char path[TEMP_URL_BYTES];
    snprintf(path, sizeof path, "%s/test.db", dir);
    FILE *file = fopen(path, how);
    if (!file) abort();
    return file;
}

/* A database with the whole schema and nothing in it. Migrating takes longer than most tests, so a program does it once. */
static struct str empty_database(void) {
    static char *bytes;
    static size_t count;
    if (!bytes) {
        char dir[TEMP_DIR_BYTES];
        make_folder(dir);
        make_schema(dir);
        FILE *file = open_file(dir, "rb");
        if (fseek(file, 0, SEEK_END) != 0) abort();
        count = (size_t)ftell(file);
        rewind(file);
        if (!(bytes = malloc(count)) || fread(bytes, 1, count, file) != count) abort();
        fclose(file);
        remove_folder(dir);
    }
    return (struct str) { bytes, count };
}

void temp_db_open(struct temp_db *t) {
    struct err e = { 0 };

    *t = (struct temp_db) { 0 };
    check(crypto_init(&e), &e, "crypto");
    struct str empty = empty_database();
    make_folder(t->dir);
    FILE *file = open_file(t->dir, "wb");
    if (fwrite(empty.p, 1, empty.n, file) != empty.n || fclose(file) != 0) abort();
    snprintf(t->url, sizeof t->url, "sqlite:%s/test.db", t->dir);
    check(db_pool_open(str_from_c(t->url), true, &t->pool, &e), &e, "open");
    check(db_open(t->pool, &t->db, &e), &e, "session");
    if (!(t->arena = arena_new(ARENA_BYTES))) abort();
}

void temp_db_close(struct temp_db *t) {
    arena_free(t->arena);
    db_close(t->db);
    db_pool_close(t->pool);
    remove_folder(t->dir);
}
