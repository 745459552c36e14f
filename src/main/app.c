#include "main/app.h"

#include "base/log.h"
#include "base/zone.h"
#include "db/migrate.h"
#include "main/installation.h"
#include "main/settings_store.h"
#include "os/file.h"

enum { APP_ARENA_BYTES = 4 * 1024 * 1024 };

static enum status open_log(const struct app *app, struct err *e) {
    const struct config *c = &app->config;
    struct log_options options = { .level = c->log_level, .json = c->log_json };
    if (c->log_file.n && !(options.file = arena_cstr(app->arena, c->log_file)))
        return fail(e, E_INVALID, NULL, "MEDIRECORD_LOG_FILE is not a file name");
    return log_open(&options, e);
}

enum status app_make_data_dir(const struct config *config, struct err *e) {
    static const struct message failed = {
        "data_dir_failed",
        "Le dossier de données {} ne peut pas être créé. Vérifiez MEDIRECORD_DATA_DIR et ses droits.",
        "The data folder {} cannot be made. Check MEDIRECORD_DATA_DIR and its permissions."
    };
    enum status s = dir_make(config->data_dir.p, e);

    if (s == OK || !e || e->message) return s;
    e->message = &failed;
    err_arg(e, config->data_dir);
    return s;
}

enum status app_open_database_alone(struct app *app, bool migrate, struct err *e) {
    enum status s;

    if (migrate && (s = app_make_data_dir(&app->config, e)) != OK) return s;
    if ((s = config_load_key(&app->config, migrate, e)) != OK) return s;
    if ((s = db_pool_open(app->config.database_url, migrate, &app->pool, e)) != OK) return s;
    s = migrate ? db_migrate(app->pool, clock_now_us(&app->clock), NULL, e) : db_schema_check(app->pool, e);
    if (s != OK) return s;
    if ((s = db_open(app->pool, &app->db, e)) != OK) return s;
    return installation_check(app->db, &app->config.root_key, migrate, clock_now_us(&app->clock), e);
}

enum status app_open_database(struct app *app, bool migrate, struct err *e) {
    enum status s = app_open_database_alone(app, migrate, e);
    if (s == OK) s = settings_load(app->db, app->arena, &app->config, e);
    return s == OK ? zone_use(app->config.time_zone, e) : s;
}

enum status app_open(struct app *app, enum app_need need, struct err *e) {
    enum status s;

    *app = (struct app) { .clock = clock_system() };
    if ((s = crypto_init(e)) != OK) return s;
    if (!(app->arena = arena_new(APP_ARENA_BYTES)))
        return fail(e, E_INTERNAL, NULL, "no memory for the settings");
    s = config_load(app->arena, &app->config, e);
    if (s == OK) s = zone_use(app->config.time_zone, e);
    if (s == OK) s = open_log(app, e);
    if (s == OK && need != APP_CONFIG) s = app_open_database(app, need == APP_MIGRATE, e);
    if (s != OK) app_close(app);
    return s;
}

void app_close(struct app *app) {
    db_close(app->db);
    db_pool_close(app->pool);
    crypto_wipe(&app->config.root_key, sizeof app->config.root_key);
    arena_free(app->arena);
    log_close();
    *app = (struct app) { 0 };
}
