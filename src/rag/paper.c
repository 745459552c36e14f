#include "rag/paper.h"

#include "base/utf8.h"
#include "rag/treatment.h"

enum { NAME_WORDS_MAX = 3, PART_PLACE_MAX = 2 };

static bool is_one_of(struct str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_from_c(words[i]))) return true;
    return false;
}

/* Words of titles that say what kind of document it is, or nothing. */
static bool is_general(struct str folded) {
    static const char *const words[] = { "acte",        "analyse",      "analyses",      "bilan",
                                         "biologique",  "biologiques",  "certificat",    "compte",
                                         "dispositifs", "document",     "documents",     "dossier",
                                         "dossiers",    "examen",       "examens",       "imagerie",
                                         "laboratoire", "medicale",     "medicales",     "medicament",
                                         "medicaments", "medicaux",     "medical",       "ordonnance",
                                         "ordonnances", "prescription", "prescriptions", "rapport",
                                         "rendu",       "resultat",     "resultats",     "traitement" };
    return is_one_of(folded, words, COUNT_OF(words));
}

bool paper_is_readable(const struct draft *d, const struct record_chunk *c) {
    return d->record->documents[c->document].id != 0 && c->confidence >= CONFIDENCE_READABLE;
}

bool paper_title_names(const struct draft *d, uint32_t document, size_t word) {
    const struct tokens *title = &d->record->documents[document].titled;
    for (size_t k = 0; k < title->count; k++) {
        struct str stem = title->items[k].stem;
        if (!title->items[k].stop &&
            (str_eq(stem, d->tokens->items[word].stem) || expand_says(&d->names, word, stem)))
            return true;
    }
    return false;
}

int paper_titled(const struct draft *d, uint32_t document) {
    int found = 0;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *asked = &d->tokens->items[i];
        if (asked->stop || asked->number || is_general(asked->folded)) continue;
        found += paper_title_names(d, document, i);
    }
    return found;
}

static bool in_time(const struct draft *d, uint32_t document) {
    return !d->when->said || d->when->future || when_holds(d->when, d->record->documents[document].date);
}

/* Of the kind that is asked for; a picture must be of what is asked. */
static bool is_of_kind(const struct draft *d, uint32_t document) {
    static const char *const pictures[] = { "echo",         "echographie", "ecg",          "irm",
                                            "mammographie", "radio",       "radiographie", "scanner" };
    enum document_kind kind;
    if (!search_kind_asked(d->tokens, &kind) || d->record->documents[document].kind != kind) return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        struct str word = d->tokens->items[i].folded;
        if (is_one_of(word, pictures, COUNT_OF(pictures)) && !paper_speaks_of(d, document, word))
            return false;
    }
    return true;
}

bool paper_asked(const struct draft *d, uint32_t *document) {
    const struct record_document *best = NULL;
    int best_score = 0;
    for (uint32_t i = 0; i < d->record->document_count; i++) {
        const struct record_document *doc = &d->record->documents[i];
        if (doc->id == 0 || !in_time(d, i)) continue;
        int score = 2 * paper_titled(d, i) + is_of_kind(d, i);
        if (score == 0 || score < best_score) continue;
        if (score == best_score && !treatment_is_later(doc, best)) continue;
        best = doc;
        best_score = score;
        *document = i;
    }
    return best;
}

/* A word of the line, and where it ends. */
static struct str word_at(struct str line, size_t at, size_t *end) {
    while (at < line.n && strchr(" :/", line.p[at])) at++;
    *end = at;
    while (*end < line.n && !strchr(" :/", line.p[*end])) ++*end;
    return str_sub(line, at, *end - at);
}

static bool is_title(struct str folded) {
    static const char *const words[] = {
        "dr", "dr.", "docteur", "pr", "pr.", "professeur", "mme", "m.", "mr"
    };
    return is_one_of(folded, words, COUNT_OF(words));
}

static bool ends_name(struct str folded) {
    static const char *const words[] = { "cabinet", "centre",  "chu",         "clinique",
                                         "groupe",  "hopital", "laboratoire", "organisation",
                                         "service", "tel",     "tel." };
    return is_one_of(folded, words, COUNT_OF(words));
}

static bool is_capital(struct str word) {
    return word.n && ((word.p[0] >= 'A' && word.p[0] <= 'Z') || (unsigned char)word.p[0] >= 0x80);
}

/* "DR Paul MBAYE CABINET …" -> "DR Paul MBAYE": a title and the capitalised words behind it. */
static bool read_name(struct arena *arena, struct str line, size_t at, struct str *name, size_t *end) {
    struct str folded, word = word_at(line, at, end);
    size_t start = *end - word.n, next;
    if (!utf8_fold(arena, word, &folded) || !is_title(folded)) return false;
    for (int n = 0; n < NAME_WORDS_MAX; n++) {
        word = word_at(line, *end, &next);
        if (!is_capital(word) || !utf8_fold(arena, word, &folded) || ends_name(folded)) break;
        bool initial = n == 0 && str_eq(word, STR("M.")); /* "Dr M. KANOUTE" */
        if (is_title(folded) && !initial) break;
        *end = next;
        *name = str_sub(line, start, *end - start);
        if (word.p[word.n - 1] == ',') name->n--;
    }
    return *end > start + 3 && name->n > 0;
}

/* "Prescripteur", "Référent/Prescripteur", "Médecin traitant" at the beginning of a line; answers where the name starts, 0: no. */
static size_t part_end(struct arena *arena, struct str line, enum paper_part part) {
    const char *const words[2] = { part == PART_ATTENDING ? "medecin" : "prescripteur",
                                   part == PART_ATTENDING ? "traitant" : NULL };
    size_t at = 0, end = 0;
    for (int n = 0; n < PART_PLACE_MAX; n++) {
        struct str folded;
        if (!utf8_fold(arena, word_at(line, at, &end), &folded)) return 0;
        at = end;
        if (!str_eq(folded, str_from_c(words[0]))) continue;
        if (!words[1]) return at;
        if (!utf8_fold(arena, word_at(line, at, &end), &folded)) return 0;
        return str_eq(folded, str_from_c(words[1])) ? end : 0;
    }
    return 0;
}

static bool person_in_chunk(const struct draft *d, const struct record_chunk *c, enum paper_part part,
                            struct paper_person *out) {
    for (struct str rest = c->text; rest.n;) {
        struct str line = str_trim(str_next_line(&rest)), name = { "", 0 };
        size_t end, at = part_end(d->arena, line, part);
        if (at == 0 || !read_name(d->arena, line, at, &name, &end)) continue;
        *out = (struct paper_person) { c->document, c->page, name, str_sub(line, 0, end) };
        return true;
    }
    return false;
}

bool paper_person_of(const struct draft *d, uint32_t document, enum paper_part part,
                     struct paper_person *out) {
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document == document && c->confidence >= CONFIDENCE_SURE && person_in_chunk(d, c, part, out))
            return true;
    }
    return false;
}

bool paper_author_line(const struct draft *d, uint32_t document, struct paper_person *out) {
    struct str author = d->record->documents[document].author;
    for (size_t i = 0; i < d->record->chunk_count && author.n; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document != document || c->confidence < CONFIDENCE_READABLE) continue;
        size_t at = str_find(c->text, author);
        if (at == c->text.n) continue;
        *out = (struct paper_person) { document, c->page, author, str_sub(c->text, at, author.n) };
        return true;
    }
    return false;
}

enum status paper_mark_chunks(struct draft *d, const struct token *word, bool *chunks) {
    struct str same[EXPAND_SAME_MAX];
    size_t count = expand_same(word->folded, same);
    enum status st = OK;
    postings_mark(&d->record->postings, word->stem, chunks);
    for (size_t k = 0; k < count && st == OK; k++) {
        struct str stem;
        st = text_stem(d->reader, d->arena, same[k], &stem, d->err);
        if (st == OK) postings_mark(&d->record->postings, stem, chunks);
    }
    return st;
}
