#ifndef BASE_LOG_H
#define BASE_LOG_H
/*
 * log -- one line an event, on stderr or into a file, as text or JSON.
 *
 * Made so that personal data cannot slip in: an event is a constant name and a list of fields whose keys are constants and
 * whose values are numbers, constants or identifiers of ours (a request id, a job kind, a status name), never a format with free text.
 * Thread-safe. Logs are written at the edges only (main, HTTP loop, job runner); other rooms return errors.
 * The sink is the one global of the program; log_open() is called once, before threads start.
 */
#include "base/status.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log_field {
    const char *key;  /* NULL ends a list */
    const char *text; /* NULL: the number counts */
    int64_t number;
};

#define LOG_INT(k, v)  ((struct log_field) { (k), NULL, (v) })
#define LOG_TEXT(k, v) ((struct log_field) { (k), (v), 0 })

struct log_options {
    enum log_level level;
    const char *file; /* NULL: stderr */
    bool json;
};

enum status log_open(const struct log_options *, struct err *) MUST_CHECK;
void log_close(void);

/* Writes one event. fields may be NULL when count is 0. */
void log_event(enum log_level, const char *event, const struct log_field *fields, size_t count);

/* Writes an event with the status, detail and errno of e. */
void log_failure(enum log_level, const char *event, enum status, const struct err *e,
                 const struct log_field *fields, size_t count);

/* log_event with the fields written in place: log_fields(LOG_INFO, "started", LOG_INT("port", port)); */
#define log_fields(level, event, ...)                                                                        \
    log_event((level), (event), (const struct log_field[]) { __VA_ARGS__ },                                  \
              COUNT_OF(((const struct log_field[]) { __VA_ARGS__ })))

#endif
