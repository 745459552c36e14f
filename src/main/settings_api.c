#include "main/settings_api.h"

#include "accounts/audit.h"
#include "main/restart.h"
#include "main/settings_change.h"
#include "main/settings_check.h"
#include "main/settings_store.h"

static const struct message no_check = { "check_unknown",
                                         "Il n’y a pas d’essai de ce nom : channel ou models.",
                                         "There is no check of that name: channel or models." };

static const struct message no_restart = {
    "restart_unavailable", "Ce serveur ne peut pas se relancer lui-même : arrêtez-le et relancez-le.",
    "This server cannot start again by itself: stop it and start it."
};

static void put_words(struct json_out *o, const char *const *words) {
    json_put_key(o, "choices");
    json_put_array(o);
    for (size_t i = 0; words && words[i]; i++)
        if (words[i][0]) json_put_str(o, str_from_c(words[i]));
    json_put_array_end(o);
}

/* Whether the next start takes another value than this process has. */
static bool is_waiting(const struct config_entry *entry, const struct setting_saved *row) {
    bool in_force = entry->source == CONFIG_STORED;
    if (setting_is_fixed(entry)) return false;
    return row->value.n ? !in_force || !str_eq(entry->value, row->value) : in_force;
}

static void put_saved(struct json_out *o, const struct config_entry *entry,
                      const struct settings_saved *saved) {
    const struct setting_saved *row = NULL;

    for (size_t i = 0; i < saved->count; i++)
        if (str_eq(saved->rows[i].name, str_from_c(entry->name))) row = &saved->rows[i];
    json_put_key(o, "saved");
    if (!row || !entry->changeable) {
        json_put_null(o);
        return;
    }
    json_put_object(o);
    json_field_str_or_null(o, "value", row->value);
    json_field_str_or_null(o, "by", row->by);
    json_field_time(o, "at", row->at_us);
    json_field_bool(o, "waiting", is_waiting(entry, row));
    json_put_object_end(o);
}

static void put_entry(struct json_out *o, const struct config_entry *entry,
                      const struct settings_saved *saved) {
    json_put_object(o);
    json_field_str(o, "name", str_from_c(entry->name));
    json_field_str(o, "source", str_from_c(config_source_name(entry->source)));
    json_field_bool(o, "secret", entry->secret);
    json_field_bool(o, "set", entry->set);
    json_field_str(o, "value", entry->value);
    put_words(o, entry->words);
    json_field_bool(o, "changeable", entry->changeable);
    json_field_bool(o, "fixed", setting_is_fixed(entry));
    json_field_str(o, "fallback", entry->secret ? STR("") : entry->fallback);
    put_saved(o, entry, saved);
    json_put_object_end(o);
}

static enum status settings_get(struct request *rq, struct reply *re, struct err *e) {
    const struct settings *room = rq->room;
    struct json_out o = json_out_to(&re->body);
    struct settings_saved saved;
    struct config_entry entry;
    enum status s = settings_saved_read(rq->db, rq->arena, &saved, e);

    if (s != OK) return s;
    json_put_object(&o);
    json_field_time(&o, "started_at", room->started_at_us);
    json_put_key(&o, "settings");
    json_put_array(&o);
    for (size_t i = 0; config_entry_at(&room->app->config, rq->arena, i, &entry); i++)
        put_entry(&o, &entry, &saved);
    json_put_array_end(&o);
    json_put_object_end(&o);
    return OK;
}

static enum status settings_patch(struct request *rq, struct reply *re, struct err *e) {
    const struct settings *room = rq->room;
    enum status s = settings_change(&room->app->config, rq, e);
    return s == OK ? settings_get(rq, re, e) : s;
}

/* Nothing is stopped unless a start would succeed; the answer leaves before anything ends. */
static enum status apply_post(struct request *rq, struct reply *re, struct err *e) {
    const struct settings *room = rq->room;
    struct json_out o = json_out_to(&re->body);
    enum status s;

    if (!room->restart) return fail(e, E_CONFLICT, &no_restart, "no restart here");
    if ((s = restart_check(room->restart, rq->db, e)) != OK) return s;
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = audit_add(rq->db, rq->who.user_id, STR("settings.apply"), STR("settings"), 0, rq->now_us, e);
    if ((s = db_finish(rq->db, s, e)) != OK) return s;
    restart_ask(room->restart);
    json_put_object(&o);
    json_field_time(&o, "started_at", room->started_at_us);
    json_put_object_end(&o);
    return OK;
}

static enum status check_name(const struct request *rq, struct err *e) {
    return check_is_name(rq->path_args[0]) ? OK : fail(e, E_NOT_FOUND, &no_check, "no check of that name");
}

static enum status check_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    enum status s = check_name(rq, e);
    return s == OK ? check_put(rq->db, rq->path_args[0], rq->lang, &o, e) : s;
}

static enum status check_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    enum status s = check_name(rq, e);

    if (s == OK) s = check_ask(rq->room, rq->db, rq->path_args[0], rq->who.user_id, rq->now_us, e);
    return s == OK ? check_put(rq->db, rq->path_args[0], rq->lang, &o, e) : s;
}

const struct route settings_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/settings/",
      .permission = PERM_ADMIN,
      .run_on = RUN_HTTP,
      .handler = settings_get,
      .summary = "The settings in force and where each comes from, secrets masked",
      .response_schema = "SettingList",
      .success = 200 },
    { .method = HTTP_PATCH,
      .path = "/api/settings/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .body_max_bytes = 16 * 1024,
      .handler = settings_patch,
      .summary =
          "Save settings that the environment leaves open; they are in force when the server starts again: see /api/settings/apply/",
      .request_schema = "SettingPatch",
      .response_schema = "SettingList",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/settings/apply/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = apply_post,
      .summary =
          "Finish what is under way and start again with what is saved, unless a start with it would fail",
      .response_schema = "SettingApply",
      .success = 202 },
    { .method = HTTP_GET,
      .path = "/api/settings/checks/{name}/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = check_get,
      .summary = "What the last check of the channel or of the models found, and what to mend",
      .response_schema = "SettingCheck",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/settings/checks/{name}/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = check_post,
      .summary =
          "Check the channel or the models as `medirecord doctor` does; that it ended is told as \"check\" on /api/events/",
      .response_schema = "SettingCheck",
      .success = 202 },
    { .path = NULL },
};
