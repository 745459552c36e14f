/*
 * What a carrier posts: a message or a report comes out whole, or an error; texts are cut into clean parts
 * that lose no word.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "channels/twilio_form.h"
#include "http/urlencoded.h"
#include "messaging/split.h"
#include "messaging/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t touch(struct str s) {
    size_t sum = 0;
    for (size_t i = 0; i < s.n; i++) sum += (unsigned char)s.p[i];
    return sum;
}

static void check_split(struct str body) {
    struct str rest = body;
    for (struct str part = split_next(&rest, 7); part.n > 0; part = split_next(&rest, 7)) {
        if (!utf8_is_clean(part) || utf8_length(part) > 7) abort();
    }
    if (rest.n > 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str form = { (const char *)data, size };
    struct arena *arena = arena_new((size_t)4 << 20);
    struct err e = { 0 };
    struct channel_event m;
    enum word word;

    if (!arena) abort();
    if (urlencoded_is_valid(form, true) && twilio_form_read(arena, form, STR("SN"), &m, &e) == OK) {
        size_t sum =
            touch(m.provider_sid) + touch(m.error_code) + touch(m.from) + touch(m.body) + touch(m.payload);
        for (size_t i = 0; i < m.media_count; i++) sum += touch(m.media[i].ref) + touch(m.media[i].type);
        if (m.provider_sid.n == 0 || m.provider_sid.n > CHANNEL_SID_MAX || sum == 0) abort();
        if (m.kind == EVENT_MESSAGE && ((m.from.n < 9 && !m.external_id.n) || !utf8_is_clean(m.body)))
            abort();
        if (m.kind == EVENT_MESSAGE) check_split(m.body);
        if (!word_of_message(arena, m.body, &word)) abort();
        (void)touch(word_find_token(m.body));
    }
    arena_free(arena);
    return 0;
}
