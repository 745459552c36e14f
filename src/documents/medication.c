#include "documents/medication.h"

#include "documents/date_fr.h"
#include "documents/dosage_match.h"

/* In percent of a word's height: steps between lines of one entry, and how much deeper a line is that belongs to the one above. */
enum { STEP_TIGHT = 175, STEP_NEAR = 260, STEP_FAR = 360, INDENT_PERCENT = 60 };
enum { CONDITION_TOKENS_MAX = 9, ENTRY_LINES_MAX = 8, NAME_WORDS_MAX = 6 };

bool medication_fill(struct arena *arena, const struct dosage *d, struct fact *f) {
    f->strength = d->strength;
    f->form = d->form;
    f->route = d->route;
    f->instruction = d->instruction;
    if (d->stopped) {
        f->dose = f->frequency = f->duration = f->renewals = STR("");
        return dosage_join(arena, STR(MEDICATION_STOPPED), " : ", d->instruction, &f->instruction);
    }
    f->dose = d->dose;
    f->frequency = d->frequency;
    f->duration = d->duration;
    f->renewals = d->renewals;
    return true;
}

static bool has_strong_evidence(const struct dosage *d, bool marked) {
    if (d->strength.n && (d->form.n || d->dose.n || d->frequency.n || d->duration.n || marked)) return true;
    if (d->dose.n && (d->frequency.n || d->duration.n)) return true;
    return d->form.n && (d->dose.n || d->frequency.n);
}

/* "1 sachet", no "16 mL": what a measure of anything may be. */
static bool is_counted(struct str dose) {
    static const char *const measures[] = { "ml", "mL", "g", "G", "mg", "µg", "L", "l", "cm", "mm" };
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        struct str unit = str_from_c(measures[i]);
        size_t at = dose.n > unit.n ? dose.n - unit.n - 1 : 0;
        if (dose.n > unit.n && str_ends(dose, unit) && !is_ascii_letter(dose.p[at])) return false;
    }
    return dose.n > 0;
}

/* A name that the list does not have, off a prescription. */
static bool is_surely_taken(const struct dosage *d, bool marked) {
    bool counted = is_counted(d->dose);
    return (counted && (d->frequency.n || d->duration.n || d->form.n)) ||
           (d->form.n && d->strength.n && has_strong_evidence(d, marked));
}

static bool is_accepted(const struct tokens *t, const struct drug_line *l, const struct dosage *d, size_t to,
                        bool prescribes) {
    if (l->stopped || d->stopped) return l->known || d->strength.n;
    if (!l->known)
        return l->name_to - l->name_from <= NAME_WORDS_MAX &&
               (prescribes ? has_strong_evidence(d, l->marked) : is_surely_taken(d, l->marked));
    if (l->told && !prescribes && !d->strength.n && !d->dose.n && !d->frequency.n)
        return false; /* "renouvelé pour 6 mois, même dose" tells no other one */
    if (d->strength.n || d->form.n || dosage_is_given(d)) return true;
    bool alone = l->name_to == to || (l->name_to + 1 == to && t->items[l->name_to].kind == TOKEN_SIGN);
    return prescribes && (l->marked || alone || d->renewals.n);
}

/* Where the next drug of the same line begins (", RAMIPRIL 5 mg"), or `to`. */
static size_t next_drug(const struct tokens *t, size_t from, size_t to, bool tolerant, bool stopped) {
    struct drug_line l;
    for (size_t i = from + 1; i < to; i++) {
        if (!token_is_sign(t, i - 1, ',') && !token_is_sign(t, i - 1, ';')) continue;
        if (!drug_line_start(t, i, tolerant, &l) || !l.known || l.name_from != i) continue;
        if (stopped) return i; /* "Arrêter : amlodipine, diclofénac" */
        if (match_strength(t, l.name_to) > l.name_to || match_dose(t, l.name_to) > l.name_to ||
            match_rate(t, l.name_to) > l.name_to)
            return i;
    }
    return to;
}

/* "non arrêtée. Prédnisone 50 mg …": the next sentence is of something else. */
static size_t sentence_end(const struct tokens *t, size_t from) {
    for (size_t i = from; i + 1 < t->count; i++)
        if (i && token_is_sign(t, i, '.') && !t->items[i + 1].glued && t->items[i + 1].kind == TOKEN_WORD &&
            !token_is_lower(t, i + 1) && t->items[i - 1].text.n > 3)
            return i;
    return t->count;
}

/* Makes facts of tokens from..; *made counts them. */
static bool add_entry(struct arena *arena, const struct sheet *s, size_t first, size_t last,
                      const struct tokens *t, size_t from, bool prescribes, struct fact_list *out,
                      size_t *made) {
    bool stopped = false;
    while (from < t->count) {
        struct drug_line l;
        struct dosage d;
        struct fact f = { .type = FACT_MEDICATION };
        if (!drug_line_start(t, from, s->tolerant, &l)) return true;
        l.stopped |= stopped;
        size_t end = l.told ? sentence_end(t, l.name_to) : t->count,
               to = next_drug(t, l.name_to, end, s->tolerant, l.stopped);
        if (!dosage_read(arena, t, l.name_to, to, DOSAGE_PRODUCT, &d)) return false;
        d.stopped |= l.stopped;
        if (d.dose.n == 0 && l.dose_to) d.dose = tokens_text(t, l.dose_from, l.dose_to);
        stopped = l.stopped;
        if (!is_accepted(t, &l, &d, to, prescribes)) return true;
        f.name = tokens_text(t, l.name_from, l.name_to);
        if (!medication_fill(arena, &d, &f) || !fact_place(arena, s->page, first, last, &f) ||
            !fact_list_add(out, &f))
            return false;
        (*made)++;
        from = to == end ? t->count : to;
    }
    return true;
}

static int32_t left_of(const struct sheet *s, size_t line) {
    return s->page->lines[line].box.x;
}

/* True if tokens of a line say how to take something. */
static bool says_how(struct arena *arena, const struct tokens *t, bool *only_span) {
    struct dosage d;
    if (!dosage_read(arena, t, 0, t->count, DOSAGE_TAKING, &d)) return false;
    *only_span =
        (d.duration.n || d.renewals.n) && !d.dose.n && !d.frequency.n && !d.route.n && !d.instruction.n;
    return dosage_is_given(&d) || d.renewals.n || d.route.n || match_clause(t, 0) > 0;
}

/* Words that end an entry: a doctor, an address, a date, a device or test, a line of headings. */
static bool is_foreign(const struct tokens *t) {
    struct date_found date;
    if (t->count == 0) return true;
    size_t first = t->items[0].kind == TOKEN_SIGN && t->count > 1 ? 1 : 0;
    if (token_has(t, first, WORD_DEVICE | WORD_DOCTOR | WORD_CIVILITY | WORD_HOUSE | WORD_STREET))
        return true;
    if (date_fr_next(t, 0, &date) && (date.from == 0 || token_is(t, date.from - 1, "le")) && t->count < 12)
        return true;
    return token_is_sign(t, t->count - 1, ':') && t->count < 8;
}

/* A drug of its own: known, marked, or with its strength on the line. */
static bool begins_entry(struct arena *arena, const struct tokens *t, bool tolerant) {
    struct drug_line l;
    struct dosage d;
    if (!drug_line_start(t, 0, tolerant, &l)) return false;
    if (l.known || l.marked || l.stopped) return true;
    return dosage_read(arena, t, l.name_to, t->count, DOSAGE_PRODUCT, &d) && has_strong_evidence(&d, false);
}

static bool ends_open(const struct tokens *t) {
    return t->count && (token_has(t, t->count - 1, WORD_LINK) || token_is_sign(t, t->count - 1, ',') ||
                        token_is_sign(t, t->count - 1, '-') || token_is_sign(t, t->count - 1, '/') ||
                        token_is_sign(t, t->count - 1, ':'));
}

/* Does line i go on with the entry of lines first..i-1? `given`: that one already says how its drug is taken. */
static bool goes_on(struct arena *arena, const struct sheet *s, size_t first, size_t i, bool given) {
    const struct tokens *t = &s->tokens[i].tokens;
    int step = sheet_step_percent(s, i - 1), near = s->usual_step * 11 / 10, far = s->usual_step * 14 / 10;
    if (near < STEP_NEAR) near = STEP_NEAR;
    if (far < STEP_FAR) far = STEP_FAR;
    if (s->claimed[i] || s->page->lines[i].repeated || step > far || (step > near && given)) return false;
    if (sheet_table_at(s, i) || is_foreign(t) || begins_entry(arena, t, s->tolerant)) return false;
    int32_t indent = left_of(s, i) - left_of(s, first);
    bool deeper = indent * 100 > s->page->word_height * INDENT_PERCENT,
         outside = indent < -2 * s->page->word_height;
    bool only_span = false, how = says_how(arena, t, &only_span), lower = token_is_lower(t, 0);
    bool lead = t->items[0].kind != TOKEN_WORD || token_has(t, 0, WORD_LEAD | WORD_COUNT_WORD);
    if (outside && !lower) return false;
    if (how) {
        if (!given) return true;
        return deeper || lower || (lead && !only_span);
    }
    if (step > STEP_TIGHT) return false;
    return ends_open(&s->tokens[i - 1].tokens) || lower ||
           (deeper && s->page->lines[i].cell_count == 1 && !outside);
}

static bool entry_given(struct arena *arena, const struct sheet *s, size_t first, size_t last) {
    struct tokens t;
    struct drug_line l;
    struct dosage d;
    if (!sheet_join_lines(arena, s, first, last, &t) || !drug_line_start(&t, 0, s->tolerant, &l))
        return false;
    return dosage_read(arena, &t, l.name_to, t.count, DOSAGE_PRODUCT, &d) && dosage_is_given(&d);
}

/* "Traitement habituel : …", "traité par metformine": where a drug may begin inside a line, or count. */
static size_t find_inside(const struct tokens *t) {
    static const char *const leads[] = { "traite par", "traitee par", "traitement par", "mis sous",
                                         "mise sous",  "est sous",    "prend du" };
    struct drug drug;
    size_t colon = 0;
    if (token_in(t, 0, "traitement traitements medicaments ttt tt treatment"))
        while (colon < t->count && !token_is_sign(t, colon, ':')) colon++;
    if (colon && colon + 1 < t->count && colon < 8) return colon + 1;
    for (size_t i = 0; i + 2 < t->count; i++) {
        for (size_t k = 0; k < COUNT_OF(leads); k++) {
            size_t at = tokens_match(t, i, leads[k]);
            if (at > i && drug_list_match(t, at, false, &drug) > at && !(i && token_is(t, i - 1, "non")))
                return at;
        }
    }
    return t->count;
}

/* "En cas de crise : …", "Si douleur : …": when what stands behind the colon is taken; 0: the line begins otherwise. */
static size_t behind_condition(const struct tokens *t) {
    size_t colon = 0;
    if (!token_is(t, 0, "si") && !token_in(t, 0, "phase") && tokens_match(t, 0, "en cas") == 0) return 0;
    while (colon < t->count && !token_is_sign(t, colon, ':')) colon++;
    struct drug_line l;
    bool drug = colon <= CONDITION_TOKENS_MAX && drug_line_start(t, colon + 1, false, &l) &&
                (l.known || token_is(t, 0, "phase"));
    return drug ? colon + 1 : 0;
}

/* A drug that running text says the patient takes. */
static bool read_inside(struct arena *arena, struct sheet *s, size_t i, struct fact_list *out) {
    const struct tokens *t = &s->tokens[i].tokens;
    size_t condition = behind_condition(t), from = condition ? condition : find_inside(t), made = 0,
           before = out->count;
    struct drug_line l;
    if (from >= t->count || !drug_line_start(t, from, s->tolerant, &l) || !(l.known || condition))
        return true;
    if (!add_entry(arena, s, i, i, t, from, true, out, &made)) return false;
    for (size_t k = before; k < out->count && condition; k++)
        if (!dosage_join(arena, tokens_text(t, 0, condition - 1), ", ", out->items[k].instruction,
                         &out->items[k].instruction))
            return false;
    if (made) {
        s->claimed[i] = true;
        return true;
    }
    struct fact f = { .type = FACT_MEDICATION, .name = tokens_text(t, l.name_from, l.name_to) };
    struct dosage d;
    if (!dosage_read(arena, t, l.name_to, t->count, DOSAGE_PRODUCT, &d) || !medication_fill(arena, &d, &f))
        return false;
    s->claimed[i] = true;
    return fact_place(arena, s->page, i, i, &f) && fact_list_add(out, &f);
}

bool medication_read(struct arena *arena, struct sheet *s, bool prescribes, struct fact_list *out) {
    if (!medication_read_tables(arena, s, out)) return false;
    for (size_t i = 0; i < s->page->count; i++) {
        struct drug_line l;
        struct tokens t;
        size_t last = i, made = 0;
        if (s->claimed[i] || s->page->lines[i].repeated || sheet_table_at(s, i)) continue;
        if (!drug_line_start(&s->tokens[i].tokens, 0, s->tolerant, &l)) {
            if (!read_inside(arena, s, i, out)) return false;
            continue;
        }
        bool given = entry_given(arena, s, i, i);
        while (last + 1 < s->page->count && last + 1 - i < ENTRY_LINES_MAX &&
               goes_on(arena, s, i, last + 1, given)) {
            last++;
            given = given || entry_given(arena, s, i, last);
        }
        if (!sheet_join_lines(arena, s, i, last, &t)) return false;
        if (!add_entry(arena, s, i, last, &t, 0, prescribes, out, &made)) return false;
        if (!made) {
            if (!read_inside(arena, s, i, out)) return false;
            continue;
        }
        sheet_claim(s, i, last);
        i = last;
    }
    return true;
}
