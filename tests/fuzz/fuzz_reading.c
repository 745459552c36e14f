/*
 * Reads facts from pages that the fuzzer draws. The first byte says how: bit 0 OCR, bit 1 two pages, bit 2 words with boxes of their own
 * (records of x, y, width, height and a word of the list below) instead of plain text in columns.
 *
 * Whatever comes in: each fact has a name and a quote, and no figure of a dose, strength or value that its quote does not have.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "documents/fact.h"

enum {
    ARENA_BYTES = 64 << 20,
    TEXT_BYTES_MAX = 16 * 1024,
    RECORD_BYTES = 8,
    CHAR_WIDTH = 55,
    LINE_STEP = 125
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const words[] = {
    "DOLIPRANE", "500",        "mg",        "1",          "cp",          "comprimé",   "matin",   "soir",
    "x",         "3/j",        "pendant",   "7",          "jours",       "QSP",        "AR",      "2",
    "fois",      "Médicament", "Posologie", "Durée",      "Dose",        "Résultat",   "Valeurs", "de",
    "référence", "Unité",      "Glycémie",  "0,88",       "g/L",         "(0,70",      "-",       "1,10)",
    "N",         ":",          "<",         "*",          "Négatif",     "15/11/2024", "le",      "Dr",
    "NDIAYE",    "Patient",    "né",        "Ordonnance", "STOP",        "Leucocytes", "4",       "700",
    "000",       "/mm3",       "10^9/L",    "soit",       "Antériorité", "1-0-1",      "puis",    "si",
    "douleur",   ",",          "(",         ")",          "½",           "Allergie",   "à",       "la",
    "Vaccin",    "BCG",        "STAMARIL",  "lot",        "rappel",      "2018",       "dose",    "prévoir",
};

static void touch(struct str s) {
    volatile unsigned char sink = 0;
    for (size_t i = 0; i < s.n; i++) sink = (unsigned char)(sink ^ (unsigned char)s.p[i]);
}

/* Every run of digits of a field stands in the quote. */
static void check_figures(struct str field, struct str quote) {
    for (size_t i = 0; i < field.n;) {
        size_t end = i;
        while (end < field.n && is_digit(field.p[end])) end++;
        if (end > i && str_find(quote, str_sub(field, i, end - i)) == quote.n) abort();
        i = end > i ? end : i + 1;
    }
}

static void check_fact(const struct fact *f) {
    const struct str all[] = { f->quote, f->name,      f->name_folded, f->strength, f->form,        f->dose,
                               f->route, f->frequency, f->duration,    f->renewals, f->instruction, f->value,
                               f->unit,  f->reference, f->flag,        f->specimen, f->lot,         f->due };
    for (size_t i = 0; i < COUNT_OF(all); i++) touch(all[i]);
    if (f->name.n == 0 || f->quote.n == 0 || f->confidence > 100 || f->type >= FACT_TYPE_COUNT) abort();
    if (f->quote.n >= 1100) return; /* quotes are cut */
    if (f->type != FACT_VACCINATION)
        check_figures(f->dose, f->quote); /* its rank may be the heading of a column */
    check_figures(f->strength, f->quote);
    if (f->type == FACT_LAB_VALUE || f->type == FACT_VACCINATION) check_figures(f->value, f->quote);
    check_figures(f->lot, f->quote);
    check_figures(f->due, f->quote);
}

static void add_word(struct page *p, size_t room, struct str text, struct box box) {
    if (p->word_count < room)
        p->words[p->word_count++] = (struct word) { text, box, 90, (uint32_t)p->word_count / 8 };
}

/* Text in columns, every character as wide as any other. */
static void draw_text(struct page *p, size_t room, struct str text) {
    int32_t row = 0, column = 0;
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n') end++;
        int32_t width = (int32_t)(end - i);
        if (end > i)
            add_word(
                p, room, str_sub(text, i, end - i),
                (struct box) { 400 + column * CHAR_WIDTH, 400 + row * LINE_STEP, width * CHAR_WIDTH, 95 });
        column += width + 1;
        if (end < text.n && text.p[end] == '\n') {
            row++;
            column = 0;
        }
        i = end + 1;
    }
}

static void draw_boxes(struct page *p, size_t room, const uint8_t *data, size_t size) {
    for (size_t i = 0; i + RECORD_BYTES <= size; i += RECORD_BYTES) {
        const uint8_t *r = data + i;
        struct box box = { (int16_t)(r[0] | r[1] << 8), (int16_t)(r[2] | r[3] << 8), r[4] * 4, r[5] };
        if (r[7] == 255) box = (struct box) { INT32_MIN, INT32_MAX, INT32_MAX, INT32_MIN };
        add_word(p, room, str_from_c(words[r[6] % COUNT_OF(words)]), box);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2 || size > TEXT_BYTES_MAX) return 0;
    struct arena *arena = arena_new(ARENA_BYTES);
    struct str text = { (const char *)data + 1, size - 1 };
    struct document_reading reading;
    struct page pages[2] = { 0 };
    if (!arena) return 0;
    pages[0] = (struct page) { .number = 1,
                               .width = 5950,
                               .height = 8420,
                               .confidence = 90,
                               .legible = true,
                               .source = data[0] & 1 ? PAGE_OCR : PAGE_TEXT };
    pages[0].words = arena_array(arena, size, sizeof *pages[0].words);
    if (pages[0].words && (data[0] & 4))
        draw_boxes(&pages[0], size, data + 1, size - 1);
    else if (pages[0].words && utf8_is_clean(text))
        draw_text(&pages[0], size, text);
    pages[1] = pages[0];
    pages[1].number = 2;
    if (document_read_pages(arena, pages, data[0] & 2 ? 2 : 1, DATE_UNKNOWN, &reading, NULL) == OK) {
        touch(reading.author);
        touch(reading.title);
        touch(reading.patient_name);
        for (size_t i = 0; i < reading.fact_count; i++) check_fact(&reading.facts[i]);
    }
    arena_free(arena);
    return 0;
}
