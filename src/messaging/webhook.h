#ifndef MESSAGING_WEBHOOK_H
#define MESSAGING_WEBHOOK_H
/*
 * webhook -- reads what a carrier posts in Twilio's form: a person's message, or a report on one of ours.
 * Pure.
 */
#include "messaging/inbound.h"

enum webhook_kind { WEBHOOK_MESSAGE, WEBHOOK_REPORT };

struct webhook {
    enum webhook_kind kind;
    char phone[20];                 /* NUL-terminated; of a message */
    struct inbound_message message; /* phone points into the field above */
    struct str provider_sid;        /* of a report */
    enum message_status status;
    struct str error_code;
};

/*
 * form: a valid application/x-www-form-urlencoded body. Field errors name what is missing or wrong; fields
 * that we do not know are passed over, for carriers add some without notice.
 */
enum status webhook_read(struct arena *, struct str form, struct str default_region, struct webhook *,
                         struct err *) MUST_CHECK;

#endif
