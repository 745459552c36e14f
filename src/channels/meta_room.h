#ifndef CHANNELS_META_ROOM_H
#define CHANNELS_META_ROOM_H
/*
 * meta_room -- what the files of meta.h share. Private to src/channels/meta*.c.
 */
#include "channels/carrier.h"
#include "channels/meta.h"
#include "net/wire.h"

#define META_TIMEOUT_US (20 * SECOND_US)

/* What a code of the Graph API means; one that is not known by the HTTP code it came with (0: none). */
enum verdict meta_verdict(int64_t code, int http);

/* "Bearer …" */
bool meta_authorization(const struct meta *, struct arena *, struct str *out) MUST_CHECK;

/* GET of a path ("/1234?fields=…") below the version, and the JSON of its answer, which the caller gives back. E_RETRY, E_NOT_FOUND, E_DENIED. */
enum status meta_get(const struct meta *, const struct channel_call *, struct str path, json_t **out,
                     struct err *) MUST_CHECK;

enum status meta_request(void *ctx, struct arena *, const struct outgoing *, struct http_send_request *,
                         struct err *);
enum status meta_answer(void *ctx, struct arena *, const struct outgoing *, const struct http_answer *,
                        struct sent *, struct err *);
enum status meta_find(void *ctx, const struct channel_call *, const struct outgoing *,
                      int64_t attempted_at_us, bool (*is_ours)(void *, struct str), void *ours, struct sent *,
                      struct err *);
enum status meta_verify(void *ctx, struct arena *, const struct webhook_call *, struct err *);
enum status meta_read(void *ctx, struct arena *, const struct webhook_call *, struct channel_events *,
                      struct err *);
enum status meta_fetch(void *ctx, const struct channel_call *, struct str ref, size_t bytes_max,
                       struct str *bytes, struct err *);
enum status meta_forget_media(void *ctx, const struct channel_call *, struct str ref, struct err *);
enum status meta_template_state(void *ctx, const struct channel_call *, struct str name, struct str language,
                                enum template_state *, struct err *);
enum status meta_check(void *ctx, const struct channel_call *, struct err *);
enum status meta_probe(void *ctx, struct arena *, struct str url, bool sign, struct http_send_request *,
                       struct err *);

#endif
