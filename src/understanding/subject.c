#include "understanding/subject.h"

#include "base/utf8.h"
#include "language/combination.h"
#include "language/drug_class.h"
#include "language/expand.h"
#include "language/germ.h"
#include "language/insulin.h"
#include "language/names.h"
#include "language/typo.h"
#include "language/words.h"
#include "understanding/understanding_words.h"

enum { NAME_WORD_MIN = 3, TYPO_WORD_MIN = 5 };

/* Of a sentence that was read as a value: "l'hémoglobine est remontée à 11,6". */
static bool is_told(struct str word) {
    return word_in(word, &words_changed);
}

/* "Poids, 3e jour": when something was measured is no name of it. */
static bool is_time(struct str word) {
    return word_in(word, &words_time_no_name);
}

static bool is_name_word(struct str word) {
    if ((word.n < NAME_WORD_MIN && !names_lab(word)) || is_time(word)) return false;
    if (is_digit(word.p[0])) return false;
    return !words_is_stop(word) && !expand_is_form(word) && !names_is_shared(word) && !is_told(word);
}

/* The word as typed may mean this word of a medicine's name: equal, or misspelt and no other medicine is as near. */
static bool drug_word_matches(struct str typed, struct str word) {
    if (str_eq(typed, word)) return true;
    if (typed.n < TYPO_WORD_MIN || word.n < TYPO_WORD_MIN || names_is_drug(typed) || words_is_common(typed))
        return false;
    if (typo_sounds_same(typed, word)) return true;
    return typo_is_near(typed, word) && !names_is_another_drug(typed, word);
}

static bool lab_word_matches(struct str typed, struct str word) {
    if (str_eq(typed, word)) return true;
    int named = names_lab(typed);
    if (named) return named == names_lab(word);
    if (typed.n < TYPO_WORD_MIN || word.n < TYPO_WORD_MIN || words_is_common(typed) || names_is_drug(typed))
        return false;
    named = names_lab_near(typed);
    return named ? named == names_lab(word) : typo_sounds_same(typed, word) || typo_is_near(typed, word);
}

/* Both are names of one substance: "doliprane" and "paracetamol", "aspirine" and "acetylsalicylique". */
static bool is_kin(struct str substance, struct str word) {
    if (substance.n == 0 || word.n < NAME_WORD_MIN) return false;
    struct str other = names_substance(word, false), rest = substance;
    if (other.n) return str_eq(other, substance);
    while (rest.n)
        if (str_eq(names_next_word(&rest), word)) return true;
    return false;
}

static bool fact_word_matches(enum fact_type type, struct str typed, struct str word) {
    if (!is_name_word(word)) return false;
    return type == FACT_LAB_VALUE ? lab_word_matches(typed, word) : drug_word_matches(typed, word);
}

static bool name_holds(enum fact_type type, struct str name, struct str typed) {
    while (name.n)
        if (fact_word_matches(type, typed, names_next_word(&name))) return true;
    return false;
}

bool subject_names_match(struct str asked, struct str folded) {
    while (asked.n) {
        struct str word = names_next_word(&asked);
        if (word.n && name_holds(FACT_MEDICATION, folded, word)) return true;
    }
    return false;
}

/* Every word of a with a meaning stands in b, or another word for it does. */
static bool value_words_stand_in(struct str a, struct str b) {
    while (a.n) {
        struct str word = names_next_word(&a), rest = b;
        bool found = word.n < NAME_WORD_MIN && !names_lab(word);
        found = found || words_is_stop(word) || names_is_shared(word) || is_told(word);
        while (rest.n && !found) {
            struct str other = names_next_word(&rest);
            found = str_eq(word, other) || (names_lab(word) && names_lab(word) == names_lab(other));
        }
        if (!found) return false;
    }
    return true;
}

bool subject_same_value(struct str a, struct str b) {
    return str_eq(a, b) || (value_words_stand_in(a, b) && value_words_stand_in(b, a));
}

static bool is_asked_type(const struct fact *f) {
    return f->type == FACT_MEDICATION || f->type == FACT_LAB_VALUE;
}

static bool may_name(const struct token *t) {
    return !t->stop && !t->number && (t->folded.n >= NAME_WORD_MIN || names_lab(t->folded)) &&
           !expand_is_form(t->folded) && !names_is_shared(t->folded);
}

struct finding {
    struct arena *arena;
    const struct record *record;
    const struct tokens *tokens;
    struct str *substance; /* a token each: the single substance of the medicine that it names; empty: none */
    struct str
        *combination; /* a token each: the several substances of the product that it names; empty: none */
    int *naming;      /* a fact each; 0: not named */
    struct subject *out;
};

/* The token means this word of the fact's name, by name or (medicines) by substance. */
static bool token_names_word(const struct finding *f, size_t i, const struct fact *fact, struct str word) {
    if (fact_word_matches(fact->type, f->tokens->items[i].folded, word)) return true;
    if (fact->type != FACT_MEDICATION || !is_name_word(word)) return false;
    struct str combination = f->combination[i];
    return is_kin(f->substance[i], word) || (combination.n && combination_is(combination, fact->name_folded));
}

static bool token_names_fact(const struct finding *f, size_t i, const struct fact *fact) {
    struct str name = fact->name_folded;
    bool named = false;
    size_t by;
    while (name.n && !named) named = token_names_word(f, i, fact, names_next_word(&name));
    if (!named || fact->type != FACT_MEDICATION) return named;
    return insulin_may_be(insulin_asked(f->tokens, i, &by), insulin_of(fact->name_folded));
}

/* How well the question names a fact: words of the name that it says, then (values only) words that it does not say. */
static int naming(const struct finding *f, const struct fact *fact) {
    int said = 0, unsaid = 0;
    struct str name = fact->name_folded;
    while (name.n) {
        struct str word = names_next_word(&name);
        bool found = false;
        /* "PSA libre" is no more the PSA than "PSA total" is. */
        unsaid += str_in_words(word, "libre libres free");
        if (word.n == 0 || !is_name_word(word)) continue;
        for (size_t i = 0; i < f->tokens->count && !found; i++)
            found = may_name(&f->tokens->items[i]) && token_names_word(f, i, fact, word);
        said += found;
        unsaid += !found;
    }
    return said ? said * 64 - (fact->type == FACT_LAB_VALUE && unsaid < 63 ? unsaid : 0) : 0;
}

static void mark_fact(struct finding *f, size_t k) {
    f->out->fact_count += !f->out->fact[k];
    f->out->fact[k] = true;
}

/* Marks the facts that token i names best; false: none is. */
static bool mark_facts(struct finding *f, size_t i, enum fact_type type) {
    int best = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < f->record->fact_count; k++) {
            const struct fact *fact = &f->record->facts[k].fact;
            if (fact->type != type || f->naming[k] == 0 || !token_names_fact(f, i, fact)) continue;
            if (pass == 0 && f->naming[k] > best) best = f->naming[k];
            if (pass == 1 && f->naming[k] == best) mark_fact(f, k);
        }
    }
    return best > 0;
}

/* No fact bears the medicine's own name: it was found by its substance. */
static bool is_only_kin(const struct finding *f, size_t i) {
    for (size_t k = 0; k < f->record->fact_count; k++) {
        const struct fact *fact = &f->record->facts[k].fact;
        if (f->out->fact[k] && fact->type == FACT_MEDICATION &&
            name_holds(FACT_MEDICATION, fact->name_folded, f->tokens->items[i].folded))
            return false;
    }
    return true;
}

/* "NFS": every value of the set. */
static bool mark_panel(struct finding *f, struct str panel) {
    bool found = false;
    while (panel.n) {
        struct str word = names_next_word(&panel);
        for (size_t k = 0; k < f->record->fact_count; k++) {
            const struct fact *fact = &f->record->facts[k].fact;
            bool named = fact->type == FACT_LAB_VALUE && name_holds(FACT_LAB_VALUE, fact->name_folded, word);
            if (!named) continue;
            mark_fact(f, k);
            found = true;
        }
    }
    return found;
}

/* "Oreille", "lourd": a name of what papers speak of, or written so in the record, is no misspelt medicine. */
static bool is_spelled_right(const struct record *record, const struct token *t) {
    struct str same[EXPAND_SAME_MAX];
    return expand_same(t->folded, same) > 0 || postings_find(&record->postings, text_hash(t->stem), t->stem);
}

/* Is it a medicine that the list knows, even misspelt, or does it end as medicines do? */
static bool looks_like_drug(const struct record *record, const struct token *t) {
    struct str word = t->folded;
    if (names_is_drug(word)) return true;
    if (words_is_common(word) || word.n < TYPO_WORD_MIN || names_is_disease(word)) return false;
    if (word_in(word, &words_like_drug)) return false;
    if (names_ends_like_drug(word)) return true;
    return names_is_near_drug(word) && !is_spelled_right(record, t);
}

/* "Mon antibiotique", "le sirop": the medicines of that class. */
static bool read_class(struct finding *f, size_t i) {
    const struct drug_class *c = drug_class_asked(f->tokens, i);
    struct subject *s = f->out;
    size_t found = 0;
    for (size_t k = 0; c && k < f->record->fact_count; k++) {
        if (!drug_class_has(c, f->arena, &f->record->facts[k].fact)) continue;
        mark_fact(f, k);
        found++;
    }
    if (!c || (found == 0 && !drug_class_is_strict(c))) return false;
    s->drug[i] = s->names_drug = true;
    if (found == 0 && s->missing_drug.n == 0) s->missing_drug = f->tokens->items[i].folded;
    return true;
}

/* "Mon mauvais cholestérol", "bad cholesterol": what the paper calls LDL; the good one is HDL. */
static struct str cholesterol_meant(const struct tokens *t, size_t i) {
    int cholesterol = names_lab(STR("cholesterol"));
    if (names_lab(t->items[i].folded) != cholesterol) return (struct str) { "", 0 };
    for (size_t k = i ? i - 1 : i; k <= i + 1 && k < t->count; k++) {
        if (word_in(t->items[k].folded, &words_bad_cholesterol)) return STR("ldl");
        if (word_in(t->items[k].folded, &words_good_cholesterol)) return STR("hdl");
    }
    return (struct str) { "", 0 };
}

/* "Hémoglobine glyquée" is another value than haemoglobin. */
static bool is_part_of_glycated(const struct tokens *t, size_t i) {
    int glycated = names_lab(STR("glyquee")), haemoglobin = names_lab(STR("hemoglobine"));
    return i + 1 < t->count && names_lab(t->items[i].folded) == haemoglobin &&
           names_lab(t->items[i + 1].folded) == glycated;
}

static void read_token(struct finding *f, size_t i) {
    const struct token *t = &f->tokens->items[i];
    struct subject *s = f->out;
    struct str panel = names_panel(t->folded);
    if (panel.n == 0) panel = cholesterol_meant(f->tokens, i);
    if (read_class(f, i)) return;
    if (!may_name(t) || is_part_of_glycated(f->tokens, i)) return;
    if (panel.n) {
        s->lab[i] = s->names_lab = true;
        if (!mark_panel(f, panel) && s->missing_lab.n == 0) s->missing_lab = t->folded;
        return;
    }
    bool has_drug = mark_facts(f, i, FACT_MEDICATION), has_lab = mark_facts(f, i, FACT_LAB_VALUE);
    bool is_lab = names_lab(t->folded) ||
                  (!words_is_common(t->folded) && !names_is_drug(t->folded) && names_lab_near(t->folded));
    /* A medicine stays one where the record has it among the values: an antibiogram says nothing about doses. */
    bool is_drug = !is_lab && (has_lab ? names_is_drug(t->folded) : looks_like_drug(f->record, t));
    s->drug[i] |= has_drug || is_drug;
    s->lab[i] = has_lab || is_lab;
    s->names_drug |= s->drug[i];
    s->names_lab |= s->lab[i];
    size_t kind = i; /* "l'insuline lente": the word for the kind is part of the name */
    if (has_drug && insulin_asked(f->tokens, i, &kind) > INSULIN_ANY) s->drug[kind] = true;
    if (has_drug && (f->substance[i].n || f->combination[i].n) && is_only_kin(f, i)) s->kin_drug = t->folded;
    if (is_drug && !has_drug && s->missing_drug.n == 0) {
        size_t by = i;
        s->missing_insulin = insulin_asked(f->tokens, i, &by) > INSULIN_ANY;
        s->missing_drug = f->tokens->items[by].folded;
    }
    if (is_lab && !has_lab && !has_drug && s->missing_lab.n == 0) s->missing_lab = t->folded;
}

/* Vaccines are found in the words side by side, as documents are read. */
static enum status read_vaccines(struct arena *arena, const struct tokens *tokens, struct subject *out,
                                 struct err *err) {
    struct vaccine_named named[VACCINES_NAMED_MAX];
    size_t bytes = 0, at = 0;
    for (size_t i = 0; i < tokens->count; i++) bytes += tokens->items[i].folded.n + 1;
    char *text = arena_alloc(arena, bytes + 1);
    size_t *starts = arena_array(arena, tokens->count + 1, sizeof *starts);
    if (!text || !starts) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < tokens->count; i++) {
        struct str word = tokens->items[i].folded;
        starts[i] = at;
        if (word.n) memcpy(text + at, word.p, word.n);
        at += word.n;
        text[at++] = ' ';
    }
    enum status s = vaccines_named(arena, (struct str) { text, at }, named, &out->vaccine_count, err);
    for (size_t k = 0; s == OK && k < out->vaccine_count; k++) {
        out->vaccines[k] = named[k].against;
        for (size_t i = 0; i < tokens->count; i++) {
            bool within = starts[i] >= named[k].at && starts[i] < named[k].at + named[k].bytes;
            out->vaccine[i] |= within;
            out->shot[i] |= within && named[k].is_sure;
        }
    }
    return s;
}

static bool name_is_own(struct arena *arena, struct str name, const struct token *t) {
    struct str folded;
    if (name.n == 0 || t->folded.n < 2 || !utf8_fold(arena, name, &folded)) return false;
    while (folded.n)
        if (str_eq(names_next_word(&folded), t->folded)) return true;
    return false;
}

enum status subject_read(struct arena *arena, const struct record *record, const struct tokens *tokens,
                         struct subject *out, struct err *err) {
    *out = (struct subject) { 0 };
    struct finding f = { arena,
                         record,
                         tokens,
                         arena_array(arena, tokens->count + 1, sizeof(struct str)),
                         arena_array(arena, tokens->count + 1, sizeof(struct str)),
                         arena_array(arena, record->fact_count + 1, sizeof(int)),
                         out };
    bool germs = germ_is_asked(tokens);
    out->drug = arena_array(arena, tokens->count + 1, 1);
    out->lab = arena_array(arena, tokens->count + 1, 1);
    out->fact = arena_array(arena, record->fact_count + 1, 1);
    out->own = arena_array(arena, tokens->count + 1, 1);
    out->vaccine = arena_array(arena, tokens->count + 1, 1);
    out->shot = arena_array(arena, tokens->count + 1, 1);
    if (!f.naming || !f.substance || !f.combination || !out->drug || !out->lab || !out->fact || !out->own ||
        !out->vaccine || !out->shot)
        return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < tokens->count; i++)
        out->own[i] = name_is_own(arena, record->first_name, &tokens->items[i]) ||
                      name_is_own(arena, record->last_name, &tokens->items[i]);
    for (size_t i = 0; i < tokens->count; i++) {
        if (!may_name(&tokens->items[i]) || words_is_common(tokens->items[i].folded)) continue;
        f.substance[i] = names_substance(tokens->items[i].folded, true);
        f.combination[i] = combination_of(tokens->items[i].folded, true);
    }
    for (size_t k = 0; k < record->fact_count; k++) {
        const struct fact *fact = &record->facts[k].fact;
        if (is_asked_type(fact) && (germs || !germ_is_row(arena, fact))) f.naming[k] = naming(&f, fact);
    }
    for (size_t i = 0; i < tokens->count; i++) read_token(&f, i);
    return read_vaccines(arena, tokens, out, err);
}
