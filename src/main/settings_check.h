#ifndef MAIN_SETTINGS_CHECK_H
#define MAIN_SETTINGS_CHECK_H
/*
 * settings_check -- the rows of the checks that administrators asked for. Private to settings_*.c.
 */
#include "base/json_out.h"
#include "main/settings_api.h"

/* Which checks there are to ask for: "channel", "models". */
bool check_is_name(struct str);

/* In one transaction with its job and audit row. E_CONFLICT with a message: it is under way. E_LIMIT with one: it was asked for just now. */
enum status check_ask(const struct settings *, struct db *, struct str name, int64_t user_id, int64_t now_us,
                      struct err *) MUST_CHECK;

/* The last run, as JSON in the language. */
enum status check_put(struct db *, struct str name, enum lang, struct json_out *, struct err *) MUST_CHECK;

#endif
