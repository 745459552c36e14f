/*
 * What carriers post, as a form (Twilio) or as JSON (Meta): messages and reports come out whole, or an error; texts are cut into clean parts that
 * lose no word. And what people send with them: its kind is told by the bytes.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "channels/meta.h"
#include "channels/twilio_form.h"
#include "http/urlencoded.h"
#include "messaging/media_type.h"
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

static void check_event(struct arena *arena, const struct channel_event *m) {
    enum word word;
    size_t sum =
        touch(m->provider_sid) + touch(m->error_code) + touch(m->from) + touch(m->body) + touch(m->payload);

    for (size_t i = 0; i < m->media_count; i++)
        sum += touch(m->media[i].ref) + touch(m->media[i].type) + touch(m->media[i].file_name);
    if (m->provider_sid.n == 0 || m->provider_sid.n > CHANNEL_SID_MAX || sum == 0) abort();
    if (m->kind != EVENT_MESSAGE) return;
    if ((m->from.n < 9 && !m->external_id.n) || !utf8_is_clean(m->body)) abort();
    check_split(m->body);
    if (!word_of_message(arena, m->body, &word)) abort();
    (void)touch(word_find_token(m->body));
}

static void check_form(struct arena *arena, struct str form) {
    struct channel_event m;
    struct err e = { 0 };
    if (urlencoded_is_valid(form, true) && twilio_form_read(arena, form, STR("SN"), &m, &e) == OK)
        check_event(arena, &m);
}

static void check_json(struct arena *arena, struct str json) {
    struct meta meta = { .phone_number_id = STR("1063") };
    const struct channel channel = meta_channel(&meta);
    const struct webhook_call call = { .body = json };
    struct channel_events events;
    struct err e = { 0 };
    if (channel.read(channel.ctx, arena, &call, &events, &e) != OK) return;
    for (size_t i = 0; i < events.count; i++) check_event(arena, &events.items[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = { (const char *)data, size };
    struct arena *arena = arena_new((size_t)8 << 20);

    if (!arena) abort();
    check_form(arena, bytes);
    check_json(arena, bytes);
    if (!media_type_of(bytes).mime) abort();
    arena_free(arena);
    return 0;
}
