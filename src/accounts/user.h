#ifndef ACCOUNTS_USER_H
#define ACCOUNTS_USER_H
/*
 * user -- a person or a program that may sign in.
 *
 * E-mails are stored in lower case and are unique. Passwords are kept as Argon2id only. The last active administrator can be neither
 * removed nor demoted nor switched off: somebody must be able to let people in.
 */
#include "db/db.h"
#include "http/identity.h"

enum { PASSWORD_MIN_CHARS = 10, PASSWORD_MAX_BYTES = 256, EMAIL_MAX_CHARS = 254, USER_NAME_MAX_CHARS = 120 };

struct user {
    int64_t id;
    struct str email, password_hash, full_name;
    enum role role;
    enum lang language;
    bool is_active;
    bool must_change_password; /* somebody else knows it: whoever saves one that the owner chose clears it */
    bool otp_enabled;          /* signs in with a one-time code; read only: otp.h */
    int64_t created_at_us, updated_at_us, last_login_us; /* 0: never */
};

extern const struct message user_email_invalid, user_email_taken, user_last_admin, password_too_short,
    password_too_long, password_too_common, password_is_email;

/* Lower case, trimmed, of the shape local@domain; false otherwise. */
bool user_email_parse(struct arena *, struct str in, struct str *out) MUST_CHECK;

/* What stands for a password that nobody has chosen yet: nobody can sign in with it. */
#define USER_NO_PASSWORD STR("-")

static inline bool user_has_password(const struct user *u) {
    return !str_eq(u->password_hash, USER_NO_PASSWORD);
}

/* NULL when the password may be used, else why not. */
const struct message *password_weakness(struct str password, struct str email);

/* Each write is one transaction with its audit row; actor_id 0 is the program. user.id and the times are set. */
enum status user_create(struct db *, struct user *, int64_t actor_id, int64_t now_us,
                        struct err *) MUST_CHECK;
/* Saves every field but otp_enabled; a new password_hash, a lost role or a switched-off account ends the user's web sessions. */
enum status user_save(struct db *, const struct user *before, struct user *after, int64_t actor_id,
                      int64_t now_us, struct err *) MUST_CHECK;
enum status user_delete(struct db *, int64_t id, int64_t actor_id, int64_t now_us, struct err *) MUST_CHECK;

/* E_NOT_FOUND when there is none. Strings live in the arena. */
enum status user_by_id(struct db *, struct arena *, int64_t id, struct user *, struct err *) MUST_CHECK;
enum status user_by_email(struct db *, struct arena *, struct str email, struct user *,
                          struct err *) MUST_CHECK;

typedef enum status user_row_fn(void *ctx, const struct user *, struct err *);
enum status user_count(struct db *, int64_t *, struct err *) MUST_CHECK;
enum status user_each(struct db *, int64_t limit, int64_t offset, user_row_fn *, void *ctx,
                      struct err *) MUST_CHECK;

#endif
