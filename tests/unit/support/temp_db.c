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

void temp_db_open(struct temp_db *t) {
    const char *tmp = getenv("TMPDIR");
    struct err e = { 0 };

    *t = (struct temp_db) { 0 };
    check(crypto_init(&e), &e, "crypto");
    snprintf(t->dir, sizeof t->dir, "%s/medirecord-test-XXXXXX", tmp && strlen(tmp) < 32 ? tmp : "/tmp");
    if (!mkdtemp(t->dir)) abort();
    snprintf(t->url, sizeof t->url, "sqlite:%s/test.db", t->dir);
    check(db_pool_open(str_from_c(t->url), true, &t->pool, &e), &e, "open");
    check(db_migrate(t->pool, 1, NULL, &e), &e, "migrate");
    check(db_open(t->pool, &t->db, &e), &e, "session");
    if (!(t->arena = arena_new(ARENA_BYTES))) abort();
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void temp_db_close(struct temp_db *t) {
    arena_free(t->arena);
    db_close(t->db);
    db_pool_close(t->pool);
    nftw(t->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}
