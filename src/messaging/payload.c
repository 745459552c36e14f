#include "messaging/payload.h"
#include "http/fields.h"

enum status payload_id(struct arena *arena, const struct job *job, const char *name, int64_t *id,
                       struct err *e) {
    struct fields *f;
    enum status s = fields_parse(arena, job->payload, &f, e);
    if (s != OK) return s;
    fields_i64(f, name, FIELD_REQUIRED, 1, INT64_MAX, id);
    return fields_done(f);
}
