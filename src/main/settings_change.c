/*
 * settings_change -- PATCH /api/settings/: what an administrator saves, by the rules of the start. Private to settings_*.c.
 */
#include "main/settings_change.h"

#include "http/fields.h"
#include "main/settings_store.h"

enum { VALUE_MAX_CHARS = 1000 };

static const struct message fixed_by_server = {
    "setting_fixed", "Ce réglage est fixé par le serveur (environnement ou .env) : il se change là.",
    "This setting is fixed by the server (environment or .env): it is changed there."
};

bool setting_is_fixed(const struct config_entry *entry) {
    return entry->source == CONFIG_ENVIRONMENT || entry->source == CONFIG_FILE;
}

/* What is saved, with the changes laid over; an empty value is the default again. */
struct change {
    struct arena *arena;
    const struct config *config; /* in force */
    struct fields *fields;
    struct config_stored after[CONFIG_SETTINGS_MAX];
    size_t count;
};

static struct config_stored *find(struct change *c, struct str name) {
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(c->after[i].name, name)) return &c->after[i];
    return NULL;
}

static void put_value(struct change *c, const char *name, struct str value) {
    struct config_stored *there = find(c, str_from_c(name));
    if (!there && c->count < COUNT_OF(c->after)) {
        there = &c->after[c->count++];
        there->name = str_from_c(name);
    }
    if (there) there->value = value;
}

/* Each changeable setting that the body names; the others are left to fields_done(), which refuses them. */
static void take_values(struct change *c) {
    struct config_entry entry;

    for (size_t i = 0; config_entry_at(c->config, c->arena, i, &entry); i++) {
        struct str value = STR("");
        if (!entry.changeable || !fields_has(c->fields, entry.name)) continue;
        bool given = fields_str(c->fields, entry.name, FIELD_OPTIONAL, VALUE_MAX_CHARS, &value);
        if (setting_is_fixed(&entry)) {
            fields_fail(c->fields, entry.name, &fixed_by_server, STR(""));
            continue;
        }
        const struct message *bad =
            given && value.n ? config_value_check(c->arena, str_from_c(entry.name), value) : NULL;
        if (bad) fields_fail(c->fields, entry.name, bad, value);
        put_value(c, entry.name, value);
    }
}

/* As it is printed, so that "0,30" and "0.3" are the same; empty stays the default. */
static struct str as_printed(const struct config *would, struct arena *arena, const struct config_stored *s) {
    struct config_entry entry;
    for (size_t i = 0; config_entry_at(would, arena, i, &entry); i++)
        if (str_eq(str_from_c(entry.name), s->name) && entry.source == CONFIG_STORED) return entry.value;
    return s->value;
}

static enum status save_changed(struct request *rq, const struct change *c, const struct settings_saved *was,
                                const struct config *would, struct err *e) {
    enum status s = OK;

    for (size_t i = 0; i < c->count && s == OK; i++) {
        struct str before = i < was->count ? was->rows[i].value : STR("");
        struct str now = as_printed(would, rq->arena, &c->after[i]);
        if (!str_eq(before, now))
            s = settings_save(rq->db, c->after[i].name, now, rq->who.user_id, rq->now_us, e);
    }
    return s;
}

/* Everything that will be in force at the next start is tried together: a carrier without its keys is refused here, and not then. */
static enum status change(struct request *rq, struct change *c, struct err *e) {
    struct settings_saved was;
    struct config would = { 0 };
    enum status s = settings_saved_read(rq->db, rq->arena, &was, e);

    if (s != OK) return s;
    for (; c->count < was.count; c->count++)
        c->after[c->count] = (struct config_stored) { was.rows[c->count].name, was.rows[c->count].value };
    take_values(c);
    if ((s = fields_done(c->fields)) != OK) return s;
    if ((s = config_load_stored(rq->arena, c->after, c->count, &would, e)) != OK) return s;
    return save_changed(rq, c, &was, &would, e);
}

enum status settings_change(const struct config *in_force, struct request *rq, struct err *e) {
    struct change c = { .arena = rq->arena, .config = in_force };
    enum status s = fields_parse(rq->arena, rq->body, &c.fields, e);

    if (s != OK || (s = db_begin(rq->db, e)) != OK) return s;
    return db_finish(rq->db, change(rq, &c, e), e);
}
