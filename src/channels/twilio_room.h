#ifndef CHANNELS_TWILIO_ROOM_H
#define CHANNELS_TWILIO_ROOM_H
/*
 * twilio_room -- what the files of twilio.h share. Private to src/channels/twilio*.c.
 */
#include "base/buf.h"
#include "channels/carrier.h"
#include "channels/twilio.h"
#include "net/wire.h"

/* Its slowest answers take some ten seconds; beyond that nobody knows, and it is asked later. */
#define TWILIO_TIMEOUT_US (20 * SECOND_US)

/* What a code of Twilio means; one that is not known by the HTTP code it came with (0: none). */
enum verdict twilio_verdict(int64_t code, int http);

/* "Basic …" of account and token. */
bool twilio_authorization(const struct twilio *, struct arena *, struct str *out) MUST_CHECK;

/* "whatsapp:+221…" */
bool twilio_address(struct arena *, enum transport, struct str number, struct str *out) MUST_CHECK;

/* GET of a path and query (from "/2010-04-01"), and the JSON of its answer, which the caller gives back (json_decref). E_RETRY: cannot be told now;
 * E_NOT_FOUND: 404; E_DENIED: our account. */
enum status twilio_get(const struct twilio *, const struct channel_call *, struct str base_url,
                       struct str path, json_t **out, struct err *) MUST_CHECK;

/* The time of "Wed, 25 Nov 2026 10:00:00 +0000"; 0: it is none. */
int64_t twilio_time_us(struct str);

enum status twilio_request(void *ctx, struct arena *, const struct outgoing *, struct http_send_request *,
                           struct err *);
enum status twilio_answer(void *ctx, struct arena *, const struct outgoing *, const struct http_answer *,
                          struct sent *, struct err *);
enum status twilio_find(void *ctx, const struct channel_call *, const struct outgoing *,
                        int64_t attempted_at_us, bool (*is_ours)(void *, struct str), void *ours,
                        struct sent *, struct err *);
enum status twilio_status_of(void *ctx, const struct channel_call *, struct str sid, struct channel_event *,
                             struct err *);
enum status twilio_list_received(void *ctx, const struct channel_call *, int64_t since_us, channel_event_fn *,
                                 void *, struct err *);
enum status twilio_verify(void *ctx, struct arena *, const struct webhook_call *, struct err *);
enum status twilio_read(void *ctx, struct arena *, const struct webhook_call *, struct channel_events *,
                        struct err *);
enum status twilio_fetch(void *ctx, const struct channel_call *, struct str ref, size_t bytes_max,
                         struct str *bytes, struct err *);
enum status twilio_forget_media(void *ctx, const struct channel_call *, struct str ref, struct err *);
enum status twilio_template_state(void *ctx, const struct channel_call *, struct str name,
                                  struct str language, enum template_state *, struct err *);
enum status twilio_check(void *ctx, const struct channel_call *, struct err *);
enum status twilio_probe(void *ctx, struct arena *, struct str url, bool sign, struct http_send_request *,
                         struct err *);

#endif
