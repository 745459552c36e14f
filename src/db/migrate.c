#include "db/migrate.h"

#include "base/buf.h"
#include "base/crypto.h"
#include "db/db_driver.h"
#include "queries.h"

#include <stdio.h>

enum { MIGRATION_TEXT_MAX = 256 * 1024 };

static const struct message schema_newer = {
    "schema_newer",
    "La base de données vient d’une version plus récente de MediRecord : mettez le programme à jour.",
    "The database belongs to a newer MediRecord: upgrade the program."
};
static const struct message schema_older = {
    "schema_older", "La base de données est d’une version plus ancienne : lancez « medirecord migrate ».",
    "The database is of an older version: run `medirecord migrate`."
};
static const struct message schema_changed = {
    "schema_changed",
    "Le schéma de la base de données n’est pas celui qui a été publié : restaurez une sauvegarde.",
    "The schema of the database is not the one that was released: restore a backup."
};

/* What the database says it has, held against db_migrations. */
struct history {
    int applied; /* how many of ours are there */
    bool newer;
};

static struct hash migration_hash(const struct migration *m) {
    return crypto_hash_of(str_from_c(m->sql));
}

static enum status check_row(void *ctx, const struct db_val *col, struct err *e) {
    struct history *h = ctx;
    const struct migration *m = &db_migrations[h->applied];

    if (h->newer || m->number == 0) {
        h->newer = true;
        return OK;
    }
    struct hash expected = migration_hash(m);
    if (col[0].i != m->number || !str_eq(col[1].s, (struct str) { (const char *)expected.b, HASH_BYTES }))
        return fail(e, E_CONFLICT, &schema_changed, "migration %lld is not the %d of this program",
                    (long long)col[0].i, m->number);
    h->applied++;
    return OK;
}

static enum status make_history_table(struct db *db, struct err *e) {
    char sql[400];
    snprintf(
        sql, sizeof sql,
        "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, hash %s NOT NULL, "
        "applied_at_us BIGINT NOT NULL)",
        db_dialect(db)->blob);
    return db_script(db, str_from_c(sql), e);
}

static enum status read_history(struct db *db, struct history *h, struct err *e) {
    enum status s;

    *h = (struct history) { 0 };
    if ((s = db_begin(db, e)) != OK) return s;
    s = make_history_table(db, e);
    if (s == OK) s = db_run(db, &q_migration_list, NULL, check_row, h, NULL, e);
    if ((s = db_finish(db, s, e)) != OK) return s;
    if (h->newer)
        return fail(e, E_CONFLICT, &schema_newer,
                    "the database has migrations that this program does not know");
    return OK;
}

/* The text of a migration with @id@ and @blob@ in the words of the engine. */
static bool translate(struct str sql, const struct db_dialect *words, struct buf *out) {
    static const struct str id_mark = { "@id@", 4 }, blob_mark = { "@blob@", 6 };
    size_t at = 0;

    while (at < sql.n) {
        struct str rest = str_sub(sql, at, sql.n);
        if (str_starts(rest, id_mark)) {
            buf_add(out, str_from_c(words->id_column));
            at += id_mark.n;
        } else if (str_starts(rest, blob_mark)) {
            buf_add(out, str_from_c(words->blob));
            at += blob_mark.n;
        } else {
            buf_add_char(out, sql.p[at++]);
        }
    }
    return buf_ok(out);
}

static enum status apply(struct db *db, const struct migration *m, int64_t now_us, struct err *e) {
    struct hash own = migration_hash(m);
    const struct db_val args[] = { db_int(m->number), db_text(str_from_c(m->name)),
                                   db_blob((struct str) { (const char *)own.b, HASH_BYTES }),
                                   db_int(now_us) };
    struct buf sql;
    enum status s;

    buf_init(&sql, MIGRATION_TEXT_MAX);
    if (!translate(str_from_c(m->sql), db_dialect(db), &sql)) {
        s = fail(e, E_INTERNAL, NULL, "migration %d is longer than %d bytes", m->number, MIGRATION_TEXT_MAX);
    } else if ((s = db_begin(db, e)) == OK) {
        s = db_script(db, buf_str(&sql), e);
        if (s == OK) s = db_run(db, &q_migration_insert, args, NULL, NULL, NULL, e);
        s = db_finish(db, s, e);
    }
    buf_done(&sql);
    return s;
}

enum status db_migrate(struct db_pool *pool, int64_t now_us, int *applied, struct err *e) {
    struct history h;
    struct db *db;
    enum status s;

    if ((s = db_open(pool, &db, e)) != OK) return s;
    s = read_history(db, &h, e);
    int first = h.applied;
    while (s == OK && db_migrations[h.applied].number != 0) {
        s = apply(db, &db_migrations[h.applied], now_us, e);
        if (s == OK) h.applied++;
    }
    if (applied) *applied = h.applied - first;
    db_close(db);
    return s;
}

enum status db_schema_check(struct db_pool *pool, struct err *e) {
    struct history h;
    struct db *db;
    enum status s;

    if ((s = db_open(pool, &db, e)) != OK) return s;
    s = read_history(db, &h, e);
    db_close(db);
    if (s == OK && db_migrations[h.applied].number != 0)
        return fail(e, E_CONFLICT, &schema_older, "migration %d is missing", db_migrations[h.applied].number);
    return s;
}
