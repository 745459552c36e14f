#include "base/csv.h"

void csv_put_text(struct buf *out, struct str s) {
    static const char starts_formula[] = "=+-@\t\r\n";
    buf_add_char(out, '"');
    if (s.n && s.p[0] && strchr(starts_formula, s.p[0])) buf_add_char(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') buf_add_char(out, '"');
        buf_add_char(out, s.p[i]);
    }
    buf_add_char(out, '"');
}
