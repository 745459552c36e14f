#ifndef CHANNELS_META_H
#define CHANNELS_META_H
/*
 * meta -- WhatsApp over Meta's Cloud API (Graph API), without anybody in between.
 *
 * It has no list of messages: one whose answer was lost is known only when a report names it (biz_opaque_callback_data holds our id).
 */
#include "channels/channel.h"

/* All texts are borrowed for as long as the channel lives. */
struct meta {
    struct str access_token, app_secret, verify_token;
    struct str phone_number_id;     /* of the sender; not the number */
    struct str business_account_id; /* for templates; empty: they cannot be looked up */
    struct str sender;              /* E.164, for links; may be empty */
    struct str base_url, version;   /* "https://graph.facebook.com", "v26.0" */
};

/* The channel over *meta, which must outlive it. */
struct channel meta_channel(struct meta *);

#endif
