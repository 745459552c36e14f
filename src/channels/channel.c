#include "channels/channel.h"

static const char *const template_states[TEMPLATE_STATE_COUNT] = {
    [TEMPLATE_UNKNOWN] = "unknown",   [TEMPLATE_PENDING] = "pending", [TEMPLATE_APPROVED] = "approved",
    [TEMPLATE_REJECTED] = "rejected", [TEMPLATE_PAUSED] = "paused",
};

const char *template_state_name(enum template_state s) {
    return template_states[s];
}
