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
#include "accounts/user.h"
#include "base/crypto.h"
#include "http/route.h"
#include "http/server.h"

#include <pthread.h>
#include <stdatomic.h>

enum { LOGIN_FREE_FAILURES = 5, ADDRESS_FREE_FAILURES = 25, LOGIN_QUEUE_MAX = 4 };

#define WEB_SESSION_US (12 * HOUR_US)

struct accounts {
    struct key token_key;
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

/* E_DENIED with login_wrong for a wrong name or password, E_LIMIT with a wait when guessing goes on. Records the outcome. */
enum status accounts_check_login(struct accounts *, struct db *, struct arena *, struct str email,
                                 struct str password, struct str address, int64_t now_us, struct user *,
                                 struct err *) MUST_CHECK;

/* A new API token; `text` is shown once and never again. */
enum status accounts_token_create(struct accounts *, struct db *, int64_t user_id, struct str name,
                                  int64_t actor_id, int64_t now_us, char text[TOKEN_TEXT_BYTES],
                                  struct err *) MUST_CHECK;

/* A browser session: the value of its cookie, and of the CSRF cookie that belongs to it. */
struct web_session {
    char id[TOKEN_TEXT_BYTES];
    struct str csrf; /* in the arena */
};
enum status web_session_create(struct accounts *, struct db *, struct arena *, int64_t user_id,
                               int64_t now_us, struct web_session *, struct err *) MUST_CHECK;
enum status web_session_end(struct accounts *, struct db *, struct str id, struct err *) MUST_CHECK;
/* The CSRF token is a keyed hash of the session, so that another site can neither guess nor plant it. */
bool web_session_csrf(const struct accounts *, struct arena *, struct str id, struct str *csrf) MUST_CHECK;

/* Makes the first administrator when there is no user: with the given password, or with one of its own that is written to
 * `generated` (empty otherwise). */
enum status accounts_ensure_admin(struct accounts *, struct db *, struct arena *, struct str email,
                                  struct str password, int64_t now_us, char generated[TOKEN_TEXT_BYTES],
                                  struct err *) MUST_CHECK;

/* Forgets expired sessions and old failed sign-ins. */
enum status accounts_clean_up(struct db *, int64_t now_us, struct err *) MUST_CHECK;

extern const struct message login_wrong, login_invalid_token, login_session_ended;

extern const struct route accounts_routes[]; /* room: struct accounts */

#endif
