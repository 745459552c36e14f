#ifndef CHANNELS_TWILIO_H
#define CHANNELS_TWILIO_H
/*
 * twilio -- WhatsApp over Twilio: Programmable Messaging (API 2010-04-01) and Content API v1.
 */
#include "channels/channel.h"

/* All texts are borrowed for as long as the channel lives. */
struct twilio {
    struct str account_sid, auth_token;
    struct str sender;      /* E.164, approved for WhatsApp; empty: the messaging service chooses */
    struct str service_sid; /* "MG…"; empty: none */
    struct str sms_sender;  /* E.164; empty: no SMS */
    struct str base_url, content_base_url, messaging_base_url; /* without trailing slash */
    struct str public_url;                                     /* of this program: where reports come to */
    struct str region;                                         /* how a number without + is read */
};

/* The channel over *twilio, which must outlive it. */
struct channel twilio_channel(struct twilio *);

#endif
