#include "rag/bearing.h"

#include "base/utf8.h"
#include "language/names.h"
#include "language/typo.h"
#include "language/words.h"
#include "rag/apart.h"
#include "rag/rag_words.h"

/* Shorter ones are more often spelling than meaning. */
enum { UNEXPLAINED_LETTERS_MIN = 4 };

enum { HEAD_BYTES = 300, SPECIALIST_HEAD_BYTES = 120 };

bool bearing_holds(const struct draft *d, const struct tokens *text, size_t word) {
    const struct token *asked = &d->tokens->items[word];
    for (size_t i = 0; i < text->count; i++)
        if (str_eq(text->items[i].stem, asked->stem) || typo_is_near(asked->folded, text->items[i].folded) ||
            (expand_says(&d->names, word, text->items[i].stem) && !expand_is_form(text->items[i].folded)))
            return true;
    return false;
}

bool bearing_names_specialist(const struct draft *d, size_t word) {
    const struct named *n = expand_named(&d->names, word);
    for (size_t k = 0; n && k < n->concept_count; k++) {
        const struct concept *concept = expand_concept(&d->names, n, k);
        for (size_t i = 0; i < concept->same; i++)
            if (str_find(concept->stems[i], STR("olog")) < concept->stems[i].n) return true;
    }
    return false;
}

struct str bearing_letterhead(const struct draft *d, struct str text, size_t word) {
    return utf8_prefix(text, bearing_names_specialist(d, word) ? SPECIALIST_HEAD_BYTES : HEAD_BYTES);
}

/* The letterhead, here or on another paper of the same author, says whom one is to meet: "Cabinet dentaire". */
static enum status letterhead_bears(struct draft *d, const struct record_document *doc, size_t word,
                                    bool *bears) {
    for (size_t i = 0, last = SIZE_MAX; i < d->record->chunk_count && !*bears; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        const struct record_document *of = &d->record->documents[c->document];
        bool first = c->document != last,
             same = of == doc || (doc->author.n && str_eq(of->author, doc->author));
        const struct str texts[] = { c->heading, bearing_letterhead(d, c->text, word) };
        last = c->document;
        for (size_t k = 0; first && same && !*bears && k < COUNT_OF(texts); k++) {
            struct tokens t;
            enum status s = text_tokens(d->reader, d->arena, texts[k], TEXT_DOCUMENT, &t, d->err);
            if (s != OK) return s;
            *bears = bearing_holds(d, &t, word);
        }
    }
    return OK;
}

enum status bearing_source(struct draft *d, const struct rag_source *source, size_t word, bool *bears) {
    const struct record_document *doc = NULL;
    struct tokens t;
    for (size_t i = 0; i < d->record->document_count; i++)
        if (d->record->documents[i].id == source->document_id) doc = &d->record->documents[i];
    const struct str texts[] = { source->quote, source->title, doc ? doc->author : STR("") };
    for (size_t i = 0; i < COUNT_OF(texts) && !*bears; i++) {
        enum status s = text_tokens(d->reader, d->arena, texts[i], TEXT_DOCUMENT, &t, d->err);
        if (s != OK) return s;
        *bears = bearing_holds(d, &t, word);
    }
    return !*bears && doc && d->reading->intent == INTENT_APPOINTMENTS ? letterhead_bears(d, doc, word, bears)
                                                                       : OK;
}

static bool is_acronym(struct str typed) {
    size_t capitals = 0;
    for (size_t i = 0; i < typed.n; i++) capitals += typed.p[i] >= 'A' && typed.p[i] <= 'Z';
    return typed.n >= 3 && capitals == typed.n;
}

/* Who asks when something is to be done, or was prescribed, names it: another appointment is no answer to "mon détartrage est prévu quand". */
static bool names_what_is_dated(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    const struct named *n = expand_named(&d->names, i);
    bool unexplained = d->reading->other[i] && t->folded.n >= UNEXPLAINED_LETTERS_MIN;
    if (d->reading->intent == INTENT_PRESCRIBER) return unexplained;
    if (d->reading->intent != INTENT_APPOINTMENTS || t->stop || t->number || d->when->tokens[i] ||
        d->subject->own[i])
        return false;
    for (size_t k = 0; n && k < n->concept_count; k++)
        if (expand_concept(&d->names, n, k)->everyday) return false;
    /* Blood goes without saying: "ma prochaine prise de sang" is the next control. */
    for (size_t k = n ? n->first : 1; k <= (n ? n->last : 0); k++)
        if (specimen_of_word(d->tokens->items[k].folded) == SPECIMEN_BLOOD) return false;
    return n || d->subject->lab[i] || d->subject->drug[i];
}

static bool tells_value(enum intent intent) {
    return intent == INTENT_LAB_VALUE || intent == INTENT_LAB_HISTORY;
}

static bool tells_medicine(enum intent intent) {
    return intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS || intent == INTENT_CURRENT_MEDICATION ||
           intent == INTENT_LAST_PRESCRIPTION || intent == INTENT_PRESCRIBER;
}

/* "Test au …", "with the …", "après les 5 …": what it was measured with, or after. */
static bool says_with_what(const struct draft *d, size_t i) {
    const struct token *t = d->tokens->items;
    size_t before = i;
    while (before && (t[before - 1].stop || t[before - 1].number) &&
           !str_in_words(t[before - 1].folded, "with avec after"))
        before--;
    return before && word_in(t[before - 1].folded, &words_provoked);
}

/* "Le test au Synacthène", "le sucre avec le glucose": another test than the one that has a value; "la ferritine après le fer": no medicine. */
static bool names_another_kind(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    bool drug = d->subject->drug[i], lab = d->subject->lab[i];
    if (t->stop || t->number || d->when->tokens[i] || d->subject->own[i] || words_is_common(t->folded))
        return false;
    if (tells_value(d->reading->intent))
        return (drug && !lab) || ((drug || d->reading->other[i]) &&
                                  (says_with_what(d, i) || is_acronym(token_source(d->question->text, t))));
    return tells_medicine(d->reading->intent) && lab && !drug;
}

bool bearing_is_of_another_kind(const struct draft *d, const struct tokens *text) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (names_another_kind(d, i) && !bearing_holds(d, text, i)) return true;
    return false;
}

/* A disease, an acronym, and what other passages of the record speak of: what is asked about, whichever way it is put. */
static bool needs_bearing(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    bool acronym = is_acronym(token_source(d->question->text, t)) && names_panel(t->folded).n == 0 &&
                   !d->subject->drug[i];
    /* "Hémoglobine F" is another value. */
    bool fraction = i && str_in_words(t->folded, "f a2") &&
                    names_lab(d->tokens->items[i - 1].folded) == names_lab(STR("hemoglobine"));
    if (d->reading->disease[i] || acronym || fraction || names_what_is_dated(d, i) ||
        names_another_kind(d, i))
        return true;
    if (!d->reading->other[i] || t->folded.n < UNEXPLAINED_LETTERS_MIN || names_lab(t->folded)) return false;
    /* "Combien d'unités": the dose says "18 UI". */
    if (d->reading->intent == INTENT_DOSAGE && str_in_words(t->folded, "unite unites unit units"))
        return false;
    return postings_find(&d->record->postings, text_hash(t->stem), t->stem) != NULL;
}

/*
 * A word of the question that none of our tables explains must stand in what is cited: the fasting value is no answer to "la glycémie HGPO", nor
 * the dose of a medicine to what it does to the bones.
 */
static enum status drop_unexplained(struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++) {
        bool asked = needs_bearing(d, i), bears = false;
        for (size_t k = 0; asked && !bears && k < d->out->source_count; k++) {
            enum status s = bearing_source(d, &d->out->sources[k], i, &bears);
            if (s != OK) return s;
        }
        if (!asked || bears) continue;
        draft_clear(d);
        return OK;
    }
    return OK;
}

/* What a report is said to have found must stand there: "pour avis et ECG" is no finding, nor is a scan of another month the one of May. */
static enum status drop_unmet(struct draft *d) {
    if (d->reading->intent != INTENT_DIAGNOSES || !d->demands.asked[DEMAND_OUTCOME]) return OK;
    for (size_t i = 0; i < d->out->source_count; i++) {
        const struct rag_source *s = &d->out->sources[i];
        bool in_time =
            !d->when->said || d->when->future || s->document_id == 0 || when_holds(d->when, s->date);
        if (in_time && demand_is_met(d->reader, d->arena, &d->demands, s->quote, s->date)) return OK;
    }
    draft_clear(d);
    return OK;
}

/* "La 3e dose": where only two stand, or one, it was not given. */
static enum status drop_missing_rank(struct draft *d) {
    if (d->reading->intent != INTENT_VACCINES) return OK;
    for (size_t i = 0; i < d->tokens->count; i++) {
        int rank = apart_rank_at(d->tokens, i);
        bool stands = rank == 0 || d->out->source_count >= (size_t)rank;
        for (size_t k = 0; k < d->out->source_count && !stands; k++) {
            struct tokens t;
            enum status s =
                text_tokens(d->reader, d->arena, d->out->sources[k].quote, TEXT_DOCUMENT, &t, d->err);
            if (s != OK) return s;
            for (size_t w = 0; w < t.count; w++) stands |= apart_rank_at(&t, w) == rank;
        }
        if (stands) continue;
        draft_clear(d);
        return OK;
    }
    return OK;
}

/* "Iodine" is "iode": names of one thing in two languages mostly begin alike. "Aucune" is said of all. */
static bool allergy_bears(const struct draft *d, struct str word) {
    enum { ALIKE_LETTERS = 3 };
    for (size_t i = 0; i < d->out->source_count; i++) {
        struct str folded, rest;
        if (!utf8_fold(d->arena, d->out->sources[i].quote, &folded)) return false;
        for (rest = folded; rest.n;) {
            struct str noted = str_next_word(&rest, " ,;:()/-\n'");
            if (str_starts(noted, str_sub(word, 0, ALIKE_LETTERS)) || str_starts(noted, STR("aucun")))
                return true;
        }
    }
    return false;
}

/* "Allergique aux crevettes": where the list names other things, it is not said; "le test" must stand there too. */
static enum status drop_unlisted_allergen(struct draft *d) {
    const struct tokens *t = d->tokens;
    enum status s = OK;
    if (d->reading->intent != INTENT_ALLERGIES || d->subject->names_drug) return OK;
    for (size_t i = 0; i < t->count && s == OK && d->text->n; i++) {
        struct str word = t->items[i].folded;
        bool test = str_in_words(word, "test tests prick"),
             named = i > 1 && str_starts(t->items[i - 2].folded, STR("allerg")) &&
                     word_in(t->items[i - 1].folded, &words_before_allergen) && !t->items[i].stop &&
                     !words_is_common(word) && !str_starts(word, STR("medic")) &&
                     !str_starts(word, STR("alim"));
        bool bears = (!test && !named) || (named && allergy_bears(d, word));
        for (size_t k = 0; k < d->out->source_count && !bears && s == OK; k++)
            s = bearing_source(d, &d->out->sources[k], i, &bears);
        if (!bears) draft_clear(d);
    }
    return s;
}

/* "Mon taux de vitamine D" where no value of that name is known: all the others are no answer. */
static bool names_unknown_value(const struct draft *d) {
    const struct tokens *t = d->tokens;
    bool dose = d->reading->intent == INTENT_DOSAGE && !d->subject->names_drug;
    if ((d->reading->intent != INTENT_LAB_VALUE && !dose) || d->subject->names_lab) return false;
    for (size_t i = 0; i + 2 < t->count; i++) {
        size_t next = i + 1;
        if (!str_in_words(t->items[i].folded, "taux dosage niveau")) continue;
        while (next + 1 < t->count && t->items[next].stop) next++;
        if (next > i + 1 && !t->items[next].stop && specimen_of_word(t->items[next].folded) == SPECIMEN_NONE)
            return true;
    }
    return false;
}

/* "Combien de temps …" of what is no medicine: the doses of all medicines are no answer. */
static bool lacks_medicine(const struct draft *d) {
    const struct intent_reading *r = d->reading;
    return r->intent == INTENT_DOSAGE && !d->subject->names_drug && !r->from_context &&
           !r->subject_from_context && !d->demands.said[SAID_MEDICINE];
}

/* "Comment je dois laver …", "la hernie peut revenir": neither a visit nor a time is asked for. */
static bool lacks_visit(const struct draft *d) {
    const bool *asked = d->demands.asked, *said = d->demands.said;
    if (d->reading->intent != INTENT_APPOINTMENTS || d->reading->from_context || d->when->said) return false;
    if (asked[DEMAND_DAY] || asked[DEMAND_CLOCK] || asked[DEMAND_NEXT] || asked[DEMAND_PLACE] ||
        asked[DEMAND_PERSON])
        return false;
    return !said[SAID_VISIT] && !(said[SAID_RETURN] && said[SAID_SELF]);
}

/* "Ma glycémie de contrôle": where the value was measured once, it was not measured again. */
static bool lacks_repeat(const struct draft *d) {
    size_t values = 0;
    if (d->reading->intent != INTENT_LAB_VALUE || !d->demands.asked[DEMAND_REPEAT]) return false;
    for (size_t i = 0; i < d->record->fact_count; i++)
        values += d->subject->fact[i] && d->record->facts[i].fact.type == FACT_LAB_VALUE;
    for (size_t i = 0; i < d->out->source_count; i++)
        if (demand_is_met(d->reader, d->arena, &d->demands, d->out->sources[i].title, (struct date) { 0 }))
            return false;
    return values < 2;
}

/* "Pendant combien de temps": doses without a duration are no answer. Shown by one line, that of what was asked about. */
static enum status drop_undated_doses(struct draft *d) {
    enum intent intent = d->reading->intent;
    bool asked = d->demands.asked[DEMAND_DURATION] && d->subject->names_drug &&
                 (intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS);
    for (size_t i = 0; i < d->out->source_count && asked; i++) {
        struct str quote = d->out->sources[i].quote;
        struct tokens t;
        uint32_t shown;
        enum status s = text_tokens(d->reader, d->arena, quote, TEXT_DOCUMENT, &t, d->err);
        if (s == OK) s = demand_look(d->books->demands, d->arena, quote, &t, &shown, d->err);
        if (s != OK) return s;
        asked = !(shown >> SHOWN_DURATION & 1) || apart_lacks_occasion(d->tokens, &t);
    }
    if (asked) draft_clear(d);
    return OK;
}

/* "À quelle heure est mon rendez-vous": days without an hour are no answer. */
static bool lacks_hour(const struct draft *d, uint32_t shown) {
    bool asked = d->reading->intent == INTENT_APPOINTMENTS && d->demands.asked[DEMAND_CLOCK] &&
                 !d->demands.asked[DEMAND_DAY];
    return asked && !(shown >> SHOWN_CLOCK & 1);
}

/* "Quand est-ce que j'arrête": of a medicine that is named one line says it, of a treatment all lines do. */
static enum status drop_without_end(struct draft *d) {
    size_t hours = 0, ends = 0, count = d->out->source_count;
    for (size_t i = 0; i < count; i++) {
        struct tokens t;
        uint32_t shown;
        struct str quote = d->out->sources[i].quote;
        enum status s = text_tokens(d->reader, d->arena, quote, TEXT_DOCUMENT, &t, d->err);
        if (s == OK) s = demand_look(d->books->demands, d->arena, quote, &t, &shown, d->err);
        if (s != OK) return s;
        hours += !lacks_hour(d, shown);
        ends += !tells_medicine(d->reading->intent) || !apart_lacks_end(d->tokens, quote, &t);
    }
    if (count && (hours == 0 || ends < (d->subject->names_drug ? 1 : count))) draft_clear(d);
    return OK;
}

enum status bearing_check(struct draft *d) {
    if (d->text->n && (names_unknown_value(d) || lacks_medicine(d) || lacks_visit(d) || lacks_repeat(d)))
        draft_clear(d);
    enum status s = d->text->n ? drop_unexplained(d) : OK;
    if (s == OK && d->text->n) s = drop_unmet(d);
    if (s == OK && d->text->n) s = drop_undated_doses(d);
    if (s == OK && d->text->n) s = drop_unlisted_allergen(d);
    if (s == OK && d->text->n) s = drop_without_end(d);
    return s == OK && d->text->n ? drop_missing_rank(d) : s;
}
