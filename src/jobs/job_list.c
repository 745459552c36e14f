#include "jobs/job_list.h"

#include "jobs/job_signal.h"
#include "queries.h"

static const struct message not_dead = {
    "job_not_dead", "Ce travail n’est pas, ou plus, parmi ceux qui ont été abandonnés. Rechargez la liste.",
    "This job is not, or no more, among those that were given up. Reload the list."
};
static const struct message waits_already = {
    "job_waits_already",
    "Le même travail attend déjà : celui-ci n’a plus besoin d’être relancé, vous pouvez l’écarter.",
    "The same work waits already: this one need not be tried again, you may discard it."
};

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

static void wake(void *signal) {
    job_signal_wake(signal);
}

enum status job_retry(struct db *db, struct job_signal *signal, int64_t id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(id), db_int(now_us) };
    int64_t found = 0;
    struct err why = { 0 };
    enum status s = db_run(db, &q_job_retry, args, db_take_i64, &found, NULL, &why);

    if (s == E_CONFLICT)
        return fail(e, E_CONFLICT, &waits_already, "job %lld: its key is taken", (long long)id);
    if (s != OK) {
        if (e) *e = why;
        return s;
    }
    if (!found) return fail(e, E_NOT_FOUND, &not_dead, "no dead job %lld", (long long)id);
    return signal ? db_after_commit(db, wake, signal, e) : OK;
}

enum status job_discard(struct db *db, int64_t id, struct err *e) {
    const struct db_val args[] = { db_int(id) };
    int64_t found = 0;
    enum status s = db_run(db, &q_job_discard, args, db_take_i64, &found, NULL, e);

    if (s == OK && !found) return fail(e, E_NOT_FOUND, &not_dead, "no dead job %lld", (long long)id);
    return s;
}
