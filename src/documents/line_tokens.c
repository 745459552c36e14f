#include "documents/line_tokens.h"

bool line_tokens_split(struct arena *arena, const struct line *line, struct line_tokens *out) {
    if (!tokens_split(arena, line->text, &out->tokens)) return false;
    out->word = arena_array(arena, out->tokens.count + 1, sizeof *out->word);
    if (!out->word) return false;
    size_t word = 0, start = 0, cell = 0; /* line.text is the words with one space between */
    for (size_t i = 0; i < out->tokens.count; i++) {
        size_t at = (size_t)(out->tokens.items[i].text.p - line->text.p);
        while (word + 1 < line->word_count && at > start + line->words[word].text.n)
            start += line->words[word++].text.n + 1;
        while (cell + 1 < line->cell_count && word >= line->cells[cell + 1].first) cell++;
        out->word[i] = (uint32_t)word;
        out->tokens.items[i].cell = (uint8_t)(cell < UINT8_MAX ? cell : UINT8_MAX);
    }
    return true;
}

struct box line_tokens_box(const struct line *line, const struct line_tokens *t, size_t from, size_t to) {
    struct box box = { 0 };
    for (size_t i = from; i < to && i < t->tokens.count; i++)
        box = box_union(box, line->words[t->word[i]].box);
    return box;
}

uint8_t words_confidence(const struct word *words, size_t count) {
    uint8_t lowest = 100;
    for (size_t i = 0; i < count; i++)
        if (words[i].confidence < lowest) lowest = words[i].confidence;
    return lowest;
}
