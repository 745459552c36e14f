#ifndef ACCOUNTS_AUDIT_CHECK_H
#define ACCOUNTS_AUDIT_CHECK_H
/*
 * audit_check -- walking along the chain of the audit log when an administrator asks, and what came of it.
 *
 * The job "audit.verify" {"check_id": N} reads all rows, a million in some seconds; twice does no harm. One at a time: who asks while one runs gets
 * that one.
 */
#include "accounts/accounts.h"
#include "jobs/job.h"

struct audit_check {
    int64_t id, started_at_us; /* id 0: nobody has asked yet */
    int64_t finished_at_us;    /* 0: under way */
    int64_t checked, broken_id;
};

enum status audit_check_last(struct db *, struct audit_check *, struct err *) MUST_CHECK;
enum status audit_check_start(const struct accounts *, struct db *, int64_t user_id, int64_t now_us,
                              struct audit_check *, struct err *) MUST_CHECK;

struct job_kind audit_check_job_kind(struct accounts *);

#endif
