#ifndef HTTP_EVENT_STREAM_H
#define HTTP_EVENT_STREAM_H
/*
 * event_stream -- one client that listens, and what the hub keeps for it. Inside http/ only.
 *
 * Owned by the reply that it answers, and read by its HTTP thread; the fields below `asleep` are under the lock of the hub.
 */
#include "http/event_hub.h"

enum { EVENT_TEXT_MAX = EVENT_JSON_MAX + 128 };

struct event_stream {
    struct event_hub *hub;
    void *reply; /* for reply_sleep() and reply_wake() */
    int64_t ends_us;
    char text[EVENT_TEXT_MAX]; /* what is being sent */
    size_t text_n, text_at;

    bool asleep, beat;
    uint64_t number; /* of the next event */
    struct event_stream *next, *prev;
};

/* E_RETRY when there are too many. */
enum status event_hub_join(struct event_hub *, struct event_stream *, struct str last_id,
                           struct err *) MUST_CHECK;
void event_hub_leave(struct event_hub *, struct event_stream *);

enum event_next { EVENT_HERE, EVENT_NONE, EVENT_END };

/* Puts what comes next into the text of the stream. EVENT_NONE: nothing does, and its reply sleeps. */
enum event_next event_hub_next(struct event_hub *, struct event_stream *) MUST_CHECK;

#endif
