#include "patients/patient_tag.h"

#include "base/json_out.h"

enum { PATTERN_BYTES_MAX = 1024 };

bool patient_tag_pattern(struct arena *arena, struct str tag, struct str *out) {
    struct buf quoted, pattern;
    buf_init(&quoted, PATTERN_BYTES_MAX);
    buf_init(&pattern, 2 * PATTERN_BYTES_MAX);
    struct json_out json = json_out_to(&quoted);
    json_put_str(&json, tag);
    struct str text = buf_str(&quoted);
    buf_add_char(&pattern, '%');
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("%_!", text.p[i])) buf_add_char(&pattern, '!');
        buf_add_char(&pattern, text.p[i]);
    }
    buf_add_char(&pattern, '%');
    bool ok = buf_ok(&quoted) && buf_ok(&pattern) && arena_dup(arena, buf_str(&pattern), out);
    buf_done(&quoted);
    buf_done(&pattern);
    return ok;
}
