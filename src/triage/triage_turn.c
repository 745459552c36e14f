#include "triage/triage_turn.h"

#include "language/words.h"

/* In words: how far before a sign a denial is looked for, and from a turn of each kind the sign that it takes back. */
enum { DENIAL_WORDS = 6, PAST_WORDS = 14, IMPERFECT_WORDS = 3, GONE_WORDS = 10, REPORTED_WORDS = 8 };

/* clang-format off */

/* Words that may stand between a denial and what is denied: "pas [eu de] mal à la poitrine". Sorted, as words_in_sorted() wants. */
static const char *const transparent[] = {
    "a", "ai", "any", "aucun", "aucune", "avoir", "d", "de", "des", "du", "ete", "eu", "fait", "had", "have", "jamais", "la", "le", "les",
    "ressens", "ressenti", "senti", "sens", "tout", "trop", "un", "une", "vraiment"
};

static const char *const denials[] = {
    "amoul", "amouma", "amul", "amuma", "aucun", "aucune", "don", "jamais", "never", "ni", "no", "not", "pas", "sans"
};

/* "la douleur est passée dans le bras" is not over. */
static const char *const goes_on[] = { "a", "au", "aux", "dans", "en", "sur", "vers" };

/* clang-format on */

static bool is_one_of(const struct tokens *t, size_t i, const char *const *words, size_t count) {
    return i < t->count && words_in_sorted(words, count, t->items[i].folded);
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

static bool same_clause(const struct tokens *t, size_t a, size_t b) {
    for (size_t i = a + 1; i <= b; i++)
        if (t->items[i].clause_start) return false;
    return true;
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

static int danger_of(const struct triage_sign *s) {
    return triage_danger[s->hit.phrase].tag;
}

static int kind_of(const struct phrase_hit *turn) {
    return triage_turn[turn->phrase].tag;
}

/* "Si j'avale tout, c'est fini ?": what stands in a condition is not over. */
static bool is_supposed(const struct triage_said *m, const struct phrase_hit *hit) {
    for (size_t i = 0; i < m->turn_count; i++) {
        const struct phrase_hit *turn = &m->turns[i];
        if (kind_of(turn) == TURN_SUPPOSES && turn->first <= hit->first &&
            same_clause(m->tokens, turn->first, hit->first))
            return true;
    }
    return false;
}

/* Takes back the sign that a turn belongs to: the nearest, with what is said in the same words. A wish to die stays unless it is one in words
 * only. */
static void take_back_nearest(struct triage_said *m, const struct phrase_hit *turn, size_t reach) {
    const struct triage_sign *nearest = NULL;
    for (size_t i = 0; i < m->sign_count; i++) {
        const struct triage_sign *s = &m->signs[i];
        size_t d = distance(&s->hit, turn);
        bool stays = (danger_of(s) == DANGER_SUICIDE && kind_of(turn) != TURN_IDIOM) ||
                     (kind_of(turn) == TURN_GONE && is_supposed(m, &s->hit));
        if (!s->standing || stays || d > reach || !same_sentence(m->tokens, s->hit.first, turn->first))
            continue;
        if (!nearest || d < distance(&nearest->hit, turn)) nearest = s;
    }
    if (!nearest) return;
    struct phrase_hit words = nearest->hit;
    for (size_t i = 0; i < m->sign_count; i++)
        if (distance(&m->signs[i].hit, &words) == 0) m->signs[i].standing = false;
}

/* "la douleur a disparu": only what was said before it. */
static bool is_over(const struct triage_said *m, const struct phrase_hit *turn) {
    if (is_one_of(m->tokens, (size_t)turn->last + 1, goes_on, COUNT_OF(goes_on))) return false;
    return turn->first == 0 || !denies(m->tokens, turn->first - 1U);
}

static bool has_turn(const struct triage_said *m, enum triage_turn_kind kind) {
    for (size_t i = 0; i < m->turn_count; i++)
        if (kind_of(&m->turns[i]) == (int)kind) return true;
    return false;
}

/* Somebody speaks of himself or of his own. */
static bool is_personal(const struct tokens *t) {
    static const char *const words[] = { "dama", "damay", "i",   "j",   "je", "m",    "ma",  "man",
                                         "me",   "mes",   "moi", "mon", "my", "nous", "sama" };
    for (size_t i = 0; i < t->count; i++)
        if (is_one_of(t, i, words, COUNT_OF(words))) return true;
    return false;
}

static void take_back_signs(struct triage_said *m) {
    bool asks = has_turn(m, TURN_ASKS), causes = has_turn(m, TURN_CAUSES),
         defines = has_turn(m, TURN_DEFINES) && !is_personal(m->tokens);
    for (size_t i = 0; i < m->sign_count; i++) {
        struct triage_sign *s = &m->signs[i];
        int16_t weight = triage_danger[s->hit.phrase].weight;
        if (!(weight & SIGN_DENIES) && is_denied(m->tokens, &s->hit)) s->standing = false;
        if (asks && weight & SIGN_NAME) s->standing = false;
        if ((causes || defines) && danger_of(s) != DANGER_SUICIDE) s->standing = false;
    }
}

void triage_take_back(struct triage_said *m) {
    bool present = has_turn(m, TURN_PRESENT), back = has_turn(m, TURN_BACK);
    take_back_signs(m);
    for (size_t i = 0; i < m->turn_count; i++) {
        const struct phrase_hit *turn = &m->turns[i];
        int kind = kind_of(turn);
        if (kind == TURN_PAST && !present) take_back_nearest(m, turn, PAST_WORDS);
        if (kind == TURN_IMPERFECT && !present) take_back_nearest(m, turn, IMPERFECT_WORDS);
        if (kind == TURN_GONE && !back && is_over(m, turn)) take_back_nearest(m, turn, GONE_WORDS);
        if (kind == TURN_REPORTED) take_back_nearest(m, turn, REPORTED_WORDS);
        if (kind == TURN_IDIOM) take_back_nearest(m, turn, 0);
    }
}
