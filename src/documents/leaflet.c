#include "documents/leaflet.h"

#include "base/utf8.h"

/* Folded. A prescription may hold one of them ("tenir hors de portée"), no other paper holds many. */
static const char *const phrases[] = {
    "effets indesirables",
    "cette notice",
    "veuillez lire",
    "composants contenus dans",
    "utilisez jamais",
    "prenez jamais",
    "avez pris plus de",
    "avez utilise plus de",
    "auriez du",
    "oubliez de prendre",
    "oubliez d",
    "vue et de la portee des enfants",
    "date de peremption",
    "ne jetez aucun medicament",
    "conduite de vehicules",
    "informez votre medecin ou votre pharmacien",
    "classe pharmacotherapeutique",
    "package leaflet",
    "read all of this leaflet",
    "possible side effects",
    "out of the sight and reach of children",
    "expiry date",
    "ask your doctor or pharmacist",
    "if you forget to take",
    "if you take more",
    "do not throw away any medicines",
};

/* All lines, folded, with one space between words: a phrase may be broken over lines. */
static bool join(struct arena *arena, const struct sheet *sheets, size_t count, struct str *out) {
    size_t room = 1, n = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sheets[i].page->count; k++) room += sheets[i].page->lines[k].text.n + 1;
    char *text = arena_alloc(arena, room);
    if (!text) return false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sheets[i].page->count; k++) {
            struct str line = str_trim(sheets[i].page->lines[k].text);
            if (line.n) memcpy(text + n, line.p, line.n);
            n += line.n;
            text[n++] = ' ';
        }
    return utf8_fold(arena, (struct str) { text, n }, out);
}

int leaflet_phrases(struct arena *arena, const struct sheet *sheets, size_t count) {
    struct str text;
    int found = 0;
    if (!join(arena, sheets, count, &text)) return 0;
    for (size_t i = 0; i < COUNT_OF(phrases) && found < LEAFLET_PHRASES_MIN; i++)
        found += str_find(text, str_from_c(phrases[i])) < text.n;
    return found;
}
