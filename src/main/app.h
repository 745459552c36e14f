#ifndef MAIN_APP_H
#define MAIN_APP_H
/*
 * app -- what every command opens before it can work: settings, key, database.
 *
 * app_open() goes as far as `needs` says and undoes everything if a step fails; app_close() closes in reverse order and
 * copes with a half-open app. One thread: the main one.
 */
#include "base/clock.h"
#include "base/config.h"
#include "db/db.h"

struct app {
    struct arena *arena; /* settings and wiring: as long as the process */
    struct config config;
    struct clock clock;
    struct db_pool *pool;
    struct db *db; /* of the main thread */
};

enum app_need {
    APP_CONFIG, /* the settings and the log */
    APP_DATABASE, /* … the root key and the database, whose schema must be that of this program, and whose key that key */
    APP_MIGRATE, /* … created when missing and brought to this program's schema */
};

enum status app_open(struct app *, enum app_need, struct err *) MUST_CHECK;
/* Makes the data directory if it is not there. */
enum status app_make_data_dir(const struct config *, struct err *) MUST_CHECK;

/* The second half of app_open(), for who has something to do in between. The caller closes the app on failure. */
enum status app_open_database(struct app *, bool migrate, struct err *) MUST_CHECK;
/* The same without what was saved in the dashboard: for who takes away a setting that cannot stand. */
enum status app_open_database_alone(struct app *, bool migrate, struct err *) MUST_CHECK;
void app_close(struct app *);

#endif
