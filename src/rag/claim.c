#include "rag/claim.h"

#include "rag/names.h"
#include "rag/statement.h"

enum { ROOT_LETTERS_MIN = 5 };

/* One sentence against one passage: it must be borne by one of those that it cites, alone. */
struct check {
    struct statement said, text, title;
    const struct claim_passage *cited;
};

static const char *const fault_names[CLAIM_FAULT_COUNT] = {
    [CLAIM_BORNE] = "borne",   [CLAIM_EMPTY] = "empty", [CLAIM_NO_SOURCE] = "no_source",
    [CLAIM_FIGURE] = "figure", [CLAIM_TURN] = "turn",   [CLAIM_WORD] = "word",
    [CLAIM_LINK] = "link",
};

const char *claim_fault_name(enum claim_fault fault) {
    return fault_names[fault];
}

/* Words with which one speaks of a record; they say nothing about anybody's health. */
static bool is_framing(struct str folded) {
    return str_in_words(
        folded,
        "selon dossier medical medicale ordonnance prescription document documents compte rendu fiche indique indiquent indiquer ecrit "
        "ecrite note notee notes noter dit dire precise precisent mentionne mentionnee montre voici est etre sont etait ete doit "
        "devez faut date du bonjour medecin docteur prescrit prescrite prescrits traitement medicament medicaments resultat "
        "resultats analyse examen valeur conclusion page source valeurs votre vos vous alors aussi ainsi egalement enfin puis "
        "raison suite cela ceci celui celle environ total soit prevu prevue");
}

/* Words that say the same: any of a family stands for the others. */
static const char *const families[] = {
    "prendre prenez prends prend pris prise prises prescrit prescrite avaler",
    "medecin docteur dr doctor",
    "repas manger mangeant nourriture",
    "jour jours journee quotidien quotidienne journalier",
    "rendez rdv controle consultation revoir",
    "duree pendant durant qsp",
    "comprime comprimes cp cpr cachet",
    "gelule gelules gel",
    "tension arterielle ta pression",
    "consulter consultez revenir revenez",
    "utiliser utilisez appliquer appliquez mettre mettez",
};

static bool same_family(struct str a, struct str b) {
    for (size_t i = 0; i < COUNT_OF(families); i++)
        if (str_in_words(a, families[i]) && str_in_words(b, families[i])) return true;
    return false;
}

/* Without the endings of gender, number and person, which the stemmer does not always take off. */
static struct str root(struct str word) {
    static const char *const endings[] = { "ees", "ent", "ee", "es", "er", "ez", "e", "s" };
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str ending = str_from_c(endings[i]);
        if (word.n >= ending.n + ROOT_LETTERS_MIN && str_ends(word, ending))
            return str_sub(word, 0, word.n - ending.n);
    }
    return word;
}

static bool is_same_word(const struct token *a, const struct token *b) {
    return str_eq(a->stem, b->stem) || str_eq(root(a->folded), root(b->folded)) ||
           same_family(a->folded, b->folded);
}

static bool statement_holds(const struct statement *s, const struct token *t, bool exact) {
    for (size_t i = 0; i < s->tokens.count; i++) {
        const struct token *k = &s->tokens.items[i];
        if (exact ? str_eq(k->folded, t->folded) : is_same_word(k, t)) return true;
    }
    return false;
}

static bool is_held(const struct check *c, const struct token *t, bool exact) {
    return statement_holds(&c->text, t, exact) || statement_holds(&c->title, t, exact);
}

/* A title that names the subject speaks for a text that names none of its own. */
static bool title_names(const struct check *c, uint32_t subject) {
    for (size_t i = 0; i < c->title.tokens.count; i++)
        if (c->title.subject[i] == subject) return true;
    return false;
}

static bool belongs_to(const struct check *c, size_t source_token, uint32_t subject) {
    uint32_t owner = statement_owner(&c->text, source_token);
    return owner == subject || (owner == 0 && title_names(c, subject));
}

/* In a sentence of the passage (from 0), or anywhere in it (-1). */
static bool holds_figure(const struct check *c, const struct quantity *q, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->text.quantity_count; i++) {
        const struct quantity *k = &c->text.quantities[i];
        if (sentence >= 0 && c->text.sentence[k->first] != sentence) continue;
        if (quantity_is_said(q, k) && (!subject || q->day.year || belongs_to(c, k->first, subject)))
            return true;
    }
    for (size_t i = 0; i < c->title.quantity_count; i++)
        if (quantity_is_said(q, &c->title.quantities[i])) return true;
    return q->day.year && date_compare(q->day, c->cited->date) == 0;
}

static bool holds_turn(const struct check *c, uint8_t turn, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->text.tokens.count; i++) {
        if (sentence >= 0 && c->text.sentence[i] != sentence) continue;
        if (c->text.turn[i] == turn && (!subject || belongs_to(c, i, subject))) return true;
    }
    return false;
}

/* What negation and condition are is judged over the whole sentence. */
static bool is_own_turn(uint8_t turn) {
    return turn != TURN_NONE && turn != TURN_NOT && turn != TURN_IF;
}

/* Figures and turns that belong to a medicine or value belong to it in the passage too. */
static enum claim_fault judge_owned(const struct check *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        uint32_t subject = statement_owner(&c->said, q->first);
        if (subject && !holds_figure(c, q, subject, -1)) return CLAIM_FIGURE;
    }
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        uint32_t subject = is_own_turn(c->said.turn[i]) ? statement_owner(&c->said, i) : 0;
        if (subject && !holds_turn(c, c->said.turn[i], subject, -1)) return CLAIM_TURN;
    }
    return CLAIM_BORNE;
}

/* A word with a meaning beside figures and turns that both sentences hold. */
static bool shares_word(const struct check *c, int sentence) {
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (t->number || t->stop || c->said.turn[i] || is_framing(t->folded)) continue;
        for (size_t k = 0; k < c->text.tokens.count; k++)
            if (c->text.sentence[k] == sentence && is_same_word(&c->text.tokens.items[k], t)) return true;
    }
    return false;
}

static enum claim_fault judge_unowned_by(const struct check *c, int sentence) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        if (!statement_owner(&c->said, q->first) && !holds_figure(c, q, 0, sentence)) return CLAIM_FIGURE;
    }
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (is_own_turn(c->said.turn[i]) && !statement_owner(&c->said, i) &&
            !holds_turn(c, c->said.turn[i], 0, sentence))
            return CLAIM_TURN;
    return CLAIM_BORNE;
}

static bool has_unowned(const struct check *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (!statement_owner(&c->said, c->said.quantities[i].first) && !c->said.quantities[i].day.year)
            return true;
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (is_own_turn(c->said.turn[i]) && !statement_owner(&c->said, i)) return true;
    return false;
}

static int sentence_count(const struct statement *s) {
    return s->tokens.count ? s->sentence[s->tokens.count - 1] + 1 : 0;
}

/* What belongs to no subject stands all in one sentence of the passage, which shares a word with what is said. */
static enum claim_fault judge_unowned(const struct check *c) {
    enum claim_fault worst = has_unowned(c) ? CLAIM_FIGURE : judge_unowned_by(c, -1);
    for (int k = 0; k < sentence_count(&c->text) && worst != CLAIM_BORNE; k++) {
        enum claim_fault fault = shares_word(c, k) ? judge_unowned_by(c, k) : CLAIM_FIGURE;
        if (fault != CLAIM_FIGURE) worst = fault;
    }
    return worst;
}

static bool is_time_of_day(uint8_t turn) {
    return turn == TURN_MORNING || turn == TURN_NOON || turn == TURN_EVENING || turn == TURN_NIGHT;
}

static bool says_figure(const struct check *c, const struct quantity *q, uint32_t subject) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (quantity_is_said(&c->said.quantities[i], q) &&
            statement_owner(&c->said, c->said.quantities[i].first) == subject)
            return true;
    return false;
}

static bool says_turn(const struct check *c, uint8_t turn, uint32_t subject) {
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (c->said.turn[i] == turn && statement_owner(&c->said, i) == subject) return true;
    return false;
}

/* Who says how much of a medicine to take says it whole: every rhythm, limit and time of day that the passage gives it. */
static bool intake_is_whole(const struct check *c, uint32_t subject) {
    for (size_t i = 0; i < c->text.quantity_count; i++) {
        const struct quantity *q = &c->text.quantities[i];
        bool rhythm = str_eq(q->unit, STR("fois")) || q->sense == SENSE_EVERY || q->sense == SENSE_MOST;
        if (rhythm && statement_owner(&c->text, q->first) == subject && !says_figure(c, q, subject))
            return false;
    }
    for (size_t i = 0; i < c->text.tokens.count; i++)
        if (is_time_of_day(c->text.turn[i]) && statement_owner(&c->text, i) == subject &&
            !says_turn(c, c->text.turn[i], subject))
            return false;
    return true;
}

static bool intakes_are_whole(const struct check *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        uint32_t subject = quantity_is_intake(q) ? statement_owner(&c->said, q->first) : 0;
        if (subject && !intake_is_whole(c, subject)) return false;
    }
    return true;
}

static bool has_turn(const struct statement *s, int sentence, enum statement_turn turn) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if (s->turn[i] == turn && (sentence < 0 || s->sentence[i] == sentence)) return true;
    return false;
}

/* How many of the words of what is said a sentence of the passage holds. */
static int overlap(const struct check *c, int sentence) {
    int n = 0;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        bool held = false;
        if (t->stop || (is_framing(t->folded) && !t->number)) continue;
        for (size_t k = 0; k < c->text.tokens.count && !held; k++)
            held = c->text.sentence[k] == sentence && is_same_word(&c->text.tokens.items[k], t);
        n += held;
    }
    return n;
}

/*
 * Negation and condition are as in the sentence of the passage that is nearest to what is said; of several as near all must agree: what
 * is lost may be the point.
 */
static bool is_meant_alike(const struct check *c) {
    int best = 0;
    bool said_not = has_turn(&c->said, -1, TURN_NOT), said_if = has_turn(&c->said, -1, TURN_IF),
         alike = false;
    for (int k = 0; k < sentence_count(&c->text); k++) {
        int n = overlap(c, k);
        if (n < best || n == 0) continue;
        bool same = has_turn(&c->text, k, TURN_NOT) == said_not && has_turn(&c->text, k, TURN_IF) == said_if;
        alike = n > best ? same : alike && same;
        best = n;
    }
    return alike;
}

/* Words of a figure, its unit included: those were compared. */
static bool is_in_figure(const struct statement *s, size_t token) {
    for (size_t i = 0; i < s->quantity_count; i++) {
        const struct quantity *q = &s->quantities[i];
        if (token >= q->first && token <= q->last + (q->unit.n > 0)) return true;
    }
    return false;
}

static bool words_are_held(const struct check *c, bool *says_something) {
    *says_something = false;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (is_in_figure(&c->said, i)) {
            *says_something = true;
            continue;
        }
        if (t->stop || c->said.turn[i]) continue;
        bool exact = c->said.subject[i] != 0 || names_is_disease(t->folded);
        if (is_held(c, t, exact)) {
            *says_something |= !is_framing(t->folded);
            continue;
        }
        if (!is_framing(t->folded) || exact) return false;
    }
    return true;
}

static bool has_foreign_link(const struct check *c, struct str sentence) {
    static const char *const links[] = { "http", "www.", "@", "://" };
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        struct str link = str_from_c(links[i]);
        if (str_find(sentence, link) < sentence.n && str_find(c->cited->text, link) == c->cited->text.n)
            return true;
    }
    return false;
}

static enum claim_fault judge(const struct check *c, struct str sentence) {
    bool says_something;
    if (has_foreign_link(c, sentence)) return CLAIM_LINK;
    enum claim_fault fault = judge_owned(c);
    if (fault == CLAIM_BORNE) fault = judge_unowned(c);
    if (fault != CLAIM_BORNE) return fault;
    if (!words_are_held(c, &says_something)) return CLAIM_WORD;
    if (!says_something) return CLAIM_EMPTY;
    return intakes_are_whole(c) && is_meant_alike(c) ? CLAIM_BORNE : CLAIM_TURN;
}

enum status claim_check(struct arena *arena, struct text_reader *reader, struct str sentence,
                        const struct claim_passage *cited, size_t count, enum claim_fault *out,
                        struct err *err) {
    struct check *c = arena_alloc(arena, sizeof *c);
    if (!c) return fail(err, E_LIMIT, NULL, "no memory to check a sentence");
    *out = CLAIM_NO_SOURCE;
    enum status s = statement_read(arena, reader, sentence, &c->said, err);
    for (size_t i = 0; i < count && s == OK && *out != CLAIM_BORNE; i++) {
        c->cited = &cited[i];
        s = statement_read(arena, reader, cited[i].text, &c->text, err);
        if (s == OK) s = statement_read(arena, reader, cited[i].title, &c->title, err);
        if (s == OK) *out = judge(c, sentence);
    }
    return s;
}
