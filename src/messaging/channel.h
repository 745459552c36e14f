#ifndef MESSAGING_CHANNEL_H
#define MESSAGING_CHANNEL_H
/*
 * channel -- a carrier of WhatsApp messages: the simulator, Twilio, Meta. The outbox owns retries and
 * states; a channel makes one call.
 *
 * Both functions may be called by several threads at once. They may wait for the network; they never write
 * to the tables of the outbox.
 */
#include "messaging/message.h"

struct outgoing {
    int64_t message_id; /* ours: what the carrier is later asked by, as far as it can */
    int attempt;        /* from 1 */
    enum message_kind kind;
    struct str phone, body;
};

struct sent {
    char provider_sid[MESSAGE_SID_MAX + 1]; /* NUL-terminated */
    enum message_status status;             /* MESSAGE_ACCEPTED or higher */
    char error_code[32];                    /* with E_INVALID: the carrier's code; NUL-terminated */
};

/* What a channel may use during one call. */
struct channel_call {
    struct db *db; /* of the calling thread, in no transaction */
    struct arena *arena;
    int64_t now_us;
};

struct channel {
    const char *name; /* "simulator" */
    /* The clinic's own number for links, E.164; empty when the channel has none. */
    struct str sender;
    /*
     * OK: the carrier has it. E_RETRY, E_LIMIT: it certainly has not; later may work. E_INVALID: it never
     * will take it. E_UNCERTAIN: the message left and no answer came.
     */
    enum status (*send)(void *ctx, const struct channel_call *, const struct outgoing *, struct sent *,
                        struct err *);
    /*
     * After a crash or E_UNCERTAIN: does the carrier have the message that was handed over at
     * attempted_at_us? OK and *sent: yes. E_NOT_FOUND: certainly not. Anything else: it cannot tell now,
     * ask again later.
     */
    enum status (*find)(void *ctx, const struct channel_call *, const struct outgoing *,
                        int64_t attempted_at_us, struct sent *, struct err *);
    void *ctx;
};

#endif
