#include "rag/statement.h"

#include "rag/names.h"

enum { BEHIND_WORDS_MAX = 4 };

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
    [TURN_HIGH] = "eleve elevee eleves elevees haut haute hauts hautes trop high",
    [TURN_LOW] = "bas basse basses faible faibles insuffisant insuffisante low",
    [TURN_POSITIVE] = "positif positive positifs positives",
    [TURN_NEGATIVE] = "negatif negative negatifs negatives",
    [TURN_BENIGN] = "benin benigne benins benignes",
    [TURN_MALIGNANT] = "malin maligne malins malignes cancereux cancereuse",
    [TURN_MAY] = "peut peuvent pouvez pouvons puis possible autorise autorisee permis permise may can",
    [TURN_DANGER] =
        "danger dangereux dangereuse grave graves gravite inquietant inquietante rassurant rassurante risque risques urgent urgence",
    [TURN_ALLERGY] = "allergie allergies allergique allergiques",
    [TURN_NOT] = "ne n pas sans aucun aucune jamais ni non not no without never absence absent absente",
    [TURN_IF] = "si cas sauf seulement uniquement besoin condition if unless only except",
};

static bool is_word_of(struct str folded, enum statement_turn turn) {
    return turns[turn] && str_in_words(folded, turns[turn]);
}

static enum statement_turn turn_of(const struct statement *s, size_t i) {
    struct str folded = s->tokens.items[i].folded;
    /* "contre-indiqué" alone forbids; "le document indique" does not. */
    if (str_starts(folded, STR("indique")))
        return i && str_eq(s->tokens.items[i - 1].folded, STR("contre")) ? TURN_AVOID : TURN_NONE;
    for (int t = TURN_NONE + 1; t < TURN_COUNT; t++)
        if (is_word_of(folded, (enum statement_turn)t)) return (enum statement_turn)t;
    return TURN_NONE;
}

static bool is_capital(struct str text, const struct token *t) {
    return t->bytes > 2 && text.p[t->at] >= 'A' && text.p[t->at] <= 'Z';
}

/* "Zyxol 10 mg": a name with a strength is a medicine, whatever lists say. */
static bool has_strength(const struct statement *s, size_t i) {
    if (i + 2 >= s->tokens.count || !s->tokens.items[i + 1].number || s->tokens.items[i + 1].clause_start)
        return false;
    return str_in_words(s->tokens.items[i + 2].folded, "mg g mcg ug ui ml") &&
           is_capital(s->text, &s->tokens.items[i]);
}

static uint32_t subject_of(const struct statement *s, size_t i) {
    const struct token *t = &s->tokens.items[i];
    if (t->number || t->stop) return 0;
    int lab = names_lab(t->folded);
    if (lab) return (uint32_t)lab;
    bool drug = (names_is_drug(t->folded) && !names_is_shared(t->folded)) ||
                names_ends_like_drug(t->folded) || has_strength(s, i);
    return drug ? text_hash(t->folded) | UINT32_C(0x80000000) : 0; /* never the number of a value */
}

static bool starts_item(struct str line) {
    size_t digits = 0;
    while (digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9') digits++;
    if (digits) return digits < line.n && strchr(".)-", line.p[digits]) != NULL;
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
    uint16_t sentence = 0;
    for (size_t i = 0; i < out->tokens.count; i++) {
        if (i && out->tokens.items[i].sentence_start) sentence++;
        out->sentence[i] = sentence;
        out->subject[i] = subject_of(out, i);
        out->turn[i] = (uint8_t)turn_of(out, i);
    }
    return OK;
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
