#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H
/*
 * fields -- typed reading of a JSON body, all mistakes at once.
 *
 * Each reader takes a field by name and answers through a pointer; what is wrong is added to the err as a field error and reading goes
 * on, so that one answer tells everything. fields_done() adds each field that nobody asked for and returns OK or E_INVALID.
 * Strings are trimmed, NFC, valid UTF-8 without NUL, copied into the arena.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

struct fields;

/* Parses a body that must be one JSON object (RFC 8259, no duplicate keys, at most JSON_DEPTH_MAX deep). */
enum status fields_parse(struct arena *, struct str body, struct fields **, struct err *) MUST_CHECK;

enum field_need { FIELD_OPTIONAL, FIELD_REQUIRED };

/* True if the field is there (null counts as there). For PATCH. */
bool fields_has(const struct fields *, const char *name);

/* Absent or null optional fields leave *out alone and answer false; true means *out was set. */
bool fields_str(struct fields *, const char *name, enum field_need, size_t max_chars, struct str *out);
/* A string taken as it is, byte for byte: passwords. */
bool fields_secret(struct fields *, const char *name, enum field_need, size_t max_bytes, struct str *out);
bool fields_i64(struct fields *, const char *name, enum field_need, int64_t min, int64_t max, int64_t *out);
bool fields_bool(struct fields *, const char *name, enum field_need, bool *out);
bool fields_date(struct fields *, const char *name, enum field_need, struct date *out);
bool fields_time(struct fields *, const char *name, enum field_need, int64_t *out_us);
/* One of the words of a NULL-ended list; answers its index. */
bool fields_word(struct fields *, const char *name, enum field_need, const char *const *words, int *out);
/* A list of strings (tags). *out is in the arena. */
bool fields_str_list(struct fields *, const char *name, enum field_need, size_t max_items, size_t max_chars,
                     struct str **out, size_t *count);

/* An object, as JSON text in the arena: read it with fields_parse(). */
bool fields_object(struct fields *, const char *name, enum field_need, struct str *json);

/* Marks a field as wrong for a reason of the room's own. */
void fields_fail(struct fields *, const char *name, const struct message *, struct str arg);

enum status fields_done(struct fields *) MUST_CHECK;

/* The words for "this field is required" and so on are shared with other readers. */
extern const struct message field_required, field_unknown, field_not_text, field_not_integer,
    field_not_boolean, field_not_list, field_not_object, field_too_long, field_too_many, field_not_a_choice,
    field_invalid_date, field_invalid_time, field_out_of_range, field_blank;

#endif
