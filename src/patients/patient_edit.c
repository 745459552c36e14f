#include "patients/patient_edit.h"
#include "base/buf.h"
#include "patients/phone.h"

const struct message patient_changed = {
    "changed_meanwhile",
    "Quelqu’un d’autre a modifié ce patient entre-temps. Relisez-le, puis enregistrez de nouveau.",
    "Somebody else has changed this patient meanwhile. Read it again, then save once more.",
};
const struct message patient_email_invalid = {
    "email_invalid",
    "Cette adresse e-mail n’est pas valide.",
    "This e-mail address is not valid.",
};
const struct message patient_birth_in_future = {
    "birth_in_future",
    "La date de naissance est dans le futur.",
    "The date of birth is in the future.",
};
const struct message patient_birth_too_old = {
    "birth_too_old",
    "La date de naissance doit être après le 1er janvier 1900.",
    "The date of birth must be after 1 January 1900.",
};
const struct message patient_new_is_pending = {
    "new_is_pending",
    "Un nouveau patient est « pending » jusqu’à sa confirmation.",
    "A new patient is \"pending\" until they confirm.",
};
const struct message patient_assigned_not_doctor = {
    "assigned_not_doctor",
    "Ce compte n’est pas celui d’un médecin en activité.",
    "This account is not that of an active doctor.",
};

bool patient_email_is_plausible(struct str email) {
    size_t at = str_find_char(email, '@');
    struct str host = str_sub(email, at + 1, email.n);
    if (at == 0 || at > 64 || at == email.n || str_find_char(host, '@') < host.n) return false;
    if (host.n < 3 || host.p[0] == '.' || host.p[host.n - 1] == '.' || str_find_char(host, '.') == host.n)
        return false;
    if (str_find(email, STR("..")) < email.n || email.p[0] == '.' || email.p[at - 1] == '.') return false;
    for (size_t i = 0; i < email.n; i++) {
        unsigned char c = (unsigned char)email.p[i];
        if (c <= ' ' || c == 0x7F || strchr("()<>[]\\,;:\"", c)) return false;
    }
    return true;
}

/* Everything that one reading needs. */
struct reader {
    struct fields *f;
    struct patient_edit *edit;
    enum patient_edit_mode mode;
};

/* A text that may be empty; null empties it. */
static void read_text(struct reader *r, enum patient_field bit, const char *name, size_t max,
                      struct str *out) {
    if (!fields_has(r->f, name)) return;
    r->edit->given |= (unsigned)bit;
    fields_str(r->f, name, FIELD_OPTIONAL, max, out);
}

/* A text that may not be empty, and may be left out by PATCH only. */
static bool read_needed(struct reader *r, enum patient_field bit, const char *name, size_t max,
                        struct str *out) {
    bool there = fields_has(r->f, name);
    if (r->mode == EDIT_PATCH && !there) return false;
    r->edit->given |= (unsigned)bit;
    return fields_str(r->f, name, FIELD_REQUIRED, max, out);
}

/* Whether the caller speaks of an optional field: a record that is replaced loses what is left out. */
static bool is_meant(const struct reader *r, const char *name) {
    return fields_has(r->f, name) || r->mode == EDIT_REPLACE;
}

static enum status read_phone(struct reader *r, struct arena *arena, struct str region, struct err *e) {
    struct str typed = STR("");
    struct phone phone;
    if (!read_needed(r, FIELD_PHONE, "phone", PHONE_INPUT_MAX_BYTES, &typed)) return OK;
    if (!phone_parse(typed, region, &phone)) {
        fields_fail(r->f, "phone", &phone_invalid, STR(""));
        return OK;
    }
    if (arena_dup(arena, phone_str(&phone), &r->edit->value.phone)) return OK;
    return fail(e, E_LIMIT, NULL, "patient: arena full");
}

static void read_birth(struct reader *r, struct date today) {
    struct date day = { 0 };
    if (!is_meant(r, "date_of_birth")) return;
    r->edit->given |= FIELD_DATE_OF_BIRTH;
    if (!fields_date(r->f, "date_of_birth", FIELD_OPTIONAL, &day)) return;
    if (day.year < PATIENT_BIRTH_YEAR_MIN) {
        fields_fail(r->f, "date_of_birth", &patient_birth_too_old, STR(""));
    } else if (date_compare(day, today) > 0) {
        fields_fail(r->f, "date_of_birth", &patient_birth_in_future, STR(""));
    } else {
        r->edit->value.date_of_birth = day;
    }
}

static enum status read_tags(struct reader *r, struct arena *arena, struct err *e) {
    struct str *tags = NULL;
    size_t count = 0;
    struct buf text;
    struct json_out json = json_out_to(&text);
    bool ok;

    if (!fields_has(r->f, "tags")) return OK;
    r->edit->given |= FIELD_TAGS;
    r->edit->value.tags_json = STR("[]");
    if (!fields_str_list(r->f, "tags", FIELD_OPTIONAL, PATIENT_TAGS_MAX, PATIENT_TAG_MAX, &tags, &count))
        return OK;
    buf_init(&text, PATIENT_TAGS_MAX * (PATIENT_TAG_MAX * 6 + 3) + 2);
    json_put_array(&json);
    for (size_t i = 0; i < count; i++) {
        if (tags[i].n > 0) json_put_str(&json, tags[i]);
    }
    json_put_array_end(&json);
    ok = buf_ok(&text) && arena_dup(arena, buf_str(&text), &r->edit->value.tags_json);
    buf_done(&text);
    return ok ? OK : fail(e, E_LIMIT, NULL, "patient: arena full");
}

static void read_choices(struct reader *r) {
    static const char *const genders[] = { "M", "F", "O", "", NULL };
    static const char *const languages[] = { [LANG_FR] = "fr", [LANG_EN] = "en", [LANG_WO] = "wo", NULL };
    static const char *const statuses[] = { "pending", "active", "inactive", NULL };
    int choice;

    if (is_meant(r, "gender")) {
        r->edit->given |= FIELD_GENDER;
        if (fields_word(r->f, "gender", FIELD_OPTIONAL, genders, &choice)) {
            r->edit->value.gender = str_from_c(genders[choice]);
        }
    }
    if (fields_word(r->f, "language", FIELD_OPTIONAL, languages, &choice)) {
        r->edit->given |= FIELD_LANGUAGE;
        r->edit->value.language = (enum lang)choice;
    }
    if (fields_word(r->f, "status", FIELD_OPTIONAL, statuses, &choice)) {
        if (r->mode == EDIT_CREATE && choice != PATIENT_PENDING) {
            fields_fail(r->f, "status", &patient_new_is_pending, STR(""));
        } else if (r->mode == EDIT_PATCH) {
            r->edit->given |= FIELD_STATUS;
            r->edit->value.status = (enum patient_status)choice;
        }
    }
    if (fields_bool(r->f, "shares_phone", FIELD_OPTIONAL, &r->edit->value.shares_phone))
        r->edit->given |= FIELD_SHARES_PHONE;
    if (fields_has(r->f, "assigned_to")) {
        r->edit->given |= FIELD_ASSIGNED_TO;
        fields_i64(r->f, "assigned_to", FIELD_OPTIONAL, 1, INT64_MAX, &r->edit->value.assigned_to);
    }
}

/* What an object that was read carries along. */
static void read_and_ignore(struct fields *f) {
    struct str object;
    int64_t ignored;
    fields_i64(f, "id", FIELD_OPTIONAL, INT64_MIN, INT64_MAX, &ignored);
    fields_object(f, "consents", FIELD_OPTIONAL, &object);
    fields_time(f, "created_at", FIELD_OPTIONAL, &ignored);
    fields_time(f, "updated_at", FIELD_OPTIONAL, &ignored);
    fields_time(f, "activated_at", FIELD_OPTIONAL, &ignored);
}

enum status patient_edit_read(struct arena *arena, struct fields *f, enum patient_edit_mode mode,
                              struct str region, struct date today, struct patient_edit *edit,
                              struct err *e) {
    struct reader r = { f, edit, mode };
    struct patient *p = &edit->value;
    enum status s;

    *edit = (struct patient_edit) { mode == EDIT_REPLACE ? FIELDS_REPLACED : 0, patient_blank(), STR("") };
    read_needed(&r, FIELD_FIRST_NAME, "first_name", PATIENT_NAME_MAX, &p->first_name);
    read_needed(&r, FIELD_LAST_NAME, "last_name", PATIENT_NAME_MAX, &p->last_name);
    read_text(&r, FIELD_EMAIL, "email", PATIENT_EMAIL_MAX, &p->email);
    if (p->email.n && !patient_email_is_plausible(p->email)) {
        fields_fail(f, "email", &patient_email_invalid, STR(""));
    }
    read_text(&r, FIELD_ADDRESS, "address", PATIENT_ADDRESS_MAX, &p->address);
    read_text(&r, FIELD_MEDICAL_HISTORY, "medical_history", PATIENT_TEXT_MAX, &p->medical_history);
    read_text(&r, FIELD_ALLERGIES, "allergies", PATIENT_TEXT_MAX, &p->allergies);
    read_text(&r, FIELD_CURRENT_MEDICATIONS, "current_medications", PATIENT_TEXT_MAX,
              &p->current_medications);
    read_birth(&r, today);
    read_choices(&r);
    read_and_ignore(f);
    if ((s = read_phone(&r, arena, region, e)) != OK) return s;
    return read_tags(&r, arena, e);
}

void patient_edit_apply(const struct patient_edit *edit, struct patient *p) {
    const struct patient *v = &edit->value;
    unsigned given = edit->given;
    bool new_number = (given & FIELD_PHONE) && !str_eq(v->phone, p->phone);

    if (given & FIELD_FIRST_NAME) p->first_name = v->first_name;
    if (given & FIELD_LAST_NAME) p->last_name = v->last_name;
    if (given & FIELD_EMAIL) p->email = v->email;
    if (given & FIELD_PHONE) p->phone = v->phone;
    if (given & FIELD_DATE_OF_BIRTH) p->date_of_birth = v->date_of_birth;
    if (given & FIELD_GENDER) p->gender = v->gender;
    if (given & FIELD_ADDRESS) p->address = v->address;
    if (given & FIELD_MEDICAL_HISTORY) p->medical_history = v->medical_history;
    if (given & FIELD_ALLERGIES) p->allergies = v->allergies;
    if (given & FIELD_CURRENT_MEDICATIONS) p->current_medications = v->current_medications;
    if (given & FIELD_LANGUAGE) p->language = v->language;
    if (given & FIELD_TAGS) p->tags_json = v->tags_json;
    if (given & FIELD_ASSIGNED_TO) p->assigned_to = v->assigned_to;
    if (given & FIELD_SHARES_PHONE) p->shares_phone = v->shares_phone;
    if (given & FIELD_STATUS) p->status = v->status;
    if (new_number && p->status == PATIENT_ACTIVE) p->status = PATIENT_PENDING;
}
