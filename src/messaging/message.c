#include "messaging/message.h"

static const char *const kind_names[MESSAGE_KIND_COUNT] = {
    [MESSAGE_TEXT] = "text",     [MESSAGE_REPLY] = "reply", [MESSAGE_ACTIVATION] = "activation",
    [MESSAGE_NOTICE] = "notice", [MESSAGE_ALERT] = "alert", [MESSAGE_BULK] = "bulk",
};

static const char *const lane_names[LANE_COUNT] = {
    [LANE_ALERT] = "alert", [LANE_REPLY] = "reply", [LANE_NOTICE] = "notice", [LANE_BULK] = "bulk"
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

const char *message_kind_name(enum message_kind kind) {
    return kind_names[kind];
}

bool message_kind_from_name(struct str name, enum message_kind *out) {
    int i;
    if (!find_name(name, kind_names, MESSAGE_KIND_COUNT, &i)) return false;
    *out = (enum message_kind)i;
    return true;
}

const char *message_lane_name(enum message_lane lane) {
    return lane_names[lane];
}

enum message_lane message_lane_of(enum message_kind kind) {
    switch (kind) {
    case MESSAGE_ALERT: return LANE_ALERT;
    case MESSAGE_TEXT:
    case MESSAGE_REPLY: return LANE_REPLY;
    case MESSAGE_ACTIVATION:
    case MESSAGE_NOTICE: return LANE_NOTICE;
    case MESSAGE_BULK:
    case MESSAGE_KIND_COUNT: break;
    }
    return LANE_BULK;
}
