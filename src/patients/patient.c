#include "patients/patient.h"

const struct message patient_unknown = {
    "patient_unknown",
    "Ce patient n’existe pas.",
    "There is no such patient.",
};

const struct message patient_phone_taken = {
    "phone_taken",
    "Un autre patient a déjà ce numéro de téléphone.",
    "Another patient already has this phone number.",
};

const struct message patient_is_active = {
    "patient_is_active",
    "Ce patient est déjà actif : il n’a plus besoin d’un message d’activation.",
    "This patient is active already: no activation message is needed.",
};

static const char *const status_names[PATIENT_STATUS_COUNT] = { "pending", "active", "inactive" };
static const char *const language_names[LANG_COUNT] = {
    [LANG_FR] = "fr", [LANG_EN] = "en", [LANG_WO] = "wo"
};

struct patient patient_blank(void) {
    struct str empty = STR("");
    return (struct patient) {
        .first_name = empty,
        .last_name = empty,
        .email = empty,
        .phone = empty,
        .gender = empty,
        .address = empty,
        .medical_history = empty,
        .allergies = empty,
        .current_medications = empty,
        .language = LANG_FR,
        .tags_json = STR("[]"),
        .status = PATIENT_PENDING,
    };
}

const char *patient_status_name(enum patient_status status) {
    return status_names[status];
}

bool patient_status_from_name(struct str name, enum patient_status *out) {
    for (int i = 0; i < PATIENT_STATUS_COUNT; i++) {
        if (str_eq(name, str_from_c(status_names[i]))) {
            *out = (enum patient_status)i;
            return true;
        }
    }
    return false;
}

const char *patient_language_name(enum lang lang) {
    return language_names[lang];
}

enum lang patient_language_from_name(struct str name) {
    for (int i = 0; i < LANG_COUNT; i++) {
        if (str_eq(name, str_from_c(language_names[i]))) return (enum lang)i;
    }
    return LANG_FR;
}

bool patient_full_name(struct arena *arena, const struct patient *p, struct str *out) {
    return arena_printf(arena, out, "%.*s %.*s", STR_ARG(p->first_name), STR_ARG(p->last_name));
}
