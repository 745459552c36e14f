#include "documents/upload_about.h"

#include "base/utf8.h"
#include "http/fields.h"

static const struct message patient_id_invalid = { "patient_id_invalid", "Indiquez le numéro d’un patient.",
                                                   "Give the number of a patient." };
static const struct message kind_invalid = {
    "kind_invalid", "Choisissez parmi : prescription, laboratory, imaging, report, certificate, other.",
    "Choose one of: prescription, laboratory, imaging, report, certificate, other."
};
static const struct message field_repeated = { "field_repeated", "Ce champ est donné deux fois.",
                                               "This field is given twice." };

/* Whose document would it be, if two patients were named? */
static enum status see_once(bool *seen, struct str name, struct err *e) {
    if (*seen) return fail_field(e, name, &field_repeated, STR(""));
    *seen = true;
    return OK;
}

static enum status take_patient(struct upload_about *u, struct str name, struct str value, struct err *e) {
    if (see_once(&u->patient_seen, name, e) != OK) return E_INVALID;
    if (str_to_i64(value, &u->patient_id) && u->patient_id > 0) return OK;
    return fail_field(e, name, &patient_id_invalid, STR(""));
}

static enum status take_title(struct arena *a, struct upload_about *u, struct str name, struct str value,
                              struct err *e) {
    if (see_once(&u->title_seen, name, e) != OK) return E_INVALID;
    if (utf8_length(value) > UPLOAD_TITLE_MAX_CHARS) return fail_field(e, name, &field_too_long, STR("200"));
    return utf8_clean(a, value, &u->title) ? OK : fail(e, E_LIMIT, NULL, "no room for a title");
}

static enum status take_kind(struct upload_about *u, struct str name, struct str value, struct err *e) {
    if (see_once(&u->kind_seen, name, e) != OK) return E_INVALID;
    if (value.n == 0) return OK;
    u->kind_given = true;
    return document_kind_from_name(value, &u->kind) ? OK : fail_field(e, name, &kind_invalid, STR(""));
}

enum status upload_about_field(struct arena *a, struct upload_about *u, struct str name, struct str value,
                               struct err *e) {
    value = str_trim(value);
    if (str_eq(name, STR("patient_id"))) return take_patient(u, name, value, e);
    if (str_eq(name, STR("title"))) return take_title(a, u, name, value, e);
    if (str_eq(name, STR("kind"))) return take_kind(u, name, value, e);
    return fail_field(e, name, &field_unknown, STR(""));
}

void upload_about_fill(const struct upload_about *u, struct document *d) {
    d->patient_id = u->patient_id;
    d->title = u->title.n ? u->title : d->file_name;
    d->title_given = u->title.n > 0;
    d->kind = u->kind;
    d->kind_given = u->kind_given;
}
