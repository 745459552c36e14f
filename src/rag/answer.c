#include "rag/answer.h"

#include "rag/draft.h"
#include "rag/lang.h"
#include "rag/understand.h"

enum status answer_books_new(struct arena *arena, struct answer_books *out, struct err *err) {
    enum status s = triage_book_new(arena, &out->triage, err);
    if (s == OK) s = intent_book_new(arena, &out->intents, err);
    if (s == OK) s = advice_book_new(arena, &out->advice, err);
    if (s == OK) s = demand_book_new(arena, &out->demands, err);
    if (s == OK) s = injection_book_new(arena, &out->injection, err);
    return s == OK ? expander_new(arena, &out->expander, err) : s;
}

/* What every step of one question needs. */
struct work {
    const struct answer_books *books;
    struct arena *arena;
    const struct asked *question;
    struct text_reader *reader;
    struct tokens tokens;
    struct rag_answer *out;
    struct err *err;
};

static enum status begin(struct work *w, enum lang of_patient) {
    *w->out = (struct rag_answer) { .text = STR(""), .language = of_patient, .engine = "local" };
    enum status s = text_reader_open(w->arena, &w->reader, w->err);
    if (s == OK) s = text_tokens(w->reader, w->arena, w->question->text, TEXT_QUESTION, &w->tokens, w->err);
    if (s == OK) w->out->language = lang_read(&w->tokens, of_patient);
    return s;
}

/* Keeps the finished words in the arena; {} becomes the argument. */
static enum status finish_fixed(struct work *w, enum phrase_id id, struct str argument) {
    struct str words = str_from_c(say(id, w->out->language));
    size_t at = str_find(words, STR("{}"));
    if (!arena_printf(w->arena, &w->out->text, "%.*s%.*s%.*s", STR_ARG(str_sub(words, 0, at)),
                      STR_ARG(at < words.n ? argument : STR("")), STR_ARG(str_sub(words, at + 2, words.n))))
        return fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

static enum status check_danger(struct work *w, bool *found) {
    int64_t start_us = clock_monotonic_us();
    enum status s = triage_read(w->books->triage, w->arena, &w->tokens, &w->out->danger, w->err);
    w->out->triage_us = clock_monotonic_us() - start_us;
    *found = s == OK && w->out->danger != DANGER_NONE;
    if (!*found) return s;
    w->out->escalated = true;
    w->out->tell = TELL_DANGER;
    enum phrase_id words = w->out->danger == DANGER_SUICIDE ? SAY_DANGER_SUICIDE : SAY_DANGER;
    return finish_fixed(w, words, w->question->emergency_number);
}

enum status answer_danger(const struct answer_books *books, struct arena *arena, const struct asked *question,
                          enum lang of_patient, struct rag_answer *out, bool *found, struct err *err) {
    struct work w = { .books = books, .arena = arena, .question = question, .out = out, .err = err };
    *found = false;
    enum status s = begin(&w, of_patient);
    return s == OK ? check_danger(&w, found) : s;
}

/* What is answered by a sentence of ours, without a look into the record; SAY_COUNT: nothing of that kind. */
static enum phrase_id fixed_words(enum intent intent) {
    switch (intent) {
    case INTENT_OTHER_PERSON: return SAY_OTHER_PERSON;
    case INTENT_OUT_OF_SCOPE: return SAY_OUT_OF_SCOPE;
    case INTENT_DOCTOR: return SAY_DOCTOR;
    case INTENT_HELP: return SAY_HELP;
    case INTENT_THANKS: return SAY_THANKS;
    case INTENT_GREETING: return SAY_GREETING;
    case INTENT_NONE:
    case INTENT_ADVICE:
    case INTENT_APPOINTMENTS:
    case INTENT_ALLERGIES:
    case INTENT_VACCINES:
    case INTENT_LAB_HISTORY:
    case INTENT_LAB_VALUE:
    case INTENT_PRESCRIBER:
    case INTENT_INSTRUCTIONS:
    case INTENT_DOSAGE:
    case INTENT_CURRENT_MEDICATION:
    case INTENT_LAST_PRESCRIPTION:
    case INTENT_DIAGNOSES:
    case INTENT_DOCUMENTS:
    case INTENT_COUNT: break;
    }
    return SAY_COUNT;
}

static enum status finish(struct draft *d) {
    struct rag_answer *out = d->out;
    if (d->text->n == 0) draft_refuse(d);
    out->grounded = out->source_count > 0;
    if (out->grounded && d->is_cut) draft_add(d, STR("\n…"));
    if (out->grounded && d->names_another) {
        draft_add(d, STR("\n\n"));
        draft_say(d, SAY_NAMES_ANOTHER);
    }
    enum status s = out->grounded && out->intent != INTENT_DOCUMENTS ? draft_add_sources(d) : OK;
    if (s != OK) return s;
    if (!buf_ok(d->text) || !arena_dup(d->arena, buf_str(d->text), &out->text))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

static enum status understand_question(struct work *w, const struct record *record, struct understood *u) {
    int64_t start_us = clock_monotonic_us();
    const struct to_understand asked = { .text = w->question->text,
                                         .today = w->question->today,
                                         .before = w->question->has_context ? &w->question->context : NULL };
    enum status s = understand(w->books->intents, w->reader, w->arena, record, &asked, u, w->err);
    w->out->intent = u->reading.intent;
    w->out->context = u->context;
    w->out->understand_us = clock_monotonic_us() - start_us;
    return s;
}

enum status answer_make(const struct answer_books *books, struct arena *arena, const struct record *record,
                        const struct asked *question, struct rag_answer *out, struct err *err) {
    struct work w = { .books = books, .arena = arena, .question = question, .out = out, .err = err };
    struct understood u;
    bool danger = false;
    enum status s = begin(&w, record->language);
    if (s == OK) s = check_danger(&w, &danger);
    if (s != OK || danger) return s;
    s = understand_question(&w, record, &u);
    if (s != OK) return s;
    enum phrase_id fixed = u.tokens.count ? fixed_words(u.reading.intent) : SAY_HELP;
    if (u.reading.intent == INTENT_DOCTOR) out->tell = TELL_WANTED;
    if (fixed != SAY_COUNT) return finish_fixed(&w, fixed, STR(""));

    int64_t start_us = clock_monotonic_us();
    /* In the arena, because its buffer is freed with the arena: not on this stack, which is gone by then. */
    struct draft *d = arena_alloc(arena, sizeof *d);
    if (!d) return fail(err, E_LIMIT, NULL, "no memory for an answer");
    *d = (struct draft) { .arena = arena,
                          .record = record,
                          .books = books,
                          .question = question,
                          .reader = w.reader,
                          .tokens = &u.tokens,
                          .subject = &u.subject,
                          .when = &u.when,
                          .reading = &u.reading,
                          .specimen = specimen_asked(&u.tokens),
                          .out = out,
                          .err = err };
    s = draft_open(d);
    if (s == OK) s = compose_answer(d);
    if (s == OK && d->text->n == 0) s = compose_advice(d);
    if (s == OK) s = finish(d);
    out->compose_us = clock_monotonic_us() - start_us - out->retrieve_us;
    return s;
}
