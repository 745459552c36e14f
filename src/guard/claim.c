#include "guard/claim.h"

#include "guard/claim_part.h"
#include "guard/claim_words.h"
#include "language/names.h"

static const char *const fault_names[CLAIM_FAULT_COUNT] = {
    [CLAIM_BORNE] = "borne",   [CLAIM_EMPTY] = "empty", [CLAIM_NO_SOURCE] = "no_source",
    [CLAIM_FIGURE] = "figure", [CLAIM_TURN] = "turn",   [CLAIM_WORD] = "word",
    [CLAIM_LINK] = "link",
};

const char *claim_fault_name(enum claim_fault fault) {
    return fault_names[fault];
}

static bool statement_holds(const struct statement *s, const struct token *t, bool exact) {
    for (size_t i = 0; i < s->tokens.count; i++) {
        const struct token *k = &s->tokens.items[i];
        if (exact ? str_eq(k->folded, t->folded) : claim_words_agree(k, t)) return true;
    }
    return false;
}

static bool is_held(const struct claim *c, const struct token *t, bool exact) {
    return statement_holds(&c->source->text, t, exact) || statement_holds(&c->source->title, t, exact);
}

static bool words_are_held(const struct claim *c, bool *says_something) {
    *says_something = false;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (statement_in_figure(&c->said, i)) {
            *says_something = true;
            continue;
        }
        if (t->stop || c->said.turn[i]) continue;
        bool exact = c->said.subject[i] != 0 || names_is_disease(t->folded);
        if (is_held(c, t, exact)) {
            *says_something |= !claim_word_is_framing(t->folded);
            continue;
        }
        if (!claim_word_is_framing(t->folded) || exact) return false;
    }
    return true;
}

static bool has_foreign_link(const struct claim *c, struct str sentence) {
    static const char *const links[] = { "http", "www.", "@", "://" };
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        struct str link = str_from_c(links[i]);
        if (str_find(sentence, link) < sentence.n &&
            str_find(c->source->printed, link) == c->source->printed.n)
            return true;
    }
    return false;
}

static enum claim_fault judge(const struct claim *c, struct str sentence) {
    bool says_something;
    if (has_foreign_link(c, sentence)) return CLAIM_LINK;
    enum claim_fault fault = claim_judge_owned(c);
    if (fault == CLAIM_BORNE) fault = claim_judge_unowned(c);
    if (fault != CLAIM_BORNE) return fault;
    if (!words_are_held(c, &says_something)) return CLAIM_WORD;
    if (!says_something) return CLAIM_EMPTY;
    return claim_intakes_are_whole(c) && claim_is_meant_alike(c) ? CLAIM_BORNE : CLAIM_TURN;
}

enum status claim_source_read(struct arena *arena, struct text_reader *reader,
                              const struct claim_passage *passage, const struct claim_source **out,
                              struct err *err) {
    struct claim_source *source = arena_alloc(arena, sizeof *source);
    if (!source) return fail(err, E_LIMIT, NULL, "no memory to check a sentence");
    *source = (struct claim_source) { .printed = passage->text, .date = passage->date };
    enum status s = statement_read(arena, reader, passage->text, &source->text, err);
    if (s == OK) s = statement_read(arena, reader, passage->title, &source->title, err);
    if (s == OK) *out = source;
    return s;
}

enum status claim_check(struct arena *arena, struct text_reader *reader, struct str sentence,
                        const struct claim_source *const *cited, size_t count, enum claim_fault *out,
                        struct err *err) {
    struct claim *c = arena_alloc(arena, sizeof *c);
    if (!c) return fail(err, E_LIMIT, NULL, "no memory to check a sentence");
    *out = CLAIM_NO_SOURCE;
    enum status s = statement_read(arena, reader, sentence, &c->said, err);
    for (size_t i = 0; i < count && s == OK && *out != CLAIM_BORNE; i++) {
        c->source = cited[i];
        statement_adopt_subjects(&c->said, &cited[i]->text);
        statement_adopt_subjects(&c->said, &cited[i]->title);
        *out = judge(c, sentence);
    }
    return s;
}
