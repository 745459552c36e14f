#ifndef ACCOUNTS_ALERT_H
#define ACCOUNTS_ALERT_H
/*
 * alert -- tells people by e-mail that a notification (of danger, or of somebody who waits) is there, because nobody looks at a page all night.
 *
 * The mail says that something waits and where, and nothing of a patient: it travels through servers of others. It goes to the doctor of the
 * patient, or to all doctors when that one cannot sign in (or to administrators, when there is no doctor), and to ADMINS. The job
 * "notification.mail" runs once a recipient; twice, the mail has the same Message-ID, and one mail too many is better than none. Mails
 * of a notification that somebody has read by then are not sent. When a mail cannot be sent at all, the inbox says so.
 */
#include "accounts/user.h"
#include "jobs/job.h"
#include "net/mail.h"

struct alerts {
    struct mail_server server; /* host empty: no mail */
    struct str admins;         /* addresses, a comma between */
    struct str public_url;
    struct job_signal *signal;
};

/* In the caller's transaction. doctor_id: app_user.id, 0: nobody is the patient's doctor. */
enum status alert_add(const struct alerts *, struct db *, struct arena *, int64_t notification_id,
                      int64_t doctor_id, int64_t now_us, struct err *) MUST_CHECK;

struct job_kind alert_job_kind(struct alerts *);

#endif
