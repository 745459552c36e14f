#include "models/model_service.h"

#include <time.h>

#include "base/crypto.h"
#include "models/service_error.h"

enum { TRIES_MAX = 3, ANSWER_BYTES_MAX = 16 << 20 };

#define FIRST_PAUSE_US (SECOND_US / 2)
/* With less than this left no call is begun: it could only be late. (And libcurl's clock is not ours to the millisecond.) */
#define CALL_MIN_US (SECOND_US / 4)

static void wait_us(int64_t us) {
    struct timespec rest = { us / SECOND_US, (us % SECOND_US) * 1000 };
    while (nanosleep(&rest, &rest) != 0) {
    }
}

/* Twice as long each time, and up to half as long again, so that those who failed together do not come back together. */
static int64_t pause_us(const struct model_exchange *x, int tried) {
    uint32_t random;
    int64_t us = x->retry_after_us > 0 ? x->retry_after_us : FIRST_PAUSE_US << (tried - 1);

    crypto_random(&random, sizeof random);
    return us + (int64_t)(random % 1000) * (us < SECOND_US ? us : SECOND_US) / 2000;
}

static bool code_is_passing(int code) {
    return code == 408 || code == 429 || code == 500 || code == 502 || code == 503 || code == 504 ||
           code == 529;
}

static enum generation_outcome outcome_of_code(int code) {
    if (code == 200) return GENERATED;
    return code_is_passing(code) || code == 499 ? GENERATION_BUSY : GENERATION_REFUSED;
}

/* What the answer says besides its code; until when the service wants to be left alone. */
static int64_t read_refusal(const struct http_answer *answer, struct model_exchange *x) {
    const struct clock clock = clock_system();
    struct service_error error = service_error_read(answer->body);

    x->key_refused = error.key_refused;
    x->retry_after_us = error.retry_us > answer->retry_after_us ? error.retry_us : answer->retry_after_us;
    if (error.day_is_spent) x->retry_after_us = service_error_day_rest_us(clock_now_us(&clock));
    return x->retry_after_us;
}

/* One call, without the breaker. *stay_away_us as breaker_failed() takes it. */
static enum generation_outcome call(const struct model_service *m, struct arena *a,
                                    struct http_send_request *rq, int64_t deadline_us,
                                    struct model_exchange *x, int64_t *stay_away_us) {
    struct http_answer answer = { 0 };
    struct err e = { 0 };

    rq->timeout_us = deadline_us - clock_monotonic_us();
    rq->answer_bytes_max = ANSWER_BYTES_MAX;
    x->calls++;
    x->sent_bytes += rq->body.n;
    x->http_code = 0;
    x->retry_after_us = 0;
    x->broke = false;
    enum status s = http_send(m->client, a, rq, &answer, &e);
    x->why = e.message;
    if (s == E_LIMIT) return GENERATION_MALFORMED;
    x->broke = s == E_UNCERTAIN;
    if (x->broke && deadline_us - clock_monotonic_us() < CALL_MIN_US) return GENERATION_LATE;
    if (s != OK) return GENERATION_UNREACHABLE;
    x->http_code = answer.code;
    x->body = answer.body;
    enum generation_outcome outcome = outcome_of_code(answer.code);
    if (outcome != GENERATED) *stay_away_us = read_refusal(&answer, x);
    return outcome;
}

/* Whether the service, not this one request, is what is wrong: the next call would fail as well. */
static bool is_down(enum generation_outcome outcome, int code) {
    return outcome == GENERATION_BUSY || outcome == GENERATION_UNREACHABLE || outcome == GENERATION_LATE ||
           code == 401 || code == 403 || code == 404;
}

static enum generation_outcome call_through_breaker(struct model_service *m, struct arena *a,
                                                    struct http_send_request *rq, int64_t deadline_us,
                                                    struct model_exchange *x) {
    int64_t now_us = clock_monotonic_us(), stay_away_us = 0;

    if (deadline_us - now_us < CALL_MIN_US) return GENERATION_LATE;
    if (!breaker_may_call(m->breaker, now_us)) {
        int64_t until_us = breaker_open_until_us(m->breaker, now_us);
        x->retry_after_us = until_us > 0 ? until_us - now_us : 0;
        return GENERATION_BUSY;
    }
    enum generation_outcome outcome = call(m, a, rq, deadline_us, x, &stay_away_us);
    if (x->http_code) atomic_store(&m->refused, outcome == GENERATION_REFUSED);
    if (is_down(outcome, x->http_code))
        breaker_failed(m->breaker, clock_monotonic_us(), stay_away_us);
    else
        breaker_succeeded(m->breaker);
    return outcome;
}

/* A connection that broke, or a code that passes. Not one that never came about: the patient would wait for it again. */
static bool may_help(enum generation_outcome outcome, const struct model_exchange *x, int calls_before) {
    if (x->calls == calls_before) return false;
    return outcome == GENERATION_BUSY ? code_is_passing(x->http_code)
                                      : outcome == GENERATION_UNREACHABLE && x->broke;
}

enum generation_outcome model_service_post(struct model_service *m, struct arena *a, struct str json,
                                           int64_t deadline_us, struct model_exchange *x) {
    struct http_send_request rq = {
        .verb = VERB_POST,
        .url = m->url,
        .headers = { { STR("Content-Type"), STR("application/json") }, m->key },
        .body = json,
    };
    enum generation_outcome outcome = GENERATION_BUSY;

    for (int tried = 1; x->calls < MODEL_CALLS_MAX; tried++) {
        int before = x->calls;
        outcome = call_through_breaker(m, a, &rq, deadline_us, x);
        if (tried == TRIES_MAX || !may_help(outcome, x, before)) break;
        int64_t pause = pause_us(x, tried);
        if (clock_monotonic_us() + pause + 2 * CALL_MIN_US > deadline_us) break;
        wait_us(pause);
    }
    return outcome;
}

enum generation_outcome model_service_get(const struct model_service *m, struct arena *a, struct str url,
                                          int64_t deadline_us, struct model_exchange *x) {
    struct http_send_request rq = { .verb = VERB_GET, .url = url, .headers = { m->key } };
    int64_t stay_away_us;
    return call(m, a, &rq, deadline_us, x, &stay_away_us);
}
