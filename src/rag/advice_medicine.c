#include "rag/advice_medicine.h"

#include "language/expand.h"
#include "language/names.h"
#include "language/words.h"

static const float WEIGHT_OTHER_NAME = 0.9F;

static bool is_medicine(struct str folded) {
    return names_is_drug(folded) && !names_is_shared(folded);
}

/* By name, or made of the same. */
static bool is_same(struct str a, struct str b) {
    struct str of_a = names_substances(a, false);
    return str_eq(a, b) || (of_a.n && str_eq(of_a, names_substances(b, false)));
}

static const struct search_term *term_of(const struct search_query *q, const struct token *t) {
    uint32_t hash = text_hash(t->stem);
    for (size_t i = 0; i < q->count; i++)
        if (q->terms[i].group >= 0 && q->terms[i].hash == hash && str_eq(q->terms[i].stem, t->stem))
            return &q->terms[i];
    return NULL;
}

/* Says the same as the token does. */
static void add_name(struct search_query *q, const struct token *t, struct str stem) {
    const struct search_term *asked = term_of(q, t);
    if (!asked || q->count == SEARCH_TERMS_MAX || str_eq(stem, t->stem)) return;
    struct search_term other = { stem, text_hash(stem), asked->weight * WEIGHT_OTHER_NAME, asked->group };
    for (size_t i = 0; i < q->count; i++)
        if (q->terms[i].hash == other.hash && str_eq(q->terms[i].stem, stem)) return;
    q->terms[q->count++] = other;
}

/* "Paracétamol": the products that sheets are about and that are made of it alone. */
static void add_products(const struct record *advice, const struct token *t, struct search_query *q) {
    for (size_t i = 0; i < advice->document_count; i++) {
        const struct tokens *title = &advice->documents[i].titled;
        for (size_t k = 0; k < title->count; k++)
            if (str_eq(names_substance(title->items[k].folded, false), t->folded))
                add_name(q, t, title->items[k].stem);
    }
}

enum status advice_medicine_widen(struct text_reader *reader, struct arena *arena,
                                  const struct record *advice, const struct tokens *question,
                                  struct search_query *q, struct err *err) {
    enum status s = OK;
    for (size_t i = 0; i < question->count && s == OK; i++) {
        const struct token *t = &question->items[i];
        struct str substance = names_substance(t->folded, false), stem;
        bool known = postings_find(&advice->postings, text_hash(t->stem), t->stem) != NULL;
        if (t->stop || known || !is_medicine(t->folded) || substance.n == 0) continue;
        if (str_eq(substance, t->folded)) {
            add_products(advice, t, q);
        } else if (str_find_char(substance, ' ') == substance.n) {
            s = text_stem(reader, arena, substance, &stem, err);
            if (s == OK) add_name(q, t, stem);
        }
    }
    return s;
}

/* A name and its substance; another product of the same is taken in another way. */
static bool is_name_of(struct str name, struct str word) {
    return str_eq(name, word) || str_eq(names_substance(name, false), word) ||
           str_eq(names_substance(word, false), name);
}

bool advice_medicine_is_another(const struct record_document *sheet, const struct tokens *question) {
    bool titled = false, asked = false;
    for (size_t i = 0; i < sheet->titled.count; i++) {
        struct str name = sheet->titled.items[i].folded;
        if (!is_medicine(name)) continue;
        titled = true;
        for (size_t k = 0; k < question->count; k++) {
            struct str word = question->items[k].folded;
            if (!is_medicine(word)) continue;
            asked = true;
            if (is_name_of(name, word)) return false;
        }
    }
    return titled && asked;
}

bool advice_medicine_has_amount(const struct tokens *t) {
    static const char *const units[] = {
        "bouffee", "bouffees",  "cuillere", "cuilleres", "fois",   "gouttes",
        "heures",  "injection", "jour",     "jours",     "prises", "unites"
    };
    for (size_t i = 0; i + 1 < t->count; i++) {
        struct str next = t->items[i + 1].folded;
        if (t->items[i].number && (expand_is_form(next) || words_in_sorted(units, COUNT_OF(units), next)))
            return true;
    }
    return false;
}

static bool is_of_fact(struct str word, const struct fact *f) {
    struct str name = f->name_folded;
    while (name.n) {
        struct str part = str_next_word(&name, " ");
        if (names_is_drug(part) && is_same(part, word)) return true;
    }
    return false;
}

bool advice_medicine_is_of_record(const struct record *own, const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        if (!names_is_drug(t->items[i].folded)) continue;
        for (size_t k = 0; k < own->fact_count; k++)
            if (own->facts[k].fact.type == FACT_MEDICATION &&
                is_of_fact(t->items[i].folded, &own->facts[k].fact))
                return true;
    }
    return false;
}
