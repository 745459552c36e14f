#ifndef BASE_CONFIG_VALUES_H
#define BASE_CONFIG_VALUES_H
/*
 * config_values -- the table of settings: name, default, how a value is read and printed. Private to config*.c.
 */
#include "base/config.h"

enum {
    CONFIG_THREADS_MAX = 64,
    CONFIG_MESSAGE_RATE_MAX = 100000,
    CONFIG_MODEL_TIMEOUT_MAX = 120,
    CONFIG_REMINDER_MAX = 1440,
    CONFIG_RETENTION_DAYS_MAX = 3650
};

/* How config_print() shows the field. A word is an enum, or a bool, that counts in `words`. */
enum setting_shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_PRICE, SHAPE_WORD, SHAPE_FLAG };

struct setting {
    const char *name;
    const char *fallback; /* NULL: none, or worked out after reading */
    /* Writes the value into the field and returns NULL, or says what it can be. NULL: the value is one of `words`. */
    const struct message *(*read)(struct arena *, struct str value, void *field);
    size_t offset; /* of the field in struct config */
    enum setting_shape shape;
    bool secret;
    const char *const *words; /* ends with NULL; an empty one is never read */
    const struct message *bad_word;
    bool
        changeable; /* by administrators, in the dashboard: neither a secret nor where anything is kept or sent to */
};

extern const struct setting config_settings[]; /* ends with name NULL */

/* As the setting's own reader, or by its words. */
const struct message *setting_read(struct arena *, const struct setting *, struct str value, void *field);

#endif
