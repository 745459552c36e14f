#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H
/*
 * json_out -- writes JSON straight into a buf: no tree, no allocation a value.
 *
 * (The names are not json_object() and so on because those are jansson's.)
 * The caller opens and closes in order; commas are put by themselves. Keys are literals of ours.
 * Strings are escaped as RFC 8259 section 7 asks; invalid UTF-8 is written as U+FFFD, so that what leaves is always valid.
 */
#include "base/buf.h"
#include "base/clock.h"

struct json_out {
    struct buf *buf;
    bool comma; /* a value stands before the next one */
};

static inline struct json_out json_out_to(struct buf *b) {
    return (struct json_out) { b, false };
}

void json_put_object(struct json_out *);     /* {  (as a value in an array or at the top) */
void json_put_object_end(struct json_out *); /* } */
void json_put_array(struct json_out *);
void json_put_array_end(struct json_out *);
void json_put_key(struct json_out *, const char *key); /* then exactly one value */

void json_put_str(struct json_out *, struct str);
void json_put_int(struct json_out *, int64_t);
void json_put_real(struct json_out *,
                   double); /* shortest form that reads back the same; NaN and infinity as null */
void json_put_bool(struct json_out *, bool);
void json_put_null(struct json_out *);
void json_put_raw(struct json_out *, struct str);       /* text that is JSON already */
void json_put_time(struct json_out *, int64_t time_us); /* "2026-11-23T08:15:30.123456Z"; 0 is null */

/* A member of an object: its key and its value. */
void json_field_str(struct json_out *, const char *key, struct str);
void json_field_str_or_null(struct json_out *, const char *key, struct str); /* empty: null */
void json_field_int(struct json_out *, const char *key, int64_t);
void json_field_id_or_null(struct json_out *, const char *key, int64_t); /* 0: null */
void json_field_real(struct json_out *, const char *key, double);
void json_field_bool(struct json_out *, const char *key, bool);
void json_field_null(struct json_out *, const char *key);
void json_field_raw(struct json_out *, const char *key, struct str);
void json_field_time(struct json_out *, const char *key, int64_t time_us);     /* 0: null */
void json_field_date_or_null(struct json_out *, const char *key, struct date); /* year 0: null */

#endif
