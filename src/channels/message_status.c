#include "channels/message_status.h"

static const char *const names[MESSAGE_STATUS_COUNT] = {
    [MESSAGE_RECEIVED] = "received", [MESSAGE_PROCESSED] = "processed", [MESSAGE_QUEUED] = "queued",
    [MESSAGE_SENDING] = "sending",   [MESSAGE_UNCERTAIN] = "uncertain", [MESSAGE_ACCEPTED] = "accepted",
    [MESSAGE_SENT] = "sent",         [MESSAGE_FAILED] = "failed",       [MESSAGE_DELIVERED] = "delivered",
    [MESSAGE_READ] = "read",
};

const char *message_status_name(enum message_status status) {
    return names[status];
}

bool message_status_from_name(struct str name, enum message_status *out) {
    for (int i = 0; i < MESSAGE_STATUS_COUNT; i++) {
        if (!str_eq(name, str_from_c(names[i]))) continue;
        *out = (enum message_status)i;
        return true;
    }
    return false;
}
