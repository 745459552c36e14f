#ifndef PATIENTS_IMPORT_ROW_H
#define PATIENTS_IMPORT_ROW_H
/*
 * import_row -- the columns of a list under the names that people give them, and a row of it as the JSON that the API would be sent. No I/O.
 */
#include "base/arena.h"
#include "base/json_out.h"

enum { IMPORT_COLUMNS_MAX = 64 };

enum import_column {
    IMPORT_IGNORED,
    IMPORT_FIRST_NAME,
    IMPORT_LAST_NAME,
    IMPORT_PHONE,
    IMPORT_BIRTH,
    IMPORT_GENDER,
    IMPORT_LANGUAGE,
    IMPORT_EMAIL,
    IMPORT_ADDRESS,
    IMPORT_HISTORY,
    IMPORT_ALLERGIES,
    IMPORT_MEDICATIONS,
    IMPORT_TAGS,
    IMPORT_COLUMN_COUNT
};

/* The API's name of a column. */
const char *import_column_name(enum import_column);

/* "Prénom", "first name", "first_name": whatever the case, accents and signs. IMPORT_IGNORED: none of ours. False: no room. */
bool import_column_of(struct arena *, struct str head, enum import_column *) MUST_CHECK;

/* The cells that say something, as one JSON object. What cannot be read (a date, a gender) goes out as it stands, and is refused as the API
 * refuses it. False: no room. */
bool import_row_json(struct arena *, const enum import_column *columns, const struct str *cells, size_t count,
                     struct json_out *) MUST_CHECK;

#endif
