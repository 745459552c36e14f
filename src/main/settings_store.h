#ifndef MAIN_SETTINGS_STORE_H
#define MAIN_SETTINGS_STORE_H
/*
 * settings_store -- the settings that administrators saved in the dashboard (base/config.h says which, and what comes before them).
 *
 * They are read when a program opens the database, so that all that start later agree. One that runs already goes on with what it started
 * with, and says so: the page by settings_saved_read(), `medirecord doctor` by settings_waiting_count().
 */
#include "base/config.h"
#include "db/db.h"

/* Lays what is saved over *config. E_INVALID with a message when a value cannot stand (any more), or not beside the others. */
enum status settings_load(struct db *, struct arena *, struct config *, struct err *) MUST_CHECK;

/* In the caller's transaction, with its audit row: a value, or, empty, the default again. */
enum status settings_save(struct db *, struct str name, struct str value, int64_t user_id, int64_t now_us,
                          struct err *) MUST_CHECK;

/* The default again, whoever saved what: one transaction, audited as the system's. E_NOT_FOUND with a message: nothing is saved of it. */
enum status settings_reset(struct db *, struct arena *, struct str name, int64_t now_us,
                           struct err *) MUST_CHECK;

struct setting_saved {
    struct str name, value, by; /* value empty: the default again */
    int64_t at_us;
};
struct settings_saved {
    struct setting_saved rows[CONFIG_SETTINGS_MAX];
    size_t count;
};
/* By name; strings in the arena. */
enum status settings_saved_read(struct db *, struct arena *, struct settings_saved *,
                                struct err *) MUST_CHECK;

/* A server starts with what is saved. */
enum status settings_note_applied(struct db *, int64_t now_us, struct err *) MUST_CHECK;
/* So many wait for a server to start with them. */
enum status settings_waiting_count(struct db *, int64_t *, struct err *) MUST_CHECK;

#endif
