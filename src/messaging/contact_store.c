#include "db/db.h"
#include "messaging/contact.h"
#include "queries.h"

enum status contact_heard(struct db *db, struct str phone, struct str external_id, int64_t at_us,
                          struct err *e) {
    const struct db_val others[] = { db_text(external_id), db_text(phone) };
    const struct db_val in[] = { db_text(phone), db_text_or_null(external_id), db_int(at_us) };
    enum status s = external_id.n ? db_run(db, &q_contact_lose_id, others, NULL, NULL, NULL, e) : OK;
    return s == OK ? db_run(db, &q_contact_heard, in, NULL, NULL, NULL, e) : s;
}

enum status contact_set_unreachable(struct db *db, struct str phone, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_text(phone), db_int(now_us) };
    return db_run(db, &q_contact_unreachable, in, NULL, NULL, NULL, e);
}

enum status contact_shut_window(struct db *db, struct str phone, int64_t at_us, struct err *e) {
    const struct db_val in[] = { db_text(phone), db_int(at_us) };
    return db_run(db, &q_contact_shut_window, in, NULL, NULL, NULL, e);
}

enum status contact_forget(struct db *db, struct str phone, struct err *e) {
    const struct db_val in[] = { db_text(phone) };
    return db_run(db, &q_contact_forget, in, NULL, NULL, NULL, e);
}

struct get_to {
    struct arena *arena;
    struct contact *contact;
};

static enum status take_contact(void *ctx, const struct db_val *col, struct err *e) {
    const struct get_to *to = ctx;
    to->contact->last_in_at_us = col[1].i;
    to->contact->unreachable_at_us = col[2].i;
    to->contact->window_shut_at_us = col[3].i;
    return db_copy(to->arena, &col[0], &to->contact->external_id, e);
}

enum status contact_get(struct db *db, struct arena *arena, struct str phone, struct contact *out,
                        struct err *e) {
    const struct db_val in[] = { db_text(phone) };
    struct get_to to = { arena, out };
    *out = (struct contact) { .external_id = STR("") };
    return db_run(db, &q_contact_get, in, take_contact, &to, NULL, e);
}

struct phone_to {
    struct arena *arena;
    struct str *phone;
    bool found;
};

static enum status take_phone(void *ctx, const struct db_val *col, struct err *e) {
    struct phone_to *to = ctx;
    to->found = true;
    return db_copy(to->arena, &col[0], to->phone, e);
}

enum status contact_phone_of(struct db *db, struct arena *arena, struct str external_id, struct str *phone,
                             struct err *e) {
    const struct db_val in[] = { db_text(external_id) };
    struct phone_to to = { arena, phone, false };
    enum status s = db_run(db, &q_contact_phone_of, in, take_phone, &to, NULL, e);
    return s == OK && !to.found ? fail(e, E_NOT_FOUND, NULL, "nobody is known by that name of the carrier")
                                : s;
}
