#ifndef MODELS_MODEL_SERVICE_H
#define MODELS_MODEL_SERVICE_H
/*
 * model_service -- one address of a provider: asks it, again where the code says that this helps and the deadline allows it, and stays
 * away while it is down (net/breaker.h). Private to models/.
 */
#include <stdatomic.h>

#include "models/generator.h"
#include "net/breaker.h"
#include "net/http_client.h"

/* Constant after start but for the breaker and `refused`. */
struct model_service {
    struct http_client *client;
    struct breaker *breaker;
    atomic_bool refused;    /* the last answer said that key, model or request is wrong */
    struct str url;         /* that is posted to */
    struct http_header key; /* name empty: none is needed */
};

/* Of all calls that one use of a model makes. */
enum { MODEL_CALLS_MAX = 4 };

struct model_exchange {
    int http_code; /* of the last call; 0: none came */
    int calls;
    size_t sent_bytes;
    int64_t retry_after_us;    /* when it did not work: not before; 0: not said */
    bool key_refused;          /* the service said that the key is none */
    bool broke;                /* the last call left, and its connection ended before the answer did */
    const struct message *why; /* no answer came: words of net/http_client.h; else NULL */
    struct str body;           /* of the last answer, in the arena */
};

/*
 * GENERATED: an answer with code 200 is in exchange->body. Else LATE, BUSY, REFUSED, UNREACHABLE as generator.h says, or MALFORMED for one
 * that is too large. `exchange` counts on from earlier calls.
 */
enum generation_outcome model_service_post(struct model_service *, struct arena *, struct str json,
                                           int64_t deadline_us, struct model_exchange *exchange);

/* Asks `url` once, whatever the breaker says: for `medirecord doctor`. */
enum generation_outcome model_service_get(const struct model_service *, struct arena *, struct str url,
                                          int64_t deadline_us, struct model_exchange *);

#endif
