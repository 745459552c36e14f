#include "main/installation.h"

#include "queries.h"

static const struct message other_key = {
    "other_key",
    "La clé secrète n’est pas celle de cette base de données. Remettez le fichier secret.key d’origine dans le dossier de "
    "données (ou l’ancien MEDIRECORD_SECRET_KEY) : sans lui, les documents ne peuvent pas être lus.",
    "The secret key is not the one of this database. Put the original secret.key back into the data folder (or the former "
    "MEDIRECORD_SECRET_KEY): without it the documents cannot be read."
};

struct known {
    struct str expected;
    bool found, same;
};

static enum status compare(void *ctx, const struct db_val *col, struct err *e) {
    struct known *k = ctx;
    (void)e;
    k->found = true;
    k->same = crypto_equal(col[0].s, k->expected);
    return OK;
}

static enum status remember_key(struct db *db, struct str check, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_blob(check), db_int(now_us) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_installation_add, args, NULL, NULL, NULL, e);
    return db_finish(db, s, e);
}

enum status installation_check(struct db *db, const struct key *root, bool remember, int64_t now_us,
                               struct err *e) {
    struct key key = crypto_derive(root, "keycheck", 1);
    struct hash hash = crypto_hash_keyed(&key, STR("this database"));
    struct known k = { .expected = { (const char *)hash.b, HASH_BYTES } };
    enum status s = db_run(db, &q_installation_key_check, NULL, compare, &k, NULL, e);

    crypto_wipe(&key, sizeof key);
    if (s != OK) return s;
    if (!k.found) return remember ? remember_key(db, k.expected, now_us, e) : OK;
    return k.same ? OK : fail(e, E_CONFLICT, &other_key, "the database was written with another key");
}
