#include "channels/channel.h"

static const char *const verdicts[VERDICT_COUNT] = {
    [VERDICT_NONE] = "none",
    [VERDICT_RETRY] = "retry",
    [VERDICT_LATER] = "later",
    [VERDICT_REFUSED] = "refused",
    [VERDICT_WINDOW] = "window",
    [VERDICT_OPTED_OUT] = "opted_out",
    [VERDICT_UNREACHABLE] = "unreachable",
    [VERDICT_TEMPLATE] = "template",
    [VERDICT_ACCOUNT] = "account",
};

static const char *const template_states[TEMPLATE_STATE_COUNT] = {
    [TEMPLATE_UNKNOWN] = "unknown",   [TEMPLATE_PENDING] = "pending", [TEMPLATE_APPROVED] = "approved",
    [TEMPLATE_REJECTED] = "rejected", [TEMPLATE_PAUSED] = "paused",
};

const char *verdict_name(enum verdict v) {
    return verdicts[v];
}

const char *template_state_name(enum template_state s) {
    return template_states[s];
}
