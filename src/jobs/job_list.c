#include "jobs/job_list.h"

#include "queries.h"

enum { DELETE_AT_ONCE = 500 };

enum status job_cleanup(struct db *db, int64_t before_us, int64_t *deleted, struct err *e) {
    const struct db_val args[] = { db_int(before_us), db_int(DELETE_AT_ONCE) };
    int64_t changed;
    *deleted = 0;
    do {
        enum status s;
        if ((s = db_begin(db, e)) != OK) return s;
        s = db_run(db, &q_job_delete_done, args, NULL, NULL, &changed, e);
        if ((s = db_finish(db, s, e)) != OK) return s;
        *deleted += changed;
    } while (changed > 0);
    return OK;
}
