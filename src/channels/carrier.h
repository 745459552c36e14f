#ifndef CHANNELS_CARRIER_H
#define CHANNELS_CARRIER_H
/*
 * carrier -- what the carriers over HTTP have in common: their codes as tables, what people write as clean text, and what is said of their calls and
 * answers. Private to src/channels/.
 */
#include "channels/channel.h"

struct carrier_code {
    int code;
    enum verdict verdict;
};

/* The verdict of a code in a table that is sorted by code; `otherwise` when it does not stand there. */
enum verdict carrier_verdict(const struct carrier_code *sorted, size_t count, int64_t code,
                             enum verdict otherwise);

/* Clean text in the arena, cut after 4,096 characters, WhatsApp's own limit. False: the arena is full. */
bool carrier_words(struct arena *, struct str raw, struct str *out) MUST_CHECK;

extern const struct message carrier_not_signed, carrier_not_ours, carrier_unclear;

#endif
