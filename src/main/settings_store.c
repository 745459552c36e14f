#include "main/settings_store.h"

#include "accounts/audit.h"
#include "queries.h"

struct each {
    setting_saved_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct each *each = ctx;
    const struct setting_saved saved = { col[0].s, col[1].s, col[2].s, col[3].i };
    return each->fn(each->ctx, &saved, e);
}

enum status settings_saved_each(struct db *db, setting_saved_fn *fn, void *ctx, struct err *e) {
    struct each each = { fn, ctx };
    return db_run(db, &q_setting_list, NULL, each_row, &each, NULL, e);
}

struct loading {
    struct arena *arena;
    struct config_stored values[CONFIG_SETTINGS_MAX];
    size_t count;
};

static enum status keep(void *ctx, const struct setting_saved *saved, struct err *e) {
    struct loading *l = ctx;
    struct config_stored *to = &l->values[l->count];

    if (saved->value.n == 0 || l->count == COUNT_OF(l->values)) return OK;
    l->count++;
    return arena_dup(l->arena, saved->name, &to->name) && arena_dup(l->arena, saved->value, &to->value)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for settings");
}

enum status settings_load(struct db *db, struct arena *arena, struct config *config, struct err *e) {
    struct loading l = { .arena = arena };
    enum status s = settings_saved_each(db, keep, &l, e);
    return s == OK && l.count ? config_load_stored(arena, l.values, l.count, config, e) : s;
}

enum status settings_save(struct db *db, struct str name, struct str value, int64_t user_id, int64_t now_us,
                          struct err *e) {
    const struct db_val args[] = { db_text(name), value.n ? db_text(value) : db_null(), db_int(user_id),
                                   db_int(now_us) };
    enum status s = db_run(db, &q_setting_save, args, NULL, NULL, NULL, e);
    return s == OK ? audit_add(db, user_id, STR("settings.change"), name, 0, now_us, e) : s;
}

enum status settings_note_applied(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(now_us) };
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, db_run(db, &q_setting_applied, args, NULL, NULL, NULL, e), e) : s;
}

enum status settings_waiting_count(struct db *db, int64_t *count, struct err *e) {
    return db_get_i64(db, &q_setting_waiting_count, NULL, count, e);
}
