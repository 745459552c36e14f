#ifndef HTTP_IDENTITY_H
#define HTTP_IDENTITY_H
/*
 * identity -- who calls, and what each role may do. Filled by accounts/, read by every route.
 */
#include "base/base.h"

enum role { ROLE_NONE, ROLE_SERVICE, ROLE_NURSE, ROLE_DOCTOR, ROLE_ADMIN, ROLE_COUNT };

/* What a route asks for. PERM_NONE is an error in the route table, so that forgetting one cannot open a door. */
enum permission {
    PERM_NONE,
    PERM_PUBLIC,        /* nobody has to be known: health, login, webhooks that check their own signature */
    PERM_SIGNED_IN,     /* any role */
    PERM_PATIENT_READ,  /* nurse, doctor, admin */
    PERM_PATIENT_WRITE, /* nurse, doctor, admin */
    PERM_PATIENT_ERASE, /* doctor, admin */
    PERM_ASSISTANT,     /* service, nurse, doctor, admin: questions, confirm, check-active */
    PERM_EVALUATION,    /* doctor, admin: what the assistant should answer, and what it does */
    PERM_MESSAGING,     /* nurse, doctor, admin */
    PERM_ADVICE_WRITE,  /* doctor, admin: what the clinic says to all its patients */
    PERM_BROADCAST,     /* service, doctor, admin: the same, and what n8n sends for them */
    PERM_ADMIN,         /* admin */
    PERM_COUNT
};

struct identity {
    int64_t user_id; /* 0: nobody */
    enum role role;
    int64_t credential_id; /* which of the user's sessions (by_cookie) or tokens; 0: neither */
    bool by_cookie;        /* then POST, PUT, PATCH, DELETE need the CSRF token */
    bool
        must_change_password; /* signed in with one that somebody else knows: only .before_own_password answers */
};

extern const struct message identity_password_given; /* to who must choose a password of their own first */

bool role_may(enum role, enum permission);
const char *permission_name(enum permission); /* "patient_read" */
const char *role_name(enum role);             /* "doctor" */
enum role role_from_name(struct str);         /* ROLE_NONE: no such role */

#endif
