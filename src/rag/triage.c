#include "rag/triage.h"

#include "rag/words.h"

struct triage_book {
    struct phrase_book *signs, *turns;
};

/* How far before a sign a denial is looked for, and around it a time long past. */
enum { DENIAL_WORDS = 6, PAST_WORDS = 14, IMPERFECT_WORDS = 3 };

/* clang-format off */

/* Words that may stand between a denial and what is denied: "pas [eu de] mal à la poitrine". Sorted, as words_in_sorted() wants. */
static const char *const transparent[] = {
    "a", "ai", "aucun", "aucune", "avoir", "d", "de", "des", "du", "ete", "eu", "fait", "jamais", "la", "le", "les", "ressens",
    "ressenti", "senti", "sens", "tout", "trop", "un", "une", "vraiment"
};

static const char *const denials[] = { "amul", "amuma", "aucun", "aucune", "jamais", "ni", "no", "not", "pas", "sans" };

/* Turns of phrase that take a sign back; tags are what they speak for. */
enum turn { TURN_PAST, TURN_IMPERFECT, TURN_PRESENT, TURN_ASKS, TURN_CAUSES };

static const struct phrase turns[] = {
    { "annee|annees|mois derniere|dernieres|dernier|passee|passees", TURN_PAST, 0 },
    { "il y a @number|deux|trois|quatre|cinq|six|sept|dix|plusieurs|longtemps|quelques an|ans|annee|annees|mois", TURN_PAST, 0 },
    { "il y a longtemps", TURN_PAST, 0 },
    { "en @year", TURN_PAST, 0 },
    { "quand j etais", TURN_PAST, 0 },
    { "autrefois|jadis", TURN_PAST, 0 },
    { "dans le|mon|son passe|enfance", TURN_PAST, 0 },
    { "antecedent|antecedents", TURN_PAST, 0 },
    { "j|il|elle avais|avait|etais|etait", TURN_IMPERFECT, 0 },
    { "daan|daanaan|woon", TURN_PAST, 0 },
    { "depuis", TURN_PRESENT, 0 },
    { "encore|maintenant|toujours|aujourd|actuellement|revenu|revient|recommence|leegi|legui|hier", TURN_PRESENT, 0 },
    { "ce matin|soir", TURN_PRESENT, 0 },
    { "cette nuit", TURN_PRESENT, 0 },
    { "c est quoi", TURN_ASKS, 0 },
    { "qu|que est ce que|qu", TURN_ASKS, 0 },
    { "signifie|definition|veut dire", TURN_ASKS, 0 },
    { "comment _ eviter|prevenir|reconnaitre|savoir|soigner|traiter|guerir", TURN_ASKS, 0 },
    { "signe|signes|symptome|symptomes|cause|causes|difference|risque|risques|facteurs|prevention|traitement|suites _ d|de|du|des|entre|apres", TURN_ASKS, 0 },
    { "prevenir|eviter|contre|apres _ avc|infarctus|crise|coma|suicide|stroke", TURN_ASKS, 0 },
    { "what is|are|causes", TURN_ASKS, 0 },
    { "peut|peuvent|pourrait|risque _ provoquer|causer|donner|entrainer|declencher", TURN_CAUSES, 0 },
    { "effet|effets _ secondaire|secondaires|indesirable|indesirables", TURN_CAUSES, 0 },
    { NULL, 0, 0 },
};

static const char *const names[DANGER_COUNT] = {
    [DANGER_NONE] = "none", [DANGER_SUICIDE] = "suicide", [DANGER_CHEST] = "chest", [DANGER_BREATHING] = "breathing",
    [DANGER_STROKE] = "stroke", [DANGER_UNCONSCIOUS] = "unconscious", [DANGER_SEIZURE] = "seizure",
    [DANGER_BLEEDING] = "bleeding", [DANGER_POISON] = "poison", [DANGER_PREGNANCY] = "pregnancy", [DANGER_CHILD] = "child",
    [DANGER_ALLERGY] = "allergy", [DANGER_HEAD] = "head", [DANGER_INJURY] = "injury", [DANGER_BITE] = "bite",
    [DANGER_SUGAR] = "sugar", [DANGER_FEVER] = "fever", [DANGER_PAIN] = "pain", [DANGER_CALL] = "call",
};

/* clang-format on */

const char *danger_name(enum danger d) {
    return names[d];
}

enum status triage_book_new(struct arena *arena, struct triage_book **out, struct err *err) {
    struct triage_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for danger signs");
    enum status s = phrase_book_new(arena, triage_classes, triage_signs, &b->signs, err);
    if (s == OK) s = phrase_book_new(arena, NULL, turns, &b->turns, err);
    if (s == OK) *out = b;
    return s;
}

/* One sign that was found, until it is taken back. */
struct sign {
    struct phrase_hit hit;
    bool standing;
};

struct said {
    const struct tokens *tokens;
    struct sign *signs;
    size_t sign_count;
    struct phrase_hit *turns;
    size_t turn_count;
};

static bool is_one_of(const struct tokens *t, size_t i, const char *const *words, size_t count) {
    return words_in_sorted(words, count, t->items[i].folded);
}

static bool is_ne(const struct tokens *t, size_t i) {
    return str_eq(t->items[i].folded, STR("ne")) || str_eq(t->items[i].folded, STR("n"));
}

/* "plus" denies only with "ne": "je n'ai plus mal", but "j'ai plus mal qu'hier". */
static bool denies(const struct tokens *t, size_t i) {
    if (is_one_of(t, i, denials, COUNT_OF(denials))) return true;
    if (!str_eq(t->items[i].folded, STR("plus"))) return false;
    for (size_t back = 1; back <= 3 && back <= i; back++)
        if (is_ne(t, i - back)) return true;
    return false;
}

/* "pas eu de mal à la poitrine", "je ne saigne pas". */
static bool is_denied(const struct tokens *t, const struct phrase_hit *hit) {
    size_t i = hit->first;
    for (int words = 0; i > 0 && words < DENIAL_WORDS && !t->items[i].clause_start; words++) {
        i--;
        if (denies(t, i)) return true;
        if (!is_one_of(t, i, transparent, COUNT_OF(transparent))) break;
    }
    size_t behind = (size_t)hit->first + 1;
    return behind < t->count && !t->items[behind].clause_start && denies(t, behind);
}

static bool same_sentence(const struct tokens *t, size_t a, size_t b) {
    if (a > b) return same_sentence(t, b, a);
    for (size_t i = a + 1; i <= b; i++)
        if (t->items[i].sentence_start) return false;
    return true;
}

static size_t distance(const struct phrase_hit *a, const struct phrase_hit *b) {
    if (a->last < b->first) return (size_t)(b->first - a->last);
    if (b->last < a->first) return (size_t)(a->first - b->last);
    return 0;
}

/* Takes back the sign that a time long past belongs to: the nearest, with what is said in the same words. */
static void take_back_nearest(struct said *m, const struct phrase_hit *turn, size_t reach) {
    const struct sign *nearest = NULL;
    for (size_t i = 0; i < m->sign_count; i++) {
        const struct sign *s = &m->signs[i];
        size_t d = distance(&s->hit, turn);
        bool wish_to_die = triage_signs[s->hit.phrase].tag == DANGER_SUICIDE;
        if (!s->standing || wish_to_die || d > reach || !same_sentence(m->tokens, s->hit.first, turn->first))
            continue;
        if (!nearest || d < distance(&nearest->hit, turn)) nearest = s;
    }
    if (!nearest) return;
    struct phrase_hit words = nearest->hit;
    for (size_t i = 0; i < m->sign_count; i++)
        if (distance(&m->signs[i].hit, &words) == 0) m->signs[i].standing = false;
}

static bool has_turn(const struct said *m, enum turn kind) {
    for (size_t i = 0; i < m->turn_count; i++)
        if (turns[m->turns[i].phrase].tag == (int)kind) return true;
    return false;
}

static void take_back(struct said *m) {
    bool asks = has_turn(m, TURN_ASKS), causes = has_turn(m, TURN_CAUSES),
         present = has_turn(m, TURN_PRESENT);
    for (size_t i = 0; i < m->sign_count; i++) {
        const struct phrase *p = &triage_signs[m->signs[i].hit.phrase];
        if (!(p->weight & SIGN_DENIES) && is_denied(m->tokens, &m->signs[i].hit))
            m->signs[i].standing = false;
        if (asks && p->weight & SIGN_NAME) m->signs[i].standing = false;
        if (causes && p->tag != DANGER_SUICIDE) m->signs[i].standing = false;
    }
    for (size_t i = 0; i < m->turn_count && !present; i++) {
        int kind = turns[m->turns[i].phrase].tag;
        if (kind == TURN_PAST) take_back_nearest(m, &m->turns[i], PAST_WORDS);
        if (kind == TURN_IMPERFECT) take_back_nearest(m, &m->turns[i], IMPERFECT_WORDS);
    }
}

/* "@number" and "@year" of the turns. */
static enum status mark_numbers(struct arena *arena, const struct tokens *t, bool **numbers, bool **years,
                                struct err *err) {
    *numbers = arena_array(arena, t->count + 1, 1);
    *years = arena_array(arena, t->count + 1, 1);
    if (!*numbers || !*years) return fail(err, E_LIMIT, NULL, "no memory for a message");
    for (size_t i = 0; i < t->count; i++) {
        int64_t n;
        (*numbers)[i] = t->items[i].number;
        (*years)[i] = t->items[i].number && str_to_i64(t->items[i].folded, &n) && n >= 1930 && n <= 2100;
    }
    return OK;
}

enum status triage_read(const struct triage_book *book, struct arena *arena, const struct tokens *tokens,
                        enum danger *out, struct err *err) {
    struct said m = { .tokens = tokens };
    struct phrase_hit *hits;
    bool *numbers, *years;
    enum status s = phrase_find(book->signs, arena, tokens, NULL, 0, &hits, &m.sign_count, err);
    if (s != OK) return s;
    *out = DANGER_NONE;
    if (m.sign_count == 0) return OK;
    s = mark_numbers(arena, tokens, &numbers, &years, err);
    if (s != OK) return s;
    const struct phrase_mark marks[] = { { "@number", numbers }, { "@year", years } };
    s = phrase_find(book->turns, arena, tokens, marks, COUNT_OF(marks), &m.turns, &m.turn_count, err);
    if (s != OK) return s;
    m.signs = arena_array(arena, m.sign_count, sizeof *m.signs);
    if (!m.signs) return fail(err, E_LIMIT, NULL, "no memory for a message");
    for (size_t i = 0; i < m.sign_count; i++) m.signs[i] = (struct sign) { hits[i], true };
    take_back(&m);
    int gravest = DANGER_COUNT;
    for (size_t i = 0; i < m.sign_count; i++) {
        int danger = triage_signs[m.signs[i].hit.phrase].tag;
        if (m.signs[i].standing && danger < gravest) gravest = danger;
    }
    if (gravest < DANGER_COUNT) *out = (enum danger)gravest;
    return OK;
}
