#ifndef MAIN_INSTALLATION_H
#define MAIN_INSTALLATION_H
/*
 * installation -- do database and secret key belong together?
 *
 * With another key (a lost file that was made anew, a database copied without its data directory) every document would be
 * unreadable and every waiting one would fail for good. So the first start writes down what the key can be known by, and
 * a program with another key does not touch the data.
 */
#include "base/crypto.h"
#include "db/db.h"

/* E_CONFLICT: another key. In a database that does not know its key yet, `remember` writes it down. */
enum status installation_check(struct db *, const struct key *root, bool remember, int64_t now_us,
                               struct err *) MUST_CHECK;

#endif
