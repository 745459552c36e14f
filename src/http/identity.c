#include "http/identity.h"

#include "base/status.h"

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_NONE] = "none",     [ROLE_SERVICE] = "service", [ROLE_NURSE] = "nurse",
    [ROLE_DOCTOR] = "doctor", [ROLE_ADMIN] = "admin",
};

enum {
    EVERY_ROLE = 1 << ROLE_SERVICE | 1 << ROLE_NURSE | 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
    CARE = 1 << ROLE_NURSE | 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
};

/* The roles that have a permission, as bits. PERM_NONE is nobody's. */
static const unsigned allowed[PERM_COUNT] = {
    [PERM_NONE] = 0,
    [PERM_PUBLIC] = EVERY_ROLE | 1 << ROLE_NONE,
    [PERM_SIGNED_IN] = EVERY_ROLE,
    [PERM_PATIENT_READ] = CARE,
    [PERM_PATIENT_WRITE] = CARE,
    [PERM_PATIENT_ERASE] = 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
    [PERM_ASSISTANT] = EVERY_ROLE,
    [PERM_EVALUATION] = 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
    [PERM_MESSAGING] = CARE,
    [PERM_ADVICE_WRITE] = 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
    [PERM_BROADCAST] = 1 << ROLE_SERVICE | 1 << ROLE_DOCTOR | 1 << ROLE_ADMIN,
    [PERM_ADMIN] = 1 << ROLE_ADMIN,
};

const struct message identity_password_given = {
    "password_change_required",
    "Quelqu’un d’autre connaît votre mot de passe : choisissez d’abord le vôtre, rien d’autre ne s’ouvre avant.",
    "Somebody else knows your password: choose one of your own first, nothing else opens before."
};

bool role_may(enum role role, enum permission permission) {
    if ((unsigned)role >= ROLE_COUNT || (unsigned)permission >= PERM_COUNT) return false;
    return (allowed[permission] >> role & 1) != 0;
}

const char *permission_name(enum permission permission) {
    static const char *const names[PERM_COUNT] = {
        [PERM_NONE] = "none",
        [PERM_PUBLIC] = "public",
        [PERM_SIGNED_IN] = "signed_in",
        [PERM_PATIENT_READ] = "patient_read",
        [PERM_PATIENT_WRITE] = "patient_write",
        [PERM_PATIENT_ERASE] = "patient_erase",
        [PERM_ASSISTANT] = "assistant",
        [PERM_EVALUATION] = "evaluation",
        [PERM_MESSAGING] = "messaging",
        [PERM_ADVICE_WRITE] = "advice_write",
        [PERM_BROADCAST] = "broadcast",
        [PERM_ADMIN] = "admin",
    };
    return names[(unsigned)permission < PERM_COUNT ? permission : PERM_NONE];
}

const char *role_name(enum role role) {
    return role_names[(unsigned)role < ROLE_COUNT ? role : ROLE_NONE];
}

enum role role_from_name(struct str name) {
    for (enum role r = ROLE_SERVICE; r < ROLE_COUNT; r++) {
        if (str_eq(name, str_from_c(role_names[r]))) return r;
    }
    return ROLE_NONE;
}
