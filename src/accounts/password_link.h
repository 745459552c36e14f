#ifndef ACCOUNTS_PASSWORD_LINK_H
#define ACCOUNTS_PASSWORD_LINK_H
/*
 * password_link -- a link by which somebody chooses a password: it was forgotten, or the account is new.
 *
 * 256 random bits, of which the database keeps the keyed hash. It opens once: choosing the password deletes it, and with it every other link and
 * every browser session of the user. One-time codes stay as they are: who has the mailbox still lacks the telephone.
 *
 * Links travel by the job "account.mail" {"user_id": N, "kind": "forgotten"}. It makes the link when it runs, so that none is ever
 * written down; a run that fails deletes the link again, and a run that is repeated sends another link that works. user_id 0 does nothing: an
 * address without an account costs a request the same as one with.
 */
#include "accounts/accounts.h"
#include "jobs/job.h"

enum password_link_kind { LINK_FORGOTTEN, LINK_INVITATION, LINK_KIND_COUNT };

#define LINK_FORGOTTEN_US  HOUR_US
#define LINK_INVITATION_US (7 * DAY_US)

/* More of them at a time are not sent to one user: a mailbox is not to be filled by a stranger. */
enum { LINKS_AT_A_TIME = 3 };

struct password_link {
    int64_t id, user_id, expires_at_us;
    enum password_link_kind kind;
};

extern const struct message password_link_ended;

/* A new link's secret, for /login/reset/#…; its own transaction. */
enum status password_link_make(struct accounts *, struct db *, int64_t user_id, enum password_link_kind,
                               int64_t now_us, char token[TOKEN_TEXT_BYTES], int64_t *id,
                               struct err *) MUST_CHECK;

/* E_NOT_FOUND with password_link_ended when it was used, is too old, or its user is switched off. */
enum status password_link_find(struct accounts *, struct db *, struct str token, int64_t now_us,
                               struct password_link *, struct err *) MUST_CHECK;

/* Uses it up: the user has this password. E_INVALID beside new_password when it is too weak. */
enum status password_link_use(struct accounts *, struct db *, struct arena *, struct str token,
                              struct str new_password, int64_t now_us, struct err *) MUST_CHECK;

/* Whether there is a mail server. */
bool password_mail_possible(const struct accounts *);

/* In the caller's transaction. */
enum status password_mail_add(const struct accounts *, struct db *, int64_t user_id, enum password_link_kind,
                              int64_t now_us, struct err *) MUST_CHECK;

struct job_kind password_mail_job_kind(struct accounts *);

#endif
