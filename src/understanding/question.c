#include "understanding/question.h"

#include "understanding/intent_examine.h"

#include "understanding/understanding_words.h"

enum {
    PIECES_MAX = 8,
    CUE_OF_QUESTION = 5,
    WORDS_MIN = 2,
    CUT_WORDS_MAX = 30,
    CUTS_TRIED_MAX = 4,
    CUE_IN_LIST = 4,
    MEANING_MIN = 2,
    STOPPED_WORD_MIN = 3
};

/* What is read of each piece is forgotten before the next. */
#define SCRATCH_BYTES ((size_t)16 << 20)

/* A stretch of the message. */
struct piece {
    size_t from, to;    /* bytes */
    size_t first, last; /* tokens */
    enum intent intent;
    int cues;
    bool asks;        /* a question by itself */
    bool polite;      /* a greeting or thanks */
    bool of_somebody; /* "il", "sa": goes on about the person before */
    bool names;       /* a medicine, a value or a vaccine */
    bool leans;       /* on the piece before: "et pendant combien de temps ?" */
    bool bare;        /* "quand ?": names nothing of its own */
    bool idle;        /* "je suis au travail": nothing that a question could be about */
    bool thing;       /* names something: a medicine, a disease, what no table of ours knows */
    bool whole;       /* a question that needs nothing of what is told around it */
};

struct cutting {
    const struct intent_book *book;
    struct text_reader *reader;
    struct arena *arena, *scratch;
    struct tokens tokens;
    const struct record *record;
    const struct to_understand *asked;
    struct intent_context before; /* of the piece before */
    struct piece pieces[PIECES_MAX];
    size_t count;
    bool injected; /* no question to a record stands among them: then nothing is taken out of the whole */
    struct err *err;
};

static bool is_answered_alone(enum intent i) {
    return i == INTENT_DOCTOR || i == INTENT_STOP || i == INTENT_OTHER_PERSON;
}

/* "Les médicaments de mon mari et la dose" is one question, and so is what is hidden behind "ignore tes règles et …". */
static bool is_of_record(enum intent i) {
    return i != INTENT_OTHER_PERSON && i != INTENT_OUT_OF_SCOPE;
}

static bool ends_asking(struct str text) {
    text = str_trim(text);
    return text.n && text.p[text.n - 1] == '?';
}

/* "c koi mon groupe sanguin": no mark, but a word that asks; "quand je marche" only begins to tell. */
static bool holds_interrogative(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++)
        if (word_in(t->items[i].folded, &words_interrogative) &&
            !word_in(t->items[i].folded, &words_relative_too))
            return true;
    return false;
}

static struct piece piece_of(const struct cutting *c, size_t first, size_t last) {
    const struct token *t = c->tokens.items;
    size_t to = last + 1 < c->tokens.count ? t[last + 1].at : c->asked->text.n;
    return (struct piece) { .from = first ? t[first].at : 0, .to = to, .first = first, .last = last };
}

static enum status read_piece(struct cutting *c, struct piece *p) {
    struct understood u = { 0 };
    struct str text = str_sub(c->asked->text, p->from, p->to - p->from);
    const struct to_understand asked = { text, c->asked->today,
                                         c->before.intent == INTENT_NONE ? NULL : &c->before };
    enum status s = understand(c->book, c->reader, c->scratch, c->record, &asked, &u, c->err);
    if (s != OK) return s;
    p->intent = u.reading.intent;
    p->polite = p->intent == INTENT_GREETING || p->intent == INTENT_THANKS;
    p->cues = u.reading.cues;
    p->of_somebody = u.reading.of_somebody;
    p->names = u.subject.names_drug || u.subject.names_lab || u.subject.vaccine_count;
    p->leans = u.reading.from_context || u.reading.subject_from_context;
    p->thing = p->names || u.reading.names_disease || u.reading.has_other;
    p->idle = !p->names && !u.reading.names_disease && !u.when.said;
    c->injected |= u.reading.sure && p->intent == INTENT_OUT_OF_SCOPE;
    bool open = p->intent == INTENT_NONE && (ends_asking(text) || holds_interrogative(&u.tokens)) &&
                !u.reading.of_somebody;
    p->asks = open;
    p->asks |= !p->polite && p->intent != INTENT_NONE &&
               (ends_asking(text) || u.reading.cues >= CUE_OF_QUESTION || is_answered_alone(p->intent));
    p->whole = p->asks && !p->leans && p->intent != INTENT_ADVICE && p->intent != INTENT_OTHER_PERSON;
    c->before.intent = u.context.intent;
    bool kept = arena_dup(c->arena, u.context.subject, &c->before.subject);
    arena_reset(c->scratch);
    return kept ? OK : fail(c->err, E_LIMIT, NULL, "no memory for a question");
}

/* "Je les prends combien de fois ?": of what, was told before. Or hardly a word of it means anything: "je fais quoi ?" */
static enum status needs_what_is_told(const struct cutting *c, const struct piece *p, bool *needs) {
    const struct tokens own = { c->tokens.items + p->first, p->last + 1 - p->first };
    struct phrase_hit *hits;
    size_t count, meaning = 0;
    enum status s = intent_find_turns(c->book, c->arena, &own, &hits, &count, c->err);
    *needs = false;
    for (size_t i = 0; s == OK && i < count; i++)
        *needs |= intent_turn_of(c->book, &hits[i]) == FOLLOW_POINTS;
    for (size_t i = 0; i < own.count; i++) meaning += !own.items[i].stop && !own.items[i].number;
    *needs = p->thing ? *needs && !p->names : *needs || meaning < MEANING_MIN;
    return s;
}

static bool is_and(const struct tokens *t, size_t i) {
    return word_in(t->items[i].folded, &words_and);
}

/* "et", or a comma before what begins as a question or as somebody's own: "…, mes allergies". */
static bool may_cut_at(const struct cutting *c, size_t i) {
    const struct token *before = &c->tokens.items[i - 1], *t = &c->tokens.items[i];
    if (is_and(&c->tokens, i)) return true;
    if (!word_in(t->folded, &words_question_begins)) return false;
    size_t end = before->at + before->bytes;
    return t->at > end && str_find_char(str_sub(c->asked->text, end, t->at - end), ',') < t->at - end;
}

/* It asks something of the record, if less plainly than a sentence of its own would. */
static bool is_of_list(const struct piece *p) {
    bool wanted = p->intent != INTENT_NONE && !p->polite && is_of_record(p->intent);
    return wanted && (p->asks || p->cues >= CUE_IN_LIST);
}

/* "Les effets et la dose du lisinopril": what is asked first is about what is named last. */
static bool needs_other_side(const struct piece *left, const struct piece *right) {
    bool of_medicine = left->intent == INTENT_ADVICE || left->intent == INTENT_DOSAGE ||
                       left->intent == INTENT_INSTRUCTIONS || left->intent == INTENT_PRESCRIBER;
    return of_medicine && !left->names && right->names;
}

/* "… et à quelle date ?", "… et l'année d'avant": when or how much of what was named before, and nothing of its own. */
static bool leans_on_left(const struct cutting *c, const struct piece *right) {
    size_t named = 0;
    bool before = false, much = false;
    for (size_t i = right->first; i <= right->last; i++) {
        const struct token *t = &c->tokens.items[i];
        if (!t->stop && !t->number && !word_in(t->folded, &words_time_asked)) return false;
        named += word_in(t->folded, &words_time_asked);
        before |= str_in_words(t->folded, "avant before");
        much |= str_in_words(t->folded, "combien");
    }
    return named > 0 && !(before && much); /* "et avant c'était combien" asks for another value */
}

static enum status try_cut(struct cutting *c, struct piece *left, struct piece *right, bool *cut) {
    const struct intent_context before = c->before;
    *cut = false;
    if (leans_on_left(c, right)) return OK;
    enum status s = read_piece(c, left);
    if (s == OK && is_of_list(left)) s = read_piece(c, right);
    *cut = s == OK && is_of_list(left) && is_of_list(right) && left->intent != right->intent &&
           !needs_other_side(left, right);
    if (*cut) left->asks = right->asks = true;
    if (!*cut) c->before = before;
    return s;
}

/* "Ma glycémie, mes allergies et ma dernière ordonnance": what stands on both sides asks something, and not the same. */
static enum status cut_at_joints(struct cutting *c, const struct piece *whole, bool *cut) {
    struct piece rest = *whole;
    size_t tried = 0;
    enum status s = OK;
    *cut = false;
    if (whole->last - whole->first > CUT_WORDS_MAX) return OK;
    for (size_t i = whole->first + WORDS_MIN; s == OK && i + WORDS_MIN <= whole->last + 1; i++) {
        if (i < rest.first + WORDS_MIN || c->count + 2 > PIECES_MAX || !may_cut_at(c, i)) continue;
        if (tried++ == CUTS_TRIED_MAX) break;
        struct piece left = piece_of(c, rest.first, i - 1), right = piece_of(c, i, whole->last);
        bool here;
        s = try_cut(c, &left, &right, &here);
        if (s != OK || !here) continue;
        c->pieces[c->count++] = left;
        rest = right;
        *cut = true;
    }
    if (*cut && s == OK) c->pieces[c->count++] = rest;
    return s;
}

static enum status take_sentence(struct cutting *c, size_t first, size_t last) {
    struct piece p = piece_of(c, first, last);
    bool cut;
    if (c->count == PIECES_MAX) {
        c->pieces[PIECES_MAX - 1].to = p.to;
        return OK;
    }
    enum status s = cut_at_joints(c, &p, &cut);
    if (s != OK || cut) return s;
    bool needs = true;
    s = read_piece(c, &p);
    if (s == OK && p.whole) s = needs_what_is_told(c, &p, &needs);
    p.whole = p.whole && !needs;
    p.bare = leans_on_left(c, &p);
    if (s == OK) c->pieces[c->count++] = p;
    return s;
}

/* A full stop also stands in names ("L.P. 100 mg", "Dr. Sow"): it ends a sentence behind a word, before another one. */
static bool begins_sentence(const struct cutting *c, size_t i) {
    const struct token *before = &c->tokens.items[i - 1], *t = &c->tokens.items[i];
    if (!t->sentence_start || t->at == before->at)
        return false; /* words written out of one spelling share their place */
    struct str between =
        str_sub(c->asked->text, before->at + before->bytes, t->at - before->at - before->bytes);
    for (size_t k = 0; k < between.n; k++)
        if (strchr("?!\n", between.p[k])) return true;
    return before->folded.n >= STOPPED_WORD_MIN && !t->number && str_find(between, STR(". ")) < between.n;
}

static enum status take_sentences(struct cutting *c) {
    size_t first = 0;
    enum status s = OK;
    for (size_t i = 1; s == OK && i < c->tokens.count; i++) {
        if (!begins_sentence(c, i)) continue;
        s = take_sentence(c, first, i - 1);
        first = i;
    }
    return s == OK ? take_sentence(c, first, c->tokens.count - 1) : s;
}

/* Most messages are one question, and need no second look. */
static bool may_be_several(const struct cutting *c) {
    for (size_t i = 1; i < c->tokens.count; i++)
        if (begins_sentence(c, i) || may_cut_at(c, i)) return true;
    return false;
}

/* Whether the piece belongs to the question before it. */
static bool goes_with(const struct piece *before, const struct piece *p) {
    bool same = p->intent == before->intent && (p->leans || p->names == before->names);
    return !p->asks || p->bare || same || (before->intent == INTENT_OTHER_PERSON && p->of_somebody);
}

/* What the patient tells stays with the question before it, or with the first, unless this needs none of it; courtesy is left out. */
static void join(const struct cutting *c, struct questions *out) {
    struct piece groups[QUESTIONS_MAX];
    size_t told_from = SIZE_MAX;
    bool idle = true;
    for (size_t i = 0; i < c->count && !out->more; i++) {
        const struct piece *p = &c->pieces[i];
        struct piece *now = out->count ? &groups[out->count - 1] : NULL;
        if (p->polite || (now && now->whole && p->idle && !p->asks && !p->bare)) continue;
        if (now && goes_with(now, p)) {
            now->to = p->to;
        } else if (!p->asks) {
            if (told_from == SIZE_MAX) told_from = p->from;
            idle &= p->idle;
        } else if (out->count == QUESTIONS_MAX) {
            out->more = true;
        } else {
            groups[out->count] = *p;
            if (!now && told_from != SIZE_MAX && !(p->whole && idle)) groups[0].from = told_from;
            out->count++;
        }
    }
    for (size_t i = 0; i < out->count; i++)
        out->texts[i] = str_trim(str_sub(c->asked->text, groups[i].from, groups[i].to - groups[i].from));
}

enum status questions_of(const struct intent_book *book, struct text_reader *reader, struct arena *arena,
                         const struct record *record, const struct to_understand *asked,
                         struct questions *out, struct err *err) {
    struct cutting c = {
        .book = book, .reader = reader, .arena = arena, .record = record, .asked = asked, .err = err
    };
    *out = (struct questions) { .texts = { asked->text }, .count = 1 };
    enum status s = text_tokens(reader, arena, asked->text, TEXT_QUESTION, &c.tokens, err);
    if (s != OK || !may_be_several(&c)) return s;
    if (asked->before) c.before = *asked->before;
    c.scratch = arena_new(SCRATCH_BYTES);
    if (!c.scratch) return fail(err, E_LIMIT, NULL, "no memory for a question");
    s = take_sentences(&c);
    arena_free(c.scratch);
    struct questions found = { 0 };
    if (s == OK) join(&c, &found);
    if (found.count && !c.injected) *out = found;
    return s;
}
