#ifndef ACCOUNTS_TOTP_H
#define ACCOUNTS_TOTP_H
/*
 * totp -- one-time codes as authenticator applications make them: RFC 6238 with SHA-1, six digits and steps of 30 s, which is what all of them do.
 *
 * Pure: neither clock nor database. A code is looked for in the present step and the one before and after it, so that a telephone may be half a
 * minute wrong.
 */
#include "base/arena.h"

enum {
    TOTP_SECRET_BYTES = 20,
    TOTP_SECRET_TEXT_BYTES = 33, /* base32, with the NUL */
    TOTP_CODE_BYTES = 7,         /* with the NUL */
    TOTP_STEP_S = 30,
    TOTP_DRIFT_STEPS = 1
};

/* The code of a step (whole 30 s since 1970). False: the library failed. */
bool totp_code(struct str secret, int64_t step, char out[TOTP_CODE_BYTES]) MUST_CHECK;

/* The step after `used_step` whose code this is; 0: none. Takes the same time for every wrong code. */
int64_t totp_find_step(struct str secret, struct str code, int64_t now_us, int64_t used_step);

/* RFC 4648 base32, as people type it: TOTP_SECRET_BYTES become 32 characters without padding. */
void totp_secret_text(const unsigned char secret[TOTP_SECRET_BYTES], char out[TOTP_SECRET_TEXT_BYTES]);

/* "otpauth://totp/MediRecord:awa%40clinique.sn?secret=…": what the QR code holds. */
bool totp_uri(struct arena *, struct str email, const char *secret_text, struct str *out) MUST_CHECK;

#endif
