#include "messaging/outbox_judge.h"

enum { DOUBLINGS_MAX = 13 };

#define DELAY_FIRST_US     (SECOND_US / 2)
#define DELAY_LONG_US      (15 * MINUTE_US)
#define DELAY_ACCOUNT_US   MINUTE_US
#define DELAY_UNREACHED_US (5 * MINUTE_US)

int64_t outbox_delay_us(int attempts, uint32_t chance) {
    int doublings = attempts < 1 ? 0 : attempts - 1 < DOUBLINGS_MAX ? attempts - 1 : DOUBLINGS_MAX;
    int64_t delay = DELAY_FIRST_US << doublings;
    if (delay > HOUR_US) delay = HOUR_US;
    int64_t fifth = delay / 5;
    return delay - fifth + (int64_t)((uint64_t)chance * (uint64_t)(2 * fifth) / UINT32_MAX);
}

static int64_t longer(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static struct outcome again(const struct sent *sent, int64_t delay_us, bool last, int64_t now_us) {
    if (last)
        return (struct outcome) { .status = MESSAGE_FAILED, .error_code = STR("gave_up"), .tell = true };
    return (struct outcome) { .status = MESSAGE_SENDING,
                              .error_code = str_from_c(sent->error_code),
                              .verdict = sent->verdict,
                              .due_us = now_us + longer(delay_us, sent->retry_after_us) };
}

/* The tries count too: a clock that was set makes a message of today look old. */
static bool is_old(const struct outbox_item *item, int64_t now_us) {
    return item->attempts + 1 >= OUTBOX_ATTEMPTS_MAX && now_us - item->created_at_us > OUTBOX_AGE_MAX_US;
}

static struct outcome retry(const struct outbox_item *item, const struct sent *sent, int64_t now_us,
                            uint32_t chance) {
    int attempts = item->attempts + 1;
    return again(sent, outbox_delay_us(attempts, chance), attempts >= OUTBOX_ATTEMPTS_MAX, now_us);
}

/* The breaker keeps the calls few, so that the message may be ready when the carrier is back. */
static struct outcome unreached(const struct outbox_item *item, const struct sent *sent, int64_t now_us,
                                uint32_t chance) {
    int64_t delay_us = outbox_delay_us(item->attempts + 1, chance);
    return again(sent, delay_us < DELAY_UNREACHED_US ? delay_us : DELAY_UNREACHED_US, is_old(item, now_us),
                 now_us);
}

static struct outcome of_verdict(const struct outbox_item *item, const struct sent *sent, int64_t now_us,
                                 uint32_t chance) {
    switch (sent->verdict) {
    case VERDICT_NONE:
        return (struct outcome) { .status = sent->status, .provider_sid = str_from_c(sent->provider_sid) };
    case VERDICT_RETRY: return retry(item, sent, now_us, chance);
    case VERDICT_LATER: return again(sent, DELAY_LONG_US, is_old(item, now_us), now_us);
    case VERDICT_ACCOUNT: return again(sent, DELAY_ACCOUNT_US, false, now_us);
    case VERDICT_REFUSED:
    case VERDICT_WINDOW:
    case VERDICT_OPTED_OUT:
    case VERDICT_UNREACHABLE:
    case VERDICT_TEMPLATE:
    case VERDICT_KEPT_BACK:
    case VERDICT_COUNT: break;
    }
    return (struct outcome) { .status = MESSAGE_FAILED,
                              .error_code =
                                  sent->error_code[0] ? str_from_c(sent->error_code) : STR("refused"),
                              .tell = true,
                              .verdict = sent->verdict };
}

struct outcome outbox_judge(const struct outbox_item *item, enum status s, const struct sent *sent,
                            int64_t now_us, uint32_t chance) {
    struct outcome o;
    switch (s) {
    case OK: o = of_verdict(item, sent, now_us, chance); break;
    case E_RETRY: o = unreached(item, sent, now_us, chance); break;
    case E_INVALID:
        o = of_verdict(item, &(struct sent) { .verdict = VERDICT_REFUSED }, now_us, chance);
        break;
    case E_LIMIT:
    case E_DENIED:
    case E_NOT_FOUND:
    case E_CONFLICT:
    case E_INTERNAL:
    case E_UNCERTAIN:
    case STATUS_COUNT: /* whatever we do not understand may have left */
    default: o = (struct outcome) { .status = MESSAGE_UNCERTAIN, .due_us = now_us + OUTBOX_LEASE_US }; break;
    }
    o.attempt = item->attempts + 1;
    return o;
}
