#include "rag/evaluation.h"

#include <jansson.h>

#include "base/json_out.h"
#include "base/utf8.h"

enum { MISSING_BYTES_MAX = 64 * 1024 };

/* Folded, every run of spaces and line ends one space: how a text is laid out is not what it says. */
static bool flatten(struct arena *arena, struct str text, struct str *out) {
    struct str folded;
    if (!utf8_fold(arena, text, &folded)) return false;
    char *p = arena_alloc(arena, folded.n + 1);
    size_t n = 0;
    if (!p) return false;
    for (size_t i = 0; i < folded.n; i++) {
        bool space = strchr(" \n\t\r", folded.p[i]) != NULL;
        if (!space)
            p[n++] = folded.p[i];
        else if (n && p[n - 1] != ' ')
            p[n++] = ' ';
    }
    *out = str_trim((struct str) { p, n });
    return true;
}

static bool is_word_byte(char c) {
    return is_digit(c) || is_letter_byte(c);
}

/* As words of their own: "5 mg" does not stand in "25 mg", nor "1,2" in "1,26". */
static bool stands(struct str text, struct str word) {
    if (word.n == 0) return true;
    for (size_t at = 0; at + word.n <= text.n; at++) {
        if (memcmp(text.p + at, word.p, word.n) != 0) continue;
        bool before = at && is_word_byte(text.p[at - 1]) && is_word_byte(word.p[0]);
        bool behind =
            at + word.n < text.n && is_word_byte(text.p[at + word.n]) && is_word_byte(word.p[word.n - 1]);
        if (!before && !behind) return true;
    }
    return false;
}

/* Writes the words that the answer lacks; answers how many. */
static enum status find_missing(struct arena *arena, const json_t *words, struct str answer,
                                struct evaluation_verdict *out, size_t *count, struct err *err) {
    struct str text, word;
    struct buf buf;
    buf_init(&buf, MISSING_BYTES_MAX);
    struct json_out o = json_out_to(&buf);
    bool fits = flatten(arena, answer, &text);
    *count = 0;
    json_put_array(&o);
    for (size_t i = 0; i < json_array_size(words) && fits; i++) {
        const json_t *item = json_array_get(words, i);
        const struct str typed = { json_string_value(item), json_string_length(item) };
        fits = flatten(arena, typed, &word);
        if (!fits || stands(text, word)) continue;
        json_put_str(&o, typed);
        ++*count;
    }
    json_put_array_end(&o);
    fits = fits && buf_ok(&buf) && arena_dup(arena, buf_str(&buf), &out->missing_json);
    buf_done(&buf);
    return fits ? OK : fail(err, E_LIMIT, NULL, "no memory to judge an answer");
}

enum status evaluation_judge(struct arena *arena, const struct golden_question *q, const struct rag_answer *a,
                             struct evaluation_verdict *out, struct err *err) {
    json_t *words = json_loadb(q->words_json.p, q->words_json.n, 0, NULL);
    size_t missing = 0;
    bool told = a->grounded && a->source_count > 0; /* of a refusal they only come close */
    enum status s =
        json_is_array(words) ? OK : fail(err, E_INTERNAL, NULL, "words of a golden question are damaged");
    *out = (struct evaluation_verdict) { .why = "", .missing_json = STR("[]") };
    if (s == OK && !q->refuse) s = find_missing(arena, words, a->text, out, &missing, err);
    if (s == OK && q->refuse)
        out->why = told ? "answered" : "";
    else if (s == OK && a->refused)
        out->why = "refused";
    else if (s == OK)
        out->why = missing ? "words_missing" : json_array_size(words) == 0 && !told ? "refused" : "";
    out->passed = s == OK && out->why[0] == '\0';
    json_decref(words);
    return s;
}
