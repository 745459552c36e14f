#include "main/settings_store.h"

#include "accounts/audit.h"
#include "queries.h"

struct reading {
    struct arena *arena;
    struct settings_saved *saved;
};

static enum status keep(void *ctx, const struct db_val *col, struct err *e) {
    const struct reading *r = ctx;
    struct setting_saved *to = &r->saved->rows[r->saved->count];

    if (r->saved->count == COUNT_OF(r->saved->rows)) return OK;
    r->saved->count++;
    to->at_us = col[3].i;
    return arena_dup(r->arena, col[0].s, &to->name) && arena_dup(r->arena, col[1].s, &to->value) &&
                   arena_dup(r->arena, col[2].s, &to->by)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for settings");
}

enum status settings_saved_read(struct db *db, struct arena *arena, struct settings_saved *saved,
                                struct err *e) {
    struct reading reading = { arena, saved };
    saved->count = 0;
    return db_run(db, &q_setting_list, NULL, keep, &reading, NULL, e);
}

enum status settings_load(struct db *db, struct arena *arena, struct config *config, struct err *e) {
    struct settings_saved saved;
    struct config_stored values[CONFIG_SETTINGS_MAX];
    size_t count = 0;
    enum status s = settings_saved_read(db, arena, &saved, e);

    for (size_t i = 0; s == OK && i < saved.count; i++)
        if (saved.rows[i].value.n)
            values[count++] = (struct config_stored) { saved.rows[i].name, saved.rows[i].value };
    return s == OK && count ? config_load_stored(arena, values, count, config, e) : s;
}

enum status settings_save(struct db *db, struct str name, struct str value, int64_t user_id, int64_t now_us,
                          struct err *e) {
    const struct db_val args[] = { db_text(name), value.n ? db_text(value) : db_null(), db_int(user_id),
                                   db_int(now_us) };
    enum status s = db_run(db, &q_setting_save, args, NULL, NULL, NULL, e);
    return s == OK ? audit_add(db, user_id, STR("settings.change"), name, 0, now_us, e) : s;
}

static enum status reset(struct db *db, struct arena *arena, struct str name, int64_t now_us, struct err *e) {
    static const struct message none = {
        "setting_not_saved",
        "Rien n’est enregistré dans le tableau de bord pour {} : medirecord config --sources.",
        "Nothing is saved in the dashboard for {}: medirecord config --sources."
    };
    struct settings_saved saved;
    enum status s = settings_saved_read(db, arena, &saved, e);

    if (s != OK) return s;
    for (size_t i = 0; i < saved.count; i++)
        if (str_eq(saved.rows[i].name, name) && saved.rows[i].value.n)
            return settings_save(db, name, STR(""), 0, now_us, e);
    s = fail(e, E_NOT_FOUND, &none, "a setting that is not saved");
    err_arg(e, name);
    return s;
}

enum status settings_reset(struct db *db, struct arena *arena, struct str name, int64_t now_us,
                           struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, reset(db, arena, name, now_us, e), e) : s;
}

enum status settings_note_applied(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(now_us) };
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, db_run(db, &q_setting_applied, args, NULL, NULL, NULL, e), e) : s;
}

enum status settings_waiting_count(struct db *db, int64_t *count, struct err *e) {
    return db_get_i64(db, &q_setting_waiting_count, NULL, count, e);
}
