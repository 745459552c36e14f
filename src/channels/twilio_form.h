#ifndef CHANNELS_TWILIO_FORM_H
#define CHANNELS_TWILIO_FORM_H
/*
 * twilio_form -- what Twilio posts to a webhook (and the simulator, which speaks its language): somebody's message, or a report on one of ours.
 * Pure. Source: Twilio, "Webhook request" and "Message status callback" of Programmable Messaging.
 */
#include "channels/channel.h"

/*
 * form: a valid application/x-www-form-urlencoded body. Field errors name what is missing or wrong; fields that we do not know are passed over, for
 * Twilio adds some without notice. region: how a number without + is read.
 */
enum status twilio_form_read(struct arena *, struct str form, struct str region, struct channel_event *,
                             struct err *) MUST_CHECK;

/* Twilio's word for the status of a message of ours; false for any other. */
bool twilio_status(struct str word, enum message_status *) MUST_CHECK;

#endif
