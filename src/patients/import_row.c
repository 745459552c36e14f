#include "patients/import_row.h"

#include "base/utf8.h"

enum { BIRTH_BYTES = 10 };

static const char *const names[IMPORT_COLUMN_COUNT] = {
    [IMPORT_IGNORED] = "",
    [IMPORT_FIRST_NAME] = "first_name",
    [IMPORT_LAST_NAME] = "last_name",
    [IMPORT_PHONE] = "phone",
    [IMPORT_BIRTH] = "date_of_birth",
    [IMPORT_GENDER] = "gender",
    [IMPORT_LANGUAGE] = "language",
    [IMPORT_EMAIL] = "email",
    [IMPORT_ADDRESS] = "address",
    [IMPORT_HISTORY] = "medical_history",
    [IMPORT_ALLERGIES] = "allergies",
    [IMPORT_MEDICATIONS] = "current_medications",
    [IMPORT_TAGS] = "tags",
};

/* Folded, letters and digits alone. */
static const struct {
    const char *word;
    enum import_column column;
} heads[] = {
    { "firstname", IMPORT_FIRST_NAME },
    { "givenname", IMPORT_FIRST_NAME },
    { "prenom", IMPORT_FIRST_NAME },
    { "prenoms", IMPORT_FIRST_NAME },
    { "lastname", IMPORT_LAST_NAME },
    { "familyname", IMPORT_LAST_NAME },
    { "surname", IMPORT_LAST_NAME },
    { "nom", IMPORT_LAST_NAME },
    { "nomdefamille", IMPORT_LAST_NAME },
    { "phone", IMPORT_PHONE },
    { "phonenumber", IMPORT_PHONE },
    { "mobile", IMPORT_PHONE },
    { "whatsapp", IMPORT_PHONE },
    { "telephone", IMPORT_PHONE },
    { "tel", IMPORT_PHONE },
    { "portable", IMPORT_PHONE },
    { "numero", IMPORT_PHONE },
    { "numerodetelephone", IMPORT_PHONE },
    { "dateofbirth", IMPORT_BIRTH },
    { "birthdate", IMPORT_BIRTH },
    { "dob", IMPORT_BIRTH },
    { "datedenaissance", IMPORT_BIRTH },
    { "datenaissance", IMPORT_BIRTH },
    { "naissance", IMPORT_BIRTH },
    { "neele", IMPORT_BIRTH },
    { "gender", IMPORT_GENDER },
    { "sex", IMPORT_GENDER },
    { "sexe", IMPORT_GENDER },
    { "genre", IMPORT_GENDER },
    { "language", IMPORT_LANGUAGE },
    { "langue", IMPORT_LANGUAGE },
    { "email", IMPORT_EMAIL },
    { "mail", IMPORT_EMAIL },
    { "courriel", IMPORT_EMAIL },
    { "address", IMPORT_ADDRESS },
    { "adresse", IMPORT_ADDRESS },
    { "medicalhistory", IMPORT_HISTORY },
    { "history", IMPORT_HISTORY },
    { "antecedents", IMPORT_HISTORY },
    { "allergies", IMPORT_ALLERGIES },
    { "allergie", IMPORT_ALLERGIES },
    { "currentmedications", IMPORT_MEDICATIONS },
    { "medications", IMPORT_MEDICATIONS },
    { "traitement", IMPORT_MEDICATIONS },
    { "traitements", IMPORT_MEDICATIONS },
    { "traitementsencours", IMPORT_MEDICATIONS },
    { "medicaments", IMPORT_MEDICATIONS },
    { "tags", IMPORT_TAGS },
    { "tag", IMPORT_TAGS },
    { "etiquettes", IMPORT_TAGS },
    { "etiquette", IMPORT_TAGS },
};

/* How people write what the API has a letter for. */
static const struct {
    enum import_column column;
    const char *word, *value;
} words[] = {
    { IMPORT_GENDER, "f", "F" },           { IMPORT_GENDER, "femme", "F" },
    { IMPORT_GENDER, "feminin", "F" },     { IMPORT_GENDER, "female", "F" },
    { IMPORT_GENDER, "woman", "F" },       { IMPORT_GENDER, "m", "M" },
    { IMPORT_GENDER, "h", "M" },           { IMPORT_GENDER, "homme", "M" },
    { IMPORT_GENDER, "masculin", "M" },    { IMPORT_GENDER, "male", "M" },
    { IMPORT_GENDER, "man", "M" },         { IMPORT_GENDER, "o", "O" },
    { IMPORT_GENDER, "autre", "O" },       { IMPORT_GENDER, "other", "O" },
    { IMPORT_LANGUAGE, "francais", "fr" }, { IMPORT_LANGUAGE, "french", "fr" },
    { IMPORT_LANGUAGE, "wolof", "wo" },    { IMPORT_LANGUAGE, "anglais", "en" },
    { IMPORT_LANGUAGE, "english", "en" },  { IMPORT_LANGUAGE, "fr", "fr" },
    { IMPORT_LANGUAGE, "wo", "wo" },       { IMPORT_LANGUAGE, "en", "en" },
};

const char *import_column_name(enum import_column column) {
    return names[column];
}

/* Lower case without accents; letters and digits alone. */
static bool plain(struct arena *arena, struct str in, struct str *out) {
    struct str folded;
    char *p = NULL;
    size_t n = 0;

    if (!utf8_fold(arena, in, &folded) || !(p = arena_alloc(arena, folded.n + 1))) return false;
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        if ((c >= 'a' && c <= 'z') || is_digit(c)) p[n++] = c;
    }
    *out = (struct str) { p, n };
    return true;
}

bool import_column_of(struct arena *arena, struct str head, enum import_column *out) {
    struct str word;
    if (!plain(arena, head, &word)) return false;
    *out = IMPORT_IGNORED;
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        if (str_eq(word, str_from_c(heads[i].word))) *out = heads[i].column;
    }
    return true;
}

/* "05/03/1980" as people here write it: the day first. Another spelling stays as it is. */
static bool iso_day(struct arena *arena, struct str in, struct str *out) {
    const char *p = in.p;
    *out = in;
    if (in.n != BIRTH_BYTES || !strchr("/.-", p[2]) || p[5] != p[2]) return true;
    for (size_t i = 0; i < BIRTH_BYTES; i++) {
        if (i != 2 && i != 5 && !is_digit(p[i])) return true;
    }
    return arena_printf(arena, out, "%.4s-%.2s-%.2s", p + 6, p + 3, p);
}

static bool known_word(struct arena *arena, enum import_column column, struct str in, struct str *out) {
    struct str word;
    if (!plain(arena, in, &word)) return false;
    *out = in;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i].column == column && str_eq(word, str_from_c(words[i].word)))
            *out = str_from_c(words[i].value);
    }
    return true;
}

/* Our own lists put an apostrophe before what a spreadsheet would take for a formula. */
static struct str without_guard(struct str cell) {
    bool guarded = cell.n >= 2 && cell.p[0] == '\'' && strchr("=+-@", cell.p[1]);
    return guarded ? str_sub(cell, 1, cell.n) : cell;
}

static void put_tags(struct str cell, struct json_out *json) {
    json_put_key(json, "tags");
    json_put_array(json);
    while (cell.n) {
        size_t end = 0;
        while (end < cell.n && !strchr(",;|", cell.p[end])) end++;
        struct str tag = str_trim(str_sub(cell, 0, end));
        if (tag.n) json_put_str(json, tag);
        cell = str_sub(cell, end + 1, cell.n);
    }
    json_put_array_end(json);
}

static bool put_cell(struct arena *arena, enum import_column column, struct str cell, struct json_out *json) {
    struct str value = cell;
    if (column == IMPORT_TAGS) {
        put_tags(cell, json);
        return true;
    }
    if (column == IMPORT_BIRTH && !iso_day(arena, cell, &value)) return false;
    if ((column == IMPORT_GENDER || column == IMPORT_LANGUAGE) && !known_word(arena, column, cell, &value))
        return false;
    json_field_str(json, names[column], value);
    return true;
}

bool import_row_json(struct arena *arena, const enum import_column *columns, const struct str *cells,
                     size_t count, struct json_out *json) {
    json_put_object(json);
    for (size_t i = 0; i < count; i++) {
        struct str cell = without_guard(cells[i]);
        if (columns[i] != IMPORT_IGNORED && cell.n && !put_cell(arena, columns[i], cell, json)) return false;
    }
    json_put_object_end(json);
    return true;
}
