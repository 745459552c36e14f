#include "messaging/message.h"

static const char *const status_names[MESSAGE_STATUS_COUNT] = {
    [MESSAGE_RECEIVED] = "received", [MESSAGE_PROCESSED] = "processed", [MESSAGE_QUEUED] = "queued",
    [MESSAGE_SENDING] = "sending",   [MESSAGE_UNCERTAIN] = "uncertain", [MESSAGE_ACCEPTED] = "accepted",
    [MESSAGE_SENT] = "sent",         [MESSAGE_FAILED] = "failed",       [MESSAGE_DELIVERED] = "delivered",
    [MESSAGE_READ] = "read",
};

static const char *const kind_names[MESSAGE_KIND_COUNT] = {
    [MESSAGE_TEXT] = "text",     [MESSAGE_REPLY] = "reply", [MESSAGE_ACTIVATION] = "activation",
    [MESSAGE_NOTICE] = "notice", [MESSAGE_ALERT] = "alert", [MESSAGE_BULK] = "bulk",
};

static bool find_name(struct str name, const char *const *names, int count, int *out) {
    for (int i = 0; i < count; i++) {
        if (str_eq(name, str_from_c(names[i]))) {
            *out = i;
            return true;
        }
    }
    return false;
}

const char *message_status_name(enum message_status status) {
    return status_names[status];
}

bool message_status_from_name(struct str name, enum message_status *out) {
    int i;
    if (!find_name(name, status_names, MESSAGE_STATUS_COUNT, &i)) return false;
    *out = (enum message_status)i;
    return true;
}

const char *message_kind_name(enum message_kind kind) {
    return kind_names[kind];
}

bool message_kind_from_name(struct str name, enum message_kind *out) {
    int i;
    if (!find_name(name, kind_names, MESSAGE_KIND_COUNT, &i)) return false;
    *out = (enum message_kind)i;
    return true;
}
