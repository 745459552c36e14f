#ifndef HTTP_EVENT_HUB_H
#define HTTP_EVENT_HUB_H
/*
 * event_hub -- what happens, told to everybody who listens: server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * An event is a hint ("document 12 is at page 3"), never the only copy of anything: it tells a page what to ask for again. It holds ids
 * and numbers, no names and no text. The last EVENTS_KEPT are kept, so that a client that lost its connection goes on where it was
 * (Last-Event-ID); who was away for longer is told to start afresh by the event "reset". A stream ends after EVENT_STREAM_LIFE_US: the
 * client comes back by itself, and shows again that it may.
 *
 * Two threads publish in the order in which they come, which need not be that of their commits: what follows from one event may be told
 * before it. The hint says that something changed; what is true is asked for.
 *
 * Any thread may publish, and none ever waits for a client. One lock, innermost but for libmicrohttpd's own.
 */
#include "http/route.h"

struct event_hub;

enum { EVENTS_KEPT = 512, EVENT_JSON_MAX = 512, EVENT_STREAMS_MAX = 200 };
#define EVENT_STREAM_LIFE_US (10 * MINUTE_US)
/* Proxies cut what is silent for a minute, and a client that left is noticed by writing to it. */
#define EVENT_BEAT_US (15 * SECOND_US)

enum status event_hub_new(struct event_hub **, struct err *) MUST_CHECK;

/* Ends all streams and takes no more: before the server stops. */
void event_hub_close(struct event_hub *);
void event_hub_free(struct event_hub *); /* after the server stopped; NULL is fine */

/* Tells everybody. `name` is constant; json is one line of at most EVENT_JSON_MAX bytes. NULL hub: nobody listens. */
void event_hub_publish(struct event_hub *, const char *name, struct str json);

/*
 * For what changes often: of a name and key at most one a EVENT_SELDOM_US is told, and the last one always, if need be that much later. Who was told
 * can ask knowing that nothing more has changed, or will be told again.
 */
#define EVENT_SELDOM_US SECOND_US
void event_hub_publish_seldom(struct event_hub *, const char *name, int64_t key, struct str json);

/* event_hub_publish() once the caller's transaction is committed, and not if it is rolled back. */
enum status event_hub_publish_after_commit(struct event_hub *, struct db *, struct arena *, const char *name,
                                           struct str json, struct err *) MUST_CHECK;

/* GET /api/events/; the room is the hub. */
extern const struct route event_routes[];

#endif
