#ifndef CHANNELS_CHANNEL_H
#define CHANNELS_CHANNEL_H
/*
 * channel -- a carrier of WhatsApp messages: Twilio, Meta, the simulator. What is the same for all of them stands here; retries, states,
 * rate and order are the outbox's, which never knows which carrier it has.
 *
 * A carrier over HTTP is a pair of pure functions (what to send, what the answer means), so that one thread can keep hundreds of messages
 * under way, and tests need no network. The simulator delivers by itself. What is asked rarely (find, list, status, media, templates) waits
 * on the calling thread, which must hold no transaction. Functions that a carrier does not have are NULL. All may be called by several threads
 * at once.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "channels/message_status.h"
#include "net/http_client.h"

struct db;

enum { CHANNEL_SID_MAX = 128, CHANNEL_CODE_MAX = 31, CHANNEL_MEDIA_MAX = 10 };

enum transport { TRANSPORT_WHATSAPP, TRANSPORT_SMS };

/* One message to one person. Either `body`, or a template that the carrier knows. */
struct outgoing {
    int64_t message_id; /* ours: comes back in reports, as far as the carrier lets it */
    int attempt;        /* from 1 */
    enum transport transport;
    struct str to;   /* E.164, or the carrier's own name for a person who hides the number ("SN.1349…") */
    struct str body; /* of a template: its words as the person will read them */
    struct str template_name,
        template_language; /* the carrier's names ("HX…", or "activation_patient" and "fr"); empty: free text */
    struct str template_variables; /* a JSON list of strings, in order; empty: none */
};

/* What a carrier's code means for us. */
enum verdict {
    VERDICT_NONE,        /* no fault */
    VERDICT_RETRY,       /* later may work; it certainly was not sent */
    VERDICT_LATER,       /* a limit of hours: the same, with a long pause */
    VERDICT_REFUSED,     /* this message never */
    VERDICT_WINDOW,      /* free text outside the 24 hours: as a template, or when the person has written */
    VERDICT_OPTED_OUT,   /* the person wants no messages, or has blocked us */
    VERDICT_UNREACHABLE, /* no WhatsApp at this number */
    VERDICT_TEMPLATE,    /* the template was refused, paused or does not fit: somebody must look at it */
    VERDICT_KEPT_BACK,   /* the carrier keeps advertising from this person for now: on another day */
    VERDICT_ACCOUNT,     /* our credentials, sender or account: nothing can be sent until somebody mends it */
    VERDICT_COUNT
};

/* What became of one hand-over. */
struct sent {
    char provider_sid[CHANNEL_SID_MAX + 1]; /* NUL-terminated; empty: not taken */
    enum message_status status;             /* MESSAGE_ACCEPTED or higher, when it was taken */
    enum verdict verdict;
    char error_code[CHANNEL_CODE_MAX + 1]; /* the carrier's code, when there is one */
    int64_t retry_after_us;                /* how long the carrier wants to be left alone; 0: not said */
};

/* What a carrier that waits may use during one call. */
struct channel_call {
    struct db *db; /* of the calling thread, in no transaction */
    struct arena *arena;
    struct http_client *client; /* NULL: a carrier inside the program */
    int64_t now_us;
};

/* A call of a carrier at one of our webhooks, as it came. */
struct webhook_call {
    struct str url;       /* as the carrier called it: our public address, the raw path and query */
    struct str signature; /* value of the header that channel.signature_header names; empty: none */
    struct str type;      /* Content-Type */
    struct str body;      /* raw bytes */
};

struct channel_media {
    struct str ref;       /* what channel.fetch takes */
    struct str type;      /* as the carrier says: "audio/ogg" */
    struct str file_name; /* empty: none */
};

enum channel_event_kind { EVENT_MESSAGE, EVENT_REPORT };

/* One thing that a webhook or a list tells: somebody wrote, or one of ours climbed. Texts live in the arena of the reader. */
struct channel_event {
    enum channel_event_kind kind;
    struct str provider_sid; /* 1..CHANNEL_SID_MAX printable characters */
    /* EVENT_MESSAGE */
    struct str from;        /* E.164; empty when the person hides the number */
    struct str external_id; /* the carrier's own name for the person; empty: none */
    struct str body;        /* clean text; of a button its words; may be empty */
    struct str payload;     /* of a button: what we put behind it */
    int64_t sent_at_us;     /* 0: not said */
    struct channel_media media[CHANNEL_MEDIA_MAX];
    size_t media_count;
    /* EVENT_REPORT */
    enum message_status status;
    enum verdict verdict;
    struct str error_code; /* empty: none */
    int64_t message_id;    /* ours, when the report names it; 0: it does not */
};

struct channel_events {
    struct channel_event *items;
    size_t count;
};

typedef enum status channel_event_fn(void *ctx, const struct channel_event *, struct err *);

enum template_state {
    TEMPLATE_UNKNOWN,
    TEMPLATE_PENDING,
    TEMPLATE_APPROVED,
    TEMPLATE_REJECTED,
    TEMPLATE_PAUSED,
    TEMPLATE_STATE_COUNT
};
const char *template_state_name(enum template_state); /* "approved" … */

struct channel {
    const char *name;             /* "twilio" */
    struct str sender;            /* the clinic's own number for links, E.164; empty when it has none */
    bool has_window;              /* free text only within 24 hours of the person's last message */
    const char *signature_header; /* "X-Twilio-Signature"; NULL: its calls are not signed */
    size_t webhook_bytes_max;     /* the largest call that it makes */
    struct str verify_token;      /* Meta's: the word by which it knows our webhook; empty: not asked for */
    void *ctx;

    /* ---- one message ---- */

    /* Over HTTP. E_LIMIT without memory; E_INVALID: this message can never be sent. */
    enum status (*request)(void *ctx, struct arena *, const struct outgoing *, struct http_send_request *,
                           struct err *);
    /* What the answer means: OK with sent->verdict; E_UNCERTAIN: it cannot be told whether the message was taken. */
    enum status (*answer)(void *ctx, struct arena *, const struct outgoing *, const struct http_answer *,
                          struct sent *, struct err *);
    /* A carrier inside the program: OK with sent->verdict, or E_UNCERTAIN. Such a one has neither of the two above. */
    enum status (*send)(void *ctx, const struct channel_call *, const struct outgoing *, struct sent *,
                        struct err *);

    /* ---- what is asked afterwards ---- */

    /*
     * After a crash, or when no answer came: does the carrier have the message that was handed over at attempted_at_us? OK and *sent: yes.
     * E_NOT_FOUND: certainly not. E_RETRY: it cannot be told now. `is_ours` says of a sid whether it belongs to another message of ours.
     */
    enum status (*find)(void *ctx, const struct channel_call *, const struct outgoing *,
                        int64_t attempted_at_us, bool (*is_ours)(void *ours, struct str sid), void *ours,
                        struct sent *, struct err *);
    /* How far a message of ours has come. E_NOT_FOUND: it knows no such message. */
    enum status (*status_of)(void *ctx, const struct channel_call *, struct str provider_sid,
                             struct channel_event *, struct err *);
    /* What people wrote since then, oldest first or not: to fill the gap after an outage. */
    enum status (*list_received)(void *ctx, const struct channel_call *, int64_t since_us, channel_event_fn *,
                                 void *fn_ctx, struct err *);

    /* ---- webhooks ---- */

    /* Compares in constant time. E_DENIED: missing or wrong. */
    enum status (*verify)(void *ctx, struct arena *, const struct webhook_call *, struct err *);
    /* Pure. Field errors name what is missing or wrong; E_DENIED: it is about another account or sender than ours. */
    enum status (*read)(void *ctx, struct arena *, const struct webhook_call *, struct channel_events *,
                        struct err *);

    /* ---- media ---- */

    /* The bytes, at most bytes_max, in call->arena. E_NOT_FOUND: gone; E_LIMIT: larger; E_DENIED: leads to an address that may not be asked. */
    enum status (*fetch)(void *ctx, const struct channel_call *, struct str ref, size_t bytes_max,
                         struct str *bytes, struct err *);
    /* Removes it at the carrier. E_NOT_FOUND is as good as OK. */
    enum status (*forget_media)(void *ctx, const struct channel_call *, struct str ref, struct err *);

    /* ---- set-up ---- */

    enum status (*template_state)(void *ctx, const struct channel_call *, struct str name,
                                  struct str language, enum template_state *, struct err *);
    /* For `medirecord doctor`: are the credentials valid and is the sender ours? OK, or what is wrong in the message. */
    enum status (*check)(void *ctx, const struct channel_call *, struct err *);
    /* Also for it: a call of our webhook at `url` such as the carrier makes, which says nothing. Signed, it is answered 400; not signed, 403. */
    enum status (*probe)(void *ctx, struct arena *, struct str url, bool sign, struct http_send_request *,
                         struct err *);
};

#endif
