/*
 * needs -- what a broadcast asks of the people whom it is for.
 */
#include "broadcasts/broadcast.h"
#include "net/wire.h"

static unsigned needs_of(struct str object) {
    json_t *texts = wire_json(object), *text;
    const char *name;
    unsigned needs = 0;
    json_object_foreach(texts, name, text) needs |=
        content_needs((struct str) { json_string_value(text), json_string_length(text) });
    json_decref(texts);
    return needs;
}

unsigned broadcast_needs(const struct broadcast *b) {
    return content_needs(b->content) | needs_of(b->variants) |
           (b->template_sid.n ? needs_of(b->template_variables) : 0);
}

struct target_needs broadcast_target_needs(const struct broadcasts *room, const struct broadcast *b,
                                           const struct target *target, int64_t now_us) {
    return (struct target_needs) { .target = target,
                                   .now_us = now_us,
                                   .window = room->messaging->channel->has_window && !b->template_sid.n,
                                   .fields = b->needs | broadcast_needs(b),
                                   .to_id = INT64_MAX };
}
