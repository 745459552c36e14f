/*
 * The body of a broadcast. Whatever is accepted can be rendered for anybody, is clean and within its limit, and its target, as it is kept, reads
 * as what was meant and says the same again.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "broadcasts/broadcast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TARGET_BYTES = 1 << 20 };

static const struct content_values everything = { { [CONTENT_FIRST_NAME] = { "Awa", 3 },
                                                    [CONTENT_LAST_NAME] = { "Diop", 4 },
                                                    [CONTENT_DOCTOR] = { "Dr N", 4 } } };
static const struct content_values nothing = {
    { [CONTENT_FIRST_NAME] = { "", 0 }, [CONTENT_LAST_NAME] = { "", 0 }, [CONTENT_DOCTOR] = { "", 0 } }
};

static void check_content(struct arena *a, const struct broadcast *b) {
    struct broadcast_words words;
    struct str arg;
    if (content_length(b->content) > CONTENT_CHARS_MAX || content_fault(b->content, &arg)) abort();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (broadcast_words_for(a, b, (enum lang)lang, &everything, &words, NULL) != OK) abort();
        if (!utf8_is_clean(words.text)) abort();
        if (broadcast_words_for(a, b, (enum lang)lang, &nothing, &words, NULL) != OK && !broadcast_needs(b))
            abort();
    }
}

static void check_target(struct arena *a, const struct broadcast *b) {
    struct target t;
    struct buf again;
    if (target_parse(a, b->target, &t, NULL) != OK) abort();
    if (b->target_all != target_is_everybody(&t)) abort();
    buf_init(&again, TARGET_BYTES);
    struct json_out o = json_out_to(&again);
    target_json(&o, &t);
    if (!buf_ok(&again) || !str_eq(buf_str(&again), b->target)) abort();
    buf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(64 * size + (size_t)(1 << 20));
    struct broadcast b = { .title = STR(""),
                           .content = STR(""),
                           .variants = STR("{}"),
                           .template_sid = STR(""),
                           .template_variables = STR("{}"),
                           .target = STR("{}") };
    const struct broadcasts room = { .time_zone = STR("UTC") };
    struct fields *f = NULL;
    struct err e = { 0 };
    if (!arena) abort();
    if (fields_parse(arena, (struct str) { (const char *)data, size }, &f, &e) == OK &&
        broadcast_edit_read(arena, &room, f, BROADCAST_CREATE, DAY_US, &b, &e) == OK &&
        fields_done(f) == OK) {
        check_content(arena, &b);
        check_target(arena, &b);
    }
    arena_free(arena);
    return 0;
}
