#ifndef ACCOUNTS_SEEN_H
#define ACCOUNTS_SEEN_H
/*
 * seen -- when each API token and each browser was last used, without a write a request.
 *
 * Requests are authenticated on the HTTP threads, which never write: what was used is kept here, and written down when somebody looks at the
 * lists, when somebody signs in and when the program stops. A crash forgets what was not written: it is a help to the eye, no proof.
 */
#include "db/db.h"

#include <pthread.h>

enum { SEEN_MAX = 128 }; /* more at once than a clinic has; beyond that some are not noted */

struct seen_row {
    int64_t id, at_us;
    bool is_session;
};

struct seen {
    pthread_mutex_t lock;
    size_t count;
    struct seen_row rows[SEEN_MAX];
};

void seen_init(struct seen *);
void seen_done(struct seen *);

/* Any thread. */
void seen_note(struct seen *, bool is_session, int64_t id, int64_t now_us);

/* One transaction; nothing when nothing was used. */
enum status seen_flush(struct seen *, struct db *, struct err *) MUST_CHECK;

#endif
