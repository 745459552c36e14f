#include "guard/model_reply.h"

#include "base/utf8.h"

#include <jansson.h>

struct range {
    uint32_t from, to;
};

/*
 * What a French, English or Wolof sentence on health is written with. Others look like these without being them (digits of other scripts,
 * "½", "²"), turn the order of what is read, or cannot be seen at all.
 */
static const struct range written[] = {
    { ' ', '~' },       { 0xA0, 0xA0 },     { 0xAB, 0xAB },     { 0xB0, 0xB1 },     { 0xB5, 0xB5 },
    { 0xB7, 0xB7 },     { 0xBB, 0xBB },     { 0xC0, 0x17F },    { 0x3B1, 0x3C9 },   { 0x2010, 0x2015 },
    { 0x2018, 0x2019 }, { 0x201C, 0x201D }, { 0x2026, 0x2026 }, { 0x202F, 0x202F }, { 0x2030, 0x2030 },
    { 0x20AC, 0x20AC }, { 0x2264, 0x2265 },
};

static bool is_written(uint32_t c) {
    for (size_t i = 0; i < COUNT_OF(written); i++)
        if (c >= written[i].from && c <= written[i].to) return true;
    return false;
}

static bool is_readable(struct str text) {
    if (text.n == 0 || utf8_length(text) > REPLY_SENTENCE_CHARS_MAX) return false;
    for (size_t at = 0; at < text.n;)
        if (!is_written(utf8_next(text, &at))) return false;
    return true;
}

/* On one line. */
static bool read_text(struct arena *arena, const json_t *value, struct str *out) {
    struct str typed = { json_string_value(value), json_string_length(value) }, clean;
    char *line;
    if (!utf8_clean(arena, typed, &clean) || !(line = arena_alloc(arena, clean.n + 1))) return false;
    for (size_t i = 0; i < clean.n; i++)
        line[i] = clean.p[i] == '\n' || clean.p[i] == '\t' ? ' ' : clean.p[i];
    *out = str_trim((struct str) { line, clean.n });
    return true;
}

static enum status malformed(struct err *err) {
    return fail(err, E_INVALID, NULL, "a model's answer is not of the form that was asked for");
}

static enum status read_sentence(struct arena *arena, const json_t *value, struct model_reply *out,
                                 struct err *err) {
    const json_t *text = json_object_get(value, "text"), *cited = json_object_get(value, "passages");
    size_t count = json_array_size(cited);
    if (!json_is_object(value) || json_object_size(value) != 2 || !json_is_string(text) ||
        !json_is_array(cited) || count > REPLY_CITED_MAX)
        return malformed(err);
    struct model_sentence s = { .cited_count = count };
    for (size_t i = 0; i < count; i++) {
        const json_t *number = json_array_get(cited, i);
        if (!json_is_integer(number)) return malformed(err);
        s.cited[i] = json_integer_value(number);
    }
    if (!read_text(arena, text, &s.text)) return fail(err, E_LIMIT, NULL, "no memory for a model's answer");
    if (is_readable(s.text))
        out->sentences[out->count++] = s;
    else
        out->dropped++;
    return OK;
}

static enum status read_reply(struct arena *arena, const json_t *root, struct model_reply *out,
                              struct err *err) {
    const json_t *sentences = json_object_get(root, "sentences"), *unknown = json_object_get(root, "unknown");
    if (!json_is_object(root) || json_object_size(root) != 2 || !json_is_array(sentences) ||
        !json_is_boolean(unknown) || json_array_size(sentences) > REPLY_SENTENCES_MAX)
        return malformed(err);
    *out = (struct model_reply) { .unknown = json_is_true(unknown) };
    enum status s = OK;
    for (size_t i = 0; i < json_array_size(sentences) && s == OK; i++)
        s = read_sentence(arena, json_array_get(sentences, i), out, err);
    return s;
}

enum status model_reply_read(struct arena *arena, struct str json, struct model_reply *out, struct err *err) {
    if (json.n > REPLY_BYTES_MAX) return malformed(err);
    json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    if (!root) return malformed(err);
    enum status s = read_reply(arena, root, out, err);
    json_decref(root);
    return s;
}
