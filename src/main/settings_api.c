#include "main/settings_api.h"

#include "main/settings_check.h"

static const struct message no_check = { "check_unknown",
                                         "Il n'y a pas d'essai de ce nom : channel ou models.",
                                         "There is no check of that name: channel or models." };

static const char *source_name(enum config_source source) {
    static const char *const names[] = { "default", "file", "environment" };
    return names[source];
}

static void put_words(struct json_out *o, const char *const *words) {
    json_put_key(o, "choices");
    json_put_array(o);
    for (size_t i = 0; words && words[i]; i++)
        if (words[i][0]) json_put_str(o, str_from_c(words[i]));
    json_put_array_end(o);
}

static void put_entry(struct json_out *o, const struct config_entry *entry) {
    json_put_object(o);
    json_field_str(o, "name", str_from_c(entry->name));
    json_field_str(o, "source", str_from_c(source_name(entry->source)));
    json_field_bool(o, "secret", entry->secret);
    json_field_bool(o, "set", entry->set);
    json_field_str(o, "value", entry->value);
    put_words(o, entry->words);
    json_put_object_end(o);
}

static enum status settings_get(struct request *rq, struct reply *re, struct err *e) {
    const struct settings *room = rq->room;
    struct json_out o = json_out_to(&re->body);
    struct config_entry entry;

    (void)e;
    json_put_object(&o);
    json_put_key(&o, "settings");
    json_put_array(&o);
    for (size_t i = 0; config_entry_at(&room->app->config, rq->arena, i, &entry); i++) put_entry(&o, &entry);
    json_put_array_end(&o);
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
