#ifndef ACCOUNTS_ACCOUNTS_H
#define ACCOUNTS_ACCOUNTS_H
/*
 * accounts -- signing in: passwords, API tokens, browser sessions, and who is calling.
 *
 * Tokens and session cookies are 256 random bits; the database keeps their keyed hash only, under a key derived from the root key, so that
 * a stolen database opens no door. They are looked up at each request: revoking works at once.
 *
 * Guessing is slowed down by account name and by address: after LOGIN_FREE_FAILURES in a row, a wait that doubles (guess.h).
 * A whole clinic may share one address, so that an address is given ADDRESS_FREE_FAILURES a day.
 * An unknown name costs the same time and gives the same answer as a wrong password.
 *
 * One `struct accounts` a process, constant after accounts_init() but for its locks. One password is hashed at a time, because each
 * takes 64 MB for a moment. Order of locks: guessing, then the database's writer, then hashing; nothing is waited for under the last,
 * so that a password may be hashed inside a transaction.
 */
#include "accounts/seen.h"
#include "accounts/user.h"
#include "base/crypto.h"
#include "http/route.h"
#include "http/server.h"

#include <pthread.h>
#include <stdatomic.h>

enum { LOGIN_FREE_FAILURES = 5, ADDRESS_FREE_FAILURES = 25, LOGIN_QUEUE_MAX = 4 };

#define WEB_SESSION_US (12 * HOUR_US)

struct alerts; /* accounts/alert.h */

struct accounts {
    struct key token_key;
    struct key otp_key; /* seals the secrets of one-time codes (otp.h) */
    struct alerts
        *mail; /* sends links to choose a password; NULL or without a server: nobody is written to */
    struct db_pool *pool;     /* for answers that are read while they are sent; NULL in commands */
    struct seen seen;         /* which tokens and browsers were used */
    int64_t session_us;       /* how long a sign-in in a browser lasts; WEB_SESSION_US until set */
    bool secure_cookies;      /* the public address is https */
    pthread_mutex_t guessing; /* sign-ins: two guesses at once cannot both slip past the wait */
    pthread_mutex_t hashing;  /* innermost */
    atomic_int signing_in;    /* sign-ins under way; more than LOGIN_QUEUE_MAX are sent away */
    char unknown_hash
        [PASSWORD_HASH_BYTES]; /* checked when there is no such user, so that time tells nothing; made at first need */
};

enum status accounts_init(struct accounts *, const struct key *root, struct str public_url,
                          struct err *) MUST_CHECK;
void accounts_done(struct accounts *);

/* The hook of the HTTP server; ctx is the struct accounts. */
struct http_authenticator accounts_authenticator(struct accounts *);

/* Hashes a password, one at a time. Takes some 100 ms: never on an HTTP thread. */
enum status accounts_hash_password(struct accounts *, struct arena *, struct str password, struct str *hash,
                                   struct err *) MUST_CHECK;

struct credentials {
    struct str email, password;
    struct str otp;     /* a one-time or recovery code; empty: none was typed */
    struct str address; /* of the client */
    bool password_only; /* somebody who is signed in proves it again: no code is asked for */
};

/*
 * E_DENIED with login_wrong for a wrong name or password; after the right ones with otp_required or otp_wrong (otp.h) when the user has one-time
 * codes. E_LIMIT with a wait when guessing goes on. Records the outcome: a missing code counts neither as a failure nor as a success.
 */
enum status accounts_check_login(struct accounts *, struct db *, struct arena *, const struct credentials *,
                                 int64_t now_us, struct user *, struct err *) MUST_CHECK;

/* What is counted about guesses at an account: see guess.h. */
bool accounts_guess_subject(const struct accounts *, struct arena *, const char *kind, struct str value,
                            struct hash *) MUST_CHECK;

/* A new API token without an end; `text` is shown once and never again. */
enum status accounts_token_create(struct accounts *, struct db *, int64_t user_id, struct str name,
                                  int64_t actor_id, int64_t now_us, char text[TOKEN_TEXT_BYTES],
                                  struct err *) MUST_CHECK;
/* The same until expires_at_us (0: without an end), and its id. */
enum status accounts_token_create_until(struct accounts *, struct db *, int64_t user_id, struct str name,
                                        int64_t expires_at_us, int64_t actor_id, int64_t now_us,
                                        char text[TOKEN_TEXT_BYTES], int64_t *id, struct err *) MUST_CHECK;

/* A browser session: the value of its cookie, and of the CSRF cookie that belongs to it. */
struct web_session {
    char id[TOKEN_TEXT_BYTES];
    struct str csrf; /* in the arena */
};
/* browser: the User-Agent, for the owner's list. */
enum status web_session_create(struct accounts *, struct db *, struct arena *, int64_t user_id,
                               struct str browser, int64_t now_us, struct web_session *,
                               struct err *) MUST_CHECK;
enum status web_session_end(struct accounts *, struct db *, struct str id, struct err *) MUST_CHECK;
/* The CSRF token is a keyed hash of the session, so that another site can neither guess nor plant it. */
bool web_session_csrf(const struct accounts *, struct arena *, struct str id, struct str *csrf) MUST_CHECK;

/* Makes the first administrator when there is no user: with the given password, or with one of its own that is written to
 * `generated` (empty otherwise). */
enum status accounts_ensure_admin(struct accounts *, struct db *, struct arena *, struct str email,
                                  struct str password, int64_t now_us, char generated[TOKEN_TEXT_BYTES],
                                  struct err *) MUST_CHECK;

/* Forgets expired sessions, links and old failed sign-ins. */
enum status accounts_clean_up(struct db *, int64_t now_us, struct err *) MUST_CHECK;

/* Writes down which tokens and browsers were used since the last time. */
enum status accounts_flush_seen(struct accounts *, struct db *, struct err *) MUST_CHECK;

extern const struct message login_wrong, login_invalid_token, login_session_ended;

/* Room: struct accounts. One's own account, and what administrators look after. */
extern const struct route accounts_routes[], people_routes[];

#endif
