#ifndef MESSAGING_OUTBOX_SMS_H
#define MESSAGING_OUTBOX_SMS_H
/*
 * outbox_sms -- what an SMS says in place of a WhatsApp message. It crosses the networks in clear, so that only kinds that hold nothing of a
 * record may become one. Pure. Of this room only.
 */
#include "messaging/message.h"

bool outbox_sms_may_carry(enum message_kind);

/* The text, without words that only make sense on WhatsApp and its marks for bold and italics. False: no memory. */
bool outbox_sms_text(struct arena *, const struct message_row *, enum lang, struct str *out) MUST_CHECK;

#endif
