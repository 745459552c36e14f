#include "language/day.h"

#include "documents/date_fr.h"

enum status day_in_text(struct arena *arena, struct str text, struct date *day, struct err *err) {
    struct tokens tokens;
    struct date_found found;
    *day = (struct date) { 0 };
    if (!tokens_split(arena, text, &tokens)) return fail(err, E_LIMIT, NULL, "no memory to read a day");
    if (date_fr_next(&tokens, 0, &found)) *day = found.date;
    return OK;
}
