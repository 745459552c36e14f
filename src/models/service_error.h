#ifndef MODELS_SERVICE_ERROR_H
#define MODELS_SERVICE_ERROR_H
/*
 * service_error -- what the body of a refusal says beyond its code: Google's RetryInfo and QuotaFailure, OpenAI's code. Private to models/.
 */
#include "base/arena.h"
#include "base/clock.h"

struct service_error {
    int64_t retry_us;  /* RetryInfo; 0: not said */
    bool day_is_spent; /* a quota of the day, or the money, is used up */
    bool key_refused;  /* API_KEY_INVALID */
};

/* Whatever the bytes: what is not understood says nothing. */
struct service_error service_error_read(struct str body);

/* "37s", "1.5s" of protobuf's JSON, at most a day; 0 for anything else. */
int64_t service_error_duration_us(struct str);

/*
 * Until when a quota of the day stays used up. Google's days end at midnight in California: 08:00 UTC, 07:00 in summer. The later of the two
 * costs an hour at most and needs no table of time zones.
 */
int64_t service_error_day_rest_us(int64_t now_us);

#endif
