/*
 * What a carrier posts: a message or a report comes out whole, or an error; texts are cut into clean parts
 * that lose no word.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "http/urlencoded.h"
#include "messaging/split.h"
#include "messaging/webhook.h"
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
    struct webhook w;
    enum word word;

    if (!arena) abort();
    if (urlencoded_is_valid(form, true) && webhook_read(arena, form, STR("SN"), &w, &e) == OK) {
        size_t sum =
            touch(w.provider_sid) + touch(w.error_code) + touch(w.message.phone) + touch(w.message.body);
        if (w.provider_sid.n == 0 || w.provider_sid.n > MESSAGE_SID_MAX || sum == 0) abort();
        if (w.kind == WEBHOOK_MESSAGE && (w.message.phone.n < 9 || !utf8_is_clean(w.message.body))) abort();
        check_split(w.message.body);
        if (!word_of_message(arena, w.message.body, &word)) abort();
        (void)touch(word_find_token(w.message.body));
    }
    arena_free(arena);
    return 0;
}
