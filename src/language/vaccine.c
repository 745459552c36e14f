#include "language/vaccine.h"

#include "documents/vaccination_match.h"
#include "documents/vaccine_list.h"

enum status vaccines_named(struct arena *arena, struct str text, struct vaccine_named *out, size_t *count,
                           struct err *err) {
    struct tokens t;
    *count = 0;
    if (!tokens_split(arena, text, &t)) return fail(err, E_LIMIT, NULL, "no memory to read vaccines");
    for (size_t i = 0; i < t.count && *count < VACCINES_NAMED_MAX;) {
        struct vaccine v;
        size_t end = vaccine_match(&t, i, true, &v);
        if (end == i) {
            i++;
            continue;
        }
        struct str name = tokens_text(&t, i, end);
        out[(*count)++] =
            (struct vaccine_named) { (size_t)(name.p - t.text.p), name.n, v.against, v.is_sure };
        i = end;
    }
    return OK;
}

enum status vaccination_day(struct arena *arena, struct str text, struct date *day, struct err *err) {
    struct tokens t;
    *day = (struct date) { 0 };
    if (!tokens_split(arena, text, &t)) return fail(err, E_LIMIT, NULL, "no memory to read a day");
    (void)match_vaccination_day(&t, 0, day);
    return OK;
}
