#ifndef MAIN_SETTINGS_CHANGE_H
#define MAIN_SETTINGS_CHANGE_H
/*
 * settings_change -- what an administrator saves of the settings. Private to settings_*.c.
 */
#include "base/config.h"
#include "http/route.h"

/* The environment or .env says it: nothing that is saved would count. */
bool setting_is_fixed(const struct config_entry *);

/*
 * Saves what the body of the request says ({"NAME": "value"}; null or "": the default again) in one transaction with an audit row a setting that
 * changes. E_INVALID with field errors, or with a message when the settings cannot stand beside each other.
 */
enum status settings_change(const struct config *in_force, struct request *, struct err *) MUST_CHECK;

#endif
