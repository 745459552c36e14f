#include "net/wire.h"

#include "base/buf.h"

enum { DUMP_BYTES_MAX = 1 << 20 };

json_t *wire_json(struct str body) {
    if (body.n == 0 || str_find_char(body, '\0') < body.n) return NULL;
    return json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
}

struct str wire_text(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? (struct str) { json_string_value(value), json_string_length(value) }
                                 : STR("");
}

int64_t wire_count(const json_t *object, const char *name) {
    enum { COUNT_MAX = 1000000000 };
    const json_t *value = json_object_get(object, name);
    int64_t n = json_is_integer(value) ? (int64_t)json_integer_value(value) : 0;
    return n < 0 ? 0 : n > COUNT_MAX ? COUNT_MAX : n;
}

static int add_dumped(const char *bytes, size_t n, void *ctx) {
    buf_add(ctx, (struct str) { bytes, n });
    return buf_ok(ctx) ? 0 : -1;
}

bool wire_dump(struct arena *arena, const json_t *value, struct str *out) {
    struct buf text;
    buf_init(&text, DUMP_BYTES_MAX);
    bool ok = json_dump_callback(value, add_dumped, &text, JSON_COMPACT) == 0 &&
              arena_dup(arena, buf_str(&text), out);
    buf_done(&text);
    return ok;
}
