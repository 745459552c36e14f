#include "messaging/outbox_judge.h"

enum { DOUBLINGS_MAX = 13 };

#define DELAY_FIRST_US (SECOND_US / 2)
#define DELAY_LONG_US  (15 * MINUTE_US)

int64_t outbox_delay_us(int attempts, uint32_t chance) {
    int doublings = attempts < 1 ? 0 : attempts - 1 < DOUBLINGS_MAX ? attempts - 1 : DOUBLINGS_MAX;
    int64_t delay = DELAY_FIRST_US << doublings;
    if (delay > HOUR_US) delay = HOUR_US;
    int64_t fifth = delay / 5;
    return delay - fifth + (int64_t)((uint64_t)chance * (uint64_t)(2 * fifth) / UINT32_MAX);
}

static struct outcome again(const struct outbox_item *item, int64_t delay_us, bool last, int64_t now_us) {
    if (last)
        return (struct outcome) { .status = MESSAGE_FAILED, .error_code = STR("gave_up"), .tell = true };
    (void)item;
    return (struct outcome) { .status = MESSAGE_SENDING, .due_us = now_us + delay_us };
}

static struct outcome retry(const struct outbox_item *item, int64_t asked_us, int64_t now_us,
                            uint32_t chance) {
    int64_t delay = outbox_delay_us(item->attempts + 1, chance);
    return again(item, delay > asked_us ? delay : asked_us, item->attempts + 1 >= OUTBOX_ATTEMPTS_MAX,
                 now_us);
}

static struct outcome later(const struct outbox_item *item, int64_t asked_us, int64_t now_us) {
    return again(item, asked_us > DELAY_LONG_US ? asked_us : DELAY_LONG_US,
                 now_us - item->created_at_us > OUTBOX_AGE_MAX_US, now_us);
}

static struct outcome of_verdict(const struct outbox_item *item, const struct sent *sent, int64_t now_us,
                                 uint32_t chance) {
    switch (sent->verdict) {
    case VERDICT_NONE:
        return (struct outcome) { .status = sent->status, .provider_sid = str_from_c(sent->provider_sid) };
    case VERDICT_RETRY: return retry(item, sent->retry_after_us, now_us, chance);
    case VERDICT_LATER:
    case VERDICT_ACCOUNT: return later(item, sent->retry_after_us, now_us);
    case VERDICT_REFUSED:
    case VERDICT_WINDOW:
    case VERDICT_OPTED_OUT:
    case VERDICT_UNREACHABLE:
    case VERDICT_TEMPLATE:
    case VERDICT_COUNT: break;
    }
    return (struct outcome) { .status = MESSAGE_FAILED,
                              .error_code =
                                  sent->error_code[0] ? str_from_c(sent->error_code) : STR("refused"),
                              .tell = true };
}

struct outcome outbox_judge(const struct outbox_item *item, enum status s, const struct sent *sent,
                            int64_t now_us, uint32_t chance) {
    struct outcome o;
    switch (s) {
    case OK: o = of_verdict(item, sent, now_us, chance); break;
    case E_RETRY: o = retry(item, sent->retry_after_us, now_us, chance); break;
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
