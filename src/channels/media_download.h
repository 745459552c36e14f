#ifndef CHANNELS_MEDIA_DOWNLOAD_H
#define CHANNELS_MEDIA_DOWNLOAD_H
/*
 * media_download -- fetching what people sent from wherever the carrier keeps it. Of this room only.
 *
 * The carrier's own address was set by the operator; where it leads from there is anybody's word. So each further address must be https on the
 * internet (or, when the carrier's address is on this machine, http to this machine: a stand-in), is connected to under http_reach, and gets no
 * credentials but those that the caller gives.
 */
#include "channels/channel.h"

struct media_download {
    struct str url;
    struct str authorization; /* empty: none; never sent to where a redirect leads */
    enum http_reach reach;    /* of url itself */
    struct str base_url;      /* the carrier's: decides what redirects may lead to */
    size_t bytes_max;
};

/* What an address that the carrier named may lead to. */
enum http_reach media_reach(struct str base_url);

/* Whether an address that the carrier named may be asked at all. */
bool media_url_is_sound(struct str url, struct str base_url);

/* The bytes, as channel.fetch answers. Follows at most two redirects. */
enum status media_download(const struct channel_call *, const struct media_download *, struct str *bytes,
                           struct err *) MUST_CHECK;

/* DELETE at the carrier itself: OK when it is gone, however. */
enum status media_delete(const struct channel_call *, struct str url, struct str authorization,
                         struct err *) MUST_CHECK;

#endif
