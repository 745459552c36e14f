#include "documents/fixture.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn static void fatal(const char *what) {
    fprintf(stderr, "fixture: %s\n", what);
    abort();
}

static size_t count_words(struct str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] != ' ' && text.p[i] != '\n' &&
             (i == 0 || text.p[i - 1] == ' ' || text.p[i - 1] == '\n');
    return n;
}

void fixture_page(struct arena *arena, struct str text, int number, struct page *out) {
    int32_t column = 0, row = 0, widest = 0;
    *out = (struct page) {
        .number = number, .source = PAGE_TEXT, .confidence = 100, .legible = true, .text = text
    };
    out->words = arena_array(arena, count_words(text) + 1, sizeof *out->words);
    if (!out->words) fatal("arena");
    for (size_t i = 0; i < text.n;) {
        if (text.p[i] == '\n') {
            row++;
            column = 0;
            i++;
        } else if (text.p[i] == ' ') {
            column++;
            i++;
        } else {
            size_t end = i;
            while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n') end++;
            struct str word = str_sub(text, i, end - i);
            int32_t chars = (int32_t)utf8_length(word);
            out->words[out->word_count++] =
                (struct word) { .text = word,
                                .confidence = 100,
                                .line = (uint32_t)row,
                                .box = { 400 + column * FIXTURE_CHAR_WIDTH, 400 + row * FIXTURE_LINE_STEP,
                                         chars * FIXTURE_CHAR_WIDTH, FIXTURE_CHAR_HEIGHT } };
            column += chars;
            if (column > widest) widest = column;
            i = end;
        }
    }
    out->width = 800 + widest * FIXTURE_CHAR_WIDTH;
    out->height = 800 + (row + 1) * FIXTURE_LINE_STEP;
}

struct str fixture_file(struct arena *arena, const char *path) {
    const char *root = getenv("MEDIRECORD_SOURCE_ROOT");
    char full[1024];
    if (snprintf(full, sizeof full, "%s/%s", root ? root : ".", path) >= (int)sizeof full)
        fatal("path too long");
    FILE *f = fopen(full, "rb");
    if (!f) fatal(full);
    enum { FILE_BYTES_MAX = 256 * 1024 };
    char *p = arena_alloc(arena, FILE_BYTES_MAX);
    if (!p) fatal("arena");
    size_t n = fread(p, 1, FILE_BYTES_MAX, f);
    fclose(f);
    return (struct str) { p, n };
}
