#ifndef ACCOUNTS_OTP_H
#define ACCOUNTS_OTP_H
/*
 * otp -- one-time codes as a second factor: what is stored of them, and whether one passes.
 *
 * Whoever wants them gets a secret, types its first code, and is shown OTP_RECOVERY_COUNT recovery codes once. The secret is sealed under a key that
 * is derived for its user, so that a row copied to another user opens nothing; recovery codes are kept as keyed hashes. A code passes once: the
 * newest used step is raised in the same statement that looks at it. Guessing is slowed down by the caller (login.c), together with passwords.
 */
#include "accounts/accounts.h"

enum { OTP_RECOVERY_COUNT = 10, OTP_RECOVERY_BYTES = 12, OTP_TYPED_MAX_BYTES = 32 };

struct otp_state {
    bool enabled;
    int64_t since_us;      /* 0: not enabled */
    int64_t recovery_left; /* codes that were not used yet */
};

struct otp_recovery_codes {
    char text[OTP_RECOVERY_COUNT][OTP_RECOVERY_BYTES]; /* "k3mwq-7xadp" */
};

extern const struct message otp_required, otp_wrong;

enum status otp_state_of(struct db *, int64_t user_id, struct otp_state *, struct err *) MUST_CHECK;

/* A new secret that waits for its first code, as text to type and as URI for a QR code (both in the arena). E_CONFLICT when codes are on already. */
enum status otp_begin(struct accounts *, struct db *, struct arena *, const struct user *, int64_t now_us,
                      struct str *secret_text, struct str *uri, struct err *) MUST_CHECK;

/* The first code: from now on each sign-in needs one. E_DENIED with otp_wrong; E_CONFLICT when nothing waits. */
enum status otp_confirm(struct accounts *, struct db *, struct arena *, int64_t user_id, struct str typed,
                        int64_t now_us, struct otp_recovery_codes *, struct err *) MUST_CHECK;

/*
 * OK when the user needs no code, or `typed` is one that was not used, or a recovery code, which is used up by it. E_DENIED with otp_required
 * (nothing was typed) or otp_wrong.
 */
enum status otp_check(struct accounts *, struct db *, struct arena *, int64_t user_id, struct str typed,
                      int64_t now_us, struct err *) MUST_CHECK;

/* Ten new recovery codes; the old ones are void. E_CONFLICT when codes are off. */
enum status otp_renew_recovery(struct accounts *, struct db *, struct arena *, int64_t user_id,
                               int64_t now_us, struct otp_recovery_codes *, struct err *) MUST_CHECK;

/* Off: by the user, or by an administrator or the command line (actor_id 0) for somebody who lost the telephone. Nothing to do is fine. */
enum status otp_remove(struct db *, int64_t user_id, int64_t actor_id, int64_t now_us,
                       struct err *) MUST_CHECK;

#endif
