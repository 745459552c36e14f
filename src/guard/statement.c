#include "guard/statement.h"

#include "guard/guard_words.h"
#include "language/names.h"

enum { BEHIND_WORDS_MAX = 4, NEAR_WORDS_MAX = 3 };

static const char *const turns[TURN_COUNT] = {
    [TURN_STOP] =
        "arreter arretez arrete arrets arret stopper stop suspendre suspendu suspendez interrompre interrompu interrompez cesser cessez",
    [TURN_GO_ON] = "continuer continuez continue poursuivre poursuivez poursuite",
    [TURN_MORE] =
        "augmenter augmentez augmente augmentee augmentation doubler doublez doublement majorer majoration",
    [TURN_LESS] = "diminuer diminuez diminue diminution reduire reduisez reduit reduction baisser baisse",
    [TURN_AVOID] =
        "eviter evitez interdit interdite interdits proscrire proscrit indique indiquee deconseille deconseillee",
    [TURN_BEFORE] = "avant before",
    [TURN_AFTER] = "apres after",
    [TURN_DURING] = "pendant durant cours milieu during",
    [TURN_FASTING] = "jeun fasting",
    [TURN_MORNING] = "matin matins matinee morning suba",
    [TURN_NOON] = "midi noon dejeuner",
    [TURN_EVENING] = "soir soirs evening diner ngoon",
    [TURN_NIGHT] = "coucher nuit nuits bedtime night guddi",
    [TURN_LEFT] = "gauche gauches left",
    [TURN_RIGHT] = "droite droites droit droits right",
    [TURN_NORMAL] = "normal normale normaux normales normalement",
    [TURN_HIGH] = "eleve elevee eleves elevees haut haute hauts hautes trop dessus high",
    [TURN_LOW] = "bas basse basses faible faibles insuffisant insuffisante dessous low",
    [TURN_POSITIVE] = "positif positive positifs positives",
    [TURN_NEGATIVE] = "negatif negative negatifs negatives",
    [TURN_BENIGN] = "benin benigne benins benignes",
    [TURN_MALIGNANT] = "malin maligne malins malignes cancereux cancereuse",
    [TURN_MAY] = "peut peuvent pouvez pouvons possible autorise autorisee permis permise may can",
    [TURN_DANGER] =
        "danger dangereux dangereuse grave graves gravite inquietant inquietante rassurant rassurante risque risques urgent urgence",
    [TURN_ALLERGY] = "allergie allergies allergique allergiques",
    [TURN_MONDAY] = "lundi lundis monday",
    [TURN_TUESDAY] = "mardi mardis tuesday",
    [TURN_WEDNESDAY] = "mercredi mercredis wednesday",
    [TURN_THURSDAY] = "jeudi jeudis thursday",
    [TURN_FRIDAY] = "vendredi vendredis friday",
    [TURN_SATURDAY] = "samedi samedis saturday",
    [TURN_SUNDAY] = "dimanche dimanches sunday",
    [TURN_NOT] = "ne n pas sans aucun aucune jamais ni non not no without never absence absent absente",
    [TURN_IF] = "si cas sauf seulement uniquement besoin condition if unless only except",
};

bool statement_turn_is_mark(enum statement_turn turn) {
    return turn == TURN_NOT || turn == TURN_IF || turn == TURN_STOP || turn == TURN_AVOID ||
           turn == TURN_ALLERGY;
}

static bool is_word_of(struct str folded, enum statement_turn turn) {
    return turns[turn] && str_in_words(folded, turns[turn]);
}

static struct str folded_at(const struct statement *s, size_t i) {
    return i < s->tokens.count ? s->tokens.items[i].folded : (struct str) { "", 0 };
}

/* "pendant les repas", not "pendant 3 mois" (a length) nor "au cours du suivi". */
static bool is_during_meal(const struct statement *s, size_t i) {
    for (size_t k = i + 1; k <= i + NEAR_WORDS_MAX && k < s->tokens.count; k++)
        if (word_in(s->tokens.items[k].folded, &words_meal)) return true;
    return false;
}

/* "valeurs normales", "normale inférieure à 6": the range is named, nothing is judged. */
static bool names_range(const struct statement *s, size_t i) {
    bool behind = i + 1 < s->tokens.count &&
                  (s->tokens.items[i + 1].number || word_in(folded_at(s, i + 1), &words_range_behind));
    return behind || (i && word_in(folded_at(s, i - 1), &words_range_before));
}

/* "1,42 g/l (0,70-1,10) H": the laboratory's own judgement. */
static enum statement_turn flag_of(const struct statement *s, size_t i) {
    struct str source = token_source(s->text, &s->tokens.items[i]);
    size_t end = s->tokens.items[i].at + source.n;
    bool last = end == s->text.n || strchr("\n;", s->text.p[end]) ||
                (i + 1 < s->tokens.count && s->tokens.items[i + 1].sentence_start);
    if (!last) return TURN_NONE;
    if (str_eq(source, STR("H"))) return TURN_HIGH;
    return str_eq(source, STR("L")) || str_eq(source, STR("B")) ? TURN_LOW : TURN_NONE;
}

static enum statement_turn turn_of(const struct statement *s, size_t i) {
    struct str folded = s->tokens.items[i].folded;
    enum statement_turn found = flag_of(s, i);
    /* "contre-indiqué" alone forbids; "le document indique" does not. */
    if (str_starts(folded, STR("indique")))
        return i && str_eq(folded_at(s, i - 1), STR("contre")) ? TURN_AVOID : TURN_NONE;
    for (int t = TURN_NONE + 1; t < TURN_COUNT && found == TURN_NONE; t++)
        if (is_word_of(folded, (enum statement_turn)t)) found = (enum statement_turn)t;
    if (found == TURN_AFTER && i && str_eq(folded_at(s, i - 1), STR("d"))) return TURN_NONE; /* "d'après" */
    if (found == TURN_DURING && !is_during_meal(s, i)) return TURN_NONE;
    if (found == TURN_NORMAL && names_range(s, i)) return TURN_NONE;
    return found;
}

static bool is_capital(struct str text, const struct token *t) {
    return t->bytes > 2 && text.p[t->at] >= 'A' && text.p[t->at] <= 'Z';
}

/* "Zyxol 10 mg": a name with a strength is a medicine, whatever lists say. */
static bool has_strength(const struct statement *s, size_t i) {
    if (i + 2 >= s->tokens.count || !s->tokens.items[i + 1].number || s->tokens.items[i + 1].clause_start)
        return false;
    return word_in(s->tokens.items[i + 2].folded, &words_strength_unit) &&
           is_capital(s->text, &s->tokens.items[i]);
}

static uint32_t subject_of(const struct statement *s, size_t i) {
    const struct token *t = &s->tokens.items[i];
    if (t->number || t->stop) return 0;
    int lab = names_lab(t->folded);
    if (lab) return (uint32_t)lab;
    bool acid = i && str_eq(s->tokens.items[i - 1].folded, STR("acide"));
    bool drug = acid || (names_is_drug(t->folded) && !names_is_shared(t->folded)) ||
                names_ends_like_drug(t->folded) || has_strength(s, i);
    return drug ? text_hash(t->folded) | UINT32_C(0x80000000) : 0; /* never the number of a value */
}

static bool starts_item(struct str line) {
    size_t digits = 0;
    while (digits < line.n && is_digit(line.p[digits])) digits++;
    if (digits) return digits < line.n && strchr(".)-/", line.p[digits]) != NULL;
    return line.n == 0 || strchr("-*>", line.p[0]) != NULL || (line.p[0] >= 'A' && line.p[0] <= 'Z') ||
           (unsigned char)line.p[0] >= 0x80;
}

/* Lines that go on with the one before are joined with it: a line end would end the sentence. */
static enum status join_lines(struct arena *arena, struct str text, struct str *out, struct err *err) {
    char *p = arena_alloc(arena, text.n + 1);
    if (!p) return fail(err, E_LIMIT, NULL, "no memory for a statement");
    for (size_t i = 0; i < text.n; i++) {
        p[i] = text.p[i];
        if (text.p[i] != '\n') continue;
        struct str rest = str_sub(text, i + 1, text.n),
                   line = str_trim(str_sub(rest, 0, str_find_char(rest, '\n')));
        bool ended = i && strchr(".;:", text.p[i - 1]) != NULL;
        if (!ended && !starts_item(line)) p[i] = ' ';
    }
    *out = (struct str) { p, text.n };
    return OK;
}

/* The text between the last word of a sentence and the first of the next. */
static struct str gap_before(const struct statement *s, size_t token) {
    size_t from = s->tokens.items[token - 1].at + s->tokens.items[token - 1].bytes;
    return str_sub(s->text, from, s->tokens.items[token].at - from);
}

/* "Ne pas prendre :" and a list: what the heading says holds for each of its lines, up to an empty line. */
static void inherit_marks(struct statement *s) {
    uint32_t of_heading = 0;
    for (size_t i = 1; i < s->tokens.count; i++) {
        if (s->sentence[i] == s->sentence[i - 1]) continue;
        struct str gap = gap_before(s, i);
        size_t colon = str_find_char(gap, ':'), line = str_find_char(gap, '\n');
        bool item = str_find_char(gap, '-') < gap.n || str_find_char(gap, '*') < gap.n ||
                    str_find(gap, STR("•")) < gap.n || str_find(gap, STR("–")) < gap.n ||
                    s->tokens.items[i].number;
        if (str_find(gap, STR("\n\n")) < gap.n) of_heading = 0;
        if (colon < line && line < gap.n)
            of_heading = s->marks[s->sentence[i - 1]];
        else if (!item)
            of_heading = 0;
        s->marks[s->sentence[i]] |= of_heading;
    }
}

enum status statement_read(struct arena *arena, struct text_reader *reader, struct str text,
                           struct statement *out, struct err *err) {
    *out = (struct statement) { 0 };
    enum status s = join_lines(arena, text, &out->text, err);
    if (s == OK) s = text_tokens(reader, arena, out->text, TEXT_DOCUMENT, &out->tokens, err);
    if (s == OK)
        s = quantities_read(arena, out->text, &out->tokens, &out->quantities, &out->quantity_count, err);
    if (s != OK) return s;
    out->subject = arena_array(arena, out->tokens.count + 1, sizeof *out->subject);
    out->turn = arena_array(arena, out->tokens.count + 1, sizeof *out->turn);
    out->sentence = arena_array(arena, out->tokens.count + 1, sizeof *out->sentence);
    if (!out->subject || !out->turn || !out->sentence)
        return fail(err, E_LIMIT, NULL, "no memory for a statement");
    out->marks = arena_array(arena, out->tokens.count + 1, sizeof *out->marks);
    if (!out->marks) return fail(err, E_LIMIT, NULL, "no memory for a statement");
    uint16_t sentence = 0;
    for (size_t i = 0; i < out->tokens.count; i++) {
        if (i && out->tokens.items[i].sentence_start) sentence++;
        out->sentence[i] = sentence;
        out->subject[i] = subject_of(out, i);
        out->turn[i] = (uint8_t)turn_of(out, i);
        if (statement_turn_is_mark((enum statement_turn)out->turn[i]))
            out->marks[sentence] |= UINT32_C(1) << out->turn[i];
    }
    inherit_marks(out);
    return OK;
}

void statement_adopt_subjects(struct statement *said, const struct statement *source) {
    for (size_t i = 0; i < said->tokens.count; i++)
        for (size_t k = 0; k < source->tokens.count && !said->subject[i]; k++)
            if (source->subject[k] && str_eq(source->tokens.items[k].folded, said->tokens.items[i].folded))
                said->subject[i] = source->subject[k];
}

/* "1 comprimé de X", "2 gouttes d'Y": right behind, with "de". */
static uint32_t subject_right_behind(const struct statement *s, size_t token) {
    bool of = false;
    for (size_t i = token + 1; i < s->tokens.count && i <= token + BEHIND_WORDS_MAX; i++) {
        if (s->tokens.items[i].clause_start || s->tokens.items[i].number) break;
        if (s->subject[i]) return of ? s->subject[i] : 0;
        of |= str_in_words(s->tokens.items[i].folded, "de d of du");
    }
    return 0;
}

uint32_t statement_owner(const struct statement *s, size_t token) {
    uint32_t owner = s->tokens.items[token].number || s->turn[token] ? subject_right_behind(s, token) : 0;
    size_t at = token;
    while (!owner && at > 0 && s->sentence[at - 1] == s->sentence[token]) owner = s->subject[--at];
    for (size_t i = token + 1; !owner && i < s->tokens.count && s->sentence[i] == s->sentence[token]; i++)
        owner = s->subject[i];
    while (!owner && at > 0) owner = s->subject[--at];
    return owner;
}

bool statement_turn_is_own(uint8_t turn) {
    return turn != TURN_NONE && !statement_turn_is_mark((enum statement_turn)turn);
}

bool statement_in_figure(const struct statement *s, size_t token) {
    for (size_t i = 0; i < s->quantity_count; i++) {
        const struct quantity *q = &s->quantities[i];
        if (token >= q->first && token <= q->last + (q->unit.n > 0)) return true;
    }
    return false;
}

int statement_sentences(const struct statement *s) {
    return s->tokens.count ? s->sentence[s->tokens.count - 1] + 1 : 0;
}

bool statement_names_any(const struct statement *s) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if (s->subject[i]) return true;
    return false;
}

bool statement_tells_dose(const struct statement *s) {
    for (size_t i = 0; i < s->quantity_count; i++)
        if (quantity_is_intake(&s->quantities[i]) || s->quantities[i].sense == SENSE_MOST) return true;
    return false;
}
