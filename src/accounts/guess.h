#ifndef ACCOUNTS_GUESS_H
#define ACCOUNTS_GUESS_H
/*
 * guess -- slowing down who guesses a secret: after some free failures in a row, a wait that doubles up to GUESS_WAIT_MAX_S.
 *
 * Failures are counted by a keyed hash of what is guessed at (a name, an address, a document), which is all that is stored of it, and are
 * forgotten after a success or a day.
 */
#include "base/crypto.h"
#include "db/db.h"

enum { GUESS_WAIT_MAX_S = 900 };

/* E_LIMIT with login_wait and the seconds that are left. */
enum status guess_check_wait(struct db *, const struct hash *subject, int64_t free_failures, int64_t now_us,
                             struct err *) MUST_CHECK;

/* Both in the caller's transaction. */
enum status guess_add_failure(struct db *, const struct hash *subject, int64_t now_us,
                              struct err *) MUST_CHECK;
enum status guess_forget(struct db *, const struct hash *subject, struct err *) MUST_CHECK;

extern const struct message login_wait;

#endif
